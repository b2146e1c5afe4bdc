"""T255 to T259 and T280: blanks, bounds and roundings that would not do what they seem to say."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

TREE_FIGURES: dict[Code, Entry] = {
    Code.T255: Entry(
        Severity.ERROR,
        Words("这里的算式不能问“是否填报”", "Whether something was answered cannot be asked here"),
        EXPECTED,
        FOUND,
        Words(
            "blank、answered 写在 value 里：空着由它决定得多少分；核对和一票否决遇到空着的一律不作判断",
            "Ask it in value, where it decides the score: checks and vetoes decide nothing about what is blank",
        ),
        "vetoes: [{veto: V1, when: blank(report)}]",
        "value: answered(report)\nrule: {kind: all_or_nothing}",
    ),
    Code.T256: Entry(
        Severity.ERROR,
        Words("“{name}”的界限不对", 'The bound of "{name}" does not fit'),
        EXPECTED,
        FOUND,
        Words(
            "日期项的界限写一天，如 2026-03-31；别的填报项写数",
            "Bound a date by a day, such as 2026-03-31, and other fields by a number",
        ),
        "fields: [{code: sent, name: 报送日期, type: date, at_least: 2026-02-30}]",
        "fields: [{code: sent, name: 报送日期, type: date, at_least: 2026-02-28}]",
    ),
    Code.T257: Entry(
        Severity.ERROR,
        Words(
            "总分只在印出时取小数位，却要按取整后的总分排位",
            "Totals are rounded in print alone, and places go by the rounded total",
        ),
        Words("rank: {{by: full, …}}", "rank: {{by: full, …}}"),
        FOUND,
        Words(
            "按全部位数排的写 by: full；按印出的分数排的写 total: 2，总分随之取整",
            "Write by: full where all digits decide; where the printed figure does, write total: 2 and round it",
        ),
        "rounding: {indicator: null, group: null, total: {shown: 2}}\nrank: {by: rounded, ties: shared}",
        "rounding: {indicator: null, group: null, total: {shown: 2}}\nrank: {by: full, ties: shared}",
    ),
    Code.T280: Entry(
        Severity.ERROR,
        Words("规则里的日期不对", "The day in the rule does not fit"),
        EXPECTED,
        FOUND,
        Words(
            "日期项的界限写日历上有的一天，各档都写日期；要按迟报天数扣分的用 kind: late",
            "Hold a date against days of the calendar, in every band; kind: late takes points off for each day",
        ),
        "rule: {kind: all_or_nothing, at_most: 2026-02-30}",
        "rule: {kind: all_or_nothing, at_most: 2026-02-28}",
    ),
    Code.T258: Entry(
        Severity.WARNING,
        Words("比率取两位小数，就是取到整个百分点", "A share of two decimals is a whole percentage"),
        Words("round(…, 4)：百分数保留两位小数", "round(…, 4): two decimals of the percentage"),
        FOUND,
        Words(
            "原文是“保留两位小数”（如 95.31%）的写 4；确实取到 1% 的，写 round(100 * a / b) / 100",
            "Write 4 where the scheme keeps two decimals (95.31%), and round(100 * a / b) / 100 where it keeps none",
        ),
        "value: round(closed / received, 2)",
        "value: round(closed / received, 4)",
    ),
}
