"""Live formulas of an indicator: its value and score over the cells of its figures, including small samples.

A formula repeats the engine's computation; its stored value is always the engine's. Where one unit's card cannot
express it (other units' figures are needed, or the indicator is not scored) there is no formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np

from lawgov_score.expression import Expression, asked_key
from lawgov_score.model import Indicator, Missing, OnZero, Policies, Status, WhenZero, Why
from lawgov_score.model.policies import in_effect
from lawgov_score.rounding import DUST_DECIMALS, VALUE_DECIMALS, Rounding
from lawgov_score.rules.cells import number
from lawgov_score.rules.cells import rounded as cells_rounded
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.lines import claim
from lawgov_score.rules.rule import Cells, Inputs, LeavesUnits, Rule
from lawgov_score.workbook.writing.figures import value_field


class ScoresByRule(Protocol):
    """Anything that can write a rule's formula over the cells of an indicator."""

    def score(self, rule: Rule, value: str) -> str:
        """The rule's formula over ``value``."""
        ...


@dataclass(frozen=True, slots=True)
class Small:
    """Two formulas without ``=``: is the sample small, and the score it then has."""

    test: str
    score: str


def scored(
    indicator: Indicator, answers: Mapping[str, str], whole: ScoresByRule, value_cell: str, is_zero: str
) -> Small | None:
    """None if small samples are scored like others, or if a spreadsheet cannot express their rule.

    ``answers``: addresses by name. ``is_zero``: the test for a zero denominator, which is never a small sample.
    """
    sample = indicator.small_sample
    if sample is None or sample.rule is None or sample.rule.RELATIVE:
        return None
    if sample.value is not None and sample.value.divides:
        return None
    value = value_cell if sample.value is None else _inline(sample.value, answers)
    tests = [claim(sample.key, f"ROUND({sample.of.formula(answers)},{VALUE_DECIMALS})", sample.line)]
    if is_zero:
        tests.append(f"NOT({is_zero})")
    substitute = indicator.substitute
    if substitute is not None and substitute.code in answers and indicator.value is not None:
        # If only the printed rate is known, and no count to score instead, the rate is scored after all.
        only_rate = f"AND({indicator.value.missing_test(answers)},ISNUMBER({answers[substitute.code]}))"
        tests.append(f"NOT(AND({only_rate},NOT(ISNUMBER({value}))))")
    test = f"IF({sample.of.missing_test(answers)},FALSE,AND({','.join(tests)}))"
    return Small(test, whole.score(sample.rule, value))


def _inline(value: Expression, answers: Mapping[str, str]) -> str:
    """The formula of another value in place of the indicator's own; a single field is its cell."""
    if value.text.strip() in answers:
        return answers[value.text.strip()]
    return f'IF({value.missing_test(answers)},"",ROUND({value.formula(answers)},{VALUE_DECIMALS}))'


_LONGEST = 8000  # a formula holds 8,192 characters
_MOST_ARGUMENTS = 200  # of 255 that a function takes
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Live:
    """Formulas of one indicator, without ``=``; ``value`` is empty if the rule reads fields itself."""

    value: str
    score: str
    points: str


