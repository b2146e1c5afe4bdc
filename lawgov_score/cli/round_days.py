"""What is said beside a deadline whose year has no table of holidays yet. Imported within functions: needs Django."""

from collections.abc import Iterable
from datetime import datetime

from lawgov_score.report import render
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.holidays import calendar
from lawgov_score.wording import Language, Phrase, Words

_UNKNOWN = Words(
    "{years:list} 年的放假安排还没有录入齐全，推算期限时只除去周末和已录入的日子",
    "The holidays of {years:list} have not all been entered: only weekends and the days entered are left out",
)
_HOW = Words("{line}：用 lawgov-score round holiday 录入", "{line} (lawgov-score round holiday)")


def unknown_line(years: Iterable[int]) -> Phrase:
    """That not all holidays of these years are known."""
    return _UNKNOWN(years=tuple(map(str, years)))


def unknown_days(first: datetime, last: datetime, lang: Language) -> list[str]:
    """A line, if nobody entered the holidays of a year between two moments; else none."""
    years = calendar().unknown_years(local(first).date(), local(last).date())
    return [render(_HOW(line=unknown_line(years)), lang)] if years else []
