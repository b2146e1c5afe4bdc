"""Bonus and penalty kinds (加分、扣分) that apply after the tree is scored: their caps and their table of levels."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any

_NO_LEVELS: Mapping[str, float] = MappingProxyType({})


class Sign(StrEnum):
    """加分 or 扣分."""

    BONUS = "bonus"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class AdjustmentKind:
    """One kind of bonus or penalty: its points per level (of award, of severity) or ``each``, and its cap.

    Points are positive for both signs. ``highest_only``: of one matter only the highest level counts.
    """

    code: str
    title: str
    sign: Sign
    each: float | None = None
    levels: Mapping[str, float] = field(default_factory=lambda: _NO_LEVELS)
    highest_only: bool = False
    cap: float | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class AdjustmentLimits:
    """Caps over all kinds, and whether a bonus may lift a total above the tree's points."""

    bonus_cap: float | None = None
    penalty_cap: float | None = None
    inside: bool = False  # True: a total never exceeds the tree's points
    floor: float | None = 0.0  # a total never falls below; None: no floor

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Sent to another process, ``NO_LIMITS`` is still that very object: by it one tells that none are written."""
        values = tuple(getattr(self, one.name) for one in fields(self))
        return "NO_LIMITS" if self is NO_LIMITS else (type(self), values)


NO_LIMITS = AdjustmentLimits()
