"""Working: how a score came about, step by step: the engine's own figures, kept for whoever explains it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lawgov_score.rounding import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Working:
    """The steps at one group, or at the root, in their order; every array (units,).

    ``parts``: what each part brings, in the order of ``Tree.parts_of``, on the scale on which it is combined: 0 where
    it counts without a score, nan where it does not count. ``nodes``: the same of the nodes that an expression looks
    at, by code.
    """

    parts: tuple[FloatArray, ...]
    nodes: Mapping[str, FloatArray]
    count: IntArray  # how many count; bonuses and what is taken off left out
    combined: FloatArray  # what they come to by the way
    asked: FloatArray  # what a table is asked: their sum; of any other way the same as `combined`
    worth: FloatArray  # of a sum, the points of what applies
    whole: float  # what `rescaled` is out of: the printed points of all; nan where nothing is converted
    rescaled: FloatArray  # converted for what does not apply
    scaled: FloatArray  # on the group's own scale
    ruled: FloatArray  # by its rule
    limited: FloatArray  # within floor and cap
    rounded: FloatArray


@dataclass(frozen=True, slots=True)
class Compared:
    """What indicators rest on beside a unit's own answers; every array (units,).

    Only what is looked at is there: nothing for an indicator that compares nothing and refers to nothing.
    """

    takes_part: dict[str, BoolArray] = field(default_factory=dict)  # by indicator: whose figures feed comparisons
    references: dict[tuple[str, str], FloatArray] = field(default_factory=dict)  # by indicator and name in expressions
    second_values: dict[str, FloatArray] = field(default_factory=dict)  # by indicator: what small samples are scored by
    own_scores: dict[str, FloatArray] = field(default_factory=dict)  # by indicator: scores that make a cohort's mean
