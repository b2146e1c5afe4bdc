"""A clerk's three returns: what is sent back, what comes back, under what names, and what is said of each version.

Reaches ``workbook/submission/versions.py``, ``pipeline/feedback.py``.
"""

import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from calls import run
from sheets import fill
from test_cli import Captured, a_small_tree
from workbook.submission.test_intake import said

from lawgov_score.workbook.submission.marks import MARKS_SHEET, RETURNED_SHEET

DONE, GOT = "01-1.done", "01-1.got"


class Office:
    """The clerk's desk: a tree, a roster of five, a folder for each round of returns."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.tree = a_small_tree(place)
        names = {"A": "甲镇", "B": "乙镇", "C": "丙局", "D": "丁局", "E": "戊局"}
        rows = [f"{code},{name},any" for code, name in names.items()]
        self.roster = place / "roster.csv"
        self.roster.write_text("\n".join(["unit,name,type", *rows]) + "\n", encoding="utf-8")
        assert run("template", self.tree, "--roster", str(self.roster), "-o", str(place / "issued")) == 0

    def issued(self, code: str) -> Path:
        return next(path for path in (self.place / "issued").iterdir() if path.name.startswith(code))

    def comes(self, source: Path, to: str, answers: Mapping[str, object], day: int) -> Path:
        """A unit fills in a workbook, saves it on a day in April, and sends it under a name."""
        path = self.place / to
        path.parent.mkdir(exist_ok=True)
        shutil.copy(source, path)
        fill(path, answers)
        said(path, datetime(2025, 4, day, 8))
        return path

    def check(self, *folders: str, marked: str) -> tuple[int, list[dict[str, str]], list[str]]:
        """Exit code, problems, names of the copies."""
        inputs = [str(self.place / folder) for folder in folders]
        options = ("--roster", str(self.roster), "--latest", "--marked", str(self.place / marked))
        self.out.readouterr()
        code = run("check", self.tree, *inputs, *options, "--format", "json")
        problems = json.loads(self.out.readouterr().out)
        folder = self.place / marked
        return code, problems, sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    out: Captured


@pytest.fixture
def office(tmp_path: Path, capsys: Captured) -> Office:
    desk = Office(tmp_path)
    desk.out = capsys
    return desk


def of(problems: list[dict[str, str]], code: str) -> dict[str, str]:
    """By the last two parts of its path, the title of each problem with this code."""
    return {"/".join(Path(one["path"]).parts[-2:]): one["title"] for one in problems if one["code"] == code}


def listed(path: Path) -> list[str]:
    """The kinds of the lines on a copy's first sheet, as printed."""
    page = openpyxl.load_workbook(path)[RETURNED_SHEET]
    codes = (str(row[1].value).split() for row in page.iter_rows() if row[1].value is not None)
    return [words[-1] for words in codes if len(words) == 2 and words[-1][0] == "S"]


def test_three_returns(office: Office) -> None:
    office.comes(office.issued("A"), "一报/A.xlsx", {DONE: "约三"}, day=1)  # an error and a blank
    office.comes(office.issued("B"), "一报/B.xlsx", {DONE: 1, GOT: 2}, day=1)
    office.comes(office.issued("C"), "一报/C.xlsx", {DONE: 5, GOT: 4}, day=1)
    code, problems, copies = office.check("一报", marked="退回一")
    assert (code, copies) == (1, ["A.xlsx", "C.xlsx"])
    assert listed(office.place / "退回一" / "A.xlsx") == ["S201", "S228"]
    assert not of(problems, "S228")  # blanks are on the copies, and in the register

    # A mends one of two under another name; C sends its copy back as it was; B corrects what nobody asked for.
    office.comes(office.place / "退回一" / "A.xlsx", "二报/A（1）.xlsx", {GOT: 9}, day=5)
    shutil.copy(office.place / "退回一" / "C.xlsx", office.place / "二报" / "C.xlsx")
    office.comes(office.issued("B"), "二报/B.xlsx", {DONE: 2, GOT: 2}, day=6)
    code, problems, copies = office.check("一报", "二报", marked="退回二")
    assert (code, copies) == (1, ["A（1）.xlsx", "C.xlsx"])  # one copy a unit, under its own name
    assert of(problems, "S139") == {
        "二报/A（1）.xlsx": "上次退回的 2 项，已改 1 项、尚余 1 项",
        "二报/C.xlsx": "上次退回的 1 项，尚余 1 项",
    }
    assert of(problems, "S140").keys() == {"二报/A（1）.xlsx", "二报/B.xlsx"}
    assert of(problems, "S141").keys() == {"二报/C.xlsx"}
    assert not of(problems, "S112")
    assert of(problems, "S201").keys() == {"二报/A（1）.xlsx"}  # not that of the version that was replaced
    again = openpyxl.load_workbook(office.place / "退回二" / "A（1）.xlsx")
    assert again.sheetnames.count(RETURNED_SHEET) == again.sheetnames.count(MARKS_SHEET) == 1
    assert listed(office.place / "退回二" / "A（1）.xlsx") == ["S201"]

    # A copy of a copy comes back mended; C's second copy too, with a new fault; D sends for the first time, blank.
    office.comes(office.place / "退回二" / "A（1）.xlsx", "三报/A.xlsx", {DONE: 3}, day=9)
    office.comes(office.place / "退回二" / "C.xlsx", "三报/C-副本.xlsx", {DONE: 4, GOT: "四"}, day=9)
    office.comes(office.issued("D"), "三报/D.xlsx", {}, day=9)
    (office.place / "三报" / "E.xlsx").write_bytes(b"PK no workbook")
    code, problems, copies = office.check("一报", "二报", "三报", marked="退回三")
    assert (code, copies) == (1, ["C-副本.xlsx", "D.xlsx"])
    assert of(problems, "S139") == {
        "三报/A.xlsx": "上次退回的 1 项，已全部改正",
        "三报/C-副本.xlsx": "上次退回的 1 项，已全部改正、另有新发现的 1 项",
    }
    assert listed(office.place / "退回三" / "D.xlsx") == ["S228", "S228"]
    assert of(problems, "S103").keys() == {"三报/E.xlsx"}  # a bad file stops no other


