"""The tree and the roster that a run begins with."""

from pathlib import Path

from lawgov_score import tree
from lawgov_score.model import Roster, Tree
from lawgov_score.problems import Problem
from lawgov_score.workbook.submission import roster
from lawgov_score.workbook.submission.crash_test import files_that_crash


def load_tree(
    path: Path, weights: Path | None = None, *, is_in_use: bool = True
) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree at ``path`` and all its problems; None where it has errors.

    ``weights``: the weight set of a tree that keeps its points apart. Without ``is_in_use`` the tree is judged and not
    used: such a tree may then be looked at without a weight set, and nothing is let through.
    """
    return tree.load(path, weights, needs_points=is_in_use, is_in_use=is_in_use)


def load_roster(path: Path | None, of: Tree) -> tuple[Roster | None, tuple[Problem, ...]]:
    """The roster at ``path``, None where there is none."""
    if path is None:
        return None, ()
    lost = tuple(files_that_crash([path]).values())
    return (None, lost) if lost else roster.read_roster(path, of)
