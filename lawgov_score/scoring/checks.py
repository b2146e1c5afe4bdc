"""Checks of answers before scoring: figures far from the rest, blanks that may pay."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure.cohorts import best_of
from lawgov_score.model import FilledBy, Indicator, Roster, Submission, Tree, field_key
from lawgov_score.problems import Problem
from lawgov_score.rounding import FloatArray, IntArray
from lawgov_score.rules.columns import EPOCH
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.rule import HasDue
from lawgov_score.scoring.answers import columns, years_of
from lawgov_score.scoring.blanks import check_blanks
from lawgov_score.wording import Words

_TIMES = 1_000.0  # times the median of its cohort
_A_YEAR = 365  # days
_OF_YEAR = Words("{year} 年前后一年以内的日期", "a day within a year of {year}")
_DUE = Words("期限 {day:date} 前后一年以内的日期", "a day within a year of {day:date}, when it is due")
_ENOUGH = 5  # units with a figure: fewer have no meaningful median


def check_answers(tree: Tree, units: Roster, submissions: Sequence[Submission]) -> Iterator[Problem]:
    """R122 to R124 for the answers received. ``units``: who is assessed; submissions of other units are ignored."""
    known = {unit.code for unit in units}
    sent = [submission for submission in submissions if submission.unit.code in known]
    if not sent:
        return
    own = tuple(submission.unit for submission in sent)
    answers = columns(tree, own, sent)
    number = {code: i for i, code in enumerate(sorted({unit.cohort for unit in own}))}
    cohorts = np.array([number[unit.cohort] for unit in own], dtype=np.intp)
    years = years_of(tree, own)
    yield from far_from_the_rest(tree, sent, answers.values, cohorts)
    yield from far_off_days(tree, sent, answers.values, years)
    yield from check_blanks(tree, own, answers, years)


def far_off_days(
    tree: Tree, submissions: Sequence[Submission | None], values: Mapping[str, FloatArray], years: FloatArray
) -> Iterator[Problem]:
    """S227: days more than a year from the due day; without one, outside the assessed year and the years next to it.

    ``submissions``, ``values`` by field key and ``years``: aligned, one row a unit.
    """
    first, end = (
        ((years + more - 1970).astype(np.int64).astype("datetime64[Y]").astype("datetime64[D]") - EPOCH).astype(
            np.float64
        )
        for more in (-1, 2)
    )
    for of, asked in tree.asked:
        if asked.type is not FieldType.DATE:
            continue
        key = field_key(of, asked)
        days = np.where(np.isfinite(values[key]), np.floor(values[key]), np.nan)
        # A day that several indicators share may be due at several.
        due = of.rule.due_days(years) if isinstance(of, Indicator) and isinstance(of.rule, HasDue) else None
        off = (days < first) | (days >= end) if due is None else np.abs(days - due) > _A_YEAR
        if isinstance(asked.at_least, float) and isinstance(asked.at_most, float):
            off &= (days < asked.at_least) | (days > asked.at_most)  # the tree says which days can be
        for row in np.flatnonzero(off).tolist():
            submission = submissions[row]
            if submission is not None and (answer := submission.answers.get(key)) is not None:
                expected = _OF_YEAR(year=int(years[row])) if due is None else _DUE(day=float(due[row]))
                figures = {"field": asked.name, "expected": expected, "found": float(days[row])}
                yield Problem(Code.S227, answer.place, figures)


def far_from_the_rest(
    tree: Tree, submissions: Sequence[Submission | None], values: Mapping[str, FloatArray], cohorts: IntArray
) -> Iterator[Problem]:
    """R124: counts and amounts above a thousand times the median of their cohort, where that is above zero.

    ``submissions``, ``values`` by field key and ``cohorts``: aligned, one row a unit.
    """
    for of, asked in tree.asked:
        if of.filled_by is not FilledBy.UNIT or asked.type not in {FieldType.COUNT, FieldType.AMOUNT}:
            continue
        key = field_key(of, asked)
        column = values[key]
        for row, median in _far(column, cohorts):
            submission = submissions[row]
            if submission is not None and (answer := submission.answers.get(key)) is not None:
                figures = {"field": asked.name, "median": median, "found": float(column[row])}
                yield Problem(Code.R124, answer.place, figures)


def _far(column: FloatArray, cohorts: IntArray) -> Iterator[tuple[int, float]]:
    """Rows whose figure is far above those of their cohort, each with the cohort's median."""
    given = ~np.isnan(column)
    number = np.bincount(cohorts[given])
    # Medians take long, and seldom tell: where any is far, the highest is so far from half of its cohort at least.
    highest = best_of(column, cohorts, is_higher=True)
    little = np.bincount(cohorts[given & ~(column > highest / _TIMES)], minlength=len(number))
    for cohort in np.flatnonzero((2 * little >= number) & (number >= _ENOUGH)).tolist():
        rows = np.flatnonzero(given & (cohorts == cohort))
        median = float(np.median(column[rows]))
        if median > 0:
            for row in rows[column[rows] > _TIMES * median].tolist():
                yield row, median
