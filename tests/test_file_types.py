"""What is no workbook is called by what it is, whatever its name; every one has a code and a cure."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from builders import a_tree, an_indicator

from lawgov_score.catalogue import Code
from lawgov_score.cli import main
from lawgov_score.pipeline import load_tree
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
        ("code: a\ntitle: 某县考核\nnodes:\n  - code: x\n".encode(), "YAML"),
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


NO_TREES = [
    ("scheme.xlsx", a_zip("[Content_Types].xml", "xl/workbook.xml"), True),
    ("scheme.yaml", a_zip("[Content_Types].xml", "xl/workbook.xml"), True),  # by the content, not by the name
    ("scheme.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, True),
    ("scheme.ods", a_zip("content.xml", "mimetype"), True),
    ("roster.csv", "unit,name\nA,甲局\nB,乙局\n".encode(), True),
    ("roster.csv", "unit,name\nA,甲局\nB,乙局\n".encode("gb18030"), True),
    ("scheme.docx", a_zip("[Content_Types].xml", "word/document.xml"), False),
    ("scheme.pdf", b"%PDF-1.7\n1 0 obj\n", False),
    ("all.zip", a_zip("01.xlsx", "02.xlsx"), False),
    ("half.xlsx", a_zip("[Content_Types].xml", "xl/workbook.xml")[:40], False),
    ("page.yaml", HTML, False),
]


@pytest.mark.parametrize(("name", "data", "is_of_tables"), NO_TREES, ids=[str(i) for i in range(len(NO_TREES))])
@pytest.mark.parametrize("command", ["lint", "show", "score", "check", "template", "explain"])
def test_what_is_given_as_a_tree_is_called_by_what_it_is(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    name: str,
    data: bytes,
    is_of_tables: bool,
) -> None:
    """One problem, no bytes of it on the terminal; of a table it is said how a scheme becomes a tree."""
    path = tmp_path / name
    path.write_bytes(data)
    (tmp_path / "in.csv").write_text("unit,01-1\nA,1\n", encoding="utf-8")
    more = {
        "template": ["--roster", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out")],
        "explain": [str(tmp_path / "in.csv"), "--unit", "A"],
        "score": [str(tmp_path / "in.csv")],
        "check": [str(tmp_path / "in.csv")],
    }
    with pytest.raises(SystemExit) as left:
        main([command, str(path), *more.get(command, [])])
    shown = "".join(capsys.readouterr())
    assert left.value.code == 1
    assert re.findall(r"\b[A-Z]\d{3}\b", shown.replace(path.as_posix(), "")) == ["T119", "T119"]  # and at the end
    assert shown.replace("\n", "").isprintable()
    assert "�" not in shown
    assert ("docs/writing-a-tree.md" in shown) is is_of_tables
    assert not (tmp_path / "out").exists()


def test_a_folder_of_workbooks_is_no_tree_either(tmp_path: Path) -> None:
    for name in ("01.xlsx", "02.xlsx"):
        (tmp_path / name).write_bytes(a_zip("[Content_Types].xml", "xl/workbook.xml"))
    tree, problems = load_tree(tmp_path)
    assert tree is None
    assert sorted(problem.code for problem in problems) == [Code.T101, Code.T119]


def test_a_tree_of_few_lines_is_not_taken_for_a_table(tmp_path: Path) -> None:
    for text in ("{code: a, nodes: [1, 2]", "- a, b\n- c, d\n", "code: a, b\n", "[1, 2"):
        (tmp_path / "t.yaml").write_text(text, encoding="utf-8")
        assert Code.T119 not in {problem.code for problem in load_tree(tmp_path / "t.yaml")[1]}


@pytest.mark.parametrize(
    ("data", "code", "cell"),
    [
        (b'unit,a\nA,1\nB,"2\nC,3\n', Code.S106, "A3"),
        (b'unit,a\nA,"1"2\nB,"2"\n', Code.S106, "A2"),
        ("unit,a\nA,甲\n".encode() + b"B,\xff\xfe\n", Code.S103, "A3"),
    ],
)
def test_a_table_that_breaks_off_is_told_by_its_line(tmp_path: Path, data: bytes, code: Code, cell: str) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    grid, problems = read_grid(tmp_path / "t.csv")
    assert grid is None
    (problem,) = [problem for problem in problems if problem.code is code]
    assert problem.place == CellPlace((tmp_path / "t.csv").as_posix(), "", cell)
    assert "unexpected" not in problems_text(problems, Language.ZH)


@pytest.mark.parametrize("lang", Language)
def test_what_cannot_be_read_is_said_in_the_readers_words(tmp_path: Path, lang: Language) -> None:
    """Not the English of the system: a roster, a table, a workbook or a tree that is not there."""
    for name in ("r.csv", "r.xlsx"):
        _, problems = read_grid(tmp_path / name)
        assert [problem.code for problem in problems] == [Code.S101]
        assert ("No such" in problems_text(problems, lang)) is False
        assert bool(re.search("[\u4e00-\u9fff]", problems_text(problems, lang))) is (lang is Language.ZH)
