"""Blanks: the answers that each unit owes and has not given, told before anything is scored.

Counted as 填报率 counts them (``scoring.answers.coverage``): not what a branch of ``if(…)`` spares a unit, not the
counts that a printed rate stands in for, not remarks. What is filled in and illegible is no blank.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from lawgov_score.model import FilledBy, Indicator, Roster, Shared, Submission, Tree, field_key
from lawgov_score.rounding import BoolArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.scoring.answers import Answers, asked_any, asked_fields, blanks_of, columns, years_of
from lawgov_score.scoring.states import AnswerIs
from lawgov_score.scoring.values import Context, fields_of, names_of, spared, values_of


@dataclass(frozen=True, slots=True)
class Owed:
    """What one unit owes: how many answers are asked of it, and those that it left blank, in the order of the tree.

    ``materials``: of judged indicators, what was left blank of all that reviewers would read. No blank: it counts in
    no share, and its place may be taken by a document that is named.
    """

    asked: int
    blanks: tuple[tuple[Indicator | Shared, Field], ...]
    materials: tuple[tuple[Indicator, Field], ...] = ()


def owed_by(tree: Tree, units: Roster, submissions: Sequence[Submission | None]) -> tuple[Owed, ...]:
    """What each of ``units`` owes. ``submissions``: aligned with them; one that sent nothing left everything blank."""
    answers = columns(tree, units, submissions)
    codes = {code: i for i, code in enumerate(dict.fromkeys(unit.cohort for unit in units))}
    cohorts = np.array([codes[unit.cohort] for unit in units], dtype=np.intp)
    context = Context(answers.applicable, cohorts, years_of(tree, units), {}, {}, {})
    asked = asked_fields(tree, answers)
    blanks: list[list[tuple[int, Indicator | Shared, Field]]] = [[] for _ in units]
    place = {field_key(of, field): number for number, (of, field) in enumerate(tree.asked)}
    for block in tree.blocks:
        for field in block.fields:
            owed, unneeded = _shared(tree, field_key(block, field), answers, context)
            asked -= unneeded
            for row in np.flatnonzero(owed).tolist():
                blanks[row].append((place[field_key(block, field)], block, field))
    for i, indicator in enumerate(tree.indicators):
        if indicator.filled_by is not FilledBy.UNIT:
            continue
        covered = [(field, field_key(indicator, field)) for field in indicator.covered if not field.asked_at]
        blank = {key: answers.applicable[:, i] & (answers.states[key] == AnswerIs.MISSING) for _, key in covered}
        if not any(rows.any() for rows in blank.values()):
            continue
        free, stands_in = _not_owed(indicator, answers, context)
        for field, key in covered:
            rows = blank[key]
            if field.code in free:
                asked -= rows & free[field.code]
                rows = rows & ~free[field.code]
            for row in np.flatnonzero(rows & ~stands_in).tolist():
                blanks[row].append((place[key], indicator, field))
    listed = (tuple((of, field) for _, of, field in sorted(own, key=itemgetter(0))) for own in blanks)
    lacking = _materials(tree, submissions, answers)
    return tuple(Owed(int(number), own, tuple(more)) for number, own, more in zip(asked, listed, lacking, strict=True))


def _materials(
    tree: Tree, submissions: Sequence[Submission | None], answers: Answers
) -> list[list[tuple[Indicator, Field]]]:
    """By unit, the blanks of judged indicators: a figure; a text where no evidence was named either."""
    lacking: list[list[tuple[Indicator, Field]]] = [[] for _ in submissions]
    for i, indicator in enumerate(tree.indicators):
        if not indicator.is_judged or not indicator.is_asked:
            continue
        keys = {field: field_key(indicator, field) for field in indicator.own_fields if not field.substitute}
        for field, key in keys.items():
            is_text = field.type is FieldType.TEXT
            for row in np.flatnonzero(answers.applicable[:, i] & (answers.states[key] == AnswerIs.MISSING)).tolist():
                if not (is_text and _names_evidence(submissions[row], keys.values())):
                    lacking[row].append((indicator, field))
    return lacking


def _names_evidence(submission: Submission | None, keys: Iterable[str]) -> bool:
    """Did the unit name a document, or say anything, on a row of these fields?"""
    given = (submission.answers.get(key) for key in keys) if submission is not None else ()
    return any(answer is not None and (answer.evidence or answer.note) for answer in given)


def _shared(tree: Tree, key: str, answers: Answers, context: Context) -> tuple[BoolArray, BoolArray]:
    """(units,) twice, of the blanks at a shared field: those that are owed, and those that no indicator needs."""
    blank = answers.states[key] == AnswerIs.MISSING
    readers = tree.counted_readers.get(key, ())
    applies = asked_any(tree, readers, answers)
    if not (blank & applies).any():
        return np.zeros_like(blank), np.zeros_like(blank)
    column = {indicator.code: i for i, indicator in enumerate(tree.indicators)}
    each = []
    for reader in readers:
        free, stands_in = _not_owed(reader, answers, context)
        each.append((answers.applicable[:, column[reader.code]], free.get(key.rpartition(".")[2]), stands_in))
    owed, needed = blanks_of(blank, each)
    return owed, blank & applies & ~needed


def _not_owed(indicator: Indicator, answers: Answers, context: Context) -> tuple[Mapping[str, BoolArray], BoolArray]:
    """By field code the units that need not answer it; and the units whose printed rate stands in for the counts.

    Where that hangs on the score of another node, which is not known yet, everything is owed.
    """
    size = len(context.years)
    if indicator.refers_to or not (indicator.has_branches or indicator.substitute):
        return {}, np.zeros(size, dtype=bool)
    fields = fields_of(indicator, answers.values)
    names = names_of(indicator, fields, context, np.ones(size, dtype=bool))
    return spared(indicator, names, size), values_of(indicator, names, size).from_rate
