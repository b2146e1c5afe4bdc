"""Folders, workbooks and tables together: what came, what did not, and what is left out."""

import shutil
from pathlib import Path

import pytest
from builders import a_tree, an_indicator
from sheets import fill

from lawgov_score.model import Cohort, Unit, UnitType
from lawgov_score.problems import CellPlace, NodePlace
from lawgov_score.report import problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.intake import Intake, read_inputs
from lawgov_score.workbook.roster import read_roster
from lawgov_score.workbook.template import write_template

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


def test_two_submissions_for_one_unit_are_both_left_out(folder: Path) -> None:
    shutil.copy(folder / "01.xlsx", folder / "01-修改.xlsx")
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
    assert take(folder / "sources.csv")[1] == [("S117", "sources.csv")]
