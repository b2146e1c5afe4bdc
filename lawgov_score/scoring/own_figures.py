"""Whose points and rules a unit is scored by, where the tree gives them by unit type: columns of figures and scores."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from lawgov_score.model import Roster, Tree
from lawgov_score.rounding import BoolArray, FloatArray, IntArray

Figure = TypeVar("Figure", float, float | None)


@dataclass(frozen=True)
class OwnFigures:
    """The different ``trees`` that units are assessed by, and ``which`` (units,) of them each unit is.

    One tree where all units have the same figures: then every figure is one number.
    """

    trees: tuple[Tree, ...]
    which: IntArray

    @classmethod
    def of(cls, tree: Tree, units: Roster) -> "OwnFigures":
        """Those of a run. A unit of no known type is in the tree of all; ``lack_type`` says which have none."""
        return cls(*tree.assessing([unit.type for unit in units]))

    def figure(self, of: Callable[[Tree], Figure]) -> "Figure | FloatArray":
        """One number where it is the same for all, else (units,) each unit's own."""
        figures = [of(tree) for tree in self.trees]
        if all(one == figures[0] for one in figures):
            return figures[0]
        column: FloatArray = np.array(figures, dtype=np.float64)[self.which]
        return column

    def columns(self, of: Callable[[Tree], FloatArray]) -> FloatArray:
        """(units,): each unit's own entry of the columns that ``of`` makes by each tree."""
        column = of(self.trees[0])
        for i, tree in enumerate(self.trees[1:], start=1):
            column = np.where(self.which == i, of(tree), column)
        return column


def lack_type(tree: Tree, units: Roster) -> BoolArray:
    """(units,): units of no known type, where points or rules differ by type: nobody can say what they are due."""
    if not tree.own:
        return np.zeros(len(units), dtype=bool)
    return np.array([tree.lacks_type(unit.type) for unit in units], dtype=bool)
