"""What is said of answers before they are scored: figures far from those of the cohort, days a year off."""

from datetime import date
from statistics import median

import pytest
from builders import a_field, a_submission, a_tree, a_unit, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.scoring import score
from lawgov_score.scoring.checks import check_answers

TREE = a_tree(indicators=[an_indicator(fields=[a_field(type="count")], rule={"kind": "count_cap", "each": 1})])


def far(figures: list[float | None], cohorts: str = "") -> list[Problem]:
    """What is said of these figures, one a unit, both when checked and when scored."""
    units = [a_unit(code=f"U{i}", cohort=(cohorts or "a" * 99)[i]) for i in range(len(figures))]
    sent = [a_submission(unit=u, answers={"01-1.x": n}) for u, n in zip(units, figures, strict=True)]
    checked = [one for one in check_answers(TREE, tuple(units), sent) if one.code is Code.R124]
    assert checked == [one for one in score(TREE, tuple(units), sent).problems if one.code is Code.R124]
    return checked


def test_a_thousand_times_the_median_is_said_at_its_cell() -> None:
    (problem,) = far([20, 30, 40, 50, 45_356])
    assert problem.place == CellPlace("U4.xlsx", "填报", "D2")
    assert (problem.values["median"], problem.values["found"]) == (40.0, 45_356.0)


@pytest.mark.parametrize(
    ("figures", "cohorts"),
    [
        ([20, 30, 40, 50, 40_000], ""),  # not above
        ([20, 30, 40, 99_999], ""),  # four units are too few
        ([0, 0, 0, 1, 99_999], ""),  # a median of zero
        ([20, 30, 40, None, 99_999], ""),  # a blank is no figure
        ([20, 30, 40, 50, 99_999, 90_000, 1, 1, 1, 1], "aaaabbbbbb"),  # of their own cohort's
    ],
)
def test_what_is_no_outlier_of_its_cohort_is_not_said(figures: list[float | None], cohorts: str) -> None:
    assert [one.values["found"] for one in far(figures, cohorts)] == ([99_999, 90_000] if cohorts else [])


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([None, 0, 1, 2, 3, 1_999, 2_001, 99_999])), max_size=10)
)
def test_an_outlier_is_above_a_thousand_times_the_median_of_its_cohort(units: list[tuple[str, float | None]]) -> None:
    """Whatever else is in the cohort: medians are only looked for where one can be so low."""
    units.sort(key=lambda unit: unit[0])
    expected = []
    for cohort in "ab":
        known = [figure for own, figure in units if own == cohort and figure is not None]
        if len(known) >= 5 and median(known) > 0:
            expected += [figure for figure in known if figure > 1_000 * median(known)]
    found = far([figure for _, figure in units], "".join(cohort for cohort, _ in units))
    assert [one.values["found"] for one in found] == expected


def days_off(day: date, year: int = 2025) -> list[tuple[Code, str]]:
    """What is said of one day, both when checked and when scored."""
    of_late = {"kind": "late", "due": "03-31", "of": "following_year", "each": 0.2}
    tree = a_tree(indicators=[an_indicator(fields=[a_field(type="date")], rule=of_late)])
    unit = a_unit(year=year)
    sent = [a_submission(unit=unit, answers={"01-1.x": (day - date(1899, 12, 30)).days})]
    told = [
        [one for one in problems if one.code is Code.S227]
        for problems in (check_answers(tree, (unit,), sent), score(tree, (unit,), sent).problems)
    ]
    assert told[0] == told[1]
    return [(one.code, one.place.cell) for one in told[0] if isinstance(one.place, CellPlace)]


@pytest.mark.parametrize(
    ("day", "is_said"),
    [
        (date(2026, 3, 31), False),
        (date(2025, 3, 31), False),  # a year early
        (date(2025, 3, 30), True),
        (date(2027, 3, 31), False),
        (date(2027, 4, 1), True),
        (date(2062, 3, 30), True),
    ],
)
def test_a_day_more_than_a_year_from_the_day_that_is_due_is_said(day: date, is_said: bool) -> None:
    assert bool(days_off(day)) is is_said


def test_a_day_that_is_due_follows_the_units_own_year() -> None:
    assert days_off(date(2021, 3, 30), year=2020) == []
    assert days_off(date(2021, 3, 30)) == [(Code.S227, "D2")]
