"""The short lists at the head of a tree: unit types, cohorts, grades, vetoes, waivers."""

from dataclasses import dataclass

from lawgov_score.expression import Expression


@dataclass(frozen=True, slots=True)
class UnitType:
    """A type of unit (单位类型). ``whole``: an entire area, to which every indicator applies."""

    code: str
    name: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Cohort:
    """考核分组: units ranked together. Units of ``unit_types`` belong to it where a roster says nothing else."""

    code: str
    name: str
    unit_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quota:
    """At most ``share`` of a cohort, rounded down, but ``at_least`` so many."""

    share: float
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """等次: from ``at_least`` points up; best first in ``Tree.grades``."""

    name: str
    at_least: float
    quota: Quota | None = None


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: what happened, and the best grade that is still possible."""

    code: str
    title: str
    grade_at_most: str


@dataclass(frozen=True, slots=True)
class VetoTrigger:
    """An indicator triggers ``veto`` where ``when`` is true of its fields."""

    veto: str
    when: Expression


@dataclass(frozen=True, slots=True)
class Waiver:
    """A contradiction of the printed scheme that a reviewer lets stand, with the written reason."""

    code: str
    node: str
    reason: str
