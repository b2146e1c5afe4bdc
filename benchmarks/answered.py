"""Units whose answers are columns already, every one given: what scoring starts from, without any reading."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks import comparing
from lawgov_score.model import (
    AnswerState,
    FilledBy,
    Indicator,
    Roster,
    Scores,
    StatusArray,
    Submission,
    Tree,
    Unit,
    field_key,
)
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.scoring.answers import Answers, applicability
from lawgov_score.scoring.run import score_columns
from submissions.sample_answers import bounds_first, written

_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets


@dataclass(frozen=True, slots=True)
class Answered:
    """Units in the order of the results, and the answers of all of them."""

    tree: Tree
    units: Roster
    answers: Answers

    def engine(self) -> Callable[[], Scores]:
        """From the columns to the scores: the engine alone; no answers are gathered, no doubts looked for."""
        came = tuple(Submission(unit, "", {}) for unit in self.units)
        return lambda: score_columns(self.tree, self.units, came, self.answers)

    def write_table(self, path: Path) -> None:
        """Writes what the units answered as a table, each cell as a clerk fills it in."""
        asked = {field_key(indicator, one): one for indicator in self.tree.indicators for one in _of_unit(indicator)}
        columns = {key: _cells(one, self.answers.values[key], self.answers.states[key]) for key, one in asked.items()}
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["unit", *columns])
            out.writerows(zip([unit.code for unit in self.units], *columns.values(), strict=True))


def _of_unit(indicator: Indicator) -> tuple[Field, ...]:
    """What a unit is asked: the office's own figures and marks are no part of what is measured."""
    return indicator.fields if indicator.filled_by is FilledBy.UNIT else ()


def _cells(asked: Field, values: FloatArray, states: StatusArray) -> list[str]:
    pairs = zip(values.tolist(), (states == AnswerState.GIVEN).tolist(), strict=True)
    return [str(written(asked, value)) if given else "" for value, given in pairs]


def comparing_units(tree: Tree, size: int) -> Answered:
    """``size`` units of the tree of ``benchmarks.comparing``, with the figures of its tables."""
    units = tuple(Unit(f"U{i:06}", "", tree.unit_types[0].code, "") for i in range(size))
    matrix = comparing.figures(size)
    keys = [field_key(indicator, indicator.fields[0]) for indicator in tree.indicators]
    values = {key: np.ascontiguousarray(column) for key, column in zip(keys, matrix.T, strict=True)}
    states = {key: np.full(size, AnswerState.GIVEN, dtype=np.int8) for key in keys}
    return Answered(tree, units, Answers(values, states, applicability(tree, units)))


_VETOED = 0.01  # of the units, at each veto: no round has more


def sample_units(tree: Tree, size: int) -> Answered:
    """``size`` units of all cohorts with random answers within all bounds; printed rates are left blank."""
    random = np.random.default_rng(17)
    cohorts = [tree.cohorts[i * len(tree.cohorts) // size] for i in range(size)]
    units = tuple(Unit(f"U{i:06}", f"第{i}单位", one.unit_types[0], one.code) for i, one in enumerate(cohorts))
    applies = applicability(tree, units)
    values, states = dict[str, FloatArray](), dict[str, StatusArray]()
    for i, indicator in enumerate(tree.indicators):
        for code, drawn in _draw(indicator, tree.year, random, size).items():
            asked = next(one for one in indicator.fields if one.code == code)
            given = applies[:, i] & (asked in _of_unit(indicator) and not asked.substitute)
            key = field_key(indicator, asked)
            values[key] = np.where(given, drawn, np.nan)
            states[key] = np.where(given, np.int8(AnswerState.GIVEN), np.int8(AnswerState.MISSING))
    return Answered(tree, units, Answers(values, states, applies))


def _draw(indicator: Indicator, year: int, random: np.random.Generator, size: int) -> dict[str, FloatArray]:
    """A column for each field, by code."""
    drawn: dict[str, FloatArray] = {}
    for asked in bounds_first(indicator):
        most = drawn[asked.at_most] if isinstance(asked.at_most, str) else None
        drawn[asked.code] = _column(asked, most, year, random, size)
    for name in sorted({name for trigger in indicator.vetoes for name in trigger.when.names} & drawn.keys()):
        drawn[name] = np.where(random.random(size) < _VETOED, drawn[name], 0.0)
    bounded = [asked.code for asked in indicator.fields if isinstance(asked.at_most, str)]
    for check in indicator.checks:
        for code in bounded:
            drawn[code] = np.where(check.holds.evaluate(drawn).value != 0, drawn[code], 0.0)
    return drawn


def _column(asked: Field, most: FloatArray | None, year: int, random: np.random.Generator, size: int) -> FloatArray:
    match asked.type:
        case FieldType.COUNT | FieldType.AMOUNT if most is not None:
            return np.rint(most * np.minimum(1.0, random.beta(9, 1.2, size) * 1.05))
        case FieldType.COUNT | FieldType.AMOUNT:
            return np.where(random.random(size) < 0.6, random.integers(0, 4, size), random.integers(4, 60, size)) * 1.0
        case FieldType.SHARE:
            return np.round(random.beta(8, 1.5, size), 4)
        case FieldType.YES_NO:
            return np.where(random.random(size) < 0.8, 1.0, 0.0)
        case FieldType.CHOICE:
            return random.integers(0, len(asked.choices), size).astype(np.float64)
        case FieldType.DATE:
            days = np.array([(date(at, 3, 31) - _EPOCH).days for at in (year, year + 1)], dtype=np.float64)
            return random.choice(days, size) + random.integers(-45, 20, size)
        case FieldType.TEXT:
            return np.full(size, np.nan)
