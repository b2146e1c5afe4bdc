"""What is fuzzed: seven doors by which bytes of strangers come in, and the laws that hold behind each of them.

A target takes bytes and comes back, whatever they are; it raises where a law is broken. So a fuzzer may drive it, and
a test may replay what a fuzzer once found. What Python cannot raise, an abort or a hang, ends the process that drives.
"""

import atexit
import math
import shutil
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType

from fuzz.seeds import SHEET, TREE, a_book

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState
from lawgov_score.problem_data import PackedError
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import problems_text
from lawgov_score.tree import load
from lawgov_score.tree.editing import provisional
from lawgov_score.tree.first_tree import first_tree
from lawgov_score.wording import Language
from lawgov_score.workbook.circulated.plain_table import read_plain
from lawgov_score.workbook.circulated.reading import read_table
from lawgov_score.workbook.circulated.taking import wanted_of
from lawgov_score.workbook.forms.layout import layout_of
from lawgov_score.workbook.package.archive import stored
from lawgov_score.workbook.package.extent import far_corner
from lawgov_score.workbook.package.guard import guard
from lawgov_score.workbook.package.opened import Opened, _read_sheets, open_workbook
from lawgov_score.workbook.package.part_xml import PartError
from lawgov_score.workbook.package.sheet_list import sheet_links
from lawgov_score.workbook.returned.carried import NoCopyError
from lawgov_score.workbook.returned.feedback import marked_copy
from lawgov_score.workbook.submission.one_file import FileRead, read_file
from lawgov_score.workbook.submission.packed import facts_of, pack, unpack, unpack_columns
from lawgov_score.workbook.verify.anatomy import anatomy_of, names_of

