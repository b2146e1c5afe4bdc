"""T2xx, meaning of ways of aggregation: weights, aggregation, references between nodes."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

_CURE = Words("{cure}", "{cure}")

TREE_WAYS: dict[Code, Entry] = {
    Code.T224: Entry(
        Severity.ERROR,
        Words("{node} 的权重与汇总方式 {way} 不配套", "The weight of {node} does not fit the way {way}"),
        EXPECTED,
        FOUND,
        Words(
            "改权重，或改上级的 aggregate；不计分的写 weight: 0",
            "Change the weight, or the aggregate above; write weight: 0 for what does not count",
        ),
        'code: "A"\naggregate: weighted_mean\nchildren: [{code: "A-1", weight: 60%, …}, {code: "A-2", …}]',
        'code: "A"\naggregate: weighted_mean\nchildren: [{code: "A-1", weight: 60%, …}, {code: "A-2", weight: 40%, …}]',
    ),
    Code.T225: Entry(
        Severity.ERROR,
        Words("节点循环引用：{cycle}", "Nodes feed one another in a circle: {cycle}"),
        Words("谁也不由自己的得分算出", "no score that comes from itself"),
        FOUND,
        Words("去掉其中一处引用", "Remove one of the references"),
        '- {code: "A", uses: ["B"], …}\n- {code: "B", uses: ["A"], …}',
        '- {code: "A", uses: ["B"], …}\n- {code: "B", children: […], …}',
    ),
    Code.T226: Entry(
        Severity.ERROR,
        Words("{node} 的汇总方式自相矛盾", "The aggregation of {node} contradicts itself"),
        EXPECTED,
        FOUND,
        Words("对照方案原文改正其中一个", "Correct one of them after the printed scheme"),
        "aggregate: {way: mean, shift: 1}",
        "aggregate: {way: geometric_mean, shift: 1}",
    ),
    Code.T227: Entry(
        Severity.ERROR,
        Words("{node} 的对照表缺少有 {n} 个下级时的行", "The table of {node} has no row for {n} children"),
        Words(
            "下级个数从 {fewest} 到 {most}，各有至少一行", "a row for every number of children from {fewest} to {most}"
        ),
        FOUND,
        Words(
            "补上这一行；有的下级可能不适用或未填报，个数会少",
            "Add it: a child may not apply or be missing, so that fewer count",
        ),
        Words(
            "aggregate: {way: lookup, table: [{children: 2, at_least: 0, score: 1}]}     # 三个下级",
            "aggregate: {way: lookup, table: [{children: 2, at_least: 0, score: 1}]}     # three children",
        ),
        "aggregate: {way: lookup, table: [{children: 3, at_least: 0, score: 1}]}",
    ),
    Code.T228: Entry(
        Severity.ERROR,
        Words("上期数据与 no_previous 不配套", "Last edition's figures and no_previous do not go together"),
        EXPECTED,
        FOUND,
        _CURE,
        "value: taken - previous.taken",
        "value: taken - previous.taken\nno_previous: not_applicable",
    ),
    Code.T229: Entry(
        Severity.ERROR,
        Words("{node} 的下级权重合计不等于 100%", "The weights below {node} do not add up to 100%"),
        Words("合计 100%", "a sum of 100%"),
        FOUND,
        Words(
            "核对各下级的权重；方案原件如此的，在 waivers 写明理由（按合计折算）",
            "Check the weights; if the printed scheme says so, waive it with the reason (they are normalised)",
        ),
        "children: [{…, weight: 30%}, {…, weight: 50%}, {…, weight: 30%}]",
        "children: [{…, weight: 30%}, {…, weight: 50%}, {…, weight: 20%}]",
    ),
    Code.T230: Entry(
        Severity.ERROR,
        Words(
            "{found} 在重复填报的 {group} 里，不能单独引用", "{found} is inside the repeated {group}: it is many nodes"
        ),
        Words(
            "重复填报的分组本身，或同一次填报里的节点", "the repeated group itself, or a node of the same repetition"
        ),
        FOUND,
        Words("引用 {group}", "Name {group} instead"),
        Words('uses: ["05-1"]     # 05 写有 repeat', 'uses: ["05-1"]     # 05 has repeat'),
        'uses: ["05"]',
    ),
    Code.T235: Entry(
        Severity.ERROR,
        Words("规则 {kind} 不能用于分组", "The rule {kind} cannot be a group's"),
        Words(
            "按数值计分、自己不问填报项、不看上期的规则",
            "a rule that scores a number, asks no fields itself and needs no last edition",
        ),
        FOUND,
        Words(
            "换一种规则，如 tiers、linear；或写在指标上", "Use another kind, such as tiers or linear, or an indicator"
        ),
        "children: […]\nrule: {kind: veto_item}",
        "children: […]\nrule: {kind: tiers, tiers: [{at_least: 60, score: 100%}]}",
    ),
    Code.T236: Entry(
        Severity.ERROR,
        Words("{node} 的几个键互相矛盾", "Keys of {node} contradict one another"),
        EXPECTED,
        FOUND,
        _CURE,
        "cap: 3\nfloor: 5",
        "cap: 5\nfloor: 3",
    ),
}
