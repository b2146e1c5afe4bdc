"""How an indicator's value is worked out, in words: its names, its conditions, and when its denominator is 0."""

from lawgov_score.explanation.references import measure_of_reference, named
from lawgov_score.expression import Expression, Noun, Nouns, begins_with_bracket
from lawgov_score.model import Indicator, Tree
from lawgov_score.rules.field import NUMBERS
from lawgov_score.rules.phrases import before_word
from lawgov_score.rules.rule import Rule, Term, Whether
from lawgov_score.wording import Phrase, Words

_IS_WORKED_OUT = Words("其中，{name} = {value}。", "Here {name} = {value}.")
_IS_WORKED_OUT_IN_BRACKETS = Words("其中，{name} ={value}。", "Here {name} = {value}.")  # as wide as a space
_DEPENDS = Words("其中，{name}：{cases}。", "Here {name} is: {cases}.")
_IS_ONE = Words("其中，{name}：{when}的计 1，否则计 0。", "Here {name} is 1 where {when}, else 0.")
_OR = Words("{one}，或者{other}", "{one} or {other}")
_ALL_COLUMNS = Words("各栏{unit}数均为 0", "all columns ({unit}) are 0")
_ALL_FIELDS = Words("各栏均为 0", "all columns are 0")


def nouns_of(tree: Tree, indicator: Indicator) -> Nouns:
    """The names in an indicator's expressions as people read them, with what they are measured in."""
    choices = {asked.code: asked.choices for asked in indicator.fields}

    def noun(name: str) -> Noun:
        field = name.removeprefix("previous.")
        return Noun(named(indicator, name, tree), measure_of_reference(indicator, name), choices.get(field, ()))

    return noun


def definition(tree: Tree, indicator: Indicator, value: Expression | None, rule: Rule, term: Term) -> Phrase | None:
    """What a value is worked out from; None where its name says it: one field, or a ratio that the tree names."""
    if value is None or value.only or (value.is_ratio and indicator.value_name):
        return None
    nouns = nouns_of(tree, indicator)
    if rule.asks_whether:
        return None  # the rule's own sentence says the condition
    if cases := value.cases(nouns):
        return _DEPENDS(name=term.name, cases=tuple(case.line for case in cases))
    if value.is_condition:
        return _IS_ONE(name=term.name, when=before_word(value.condition(nouns)))
    words = value.words(nouns)
    return (_IS_WORKED_OUT_IN_BRACKETS if begins_with_bracket(words) else _IS_WORKED_OUT)(name=term.name, value=words)


def condition(tree: Tree, indicator: Indicator, value: Expression | None, rule: Rule) -> Phrase | None:
    """When the value is yes, for a rule that asks no more; None of a single question, which says it by its answer."""
    if value is None or value.only or not rule.asks_whether:
        return None
    return value.condition(nouns_of(tree, indicator), is_above=rule.asks_whether is Whether.ABOVE_ZERO)


def zero(tree: Tree, indicator: Indicator) -> Phrase:
    """When there is nothing to judge (`on_zero`): a denominator, or the base, is 0."""
    divided = indicator.value if indicator.value is not None and indicator.value.divides else None
    parts = [_is_zero(tree, indicator, one) for one in (divided, indicator.base) if one is not None]
    if len(parts) == 2 and parts[0] != parts[1]:
        return _OR(one=parts[0], other=parts[1])
    return parts[0]


def _is_zero(tree: Tree, indicator: Indicator, expression: Expression) -> Phrase:
    numbers = {asked.code: asked for asked in indicator.fields if asked.type in NUMBERS and not asked.substitute}
    if len(numbers) > 2 and set(expression.counted) == set(numbers):
        units = {asked.measured_in for asked in numbers.values()}
        unit = units.pop()
        return _ALL_COLUMNS(unit=unit) if not units and len(unit) == 1 else _ALL_FIELDS()
    return expression.zero(nouns_of(tree, indicator))
