"""The trees of tests/schemes: everything that issue after issue brought is compared, and can be changed by parts."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from changes_made import check_made, check_mirrored
from scheme_runs import done

from lawgov_score.model import Scores, Tree
from lawgov_score.pipeline import ScoredAssessment, load_tree
from lawgov_score.revision import Change, Revision, changes_between
from lawgov_score.scoring import score

SCHEMES = Path(__file__).parents[1] / "schemes"
# What each of these has, the next one has not: figures by type, shared figures, repetitions, blocks, blends, registers.
CHAIN = (
    *("c-points-by-type", "a-shared-figures", "c-parallel", "c-blocks", "e-blend-not-applicable", "e-last-places"),
    *("e-vetoes-and-limits", "f-register-lower", "g-not-applicable-by-type", "g-several-together", "h-waived"),
    *("c-risk-classes", "d-when-not-applicable", "c-windows", "c-windows-named", "c-windows-ranked"),
    *("f-strict-lines", "c-points-by-type"),
)


def load(name: str) -> Tree:
    tree, problems = load_tree(SCHEMES / name)
    assert tree is not None, problems
    return tree


def test_the_same_tree_read_twice_has_not_changed() -> None:
    """Nobody's places, and no compiled expression, count as a change."""
    read = 0
    for folder in sorted(SCHEMES.iterdir()):
        tree, again = load_tree(folder)[0], load_tree(folder)[0]
        if tree is not None and again is not None:
            assert changes_between(tree, again) == (), folder.name
            read += 1
    assert read > 80


@pytest.mark.parametrize(("one", "other"), list(pairwise(CHAIN)))
def test_from_any_scheme_to_any_other(one: str, other: str) -> None:
    check_mirrored(load(one), load(other))
    check_made(load(one), load(other))


@pytest.mark.parametrize(("one", "other"), list(pairwise(CHAIN)))
def test_half_way_between_two_schemes_last_years_answers_can_be_scored(one: str, other: str) -> None:
    """Figures by type, shared figures, vetoes, registers: no tree half way asks for what is not there."""
    run = done(SCHEMES / one)
    assert isinstance(run, ScoredAssessment)
    old, submissions = run.scores, [each for each in run.scores.submissions if each is not None]
    revision = Revision(old.tree, load(other))

    def scored(tree: Tree) -> Scores:
        return score(tree, old.units, submissions, old.review, old.previous)

    made: list[Change] = []
    for component in revision.components:
        made += component
        scored(revision.tree_with(component))
        scored(revision.tree_with(made))
    whole, by_new = scored(revision.tree_with(revision.changes)), scored(revision.new)
    np.testing.assert_array_equal(whole.scores, by_new.scores)
    np.testing.assert_array_equal(whole.total, by_new.total)
    assert list(whole.grades) == list(by_new.grades)


@pytest.mark.parametrize("one", [name for name in sorted(set(CHAIN)) if name != "h-waived"])
def test_what_repeats_is_compared_once(one: str) -> None:
    """From a tree of nothing but its head to the scheme: each node of what is written is one thing that was added."""
    tree = load(one)
    added = [change.code for change in changes_between(load("h-waived"), tree) if change.id == "added"]
    assert len(set(added)) == len(added)
    assert not any("@" in code for code in added)
