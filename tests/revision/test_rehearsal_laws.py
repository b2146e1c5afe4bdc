"""Random rounds and edits: shares are those of brute force and come to the difference; a new year moves nobody.

Reaches ``revision/rehearsal.py``, ``revision/unasked.py``, ``scoring/rehearsal.py``, ``pipeline/rehearsal.py``,
``measure/shares.py``.
"""

import copy
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import random_edits
from hypothesis import event, given, settings
from hypothesis import strategies as st
from legible import clipped_cells, ungrouped
from markup import Outline
from random_edits import edited
from random_rounds import Round, by_hypothesis, loaded, round_of, rounds
from random_trees import a_tree
from rehearsals_made import check_sums

from lawgov_score import tables
from lawgov_score.measure.shares import apportioned, shares_of
from lawgov_score.model import Group, Indicator, Node, Roster, Tree, field_key
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.rehearsal_page import rehearsal_page
from lawgov_score.pipeline.assessment import Material
from lawgov_score.pipeline.rehearsal import rehearsal_of
from lawgov_score.revision import Change, Revision
from lawgov_score.revision.rehearsal import Rehearsal
from lawgov_score.revision.unasked import unasked
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import FieldType
from lawgov_score.scoring import score
from lawgov_score.scoring.rehearsal import Rehearser
from lawgov_score.terminal.rehearsal import rehearsal_text
from lawgov_score.wording import Language
from lawgov_score.workbook.rehearsal import write_rehearsal


def rehearsed(round_: Round, new: Tree, roster: Roster | None = None) -> Rehearsal:
    """The round under its own tree and under ``new``, with its ``roster``."""
    read = Material(round_.tree, round_.units, round_.submissions, round_.review, round_.previous)
    return rehearsal_of(Revision(round_.tree, new), read, roster)


def changed(data: Any, round_: Round) -> Tree:
    """The tree of a round with a few edits, four times at most until one of them loads."""
    chance = by_hypothesis(data.draw)
    for _ in range(4):
        new, _ = edited(chance, round_.data, most=12)
        tree, _ = loaded(new)
        if tree is not None:
            return tree
    return round_.tree


SCORING = (
    *(random_edits.rounding, random_edits.claims, random_edits.points, random_edits.veto, random_edits.adjustment),
    *(random_edits.applies, random_edits.kind, random_edits.parameter, random_edits.grade),
)
WHAT_STANDS_WHERE = (
    *(random_edits.added, random_edits.removed, random_edits.renumbered, random_edits.field_added),
    *(random_edits.given_to_another, random_edits.titles_swapped, random_edits.retitled, random_edits.order),
)


def with_other_scores(data: Any, round_: Round) -> Tree:
    """The tree of a round with two to six edits that may move scores, or the codes by which answers are known.

    Those that do not load together are left out.
    """
    chance = by_hypothesis(data.draw)
    new, tree = copy.deepcopy(round_.data), round_.tree
    for edit in (chance.one(*SCORING, *WHAT_STANDS_WHERE) for _ in range(chance.number(2, 6))):
        tried = copy.deepcopy(new)
        if edit(chance, tried):
            with_it, _ = loaded(tried)
            new, tree = (new, tree) if with_it is None else (tried, with_it)
    return tree


