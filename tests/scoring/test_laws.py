"""Laws of a whole tree, for random answers: points add up, order never matters, better never scores lower.

Reaches ``scoring/run.py``, ``scoring/whole.py``.
"""

from dataclasses import replace

import numpy as np
from builders import CLAIM, INVALID, a_cohort, a_field, a_group, a_submission, a_tree, a_unit, a_unit_type, an_indicator
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.model import Claims, Missing, Rescale, Scores, Status, Submission, Tree
from lawgov_score.rounding import half_up
from lawgov_score.scoring import score

KEYS = ("01-1.x", "01-2.done", "01-2.cases", "02-1.n", "02-2.n", "02-3.x")

ANSWER = st.one_of(st.sampled_from([None, CLAIM, INVALID]), st.integers(0, 9))
SHARE = st.one_of(st.sampled_from([None, CLAIM, INVALID]), st.integers(0, 1000).map(lambda n: n / 1000))
ANSWERS = st.fixed_dictionaries({key: SHARE if key.endswith(".x") else ANSWER for key in KEYS})
UNITS = st.lists(st.tuples(st.sampled_from(["t", "o"]), st.sampled_from(["p", "q"]), ANSWERS), min_size=1, max_size=8)
POLICIES = st.fixed_dictionaries(
    {
        "missing": st.sampled_from(Missing),
        "not_applicable": st.sampled_from(Rescale),
        "claims": st.sampled_from(Claims),
        "round_indicator": st.sampled_from([2, 1, None]),
        "round_total": st.sampled_from([2, 1, None]),
    }
)


def the_tree(policies: dict[str, object]) -> Tree:
    """Shares, a ratio, a deduction, a relative indicator; one of them for townships only."""
    ratio = an_indicator(
        code="01-2",
        points=2,
        fields=[a_field(code="done", type="count"), a_field(code="cases", type="count")],
        value="done / cases",
        on_zero="not_applicable",
        may_not_apply=True,
    )
    count = [a_field(code="n", type="count")]
    relative = {"kind": "relative", "against": "best", "better": "higher"}
    first = a_group(code="01", children=[an_indicator(code="01-1", points=1.5, may_not_apply=True), ratio])
    second = a_group(
        code="02",
        children=[
            an_indicator(code="02-1", points=1, fields=count, rule={"kind": "deduction", "each": 0.25}),
            an_indicator(code="02-2", points=0.5, fields=count, rule=relative),
            an_indicator(code="02-3", points=3, applies_to=["t"], may_not_apply=True),
        ],
    )
    return a_tree(
        children=[first, second],
        unit_types=(a_unit_type(code="t"), a_unit_type(code="o")),
        cohorts=(a_cohort(code="p"), a_cohort(code="q")),
        policies=policies,
    )


def submitted(units: list[tuple[str, str, dict[str, object]]]) -> list[Submission]:
    return [
        a_submission(unit=a_unit(code=f"U{i}", type=kind, cohort=cohort), answers=answers)
        for i, (kind, cohort, answers) in enumerate(units)
    ]


def run(tree: Tree, given_: list[Submission]) -> Scores:
    return score(tree, tuple(submission.unit for submission in given_), given_)


@given(POLICIES, UNITS, st.randoms())
def test_laws_of_a_round(
    policies: dict[str, object], units: list[tuple[str, str, dict[str, object]]], random: object
) -> None:
    """All on the same round: to draw and score it costs more than to look at it."""
    tree, submissions = the_tree(policies), submitted(units)
    scores = run(tree, submissions)
    points_add_up(tree, scores)
    assert (np.isnan(scores.scores) == (scores.status != Status.SCORED)).all()  # a score where the state says so
    the_order_of_units_changes_nothing(tree, submissions, scores, random)
    a_unit_scored_alone_gets_what_it_gets_in_a_crowd(scores, run(tree, submissions[:1]))


