"""The office's additions to the units' answers (考核机关评定): marks, changes, rulings, register, votes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from lawgov_score.model.answers import Answer
from lawgov_score.problems import CellPlace

_NO_ANSWERS: Mapping[str, Mapping[str, Answer]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Mark:
    """One reviewer's mark (评审打分) for one unit at one judged indicator, with the reason."""

    unit: str
    indicator: str
    reviewer: str
    mark: float
    reason: str
    place: CellPlace


@dataclass(frozen=True, slots=True)
class Change:
    """A score changed on review (复核改分), or by a decision on an objection (``objection``: its number).

    ``before``: the score the office saw; the engine's own stays on record. See ``in_turn`` for which of several counts.
    """

    unit: str
    indicator: str
    before: float
    after: float
    reason: str
    reviewer: str
    date: float  # spreadsheet day number
    place: CellPlace
    objection: int = 0  # its number; 0: on review


def in_turn(changes: Iterable[Change]) -> list[Change]:
    """Changes in the order in which they take effect, of several on one score the last counts.

    What was decided on an objection is later than any review, whatever their days: it was about what review had left.
    """
    return sorted(changes, key=lambda one: (bool(one.objection), one.date))


@dataclass(frozen=True, slots=True)
class Ruling:
    """A claimed 不适用, granted or refused (不适用认定)."""

    unit: str
    indicator: str
    is_granted: bool
    reason: str
    reviewer: str
    date: float
    place: CellPlace


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of the register (加减分和一票否决登记). ``kind``: code of an AdjustmentKind or of a Veto of the tree."""

    unit: str
    kind: str
    level: str  # '' where the kind has none
    matter: str  # 事项: entries with the same matter are one event
    times: float  # 次数, 1 where not given
    date: float
    evidence: str
    place: CellPlace


@dataclass(frozen=True, slots=True)
class Review:
    """All that the office adds in one run; each list keeps the order of its files. ``paths``: path, sha256."""

    marks: tuple[Mark, ...] = ()
    changes: tuple[Change, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    register: tuple[RegisterEntry, ...] = ()
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=lambda: _NO_ANSWERS)  # unit -> field key
    inputs: tuple[tuple[str, str], ...] = ()

    @property
    def units(self) -> frozenset[str]:
        """Codes of the units that the review mentions."""
        named = {each.unit for each in self.marks} | {each.unit for each in self.changes}
        named |= {each.unit for each in self.rulings} | {each.unit for each in self.register}
        return frozenset(named | set(self.answers))

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Sent to another process, ``NO_REVIEW`` is still that very object: it tells that nothing was reviewed."""
        values = tuple(getattr(self, one.name) for one in fields(self))
        return "NO_REVIEW" if self is NO_REVIEW else (type(self), values)


NO_REVIEW = Review()
