"""退回修改: the first sheet of a returned copy, which lists the problems with a link to each cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.catalogue import Severity
from lawgov_score.cell_addresses import address
from lawgov_score.content import appeal, palette
from lawgov_score.model import Unit
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.problems import CellPlace, Problem, total
from lawgov_score.report import SEVERITIES, part, render, title
from lawgov_score.wording import Language, Phrase, Text, Words
from lawgov_score.workbook.returned.times import NOT_SAID, Times
from lawgov_score.workbook.submission.marks import outcome_of
from lawgov_score.workbook.writing import look

_TITLE = Words("填报表退回修改清单", "Returned for correction")
_UNIT = Words("{name}（{code}）", "{name} ({code})")
_COUNT = Words("共 {n} 项：{kinds:list}。", "{n} in all: {kinds:list}.")
_KINDS = {
    Severity.ERROR: Words("错误 {n} 项", "{n} errors"),
    Severity.WARNING: Words("警告 {n} 项", "{n} warnings"),
    Severity.NOTE: Words("提示 {n} 项", "{n} notes"),
}
_NONE = Words("没有需要修改的。", "Nothing is left to correct.")
_SINCE = Words("{outcome}。", "{outcome}.")
_RETURNED_ON = Words("退回日期", "Returned on")
_DUE = Words("重新报送期限", "To be sent again by")
_HOW = Words(
    "点击“位置”即到相应单元格，该格已着色并加批注。请逐项改正，改动情况可写在最右一栏；改好后保存为 .xlsx 工作簿，"
    "文件名后面加“补报”再报送，免得与前一份同名。本表不必删除，再次核对时将逐项比对哪些已改、哪些未改。",
    "Click a place to go to its cell, which is coloured and carries a note. Correct them one by one; say what you did "
    "in the last column. Save as an .xlsx workbook under another name than before and return it. This sheet may stay: "
    "the next check compares.",
)
_LACKS = Words(
    "本副本由原表另存而成，未带入原表中的{what:list}；需要保留的，请在原表上按本清单修改。原表未作任何改动。",
    "This copy lacks, of the original: {what:list}. To keep them, correct the original by this list. The original "
    "is as it was.",
)
_MEANS = {
    Severity.ERROR: Words("错误：该处内容未采用，必须改正", "error: not used until corrected"),
    Severity.WARNING: Words("警告：请核对，有误的改正", "warning: check, and correct if wrong"),
    Severity.NOTE: Words("提示：按“改法”一栏核对、补充", "note: look at it, and add what is lacking"),
}
FILLS = {
    Severity.ERROR: palette.ERROR_FILL,
    Severity.WARNING: palette.WARNING_FILL,
    Severity.NOTE: palette.NOTE_FILL,
}
_SEE = Words("（参见 {cells:list}）", " (see {cells:list})")
_WHOLE = Words("整个文件", "whole file")
_COLUMNS: tuple[tuple[Words, float], ...] = (
    (Words("序号", "No."), 6),
    (Words("类别", "Kind"), 8),
    (Words("位置", "Place"), 13),
    (Words("指标、填报项", "Indicator, question"), 27),
    (Words("问题", "Problem"), 27),
    (Words("应为", "Expected"), 24),
    (Words("实为", "Found"), 22),
    (Words("改法", "What to do"), 32),
    (Words("修改情况（单位填写）", "What was done"), 20),
)
_WIDTH = sum(width for _, width in _COLUMNS)
_ROOM = 0.85  # usable share of a column's width: lines break early, and other fonts are wider than 宋体
_PAIRS = ((1, 2, 4), (5, 5, 9))  # first column of a label, its last, and the last of its text
_HEADING_SIZE, _SIZE = 18, 10
_LINK = "#0B5CAD"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a problem, the question of its cell, and whether the cell is marked (then it is linked)."""

    problem: Problem
    label: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class About:
    """The text above the list. ``earlier``: number of problems returned before, ``left`` of them still unsolved.

    ``notice``: whom to ask; what it lacks is a blank to fill in, as are ``times`` that nobody has said.
    """

    unit: Unit | None
    lacks: Sequence[Phrase] = ()
    earlier: int = 0
    left: int = 0
    notice: Notice = NO_NOTICE
    times: Times = NOT_SAID


def write_list(sheet: Worksheet, entries: Sequence[Entry], about: About, lang: Language) -> None:
    """Fills in the sheet. ``entries`` are numbered in this order."""
    for i, (_, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[address(0, i - 1)[:-1]].width = width
    row = _line(sheet, 1, _TITLE, lang, size=_HEADING_SIZE, font=look.HEAD_FONT, colour=look.ACCENT, align="center")
    if about.unit is not None:
        unit = _UNIT(name=about.unit.name, code=about.unit.code)
        row = _line(sheet, row, unit, lang, size=12, font=look.HEAD_FONT, align="center")
    counts = {severity: total(e.problem for e in entries if e.problem.severity is severity) for severity in Severity}
    kinds = tuple(_KINDS[severity](n=n) for severity, n in counts.items() if n)
    row = _contacts(sheet, row, about, lang)
    row = _line(sheet, row, _COUNT(n=len(entries), kinds=kinds) if kinds else _NONE, lang, size=11)
    if about.earlier:
        outcome = outcome_of(about.earlier, about.left, max(len(entries) - about.left, 0))
        row = _line(sheet, row, _SINCE(outcome=outcome), lang, size=11)
    row = _line(sheet, row, _HOW, lang)
    if about.lacks:
        row = _line(sheet, row, _LACKS(what=tuple(about.lacks)), lang, colour=look.BAD)
    for severity, n in counts.items():
        if n:
            row = _legend(sheet, row, severity, lang)
    first = row
    for column, (heading, _) in enumerate(_COLUMNS, start=1):
        _put(sheet, row, column, render(heading, lang), fill=look.HEADER_FILL, font=look.HEAD_FONT, align="center")
    sheet.row_dimensions[row].height = 24
    for n, entry in enumerate(entries, start=1):
        row += 1
        _entry(sheet, row, n, entry, lang)
    sheet.freeze_panes = f"A{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for side in ("left", "right"):
        setattr(sheet.page_margins, side, 0.4)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(render(look.FOOTER, lang)))
    sheet.sheet_properties.tabColor = look.BAD.lstrip("#")


