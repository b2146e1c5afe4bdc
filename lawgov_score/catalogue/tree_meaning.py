"""T2xx: the meaning of a tree."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

_CURE = Words("{cure}", "{cure}")

TREE_MEANING: dict[Code, Entry] = {
    Code.T201: Entry(
        Severity.ERROR,
        Words("编码 {found} 用了两次", "The code {found} is used twice"),
        Words("各不相同的编码", "a code of its own"),
        Words("第 {line} 行已经用过", "already used on line {line}"),
        Words("给其中一个换一个编码", "Give one of them another code"),
        '- {code: "01-2", …}\n- {code: "01-2", …}',
        '- {code: "01-2", …}\n- {code: "01-3", …}',
    ),
    Code.T202: Entry(
        Severity.ERROR,
        Words("{node} 的下级分值之和不等于它的分值", "The children of {node} do not add up to its points"),
        Words("下级之和为 {points}", "children that sum to {points}"),
        FOUND,
        Words(
            "核对各下级的分值；方案原件如此的，在 waivers 写明理由；{scale}",
            "Check the children's points; if the printed scheme says so, waive it with the reason; {scale}",
        ),
        'code: "01"\npoints: 4.5\nchildren: 1.5 + 1 + 1',
        'code: "01"\npoints: 4.5\nchildren: 1.5 + 1.5 + 1.5',
    ),
    Code.T203: Entry(
        Severity.ERROR,
        Words("档次未按顺序排列", "Bands out of order"),
        Words(
            "各档朝一个方向递减或递增；上一档为 {above}",
            "bands that all fall or all rise; the one above is {above}",
        ),
        FOUND,
        Words("at_least 从高到低排，at_most 从低到高排", "List at_least falling, at_most rising"),
        "tiers: [{at_least: 30%, score: 0.7}, {at_least: 50%, score: 1}]",
        "tiers: [{at_least: 50%, score: 1}, {at_least: 30%, score: 0.7}]",
    ),
    Code.T204: Entry(
        Severity.ERROR,
        Words("没有单位类型 {found}", "There is no unit type {found}"),
        Words("unit_types 里定义的编码", "a code defined under unit_types"),
        FOUND,
        _CURE,
        "applies_to: [subdistrcit]",
        "applies_to: [subdistrict]",
    ),
    Code.T205: Entry(
        Severity.ERROR,
        Words("用到的 {found} 没有填报项", "{found} is used but not asked for"),
        Words("本指标的填报项编码", "the code of a field of this indicator"),
        FOUND,
        _CURE,
        "fields: [{code: cases, …}]\nvalue: chief / case",
        "fields: [{code: chief, …}, {code: cases, …}]\nvalue: chief / cases",
    ),
    Code.T206: Entry(
        Severity.ERROR,
        Words("填报项 {found}（{name}）问了却没有用", "The field {found} ({name}) is asked for but never used"),
        Words(
            "用在 value、rule、small_sample、vetoes、checks 或另一填报项的上下限里",
            "a use in value, rule, small_sample, vetoes, checks or the bound of another field",
        ),
        Words("没有用到", "no use of it"),
        Words("删去该填报项，或写进算式；只作说明的用 type: text", "Remove it or use it; text fields need no use"),
        "fields: [{code: a, …}, {code: b, …}, {code: c, …}]\nvalue: a / b",
        "fields: [{code: a, …}, {code: b, …}]\nvalue: a / b",
    ),
    Code.T207: Entry(
        Severity.ERROR,
        Words("算式读不懂", "The expression cannot be read"),
        Words(
            "填报项编码、数、+ - * / ( )、min max abs ln sqrt、pow(数, 2)、round floor ceil(数, 小数位)、"
            "if(条件, 甲, 乙)、first(甲, 乙)、blank(甲)、answered(甲)、比较、and or not、"
            'previous.编码、cohort_mean(编码)、cohort_quantile(编码, 0.75)、score("节点")',
            "names of fields, numbers, + - * / ( ), min max abs ln sqrt, pow(x, 2), round floor ceil(x, decimals), "
            "if(condition, a, b), first(a, b), blank(a), answered(a), comparisons, and or not, "
            'previous.code, cohort_mean(code), cohort_quantile(code, 0.75), score("node")',
        ),
        FOUND,
        Words("改成允许的写法；百分数写成小数，如 0.9", "Use only what is allowed; write 0.9 for 90%"),
        "value: (chief + deputy / cases",
        "value: (chief + deputy) / cases",
    ),
    Code.T208: Entry(
        Severity.ERROR,
        Words("有除法或基数，却没有规定为零时怎么办", "A division or a base without a policy for zero"),
        Words(
            "on_zero: not_applicable、full、zero、cohort_mean，或比率如 60%",
            "on_zero: not_applicable, full, zero, cohort_mean, or a share such as 60%",
        ),
        FOUND,
        Words("补上 on_zero", "Add on_zero"),
        "value: appeared / cases",
        "value: appeared / cases\non_zero: not_applicable",
    ),
    Code.T209: Entry(
        Severity.ERROR,
        Words("参数互相矛盾", "Parameters contradict one another"),
        EXPECTED,
        FOUND,
        Words("对照方案原文改正其中一个", "Correct one of them after the printed scheme"),
        "rule: {kind: linear, zero_at: 50%, full_at: 50%}",
        "rule: {kind: linear, zero_at: 50%, full_at: 100%}",
    ),
    Code.T210: Entry(
        Severity.ERROR,
        Words(
            "上下限引用的 {found} 不是本指标的其他填报项", "The bound {found} is not another field of this indicator"
        ),
        Words("本指标另一填报项的编码，或一个数", "the code of another field of this indicator, or a number"),
        FOUND,
        _CURE,
        "{code: appeared, …, at_most: case}",
        "{code: appeared, …, at_most: cases}",
    ),
    Code.T211: Entry(
        Severity.ERROR,
        Words("{node} 的层级不对", "{node} is at the wrong depth"),
        EXPECTED,
        FOUND,
        Words("把它移到应在的一层，或改 levels", "Move it to its level, or change levels"),
        Words("levels: [类, 小项]，而小项之下还有指标", "levels: [类, 小项], while there are indicators below 小项"),
        "levels: [方面, 类, 小项]",
    ),
    Code.T212: Entry(
        Severity.ERROR,
        Words("等次的顺序或名称不对", "Grades out of order, or with the same name"),
        EXPECTED,
        FOUND,
        Words("从高到低排，名称不重复", "List them falling, each with a name of its own"),
        "grades: [{name: 良好, at_least: 80}, {name: 优秀, at_least: 90}]",
        "grades: [{name: 优秀, at_least: 90}, {name: 良好, at_least: 80}]",
    ),
    Code.T213: Entry(
        Severity.ERROR,
        Words("规则能给的分超过本项分值", "The rule can give more than the indicator's points"),
        Words("不超过 {points:points} 分", "at most {points:points}"),
        Words("{found:points} 分", "{found:points}"),
        Words(
            "改小得分或加上封顶；方案原件如此的，在 waivers 写明理由",
            "Lower it or cap it; if the printed scheme says so, waive it with the reason",
        ),
        "points: 1\nrule: {kind: tiers, tiers: [{at_least: 50%, score: 2}]}",
        "points: 1\nrule: {kind: tiers, tiers: [{at_least: 50%, score: 1}]}",
    ),
    Code.T214: Entry(
        Severity.WARNING,
        Words("指标编码 {found} 不以上级编码开头", "The indicator's code {found} does not begin with its parent's"),
        Words("以 {parent} 开头的编码", "a code that begins with {parent}"),
        FOUND,
        Words(
            "核对它是不是放错了地方；方案原件就这样编号的，在 waivers 写明理由",
            "Check whether it stands in the wrong place; if the printed scheme has it so, waive it with the reason",
        ),
        'code: "02"\nchildren: [{code: "03-1", …}]',
        'code: "02"\nchildren: [{code: "02-1", …}]',
    ),
    Code.T215: Entry(
        Severity.ERROR,
        Words("value 与规则 {kind} 不配套", "value does not fit the rule {kind}"),
        EXPECTED,
        FOUND,
        _CURE,
        "fields: [{code: a, …}, {code: b, …}]\nrule: {kind: proportional, target: 100%}",
        "fields: [{code: a, …}, {code: b, …}]\nvalue: a / b\nrule: {kind: proportional, target: 100%}",
    ),
    Code.T216: Entry(
        Severity.ERROR,
        Words("单位类型 {found} 列入了两个考核分组", "The unit type {found} is listed in two cohorts"),
        Words("每个单位类型只属于一个分组", "each unit type in one cohort"),
        Words("已列入“{cohort}”", 'already in "{cohort}"'),
        Words(
            "从其中一个分组删去；要拆分的，在名册里写明各单位的分组", "Remove it from one; split a type in the roster"
        ),
        "cohorts:\n  - {…, unit_types: [office]}\n  - {…, unit_types: [office, area]}",
        "cohorts:\n  - {…, unit_types: [office]}\n  - {…, unit_types: [area]}",
    ),
    Code.T217: Entry(
        Severity.ERROR,
        Words("各方面分值之和不等于总分", "The top level does not add up to the tree's points"),
        Words("合计 {points}", "a sum of {points}"),
        FOUND,
        Words(
            "核对各方面的分值；方案原件如此的，在 waivers 写明理由；{scale}",
            "Check the points; if the printed scheme says so, waive it with the reason; {scale}",
        ),
        Words("points: 100     # 三个方面 30 + 30 + 30", "points: 100     # three aspects of 30 + 30 + 30"),
        "points: 90",
    ),
    Code.T218: Entry(
        Severity.ERROR,
        Words("本指标已有填报项 {found}", "This indicator already has a field {found}"),
        Words("编码、名称各不相同的填报项", "fields with codes and names of their own"),
        Words("第 {line} 行已经用过", "already used on line {line}"),
        Words("改一个编码或名称", "Change one of them"),
        "fields: [{code: a, name: 件数, …}, {code: b, name: 件数, …}]",
        "fields: [{code: a, name: 办结件数, …}, {code: b, name: 受理件数, …}]",
    ),
    Code.T219: Entry(
        Severity.ERROR,
        Words("填报项 {name} 的类型用在这里不对", "The field {name} has the wrong type for this use"),
        EXPECTED,
        FOUND,
        Words("改填报项的 type，或改用别的填报项", "Change the type of the field, or use another"),
        "fields: [{code: filed, name: 报送日期, type: text}]\nrule: {kind: late, …}",
        "fields: [{code: filed, name: 报送日期, type: date}]\nrule: {kind: late, …}",
    ),
    Code.T220: Entry(
        Severity.ERROR,
        Words("准予保留的问题没有出现", "A waiver that fits no problem"),
        Words("{node} 确有问题 {waived}", "a problem {waived} at {node}"),
        Words("没有这个问题", "no such problem"),
        Words("矛盾已经改正的，删去这一条", "Remove it if the contradiction is gone"),
        Words(
            'waivers: [{code: T202, node: "05", reason: …}]     # 05 的下级之和已经相符',
            'waivers: [{code: T202, node: "05", reason: …}]     # what is below 05 adds up by now',
        ),
        "waivers: []",
    ),
    Code.T221: Entry(
        Severity.ERROR,
        Words("没有除法，也没有基数，却写了 on_zero", "on_zero where nothing is divided and no base is named"),
        Words("只在算式有除法或写了 base 时写", "on_zero only with a division or a base"),
        FOUND,
        Words("删去 on_zero，或用 base 写明基数", "Remove on_zero, or name a base"),
        "value: taken\non_zero: full",
        "value: taken",
    ),
    Code.T222: Entry(
        Severity.ERROR,
        Words("没有名为 {found} 的否决事项或等次", "There is no veto or grade named {found}"),
        Words("vetoes 里的编码，或 grades 里的名称", "a code under vetoes, or a name under grades"),
        FOUND,
        _CURE,
        "vetoes: [{code: V1, …, grade_at_most: 良}]",
        "vetoes: [{code: V1, …, grade_at_most: 良好}]",
    ),
    Code.T223: Entry(
        Severity.ERROR,
        Words("没有编码为 {found} 的节点", "There is no node {found}"),
        Words("指标体系里的编码", "a code of the tree"),
        FOUND,
        _CURE,
        'tie_breakers: ["1"]',
        'tie_breakers: ["01"]',
    ),
}
