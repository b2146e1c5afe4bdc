"""A table with one row a unit: the same answers, the same faults, places that are cells."""

from pathlib import Path

from builders import a_field, a_tree, an_indicator
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState, Unit, UnitType
from lawgov_score.problems import CellPlace
from lawgov_score.report import part, problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.table import read_table

TREE = a_tree(
    indicators=[
        an_indicator(
            code="01-1",
            fields=[
                a_field(code="met", type="count", at_most="all"),
                a_field(code="all", type="count"),
            ],
            value="met / all",
            on_zero="full",
            may_not_apply=True,
        ),
        an_indicator(code="01-2"),
    ],
    unit_types=(UnitType("area", "全区", whole=True),),
)


def a_csv(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def codes(path: Path) -> list[tuple[str, str]]:
    problems = read_table(path, TREE)[1]
    assert all("{" not in problems_text(problems, lang) for lang in Language)
    places = [(problem.code.value, problem.place) for problem in problems]
    return [(code, place.cell) for code, place in places if isinstance(place, CellPlace)]


def test_a_row_is_a_submission_and_an_empty_cell_is_missing(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "t.csv", "unit,name,type,01-1.met,01-1.all,01-2\n01,甲,全区,3,4,50%\nNA,,area,,0,\n\n")
    (one, other), problems = read_table(path, TREE)
    assert problems == ()
    assert one.unit == Unit("01", "甲", "area")
    assert other.unit == Unit("NA", "NA", "area")
    assert {key: answer.value for key, answer in one.answers.items()} == {"01-1.met": 3, "01-1.all": 4, "01-2.x": 0.5}
    assert other.answers["01-1.met"].state is AnswerState.MISSING
    assert other.answers["01-1.all"].value == 0.0
    assert one.answers["01-2.x"].place == CellPlace(path.as_posix(), "", "F2")


def test_a_workbook_is_read_the_same_way(tmp_path: Path) -> None:
    table = "| 单位编码 | 01-2.x | 01-1.all |\n| '007 | 0.25 | 9 |"
    (one,), problems = read_table(a_workbook(tmp_path / "t.xlsx", {"数据": table}), TREE)
    assert problems == ()
    assert (one.unit.code, one.answers["01-2.x"].value, one.answers["01-1.all"].value) == ("007", 0.25, 9.0)
    assert one.answers["01-2.x"].place.sheet == "数据"
    assert one.answers["01-1.met"].state is AnswerState.MISSING


def test_faults_are_at_their_cells(tmp_path: Path) -> None:
    text = "unit,01-1.met,01-1.al,01-1.all,01-2\n01,约3,,4,0.5\n,1,,2,\n03,5,,4,无\n04,不适用,,不适用,\n"
    path = a_csv(tmp_path / "t.csv", text)
    expected = [("S117", "C1"), ("S201", "B2"), ("S125", "A3"), ("S209", "E4"), ("S208", "B4")]
    assert codes(path) == expected
    submissions, _ = read_table(path, TREE)
    assert [s.unit.code for s in submissions] == ["01", "03", "04"]
    assert submissions[2].answers["01-1.met"].state is AnswerState.CLAIMED_NOT_APPLICABLE


def test_doubtful_cells_of_a_workbook_are_no_blanks(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "t.xlsx", {"数据": "| unit | 01-2 | 01-1.all |\n| '01 | #REF! | =A1 |"})
    assert codes(path) == [("S215", "B2"), ("S214", "C2")]


def test_a_table_without_units_or_an_unknown_type(tmp_path: Path) -> None:
    assert codes(a_csv(tmp_path / "t.csv", "单位,01-2\n01,0.5\n")) == [("S121", "")]
    assert codes(a_csv(tmp_path / "u.csv", "unit,type,01-2\n01,县,0.5\n")) == [("S123", "B2")]


def test_headings_without_a_single_unit_are_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("unit,01-1.x\n,\n", encoding="utf-8")
    submissions, problems = read_table(path, a_tree(indicators=[an_indicator()]))
    assert (submissions, [(p.code, p.place) for p in problems]) == ((), [(Code.S137, CellPlace(path.as_posix()))])


def test_a_row_with_fewer_cells_than_headings_counts_for_nothing(tmp_path: Path) -> None:
    """What has moved in it cannot be told from what is gone."""
    path = a_csv(tmp_path / "t.csv", "unit,01-1.all,01-2\n01,7\n02,7,\n")
    submissions, _ = read_table(path, TREE)
    assert codes(path) == [("S149", "C2")]
    assert [(one.unit.code, one.answers["01-2.x"].state) for one in submissions] == [("02", AnswerState.MISSING)]


def test_two_columns_for_one_field_count_neither_nor(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "t.csv", "unit,01-2,01-1.all,01-2.x\n01,0.5,4,0.6\n02,,4,\n")
    submissions, problems = read_table(path, TREE)
    assert [(problem.code.value, problem.place) for problem in problems] == [
        ("S128", CellPlace(path.as_posix(), "", "D1"))
    ]
    assert problems[0].see_also == (CellPlace(path.as_posix(), "", "B1"),)
    assert [s.answers["01-2.x"].state for s in submissions] == [AnswerState.INVALID] * 2
    assert submissions[0].answers["01-1.all"].value == 4.0


def test_two_columns_of_units_stop_the_table(tmp_path: Path) -> None:
    assert codes(a_csv(tmp_path / "t.csv", "unit,01-2,单位编码\n01,0.5,02\n")) == [("S128", "C1")]


def test_a_comma_too_many_moves_no_answers(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "t.csv", "unit,01-1.met,01-1.all,01-2\n01,1,1,234,0.5\n02,1,1234,0.5,\n")
    assert codes(path) == [("S149", "E2")]
    assert [submission.unit.code for submission in read_table(path, TREE)[0]] == ["02"]


def test_a_column_without_a_heading_is_not_passed_over(tmp_path: Path) -> None:
    assert codes(a_csv(tmp_path / "t.csv", "unit,,01-2\n01,0.4,0.5\n")) == [("S117", "B1")]
    assert codes(a_csv(tmp_path / "u.csv", "unit,,01-2\n01,,0.5\n")) == []


def test_a_column_that_nobody_knows_is_not_taken_for_one_that_is_there(tmp_path: Path) -> None:
    """The one field called so is meant, whoever asks it, and never what has a column already."""

    def hints(head: str) -> list[str]:
        problems = read_table(a_csv(tmp_path / "t.csv", f"{head}\n01,1,1,0.5\n"), TREE)[1]
        return [str(part(problem, "hint", Language.ZH)) for problem in problems if problem.code == "S117"]

    assert ["01-1.met" in hint for hint in hints("unit,01.met,01-1.all,01-2")] == [True]
    assert ["是否想填" in hint for hint in hints("unit,01-1.met,01-1.al,01-1.all")] == [False]
