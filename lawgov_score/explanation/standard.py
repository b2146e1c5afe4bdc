"""评分标准 in words: of an indicator, of a group, of the total."""

from lawgov_score.explanation import vetoes
from lawgov_score.explanation.figures import quoted
from lawgov_score.explanation.method import conversion
from lawgov_score.explanation.ways import part_at, way_at
from lawgov_score.model import Group, Indicator, Node, OnZero, Tree, WhenZero
from lawgov_score.wording import Phrase, Words

_JOINED = Words("{first}{rest}", "{first} {rest}")
_ZERO = {
    WhenZero.NOT_APPLICABLE: Words(
        "{names:list}为 0 的，本项不适用，分值不计入该单位的适用分。",
        "Where {names:list} is 0 the indicator does not apply and leaves the unit's points.",
    ),
    WhenZero.COHORT_MEAN: Words(
        "{names:list}为 0 的，按同组平均得分计。", "Where {names:list} is 0 the unit gets the mean of its cohort."
    ),
}
_ZERO_FULL = Words("{names:list}为 0 的，得满分。", "Where {names:list} is 0 the unit gets full points.")
_ZERO_NONE = Words("{names:list}为 0 的，不得分。", "Where {names:list} is 0 the unit gets nothing.")
_ZERO_SHARE = Words(
    "{names:list}为 0 的，得本项分值的 {share:percent}。",
    "Where {names:list} is 0 the unit gets {share:percent} of the points.",
)
_BEFORE = {  # last edition has no figure for the unit
    WhenZero.NOT_APPLICABLE: Words(
        "没有上年数据的，本项不适用，分值不计入该单位的适用分。",
        "Without a figure of last edition the indicator does not apply and leaves the unit's points.",
    ),
    WhenZero.COHORT_MEAN: Words(
        "没有上年数据的，按同组平均得分计。", "Without a figure of last edition the unit gets the mean of its cohort."
    ),
}
_BEFORE_FULL = Words("没有上年数据的，得满分。", "Without a figure of last edition the unit gets full points.")
_BEFORE_NONE = Words("没有上年数据的，不得分。", "Without a figure of last edition the unit gets nothing.")
_BEFORE_SHARE = Words(
    "没有上年数据的，得本项分值的 {share:percent}。",
    "Without a figure of last edition the unit gets {share:percent} of the points.",
)
_SMALL_FLAG = Words(
    "{names:list}不足 {below} {unit}的，比率不稳，计分后另作提示。",
    "Below {below} {unit} of {names:list} the rate is unstable: scored, and flagged.",
)
_SMALL_RULE = Words(
    "{names:list}不足 {below} {unit}的，改按下列标准：{standard}",
    "Below {below} {unit} of {names:list} this standard holds instead: {standard}",
)
_SUBSTITUTE = Words(
    "只有公布的比率、件数不明的，按公布的比率计分。", "Where only a printed rate is known, it is taken as it is."
)
_PARTS = Words("{parts}", "{parts}")


def standard(tree: Tree, indicator: Indicator) -> Phrase:
    """评分标准 of an indicator: the rule's own words, then zero, small samples, printed rates, and vetoes."""
    parts = [indicator.rule.standard(indicator.terms)]
    if indicator.on_zero is not None:
        names = quoted(indicator, indicator.zero_names)
        parts.append(_zero_words(indicator)(names=names, share=indicator.on_zero.share))
    if indicator.no_previous is not None:
        parts.append(_previous_words(indicator.no_previous)(share=indicator.no_previous.share))
    small = indicator.small_sample
    if small is not None:
        first = next((f.measured_in for f in indicator.fields if f.code in small.of.names), "")
        figures = {"names": quoted(indicator, small.of.names), "below": small.below, "unit": first}
        if small.rule is None:
            parts.append(Phrase(_SMALL_FLAG, figures))
        else:
            parts.append(Phrase(_SMALL_RULE, {**figures, "standard": small.rule.standard(indicator.small_terms)}))
    if indicator.substitute is not None:
        parts.append(_SUBSTITUTE())
    parts += vetoes.sentences(tree, indicator)
    return _join(parts)


def group_standard(tree: Tree, group: Group) -> Phrase | None:
    """评分标准 of a group: how its parts become its score (汇总方式、折算、位次、上限); None: they only add up."""
    return way_at(tree, group)


def part_standard(tree: Tree, node: Node) -> Phrase | None:
    """How a node counts in the one above (权重、扣分项、加分项、只列示); None where its score is simply added."""
    return part_at(tree, node)


def total_standard(tree: Tree) -> Phrase | None:
    """评分标准 of the total: how the parts are blended, and how it is converted where something does not apply.

    None where points only add up and nothing is converted.
    """
    parts = tuple(part for part in (way_at(tree, tree), conversion(tree)) if part is not None)
    return _PARTS(parts=parts) if parts else None


def _zero_words(indicator: Indicator) -> Words:
    assert indicator.on_zero is not None  # checked by the callers
    if indicator.on_zero.what is not WhenZero.SHARE:
        return _ZERO[indicator.on_zero.what]
    return {1.0: _ZERO_FULL, 0.0: _ZERO_NONE}.get(indicator.on_zero.share, _ZERO_SHARE)


def _previous_words(policy: OnZero) -> Words:
    if policy.what is not WhenZero.SHARE:
        return _BEFORE[policy.what]
    return {1.0: _BEFORE_FULL, 0.0: _BEFORE_NONE}.get(policy.share, _BEFORE_SHARE)


def _join(parts: list[Phrase]) -> Phrase:
    whole = parts[0]
    for part in parts[1:]:
        whole = _JOINED(first=whole, rest=part)
    return whole