def _entry(sheet: Worksheet, row: int, n: int, entry: Entry, lang: Language) -> None:
    problem = entry.problem
    place = problem.place
    assert isinstance(place, CellPlace)  # problems of a workbook have a cell
    where = "!".join(filter(None, (place.sheet, place.cell))) or render(_WHOLE, lang)  # a link alone: links do not wrap
    others = tuple(other.cell for other in problem.see_also if isinstance(other, CellPlace) and other.cell)
    see = render(_SEE(cells=others), lang) if others else ""
    texts = [
        str(n),
        f"{render(SEVERITIES[problem.severity], lang)} {problem.code.value}",
        where,
        entry.label,
        title(problem, lang) + see,
        *(part(problem, which, lang) for which in ("expected", "found", "hint")),
        "",
    ]
    for column, text in enumerate(texts, start=1):
        fill = FILLS[problem.severity] if column == 2 else palette.INPUT_FILL if column == len(texts) else ""
        is_link = column == 3 and entry.is_marked
        _put(
            sheet,
            row,
            column,
            text,
            fill=fill,
            align="center" if column <= 2 else "left",
            colour=_LINK if is_link else look.INK,
            underline="single" if is_link else None,
        )
        if is_link:
            location = f"'{place.sheet.replace(chr(39), chr(39) * 2)}'!{place.cell}"
            cell = sheet.cell(row, column)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=text)
    sheet.row_dimensions[row].height = look.row_height(
        [(text, width * _ROOM) for text, (_, width) in zip(texts, _COLUMNS, strict=True)], least=22
    )


def _contacts(sheet: Worksheet, row: int, about: About, lang: Language) -> int:
    """Who returns it, whom to ask, when, and until when it is to be sent again: two pairs a row."""
    days = ((_RETURNED_ON, about.times.returned), (_DUE, about.times.due))
    pairs: list[tuple[Words, Text]] = [*appeal.contact_of(about.notice), *days]
    for i, (label, text) in enumerate(pairs):
        first, middle, last = _PAIRS[i % 2]
        at = row + i // 2
        is_last_alone = i % 2 == 0 and i == len(pairs) - 1
        end = _PAIRS[1][2] if is_last_alone else last
        sheet.merge_cells(start_row=at, end_row=at, start_column=first, end_column=middle)
        sheet.merge_cells(start_row=at, end_row=at, start_column=middle + 1, end_column=end)
        for column in range(first, end + 1):
            _put(sheet, at, column, "")
        _put(sheet, at, first, render(label, lang), fill=look.HEADER_FILL, font=look.HEAD_FONT, align="center")
        _put(sheet, at, middle + 1, render(text, lang), indent=1)
        shown = [(render(text, lang), sum(width for _, width in _COLUMNS[middle:end]) - 2)]
        sheet.row_dimensions[at].height = max(look.row_height(shown, least=22), sheet.row_dimensions[at].height or 0)
    return row + (len(pairs) + 1) // 2


def _legend(sheet: Worksheet, row: int, severity: Severity, lang: Language) -> int:
    _put(sheet, row, 1, "", fill=FILLS[severity])
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=len(_COLUMNS))
    _put(sheet, row, 2, render(_MEANS[severity], lang), border=False, indent=1)
    sheet.row_dimensions[row].height = 18
    return row + 1


def _line(
    sheet: Worksheet,
    row: int,
    text: Text,
    lang: Language,
    *,
    size: float = _SIZE,
    font: str = look.BODY_FONT,
    colour: str = look.INK,
    align: str = "left",
) -> int:
    """Writes one text over the whole width; gives the next row."""
    shown = render(text, lang)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_COLUMNS))
    _put(sheet, row, 1, shown, size=size, font=font, colour=colour, align=align, border=False)
    sheet.row_dimensions[row].height = look.row_height([(shown, _WIDTH)], size=size, least=size * 1.9)
    return row + 1


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    size: float = _SIZE,
    font: str = look.BODY_FONT,
    fill: str = "",
    colour: str = look.INK,
    align: str = "left",
    underline: str | None = None,
    border: bool = True,
    indent: int = 0,
) -> None:
    cell = sheet.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"  # as text, never as a formula
    cell.font = Font(name=font, size=size, color=colour.lstrip("#"), underline=underline)  # type: ignore[arg-type]
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, indent=indent)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill.lstrip("#"))
    if border:
        side = Side(style="thin", color=look.GRID.lstrip("#"))
        cell.border = Border(left=side, right=side, top=side, bottom=side)
