"""A second witness of what is stored in a cell: openpyxl, from the same bytes. And small workbooks of any cell's XML.

In that XML ``@`` stands for the address of the cell, ``~`` for the number of a text put into the store of texts.
"""

import io
import math
import re
import warnings
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import openpyxl
import xlsxwriter
from builders import a_field, a_tree, an_indicator
from corpus.round import fill_part, parts_of, zipped
from openpyxl.utils.escape import unescape

from lawgov_score.model import Answer, AnswerState
from lawgov_score.problems import CellPlace, is_error
from lawgov_score.workbook.submission.filled_workbook import read_submission
from lawgov_score.workbook.submission.values import day_in

UNBOUNDED: dict[str, Any] = {"at_least": None, "at_most": None, "measured_in": ""}
KINDS = ("count", "amount", "share", "text", "date")
TREE = a_tree(
    indicators=[
        an_indicator(code="1", fields=[a_field(type="count", **UNBOUNDED)]),
        an_indicator(code="2", fields=[a_field(type="amount", **UNBOUNDED)]),
        an_indicator(code="3", fields=[a_field(type="share", **UNBOUNDED)]),
        an_indicator(code="4", fields=[a_field(code="of"), a_field(type="text")], value="of"),
        an_indicator(code="5", fields=[a_field(type="date")], rule={"kind": "late", "due": "03-31", "each": 0.2}),
    ]
)
PLACES = {kind: f"C{row}" for row, kind in enumerate(KINDS, start=2)}
HIDE, LINE_BREAK = re.compile("[\u200b\ufeff]"), re.compile("[\n\r\v\f\x85\u2028\u2029]")
SCALES = ('0"%"', r"0\%", "0,", "0,,", '0.0,"千"', '0!.0,"万"', '0"万"')  # they show another number than is stored
DATES = ("yyyy-mm-dd", 'm"月"d"日"', "h:mm", "[h]:mm")
ORDINARY = ("0%", "0.00%", "#,##0", "#,##0.00", "@", "0.0E+00", "[Red]0")
FORMATS = (*SCALES, *DATES, *ORDINARY)


@cache
def base() -> tuple[dict[str, bytes], dict[str, int]]:
    """The parts of a small workbook whose answers are to be put in, and the number of each format's style."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet("填报")
        for row, cells in enumerate([("编码", "填报项", "填报值"), *((code, "填报项x", "?") for code in "12345")]):
            page.write_row(row, 0, cells)
        for row, number_format in enumerate(FORMATS, start=20):
            page.write_blank(row - 1, 0, None, book.add_format({"num_format": number_format}))
    parts = parts_of(data.getvalue())
    styled = re.findall(rb'<c r="A([0-9]+)" s="([0-9]+)"', parts[fill_part(parts)])
    styles = {FORMATS[int(row) - 20]: int(style) for row, style in styled}
    return parts, styles


def book_with(cell: str, text: str = "") -> bytes:
    """The workbook with this cell as every answer, and ``text`` (XML) in the store of texts."""
    parts = dict(base()[0])
    store = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = store.replace(b"</sst>", f"<si>{text}</si></sst>".encode())
    sheet, cell = parts[fill_part(parts)], cell.replace("~", str(store.count(b"<si>")))
    for at in PLACES.values():
        before, _, after = sheet.partition(b'<c r="%b"' % at.encode())
        sheet = before + cell.replace("@", at).encode() + after.partition(b"</c>")[2]
    parts[fill_part(parts)] = sheet
    return zipped(parts)


def stored_in(data: bytes) -> object:
    """What openpyxl finds stored, numbers undressed; ``...`` where no answer may come of it.

    That is an error value, a formula without a result, what openpyxl itself cannot make a value of.
    """
    with patch("openpyxl.styles.stylesheet.is_date_format", return_value=False), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            values, formulas = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (True, False))
        except (ValueError, IndexError, TypeError):
            return ...
    cell, formula = values["填报"]["C2"], formulas["填报"]["C2"]
    is_in_doubt = cell.data_type == "e" or (cell.value is None and formula.value is not None)
    return ... if is_in_doubt else unescape(cell.value) if isinstance(cell.value, str) else cell.value


def expected(stored: object, kind: str) -> object:
    """The answer that the stored value is to a question of this kind; ``...`` where it can be none."""
    match stored:
        case None:
            return None
        case bool():
            return str(stored).upper() if kind == "text" else ...
        case date():
            day = stored.date() if isinstance(stored, datetime) else stored
            return day.isoformat() if kind == "text" else _serial(day) if kind == "date" else ...
        case int() | float():
            return math.floor(stored) if kind == "date" and math.isfinite(stored) else float(stored)
        case str() if not HIDE.sub("", stored).strip():
            return None
        case str() if kind == "text":
            return stored.strip()
        case str() if LINE_BREAK.search(stored.strip()):
            return ...
        case str() if kind == "date":
            day_said = day_in(stored)
            return ... if day_said is None else _serial(day_said)
        case str():
            text = HIDE.sub("", stored).strip()
            number = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?(%?)", text)
            return ... if number is None else float(text.rstrip("%")) / (100 if number[2] else 1)
    return ...


def _serial(day: date) -> int:
    return day.toordinal() - date(1899, 12, 30).toordinal()


def answers_of(data: bytes) -> dict[str, Answer]:
    """The answers by the kind of question; none where the file is refused. An invalid one has an error at its cell."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "U-1.xlsx"
        path.write_bytes(data)
        submission, problems = read_submission(path, TREE)
    if submission is None:
        assert any(is_error(problem) for problem in problems)
        return {}
    places = {one.place.cell for one in problems if isinstance(one.place, CellPlace) and is_error(one)}
    by_place = {answer.place.cell: answer for answer in submission.answers.values()}
    answers = {kind: by_place[at] for kind, at in PLACES.items()}
    for kind, answer in answers.items():
        assert (answer.state is AnswerState.INVALID) == (PLACES[kind] in places), (kind, answer)
    return answers


def is_same(answer: Answer, want: object, dust: float) -> bool:
    """Is the answer the one that is wanted? ``dust``: by how much a number may be off."""
    match answer.value, want:
        case None, None:
            return answer.state is AnswerState.MISSING
        case str(said), float(number):
            return math.isclose(float(said), number, rel_tol=1e-11)  # a number as text is shown in twelve digits
        case str(said), str(text):
            return said == text or (said.startswith(f"{text} ") and day_in(text) is not None)
        case float(taken), float(number):
            return math.isclose(taken, number, rel_tol=1e-15, abs_tol=dust)
        case float(taken), int(day):
            return taken == day
    return False
