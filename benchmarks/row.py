"""A row of `make bench`: what ours does, the floor that does the same work, the aim, and how large the work is."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Self


def three_digits(number: float) -> str:
    """A number with as many decimals as tell something: 1.23, 12.3, 123."""
    decimals = 2 if number < 9.995 else 1 if number < 99.95 else 0
    return f"{number:,.{decimals}f}"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured: ``size`` (units, workbooks, …), and how many ``pairs`` of ours and the floor, in turn."""

    size: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a row came to: the ``value`` that its aim is about, and what was seen of ours and of the floor, in words."""

    value: float
    ours: str
    floor: str = ""

    def text(self) -> str:
        """As one line, to come out of the process that measured."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Back from one line."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``ours`` and ``floor`` are sentences in which ``{size}`` stands for the number measured.

    ``measure`` is the name of a function of an extent and an empty folder, such as ``benchmarks.scoring:sample``: a
    name, so that the process of a row imports what the row needs and nothing else. ``unit``: of the value and the aim,
    which is the most that the value should be.
    """

    name: str
    ours: str
    floor: str
    aim: float
    short: Extent
    full: Extent
    measure: str
    unit: str = "×"

    def extent(self, *, full: bool) -> Extent:
        """The extent of the short form, or the full one."""
        return self.full if full else self.short

    def measured(self, extent: Extent, folder: Path) -> Measured:
        """Measures in this process. ``folder`` is empty, and the row's own."""
        measure: Callable[[Extent, Path], Measured] = resolve_name(self.measure)
        return measure(extent, folder)

    def figure(self, value: float) -> str:
        """A value with its unit."""
        return f"{three_digits(value)}×" if self.unit == "×" else f"{value:,.0f} {self.unit}"

    @property
    def most(self) -> str:
        """The aim with its unit."""
        return f"{self.aim:,g}×" if self.unit == "×" else f"{self.aim:,g} {self.unit}"

    def verdict(self, measured: Measured) -> str:
        """Is the aim met?"""
        return "within" if measured.value <= self.aim else "above"

    def what(self, extent: Extent) -> str:
        """What ours does, and how much of it."""
        return self.ours.format(size=extent.size)

    def against(self, extent: Extent) -> str:
        """The floor, and how much of it."""
        return self.floor.format(size=extent.size)

    def lines(self, extent: Extent, measured: Measured) -> str:
        """The row as it is printed."""
        seen = f"ours {measured.ours}" + (f", floor {measured.floor}" if measured.floor else "")
        against = f": {self.against(extent)}" if self.floor else ""
        return (
            f"{self.figure(measured.value):>8}  aim {self.most}, {self.verdict(measured)}  "
            f"{self.name}: {self.what(extent)}\n          {seen}{against}"
        )
