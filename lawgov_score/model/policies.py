"""What a tree decides for all its nodes: rounding, places, missing answers, claims."""

from dataclasses import dataclass
from enum import StrEnum


class Missing(StrEnum):
    """未填报: counts in the denominator and gives nothing, or leaves it."""

    ZERO = "zero"
    EXCLUDE = "exclude"


class Rescale(StrEnum):
    """Where points of what does not apply go: back over the whole tree, within the parent, or nowhere."""

    TOTAL = "total"
    PARENT = "parent"
    NONE = "none"


class Invalid(StrEnum):
    """A unit with errors on its cells: scored on what is valid, or not at all."""

    SCORE_VALID = "score_valid"
    WITHHOLD = "withhold"


class Claims(StrEnum):
    """合理缺项: counts only once a reviewer grants it, or is taken at the unit's word."""

    AWAIT_REVIEW = "await_review"
    ACCEPT = "accept"


class Ties(StrEnum):
    """1 2 2 4, 1 2 2 3, or 1 2 3 4 (by unit code)."""

    SHARED = "shared"
    DENSE = "dense"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Policies:
    """What the tree says of rounding, ranks, missing answers and so on; decimals of None mean not rounded."""

    round_indicator: int | None = 2
    round_group: int | None = None
    round_total: int | None = 2
    rank_on_rounded: bool = True
    ties: Ties = Ties.SHARED
    tie_breakers: tuple[str, ...] = ()  # node codes, compared in turn where totals are equal
    equals_sign: bool = False  # tied places are printed "=3"
    lower_is_better: bool = False  # the lowest total is first
    grade_by: str = ""  # code of the node whose score the grade lines look at; '': the total
    grade_on_rounded: bool = True
    missing: Missing = Missing.ZERO
    not_applicable: Rescale = Rescale.TOTAL
    invalid: Invalid = Invalid.SCORE_VALID
    claims: Claims = Claims.AWAIT_REVIEW
    coverage_at_least: float | None = None  # below it a unit gets no grade
