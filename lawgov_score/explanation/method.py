"""Policies in words: what a tree says of rounding, ranks, missing answers and so on (方法)."""

from lawgov_score.model import Claims, Invalid, Missing, Policies, Rescale, Ties, Tree
from lawgov_score.wording import Phrase, Words

_ROUNDED = Words("四舍五入到 {n} 位小数", "rounded half up to {n} decimals")
_NOT_ROUNDED = Words("不舍入", "not rounded")
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


def method(tree: Tree) -> tuple[tuple[Phrase, Phrase], ...]:
    """Every policy of the tree as (label, text), in the order of evaluation."""
    policies = tree.policies
    rows: list[tuple[Words | Phrase, Phrase]] = [
        (
            Words("不适用", "Not applicable"),
            _RESCALE[policies.not_applicable](points=sum(indicator.points for indicator in tree.indicators)),
        ),
        (Words("申报不适用", "Claims"), _CLAIMS[policies.claims]()),
        (Words("未填报", "Missing"), _MISSING[policies.missing]()),
        (Words("填报有误", "Invalid"), _INVALID[policies.invalid]()),
        (Words("舍入", "Rounding"), _rounding(policies)),
        (Words("位次", "Places"), _ranking(tree)),
    ]
    if tree.grades:
        rows.append((Words("等次", "Grades"), _GRADES(lines=tuple(_grade(tree, i) for i in range(len(tree.grades))))))
    if policies.coverage_at_least is not None:
        text = Words("填报率低于 {share:percent} 的不评等次", "below a coverage of {share:percent} no grade is given")
        rows.append((Words("填报率", "Coverage"), text(share=policies.coverage_at_least)))
    for veto in tree.vetoes:
        text = Words("{title}：等次最高为“{grade}”", '{title}: grade no higher than "{grade}"')
        label = Words("一票否决 {code}", "Veto {code}")(code=veto.code)
        rows.append((label, text(title=veto.title, grade=veto.grade_at_most)))
    return tuple((label if isinstance(label, Phrase) else label(), text) for label, text in rows)


_GRADES = Words("{lines}", "{lines}")


def _decimals(decimals: int | None) -> Phrase:
    return _NOT_ROUNDED() if decimals is None else _ROUNDED(n=decimals)


def _rounding(policies: Policies) -> Phrase:
    return Words("指标得分{one}；分类得分{group}；总分{total}", "indicators {one}; groups {group}; totals {total}")(
        one=_decimals(policies.round_indicator),
        group=_decimals(policies.round_group),
        total=_decimals(policies.round_total),
    )


def _ranking(tree: Tree) -> Phrase:
    policies = tree.policies
    looks = (
        Words("按舍入后的总分排位", "places follow the rounded total")
        if policies.rank_on_rounded
        else Words("按未舍入的总分排位", "places follow the total before rounding")
    )
    parts = [looks()]
    if policies.tie_breakers:
        names = tuple(tree.by_code[code].title for code in policies.tie_breakers)
        parts.append(Words("同分依次比较：{names:list}", "ties are broken by {names:list}")(names=names))
    parts.append(_TIES[policies.ties]())
    return Words("{parts}", "{parts}")(parts=tuple(parts))


def _grade(tree: Tree, i: int) -> Phrase:
    grade = tree.grades[i]
    if grade.quota is None:
        return Words("{name} {line:points} 分以上", "{name} from {line:points}")(name=grade.name, line=grade.at_least)
    return Words(
        "{name} {line:points} 分以上，且不超过同组单位数的 {share:percent}（去尾取整，至少 {n} 个）",
        "{name} from {line:points}, at most {share:percent} of a cohort (rounded down, at least {n})",
    )(name=grade.name, line=grade.at_least, share=grade.quota.share, n=grade.quota.at_least)
