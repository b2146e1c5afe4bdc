"""Columns from submissions: one array per field, one row per unit, and which indicators apply to which units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from lawgov_score.model import (
    NO_REVIEW,
    FilledBy,
    Group,
    Indicator,
    Node,
    Review,
    Roster,
    StatusArray,
    Submission,
    Tree,
    field_key,
    gathered,
)
from lawgov_score.rounding import BoolArray, FloatArray, IntArray
from lawgov_score.rules.field import Field
from lawgov_score.scoring.states import AnswerIs

_NOBODY: Mapping[str, BoolArray] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answers:
    """Columns of all answers; every array has one row per unit.

    ``values`` by field key: the number given, nan otherwise (texts are not numbers and stay nan). ``states`` by field
    key: ``AnswerState``. ``applicable``: (units, indicators), by unit type; repetitions that a unit has not filled in
    do not apply to it.
    """

    values: Mapping[str, FloatArray]
    states: Mapping[str, StatusArray]
    applicable: BoolArray


def years_of(tree: Tree, units: Roster) -> FloatArray:
    """(units,): the assessed year of each, the tree's where the roster gives none."""
    return np.array([tree.year if unit.year is None else unit.year for unit in units], dtype=np.float64)


def columns(tree: Tree, units: Roster, submissions: Sequence[Submission | None], review: Review = NO_REVIEW) -> Answers:
    """One column per field of the tree, in the order of ``units``; a unit without submission answers nothing.

    Fields that the office fills in are taken from ``review``, and only from there.
    """
    return answers_of(tree, units, *as_sent(tree, units, submissions, review), review)


def as_sent(
    tree: Tree, units: Roster, submissions: Sequence[Submission | None], review: Review = NO_REVIEW
) -> tuple[dict[str, FloatArray], dict[str, StatusArray]]:
    """Values and states by field key, as units and the office sent them: no option counts as 未填报 yet."""
    by_office = {i.code for i in tree.indicators if i.filled_by is FilledBy.ASSESSOR}
    own = [field_key(i, asked) for i in tree.indicators if i.code not in by_office for asked in i.own_fields]
    own += tree.readers
    offices = [field_key(i, asked) for i in tree.indicators if i.code in by_office for asked in i.own_fields]
    entered = [review.answers.get(unit.code) for unit in units] if offices else []
    values: dict[str, FloatArray] = {}
    states: dict[str, StatusArray] = {}
    for keys, sent in ((own, [one.answers if one else None for one in submissions]), (offices, entered)):
        if keys:
            figures, how = gathered(sent, keys)
            values.update(zip(keys, figures, strict=True))
            states.update(zip(keys, how, strict=True))
    return values, states


def answers_of(
    tree: Tree,
    units: Roster,
    values: Mapping[str, FloatArray],
    states: Mapping[str, StatusArray],
    review: Review = NO_REVIEW,
) -> Answers:
    """What was sent as the tree takes it; ``states`` are changed in place."""
    _count_as_missing(tree, values, states)
    answers = Answers(values, states, applicability(tree, units))
    _leave_out_empty_repetitions(tree, units, answers, review)
    return answers


def _count_as_missing(tree: Tree, values: Mapping[str, FloatArray], states: Mapping[str, StatusArray]) -> None:
    """Sets an option that counts as 未填报 to missing, in values and states, for all later steps."""
    for indicator in tree.indicators:
        for asked in indicator.fields:
            if asked.missing_choices:
                key = field_key(indicator, asked)
                states[key][np.isin(values[key], asked.missing_choices)] = AnswerIs.MISSING


def _leave_out_empty_repetitions(tree: Tree, units: Roster, answers: Answers, review: Review) -> None:
    """Makes repetitions (服务窗口) that a unit left empty not applicable; at least one always remains."""
    numbers = {indicator.code: i for i, indicator in enumerate(tree.indicators)}
    for group in tree.nodes:
        copies = [child for child in group.children if isinstance(child, Group) and child.repetition]
        if not copies:
            continue
        copies.sort(key=lambda copy: copy.repetition)
        present = [_is_answered(copy, units, answers, review) for copy in copies]
        present[0] = present[0] | ~np.logical_or.reduce(present)  # if all are empty the first remains, as missing
        for copy, rows in zip(copies, present, strict=True):
            below = [numbers[indicator.code] for indicator in _leaves(copy)]
            answers.applicable[:, below] &= rows[:, None]


