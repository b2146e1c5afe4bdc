"""Who is assessed, and what they answered: Unit, Roster, Answer, Submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from lawgov_score.model.node import Node, Shared
from lawgov_score.problems import CellPlace
from lawgov_score.rules.field import Field


@dataclass(frozen=True, slots=True)
class Unit:
    """被考核单位. ``type`` and ``cohort`` are codes of the tree (empty: none known); ``year`` the assessed year."""

    code: str
    name: str
    type: str = ""
    cohort: str = ""
    year: int | None = None


Roster = tuple[Unit, ...]

# ---------------------------------------------------------------- what they answered


class AnswerState(IntEnum):
    """Whether and how a field was answered. No state stands for zero: zero is a GIVEN 0."""

    GIVEN = 0
    MISSING = 1
    CLAIMED_NOT_APPLICABLE = 2
    INVALID = 3
    NOT_NEEDED = 4  # 无需填报: left blank on a branch of `if(…)` that is not taken; only the engine sets it


@dataclass(frozen=True, slots=True)
class Answer:
    """What one unit wrote for one field, and where.

    ``value`` is a float as ``FieldType`` says, text for a text field, None unless GIVEN. ``printed`` is
    what stood in the cell, as read. ``evidence`` is None where the input has no place to name any.
    """

    state: AnswerState
    value: float | str | None
    place: CellPlace
    printed: str = ""
    evidence: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """The answers of one unit: a returned workbook, or one row of a table.

    ``answers``: by field key ``<node code>.<field code>``; read from files they are ``RowAnswers``, a row of columns.
    ``path`` names the file in everything that is handed out; ``given`` is where it lay, '' for the same.
    ``own_file``: is the file the unit's own, rather than a table that holds others as well?
    """

    unit: Unit
    path: str
    answers: Mapping[str, Answer]
    fingerprint: str = ""  # sha256 of the file
    own_file: bool = True
    given: str = ""


def field_key(node: Node | Shared, asked: Field) -> str:
    """The key of a field everywhere, in tables and hidden columns: ``01-1.taken``; of a shared one ``01.taken``."""
    return f"{asked.asked_at or node.code}.{asked.code}"


# ---------------------------------------------------------------- what the answers come to
