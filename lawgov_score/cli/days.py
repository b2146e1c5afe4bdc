"""Days and moments as somebody types them, one way for all commands of a round."""

import re
from datetime import date, datetime, time
from typing import Any

import click

from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_NO_MOMENT = Words(
    '“{found}”不是日期和时间：写 2026-05-20，或 2026年5月20日；要写时间的，写 "2026-05-20 12:00"',
    '"{found}" is no day and hour: write 2026-05-20, or "2026-05-20 12:00"',
)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})[:：](\d{2})", re.ASCII)


class DayOrMoment(click.ParamType[date]):
    """A day alone (``date``), or a day with its hour (``datetime``, of the office's zone)."""

    name = "day"

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """What was typed; a usage error where no calendar or clock has it."""
        if isinstance(value, date):
            return value
        typed = str(value).strip()
        found = day_or_moment(typed)
        if found is None:
            self.fail(render(_NO_MOMENT(found=typed), self.lang), param, ctx)
        return found


def day_or_moment(text: str) -> date | None:
    """A day, or with an hour a moment of it; None: neither.

    >>> day_or_moment("2026年12月4日"), day_or_moment("2026-12-04 00:00"), day_or_moment("12月4日")
    (datetime.date(2026, 12, 4), datetime.datetime(2026, 12, 4, 0, 0), None)
    """
    day = _DAY.match(text)
    if day is None:
        return None
    rest = text[day.end() :].lstrip("T ")
    hour = _HOUR.fullmatch(rest)
    try:
        if rest:
            return None if hour is None else datetime.combine(_of(day), time(int(hour[1]), int(hour[2])))
        return _of(day)
    except ValueError:
        return None


def _of(found: re.Match[str]) -> date:
    return date(int(found[1]), int(found[2]), int(found[3]))
