"""Expression: a parsed expression with the names in it, its evaluation, and its spreadsheet formula."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from lawgov_score.expression import sheet
from lawgov_score.expression.certain import Bounds, at_odds, certain, possible
from lawgov_score.expression.columns import Result, work_out
from lawgov_score.expression.grammar import (
    ASKING,
    FIRST,
    PARTIAL,
    TO_PLACES,
    BadExpressionError,
    Statistic,
    called,
    column_of,
    is_division,
    names_in,
    places_of,
    read,
    statistic_of,
)
from lawgov_score.expression.measures import Measure, measure_of
from lawgov_score.expression.needed import has_branches, needed_in
from lawgov_score.expression.worded import Case, Nouns, cases_of, condition_words, summed, value_words, zero_words
from lawgov_score.rounding import FloatArray
from lawgov_score.wording import Phrase

BoolArray = npt.NDArray[np.bool_]
_WHOLE_PERCENT = 2  # decimals of a share
_NO_TESTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression: its text, the names in it, and its parsed body."""

    text: str
    names: tuple[str, ...]
    columns: Mapping[str, int]  # column where each name first occurs, from 0
    divides: bool
    has_branches: bool  # is there any `if(…)`, `first(…)` or `blank(…)`, so that not everybody needs every name?
    _body: ast.expr

    def evaluate(self, answers: Mapping[str, FloatArray], missing: BoolArray | None = None) -> Result:
        """The value of every unit at once. ``answers``: one array (units,) per name; nan is missing.

        A unit that lacks a name it needs (``needed``) has no value, and is not ``by_zero``. An expression without
        names has one row. ``missing`` (units,): who lacks one, where the caller knows.
        """
        columns = [answers[name] for name in self.names]
        size = len(columns[0]) if columns else 1
        result = work_out(self._body, answers, size)
        if self.is_name:
            return result  # a single column is returned as it is: missing answers are nan already
        if missing is None:
            missing = self.missing(answers)
        result.value[missing] = np.nan
        result.by_zero[missing] = False
        return result

    def missing(self, answers: Mapping[str, FloatArray]) -> BoolArray:
        """(units,): does the unit lack a name that it needs? ``answers`` as for ``evaluate``."""
        size = len(answers[self.names[0]]) if self.names else 1
        if self.has_branches:
            return needed_in(self._body, answers, size).missing
        if not self.names:
            return np.zeros(size, dtype=bool)
        missing: BoolArray = np.isnan(answers[self.names[0]])
        for name in self.names[1:]:
            missing |= np.isnan(answers[name])
        return missing

    def needed(self, answers: Mapping[str, FloatArray]) -> Mapping[str, BoolArray]:
        """(units,) by name: which units need it, of `if(…)` only the branch taken; ``answers`` as for ``evaluate``."""
        size = len(answers[self.names[0]]) if self.names else 1
        if self.has_branches:
            return needed_in(self._body, answers, size).names
        return dict.fromkeys(self.names, np.ones(size, dtype=bool))

    def is_certain(self, bounds: Mapping[str, Bounds]) -> BoolArray:
        """(units,): is the condition true for all values of its names within ``bounds`` (lowest, highest; (units,))?"""
        return certain(self._body, bounds, len(bounds[self.names[0]][0]) if self.names else 1)

    def is_possible(self, bounds: Mapping[str, Bounds]) -> BoolArray:
        """(units,): may the condition be true for some value of its names within ``bounds``?"""
        return possible(self._body, bounds, len(bounds[self.names[0]][0]) if self.names else 1)

    def measure(self, names: Mapping[str, Measure]) -> Measure:
        """What its value is measured in; ``names``: what its names are measured in."""
        return measure_of(self._body, names)

    def words(self, nouns: Nouns) -> Phrase:
        """The expression in words; ``nouns`` gives each name as people read it."""
        return value_words(self._body, nouns)

    def cases(self, nouns: Nouns) -> tuple[Case, ...]:
        """Of an expression that is one `if(…)`: its lines in words, the last one without a condition; else none."""
        return cases_of(self._body, nouns)

    def condition(self, nouns: Nouns, *, is_above: bool = False) -> Phrase:
        """When its value is yes, in words: anything but 0, or (``is_above``) more than 0."""
        body = ast.Compare(self._body, [ast.Gt()], [ast.Constant(0)]) if is_above else self._body
        return condition_words(body, nouns)

    def zero(self, nouns: Nouns) -> Phrase:
        """When one of its denominators is 0, in words; of an expression that does not divide, when it is 0 itself."""
        return zero_words(self._denominators or (self._body,), nouns)

    @property
    def counted(self) -> tuple[str, ...]:
        """The fields whose sum is the only denominator, or the expression itself; empty where it is no such sum."""
        [one, *others] = self._denominators or (self._body,)
        parts = summed(one)
        names = tuple(part.id for part in parts if isinstance(part, ast.Name))
        return names if not others and len(names) == len(parts) > 1 else ()

    @property
    def is_ratio(self) -> bool:
        """Is it one field divided by another?"""
        body = self._body
        if not isinstance(body, ast.BinOp) or not isinstance(body.op, ast.Div):
            return False
        return isinstance(body.left, ast.Name) and isinstance(body.right, ast.Name)

    @property
    def _denominators(self) -> tuple[ast.expr, ...]:
        divisions = [node.right for node in ast.walk(self._body) if isinstance(node, ast.BinOp) and is_division(node)]
        return tuple({ast.dump(one): one for one in divisions}.values())

    @property
    def meaning(self) -> str:
        """What it calculates, however it is typed: the same for two texts that mean the same arithmetic."""
        return ast.dump(self._body)

    @property
    def is_name(self) -> bool:
        """Is it a single field, so that the value is what stands there?"""
        return isinstance(self._body, ast.Name)

    @property
    def only(self) -> str:
        """The field that is the value by itself, as it stands or with ``not`` before it; empty if there is none."""
        body = self._body
        while isinstance(body, ast.UnaryOp) and isinstance(body.op, ast.Not):
            body = body.operand
        return body.id if isinstance(body, ast.Name) else ""

    @property
    def is_negated(self) -> bool:
        """Does it say ``not`` of what it is about?"""
        body, negated = self._body, False
        while isinstance(body, ast.UnaryOp) and isinstance(body.op, ast.Not):
            body, negated = body.operand, not negated
        return negated

    @property
    def fields(self) -> tuple[str, ...]:
        """The plain names: fields of the indicator."""
        return tuple(name for name in self.names if name.isidentifier())

    @property
    def is_condition(self) -> bool:
        """Is it a comparison, a logical operation (and, or, not) or `blank(…)`, so that its value is yes or no?"""
        body = self._body
        negated = isinstance(body, ast.UnaryOp) and isinstance(body.op, ast.Not)
        return negated or isinstance(body, (ast.Compare, ast.BoolOp)) or called(body) in ASKING

    @property
    def asks_for_blanks(self) -> bool:
        """Does it say what holds where something is blank: `blank`, `answered`, `first`?"""
        return any(called(node) in {FIRST, *ASKING} for node in ast.walk(self._body))

    @property
    def asked_whether_blank(self) -> frozenset[str]:
        """The names that `blank` and `answered` ask about."""
        return frozenset(
            name
            for node in ast.walk(self._body)
            if isinstance(node, ast.Call) and called(node) in ASKING
            for name in names_in(node.args[0])
        )

    def rounds_to_whole_percent(self, names: Mapping[str, Measure]) -> tuple[int, ...]:
        """Columns where a share is rounded to two decimals, none of its percentage; ``names``: their measures."""
        return tuple(
            column_of(node, self.text)
            for node in ast.walk(self._body)
            if isinstance(node, ast.Call)
            and called(node) in TO_PLACES
            and places_of(node) == _WHOLE_PERCENT
            and measure_of(node.args[0], names).is_share
        )

    @property
    def rounds(self) -> bool:
        """Does it round anything, so that its figures do not show in its value?"""
        return any(called(node) in TO_PLACES for node in ast.walk(self._body))

    @property
    def may_be_no_number(self) -> bool:
        """May it come to no number although nothing is missing: a logarithm, a root or a power of what is below 0?"""
        return any(called(node) in PARTIAL for node in ast.walk(self._body))

    @property
    def nodes(self) -> tuple[str, ...]:
        """Codes of the nodes that ``score("…")`` refers to."""
        return tuple(name[7:-2] for name in self.names if name.startswith('score("'))

    @property
    def answers(self) -> tuple[str, ...]:
        """Keys of the fields that ``answer("<indicator code>.<field code>")`` refers to, in checks of a group."""
        return tuple(name[8:-2] for name in self.names if name.startswith('answer("'))

    @property
    def previous(self) -> tuple[str, ...]:
        """What ``previous.…`` refers to: codes of fields, ``value`` or ``score``."""
        return tuple(name[9:] for name in self.names if name.startswith("previous."))

    @property
    def cohort(self) -> tuple[Statistic, ...]:
        """Every statistic of the cohort."""
        return tuple(found for name in self.names if (found := statistic_of(name)) is not None)

    def formula(
        self,
        cells: Mapping[str, str],
        inexact: frozenset[str] = frozenset(),
        lacks: Mapping[str, str] = _NO_TESTS,
    ) -> str:
        """The same arithmetic as a spreadsheet formula, without ``=``; ``cells`` gives each name's address.

        ``inexact``: names whose figures have decimals, so that their sums are rounded to remove float dust. ``lacks``:
        by name, a test for being missing that replaces the usual one (no number in the cell).
        """
        return sheet.formula(self._body, cells, inexact, lacks)

    def missing_test(self, cells: Mapping[str, str], lacks: Mapping[str, str] = _NO_TESTS) -> str:
        """The spreadsheet test that corresponds to ``missing``; ``cells`` and ``lacks`` as for ``formula``."""
        return sheet.missing(self._body, cells, lacks)

    @property
    def denominator_names(self) -> tuple[str, ...]:
        """Names that occur in a denominator, in reading order."""
        names = [
            name
            for node in ast.walk(self._body)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
            for name in names_in(node.right)
        ]
        return tuple(dict.fromkeys(names))

    def denominators(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        """Spreadsheet text of every denominator; one in a branch not taken counts as 1."""
        return tuple(dict.fromkeys(sheet.denominators(self._body, cells)))


def conditions_at_odds(
    conditions: Sequence[Expression], bounds: Mapping[str, tuple[float, float]]
) -> Iterator[tuple[int, int | None]]:
    """Conditions that cannot hold: (number, None) whatever is answered, (number, number of an earlier one) with it.

    ``bounds``: the least and the most of every name that they name.
    """
    return at_odds([one._body for one in conditions], bounds)


def parse(text: str) -> Expression:
    """Reads ``text``; raises ``BadExpressionError`` at the first thing that is not allowed."""
    body, columns = read(text)
    divisions = (node for node in ast.walk(body) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
    for division in divisions:
        if not names_in(division.right) and work_out(division.right, {}, 1).value[0] == 0:
            raise BadExpressionError(column_of(division.right, text), "/ 0")
    divides = any(is_division(node) for node in ast.walk(body))
    return Expression(text, tuple(columns), MappingProxyType(columns), divides, has_branches(body), body)
