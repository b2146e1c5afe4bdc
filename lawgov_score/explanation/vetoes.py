"""一票否决 in words, the one home: its name, what triggers it, what it does. A code never stands without its title."""

import numpy as np

from lawgov_score.explanation import calculation
from lawgov_score.explanation.inputs import inputs
from lawgov_score.model import Indicator, Scores, Tree, Veto, VetoTrigger
from lawgov_score.phrase_columns import phrase_of
from lawgov_score.rules.phrases import before_word
from lawgov_score.wording import Phrase, Words

_NAMED = Words("“{title}”（{code}）", '"{title}" ({code})')
_GRADE_AT_MOST = Words("等次最高为“{grade}”", 'grade no higher than "{grade}"')
_FAILS = Words("直接评为“{grade}”", 'graded "{grade}" outright')
_BARS = Words("不得评为{grades:list}，达到的按下一等次评定", "never {grades:list}: the next grade instead")
_QUOTED = Words("“{name}”", '"{name}"')
_NODE_ZERO = Words("“{code} {title}”记 0 分", '"{code} {title}" scores 0')
_DEDUCTS = Words("总分扣 {n:points} 分", "{n:points} off the total")
_RAISES = Words("总分升高 {n:points} 分", "the total is {n:points} higher")
_TOTAL_ZERO = Words("总分记 0 分", "the total is 0")
_TOTAL_WORST = Words(
    "总分记最差分 {n:points} 分，排在最后", "the total is the worst, {n:points}, and the place the last"
)
_RULE = Words("{effects}。{when}", "{effects}. {when}")
_BY_ANSWERS = Words(
    "{triggers}，即触发；考核机关也可以登记认定。",
    "Triggered where {triggers}; the office may also enter it in its register.",
)
_TRIGGER = Words("“{code} {title}”填报的{when}的", '{when} ("{code} {title}")')
_LAST = Words("“{code} {title}”得分居同组末 {n} 名的", 'a unit is among the last {n} of its cohort at "{code} {title}"')
_BY_REGISTER = Words("由考核机关登记认定。", "The office enters it in the register.")
_SENTENCE = Words("{when}的，触发一票否决{named}：{effects}。", "Where {when}, the veto {named} strikes: {effects}.")
_WHOLE = Words("{named}：{rule}", "{named}: {rule}")
_STRUCK = Words("一票否决{named}：{effects}", "veto {named}: {effects}")
_ZEROED = Words("触发一票否决{named}，本项记 0 分", "veto {named}: 0 points")
_FIGURES = Words("{node}的填报值", "the answers to {node}")
_PLACED = Words("{node}的名次", "the place at {node}")
_PLACED_AT = Words(
    "{node}居同组第 {place} 名，共 {n} 个单位（末 {last} 名）",
    "place {place} of {n} in the cohort at {node} (the last {last})",
)
_WITH_FIGURES = Words("{node}填报{figures:list}", "{node} says {figures:list}")
_REGISTERED = Words("考核机关登记", "entered by the office")
_NODE = Words("“{code} {title}”", '"{code} {title}"')


def named(veto: Veto) -> Phrase:
    """A veto as it is named wherever it is mentioned: “案卷造假”（V1）."""
    return _NAMED(title=veto.title, code=veto.code)


def effects(tree: Tree, veto: Veto) -> tuple[Phrase, ...]:
    """Every effect of a veto."""
    found = []
    if veto.grade_at_most:
        is_last = bool(tree.grades) and veto.grade_at_most == tree.grades[-1].name
        found.append((_FAILS if is_last else _GRADE_AT_MOST)(grade=veto.grade_at_most))
    if veto.bars:
        found.append(_BARS(grades=tuple(_QUOTED(name=name) for name in veto.bars)))
    if veto.node_zero:
        found.append(_NODE_ZERO(code=veto.node_zero, title=tree.by_code[veto.node_zero].title))
    if veto.deduct:
        found.append((_RAISES if tree.register_is_lower else _DEDUCTS)(n=veto.deduct))
    if veto.total_zero:
        found.append(_TOTAL_WORST(n=tree.points) if tree.register_is_lower else _TOTAL_ZERO())
    return tuple(found)


