"""评定: the office's additions, line by line (changes, rulings, marks, register, vetoes), and what is still open."""

import xlsxwriter

from lawgov_score.content import labels, review
from lawgov_score.content.open_items import open_items
from lawgov_score.content.review import Entry, entries_of, open_entry
from lawgov_score.model import Scores
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import SMALL, Page, finish, open_page

NAME = Words("评定", "Review")
_MOST_OPEN = 2_000  # nobody works off more lines one by one
_NOT_ALL = Words(
    "待办事项共 {n} 件，本表只列 {listed} 件。", "{n} things are to be done; {listed} of them {listed:is|are} listed."
)
_WIDTHS = [22, 14, 15, 30, 13, 56, 26]


def write(book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language) -> None:
    """Writes the sheet 评定."""
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    row = page.line(0, review.HEADLINE, look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    row = page.line(row, review.NOTE, look.NOTE)
    items = open_items(scores)
    if len(items) > _MOST_OPEN:
        row = page.line(row, _NOT_ALL(n=len(items), listed=_MOST_OPEN), look.NOTE)
    header = row
    row = page.header(
        header, [labels.UNIT, labels.UNIT_CODE, review.KIND, review.SUBJECT, labels.POINTS_OF, review.WHY, review.PLACE]
    )
    still_open: dict[int, list[Entry]] = {}
    for one in items[:_MOST_OPEN]:
        still_open.setdefault(one.row, []).append(open_entry(one))
    for member in map(int, scores.order):
        for entry in (*entries_of(scores, member), *still_open.get(member, ())):
            row = _line(page, row, scores, member, entry)
    finish(page, header=header, end=row, frozen_columns=1, filtered=True)


def _line(page: Page, row: int, scores: Scores, member: int, entry: Entry) -> int:
    unit = scores.units[member]
    texts: list[Text] = [unit.name, unit.code, entry.kind, entry.subject, entry.effect, entry.why, entry.place]
    for column, text in enumerate(texts):
        small: dict[str, object] = {"font_size": 9} if column >= 5 else {}
        page.put(row, column, text, look.CENTRED if column in {2, 4} else look.TEXT, **small)
    page.height(row, [(text, page.widths[i] * (SMALL if i >= 5 else 1)) for i, text in enumerate(texts)])
    return row + 1