@settings(max_examples=40, deadline=None)
@given(rounds(), st.data())
def test_shares_are_those_of_every_order_tried(round_: Round, data: Any) -> None:
    """The oracle: for each order of the changes the trees made and scored one after the other, by the engine itself."""
    plain = replace(
        round_.review, changes=(), marks=()
    )  # those are held at their share of the points: tested elsewhere
    round_ = replace(round_, review=plain)
    found = rehearsed(round_, with_other_scores(data, round_))
    check_sums(found)
    n = len(found.bundles)
    event(f"{n} bundles")
    if n == 0:
        assert not found.losers
        assert not found.winners
        return
    if n > 4:
        return
    assert not any((found.kept, found.partly))  # no edit of these asks more of an item that stays
    event(f"{len(found.left_out)} left out")
    revision = found.revision
    held = tuple(replace(unit, year=unit.year or round_.tree.year) for unit in round_.units)

    known: dict[frozenset[str], FloatArray] = {}

    def total(chosen: list[Change]) -> FloatArray:
        names = frozenset(one.name for one in chosen)
        if names not in known:
            known[names] = scored(chosen)
        return known[names]

    def scored(chosen: list[Change]) -> FloatArray:
        tree = revision.tree_with(chosen)
        tree = for_nobody(tree, not_asked_for(round_.tree, tree, revision.given_away))
        scores = score(tree, held, round_.submissions, round_.review, round_.previous)
        return scores.total[[scores.row_of[unit.code] for unit in found.old.units]]

    orders = list(permutations(range(n)))
    shares = np.zeros((n, len(held)))
    for order in orders:
        made: list[Change] = []
        before = total(made)
        for which in order:
            made += found.bundles[which].changes
            after = total(made)
            shares[which] += (after - before) / len(orders)
            before = after
    event("compared with every order")
    np.testing.assert_allclose(found.exact, shares, atol=1e-9, equal_nan=True)


def not_asked_for(old: Tree, tree: Tree, given_away: frozenset[str]) -> frozenset[str]:
    """The items of ``tree`` that were not in ``old``, by code and title, and those that look at one of them."""
    known = {field_key(one, asked) for one in old.indicators for asked in one.fields}
    found = set()
    for one in tree.indicators:
        base = one.copy_of or one.code
        is_other = base in given_away and old.by_code[one.code].title != one.title
        was = old.by_code.get(one.code)
        is_asked = was is not None or not (one.is_judged or {field_key(one, each) for each in one.deciding} - known)
        if is_other or not is_asked:
            found.add(one.code)
    while more := {one.code for one in tree.indicators if found & {*looked_at(one)}} - found:
        found |= more
    return frozenset(found)


def looked_at(one: Indicator) -> Iterator[str]:
    """The codes of the items whose scores or answers an item is made of."""
    yield from one.refers_to
    yield from (key.rpartition(".")[0] for each in one.expressions for key in each.answers)


def for_nobody(tree: Tree, codes: frozenset[str]) -> Tree:
    """The tree in which some items are for units of a type that nobody is of."""

    def of(node: Node) -> Node:
        if isinstance(node, Group):
            return replace(node, children=tuple(of(child) for child in node.children))
        return replace(node, applies_to=frozenset({"nobody"}), instead=None) if node.code in codes else node

    own = {kind: for_nobody(each, codes) for kind, each in tree.own.items()}
    return replace(tree, children=tuple(of(child) for child in tree.children), own=own)


@settings(max_examples=40, deadline=None)
@given(rounds(), st.data())
def test_the_changes_that_are_tried_come_to_the_new_tree(round_: Round, data: Any) -> None:
    """What is in no bundle moves nothing: with all bundles the scores are those that are shown as the new ones."""
    found = rehearsed(round_, with_other_scores(data, round_))
    revision = found.revision
    tried = [one for bundle in found.bundles for one in bundle.changes]
    tree = revision.tree_with(tried)
    lost = unasked(revision.old, tree, revision.given_away & {one.code for one in tried})
    event(f"{len(lost)} left out")
    rehearser = Rehearser(round_.tree, round_.units, round_.submissions, round_.review, round_.previous)
    scores = rehearser.scored(tree, {one.code for one in lost})
    assert [unit.code for unit in scores.units] == [unit.code for unit in found.new.units]
    np.testing.assert_allclose(scores.total, found.new.total, atol=1e-9, equal_nan=True)
    assert list(scores.rank) == list(found.new.rank)
    assert scores.grades == found.new.grades
    assert {one.code for one in lost} == {one.code for one in found.left_out}


@settings(max_examples=20, deadline=None)
@given(rounds(), st.data())
def test_a_new_title_alone_moves_nobody(round_: Round, data: Any) -> None:
    new = copy.deepcopy(round_.data)
    assert random_edits.retitled(by_hypothesis(data.draw), new)
    tree, errors = loaded(new)
    assert tree is not None, errors
    found = rehearsed(round_, tree)
    assert (found.bundles, found.left_out) == ((), ())
    np.testing.assert_array_equal(found.old.total, found.new.total)


