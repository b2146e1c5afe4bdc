"""Workbooks with something wrong in them: each fault at its cell, everything else read as ever."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from corpus.messy import FILE, Book
from corpus.round import (
    CLEAN,
    ME,
    Case,
    Make,
    at,
    book_of,
    clean,
    columns,
    edited,
    patched,
    raw,
    rows,
    with_answers,
)
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.cell_addresses import letters
from lawgov_score.model import Unit
from lawgov_score.workbook.forms.layout import COVER_SHEET, FILL_SHEET, STAMP_SHEET, FillColumn

Says = tuple[tuple[str, str], ...]


def faulty() -> Iterator[Case]:
    """Every case with a problem in a workbook that opens."""
    for name, answers, key, code in _CELLS:
        yield Case(name, {FILE: with_answers(**answers)}, ((code, at(key)),), changed={key: None})
    yield from _rows()
    yield from _whole()
    yield from _several()


# ------------------------------------------------- one cell

_CELLS: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("about", {"cases": "约12"}, "01-1.cases", "S201"),
    ("more than", {"money": "大于90"}, "01-2.money", "S201"),
    ("a number in words", {"cases": "十二"}, "01-1.cases", "S201"),
    ("a fraction", {"share": "1/2"}, "01-3.share", "S203"),
    ("ten thousands", {"money": "100万"}, "01-2.money", "S201"),
    ("digits of another script", {"cases": "١٢"}, "01-1.cases", "S201"),
    ("an underscore between digits", {"money": "1_234"}, "01-2.money", "S201"),
    ("infinity", {"money": "inf"}, "01-2.money", "S201"),
    ("not a number", {"money": "nan"}, "01-2.money", "S201"),
    ("another measure", {"cases": "12起"}, "01-1.cases", "S201"),
    ("half a case", {"cases": 12.5}, "01-1.cases", "S204"),
    ("below zero", {"money": -1}, "01-2.money", "S202"),
    ("beyond its bound", {"money": 1234500}, "01-2.money", "S202"),
    ("a percentage as a number", {"share": 95.3}, "01-3.share", "S202"),
    ("two percentages", {"share": "95%-96%"}, "01-3.share", "S203"),
    ("an end of month", {"day": "3月底"}, "01-4.day", "S205"),
    ("a day that is none", {"day": "2025-02-30"}, "01-4.day", "S205"),
    ("a serial number as text", {"day": "45746"}, "01-4.day", "S205"),
    ("a text as long as a cell holds, for a day", {"day": "T" * 32_000}, "01-4.day", "S205"),
    ("the same for a number", {"money": "1" + "," * 32_000}, "01-2.money", "S201"),
    ("the same for a share", {"share": "9" * 32_000 + "%"}, "01-3.share", "S203"),
    ("the same for yes or no", {"held": "□" * 32_000}, "01-5.held", "S206"),
    ("the same for a choice", {"choice": "省级" * 16_000}, "01-6.choice", "S207"),
    ("a year alone", {"day": 2025}, "01-4.day", "S205"),
    ("mostly", {"held": "基本是"}, "01-5.held", "S206"),
    ("both boxes ticked", {"held": "☑是 ☑否"}, "01-5.held", "S206"),
    ("not among the choices", {"choice": "省级以上"}, "01-6.choice", "S207"),
    ("not applicable where that is no answer", {"share": "/"}, "01-3.share", "S209"),
    ("not applicable without a reason", {"done": "不适用"}, "01-7.done", "S210"),
    ("an error value", {"share": "#DIV/0!"}, "01-3.share", "S215"),
    ("a formula without its result", {"share": "=1-0.047"}, "01-3.share", "S214"),
)


# ------------------------------------------------- rows and several cells


def _row_twice(_: Book, page: Worksheet) -> None:
    page.append([cell.value for cell in page[rows()["01-3.share"]]])
    page.cell(page.max_row, columns()[FillColumn.VALUE]).value = 0.5


def _own_row(_: Book, page: Worksheet) -> None:
    page.append([None] * page.max_column)
    row = page.max_row + 1
    page.cell(row, columns()[FillColumn.CODE]).value = "09-9"
    page.cell(row, columns()[FillColumn.FIELD]).value = "其他亮点"
    page.cell(row, columns()[FillColumn.VALUE]).value = 3


def _no_evidence(_: Book, page: Worksheet) -> None:
    for key in ("01-1.appeared", "01-1.cases", "01-1.rate"):
        page.cell(rows()[key], columns()[FillColumn.EVIDENCE]).value = None


def _merged(_: Book, page: Worksheet) -> None:
    page.merge_cells(f"{at('01-1.appeared')}:{at('01-1.cases')}")


def _second_value_column(_: Book, page: Worksheet) -> None:
    page.cell(1, page.max_column + 1).value = "填报值"


def _added_column(_: Book, page: Worksheet) -> None:
    page.cell(1, page.max_column + 1).value = "数值"
    page.cell(2, page.max_column).value = 7


def _key_of_another_tree(book: Book, page: Worksheet) -> None:
    del book[STAMP_SHEET]
    page.cell(rows()["01-3.share"], columns()[FillColumn.FIELD]).value = "另一指标体系的题"


def _other_copy(book: Book, page: Worksheet) -> None:
    other = book.copy_worksheet(page)
    other.title = "填报（改）"
    other[at("01-3.share")].value = 0.5


def _rows() -> Iterator[Case]:
    share = rows()["01-3.share"]
    blank: Mapping[str, object] = {"01-3.share": None}
    yield Case(
        "numerator above denominator",
        {FILE: with_answers(appeared=13)},
        (("S208", at("01-1.appeared")),),
        changed={"01-1.appeared": None},
    )
    yield Case(
        "a rate that contradicts the counts",
        {FILE: with_answers(rate=0.5)},
        (("S216", at("01-1.rate")),),
        changed={"01-1.rate": 0.5},
    )
    yield Case(
        "a column added beside the one it sounds like",
        {FILE: edited(_added_column)},
        (("S135", f"{letters(columns()[FillColumn.KEY])}1"),),
    )
    yield Case(
        "no stamp, and a hidden key that the print contradicts",
        {FILE: edited(_key_of_another_tree)},
        (("S212", at("01-3.share")), ("S213", "")),
        changed=blank,
    )
    yield Case("evidence missing", {FILE: edited(_no_evidence)}, (("S217", at("01-1.appeared", FillColumn.EVIDENCE)),))
    yield Case("a row deleted", {FILE: edited(lambda _, page: page.delete_rows(share))}, (("S213", ""),), changed=blank)
    last = len(rows()) + 2
    value = at("01-3.share").rstrip("0123456789")
    yield Case("a row twice, differently", {FILE: edited(_row_twice)}, (("S211", f"{value}{last}"),), changed=blank)
    yield Case("a row of its own", {FILE: edited(_own_row)}, (("S212", f"{value}{last + 1}"),))
    yield Case(
        "two answers merged into one",
        {FILE: edited(_merged)},
        (("S220", at("01-1.cases")),),
        changed={"01-1.cases": None},
    )
    yield Case("the sheet twice, differently", {FILE: edited(_other_copy)}, (("S144", ""),))
    yield Case(
        "two columns of answers",
        {FILE: edited(_second_value_column)},
        (("S128", f"{letters(columns()[FillColumn.KEY])}1"),),
        reads=False,
    )
    yield Case("two faults in two cells", {FILE: with_answers(cases="约12", held="大概")}, (
        ("S201", at("01-1.cases")), ("S206", at("01-5.held"))), changed={"01-1.cases": None, "01-5.held": None}
    )  # fmt: skip


# ------------------------------------------------- the workbook as a whole


def _stamped(**said: str) -> Make:
    def change(book: Book, _: Worksheet) -> None:
        for row in book[STAMP_SHEET].iter_rows():
            if row[0].value in said:
                row[1].value = said[str(row[0].value)]

    return edited(change)


def _asked_otherwise(said: Mapping[str, str], book: Book, _: Worksheet) -> None:
    """The stamp of an older edition in which one question meant something else."""
    for row in book[STAMP_SHEET].iter_rows():
        if row[0].value in said:
            row[1].value = said[str(row[0].value)]
        if row[0].value == "questions":
            row[1].value = re.sub(r"(?m)^(01-3\.share)=.*$", r"\1=00000000", str(row[1].value))


def _cover(book: Book, _: Worksheet) -> None:
    for row in book[COVER_SHEET].iter_rows():
        for cell in row:
            if cell.value == ME.name:
                cell.value = "丙局"


def _no_headings(_: Book, page: Worksheet) -> None:
    page.cell(1, columns()[FillColumn.VALUE]).value = "情况"


def _macros(parts: dict[str, bytes]) -> None:
    parts["xl/vbaProject.bin"] = b"\0program"


def _links(parts: dict[str, bytes]) -> None:
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"


def _whole() -> Iterator[Case]:
    yield Case("of another tree", {FILE: _stamped(tree="wuhua-2020")}, (("S108", ""),), reads=False)
    old = {"edition": "2023", "year": "2023", "fingerprint": "f" * 64}
    yield Case("of an older edition, the questions the same", {FILE: _stamped(**old)}, (("S143", ""),))
    before = edited(partial(_asked_otherwise, old))
    faults = (("S143", ""), ("S230", at("01-3.share")))
    yield Case("of an older edition, a question changed", {FILE: before}, faults, changed={"01-3.share": None})
    yield Case(
        "of an older edition that cannot be compared",
        {FILE: _stamped(**old, questions="")},
        (("S109", ""),),
        reads=False,
    )
    yield Case("the cover names another unit", {FILE: edited(_cover)}, (("S127", "D4"),), reads=False)
    yield Case(
        "the sheet to fill in is missing",
        {FILE: edited(lambda b, _: b.__delitem__(FILL_SHEET))},
        (("S113", ""),),
        reads=False,
    )
    yield Case("no column of answers", {FILE: edited(_no_headings)}, (("S114", ""),), reads=False)
    yield Case("made for another type", {FILE: _stamped(type="bureau")}, (("S126", ""), ("S213", "")))
    yield Case("with macros", {"U-01.xlsm": patched(_macros)}, (("S118", ""),))
    yield Case("with links to other workbooks", {FILE: patched(_links)}, (("S118", ""),))
    yield Case(
        "of a unit that nobody knows",
        {"X-99.xlsx": partial(book_of, Unit("X-99", "丁局", "office"))},
        (("S111", ""),),
        reads=False,
    )


# ------------------------------------------------- several files


_TABLE = "unit,name,01-3.share\nU-01,甲街道办,95.3%\n"


def _several() -> Iterator[Case]:
    other = with_answers(share=0.5)
    yield Case("two files that differ", {FILE: clean, "U-01-修改.xlsx": other}, (("S112", ""),), reads=False)
    yield Case("two files that say the same", {FILE: clean, "U-01 (1).xlsx": clean}, (("S141", ""),))
    yield Case("a file named after another unit", {"G-01.xlsx": clean}, (("S130", ""),))
    ghosts: dict[str, Make] = {
        FILE: clean,
        "~$U-01.xlsx": raw(b"\x06lock"),
        "._U-01.xlsx": raw(b"\0\x05ghost"),
        ".DS_Store": raw(b"x"),
    }
    yield Case("lock files and ghosts", ghosts, (("S115", ""), ("S115", "")))
    only = {key: None for key in CLEAN if key != "01-3.share"}
    yield Case(
        "a table in GBK",
        {"表.csv": raw(_TABLE.encode("gb18030"))},
        (("S119", ""),),
        changed=only,
    )
    yield Case("a table in UTF-8", {"t.csv": raw(_TABLE.encode("utf-8-sig"))}, changed=only)
    yield Case(
        "a table with a comma in a number",
        {"t.csv": raw(b"unit,01-2.money\nU-01,1,234.5\n")},
        (("S149", "C2"),),
        reads=False,
    )
