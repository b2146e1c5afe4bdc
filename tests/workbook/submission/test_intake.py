"""Folders, workbooks and tables together: what came, what did not, and what is left out.

Reaches ``workbook/submission/input_files.py``.
"""

import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from builders import a_tree, an_indicator
from sheets import a_workbook, fill

from lawgov_score.catalogue import Code, Severity
from lawgov_score.model import Cohort, Unit, UnitType
from lawgov_score.problems import CellPlace, NodePlace
from lawgov_score.report import problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import FILL_SHEET
from lawgov_score.workbook.package.saved import CORE, with_saved
from lawgov_score.workbook.submission.intake import Intake, read_inputs
from lawgov_score.workbook.submission.roster import read_roster
from lawgov_score.workbook.template.template import write_template

TREE = a_tree(
    indicators=[an_indicator()],
    unit_types=(UnitType("office", "办事处"), UnitType("bureau", "部门")),
    cohorts=(Cohort("offices", "办事处组", ("office",)), Cohort("bureaus", "部门组", ("bureau",))),
)
ROSTER = "unit,name,type,cohort,year\n01,甲办,office,,2023\n02,乙办,office,,\n03,丙局,bureau,,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two submissions and a roster beside them; 03 did not report."""
    round_ = tmp_path / "round"
    round_.mkdir()
    for code, value in (("01", 0.5), ("02", 0.8)):
        path = round_ / f"{code}.xlsx"
        unit = Unit(code, f"旧名{code}", "office", "offices")
        write_template(TREE, unit, path, standards=lambda i: i.rule.standard(i.terms))
        fill(path, {"01-1.x": value})
    (round_ / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (round_ / "README.md").write_text("# 样例", encoding="utf-8")
    return round_


def take(*paths: Path, with_roster: Path | None = None) -> tuple[Intake, list[tuple[str, str]]]:
    roster = read_roster(with_roster, TREE)[0] if with_roster else None
    intake = read_inputs(paths, TREE, roster)
    assert all("{" not in problems_text(intake.problems, lang) for lang in Language)
    named = []
    for problem in intake.problems:
        place = problem.place
        assert isinstance(place, (CellPlace, NodePlace))
        named.append((problem.code.value, Path(place.path).name if isinstance(place, CellPlace) else place.unit))
    return intake, named


def units(intake: Intake) -> list[str]:
    return [submission.unit.code for submission in intake.submissions]


def test_a_round_with_its_roster_beside_it(folder: Path) -> None:
    intake, problems = take(folder, with_roster=folder / "roster.csv")
    assert units(intake) == ["01", "02"]
    assert intake.submissions[0].unit == Unit("01", "甲办", "office", "offices", 2023)
    assert [unit.code for unit in intake.missing_units] == ["03"]
    assert problems == [("S115", "roster.csv"), ("S116", "03")]


def test_without_a_roster_units_are_those_of_the_inputs(folder: Path) -> None:
    intake, problems = take(folder)
    assert [s.unit for s in intake.submissions] == [Unit(c, f"旧名{c}", "office", "", 2024) for c in ("01", "02")]
    assert (intake.missing_units, problems) == ((), [("S115", "roster.csv")])


def test_order_of_inputs_and_repeats_change_nothing(folder: Path) -> None:
    one = read_inputs([folder], TREE)
    other = read_inputs([folder / "02.xlsx", folder, folder / "01.xlsx"], TREE)
    assert one.submissions == other.submissions


def another_of_01(folder: Path, saved: datetime | None = None, value: float = 0.6) -> Path:
    """A second workbook of the unit 01, saved at some time; without one its core properties say nothing."""
    path = Path(shutil.copy(folder / "01.xlsx", folder / "01-修改.xlsx"))
    fill(path, {"01-1.x": value})
    said(path, saved)
    return path


def said(path: Path, saved: datetime | None) -> None:
    """Changes what a workbook says of its time of saving."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    moment = "" if saved is None else saved.strftime("%Y-%m-%dT%H:%M:%SZ")
    parts[CORE] = with_saved(parts[CORE], moment)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


NOON = datetime(2024, 3, 30, 12)


@pytest.mark.parametrize("later", [True, False])
def test_the_newest_of_two_counts_where_that_was_asked_for(folder: Path, later: bool) -> None:
    other = another_of_01(folder, NOON + timedelta(hours=1 if later else -1))
    said(folder / "01.xlsx", NOON)
    taken = read_inputs([folder], TREE, latest=True)
    assert [s.answers["01-1.x"].value for s in taken.submissions if s.unit.code == "01"] == [0.6 if later else 0.5]
    (word,) = [p for p in taken.problems if p.code in {Code.S112, Code.S140}]
    newest, older = (other, folder / "01.xlsx") if later else (folder / "01.xlsx", other)
    assert (word.code, word.place) == (Code.S140, CellPlace(newest.as_posix()))
    assert word.see_also == (CellPlace(older.as_posix()),)


def test_where_the_newest_cannot_be_used_an_earlier_one_counts_and_that_is_said(folder: Path) -> None:
    """Of one unit or of several that can be used, the last; what came after it is named too."""
    said(folder / "01.xlsx", NOON)
    broken = another_of_01(folder, NOON + timedelta(hours=2))
    book = openpyxl.load_workbook(broken)
    del book["填报"]
    book.save(broken)
    said(broken, NOON + timedelta(hours=2))
    for n in (2, 3):
        taken = read_inputs([folder], TREE, latest=True)
        assert [s.answers["01-1.x"].value for s in taken.submissions if s.unit.code == "01"] == [0.5 if n == 2 else 0.6]
        (word,) = [p for p in taken.problems if p.code in {Code.S112, Code.S140, Code.S141, Code.S169}]
        assert (word.code, word.values["n"]) == (Code.S169, n)
        assert CellPlace(broken.as_posix()) in word.see_also
        broken = broken.rename(folder / "broken.xlsx")
        another_of_01(folder, NOON + timedelta(hours=1))


@pytest.mark.parametrize("saved", [NOON, None])
def test_two_saved_at_once_or_who_knows_when_are_for_the_office_to_tell_apart(
    folder: Path, saved: datetime | None
) -> None:
    another_of_01(folder, saved)
    said(folder / "01.xlsx", NOON)
    taken = read_inputs([folder], TREE, latest=True)
    assert units(taken) == ["02"]
    assert [p.code for p in taken.problems if p.code in {Code.S112, Code.S140}] == [Code.S112]


def test_two_that_say_the_same_are_one(folder: Path) -> None:
    copy = Path(shutil.copy(folder / "01.xlsx", folder / "01 (1).xlsx"))
    taken = read_inputs([copy, folder], TREE)
    assert taken.submissions == read_inputs([folder], TREE).submissions
    assert units(taken) == ["01", "02"]
    (word,) = [p for p in taken.problems if p.code is Code.S141]
    assert {word.place, *word.see_also} == {CellPlace(one.as_posix()) for one in (copy, folder / "01.xlsx")}


def test_two_submissions_for_one_unit_are_both_left_out(folder: Path) -> None:
    another_of_01(folder)
    intake, problems = take(folder, with_roster=folder / "roster.csv")
    assert units(intake) == ["02"]
    assert ("S112", "01-修改.xlsx") in problems
    duplicate = next(problem for problem in intake.problems if problem.code == "S112")
    assert [Path(place.path).name for place in duplicate.see_also if isinstance(place, CellPlace)] == ["01.xlsx"]
    assert [unit.code for unit in intake.missing_units] == ["03"]


def test_a_unit_that_is_not_on_the_roster(folder: Path) -> None:
    (folder / "roster.csv").write_text(ROSTER.replace("02,", "O2,"), encoding="utf-8")
    intake, problems = take(folder, with_roster=folder / "roster.csv")
    assert units(intake) == ["01"]
    assert ("S111", "02.xlsx") in problems
    assert [unit.code for unit in intake.missing_units] == ["O2", "03"]


def test_the_roster_changed_a_unit_type(folder: Path) -> None:
    (folder / "roster.csv").write_text(ROSTER.replace("02,乙办,office", "02,乙办,bureau"), encoding="utf-8")
    intake, problems = take(folder, with_roster=folder / "roster.csv")
    assert intake.submissions[1].unit.type == "bureau"
    assert ("S126", "02.xlsx") in problems


def test_one_bad_file_stops_no_other(folder: Path) -> None:
    (folder / "03.xlsx").write_bytes((folder / "02.xlsx").read_bytes()[:2000])
    (folder / "04.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (folder / "05.xlsx").write_bytes(b"%PDF")
    (folder / "~$01.xlsx").write_bytes(b"\x06lock")
    (folder / "._02.xlsx").write_bytes(b"\0\x05ghost")
    intake, problems = take(folder)
    assert units(intake) == ["01", "02"]
    expected = {
        ("S106", "03.xlsx"),
        ("S105", "04.xls"),
        ("S103", "05.xlsx"),
        ("S115", "~$01.xlsx"),
        ("S115", "._02.xlsx"),
    }
    assert set(problems) == expected | {("S115", "roster.csv")}


def test_nothing_there(tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    (empty / "README.md").write_text("", encoding="utf-8")
    assert take(empty)[1] == [("S102", "空")]
    assert take(tmp_path / "无")[1] == [("S101", "无")]


def test_a_table_beside_workbooks_and_a_list_that_is_none(folder: Path) -> None:
    (folder / "more.csv").write_text("unit,name,01-1.x\n03,丙局,70%\n", encoding="utf-8")
    (folder / "sources.csv").write_text("unit,indicator,report\n01,01-1,第二部分\n", encoding="utf-8")
    intake, problems = take(folder, with_roster=folder / "roster.csv")
    assert units(intake) == ["01", "02", "03"]
    assert intake.submissions[2].answers["01-1.x"].value == 0.7
    assert problems == [("S115", "roster.csv"), ("S115", "sources.csv")]


def test_a_table_that_was_named_is_a_table_whatever_it_holds(folder: Path) -> None:
    (folder / "sources.csv").write_text("unit,indicator\n01,01-1\n", encoding="utf-8")
    assert take(folder / "sources.csv")[1] == [("S117", "sources.csv"), ("S132", "01")]


# ------------------------------------------------- whose it is, and what is no use


@pytest.mark.parametrize("name", ["02", "乙办", "02 (1)", "02（2）", "02 - 副本"])
def test_a_file_named_after_another_unit_is_named(folder: Path, name: str) -> None:
    (folder / "02.xlsx").rename(folder / "其他.xlsx")
    (folder / "01.xlsx").rename(folder / f"{name}.xlsx")
    intake, problems = take(folder, with_roster=folder / "roster.csv")
    assert units(intake) == ["01", "02"]
    assert [problem for problem in problems if problem[0] == "S130"] == [("S130", f"{name}.xlsx")]


def test_without_a_roster_a_file_named_after_another_sender_is_named(folder: Path) -> None:
    (folder / "01.xlsx").rename(folder / "x.xlsx")
    (folder / "02.xlsx").rename(folder / "01.xlsx")
    assert ("S130", "01.xlsx") in take(folder)[1]


def without_sheet(path: Path, name: str) -> None:
    book = openpyxl.load_workbook(path)
    del book[name]
    book.save(path)


def test_a_unit_whose_only_file_is_no_use_is_listed_without_a_roster(folder: Path) -> None:
    without_sheet(folder / "02.xlsx", FILL_SHEET)
    intake, problems = take(folder)
    assert units(intake) == ["01"]
    assert intake.missing_units == (Unit("02", "旧名02", "office", "", 2024),)
    assert set(problems) == {("S132", "02"), ("S113", "02.xlsx"), ("S115", "roster.csv")}
    (reason,) = [problem for problem in intake.problems if problem.code == "S132"]
    assert reason.see_also == (CellPlace((folder / "02.xlsx").as_posix()),)


def test_the_same_with_a_roster_says_that_something_came(folder: Path) -> None:
    without_sheet(folder / "02.xlsx", FILL_SHEET)
    intake, problems = take(folder, with_roster=folder / "roster.csv")
    assert [unit.code for unit in intake.missing_units] == ["02", "03"]
    assert {("S132", "02"), ("S116", "03")} <= set(problems)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("03.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "S105"),
        ("丙局 (1).xlsx", b"PK\x03\x04 half", "S106"),
    ],
)
def test_a_file_that_does_not_open_is_whose_name_it_bears(folder: Path, name: str, data: bytes, code: str) -> None:
    (folder / name).write_bytes(data)
    intake, problems = take(folder, with_roster=folder / "roster.csv")
    assert {(code, name), ("S132", "03")} <= set(problems)
    assert "S116" not in {problem.code for problem in intake.problems}
    assert [unit.code for place, unit in intake.senders if place.path.endswith(name)] == ["03"]


def test_a_unit_with_two_submissions_is_listed_without_a_roster(folder: Path) -> None:
    another_of_01(folder)
    intake, problems = take(folder)
    assert (units(intake), [unit.code for unit in intake.missing_units]) == (["02"], ["01"])
    assert "S132" not in {code for code, _ in problems}


def test_a_good_file_beside_a_bad_one_is_enough(folder: Path) -> None:
    shutil.copy(folder / "02.xlsx", folder / "02b.xlsx")
    without_sheet(folder / "02b.xlsx", FILL_SHEET)
    intake, problems = take(folder)
    assert (units(intake), intake.missing_units) == (["01", "02"], ())
    assert ("S113", "02b.xlsx") in problems


def test_the_name_of_a_file_alone_makes_nobody_a_unit(folder: Path) -> None:
    a_workbook(folder / "02.xlsx", {"封面": "| 说明 |"})
    intake, problems = take(folder)
    assert intake.missing_units == ()
    assert ("S113", "02.xlsx") in problems


def test_a_row_that_is_no_use_leaves_its_unit_listed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("unit,name,type,01-1.x\n01,甲,office,0.5\n02,乙,县,0.6\n,丙,office,0.7\n", encoding="utf-8")
    intake, problems = take(path)
    assert (units(intake), intake.missing_units) == (["01"], (Unit("02", "乙"),))
    assert set(problems) == {("S132", "02"), ("S123", "t.csv"), ("S125", "t.csv")}


def test_two_rows_for_one_unit_are_named_by_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("01-1.x,unit\n0.5,01\n0.4,02\n0.6,01\n", encoding="utf-8")
    (problem,) = take(path)[0].problems
    assert (problem.code, problem.place) == ("S112", CellPlace(path.as_posix(), "", "B2"))
    assert problem.see_also == (CellPlace(path.as_posix(), "", "B4"),)


def test_codes_of_a_table_that_share_the_name_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("unit,01-1.x\na/b,0.5\na_b,0.4\n", encoding="utf-8")
    intake, problems = take(path)
    assert (units(intake), problems) == (["a/b", "a_b"], [("S131", "t.csv")] * 2)


def test_files_of_other_kinds_and_folders_are_noted(folder: Path) -> None:
    for name in ("03.zip", "附件.PDF", "说明.docx", "无扩展名"):
        (folder / name).write_bytes(b"x")
    (folder / "下级").mkdir()
    (folder / "04.xlsx").mkdir()
    (folder / ".git").mkdir()
    (folder / "__MACOSX").mkdir()
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "05.xlsx").symlink_to(folder / "nowhere.xlsx")
    intake, problems = take(folder)
    assert units(intake) == ["01", "02"]
    noted = {name for code, name in problems if code == "S129"}
    assert noted == {"03.zip", "附件.PDF", "说明.docx", "无扩展名", "下级", "04.xlsx"}
    assert ("S101", "05.xlsx") in problems
    assert ("S115", "roster.csv") in problems
    assert len(problems) == len(noted) + 2


def test_a_folder_below_that_holds_workbooks_is_warned_of(folder: Path) -> None:
    """The corrected workbook in it would count for nothing, and the faulty one go on counting."""
    below = folder / "二报"
    below.mkdir()
    (below / "附件.docx").write_bytes(b"x")
    (below / "~$01.xlsx").write_bytes(b"x")
    assert set(take(folder)[1]) == {("S129", "二报"), ("S115", "roster.csv")}
    (below / "01.xlsx").write_bytes(b"x")
    intake, problems = take(folder)
    assert set(problems) == {("S168", "二报"), ("S115", "roster.csv")}
    (warning,) = (one for one in intake.problems if one.code is Code.S168)
    assert warning.severity is Severity.WARNING
    assert warning.values["found"] == ("01.xlsx",)


def test_a_workbook_without_a_stamp_is_asked_what_its_type_is_asked(tmp_path: Path) -> None:
    tree = a_tree(
        indicators=[an_indicator(code="01-1", applies_to=["office"]), an_indicator(code="01-2", applies_to=["bureau"])],
        unit_types=TREE.unit_types,
    )
    path = a_workbook(tmp_path / "01.xlsx", {"填报": "| 编码 | 填报项 | 填报值 |\n| 01-1 | 填报项x | 0.5 |"})
    intake = read_inputs([path], tree, (Unit("01", "甲办", "office"),))
    assert [problem.code for problem in intake.problems] == []
    assert [problem.code for problem in read_inputs([path], tree).problems] == ["S134"]


def test_every_sheet_of_units_is_a_table(tmp_path: Path) -> None:
    sheets = {
        "办事处": "| unit | 01-1.x |\n| '01 | 0.5 |",
        "部门": "| unit | 01-1.x |\n| '02 | 0.6 |",
        "注": "| 说明 |",
    }
    assert units(take(a_workbook(tmp_path / "t.xlsx", sheets))[0]) == ["01", "02"]


def test_an_answer_in_a_table_that_is_not_asked_of_the_unit_is_named(tmp_path: Path) -> None:
    tree = a_tree(
        indicators=[an_indicator(code="01-1", applies_to=["office"]), an_indicator(code="01-2")],
        unit_types=TREE.unit_types,
    )
    path = tmp_path / "t.csv"
    path.write_text("unit,01-1,01-2\n01,0.5,0.5\n03,0.5,0.5\n", encoding="utf-8")
    roster = (Unit("01", "甲办", "office"), Unit("03", "丙局", "bureau"))
    assert [(p.code, p.place) for p in read_inputs([path], tree, roster).problems] == [
        ("S212", CellPlace(path.as_posix(), "", "B3"))
    ]
    assert read_inputs([path], tree).problems == ()  # nobody knows their types