def another_roster(data: Any, units: Roster) -> Roster:
    """The same units, some of another type and in another cohort, some gone, and one that is new."""
    cohorts, types = sorted({unit.cohort for unit in units} | {""}), sorted({unit.type for unit in units})
    found = [
        replace(
            unit, cohort=data.draw(st.sampled_from([unit.cohort, *cohorts])), type=data.draw(st.sampled_from(types))
        )
        for unit in units
        if data.draw(st.integers(0, 5))
    ]
    return (*(found or units[:1]), replace(units[0], code="new"))


@settings(max_examples=15, deadline=None)
@given(rounds(), st.data())
def test_a_roster_of_the_new_tree_is_one_change_more(round_: Round, data: Any) -> None:
    """The oracle scores the units of either roster by itself, in either order with one change of the tree."""
    round_ = replace(round_, review=replace(round_.review, changes=(), marks=()))
    roster = another_roster(data, round_.units)
    found = rehearsed(round_, with_other_scores(data, round_), roster)
    check_sums(found)
    known = {unit.code for unit in roster}
    gone = {unit.code for unit in round_.units} - known
    assert [unit.code in gone for unit in found.old.units] == (found.new_rows < 0).tolist()
    assert all(np.isnan(found.gains[row]) for row, unit in enumerate(found.old.units) if unit.code in gone)
    assert {unit.code for unit in found.new.units} == known - {"new"}
    assert sum(one.has_roster for one in found.bundles) == 1
    n = len(found.bundles)
    event(f"{n} bundles")
    year = round_.tree.year
    before = tuple(replace(unit, year=unit.year or year) for unit in round_.units)
    was = {unit.code: unit for unit in before}
    after = tuple(replace(unit, year=was[unit.code].year) for unit in roster if unit.code in was)
    for subset in range(1 << n) if n < 4 else (1 << n - 1, (1 << n) - 1):
        taken = [bundle for i, bundle in enumerate(found.bundles) if subset >> i & 1]
        units = after if any(bundle.has_roster for bundle in taken) else before
        tree = found.revision.tree_with(one for bundle in taken for one in bundle.changes)
        tree = for_nobody(tree, not_asked_for(round_.tree, tree, found.revision.given_away))
        codes = {unit.code for unit in units}
        sent = tuple(one for one in round_.submissions if one.unit.code in codes)
        scores = score(tree, units, sent, round_.review, round_.previous)
        for row, unit in enumerate(found.old.units):
            at = scores.row_of.get(unit.code)
            expected = (np.nan, np.nan) if at is None else (scores.total[at], scores.rank[at] or np.nan)
            got = found.standings.total[subset, row], found.standings.place[subset, row]
            np.testing.assert_array_equal(got, expected)


def moves_nobody(round_: Round) -> Tree:
    """The round under its own tree of another edition and year: that tree, which moved nobody."""
    data = copy.deepcopy(round_.data)
    data["edition"], data["year"] = "another", data["year"] + 1
    new, errors = loaded(data)
    assert new is not None, errors
    found = rehearsed(round_, new)
    assert found.bundles == ()
    for before, after in ((found.old.total, found.new.total), (found.old.scores, found.new.scores)):
        np.testing.assert_array_equal(before, after)
    assert list(found.old.rank) == list(found.new.rank)
    assert found.old.grades == found.new.grades
    assert (found.losers, found.winners) == ((), ())
    own = round_.scored()
    np.testing.assert_array_equal(found.old.total, own.total)
    assert list(found.old.rank) == list(own.rank)
    assert found.old.grades == own.grades
    return new


@settings(max_examples=25, deadline=None)
@given(rounds())
def test_a_new_edition_and_year_move_nobody(round_: Round) -> None:
    moves_nobody(round_)


def test_nor_do_they_where_dates_are_held_against_due_dates() -> None:
    """Few random rounds have such an item: these are picked. Scored without holding the year, some of them do move."""
    dated = [one for one in map(round_of, range(80)) if any(_has_due_date(each) for each in one.tree.indicators)]
    moving = 0
    for round_ in dated:
        new = moves_nobody(round_)
        again = score(new, round_.units, round_.submissions, round_.review, round_.previous)
        moving += not np.array_equal(again.scores, round_.scored().scores, equal_nan=True)
    assert moving >= 3


