"""Made-up answers for a rule (hypothesis): many at its thresholds and just beside them, some missing."""

import math
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st
from worked_cases import Case, number

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.rule import Inputs, Need

MOST_UNITS = 8
REVIEWERS = 5  # columns of marks; as many cells in test_parity
_MARKS = [0.0, 0.1, 0.25, 0.5, 0.7, 1.0, 1 / 3, 2.0]
_YEARS = (2016, 2020, 2021, 2023)
_RATIOS = [part / whole for whole in (3, 7, 8, 9, 24, 118, 214, 300) for part in range(0, whole, max(whole // 9, 1))]
_PRINTED = [n / 10_000 for n in range(0, 10_001, 123)]
_COUNTS = [float(n) for n in (0, 1, 2, 3, 4, 5, 6, 9, 23, 24, 25, 26, 48, 49, 60, 300)]


def _figures(data: Any) -> Iterator[float]:
    """Every number that stands in a rule."""
    if isinstance(data, dict):
        for key, part in data.items():
            if key != "due":
                yield from _figures(part)
    elif isinstance(data, list):
        for part in data:
            yield from _figures(part)
    elif isinstance(data, (int, float)) and not isinstance(data, bool):
        yield float(data)
    elif isinstance(data, str) and data.endswith("%"):
        yield number(data)


def _has_due_date(case: Case) -> bool:
    return case.rule.field_types == {FieldType.DATE}


def _values(case: Case) -> list[float]:
    """What the value may be, simplest first: dates about the due dates, or anything measured."""
    if _has_due_date(case):
        turns = [int(number(date(year, month, 1))) for year in _YEARS for month in (1, 2, 3, 4)]
        return [*(float(day + more) for day in turns for more in range(0, 32, 3)), math.inf]
    marks = sorted({abs(figure) for figure in _figures(case.data)} | {0.0, 1.0})
    at_marks = [abs(one - times * other) for one in marks for other in marks for times in range(10)]
    beside = [max(mark + shift, 0.0) for mark in marks for shift in (-1e-4, 1e-4, -1e-10, 1e-10)]
    everything = np.array([*at_marks, *beside, *_RATIOS, *_PRINTED, *_COUNTS])
    return sorted(set(without_dust(everything, VALUE_DECIMALS).tolist()))


def _answers(case: Case, code: str) -> list[float]:
    if code in case.rule.questions or case.rule.field_types == {FieldType.YES_NO}:
        return [0.0, 1.0]
    own = {field.code: field for field in case.rule.fields}
    if code in own and own[code].type is FieldType.YES_NO:
        return [0.0, 1.0]
    if code in own and own[code].type is FieldType.CHOICE:
        return [float(i) for i in range(len(own[code].choices))]
    return _COUNTS


@cache
def _pools(case: Case, *, may_miss: bool) -> tuple[list[float], dict[str, list[float]]]:
    """Pools to draw the value and the answers from; about one in ten is missing where that may be."""

    def pool(numbers: list[float]) -> list[float]:
        return numbers + [math.nan] * (len(numbers) // 9 + 1) if may_miss else numbers

    return pool(_values(case)), {code: pool(_answers(case, code)) for code in case.rule.reads}


@st.composite
def inputs_for(draw: st.DrawFn, case: Case, *, may_miss: bool = True, units: int | None = None) -> Inputs:
    """Columns for ``case.rule``: ``units`` of them, or up to ``MOST_UNITS``."""
    size = draw(st.integers(1, MOST_UNITS)) if units is None else units
    values, answers = _pools(case, may_miss=may_miss)

    def column(pool: list[float]) -> FloatArray:
        return np.array(draw(st.lists(st.sampled_from(pool), min_size=size, max_size=size)))

    marks = [*_MARKS, math.nan, math.nan] if may_miss else _MARKS
    given = [column(marks) for _ in range(REVIEWERS)] if Need.MARKS in case.rule.NEEDS else None
    return Inputs(
        column(values) if case.rule.takes_value else np.full(size, np.nan),
        {code: column(pool) for code, pool in answers.items()},
        column([0.0, 1.0, 2.0]).astype(np.intp) if case.rule.RELATIVE else None,
        column([float(year) for year in _YEARS]) if _has_due_date(case) else None,
        column(values) if Need.PREVIOUS in case.rule.NEEDS else None,
        None if given is None else np.stack(given, axis=1),
    )
