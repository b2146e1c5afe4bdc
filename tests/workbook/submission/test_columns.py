"""A column of cells is read as its cells are, one by one; a plain number never goes through the careful reader."""

import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.model import AnswerState, printed_of
from lawgov_score.model.answer_columns import printed_by
from lawgov_score.pipeline import check, load_tree
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.workbook.package.cells import Cell, Formatted, cell_text
from lawgov_score.workbook.submission import columns
from lawgov_score.workbook.submission.columns import read_column
from lawgov_score.workbook.submission.values import read_cell

ODD = ["", " ", "3.70", "5.0", "-1", "+4", "007", ".5", "5.", "-0", "-0.5", "1e5", "1,234", "12 34", "１２", "９５％"]
ODD += ["95.3%", "约3", "nan", "inf", "9" * 400, "1.23456789012345678", "0.1", "45381", "2018-03-30", "是", "否"]
ODD += ["—", "'12", "=1+1", "12件", "1-2", "\u200b", "1000000000000000", "0.0000001", "4.0000000001", "TRUE"]
ODD += ["不适用", "未报送", "2", "\ud800"]
numbers = st.one_of(
    st.floats(allow_nan=False), st.integers(-9, 10**16), st.decimals(-999, 999, places=3, allow_nan=False).map(float)
)
texts = st.one_of(st.sampled_from(ODD), numbers.map(str), st.decimals(-999, 99_999, places=2, allow_nan=False).map(str))
others: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.booleans(),
    st.just(date(2018, 3, 30)),
    st.builds(Formatted, st.floats(0, 99_999), st.sampled_from(["0%", "yyyy-mm-dd", "h:mm", "0.0,"])),
)
bounds = st.sampled_from([None, 0.0, 1.0, 100.0, "other"])
fields = st.builds(
    Field,
    st.just("x"),
    st.just("填报项"),
    st.sampled_from(FieldType),
    measured_in=st.sampled_from(["", "件", "个5"]),
    at_least=bounds,
    at_most=bounds,
    choices=st.just(("2", "好", "差")),
    never=st.sampled_from(["", "未报送"]),
)
cells = st.one_of(
    st.lists(texts),
    st.lists(st.decimals(0, 999, places=2, allow_nan=False).map(str) | st.just("")),
    st.lists(st.floats(0, 200)),
    st.lists(st.one_of(texts, numbers, others)),
)


@given(cells, fields, st.booleans(), st.sampled_from([0, 1462]))
def test_a_column_is_read_as_its_cells_are(
    cells: Sequence[Cell], asked: Field, may_not_apply: bool, day_shift: int
) -> None:
    read = read_column(cells, asked, may_not_apply, day_shift)
    for row, cell in enumerate(cells):
        one = read_cell(cell, asked, may_not_apply, day_shift)
        value = read.words.get(row, None if math.isnan(read.values[row]) else float(read.values[row]))
        assert (AnswerState(read.states[row]), value) == (one.state, one.value)
        assert str(value) == str(one.value)  # 0.0 is not -0.0
        assert bool(read.faults[row]) == (one.code is not None)
        assert read.printed.get(row, printed_by(value)) == cell_text(cell)


def test_plain_numbers_and_blanks_are_not_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a plain cell went through the careful reader")

    monkeypatch.setattr(columns, "read_cell", refuse)
    asked = Field("x", "填报项", FieldType.AMOUNT)
    assert read_column(["1.5", "", "-3", "3.70"], asked).values.tolist() == pytest.approx(
        [1.5, math.nan, -3, 3.7], nan_ok=True
    )
    assert read_column([1.5, "", 2.0], asked).states.tolist() == [
        AnswerState.GIVEN,
        AnswerState.MISSING,
        AnswerState.GIVEN,
    ]
    assert read_column(["1.5", "3.70"], asked).printed == {1: "3.70"}


@pytest.mark.parametrize("many", [1, 3])
def test_equal_words_are_read_once(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Cell] = []

    def counted(cell: Cell, *more: object) -> object:
        read.append(cell)
        return read_cell(cell, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(columns, "read_cell", counted)
    read_column(["是", "否"] * many, Field("x", "填报项", FieldType.YES_NO))
    assert read == ["是", "否"]


def test_answers_of_a_table_know_their_cells_and_what_stood_there(tmp_path: Path) -> None:
    tree, _ = load_tree(Path(__file__).parents[2] / "golden" / "tree.yaml")
    assert tree is not None
    table = tmp_path / "t.csv"
    table.write_text("unit,01-2,02-2\nB,3.0,2\nA,,约4\n", encoding="utf-8")
    first, second = check(tree, [table], None).submissions
    assert (first.unit.code, second.unit.code) == ("A", "B")
    assert [first.answers[key].place.cell for key in ("01-2.n", "02-2.times")] == ["B3", "C3"]
    assert (first.answers["02-2.times"].state, first.answers["02-2.times"].printed) == (AnswerState.INVALID, "约4")
    assert (second.answers["01-2.n"].value, second.answers["01-2.n"].printed) == (3.0, "3.0")
    assert second.answers["01-1.done"].place.cell == ""
    assert list(second.answers) == list(first.answers)
    for one in (first, second):
        each = {key: answer.printed for key, answer in one.answers.items()}
        assert printed_of(one.answers) == each  # all at once, as one by one
        assert printed_of(dict(one.answers)) == each
