"""Laws that every rule of every case file obeys, whatever the answers."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from rule_inputs import some_inputs
from worked_cases import Case, all_rules, take

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules.checklist import Checklist
from lawgov_score.rules.count_cap import CountCap
from lawgov_score.rules.deduction import Deduction
from lawgov_score.rules.rule import Inputs, LeavesUnits, Rule

_RULES = pytest.mark.parametrize("case", all_rules(), ids=str)
_ABSOLUTE = pytest.mark.parametrize("case", [case for case in all_rules() if not case.rule.RELATIVE], ids=str)
_STEPS = (0.0, 0.0001, 0.01, 0.1, 0.5, 1.0, 7.0)


def _needed(case: Case, inputs: Inputs) -> list[FloatArray]:
    columns = [inputs.answers[code] for code in case.rule.reads]
    if case.rule.takes_value:
        columns.append(inputs.value)
    columns += [column for column in (inputs.years, inputs.previous) if column is not None]
    if inputs.marks is not None:
        columns.append(np.where(np.sum(~np.isnan(inputs.marks), axis=1) >= case.data.get("reviewers", 1), 1.0, np.nan))
    return columns


@_RULES
def test_scores_stay_within_bounds_without_dust_and_missing_stays_missing(case: Case) -> None:
    for inputs in some_inputs(case):
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


@_RULES
def test_a_rule_with_a_few_levels_gives_these_alone(case: Case) -> None:
    given = np.unique(np.concatenate([case.rule.score(inputs) for inputs in some_inputs(case)]))
    if levels := case.rule.levels:
        assert (levels[0], levels[-1]) == case.rule.bounds
        assert set(given[~np.isnan(given)].tolist()) <= set(levels)


def test_rules_of_bands_and_of_all_or_nothing_have_levels() -> None:
    assert {case.rule.KIND for case in all_rules() if case.rule.levels} == {
        "all_or_nothing",
        "choice",
        "tiers",
        "veto_item",
    }


def _nobody_voted(case: Case, inputs: Inputs) -> np.ndarray:
    """(units,): all raters together, or any group of them, as ``empty_group`` has it."""
    votes = [inputs.answers[code] for code in case.rule.reads]
    levels = len(case.data["levels"])
    empty = [np.sum(votes[at : at + levels], axis=0) == 0 for at in range(0, len(votes), levels)]
    join = np.logical_or if case.data.get("empty_group") == "missing" else np.logical_and
    return np.asarray(join.reduce(empty), dtype=bool)


@_ABSOLUTE
def test_a_unit_alone_gets_what_it_gets_in_a_crowd(case: Case) -> None:
    for inputs in some_inputs(case):
        alone = [case.rule.score(take(inputs, [i]))[0] for i in range(len(inputs.value))]
        np.testing.assert_array_equal(case.rule.score(inputs), alone)


@_RULES
def test_the_order_of_units_never_matters(case: Case) -> None:
    for number, inputs in enumerate(some_inputs(case)):
        order = np.random.default_rng(number).permutation(len(inputs.value))
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
def test_a_better_answer_never_scores_lower(case: Case) -> None:
    for number, inputs in enumerate(some_inputs(case, may_miss=False)):
        before = case.rule.score(inputs)
        for i in range(len(inputs.value)):
            assert case.rule.score(_better(case, inputs, i, _STEPS[number % len(_STEPS)]))[i] >= before[i]


@pytest.mark.parametrize("case", [c for c in all_rules() if c.rule.KIND == "rating"], ids=str)
def test_a_vote_moved_to_a_better_level_never_scores_lower(case: Case) -> None:
    for inputs in some_inputs(case, may_miss=False):
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
def test_a_better_mark_never_scores_lower(case: Case) -> None:
    for number, inputs in enumerate(some_inputs(case)):
        assert inputs.marks is not None
        raised = inputs.marks.copy()
        raised[:, number % raised.shape[1]] += 0.3
        before, after = case.rule.score(inputs), case.rule.score(replace(inputs, marks=raised))
        np.testing.assert_array_equal(np.isnan(before), np.isnan(after))
        known = ~np.isnan(before)
        assert (after[known] >= before[known]).all()


@pytest.mark.parametrize("case", [c for c in all_rules() if c.rule.KIND == "judged"], ids=str)
def test_the_order_of_reviewers_never_matters(case: Case) -> None:
    for number, inputs in enumerate(some_inputs(case)):
        assert inputs.marks is not None
        order = np.random.default_rng(number).permutation(inputs.marks.shape[1])
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


@_RULES
def test_a_target_that_is_reached_gives_all_the_points(case: Case) -> None:
    """`when_not_applicable: target` scores as if the value were there: full marks, by every rule that has one."""
    target = case.rule.reached_at
    if target is None or not case.rule.takes_value:
        return
    nothing = dict.fromkeys(case.rule.reads, np.zeros(1))
    score = case.rule.score(Inputs(np.array([target.number]), nothing))
    np.testing.assert_allclose(score, case.points, atol=1e-9)


_COUNTED = {"a": (0.0, 1.0), "b": (0.0, 1.0), "n": (0.0, 3.0), "m": (0.0, float("inf"))}


@pytest.mark.parametrize(
    ("kind", "counts", "more", "ends"),
    [
        (CountCap, [("field", "a", 1), ("field", "b", 2)], {}, (0, 3)),
        (CountCap, [("field", "a", -5), ("field", "m", -1)], {}, (0, 0)),
        (CountCap, [("unless", "a", 1), ("field", "n", 2), ("field", "b", -1)], {}, (0, 7)),
        (CountCap, [("field", "a", 1), ("field", "m", 2)], {}, (0, 10)),
        (CountCap, [("field", "a", 8), ("field", "n", 4)], {"highest_only": True}, (0, 8)),
        (CountCap, [("field", "a", 8), ("field", "n", 4)], {"cap": "none"}, (0, 20)),
        (Deduction, [("field", "a", 1), ("unless", "b", 2)], {}, (7, 10)),
        (Deduction, [("field", "n", 2), ("field", "a", 1)], {"floor": -5}, (3, 10)),
        (Deduction, [("field", "m", 1)], {"floor": -5}, (-5, 10)),
    ],
)
def test_bounds_of_counts_are_what_the_counts_can_come_to(
    kind: type[Rule], counts: list[tuple[str, str, float]], more: dict[str, object], ends: tuple[float, float]
) -> None:
    rule = kind.from_data({"counts": [{key: code, "each": each} for key, code, each in counts], **more}, 10.0)
    known = rule.within(_COUNTED)
    assert known.bounds == ends
    values = [[0.0, 1.0] if _COUNTED[code][1] == 1 else [0.0, 1.0, 2.0, 3.0, 9.0] for _, code, _ in counts]
    every = np.array(
        [
            row
            for row in product(*values)
            if all(x <= _COUNTED[code][1] for x, (_, code, _) in zip(row, counts, strict=True))
        ]
    ).T
    answers = {code: column for (_, code, _), column in zip(counts, every, strict=True)}
    scores = known.score(Inputs(np.full(every.shape[1], np.nan), answers))
    assert scores.max() == ends[1]
    assert scores.min() >= ends[0]


@pytest.mark.parametrize(
    ("each", "parts", "more", "ends"),
    [
        ("each_missing", [None, None], {}, (8, 10)),
        ("each_missing", [4, -3], {"floor": -5}, (3, 10)),
        ("each_missing", [9, -8], {"floor": -5}, (-5, 10)),
        ("each_met", [4, -3], {}, (0, 4)),
    ],
)
def test_bounds_of_a_checklist_are_what_its_parts_can_come_to(
    each: str, parts: list[float | None], more: dict[str, object], ends: tuple[float, float]
) -> None:
    said = [
        {"code": code, "name": code} | ({} if own is None else {"points": own})
        for code, own in zip("ab", parts, strict=True)
    ]
    rule = Checklist.from_data({"parts": said, each: 1, **more}, 10.0)
    a, b = np.array(list(product([0.0, 1.0], repeat=2))).T
    scores = rule.score(Inputs(np.full(4, np.nan), {"a": a, "b": b}))
    assert (scores.min(), scores.max()) == rule.bounds == ends
