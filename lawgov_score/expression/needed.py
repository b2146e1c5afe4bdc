"""Which names an expression needs for each unit: of `if(…)` the branch that is taken, of `first(…)` what is taken.

A blank on a branch that is not taken is not missing. A blank in the condition leaves open which branch is taken, so
the value is missing, unless both branches have the same value. A figure that last edition does not have is not a
blank: `no_previous` decides about it, whatever the branches' values. Of `first(…)` only what is taken is needed, and
all where nothing can be taken. What `blank(…)` asks about is needed (填报率 counts it), and never missing.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lawgov_score.expression.columns import lacks_any, work_out
from lawgov_score.expression.grammar import (
    ASKING,
    FIRST,
    called,
    decides_by_blanks,
    is_if,
    last_edition_in,
    reference,
)
from lawgov_score.rounding import FloatArray

_BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Needed:
    """``missing`` (units,): the unit lacks a name that it needs. ``names``: (units,) by name: which units need it."""

    missing: _BoolArray
    names: Mapping[str, _BoolArray]


def has_branches(body: ast.expr) -> bool:
    """Does the expression have an `if(…)`, `first(…)` or `blank(…)`? If not, every unit needs every name."""
    return decides_by_blanks(body)


def needed_in(body: ast.expr, answers: Mapping[str, FloatArray], size: int) -> Needed:
    """The names that each of ``size`` units needs. ``answers``: one array (units,) for every name; nan is missing."""
    look = _Look(answers, size)
    missing = look.at(body, np.ones(size, dtype=bool))
    return Needed(missing, look.names)


@dataclass
class _Look:
    answers: Mapping[str, FloatArray]
    size: int
    names: dict[str, _BoolArray] = field(default_factory=dict)

    def at(self, node: ast.AST, taken: _BoolArray) -> _BoolArray:
        """(units,): does the unit lack a name that ``node`` needs? ``taken`` (units,): units that evaluate ``node``."""
        name = reference(node) or (node.id if isinstance(node, ast.Name) else None)
        if name is not None:
            self.names[name] = self.names.get(name, np.zeros(self.size, dtype=bool)) | taken
            return np.isnan(self.answers[name])
        if isinstance(node, ast.Call):
            if called(node) in ASKING:
                self.at(node.args[0], taken)
                return np.zeros(self.size, dtype=bool)
            if called(node) == FIRST:
                return self._first(node.args, taken)
            return self._branches(node, taken) if is_if(node) else self._all(node.args, taken)
        return self._all(list(ast.iter_child_nodes(node)), taken)

    def _all(self, nodes: list[ast.expr] | list[ast.AST], taken: _BoolArray) -> _BoolArray:
        missing = np.zeros(self.size, dtype=bool)
        for node in nodes:
            missing |= self.at(node, taken)
        return missing

    def _first(self, args: list[ast.expr], taken: _BoolArray) -> _BoolArray:
        lacks = [lacks_any(arg, self.answers, self.size) for arg in args]
        nothing: _BoolArray = np.logical_and.reduce(lacks)
        before = np.ones(self.size, dtype=bool)
        for arg, lack in zip(args, lacks, strict=True):
            self.at(arg, taken & (nothing | (before & ~lack)))
            before &= lack
        return nothing

    def _branches(self, call: ast.Call, taken: _BoolArray) -> _BoolArray:
        condition, then, otherwise = call.args
        is_open = self.at(condition, taken)
        decided = work_out(condition, self.answers, self.size)
        holds, by_zero = decided.value != 0, decided.by_zero & ~is_open  # `on_zero` gives the value where by_zero
        lacks_then = self.at(then, taken & (is_open | (holds & ~by_zero)))
        lacks_otherwise = self.at(otherwise, taken & (is_open | (~holds & ~by_zero)))
        one, other = (work_out(branch, self.answers, self.size).value for branch in (then, otherwise))
        agree = ~lacks_then & ~lacks_otherwise & (one == other)  # nan (division by zero) is equal to nothing
        for name in last_edition_in(condition):
            agree &= ~np.isnan(self.answers[name])
        return np.where(is_open, ~agree, ~by_zero & np.where(holds, lacks_then, lacks_otherwise))
