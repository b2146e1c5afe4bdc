"""The sheet 同组数据 of a card: anonymous figures of the other units that its formulas compare with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import xlsxwriter

from lawgov_score.cell_addresses import letters
from lawgov_score.content import cohort, labels, standing
from lawgov_score.content.cohort import Key
from lawgov_score.content.standing import Ladder
from lawgov_score.report import render
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.card.card_batch import CardBatch
from lawgov_score.workbook.writing import figures, look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import finish, open_page

_FIRST = 5  # row of the unit's own figures, from 0
_HOLDERS = Words("{grade}名额内其他单位总分", "Totals of the other units that hold {grade}")


@dataclass(frozen=True, slots=True)
class PeerColumn:
    """One column of the sheet: what it is, its headings, and the figures of the others, from the largest down."""

    key: Key
    code: str
    title: Text
    what: Text
    is_share: bool
    figures: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A vertical range of cells; rows as in addresses."""

    sheet: str
    letter: str
    first: int
    last: int

    @property
    def smallest(self) -> str:
        """The last cell."""
        return f"'{self.sheet}'!${self.letter}${self.last}"

    def cells(self, *, without_first: int = 0, without_last: int = 0) -> str:
        """``'同组数据'!$B$7:$B$10``, optionally without some cells at its ends."""
        first, last = self.first + without_first, self.last - without_last
        return f"'{self.sheet}'!${self.letter}${first}:${self.letter}${last}"


@dataclass(frozen=True)
class CohortPlan:
    """The columns of one unit's sheet and their ranges: with the unit's own figure (``whole``) and without."""

    sheet: str
    columns: tuple[PeerColumn, ...]
    whole: Mapping[Key, str]
    others: Mapping[Key, str]
    spans: Mapping[Key, Span]  # of the others, where there are any
    ladder: Ladder


def plan_of(batch: CardBatch, member: int, codes: Collection[str]) -> CohortPlan:
    """The figures that this unit's formulas compare with. ``codes``: nodes on the card; empty in a small cohort."""
    scores, name = batch.scores, render(cohort.NAME, batch.lang)
    ladder = standing.ladder_of(scores, member)
    if not cohort.has_enough_peers(scores, member):
        return CohortPlan(name, (), {}, {}, {}, ladder)
    columns = [
        PeerColumn(one.key, one.code, one.title, one.what, one.is_share, one.others(scores, member))
        for one in batch.peers
        if one.code in codes or not one.code
    ]
    if scores.rank[member]:
        for level, holders in ladder.holders.items():
            what = _HOLDERS(grade=scores.tree.grades[level].name)
            columns.append(PeerColumn(("grade", str(level)), "", "", what, False, holders))
    whole, spans = {}, {}
    for at, column in enumerate(columns, start=1):
        span = Span(name, letters(at), _FIRST + 1, _FIRST + 1 + max(len(column.figures), 1))
        whole[column.key] = span.cells()
        spans[column.key] = replace(span, first=span.first + 1)
    others = {key: span.cells() for key, span in spans.items()}
    filled_spans = {column.key: spans[column.key] for column in columns if column.figures}
    return CohortPlan(name, tuple(columns), whole, others, filled_spans, ladder)


def write(
    book: xlsxwriter.Workbook, formats: Formats, batch: CardBatch, member: int, plan: CohortPlan, own: Mapping[Key, str]
) -> None:
    """Writes the sheet. ``own``: for each column, the cell of the unit's own figure in the details, or its formula."""
    if not plan.columns:
        return
    page = open_page(book, formats, plan.sheet, batch.lang, [18, *[13] * len(plan.columns)])
    at = page.line(0, cohort.NAME, look.HEADING)
    at = page.line(at, cohort.NOTE(details=page.say(cohort.DETAILS)), look.NOTE)
    for label, says in ((labels.CODE, "code"), (labels.INDICATOR, "title"), (cohort.WHAT, "what")):
        at = page.header(at, [label, *[getattr(column, says) for column in plan.columns]])
    assert at == _FIRST  # where the formulas of the details look
    page.put(at, 0, cohort.OWN, look.TEXT, bold=True)
    longest = max(len(column.figures) for column in plan.columns)
    for i in range(longest):
        page.put(at + 1 + i, 0, cohort.OTHERS if i == 0 else "", look.TEXT)
    peers = {one.key: one for one in batch.peers}
    for i, column in enumerate(plan.columns, start=1):
        style = look.PERCENT if column.is_share else figures.GENERAL
        mine, source = peers.get(column.key), own.get(column.key)
        if source is None or mine is None:
            page.put(at, i, None, style)
        else:
            stored = float(mine.figures[member])
            page.formula(at, i, f'=IF(ISNUMBER({source}),{source},"")', stored, style, bg_color=look.BAND_FILL)
        for row in range(longest):
            page.put(at + 1 + row, i, column.figures[row] if row < len(column.figures) else None, style)
    finish(page, header=at - 1, end=at + 1 + longest, frozen_columns=1)
    page.sheet.repeat_rows(2, at - 1)
