"""How the scorecard falls into printed pages: nothing parted that belongs together, nothing too small to read."""

import itertools
import zipfile
from pathlib import Path

import everything
import openpyxl
from builders import a_given_score, a_group, a_submission, a_tree, a_unit, an_aggregation
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.model import Scores
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.scorecard.scorecard import write_scorecard
from lawgov_score.workbook.writing.paper import Flow, page_breaks


def a_round(*, units: int = 2, categories: int = 1, **other: object) -> Scores:
    """Units that all get something at each category."""
    groups = [a_group(code=f"{i:02}", children=[a_given_score(code=f"{i:02}-1")]) for i in range(1, categories + 1)]
    tree = a_tree(children=groups, grades=(), **other)  # type: ignore[arg-type]  # builders take what a tree takes
    roster = tuple(a_unit(code=f"U{i:04}") for i in range(units))
    answers = {f"{group.code}-1.x": 5.0 for group in groups}
    came = [a_submission(unit=unit, answers=answers if i else {"01-1.x": 5.0}) for i, unit in enumerate(roster)]
    return score(tree, roster, came)


def written(scores: Scores, path: Path) -> Path:
    write_scorecard(scores, path, problems=scores.problems, inputs=(), lang=Language.ZH)
    return path


@given(st.lists(st.floats(10, 90), min_size=1, max_size=60), st.sets(st.integers(0, 59)), st.sets(st.integers(1, 59)))
def test_pages_hold_what_they_are_given(heights: list[float], kept: set[int], begun: set[int]) -> None:
    breaks = page_breaks(heights, Flow(kept, begun), 400.0, (0, 0))
    assert breaks == sorted(set(breaks))
    assert {row for row in begun if row < len(heights)} <= set(breaks)
    starts = [0, *breaks, len(heights)]
    for first, last in itertools.pairwise(starts):
        again = heights[0] if first else 0.0
        assert sum(heights[first:last]) + again <= 400.0 + 1e-6 or last == first + 1


@given(st.lists(st.integers(10, 60), min_size=12, max_size=40), st.integers(1, 10), st.integers(1, 6))
def test_rows_that_belong_together_are_parted_only_where_no_page_takes_them(
    heights: list[int], first: int, more: int
) -> None:
    last = min(first + more, len(heights) - 1)
    flow = Flow()
    flow.block(first, last)
    breaks = page_breaks(heights, flow, 300.0, (0, 0))
    fits = sum(heights[first : last + 1]) + heights[0] <= 300
    assert not fits or not [row for row in breaks if first < row <= last]


def test_a_cohort_longer_than_a_page_leaves_no_row_alone() -> None:
    flow = Flow()
    flow.block(8, 20)  # 13 rows where a page takes 10
    breaks = page_breaks([10.0] * 21, flow, 100.0, (-1, -1))
    assert breaks == [8, 18]  # its heading begins a page; without the block the pages end at 10 and 20
    assert page_breaks([10.0] * 21, Flow({30}), 100.0, (-1, -1)) == [9, 18]


def test_a_last_page_with_next_to_nothing_gets_the_section_before() -> None:
    flow = Flow()
    for section in ((0, 5), (6, 9), (10, 12), (13, 14)):
        flow.block(*section)
    assert page_breaks([10.0] * 15, flow, 130.0, (-1, -1)) == [10]  # and not 13, which leaves two rows of 15 alone


def test_pages_of_the_ranking_end_between_cohorts_and_no_chart_stands_on_two(tmp_path: Path) -> None:
    path = written(everything.a_round(), tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(path)["排名"]
    firsts = [str(row[0].value or "") for row in sheet.iter_rows()]
    bands = [i for i, text in enumerate(firsts) if "个单位" in text or "未计分单位" in text]
    assert len(bands) >= 2
    breaks = [one.id for one in sheet.row_breaks.brk]
    inside = [row for row in breaks if bands[0] < row <= bands[-1] and row not in bands]
    assert inside == []


def test_more_categories_than_paper_holds_are_printed_side_by_side(tmp_path: Path) -> None:
    path = written(a_round(categories=100), tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(path)["分类得分"]
    assert sheet.page_setup.fitToWidth == 3
    assert [one.id for one in sheet.col_breaks.brk] == [36, 70]
    assert sheet.print_title_cols == "$A:$B"
    few = openpyxl.load_workbook(written(a_round(categories=38), tmp_path / "few.xlsx"))["分类得分"]
    assert (few.page_setup.fitToWidth or 1, len(few.col_breaks.brk)) == (1, 0)


def test_a_large_round_has_no_bar_a_unit_and_says_so(tmp_path: Path) -> None:
    path = written(a_round(units=61), tmp_path / "s.xlsx")
    with zipfile.ZipFile(path) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert not [chart for chart in charts if "排名" in chart]
    said = [cell for row in openpyxl.load_workbook(path)["排名"].iter_rows(values_only=True) for cell in row if cell]
    assert any("不逐个画图" in str(cell) for cell in said)


def test_without_a_total_a_blank_is_not_averaged_as_nothing(tmp_path: Path) -> None:
    path = written(a_round(categories=2, aggregation=an_aggregation("none")), tmp_path / "s.xlsx")
    rows = list(openpyxl.load_workbook(path, data_only=True)["分类得分"].iter_rows(values_only=True))
    blank = next(row for row in rows if row[0] == "单位U0000")
    mean = next(row for row in rows if row[0] == "平均")
    assert blank[2:4] == (0.5, None)
    assert mean[2:4] == (0.5, 0.5)


def test_pages_side_by_side_end_between_headings_and_never_print_a_piece_of_the_note(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(a_round(categories=40), tmp_path / "s.xlsx"))
    for name in ("合成", "填报值"):
        sheet = book[name]
        breaks = [one.id for one in sheet.col_breaks.brk]  # the number of columns before each
        assert breaks, name
        assert sheet.print_title_cols == "$A:$C", name
        for area in sheet.merged_cells.ranges:
            assert area.min_col > 3, (name, area.coord)  # columns A to C are printed on every page
            assert not any(area.min_col <= at < area.max_col for at in breaks), (name, area.coord)
