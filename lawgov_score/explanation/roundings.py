"""Roundings in words: to so many decimals or whole steps, where halves go, and what is rounded in print alone."""

from lawgov_score.rounding import Halves, Rounding
from lawgov_score.wording import Phrase, Words

_TO_DECIMALS = {
    Halves.UP: Words("四舍五入到 {n} 位小数", "rounded half up to {n} decimals"),
    Halves.EVEN: Words("四舍六入五成双到 {n} 位小数", "rounded half to even to {n} decimals"),
}
_TO_STEP = {
    Halves.UP: Words("四舍五入到 {step} 的整数倍", "rounded half up to multiples of {step}"),
    Halves.EVEN: Words("四舍六入五成双到 {step} 的整数倍", "rounded half to even to multiples of {step}"),
}
_IN_PRINT = Words("只在印出时取 {n} 位小数", "printed with {n} decimals, not rounded")
_NOT_ROUNDED = Words("不舍入", "not rounded")


def words_of(rounding: Rounding | None) -> Phrase:
    """How something is rounded."""
    if rounding is None:
        return _NOT_ROUNDED()
    if rounding.in_print:
        return _IN_PRINT(n=rounding.decimals)
    if rounding.step:
        return _TO_STEP[rounding.halves](step=rounding.step)
    return _TO_DECIMALS[rounding.halves](n=rounding.decimals)
