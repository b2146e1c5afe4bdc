"""Workbooks as offices send them: moved, renamed, re-saved, dressed up. All of them read as the clean one."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import openpyxl
from corpus.round import (
    CLEAN,
    Case,
    Make,
    at,
    clean,
    columns,
    edited,
    fill_part,
    patched,
    rows,
    sheet_patched,
    with_answers,
)
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.cell_addresses import letters
from lawgov_score.workbook.forms.layout import COVER_SHEET, FILL_SHEET, LISTS_SHEET, STAMP_SHEET, FillColumn

Book = openpyxl.Workbook
FILE = "U-01.xlsx"


def messy() -> Iterator[Case]:
    """Every case that reads as the clean workbook does."""
    for name, data, says in (*_layouts(), *_sheets(), *_programs()):
        yield Case(name, {FILE: data}, says)
    for name, answers in _ANSWERS:
        yield Case(name, {FILE: with_answers(**answers)})
    measured = {"appeared": "8件", "cases": "12 件", "money": "1234.5万元"}
    said = tuple(("S231", at(key)) for key in ("01-1.appeared", "01-1.cases", "01-2.money"))
    yield Case("numbers with their measure", {FILE: with_answers(**measured)}, said)


# ------------------------------------------------- columns and rows

Made = tuple[str, Make, tuple[tuple[str, str], ...]]


def _table(page: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def _rewrite(page: Worksheet, table: list[list[Any]]) -> None:
    page.delete_rows(1, page.max_row)
    for row in table:
        page.append(row)


def _columns_reversed(_: Book, page: Worksheet) -> None:
    _rewrite(page, [row[::-1] for row in _table(page)])


def _rows_reversed(_: Book, page: Worksheet) -> None:
    head, *rest = _table(page)
    _rewrite(page, [head, *rest[::-1]])


def _subtotals(_: Book, page: Worksheet) -> None:
    page.insert_rows(5)
    page.cell(5, 1).value = "小计"
    page.append([None] * (columns()[FillColumn.VALUE] - 3) + ["合计"])


def _title_rows(_: Book, page: Worksheet) -> None:
    page.insert_rows(1, 3)
    page["A1"] = "2024 年度法治政府建设考核填报表"
    page["A2"] = "填报单位（盖章）："


def _headings_on_every_page(_: Book, page: Worksheet) -> None:
    page.cell(1, columns()[FillColumn.VALUE]).value = "填报数"
    heading = [cell.value for cell in page[1]]
    page.insert_rows(5)
    for column, text in enumerate(heading, start=1):
        page.cell(5, column).value = text


def _long_texts(_: Book, page: Worksheet) -> None:
    page.insert_rows(1)
    page["A1"], page["B1"], page["C1"] = "*" * 30_000 + "x", "（" * 30_000, "T" * 30_000


def _stray(_: Book, page: Worksheet) -> None:
    page["T40"], page["A60"] = "已核", "填表人：张三"


def _label_cells_merged(_: Book, page: Worksheet) -> None:
    page.merge_cells(start_row=2, end_row=4, start_column=4, end_column=4)
    page.merge_cells(
        start_row=2, end_row=4, start_column=columns()[FillColumn.EVIDENCE], end_column=columns()[FillColumn.EVIDENCE]
    )


def _heading(column: FillColumn, text: str) -> Make:
    return edited(lambda _, page: page.cell(1, columns()[column]).__setattr__("value", text))


def _head(column: FillColumn) -> str:
    return f"{letters(columns()[column] - 1)}1"


def _layouts() -> Iterator[Made]:
    value, key = columns()[FillColumn.VALUE], columns()[FillColumn.KEY]
    yield "columns reversed", edited(_columns_reversed), ()
    yield "rows sorted the other way round", edited(_rows_reversed), ()
    yield "a column added in the middle", edited(lambda _, page: page.insert_cols(value)), ()
    yield "the key column deleted", edited(lambda _, page: page.delete_cols(key)), ()
    yield (
        "columns hidden",
        edited(lambda _, page: page.column_dimensions.__getitem__("H").__setattr__("hidden", True)),
        (),
    )
    yield "rows filtered away", edited(lambda _, page: page.row_dimensions[6].__setattr__("hidden", True)), ()
    yield "renamed headings on every page", edited(_headings_on_every_page), (("S133", _head(FillColumn.VALUE)),)
    yield "blank rows between", edited(lambda _, page: page.insert_rows(4, 3)), ()
    yield "subtotals", edited(_subtotals), ()
    yield "titles above", edited(_title_rows), ()
    yield "forty blank rows above", edited(lambda _, page: page.insert_rows(1, 40)), ()
    yield "texts above as long as a cell holds", edited(_long_texts), ()
    yield "stray cells below and beside", edited(_stray), ()
    yield "labels and evidence merged", edited(_label_cells_merged), ()
    for column, text in (
        (FillColumn.VALUE, "填报数"),
        (FillColumn.VALUE, "填报值*（必填）"),
        (FillColumn.EVIDENCE, "证明材料"),
        (FillColumn.NOTE, "备注"),
        (FillColumn.FIELD, "填报事项"),
        (FillColumn.CODE, "指标编码"),
    ):
        yield f"{column.value.zh} headed {text}", _heading(column, text), (("S133", _head(column)),)
    yield "填报值 with spaces and a line break", _heading(FillColumn.VALUE, " 填报\n值 "), ()


# ------------------------------------------------- sheets


def _copied_into_a_new_book(book: Book, page: Worksheet) -> None:
    for name in (STAMP_SHEET, LISTS_SHEET):
        del book[name]
    page.delete_cols(columns()[FillColumn.KEY])


def _second_copy(book: Book, page: Worksheet) -> None:
    book.copy_worksheet(page).title = "填报（留底）"


def _blank_copy(book: Book, page: Worksheet) -> None:
    copy = book.copy_worksheet(page)
    copy.title = "空表留底"
    for key in rows():
        copy[at(key)].value = None
    page.cell(1, columns()[FillColumn.VALUE]).value = "填报数"


def _sheets() -> Iterator[Made]:
    renamed = (("S133", _head(FillColumn.VALUE)),)
    yield "a blank copy kept, the headings of the other renamed", edited(_blank_copy), renamed
    yield "the sheet renamed", edited(lambda _, page: page.__setattr__("title", "甲街道办报送")), ()
    yield "sheets added", edited(lambda book, _: book.create_sheet("附件清单", 0).append(["序号", "名称"])), ()
    yield "the sheet twice, alike", edited(_second_copy), ()
    yield "sheets in another order", edited(lambda book, _: book.move_sheet(FILL_SHEET, -1)), ()
    yield "the cover lost", edited(lambda book, _: book.__delitem__(COVER_SHEET)), ()
    yield "the stamp lost, the cover left", edited(_copied_into_a_new_book), ()


# ------------------------------------------------- what programs make of it


def _number_formats(_: Book, page: Worksheet) -> None:
    for key in rows():
        page[at(key)].number_format = "yyyy-mm-dd" if key != "01-4.day" else "0.00"


def _styled(_: Book, page: Worksheet) -> None:
    for row in page.iter_rows():
        for cell in row:
            cell.number_format = "@"


def _formulas_with_results(xml: bytes) -> bytes:
    cell = f'r="{at("01-2.money")}"'.encode()
    begin = xml.index(cell)
    number = xml.index(b"<v>1234.5</v>", begin)
    return xml[:number] + b"<f>SUM(1200,34.5)</f>" + xml[number:]


def _no_addresses(xml: bytes) -> bytes:
    """Cells that leave out blank ones must say where they are; the attribute of rows may go."""
    return re.sub(rb'<row r="\d+"', b"<row", xml)


def _prefixed(xml: bytes) -> bytes:
    """Every element with a prefix, as some programs write them."""
    named = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", xml)
    return named.replace(b"<x:worksheet xmlns=", b"<x:worksheet xmlns:x=", 1)


def _strict(parts: dict[str, bytes]) -> None:
    """The namespaces of strict OOXML, which some programs save."""
    transitional, strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for name, part in parts.items():
        if name.endswith(".xml") and name.startswith("xl/"):
            parts[name] = part.replace(transitional, strict).replace(
                relations, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
            )


def _dimension(xml: bytes) -> bytes:
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', xml)


def _relative(parts: dict[str, bytes]) -> None:
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"'/xl/", b"'").replace(b'"/xl/', b'"')


def _phonetic(parts: dict[str, bytes]) -> None:
    """Reading aids beside a text are no part of it."""
    name = next(one for one in parts if one.endswith("sharedStrings.xml") or one == fill_part(parts))
    xml = parts[name]
    found = xml.index(
        "省级".encode(), xml.index(f'r="{at("01-6.choice")}"'.encode()) if name == fill_part(parts) else 0
    )
    end = xml.index(b"</t>", found) + 4
    parts[name] = xml[:end] + b'<rPh sb="0" eb="2"><t>shengji</t></rPh>' + xml[end:]


def _since_1904(parts: dict[str, bytes]) -> None:
    """Days are counted from 1904, as a new workbook of Excel on an old Mac did."""
    book = parts["xl/workbook.xml"]
    assert book.count(b"<workbookPr") == 1
    parts["xl/workbook.xml"] = book.replace(b"<workbookPr", b'<workbookPr date1904="1"')


def _after_cells(xml: bytes) -> Make:
    return sheet_patched(lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + xml, 1))


def _day_there(number_format: str) -> Make:
    """The day as the number that it has there, in a cell of this format; a count dressed as a date."""

    def change(_: Book, page: Worksheet) -> None:
        page[at("01-4.day")].value, page[at("01-4.day")].number_format = 45746 - 1462, number_format
        page[at("01-1.cases")].number_format = "yyyy-mm-dd"

    return patched(_since_1904, edited(change))


def _endless_date(parts: dict[str, bytes]) -> None:
    parts["docProps/core.xml"] = b"<a><modified>" + b" " * 400_000 + b"<modified " * 40_000


def _bare(parts: dict[str, bytes]) -> None:
    for name in [one for one in parts if one.startswith("docProps/")]:
        del parts[name]
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"docProps", b"nowhere")


def _programs() -> Iterator[Made]:
    dressed = ("01-1.appeared", "01-1.cases", "01-2.money", "01-3.share", "01-7.done")
    yield "number formats mixed up", edited(_number_formats), tuple(("S222", at(key)) for key in dressed)
    yield "every cell formatted as text", edited(_styled), ()
    yield "a formula with its result", sheet_patched(_formulas_with_results), ()
    yield "rows without numbers", sheet_patched(_no_addresses), ()
    yield "elements with a prefix", sheet_patched(_prefixed), ()
    yield "strict OOXML", patched(_strict), ()
    yield "a dimension that is wrong", sheet_patched(_dimension, edited(lambda *_: None)), ()
    yield "saved anew by a library, parts named from the root", edited(lambda *_: None), ()
    yield "parts named from their folder", patched(_relative, edited(lambda *_: None)), ()
    yield "reading aids beside a text", patched(_phonetic, edited(lambda *_: None)), ()
    as_a_day = (("S222", at("01-1.cases")),)
    yield "days counted from 1904", _day_there("yyyy-mm-dd"), as_a_day
    yield "days counted from 1904, shown as numbers", _day_there("General"), as_a_day
    far_below = b"".join(b'<mergeCell ref="A%d:Z%d"/>' % (row, row) for row in range(1_000, 31_000))
    yield "thousands of merged rows far below", _after_cells(b"<mergeCells>" + far_below + b"</mergeCells>"), ()
    yield "merged cells that the XML never ends", _after_cells(b"<mergeCell a " * 75_000), ()
    yield "a date of saving that the XML never ends", patched(_endless_date), ()
    yield "no document properties", patched(_bare), ()
    yield "as it was sent out", clean, ()


# ------------------------------------------------- answers as people write them

_ANSWERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("numbers as text", {"appeared": "8", "cases": " 12 ", "money": "1,234.5", "share": "0.953"}),
    ("full-width numbers", {"appeared": "８", "money": "１，２３４．５", "share": "９５．３％"}),
    ("a percentage", {"share": "95.3%"}),
    ("apostrophes and spaces nobody sees", {"appeared": "'8", "cases": "12\u200b", "money": "\u00a01234.5\u00a0"}),
    ("line breaks after an answer", {"cases": "12\n", "choice": "省级\n", "held": "是\r\n"}),
    *((f"the day as {day}", {"day": day}) for day in (
        "2025-03-30", "2025/3/30", "2025.3.30", "20250330", "2025年3月30日", "二〇二五年三月三十日", "2025–03–30",
    )),
    ("the day as a number", {"day": 45746}),
    ("the day with a time", {"day": datetime(2025, 3, 30, 17, 30)}),
    *((f"yes as {yes}", {"held": yes}) for yes in ("有", "√", "是。", "对", "☑是 □否", True)),
    ("a choice in other widths", {"choice": "　省级 "}),
)  # fmt: skip

assert set(CLEAN) >= {"01-4.day"}
