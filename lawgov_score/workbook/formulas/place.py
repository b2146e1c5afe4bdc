"""Place and grade as formulas: what cards and scorecards have in common."""

from collections.abc import Sequence

import numpy as np

from lawgov_score.model import Scores, Tree
from lawgov_score.rounding import DUST_DECIMALS, BoolArray, IntArray
from lawgov_score.rules.cells import number, rounded
from lawgov_score.rules.lines import claim


def exact(cell: str) -> str:
    """A total as places compare it: without float dust."""
    return f"ROUND({cell},{DUST_DECIMALS})"


def is_ahead(tree: Tree) -> str:
    """The comparison sign by which another unit's total is better than one's own."""
    return "<" if tree.policies.lower_is_better else ">"


def has_no_formula(scores: Scores, peers: BoolArray) -> bool:
    """Does anything beyond totals decide the place of one of ``peers`` (units,): a veto that ranks a unit last?"""
    return bool(scores.ranked_last.any() and (scores.ranked_last & peers).any())


def tied_ahead(scores: Scores, member: int, peers: BoolArray, ranks: IntArray) -> int:
    """How many of ``peers`` (units,) have the unit's own total but a better place, by tie-breakers."""
    totals = scores.placed
    return int((peers & (totals == totals[member]) & (ranks < ranks[member])).sum())


def after_ties(ahead: str, own: str, total: float, tied: int) -> str:
    """A place that counts units ahead and, for the published total, units ahead by tie-breakers."""
    return f"{ahead}+IF({own}={number(total)},{tied},0)" if tied else ahead


def is_gapless_told(scores: Scores, peers: BoolArray) -> bool:
    """For places without gaps: do totals alone determine them? Not if equal totals have different places."""
    known = scores.placed[peers]
    return not scores.tree.policies.tie_breakers or len(np.unique(known)) == len(known)


def ladder(tree: Tree, figure: str, lines: Sequence[float], outcomes: Sequence[str], none: str) -> str:
    """The formula that picks from ``outcomes`` by the grade that the figure reaches; the last one is for no grade.

    ``none``: the result if there is no figure.
    """
    rounding = tree.grade_rounding
    shown = f"ROUND({figure},{DUST_DECIMALS})" if rounding is None else rounded(figure, rounding)
    formula = outcomes[-1]
    for i in reversed(range(len(tree.grades))):
        formula = f"IF({claim(tree.grades[i].key, shown, lines[i])},{outcomes[i]},{formula})"
    return f"IF(ISNUMBER({figure}),{formula},{none})"


def quoted(name: str) -> str:
    """A name as a text literal in a formula."""
    return '"' + name.replace('"', '""') + '"'
