"""Statistics within cohorts and quotas, beside the same told cohort by cohort in plain Python.

About ``measure/cohorts.py`` and ``measure/ladder.py``.
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.measure.cohorts import best_of, count_of, ends_of, mean_of, places, statistic, sum_of
from lawgov_score.measure.ladder import over_quota, quota_limit

Unit = tuple[int, float]  # cohort, value
FIGURES = st.sampled_from([math.nan, 0.0, 1.0, 2.5, -3.0])
UNITS = st.lists(st.tuples(st.sampled_from([0, 1, 2, 7, 40]), FIGURES), max_size=9)


def columns(units: list[Unit]) -> tuple[np.ndarray, np.ndarray]:
    """Values and cohorts as columns."""
    return np.array([value for _, value in units], dtype=np.float64), np.array([c for c, _ in units], dtype=np.intp)


def of_cohort(units: list[Unit], cohort: int) -> list[float]:
    """The values that are known there."""
    return [value for own, value in units if own == cohort and not math.isnan(value)]


@given(UNITS)
def test_best_sum_mean_and_count_are_those_of_the_cohort(units: list[Unit]) -> None:
    values, cohorts = columns(units)
    own = [of_cohort(units, cohort) for cohort, _ in units]
    np.testing.assert_array_equal(
        best_of(values, cohorts, is_higher=True), [max(each, default=math.nan) for each in own]
    )
    np.testing.assert_array_equal(
        best_of(values, cohorts, is_higher=False), [min(each, default=math.nan) for each in own]
    )
    np.testing.assert_array_equal(sum_of(values, cohorts), [sum(each) if each else math.nan for each in own])
    np.testing.assert_array_equal(count_of(values, cohorts), [len(each) for each in own])
    means = [round(sum(each) / len(each), 12) if each else math.nan for each in own]
    np.testing.assert_array_equal(mean_of(values, cohorts), means)


@given(UNITS)
def test_both_ends_are_the_best_either_way(units: list[Unit]) -> None:
    """Also where one row stands for all units, since they are in one cohort."""
    values, cohorts = columns(units)
    for numbers in (cohorts, np.zeros_like(cohorts), np.full_like(cohorts, 3)):
        for end, is_higher in zip(ends_of(values, numbers), (False, True), strict=True):
            whole = np.broadcast_to(end, values.shape)
            np.testing.assert_array_equal(whole, best_of(values, numbers, is_higher=is_higher))


def test_what_never_happens_is_nobodys_best() -> None:
    """A day that never comes is infinite: it is no figure to compare with."""
    values, cohorts = np.array([math.inf, 1.0, math.inf]), np.array([0, 0, 1])
    np.testing.assert_array_equal(best_of(values, cohorts, is_higher=False), [1.0, 1.0, math.nan])


@given(UNITS)
def test_the_place_is_one_more_than_how_many_are_better(units: list[Unit]) -> None:
    values, cohorts = columns(units)
    expected = [
        math.nan if math.isnan(value) else 1 + sum(other > value for other in of_cohort(units, cohort))
        for cohort, value in units
    ]
    np.testing.assert_array_equal(places(values, cohorts, is_higher=True), expected)
    np.testing.assert_array_equal(places(-values, cohorts, is_higher=False), expected)


def test_a_statistic_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="mode"):
        statistic("mode", np.zeros(1), np.zeros(1, dtype=np.intp))


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.booleans()), max_size=9),
    st.floats(0, 1),
    st.integers(0, 2),
)
def test_a_quota_is_kept_in_each_cohort(units: list[tuple[int, int, bool]], share: float, at_least: int) -> None:
    """The best placed keep the grade while all who share a place fit; the first place keeps it where one must."""
    units = [(cohort, min(rank, len(units)), holder) for cohort, rank, holder in units]  # no place beyond the last
    cohorts = np.array([cohort for cohort, _, _ in units], dtype=np.intp)
    ranks = np.array([rank for _, rank, _ in units], dtype=np.intp)
    holds = np.array([holder for _, _, holder in units], dtype=bool)
    expected = []
    for cohort, rank, holder in units:
        limit = quota_limit(share, at_least, sum(own == cohort for own, _, _ in units))
        place = rank or len(units) + 1
        others = [own or len(units) + 1 for of, own, held in units if of == cohort and held]
        fits = sum(other <= place for other in others) <= limit
        fits |= bool(at_least and rank and place == min(others, default=0))
        expected.append(holder and not fits)
    assert over_quota(holds, ranks, cohorts, share, at_least).tolist() == expected


def test_a_quota_is_a_share_of_those_who_are_counted() -> None:
    holds, ranks, cohorts = np.array([True] * 4 + [False] * 6), np.array([1, 2, 3, 4, *[0] * 6]), np.zeros(10, np.intp)
    assert over_quota(holds, ranks, cohorts, 0.3, 1).tolist() == [False] * 3 + [True] + [False] * 6
    assert over_quota(holds, ranks, cohorts, 0.3, 1, ranks > 0).tolist() == [False] + [True] * 3 + [False] * 6
