"""A roster from .csv or .xlsx, with codes or Chinese names."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_tree, an_indicator
from sheets import a_workbook

from lawgov_score.model import Cohort, Unit, UnitType
from lawgov_score.problems import CellPlace
from lawgov_score.report import problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.roster import read_roster

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
    roster, problems = read_roster(a_csv(tmp_path / "r.csv", text), replace(TREE, year=2017))
    assert problems == ()
    assert roster == (
        Unit("007", "甲办", "subdistrict", "subdistricts", 2017),
        Unit("NA", "乙局", "department", "subdistricts", None),
    )


def test_one_unknown_group_is_one_problem_with_its_places(tmp_path: Path) -> None:
    """Whoever wrote a group of another tree into a column wrote it into every row: that is one thing to mend."""
    rows = "".join(f"U{n:02},{n}局,区直部门,综合部门组\n" for n in range(1, 25))
    roster, problems = read_roster(a_csv(tmp_path / "r.csv", f"unit,name,type,cohort\n{rows}U25,甲办,乡镇,\n"), TREE)
    assert roster == ()
    assert [problem.code.value for problem in problems] == ["S124", "S123"]
    cells = [place.cell for place in problems[0].also if isinstance(place, CellPlace)]
    assert (problems[0].place, cells) == (CellPlace(str(tmp_path / "r.csv"), "", "D2"), [f"D{n}" for n in range(3, 26)])
    for lang in Language:
        lines = problems_text(problems, lang).splitlines()
        assert len(lines) <= 13
        assert any(line.endswith("D3:D25") for line in lines)


@pytest.mark.parametrize(
    ("year", "said"),
    [("2023", []), ("2025", []), ("2022", ["S147"]), ("2042", ["S147"]), ("1899", ["S125"]), ("3000", ["S125"])],
)
def test_a_year_far_from_that_of_the_tree_is_said(tmp_path: Path, year: str, said: list[str]) -> None:
    text = f"unit,type,cohort,year\n01,办事处,,{year}\n"
    roster, problems = read_roster(a_csv(tmp_path / "r.csv", text), TREE)
    assert [problem.code.value for problem in problems] == said
    assert len(roster) == (said != ["S125"])


@pytest.mark.parametrize(("encoding", "notes"), [("utf-8", []), ("utf-8-sig", []), ("gb18030", [("S119", "")])])
def test_encodings(tmp_path: Path, encoding: str, notes: list[tuple[str, str]]) -> None:
    path = a_csv(tmp_path / "r.csv", "单位编码,单位名称,单位类型,考核分组\n01,甲办,办事处,\n", encoding)
    assert read_roster(path, TREE)[0] == (Unit("01", "甲办", "subdistrict", "subdistricts"),)
    assert codes(path) == notes


def test_neither_utf_8_nor_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(b"unit\xff\xff,name\n")
    assert codes(path) == [("S103", "A1")]


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


def test_two_columns_that_say_the_same_stop_the_roster(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "r.csv", "unit,单位名称,type,name\n01,甲办,办事处,乙办\n")
    assert codes(path) == [("S128", "D1")]
    assert read_roster(path, TREE)[0] == ()


def test_codes_that_share_the_name_of_a_file_are_named(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "r.csv", "unit,type\na/b,办事处\nA_b,办事处\n03,办事处\n")
    assert codes(path) == [("S131", "A2"), ("S131", "A3")]
    problems = read_roster(path, TREE)[1]
    assert problems[0].see_also == (CellPlace(path.as_posix(), "", "A3"),)
    assert problems[0].values["name"] != problems[1].values["name"]
    assert len(read_roster(path, TREE)[0]) == 3


def test_a_second_sheet_of_units_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    table = "| 单位编码 | 单位类型 |\n| '0%d | 办事处 |"
    path = a_workbook(tmp_path / "r.xlsx", {"一": table % 1, "二": table % 2})
    assert [unit.code for unit in read_roster(path, TREE)[0]] == ["01"]
    assert [(p.code.value, p.place.sheet) for p in read_roster(path, TREE)[1] if isinstance(p.place, CellPlace)] == [
        ("S115", "二")
    ]


def test_english_words_have_english_brackets(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "r.csv", "unit,type\n01,街道\n")
    assert "（" not in problems_text(read_roster(path, TREE)[1], Language.EN)
