"""The table that a committee circulates, as a workbook: the indicators, all other rules, and the hidden own cells.

Nothing is protected: rows are put in, moved and taken out. The standard is grey, says on being touched that it is made
from the rule, and is the only column that is not read back.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import xlsxwriter

from lawgov_score import __version__
from lawgov_score.cell_addresses import address, letters
from lawgov_score.content import circulated, labels
from lawgov_score.content.circulated import NO_GROUP, Line, Part, Section, Span, continued
from lawgov_score.model import Tree
from lawgov_score.report import render, stored_text
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.circulated.own_cells import OwnCells, OwnGroup, OwnLine, OwnText, as_written, write_own_cells
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats, Style
from lawgov_score.workbook.writing.notes import pieces
from lawgov_score.workbook.writing.page import Page, finish, fitting, open_page, pages_begin
from lawgov_score.workbook.writing.paper import A3, A4, Paper

TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋", "黑体"  # named, not shipped
_HEADER_ROW = 3
_FIRST = _HEADER_ROW + 1
_SIZE = 10.0
_LEAST_ROW = 22.0  # points
_WIDTHS: Mapping[Part, float] = {
    Part.ORDER: 5,
    Part.CODE: 9,
    Part.GROUP: 16,
    Part.TITLE: 22,
    Part.POINTS: 9,
    Part.STANDARD: 58,
    Part.LEAD: 13,
    Part.ASSIST: 15,
    Part.EVIDENCE: 24,
    Part.NOTE: 20,
}
_WIDER = (1.0, 1.25, 1.5, 2.0)  # the standard's column, until each of them fits a row
_ON_A4 = 0.8  # columns on A4 over those on A3
_STEP = 2.0  # columns by which one part is made wider and another narrower
_LEAST: Mapping[Part, float] = {  # columns of the parts that may be made narrower, and wider
    Part.TITLE: 16,
    Part.STANDARD: 40,
    Part.LEAD: 11,
    Part.ASSIST: 12,
    Part.EVIDENCE: 16,
    Part.NOTE: 12,
}
_LABELS, _RULES = 24.0, 72.0  # columns of the other rules
_IN_FULL = Words("一格印不下的全文", "In full, what no cell can show")
_OF_CELL = Words("{code} {part}", "{code}: {part}")

_INK = {"font_color": "#000000", "border_color": "#000000"}
_TITLE: Style = {**look.TITLE, **_INK, "font_name": TITLE_FONT, "font_size": 22}
_ABOUT: Style = {**look.SUBTITLE, **_INK, "font_name": BODY_FONT, "font_size": 11}
_HOW: Style = {**look.NOTE, **_INK, "font_name": BODY_FONT}
_HEADER: Style = {**look.HEADER, **_INK, "font_size": 10.5}
_TEXT: Style = {**look.TEXT, **_INK, "font_name": BODY_FONT}
_CENTRED: Style = {**look.CENTRED, **_INK, "font_name": BODY_FONT}
_CODE: Style = {**_CENTRED, "num_format": "@"}
_TYPED: Style = {"num_format": "@"}  # of the whole column: a code in a row put in stays what was typed
_GROUP: Style = {**_CENTRED, "font_name": HEAD_FONT}
_TOTAL: Style = {**_CENTRED, "font_name": HEAD_FONT}
_STANDARD: Style = {**_TEXT, "bg_color": "#E7E6E6"}
_HEADING: Style = {**look.HEADING, **_INK}
_STYLES: Mapping[Part, Style] = {
    Part.ORDER: _CENTRED,
    Part.CODE: _CODE,
    Part.TITLE: _TEXT,
    Part.POINTS: _CENTRED,
    Part.STANDARD: _STANDARD,
    Part.LEAD: _CENTRED,
    Part.ASSIST: _CENTRED,
    Part.EVIDENCE: _TEXT,
    Part.NOTE: _TEXT,
}


@dataclass(frozen=True)
class _Columns:
    """Where each part stands. ``levels``: how many columns of levels, the last of them for titles."""

    levels: int

    def at(self, part: Part) -> int:
        """The column of a part, from 0; of ``TITLE`` the last of the levels."""
        if part in circulated.BEFORE_LEVELS:
            return circulated.BEFORE_LEVELS.index(part)
        first = len(circulated.BEFORE_LEVELS)
        if part is Part.TITLE:
            return first + self.levels - 1
        return first + self.levels + circulated.BEHIND_LEVELS.index(part)

    def level(self, depth: int) -> int:
        """The column of a level, from 0."""
        return len(circulated.BEFORE_LEVELS) + depth

    def widths(self, *, factor: float, standard: float, code: float) -> list[float]:
        """The widths of all columns."""
        groups = [Part.GROUP] * (self.levels - 1)
        parts = [*circulated.BEFORE_LEVELS, *groups, Part.TITLE, *circulated.BEHIND_LEVELS]
        own = {**_WIDTHS, Part.STANDARD: _WIDTHS[Part.STANDARD] * standard, Part.CODE: max(_WIDTHS[Part.CODE], code)}
        narrow = {Part.ORDER, Part.CODE, Part.POINTS}
        return [own[part] if part in narrow else round(own[part] * factor, 1) for part in parts]


def write_book(tree: Tree, path: Path, lang: Language, *, paper: Paper = A3) -> None:
    """Writes the workbook. The same tree gives the same bytes. Raises ``OSError`` where ``path`` cannot be written."""
    book = look.new_workbook(path, tree.title, in_memory=True)
    formats = Formats(book)
    own, cut = _table(book, formats, tree, lang, paper)
    others = _other_rules(book, formats, tree, circulated.other_rules(tree), cut, lang)
    write_own_cells(book, replace(own, others=(*own.others, *others)))
    look.close(book)


def _table(
    book: xlsxwriter.Workbook, formats: Formats, tree: Tree, lang: Language, paper: Paper
) -> tuple[OwnCells, list[tuple[Text, str]]]:
    """The sheet with the table; what was written into it, and the texts that no cell of it can show whole."""
    lines = circulated.lines(tree)
    headings = circulated.level_headings(tree)
    columns = _Columns(len(headings))
    texts = [_fitted(line.texts(tree, lang), lang) for line in lines]
    widths = _widths(columns, texts, factor=_ON_A4 if paper is A4 else 1.0)
    page = open_page(book, formats, circulated.SHEET, lang, widths, on=paper)
    code = columns.at(Part.CODE)
    page.sheet.set_column(code, code, widths[code], formats(_TYPED))
    about = circulated.about(tree)
    page.line(0, tree.title, _TITLE)
    page.line(1, about, _ABOUT)
    how = page.say(circulated.HOW_TO_EDIT)
    told = f"{tree.notice}\n{how}" if tree.notice else how
    page.line(2, told, _HOW)
    above: tuple[tuple[Text, str], ...] = ((tree.title, "title"), (about, "issuer, edition, year"), (told, "notice"))
    _head(page, columns, headings)
    spans = tuple(circulated.spans(lines))
    groups = {(span.depth, span.first): circulated.group_text(tree, span.group, lang) for span in spans}
    for row, height in enumerate(_heights(columns, widths, texts, spans, groups), _FIRST):
        page.tall(row, height)
    for i, (line, said) in enumerate(zip(lines, texts, strict=True)):
        _write_line(page, columns, line, said, _FIRST + i)
    end = _FIRST + len(lines)
    total = circulated.total_of(tree)
    if total is not None:
        _write_total(page, columns, total, end)
    _mark_standards(page, columns, end)
    for span in spans:
        _keep_legible(page, columns, span, groups[span.depth, span.first])
    starts = pages_begin(page, header=_HEADER_ROW, end=end + (total is not None))
    page.flow.begun.update(starts)
    own_groups = tuple(_write_group(page, columns, span, groups[span.depth, span.first], starts) for span in spans)
    finish(page, header=_HEADER_ROW, end=end + (total is not None), frozen_columns=columns.at(Part.TITLE) + 1)
    parts = (*circulated.BEFORE_LEVELS, *circulated.BEHIND_LEVELS)
    own = OwnCells(
        program=__version__,
        tree=tree.code,
        edition=tree.edition,
        fingerprint=tree.fingerprint,
        weights=tree.weight_set,
        lang=lang.value,
        sheet=render(circulated.SHEET, lang),
        total="" if total is None else render(circulated.TOTAL, lang),
        headings={part: render(part.value, lang) for part in parts},
        levels=tuple(render(heading, lang) for heading in headings),
        lines=tuple(
            OwnLine(
                _FIRST + i,
                line.code,
                columns.level(line.depth),
                {part: as_written(said[part], lang) for part in said},
                tuple(group.copy_of or group.code for group in line.groups if group is not None),
            )
            for i, (line, said) in enumerate(zip(lines, texts, strict=True))
        ),
        groups=own_groups,
        others=tuple(
            OwnText(page.sheet.name, row, 0, as_written(page.say(text), lang), keys)
            for row, (text, keys) in enumerate(above)
        ),
    )
    return own, list(_too_tall(columns, widths, lines, texts))


def _fitted(texts: Mapping[Part, str | float], lang: Language) -> dict[Part, str | float]:
    return {part: fitting(text, lang) if isinstance(text, str) else text for part, text in texts.items()}


def _as_text(content: str | float) -> str:
    return content if isinstance(content, str) else stored_text(content)


def _widths(columns: _Columns, texts: Sequence[Mapping[Part, str | float]], *, factor: float) -> list[float]:
    """The columns, that of the standard so wide that each standard fits a row, if it does not become too wide."""
    code = max((len(str(said[Part.CODE])) for said in texts), default=0) * 1.1 + 2
    for standard in _WIDER:
        widths = columns.widths(factor=factor, standard=standard, code=min(code, 24))
        room = widths[columns.at(Part.STANDARD)]
        if all(_tall(said[Part.STANDARD], room) <= look.ROW_CAP for said in texts):
            break
    return _balanced(columns, widths, texts, factor)


def _balanced(
    columns: _Columns, widths: Sequence[float], texts: Sequence[Mapping[Part, str | float]], factor: float
) -> list[float]:
    """The same columns, all together as wide, so divided that the rows need the fewest lines."""
    tall: dict[tuple[Part, float], list[float]] = {}

    def needed(each: Mapping[Part, float]) -> float:
        for key in each.items():
            if key not in tall:
                tall[key] = [_tall(said[key[0]], key[1]) for said in texts]
        columns_of = (tall[key] for key in each.items())
        return math.fsum(max(_LEAST_ROW, *cells) for cells in zip(*columns_of, strict=True))

    now = {part: widths[columns.at(part)] for part in _LEAST}
    least = needed(now)
    while True:
        tried = [
            {**now, less: round(now[less] - _STEP, 1), more: round(now[more] + _STEP, 1)}
            for less in _LEAST
            for more in _LEAST
            if less is not more and now[less] - _STEP >= _LEAST[less] * factor
        ]
        found = min(tried, key=needed, default=now)
        if needed(found) >= least:
            break
        now, least = found, needed(found)
    balanced = [*widths]
    for part, wide in now.items():
        balanced[columns.at(part)] = wide
    return balanced


def _tall(content: str | float, room: float) -> float:
    """The height that a cell needs, however tall."""
    return look.height_of(look.lines_needed(_as_text(content), room, _SIZE), _SIZE)


def _head(page: Page, columns: _Columns, headings: Sequence[Text]) -> None:
    named: dict[int, Text] = {columns.level(depth): heading for depth, heading in enumerate(headings)}
    for part in (*circulated.BEFORE_LEVELS, *circulated.BEHIND_LEVELS):
        named[columns.at(part)] = part.value
    for column, heading in named.items():
        page.put(_HEADER_ROW, column, heading, _HEADER)
    page.height(_HEADER_ROW, [(text, page.widths[column]) for column, text in named.items()], 10.5, least=26)
    page.flow.kept.add(_HEADER_ROW)
    page.note(_HEADER_ROW, columns.at(Part.STANDARD), page.say(circulated.FROM_RULES))


def _heights(
    columns: _Columns,
    widths: Sequence[float],
    texts: Sequence[Mapping[Part, str | float]],
    spans: Sequence[Span],
    groups: Mapping[tuple[int, int], str],
) -> list[float]:
    """The height of every line, so that neither its own cells nor the cells of its groups are clipped."""
    heights = [
        max(_LEAST_ROW, *(min(_tall(said[part], widths[columns.at(part)]), look.ROW_CAP) for part in said))
        for said in texts
    ]
    for span in reversed(spans):  # the lowest level first: what it adds helps those above
        needed = _tall(groups[span.depth, span.first], widths[columns.level(span.depth)])
        lacking = needed - sum(heights[span.first : span.last + 1])
        if lacking > 0:
            for i in range(span.first, span.last + 1):
                heights[i] = min(heights[i] + lacking / (span.last - span.first + 1), look.ROW_CAP)
    return heights


def _write_line(page: Page, columns: _Columns, line: Line, said: Mapping[Part, str | float], row: int) -> None:
    for part, content in said.items():
        column = columns.level(line.depth) if part is Part.TITLE else columns.at(part)
        page.put(row, column, content if content != "" else None, _STYLES[part])
    for depth in range(columns.levels):
        is_skipped = depth > line.depth or (depth < line.depth and line.groups[depth] is None)
        if is_skipped:
            page.put(row, columns.level(depth), NO_GROUP, _CENTRED)


def _keep_legible(page: Page, columns: _Columns, span: Span, text: str) -> None:
    """No page ends so that the cell of a group would have too few rows for its text, above the end or below it."""
    first, last = _FIRST + span.first, _FIRST + span.last
    room = page.widths[columns.level(span.depth)]
    above, below = _tall(text, room), _tall(continued(text, page.lang), room)
    heights = page.flow.heights
    for row in range(first, last):
        is_short = sum(heights[i] for i in range(first, row + 1)) < above
        if is_short or sum(heights[i] for i in range(row + 1, last + 1)) < below:
            page.flow.kept.add(row)


def _write_group(page: Page, columns: _Columns, span: Span, text: str, starts: Sequence[int]) -> OwnGroup:
    """The cell of a group, merged over its rows page by page: each page says whose rows they are, and ends in a line.

    ``starts``: the rows that begin a page.
    """
    row, last, column = _FIRST + span.first, _FIRST + span.last, columns.level(span.depth)
    firsts = [row, *(start for start in starts if row < start <= last)]
    for first, end in zip(firsts, [*(start - 1 for start in firsts[1:]), last], strict=True):
        if end > first:
            page.sheet.merge_range(first, column, end, column, "", page.formats(_GROUP))
        page.put(first, column, text if first == row else continued(text, page.lang), _GROUP)
    return OwnGroup(row, column, span.group.copy_of or span.group.code, text)


def _write_total(page: Page, columns: _Columns, total: float, row: int) -> None:
    """The sum of the points, as a formula: whoever changes points sees what they come to."""
    at = columns.at(Part.POINTS)
    for column in range(page.last + 1):
        page.put(row, column, None, _CENTRED)
    page.span(row, 0, at - 1, circulated.TOTAL, _TOTAL)
    first, above = address(_FIRST, at), f"INDEX({letters(at)}:{letters(at)},ROW()-1)"
    page.formula(row, at, f"=SUM({first}:{above})", total, _TOTAL)
    page.tall(row, 24)


def _mark_standards(page: Page, columns: _Columns, end: int) -> None:
    """Says it of every cell of the standard that is touched, those of rows put in among them too."""
    at = columns.at(Part.STANDARD)
    if end > _FIRST:
        note = {"validate": "any", "input_message": page.say(circulated.FROM_RULES)}
        page.sheet.data_validation(_FIRST, at, end - 1, at, note)


def _too_tall(
    columns: _Columns,
    widths: Sequence[float],
    lines: Sequence[Line],
    texts: Sequence[Mapping[Part, str | float]],
) -> list[tuple[Text, str]]:
    return [
        (_OF_CELL(code=line.code, part=part.value), _as_text(content))
        for line, said in zip(lines, texts, strict=True)
        for part, content in said.items()
        if _tall(content, widths[columns.at(part)]) > look.ROW_CAP
    ]


def _other_rules(
    book: xlsxwriter.Workbook,
    formats: Formats,
    tree: Tree,
    sections: Sequence[Section],
    cut: Sequence[tuple[Text, str]],
    lang: Language,
) -> list[OwnText]:
    """The second sheet; every text on it, none of which is taken back."""
    page = open_page(book, formats, circulated.OTHER_SHEET, lang, (_LABELS, _RULES), landscape=False)
    found: list[OwnText] = []

    def keep(row: int, column: int, text: Text, keys: Sequence[str]) -> None:
        found.append(OwnText(page.sheet.name, row, column, as_written(page.say(text), lang), ", ".join(keys)))

    keep(0, 0, circulated.OTHER_SHEET, ())
    row = page.line(0, circulated.OTHER_SHEET, _TITLE)
    keep(row, 0, tree.title, ("title",))
    row = page.line(row, tree.title, _ABOUT) + 1
    shown = [(section.title, section.rows, section.keys) for section in sections]
    shown += [(_IN_FULL, tuple(cut), ())] if cut else []
    for number, (title, rows, keys) in enumerate(shown, 1):
        heading = labels.section(number, title)
        keep(row, 0, heading, keys)
        row = page.line(row, heading, _HEADING)
        for label, text in rows:
            for piece in pieces(page.say(text), _RULES):
                page.put(row, 0, label, _TEXT, valign="top")
                page.put(row, 1, piece, _TEXT, valign="top")
                page.height(row, [(label, _LABELS), (piece, _RULES)])
                keep(row, 0, label, keys)
                keep(row, 1, piece, keys)
                row += 1
        row += 1
    finish(page, header=0, end=row)
    page.sheet.freeze_panes(0, 0)
    return found
