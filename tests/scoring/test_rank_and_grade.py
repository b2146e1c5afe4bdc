"""Places and grades: ties, cohorts, quotas, bars."""

import numpy as np
import pytest
from builders import a_tree
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.model import Grade, Quota, Ties
from lawgov_score.scoring.grade import grade
from lawgov_score.scoring.rank import rank

ONE = np.zeros(4, dtype=np.intp)


@pytest.mark.parametrize(
    ("ties", "places"),
    [(Ties.SHARED, [1, 2, 2, 4]), (Ties.DENSE, [1, 2, 2, 3]), (Ties.ORDINAL, [1, 2, 3, 4])],
)
def test_ties(ties: Ties, places: list[int]) -> None:
    assert rank([np.array([90.0, 80.0, 80.0, 70.0])], ONE, ties).tolist() == places


def test_float_dust_decides_no_tie() -> None:
    assert rank([np.array([0.3, 0.1 + 0.2, 0.2, 0.1])], ONE, Ties.SHARED).tolist() == [1, 1, 3, 4]


def test_tie_breakers_are_looked_at_in_turn_and_a_missing_one_is_lowest() -> None:
    total, breaker = np.array([80.0, 80.0, 80.0, 90.0]), np.array([np.nan, 2.0, 1.0, 0.0])
    assert rank([total, breaker], ONE, Ties.SHARED).tolist() == [4, 2, 3, 1]


def test_places_are_counted_within_each_cohort() -> None:
    cohorts = np.array([0, 1, 0, 1], dtype=np.intp)
    assert rank([np.array([80.0, 70.0, 90.0, 60.0])], cohorts, Ties.SHARED).tolist() == [2, 1, 1, 2]


def test_what_has_no_total_has_no_place() -> None:
    assert rank([np.array([np.nan, 80.0, np.nan, 90.0])], ONE, Ties.SHARED).tolist() == [0, 2, 0, 1]
    assert rank([np.full(4, np.nan)], ONE, Ties.SHARED).tolist() == [0, 0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), min_size=1, max_size=30), st.randoms())
def test_order_of_units_never_matters(units: list[tuple[int, int]], random: object) -> None:
    shuffled = list(range(len(units)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands over a Random
    totals = np.array([float(total) for total, _ in units])
    cohorts = np.array([cohort for _, cohort in units], dtype=np.intp)
    places = rank([totals], cohorts, Ties.SHARED)
    again = rank([totals[shuffled]], cohorts[shuffled], Ties.SHARED)
    assert places[shuffled].tolist() == again.tolist()
    for i in range(len(units)):  # the definition, one by one
        assert places[i] == 1 + sum((cohorts == cohorts[i]) & (totals > totals[i]))


GRADES = (Grade("优秀", 90.0, Quota(0.3, 1)), Grade("良好", 80.0), Grade("合格", 60.0), Grade("不合格", 0.0))


def graded(totals: list[float], **policies: object) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    tree = a_tree(grades=GRADES, policies=policies)
    numbers = np.array(totals)
    cohorts = np.zeros(len(totals), dtype=np.intp)
    coverage = np.linspace(0.1, 1.0, len(totals))
    return grade(tree, numbers, rank([numbers], cohorts, Ties.SHARED), cohorts, coverage, [()] * len(totals))


def test_lines_are_reached_not_passed() -> None:
    assert graded([90.0, 80.0, 60.0, 59.99])[0] == ("优秀", "良好", "合格", "不合格")


def test_a_quota_is_rounded_down_and_says_so() -> None:
    names, reasons = graded([99, 98, 97, 96, 95, 94, 93])  # 30% of 7 is 2
    assert names == ("优秀", "优秀", "良好", "良好", "良好", "良好", "良好")
    assert reasons == ((), (), *[("quota",)] * 5)


def test_a_quota_leaves_at_least_one() -> None:
    assert graded([99, 98])[0] == ("优秀", "良好")


def test_a_tie_at_the_edge_of_a_quota_stands_or_falls_together() -> None:
    assert graded([99, 98, 98, 50, 50, 50, 50])[0][:3] == ("优秀", "良好", "良好")
    assert graded([99, 99])[0] == ("优秀", "优秀")  # at least one, and nobody can say which


def test_low_coverage_bars_any_grade_and_takes_no_place_of_the_quota() -> None:
    names, reasons = graded([99.0, 98.0], coverage_at_least=0.6)
    assert names == ("", "优秀")
    assert reasons[0] == ("coverage",)


def test_no_total_no_grade() -> None:
    assert graded([float("nan"), 85.0])[0] == ("", "良好")
