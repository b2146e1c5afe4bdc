"""Advice: what it would take a unit to reach the next grade. Figures only; words are made in ``explanation.advice``."""

from dataclasses import dataclass
from enum import StrEnum


class Outlook(StrEnum):
    """How things stand between a unit and its next grade."""

    NO_GRADES = "no_grades"  # the tree grades nobody
    NOT_SCORED = "not_scored"  # nothing came, or nothing of it could be scored
    TOP = "top"
    REACHABLE = "reachable"
    BARRED = "barred"  # the figure is enough already: something else stands in the way
    OUT_OF_REACH = "out_of_reach"  # all that its own answers can still change is not enough
    UNCERTAIN = "uncertain"  # the total itself compares units: nothing can be promised


class Aside(StrEnum):
    """Why points that were lost are no part of the advice."""

    FILL_IN = "fill_in"  # what is missing decides; only the unit knows it
    REVIEW = "review"  # a mark, a claim, a changed score or a figure of the office
    RELATIVE = "relative"  # rests on the other units of the cohort
    DEADLINE = "deadline"  # a day that has passed: next year
    FACTS = "facts"  # rests on what happened (cases, samples), or no better answer was found


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One field (its code) and the figure it has and should have; ``before`` nan: not answered."""

    field: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Improvement:
    """One indicator to do better at, and the points that alone gives: there, and at the figure that is graded."""

    indicator: str
    changes: tuple[FigureChange, ...]
    gain: float
    gain_total: float


@dataclass(frozen=True, slots=True)
class SetAside:
    """Points lost at an indicator that the advice leaves out, and why."""

    indicator: str
    why: Aside
    lost: float


@dataclass(frozen=True, slots=True)
class Advice:
    """What one unit (``row`` of ``Scores``) would need for ``target``, the others and the office's figures as they are.

    ``figure``: what the grade lines look at, now; ``reached``: with all of ``improvements`` made. ``obstacles``:
    reasons as in ``Scores.grade_reasons`` that bar a better grade now. ``has_quota``: is the target for a share only?
    ``improvements``: what gives most first. Leaving out any one of them does not reach the grade.
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
    improvements: tuple[Improvement, ...] = ()
    aside: tuple[SetAside, ...] = ()
