"""What an indicator's score may rest on besides its own fields: last edition, cohort, other nodes, reviewers.

Reaches ``measure/cohorts.py``.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from builders import CLAIM, a_field, a_submission, a_tree, a_unit, an_indicator, to_decimals

from lawgov_score.model import Indicator, OnZero, Policies, Status, WhenZero
from lawgov_score.rounding import FloatArray
from lawgov_score.scoring.answers import columns
from lawgov_score.scoring.indicators import Context, IndicatorScores, empty_scores, score_indicators
from lawgov_score.scoring.nodes import empty_nodes
from lawgov_score.scoring.own_figures import OwnFigures

NAN = float("nan")
TAKEN = a_field(code="taken", type="count")
FULL, LEAVES = OnZero(WhenZero.SHARE, 1.0), OnZero(WhenZero.NOT_APPLICABLE)


def run(
    indicator: Indicator,
    given: list[dict[str, Any]],
    *,
    cohorts: list[int] | None = None,
    previous: Mapping[str, list[float]] | None = None,
    marks: Mapping[str, list[list[float]]] | None = None,
    nodes: Mapping[str, list[float]] | None = None,
    policies: Policies | None = None,
) -> IndicatorScores:
    """Scores of one indicator; ``given``: one mapping of field code to answer for each unit."""
    tree = a_tree(indicators=[indicator], policies=policies)
    units = tuple(a_unit(code=f"U{i}") for i in range(len(given)))
    answers = columns(
        tree,
        units,
        [
            a_submission(unit=unit, answers={f"{indicator.code}.{code}": one for code, one in each.items()})
            for unit, each in zip(units, given, strict=True)
        ],
    )

    def arrays(columns: Mapping[str, list[Any]] | None) -> dict[str, FloatArray]:
        return {key: np.array(column, dtype=np.float64) for key, column in (columns or {}).items()}

    context = Context(
        answers.applicable,
        np.array(cohorts or [0] * len(units), dtype=np.intp),
        np.full(len(units), 2024.0),
        arrays(previous),
        arrays(marks),
        arrays(nodes),
    )
    found = empty_scores(tree, empty_nodes(tree, len(units)))
    score_indicators(tree, answers, context, [0], found, OwnFigures.of(tree, ()))
    return found


def statuses(found: IndicatorScores) -> list[Status]:
    return [Status(status) for status in found.status[0].tolist()]


def growth(no_previous: OnZero | None, **other: Any) -> Indicator:
    rule = {"kind": "linear", "zero_at": -0.5, "full_at": 0.5}
    return an_indicator(
        fields=[TAKEN], value="taken / previous.taken - 1", rule=rule, on_zero="zero", no_previous=no_previous, **other
    )


FOUR: list[dict[str, Any]] = [{"taken": 6}, {"taken": 4}, {"taken": 5}, {"taken": None}]
BEFORE = {"01-1.taken": [4.0, 0.0, NAN, NAN]}


def test_last_editions_figure_is_a_name_like_any_other() -> None:
    found = run(growth(LEAVES), FOUR, previous=BEFORE)
    assert found.value[0, 0] == 0.5
    assert found.score[0][:2].tolist() == [1.0, 0.0]  # the second: nothing last year, which on_zero settles
    assert found.by_zero[0].tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("policy", "status", "score"),
    [
        (LEAVES, Status.NOT_APPLICABLE, NAN),
        (FULL, Status.SCORED, 1.0),
        (OnZero(WhenZero.SHARE, 0.0), Status.SCORED, 0.0),
        (OnZero(WhenZero.SHARE, 0.6), Status.SCORED, 0.6),
        (OnZero(WhenZero.COHORT_MEAN), Status.SCORED, 1.0),  # the mean of those who have a figure, the zero left out
    ],
)
def test_every_policy_for_no_figure_of_last_edition(policy: OnZero, status: Status, score: float) -> None:
    found = run(growth(policy), FOUR, previous=BEFORE)
    assert statuses(found)[2] is status
    np.testing.assert_array_equal(found.score[0][2], score)
    assert statuses(found)[3] is Status.MISSING  # what a unit left blank stays its own omission


def test_an_edition_that_left_no_results_at_all() -> None:
    found = run(growth(FULL), FOUR)
    assert found.score[0][:3].tolist() == [1.0, 1.0, 1.0]
    assert statuses(found)[3] is Status.MISSING


def test_improvement_gets_last_editions_value_and_the_policy() -> None:
    rule = {"kind": "improvement", "better": "higher", "at_least": 1}
    indicator = an_indicator(fields=[TAKEN], rule=rule, no_previous=OnZero(WhenZero.SHARE, 0.5))
    found = run(indicator, FOUR, previous={"01-1.value": [5.0, 5.0, NAN, 5.0]})
    np.testing.assert_array_equal(found.score[0], [1.0, 0.0, 0.5, NAN])


def test_statistics_of_a_cohort_take_in_who_counts_and_answered() -> None:
    fields = [TAKEN, a_field(code="rate")]
    indicator = an_indicator(
        fields=fields,
        value="taken - cohort_mean(taken) + cohort_count(taken)",
        rule={"kind": "as_given", "at_least": -9},
        points=9,
        may_not_apply=True,
    )
    given: list[dict[str, Any]] = [
        {"taken": 2},
        {"taken": 4},
        {"taken": None},
        {"taken": 9},
        {"taken": 90, "rate": CLAIM},
    ]
    found = run(indicator, [{"rate": 1, **each} for each in given], cohorts=[0, 0, 0, 1, 1])
    np.testing.assert_array_equal(found.score[0], [1.0, 3.0, NAN, 1.0, NAN])
    assert statuses(found)[2:] == [Status.MISSING, Status.SCORED, Status.NOT_REVIEWED]


@pytest.mark.parametrize(
    ("name", "expected"), [("max", 7.0), ("min", 2.0), ("sum", 9.0), ("mean", 4.5), ("count", 2.0)]
)
def test_every_statistic(name: str, expected: float) -> None:
    indicator = an_indicator(
        fields=[TAKEN], value=f"taken * 0 + cohort_{name}(taken)", rule={"kind": "as_given"}, points=10
    )
    found = run(indicator, [{"taken": 2}, {"taken": 7}, {"taken": 100}], cohorts=[0, 0, 1])
    assert found.score[0][:2].tolist() == [expected, expected]


def test_an_indicator_made_of_other_nodes_asks_nothing() -> None:
    indicator = an_indicator(
        fields=[], value='if(score("B") >= 7, score("B"), 0.7 * score("P"))', rule={"kind": "as_given"}, points=10
    )
    found = run(indicator, [{}, {}, {}], nodes={"B": [8.0, 5.0, NAN], "P": [1.0, 10.0, 1.0]})
    np.testing.assert_array_equal(found.score[0], [8.0, 7.0, NAN])
    assert statuses(found) == [Status.SCORED, Status.SCORED, Status.MISSING]


def test_too_few_marks_are_not_reviewed_yet() -> None:
    indicator = an_indicator(rule={"kind": "judged", "marks": "mean", "reviewers": 2}, points=2)
    found = run(indicator, [{}, {}, {}], marks={"01-1": [[2.0, 1.0], [2.0, NAN], [NAN, NAN]]})
    np.testing.assert_array_equal(found.score[0], [1.5, NAN, NAN])
    assert statuses(found) == [Status.SCORED, Status.NOT_REVIEWED, Status.NOT_REVIEWED]
    assert statuses(run(indicator, [{}])) == [Status.NOT_REVIEWED]  # nobody has marked anything


def test_an_option_may_leave_or_count_as_missing() -> None:
    options = [
        {"option": "落实", "score": 1},
        {"option": "无此任务", "counts_as": "not_applicable"},
        {"option": "无资料", "counts_as": "missing"},
    ]
    indicator = an_indicator(rule={"kind": "choice", "asks": "情况", "options": options})
    found = run(indicator, [{"choice": 0}, {"choice": 1}, {"choice": 2}, {"choice": None}])
    assert statuses(found) == [Status.SCORED, Status.NOT_APPLICABLE, Status.MISSING, Status.MISSING]
    np.testing.assert_array_equal(found.score[0], [1.0, NAN, NAN, NAN])


@pytest.mark.parametrize(
    ("own", "tree", "expected"),
    [(None, None, 0.123456789012), (None, 2, 0.12), (1, 2, 0.1), (3, None, 0.123), (0, 2, 0.0)],
)
def test_an_indicators_own_decimals_come_before_the_trees(own: int | None, tree: int | None, expected: float) -> None:
    indicator = an_indicator(rule={"kind": "as_given"}, rounding=own)
    found = run(indicator, [{"x": 0.12345678901234567}], policies=Policies(round_indicator=to_decimals(tree)))
    assert found.score[0][0] == expected


def test_only_the_rows_that_are_asked_for_are_filled() -> None:
    tree = a_tree(indicators=[an_indicator(code="01-1"), an_indicator(code="01-2")])
    unit = a_unit(code="A")
    answers = columns(tree, (unit,), [a_submission(unit=unit, answers={"01-1.x": 0.5, "01-2.x": 0.7})])
    context = Context(answers.applicable, np.zeros(1, dtype=np.intp), np.array([2024.0]), {}, {}, {})
    found = empty_scores(tree, empty_nodes(tree, 1))
    score_indicators(tree, answers, context, [1], found, OwnFigures.of(tree, ()))
    np.testing.assert_array_equal([score[0] for score in found.score], [NAN, 0.7])
