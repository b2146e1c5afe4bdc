"""Causes that a reviewer found told wrongly: each change is told by what was changed, with grounds and without."""

from dataclasses import replace
from typing import Any

import everything
import pytest
from builders import a_change, an_entry
from content.test_changes import answering, causes, scored, since
from content.test_grounds import changed

from lawgov_score.measure.ways import Way
from lawgov_score.model import Aggregation, Review, Tree
from lawgov_score.model.changes import Cause
from lawgov_score.rounding import Rounding

ROOT = everything.the_tree().code


def with_other_rule(code: str, share: float) -> Tree:
    """The tree with fewer points at one indicator."""
    tree = everything.the_tree()
    node: Any = tree.by_code[code]
    rule = replace(node.rule, points=node.rule.points * share)
    return changed(tree, code, rule=rule, points=node.points * share)


@pytest.mark.parametrize("with_grounds", [True, False])
def test_the_register_is_not_blamed_for_what_weights_did(with_grounds: bool) -> None:
    """A mean of parts is no sum: what steps of parts leave unexplained is nobody's."""
    tree = everything.the_tree()
    mean = replace(tree, aggregation=Aggregation(Way.MEAN))
    then, now = (scored(tree=mean, submissions=sent) for sent in (answering("U1", A1__1_ok=80), None))
    found = causes(since(now, then, with_grounds=with_grounds), "U1")
    assert found[ROOT] is Cause.FIGURE
    assert set(found.values()) == {Cause.FIGURE}


@pytest.mark.parametrize("with_grounds", [True, False])
def test_a_figure_under_the_same_change_on_review(with_grounds: bool) -> None:
    review = replace(everything.review(), changes=(a_change(7.5, 8.0, unit="U1", indicator="B4-1"),))
    then, now = (scored(review=review, submissions=answering("U1", B4__1_n=n)) for n in (90, 91))
    found = causes(since(now, then, with_grounds=with_grounds), "U1")
    assert found["B4-1"] is Cause.FIGURE


@pytest.mark.parametrize("with_grounds", [True, False])
def test_a_judged_indicator_that_is_worth_other_points(with_grounds: bool) -> None:
    changes = since(scored(tree=with_other_rule("B1-2", 0.5)), with_grounds=with_grounds)
    assert causes(changes, "U1")["B1-2"] is Cause.TREE


def test_marks_that_are_the_same_are_no_cause() -> None:
    """Another rule for the same marks: known only where the marks of then are."""
    tree = everything.the_tree()
    node: Any = tree.by_code["B1-2"]
    now = scored(tree=changed(tree, "B1-2", rounding=Rounding(0 if node.rounding != Rounding(0) else 3)))
    lines = causes(since(now), "U1")
    assert lines.get("B1-2", Cause.TREE) is Cause.TREE


@pytest.mark.parametrize("with_grounds", [True, False])
def test_other_points_are_listed_where_a_unit_has_nothing(with_grounds: bool) -> None:
    then = scored(submissions=answering("U1", B4__1_n=0))
    (own,) = (float(then.scores[then.row_of["U1"], then.node_column["B4-1"]]),)
    now = scored(tree=with_other_rule("B4-1", 0.5), submissions=answering("U1", B4__1_n=0))
    found = causes(since(now, then, with_grounds=with_grounds), "U1")
    assert found["B4-1"] is Cause.TREE, own


@pytest.mark.parametrize("with_grounds", [True, False])
def test_a_figure_in_a_cohort_that_got_another_name(with_grounds: bool) -> None:
    units = [replace(unit, cohort="new") if unit.cohort == "bureaus" else unit for unit in everything.units()]
    now = scored(
        units=units,
        submissions=[
            replace(sent, unit=next(unit for unit in units if unit.code == sent.unit.code))
            for sent in answering("U4", B4__1_n=12)
        ],
    )
    found = causes(since(now, with_grounds=with_grounds), "U4")
    assert found["B4-1"] is Cause.FIGURE
    assert Cause.ROSTER not in {cause for code, cause in found.items() if code != ROOT}


def test_an_entry_that_does_nothing_to_the_total_is_listed() -> None:
    """Its card shows it: a bonus beyond the cap, say."""
    review = everything.review()
    kind = everything.the_tree().adjustments[0]
    level = next(iter(kind.levels), "")
    more = [*review.register, *(an_entry(unit="U3", kind=kind.code, level=level, matter=f"第{i}件") for i in range(9))]
    then, now = (scored(review=replace(review, register=tuple(more[:n]))) for n in (len(more) - 1, len(more)))
    assert causes(since(now, then), "U3")[ROOT] is Cause.REGISTER


def test_the_tree_is_the_cause_where_only_grades_have_other_lines() -> None:
    tree = everything.the_tree()
    highest = replace(tree.grades[0], at_least=0.0)
    now = scored(tree=replace(tree, grades=(highest, *tree.grades[1:]), vetoes=()), review=Review())
    then = scored(tree=replace(tree, vetoes=()), review=Review())
    changes = since(now, then)
    graded = [unit for unit, one, other in zip(now.units, then.grades, now.grades, strict=True) if one != other]
    assert graded
    for unit in graded:
        assert causes(changes, unit.code) == {ROOT: Cause.TREE}
    assert changes.moved == ()
