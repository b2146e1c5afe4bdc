"""A tree and a notice that came from elsewhere: read first in a process of its own, which is bounded.

A round reads its tree and its notice again and again, as text. So a tree is read here too, once it was good there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.model import Tree
from lawgov_score.problem_data import WRONG, as_truth, problems_data, to_problems
from lawgov_score.problems import Problem, TextPlace, display_path
from lawgov_score.processes.apart import NotReadError, answer_bytes, misread, read_apart
from lawgov_score.tree import load, load_notice


@dataclass(frozen=True, slots=True)
class _Tree:
    """Reads a tree, and tells whether it may be used, and its problems."""

    path: str
    weights: str

    def __call__(self, _: None) -> bytes:
        tree, problems = _loaded(Path(self.path), Path(self.weights) if self.weights else None)
        return answer_bytes([tree is not None, problems_data(problems)])


@dataclass(frozen=True, slots=True)
class _Notice:
    """Reads a notice, and tells its problems."""

    path: str

    def __call__(self, _: None) -> bytes:
        return answer_bytes([True, problems_data(load_notice(Path(self.path))[1])])


def load_tree_apart(path: Path, weights: Path | None = None) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree at ``path`` and its problems, as ``load`` has those of a tree in use; R314 beyond the limits.

    One with errors is not read in this process at all.
    """
    is_good, problems = _told(_Tree(str(path), "" if weights is None else str(weights)), path)
    return _loaded(path, weights) if is_good else (None, problems)


def notice_problems_apart(path: Path) -> tuple[Problem, ...]:
    """The problems of the notice at ``path``, as ``load_notice`` has them; R314 beyond the limits."""
    return _told(_Notice(str(path)), path)[1]


def _loaded(path: Path, weights: Path | None) -> tuple[Tree | None, tuple[Problem, ...]]:
    return load(path, weights, needs_points=True, is_in_use=True)


def _told(work: Callable[[None], bytes], path: Path) -> tuple[bool, tuple[Problem, ...]]:
    place = TextPlace(display_path(path))
    try:
        answer = read_apart(work, place)
        try:
            is_good, problems = answer
            return as_truth(is_good), to_problems(problems)
        except WRONG as error:
            raise misread(place) from error
    except NotReadError as lost:
        return False, (lost.problem,)
