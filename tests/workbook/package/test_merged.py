"""Merged cells: what only one cell holds is not taken for the others' answer, and nobody is left without a word."""

from lawgov_score.cell_addresses import letters
from lawgov_score.workbook.package.merged import Rows, filled_down, merges

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


def test_a_cell_belongs_to_the_range_over_it() -> None:
    found = merges([("B2", "C3"), ("A4", "A4"), ("A3", "A2"), ("A0", "A1")], ROWS)
    refs = [[one and one.ref for one in (found.of(row, column) for column in range(4))] for row in range(5)]
    assert refs[:3] == [[None] * 4, [None, "B2:C3", "B2:C3", None], [None, "B2:C3", "B2:C3", None]]
    assert refs[3:] == [["A4:A4", None, None, None], [None] * 4]


def test_of_ranges_over_one_another_the_one_further_up_counts() -> None:
    found = merges([("B2", "B3"), ("A1", "C2"), ("A3", "C3"), ("B3", "C4")], ROWS)
    refs = [[one and one.ref for one in (found.of(row, column) for column in range(3))] for row in range(4)]
    assert refs == [["A1:C2"] * 3, ["A1:C2"] * 3, ["A3:C3"] * 3, [None] * 3]


def test_ranges_beyond_the_cells_of_a_sheet_cost_no_more_than_its_cells() -> None:
    ranges = [(f"{letters(i % 3)}{1 + i % 900}", "ZZZ9999999") for i in range(20_000)]
    found = merges(ranges, [[1.0] * 20] * 1_000)
    assert sum(map(len, found.by_column.values())) <= 20 * 1_000
    assert found.of(999, 19) == found.of(0, 0)
