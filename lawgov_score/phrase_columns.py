"""Phrases of many units at once: a phrase whose figures are columns, and a choice among phrases unit by unit.

A figure of a ``Phrase`` may be a column (an array, one number a unit), ``Quantities``, a ``Chosen`` or a ``Single``.
``report.texts`` words such a phrase for as many units as are asked for; ``picked`` gives the phrase of one of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Self

import numpy as np

from lawgov_score.rounding import BoolArray, FloatArray, IntArray
from lawgov_score.wording import Phrase, Quantity


@dataclass(frozen=True, slots=True, eq=False)
class Quantities:
    """A column of numbers (units,) as the scheme prints them: ``Quantity`` for many, ``decimals`` the same for all."""

    numbers: FloatArray
    is_share: bool = False
    decimals: int | None = None
    is_day: bool = False

    @classmethod
    def like(cls, mark: Quantity, numbers: FloatArray) -> Self:
        """``numbers`` (units,) with the notation of ``mark``."""
        return cls(numbers, mark.is_share)

    @property
    def as_share(self) -> "Quantities":
        """The same numbers as percentages."""
        return Quantities(self.numbers, is_share=True, decimals=self.decimals)


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """One of ``options`` for each unit: ``which`` (units,) is its number. An option may hold columns of all units.

    An option that is None says nothing. A figure may be a text, or words, instead of a phrase.
    """

    which: IntArray
    options: tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Single:
    """A phrase, or None, that is made for each unit alone, by its row, and only where it is asked for."""

    of: Callable[[int], object]


Phrases = Phrase | Chosen | Single | None
"""The phrases of many units: one for all (its figures may be columns), a choice, one by one, or none at all."""


def chosen(*cases: tuple[BoolArray, object], otherwise: object) -> Phrases:
    """For each unit the phrase of the first case, ``(who, phrase)``, that holds; ``who`` is (units,).

    >>> from lawgov_score.wording import Words
    >>> more = chosen((np.array([True, False]), Words("多", "more")()), otherwise=None)
    >>> picked(more, 0), picked(more, 1)
    (Phrase(words=Words(zh='多', en='more'), values={}), None)
    """
    held: list[tuple[BoolArray, object]] = []
    for who, phrase in cases:
        if who.all():  # what comes after it is said of nobody
            otherwise = phrase
            break
        if who.any():
            held.append((who, phrase))
    if not held:
        return otherwise  # type: ignore[return-value]  # as the cases are
    which = np.full(len(held[0][0]), len(held), dtype=np.min_scalar_type(len(held)))
    for number, (who, _) in reversed(list(enumerate(held))):
        which[who] = number
    return Chosen(which, (*(phrase for _, phrase in held), otherwise))


def patterns(marks: Sequence[BoolArray], size: int) -> tuple[IntArray, tuple[tuple[bool, ...], ...]]:
    """(units,) the number of each unit's pattern of marks, and the patterns. ``marks``: each (units,) of ``size``.

    >>> patterns([np.array([True, True, False]), np.array([False, False, True])], 3)
    (array([1, 1, 0]), ((False, True), (True, False)))
    """
    if not marks or all(mark.all() for mark in marks):  # most often everything holds for everybody
        return np.zeros(size, dtype=np.intp), ((True,) * len(marks),)
    found, which = np.unique(np.stack(marks, axis=1), axis=0, return_inverse=True)
    return which.reshape(-1), tuple(map(tuple, found.tolist()))


def some_of(parts: Sequence[tuple[BoolArray, object]]) -> Chosen:
    """For each unit a list of those parts, ``(who, part)``, that it has: ``who`` is (units,)."""
    held = [(who, part) for who, part in parts if who.any()]
    which, found = patterns([who for who, _ in held], len(parts[0][0]))
    return Chosen(which, tuple(tuple(compress((part for _, part in held), has)) for has in found))


def picked(figure: object, row: int) -> object:
    """What ``figure`` is for the unit in ``row``: no column is left in it.

    >>> picked(np.array([1.0, 2.5]), 1), picked("甲", 1)
    (2.5, '甲')
    """
    pick = _PICKED.get(type(figure))
    return figure if pick is None else pick(figure, row)


_PICKED: dict[type, Callable[[Any, int], object]] = {  # by type: cards ask for one cell after the other
    Phrase: lambda phrase, row: Phrase(phrase.words, {name: picked(each, row) for name, each in phrase.values.items()}),
    np.ndarray: lambda column, row: column.item(row),
    Quantities: lambda column, row: Quantity(column.numbers.item(row), column.is_share, column.decimals),
    Chosen: lambda choice, row: picked(choice.options[choice.which.item(row)], row),
    Single: lambda single, row: single.of(row),
    tuple: lambda parts, row: tuple([picked(part, row) for part in parts]),
}


def phrase_of(phrases: Phrases, row: int) -> Phrase | None:
    """The phrase of one unit; None: there is nothing to say."""
    phrase = picked(phrases, row)
    assert phrase is None or isinstance(phrase, Phrase)  # what is chosen among are phrases
    return phrase
