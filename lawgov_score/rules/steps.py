"""Counting steps between a value and a target: whole steps, started steps, or in proportion."""

from enum import StrEnum

import numpy as np

from lawgov_score.measure.digits import decimals_of
from lawgov_score.phrase_columns import Phrases, Quantities, chosen
from lawgov_score.rounding import DUST_DECIMALS, FloatArray, without_dust
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.phrases import before_word, step
from lawgov_score.rules.rule import Term
from lawgov_score.wording import Phrase, Quantity, Words


class Steps(StrEnum):
    """How a step that is not full counts."""

    FLOOR = "floor"
    LINEAR = "linear"
    CEIL = "ceil"


TITLE = "不足一步的算法"
_MODES = {
    Steps.FLOOR: Words("不足 {step}的不扣", "nothing for less than {step}"),
    Steps.LINEAR: Words("不足 {step}的按比例扣", "in proportion for less than {step}"),
    Steps.CEIL: Words("不足 {step}的按 {step}扣", "less than {step} counts as {step}"),
}

_AS = Words("{every}（按 {whole}计）", "{every} (counted as {whole})")


def count_steps(gap: FloatArray, size: float, steps: Steps) -> FloatArray:
    """How many steps of ``size`` lie in ``gap`` (units,); a negative gap has none.

    >>> count_steps(np.array([0.9 - 0.8, 0.25]), 0.1, Steps.FLOOR).tolist()
    [1.0, 2.0]
    """
    number = without_dust(np.maximum(gap, 0.0) / size)
    match steps:
        case Steps.FLOOR:
            return np.floor(number)
        case Steps.CEIL:
            return np.ceil(number)
        case Steps.LINEAR:
            return number


def steps_formula(gap: str, size: float, steps: Steps) -> str:
    """The same count in a spreadsheet; ``gap`` is an expression."""
    count = f"ROUND(MAX({gap},0)/{sheet.number(size)},{DUST_DECIMALS})"
    match steps:
        case Steps.FLOOR:
            return f"INT({count})"
        case Steps.CEIL:
            return f"(-INT(-{count}))"
        case Steps.LINEAR:
            return count


def steps_words(size: Phrase, steps: Steps) -> Phrase:
    """How less than a step counts, in words."""
    return _MODES[steps](step=before_word(size))


def as_counted(every: Phrase, gap: Quantities, term: Term, size: Quantity, steps: Steps) -> Phrases:
    """``every`` (每低 10 个百分点扣 0.25 分), and as how much each ``gap`` (units,) counts where steps are not full."""
    if steps is Steps.LINEAR:
        return every
    counted = without_dust(count_steps(gap.numbers, size.number, steps) * size.number)
    whole = Quantities(counted, gap.is_share, max(gap.decimals or 0, decimals_of(size.number, is_share=gap.is_share)))
    is_full = without_dust(np.maximum(gap.numbers, 0.0)) == counted
    return chosen((is_full, every), otherwise=_AS(every=every, whole=before_word(step(whole, term))))
