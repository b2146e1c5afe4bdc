"""indicators/*.yaml → Tree: read, checked for shape and meaning, built."""

from pathlib import Path

from lawgov_score.model import Tree
from lawgov_score.problems import Problem, by_place, is_error
from lawgov_score.tree.build import build
from lawgov_score.tree.folder import read_tree
from lawgov_score.tree.meaning import check_meaning

__all__ = ["load"]


def load(path: Path) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree at ``path`` (a folder with tree.yaml, or one YAML file) and every problem, sorted by place.

    The tree is None exactly where an error remains. A waived problem comes back as a note and stands in
    ``Tree.waived`` too. Never raises for what a file may hold.
    """
    document, problems = read_tree(path)
    if document.data is None:
        return None, tuple(sorted(problems, key=by_place))
    is_complete = not any(is_error(problem) for problem in problems)
    drafts, found = check_meaning(document, is_complete=is_complete)
    ordered = tuple(sorted(problems + found, key=by_place))
    if any(is_error(problem) for problem in ordered):
        return None, ordered
    return build(document, drafts, tuple(problem for problem in ordered if problem.waived)), ordered
