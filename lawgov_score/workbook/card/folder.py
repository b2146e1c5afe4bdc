"""A folder of cards: their names, and each one written by whichever process has the assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.content import labels
from lawgov_score.files import file_names
from lawgov_score.model import Scores
from lawgov_score.model.advice import Advice
from lawgov_score.model.assessed import Assessed
from lawgov_score.problems import Problem
from lawgov_score.processes import Desk
from lawgov_score.wording import Language
from lawgov_score.workbook.card.card_batch import CardBatch, prepare
from lawgov_score.workbook.card.unit_card import write_card

SUFFIX = ".xlsx"


def names_of(scores: Scores) -> Mapping[int, str]:
    """The file name of each unit's card, by row."""
    names = file_names([unit.code for unit in scores.units], SUFFIX)
    return {row: names[row] for row in labels.listed(scores)}


@dataclass(frozen=True, slots=True)
class CardTask:
    """A card to write: the unit's row, the path, the unit's own problems, and its advice if it is to stand there."""

    row: int
    path: Path
    problems: tuple[Problem, ...]
    lang: Language
    advice: Advice | None = None


def write_task(desk: Desk[Assessed], task: CardTask) -> bytes:
    """Writes the card. Raises ``OSError``."""
    batch = desk.once(_batch, task.lang)
    write_card(
        desk.context.scores,
        task.row,
        task.path,
        problems=task.problems,
        lang=task.lang,
        batch=batch,
        advice=task.advice,
    )
    return b""


def _batch(assessed: Assessed, lang: Language) -> CardBatch:
    return prepare(assessed.scores, lang, assessed.inputs, assessed.options, assessed.notice)
