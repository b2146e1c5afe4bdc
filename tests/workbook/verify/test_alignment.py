"""Rows and columns of two sheets in pairs, wherever a version put them."""

from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.workbook.package.cells import Cell
from lawgov_score.workbook.verify.alignment import align

NAMES = {"a", "b", "c", "d"}
HEAD: list[Cell] = ["单位", "得分", "位次"]
NOW: list[list[Cell]] = [["标题", "", ""], HEAD, ["a", 1.0, 1.0], ["b", 2.0, 2.0], ["c", 3.0, 3.0]]


def pairs(then: list[list[Cell]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Cell then -> cell now, of those that have one."""
    return {
        (line.then, i): (line.now, j)
        for line in align(then, NOW, NAMES)
        for i, j in line.columns
        if line.then is not None and line.now is not None and i is not None and j is not None
    }


def test_the_same_sheet_is_itself() -> None:
    assert all(then == now for then, now in pairs([list(row) for row in NOW]).items())


def test_rows_added_above_and_a_column_moved() -> None:
    moved: list[list[Cell]] = [[row[2], row[0], row[1]] for row in NOW[2:]]
    then: list[list[Cell]] = [["另一版", ""], ["标题", "", ""], ["位次", "单位", "得分"], *moved]
    found = pairs(then)
    assert {found[row, 2] for row in (3, 4, 5)} == {(2, 1), (3, 1), (4, 1)}
    assert {found[row, 0] for row in (3, 4, 5)} == {(2, 2), (3, 2), (4, 2)}


def test_a_renamed_heading_keeps_its_column() -> None:
    then = [list(row) for row in NOW]
    then[1] = ["单位", "最终得分", "位次"]
    assert pairs(then)[2, 1] == (2, 1)


def test_a_row_that_is_gone_moves_no_other() -> None:
    then = [list(row) for row in NOW if row[0] != "b"]
    found = pairs(then)
    assert found[3, 1] == (4, 1)
    assert [line.now for line in align(then, NOW, NAMES) if line.then is None] == [3]


@given(st.lists(st.sampled_from([*NOW, ["d", 4.0, 4.0], ["", "", ""]]), max_size=8))
def test_every_row_of_both_stands_once(then: list[list[Cell]]) -> None:
    lines = list(align(then, NOW, NAMES))
    assert sorted(line.then for line in lines if line.then is not None) == list(range(len(then)))
    assert sorted(line.now for line in lines if line.now is not None) == list(range(len(NOW)))
    for line in lines:
        for side in (0, 1):
            columns = [pair[side] for pair in line.columns if pair[side] is not None]
            assert len(columns) == len(set(columns))
