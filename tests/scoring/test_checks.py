"""What is said of answers before they are scored: figures far from those of the cohort."""

import pytest
from builders import a_field, a_submission, a_tree, a_unit, an_indicator

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