def _has_due_date(one: Indicator) -> bool:
    return one.rule.KIND == "late" and any(asked.type is FieldType.DATE for asked in one.fields)


@settings(max_examples=15, deadline=None)
@given(rounds(), st.data())
def test_any_two_trees_can_be_rehearsed(round_: Round, data: Any) -> None:
    """Also those that have only codes in common: what cannot be scored is left out, never 0 for want of a question."""
    new, errors = loaded(a_tree(by_hypothesis(data.draw)))
    assert new is not None, errors
    found = rehearsed(round_, new)
    check_sums(found)
    for one in found.left_out:
        column = found.new.node_column[one.code]
        assert np.isnan(found.new.scores[:, column]).all() or (found.new.points[:, column] == 0).all()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 4), st.integers(1, 4), st.data())
def test_shares_of_any_values_are_the_mean_over_all_orders(causes: int, units: int, data: Any) -> None:
    figures = st.floats(-50, 50, allow_nan=False)
    values = np.array(
        data.draw(
            st.lists(st.lists(figures, min_size=units, max_size=units), min_size=1 << causes, max_size=1 << causes)
        )
    )
    mean = np.zeros((causes, units))
    orders = list(permutations(range(causes)))
    for order in orders:
        subset = 0
        for which in order:
            mean[which] += (values[subset | 1 << which] - values[subset]) / len(orders)
            subset |= 1 << which
    found = shares_of(values)
    np.testing.assert_allclose(found, mean, atol=1e-9)
    if causes:
        totals = np.round(values[-1] - values[0], 2)
        printed = apportioned(found, totals, 2)
        np.testing.assert_allclose(printed.sum(axis=0), totals, atol=1e-9)
        assert (np.abs(printed - found) <= 0.01 + 0.005 + 1e-9).all()


def test_shares_need_every_subset_and_unknown_stays_unknown() -> None:
    with pytest.raises(ValueError, match="3 values"):
        shares_of(np.zeros((3, 1)))
    values = np.array([[1.0, 1.0], [np.nan, 2.0], [2.0, 2.0], [3.0, 3.0]])
    found = shares_of(values)
    assert np.isnan(found[:, 0]).all()
    np.testing.assert_allclose(found[:, 1], [1, 1])
    printed = apportioned(found, np.array([2.0, 2.0]), 2)
    assert np.isnan(printed[:, 0]).all()
    assert printed[:, 1].tolist() == [1.0, 1.0]


def test_what_is_left_by_rounding_goes_to_those_who_lost_most_by_it() -> None:
    thirds = np.full((3, 1), 1 / 3)
    assert apportioned(thirds, np.array([1.0]), 2)[:, 0].tolist() == [0.34, 0.33, 0.33]
    assert apportioned(-thirds, np.array([-1.0]), 2)[:, 0].tolist() == [-0.33, -0.33, -0.34]


@settings(max_examples=12, deadline=None)
@given(rounds(), st.booleans(), st.sampled_from(Language), st.data())
def test_whatever_comes_of_it_can_be_written(round_: Round, is_any: bool, lang: Language, data: Any) -> None:
    """Workbook, page, tables and text of random rehearsals, in both languages; the page is well formed."""
    new = loaded(a_tree(by_hypothesis(data.draw)))[0] if is_any else changed(data, round_)
    assert new is not None
    found = rehearsed(round_, new)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        write_rehearsal(found, path / "x.xlsx", lang)
        tables.write_moves(found, path / "moves.csv")
        tables.write_shares(found, path / "shares.csv", lang)
        moves = (path / "moves.csv").read_text(encoding="utf-8-sig").splitlines()
        assert len(moves) == len(round_.units) + 1
        book = openpyxl.load_workbook(path / "x.xlsx")
        assert [told for sheet in ungrouped(book) for told in clipped_cells(sheet)] == []
    assert Outline(rehearsal_page(Reader(lang), found)).faults == []
    assert rehearsal_text(found, lang)
