"""How every command of a round reads a day, or a day and an hour: as an office writes it, or as a machine does."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import click

from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_DAY = re.compile(
    r"(?:(?P<year>[0-9]{4})[-/.年])?(?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})[日号]?"
    r"(?:[ T]*(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})|[时点](?:(?P<minutes>[0-9]{1,2})分)?))?"
)
_NO_MOMENT = Words(
    '“{found}”不是日期：写 2026-12-04、2026年12月4日 或者 12月4日；要写钟点的，写在后面并加引号，如 "12月4日 12:00"',
    '"{found}" is no day: write 2026-12-04, or with an hour "2026-12-04 12:00"',
)


class MomentType(click.ParamType[date]):
    """A day alone (``date``), or a day and an hour (``datetime``, of the round's zone)."""

    name = "moment"

    def __init__(self, lang: Language) -> None:
        self._lang = lang

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """As written. Fails with one message, whatever is wrong with it."""
        if isinstance(value, date):
            return value
        found = read_moment(str(value), _today)
        if found is None:
            self.fail(render(_NO_MOMENT(found=str(value)), self._lang), param, ctx)
        return found


def read_moment(text: str, today: Callable[[], date]) -> date | None:
    """A day, or a day and an hour (without zone); None where it is none. ``today()``: asked where no year is written.

    Then the year is that which brings the day nearest to today.

    >>> read_moment("2026年12月4日", date.today), read_moment("2026-12-04 12:00", date.today)
    (datetime.date(2026, 12, 4), datetime.datetime(2026, 12, 4, 12, 0))
    >>> read_moment("1月4日 9时", lambda: date(2026, 12, 4))
    datetime.datetime(2027, 1, 4, 9, 0)
    """
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    said = {name: int(figure) for name, figure in match.groupdict().items() if figure is not None}
    try:
        hour = time(said["hour"], said.get("minute", said.get("minutes", 0))) if "hour" in said else None
        if "year" in said:
            day = date(said["year"], said["month"], said["day"])
        else:
            day = _nearest(said["month"], said["day"], today())
    except ValueError:  # a 31st of November, an hour 25
        return None
    return day if hour is None else datetime.combine(day, hour)


def _nearest(month: int, day: int, today: date) -> date:
    """The day of this month that is nearest to today. Raises ``ValueError`` where no year near has it."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        if (month, day) == (2, 29) and not _is_leap(year):
            continue
        found.append(date(year, month, day))
    return min(found, key=lambda one: abs((one - today).days)) if found else date(today.year, month, day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _today() -> date:
    """The day of the office."""
    from lawgov_score.cli.rounds import needing_rounds

    with needing_rounds():
        from lawgov_score.rounds import clock
    return clock.local(clock.real_now()).date()