def _is_answered(copy: Group, units: Roster, answers: Answers, review: Review) -> BoolArray:
    """(units,): does one repetition hold any answer or mark?"""
    leaves, within = _leaves(copy), _groups(copy)
    codes = {indicator.code for indicator in leaves}
    marked = {mark.unit for mark in review.marks if mark.indicator in codes}
    is_answered = np.array([unit.code in marked for unit in units], dtype=bool)
    for indicator in leaves:
        for asked in indicator.deciding:
            if asked.asked_at and asked.asked_at not in within:
                continue  # asked once for all repetitions: it says nothing about this one
            is_answered |= answers.states[field_key(indicator, asked)] != AnswerIs.MISSING
    return is_answered


def _leaves(node: Node) -> list[Indicator]:
    return [node] if isinstance(node, Indicator) else [leaf for child in node.children for leaf in _leaves(child)]


def _groups(node: Node) -> frozenset[str]:
    return frozenset([node.code]).union(*(_groups(child) for child in node.children))


def applicability(tree: Tree, units: Roster) -> BoolArray:
    """(units, indicators): does the indicator apply to units of this type?"""
    types = sorted({unit.type for unit in units})
    by_type = np.array(
        [[tree.is_applicable(indicator, unit_type) for indicator in tree.indicators] for unit_type in types],
        dtype=bool,
    ).reshape(len(types), len(tree.indicators))
    number = {unit_type: i for i, unit_type in enumerate(types)}
    # Column by column, in the order of reading: any other order was measured to cost a third of the whole run.
    return np.asfortranarray(by_type[[number[unit.type] for unit in units]])


def worst_state(indicator: Indicator, answers: Answers, spared: Mapping[str, BoolArray] = _NOBODY) -> StatusArray:
    """(units,): the worst ``AnswerState`` among the deciding fields; the enumeration is ordered from best to worst.

    GIVEN if the indicator has no such field. A field that need not be answered (``spared``, by field code) is not
    missing. The state of the printed rate matters only where counts are missing. It may be the column of the answers
    itself: not to be changed in place.
    """
    worst: StatusArray | None = None
    for asked in indicator.deciding:
        if not asked.substitute:
            state = answers.states[field_key(indicator, asked)]
            if asked.code in spared:
                state = np.where(spared[asked.code] & (state == AnswerIs.MISSING), AnswerIs.GIVEN, state)
            worst = state if worst is None else np.maximum(worst, state)
    if worst is None:
        worst = np.full(len(answers.applicable), AnswerIs.GIVEN)
    if indicator.substitute is not None:
        rate = answers.states[field_key(indicator, indicator.substitute)]
        worst = np.where(worst == AnswerIs.MISSING, np.maximum(worst, rate), worst)
    if indicator.is_judged:  # reviewers mark what they read: a figure nobody can read is for them to weigh
        worst = np.where(worst == AnswerIs.INVALID, AnswerIs.MISSING, worst)
    return worst


