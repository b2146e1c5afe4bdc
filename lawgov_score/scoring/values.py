"""From fields to values: the arithmetic of `value:`, the printed rate that stands in, small samples."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import BoolArray, Indicator, field_key
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust


@dataclass(frozen=True, slots=True)
class Values:
    """What one indicator's fields come to; every array (units,).

    ``value``: nan where missing. ``by_zero``: a denominator, or the base, was zero. ``from_rate``: the printed rate was
    taken. ``small``: the sample is below the stated size. ``unknown``: the base is missing, so nothing can be said.
    """

    value: FloatArray
    by_zero: BoolArray
    from_rate: BoolArray
    small: BoolArray
    unknown: BoolArray


def fields_of(indicator: Indicator, answers: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """The indicator's own columns, by field code."""
    return {asked.code: answers[field_key(indicator, asked)] for asked in indicator.fields}


def values_of(indicator: Indicator, fields: Mapping[str, FloatArray], size: int) -> Values:
    """The value of every unit. ``fields``: columns (units,) by field code."""
    no = np.zeros(size, dtype=bool)
    base = np.ones(size) if indicator.base is None else indicator.base.evaluate(fields).value
    nothing, unknown = base == 0, np.isnan(base)
    if indicator.value is None:
        return Values(np.full(size, np.nan), nothing, no, _small(indicator, fields, nothing), unknown)
    result = indicator.value.evaluate(fields)
    value, by_zero, from_rate = result.value, result.by_zero | nothing, no
    if indicator.substitute is not None:
        rate = fields[indicator.substitute.code]
        from_rate = np.isnan(value) & ~by_zero & ~np.isnan(rate)
        value = np.where(from_rate, without_dust(rate, VALUE_DECIMALS), value)
    return Values(value, by_zero, from_rate, _small(indicator, fields, by_zero), unknown)


def _small(indicator: Indicator, fields: Mapping[str, FloatArray], by_zero: BoolArray) -> BoolArray:
    """Nothing at all is no sample: where the denominator is zero `on_zero` decides, not this."""
    if indicator.small_sample is None:
        return by_zero & False
    size = indicator.small_sample.of.evaluate(fields).value
    return (size < indicator.small_sample.below) & ~by_zero  # nan compares as False
