"""Identifies the question of each row of a fill-in sheet, and the rows that belong to one table.

A heading row lower down begins a new page of the table, or a second table: a second one if most of the questions below
it already occurred above it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lawgov_score.workbook.forms.layout import FillColumn, Layout, Question
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.plain_texts import plain
from lawgov_score.workbook.submission.editions import Edition
from lawgov_score.workbook.submission.headings import FillSheet, columns_in, is_enough


@dataclass(frozen=True)
class Block:
    """The rows of a sheet under one heading row. ``asked``: the question of each row, by the row's number from 0.

    ``others``: rows without a question.
    """

    sheet: FillSheet
    heading: int
    columns: Mapping[FillColumn, int]
    asked: Mapping[int, Question]
    others: tuple[int, ...] = ()

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of its questions, in row order."""
        return tuple(question.key for question in self.asked.values())

    def text(self, row: int, column: FillColumn) -> str:
        """The content of a cell as text; '' if the block has no such column."""
        at = self.columns.get(column)
        return "" if at is None or at >= len(self.sheet.rows[row]) else cell_text(self.sheet.rows[row][at])

    def said(self) -> Iterator[tuple[str, tuple[str, str, str]]]:
        """Key, and answer, evidence and remarks of every row that has any."""
        for row, question in self.asked.items():
            texts = (
                self.text(row, FillColumn.VALUE),
                self.text(row, FillColumn.EVIDENCE),
                self.text(row, FillColumn.NOTE),
            )
            if any(texts):
                yield question.key, texts


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a sheet: its blocks (pages), and further blocks that ask the same questions again."""

    pages: tuple[Block, ...]
    repeated: tuple[Block, ...] = ()

    def said(self) -> Mapping[str, tuple[str, str, str]]:
        """Its content, by key."""
        return {key: texts for page in self.pages for key, texts in page.said()}


def table_of(sheet: FillSheet, layout: Layout, edition: Edition) -> Table:
    """The pages of the sheet's table. Of two tables the one with the hidden keys counts, else the upper one."""
    blocks = list(_blocks(sheet, layout, edition))
    keyed = [block for block in blocks if FillColumn.KEY in block.columns and block.asked]
    ordered = keyed + [block for block in blocks if block not in keyed]
    seen: set[str] = set()
    pages, repeated = [], []
    for block in ordered:
        again = sum(key in seen for key in block.keys)
        if 2 * again > len(block.keys):
            repeated.append(block)
        else:
            pages.append(block)
            seen.update(block.keys)
    return Table(tuple(sorted(pages, key=_at)), tuple(sorted(repeated, key=_at)))


def _at(block: Block) -> int:
    return block.heading


def _blocks(sheet: FillSheet, layout: Layout, edition: Edition) -> Iterator[Block]:
    heading, columns = sheet.first - 1, sheet.columns
    asked: dict[int, Question] = {}
    others: list[int] = []
    again: dict[int, Question] = {}
    seen: set[str] = set()
    for i in range(sheet.first, len(sheet.rows)):
        row = sheet.rows[i]
        question = question_in(row, columns, layout, edition)
        if question is not None:
            if question.key in seen:
                again[i] = question
            else:
                seen.add(question.key)
                asked[i] = question
            continue
        if any(row):
            begun = columns_in(row)
            if is_enough(begun):
                yield from _parted(Block(sheet, heading, columns, asked, tuple(others)), again)
                heading, columns, asked, others, again, seen = i, begun, {}, [], {}, set()
                continue
        others.append(i)
    yield from _parted(Block(sheet, heading, columns, asked, tuple(others)), again)


def _parted(block: Block, again: Mapping[int, Question]) -> Iterator[Block]:
    """Splits off rows that repeat a block's questions: several form a block without headings, one is a duplicate."""
    if len(again) < 2:
        yield replace(block, asked=dict(sorted({**block.asked, **again}.items())))
        return
    yield block
    yield Block(block.sheet, min(again), block.columns, again)


