"""T24x, meaning of rules: what they can give, what values are made from, which settings contradict each other."""

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
    Code.T243: Entry(
        Severity.ERROR,
        Words(
            "重复填报的 {group} 里，不能与同组其他单位或上年相比",
            "Within the repeated {group} nothing can be compared with other units or with last edition",
        ),
        EXPECTED,
        FOUND,
        Words("{cure}", "{cure}"),
        'code: "05"\nrepeat: {name: 服务窗口, at_most: 6}\n'
        'children: [{code: "05-1", …, rule: {kind: relative, against: best, better: higher}}]',
        'code: "05"\nrepeat: {name: 服务窗口, at_most: 6}\nrule: {kind: relative, against: best, better: higher}\n'
        'children: [{code: "05-1", …, rule: {kind: as_given}}]',
    ),
    Code.T244: Entry(
        Severity.ERROR,
        Words(
            "{node} 的分值相加，未填报的退出后分值无处可去",
            "{node} adds up points, and points of what is missing have nowhere to go",
        ),
        Words(
            "missing: zero，或 not_applicable 为 total、parent",
            "missing: zero, or not_applicable: total or parent",
        ),
        FOUND,
        Words(
            "not_applicable: none 什么都不折算，退出的分值等于得零分：写 missing: zero；"
            "要折算的，改 not_applicable。只有这一分组如此的，在它那里写 missing: zero",
            "With not_applicable: none nothing is scaled up, so what is excluded scores as zero: write missing: zero "
            "(for this group alone, at the group), or change not_applicable if it is to be scaled up",
        ),
        "policies: {…, missing: exclude, not_applicable: none}",
        "policies: {…, missing: zero, not_applicable: none}",
    ),
    Code.T245: Entry(
        Severity.ERROR,
        Words(
            "平行指标体系里，单位类型“{type}”适用所有指标",
            'In parallel trees all indicators apply to the unit type "{type}"',
        ),
        Words("每种单位类型各有一套指标", "unit types that have one of the trees each"),
        FOUND,
        Words(
            "几套指标会并在一起算，合计超过总分或混成一个分数：删去 whole: true，用 applies_to 写明适用哪一套；"
            "或另建一个指标体系",
            "All the trees would count at once, beyond the printed total or blended into one score: remove whole: true "
            "and say with applies_to which tree it has, or write a tree of its own for it",
        ),
        "parallel: true\nunit_types: [{code: town, …}, {code: bureau, …}, {code: area, …, whole: true}]",
        "parallel: true\nunit_types: [{code: town, …}, {code: bureau, …}]",
    ),
    Code.T246: Entry(
        Severity.ERROR,
        Words(
            "“{name}”可以是负数，算不出占最好值或平均值的比例", '"{name}" may be negative: it is no share of the best'
        ),
        Words(
            "against: place，或规则 normalised；或不会是负数的值",
            "against: place, or the rule normalised; or a value that is never negative",
        ),
        Words("{found}，“{name}”不小于 {bound}", '{found}, and "{name}" is {bound} or more'),
        Words(
            "改用 against: place 或规则 normalised；负数一律按 0 算的，写明 value: max({code}, 0)",
            "Use against: place or the rule normalised; where less than nothing is taken for nothing, say so: "
            "value: max({code}, 0)",
        ),
        "fields: [{code: growth, …, at_least: -100}]\nrule: {kind: relative, against: best, better: higher}",
        "fields: [{code: growth, …, at_least: -100}]\nrule: {kind: normalised, by: min_max, better: higher, …}",
    ),
    Code.T247: Entry(
        Severity.ERROR,
        Words("{group} 的算式没有用到 {node}", "The expression of {group} never names {node}"),
        Words('算式里有 score("{code}")，或 weight: 0', 'score("{code}") in the expression, or weight: 0'),
        FOUND,
        Words(
            "它的得分哪里都不计：写进算式；只列出、不计分的写 weight: 0",
            "Its score counts nowhere: name it in the expression, or write weight: 0 for what is only shown",
        ),
        'aggregate: {way: expression, value: \'score("C1")\'}\nchildren: [{code: "C1", …}, {code: "P1", …}]',
        'aggregate: {way: expression, value: \'score("C1") + score("P1")\'}\n'
        'children: [{code: "C1", …}, {code: "P1", …}]',
    ),
    Code.T248: Entry(
        Severity.ERROR,
        Words(
            "{node} 的分值为 0，{group} 的汇总方式 {way} 无法按比例计它",
            "{node} is worth 0 points, of which {group} ({way}) can take no share",
        ),
        Words("大于 0 的分值，或 weight: 0", "points above 0, or weight: 0"),
        FOUND,
        Words(
            "写它的满分；只列出、不计分的写 weight: 0",
            "Say what it is worth, or write weight: 0 for what is only shown",
        ),
        "aggregate: mean\nchildren: [{…, points: 10}, {…, points: 0}]",
        "aggregate: mean\nchildren: [{…, points: 10}, {…, points: 10}]",
    ),
}
