"""Advice: what a unit would need to reach its next grade. Figures only; ``explanation.advice`` puts them into words."""

from dataclasses import dataclass
from enum import StrEnum


class Outlook(StrEnum):
    """Why a unit can, or cannot, be advised how to reach its next grade."""

    NO_GRADES = "no_grades"  # the tree grades nobody
    NOT_SCORED = "not_scored"  # nothing came, or nothing of it could be scored
    TOP = "top"
    REACHABLE = "reachable"
    BARRED = "barred"  # the graded figure is enough already: a veto, coverage or a quota stands in the way
    OUT_OF_REACH = "out_of_reach"  # even its best own answers do not reach the grade
    HELD = "held"  # a veto holds the grade, or the total, whatever its answers
    UNGRADED = "ungraded"  # no grade is given: too little was answered, or the node that is graded has no score
    UNCERTAIN = "uncertain"  # the total itself depends on other units: nothing can be promised


class Aside(StrEnum):
    """Why points that were lost are not part of the advice."""

    FILL_IN = "fill_in"  # the answer is missing; only the unit knows it
    REVIEW = "review"  # a mark, a claim, a changed score or a figure of the office
    RELATIVE = "relative"  # depends on the other units of the cohort
    DEADLINE = "deadline"  # a day that has passed: next year
    SHARED = "shared"  # rests on 共用数据, which would move other indicators too
    FACTS = "facts"  # depends on what happened (cases, samples), or no better answer was found


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A field (by code), its figure ``before`` (nan: not answered) and the figure ``after`` that it should have."""

    field: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Improvement:
    """One indicator to improve, and what this alone gains: in points at the indicator, and in the graded figure."""

    indicator: str
    changes: tuple[FigureChange, ...]
    gain: float
    gain_total: float


@dataclass(frozen=True, slots=True)
class SetAside:
    """Points lost at an indicator that the advice leaves out, and the reason."""

    indicator: str
    why: Aside
    lost: float


@dataclass(frozen=True, slots=True)
class Advice:
    """What a unit (``row`` of ``Scores``) needs for the grade ``target``, all else remaining as it is.

    Of a unit that gets no grade (``UNGRADED``), ``target`` is what its figure would be graded.

    ``line``: that of the target grade. ``nearest``: the closest figure that is enough, where the line itself is left
    out (超过 90 分) and the graded figure is rounded; else nan. ``figure``: the graded figure now; ``reached``: the
    same once all ``improvements`` are made. ``obstacles``: reasons as in ``Scores.grade_reasons`` that bar a better
    grade now, and vetoes that would bar it.
    ``has_quota``: may only a share of the cohort hold the target grade? Then ``places`` is how many may, ``before`` how
    many of the cohort have a better place than the unit (None: it has no place). ``improvements``: the largest gain
    first. All are needed: without any one of them the grade is not reached.
    """

    row: int
    outlook: Outlook
    grade: str = ""
    target: str = ""
    line: float = float("nan")
    figure: float = float("nan")
    reached: float = float("nan")
    obstacles: tuple[str, ...] = ()
    has_quota: bool = False
    places: int | None = None
    before: int | None = None
    improvements: tuple[Improvement, ...] = ()
    nearest: float = float("nan")
    aside: tuple[SetAside, ...] = ()
    shared: tuple[str, ...] = ()  # keys of 共用数据 that might be bettered, and are taken as they are
    by_place: bool = False  # is a veto in the way that rests on the unit's place at a node?
