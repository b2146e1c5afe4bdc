"""T2xx, meaning of a tree's head: letters, grades, vetoes, adjustments, parallel trees, weight sets."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

_CURE = Words("{cure}", "{cure}")

TREE_LISTS: dict[Code, Entry] = {
    Code.T231: Entry(
        Severity.ERROR,
        Words("字母等级的顺序或名称不对", "Letters out of order, or twice the same"),
        EXPECTED,
        FOUND,
        Words("从高到低排，字母不重复", "List them falling, each letter once"),
        "letters: [{letter: B, score: 3}, {letter: A, score: 4}]",
        "letters: [{letter: A, score: 4}, {letter: B, score: 3}]",
    ),
    Code.T232: Entry(
        Severity.ERROR,
        Words("没有名为 {found} 的考核分组或权重等级", "There is no cohort or weight class {found}"),
        Words("cohorts 或 weight_classes 里的编码", "a code under cohorts or weight_classes"),
        FOUND,
        _CURE,
        "grades: [{name: 优秀, at_least: 90, lines: {town: 92}}]",
        "grades: [{name: 优秀, at_least: 90, lines: {towns: 92}}]",
    ),
    Code.T233: Entry(
        Severity.ERROR,
        Words("一票否决的后果自相矛盾", "The effects of a veto contradict one another"),
        EXPECTED,
        FOUND,
        Words("对照方案原文改正其中一个", "Correct one of them after the printed scheme"),
        Words(
            "{code: V1, title: …, bars: [优秀, 良好, 不合格]}     # 没有别的等次",
            "{code: V1, title: …, bars: [优秀, 良好, 不合格]}     # no other grade is left",
        ),
        "{code: V1, title: …, bars: [优秀, 良好]}",
    ),
    Code.T234: Entry(
        Severity.ERROR,
        Words("加分、扣分的规定自相矛盾", "Bonuses and penalties contradict one another"),
        EXPECTED,
        FOUND,
        Words("对照方案原文改正其中一个", "Correct one of them after the printed scheme"),
        "{code: A1, title: …, sign: bonus, each: 1, highest_only: true}",
        "{code: A1, title: …, sign: bonus, levels: {国家级: 2, 省级: 1}, highest_only: true}",
    ),
    Code.T237: Entry(
        Severity.ERROR,
        Words(
            "适用于 {type} 的各方面分值之和不等于总分", "The top level for {type} does not add up to the tree's points"
        ),
        Words("合计 {points}", "a sum of {points}"),
        FOUND,
        Words(
            "核对各方面的分值和 applies_to；方案原件如此的，在 waivers 写明理由；{scale}",
            "Check points and applies_to; if the printed scheme says so, waive it with the reason; {scale}",
        ),
        Words(
            "points: 100     # parallel: true；乡镇的各方面 60 + 30",
            "points: 100     # parallel: true; the aspects of towns are 60 + 30",
        ),
        Words("points: 100     # 乡镇的各方面 60 + 40", "points: 100     # the aspects of towns are 60 + 40"),
    ),
    Code.T238: Entry(
        Severity.ERROR,
        Words("分值表与指标体系不配套", "The weight set does not fit the tree"),
        EXPECTED,
        FOUND,
        _CURE,
        Words('points: {"01": 30, "09": 70}     # 没有 09', 'points: {"01": 30, "09": 70}     # there is no 09'),
        'points: {"01": 30, "02": 70}',
    ),
    Code.T253: Entry(
        Severity.ERROR,
        Words(
            "{node} 的 {key} 按单位类型给数，与适用的类型不符",
            "{node}: {key} is given by unit type, and not for the types it applies to",
        ),
        EXPECTED,
        FOUND,
        _CURE,
        Words(
            "points: {area: 4}     # 另有类型 rural，也适用本项",
            "points: {area: 4}     # the type rural is assessed by it too",
        ),
        "points: {area: 4, others: 3}",
    ),
    Code.T254: Entry(
        Severity.ERROR,
        Words(
            "{node} 的满分因单位类型而不同，得分不在一个尺度上，不能互相比较或取平均",
            "{node} is out of other points for other unit types: scores cannot be compared or averaged as they are",
        ),
        EXPECTED,
        FOUND,
        _CURE,
        "points: {area: 4, others: 3}\non_zero: cohort_mean",
        "points: {area: 4, others: 3}\non_zero: 60%",
    ),
    Code.T239: Entry(
        Severity.ERROR,
        Words(
            "分值另存（weights: apart），没有选用分值表", "Points are kept apart (weights: apart) and no set is chosen"
        ),
        Words("选定的一个分值表", "a table of points that is chosen"),
        NOTHING,
        Words("加上 --weights 文件名，如 --weights weights.yaml", "Add --weights FILE, such as --weights weights.yaml"),
        "weights: apart     # lawgov-score score TREE …",
        "weights: apart     # lawgov-score score TREE … --weights weights.yaml",
        on_desk=Words("选一个分值表", "Choose one of the tables of points"),
    ),
}
