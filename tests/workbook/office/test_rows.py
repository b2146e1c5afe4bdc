"""Headings of the office's workbooks renamed, doubled or left out; sheets, files and rows that are there twice."""

import math
from pathlib import Path

import pytest
from builders import a_unit
from office import TREE, UNITS
from sheets import a_workbook
from workbook.office.test_intake import CHANGES, MARKS, REGISTER, ROW, RULINGS, read, see_also, told
from workbook.office.test_versions import saved

from lawgov_score.catalogue import Code
from lawgov_score.problems import is_error
from lawgov_score.report import part, problem_lines
from lawgov_score.wording import Language
from lawgov_score.workbook.office.intake import read_review

ENTRY = "| B-1 | A2 | | 通报 | | @2024-06-01 | 文 |"


def test_a_renamed_heading_is_told_with_what_is_missing(tmp_path: Path) -> None:
    rows = "| 单位 | 类别 | 事项 | 数量 | 发生日期 | 依据材料 |\n| B-1 | A2 | 通报 | 3 | @2024-06-01 | 文 |"
    _, problems = read(tmp_path, {"登记": rows})
    assert told(problems) == [("A108", "D1")]
    assert see_also(problems[0]) == ["D2"]
    assert "次数" in part(problems[0], "hint", Language.ZH)


def test_columns_without_a_heading_are_told_where_they_hold_something(tmp_path: Path) -> None:
    marks = (
        "| 单位 | 指标 | 评分范围 | 评审人 | 评分 | 评分理由 | | |\n| B-1 | 01-1 | 0—5 分 | 张三 | 4 | 好 | | 作废 |"
    )
    review, problems = read(tmp_path, {"打分": marks})
    assert told(problems) == [("A108", "H1")]
    assert len(review.marks) == 1


def test_a_missing_level_is_said_of_the_headings_and_once(tmp_path: Path) -> None:
    rows = "| | 类别 | 事项 | 发生日期 | 依据材料 | 单位 |\n"
    rows += "| | A1 | 甲事 | @2024-06-01 | 文 | B-1 |\n| | A1 | 乙事 | @2024-06-01 | 文 | B-2 |\n"
    review, problems = read(tmp_path, {"登记": rows + "| | A2 | 丙事 | @2024-06-01 | 文 | B-2 |"})
    assert told(problems) == [("A102", "B1")]
    assert "级别" in problem_lines(problems[0], Language.ZH)[0]
    assert [e.kind for e in review.register] == ["A2"]


def test_a_register_without_a_column_of_evidence_is_warned_of_once(tmp_path: Path) -> None:
    rows = "| 单位 | 类别 | 事项 | 发生日期 |\n| B-1 | A2 | 甲事 | @2024-06-01 |\n| B-2 | A2 | 乙事 | @2024-06-01 |"
    review, problems = read(tmp_path, {"登记": rows})
    assert told(problems) == [("A215", "A1")]
    assert len(review.register) == 2


@pytest.mark.parametrize("second", ["评分", "分数"])
def test_one_column_twice_leaves_the_sheet_out(second: str, tmp_path: Path) -> None:
    marks = f"| 单位 | 指标 | 评审人 | 评分 | {second} | 评分理由 |\n| B-1 | 01-1 | 张三 | 3 | 0 | 好 |"
    review, problems = read(tmp_path, {"打分": marks, "登记": REGISTER + ENTRY})
    assert told(problems) == [("A110", "D1")]
    assert see_also(problems[0]) == ["E1"]
    assert is_error(problems[0])
    assert review.marks == ()
    assert len(review.register) == 1


def test_the_name_beside_a_code_must_be_of_the_same_unit_and_indicator(tmp_path: Path) -> None:
    marks = "| 单位编码 | 单位名称 | 指标编码 | 指标名称 | 评审人 | 评分 | 评分理由 |\n"
    marks += "| B-1 | 乙局 | 01-1 | 决策程序 | 张三 | 3 | 好 |\n| B-1 | 甲局 | 01-1 | 备案率 | 张三 | 3 | 好 |\n"
    review, problems = read(tmp_path, {"打分": marks + "| B-2 | 乙局 | 01-1 | 决策程序 | 张三 | 3 | 好 |"})
    assert told(problems) == [("A220", "B2"), ("A220", "D3")]
    assert all(map(is_error, problems))
    assert see_also(problems[0]) == ["A2"]
    assert [m.unit for m in review.marks] == ["B-2"]


def test_units_by_code_and_by_name_on_the_sheet_of_figures(tmp_path: Path) -> None:
    figures = "| 单位编码 | 单位名称 | 02-3.good |\n| B-1 | 乙局 | 7 |\n| B-2 | 乙局 | 8 |"
    review, problems = read(tmp_path, {"其他": figures})
    assert told(problems) == [("A220", "B2")]
    assert set(review.answers) == {"B-2"}


