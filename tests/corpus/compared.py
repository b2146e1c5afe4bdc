"""What is compared of a reading: what was said, at which cell, and what an answer came to."""

from lawgov_score.model import Answer, AnswerState
from lawgov_score.problems import CellPlace
from lawgov_score.workbook.submission.intake import Intake


def said(intake: Intake) -> list[tuple[str, str]]:
    """Code and cell of every problem in a file; what follows for the units as a whole left out."""
    places = [(problem.code.value, problem.place) for problem in intake.problems]
    return sorted((code, place.cell) for code, place in places if isinstance(place, CellPlace))


def given(answer: Answer) -> object:
    return answer.value if answer.state is AnswerState.GIVEN else None
