"""What changed between two runs: the results of the earlier one as they were kept, and the differences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType


class Cause(StrEnum):
    """Why a score is another one, as ``changes.csv`` prints it; docs/changes.md says how it is told."""

    FIGURE = "figure"
    MARK = "mark"
    RULING = "ruling"
    REGISTER = "register"
    TREE = "tree"
    ROSTER = "roster"
    PROGRAM = "program"
    OTHERS = "others"  # nothing of its own: place or grade moved with those of others


class Ground(StrEnum):
    """What results rest on besides figures, as ``grounds.csv`` prints it: of all units, of a node, or of one unit."""

    PROGRAM = "program"  # of all: the version that wrote it
    LANGUAGE = "language"
    EDITION = "edition"
    YEAR = "year"
    TEXTS = "texts"  # everything that the tree says, its words included
    NOTICE = "notice"
    PREVIOUS = "previous"  # is anything of last edition known, and are its places?
    TREE = "tree"  # of a node, or of the tree by its code: how it is scored, without its words, as one version sees it
    CARD = "card"  # of a unit: what its card says of it
    ROSTER = "roster"  # its type and its year
    FIGURES = "figures"  # how many lines of figures.csv are about it
    FINDINGS = "findings"  # how many problems there are of it
    EFFECT = "effect"  # what register and vetoes did to its total, in points
    REGISTER = "register"  # its entries of one kind
    MARK = "mark"  # its marks at one indicator
    CHANGE = "change"  # its change on review at one indicator
    RULING = "ruling"  # its ruling at one indicator


OF_ALL_CARDS = (Ground.LANGUAGE, Ground.TEXTS, Ground.NOTICE, Ground.PREVIOUS)
GroundKey = tuple[str, str, Ground]  # unit ('': all), code of a node or kind ('': none), what
_NO_GROUNDS: Mapping[GroundKey, str] = MappingProxyType({})


@dataclass(frozen=True)
class Grounds:
    """What a run rested on besides figures: short values, and fingerprints of longer ones."""

    values: Mapping[GroundKey, str] = field(default_factory=lambda: _NO_GROUNDS)

    def of_all(self, ground: Ground) -> str:
        """What holds for all units; '' if it is not known."""
        return self.values.get(("", "", ground), "")


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit in an earlier ranking, its texts as printed."""

    name: str
    cohort: str
    score: str
    rank: str
    grade: str


@dataclass(frozen=True, slots=True)
class KeptScore:
    """One line of an earlier scores.csv: score and points are nan where there are none."""

    score: float
    points: float
    status: str


@dataclass(frozen=True)
class Earlier:
    """The results of an earlier run of the same assessment, as ``--csv`` wrote them.

    ``grounds``: None where the run did not keep them; versions before 0.6.0 did not.
    """

    path: str
    standings: Mapping[str, Standing]  # by unit
    scores: Mapping[str, Mapping[str, KeptScore]]  # unit -> node
    figures: Mapping[str, Mapping[tuple[str, str], float]]  # unit -> indicator, field ('': its value) -> number
    grounds: Grounds | None = None

    def changed(self, unit: str, code: str) -> bool:
        """Is it known that a score was changed on review?"""
        return self.grounds is not None and (unit, code, Ground.CHANGE) in self.grounds.values

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """The units of each cohort, by its name."""
        found: dict[str, set[str]] = {}
        for code, was in self.standings.items():
            found.setdefault(was.cohort, set()).add(code)
        return {name: frozenset(codes) for name, codes in found.items()}


@dataclass(frozen=True, slots=True)
class ChangedScore:
    """A node whose score, status, points or figures are others than they were; '' where there is no score.

    Of the tree itself (its code) it is the total: listed, too, where the unit's own name, cohort, place or grade is
    another one and the total is not. Of a unit that came or left there is that line alone.
    """

    unit: str
    code: str
    old: str
    new: str
    cause: Cause
    statuses: tuple[str, str] = ("", "")  # as scores.csv prints them: why there is no score
    objection: int = 0  # number of the objection by whose decision the office set it now


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences between two runs. Units by code, in the order of this run; those that left are at the end."""

    since: str  # the folder of the earlier run; '' where there is no need to name it
    lines: tuple[ChangedScore, ...]
    moved: tuple[str, ...]  # nothing of their own changed, but their place or grade, because that of others did
    unchanged: tuple[str, ...]  # nothing of their own changed, nor their place and grade
    untouched: tuple[str, ...]  # of those: nothing changed that their cards or pages say; none, if that is not known
    anew: tuple[str, ...]  # whose cards or pages say something else, as far as that is known
    names: Mapping[str, str]  # of every unit named here
    came: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    of_all: tuple[Ground, ...] = ()  # what else differs, and concerns every card
    versions: tuple[str, str] | None = None  # of the program, then and now; None: they are the same, or it is not known
    stood: Mapping[str, tuple[Standing, Standing]] = field(default_factory=dict)  # of those in ``lines`` and ``moved``
    has_grounds: bool = True  # did both runs keep what else cards rest on?
