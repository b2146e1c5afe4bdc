"""A change from one tree to another: what it is, whom it concerns, and how both sides read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lawgov_score.problems import TextPlace
from lawgov_score.wording import Text, Words


class Affects(StrEnum):
    """What a change can move: scores, what is filled in, or words alone. Gravest first."""

    SCORE = "score"
    FILLING = "filling"
    TEXT = "text"


class Id(StrEnum):
    """The kinds of change. The words are fixed: scripts rely on them (CONTRACT)."""

    POINTS = "points"
    RULE = "rule"
    PARAMETER = "parameter"
    APPLIES_TO = "applies_to"
    ON_ZERO = "on_zero"
    AGGREGATION = "aggregation"
    POLICY = "policy"
    GRADE = "grade"
    VETO = "veto"
    ADJUSTMENT = "adjustment"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    FIELD_ADDED = "field_added"
    FIELD_REMOVED = "field_removed"
    FIELD_TYPE = "field_type"
    FIELD_BOUND = "field_bound"
    EVIDENCE = "evidence"
    TITLE = "title"
    NOTE = "note"
    BASIS = "basis"
    LEAD = "lead"
    ASSIST = "assist"
    ORDER = "order"
    EDITION = "edition"
    RENUMBERED = "renumbered?"


_FILLING = frozenset({Id.FIELD_ADDED, Id.FIELD_REMOVED, Id.FIELD_TYPE, Id.FIELD_BOUND, Id.EVIDENCE})
_TEXT = frozenset({Id.TITLE, Id.NOTE, Id.BASIS, Id.LEAD, Id.ASSIST, Id.ORDER, Id.EDITION})

# The class of every kind; that of RENUMBERED goes by what else changed, which is words at least.
AFFECTS: Mapping[Id, Affects] = MappingProxyType(
    {one: Affects.FILLING if one in _FILLING else Affects.TEXT if one in _TEXT else Affects.SCORE for one in Id}
    | {Id.RENUMBERED: Affects.TEXT}
)

Said = Text | float | None  # how one side reads; None: it is not there


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    ``code``: of the node, veto or kind of the register it is about (of the tree, for what stands in its head); of what
    is new, where it has another code now: then ``former`` is the old one. ``key``: where it stands below that, as the
    tree writes it (``fields.cases``, ``policies.rank.ties``). ``part``: the same in words. ``old``, ``new``: how both
    sides read. The places are those of the nodes; None where there is none.
    """

    id: Id
    affects: Affects
    code: str
    key: str
    part: Words
    title: str
    old: Said
    new: Said
    old_place: TextPlace | None
    new_place: TextPlace | None
    former: str = ""

    @property
    def name(self) -> str:
        """What it is called among the changes of two trees: each name stands for one change."""
        return f"{self.id}:{self.code}:{self.key}"


def gravest(changes: Iterable[Change]) -> Affects | None:
    """The gravest class among changes; None where there are none."""
    found = {one.affects for one in changes}
    return next((each for each in Affects if each in found), None)


def is_as_grave(affects: Affects | None, as_: Affects) -> bool:
    """Is a class as grave as another, or graver? Nothing at all is not."""
    order = list(Affects)
    return affects is not None and order.index(affects) <= order.index(as_)
