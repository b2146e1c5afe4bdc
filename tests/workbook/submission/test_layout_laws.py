"""Laws of a returned sheet: where columns and rows stand, and what stands between and beside, changes no answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz.seeds import TREE
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple
from sheets import fill

from lawgov_score.model import Answer, AnswerState, Unit
from lawgov_score.workbook.forms.layout import (
    COVER_SHEET,
    FILL_SHEET,
    LISTS_SHEET,
    STAMP_SHEET,
    FillColumn,
    column_of,
    layout_of,
)
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.opened import Opened, Rows, open_workbook
from lawgov_score.workbook.plain_texts import HEADING_ROWS
from lawgov_score.workbook.submission.filled_workbook import read_opened
from lawgov_score.workbook.template.template import write_template

LAYOUT = layout_of(TREE)
SAID: Mapping[str, str | float] = {
    "1.n": 8,
    "1.of": "１２",
    "2.m": "约95",
    "3.s": "95.3%",
    "4.d": "2024年3月31日",
    "5.y": "是",
    "7.x": 0.5,
    "7.t": "情况说明",
}
Told = Mapping[str, tuple[AnswerState, object, str, str | None, str]]


@cache
def filled() -> Opened:
    """A workbook as a unit fills it in: answers right and wrong, evidence, remarks, one question left blank."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "U-1.xlsx"
        write_template(TREE, Unit("U-1", "甲街道"), path, standards=lambda i: i.rule.standard(i.terms))
        fill(path, SAID, notes={"1.n": "含撤诉", "7.t": "  见附件二 "})
        found = open_workbook(path)
    assert isinstance(found, Opened)
    return found


def told(opened: Opened) -> tuple[Told, list[str]]:
    """Answers by key without their places, and the codes of the problems."""
    submission, problems = read_opened(opened, LAYOUT)
    assert submission is not None, problems

    def without_place(one: Answer) -> tuple[AnswerState, object, str, str | None, str]:
        return one.state, one.value, one.printed, one.evidence, one.note

    answers = {key: without_place(one) for key, one in submission.answers.items()}
    return answers, sorted(problem.code.value for problem in problems)


def rearranged(opened: Opened, rows: Rows, name: str = FILL_SHEET, before: Mapping[str, Rows] | None = None) -> Opened:
    """The same workbook with these rows in its fill-in sheet, and sheets ``before`` all others."""
    sheets = {one: kept for one, kept in opened.sheets.items() if one != FILL_SHEET}
    return Opened(opened.path, opened.safe, {**(before or {}), name: rows, **sheets})


# ------------------------------------------------- what is done to a sheet

JUNK: list[Cell] = ["", " ", "合计", "2023年", 3.0, "初审", "1", "小计：", "填报人", True]


@dataclass(frozen=True)
class Move:
    """Another order of columns and rows, columns of one's own, blank rows and subtotals, titles above."""

    columns: Sequence[int]
    rows: Sequence[int]
    own: Sequence[tuple[int, Cell]]
    between: Sequence[tuple[int, str]]
    above: Sequence[Sequence[Cell]]
    without_key: bool


MOST = 24  # columns, and rows, that are put in order; the sheet has fewer of both
junk = st.sampled_from(JUNK)
moves = st.builds(
    Move,
    st.permutations(range(MOST)),
    st.permutations(range(MOST)),
    st.lists(st.tuples(st.integers(0, MOST), junk), max_size=4),
    st.lists(st.tuples(st.integers(0, MOST), st.sampled_from(["", "小计", "（以上为第一类）"])), max_size=4),
    st.lists(st.lists(junk, max_size=3), max_size=HEADING_ROWS - 1),
    st.booleans(),
)


def moved(rows: Rows, move: Move) -> Rows:
    """The rows after the move."""
    columns = [column_of(str(cell)) for cell in rows[0]]
    spare = columns.index(FillColumn.STANDARD)
    assert len(columns) < MOST > len(rows)
    body = [rows[1 + i] for i in move.rows if 1 + i < len(rows)]
    for at, text in move.between:
        body.insert(at, [text if i == spare else "" for i in range(len(columns))])
    kept = [i for i in move.columns if i < len(columns) and not (move.without_key and columns[i] is FillColumn.KEY)]
    table = [[row[i] for i in kept] for row in (rows[0], *body)]
    for at, own in move.own:
        for line in table:
            line.insert(at, own)
    width = len(table[0])
    return [*([*line, *[""] * width][:width] for line in move.above), *table]


@settings(max_examples=150)
@given(move=moves)
def test_no_move_of_columns_and_rows_changes_an_answer(move: Move) -> None:
    rows = filled().sheets[FILL_SHEET]
    assert told(rearranged(filled(), moved(rows, move))) == told(filled())


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=31)
junk_sheets = st.dictionaries(
    names.filter(lambda name: name not in {COVER_SHEET, FILL_SHEET, LISTS_SHEET, STAMP_SHEET}),
    st.lists(st.lists(st.sampled_from(JUNK), min_size=3, max_size=3), max_size=4),
    max_size=4,
)


@given(before=junk_sheets, name=names.filter(lambda name: name not in {COVER_SHEET, LISTS_SHEET, STAMP_SHEET}))
def test_no_other_sheet_and_no_other_name_changes_an_answer(before: Mapping[str, Rows], name: str) -> None:
    others = {one: rows for one, rows in before.items() if one != name}
    anew = rearranged(filled(), filled().sheets[FILL_SHEET], name, others)
    assert told(anew) == told(filled())


@given(move=moves)
def test_an_answer_that_moves_is_named_where_it_stands(move: Move) -> None:
    rows = filled().sheets[FILL_SHEET]
    anew = moved(rows, move)
    submission, _ = read_opened(rearranged(filled(), anew), LAYOUT)
    assert submission is not None
    for answer in submission.answers.values():
        row, column = coordinate_to_tuple(answer.place.cell)
        assert cell_text(anew[row - 1][column - 1]) == answer.printed


def test_a_column_that_is_cut_off_is_noticed() -> None:
    """What the laws above rest on: without the column of answers nothing comes back."""
    rows = filled().sheets[FILL_SHEET]
    at = [column_of(str(cell)) for cell in rows[0]].index(FillColumn.VALUE)
    submission, problems = read_opened(rearranged(filled(), [[*row[:at], *row[at + 1 :]] for row in rows]), LAYOUT)
    assert submission is None
    assert problems
