"""Answers of many units, from tables, workbooks and by hand, in one order (``model/gathered.py``)."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from builders import an_answer
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.model import (
    Answer,
    AnswerColumns,
    AnswerState,
    Texts,
    columns_of,
    filled,
    gathered,
    in_state,
    lines_of,
)
from lawgov_score.problems import CellPlace, line_of

MISSING = AnswerState.MISSING


def a_table() -> AnswerColumns:
    """Two fields, the second without a column, of two units in the rows 2 and 3."""
    return AnswerColumns(
        "t.csv",
        "",
        ("a", "b"),
        np.array([[1.0, math.nan], [math.nan, math.nan]]),
        np.array([[AnswerState.GIVEN, AnswerState.INVALID], [MISSING, MISSING]], dtype=np.int8),
        np.array([[1, 2]]),
        np.array([[3], [-1]]),
        Texts(printed={"a": [None, "约3"]}),
    )


def a_book(**answers: Answer) -> Mapping[str, Answer]:
    return columns_of(answers, "b.xlsx").rows()[0]


def test_units_of_several_files_stand_in_the_order_asked() -> None:
    first, second = a_table().rows()
    book, by_hand = a_book(b=an_answer(2.0), c=an_answer("字")), {"a": an_answer(4.0), "c": an_answer(None)}
    values, states = gathered([second, book, None, by_hand, first], ["c", "a"])
    assert values[1].tolist() == pytest.approx([math.nan, math.nan, math.nan, 4.0, 1.0], nan_ok=True)
    assert np.isnan(values[0]).all()  # a text is no number
    assert states[0].tolist() == [MISSING, AnswerState.GIVEN, MISSING, MISSING, MISSING]
    assert states[1].tolist() == [AnswerState.INVALID, MISSING, MISSING, AnswerState.GIVEN, AnswerState.GIVEN]


def test_a_row_of_a_table_knows_its_cells_and_what_stood_there() -> None:
    first, second = a_table().rows()
    assert first["a"] == Answer(AnswerState.GIVEN, 1.0, CellPlace("t.csv", "", "D2"), "1")
    assert second["a"] == Answer(AnswerState.INVALID, None, CellPlace("t.csv", "", "D3"), "约3")
    assert second["b"].place == CellPlace("t.csv")
    assert "c" not in second
    assert filled([first, second], ["a", "b"]).tolist() == [[True, True], [False, False]]
    assert list(in_state([None, first, second], AnswerState.INVALID)) == [(2, "a")]
    assert lines_of(second) == {("t.csv", "", "3")}


answers = st.dictionaries(
    st.sampled_from("abcd"),
    st.builds(
        Answer,
        st.sampled_from(AnswerState),
        st.none() | st.floats(allow_nan=False) | st.text(min_size=1, max_size=3),
        st.builds(
            CellPlace,
            st.sampled_from(["b.xlsx", "c.xlsx"]),
            st.sampled_from(["", "表"]),
            st.sampled_from(["", "A1", "B7"]),
        ),
        st.text(max_size=3),
    ),
)


def as_read(answer: Answer) -> Answer:
    """Only what is given has a value."""
    return answer if answer.state is AnswerState.GIVEN else replace(answer, value=None)


sent_by_units = answers.map(lambda own: {key: as_read(answer) for key, answer in own.items()})


@given(st.lists(st.none() | sent_by_units, max_size=4))
def test_columns_and_answers_made_by_hand_come_to_the_same(sent: list[dict[str, Answer] | None]) -> None:
    in_columns = [None if one is None else columns_of(one, "b.xlsx").rows()[0] for one in sent]
    for by_hand, of_file in zip(gathered(sent, "abcd"), gathered(in_columns, "abcd"), strict=True):
        np.testing.assert_array_equal(by_hand, of_file)
    for state in AnswerState:
        assert sorted(in_state(sent, state)) == sorted(in_state(in_columns, state))
    for one, other in zip(sent, in_columns, strict=True):
        if one is not None and other is not None:
            assert lines_of(one) == lines_of(other) == {line_of(each.place) for each in one.values() if each.place.cell}
            np.testing.assert_array_equal(filled([one], "abcd"), filled([other], "abcd"))
