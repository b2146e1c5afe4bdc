"""Policies that a tree sets for all its nodes: rounding, places, missing answers, claims."""

from dataclasses import dataclass
from enum import StrEnum

from lawgov_score.rounding import Rounding


class Missing(StrEnum):
    """未填报: a missing score counts as nothing (it stays in the denominator), or is left out."""

    ZERO = "zero"
    EXCLUDE = "exclude"


class Rescale(StrEnum):
    """Where the points of not-applicable nodes go: spread over the whole tree, within the parent, or nowhere."""

    TOTAL = "total"
    PARENT = "parent"
    NONE = "none"


class Invalid(StrEnum):
    """A unit with invalid answers: scored on its valid ones, or not at all."""

    SCORE_VALID = "score_valid"
    WITHHOLD = "withhold"


class Claims(StrEnum):
    """合理缺项: a claim counts only once a reviewer grants it, or as soon as the unit makes it."""

    AWAIT_REVIEW = "await_review"
    ACCEPT = "accept"


class Ties(StrEnum):
    """How ties are placed: 1 2 2 4, 1 2 2 3, or 1 2 3 4 (by unit code)."""

    SHARED = "shared"
    DENSE = "dense"
    ORDINAL = "ordinal"


class CohortSize(StrEnum):
    """Which units a cohort is counted by, for quotas and where its size is printed."""

    ROSTER = "roster"
    SUBMITTED = "submitted"
    SCORED = "scored"


@dataclass(frozen=True, slots=True)
class Policies:
    """What the tree says about rounding, ranks, missing answers and so on; a rounding of None: not rounded."""

    round_indicator: Rounding | None = Rounding(2)  # noqa: RUF009  # frozen, so it may be shared
    round_group: Rounding | None = None
    round_total: Rounding | None = Rounding(2)  # noqa: RUF009
    rank_on_rounded: bool = True
    ties: Ties = Ties.SHARED
    tie_breakers: tuple[str, ...] = ()  # node codes, compared in turn where totals are equal
    equals_sign: bool = False  # tied places are printed "=3"
    lower_is_better: bool = False  # the lowest total ranks first
    grade_by: str = ""  # code of the node whose score the grade lines look at; '': the total
    grade_on_rounded: bool = True
    missing: Missing = Missing.ZERO
    not_applicable: Rescale = Rescale.TOTAL
    invalid: Invalid = Invalid.SCORE_VALID
    claims: Claims = Claims.AWAIT_REVIEW
    coverage_at_least: float | None = None  # a unit with less coverage gets no grade
    cohort_size: CohortSize = CohortSize.ROSTER
    show_reviewers: bool = False  # do units read who marked, changed or ruled?

    @property
    def total_rounding(self) -> Rounding | None:
        """How totals are rounded; None: not at all, or in print alone."""
        return in_effect(self.round_total)

    @property
    def total_decimals(self) -> int | None:
        """With how many decimals totals are printed; None: as many as they have."""
        return None if self.round_total is None else self.round_total.decimals

    @property
    def indicator_decimals(self) -> int | None:
        """With how many decimals scores of indicators are printed, unless an indicator says otherwise."""
        return None if self.round_indicator is None else self.round_indicator.decimals


def in_effect(rounding: Rounding | None) -> Rounding | None:
    """The rounding, unless it is one in print alone."""
    return None if rounding is None or rounding.in_print else rounding