def live(
    indicator: Indicator,
    policies: Policies,
    missing: Missing,
    status: Status,
    cells: Mapping[str, str],
    value_cell: str,
    year: int,
    marks: str = "",
    cohort: Mapping[str, str] = _NOTHING,
) -> Live | None:
    """The indicator's formulas for one unit; None if its card cannot express them.

    ``missing``: how a blank is treated where the indicator is printed. ``cells``: address of each field's answer by
    field code, and of each reference by its text; ``value_cell``: the cell of the value; ``marks``: a range.
    ``cohort``: the ranges of the whole cohort's values (``value``) and of the others' scores (``score``), if they are
    on the card.
    """
    zero, alone = indicator.on_zero, value_field(indicator)
    if (
        (indicator.rule.RELATIVE and "value" not in cohort)
        or (zero is not None and zero.what is WhenZero.COHORT_MEAN and "score" not in cohort)
        or (alone is not None and alone.type is FieldType.CHOICE)  # its value is a word, not a number
        or (indicator.is_judged and not marks)
        or status in {Status.INVALID, Status.NOT_REVIEWED}
    ):
        return None
    answers = {field.code: _number_in(field, cells[field.code]) for field in indicator.fields if field.code in cells}
    answers |= {name: cell for name, cell in cells.items() if not name.isidentifier()}
    answers |= {
        asked_key(
            field.code
        ): f'NOT(OR(ISNUMBER({answers[field.code]}),{answers[field.code]}="{_doubled(field.never)}"))'
        for field in indicator.fields
        if field.never and field.code in answers
    }
    if any(name not in answers for one in indicator.expressions for name in one.names):
        return None
    value = _value(indicator, answers) if indicator.value is not None else ""
    whole = _Cells(answers, str(year), marks, cohort.get("value", ""))
    score = whole.score(indicator.rule, value_cell if value else "")
    is_zero = _is_zero(indicator, answers)
    small = scored(indicator, answers, whole, value_cell, is_zero)
    if small is not None:
        score = f"IF({small.test},{small.score},{score})"
    elif indicator.small_sample is not None and indicator.small_sample.rule is not None:
        return None
    rounding = in_effect(policies.round_indicator if indicator.rounding is None else indicator.rounding)
    if rounding is not None:
        score = f'IF(ISNUMBER({score}),{cells_rounded(f"ROUND({score},{DUST_DECIMALS})", rounding)},"")'
    if indicator.base is not None:
        score = f'IF({indicator.base.missing_test(answers)},"",{score})'
    points = number(indicator.points)
    if zero is not None and is_zero:
        settled, worth = _settled(indicator, zero, rounding, cohort)
        score = f"IF({is_zero},{settled},{score})"
        points = points if worth == points else f"IF({is_zero},{worth},{points})"
    leaving = _leaving(indicator, cells)
    policy = indicator.instead.by.get(Why.OPTION) if indicator.instead is not None else None
    if leaving and policy is not None:
        if policy.what is WhenZero.COHORT_MEAN and "score" not in cohort:
            return None
        left, worth = _settled(indicator, policy, rounding, cohort)
        is_left = f"OR({','.join(leaving)})" if len(leaving) > 1 else leaving[0]
        score = f"IF({is_left},{left},{score})"
        points = points if worth == points else f"IF({is_left},{worth},{points})"
        leaving = []
    if missing is Missing.EXCLUDE:
        points = f'IF(ISNUMBER({score}),{points},"")'
    if leaving:
        points = f'IF(OR({",".join(leaving)}),"",{points})'
    formulas = Live(value, score, points)
    return formulas if max(map(len, (value, score, points))) < _LONGEST else None


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of everything that rules of one indicator may read."""

    answers: Mapping[str, str]
    year: str
    marks: str
    cohort: str

    def score(self, rule: Rule, value: str) -> str:
        """The rule's own formula over ``value``."""
        reads = {code: self.answers[code] for code in rule.reads}
        previous = self.answers.get("previous.value", "")
        return rule.formula(Cells(value, reads, self.cohort if rule.RELATIVE else "", self.year, previous, self.marks))


def of_replaced(indicator: Indicator, why: Why, policies: Policies, cohort: Mapping[str, str]) -> Live | None:
    """The formulas where the indicator does not apply and the unit gets its cohort's mean; None: a fixed figure is."""
    policy = indicator.instead.by.get(why) if indicator.instead is not None else None
    if policy is None or policy.what is not WhenZero.COHORT_MEAN or "score" not in cohort:
        return None
    rounding = in_effect(policies.round_indicator if indicator.rounding is None else indicator.rounding)
    score, points = _settled(indicator, policy, rounding, cohort)
    return Live("", score, points)


def _settled(
    indicator: Indicator, policy: OnZero, rounding: Rounding | None, cohort: Mapping[str, str]
) -> tuple[str, str]:
    """Score and points where a policy decides: the denominator is zero, or the indicator does not apply."""
    worth = number(indicator.points)
    match policy.what:
        case WhenZero.SHARE:
            share = policy.share * indicator.points
            return number(share if rounding is None else rounding.one(share)), worth
        case WhenZero.COHORT_MEAN:
            others = cohort["score"]
            mean = f"AVERAGE({others})"
            mean = f"ROUND({mean},{VALUE_DECIMALS})" if rounding is None else cells_rounded(mean, rounding)
            nobody = OnZero(WhenZero.NOT_APPLICABLE) if indicator.no_mean is None else indicator.no_mean
            score, points = _settled(indicator, nobody, rounding, cohort)
            return f"IF(COUNT({others})=0,{score},{mean})", (
                worth if points == worth else f"IF(COUNT({others})=0,{points},{worth})"
            )
        case WhenZero.NOT_APPLICABLE:
            return '""', '""'


