"""Merged cells: what only one cell holds is not taken for the others' answer, and nobody is left without a word."""

from lawgov_score.workbook.package.merged import Rows, filled_down

ROWS: Rows = [["编码", "佐证", "值"], ["01", "附件", 8.0], ["", "", 9.0], ["02", "", 5.0]]


def test_what_shares_a_cell_is_filled_down_and_an_answer_is_not() -> None:
    seen, gone = filled_down(ROWS, [("C2", "C3"), ("A2", "B4")], 1, [0, 1], 2)
    assert [row[0] for row in seen] == ["编码", "01", "01", "01"]
    assert [row[1] for row in seen] == ["佐证", "附件", "", ""]  # A2 is what is left of A2:B4, and B2 is gone
    assert [row[2] for row in seen] == ["值", 8.0, "", 5.0]  # what a merge hides, nobody has seen
    assert gone == {2: "C2:C3"}
    assert ROWS[2] == ["", "", 9.0]


def test_a_heading_is_nothing_that_rows_share() -> None:
    seen, _ = filled_down(ROWS, [("B1", "B3")], 1, [0, 1], 2)
    assert [row[1] for row in seen[1:]] == ["附件", "", ""]


def test_ranges_that_overlap_cost_no_more_than_the_rows_they_cover() -> None:
    _, gone = filled_down([[1.0]] * 1_000, [("A1", "A1000000")] * 20_000, 1, [], 0)
    assert len(gone) == 999
