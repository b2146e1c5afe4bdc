"""Places and grades: ties, cohorts, quotas, bars.

Reaches ``measure/ladder.py``.
"""

from dataclasses import replace

import numpy as np
import pytest
from builders import a_field, a_given_score, a_group, a_submission, a_tree, a_unit, a_unit_type, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.model import Aggregation, Grade, Quota, Ties, Way
from lawgov_score.scoring import score
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


def test_a_difference_that_is_no_difference_decides_no_grade() -> None:
    """Graded by the unrounded total: whoever shares a place with the unit on the line (90) has its grade, too."""
    parts = [a_given_score(code="A", points=60.0), a_given_score(code="B", points=40.0)]
    tree = a_tree(
        children=parts,
        grades=(Grade("优秀", 90.0), Grade("合格", 0.0)),
        policies={"round_indicator": None, "rank_on_rounded": False, "grade_on_rounded": False},
    )
    marks = {"U1": 50.0, "U2": 49.9999999998, "U3": 49.9999999994}
    units = tuple(a_unit(code=code) for code in marks)
    sent = [a_submission(unit=unit, answers={"A.x": marks[unit.code], "B.x": 40.0}) for unit in units]
    scores = score(tree, units, sent)
    assert scores.rank.tolist() == [1, 1, 3]
    assert scores.grades == ("优秀", "优秀", "合格")


def test_tie_breakers_are_looked_at_in_turn_and_a_missing_one_is_lowest() -> None:
    total, breaker = np.array([80.0, 80.0, 80.0, 90.0]), np.array([np.nan, 2.0, 1.0, 0.0])
    assert rank([total, breaker], ONE, Ties.SHARED).tolist() == [4, 2, 3, 1]


def test_a_tie_breaker_that_does_not_apply_to_all_who_tie_is_passed_over() -> None:
    total, first, second = (
        np.array([80.0, 80.0, 70.0, 70.0]),
        np.array([np.nan, 9.0, 5.0, 4.0]),
        np.array([2.0, 1, 1, 2]),
    )
    left = [np.array([True, False, False, False]), np.zeros(4, dtype=bool)]
    assert rank([total, first, second], ONE, Ties.SHARED, leaves=left).tolist() == [1, 2, 3, 4]
    assert rank([total, first], ONE, Ties.SHARED, leaves=left[:1]).tolist() == [1, 1, 3, 4]


def test_a_tie_breaker_compares_what_was_converted() -> None:
    """64 of the 64 points that apply is better than 98 of 100."""
    types = (a_unit_type(code="all"), a_unit_type(code="office"))
    daily = a_group(
        code="A",
        title="日常考核",
        children=[
            an_indicator(code="A-1", points=64, fields=[a_field(code="x")]),
            an_indicator(code="A-2", points=36, fields=[a_field(code="x")], applies_to=("all",)),
        ],
    )
    other = a_group(code="B", children=[an_indicator(code="B-1", points=100, fields=[a_field(code="x")])])
    tree = a_tree(
        children=[replace(daily, weight=0.5), replace(other, weight=0.5)],
        points=100,
        aggregation=Aggregation(Way.WEIGHTED_MEAN),
        unit_types=types,
        policies={"tie_breakers": ("A",)},
    )
    office, county = a_unit(code="O", type="office"), a_unit(code="C", type="all")
    given = [
        a_submission(unit=office, answers={"A-1.x": 1.0, "B-1.x": 0.96}),
        a_submission(unit=county, answers={"A-1.x": 1.0, "A-2.x": 17 / 18, "B-1.x": 0.98}),
    ]
    scores = score(tree, (office, county), given)
    assert scores.total.tolist() == [98.0, 98.0]
    places = {unit.code: int(place) for unit, place in zip(scores.units, scores.rank, strict=True)}
    assert places == {"O": 1, "C": 2}
    (said,) = (problem for problem in scores.problems if problem.code is Code.R120)
    assert said.values["by"] == ("日常考核",)
    none = replace(tree, policies=replace(tree.policies, tie_breakers=()))
    assert score(none, (office, county), given).rank.tolist() == [1, 1]


def test_a_grade_is_provisional_while_something_is_to_be_reviewed() -> None:
    judged = an_indicator(code="01-2", points=10.0, rule={"kind": "judged", "marks": "mean"})
    tree = a_tree(indicators=[an_indicator(code="01-1", points=90.0), judged])
    given = a_submission(unit="A", answers={"01-1.x": 1.0})
    scores = score(tree, (given.unit,), [given])
    assert (scores.grades, scores.grade_reasons) == (("优秀",), (("not_reviewed",),))
    assert [p.code for p in scores.problems if p.code is Code.R117] == [Code.R117]


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
    graded = grade(tree, numbers, rank([numbers], cohorts, Ties.SHARED), cohorts, coverage, [()] * len(totals))
    return graded.grades, graded.reasons


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
