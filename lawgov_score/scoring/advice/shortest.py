"""The fewest improvements that together suffice: the largest gains are added first, unneeded ones then removed."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import Indicator
from lawgov_score.rounding import IntArray
from lawgov_score.scoring.advice.improve import STEPS, Figures, between_of, keeps_own, keyed
from lawgov_score.scoring.advice.spanning import Fit
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
    row: int, improvements: Sequence[Found], level: int, fit: Fit
) -> Generator[Sequence[Question], Outcomes, list[Found] | None]:
    """The fewest improvements that reach grade number ``level`` and keep the checks over several indicators.

    None if even all are not enough.
    """
    if not improvements:
        return None
    reaching = yield from _reaching(row, [all_of(improvements[: i + 1]) for i in range(len(improvements))], level, fit)
    if not len(reaching):
        return None
    chosen = list(improvements[: int(reaching[0]) + 1])
    chosen = yield from _pruned(row, chosen, level, fit)
    for i, one in enumerate(chosen):
        rest = [*chosen[:i], *chosen[i + 1 :]]
        less = yield from _least(row, one, rest, level, fit)
        chosen[i] = Found(one.indicator, one.given, (less,), one.gain, one.gain_total)
    return (yield from _pruned(row, chosen, level, fit))


def _reaching(
    row: int, tries: Sequence[Mapping[str, float]], level: int, fit: Fit
) -> Generator[Sequence[Question], Outcomes, IntArray]:
    """The numbers of the tries that reach grade number ``level`` and keep the checks."""
    outcomes = yield [(row, one) for one in tries]
    holds = np.array([fit.holds(one) for one in tries], dtype=bool)
    return np.flatnonzero((outcomes.levels <= level) & holds)


def _pruned(
    row: int, chosen: list[Found], level: int, fit: Fit
) -> Generator[Sequence[Question], Outcomes, list[Found]]:
    """The list without unneeded improvements; the smallest gain is tried first, until none can be removed."""
    kept, is_settled = list(chosen), False
    while not is_settled and len(kept) > 1:
        fewer = [all_of([*kept[:i], *kept[i + 1 :]]) for i in range(len(kept))]
        spare = yield from _reaching(row, fewer, level, fit)
        is_settled = not len(spare)
        if len(spare):
            del kept[int(spare[-1])]
    return kept


def _least(
    row: int, improvement: Found, rest: Sequence[Found], level: int, fit: Fit
) -> Generator[Sequence[Question], Outcomes, Figures]:
    """The smallest option at one indicator that is enough together with the other improvements."""
    others = all_of(rest)
    options = [{**others, **keyed(improvement.indicator, each)} for each in improvement.options]
    at = int((yield from _reaching(row, options, level, fit))[0])
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
        between = [each for each in between if keeps_own(improvement.indicator, {**figures, moved[0]: each})]
        if not between:
            break
        tries = [{**others, **keyed(improvement.indicator, {**figures, moved[0]: each})} for each in between]
        reaching = yield from _reaching(row, tries, level, fit)
        if not len(reaching):
            low = between[-1]
        else:
            first = int(reaching[0])
            high, low = between[first], between[first - 1] if first else low
    return {**figures, moved[0]: high}
