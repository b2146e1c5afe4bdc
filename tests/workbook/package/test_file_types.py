"""What is no workbook is called by what it is, whatever its name; every one has a code and a cure."""

import io
import zipfile
from pathlib import Path

import pytest
from builders import a_tree, an_indicator

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace
from lawgov_score.report import problems_text
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.package.grid import read_grid
from lawgov_score.workbook.submission.filled_workbook import read_submission

TREE = a_tree(indicators=[an_indicator()])
HTML = b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"></head><table><tr><td>1'
XML = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'


def a_zip(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, b"<a/>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空文件"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"Rar!\x1a\x07", "RAR"),
        (HTML, "HTML"),
        (b"\xef\xbb\xbf\n <table><tr>", "HTML"),
        (XML, "2003"),
        (b"unit,01-1.x\n01,0.5\n", "CSV"),
        ("单位编码\t得分\n01\t5\n".encode("gb18030"), "CSV"),
        ("单位\t得分\n".encode("utf-16"), "UTF-16"),
        (b"\x00\x01\x02\x03 nothing known", "标志"),
        ("一段话，没有表格。\n".encode(), "标志"),
        (a_zip("content.xml", "mimetype"), ".ods"),
        (a_zip("[Content_Types].xml", "xl/workbook.bin"), ".xlsb"),
        (a_zip("[Content_Types].xml", "word/document.xml"), "Word"),
        (a_zip("ppt/presentation.xml"), "PowerPoint"),
        (a_zip("01.xlsx", "02.xlsx"), "压缩包"),
    ],
)
def test_what_it_is_is_said(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "01.xlsx"
    path.write_bytes(data)
    submission, (problem, *others) = read_submission(path, TREE)
    assert (submission, others) == (None, [])
    assert (problem.code, problem.place) == (Code.S103, CellPlace(path.as_posix()))
    found = problem.values["found"]
    assert isinstance(found, Words)
    assert said in found.zh
    assert all("{" not in problems_text([problem], lang) for lang in Language)


@pytest.mark.parametrize("data", [a_zip("xl/workbook.xml"), "unit,a\n".encode("utf-16")])
def test_a_table_that_is_no_text_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    grid, (problem,) = read_grid(path)
    assert (grid, problem.code, problem.place) == (None, Code.S103, CellPlace(path.as_posix()))
