"""The table of holidays as it is listed: days on end in one line, and the years of which not all is known."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from lawgov_score.rounds.clock import local
from lawgov_score.rounds.holidays import calendar
from lawgov_score.rounds.models import Holiday, Round
from lawgov_score.rounds.names import DayKind, name_of
from lawgov_score.wording import Phrase, Words

MOST = 366  # days that are set at once
_ONE_DAY = Words("{day}", "{day}")
_FROM_TO = Words("{first} 至 {last}", "{first} to {last}")
_Said = TypeVar("_Said", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Span:
    """Days on end of the table that are the same."""

    first: date
    last: date
    kind: DayKind
    name: str
    source: str

    @property
    def days(self) -> Phrase:
        """Which days."""
        return days_told(self.first, self.last)

    @property
    def kind_name(self) -> Words:
        """What they are."""
        return name_of(self.kind)


def listed() -> tuple[Span, ...]:
    """The whole table."""
    table = {one.day: one for one in Holiday.objects.order_by("day")}
    said = {day: (one.kind, one.name, one.source) for day, one in table.items()}
    return tuple(Span(first, last, DayKind(said[first][0]), *said[first][1:]) for first, last in spans(said))


def spans(said: Mapping[date, _Said]) -> list[tuple[date, date]]:
    """First and last of days on end of which the same is said.

    >>> spans({date(2026, 1, 1): "a", date(2026, 1, 2): "a", date(2026, 1, 3): "b"})
    [(datetime.date(2026, 1, 1), datetime.date(2026, 1, 2)), (datetime.date(2026, 1, 3), datetime.date(2026, 1, 3))]
    """
    found: list[tuple[date, date]] = []
    for day, text in said.items():
        if found and found[-1][1] + timedelta(days=1) == day and said[found[-1][1]] == text:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def days_told(first: date, last: date) -> Phrase:
    """A day, or the first and the last of several."""
    if first == last:
        return _ONE_DAY(day=first.isoformat())
    return _FROM_TO(first=first.isoformat(), last=last.isoformat())


def years_lacking(round_: Round, now: datetime, days: Iterable[date] = ()) -> tuple[int, ...]:
    """The years that matter now, or to which ``days`` belong, whose holidays nobody has entered whole."""
    # A year is assessed in the next one; nothing is reckoned before the round was made.
    first = local(round_.made_at).year
    years = {year for year in (round_.year, round_.year + 1, local(now).year) if year >= first}
    return tuple(sorted((years | {day.year for day in days}) - calendar().years))