_LAYOUT = layout_of(TREE)
_FOLDER = Path(mkdtemp(prefix="fuzz-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
_UNREADABLE = {Code.T102, Code.T103, Code.T104, Code.T106, Code.T107, Code.T108, Code.T109, Code.T110, Code.T113}
_FIELDS = {question.key: question.field for question in _LAYOUT.questions}


def archive(data: bytes) -> None:
    """A file of any bytes: refused with a problem, or taken apart into parts that lie as well in an archive of ours."""
    safe = guard(data, "a.xlsx")
    if isinstance(safe, Problem):
        _say([safe])
        return
    with zipfile.ZipFile(BytesIO(stored(safe.parts))) as again:
        assert {name: again.read(name) for name in again.namelist()} == dict(safe.parts)


def sheet(data: bytes) -> None:
    """The XML of one sheet in an otherwise ordinary workbook."""
    _a_workbook(stored(a_book({SHEET: data})))


def book(data: bytes) -> None:
    """A whole workbook: any of its parts may be anything."""
    _a_workbook(data)


def table(data: bytes) -> None:
    """A table of text."""
    path = _FOLDER / "U-1.csv"
    path.write_bytes(data)
    _a_reading(read_file(path, True, _LAYOUT, None), path)


def packed(data: bytes) -> None:
    """What came of one file, as a worker or a cache hands it over: read, or refused as no reading."""
    for read in (lambda: unpack(data, "a"), lambda: facts_of(data), lambda: unpack_columns(data, "a").rows()):
        try:
            found = read()
        except PackedError:
            continue
        if isinstance(found, FileRead):
            _unpacked(found)


def marked(data: bytes) -> None:
    """A workbook that is to be sent back: its copy reads as it does, or none can be made."""
    path = _FOLDER / "U-1.xlsx"
    path.write_bytes(data)
    read = read_file(path, True, _LAYOUT, None)
    with suppress(NoCopyError):
        marked_copy(path, read.problems, Language.ZH)


def circulated(data: bytes) -> None:
    """A table of indicators that comes back, or an office's own: what it asks for, and the draft of a tree."""
    path = _FOLDER / "tree.xlsx"
    path.write_bytes(data)
    back, problems = read_table(path)
    assert back is not None or problems
    _say(problems)
    if back is not None:
        wanted, problems = wanted_of(back, TREE)
        _say(problems)
        assert {*wanted.new} <= {*wanted.places}, wanted
    scheme, problems = read_plain(path)
    assert scheme is not None or problems
    _say(problems)
    if scheme is not None and scheme.nodes:
        draft = {Path("tree.yaml"): first_tree(scheme, "tree").text.encode()}
        _, problems = load(Path("tree.yaml"), is_in_use=True, contents=provisional(draft))
        assert not _UNREADABLE & {problem.code for problem in problems}, problems


TARGETS: Mapping[str, Callable[[bytes], None]] = MappingProxyType(
    {
        "archive": archive,
        "sheet": sheet,
        "book": book,
        "table": table,
        "packed": packed,
        "marked": marked,
        "circulated": circulated,
    }
)


def _a_workbook(data: bytes) -> None:
    path = _FOLDER / "U-1.xlsx"
    path.write_bytes(data)
    _a_reading(read_file(path, True, _LAYOUT, None), path)
    opened = open_workbook(path)
    if isinstance(opened, Opened):
        _seen_alike(opened)
        with suppress(PartError):
            anatomy_of(opened.safe.parts)
            names_of(opened.safe.parts)


def _seen_alike(opened: Opened) -> None:
    """The guard and the library see the same cells: what is bounded is what is read, and no short cut changes it."""
    safe = opened.safe
    links = {link.name: link for link in sheet_links(safe.parts)}
    for name, rows in opened.sheets.items():
        link = links[name]
        part = safe.parts[link.part]
        most = (9_999, 26) if link.part in safe.plain else far_corner(part) if b"sheetData" in part else (0, 0)
        size = (len(rows), max(map(len, rows), default=0))
        assert size[0] <= most[0], (link, size, most)
        assert size[1] <= most[1], (link, size, most)
    if safe.plain:
        try:
            long_way = _read_sheets(replace(safe, plain=frozenset()), opened.store)
        except Exception:  # damaged behind the cells, where the short way does not look
            return
        assert repr(long_way) == repr(opened.sheets)  # as text: nan is not equal to itself


def _a_reading(read: FileRead, path: Path) -> None:
    """Answers or a problem; no number that is none; the same after a journey."""
    assert read.sent or read.problems
    _say(read.problems)
    for one in read.sent:
        _say(one.doubts)
        if one.submission is not None:
            cells = {place for problem in read.problems for place in (problem.place, *problem.see_also)}
            codes = {problem.code for problem in read.problems}  # of two columns for one question no cell is named
            for key, answer in one.submission.answers.items():
                _an_answer(key, answer, answer.place in cells or Code.S128 in codes)
    assert unpack(pack(read, path.as_posix()), path.as_posix()) == read


def _an_answer(key: str, answer: Answer, is_named: bool) -> None:
    field = _FIELDS[key]
    match answer.state, answer.value:
        case AnswerState.GIVEN, float(number):
            assert math.isfinite(number) or (field.never and number == math.inf), answer
        case AnswerState.GIVEN, str(text):
            assert text, answer
        case AnswerState.INVALID, None:
            assert is_named, answer  # nothing is dropped in silence
        case _, value:
            assert value is None, answer


def _unpacked(read: FileRead) -> None:
    """Whoever goes on with it may trust its types."""
    for one in read.sent:
        assert isinstance(one.place, CellPlace)
        assert all(isinstance(text, str) for text in (one.unit.code, one.unit.name, one.place.path, one.place.cell))
        if one.submission is not None:
            with suppress(PackedError):
                for answer in one.submission.answers.values():
                    assert answer.value is None or isinstance(answer.value, str) or not math.isnan(answer.value)
                    assert isinstance(answer.printed + answer.note + (answer.evidence or ""), str)


def _say(problems: object) -> None:
    assert isinstance(problems, tuple | list)
    for lang in Language:
        problems_text(problems, lang)
