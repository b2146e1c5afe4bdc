"""Policies in words (方法): what a tree says about rounding, ranks, missing answers and so on."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lawgov_score.explanation import scale, vetoes
from lawgov_score.explanation.adjustments import kind_label, kind_rule, limit_rules
from lawgov_score.explanation.grading import grade_lines
from lawgov_score.explanation.roundings import words_of
from lawgov_score.explanation.ways import ways
from lawgov_score.model import NO_LIMITS, Claims, CohortSize, Invalid, Missing, Policies, Rescale, Ties, Tree, Way
from lawgov_score.wording import Phrase, Words

_MISSING = {
    Missing.ZERO: Words(
        "未填报的不得分，分值仍计入该单位适用分，并在“问题”中列出",
        "gives no points and stays in the unit's points; listed under problems",
    ),
    Missing.EXCLUDE: Words("未填报的不计入，按其余项折算", "leaves the unit's points; the rest is converted"),
}
_RESCALE = {
    Rescale.TOTAL: Words(
        "不适用的项不计入，总分按“得分 ÷ 适用分 × {points:points}”折算",
        "is left out; the total is converted: score ÷ applicable points × {points:points}",
    ),
    Rescale.PARENT: Words(
        "不适用的项不计入，其分值在同一上级指标内折算", "is left out; its points are spread within its parent"
    ),
    Rescale.NONE: Words("不适用的项不计入，总分不折算", "is left out; the total is not converted"),
}
_INVALID = {
    Invalid.SCORE_VALID: Words("填报有误的项不得分，其余照常计分", "gives no points; the rest is scored as usual"),
    Invalid.WITHHOLD: Words("有填报错误的单位，更正前不予计分", "a unit with errors is not scored until mended"),
}
_CLAIMS = {
    Claims.AWAIT_REVIEW: Words(
        "申报不适用的，审核同意后才生效；审核前列为“待审核”，不得分",
        "counts once a reviewer grants it; until then it is listed as not reviewed and gives no points",
    ),
    Claims.ACCEPT: Words("申报不适用并写明理由的，按申报认定", "is taken at the unit's word, with its reason"),
}
_TIES = {
    Ties.SHARED: Words("同分并列，取靠前位次（1、2、2、4）", "ties share the better place (1, 2, 2, 4)"),
    Ties.DENSE: Words("同分并列，其后位次不空（1、2、2、3）", "ties share a place and none is skipped (1, 2, 2, 3)"),
    Ties.ORDINAL: Words("同分按单位编码先后（1、2、3、4）", "ties follow the order of unit codes (1, 2, 3, 4)"),
}


_LEFT_OUT = Words(
    "不适用的项不计入：下级得分相加的，按“得分 ÷ 适用分 × 分值”折算；其余汇总方式只看适用的下级",
    "is left out: where scores are added up they are converted (score ÷ applicable points × points), "
    "every other way looks only at what applies",
)
_ORDER = Words(
    "1．取填报值；2．算出指标值；3．按绝对标准计分；4．统计同组数据；5．按同组平均和与同组比较计分；6．复核改分；7．逐级汇总；"
    "8．折算；9．加分、扣分；10．舍入；11．排定位次；12．适用一票否决和等次线；13．按名额确定等次",
    "1. answers; 2. values; 3. absolute rules; 4. cohort statistics; 5. cohort means and relative rules; 6. changes on "
    "review; 7. aggregation; 8. conversion; 9. adjustments; 10. rounding; 11. places; 12. vetoes and grade lines; "
    "13. quotas",
)
_WEIGHT_SET = Words("分值和权重采用“{title}”", 'points and weights are those of "{title}"')
_PARALLEL = Words(
    "第一级各项是平行的几套指标体系，每类单位只用适用于本类的，总分满分 {points:points} 分",
    "the top nodes are parallel trees: for each type of unit those that apply to it count, totals are out of "
    "{points:points}",
)
_PARALLEL_UNEVEN = Words(
    "第一级各项是平行的几套指标体系，每类单位只用适用于本类的，总分满分：{types:list}",
    "the top nodes are parallel trees: for each type of unit those that apply to it count, totals are out of "
    "{types:list}",
)
_TYPE = Words("{type} {points:points} 分", "{points:points} for {type}")
_LETTERS = Words("得分以字母等级表示：{letters:list}", "scores are shown as letters: {letters:list}")
_LETTER = Words("{letter} 为 {score:points}", "{letter} is {score:points}")
_OWN_ROUNDING = Words("“{code} {title}”{how}", '"{code} {title}" {how}')
_TEXT = Words("{parts}", "{parts}")


def method(tree: Tree) -> tuple[tuple[Phrase, Phrase], ...]:
    """Every policy of the tree as (label, text), in the order of evaluation."""
    rows = (*_before(tree), *_scoring(tree), *_after(tree))
    return tuple((label if isinstance(label, Phrase) else label(), text) for label, text in rows)


_POINTS = Words("总分满分 {points:points} 分", "totals are out of {points:points}")
_WITHIN_COHORT = Words("按考核分组排位", "places are within cohorts")
_WITH_REGISTER = Words("总分含按规定登记的加分、扣分", "totals include what was registered as bonus and penalty")
_WITH_VETOES = Words("有一票否决情形的，按规定评定", "vetoes take effect as laid down")


def in_brief(tree: Tree) -> tuple[tuple[Words, Phrase], ...]:
    """What everybody who reads a result should know of how it was made, as (label, text): a few lines."""
    has_total = tree.aggregation.way is not Way.NONE
    rows: list[tuple[Words, Phrase]] = []
    if has_total:
        adjusted = [_WITH_REGISTER()] if tree.adjustments else []
        contradicted = scale.total_phrases(tree)
        points = [] if contradicted and not tree.parallel else [_POINTS(points=scale.full_marks(tree))]
        parts = (*points, *contradicted, *adjusted)
        rows.append((Words("得分", "Scores"), _TEXT(parts=parts)))
    rows.append((Words("不适用", "Not applicable"), _not_applicable(tree)))
    if has_total:
        within = [_WITHIN_COHORT()] if tree.cohorts else []
        rows.append((Words("位次", "Places"), _TEXT(parts=(*within, _ranking(tree)))))
    if tree.grades:
        vetoes = [_WITH_VETOES()] if tree.vetoes else []
        rows.append((Words("等次", "Grades"), _TEXT(parts=(*grade_lines(tree), *vetoes))))
    return tuple(rows)


def _before(tree: Tree) -> Iterator[tuple[Words | Phrase, Phrase]]:
    """Policies about reading the tree itself."""
    yield Words("计算顺序", "Order of evaluation"), _ORDER()
    if tree.weight_set:
        yield Words("权重方案", "Weight set"), _WEIGHT_SET(title=tree.weight_set)
    if tree.parallel:
        yield Words("平行指标体系", "Parallel trees"), _parallel(tree)
    if tree.letters:
        letters = tuple(_LETTER(letter=one.letter, score=one.score) for one in tree.letters)
        yield Words("字母等级", "Letters"), _LETTERS(letters=letters)


def _parallel(tree: Tree) -> Phrase:
    scales = {kind.name: tree.scale_of(kind.code) for kind in tree.unit_types}
    if len(set(scales.values())) < 2:
        return _PARALLEL(points=next(iter(scales.values()), tree.scale))
    return _PARALLEL_UNEVEN(types=tuple(_TYPE(type=name, points=points) for name, points in scales.items()))


def _scoring(tree: Tree) -> Iterator[tuple[Words | Phrase, Phrase]]:
    """Policies from answers to totals on the tree's scale."""
    policies = tree.policies
    yield Words("不适用", "Not applicable"), _not_applicable(tree)
    yield Words("申报不适用", "Claims"), _CLAIMS[policies.claims]()
    yield Words("未填报", "Missing"), _MISSING[policies.missing]()
    yield Words("填报有误", "Invalid"), _INVALID[policies.invalid]()
    for text in ways(tree):
        yield Words("汇总方式", "Aggregation"), text
    for kind in tree.adjustments:
        yield kind_label(kind), kind_rule(tree, kind)
    if tree.adjustments or tree.adjustment_limits is not NO_LIMITS:
        yield Words("加分扣分限额", "Limits"), limit_rules(tree)
    yield Words("舍入", "Rounding"), _rounding(tree)