def rule(tree: Tree, veto: Veto, unit_type: str | None = None) -> Phrase:
    """What a veto does, and what triggers it: answers, or the register alone. Its name stands beside.

    ``unit_type``: of whose answers it speaks; None: of those of all types.
    """
    triggers = tuple(
        _TRIGGER(code=one.code, title=one.title, when=_when(tree, one, trigger))
        for one in tree.indicators
        for trigger in one.vetoes
        if trigger.veto == veto.code and (unit_type is None or tree.is_applicable(one, unit_type))
    )
    triggers += tuple(
        _LAST(code=node.code, title=node.title, n=node.last.places)
        for node in tree.shown_once
        if node.last is not None and node.last.veto == veto.code
    )
    return _RULE(effects=effects(tree, veto), when=_BY_ANSWERS(triggers=triggers) if triggers else _BY_REGISTER())


def sentences(tree: Tree, indicator: Indicator) -> tuple[Phrase, ...]:
    """What the answers at an indicator may trigger, for its standard."""
    known = {veto.code: veto for veto in tree.vetoes}
    return tuple(
        _SENTENCE(
            when=_when(tree, indicator, trigger),
            named=named(known[trigger.veto]),
            effects=effects(tree, known[trigger.veto]),
        )
        for trigger in indicator.vetoes
    )


def _when(tree: Tree, indicator: Indicator, trigger: VetoTrigger) -> Phrase:
    """The condition in words: “重大事件起数”大于 0."""
    return before_word(trigger.when.condition(calculation.nouns_of(tree, indicator)))


def whole(tree: Tree, veto: Veto) -> Phrase:
    """A veto's name and its rule, on one line."""
    return _WHOLE(named=named(veto), rule=rule(tree, veto))


def struck(tree: Tree, veto: Veto) -> Phrase:
    """A veto that struck, with its effects: why a grade is lower than its score."""
    return _STRUCK(named=named(veto), effects=effects(tree, veto))


def zeroed(veto: Veto) -> Phrase:
    """Why a node that a veto sets to zero has no points."""
    return _ZEROED(named=named(veto))


def source(tree: Tree, indicator: str, veto: str = "") -> Phrase:
    """Where a veto that struck comes from: the answers at an indicator, a place at a node; '': the register."""
    if not indicator:
        return _REGISTERED()
    if is_of_place(tree, indicator, veto):
        return _PLACED(node=node_named(tree, indicator))
    return _FIGURES(node=node_named(tree, indicator))


def found(scores: Scores, row: int, code: str, veto: str) -> Phrase:
    """The same of one unit: the place that it has there, or the figures that it gave."""
    tree = scores.tree
    if not code:
        return _REGISTERED()
    node = tree.by_code[code]
    if node.last is not None and node.last.veto == veto:
        place = int(scores.node_ranks[code][row])
        return _PLACED_AT(
            node=node_named(tree, code), place=place, n=scores.placed_at(code, row), last=node.last.places
        )
    if not isinstance(node, Indicator):
        return source(tree, code, veto)
    conditions = [trigger.when for trigger in node.vetoes if trigger.veto == veto]
    with np.errstate(all="ignore"):
        told = [phrase_of(one, row) for when in conditions for one in inputs(scores, node, when)]
    figures = tuple(one for one in told if one is not None)
    return _WITH_FIGURES(node=node_named(tree, code), figures=figures) if figures else source(tree, code, veto)


def is_of_place(tree: Tree, code: str, veto: str) -> bool:
    """Does the place at a node trigger the veto there, and not an answer?"""
    last = tree.by_code[code].last
    return last is not None and last.veto == veto


def node_named(tree: Tree, code: str) -> Phrase:
    """A node by code and title: “06-3 重大群体性事件”."""
    return _NODE(code=code, title=tree.by_code[code].title)
