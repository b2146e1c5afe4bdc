"""Moments and working days. Nothing here looks at the clock but ``real_now``: whoever acts passes the moment in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lawgov_score.wording import Words

ZONE = ZoneInfo("Asia/Shanghai")
CLOSES = time(17, 30)  # the hour at which an office's day ends, where the round names none
_FIXED = ((1, 1), (5, 1), (10, 1))  # 元旦, 劳动节, 国庆节: off every year, by 全国年节及纪念日放假办法
_WEEKDAYS = (
    *(("一", "Monday"), ("二", "Tuesday"), ("三", "Wednesday"), ("四", "Thursday")),
    *(("五", "Friday"), ("六", "Saturday"), ("日", "Sunday")),
)


def real_now() -> datetime:
    """The moment by the machine's clock, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The moment in the round's zone."""
    return moment.astimezone(ZONE)


def told(moment: datetime) -> Words:
    """A moment as an office writes it, in the round's zone.

    >>> told(datetime(2026, 12, 4, 9, 30, tzinfo=UTC)).zh
    '2026年12月4日（星期五）17:30'
    """
    here = local(moment)
    zh, en = _WEEKDAYS[here.weekday()]
    return Words(f"{here.year}年{here.month}月{here.day}日（星期{zh}）{here:%H:%M}", f"{en} {here:%Y-%m-%d, %H:%M}")


def told_day(moment: datetime) -> Words:
    """The day of a moment as an office writes it, in the round's zone.

    >>> told_day(datetime(2026, 12, 4, 9, 30, tzinfo=UTC)).zh
    '2026年12月4日'
    """
    return day_told(local(moment).date())


def day_told(day: date) -> Words:
    """A day as an office writes it."""
    return Words(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that are not what their weekday says. ``years``: those whose holidays somebody has entered."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """The years of which the holidays that have a fixed day are known, so that somebody entered the whole year."""
        begun = {day.year for day in self.off}
        return frozenset(year for year in begun if all(date(year, *day) in self.off for day in _FIXED))

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, but for holidays; and days that are made up for."""
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def working_days(self, after: date) -> Iterator[date]:
        """The working days after a day, without end."""
        day = after
        while True:
            day += timedelta(days=1)
            if self.is_working_day(day):
                yield day

    def working_days_to(self, after: date, last: date) -> int:
        """How many working days there are after a day, up to a last one which may be one of them."""
        days = (after + timedelta(days=n) for n in range(1, (last - after).days + 1))
        return sum(map(self.is_working_day, days))

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years between two days whose holidays nobody has entered: there only weekends are left out."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)


def deadline(start: datetime, working_days: int, calendar: Calendar, closes: time = CLOSES) -> datetime:
    """The end of the n-th working day after the day of ``start``, which does not count itself; in UTC.

    >>> deadline(datetime(2026, 9, 28, 2, tzinfo=UTC), 5, Calendar())  # a Monday; without a table of holidays
    datetime.datetime(2026, 10, 5, 9, 30, tzinfo=datetime.timezone.utc)
    """
    if working_days < 1:
        raise ValueError(f"{working_days} working days are no term")
    days = calendar.working_days(local(start).date())
    for _ in range(working_days):
        day = next(days)
    return datetime.combine(day, closes, ZONE).astimezone(UTC)