def conversion(tree: Tree) -> Phrase | None:
    """How a total is converted where something does not apply to the unit; None where it is not."""
    if tree.policies.not_applicable is Rescale.NONE:
        return None
    return Words("{text}", "what does not apply {text}")(text=_not_applicable(tree))


def _not_applicable(tree: Tree) -> Phrase:
    rescale = tree.policies.not_applicable
    if rescale is Rescale.TOTAL and tree.aggregation.way is not Way.SUM:
        return _LEFT_OUT()  # there is no sum over the whole tree to convert
    return _RESCALE[rescale](points=scale.full_marks(tree, lambda own: own.printed_sum(own.code)))


_NO_GRADE_BELOW = Words(
    "填报率低于 {share:percent} 的不评等次", "below a coverage of {share:percent} no grade is given"
)


def _after(tree: Tree) -> Iterator[tuple[Words | Phrase, Phrase]]:
    """Policies about places and grades."""
    policies = tree.policies
    if tree.aggregation.way is not Way.NONE:
        yield Words("位次", "Places"), _ranking(tree)
    if tree.grades:
        yield Words("等次", "Grades"), _TEXT(parts=grade_lines(tree))
    if policies.coverage_at_least is not None:
        yield Words("填报率", "Coverage"), _NO_GRADE_BELOW(share=policies.coverage_at_least)
    for veto in tree.vetoes:
        yield Words("一票否决", "Veto"), vetoes.whole(tree, veto)