def _leaving(indicator: Indicator, cells: Mapping[str, str]) -> list[str]:
    """Tests for answers that make the indicator not applicable by themselves."""
    if not issubclass(type(indicator.rule), LeavesUnits):
        return []
    choice_field = next(
        (field for field in indicator.fields if field.code in indicator.rule.reads and field.choices), None
    )
    if choice_field is None:
        return []
    numbers = np.arange(len(choice_field.choices), dtype=np.float64)
    given = dict.fromkeys(indicator.rule.reads, numbers)
    leaves = indicator.rule.leaves(Inputs(np.full(len(numbers), np.nan), given))  # type: ignore[attr-defined]
    words = [choice.replace('"', '""') for choice, left in zip(choice_field.choices, leaves, strict=True) if left]
    return [f'{cells[choice_field.code]}="{word}"' for word in words]


def total_of(addresses: Sequence[str]) -> str:
    """The sum of scattered cells; cells without a number count as 0."""
    parts = [
        f"SUM({','.join(addresses[start : start + _MOST_ARGUMENTS])})"
        for start in range(0, len(addresses), _MOST_ARGUMENTS)
    ]
    return "+".join(parts) or "0"


def _number_in(field: Field, address: str) -> str:
    """The answer as the engine has it; the word of a choice is looked up."""
    if field.type is not FieldType.CHOICE:
        return address
    words = ",".join('"' + choice.replace('"', '""') + '"' for choice in field.choices)
    match = f"MATCH({address},{{{words}}},0)"
    return f'IF(ISNUMBER({match}),{match}-1,"")'


def _doubled(text: str) -> str:
    """A text as it stands within quotation marks of a formula."""
    return text.replace('"', '""')


def _is_zero(indicator: Indicator, answers: Mapping[str, str]) -> str:
    """A test: is a denominator or the base zero? Empty if there is no division and no base."""
    tests = [_divides_by_zero(indicator, answers)]
    if indicator.base is not None:
        tests.append(_any_zero(indicator.base, [indicator.base.formula(answers)], answers))
    nonempty = [test for test in tests if test]
    return nonempty[0] if len(nonempty) == 1 else f"OR({','.join(nonempty)})" if nonempty else ""


def _divides_by_zero(indicator: Indicator, answers: Mapping[str, str]) -> str:
    if indicator.value is None or not indicator.value.divides:
        return ""
    return _any_zero(indicator.value, indicator.value.denominators(answers), answers)


def _any_zero(of: Expression, divisors: Sequence[str], answers: Mapping[str, str]) -> str:
    """A test: is everything that ``of`` needs given, and one of the divisors zero?"""
    zero = [f"ROUND({inner},{VALUE_DECIMALS})=0" for inner in divisors]
    return f"IF({of.missing_test(answers)},FALSE,OR({','.join(zero)}))"


def _value(indicator: Indicator, answers: Mapping[str, str]) -> str:
    assert indicator.value is not None  # checked by the caller
    expression = indicator.value
    field = value_field(indicator)
    if field is not None and field.never:
        cell, never = answers[field.code], _doubled(field.never)
        return f'IF(ISNUMBER({cell}),{cell},IF({cell}="{never}",{cell},""))'
    amounts = frozenset(asked.code for asked in indicator.fields if asked.type is FieldType.AMOUNT)
    inner = f"ROUND({expression.formula(answers, amounts)},{VALUE_DECIMALS})"
    if expression.may_be_no_number:
        inner = f'IF(ISERROR({inner}),"",{inner})'
    substitute = indicator.substitute
    absent = '""'
    if substitute is not None and substitute.code in answers:
        rate = answers[substitute.code]
        absent = f'IF(ISNUMBER({rate}),{rate},"")'
    is_zero = _divides_by_zero(indicator, answers)
    if is_zero:
        inner = f'IF({is_zero},"",{inner})'
    return f"IF({expression.missing_test(answers)},{absent},{inner})" if expression.names else inner