def question_in(
    row: Sequence[Cell], columns: Mapping[FillColumn, int], layout: Layout, edition: Edition
) -> Question | None:
    """The question in a row; None if there is none.

    In a workbook of exactly this tree the hidden key decides, and the printed text is compared with it (``swapped``).
    In any other workbook the printed text beside the answer takes precedence: codes and names may have changed.
    Without a stamp, a key that contradicts the printed text may be another tree's.
    """
    at_key, at_code, at_field = (columns.get(one) for one in (FillColumn.KEY, FillColumn.CODE, FillColumn.FIELD))
    question = None if at_key is None else layout.by_key.get(row[at_key])  # type: ignore[arg-type]  # a number is no key
    if question is not None and edition.is_current:
        return question
    code = "" if at_code is None else row[at_code]
    name = "" if at_field is None else row[at_field]
    if question is not None and code == question.indicator.code and name == question.field.name:
        return question
    by_key_alone = question if edition.is_stamped or not cell_text(name) else None
    return layout.named(cell_text(code), cell_text(name)) or by_key_alone


# ---------------------------------------------------------------- printed text compared with the key


@dataclass(frozen=True, slots=True)
class Printed:
    """The result of comparing the printed text of one row with its key.

    ``others``: keys of rows with that text; ``edited``: the columns whose text belongs to no row.
    """

    others: frozenset[str]
    edited: tuple[int, ...]


class Prints:
    """Printed codes, titles and names of fields, and the keys they belong to."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._title = plain(layout.tree.levels[-1]) if layout.tree.levels else ""

    @cached_property
    def _by_code(self) -> Mapping[str, Sequence[Question]]:
        return self._by(lambda question: question.indicator.code)

    @cached_property
    def _by_title(self) -> Mapping[str, Sequence[Question]]:
        return self._by(lambda question: question.indicator.title)

    @cached_property
    def _by_field(self) -> Mapping[str, Sequence[Question]]:
        return self._by(lambda question: question.field.name)

    def _by(self, text_of: Callable[[Question], str]) -> Mapping[str, Sequence[Question]]:
        by_text: dict[str, list[Question]] = {}
        for question in self._layout.questions:
            by_text.setdefault(_folded(text_of(question)), []).append(question)
        return by_text

    def title_column(self, block: Block) -> int | None:
        """The column of indicator titles: under the name of the tree's last level."""
        row = block.sheet.rows[block.heading]
        columns = [j for j, cell in enumerate(row) if isinstance(cell, str) and plain(cell) == self._title]
        free = [j for j in columns if j not in block.columns.values()]
        return free[0] if len(free) == 1 else block.columns.get(FillColumn.TITLE)

    def against(self, block: Block, row: int, question: Question, title_at: int | None) -> Printed:
        """Compares the printed text of a row with its key."""
        if _is_own(block, row, question, title_at):
            return _OWN
        others: set[str] = set()
        edited: list[int] = []
        field = _printed(block, row, block.columns.get(FillColumn.FIELD))
        for at, own, is_code in (
            (block.columns.get(FillColumn.CODE), question.indicator.code, True),
            (title_at, question.indicator.title, False),
        ):
            text = _printed(block, row, at)
            if at is None or not text or text == _folded(own):
                continue
            of = (self._by_code if is_code else self._by_title).get(text, [])
            narrowed = [one for one in of if _folded(one.field.name) == field] or of
            others |= {one.key for one in narrowed}
            edited += [] if of else [at]
        at_field = block.columns.get(FillColumn.FIELD)
        if at_field is not None and field and field != _folded(question.field.name):
            of = self._by_field.get(field, [])
            siblings = [one for one in of if one.indicator.code == question.indicator.code]
            named = siblings or [one for one in of if one.key in others] or (of if len(of) == 1 else [])
            others |= {one.key for one in named}
            edited += [] if named else [at_field]
        return Printed(frozenset(others - {question.key}), tuple(edited))


_OWN = Printed(frozenset(), ())


def _is_own(block: Block, row: int, question: Question, title_at: int | None) -> bool:
    """Is the printed text of a row exactly that of its key? Nearly always it is."""
    cells = block.sheet.rows[row]
    printed = (
        (block.columns.get(FillColumn.CODE), question.indicator.code),
        (title_at, question.indicator.title),
        (block.columns.get(FillColumn.FIELD), question.field.name),
    )
    return all(at is None or (at < len(cells) and cells[at] == own) for at, own in printed)


def _folded(text: str) -> str:
    return plain(text).casefold()


def _printed(block: Block, row: int, at: int | None) -> str:
    if at is None or at >= len(block.sheet.rows[row]):
        return ""
    return _folded(cell_text(block.sheet.rows[row][at]))
