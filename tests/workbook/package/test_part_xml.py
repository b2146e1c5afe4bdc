"""Parts are read as the library reads them, whatever they say of themselves; what is no XML is said to be none."""

import io
import re

import pytest
import python_calamine as calamine
from fuzz.seeds import SHEET, a_book

from lawgov_score.workbook.package.archive import stored
from lawgov_score.workbook.package.extent import far_corner
from lawgov_score.workbook.package.number_formats import format_codes
from lawgov_score.workbook.package.opened import _doubtful
from lawgov_score.workbook.package.part_xml import PartError
from lawgov_score.workbook.package.sheet_list import sheet_links
from lawgov_score.workbook.verify.anatomy import anatomy_of, names_of

HEAD = '<?xml version="1.0" encoding="%s"?>'
CELLS = '<row r="2"><c r="C2" s="1"><f>1+1</f></c><c t="e"><v>#N/A</v></c></row>'
BODY = f"<worksheet><sheetData>{CELLS}</sheetData></worksheet>"
STYLES = '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>'


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "cp037", "utf-7", "nonsense", "utf-8"])
def test_what_a_part_says_of_its_encoding_changes_nothing(encoding: str) -> None:
    part = (HEAD % encoding + BODY).encode()
    styles = (HEAD % encoding + STYLES).encode()
    assert far_corner(part) == (2, 4)
    assert set(dict(_doubtful(part))) == {"C2", "D2"}
    assert list(format_codes(styles)[0]) == ["General", "0.00%"]
    anatomy = anatomy_of(a_book({SHEET: part, "xl/styles.xml": styles}))["填报"]
    assert (anatomy.formulas, anatomy.errors) == ({"C2": "1+1"}, {"D2": "#N/A"})
    assert anatomy.formats["C2"] == "0.00%"


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-32"])
def test_a_part_that_really_is_in_another_encoding_is_said_to_be_no_xml(encoding: str) -> None:
    part = (HEAD % encoding + BODY.replace("#N/A", "错误")).encode(encoding)
    book = {**a_book({}), SHEET: part}
    for read in (lambda: far_corner(part), lambda: list(_doubtful(part)), lambda: format_codes(part)):
        with pytest.raises(PartError):
            read()
    with pytest.raises(PartError):
        anatomy_of(book)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="5"><c r="C3"><v>1</v></c><c><v>2</v></c></row>',
        '<row r="3"/><row><c><v>2</v></c></row>',
        '<row r="4"/><row/><row><c r="C9"><v>1</v></c><c><v>2</v></c></row>',
        '<row r="4"/><row r="2"><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>',
        '<row><c r="b02"><v>2</v></c></row>',
        "<row><c><v>1</v></c></row><c><v>2</v></c><a><c><v>3</v></c></a>",
        '<row><c><v>2</v></c><c/><c r="A1"><v>3</v></c><c><v>4</v></c></row>',
    ],
)
def test_a_cell_stands_where_the_library_puts_it(rows: str) -> None:
    part = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    doubted = re.sub("<v>[0-9]</v>", "<f>1</f>", part.decode()).encode()
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(stored(a_book({SHEET: part}))))
    read = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    filled = {(i, j) for i, row in enumerate(read) for j, cell in enumerate(row) if cell != ""}
    assert far_corner(part) == (len(read), len(read[0]))
    assert set(dict(_doubtful(doubted))) == {f"{chr(65 + j)}{i + 1}" for i, j in filled}
    assert set(anatomy_of(a_book({SHEET: doubted}))["填报"].formulas) == set(dict(_doubtful(doubted)))


def test_a_cell_within_a_value_is_no_crash() -> None:
    assert list(_doubtful(b"<a><c><v>1<c><f/>2</c></v></c></a>"))


@pytest.mark.parametrize(
    ("part", "said", "instead"),
    [
        (SHEET, 's="1"', 's="bold"'),
        (SHEET, "<sheetData>", '<cols><col hidden="1"/></cols><sheetData>'),
        (SHEET, "</sheetData>", '</sheetData><cfRule dxfId="first"/>'),
        ("xl/styles.xml", 'numFmtId="164"', 'numFmtId="own"'),
        ("xl/styles.xml", "</styleSheet>", ""),
    ],
)
def test_numbers_that_are_none_are_said_to_be_none(part: str, said: str, instead: str) -> None:
    book = a_book({})
    book[part] = book[part].replace(said.encode(), instead.encode())
    with pytest.raises(PartError):
        anatomy_of(book)


