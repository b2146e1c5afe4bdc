"""Phrases of many units as texts: what is the same for all is worded once, columns of figures become columns of texts.

The words are those of ``report.render``, unit by unit.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

from lawgov_score.phrase_columns import Chosen, Phrases, Quantities, Single
from lawgov_score.report import (
    DECIMALS,
    LONGEST,
    NEAR,
    PERCENT,
    POINTS,
    Filler,
    after,
    by_number,
    date_text,
    form_of,
    joint,
    lines_of,
    number_text,
    of_one,
    percent_text,
    prose,
    step_text,
)
from lawgov_score.rounding import DUST_DECIMALS, FloatArray, IntArray, half_up, without_dust
from lawgov_score.wording import Language, Phrase, Quantity, Words

Texts = str | list[str]  # one text for all units, or one for each


def texts(phrases: Phrases, lang: Language, rows: Sequence[int] | IntArray) -> list[str]:
    """The text for each of ``rows``, '' where there is nothing to say."""
    asked = np.asarray(rows, dtype=np.intp)
    found = _ColumnFiller(lang).texts(phrases, "", asked)
    return [found] * len(asked) if isinstance(found, str) else found


def number_texts(numbers: FloatArray, decimals: int = DECIMALS) -> list[str]:
    """``number_text`` of every number.

    >>> number_texts(np.array([0.5, 1.005, np.nan]), 2)
    ['0.5', '1.01', '—']
    """
    return _texts_of(numbers, decimals, 1.0, lambda number: number_text(number, decimals))


def percent_texts(shares: FloatArray, decimals: int = PERCENT) -> list[str]:
    """``percent_text`` of every share."""
    return [f"{text}%" for text in _texts_of(shares, decimals, 100.0, lambda one: percent_text(one, decimals)[:-1])]


def _texts_of(numbers: FloatArray, decimals: int, scale: float, careful: Callable[[float], str]) -> list[str]:
    """Every number times ``scale`` as text; ``careful`` words those near a half, the very long and the endless.

    Where few units need many decimals, the others are worded with few: that is quicker, and reads the same.
    """
    if decimals > DUST_DECIMALS:
        exact = without_dust(numbers * scale, decimals)
        needs_more = (half_up(exact, DECIMALS) != exact) & ~np.isnan(exact)
        found = _texts_of(numbers, DECIMALS, scale, careful)
        more = _texts_exactly(numbers[needs_more], decimals, scale, careful)
        for row, text in zip(np.flatnonzero(needs_more).tolist(), more, strict=True):
            found[row] = text
        return found
    return _texts_exactly(numbers, decimals, scale, careful)


def _texts_exactly(numbers: FloatArray, decimals: int, scale: float, careful: Callable[[float], str]) -> list[str]:
    with np.errstate(all="ignore"):
        size = np.abs(numbers) * (10.0**decimals * scale)
        is_plain = (size < LONGEST) & (np.abs(size - np.floor(size) - 0.5) > NEAR * size)
        is_plain &= (numbers >= 0) | (size >= 1)  # a small negative number may lose its sign
        shown = (numbers * scale + 0.0).tolist()
    form = f"%.{decimals}f"
    found = [form % number for number in shown]
    if decimals:
        found = [text.rstrip("0").rstrip(".") for text in found]
    nothing, none_there = careful(math.nan), np.isnan(numbers)
    for row in np.flatnonzero(~is_plain).tolist():
        found[row] = nothing if none_there[row] else careful(float(numbers[row]))
    return found


class _ColumnFiller:
    """Inserts columns of figures into words."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang
        self._one = Filler(lang)

    def texts(self, figure: object, spec: str, rows: IntArray) -> Texts:
        """A figure of many units, or their phrase, for each of ``rows``; one text where it is the same for all."""
        match figure:
            case Phrase():
                return self._filled(figure, rows)
            case Chosen():
                return self._by_choice(figure, spec, rows)
            case np.ndarray():
                return self._numbers(np.asarray(figure[rows], dtype=np.float64), spec)
            case Quantities(numbers, is_share, decimals):
                shown = Quantities(np.asarray(numbers[rows], dtype=np.float64), is_share, decimals)
                return self._quantities(shown, spec)
            case Single(of):
                made = map(of, rows.tolist())
                return ["" if one is None else self._one.format_field(one, spec) for one in made]
            case tuple() | list():
                return _strung([self.texts(part, "", rows) for part in figure], joint(spec, self._lang))
            case None:
                return ""
        return self._one.format_field(figure, spec)

    def _filled(self, phrase: Phrase, rows: IntArray) -> Texts:
        """A name missing from the figures is a ``KeyError``."""
        line: list[Texts] = []
        known: dict[tuple[str, str], Texts] = {}
        figure: Texts = ""
        for many, one, name, spec in lines_of(form_of(phrase.words, self._lang)):
            line.append(_after(figure, many, one))
            if name is not None:
                value, before = phrase.values[name], figure
                if (name, spec) not in known:
                    known[name, spec] = self.texts(value, spec, rows)
                figure = known[name, spec]
                if many == " " and isinstance(value, Words) and isinstance(figure, str):
                    figure = _after(before, figure, of_one(figure))
                line.append(figure)
        return _strung(line, "")

    def _by_choice(self, choice: Chosen, spec: str, rows: IntArray) -> Texts:
        which = choice.which[rows]
        if not len(which):
            return ""
        if (which == which[0]).all():
            return self.texts(choice.options[which[0]], spec, rows)
        found = [""] * len(which)
        order = np.argsort(which, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(which[order])) + 1):
            each = self.texts(choice.options[which[members[0]]], spec, rows[members])
            for i, row in enumerate(members.tolist()):
                found[row] = each if isinstance(each, str) else each[i]
        return found

    def _numbers(self, numbers: FloatArray, spec: str) -> Texts:
        if len(numbers) and (numbers == numbers[0]).all():
            return self._one.format_field(float(numbers[0]), spec)
        match spec:
            case "percent":
                return _signed(percent_texts(numbers), numbers)
            case "date":
                return [date_text(number, self._lang) for number in numbers.tolist()]
            case "points":
                return _signed(number_texts(numbers, POINTS), numbers)
            case spec if "|" in spec:
                return [by_number(text, spec) for text in number_texts(numbers)]
        return _signed(number_texts(numbers), numbers)

    def _quantities(self, shown: Quantities, spec: str) -> Texts:
        numbers, decimals = shown.numbers, shown.decimals
        if len(numbers) and (numbers == numbers[0]).all():
            return self._one.format_field(Quantity(float(numbers[0]), shown.is_share, decimals), spec)
        if not shown.is_share:
            return _signed(number_texts(numbers, DECIMALS if decimals is None else decimals), numbers)
        if decimals is None:  # rare: figures of reasons say theirs
            return [self._one.format_field(Quantity(number, is_share=True), spec) for number in numbers.tolist()]
        places = decimals
        if spec == "step":
            signed = _signed(number_texts(numbers * 100, places), numbers)
            return [step_text(text, self._lang) for text in signed]
        return _signed(percent_texts(numbers, places), numbers)


def _after(figure: Texts, many: str, one: str) -> Texts:
    """``report.after`` for each unit; one text where it is the same for all."""
    if many == one or isinstance(figure, str):
        return many if isinstance(figure, list) else after(figure, many, one)
    return [after(each, many, one) for each in figure]


def _signed(found: list[str], numbers: FloatArray) -> list[str]:
    """Numbers as texts, with the sign that prose has before a negative one."""
    return [prose(text) for text in found] if (numbers < 0).any() else found


def _strung(line: Sequence[Texts], between: str) -> Texts:
    """Texts one after the other, ``between`` them what joins them: for each unit, or once where none differs."""
    columns = [piece for piece in line if not isinstance(piece, str)]
    if not columns:
        return between.join(piece for piece in line if isinstance(piece, str))
    form = between.join(piece.replace("%", "%%") if isinstance(piece, str) else "%s" for piece in line)
    return [form % row for row in zip(*columns, strict=True)]
