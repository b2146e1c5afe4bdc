"""The fewest improvements that together suffice: the largest gains are added first, unneeded ones then removed."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import Indicator
from lawgov_score.scoring.advice.improve import STEPS, Figures, between_of, keyed
from lawgov_score.scoring.advice.whatif import Outcomes, Question


@dataclass(frozen=True, slots=True)
class Found:
    """The best answers at one indicator: ``options`` from small to full gain; its present and its possible score."""

    indicator: Indicator
    given: Figures
    options: tuple[Figures, ...]
    gain: float
    gain_total: float


def all_of(improvements: Sequence[Found]) -> dict[str, float]:
    """All changes of these improvements together, by field key."""
    return {key: figure for one in improvements for key, figure in keyed(one.indicator, one.options[-1]).items()}


def enough(
    row: int, improvements: Sequence[Found], level: int
) -> Generator[Sequence[Question], Outcomes, list[Found] | None]:
    """The fewest improvements that reach grade number ``level``; None if even all are not enough."""
    if not improvements:
        return None
    outcomes = yield [(row, all_of(improvements[: i + 1])) for i in range(len(improvements))]
    reaching = np.flatnonzero(outcomes.levels <= level)
    if not len(reaching):
        return None
    chosen = list(improvements[: int(reaching[0]) + 1])
    chosen = yield from _pruned(row, chosen, level)
    for i, one in enumerate(chosen):
        rest = [*chosen[:i], *chosen[i + 1 :]]
        less = yield from _least(row, one, rest, level)
        chosen[i] = Found(one.indicator, one.given, (less,), one.gain, one.gain_total)
    return (yield from _pruned(row, chosen, level))


def _pruned(row: int, chosen: list[Found], level: int) -> Generator[Sequence[Question], Outcomes, list[Found]]:
    """The list without unneeded improvements; the smallest gain is tried first, until none can be removed."""
    kept, is_settled = list(chosen), False
    while not is_settled and len(kept) > 1:
        outcomes = yield [(row, all_of([*kept[:i], *kept[i + 1 :]])) for i in range(len(kept))]
        spare = np.flatnonzero(outcomes.levels <= level)
        is_settled = not len(spare)
        if len(spare):
            del kept[int(spare[-1])]
    return kept


def _least(
    row: int, improvement: Found, rest: Sequence[Found], level: int
) -> Generator[Sequence[Question], Outcomes, Figures]:
    """The smallest option at one indicator that is enough together with the other improvements."""
    others = all_of(rest)
    outcomes = yield [(row, {**others, **keyed(improvement.indicator, each)}) for each in improvement.options]
    at = int(np.flatnonzero(outcomes.levels <= level)[0])
    figures = improvement.options[at]
    before = improvement.options[at - 1] if at else improvement.given
    moved = [code for code in figures if figures[code] != before.get(code)]
    if len(moved) != 1 or moved[0] not in before:
        return figures
    asked = next(each for each in improvement.indicator.fields if each.code == moved[0])
    step = STEPS.get(asked.type)
    low, high = before[moved[0]], figures[moved[0]]
    while step is not None and abs(high - low) > step * 1.5:
        between = between_of(low, high, step)
        if not between:
            break
        outcomes = yield [
            (row, {**others, **keyed(improvement.indicator, {**figures, moved[0]: each})}) for each in between
        ]
        reaching = np.flatnonzero(outcomes.levels <= level)
        if not len(reaching):
            low = between[-1]
        else:
            first = int(reaching[0])
            high, low = between[first], between[first - 1] if first else low
    return {**figures, moved[0]: high}
