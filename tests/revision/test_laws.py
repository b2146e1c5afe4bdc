"""Random trees and random edits: the changes are exactly the edits, either way, and any part of them can be made.

Reaches ``revision/compare.py``, ``revision/pairs.py``, ``revision/sameness.py``, ``revision/mixed.py``,
``revision/ties.py``.
"""

from typing import Any

import numpy as np
from changes_made import Said, check_made, check_mirrored, said
from hypothesis import event, given, settings
from hypothesis import strategies as st
from random_edits import edited
from random_rounds import Round, by_hypothesis, loaded, rounds
from random_trees import a_tree

from lawgov_score.model import Scores, Tree
from lawgov_score.revision import Change, Revision, changes_between
from lawgov_score.scoring import score


def loads(data: dict[str, Any]) -> Tree:
    tree, errors = loaded(data)
    assert tree is not None, errors
    return tree


@st.composite
def edits(draw: Any) -> tuple[dict[str, Any], Tree, Tree, Said]:
    """A tree as YAML has it; the tree; the same with a few edits; and what has to be said of them."""
    chance = by_hypothesis(draw)
    data = a_tree(chance)
    for _ in range(4):  # an edit may be one that the tree does not allow
        new, expected = edited(chance, data)
        tree, _ = loaded(new)
        if tree is not None and expected:
            return data, loads(data), tree, expected
    return data, loads(data), loads(data), set()


@st.composite
def any_two(draw: Any) -> tuple[Tree, Tree]:
    """Two trees that have nothing in common but their codes."""
    return loads(a_tree(by_hypothesis(draw))), loads(a_tree(by_hypothesis(draw)))


@settings(max_examples=60, deadline=None)
@given(edits())
def test_the_changes_are_exactly_the_edits(case: tuple[dict[str, Any], Tree, Tree, Said]) -> None:
    data, old, new, expected = case
    event(f"{len(expected)} changes")
    assert said(changes_between(old, new)) == expected
    assert changes_between(old, loads(data)) == ()


@settings(max_examples=25, deadline=None)
@given(edits())
def test_what_is_said_one_way_is_said_the_other_way(case: tuple[dict[str, Any], Tree, Tree, Said]) -> None:
    check_mirrored(case[1], case[2])


@settings(max_examples=25, deadline=None)
@given(edits())
def test_every_change_can_be_made_alone(case: tuple[dict[str, Any], Tree, Tree, Said]) -> None:
    check_made(case[1], case[2])


@settings(max_examples=10, deadline=None)
@given(rounds(), st.data())
def test_every_tree_half_way_can_be_scored(round_: Round, data: Any) -> None:
    """Also between two trees that have only codes in common; with all changes the scores are those of the new one."""
    new = loads(a_tree(by_hypothesis(data.draw)))
    revision = Revision(round_.tree, new)

    def scored(tree: Tree) -> Scores:
        return score(tree, round_.units, round_.submissions, round_.review, round_.previous)

    made: list[Change] = []
    for component in revision.components:
        made += component
        for chosen in (component, made):
            scored(revision.tree_with(chosen))
    whole, by_new = scored(revision.tree_with(revision.changes)), scored(new)
    np.testing.assert_array_equal(whole.scores, by_new.scores)
    np.testing.assert_array_equal(whole.total, by_new.total)
    assert (list(whole.rank), list(whole.grades)) == (list(by_new.rank), list(by_new.grades))
    nothing = scored(revision.tree_with(()))
    np.testing.assert_array_equal(nothing.scores, scored(round_.tree).scores)


@settings(max_examples=20, deadline=None)
@given(any_two())
def test_so_it_is_of_any_two_trees(two: tuple[Tree, Tree]) -> None:
    check_mirrored(*two)
    check_made(*two)
