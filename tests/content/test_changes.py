"""What changed between two runs: nothing between a run and itself; one change is told by its cause.

Reaches ``content/differences.py`` and ``content/causes.py``.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import everything
import pytest
from builders import INVALID, a_change, a_mark, a_ruling, a_submission, a_unit, an_answer
from hypothesis import given, settings
from hypothesis import strategies as st
from random_rounds import Round, shared_rounds

from lawgov_score import tables
from lawgov_score.content.changes import changes_since
from lawgov_score.content.figure_columns import figure_columns
from lawgov_score.content.grounds import grounds_of
from lawgov_score.model import Review, Scores, Submission, Tree, Unit
from lawgov_score.model.changes import Cause, ChangedScore, Changes, Earlier, Grounds
from lawgov_score.model.notice import NO_NOTICE
from lawgov_score.model.policies import Invalid, Missing, Rescale
from lawgov_score.scoring import score
from lawgov_score.terminal.changes import changes_text
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.earlier_results import read_earlier


def grounds(scores: Scores) -> Grounds:
    return grounds_of(scores, {}, NO_NOTICE, Language.ZH)


def kept(scores: Scores, *, with_grounds: bool = True) -> Earlier:
    """A run as it is read back from its own tables; without grounds as versions before 0.6.0 kept it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        tables.write_ranking(scores, folder / "ranking.csv")
        tables.write_scores(scores, folder / "scores.csv", Language.ZH)
        tables.write_figures(scores, folder / "figures.csv")
        if with_grounds:
            tables.write_grounds(grounds(scores), folder / "grounds.csv")
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


def since(now: Scores, then: Scores | None = None, *, with_grounds: bool = True) -> Changes:
    return changes_since(kept(then or scored(), with_grounds=with_grounds), now, grounds(now))


def causes(changes: Changes, unit: str) -> dict[str, Cause]:
    return {line.code: line.cause for line in changes.lines if line.unit == unit}


@given(shared_rounds(), st.booleans())
@settings(max_examples=40)
def test_between_a_run_and_itself_nothing_changed(round: Round, with_grounds: bool) -> None:
    scores = round.scored()
    changes = since(scores, scores, with_grounds=with_grounds)
    assert changes.lines == ()
    assert changes.moved == ()
    assert set(changes.unchanged) == {unit.code for unit in round.units}
    assert set(changes.untouched) == (set(changes.unchanged) if with_grounds else set())
    assert changes.anew == ()
    assert changes.of_all == ()


def other(round: Round, draw: st.DataObject) -> Scores:
    """The same round before somebody changed one thing, or several."""
    which = draw.draw(
        st.sets(st.sampled_from(["submission", "review", "name", "cohort", "unit", "grades", "previous"]))
    )
    tree, units, sent, review = round.tree, round.units, round.submissions, round.review
    if "submission" in which:
        sent = sent[1:]
    if "review" in which:
        review = draw.draw(
            st.sampled_from([Review(), replace(review, marks=review.marks[1:]), replace(review, register=())])
        )
    if "name" in which:
        units = (replace(units[0], name="旧名"), *units[1:])
    if "cohort" in which:
        units = (*units[:-1], replace(units[-1], cohort="c1" if units[-1].cohort == "c2" else "c2"))
    if "unit" in which and len(units) > 1:
        units = units[1:]
        sent = tuple(each for each in sent if each.unit.code != round.units[0].code)
    if "grades" in which:
        tree = replace(tree, grades=tuple(replace(grade, name=f"旧{grade.name}") for grade in tree.grades))
        tree = replace(
            tree, vetoes=tuple(replace(veto, grade_at_most="", bars=()) for veto in tree.vetoes), fingerprint="other"
        )
    codes = {unit.code for unit in units}
    sent = tuple(replace(each, unit=next(u for u in units if u.code == each.unit.code)) for each in sent)
    review = replace(
        review,
        **{
            name: tuple(each for each in getattr(review, name) if each.unit in codes)
            for name in ("marks", "changes", "rulings", "register")
        },
        answers={unit: answers for unit, answers in review.answers.items() if unit in codes},
    )
    return score(tree, units, sent, review, None if "previous" in which else round.previous)


