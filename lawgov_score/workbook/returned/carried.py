"""What the editing library drops from a workbook, what is carried over, and whether the copy reads the same."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.worksheet.datavalidation import DataValidation

from lawgov_score.cell_addresses import address
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.opened import Opened, Rows
from lawgov_score.workbook.package.part_xml import scan
from lawgov_score.workbook.package.saved import CORE, saved_at, with_saved
from lawgov_score.workbook.package.sealed import packed, with_seal
from lawgov_score.workbook.package.sheet_list import sheet_links

# Contents that people would miss, and the trace of each in the parts of a workbook.
_CONTENTS: tuple[tuple[Words, re.Pattern[str], re.Pattern[bytes] | None], ...] = (
    (Words("{n} 张图片", "{n} pictures"), re.compile(r"/drawings/[^/]*\.xml$"), re.compile(rb"<(?:\w+:)?pic[ />]")),
    (
        Words("{n} 个文本框或图形", "{n} {n:text box or shape|text boxes or shapes}"),
        re.compile(r"/drawings/[^/]*\.xml$"),
        re.compile(rb"<(?:\w+:)?(?:sp|cxnSp)[ />]"),
    ),
    (
        Words("{n} 个图表", "{n} charts"),
        re.compile(r"/drawings/[^/]*\.xml$"),
        re.compile(rb"<(?:\w+:)?graphicFrame[ />]"),
    ),
    (
        Words("{n} 组迷你图", "{n} groups of sparklines"),
        re.compile(r"/worksheets/[^/]*\.xml$"),
        re.compile(rb"<(?:\w+:)?sparklineGroup[ />]"),
    ),
    (Words("{n} 个控件", "{n} controls"), re.compile(r"/ctrlProps/[^/]*\.xml$"), None),
    (Words("{n} 个嵌入对象", "{n} embedded objects"), re.compile(r"/embeddings/[^/]+$"), None),
    (Words("宏", "macros"), re.compile(r"vbaProject\.bin$"), None),
    (Words("{n} 组批注会话", "{n} groups of threaded comments"), re.compile(r"/threadedComments/[^/]*\.xml$"), None),
)

_DIFFERS = Words(
    "副本的“{sheet}”表 {cell} 格与原件不一致", "cell {cell} of the sheet “{sheet}” would differ from the original"
)
_NO_SHEET = Words("副本缺少工作表“{sheet}”", "the sheet “{sheet}” would be missing")

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_FLAGS = ("allowBlank", "showInputMessage", "showErrorMessage", "showDropDown")
_TEXTS = ("type", "operator", "errorStyle", "errorTitle", "error", "promptTitle", "prompt")
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[ >/].*?)<v ?(?:/>|></v>)</c>', re.DOTALL)


class NoCopyError(Exception):
    """A workbook of which no copy can be made; ``why`` in words."""

    def __init__(self, why: Phrase | Words) -> None:
        super().__init__()
        self.why = why


def contents_of(parts: Mapping[str, bytes]) -> Mapping[Words, int]:
    """The number of each kind of content other than cells; kinds that do not occur are left out."""
    counts: dict[Words, int] = {}
    for what, where, mark in _CONTENTS:
        n = sum(1 if mark is None else len(mark.findall(part)) for name, part in parts.items() if where.search(name))
        if n:
            counts[what] = n
    return counts


def dropped(before: Mapping[Words, int], after: Mapping[Words, int]) -> tuple[Phrase, ...]:
    """Contents that ``before`` has and ``after`` lacks."""
    return tuple(what(n=n - after.get(what, 0)) for what, n in before.items() if n > after.get(what, 0))


def lists_beyond(part: bytes) -> Iterator[DataValidation]:
    """Data validations in places the library ignores: Excel moves lists of another sheet there."""
    if _X14[1:-1].encode() not in part or b"dataValidation" not in part:
        return
    for element in ElementTree.fromstring(part).iter(f"{_X14}dataValidation"):
        sqref = element.findtext(f"{_XM}sqref", "").strip()
        if not sqref:
            continue
        formulas = [element.findtext(f"{_X14}formula{n}/{_XM}f") for n in (1, 2)]
        flags = {name: element.get(name) in {"1", "true"} for name in _FLAGS}
        texts = {name: element.get(name) for name in _TEXTS if element.get(name) is not None}
        yield DataValidation(formula1=formulas[0], formula2=formulas[1], sqref=sqref, **flags, **texts)  # type: ignore[arg-type]


def results_of(part: bytes) -> Mapping[str, tuple[str, str]]:
    """Cell -> stored result of every formula of a sheet: its type as in the file, and its text."""
    results: dict[str, tuple[str, str]] = {}
    here: dict[str, str] = {}
    has_formula = within = False
    text = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal here, has_formula, within, text
        tag = name.rpartition(":")[2]
        if tag == "c":
            here, has_formula, text = attributes, False, ""
        elif tag == "f":
            has_formula = True
        within = tag == "v"

    def inside(piece: str) -> None:
        nonlocal text
        if within:
            text += piece

    def end(name: str) -> None:
        nonlocal within
        within = False
        if name.rpartition(":")[2] == "c" and has_formula and (text or here.get("t") == "str"):
            results[here.get("r", "")] = (here.get("t", "n"), text)

    scan(part, start, inside, end)
    return results


def with_results(part: bytes, results: Mapping[str, tuple[str, str]]) -> bytes:
    """A sheet written by the library, which drops formula results, with the results restored."""

    def put(match: re.Match[bytes]) -> bytes:
        cell, attributes, formula = match.groups()
        kind, text = results.get(cell.decode(), ("", ""))
        if not kind:
            return match.group()
        typed = b"" if kind == "n" else f' t="{kind}"'.encode()
        return b'<c r="%b"%b%b>%b<v>%b</v></c>' % (cell, attributes, typed, formula, escape(text).encode())

    return _FORMULA_CELL.sub(put, part) if results else part


def _sheet_parts(opened: Opened) -> Mapping[str, bytes]:
    """The XML of each sheet by name."""
    parts = opened.safe.parts
    return {link.name: parts[link.part] for link in sheet_links(parts) if link.part in parts}


def add_lists(book: openpyxl.Workbook, opened: Opened) -> None:
    """Adds drop-down lists that Excel keeps where the library ignores them."""
    for name, xml in _sheet_parts(opened).items():
        if name in book.sheetnames:
            for check in lists_beyond(xml):
                book[name].add_data_validation(check)


def finished(opened: Opened, data: bytes) -> bytes:
    """The finished copy: with the stored results of formulas, which the library drops, and the original's time of
    saving, so that the same original gives the same bytes; and sealed, so that it is known when somebody fills it in.
    """
    results = {name: results_of(part) for name, part in _sheet_parts(opened).items() if b"<f" in part or b":f" in part}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for link in sheet_links(parts):
        parts[link.part] = with_results(parts[link.part], results.get(link.name, {}))
    parts[CORE] = with_saved(parts[CORE], saved_at(opened.safe.parts))  # the library always writes that part
    return packed(with_seal(parts))


def check_same(own: Opened, made: Opened) -> None:
    """Raises ``NoCopyError`` if the copy does not read like the original."""
    for name, rows in own.sheets.items():
        others = made.sheets.get(name)
        if others is None:
            raise NoCopyError(_NO_SHEET(sheet=name))
        if others == rows and (not own.may_doubt or own.doubtful(name) == made.doubtful(name)):
            continue
        for at, one, other in _pairs(rows, others):
            if one != other and cell_text(one) != cell_text(other):
                raise NoCopyError(_DIFFERS(sheet=name, cell=at))
        if own.may_doubt:
            doubts, now = own.doubtful(name), made.doubtful(name)
            changed = sorted(at for at in {*doubts, *now} if doubts.get(at) != now.get(at))
            if changed:
                raise NoCopyError(_DIFFERS(sheet=name, cell=changed[0]))


def _pairs(rows: Rows, others: Rows) -> Iterator[tuple[str, Cell, Cell]]:
    """Every cell of either sheet by address, blank if one of them lacks it."""
    for i, (row, other) in enumerate(zip_longest(rows, others, fillvalue=())):
        for j, (one, two) in enumerate(zip_longest(row, other, fillvalue="")):
            yield address(i, j), one, two
