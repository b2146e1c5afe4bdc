"""The schemes of tests/schemes, with the office's workbooks and last edition that lie there: rehearsed year by year.

Reaches ``pipeline/rehearsal.py``, ``scoring/rehearsal.py``, ``revision/unasked.py``.
"""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from rehearsals_made import check_sums
from scheme_runs import SCHEMES, done

from lawgov_score.model import Tree
from lawgov_score.pipeline import Material, ScoredAssessment, rehearsal_of
from lawgov_score.revision import Revision
from lawgov_score.revision.rehearsal import Rehearsal


def rehearsed(folder: Path, new: Tree) -> Rehearsal:
    """What was read for a scheme, under its own tree and under ``new``."""
    run = done(folder)
    assert isinstance(run, ScoredAssessment)
    own = run.scores
    sent = tuple(one for one in own.submissions if one is not None)
    return rehearsal_of(Revision(own.tree, new), Material(own.tree, own.units, sent, own.review, own.previous))


def a_year_later(tree: Tree) -> Tree:
    """The same scheme for another year."""
    return replace(tree, year=tree.year + 1, edition="another")


@pytest.mark.parametrize("folder", SCHEMES, ids=lambda folder: folder.name)
def test_a_scheme_under_another_year_moves_nobody(folder: Path) -> None:
    run = done(folder)
    assert isinstance(run, ScoredAssessment)
    found = rehearsed(folder, a_year_later(run.tree))
    assert (found.bundles, found.kept, found.left_out, found.without_place) == ((), (), (), {})
    own = run.scores
    for scores in (found.old, found.new):
        assert scores.units == tuple(replace(unit, year=unit.year or own.tree.year) for unit in own.units)
        np.testing.assert_array_equal(scores.scores, own.scores)
        np.testing.assert_array_equal(scores.total, own.total)
        np.testing.assert_array_equal(scores.rank, own.rank)
        assert scores.grades == own.grades
        assert scores.vetoes == own.vetoes
    assert (found.losers, found.winners) == ((), ())


@pytest.mark.parametrize(("one", "other"), list(pairwise(SCHEMES)), ids=lambda folder: folder.name)
def test_from_any_scheme_to_any_other(one: Path, other: Path) -> None:
    """Figures by type, shared figures, repetitions, registers: it comes out even, or says why it does not."""
    new = done(other).tree
    assert new is not None
    found = rehearsed(one, new)
    check_sums(found)
    for each in found.left_out:
        column = found.new.node_column[each.code]
        assert (found.new.points[:, column] == 0).all() or np.isnan(found.new.scores[:, column]).all()
