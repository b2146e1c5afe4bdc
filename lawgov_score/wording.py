"""Words in two languages, and phrases: words with the figures to insert.

This module makes no text. ``report.render`` does, in the reader's language, so that one phrase can be a line in a
terminal, a cell of a workbook or a note in another language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Self

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Language(StrEnum):
    """A language of the results."""

    ZH = "zh"
    EN = "en"


class Face(StrEnum):
    """Where people read: at the command line, or on pages of a desk, where nobody types commands."""

    COMMANDS = "commands"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in each language; ``{name}`` or ``{name:spec}`` marks the place of a figure.

    Specs that ``report.render`` knows: ``points`` (得分, trimmed), ``percent``, ``date`` (a spreadsheet
    day number), ``step`` (a step of a percentage, as 个百分点), ``list`` (joined with 、), ``waits|wait`` (in place
    of the figure: what is said of one, and of any other number). English is written for many of a thing: ``{n} files``
    is 1 file where it is one.
    """

    zh: str
    en: str

    def __call__(self, **values: object) -> "Phrase":
        """These words with ``values`` as figures."""
        return Phrase(self, values)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words and the figures that go into them. A figure may itself be a phrase, or a tuple of phrases."""

    words: Words
    values: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


def day_number(printed: str) -> float | None:
    """The day as spreadsheets count it; None if the calendar does not have it.

    >>> day_number("2024-01-01"), day_number("2026-02-30")
    (45292.0, None)
    """
    try:
        return float((date.fromisoformat(printed) - date(1899, 12, 30)).days)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the scheme prints it: ``90%`` is 0.9 and shown as a percentage, ``10`` is 10.

    ``decimals``: how many are shown at most, of the percentage where it is one; None: as everywhere. ``is_day``: it is
    a day, as spreadsheets count them, and shown as a date; nan where the calendar does not have it (``2026-02-30``).

    >>> Quantity.parse("90%")
    Quantity(number=0.9, is_share=True, decimals=None, is_day=False)
    """

    number: float
    is_share: bool = False
    decimals: int | None = None
    is_day: bool = False

    @classmethod
    def parse(cls, printed: str | float) -> Self:
        """A number from YAML, or text such as ``"90%"`` or ``"2026-03-31"`` (already checked against the schema)."""
        if isinstance(printed, str) and not printed.endswith("%"):
            number = day_number(printed)
            return cls(float("nan") if number is None else number, is_day=True)
        if isinstance(printed, str):
            from decimal import Decimal

            return cls(float(Decimal(printed.rstrip("%")) / 100), is_share=True)
        return cls(float(printed))

    @property
    def as_share(self) -> "Quantity":
        """The same number as a percentage."""
        return Quantity(self.number, is_share=True, decimals=self.decimals)

    def like(self, number: float) -> "Quantity":
        """``number`` as a quantity with the same notation as this one."""
        return Quantity(number, self.is_share)


@dataclass(frozen=True, slots=True)
class ByFace:
    """A figure that is worded by where it is read: one wording names commands or options, the other does not."""

    typed: Words | Phrase
    on_desk: Words | Phrase

    def at(self, face: Face) -> Words | Phrase:
        """Its words for readers of this face."""
        return self.typed if face is Face.COMMANDS else self.on_desk


Text = str | Words | Phrase  # the text of a heading or a cell: a name as it is, or words in the reader's language
