"""The indicator tree from its YAML files: indicators/*.yaml → Tree: read, checked for shape and meaning, built."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.explanation.scale import scale_phrases
from lawgov_score.model import Tree
from lawgov_score.problems import Problem, by_place, display_path, is_error
from lawgov_score.tree.build import build, fingerprint
from lawgov_score.tree.by_type import View, misfits, told_by_types, unfit, views
from lawgov_score.tree.checks.meaning import check_meaning
from lawgov_score.tree.document import items_of
from lawgov_score.tree.finding import Finding, problem_of
from lawgov_score.tree.folder import is_apart, read_tree
from lawgov_score.tree.notice import load_notice, notice_text
from lawgov_score.tree.once import told_once
from lawgov_score.tree.one_scale import compared
from lawgov_score.tree.source import ON_DISK
from lawgov_score.tree.weights import given_points, with_weight_set
from lawgov_score.wording import Words

__all__ = ["load", "load_notice", "notice_text"]


# Errors when a tree is written; trees in use since before the check existed still load, with a warning.
_LET_THROUGH = frozenset({Code.T251})
_SAID = Words("{parts}", "{parts}")


# Contradictions of points: where they are waived, totals may be out of something else than the scheme prints.
_OF_SCALE = frozenset({Code.T202, Code.T217, Code.T237})


def load(
    path: Path,
    weights: Path | None = None,
    *,
    needs_points: bool = True,
    is_in_use: bool = False,
    contents: Mapping[Path, bytes] = ON_DISK,
) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree at ``path`` (a folder with tree.yaml, or one YAML file) and every problem, sorted by place.

    ``weights`` is the weight set of a tree that keeps its points apart (`weights: apart`). Without one such a tree can
    be linted with ``needs_points=False``: then checks of points are skipped, the missing set is no problem, and the
    returned tree is always None. With ``needs_points`` a set that was not chosen is a problem.

    ``is_in_use``: the tree is to be used, not judged: a fault without effect on any score (T251) is only a warning.

    ``contents``: what files of the tree would hold, in place of what is on the disk.

    Otherwise the tree is None exactly if an error remains. A waived problem comes back as a note. ``Tree.problems`` are
    the same. Never raises, whatever a file holds.
    """
    document, problems = read_tree(path, contents)
    if document.data is None:
        return None, tuple(sorted(problems, key=by_place))
    title = None
    if is_apart(document):
        problems += given_points(document)
    if weights is not None:
        document, title, new_problems = with_weight_set(document, weights)
        problems += new_problems
    is_bare = is_apart(document) and title is None
    if is_bare and needs_points and weights is None:
        problems.append(problem_of(Finding(("weights",), Code.T239, {}, at_key=True), document))
    is_complete = not any(is_error(problem) for problem in problems)
    found = [*misfits(document)]
    unknown = unfit(document, found)
    problems += [problem_of(finding, document) for finding in (*found, *compared(document, unknown))]
    seen = views(document, unknown) or (View((), document),)
    checked = [(view, *check_meaning(view.document, is_complete=is_complete, has_points=not is_bare)) for view in seen]
    names = {str(kind.get("code")): str(kind.get("name")) for _, kind in items_of(document.data, "unit_types")}
    new_problems = told_by_types([(view, found) for view, _, found in checked], names)
    if is_in_use:
        new_problems = [replace(one, is_let_through=True) if one.code in _LET_THROUGH else one for one in new_problems]
    ordered = tuple(sorted(told_once(problems + new_problems, document), key=by_place))
    if is_bare or any(is_error(problem) for problem in ordered):
        return None, ordered
    trees = [(view.types, build(view.document, drafts, ordered, title or "")) for view, drafts, _ in checked]
    built = _whole(trees, fingerprint(document.data))
    ordered = tuple(_with_scale(built, one) for one in ordered)
    built = replace(built, problems=ordered)
    return replace(built, weights_path="" if weights is None else display_path(weights)), ordered


def _whole(trees: list[tuple[tuple[str, ...], Tree]], print_of_all: str) -> Tree:
    """One tree of those that the groups of unit types see: where there are several, it knows each type's own."""
    if len(trees) == 1 and not trees[0][0]:
        return trees[0][1]
    own: dict[str, Tree] = {}
    for kinds, tree in trees:
        own |= dict.fromkeys(kinds, replace(tree, fingerprint=print_of_all, types=kinds))
    return replace(trees[0][1], fingerprint=print_of_all, own=own)


def _with_scale(tree: Tree, problem: Problem) -> Problem:
    """A waived contradiction of points says what the totals of this tree are out of now."""
    said = scale_phrases(tree) if problem.waived and problem.code in _OF_SCALE else ()
    return replace(problem, values={**problem.values, "scale": _SAID(parts=said)}) if said else problem
