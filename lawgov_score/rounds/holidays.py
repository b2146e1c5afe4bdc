"""The table of holidays and made-up days of a round, which the office edits; and the official days that are known.

``OFFICIAL`` has the years whose arrangement was published when this version was made. Of any other year only weekends
are known until the office enters its days (``set_day``), and whoever reckons a deadline says so
(``Calendar.unknown_years``).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from lawgov_score.rounds.allowed import hold_for
from lawgov_score.rounds.clock import Calendar, deadline
from lawgov_score.rounds.events import record
from lawgov_score.rounds.models import Event, Holiday, Round, Seat
from lawgov_score.rounds.names import DayKind, Deed

_OF_2026 = "国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）"
# Name, first day off, last day off, working days made up for. All as the notice prints them.
_DAYS_2026 = (
    ("元旦", (1, 1), (1, 3), ((1, 4),)),
    ("春节", (2, 15), (2, 23), ((2, 14), (2, 28))),
    ("清明节", (4, 4), (4, 6), ()),
    ("劳动节", (5, 1), (5, 5), ((5, 9),)),
    ("端午节", (6, 19), (6, 21), ()),
    ("中秋节", (9, 25), (9, 27), ()),
    ("国庆节", (10, 1), (10, 7), ((9, 20), (10, 10))),
)


def official() -> Iterator[tuple[date, DayKind, str, str]]:
    """Day, kind, name and source of every official day that is known."""
    for name, first, last, made_up in _DAYS_2026:
        day = date(2026, *first)
        while day <= date(2026, *last):
            yield day, DayKind.OFF, name, _OF_2026
            day += timedelta(days=1)
        for month, number in made_up:
            yield date(2026, month, number), DayKind.WORK, name, _OF_2026


def fill_in_official() -> None:
    """Puts the official days into the table of a new round."""
    Holiday.objects.bulk_create(
        Holiday(day=day, kind=kind.value, name=name, source=source) for day, kind, name, source in official()
    )


def calendar() -> Calendar:
    """The days of the open round."""
    days = list(Holiday.objects.values_list("day", "kind"))
    return Calendar(
        frozenset(day for day, kind in days if kind == DayKind.OFF),
        frozenset(day for day, kind in days if kind == DayKind.WORK),
    )


def deadline_of(round_: Round, start: datetime, working_days: int) -> datetime:
    """The end of so many working days of a round, by its table and its hour."""
    return deadline(start, working_days, calendar(), round_.closes)


def set_day(day: date, kind: DayKind | None, seat: Seat, now: datetime, *, name: str = "", why: str = "") -> Event:
    """Makes a day one off or a working day; None: what its weekday says. With its event.

    Raises ``RefusedError`` (R213, R235).
    """
    with transaction.atomic():
        hold_for(Deed.SET_DAY, seat.round, seat)
        former = Holiday.objects.filter(day=day).first()
        before = {"kind": former.kind, "name": former.name} if former else {}
        if kind is None:
            Holiday.objects.filter(day=day).delete()
            gone = Holiday(day=day)
            return record("set_day", gone, seat, now, before=before, reason=why, gone=[gone] if former else ())
        row, _ = Holiday.objects.update_or_create(day=day, defaults={"kind": kind.value, "name": name, "source": why})
        return record("set_day", row, seat, now, before=before, after={"kind": kind.value, "name": name}, reason=why)


def set_days(
    days: Iterable[date], kind: DayKind | None, seat: Seat, now: datetime, *, name: str = "", why: str = ""
) -> None:
    """The same for several days, all or none."""
    with transaction.atomic():
        for day in days:
            set_day(day, kind, seat, now, name=name, why=why)
