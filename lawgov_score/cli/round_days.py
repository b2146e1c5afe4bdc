"""What is said beside a deadline whose year has no table of holidays yet. Imported within functions: needs Django."""

from datetime import datetime

from lawgov_score.report import render
from lawgov_score.rounds import wording_of_days
from lawgov_score.wording import Language


def unknown_days(first: datetime, last: datetime, lang: Language) -> list[str]:
    """A line, if nobody entered the holidays of a year between two moments; else none."""
    return [render(one, lang) for one in wording_of_days.unknown_days(first, last)]
