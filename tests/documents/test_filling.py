"""Placeholders in a document, and ``documents/word.py``: torn apart, from a Chinese keyboard, in boxes and cells."""

import io
import zipfile
from collections.abc import Mapping
from itertools import pairwise

import docx
import pytest
from documents_read import a_document, lines_of, saved
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.documents.filling import fill, placeholders, seen
from lawgov_score.documents.kinds import FIELDS, Field, Kind
from lawgov_score.documents.word import NotADocumentError, Table, built, opened, stories
from lawgov_score.documents.word import saved as saved_again
from lawgov_score.problems import RefusedError
from lawgov_score.wording import Language
from lawgov_score.workbook.circulated import document as of_library

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TABLE = Table(("序号", "单位"), (("1", "东乡"), ("2", "<b>&")), (1, 3))
NONE: Mapping[Field, str | Table] = {}


def filled(content: bytes, kind: Kind = Kind.RETURN, values: Mapping[Field, str | Table] = NONE) -> bytes:
    document = opened(content)
    usual = {field: f"【{field.value}】" for field in FIELDS[kind]}
    fill(stories(document), kind, {**usual, **values})
    return saved_again(document)


def test_a_placeholder_is_found_wherever_word_has_torn_it_apart() -> None:
    content = a_document(("致{单", "", "位", "}：请于{", "重报期限}前"), "｛ unit ｝", ("{单位}", "和{单位编码}"))
    assert lines_of(filled(content)) == ["致【unit】：请于【due】前", "【unit】", "【unit】和【unit_code】"]
    found = list(placeholders(stories(opened(content))))
    assert [(one.name, one.line, one.column, one.is_alone) for one in found] == [
        ("单位", 1, 2, False),
        ("重报期限", 1, 9, False),
        ("unit", 2, 1, True),
        ("单位", 3, 1, False),
        ("单位编码", 3, 6, False),
    ]


@settings(max_examples=25)
@given(cuts=st.sets(st.integers(1, 14)))
def test_where_it_is_torn_makes_no_difference(cuts: set[int]) -> None:
    text = "请{单位}于{重报期限}前报"
    marks = [0, *sorted(cuts), len(text)]
    content = a_document(tuple(text[a:b] for a, b in pairwise(marks)))
    found = list(placeholders(stories(opened(content))))
    assert [(one.name, one.column, one.length) for one in found] == [("单位", 2, 4), ("重报期限", 7, 6)]
    assert lines_of(filled(content)) == ["请【unit】于【due】前报"]


def test_half_a_brace_is_found() -> None:
    found = list(placeholders(stories(opened(a_document("甲{单位", "单位}乙")))))
    assert [(one.name, one.line, one.column) for one in found] == [(None, 1, 2), (None, 2, 3)]


def test_the_look_of_the_first_piece_stays() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("{单").bold = True
    paragraph.add_run("位}后")
    done = docx.Document(io.BytesIO(filled(saved(document))))
    runs = done.paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("【unit】", True), ("后", None)]


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    content = a_document("{单位}{单位编码}")
    values: dict[Field, str | Table] = {Field.UNIT: "{单位编码}", Field.UNIT_CODE: "<w:br/>&"}
    assert lines_of(filled(content, values=values)) == ["{单位编码}<w:br/>&"]


def test_line_ends_become_line_ends_and_nothing_else_survives_of_what_turns_or_hides() -> None:
    content = a_document("因{退回原因}。")
    assert lines_of(filled(content, values={Field.REASON: "一\n二\n"})) == ["因一\n二\n。"]
    assert seen("\u202e东\u200b乡\x00\x1b\ufeff") == "东乡"
    assert seen("一\r\n二\r三\u2028四\x85五") == "一\n二\n三\n四\n五"


def test_a_paragraph_of_nothing_goes_but_a_cell_keeps_its_own() -> None:
    document = opened(a_document("甲", "{核对情况}", "乙{核对情况}"))
    cell = parse_xml(f"<w:tbl {W}><w:tr><w:tc><w:p><w:r><w:t>{{核对情况}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    document.element.body.insert(0, cell)
    done = filled(saved(document), values={Field.COUNTS: ""})
    assert lines_of(done) == ["", "甲", "乙"]


def test_a_table_takes_the_place_of_its_paragraph() -> None:
    content = a_document("前", "{单位名单}", "后")
    done = filled(content, Kind.NOTICE, {Field.UNIT_LIST: TABLE})
    assert lines_of(done) == ["前", "序号|单位", "1|东乡", "2|<b>&", "后"]


def test_boxes_headers_and_footers_are_filled_in() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].add_run("{考核办}")
    document.sections[0].footer.paragraphs[0].add_run("{年度}")
    paragraph = document.add_paragraph("外{单位}")
    box = f"<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>内{{单位}}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box))
    done = docx.Document(io.BytesIO(filled(saved(document))))
    assert done.sections[0].header.paragraphs[0].text == "【office】"
    assert done.sections[0].footer.paragraphs[0].text == "【year】"
    assert "".join(one.text for one in done.element.body.iter() if one.tag.endswith("}t")) == "外【unit】内【unit】"


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


GOOD = a_document("{单位}")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{\\rtf1}",
        _zip({"a": b"b"}),
        GOOD[:-40],
        _zip({**_parts(GOOD), "word/vbaProject.bin": b"x"}),
        _zip({**_parts(GOOD), "word/media/bomb.bin": bytes(65 << 20)}),
        _zip({**_parts(GOOD), **{f"x/{i}": b"" for i in range(2_001)}}),
        _zip({**_parts(GOOD), "word/document.xml": b"<w:document"}),
    ],
    ids=["empty", "rtf", "zip", "cut", "macros", "bomb", "parts", "xml"],
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(NotADocumentError):
        opened(content)


def test_without_the_library_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_library, "find_spec", lambda name: None)
    for asked in (lambda: opened(GOOD), lambda: built((), "题", Language.ZH)):
        with pytest.raises(RefusedError) as refused:
            asked()
        assert refused.value.problem.code is Code.S160
