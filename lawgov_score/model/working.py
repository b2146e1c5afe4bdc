"""Working: how a score was computed, step by step; the engine's own figures, kept for explanations."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lawgov_score.rounding import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Working:
    """The steps of the computation at one group, or at the root, in order; every array (units,).

    ``parts``: the contribution of each part, in the order of ``Tree.parts_of``, on the scale on which parts are
    combined: 0 where it counts without a score, nan where it does not count. ``nodes``: the same for the nodes that an
    expression refers to, by code.
    """

    parts: tuple[FloatArray, ...]
    nodes: Mapping[str, FloatArray]
    count: IntArray  # how many parts count; bonuses and deductions left out
    combined: FloatArray  # the parts combined by the way of aggregation
    asked: FloatArray  # the sum that is looked up in a table; for any other way equal to `combined`
    worth: FloatArray  # of a sum: the applicable points
    # the points `rescaled` is out of: all printed points, one number or each unit's; nan where nothing is converted
    whole: float | FloatArray
    rescaled: FloatArray  # after conversion for not-applicable nodes
    scaled: FloatArray  # after scaling to the group's own points
    ruled: FloatArray  # after the group's rule
    limited: FloatArray  # after floor and cap
    rounded: FloatArray


@dataclass(frozen=True, slots=True)
class Compared:
    """What indicators depend on besides a unit's own answers; every array (units,).

    Holds only what is used: an indicator that compares nothing and refers to nothing has no entry.
    """

    takes_part: dict[str, BoolArray] = field(default_factory=dict)  # by indicator: units that are compared
    references: dict[tuple[str, str], FloatArray] = field(default_factory=dict)  # by indicator and name in expressions
    second_values: dict[str, FloatArray] = field(default_factory=dict)  # by indicator: the values small samples use
    own_scores: dict[str, FloatArray] = field(default_factory=dict)  # by indicator: the scores behind a cohort's mean
    instead: dict[str, "Replaced"] = field(
        default_factory=dict
    )  # by indicator: who gets something though it does not apply


@dataclass(frozen=True, slots=True)
class Replaced:
    """The units that get something for an indicator that does not apply to them; every array (units,)."""

    why: IntArray  # ``Why``; NONE where the unit's own figures, or nothing, count
    alone: BoolArray  # no unit is left to take a mean of: what the tree says for that case was given
