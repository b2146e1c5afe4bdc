"""A roster from .csv or .xlsx, with codes or Chinese names."""

from pathlib import Path

import pytest
from builders import a_tree, an_indicator
from sheets import a_workbook

from lawgov_score.model import Cohort, Unit, UnitType
from lawgov_score.problems import CellPlace
from lawgov_score.report import problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.roster import read_roster

TREE = a_tree(
    indicators=[an_indicator()],
    unit_types=(
        UnitType("subdistrict", "办事处"),
        UnitType("department", "区直部门"),
        UnitType("area", "全区", whole=True),
    ),
    cohorts=(Cohort("subdistricts", "办事处组", ("subdistrict",)), Cohort("departments", "部门组", ("department",))),
)


def a_csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def codes(path: Path) -> list[tuple[str, str]]:
    problems = read_roster(path, TREE)[1]
    assert all("{" not in problems_text(problems, lang) for lang in Language)
    places = [(problem.code.value, problem.place) for problem in problems]
    return [(code, place.cell) for code, place in places if isinstance(place, CellPlace)]


def test_codes_are_text_and_a_blank_cohort_goes_by_the_type(tmp_path: Path) -> None:
    text = "unit,name,type,cohort,year\n007,甲办,subdistrict,,2017\nNA,乙局,区直部门,办事处组,\n"
    roster, problems = read_roster(a_csv(tmp_path / "r.csv", text), TREE)
    assert problems == ()
    assert roster == (
        Unit("007", "甲办", "subdistrict", "subdistricts", 2017),
        Unit("NA", "乙局", "department", "subdistricts", None),
    )


@pytest.mark.parametrize(("encoding", "notes"), [("utf-8", []), ("utf-8-sig", []), ("gb18030", [("S119", "")])])
def test_encodings(tmp_path: Path, encoding: str, notes: list[tuple[str, str]]) -> None:
    path = a_csv(tmp_path / "r.csv", "单位编码,单位名称,单位类型,考核分组\n01,甲办,办事处,\n", encoding)
    assert read_roster(path, TREE)[0] == (Unit("01", "甲办", "subdistrict", "subdistricts"),)
    assert codes(path) == notes


def test_neither_utf_8_nor_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(b"unit\xff\xff,name\n")
    assert codes(path) == [("S103", "")]


def test_a_workbook_with_a_title_above(tmp_path: Path) -> None:
    table = (
        "| 考核单位名册 |\n| 单位编码 | 单位名称 | 单位类型 |\n| '001 | 甲办 | 办事处 |\n| 330100 | 乙局 | department |"
    )
    roster, problems = read_roster(a_workbook(tmp_path / "r.xlsx", {"名册": table}), TREE)
    assert problems == ()
    assert [unit.code for unit in roster] == ["001", "330100"]


def test_every_fault_is_named_at_its_cell(tmp_path: Path) -> None:
    rows = [
        "unit,name,type,cohort,year",
        "01,甲办,办事处,,",
        ",乙办,办事处,,",
        "01,丙办,办事处,,",
        "04,丁办,街道,,",
        "05,戊办,办事处,街道组,",
        "06,己办,area,,",
        "07,庚办,办事处,,去年",
        ",,,,",
    ]
    path = a_csv(tmp_path / "r.csv", "\n".join(rows))
    expected = [("S125", "A3"), ("S122", "A4"), ("S123", "C5"), ("S124", "D6"), ("S124", "D7"), ("S125", "E8")]
    assert codes(path) == expected
    assert [unit.code for unit in read_roster(path, TREE)[0]] == ["01"]


def test_a_heading_is_missing(tmp_path: Path) -> None:
    assert codes(a_csv(tmp_path / "r.csv", "unit,name\n01,甲办\n")) == [("S121", "")]
    assert codes(a_csv(tmp_path / "s.csv", "")) == [("S121", ""), ("S121", "")]


def test_a_roster_that_is_not_there(tmp_path: Path) -> None:
    assert codes(tmp_path / "无.csv") == [("S101", "")]
