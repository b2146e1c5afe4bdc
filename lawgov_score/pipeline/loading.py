"""Loading the tree, the roster and the notice at the start of a run."""

from pathlib import Path

from lawgov_score import tree
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.model import Roster, Tree
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.problems import Problem
from lawgov_score.workbook.submission import roster
from lawgov_score.workbook.submission.crash_test import files_that_crash
from lawgov_score.workbook.submission.roster_apart import read_roster_apart


def load_tree(
    path: Path, weights: Path | None = None, *, is_in_use: bool = True
) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree at ``path`` and all its problems; None if it has errors.

    ``weights``: the weight set of a tree that keeps its points apart. Without ``is_in_use`` the tree is judged and not
    used: then it needs no weight set, and no error is downgraded.
    """
    return tree.load(path, weights, needs_points=is_in_use, is_in_use=is_in_use)


def load_roster(path: Path | None, of: Tree, names: Names = AS_GIVEN) -> tuple[Roster | None, tuple[Problem, ...]]:
    """The roster at ``path``; None without a path. ``names``: of the files, for problems."""
    if path is None:
        return None, ()
    lost = tuple(files_that_crash([path], names=names).values())
    return (None, lost) if lost else roster.read_roster(path, of, names(path))


def roster_table(path: Path, of: Tree, units: Roster) -> bytes:
    """The roster at ``path``, a workbook of which ``units`` were read, as a .csv of which the same are read.

    Raises ``CannotWriteError``.
    """
    return _same(roster.roster_table(path), of, units)


def load_roster_apart(path: Path, of: Tree) -> tuple[Roster | None, tuple[Problem, ...], bytes]:
    """The roster at ``path``, which is opened in a bounded process alone (R314 where that fails), and its problems.

    With them ``roster_table``, where it is a workbook without errors. Raises ``CannotWriteError``.
    """
    units, problems, table = read_roster_apart(path, of)
    return units, problems, _same(table, of, units) if table else b""


def _same(table: bytes, of: Tree, units: Roster) -> bytes:
    """A table of which just these units are read."""
    with temporary_folder("lawgov-roster-") as folder:
        copy = folder / "roster.csv"
        with refusing(folder):
            copy.write_bytes(table)
        again, problems = roster.read_roster(copy, of)
    assert again == units, problems
    return table


def load_notice(path: Path | None) -> tuple[Notice, tuple[Problem, ...]]:
    """The notice at ``path``; without a path everything in it is blank."""
    return (NO_NOTICE, ()) if path is None else tree.load_notice(path)


def notice_text(notice: Notice) -> str:
    """A notice as ``load_notice`` reads it again."""
    return tree.notice_text(notice)
