"""Submissions become columns: one array per field, one row per unit, and what applies to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import (
    AnswerState,
    BoolArray,
    Indicator,
    Roster,
    StatusArray,
    Submission,
    Tree,
    field_key,
)
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.rule import IntArray


@dataclass(frozen=True, slots=True)
class Answers:
    """Columns of all answers; every array has one row per unit.

    ``values`` by field key: the number given, nan otherwise (texts are not numbers and stay nan).
    ``states`` by field key: ``AnswerState``. ``applicable``: (units, indicators), by type of unit.
    """

    values: Mapping[str, FloatArray]
    states: Mapping[str, StatusArray]
    applicable: BoolArray


def columns(tree: Tree, units: Roster, submissions: Sequence[Submission | None]) -> Answers:
    """One column per field of the tree, in the order of ``units``; a unit without submission answers nothing."""
    values: dict[str, FloatArray] = {}
    states: dict[str, StatusArray] = {}
    missing = int(AnswerState.MISSING)
    nan = float("nan")
    books = [submission.answers if submission else {} for submission in submissions]
    for indicator in tree.indicators:
        for asked in indicator.fields:
            key = field_key(indicator, asked)
            given = [book.get(key) for book in books]
            states[key] = np.array([missing if a is None else a.state for a in given], dtype=np.int8)
            values[key] = np.array(
                [nan if a is None or a.value is None or isinstance(a.value, str) else a.value for a in given],
                dtype=np.float64,
            )
    return Answers(values, states, applicability(tree, units))


def applicability(tree: Tree, units: Roster) -> BoolArray:
    """(units, indicators): does the indicator apply to units of this type?"""
    types = sorted({unit.type for unit in units})
    by_type = np.array(
        [[tree.is_applicable(indicator, unit_type) for indicator in tree.indicators] for unit_type in types],
        dtype=bool,
    ).reshape(len(types), len(tree.indicators))
    return by_type[[types.index(unit.type) for unit in units]]


def worst_state(indicator: Indicator, answers: Answers) -> StatusArray:
    """(units,): the worst ``AnswerState`` among the indicator's fields; the enumeration is ordered by it.

    The printed rate matters only where counts are missing: what stands in its cell beside full counts is not needed.
    """
    first, *others = (answers.states[field_key(indicator, asked)] for asked in indicator.fields if not asked.substitute)
    worst = first
    for state in others:
        worst = np.maximum(worst, state)
    if indicator.substitute is not None:
        rate = answers.states[field_key(indicator, indicator.substitute)]
        worst = np.where(worst == AnswerState.MISSING, np.maximum(worst, rate), worst)
    return worst


def coverage(tree: Tree, answers: Answers, stands_in: BoolArray) -> tuple[IntArray, IntArray]:
    """(units,), (units,): fields asked and fields answered. What the printed rate stands in for counts as answered.

    ``stands_in``: (indicators, units). Substitute fields are never asked for by themselves.
    """
    times = [sum(not field.substitute for field in indicator.fields) for indicator in tree.indicators]
    asked = answers.applicable.astype(np.intp) @ np.array(times, dtype=np.intp)
    answered = np.zeros(len(asked), dtype=np.int16)
    for i, indicator in enumerate(tree.indicators):
        applies = answers.applicable[:, i]
        for field in indicator.fields:
            if field.substitute:
                continue
            state = answers.states[field_key(indicator, field)]
            answered += applies & ((state == AnswerState.GIVEN) | (state == AnswerState.CLAIMED_NOT_APPLICABLE))
        rows = np.flatnonzero(stands_in[i] & applies)
        answered[rows] = answered[rows] + sum(
            answers.states[field_key(indicator, field)][rows] == AnswerState.MISSING
            for field in indicator.fields
            if not field.substitute
        )
    return asked, answered.astype(np.intp)
