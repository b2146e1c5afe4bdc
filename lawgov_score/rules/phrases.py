"""Wordings that several rules share: figures with their units, floors, and reasons that need no arithmetic."""

import math

import numpy as np

from lawgov_score.phrase_columns import Phrases, Quantities, chosen
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.rows import Row, Rows
from lawgov_score.rules.rule import Term
from lawgov_score.wording import Phrase, Quantity, Words

MISSING = Words("未填报", "not answered")
FULL = Words("得满分 {score:points} 分", "full points: {score:points}")
_PLAIN = Words("{figure}", "{figure}")
_MEASURED = Words("{figure} {unit}", "{figure} {unit}")
_STEP = Words("{figure:step}", "{figure:step}")
_COUNTED = Words("{figure} 个", "{figure}")
_SPACED = Words("{figure} ", "{figure}")
_ONE = Words("个", "one")
_NO_POINTS = Words("不得分", "no points")
_SOME_POINTS = Words("得 {score:points} 分", "{score:points} points")


def trivial_reason(row: Row, points: float) -> Phrase | None:
    """The reason where nothing needs explaining: no answer, or no points lost. None if something needs explaining."""
    if math.isnan(row.score):
        return MISSING()
    return FULL(score=row.score) if row.score >= points else None


def unless_trivial(rows: Rows, points: float, phrases: Phrases) -> Phrases:
    """``trivial_reason`` of many units, and ``phrases`` for those whose reason needs explaining."""
    return chosen((np.isnan(rows.score), MISSING()), (rows.score >= points, FULL(score=rows.score)), otherwise=phrases)


def figure(quantity: Quantity | Quantities, term: Term) -> Phrase:
    """A figure as the scheme prints it: ``90%``, or ``10 件``; of a share always a percentage."""
    if quantity.is_share or term.is_share or term.measured_in in {"%", "％"}:
        return _PLAIN(figure=quantity.as_share)
    if not term.measured_in:
        return _PLAIN(figure=quantity)
    return _MEASURED(figure=quantity, unit=term.measured_in)


def as_shown(numbers: FloatArray, term: Term) -> Phrase:
    """Values (units,) as they are shown elsewhere: a share as a percentage, everything else as ``figure``."""
    return figure(Quantities(numbers, term.is_share), term)


def step(quantity: Quantity | Quantities, term: Term) -> Phrase:
    """A difference: ``1 个百分点``, or ``10 件``."""
    return _STEP(figure=quantity.as_share) if quantity.is_share or term.is_share else figure(quantity, term)


def before_word(phrase: Phrase) -> Phrase:
    """A figure with the space that it needs before a Chinese word: ``达到 90% 得``, but ``达到 2 件得``."""
    unit = phrase.values.get("unit")
    ends_in_figure = phrase.words is _PLAIN or (isinstance(unit, str) and unit.isascii())
    return _SPACED(figure=phrase) if ends_in_figure else phrase


def counted(number: float | FloatArray, term: Term) -> Phrase:
    """A count, or a column of them, with its unit: ``2 起``; without one, ``2 个``."""
    return _MEASURED(figure=number, unit=term.measured_in) if term.measured_in else _COUNTED(figure=number)


def unit(term: Term) -> Phrase:
    """The unit a term is counted in: ``起``; without one, ``个``."""
    return _PLAIN(figure=term.measured_in or _ONE)


def floor_words(floor: float) -> Phrase:
    """The words for where deduction stops: 扣完为止, or 最低 -1 分."""
    if floor == 0:
        return Words("扣完为止", "down to 0")()
    return Words("最低 {floor:points} 分", "down to {floor:points}")(floor=floor)


def nothing_or(score: float) -> Phrase:
    """不得分 for zero, otherwise 得 x 分."""
    return _NO_POINTS() if score == 0 else _SOME_POINTS(score=score)


def nothing_or_some(scores: FloatArray) -> Phrases:
    """``nothing_or`` of many units, (units,)."""
    return chosen((scores == 0, _NO_POINTS()), otherwise=_SOME_POINTS(score=scores))
