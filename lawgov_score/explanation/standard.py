"""评分标准 in words: of an indicator, of a group, of the total."""

from collections.abc import Iterator
from dataclasses import replace

from lawgov_score.explanation import calculation, instead, vetoes
from lawgov_score.explanation.method import conversion
from lawgov_score.explanation.node_places import standard_of
from lawgov_score.explanation.ways import part_at, way_at
from lawgov_score.expression import Expression
from lawgov_score.model import Group, Indicator, Node, OnZero, Tree, WhenZero
from lawgov_score.rules.phrases import before_word, figure
from lawgov_score.rules.rule import Rule, Term, Terms
from lawgov_score.wording import Phrase, Quantity, Words

_JOINED = Words("{first}{rest}", "{first} {rest}")
_CLAUSES = Words("{first}；{rest}", "{first}; {rest}")
_ZERO = {
    WhenZero.NOT_APPLICABLE: Words(
        "{when}的，本项不适用，分值不计入该单位的适用分。",
        "Where {when} the indicator does not apply and leaves the unit's points.",
    ),
    WhenZero.COHORT_MEAN: Words(
        "{when}的，按同组平均得分计{nobody}。", "Where {when} the unit gets the mean of its cohort{nobody}."
    ),
}
_ZERO_GIVEN = Words("{when}的，{given}。", "Where {when} the unit gets {given}.")
_BEFORE = {  # last edition has no figure for the unit
    WhenZero.NOT_APPLICABLE: Words(
        "没有上年数据的，本项不适用，分值不计入该单位的适用分。",
        "Without a figure of last edition the indicator does not apply and leaves the unit's points.",
    ),
    WhenZero.COHORT_MEAN: Words(
        "没有上年数据的，按同组平均得分计{nobody}。",
        "Without a figure of last edition the unit gets the mean of its cohort{nobody}.",
    ),
}
_BEFORE_GIVEN = Words("没有上年数据的，{given}。", "Without a figure of last edition the unit gets {given}.")
_NO_MEAN = Words("，同组没有单位得分的，{given}", ", or where nobody has a score {given}")
_SMALL_FLAG = Words("{small}的，比率不稳，计分后另作提示。", "Where {small} the rate is unstable: scored, and flagged.")
_SMALL_RULE = Words("{small}的，改按下列标准：{standard}", "Where {small} this standard holds instead: {standard}")
_SMALL = {  # by the key of the line
    "below": Words("{size}不足 {line}", "{size} is below {line}"),
    "at_most": Words("{size}不超过 {line}", "{size} is {line} or less"),
}
_FOR_TYPE = Words("{types:list}：{standard}", "{types:list}: {standard}")
_SUBSTITUTE = Words(
    "只有公布的比率、件数不明的，按公布的比率计分。", "Where only a printed rate is known, it is taken as it is."
)
_PARTS = Words("{parts}", "{parts}")
_TAKEN_OFF = Words(
    "扣分项：按下列标准得出的分，从上级得分中扣减。{standard}",
    "An item that is taken off: what this standard gives is taken off above. {standard}",
)
_OWN = Words("{own}计算方法：{computed}", "{own} Calculation: {computed}")
_OWN_ALONE = Words("{own}", "{own}")
_ENDS = ("。", "；", "！", "？", ".", ";", "!", "?")
_ENDED = Words("{text}。", "{text}.")


def standard(tree: Tree, indicator: Indicator) -> Phrase:
    """评分标准 of an indicator: the tree's own words, if it has some, beside what is computed.

    ``tree``: that of one unit type (``Tree.of_type``), or of all: then what differs is told for each type.
    """
    return _beside(indicator.standard, _by_type(tree, indicator))


def _by_type(tree: Tree, indicator: Indicator) -> Phrase:
    """What is computed; where it goes by unit type and the tree is that of all of them, what holds for which."""
    told: list[tuple[Phrase, list[str]]] = []
    for names, own in tree.kinds or (((), tree),):
        node = own.by_code[indicator.code]
        assert isinstance(node, Indicator)  # the same node
        concerned = [
            kind.name for kind in tree.unit_types if kind.name in names and tree.is_applicable(node, kind.code)
        ]
        if concerned or not names:
            computed = _join(list(_computed(own, node)))
            same = next((types for phrase, types in told if phrase == computed), None)
            if same is None:
                told.append((computed, concerned))
            else:
                same.extend(concerned)
    if len(told) == 1:
        return told[0][0]
    return _join([_FOR_TYPE(types=tuple(types), standard=phrase) for phrase, types in told])


