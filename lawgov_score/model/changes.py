"""What changed between two runs: the results of the earlier one as they were kept, and the differences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Why a score is another one, as ``changes.csv`` prints it; docs/changes.md says how it is told."""

    FIGURE = "figure"
    MARK = "mark"
    RULING = "ruling"
    REGISTER = "register"
    TREE = "tree"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit in an earlier ranking, its texts as printed."""

    name: str
    cohort: str
    score: str
    rank: str
    grade: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The results of an earlier run of the same assessment, as ``--csv`` wrote them."""

    path: str
    standings: Mapping[str, Standing]  # by unit
    scores: Mapping[str, Mapping[str, tuple[float, str]]]  # unit -> node -> score (nan: none) and status
    figures: Mapping[str, Mapping[tuple[str, str], float]]  # unit -> indicator, field ('': its value) -> number


@dataclass(frozen=True, slots=True)
class ChangedScore:
    """A node whose score, status or figures are others than they were; '' where there is no score.

    Of the tree itself (its code) it is the total. Of a unit that came or left there is that line alone.
    """

    unit: str
    code: str
    old: str
    new: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences between two runs. Units by code, in the order of this run; those that left are at the end."""

    since: str  # the folder of the earlier run
    lines: tuple[ChangedScore, ...]
    moved: tuple[str, ...]  # nothing of their own changed, but their place or grade, because that of others did
    unchanged: tuple[str, ...]  # nothing of their own changed, nor their place and grade
    untouched: tuple[str, ...]  # of those: nothing changed in their whole cohort, so that cards and pages are the same
    names: Mapping[str, str]  # of every unit named here
    has_same_notice: bool | None = None  # is the notice of objections, on every card, what it was? None: unknown
