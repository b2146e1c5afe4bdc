"""Files that must not be opened are refused before any library sees them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from builders import a_tree, an_indicator
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.package import guard as guarded
from lawgov_score.workbook.package.extent import far_corner
from lawgov_score.workbook.package.grid import read_grid
from lawgov_score.workbook.package.guard import Safe, guard
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.submission.filled_workbook import read_submission

TREE = a_tree(indicators=[an_indicator()])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def a_zip(parts: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def a_book(cells: bytes, **more: bytes) -> bytes:
    sheet = b'<worksheet xmlns="x"><sheetData>' + cells + b"</sheetData></worksheet>"
    return a_zip({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet, **more})


def code_of(data: bytes) -> Code | None:
    found = guard(data, "a.xlsx")
    if not isinstance(found, Problem):
        return None
    assert all("{" not in problems_text([found], lang) for lang in Language)
    return found.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.S103),
        (b"%PDF-1.7 ...", Code.S103),
        (b"unit,name\n1,a\n", Code.S103),
        (OLE + b"\0" * 600, Code.S105),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), Code.S104),
        (b"PK\x03\x04 cut off", Code.S106),
        (a_zip({"word/document.xml": b"<document/>"}), Code.S103),
    ],
)
def test_what_is_not_a_workbook(data: bytes, code: Code) -> None:
    assert code_of(data) is code


NEAR = b'<row r="1"><c r="A1"><v>1</v></c><c r="Z9999"><v>1</v></c></row>'


def test_an_ordinary_workbook_is_safe() -> None:
    assert isinstance(guard(a_book(NEAR), "a.xlsx"), Safe)


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="xfd1048576"><v>1</v></c></row>',
        b"<row r='1'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c\nr="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>',
        b'<x:row xmlns:x="y" r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        b'<row r="1"><c t="inlineStr" r="XFD1048576"><is><t>x</t></is></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row><row r="1"><c r="XFD1"><v>1</v></c></row>',
        b"<row>" + b"<c><v>1</v></c>" * 3000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 3000,
        NEAR + b'<!-- > --><row r="1"><c r="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_a_value_far_out_is_refused_however_it_is_written(cells: bytes) -> None:
    assert code_of(a_book(cells)) is Code.S107


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1"><c r="A99999999999"><v>1</v></c></row>',  # each of these once took the whole process down
        b'<row r="1"><c r="AAAAAAAAAAAA1"><v>1</v></c></row>',
        b'<row r="99999999"><c><v>1</v></c></row>',
        b'<row r="4294967295"><c><v>1</v></c></row>',
    ],
)
def test_a_cell_at_what_is_no_address_is_refused(cells: bytes) -> None:
    assert code_of(a_book(cells)) is Code.S107


@pytest.mark.parametrize("said", [b"uniqueCount='99999999'", b'uniqueCount="&#57;99999999"'])
def test_a_promise_of_more_than_there_is_is_refused(said: bytes) -> None:
    strings = b"<sst " + said + b"><si><t>a</t></si></sst>"
    assert code_of(a_book(NEAR, **{"xl/sharedStrings.xml": strings})) is Code.S107


def test_a_promise_of_more_styles_than_there_are_is_refused() -> None:
    styles = b'<styleSheet><cellXfs count="4294967295"><xf/></cellXfs></styleSheet>'
    assert code_of(a_book(NEAR, **{"xl/styles.xml": styles})) is Code.S107


def test_texts_may_be_used_more_often_than_their_store_is_long() -> None:
    """Thousands of cells that share a few texts, as in our own scorecards; the library makes no room for uses."""
    strings = b'<sst xmlns="x" count="360473" uniqueCount="1"><si><t>a</t></si></sst>'
    assert code_of(a_book(NEAR, **{"xl/sharedStrings.xml": strings})) is None


@pytest.mark.parametrize("said", [b'count="9"', b'uniqueCount="00009"', b'amount="4294967295"', b'discount="a lot"'])
def test_an_ordinary_count_is_none(said: bytes) -> None:
    strings = b"<sst " + said + b"><si><t>a</t></si></sst>"
    assert code_of(a_book(NEAR, **{"xl/sharedStrings.xml": strings})) is None


@pytest.mark.parametrize("encoding", [b"cp037", b"utf-7", b"nonsense"])
def test_a_part_is_read_as_the_library_reads_it_whatever_it_says_of_itself(encoding: bytes) -> None:
    head = b'<?xml version="1.0" encoding="' + encoding + b'"?>'
    for cell, code in ((b"Z9", None), (b"XFD1048576", Code.S107)):
        cells = b'<row r="1"><c r="' + cell + b'"><f>1</f><v>1</v></c></row>'
        sheet = head + b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
        assert code_of(a_zip({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet})) is code


def test_a_blank_cell_far_out_is_only_a_format() -> None:
    assert code_of(a_book(NEAR + b'<row r="1048576"><c r="XFD1048576" s="4"/></row>')) is None


def test_the_far_corner_counts_cells_that_do_not_say_where_they_are() -> None:
    sheet = (
        b"<w><row><c><v>1</v></c><c/><c><v>1</v></c></row><row r='5'><c r='B5'><f>1</f></c><c><v>2</v></c></row></w>"
    )
    assert far_corner(sheet) == (5, 3)


@pytest.mark.parametrize("xml", [b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', b"<a/><!ENTITY b 'c'>"])
def test_a_document_type_definition_is_refused(xml: bytes) -> None:
    assert code_of(a_book(NEAR, **{"xl/sharedStrings.xml": xml})) is Code.S107


def test_utf_16_would_slip_past_and_is_refused() -> None:
    assert code_of(a_book(NEAR, **{"xl/styles.xml": '<?xml version="1.0"?><a/>'.encode("utf-16")})) is Code.S106


def test_bombs_are_refused_by_ratio_size_and_count(monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(a_book(NEAR, **{"xl/media/a.xml": b" " * (8 << 20)})) is Code.S107
    monkeypatch.setattr(guarded, "MOST_INFLATED", 1000)
    assert code_of(a_book(NEAR, **{"xl/a.xml": b"<a/>" * 300})) is Code.S107
    monkeypatch.setattr(guarded, "MOST_PARTS", 2)
    assert code_of(a_book(NEAR, **{"xl/a.xml": b"<a/>"})) is Code.S107


def test_an_entry_that_inflates_beyond_what_it_declares_is_damaged() -> None:
    data = bytearray(a_zip({"xl/workbook.xml": b"<workbook/>" * 100}))
    at = data.rindex(b"PK\x01\x02") + 24  # the size declared in the directory
    data[at : at + 4] = (11).to_bytes(4, "little")
    assert code_of(bytes(data)) is Code.S106


def test_half_a_file_is_damaged(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", {"填报": "| 编码 | 填报项 | 填报值 |"})
    path.write_bytes(path.read_bytes()[:-200])
    assert read_submission(path, TREE)[1][0].code is Code.S106


def test_every_damaged_byte_is_a_problem_and_never_a_crash(tmp_path: Path) -> None:
    good = a_workbook(
        tmp_path / "a.xlsx", {"填报": "| 编码 | 填报项 | 填报值 |\n| 01-1 | 填报项x | 0.5 |"}
    ).read_bytes()
    bad = tmp_path / "b.xlsx"
    for at in range(0, len(good), 97):
        bad.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
        opened = open_workbook(bad)
        assert isinstance(opened, Problem) or opened.sheets


def test_macros_and_links_are_ignored_and_said_so(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "S-01.xlsx", {"填报": "| 编码 | 填报项 | 填报值 |\n| 01-1 | 填报项x | 0.5 |"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00macro")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    submission, problems = read_submission(path, TREE)
    assert submission is not None
    assert [problem.code for problem in problems] == [Code.S118, Code.S118]
    assert submission.answers["01-1.x"].value == 0.5


@pytest.mark.parametrize(
    "cells",
    [
        b"<row><c><v>1</v></c>" * 3000
        + b"</row>" * 3000
        + b"<c><v>1</v></c>",  # to the library each lies farther right
        b"<row>" + b"<c><is><row/></is></c>" * 3000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 3000,
        b"<row><c><is><c><v>1</v></c></is></c></row>",
    ],
)
def test_rows_and_cells_within_one_another_are_no_sheet(cells: bytes) -> None:
    assert code_of(a_book(cells)) is Code.S106


def test_parts_whose_names_differ_in_case_alone_are_one_to_the_library_and_refused() -> None:
    assert code_of(a_book(NEAR, **{"xl/Worksheets/Sheet1.xml": b"<a/>"})) is Code.S107


_DOCUMENT = b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'


def test_a_file_that_leads_to_two_workbooks_is_damage() -> None:
    """The library takes the first list of relations to its end, and nothing behind it."""
    one, two = (b'<Relationship Id="r1" %b Target="%b"/>' % (_DOCUMENT, to) for to in (b"xl/workbook.xml", b"46"))
    lists = b"<Relationships><Relationships>" + one + b"</Relationships>" + two + b"</Relationships>"
    assert code_of(a_book(NEAR, **{"_rels/.rels": lists})) is Code.S106
    assert code_of(a_book(NEAR, **{"_rels/.rels": b"<Relationships>" + one + b"</Relationships>"})) is None


def test_one_relation_to_two_parts_is_damage() -> None:
    to = b'<Relationship Id="r1" Target="worksheets/%b.xml"/>'
    lists = b"<Relationships>" + to % b"sheet1" + to % b"sheet2" + b"</Relationships>"
    assert code_of(a_book(NEAR, **{"xl/_rels/workbook.xml.rels": lists})) is Code.S106


def test_a_list_of_sheets_that_is_no_xml_is_damage() -> None:
    assert code_of(a_zip({"xl/workbook.xml": b"<workbook>", "xl/worksheets/sheet1.xml": b"<a/>"})) is Code.S106


# ------------------------------------------------- what all sheets come to together

BOOK = b"""<workbook xmlns="x" xmlns:r="y"><sheets>%s</sheets></workbook>"""


def a_book_of(sheets: list[bytes], *, part_of: Sequence[int] = (), strings: bytes = b"") -> bytes:
    """Sheets by their cells; ``part_of`` says which part each name leads to, by default its own."""
    at = part_of or list(range(len(sheets)))
    tags = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="r%d"/>' % (i, i + 1, i) for i in range(len(at)))
    relations = b"".join(b'<Relationship Id="r%d" Target="worksheets/s%d.xml"/>' % pair for pair in enumerate(at))
    parts = {
        f"xl/worksheets/s{i}.xml": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
        for i, cells in enumerate(sheets)
    }
    rels = {"xl/_rels/workbook.xml.rels": b"<Relationships>" + relations + b"</Relationships>"}
    return a_zip({"xl/workbook.xml": BOOK % tags, **rels, **parts, "xl/sharedStrings.xml": strings or b"<sst/>"})


FAR = b'<row r="999000"><c r="F999000"><v>1</v></c></row>'  # just within what one sheet may be
TALL = b'<row r="1000000"><c r="A1000000"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (a_book_of([FAR]), None, None),
        (a_book_of([FAR, FAR]), Code.S107, ("s0", "F999000")),
        (a_book_of([NEAR] * 20), None, None),
        (a_book_of([NEAR] * 24), Code.S107, ("s0", "Z9999")),
        (a_book_of([b'<row r="1"><c r="A1"><v>1</v></c></row>'] * 200), None, None),
        (a_book_of([TALL]), None, None),
        (a_book_of([TALL, TALL]), Code.S107, ("s0", "A1000000")),
        (a_book_of([NEAR] * 251), Code.S107, ("", "")),
        (a_book_of([NEAR], part_of=[0, 0]), Code.S107, ("", "")),
    ],
    ids=["far", "2 far", "20 near", "24 near", "200 small", "tall", "2 tall", "251 sheets", "one part twice"],
)
def test_what_all_sheets_come_to_is_bounded(data: bytes, code: Code | None, place: tuple[str, str] | None) -> None:
    found = guard(data, "a.xlsx")
    assert (found.code if isinstance(found, Problem) else None) is code
    assert code_of(data) is code  # in words, too
    if isinstance(found, Problem) and isinstance(found.place, CellPlace):
        assert (found.place.sheet, found.place.cell) == place


@pytest.mark.parametrize(
    ("texts", "cell", "code"),
    [
        ([b"long" * 8000], b'<c r="A1" t="s"><v>0</v></c>', Code.S107),
        ([b"long" * 8000], b"<c r='A1' t='&#115;'><v>0</v></c>", Code.S107),
        ([b"long" * 8000, b"short"], b'<c r="A1" t="s"><v>1</v></c>', None),  # the long one stands nowhere
        ([b"long" * 8000], b'<c r="A1"><v>0</v></c>', None),  # numbers
    ],
)
def test_one_long_text_in_many_cells_is_counted_as_often(texts: list[bytes], cell: bytes, code: Code | None) -> None:
    strings = b"<sst>" + b"".join(b"<si><t>" + text + b"</t></si>" for text in texts) + b"</sst>"
    sheet = b"<row>" + cell * 3000 + b"</row>"
    assert code_of(a_book_of([sheet], strings=strings)) is code


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.csv"):
        with (tmp_path / name).open("wb") as sparse:
            sparse.truncate(guarded.MOST_BYTES + 1)
    opened = open_workbook(tmp_path / "a.xlsx")
    assert isinstance(opened, Problem)
    assert opened.code is Code.S107
    assert [problem.code for problem in read_grid(tmp_path / "a.csv")[1]] == [Code.S107]
