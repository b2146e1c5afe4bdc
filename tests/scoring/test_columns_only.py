"""No work and no object for each unit and indicator: what scoring does in Python hardly grows with units or cohorts.

Counted, not timed: function calls, and blocks of memory that results hold.
"""

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from benchmarks import comparing
from lawgov_score.model import AnswerState, Scores, Submission, Tree, Unit, field_key
from lawgov_score.rules.field import FieldType
from lawgov_score.scoring.advice.whatif import Supposed, what_if
from lawgov_score.scoring.answers import Answers, applicability
from lawgov_score.scoring.run import score_columns
from lawgov_score.scoring.suspicions import check_results
from lawgov_score.tree import load

SAMPLE = Path(__file__).parents[2] / "indicators" / "qujialing-2017"
COUNTED = {FieldType.COUNT, FieldType.AMOUNT}
EACH_UNIT = 3  # calls for one more unit; each tree has 129 indicators
EACH_QUESTION = 40
EACH_COHORT = 12  # each of four grades has a line of its own in every cohort

Work = Callable[[], object]


@pytest.fixture(scope="module", params=["comparing", "sample"])
def tree(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A tree that compares units at every indicator, and one with every kind of rule."""
    path = SAMPLE
    if request.param == "comparing":
        path = tmp_path_factory.mktemp("comparing") / "tree.yaml"
        comparing.write_tree(path)
    tree, _ = load(path)
    assert tree is not None
    return tree


def answered(tree: Tree, size: int, cohorts: int = 4) -> tuple[tuple[Unit, ...], Answers]:
    """``size`` units with every figure given and no veto, the cohorts one after the other."""
    random = np.random.default_rng(5)
    types = [one.code for one in tree.unit_types]
    units = tuple(
        Unit(f"U{i:04}", "", types[i * cohorts // size % len(types)], f"c{i * cohorts // size:04}") for i in range(size)
    )
    values = {
        field_key(indicator, asked): random.integers(1, 60, size).astype(np.float64)
        if asked.type in COUNTED and asked.code not in {name for one in indicator.vetoes for name in one.when.names}
        else np.zeros(size)
        for indicator in tree.indicators
        for asked in indicator.fields
    }
    states = {key: np.full(size, AnswerState.GIVEN, dtype=np.int8) for key in values}
    return units, Answers(values, states, applicability(tree, units))


def scoring(tree: Tree, size: int, cohorts: int = 4) -> Callable[[], Scores]:
    """Scoring ``size`` units, ready to be done."""
    units, answers = answered(tree, size, cohorts)
    came = tuple(Submission(unit, "", {}) for unit in units)
    return lambda: score_columns(tree, units, came, answers)


def calls(work: Work) -> int:
    """How many functions it calls, of Python and of C."""
    work()  # what is looked up once for a tree is looked up by now
    number = 0

    def count(_frame: object, event: str, _of: object) -> None:
        nonlocal number
        number += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


def blocks(work: Work) -> int:
    """How many blocks of memory hold what it gives, arrays not counted by their size."""
    work()
    gc.collect()
    before = sys.getallocatedblocks()
    held = work()
    found = sys.getallocatedblocks() - before
    assert held is not None
    return found


def test_a_unit_more_is_a_few_calls_more(tree: Tree) -> None:
    few, many = (calls(scoring(tree, size)) for size in (200, 400))
    assert many - few <= EACH_UNIT * 200


def test_a_unit_more_is_a_few_objects_more(tree: Tree) -> None:
    few, many = (blocks(scoring(tree, size)) for size in (200, 400))
    assert many - few <= EACH_UNIT * 200


def test_a_cohort_more_is_a_few_calls_more(tree: Tree) -> None:
    """Units stay as many: a loop over cohorts at each indicator would be found."""
    few, many = (calls(scoring(tree, 400, cohorts)) for cohorts in (5, 200))
    assert many - few <= EACH_COHORT * 195


def test_looking_for_what_is_suspicious_grows_no_faster(tree: Tree) -> None:
    """Beyond what is found, which is an object each."""

    def looking(size: int, cohorts: int) -> tuple[int, int]:
        scores = scoring(tree, size, cohorts)()
        return calls(lambda: list(check_results(scores))), len(list(check_results(scores)))

    few, found = looking(200, 5)
    for many, found_then in (looking(400, 5), looking(200, 100)):
        assert many - few <= EACH_UNIT * 200 + 40 * max(found_then - found, 0)


def test_a_question_more_is_a_few_calls_more(tree: Tree) -> None:
    """What would be if: scores that hang on other units stay what they are, as columns."""
    scores = scoring(tree, 100)()
    _, answers = answered(tree, 100)
    asked = replace(what_if(scores), answers=answers)
    few, many = (calls(partial(asked.suppose, [Supposed(row) for row in range(size)])) for size in (50, 100))
    assert many - few <= EACH_QUESTION * 50
