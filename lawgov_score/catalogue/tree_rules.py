"""T24x: what a tree's rules can give, what its values are made from, what its fields are held against."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

TREE_RULES: dict[Code, Entry] = {
    Code.T240: Entry(
        Severity.WARNING,
        Words("按这条规则得不到本项的满分", "The rule can never give all of the indicator's points"),
        Words("最高一档（或各项合计）能得 {points:points} 分", "a best outcome worth {points:points}"),
        Words("最多 {found:points} 分", "{found:points} at most"),
        Words(
            "核对分值与各档得分；方案原件如此的，可以不改",
            "Check the points against the scheme; if it is printed so, leave it",
        ),
        "points: 2\nrule: {kind: tiers, tiers: [{at_least: 50%, score: 1}]}",
        "points: 2\nrule: {kind: tiers, tiers: [{at_least: 50%, score: 2}]}",
    ),
    Code.T241: Entry(
        Severity.WARNING,
        Words("算式用到了上年的指标值本身", "A value that is made from last edition's value of itself"),
        Words("用填报项写，如 {example}", "last edition's fields, such as {example}"),
        FOUND,
        Words(
            "previous.value 是上年这一算式的结果：到下一年就是今年的差，不再是今年的值。"
            "改写成 previous.填报项编码；或 value 只写当年的值，计分用 improvement",
            "previous.value is what this very expression came to: next year that is this year's difference, no longer "
            "its value. Name the fields instead; or let value be this year's alone, and score it by improvement",
        ),
        "value: corrected / concluded - previous.value",
        "value: corrected / concluded - previous.corrected / previous.concluded",
    ),
    Code.T242: Entry(
        Severity.ERROR,
        Words("这一条核对不是填报项之间的条件", "A check that is no condition between fields"),
        EXPECTED,
        FOUND,
        Words(
            "写成本项填报项之间的比较，如 chief + deputy <= cases",
            "Compare fields of the indicator, as in chief + deputy <= cases",
        ),
        "checks: [{holds: chief + deputy, says: 出庭件数合计不超过应诉件数}]",
        "checks: [{holds: chief + deputy <= cases, says: 出庭件数合计不超过应诉件数}]",
    ),
}
