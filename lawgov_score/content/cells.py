"""Addresses of a unit's figures in its own workbook, in short form."""

from lawgov_score.explanation import figures
from lawgov_score.model import Indicator, Scores
from lawgov_score.problems import CellPlace
from lawgov_score.report import render
from lawgov_score.wording import Language, Words


def source_cells(scores: Scores, row: int, indicator: Indicator, lang: Language = Language.ZH) -> str:
    """The cells of the figures in the unit's own workbook, without the file: ``填报!I12:I14``."""
    given = figures.answers_of(scores, row, indicator)
    return places_text([answer.place for _, answer in given if answer is not None], lang)


def own_cells(scores: Scores, row: int, indicator: Indicator, lang: Language = Language.ZH) -> str:
    """The same for the unit itself, which knows its own workbook, and not the rows of a table that the office made."""
    submission = scores.submissions[row]
    return source_cells(scores, row, indicator, lang) if submission is not None and submission.own_file else ""


def places_text(places: list[CellPlace], lang: Language = Language.ZH) -> str:
    """Cells of one sheet: neighbours in a column as a range, the sheet's name once."""
    cells = list(dict.fromkeys(place.cell for place in places if place.cell))
    if not cells:
        return ""
    numbers = [int("".join(c for c in cell if c.isdigit()) or 0) for cell in cells]
    letters = {cell.rstrip("0123456789") for cell in cells}
    joint = render(Words("、", ", "), lang)
    is_run = len(letters) == 1 and numbers == list(range(numbers[0], numbers[0] + len(cells)))
    inside = f"{cells[0]}:{cells[-1]}" if is_run and len(cells) > 1 else joint.join(cells)
    sheet = places[0].sheet
    return f"{sheet}!{inside}" if sheet else inside
