"""Zero denominators, printed rates that stand in, small samples, vetoes.

Reaches ``scoring/values.py``.
"""

import numpy as np
import pytest
from builders import (
    INVALID,
    a_cohort,
    a_field,
    a_rule,
    a_small_sample,
    a_submission,
    a_tree,
    a_unit,
    a_unit_type,
    a_veto,
    an_indicator,
)

from lawgov_score.catalogue import Code
from lawgov_score.expression import parse
from lawgov_score.model import OnZero, Scores, Status, Tree, WhenZero
from lawgov_score.problems import NodePlace
from lawgov_score.scoring import score

RATE = a_field(code="rate", substitute=True)
FIELDS = [a_field(code="done", type="count"), a_field(code="cases", type="count"), RATE]


def a_ratio_tree(on_zero: str | float, **other: object) -> Tree:
    ratio = an_indicator(code="01-1", points=2, fields=FIELDS, value="done / cases", on_zero=on_zero, **other)  # type: ignore[arg-type]  # as given
    return a_tree(indicators=[ratio, an_indicator(code="01-2", points=2)])


def run(tree: Tree, **answers: float | None) -> Scores:
    given = {f"01-1.{code}": number for code, number in answers.items()}
    return score(tree, (a_unit(code="A"),), [a_submission(unit="A", answers={**given, "01-2.x": 0.5})])


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_where_a_mean_is_of_nobody_the_tree_may_say_what_then(share: float) -> None:
    scores = run(a_ratio_tree("cohort_mean", no_mean=OnZero(WhenZero.SHARE, share)), done=0, cases=0)
    assert (scores.status[0, 1], scores.scores[0, 1]) == (Status.SCORED, 2 * share)


@pytest.mark.parametrize(
    ("on_zero", "status", "got", "total"),
    [
        ("not_applicable", Status.NOT_APPLICABLE, None, 2.0),
        ("full", Status.SCORED, 2.0, 3.0),
        ("zero", Status.SCORED, 0.0, 1.0),
        (0.6, Status.SCORED, 1.2, 2.2),
        ("cohort_mean", Status.NOT_APPLICABLE, None, 2.0),  # nobody of the cohort has a score: cannot be computed
    ],
)
def test_every_policy_for_a_zero_denominator(
    on_zero: str | float, status: Status, got: float | None, total: float
) -> None:
    scores = run(a_ratio_tree(on_zero), done=0, cases=0)
    assert scores.status[0, 1] == status
    assert scores.total[0] == total
    if got is None:
        assert np.isnan(scores.scores[0, 1])
    else:
        assert scores.scores[0, 1] == got


def test_cohort_mean_looks_only_at_the_own_cohort() -> None:
    tree = a_tree(
        indicators=[an_indicator(points=1, fields=FIELDS, value="done / cases", on_zero="cohort_mean")],
        cohorts=(a_cohort(code="p"), a_cohort(code="q")),
    )
    figures = [("A", "p", 1, 2), ("B", "p", 1, 1), ("C", "p", 0, 0), ("D", "q", 0, 1)]
    given = [
        a_submission(unit=a_unit(code=code, cohort=cohort), answers={"01-1.done": done, "01-1.cases": cases})
        for code, cohort, done, cases in figures
    ]
    scores = score(tree, tuple(s.unit for s in given), given)
    assert scores.total.tolist() == [0.5, 1.0, 0.75, 0.0]


def test_a_missing_count_is_not_a_zero_denominator() -> None:
    scores = run(a_ratio_tree("full"), done=3, cases=None)
    assert scores.status[0, 1] == Status.MISSING
    assert not scores.by_zero[0, 0]


def test_a_printed_rate_stands_in_for_counts_that_are_not_known() -> None:
    scores = run(a_ratio_tree("zero"), done=None, cases=None, rate=0.6667)
    assert scores.from_rate[0, 0]
    assert scores.scores[0, 1] == 1.33
    assert scores.coverage[0] == 1.0


def test_counts_go_before_a_printed_rate() -> None:
    scores = run(a_ratio_tree("zero"), done=1, cases=2, rate=0.9)
    assert not scores.from_rate[0, 0]
    assert scores.scores[0, 1] == 1.0


def test_a_small_sample_is_flagged() -> None:
    scores = run(a_ratio_tree("zero", small_sample=a_small_sample(of="cases", below=10)), done=3, cases=8)
    assert scores.small[0, 0]
    assert [(p.code, p.place.node) for p in scores.problems if p.code == "R105"] == [("R105", "01-1")]  # type: ignore[union-attr]  # a NodePlace


def test_a_small_sample_can_have_a_rule_of_its_own() -> None:
    small = a_small_sample(of="cases", below=5, value="cases - done", rule=a_rule(kind="deduction", each=0.5, points=2))
    tree = a_ratio_tree("zero", small_sample=small)
    assert run(tree, done=3, cases=4).scores[0, 1] == 1.5  # one lost, 0.5 off
    assert run(tree, done=3, cases=5).scores[0, 1] == 1.2  # at five the ratio counts


def test_nothing_at_all_is_no_small_sample() -> None:
    scores = run(a_ratio_tree("full", small_sample=a_small_sample(of="cases", below=5)), done=0, cases=0)
    assert not scores.small[0, 0]