def _rounding(tree: Tree) -> Phrase:
    own = [
        _OWN_ROUNDING(code=one.code, title=one.title, how=words_of(one.rounding))
        for one in tree.indicators
        if one.rounding is not None and not one.copy_of
    ]
    general = _general_rounding(tree.policies)
    return _TEXT(parts=(general, *own)) if own else general


def _general_rounding(policies: Policies) -> Phrase:
    return Words("指标得分{one}；分类得分{group}；总分{total}", "indicators {one}; groups {group}; totals {total}")(
        one=words_of(policies.round_indicator),
        group=words_of(policies.round_group),
        total=words_of(policies.round_total),
    )


_BREAKERS = Words(
    "同分依次比较：{names:list}；其中一个单位不适用的，跳过该项比较下一项",
    "ties are broken by {names:list}; one that does not apply to all who tie is passed over",
)
_BREAKERS_CONVERTED = Words(
    "同分依次比较：{names:list}（按该项分值折算的得分）；其中一个单位不适用的，跳过该项比较下一项",
    "ties are broken by {names:list} (scores as converted to the node's points); one that does not apply to all who "
    "tie is passed over",
)


_LOOKS = {
    True: Words("按舍入后的总分排位", "places follow the rounded total"),
    False: Words("按未舍入的总分排位", "places follow the total before rounding"),
}
_FIRST = {
    True: Words("总分越低位次越前", "the lowest total is first"),
    False: Words("总分越高位次越前", "the highest total is first"),
}


def _ranking(tree: Tree) -> Phrase:
    policies = tree.policies
    parts = [_LOOKS[policies.rank_on_rounded]()]
    if policies.lower_is_better:
        parts.append(_FIRST[True]())
    if policies.tie_breakers:
        parts.append(_breakers(tree))
    parts.append(_TIES[policies.ties]())
    if policies.equals_sign:
        parts.append(Words("并列的位次前加“=”，如“=3”", 'places that are shared are printed with "=", as in "=3"')())
    return _TEXT(parts=tuple(parts))


def _breakers(tree: Tree) -> Phrase:
    policies = tree.policies
    names = tuple(tree.by_code[code].title for code in policies.tie_breakers)
    converts = policies.not_applicable is not Rescale.NONE
    return (_BREAKERS_CONVERTED if converts else _BREAKERS)(names=names)


# ---------------------------------------------------------------- one policy by itself


_NO_BREAKERS = Words("同分不再比较其他得分", "ties are not broken")
_BY_TOTAL = Words("等次看总分", "grades look at the total")
_BY_NODE = Words("等次看“{code} {title}”的得分", 'grades look at the score of "{code} {title}"')
_GRADED = {True: Words("按舍入后的数", "as rounded"), False: Words("不舍入", "not rounded")}
_ALWAYS = Words("不论填报率都评等次", "a grade whatever the coverage")
_COUNTED = {
    CohortSize.ROSTER: Words("按名册上的单位数", "the units of the roster"),
    CohortSize.SUBMITTED: Words("按报送的单位数", "the units that submitted"),
    CohortSize.SCORED: Words("按有得分的单位数", "the units that have a score"),
}


def policy_words(tree: Tree, name: str) -> Phrase:
    """One policy in words; ``name``: as in ``Policies``."""
    policies = tree.policies
    if name.startswith("round_"):
        return words_of(getattr(policies, name))
    if name == "tie_breakers":
        return _breakers(tree) if policies.tie_breakers else _NO_BREAKERS()
    if name == "grade_by":
        by = policies.grade_by
        return _BY_NODE(code=by, title=tree.by_code[by].title) if by else _BY_TOTAL()
    if name == "not_applicable":
        return _not_applicable(tree)
    if name == "coverage_at_least":
        least = policies.coverage_at_least
        return _ALWAYS() if least is None else _NO_GRADE_BELOW(share=least)
    return _SINGLE[name][getattr(policies, name)]()


_SINGLE: Mapping[str, Mapping[Any, Words]] = MappingProxyType(
    {
        "rank_on_rounded": _LOOKS,
        "ties": _TIES,
        "lower_is_better": _FIRST,
        "grade_on_rounded": _GRADED,
        "missing": _MISSING,
        "invalid": _INVALID,
        "claims": _CLAIMS,
        "cohort_size": _COUNTED,
    }
)