def points_add_up(tree: Tree, scores: Scores) -> None:
    if tree.policies.not_applicable is not Rescale.PARENT:
        for group in tree.children:
            below = [scores.node_column[child.code] for child in group.children]
            column = scores.node_column[group.code]
            np.testing.assert_allclose(
                np.nansum(scores.scores[:, below], axis=1), np.nan_to_num(scores.scores[:, column]), atol=1e-9
            )
            np.testing.assert_allclose(scores.points[:, below].sum(axis=1), scores.points[:, column], atol=1e-9)
    top = [scores.node_column[group.code] for group in tree.children]
    scored = ~np.isnan(scores.total)
    np.testing.assert_allclose(np.nansum(scores.scores[:, top], axis=1)[scored], scores.raw_total[scored], atol=1e-9)
    assert ((scores.total[scored] >= 0) & (scores.total[scored] <= tree.points + 1e-9)).all()
    if (decimals := tree.policies.total_decimals) is not None:
        assert (half_up(scores.full_total[scored], decimals) == scores.total[scored]).all()


def the_order_of_units_changes_nothing(tree: Tree, submissions: list[Submission], one: Scores, random: object) -> None:
    shuffled = list(submissions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands over a Random
    other = run(tree, shuffled)
    assert one.units == other.units
    np.testing.assert_array_equal(one.scores, other.scores)
    np.testing.assert_array_equal(one.total, other.total)
    assert one.rank.tolist() == other.rank.tolist()
    assert one.grades == other.grades
    assert one.problems == other.problems


BETTER = [("01-1.x", 0.1), ("01-2.done", 1), ("02-1.n", -1), ("02-2.n", 1), ("02-3.x", 0.1)]


@settings(max_examples=60)
@given(policies=POLICIES, units=UNITS)
def test_a_better_answer_never_lowers_the_score(
    policies: dict[str, object], units: list[tuple[str, str, dict[str, object]]]
) -> None:
    tree = the_tree(policies)
    for key, step in BETTER:
        a_better_answer_never_lowers_the_score(tree, units, key, step)


def a_better_answer_never_lowers_the_score(
    tree: Tree, units: list[tuple[str, str, dict[str, object]]], key: str, step: float
) -> None:
    answers = units[0][2]
    if not isinstance(answers[key], (int, float)) or isinstance(answers[key], type(CLAIM)):
        answers = {**answers, key: 0.5 if key.endswith(".x") else 5}
    before = answers[key]
    assert isinstance(before, (int, float))
    after = min(max(before + step, 0), 1) if key.endswith(".x") else max(before + step, 0)
    worse = run(tree, submitted([(units[0][0], units[0][1], answers), *units[1:]]))
    better = run(tree, submitted([(units[0][0], units[0][1], {**answers, key: after}), *units[1:]]))
    row = [unit.code for unit in worse.units].index("U0")
    assert np.isnan(worse.total[row]) or better.total[row] >= worse.total[row] - 1e-9


def a_unit_scored_alone_gets_what_it_gets_in_a_crowd(crowd: Scores, alone: Scores) -> None:
    """But for the indicators that compare."""
    row = [unit.code for unit in crowd.units].index("U0")
    columns = [crowd.node_column[code] for code in ("01-1", "01-2", "02-1", "02-3", "01")]
    np.testing.assert_array_equal(crowd.scores[row, columns], alone.scores[0, columns])


def test_renaming_units_changes_no_score() -> None:
    tree = the_tree({})
    answers: dict[str, object] = {"01-1.x": 0.5, "01-2.done": 1, "01-2.cases": 2, "02-1.n": 1, "02-2.n": 3}
    one = a_submission(unit=a_unit(code="A", type="o", cohort="p"), answers=answers)
    other = replace(one, unit=replace(one.unit, code="Z", name="别名"))
    assert run(tree, [one]).total.tolist() == run(tree, [other]).total.tolist()
