"""暂定: beside a unit's grade wherever it is provisional; beside its score where there is no grade to carry it."""

from lawgov_score.model import Scores, Status
from lawgov_score.wording import Phrase, Words

PROVISIONAL = Words("（暂定）", " (provisional)")  # behind a grade
_GRADE = Words("{grade}", "{grade}")
_MARKED = Words("{grade}（暂定）", "{grade} (provisional)")
_WITHIN = Words("{grade}，暂定", "{grade}, provisional")


def is_provisional(scores: Scores, row: int) -> bool:
    """May a unit's score, place or grade still change: its grade is provisional, or something awaits review?"""
    if scores.provisional(row):
        return True
    waits = (scores.status[row] == Status.NOT_REVIEWED).any()
    return bool(waits) and not scores.grades[row] and bool(scores.rank[row])


def marks_score(scores: Scores, row: int, *, has_grade: bool = True) -> bool:
    """Does 暂定 stand beside the score: it is provisional, and no grade is printed (``has_grade``: if there is one)?"""
    return is_provisional(scores, row) and not (has_grade and bool(scores.grades[row]))


def printed_grade(scores: Scores, row: int) -> Phrase | None:
    """The grade, marked if it is provisional; None if the unit has none."""
    return _of(scores, row, _MARKED)


def grade_in_brackets(scores: Scores, row: int) -> Phrase | None:
    """The same where it stands in brackets already: （良好，暂定）."""
    return _of(scores, row, _WITHIN)


def _of(scores: Scores, row: int, marked: Words) -> Phrase | None:
    grade = scores.grades[row]
    return (marked if scores.provisional(row) else _GRADE)(grade=grade) if grade else None
