"""What is said of days: how many working days are left, and whose holidays nobody has entered."""

from collections.abc import Iterable
from datetime import datetime

from lawgov_score.rounds.clock import local
from lawgov_score.rounds.holidays import calendar
from lawgov_score.wording import ByFace, Phrase, Text, Words

_UNKNOWN = Words(
    "{years:list} 年的放假安排还没有录入齐全，推算期限时只除去周末和已录入的日子",
    "The holidays of {years:list} have not all been entered: only weekends and the days entered are left out",
)
_HOW = Words("{line}：{how}", "{line} ({how})")
_ENTER = ByFace(
    Words("用 lawgov-score round holiday 录入", "lawgov-score round holiday"),
    Words("在“单位”页的放假安排里录入", "enter them on the page of units"),
)
_DAY_OFF = Words(
    "{day} 不是工作日，照此办理；要改的另定日期", "{day} is no working day; set another one if it was not meant"
)
_NO_WORK = Words("{day} 不是工作日", "{day} is no working day")
_OVER = Words("已过", "over")
_TODAY = Words("今天到期", "due today")
_NO_WORKING_DAY = Words("中间没有工作日", "no working day is left")
_LEFT = Words("还有 {n} 个工作日", "{n} working days left")


def unknown_line(years: Iterable[int]) -> Phrase:
    """That not all holidays of these years are known."""
    return _UNKNOWN(years=tuple(map(str, years)))


def unknown_days(first: datetime, last: datetime) -> tuple[Text, ...]:
    """A sentence, if nobody entered the holidays of a year between two moments; else none."""
    years = calendar().unknown_years(local(first).date(), local(last).date())
    return (_HOW(line=unknown_line(years), how=_ENTER),) if years else ()


def day_off(until: datetime) -> tuple[Text, ...]:
    """A sentence, if a deadline falls on a day on which nobody works; else none."""
    day = local(until).date()
    return () if calendar().is_working_day(day) else (_DAY_OFF(day=day.isoformat()),)


def no_work(until: datetime) -> tuple[Text, ...]:
    """The same before it is set: nothing is done yet."""
    day = local(until).date()
    return () if calendar().is_working_day(day) else (_NO_WORK(day=day.isoformat()),)


def time_left(now: datetime, until: datetime) -> Text:
    """How long it is until a deadline: the working days after today, that of the deadline among them."""
    if until <= now:
        return _OVER
    today, day = local(now).date(), local(until).date()
    if day == today:
        return _TODAY
    n = calendar().working_days_to(today, day)
    return _LEFT(n=n) if n else _NO_WORKING_DAY