@given(shared_rounds(), st.data(), st.booleans())
@settings(max_examples=30)
def test_everybody_is_listed_once_and_where_it_belongs(round: Round, data: st.DataObject, with_grounds: bool) -> None:
    """Whose score, place, grade, cohort or name is another one has a line or is said to have moved with others; who is
    said to be as before has the same rows as before; a total changed by what a node did, by the register, the roster or
    the tree."""
    then, now = other(round, data), round.scored()
    changes = since(now, then, with_grounds=with_grounds)
    of_unit = {unit: list(lines) for unit, lines in groupby(changes.lines, lambda line: line.unit)}
    assert sorted([*of_unit, *changes.moved, *changes.unchanged]) == sorted(
        {unit.code for unit in (*now.units, *then.units)}
    )
    before, after = rankings(then), rankings(now)
    rows_before, rows_after = text_scores(then), text_scores(now)
    root = now.tree.code
    for unit in after:
        if before.get(unit) != after[unit]:
            assert unit in of_unit or unit in changes.moved
        if unit in changes.unchanged:
            assert before[unit] == after[unit]
        if unit in (*changes.unchanged, *changes.moved):
            assert rows_before[unit] == rows_after[unit]
        elif unit in before:
            differing = {code for code, cells in rows_after[unit].items() if cells != rows_before[unit].get(code)}
            lines = {line.code: line for line in of_unit[unit]}
            assert differing <= set(lines)
            for code in differing - {root}:
                assert lines[code].old == rows_before[unit][code][1]
                assert lines[code].new == rows_after[unit][code][1]
            if root in lines:
                own = {line.cause for code, line in lines.items() if code != root}
                may_be = own | {Cause.REGISTER, Cause.ROSTER, Cause.TREE}
                if now.vetoes[now.row_of[unit]] or then.vetoes[then.row_of[unit]] or now.tree.rule is not None:
                    may_be.add(Cause.FIGURE)  # its own figures strike a veto, or the total is compared with others'
                assert lines[root].cause in may_be
    for unit in changes.moved:  # somebody else in the cohort, now or then, has a line
        cohorts = {before[unit][1], after[unit][1]}
        others = {name for one in of_unit for table in (before, after) if one in table for name in (table[one][1],)}
        assert cohorts & others
    assert set(changes.untouched) <= set(changes.unchanged)
    assert set(changes.untouched).isdisjoint(changes.anew)
    assert bool(changes.untouched) <= with_grounds


