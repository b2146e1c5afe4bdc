"""What changed between two runs: nothing between a run and itself; one change is told by its cause."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import everything
import pytest
from builders import a_change, a_mark, a_ruling, a_submission, a_unit
from hypothesis import given, settings
from random_rounds import Round, rounds

from lawgov_score import tables
from lawgov_score.content.changes import changes_since
from lawgov_score.content.figure_columns import figure_columns
from lawgov_score.model import Review, Scores, Submission, Tree, Unit
from lawgov_score.model.changes import Cause, Changes, Earlier
from lawgov_score.model.policies import Rescale
from lawgov_score.scoring import score
from lawgov_score.terminal.changes import changes_text
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.earlier_results import read_earlier


def kept(scores: Scores) -> Earlier:
    """A run as it is read back from its own tables."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        tables.write_ranking(scores, folder / "ranking.csv")
        tables.write_scores(scores, folder / "scores.csv", Language.ZH)
        tables.write_figures(scores, folder / "figures.csv")
        earlier, problems = read_earlier(folder, scores.tree)
    assert earlier is not None
    assert problems == ()
    return earlier


def scored(
    tree: Tree | None = None,
    units: Sequence[Unit] | None = None,
    submissions: Sequence[Submission] | None = None,
    review: Review | None = None,
) -> Scores:
    """The round of everything, but for what is given."""
    return score(
        tree or everything.the_tree(),
        tuple(units or everything.units()),
        everything.submissions() if submissions is None else submissions,
        everything.review() if review is None else review,
        everything.previous(),
    )


def answering(unit: str, **changed: object) -> list[Submission]:
    """The submissions, one answer of one unit changed."""
    key, value = next(iter(changed.items()))
    other = a_submission(
        unit=a_unit(code=unit), answers=everything.full_answers({key.replace("__", "-").replace("_", "."): value})
    )
    return [
        replace(sent, answers=other.answers) if sent.unit.code == unit else sent for sent in everything.submissions()
    ]


def since(now: Scores, then: Scores | None = None) -> Changes:
    return changes_since(kept(then or scored()), now)


def causes(changes: Changes, unit: str) -> dict[str, Cause]:
    return {line.code: line.cause for line in changes.lines if line.unit == unit}


@given(rounds())
@settings(max_examples=40)
def test_between_a_run_and_itself_nothing_changed(round: Round) -> None:
    scores = round.scored()
    changes = changes_since(kept(scores), scores)
    assert changes.lines == ()
    assert changes.moved == ()
    assert set(changes.unchanged) == set(changes.untouched) == {unit.code for unit in round.units}


@given(rounds(), rounds())
@settings(max_examples=25)
def test_every_unit_is_listed_once_and_every_score_that_differs(one: Round, two: Round) -> None:
    """Of a round with other answers and another review, over the same tree and roster."""
    now = one.scored()
    then = score(one.tree, one.units, one.submissions[1:], Review(), None)
    changes = changes_since(kept(then), now)
    changed = list(dict.fromkeys(line.unit for line in changes.lines))
    listed = [*changed, *changes.moved, *changes.unchanged]
    assert sorted(listed) == sorted(unit.code for unit in one.units)
    assert set(changes.untouched) <= set(changes.unchanged)
    lines = {(line.unit, line.code): line for line in changes.lines}
    for before, after in zip(text_scores(then), text_scores(now), strict=True):
        assert (before == after) == (before[:2] not in lines or lines[before[:2]].old == lines[before[:2]].new)


