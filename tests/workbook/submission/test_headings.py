"""Which column is which, whatever it is called, wherever it stands; what cannot be told is said."""

import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from builders import a_field, a_tree, a_unit_type, an_indicator
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState, Submission
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.workbook.forms.layout import FillColumn, column_of
from lawgov_score.workbook.submission.filled_workbook import read_submission
from lawgov_score.workbook.submission.headings import ALIASES, alias_of, headings

TREE = a_tree(indicators=[an_indicator(code=f"01-{i}", evidence=("文件",)) for i in (1, 2, 3)])
HEAD = "| 编码 | 填报项 | 填报值 | 佐证材料 | 说明 |"
ROWS = "\n".join(f"| 01-{i} | 填报项x | 0.{i} | 通知{i} | 无 |" for i in (1, 2, 3))


def read(path: Path) -> tuple[Submission, list[tuple[Code, str]]]:
    submission, problems = read_submission(path, TREE)
    assert submission is not None, problems
    return submission, [(p.code, p.place.cell) for p in problems if isinstance(p.place, CellPlace)]


def said(submission: Submission) -> list[tuple[object, ...]]:
    return [(key, a.value, a.evidence, a.note) for key, a in sorted(submission.answers.items())]


def the_sheet(path: Path, head: str = HEAD, above: str = "") -> Path:
    return a_workbook(path / "01.xlsx", {"填报": f"{above}{head}\n{ROWS}"})


@pytest.mark.parametrize(("column", "alias"), [(column, alias) for column in ALIASES for alias in ALIASES[column]])
def test_a_known_other_name_is_read_and_said(tmp_path: Path, column: FillColumn, alias: str) -> None:
    plain, _ = read(the_sheet(tmp_path))
    if column is FillColumn.KEY:
        assert alias_of(alias) is column
        return
    other, problems = read(the_sheet(tmp_path, HEAD.replace(column.value.zh, alias)))
    assert said(other) == said(plain)
    assert problems == [(Code.S133, problems[0][1])]


@pytest.mark.parametrize(
    "heading", ["填报值*", "*填报值", "填报值：", "填报值（必填）", "※填报值（单位填写）", "填 报 值", "填报\n值"]
)
def test_marks_brackets_and_spaces_about_a_heading(heading: str) -> None:
    assert (column_of(heading) or alias_of(heading)) is FillColumn.VALUE


@pytest.mark.parametrize(
    "heading",
    [
        "应附佐证",
        "序号",
        "单位",
        "自评得分",
        "说明书",
        "填报值2",
        "填报值（上年）",
        "填报值（万元）",
        "（填报值）以外",
        "",
    ],
)
def test_other_headings_are_no_columns_that_are_read(heading: str) -> None:
    read = {FillColumn.VALUE, FillColumn.EVIDENCE, FillColumn.NOTE, FillColumn.CODE}
    assert (column_of(heading) or alias_of(heading)) not in read


def test_no_alias_is_a_heading_and_none_means_two_columns() -> None:
    aliases = [alias for several in ALIASES.values() for alias in several]
    assert len(aliases) == len(set(aliases))
    assert not any(column_of(alias) for alias in aliases)


def test_the_exact_heading_counts_before_an_alias(tmp_path: Path) -> None:
    submission, problems = read(the_sheet(tmp_path, "| 编码 | 填报项 | 填报值 | 佐证材料 | 数值 |"))
    assert submission.answers["01-2.x"].value == 0.2
    assert problems == [(Code.S135, "E1")]


def test_a_blank_column_beside_the_one_it_sounds_like_is_not_worth_a_word(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "01.xlsx", {"填报": f"{HEAD[:-1]}| 备注 |\n" + ROWS.replace("| 无 |", "| 无 | |")})
    assert read(path)[1] == []


DRAFT = "| 编码 | 填报项 | 数值 |\n| 01-1 | 填报项x | {} |"


@pytest.mark.parametrize("figure", ["0.9", "0.1"])
def test_of_a_draft_and_a_sheet_that_differ_neither_counts_where_none_kept_its_name(
    tmp_path: Path, figure: str
) -> None:
    path = a_workbook(tmp_path / "01.xlsx", {"草稿": DRAFT.format(figure), "报送": f"{HEAD}\n{ROWS}"})
    submission, problems = read_submission(path, TREE)
    assert (submission, [problem.code for problem in problems]) == (None, [Code.S128])


def test_a_blank_sheet_is_not_filled_from_another_and_the_other_is_named(tmp_path: Path) -> None:
    blank = re.sub(r"0\.\d", "", f"{HEAD}\n{ROWS}")
    sheets = {"填报": blank, "报送": f"{HEAD}\n{ROWS}".replace("填报值", "填报数")}
    submission, problems = read(a_workbook(tmp_path / "01.xlsx", sheets))
    assert [answer.value for answer in submission.answers.values()] == [None, None, None]
    assert [code.value for code, _ in problems] == ["S144"]