def rankings(scores: Scores) -> dict[str, tuple[str, ...]]:
    """By unit, what ranking.csv says: name, cohort, score, place, grade."""
    with TemporaryDirectory() as name:
        tables.write_ranking(scores, Path(name) / "r.csv")
        lines = (Path(name) / "r.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return {cells[0]: tuple(cells[1:6]) for cells in (line.split(",") for line in lines)}


def text_scores(scores: Scores) -> dict[str, dict[str, tuple[str, ...]]]:
    """By unit and node, what scores.csv says: points, score, status."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    with TemporaryDirectory() as name:
        tables.write_scores(scores, Path(name) / "s.csv", Language.ZH)
        lines = (Path(name) / "s.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    for cells in (line.split(",") for line in lines):
        found.setdefault(cells[0], {})[cells[1]] = tuple(cells[2:5])
    return found


# ------------------------------------------------- one change at a time


def test_a_figure() -> None:
    changes = since(scored(submissions=answering("U1", A1__1_ok=80)))
    found = causes(changes, "U1")
    assert found["A1-1"] is Cause.FIGURE
    assert found[everything.the_tree().code] is Cause.FIGURE
    assert set(found.values()) == {Cause.FIGURE}
    assert set(changes.untouched) == {"U4", "U5"}  # the bureaus: a cohort of their own


def test_a_sum_names_whose_figures_moved_it_in_the_file_as_on_the_screen(tmp_path: Path) -> None:
    """Figures that the office fills in itself (B1-1), those of the unit (A1-1), or both."""
    tree, now = everything.the_tree(), scored()
    office, own = "考核机关填报", "填报值"

    def lines(*codes: str) -> tuple[ChangedScore, ...]:
        return tuple(ChangedScore("U1", code, "1", "2", Cause.FIGURE) for code in codes)

    for of, total, groups in (
        (lines(tree.code, "B", "B1", "B1-1"), office, {"B": office, "B1": office, "B1-1": office}),
        (lines(tree.code, "A", "A1-1", "B", "B1-1"), f"{own}、{office}", {"A": own, "B": office}),
        (lines(tree.code), own, {}),
    ):
        changes = replace(since(now), lines=of, unchanged=())
        tables.write_changes(changes, tree, tmp_path / "changes.csv", Language.ZH)
        with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
            words = {row["code"]: row["cause_name"] for row in csv.DictReader(file)}
        assert words[tree.code] == total
        assert {code: words[code] for code in groups} == groups
        assert f"总分 1 → 2（{total}）" in changes_text(changes, now, Language.ZH, is_written=True)


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
    assert "评审打分或改分" in of_unit.partition("；")[0]


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


@pytest.mark.parametrize("with_grounds", [True, False])
def test_a_total_that_is_not_there_for_another_reason_has_its_line(*, with_grounds: bool) -> None:
    """Nothing was sent, and then something nobody can read: neither run has a total, and scores.csv says two things."""
    tree = everything.the_tree()
    tree = replace(
        tree,
        policies=replace(tree.policies, missing=Missing.EXCLUDE, invalid=Invalid.WITHHOLD),
        children=tree.children[:1],
    )
    tree = replace(tree, points=tree.children[0].points)
    illegible = an_answer(INVALID, printed="约3", path="U1.xlsx")
    then = scored(tree, submissions=[], review=Review())
    now = scored(tree, submissions=answering("U1", A1__1_ok=illegible), review=Review())
    assert [text_scores(each)["U1"][tree.code][1:] for each in (then, now)] == [("", "missing"), ("", "invalid")]
    line = next(each for each in since(now, then, with_grounds=with_grounds).lines if each.unit == "U1")
    assert (line.code, line.old, line.new, line.cause) == (tree.code, "", "", Cause.FIGURE)


def test_a_total_out_of_something_else_has_its_line() -> None:
    tree = everything.the_tree()
    other = replace(tree, points=tree.points + 20, out_of=None)
    then, now = scored(tree, submissions=[]), scored(other, submissions=[])
    assert rankings(then) == rankings(now)
    assert causes(since(now, then), "U1") == {tree.code: Cause.TREE}


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
    assert {line.cause for line in left.lines} == {Cause.ROSTER}
    came = since(scored(), scored(units=[unit for unit in units if unit.code != "U3"], submissions=there))
    assert causes(came, "U3") == {root: Cause.ROSTER}
    assert {"U4", "U5"} == set(came.untouched)
    moved = [replace(unit, cohort="bureaus") if unit.code == "U1" else unit for unit in units]
    changes = since(scored(units=moved))
    assert causes(changes, "U1")[root] is Cause.ROSTER
    assert changes.untouched == ()  # it left one cohort, and came to the other


def test_a_cohort_with_another_name_is_the_same_cohort() -> None:
    units = [replace(unit, cohort="new") if unit.cohort == "bureaus" else unit for unit in everything.units()]
    changes = since(scored(units=units))
    root = everything.the_tree().code
    for unit in ("U4", "U5"):
        assert causes(changes, unit) == {root: Cause.ROSTER}
    assert changes.moved == ()
    assert set(changes.unchanged) == {"U1", "U2", "U3"}


def test_who_moves_because_others_did() -> None:
    """U1 answers nothing: others of its cohort go up, and have done nothing for it."""
    sent = [one for one in everything.submissions() if one.unit.code != "U1"]
    now, then = scored(), scored(submissions=sent)
    changes = since(now, then)
    before, after = rankings(then), rankings(now)
    own = {line.unit for line in changes.lines}
    there = {unit for unit in after if before[unit][3:] != after[unit][3:]} - own
    assert set(changes.moved) == there
    assert not {"U4", "U5"} & set(changes.moved)


def test_every_number_that_is_kept_has_its_column() -> None:
    scores = everything.a_round()
    columns = list(figure_columns(scores))
    assert len({(code, field) for code, field, _ in columns}) == len(columns)
    assert {code for code, field, _ in columns if not field} == {one.code for one in scores.tree.indicators}