def text_scores(scores: Scores) -> list[tuple[str, str, str]]:
    with TemporaryDirectory() as name:
        tables.write_scores(scores, Path(name) / "s.csv", Language.ZH)
        lines = (Path(name) / "s.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return [(cells[0], cells[1], cells[3]) for cells in (line.split(",") for line in lines)]


# ------------------------------------------------- one change at a time


def test_a_figure() -> None:
    changes = since(scored(submissions=answering("U1", A1__1_ok=80)))
    found = causes(changes, "U1")
    assert found["A1-1"] is Cause.FIGURE
    assert found[everything.the_tree().code] is Cause.FIGURE
    assert set(found.values()) == {Cause.FIGURE}
    assert set(changes.untouched) == {"U4", "U5"}  # the bureaus: a cohort of their own


def test_a_figure_that_moves_no_score_is_listed_all_the_same() -> None:
    then = scored(submissions=answering("U1", B4__1_n=90))
    changes = since(scored(submissions=answering("U1", B4__1_n=91)), then)
    (line,) = [line for line in changes.lines if line.unit == "U1" and line.code == "B4-1"]
    assert line.cause is Cause.FIGURE
    assert line.old == line.new


@pytest.mark.parametrize(
    ("other", "unit", "code", "cause"),
    [
        (
            lambda r: replace(r, marks=(a_mark(2.0, unit="U1", indicator="B1-2"), *r.marks[1:])),
            "U1",
            "B1-2",
            Cause.MARK,
        ),
        (lambda r: replace(r, marks=()), "U1", "B1-2", Cause.MARK),
        (lambda r: replace(r, changes=(a_change(7.5, 8.0, unit="U4", indicator="B4-1"),)), "U4", "B4-1", Cause.MARK),
        (
            lambda r: replace(r, rulings=(*r.rulings[1:], a_ruling(False, unit="U2", indicator="A3-1"))),
            "U2",
            "A3-1",
            Cause.RULING,
        ),
        (lambda r: replace(r, register=r.register[2:]), "U1", "", Cause.REGISTER),
        (lambda r: replace(r, register=()), "U1", "", Cause.REGISTER),
    ],
)
def test_what_the_office_adds(other: Callable[[Review], Review], unit: str, code: str, cause: Cause) -> None:
    changes = since(scored(review=other(everything.review())))
    found = causes(changes, unit)
    assert found[code or everything.the_tree().code] is cause
    assert set(found.values()) == {cause}


@pytest.mark.parametrize("policy", list(Rescale))
def test_of_two_things_that_moved_a_total_the_larger_comes_first_and_none_is_left_out(policy: Rescale) -> None:
    """Points taken off by the register, and a mark that is a little better, also where totals are converted."""
    tree = everything.the_tree()
    tree = replace(tree, policies=replace(tree.policies, not_applicable=policy))
    review = everything.review()
    better = replace(review, marks=(a_mark(2.0, unit="U1", indicator="B1-2"), *review.marks[1:]))
    then, marked, both = (
        scored(tree=tree, review=one) for one in (review, better, replace(better, register=review.register[2:]))
    )
    at_top = [line.cause for line in since(marked, then).lines if (line.unit, line.code) == ("U1", tree.code)]
    assert at_top == [Cause.MARK]
    lines = [line for line in since(both, then).lines if line.unit == "U1"]
    assert Cause.MARK in {line.cause for line in lines}
    at_top = [line.cause for line in lines if line.code == tree.code]
    assert Cause.REGISTER in at_top
    by_register = abs(float(both.total[0] - marked.total[0]))
    assert (at_top[0] is Cause.REGISTER) is (by_register > abs(float(marked.total[0] - then.total[0])))
    text = changes_text(since(both, then), both, Language.ZH, is_written=False)
    (of_unit,) = (line for line in text.splitlines() if "U1 " in line and "总分" in line)
    assert "加减分和一票否决登记" in of_unit.partition("；")[0]
    assert "评审打分或复核改分" in of_unit.partition("；")[0]


@pytest.mark.parametrize("is_granted_now", [True, False])
def test_a_ruling_that_moves_the_total_alone_is_its_cause(is_granted_now: bool) -> None:
    """What does not apply is taken out of what the total is converted from: no score at any node moves."""
    tree = everything.the_tree()
    tree = replace(tree, policies=replace(tree.policies, not_applicable=Rescale.TOTAL))
    review = everything.review()
    (granted,) = [one for one in review.rulings if (one.unit, one.indicator) == ("U2", "A3-1")]
    reviews = [
        replace(review, rulings=(replace(granted, is_granted=it),)) for it in (not is_granted_now, is_granted_now)
    ]
    then, now = (scored(tree=tree, review=one) for one in reviews)
    found = causes(since(now, then), "U2")
    assert set(found) >= {tree.code, "A3-1"}
    assert set(found.values()) == {Cause.RULING}


def test_the_tree() -> None:
    tree = everything.the_tree()
    first = next(one for one in tree.indicators if one.code == "B4-1")
    rule: Any = first.rule
    other = replace(first, rule=replace(rule, points=rule.points / 2), points=first.points / 2)

    def swapped(node: object) -> object:
        if node is first:
            return other
        children = getattr(node, "children", ())
        return replace(node, children=tuple(map(swapped, children))) if children else node  # type: ignore[type-var]

    changed = replace(tree, children=tuple(map(swapped, tree.children)))  # type: ignore[arg-type]
    found = causes(since(scored(tree=changed)), "U1")
    assert found["B4-1"] is Cause.TREE
    assert found[tree.code] is Cause.TREE


def test_the_roster() -> None:
    units = everything.units()
    there = [sent for sent in everything.submissions() if sent.unit.code != "U3"]
    root = everything.the_tree().code
    left = since(scored(units=[unit for unit in units if unit.code != "U3"], submissions=there))
    assert [(line.old != "", line.new) for line in left.lines if line.unit == "U3"] == [(True, "")]
    assert causes(left, "U3") == {root: Cause.ROSTER}
    assert left.names["U3"] == "第3镇"
    assert set(left.untouched) == {"U4", "U5"}
    assert {line.cause for line in left.lines} <= {Cause.ROSTER}
    came = changes_since(kept(scored(units=[unit for unit in units if unit.code != "U3"], submissions=there)), scored())
    assert causes(came, "U3") == {root: Cause.ROSTER}
    assert {"U4", "U5"} == set(came.untouched)
    moved = [replace(unit, cohort="bureaus") if unit.code == "U1" else unit for unit in units]
    assert set(causes(since(scored(units=moved)), "U1").values()) <= {Cause.ROSTER}


def test_who_moves_because_others_did() -> None:
    changes = since(scored(submissions=answering("U1", A1__1_ok=1)))
    assert not {"U4", "U5"} & set(changes.moved)
    assert changes.moved or changes.unchanged
    for unit in changes.moved:
        assert causes(changes, unit) == {}


def test_every_number_that_is_kept_has_its_column() -> None:
    scores = everything.a_round()
    columns = list(figure_columns(scores))
    assert len({(code, field) for code, field, _ in columns}) == len(columns)
    assert {code for code, field, _ in columns if not field} == {one.code for one in scores.tree.indicators}
