"""Made-up answers for a rule (hypothesis): many at its thresholds and just beside them, some missing."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import strategies as st
from worked_cases import Case, number

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.rule import Inputs

_YEARS = (2016, 2020, 2021, 2023)
MOST_UNITS = 8


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


def _values(case: Case) -> st.SearchStrategy[float]:
    if case.rule.field_types == {FieldType.DATE}:
        first = int(number_of_day(_YEARS[0]))
        return st.one_of(st.integers(first, first + 9 * 366).map(float), st.just(math.inf))
    marks = sorted({abs(figure) for figure in _figures(case.data)} | {0.0, 1.0})
    at_marks = st.builds(
        lambda one, other, times: abs(one - times * other),
        st.sampled_from(marks),
        st.sampled_from(marks),
        st.integers(0, 9),
    )
    ratios = st.builds(lambda part, whole: min(part, whole) / whole, st.integers(0, 300), st.integers(1, 300))
    printed = st.integers(0, 10_000).map(lambda n: n / 10_000)
    counts = st.integers(0, 60).map(float)
    measured = st.one_of(at_marks, at_marks, ratios, printed, counts)
    return measured.map(lambda x: float(without_dust(np.array(x), VALUE_DECIMALS)))


def number_of_day(year: int) -> float:
    """The spreadsheet's number of 1 January."""
    from datetime import date

    return number(date(year, 1, 1))


def _answers(case: Case, code: str) -> st.SearchStrategy[float]:
    own = {field.code: field for field in case.rule.fields}
    if code in own and own[code].type is FieldType.YES_NO:
        return st.sampled_from([0.0, 1.0])
    if code in own and own[code].type is FieldType.CHOICE:
        return st.integers(0, len(own[code].choices) - 1).map(float)
    return st.one_of(st.integers(0, 6), st.integers(0, 300)).map(float)


@st.composite
def inputs_for(draw: st.DrawFn, case: Case, *, may_miss: bool = True, units: int | None = None) -> Inputs:
    """Columns for ``case.rule``: ``units`` of them, or up to ``MOST_UNITS``."""
    size = draw(st.integers(1, MOST_UNITS)) if units is None else units

    def column(one: st.SearchStrategy[float]) -> FloatArray:
        each = st.one_of(one, one, one, st.just(math.nan)) if may_miss else one
        return np.array(draw(st.lists(each, min_size=size, max_size=size)))

    has_due_date = case.rule.field_types == {FieldType.DATE}
    return Inputs(
        column(_values(case)) if case.rule.takes_value else np.full(size, np.nan),
        {code: column(_answers(case, code)) for code in case.rule.reads},
        np.array(draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)), dtype=np.intp),
        column(st.sampled_from([float(year) for year in _YEARS])) if has_due_date else None,
    )
