"""The table of holidays: the official days as printed, and the office's own."""

from collections import Counter
from datetime import UTC, date, datetime, time

from round_made import NOW

from lawgov_score.rounds.data import Data
from lawgov_score.rounds.holidays import calendar, deadline_of, official, set_day
from lawgov_score.rounds.models import Event, Round, Seat
from lawgov_score.rounds.names import DayKind


def test_the_official_days_are_as_many_as_the_notice_says() -> None:
    off = Counter(name for _, kind, name, _ in official() if kind is DayKind.OFF)
    assert off == {"元旦": 3, "春节": 9, "清明节": 3, "劳动节": 5, "端午节": 3, "中秋节": 3, "国庆节": 7}
    assert all(day.weekday() >= 5 for day, kind, _, _ in official() if kind is DayKind.WORK)
    assert len({day for day, _, _, _ in official()}) == 33 + 6


def test_a_new_round_knows_them(data: Data) -> None:
    days = calendar()
    assert (len(days.off), len(days.work)) == (33, 6)
    assert days.years == {2026}


def test_the_office_changes_a_day_and_it_is_on_record(data: Data, office: Seat) -> None:
    day = date(2027, 1, 1)
    set_day(day, DayKind.OFF, office, NOW, name="元旦", why="国办通知")
    assert not calendar().is_working_day(day)
    assert 2027 not in calendar().years  # one day is not the year
    for other in (date(2027, 5, 1), date(2027, 10, 1)):
        set_day(other, DayKind.OFF, office, NOW, why="国办通知")
    assert 2027 in calendar().years
    set_day(day, DayKind.WORK, office, NOW, why="值班")
    assert calendar().is_working_day(day)
    set_day(day, None, office, NOW)
    assert calendar().is_working_day(day)
    assert 2027 not in calendar().years
    assert list(Event.objects.filter(object="holiday 2027-01-01").values_list("act", flat=True)) == ["set_day"] * 3


def test_a_deadline_of_the_round_is_by_its_table_and_its_hour(data: Data, round_: Round, office: Seat) -> None:
    round_.closes = time(12)
    set_day(date(2026, 3, 3), DayKind.OFF, office, NOW, why="停电")
    assert deadline_of(round_, NOW, 1) == datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
