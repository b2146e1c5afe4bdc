"""The round as a whole: bands, cohorts, what costs most; few units, equal ones, none, many, lower first."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from builders import a_cohort, a_given_score, a_group, a_submission, a_tree, a_unit, a_unit_type, an_aggregation
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.content import analysis, labels
from lawgov_score.model import Grade, Scores, Tree
from lawgov_score.scoring import score
from lawgov_score.wording import Language

GRADES = (Grade("优秀", 90.0), Grade("良好", 80.0), Grade("合格", 60.0))


def a_round(totals: Sequence[float | None], *, cohorts: int = 1, **other: Any) -> Scores:
    """A unit a total, None: nothing came; cohort after cohort in turn."""
    tree: Tree = a_tree(
        indicators=[a_given_score(points=100.0)],
        grades=other.pop("grades", GRADES),
        unit_types=[a_unit_type(code=f"t{i}") for i in range(cohorts)],
        cohorts=[a_cohort(code=f"c{i}", name=f"第{i}组", unit_types=[f"t{i}"]) for i in range(cohorts)],
        **other,
    )
    units = [a_unit(code=f"U{i:04}", type=f"t{i % cohorts}", cohort=f"c{i % cohorts}") for i in range(len(totals))]
    came = [
        a_submission(unit=unit, answers={"01-1.x": total})
        for unit, total in zip(units, totals, strict=True)
        if total is not None
    ]
    return score(tree, tuple(units), came)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40))
def test_every_total_stands_in_one_band(totals: list[float]) -> None:
    scores = a_round(totals)
    bands = analysis.bands_of(scores)
    everybody = np.ones(len(totals), dtype=bool)
    assert sum(analysis.spread(scores, bands, everybody)) == int(labels.scored_rows(scores).sum())
    assert 1 <= len(bands) <= 13
    assert bands[0].lower <= scores.total.min()
    assert scores.total.max() <= bands[-1].upper
    assert all(below.upper == above.lower for below, above in itertools.pairwise(bands))
    assert len({round(band.upper - band.lower, 9) for band in bands}) == 1


def test_bands_and_grades_worked_by_hand() -> None:
    scores = a_round([62, 71, 79.99, 80, 88, 95, 100])
    bands = analysis.bands_of(scores)
    assert [(band.lower, band.upper) for band in bands] == [(60 + 5 * i, 65 + 5 * i) for i in range(8)]
    assert [band.grades for band in bands] == [("合格",)] * 4 + [("良好",)] * 2 + [("优秀",)] * 2
    assert analysis.spread(scores, bands, np.ones(7, dtype=bool)) == [1, 0, 1, 1, 1, 1, 0, 2]


def test_a_line_inside_a_band_names_both_grades() -> None:
    scores = a_round([60, 100], grades=(Grade("优秀", 88.5), Grade("不合格", 0.0)))
    found = {band.lower: band.grades for band in analysis.bands_of(scores)}
    assert found[85.0] == ("不合格", "优秀")


@pytest.mark.parametrize(("line", "totals"), [(85.0, (72.0, 94.0)), (85.0, (5.0, 98.0)), (90.0, (73.35, 93.54))])
def test_bands_end_at_lines_that_are_everybodys(line: float, totals: tuple[float, float]) -> None:
    grade, other = Grade("优秀", line), Grade("合格", 0.0)
    bands = analysis.bands_of(a_round(totals, grades=(grade, other)))
    assert all(len(band.grades) == 1 for band in bands)
    assert line in {band.lower for band in bands}
    own = a_round(totals, grades=(replace(grade, lines={"c0": line}), other))
    assert len(analysis.bands_of(own)) <= 13  # nobody asks for finer ones


def test_below_all_lines_is_no_grade() -> None:
    assert analysis.bands_of(a_round([10, 20]))[0].grades == ("",)


def test_where_less_is_better_lines_are_read_downwards() -> None:
    grades = (Grade("低风险", -math.inf, at_most=20.0), Grade("高风险", -math.inf, at_most=math.inf))
    scores = a_round([0, 40], grades=grades, policies={"lower_is_better": True})
    found = analysis.bands_of(scores)
    assert found[0].grades == ("低风险",)
    assert found[-1].grades == ("高风险",)
    assert len(analysis.line_texts(scores.tree)) == 1


def test_lines_that_differ_by_cohort_or_go_by_a_node_are_not_marked() -> None:
    own = a_round([70, 90], grades=(Grade("优秀", 90.0, lines={"c0": 80.0}), Grade("不合格", 0.0)))
    assert not analysis.lines_are_common(own.tree)
    assert {band.grades for band in analysis.bands_of(own)} == {()}
    assert not analysis.lines_are_common(a_round([70, 90], policies={"grade_by": "01"}).tree)
    assert not analysis.lines_are_common(a_round([70, 90], grades=()).tree)


@pytest.mark.parametrize("totals", [[83.0], [83.0, 83.0], [83.0, 84.0], [0.0], [100.0]])
def test_few_or_equal_units(totals: list[float]) -> None:
    bands = analysis.bands_of(a_round(totals))
    assert sum(analysis.spread(a_round(totals), bands, np.ones(len(totals), dtype=bool))) == len(totals)


def test_summaries_worked_by_hand() -> None:
    scores = a_round([90, 60, 70, None, 80, None], cohorts=2)
    first, second, everybody = analysis.summaries(scores, Language.ZH)
    assert (first.name, first.units, first.scored, first.mean, first.highest, first.lowest) == (
        "第0组",
        3,
        3,
        80,
        90,
        70,
    )
    assert (second.units, second.scored, second.mean) == (3, 1, 60)
    assert (everybody.units, everybody.scored, everybody.mean) == (6, 4, 75)
    assert everybody.graded == (1, 1, 2)


def test_a_cohort_without_scores_has_blanks() -> None:
    _, second, everybody = analysis.summaries(a_round([90, None], cohorts=2), Language.ZH)
    assert second.scored == 0
    assert math.isnan(second.mean)
    assert math.isnan(second.highest)
    assert everybody.mean == 90


def test_nobody_scored_has_no_bands() -> None:
    scores = a_round([None, None])
    assert analysis.bands_of(scores) == ()
    assert analysis.aspects(scores, ()) == []
    assert analysis.costs(scores, ()) == []


def test_many_cohorts_are_not_put_side_by_side() -> None:
    summaries = analysis.summaries(a_round([50.0] * 14, cohorts=7), Language.ZH)
    assert analysis.columns_of(summaries) == []
    assert len(analysis.columns_of(analysis.summaries(a_round([50.0] * 12, cohorts=6), Language.ZH))) == 6


def test_without_a_total_there_are_no_bands_and_blanks_are_not_averaged() -> None:
    tops = [a_group(code=f"0{i}", children=[a_given_score(code=f"0{i}-1")]) for i in (1, 2)]
    tree = a_tree(children=tops, aggregation=an_aggregation("none"), grades=())
    units = [a_unit(code="U1"), a_unit(code="U2")]
    came = [a_submission(unit=units[0], answers={"01-1.x": 8, "02-1.x": 4})]
    scores = score(tree, tuple(units), came)
    assert analysis.bands_of(scores) == ()
    assert [one.mean for one in analysis.aspects(scores, ())] == [0.8, 0.4]


def test_costs_by_cohort_are_per_unit_concerned() -> None:
    scores = a_round([90, 60, 70, None], cohorts=2)
    columns = analysis.columns_of(analysis.summaries(scores, Language.ZH))
    (cost,) = analysis.costs(scores, columns)
    assert (cost.loss.lost, cost.share) == (80, 1)
    assert cost.by_cohort == (20, 40)
