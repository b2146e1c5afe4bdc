"""What the one quick scan calls plain is plain by a slow look too: near the top left, no formula, no error."""

import io
from pathlib import Path

import pytest
import python_calamine as calamine
from builders import a_tree, an_indicator
from hypothesis import given
from hypothesis import strategies as st
from sheets import fill

from lawgov_score.model import Unit
from lawgov_score.workbook.package.archive import stored
from lawgov_score.workbook.package.extent import far_corner, is_plain
from lawgov_score.workbook.package.opened import Opened, _doubtful, _rows_of, open_workbook
from lawgov_score.workbook.package.part_xml import PartError
from lawgov_score.workbook.template.template import write_template

names = st.sampled_from(["c", "x:c", "row", "v", "f", "t", "is", "a:f", "cell", "C"])
addresses = st.sampled_from(["A1", "Z9999", "XFD1", "A10000", "AA1", "a1", "A01", "&#65;1", "", "XFD1048576"])
kinds = st.sampled_from(["s", "n", "e", "str", "b", "inlineStr", "&#101;", "E"])
attributes = st.lists(
    st.one_of(
        st.tuples(st.just("r"), addresses), st.tuples(st.just("t"), kinds), st.tuples(st.just("s"), st.just("1"))
    ),
    max_size=3,
    unique_by=lambda pair: pair[0],
)


@st.composite
def elements(draw: st.DrawFn) -> str:
    """A tag, dressed one way or another, with something in it."""
    name, quote = draw(names), draw(st.sampled_from("\"'"))
    space = draw(st.sampled_from([" ", "  ", "\n"]))
    said = "".join(f"{space}{key}={quote}{value}{quote}" for key, value in draw(attributes))
    inside = draw(st.sampled_from(["<v>1</v>", "<f>1</f>", "<is><t>a</t></is>", "<!-- a --><v>1</v>", "<v/>", "", "1"]))
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


@given(st.lists(elements(), max_size=4), st.booleans())
def test_plain_means_near_and_without_doubt(found: list[str], in_row: bool) -> None:
    inside = "".join(found)
    row = f'<row r="1">{inside}</row>' if in_row else inside
    part = f'<worksheet xmlns:x="y" xmlns:a="z"><sheetData>{row}</sheetData></worksheet>'.encode()
    if is_plain(part):
        try:
            rows, columns = far_corner(part)
        except PartError:  # the library refuses it too
            return
        assert rows <= 9_999
        assert columns <= 26
        assert list(_doubtful(part)) == []


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" s="3" t="s"><v>0</v></c>',
        '<c r="Z9999"/>',
        '<c r="B2" t="inlineStr"><is><t xml:space="x">a</t></is></c>',
    ],
)
def test_what_templates_and_offices_write_is_plain(cell: str) -> None:
    assert is_plain(f'<worksheet><sheetData><row r="1" ht="3">{cell}</row></sheetData></worksheet>'.encode())


def test_a_plain_workbook_reads_the_same_by_the_long_way(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_template(
        a_tree(indicators=[an_indicator()]), Unit("A", "甲"), path, standards=lambda i: i.rule.standard(i.terms)
    )
    fill(path, {"01-1.x": 0.5})
    opened = open_workbook(path)
    assert isinstance(opened, Opened)
    assert opened.safe.plain
    whole = calamine.CalamineWorkbook.from_filelike(io.BytesIO(stored(opened.safe.parts)))
    assert dict(opened.sheets) == dict(_rows_of(whole))
