"""Wordings that several rules share: figures with their units, floors, and reasons that need no arithmetic."""

import math
from collections.abc import Sequence
from dataclasses import replace

from lawgov_score.measure.digits import beside, decimals_of
from lawgov_score.phrase_columns import Quantities
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.rows import Row
from lawgov_score.rules.rule import Term
from lawgov_score.wording import Phrase, Quantity, Words

PERCENT_SIGNS = {"%", "％"}
MISSING = Words("未填报", "not answered")
NEVER = Words("始终未报送（未完成），{gives}", "never came: {gives}")
FULL = Words("得满分 {score:points} 分", "full points: {score:points}")
_PLAIN = Words("{figure}", "{figure}")
_DAY = Words("{day:date}", "{day:date}")
_MEASURED = Words("{figure} {unit}", "{figure} {unit}")
_STEP = Words("{figure:step}", "{figure:step}")
_COUNTED = Words("{figure} 个", "{figure}")
_SPACED = Words("{figure} ", "{figure}")
_ONE = Words("个", "one")
_NO_POINTS = Words("不得分", "no points")
_NOTHING_OFF = Words("不扣分", "nothing off")
_SOME_OFF = Words("扣 {score:points} 分", "{score:points} points off")
GETS = {False: Words("得", "points"), True: Words("扣", "points off")}  # of a 扣分项 (True): what it takes off
GETS_NONE = {False: Words("不得分", "none"), True: Words("不扣分", "nothing off")}
_SOME_POINTS = Words("得 {score:points} 分", "{score:points} points")


def trivial_reason(row: Row, points: float) -> Phrase | None:
    """The reason where nothing needs explaining: no answer, or no points lost. None if something needs explaining."""
    if math.isnan(row.score):
        return MISSING()
    return FULL(score=row.score) if row.score >= points else None


def is_share_term(term: Term) -> bool:
    """Is what it names printed as a percentage?"""
    return term.is_share or term.measured_in in PERCENT_SIGNS


def value_figure(number: float, term: Term, marks: Sequence[Quantity] = ()) -> Phrase:
    """One value as it is printed beside the ``marks`` that it is held against."""
    is_share = is_share_term(term) or any(mark.is_share for mark in marks)
    return figure(beside(number, *(mark.number for mark in marks), is_share=is_share), term)


def figure(quantity: Quantity | Quantities, term: Term) -> Phrase:
    """A figure as the scheme prints it: ``90%``, or ``10 件``. A mark of the scheme is printed with all its digits."""
    if quantity.is_day:
        return _DAY(day=quantity.number if isinstance(quantity, Quantity) else quantity.numbers)
    is_share = quantity.is_share or is_share_term(term)
    if isinstance(quantity, Quantity) and quantity.decimals is None:
        quantity = replace(quantity, decimals=decimals_of(quantity.number, is_share=is_share))
    if is_share:
        return _PLAIN(figure=quantity.as_share)
    if not term.measured_in:
        return _PLAIN(figure=quantity)
    return _MEASURED(figure=quantity, unit=term.measured_in)


def step(quantity: Quantity | Quantities, term: Term) -> Phrase:
    """A difference: ``1 个百分点``, or ``10 件``."""
    if not (quantity.is_share or is_share_term(term)):
        return figure(quantity, term)
    if isinstance(quantity, Quantity) and quantity.decimals is None:
        quantity = replace(quantity, decimals=decimals_of(quantity.number, is_share=True))
    return _STEP(figure=quantity.as_share)


def before_word(phrase: Phrase) -> Phrase:
    """With the space that a figure needs before a Chinese word: ``达到 90% 得``, but ``达到 2 件得``."""
    return _SPACED(figure=phrase) if _ends_in_figure(phrase) else phrase


def _ends_in_figure(value: object, spec: str = "") -> bool:
    """Does the Chinese text end in a figure (or a unit in letters)?"""
    match value:
        case Phrase(words=Words(zh=zh), values=values) if zh.endswith("}"):
            name, _, inner = zh[zh.rindex("{") + 1 : -1].partition(":")
            return _ends_in_figure(values[name], inner)
        case Phrase(words=Words(zh=zh)) | Words(zh=zh) | str(zh):
            return zh[-1:].isascii() and zh[-1:].strip() != ""
        case tuple():
            return bool(value) and _ends_in_figure(value[-1])
    return spec not in {"step", "date"}  # these end in 个百分点 and in 日


def counted(number: float | FloatArray, term: Term) -> Phrase:
    """A count, or a column of them, with its unit: ``2 起``; without one, ``2 个``."""
    return _MEASURED(figure=number, unit=term.measured_in) if term.measured_in else _COUNTED(figure=number)


def unit(term: Term) -> Phrase:
    """The unit a term is counted in: ``起``; without one, ``个``."""
    return _PLAIN(figure=term.measured_in or _ONE)


def floor_words(floor: float) -> Phrase:
    """The words for where deduction stops: 扣完为止, 最多倒扣 1 分, or 最低 0.5 分."""
    if floor == 0:
        return Words("扣完为止", "down to nothing")()
    if floor < 0:
        return Words("最多倒扣 {below:points} 分", "at most {below:points} below nothing")(below=-floor)
    return Words("最低 {floor:points} 分", "down to {floor:points}")(floor=floor)


def nothing_or(score: float, *, is_taken_off: bool = False) -> Phrase:
    """不得分 for zero, otherwise 得 x 分; of a 扣分项 不扣分 and 扣 x 分."""
    if is_taken_off:
        return _NOTHING_OFF() if score == 0 else _SOME_OFF(score=score)
    return _NO_POINTS() if score == 0 else _SOME_POINTS(score=score)
