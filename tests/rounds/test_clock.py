"""Working days and deadlines. Days are those of the notice on 2026, checked by hand on a calendar."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.rounds.clock import ZONE, Calendar, deadline, local, real_now, told
from lawgov_score.rounds.holidays import official
from lawgov_score.rounds.names import DayKind
from lawgov_score.wording import Words

DAYS = Calendar(
    frozenset(day for day, kind, _, _ in official() if kind is DayKind.OFF),
    frozenset(day for day, kind, _, _ in official() if kind is DayKind.WORK),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02 09:00", 1, "2026-03-03 17:30"),  # Monday: the day itself does not count
        ("2026-03-02 09:00", 5, "2026-03-09 17:30"),
        ("2026-03-06 23:59", 1, "2026-03-09 17:30"),  # Friday night
        ("2026-03-07 00:01", 1, "2026-03-09 17:30"),  # Saturday
        ("2026-02-13 10:00", 2, "2026-02-24 17:30"),  # Saturday 14 is made up for; then nine days of 春节
        ("2026-02-24 10:00", 4, "2026-02-28 17:30"),  # a Saturday that is worked
        ("2026-09-30 10:00", 3, "2026-10-10 17:30"),  # 国庆节, then Thursday, Friday and a worked Saturday
        ("2026-12-30 10:00", 2, "2027-01-01 17:30"),  # of 2027 nobody has entered the days
    ],
)
def test_the_end_of_so_many_working_days(start: str, days: int, end: str) -> None:
    assert deadline(at(start), days, DAYS) == at(end)


def test_the_day_is_that_of_the_office_and_not_of_utc() -> None:
    late = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # Tuesday, one in the morning, in the office
    assert deadline(late, 1, DAYS, time(12)) == at("2026-03-04 12:00")
    assert told(late) == Words("2026年3月3日（星期二）01:00", "Tuesday 2026-03-03, 01:00")


def test_years_that_nobody_entered_are_named() -> None:
    assert DAYS.unknown_years(date(2026, 12, 1), date(2027, 1, 5)) == (2027,)
    assert DAYS.unknown_years(date(2026, 1, 1), date(2026, 12, 31)) == ()


@given(st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)), st.integers(1, 40))
def test_so_many_working_days_lie_between(start: datetime, days: int) -> None:
    end = deadline(start.replace(tzinfo=UTC), days, DAYS)
    first, last = local(start.replace(tzinfo=UTC)).date(), local(end).date()
    between = [first + timedelta(days=i) for i in range(1, (last - first).days + 1)]
    assert sum(map(DAYS.is_working_day, between)) == days
    assert DAYS.is_working_day(last)


def test_no_term_is_refused() -> None:
    with pytest.raises(ValueError, match="no term"):
        deadline(real_now(), 0, DAYS)
