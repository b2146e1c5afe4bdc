"""Random tables: the answers and problems of their columns are those of their cells, read one by one."""

from collections.abc import Mapping, Sequence

import pytest
from builders import a_field, a_tree, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.expression import parse
from lawgov_score.model import Answer, AnswerState, Check
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.workbook.forms.layout import layout_of
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.grid import CsvRows, Grid
from lawgov_score.workbook.package.opened import Doubtful
from lawgov_score.workbook.submission import table
from lawgov_score.workbook.submission.contradictions import check_contradictions
from lawgov_score.workbook.submission.table import submissions_of
from lawgov_score.workbook.submission.table_answers import reading_of

TREE = a_tree(
    indicators=[
        an_indicator(
            code="1",
            fields=[
                a_field(code="n", type="count", at_most="of"),
                a_field(code="of", type="count"),
                a_field(code="rate", type="share", substitute=True),
            ],
            value="n / of",
            on_zero="not_applicable",
            may_not_apply=True,
            checks=(Check(parse("n != 3"), "不是三"), Check(parse("n / of < 0.9 or of > 3"), "不近于一")),
        ),
        an_indicator(code="2", fields=[a_field(code="m", type="amount", at_least=None)]),
        an_indicator(
            code="4",
            fields=[a_field(code="d", name="日期", type="date", never="未报")],
            rule={"kind": "late", "due": "03-31", "of": "following_year", "each": 0.2},
        ),
        an_indicator(code="5", fields=[a_field(code="y", type="yes_no")], rule={"kind": "all_or_nothing"}),
        an_indicator(code="7", fields=[a_field(), a_field(code="t", type="text")]),
    ]
)
LAYOUT = layout_of(TREE)
KEYS = tuple(question.key for question in LAYOUT.questions)
CELLS = st.sampled_from(
    [
        "",
        "",
        "0",
        "1",
        "2",
        "3",
        "4",
        "10",
        "2.50",
        "50%",
        "0.5",
        "66.7%",
        "不适用",
        "约3",
        "是",
        "否",
        "2018-03-30",
        "未报",
    ]
)
NUMBERS = st.sampled_from([0.0, 1.0, 2.0, 3.0, 4.0, 0.5, 0.667, 45381.0])


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A table of a few rows, from a .csv or a sheet, with doubtful and merged cells, its columns in any order."""
    is_csv = draw(st.booleans())
    headings = ["unit", *draw(st.permutations(KEYS))[: draw(st.integers(1, len(KEYS)))]]
    if draw(st.integers(0, 5)) == 0:
        headings.append(headings[1])  # a question with two columns
    cells = CELLS if is_csv else st.one_of(CELLS, NUMBERS)
    rows: list[Sequence[Cell]] = [headings]
    for number in range(draw(st.integers(1, 9))):
        code = draw(st.sampled_from([f"U{number}", "U1", ""])) if draw(st.integers(0, 4)) == 0 else f"U{number}"
        rows.append([code, *(draw(cells) for _ in headings[1:])])
    if is_csv:
        text = "\n".join(",".join(str(cell) for cell in row) for row in rows)
        return Grid("t.csv", "", CsvRows(text), 0, "f")
    odd = {f"{draw(st.sampled_from('BCDE'))}{draw(st.integers(2, 9))}": Doubtful("=A1", "#N/A") for _ in range(2)}
    merged = draw(st.sampled_from([(), (("B2", "B3"),), (("C3", "D4"),)]))
    return Grid("t.xlsx", "表", rows, 0, "f", odd, draw(st.sampled_from([0, 1462])), merged)


def one_by_one(grid: Grid, i: int, headings: Mapping[int, str]) -> tuple[dict[str, Answer], list[Problem]]:
    """The answers of row ``i`` and its problems; ``headings``: the questions that have one column."""
    blank = Answer(AnswerState.MISSING, None, CellPlace(grid.path, grid.sheet))
    answers, problems = dict.fromkeys(KEYS, blank), []
    for column, key in headings.items():
        reading, printed = reading_of(grid, i, column, LAYOUT.by_key[key])
        place = grid.place(i, column)
        answers[key] = Answer(reading.state, reading.value, place, printed)
        if reading.code is not None:
            problems.append(Problem(reading.code, place, reading.figures))
    twice = {heading for heading in grid.headings if grid.headings.count(heading) > 1}
    for key in twice:
        column = grid.headings.index(key)
        printed = cell_text(grid.rows[i][column])
        answers[key] = Answer(AnswerState.INVALID, None, grid.place(i, column), printed)
    problems += check_contradictions(answers, LAYOUT)
    return answers, problems


@given(grids(), st.integers(1, 4))
def test_the_columns_of_a_table_say_what_its_cells_say(grid: Grid, rows_of_a_block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "AT_ONCE", rows_of_a_block)
        submissions, problems = submissions_of(grid, LAYOUT)
    alone = {j: key for j, key in enumerate(grid.headings) if key in KEYS and grid.headings.count(key) == 1}
    expected: list[Problem] = []
    for submission in submissions:
        i = next(
            int("".join(c for c in answer.place.cell if c.isdigit())) - 1
            for answer in submission.answers.values()
            if answer.place.cell
        )
        answers, own = one_by_one(grid, i, alone)
        assert cell_text(grid.rows[i][0]) == submission.unit.code
        assert dict(submission.answers) == answers
        assert list(submission.answers) == list(KEYS)
        expected += own
    of_answers = [problem for problem in problems if problem.code in {one.code for one in expected}]
    assert of_answers == expected  # the same cells, in the same order


def test_rows_that_do_not_count_cost_no_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "AT_ONCE", 10)
    rows = CsvRows("unit,2.m\n" + "U1,1\n" * 95 + "U2,3\n")
    (first, second, other), problems = submissions_of(Grid("t.csv", "", rows, 0, "f"), LAYOUT)
    assert [one.unit.code for one in (first, second, other)] == ["U1", "U1", "U2"]  # of two the round decides
    assert len(problems) == 93
    assert other.answers["2.m"].place.cell == "B97"
    assert first.answers.columns.values.shape == (len(KEYS), 3)  # type: ignore[attr-defined]
