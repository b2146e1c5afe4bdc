"""Values from fields: the arithmetic of `value:`, the printed rate as substitute, small samples."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lawgov_score.expression import Expression
from lawgov_score.measure.cohorts import statistic
from lawgov_score.model import Indicator, field_key
from lawgov_score.rounding import VALUE_DECIMALS, BoolArray, FloatArray, IntArray, without_dust


@dataclass(frozen=True, slots=True)
class Context:
    """Inputs of an indicator's score besides the unit's own answers.

    ``applicable``: (units, indicators). ``cohorts``, ``years``: (units,). ``previous``: last edition's figures
    (units,) by ``<indicator code>.<field code>``, ``….value`` or ``….score``; an absent key means none on record.
    ``marks``: (units, reviewers) by indicator code, nan where a reviewer gave none. ``nodes``: scores so far (units,)
    by node code.
    """

    applicable: BoolArray
    cohorts: IntArray
    years: FloatArray
    previous: Mapping[str, FloatArray]
    marks: Mapping[str, FloatArray]
    nodes: Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Values:
    """The values computed from one indicator's fields; every array (units,).

    ``value``: nan where missing. ``by_zero``: a denominator, or the base, was zero. ``from_rate``: the printed rate
    was taken. ``small``: the sample is below the stated size. ``unknown``: the base is missing, so there is no value.
    ``missing``: a figure that the value needs is missing.
    """

    value: FloatArray
    by_zero: BoolArray
    from_rate: BoolArray
    small: BoolArray
    unknown: BoolArray
    missing: BoolArray


def fields_of(indicator: Indicator, answers: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """The indicator's own columns, by field code."""
    return {asked.code: answers[field_key(indicator, asked)] for asked in indicator.fields}


def names_of(
    indicator: Indicator, fields: Mapping[str, FloatArray], context: Context, counts: BoolArray
) -> Mapping[str, FloatArray]:
    """``fields`` and every reference in the indicator's expressions, by canonical text; columns (units,).

    ``counts`` (units,): whose answers feed the statistics of a cohort.
    """
    if not indicator.references:
        return fields  # the usual case
    known = dict(fields)
    nothing = np.full(len(counts), np.nan)
    for expression in indicator.expressions:
        for name in expression.previous:
            known[f"previous.{name}"] = context.previous.get(f"{indicator.code}.{name}", nothing)
        for code in expression.nodes:
            known[f'score("{code}")'] = context.nodes[code]
        for one in expression.cohort:
            answered = np.where(counts, fields[one.field], np.nan)
            which = one.which.removeprefix("cohort_")
            known[str(one)] = statistic(which, answered, context.cohorts, one.share)
    return known


def values_of(indicator: Indicator, names: Mapping[str, FloatArray], size: int) -> Values:
    """The value of every unit. ``names``: columns (units,) as ``names_of`` gives them."""
    no = np.zeros(size, dtype=bool)
    nothing = unknown = no
    if indicator.base is not None:
        base = indicator.base.evaluate(names).value
        nothing, unknown = base == 0, np.isnan(base)
    if indicator.value is None:
        return Values(np.full(size, np.nan), nothing, no, _small(indicator, names, nothing, no), unknown, no)
    missing = indicator.value.missing(names)
    result = indicator.value.evaluate(names, missing)
    value, by_zero, from_rate = result.value, result.by_zero, no
    if indicator.base is not None:
        by_zero = by_zero | nothing
    if indicator.substitute is not None:
        rate = names[indicator.substitute.code]
        from_rate = np.isnan(value) & ~by_zero & ~np.isnan(rate)
        value = np.where(from_rate, without_dust(rate, VALUE_DECIMALS), value)
    return Values(value, by_zero, from_rate, _small(indicator, names, by_zero, no), unknown, missing)


def lacks_previous(expressions: tuple[Expression, ...], names: Mapping[str, FloatArray], size: int) -> BoolArray:
    """(units,): does last edition lack a needed figure while all needed answers of this edition are given?

    A unit's own blank counts as missing, whatever last edition has.
    """
    lacks, owes = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for one in expressions:
        for name, who in one.needed(names).items():
            (lacks if name.startswith("previous.") else owes)[:] |= np.isnan(names[name]) & who
    return lacks & ~owes


def spared(indicator: Indicator, names: Mapping[str, FloatArray], size: int) -> Mapping[str, BoolArray]:
    """(units,) by field code: units that need not answer it, since it stands on a branch of `if(…)` that is not taken.

    Holds only fields that some unit need not answer. ``names`` as for ``values_of``.
    """
    if not indicator.has_branches:
        return {}
    needed: dict[str, BoolArray] = {}
    for one in indicator.expressions:
        for name, who in one.needed(names).items():
            needed[name] = needed.get(name, np.zeros(size, dtype=bool)) | who
    read = {code for rule in indicator.rules for code in rule.reads}
    codes = [asked.code for asked in indicator.fields if asked.code in needed and asked.code not in read]
    return {code: ~needed[code] for code in codes if not needed[code].all()}


def _small(indicator: Indicator, names: Mapping[str, FloatArray], by_zero: BoolArray, no: BoolArray) -> BoolArray:
    """(units,): is the sample small? Not with a zero denominator: `on_zero` decides there. ``no``: nobody's is."""
    if indicator.small_sample is None:
        return no
    size = indicator.small_sample.of.evaluate(names).value
    return indicator.small_sample.holds(size) & ~by_zero  # nan compares as False