def coverage(
    tree: Tree, answers: Answers, stands_in: BoolArray, spared: Mapping[str, BoolArray] = _NOBODY
) -> tuple[IntArray, IntArray]:
    """(units,), (units,): fields asked and fields answered. Fields replaced by the printed rate count as answered.

    ``stands_in``: (indicators, units). ``spared``: (units,) by field key, units that need not answer it: a blank there
    was not asked. Substitute fields are never asked for by themselves, texts only where the tree says so, the office's
    own fields are not the unit's to answer, and what reviewers read of a judged indicator moves neither score nor
    grade.
    """
    fields = asked_fields(tree, answers)
    not_asked, not_answered = np.zeros(len(fields), dtype=np.int32), np.zeros(len(fields), dtype=np.int32)
    for i, indicator in enumerate(tree.indicators):
        if indicator.filled_by is FilledBy.ASSESSOR:
            continue
        applies = answers.applicable[:, i]
        for field in indicator.covered:
            if field.asked_at:
                continue
            key = field_key(indicator, field)
            state = answers.states[key]
            lacks = applies & (state != AnswerIs.GIVEN)
            if not np.count_nonzero(lacks):
                continue
            lacks &= state != AnswerIs.CLAIMED_NOT_APPLICABLE
            if key in spared or indicator.substitute is not None:
                is_blank = lacks & (state == AnswerIs.MISSING)
                if key in spared:
                    not_asked += is_blank & spared[key]
                    is_blank &= ~spared[key]
                lacks &= ~(is_blank & stands_in[i])
            not_answered += lacks
    column = {indicator.code: i for i, indicator in enumerate(tree.indicators)}
    for key, readers in tree.counted_readers.items():
        state, code = answers.states[key], key.rpartition(".")[2]
        blank, asked = state == AnswerIs.MISSING, asked_any(tree, readers, answers)
        own = (
            (answers.applicable[:, column[one.code]], spared.get(f"{one.code}.{code}"), _rate(one, stands_in, column))
            for one in readers
        )
        owed, needed = blanks_of(blank, own)
        unneeded = asked & blank & ~needed
        not_asked += unneeded
        not_answered += owed | unneeded | (asked & (state == AnswerIs.INVALID))
    return fields - not_asked, fields - not_answered


def blanks_of(
    blank: BoolArray, readers: Iterable[tuple[BoolArray, BoolArray | None, BoolArray | None]]
) -> tuple[BoolArray, BoolArray]:
    """(units,) twice, of the ``blank`` answers to a shared field: those that are owed, and those that are needed.

    It is needed where one indicator at least applies and reads it there, and owed once, however many do; where a
    printed rate stands in for it, it is needed and not owed. ``readers``: whom each applies to, who need not answer
    it (None: nobody), for whom the rate stands in (None: nobody).
    """
    owed, needed = np.zeros_like(blank), np.zeros_like(blank)
    for applies, free, stands_in in readers:
        needs = blank & applies if free is None else blank & applies & ~free
        needed |= needs
        owed |= needs if stands_in is None else needs & ~stands_in
    return owed, needed


def _rate(reader: Indicator, stands_in: BoolArray, column: Mapping[str, int]) -> BoolArray | None:
    return None if reader.substitute is None else stands_in[column[reader.code]]


def asked_any(tree: Tree, readers: Sequence[Indicator], answers: Answers) -> BoolArray:
    """(units,): does any of the indicators apply?"""
    column = {indicator.code: i for i, indicator in enumerate(tree.indicators)}
    applies: BoolArray = np.any(answers.applicable[:, [column[one.code] for one in readers]], axis=1)
    return applies


def asked_fields(tree: Tree, answers: Answers) -> IntArray:
    """(units,): how many fields 填报率 asks of each unit."""
    asked = _counted(answers, [one.covered if one.filled_by is FilledBy.UNIT else () for one in tree.indicators])
    for readers in tree.counted_readers.values():
        asked += asked_any(tree, readers, answers)
    return asked


def owed_fields(tree: Tree, answers: Answers) -> IntArray:
    """(units,): how many fields each unit owes, those among them that reviewers read."""
    owed = _counted(answers, [one.owed if one.filled_by is FilledBy.UNIT else () for one in tree.indicators])
    for readers in tree.readers.values():
        owed += asked_any(tree, readers, answers)
    return owed


def _counted(answers: Answers, fields: Sequence[Sequence[Field]]) -> IntArray:
    """(units,): how many of the ``fields``, by indicator, apply to each; shared ones are counted elsewhere."""
    asked = np.zeros(len(answers.applicable), dtype=np.int32)
    for i, own in enumerate(fields):
        asked += answers.applicable[:, i] * np.int32(sum(not one.asked_at for one in own))
    return asked.astype(np.intp)
