"""The lists in the head of a tree (tree.yaml): unit types, cohorts, grades, vetoes, waivers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from lawgov_score.expression import Expression
from lawgov_score.measure.lines import line_of
from lawgov_score.rules.keys import points_of

_NO_LINES: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class UnitType:
    """A type of unit (单位类型). ``whole``: an entire area, to which every indicator applies."""

    code: str
    name: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Cohort:
    """考核分组: units ranked together. Units of ``unit_types`` belong to it unless a roster says otherwise."""

    code: str
    name: str
    unit_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quota:
    """Quota of a grade: at most ``share`` of a cohort, rounded down, but always ``at_least`` so many units."""

    share: float
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """等次: from ``at_least`` up, or, where less is better, from ``at_most`` down; best first in ``Tree.grades``.

    ``is_strict``: the line itself is left out (超过 90 分, written ``above``; 低于 3 分, written ``below``).
    ``lines``: thresholds that differ by cohort, by cohort code.
    """

    name: str
    at_least: float
    quota: Quota | None = None
    at_most: float | None = None
    lines: Mapping[str, float] = field(default_factory=lambda: _NO_LINES)
    is_strict: bool = False

    @property
    def key(self) -> str:
        """On which side of its line: ``at_least``, ``above``, ``at_most`` or ``below``."""
        if self.is_up_to:
            return "below" if self.is_strict else "at_most"
        return "above" if self.is_strict else "at_least"

    @property
    def is_up_to(self) -> bool:
        """Is less better, so that the grade's line is a maximum?"""
        return self.at_most is not None

    def line(self, cohort: str) -> float:
        """The threshold of this grade for a cohort, by its code."""
        return self.lines.get(cohort, self.at_least if self.at_most is None else self.at_most)


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: an event that bars grades, and its effects: at least one, in any combination.

    ``grade_at_most``: the best grade that is still possible (bars 优秀: the next one; year failed: the last one).
    """

    code: str
    title: str
    grade_at_most: str = ""
    bars: tuple[str, ...] = ()  # grades the unit may not have: it gets the next lower one that is not barred
    node_zero: str = ""  # code of a node that then scores 0
    deduct: float = 0.0  # points off the total
    total_zero: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a rating scale, and the score it stands for; best first in ``Tree.letters``."""

    letter: str
    score: float


@dataclass(frozen=True, slots=True)
class VetoTrigger:
    """An indicator triggers ``veto`` where ``when`` is true of its fields."""

    veto: str
    when: Expression


@dataclass(frozen=True, slots=True)
class Band:
    """A word for scores at one node (好、较好、一般); best first in ``bands``.

    ``key``: on which side of the ``line`` (points) they are: ``at_least`` or ``above``; ``at_most`` or ``below`` where
    less is better.
    """

    word: str
    line: float
    key: str = "at_least"


class Among(StrEnum):
    """Among which entries of a repeated group one entry has its place."""

    UNIT = "unit"  # those of its own unit
    COHORT = "cohort"  # those of all units of the cohort
    ALL = "all"  # those of all units


def bands_of(written: Iterable[Mapping[str, Any]], points: float) -> tuple[Band, ...]:
    """The words for scores as a tree writes them, at a node of so many points."""
    return tuple(Band(each["word"], points_of(each[line_of(each)], points), line_of(each)) for each in written)


@dataclass(frozen=True, slots=True)
class LastPlaces:
    """The last ``places`` of a cohort at a node trigger ``veto``."""

    places: int
    veto: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A contradiction of the printed scheme that a reviewer lets stand (准予保留), with the written reason."""

    code: str
    node: str
    reason: str