def test_without_a_stamp_a_key_counts_for_nothing_where_the_print_says_otherwise(tmp_path: Path) -> None:
    """It may be the workbook of another tree, where the same key stands for another question."""
    sheet = f"{HEAD}字段编码 |\n| 01-1 | 另一题 | 0.9 | | | 01-1.x |\n| 01-2 | | 0.2 | 通知 | | 01-2.x |"
    submission, problems = read(a_workbook(tmp_path / "01.xlsx", {"填报": sheet}))
    assert {key: a.value for key, a in submission.answers.items()} == {"01-1.x": None, "01-2.x": 0.2, "01-3.x": None}
    assert [code for code, _ in problems] == [Code.S212, Code.S213, Code.S213]


def test_evidence_and_codes_in_merged_cells_belong_to_every_row_they_cover(tmp_path: Path) -> None:
    path = the_sheet(tmp_path)
    book = openpyxl.load_workbook(path)
    book["填报"].merge_cells("D2:D4")
    book.save(path)
    submission, problems = read(path)
    assert [answer.evidence for answer in submission.answers.values()] == ["通知1"] * 3
    assert problems == []


def test_two_aliases_of_one_column_are_not_guessed(tmp_path: Path) -> None:
    path = the_sheet(tmp_path, "| 编码 | 填报项 | 填报数 | 佐证材料 | 数值 |")
    submission, problems = read_submission(path, TREE)
    assert submission is None
    assert [(p.code, p.place.cell) for p in problems if isinstance(p.place, CellPlace)] == [(Code.S128, "E1")]


def test_blank_rows_above_do_not_count(tmp_path: Path) -> None:
    path = the_sheet(tmp_path)
    book = openpyxl.load_workbook(path)
    book["填报"].insert_rows(1, 60)
    book.save(path)
    submission, problems = read(path)
    assert submission.answers["01-3.x"].place.cell == "C64"
    assert problems == []


def test_titles_above_and_the_row_that_says_most() -> None:
    rows: Sequence[Sequence[str]] = [["填报表", ""], ["填报值", "请填写"], ["编码", "填报项", "填报数"]]
    assert headings(rows) == (2, {FillColumn.CODE: 0, FillColumn.FIELD: 1, FillColumn.VALUE: 2})


@pytest.mark.parametrize(
    ("merged", "covered"),
    [("C2:C3", ["C3"]), ("C2:C4", ["C3", "C4"]), ("B2:C2", ["C2"]), ("C2:D2", []), ("D2:D4", []), ("D3:E3", [])],
)
def test_an_answer_cell_that_is_merged_into_another_is_said_and_not_guessed(
    tmp_path: Path, merged: str, covered: list[str]
) -> None:
    path = the_sheet(tmp_path)
    book = openpyxl.load_workbook(path)
    book["填报"].merge_cells(merged)
    book.save(path)
    submission, problems = read(path)
    assert [cell for code, cell in problems if code is Code.S220] == covered
    states = {answer.place.cell: answer.state for answer in submission.answers.values()}
    assert {cell for cell, state in states.items() if state is AnswerState.INVALID} == set(covered)


TYPED = a_tree(
    indicators=[
        an_indicator(code="01-1", fields=[a_field()], applies_to=["office"]),
        an_indicator(code="01-2", applies_to=["bureau"]),
        an_indicator(code="01-3"),
    ],
    unit_types=(a_unit_type(code="office", name="办事处"), a_unit_type(code="bureau", name="部门")),
)
ASKED = "| 编码 | 填报项 | 填报值 |\n| 01-1 | 填报项x | 0.1 |\n| 01-3 | 填报项x | 0.3 |"


def without_a_stamp(tmp_path: Path, cover: str) -> tuple[Submission | None, tuple[Problem, ...]]:
    path = a_workbook(tmp_path / "U1.xlsx", {"填报说明": cover, "填报": ASKED})
    return read_submission(path, TYPED)


def test_the_type_and_the_year_stand_on_the_cover(tmp_path: Path) -> None:
    cover = "| 单位编码 | 'U1 | 单位名称 | 甲办 |\n| 单位类型 | 办事处 | 考核分组 | |\n| 考核年度 | '2023 | | |"
    submission, problems = without_a_stamp(tmp_path, cover)
    assert submission is not None
    assert (submission.unit.type, submission.unit.year) == ("office", 2023)
    assert problems == ()


@pytest.mark.parametrize("kind", ["", "县"])
def test_a_type_that_nobody_knows_is_one_problem_and_not_one_for_each_row(tmp_path: Path, kind: str) -> None:
    submission, problems = without_a_stamp(tmp_path, f"| 单位编码 | 'U1 |\n| 单位类型 | {kind} |")
    assert submission is None
    assert [(p.code, p.values["n"]) for p in problems] == [(Code.S134, 1)]
