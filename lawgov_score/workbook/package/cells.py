"""The content of a cell, and the text of it that people see."""

from datetime import date, datetime, time, timedelta
from typing import Self

from lawgov_score.report import number_text, stored_text
from lawgov_score.workbook.package.number_formats import Look, look_of

EPOCH = date(1899, 12, 30).toordinal()
FALSE_LEAP_DAY = 60
BEYOND = 2_958_466.0  # the day after 31 December 9999


class Formatted(float):
    """A stored number whose format shows it as a day, a time, a percentage, or on another scale.

    ``format``: the format code. ``day_shift``: what is to be added to day numbers of its workbook.
    """

    __slots__ = ("day_shift", "format")

    def __new__(cls, number: float, code: str, day_shift: int = 0) -> Self:
        """See the class."""
        made = super().__new__(cls, number)
        made.format, made.day_shift = code, day_shift
        return made

    format: str
    day_shift: int

    def look(self, measured_in: str = "") -> Look:
        """What people see; ``measured_in`` as in ``look_of``."""
        return look_of(self.format, (self > 0) - (self < 0), measured_in)


Cell = str | float | int | bool | datetime | date | time | timedelta | None


def cell_text(cell: Cell) -> str:
    """The content of a cell as text; a blank cell is empty."""
    if isinstance(cell, str):  # nearly all are; the steps below are slower
        return cell.strip()
    match cell:
        case None:
            return ""
        case Formatted():
            return _dressed_text(cell)
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return stored_text(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return number_text(cell / timedelta(days=1), 9)


def _dressed_text(cell: Formatted) -> str:
    """The number as people see it if it is a day or a time; otherwise the number."""
    look, number = cell.look(), float(cell)
    day = number + cell.day_shift
    day += 0 < day < FALSE_LEAP_DAY  # as spreadsheets show the days of January and February 1900
    if look is Look.DAY and 1 <= day < BEYOND:
        moment = datetime.fromordinal(int(day) + EPOCH) + timedelta(days=day % 1)
        rounded = (moment + timedelta(microseconds=500)).replace(microsecond=0)
        return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat(" ")
    if look is Look.TIME and 0 <= number < 1:
        return (datetime.min + timedelta(seconds=round(number * 86_400))).time().isoformat()
    return cell_text(number)
