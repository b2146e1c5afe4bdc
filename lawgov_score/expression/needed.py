"""Which names an expression needs, unit by unit: of `if(…)` only the branch that is taken.

A blank on a branch that is not taken is no gap. A blank in the condition leaves open which branch is taken, so the
value is missing, unless both branches come to the same. A figure that last edition does not have is no blank: what
that means, `no_previous` says, whatever the branches come to.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lawgov_score.expression.columns import work_out
from lawgov_score.expression.grammar import is_if, last_edition_in, reference
from lawgov_score.rounding import FloatArray

_BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Needed:
    """``missing`` (units,): something that is needed is missing. ``names``: (units,) where each name is needed."""

    missing: _BoolArray
    names: Mapping[str, _BoolArray]


def has_branches(body: ast.expr) -> bool:
    """Is there any `if(…)`? Without one every name is needed by everyone."""
    return any(is_if(node) for node in ast.walk(body))


def needed_in(body: ast.expr, answers: Mapping[str, FloatArray], size: int) -> Needed:
    """What each of ``size`` units needs. ``answers``: one array (units,) for every name; nan is missing."""
    look = _Look(answers, size)
    missing = look.at(body, np.ones(size, dtype=bool))
    return Needed(missing, look.names)


@dataclass
class _Look:
    answers: Mapping[str, FloatArray]
    size: int
    names: dict[str, _BoolArray] = field(default_factory=dict)

    def at(self, node: ast.AST, taken: _BoolArray) -> _BoolArray:
        """(units,): is something missing that ``node`` needs? ``taken`` (units,): who comes by here at all."""
        name = reference(node) or (node.id if isinstance(node, ast.Name) else None)
        if name is not None:
            self.names[name] = self.names.get(name, np.zeros(self.size, dtype=bool)) | taken
            return np.isnan(self.answers[name])
        if isinstance(node, ast.Call):
            return self._branches(node, taken) if is_if(node) else self._all(node.args, taken)
        return self._all(list(ast.iter_child_nodes(node)), taken)

    def _all(self, nodes: list[ast.expr] | list[ast.AST], taken: _BoolArray) -> _BoolArray:
        missing = np.zeros(self.size, dtype=bool)
        for node in nodes:
            missing |= self.at(node, taken)
        return missing

    def _branches(self, call: ast.Call, taken: _BoolArray) -> _BoolArray:
        condition, then, otherwise = call.args
        is_open = self.at(condition, taken)
        decided = work_out(condition, self.answers, self.size)
        holds, by_zero = decided.value != 0, decided.by_zero & ~is_open  # then the value is what `on_zero` says
        lacks_then = self.at(then, taken & (is_open | (holds & ~by_zero)))
        lacks_otherwise = self.at(otherwise, taken & (is_open | (~holds & ~by_zero)))
        one, other = (work_out(branch, self.answers, self.size).value for branch in (then, otherwise))
        agree = ~lacks_then & ~lacks_otherwise & (one == other)  # nan, what divides by zero, is equal to nothing
        for name in last_edition_in(condition):
            agree &= ~np.isnan(self.answers[name])
        return np.where(is_open, ~agree, ~by_zero & np.where(holds, lacks_then, lacks_otherwise))