def _computed(tree: Tree, indicator: Indicator) -> Iterator[Phrase]:
    """The rule's own words, what the value is, then the treatment of zero, small samples and printed rates; vetoes."""
    yield from _of_rule(tree, indicator, indicator.value, indicator.rule, indicator.terms)
    if indicator.on_zero is not None:
        when = before_word(calculation.zero(tree, indicator))
        yield _given(indicator, indicator.on_zero, _ZERO.get(indicator.on_zero.what, _ZERO_GIVEN), when=when)
    if indicator.no_previous is not None:
        yield _given(indicator, indicator.no_previous, _BEFORE.get(indicator.no_previous.what, _BEFORE_GIVEN))
    yield from instead.sentences(tree, indicator)
    small = indicator.small_sample
    if small is not None:
        nouns = calculation.nouns_of(tree, indicator)
        line = before_word(figure(Quantity(small.line), Term("", small.of.measure(indicator.measures).unit)))
        figures = {"small": _SMALL[small.key](size=before_word(small.of.words(nouns)), line=line)}
        if small.rule is None:
            yield Phrase(_SMALL_FLAG, figures)
        else:
            value = small.value or indicator.value
            parts = _of_rule(tree, indicator, value, small.rule, indicator.small_terms)
            yield Phrase(_SMALL_RULE, {**figures, "standard": _join(list(parts))})
    if indicator.substitute is not None:
        yield _SUBSTITUTE()
    yield from vetoes.sentences(tree, indicator)


def _of_rule(tree: Tree, indicator: Indicator, value: Expression | None, rule: Rule, terms: Terms) -> Iterator[Phrase]:
    """A rule's own words, and what the value is that it scores."""
    worded = rule.standard(replace(terms, when=calculation.condition(tree, indicator, value, rule)))
    yield _TAKEN_OFF(standard=worded) if terms.is_taken_off and not rule.SAYS_TAKEN_OFF else worded
    defined = calculation.definition(tree, indicator, value, rule, terms.value)
    if defined is not None:
        yield defined


def _beside(own: str, computed: Phrase) -> Phrase:
    """The tree's own sentence beside the computed one."""
    if not own:
        return computed
    return _OWN(own=own if own.endswith(_ENDS) else _ENDED(text=own), computed=computed)


def group_standard(tree: Tree, group: Group) -> Phrase | None:
    """评分标准 of a group: how its parts become its score (汇总方式、折算、位次、上限); None: they only add up."""
    way = way_at(tree, group)
    if not group.standard:
        return way
    return _OWN_ALONE(own=group.standard) if way is None else _beside(group.standard, way)


def part_standard(tree: Tree, node: Node) -> Phrase | None:
    """How a node counts in the one above (权重、扣分项、加分项、只列示), its places and words; None: simply added."""
    part, own = part_at(tree, node), standard_of(tree, node)
    return part if own is None else own if part is None else _CLAUSES(first=part, rest=own)


def total_standard(tree: Tree) -> Phrase | None:
    """评分标准 of the total: how the parts are blended, and how it is converted where something does not apply.

    None where points only add up and nothing is converted.
    """
    parts = tuple(part for part in (way_at(tree, tree), conversion(tree)) if part is not None)
    return _PARTS(parts=parts) if parts else None


def _nobody(indicator: Indicator) -> Phrase | str:
    """What is given where a cohort has no mean; nothing where the tree does not say it."""
    return "" if indicator.no_mean is None else _NO_MEAN(given=instead.share_of(indicator, indicator.no_mean))


def _given(indicator: Indicator, policy: OnZero, words: Words, **figures: object) -> Phrase:
    """What a policy gives, in ``words``; a share of the points is one taken off where the indicator is a 扣分项."""
    given = instead.share_of(indicator, policy) if policy.what is WhenZero.SHARE else ""
    return words(given=given, nobody=_nobody(indicator), **figures)


def _join(parts: list[Phrase]) -> Phrase:
    whole = parts[0]
    for part in parts[1:]:
        whole = _JOINED(first=whole, rest=part)
    return whole
