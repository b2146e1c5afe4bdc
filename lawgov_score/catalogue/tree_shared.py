"""T265 to T269: 共用数据, what a group or the tree asks once, and the checks that span indicators."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

TREE_SHARED: dict[Code, Entry] = {
    Code.T265: Entry(
        Severity.ERROR,
        Words(
            "共用数据的编码 {found} 在下面又声明了一次",
            "The code {found} of a shared field is declared again below it",
        ),
        Words(
            "与 {above} 第 {line} 行的共用数据不同的编码",
            "a code other than that of {above}, line {line}",
        ),
        Words("又声明了 {found}", "{found} declared again"),
        Words(
            "同一个数的，删去这里的填报项，算式照旧写 {found}；另一个数的，换一个编码",
            "The same figure: remove the field here, expressions go on naming {found}. Another figure: another code",
        ),
        'code: "2.1"\nfields: [{code: staff, …}]\nchildren:\n'
        '  - {code: "2.1.1", fields: [{code: staff, …}], value: staff, …}',
        'code: "2.1"\nfields: [{code: staff, …}]\nchildren:\n  - {code: "2.1.1", value: staff, …}',
    ),
    Code.T266: Entry(
        Severity.ERROR,
        Words(
            "共用数据 {found}（{name}）问了，下面没有指标用它",
            "The shared field {found} ({name}) is asked for, and no indicator below reads it",
        ),
        Words(
            "用在下面指标的 value、base、small_sample、vetoes、checks、规则或填报项的上下限里",
            "a use in value, base, small_sample, vetoes, checks, the rule or a bound of an indicator below",
        ),
        Words("没有指标用到", "no indicator uses it"),
        Words(
            "删去，或写进指标的算式；只供核对的数，放在一个指标里问",
            "Remove it or use it in an indicator; a figure for checks alone is asked at an indicator",
        ),
        "fields: [{code: staff, …}]\nchildren:\n  - {fields: [{code: n, …}, {code: m, …}], value: n / m, …}",
        "fields: [{code: staff, …}]\nchildren:\n  - {fields: [{code: n, …}], value: n / staff, …}",
    ),
    Code.T267: Entry(
        Severity.ERROR,
        Words(
            "这一条核对做不了：{why}",
            "A check over several indicators that can never be made: {why}",
        ),
        EXPECTED,
        FOUND,
        Words("{cure}", "{cure}"),
        'checks: [{holds: answer("2.1.1") <= staff, says: …}]',
        'checks: [{holds: answer("2.1.1.n") <= staff, says: …}]',
    ),
    Code.T268: Entry(
        Severity.ERROR,
        Words("共用数据不能是{what}", "A shared field cannot be {what}"),
        Words("指标计分要用的数、日期、是否或选项", "a figure, date, yes/no or choice that scores depend on"),
        FOUND,
        Words("放到用它的指标里问", "Ask it at the indicator that it is about"),
        "fields: [{code: remark, name: 情况说明, type: text}]\nchildren: […]",
        'children:\n  - {code: "2.1.1", fields: [{code: remark, name: 情况说明, type: text}, …], …}',
    ),
    Code.T269: Entry(
        Severity.ERROR,
        Words(
            "{key} 要有本项自己的填报项，而本项用的都是共用数据",
            "{key} needs a field of the indicator's own, and all that this one reads is shared",
        ),
        Words("至少一个本项自己的填报项", "at least one field of its own"),
        FOUND,
        Words(
            "填报表上本项没有可填的一行：删去 {key}，或给本项加一个填报项",
            "The workbook has no row to fill in for it: remove {key}, or add a field",
        ),
        'code: "2.1.1"\nvalue: staff / villages   # 都是共用数据\nmay_not_apply: true',
        'code: "2.1.1"\nvalue: staff / villages   # 都是共用数据',
    ),
}