@pytest.mark.parametrize(
    ("first", "second", "vetoed"),
    [(3, None, True), (None, 2, True), (0, None, False), (None, None, False), (0, 1, True)],
)
def test_a_blank_neither_triggers_nor_hides_a_veto(first: int | None, second: int | None, vetoed: bool) -> None:
    fields = [a_field(code="a", type="count"), a_field(code="b", type="count")]
    rule = {"kind": "deduction", "each": 0.5}
    indicator = an_indicator(fields=fields, value="a + b", rule=rule, vetoes={"V1": "a > 0 or b > 0"})
    tree = a_tree(indicators=[indicator], vetoes=(a_veto(),))
    given = a_submission(unit="A", answers={"01-1.a": first, "01-1.b": second})
    assert bool(score(tree, (given.unit,), [given]).vetoes[0]) is vetoed


def test_a_slash_for_the_printed_rate_beside_full_counts_costs_nothing() -> None:
    given = {"01-1.done": 1, "01-1.cases": 2, "01-1.rate": INVALID, "01-2.x": 0.5}
    scores = score(a_ratio_tree("zero"), (a_unit(code="A"),), [a_submission(unit="A", answers=given)])
    assert scores.status[0, 1] == Status.SCORED
    alone = {"01-1.rate": INVALID, "01-2.x": 0.5}
    scores = score(a_ratio_tree("zero"), (a_unit(code="A"),), [a_submission(unit="A", answers=alone)])
    assert scores.status[0, 1] == Status.INVALID


def test_a_veto_caps_the_grade_and_says_so() -> None:
    indicator = an_indicator(points=100, vetoes={"V1": "x > 0.9"})
    tree = a_tree(indicators=[indicator], vetoes=(a_veto(grade_at_most="良好"),))
    given = [a_submission(unit=code, answers={"01-1.x": x}) for code, x in (("A", 1.0), ("B", 0.9), ("C", None))]
    scores = score(tree, tuple(s.unit for s in given), given)
    assert scores.grades == ("良好", "优秀", "不合格")
    assert scores.grade_reasons[0] == ("veto:V1",)
    assert scores.vetoes == ((("V1", "01-1"),), (), ())
    assert "R107" in [p.code for p in scores.problems]


@pytest.mark.parametrize(("cases", "status"), [(0, Status.NOT_APPLICABLE), (4, Status.SCORED), (None, Status.MISSING)])
def test_a_base_of_zero_is_settled_like_a_zero_denominator(cases: int | None, status: Status) -> None:
    late = an_indicator(
        code="01-1",
        points=2,
        fields=[a_field(code="late", type="count"), a_field(code="cases", type="count")],
        value="late",
        base=parse("cases"),
        on_zero="not_applicable",
        rule={"kind": "deduction", "each": 0.5},
    )
    tree = a_tree(indicators=[late, an_indicator(code="01-2", points=2)])
    scores = run(tree, late=0, cases=cases)
    assert scores.status[0, 1] == status
    assert scores.total[0] == {0: 2.0, 4: 3.0, None: 1.0}[cases]


def test_two_blanks_are_not_equal_figures() -> None:
    fields = [a_field(code="a", type="count"), a_field(code="b", type="count")]
    indicator = an_indicator(fields=fields, value="a / b", on_zero="full", vetoes={"V1": "a == b"})
    tree = a_tree(indicators=[indicator], vetoes=(a_veto(),))
    for answers, vetoed in (({}, False), ({"01-1.a": 2}, False), ({"01-1.a": 2, "01-1.b": 2}, True)):
        given = a_submission(unit="A", answers=answers)
        assert bool(score(tree, (given.unit,), [given]).vetoes[0]) is vetoed


@pytest.mark.parametrize(("value", "x"), [("ln(x)", 0.0), ("x * x", 1e200)])
def test_figures_that_come_to_no_number_are_said(value: str, x: float) -> None:
    indicator = an_indicator(fields=[a_field(code="x", type="amount")], value=value, rule={"kind": "as_given"})
    given = a_submission(unit="A", answers={"01-1.x": x})
    scores = score(a_tree(indicators=[indicator]), (given.unit,), [given])
    assert scores.status[0, 1] == Status.INVALID
    assert np.isnan(scores.scores[0, 1])
    assert [(p.code, p.place) for p in scores.problems if p.code is Code.R119] == [(Code.R119, NodePlace("A", "01-1"))]


def test_a_wrong_cell_of_what_does_not_apply_withholds_nobody() -> None:
    indicators = [
        an_indicator(code="01-1", fields=[a_field(code="x")]),
        an_indicator(code="01-2", fields=[a_field(code="x")], applies_to=("other",)),
    ]
    types = (a_unit_type(code="town"), a_unit_type(code="other"))
    tree = a_tree(indicators=indicators, unit_types=types, policies={"invalid": "withhold"})
    unit = a_unit(code="A", type="town")
    given = a_submission(unit=unit, answers={"01-1.x": 1.0, "01-2.x": INVALID})
    assert not np.isnan(score(tree, (unit,), [given]).total[0])
