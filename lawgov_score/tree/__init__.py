"""indicators/*.yaml → Tree: read, checked for shape and meaning, built."""

from dataclasses import replace
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.model import Tree
from lawgov_score.problems import Problem, by_place, is_error
from lawgov_score.tree.build import build
from lawgov_score.tree.checks.meaning import check_meaning
from lawgov_score.tree.finding import Finding, problem_of
from lawgov_score.tree.folder import is_apart, read_tree
from lawgov_score.tree.weights import given_points, with_weight_set

__all__ = ["load"]


# Refused when a tree is written; trees that were in use before the check was there still load, with a warning.
_LET_THROUGH = frozenset({Code.T251})


def load(
    path: Path, weights: Path | None = None, *, needs_points: bool = True, is_in_use: bool = False
) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree at ``path`` (a folder with tree.yaml, or one YAML file) and every problem, sorted by place.

    ``weights`` is the weight set of a tree that keeps its points apart (`weights: apart`). Without one such a tree
    can be linted with ``needs_points=False``: what points would tell is then not looked at, no set is missed, and the
    tree that comes back is None however clean it is. With ``needs_points`` that a set was not chosen is a problem.

    ``is_in_use``: the tree is to be used, not judged: what has no effect on any score (T251) is let through with a
    warning.

    The tree is None exactly where an error remains, that one case excepted. A waived problem comes back as a note
    and stands in ``Tree.waived`` too. Never raises for what a file may hold.
    """
    document, problems = read_tree(path)
    if document.data is None:
        return None, tuple(sorted(problems, key=by_place))
    title = None
    if is_apart(document):
        problems += given_points(document)
    if weights is not None:
        document, title, found = with_weight_set(document, weights)
        problems += found
    is_bare = is_apart(document) and title is None
    if is_bare and needs_points and weights is None:
        problems.append(problem_of(Finding(("weights",), Code.T239, {}, at_key=True), document))
    is_complete = not any(is_error(problem) for problem in problems)
    drafts, found = check_meaning(document, is_complete=is_complete, has_points=not is_bare)
    if is_in_use:
        found = [replace(one, is_let_through=True) if one.code in _LET_THROUGH else one for one in found]
    ordered = tuple(sorted(problems + found, key=by_place))
    if is_bare or any(is_error(problem) for problem in ordered):
        return None, ordered
    return build(document, drafts, tuple(problem for problem in ordered if problem.waived), title or ""), ordered
