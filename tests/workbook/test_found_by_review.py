"""What other eyes than the author's found: each with the input that showed it."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from builders import a_field, a_tree, a_unit, an_indicator
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.catalogue import Code
from lawgov_score.expression import parse
from lawgov_score.model import AnswerState, Roster, Tree, Unit
from lawgov_score.problems import CellPlace
from lawgov_score.rules.field import FieldType
from lawgov_score.workbook.forms.layout import FILL_SHEET, FillColumn, column_of
from lawgov_score.workbook.package.number_formats import Look, look_of
from lawgov_score.workbook.submission.intake import Intake, read_inputs
from lawgov_score.workbook.submission.table import read_table
from lawgov_score.workbook.template.template import write_template

TREE: Tree = a_tree(
    indicators=[
        an_indicator(code="01-1", fields=[a_field(type="count")], rule={"kind": "count_cap", "each": 1}),
        an_indicator(code="01-2", fields=[a_field(type="count")], rule={"kind": "count_cap", "each": 1}),
        an_indicator(
            code="01-3",
            fields=[a_field(code="a", type="count"), a_field(code="n", type=FieldType.TEXT)],
            value="a",
            rule={"kind": "count_cap", "each": 1},
        ),
    ]
)
UNIT = a_unit(code="A", name="甲局")


def a_csv(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def filled(path: Path, change: Callable[[openpyxl.Workbook, Worksheet, int, int], object], unit: Unit = UNIT) -> Path:
    """A template, its answers 3, 4, 5 and 无, after a change: workbook, sheet, row of headings, column of answers."""
    write_template(TREE, unit, path, standards=lambda one: one.rule.standard(one.terms))
    book = openpyxl.load_workbook(path)
    page = book[FILL_SHEET]
    heading, value = next(
        (cell.row, cell.column)
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and column_of(cell.value) is FillColumn.VALUE
    )
    answers: tuple[int | str, ...] = (3, 4, 5, "无")
    for n, answer in enumerate(answers, start=1):
        page.cell(heading + n, value).value = answer
    change(book, page, heading, value)
    book.save(path)
    return path


def told(intake: Intake) -> list[str]:
    return sorted(problem.code.value for problem in intake.problems)


def given(intake: Intake, key: str = "01-1.x") -> object:
    (submission,) = intake.submissions
    answer = submission.answers[key]
    return answer.value if answer.state is AnswerState.GIVEN else answer.state


def read(path: Path, roster: Roster | None = None) -> Intake:
    return read_inputs([path], TREE, roster)


def test_a_blank_is_not_filled_from_rows_below_without_headings(tmp_path: Path) -> None:
    def block(book: openpyxl.Workbook, page: Worksheet, heading: int, value: int) -> None:
        page.cell(heading + 1, value).value = None
        page.cell(heading + 6, 1).value = "上年数据"
        for k in range(4):
            for column in range(1, 13):
                page.cell(heading + 7 + k, column).value = page.cell(heading + 1 + k, column).value
        page.cell(heading + 7, value).value = 9

    intake = read(filled(tmp_path / "A.xlsx", block))
    assert (given(intake), told(intake)) == (AnswerState.MISSING, ["S144"])


def test_a_blank_is_not_filled_from_the_same_row_below(tmp_path: Path) -> None:
    def row(book: openpyxl.Workbook, page: Worksheet, heading: int, value: int) -> None:
        for column in range(1, 13):
            page.cell(heading + 6, column).value = page.cell(heading + 1, column).value
        page.cell(heading + 1, value).value = None
        page.cell(heading + 6, value).value = 9

    intake = read(filled(tmp_path / "A.xlsx", row))
    assert (given(intake), told(intake)) == (AnswerState.INVALID, ["S211"])


def test_a_hidden_sheet_of_units_is_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["unit", "01-1", "01-2"])
    book.worksheets[0].append(["A", 1, None])
    old = book.create_sheet("旧")
    old.append(["unit", "01-1", "01-2"])
    old.append(["A", 7, 7])
    old.append(["B", 7, 7])
    old.sheet_state = "hidden"
    book.save(tmp_path / "t.xlsx")
    intake = read(tmp_path / "t.xlsx")
    assert (given(intake), "S144" in told(intake)) == (1.0, True)


def test_a_sheet_renamed_with_its_heading_makes_no_other_copy_count(tmp_path: Path) -> None:
    def renamed(book: openpyxl.Workbook, page: Worksheet, heading: int, value: int) -> None:
        other = book.copy_worksheet(page)
        other.title = "x"
        other.cell(heading + 1, value).value = 8
        page.title = "上报"
        page.cell(heading, value).value = "本单位数据"

    intake = read(filled(tmp_path / "A.xlsx", renamed))
    assert intake.submissions == ()
    assert "S114" in told(intake)


@pytest.mark.parametrize(("row", "text"), [(4, "同组数据见附件"), (1, "分类得分率已公示")])
def test_what_a_unit_writes_makes_no_output_of_ours(row: int, text: str, tmp_path: Path) -> None:
    def remark(book: openpyxl.Workbook, page: Worksheet, heading: int, value: int) -> None:
        page.cell(heading + row, value + (3 if row == 1 else 0)).value = text

    assert given(read(filled(tmp_path / "A.xlsx", remark))) == 3.0


def test_a_name_that_is_anothers_in_the_roster_is_said(tmp_path: Path) -> None:
    path = filled(tmp_path / "A.xlsx", lambda *_: None)
    swapped = (a_unit(code="A", name="乙局"), a_unit(code="B", name="甲局"))
    assert "S127" in told(read(path, swapped))
    renamed = (a_unit(code="A", name="甲管理局"), a_unit(code="B", name="乙局"))
    assert "S127" not in told(read(path, renamed))


@pytest.mark.parametrize(
    ("text", "units", "codes"),
    [
        ("unit,01-1,01-2,01-3.a\nA,1,234,5,\nB,1,2,3\nC,1,2,3\n", ["B", "C"], ["S149"]),
        ("序号,unit,name,01-1\n1,A,a,5\n2,B,b,1\n3,合计,,6\n", ["A", "B"], ["S115", "S117"]),
        ("unit,01-1\ntotal,5\nB,1\n", ["B"], ["S115"]),
        ("unit,01-1\nA\nunit,01-1\nB,1\n", ["B"], ["S149", "S161"]),
        ('unit,01-3.a,01-3.n\nA,5,"一是,开展\n二是"\nB,1,ok\n', ["A", "B"], []),
        ("unit,出庭件数,应诉\nA,5,1\n", [], ["S117", "S117"]),
    ],
)
def test_tables(text: str, units: list[str], codes: list[str], tmp_path: Path) -> None:
    submissions, problems = read_table(a_csv(tmp_path / "t.csv", text), TREE)
    assert [submission.unit.code for submission in submissions] == units
    assert sorted(problem.code.value for problem in problems) == codes


@pytest.mark.parametrize(
    ("code", "sign", "look"),
    [
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 0, Look.NUMBER),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 1, Look.NUMBER),
        ("0;-0;;@", 0, Look.OTHERWISE),
    ],
)
def test_accounts_write_nought_as_a_dash(code: str, sign: int, look: Look) -> None:
    assert look_of(code, sign) is look


def test_a_condition_that_divides_by_zero_needs_no_branch() -> None:
    """Then the value is what `on_zero` says, whatever is blank."""
    import numpy as np

    expression = parse("if(cc / n > 1, pc, cc)")
    answers = {"cc": np.array([0.0, 0.0, 6.0]), "n": np.array([0.0, 0.0, 3.0]), "pc": np.array([np.nan, 5.0, np.nan])}
    assert expression.missing(answers).tolist() == [False, False, True]
    test = expression.missing_test({"cc": "A1", "n": "B1", "pc": "C1"})
    assert "IF(OR(B1=0),FALSE," in test


def test_a_place_is_at_hand_for_every_problem(tmp_path: Path) -> None:
    _, problems = read_table(a_csv(tmp_path / "t.csv", "unit,01-1\n5.3E+11,1\n"), TREE)
    assert [(problem.code, problem.place) for problem in problems] == [
        (Code.S148, CellPlace((tmp_path / "t.csv").as_posix(), "", "A2"))
    ]