def test_figures_without_a_code_above_them_are_told(tmp_path: Path) -> None:
    review, problems = read(tmp_path, {"其他": "| 单位 | 02-3.good | | 02-3.bad |\n| B-1 | 10 | 7 | 1 |"})
    assert told(problems) == [("S117", "C1")]
    assert see_also(problems[0]) == ["C2"]
    assert review.answers["B-1"]["02-3.bad"].value == 1


def test_a_further_sheet_without_headings_is_told(tmp_path: Path) -> None:
    review, problems = read(tmp_path, {"打分": MARKS + ROW, "续表": "| B-1 | 01-1 | 李四 | 3 | 中 |", "空": ""})
    assert told(problems) == [("A111", "A1")]
    assert problems[0].place.sheet == "续表"  # type: ignore[union-attr]  # a cell
    assert len(review.marks) == 1


def test_the_same_file_twice_is_read_once(tmp_path: Path) -> None:
    first = a_workbook(tmp_path / "登记.xlsx", {"登记": REGISTER + ENTRY})
    second = tmp_path / "登记副本.xlsx"
    second.write_bytes(first.read_bytes())
    review, problems = read_review([tmp_path], TREE, UNITS)
    assert [(p.code, p.place.path) for p in problems] == [(Code.A109, second.as_posix())]  # type: ignore[union-attr]
    assert first.as_posix() in part(problems[0], "found", Language.ZH)
    assert len(review.register) == 1
    assert len(review.inputs) == 1


def test_the_same_entry_in_two_files_counts_once(tmp_path: Path) -> None:
    at_once = "2024-03-01T08:00:00Z"  # else one would be an earlier version of the other
    saved(tmp_path / "1.xlsx", {"登记": REGISTER + ENTRY}, at_once)
    saved(tmp_path / "2.xlsx", {"登记": f"{REGISTER}{ENTRY}\n| B-2 | A2 | | 通报 | | @2024-06-01 | 文 |"}, at_once)
    review, problems = read_review([tmp_path], TREE, UNITS)
    assert told(problems) == [("A219", "B2")]
    assert is_error(problems[0])
    assert [e.unit for e in review.register] == ["B-1", "B-2"]


def test_codes_that_differ_in_capitals_alone(tmp_path: Path) -> None:
    row = "| {} | 01-1 | 张三 | 3 | 好 |\n"
    a_workbook(tmp_path / "a.xlsx", {"打分": MARKS + "".join(row.format(u) for u in ("b-1x", "B-1x", "B-1X", "c-1"))})
    units = (a_unit(code="b-1x", name="小局"), a_unit(code="B-1x", name="大局"), a_unit(code="C-1", name="丙局"))
    review, problems = read_review([tmp_path], TREE, units)
    assert [m.unit for m in review.marks] == ["b-1x", "B-1x", "C-1"]
    assert told(problems) == [("A201", "A4")]
    assert "b-1x、B-1x" in part(problems[0], "hint", Language.ZH)


def test_a_name_that_several_have_is_not_suggested_again(tmp_path: Path) -> None:
    a_workbook(tmp_path / "a.xlsx", {"打分": MARKS + "| 司法所 | 01-1 | 张三 | 4 | 好 |"})
    units = (a_unit(code="X1", name="司法所"), a_unit(code="X2", name="司法所"))
    (problem,) = read_review([tmp_path], TREE, units)[1]
    hint = part(problem, "hint", Language.ZH)
    assert "“司法所”" not in hint
    assert "X1、X2" in hint


@pytest.mark.parametrize("blank", ["", "—", "无"])
def test_a_score_that_was_not_there_is_left_blank(blank: str, tmp_path: Path) -> None:
    review, problems = read(tmp_path, {"改分": f"{CHANGES}| B-1 | 01-2 | {blank} | 1.5 | 补交 | 王五 | @2024-03-05 |"})
    assert problems == ()
    (change,) = review.changes
    assert math.isnan(change.before)


def test_problems_in_english_are_english(tmp_path: Path) -> None:
    rulings = RULINGS + "| B-1 | 01-2 | perhaps | why | Wang | @2024-03-05 |\n"
    rulings += "| B-1 | 01-2 | Granted | why | Wang | @2024-03-05 |"
    marks = "| Unit | Indicator | Reviewer | Mark | Reason |\n| B-1 | 01-2 | Li | 1 | why |"
    review, problems = read(tmp_path, {"r": rulings, "m": marks}, submissions=())
    assert sorted(str(p.code) for p in problems) == ["A203", "A210", "A211"]
    for problem in problems:
        words = " ".join(part(problem, which, Language.EN) for which in ("expected", "found", "hint"))
        assert not any("\u4e00" <= c <= "\u9fff" for c in words)
    assert [r.is_granted for r in review.rulings] == [True]