@pytest.mark.parametrize("formula", ["A1", 'A20"a"'])
def test_a_shared_formula_that_refers_off_the_sheet_or_is_none_is_told_as_empty(formula: str) -> None:
    first = f'<c r="B20"><f t="shared" si="0" ref="B1:B20">{formula}</f></c>'
    cells = f'<row>{first}<c r="B1"><f t="shared" si="0"/></c></row>'
    found = anatomy_of(a_book({SHEET: f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()}))
    assert found["填报"].formulas == {"B20": formula, "B1": ""}


# ------------------------------------------------- which part is which


ROOT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


@pytest.mark.parametrize(
    ("part", "said", "instead"),
    [
        ("xl/workbook.xml", 'name="填报"', 'name="a>b"'),
        ("xl/workbook.xml", 'r:id="r1"', 'id="r1"'),
        ("xl/workbook.xml", "<sheets>", '<sheets><!-- <sheet name="q" r:id="r1"/> -->'),
        ("xl/workbook.xml", "<sheets>", '<sheets><![CDATA[<sheet name="q" r:id="r1"/>]]>'),
        ("xl/workbook.xml", 'sheetId="1"', 'sheetId="1" q:id="r9"'),
        ("xl/_rels/workbook.xml.rels", 'Target="worksheets/sheet1.xml"', 'Target="WORKSHEETS/Sheet1.xml"'),
        ("xl/_rels/workbook.xml.rels", 'Id="r1"', 'a=">" Id="r1"'),
        ("_rels/.rels", 'Target="xl/workbook.xml"', 'Target="/XL/book.xml"'),
        ("_rels/.rels", "</Relationships>", f'<Relationship Type="{ROOT}"/></Relationships>'),
    ],
)
def test_the_sheets_are_those_that_the_library_reads(part: str, said: str, instead: str) -> None:
    """With a second list of sheets in the archive, which is not the one that counts."""
    decoy = a_book({})["xl/workbook.xml"].replace("填报".encode(), b"decoy")
    book = {"workbook.xml": decoy, **a_book({})}
    anew = book[part].replace(said.encode(), instead.encode(), 1)
    assert anew != book[part]
    book[part] = anew
    read = calamine.CalamineWorkbook.from_filelike(io.BytesIO(stored(book)))
    assert len(read.get_sheet_by_index(0).to_python()) == 10
    assert [(link.name, link.part) for link in sheet_links(book)] == [(read.sheet_names[0], SHEET)]
    assert list(anatomy_of(book)) == read.sheet_names
    assert names_of(book) == {"a": "填报!$A$1"}


@pytest.mark.parametrize(
    ("part", "said", "instead"),
    [
        ("xl/_rels/workbook.xml.rels", "<Relationships>", '<Relationships><Relationship Id="r1" Target="no.xml"/>'),
        ("_rels/.rels", "<Relationships>", f'<Relationships><Relationship Type="{ROOT}" Target="workbook.xml"/>'),
    ],
)
def test_relations_that_lead_to_two_places_are_no_relations(part: str, said: str, instead: str) -> None:
    """Which of them the library takes depends on how they are nested: no office program writes the like."""
    book = a_book({})
    book[part] = book[part].replace(said.encode(), instead.encode(), 1)
    with pytest.raises(PartError):
        list(sheet_links(book))


def test_the_files_own_relations_may_be_called_in_any_letters() -> None:
    book = {"a/workbook.xml": b"<workbook/>", **a_book({})}
    book["_RELS/.RELS"] = book.pop("_rels/.rels")
    read = calamine.CalamineWorkbook.from_filelike(io.BytesIO(stored(book)))
    assert [link.name for link in sheet_links(book)] == read.sheet_names == ["填报"]


@pytest.mark.parametrize("first", ["-1", "0", "x"])
def test_a_hidden_column_before_the_first_is_damage(first: str) -> None:
    part = f'<worksheet><cols><col min="{first}" max="3" hidden="1"/></cols><sheetData/></worksheet>'.encode()
    with pytest.raises(PartError):
        anatomy_of(a_book({SHEET: part}))


@pytest.mark.parametrize("before", ["", '<c r="C1"><v>2</v></c>'])
def test_a_cell_whose_address_is_none_is_off_the_sheet_and_not_before_it(before: str) -> None:
    """Found by fuzzing: where no cell stood before it in its row, its column was the one before the first."""
    part = (
        f'<worksheet><sheetData><row r="1">{before}<c r="_xD83D_"><v>1</v></c></row></sheetData></worksheet>'.encode()
    )
    found = anatomy_of(a_book({SHEET: part}))
    assert [len(one.formats) for one in found.values()] == [2 if before else 1]
