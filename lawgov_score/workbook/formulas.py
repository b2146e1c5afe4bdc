"""Live formulas of a unit's card: an indicator's value and score over the card's own cells, and sums up the tree.

A formula says again what the engine has computed; its stored value is always the engine's. Where one unit's
card cannot say it (other units' figures are needed, or the indicator is not scored) there is no formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import Indicator, Missing, Policies, Status, WhenZero
from lawgov_score.rounding import VALUE_DECIMALS, rounded
from lawgov_score.rules.cells import number
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Cells, Inputs, LeavesUnits, Need
from lawgov_score.workbook.figures import value_field

_LONGEST = 8000  # a formula holds 8,192 characters
_MOST_ARGUMENTS = 200  # of 255 that a function takes


@dataclass(frozen=True, slots=True)
class Live:
    """Formulas of one indicator, without ``=``; empty ``value`` where the rule reads fields by itself."""

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
) -> Live | None:
    """The indicator's formulas for one unit, None where its card cannot say them.

    ``missing``: what a blank means where the indicator is printed. ``cells``: address of each field's answer by field
    code, and of each reference by its text; ``value_cell``: where the value stands; ``marks``: a range.
    """
    small, zero, alone = indicator.small_sample, indicator.on_zero, value_field(indicator)
    if (
        indicator.rule.RELATIVE
        or (small is not None and small.rule is not None)
        or (zero is not None and zero.what is WhenZero.COHORT_MEAN)
        or (alone is not None and alone.type is FieldType.CHOICE)  # its value is a word, no number
        or (Need.MARKS in indicator.rule.NEEDS and not marks)
        or _may_leave(indicator)
        or status in {Status.INVALID, Status.NOT_REVIEWED}
    ):
        return None
    answers = {field.code: _number_in(field, cells[field.code]) for field in indicator.fields if field.code in cells}
    answers |= {name: cell for name, cell in cells.items() if not name.isidentifier()}
    if any(name not in answers for one in indicator.expressions for name in one.names):
        return None
    value = _value(indicator, answers) if indicator.value is not None else ""
    reads = {code: answers[code] for code in indicator.rule.reads}
    previous = answers.get("previous.value", "")
    score = indicator.rule.formula(Cells(value_cell if value else "", reads, "", str(year), previous, marks))
    decimals = policies.round_indicator if indicator.rounding is None else indicator.rounding
    if decimals is not None:
        score = f'IF(ISNUMBER({score}),ROUND({score},{decimals}),"")'
    if indicator.base is not None:
        names = [answers[name] for name in indicator.base.names]
        score = f'IF(COUNT({",".join(names)})<{len(names)},"",{score})'
    is_zero = _is_zero(indicator, answers)
    points = number(indicator.points)
    if zero is not None and is_zero:
        if zero.what is WhenZero.SHARE:
            settled = zero.share * indicator.points
            settled = settled if decimals is None else rounded(settled, decimals)
            score = f"IF({is_zero},{number(settled)},{score})"
        else:
            score, points = f'IF({is_zero},"",{score})', f'IF({is_zero},"",{points})'
    if missing is Missing.EXCLUDE:
        points = f'IF(ISNUMBER({score}),{points},"")'
    found = Live(value, score, points)
    return found if max(map(len, (value, score, points))) < _LONGEST else None


def _may_leave(indicator: Indicator) -> bool:
    """Can an answer itself say that the indicator does not apply? Then its points hang on the answer too."""
    if not isinstance(indicator.rule, LeavesUnits):
        return False
    choices = next((field.choices for field in indicator.fields if field.code in indicator.rule.reads), ())
    numbers = np.arange(len(choices), dtype=np.float64)
    given = dict.fromkeys(indicator.rule.reads, numbers)
    return bool(indicator.rule.leaves(Inputs(np.full(len(numbers), np.nan), given)).any())


def total_of(addresses: Sequence[str]) -> str:
    """The sum of scattered cells; cells without a number count as nothing."""
    parts = [
        f"SUM({','.join(addresses[start : start + _MOST_ARGUMENTS])})"
        for start in range(0, len(addresses), _MOST_ARGUMENTS)
    ]
    return "+".join(parts) or "0"


def _number_in(field: Field, address: str) -> str:
    """The answer as the engine has it; a choice stands in its cell as a word and is looked up."""
    if field.type is not FieldType.CHOICE:
        return address
    words = ",".join('"' + choice.replace('"', '""') + '"' for choice in field.choices)
    match = f"MATCH({address},{{{words}}},0)"
    return f'IF(ISNUMBER({match}),{match}-1,"")'


def _is_zero(indicator: Indicator, answers: Mapping[str, str]) -> str:
    """Is a denominator or the base zero? Empty where nothing is divided and no base named."""
    tests = [_divides_by_zero(indicator, answers)]
    if indicator.base is not None:
        tests.append(_any_zero(indicator.base.names, [indicator.base.formula(answers)], answers))
    found = [test for test in tests if test]
    return found[0] if len(found) == 1 else f"OR({','.join(found)})" if found else ""


def _divides_by_zero(indicator: Indicator, answers: Mapping[str, str]) -> str:
    if indicator.value is None or not indicator.value.divides:
        return ""
    return _any_zero(indicator.value.names, indicator.value.denominators(answers), answers)


def _any_zero(names: Sequence[str], divisors: Sequence[str], answers: Mapping[str, str]) -> str:
    """Are all names there, and one of the divisors zero?"""
    zero = [f"ROUND({inner},{VALUE_DECIMALS})=0" for inner in divisors]
    cells = [answers[name] for name in names]
    return f"IF(COUNT({','.join(cells)})<{len(cells)},FALSE,OR({','.join(zero)}))"


def _value(indicator: Indicator, answers: Mapping[str, str]) -> str:
    assert indicator.value is not None  # the caller looked
    expression = indicator.value
    field = value_field(indicator)
    if field is not None and field.never:
        cell, never = answers[field.code], field.never.replace('"', '""')
        return f'IF(ISNUMBER({cell}),{cell},IF({cell}="{never}",{cell},""))'
    names = [answers[name] for name in expression.names]
    amounts = frozenset(asked.code for asked in indicator.fields if asked.type is FieldType.AMOUNT)
    inner = f"ROUND({expression.formula(answers, amounts)},{VALUE_DECIMALS})"
    if "ln(" in expression.text:
        inner = f'IF(ISERROR({inner}),"",{inner})'
    substitute = indicator.substitute
    absent = '""'
    if substitute is not None and substitute.code in answers:
        rate = answers[substitute.code]
        absent = f'IF(ISNUMBER({rate}),{rate},"")'
    is_zero = _divides_by_zero(indicator, answers)
    if is_zero:
        inner = f'IF({is_zero},"",{inner})'
    return f"IF(COUNT({','.join(names)})<{len(names)},{absent},{inner})" if names else inner