def test_a_returned_copy_that_comes_back_beside_what_it_was_made_of_is_no_conflict(office: Office) -> None:
    office.comes(office.issued("A"), "一报/A.xlsx", {DONE: 1, GOT: 1}, day=1)
    office.comes(office.issued("A"), "二报/A.xlsx", {DONE: 5, GOT: 4}, day=5)
    office.check("一报", "二报", marked="退回")
    shutil.copy(
        office.place / "退回" / "A.xlsx", office.place / "二报" / "A（退回）.xlsx"
    )  # saved when its original was
    _, problems, copies = office.check("一报", "二报", marked="再退")
    assert not of(problems, "S112")
    assert copies == ["A（退回）.xlsx"]
    office.comes(office.issued("A"), "三报/A.xlsx", {DONE: 2, GOT: 2}, day=5)  # another, of the same moment
    _, problems, _ = office.check("一报", "二报", "三报", marked="三退")
    assert of(problems, "S112")


def test_the_copy_of_a_version_that_was_replaced_is_pointed_out(office: Office) -> None:
    office.comes(office.issued("A"), "一报/A.xlsx", {DONE: "约三", GOT: 4}, day=1)
    assert office.check("一报", marked="退回")[2] == ["A.xlsx"]
    office.comes(office.issued("A"), "二报/A（1）.xlsx", {DONE: "约四", GOT: 4}, day=2)
    folders = [str(office.place / name) for name in ("一报", "二报")]
    given = ("--roster", str(office.roster), "--latest", "--marked", str(office.place / "退回"))
    assert run("check", office.tree, *folders, *given) == 1
    assert "A.xlsx: 警告 O115" in office.out.readouterr().err


def test_an_unusable_version_is_replaced_by_a_newer_one_and_says_so(office: Office) -> None:
    broken = office.comes(office.issued("A"), "一报/A.xlsx", {DONE: 1, GOT: 1}, day=1)
    book = openpyxl.load_workbook(broken)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=1):
            for cell in row:
                if sheet.title == "填报" and cell.value and str(cell.value).startswith("填报值"):
                    cell.value = "别的"
    book.save(broken)
    said(broken, datetime(2025, 4, 1, 8))
    code, problems, _ = office.check("一报", marked="退回")
    assert code == 1
    office.comes(office.issued("A"), "二报/A.xlsx", {DONE: 1, GOT: 1}, day=2)
    code, problems, _ = office.check("一报", "二报", marked="退回")
    assert code == 0
    assert of(problems, "S140").keys() == {"二报/A.xlsx"}
    assert "一报/A.xlsx" in next(one["found"] for one in problems if one["code"] == "S140")


def test_without_latest_every_version_counts_against_the_others(office: Office, capsys: Captured) -> None:
    office.comes(office.issued("A"), "一报/A.xlsx", {DONE: "约三", GOT: 4}, day=1)
    office.comes(office.issued("A"), "二报/A.xlsx", {DONE: "约四", GOT: 4}, day=2)
    folders = [str(office.place / name) for name in ("一报", "二报")]
    back = office.place / "back"
    assert run("check", office.tree, *folders, "--roster", str(office.roster), "--marked", str(back)) == 1
    assert sorted(path.name for path in back.iterdir()) == ["一报_A.xlsx", "二报_A.xlsx"]
    assert "多份不一" in capsys.readouterr().out
