"""Laws that every rule of every case file obeys, whatever the answers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_inputs import inputs_for
from worked_cases import Case, all_rules, take

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules.checklist import Checklist
from lawgov_score.rules.count_cap import CountCap
from lawgov_score.rules.rule import Inputs, LeavesUnits

_RULES = pytest.mark.parametrize("case", all_rules(), ids=str)
_ABSOLUTE = pytest.mark.parametrize("case", [case for case in all_rules() if not case.rule.RELATIVE], ids=str)
_quick = settings(derandomize=True, deadline=None, max_examples=12, database=None)


def _needed(case: Case, inputs: Inputs) -> list[FloatArray]:
    columns = [inputs.answers[code] for code in case.rule.reads]
    if case.rule.takes_value:
        columns.append(inputs.value)
    columns += [column for column in (inputs.years, inputs.previous) if column is not None]
    if inputs.marks is not None:
        columns.append(np.where(np.sum(~np.isnan(inputs.marks), axis=1) >= case.data.get("reviewers", 1), 1.0, np.nan))
    return columns


@_RULES
@given(data=st.data())
@_quick
def test_scores_stay_within_bounds_without_dust_and_missing_stays_missing(case: Case, data: st.DataObject) -> None:
    inputs = data.draw(inputs_for(case))
    scores = case.rule.score(inputs)
    low, high = case.rule.bounds
    known = scores[~np.isnan(scores)]
    assert (known >= low).all()
    assert (known <= high).all()
    np.testing.assert_array_equal(scores, without_dust(scores, VALUE_DECIMALS))
    missing = np.logical_or.reduce([np.isnan(column) for column in _needed(case, inputs)])
    if case.rule.KIND == "rating":  # nobody voted: there is no index either
        missing |= _nobody_voted(case, inputs)
    if case.rule.KIND == "choice":  # an option without a score
        silent = [i for i, option in enumerate(case.data["options"]) if "score" not in option]
        missing |= np.isin(inputs.answers["choice"], silent)
    np.testing.assert_array_equal(np.isnan(scores), missing)


def _nobody_voted(case: Case, inputs: Inputs) -> np.ndarray:
    """(units,): all raters together, or any group of them, as ``empty_group`` has it."""
    votes = [inputs.answers[code] for code in case.rule.reads]
    levels = len(case.data["levels"])
    empty = [np.sum(votes[at : at + levels], axis=0) == 0 for at in range(0, len(votes), levels)]
    join = np.logical_or if case.data.get("empty_group") == "missing" else np.logical_and
    return np.asarray(join.reduce(empty), dtype=bool)


@_ABSOLUTE
@given(data=st.data())
@_quick
def test_a_unit_alone_gets_what_it_gets_in_a_crowd(case: Case, data: st.DataObject) -> None:
    inputs = data.draw(inputs_for(case))
    alone = [case.rule.score(take(inputs, [i]))[0] for i in range(len(inputs.value))]
    np.testing.assert_array_equal(case.rule.score(inputs), alone)


@_RULES
@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
@_quick
def test_the_order_of_units_never_matters(case: Case, data: st.DataObject, seed: int) -> None:
    inputs = data.draw(inputs_for(case))
    order = np.random.default_rng(seed).permutation(len(inputs.value))
    np.testing.assert_array_equal(case.rule.score(take(inputs, order)), case.rule.score(inputs)[order])


def has_direction(case: Case) -> bool:
    """Is a larger value better or worse there? What is better in votes, options and marks has tests of its own."""
    return case.rule.rises is not None


def test_kinds_without_a_direction_have_laws_of_their_own() -> None:
    assert {case.rule.KIND for case in all_rules() if not has_direction(case)} == {"rating", "choice", "judged"}


def _better(case: Case, inputs: Inputs, i: int, step: float) -> Inputs:
    """The same inputs, but unit ``i`` answered better everywhere."""
    value = inputs.value.copy()
    sign = 1.0 if case.rule.rises else -1.0
    value[i] = without_dust(np.maximum(value[i] + sign * step, 0.0), VALUE_DECIMALS)
    answers = {}
    for code, column in inputs.answers.items():
        # What all_or_nothing counts is deducted further, whichever way its value points.
        up = sign if case.rule.KIND != "all_or_nothing" else -1.0
        answers[code] = column.copy()
        answers[code][i] = max(column[i] + up * np.ceil(step), 0.0)
        if isinstance(case.rule, Checklist):
            answers[code][i] = float(case.rule.worths[case.rule.codes.index(code)] > 0)
        if isinstance(case.rule, CountCap) and case.rule.counts.each[case.rule.counts.fields.index(code)] < 0:
            answers[code][i] = max(column[i] - np.ceil(step), 0.0)
        if code in case.rule.questions:  # there 否 is what counts
            answers[code][i] = 0.0 if case.rule.rises else 1.0
    return replace(inputs, value=value, answers=answers)


@pytest.mark.parametrize("case", [c for c in all_rules() if has_direction(c)], ids=str)
@given(data=st.data(), step=st.sampled_from([0.0, 0.0001, 0.01, 0.1, 0.5, 1.0, 7.0]))
@_quick
def test_a_better_answer_never_scores_lower(case: Case, data: st.DataObject, step: float) -> None:
    inputs = data.draw(inputs_for(case, may_miss=False))
    before = case.rule.score(inputs)
    for i in range(len(inputs.value)):
        assert case.rule.score(_better(case, inputs, i, step))[i] >= before[i]


@pytest.mark.parametrize("case", [c for c in all_rules() if c.rule.KIND == "rating"], ids=str)
@given(data=st.data())
@_quick
def test_a_vote_moved_to_a_better_level_never_scores_lower(case: Case, data: st.DataObject) -> None:
    inputs = data.draw(inputs_for(case, may_miss=False))
    better, worse = case.rule.reads[0], case.rule.reads[-1]
    moved = np.minimum(inputs.answers[worse], 1.0)
    answers = {**inputs.answers, better: inputs.answers[better] + moved, worse: inputs.answers[worse] - moved}
    before, after = case.rule.score(inputs), case.rule.score(replace(inputs, answers=answers))
    known = ~np.isnan(before)
    assert (after[known] >= before[known]).all()


@pytest.mark.parametrize("case", [c for c in all_rules() if c.rule.KIND == "choice"], ids=str)
def test_an_option_scores_what_it_says_and_the_better_one_more(case: Case) -> None:
    size = len(case.data["options"])
    scores = case.rule.score(Inputs(np.full(size, np.nan), {"choice": np.arange(size, dtype=np.float64)}))
    scored = scores[~np.isnan(scores)]
    assert len(scored) == sum("score" in option for option in case.data["options"])
    assert (np.diff(scored) < 0).all()  # the case files list the better option first


@pytest.mark.parametrize("case", [c for c in all_rules() if c.rule.KIND == "judged"], ids=str)
@given(data=st.data())
@_quick
def test_a_better_mark_never_scores_lower(case: Case, data: st.DataObject) -> None:
    inputs = data.draw(inputs_for(case))
    assert inputs.marks is not None
    raised = inputs.marks.copy()
    raised[:, data.draw(st.integers(0, raised.shape[1] - 1))] += 0.3
    before, after = case.rule.score(inputs), case.rule.score(replace(inputs, marks=raised))
    np.testing.assert_array_equal(np.isnan(before), np.isnan(after))
    known = ~np.isnan(before)
    assert (after[known] >= before[known]).all()


@pytest.mark.parametrize("case", [c for c in all_rules() if c.rule.KIND == "judged"], ids=str)
@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
@_quick
def test_the_order_of_reviewers_never_matters(case: Case, data: st.DataObject, seed: int) -> None:
    inputs = data.draw(inputs_for(case))
    assert inputs.marks is not None
    order = np.random.default_rng(seed).permutation(inputs.marks.shape[1])
    shuffled = replace(inputs, marks=inputs.marks[:, order])
    np.testing.assert_array_equal(case.rule.score(inputs), case.rule.score(shuffled))


def test_only_an_option_that_says_so_leaves() -> None:
    case = next(c for c in all_rules() if "counts_as" in str(c.data))
    assert isinstance(case.rule, LeavesUnits)
    assert case.rule.leaves(case.inputs).tolist() == [False, False, True, False, False]
    assert all(isinstance(c.rule, LeavesUnits) is (c.rule.KIND == "choice") for c in all_rules())


def test_the_law_of_betterment_can_fail() -> None:
    """A negative control: the same check finds a rule that is the wrong way round."""
    case = next(c for c in all_rules() if c.rule.KIND == "deduction" and c.rule.takes_value)
    inputs = Inputs(np.array([1.0]))
    worse = replace(inputs, value=np.array([2.0]))
    assert case.rule.score(worse)[0] < case.rule.score(inputs)[0]
