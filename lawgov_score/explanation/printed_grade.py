"""A unit's grade as it is printed: 暂定 stands beside it wherever it is provisional."""

from lawgov_score.model import Scores
from lawgov_score.wording import Phrase, Words

PROVISIONAL = Words("（暂定）", " (provisional)")  # behind a grade
_GRADE = Words("{grade}", "{grade}")
_MARKED = Words("{grade}（暂定）", "{grade} (provisional)")
_WITHIN = Words("{grade}，暂定", "{grade}, provisional")


def printed_grade(scores: Scores, row: int) -> Phrase | None:
    """The grade, marked if it is provisional; None if the unit has none."""
    return _of(scores, row, _MARKED)


def grade_in_brackets(scores: Scores, row: int) -> Phrase | None:
    """The same where it stands in brackets already: （良好，暂定）."""
    return _of(scores, row, _WITHIN)


def _of(scores: Scores, row: int, marked: Words) -> Phrase | None:
    grade = scores.grades[row]
    return (marked if scores.provisional(row) else _GRADE)(grade=grade) if grade else None
