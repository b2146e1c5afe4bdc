"""An exported table read back: as it was written, and after what people do to a table in a spreadsheet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from builders import a_group, a_tree, a_unit, an_indicator
from hypothesis import HealthCheck, Phase, given, settings
from libreoffice import needs_libreoffice, recalculated
from openpyxl.worksheet.worksheet import Worksheet
from random_rounds import Round, rounds
from workbook.circulated.test_book import QUJIALING, the_tree, written

from lawgov_score.catalogue import Code
from lawgov_score.content import circulated
from lawgov_score.content.circulated import Part
from lawgov_score.model import Indicator, Tree
from lawgov_score.problems import CellPlace, display_path
from lawgov_score.wording import Words
from lawgov_score.workbook.circulated.own_cells import OWN_SHEET
from lawgov_score.workbook.circulated.reading import Table, TableRow, as_read, read_table
from lawgov_score.workbook.template.template import write_template

TREE = a_tree(
    children=[
        a_group(
            code="01",
            title="类一",
            points=3.0,
            children=[
                an_indicator(code="01-1", title="=甲", points=1.0, lead=("司法局",), evidence=("台账", "案卷")),
                an_indicator(code="01-2", title="乙", points=2.0, note="第一行\n第二行"),
            ],
        ),
        a_group(code="02", title="类二", points=1.0, children=[an_indicator(code="1.10", title="丙", points=1.0)]),
    ],
    levels=("类", "小项"),
)


def read(path: Path) -> Table:
    table, problems = read_table(path)
    assert problems == ()
    assert table is not None
    return table


def changed(folder: Path, change: Callable[[Worksheet], None], tree: Tree = TREE) -> Table:
    """The table after ``change`` to its first sheet, saved by another program."""
    path = written(tree, folder)
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return read(path)


def groups_of(row: TableRow) -> list[str]:
    return [group.code if group is not None else "" for group in row.groups]


def says_what_was_written(tree: Tree, table: Table) -> None:
    lines = circulated.lines(tree)
    assert [row.code for row in table.rows] == [line.code for line in lines]
    for row, line in zip(table.rows, lines, strict=True):
        for part, cell in row.cells.items():
            assert cell.text == table.written(row, part), (line.code, part)
        assert row.title.text == table.written(row, Part.TITLE) == as_read(line.node.title)
        own = tree.points_of(line.node.code)
        points = own[0][1] if len(own) == 1 else {name: worth for names, worth in own for name in names}
        assert row.cells[Part.POINTS].points == pytest.approx(points)
        own_items = {Part.LEAD: line.lead, Part.ASSIST: line.assist, Part.EVIDENCE: line.evidence}
        for part, items in own_items.items():
            assert circulated.items_in(row.cells[part].text, circulated.BETWEEN_UNITS, items) == items
        wanted = [one.copy_of or one.code if one is not None else "" for one in line.groups[: line.depth]]
        assert groups_of(row) == wanted
        for group in row.groups:
            if group is not None:
                assert group.cell.text == table.own.cell(group.code, Part.GROUP)[1]  # type: ignore[index]


def test_an_untouched_table_says_what_was_written(tmp_path: Path) -> None:
    for tree in (TREE, the_tree(QUJIALING)):
        says_what_was_written(tree, read(written(tree, tmp_path)))


@given(done=rounds(most_units=1))
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
def test_so_it_does_of_random_trees(tmp_path: Path, done: Round) -> None:
    says_what_was_written(done.tree, read(written(done.tree, tmp_path)))


def test_levels_that_are_called_as_other_columns_are_told_from_them(tmp_path: Path) -> None:
    tree = replace(TREE, levels=("说明", "编码"))
    table = read(written(tree, tmp_path))
    assert table.own.levels == ("说明（层级）", "编码（层级）")
    says_what_was_written(tree, table)


def test_another_program_that_saves_it_changes_nothing(tmp_path: Path) -> None:
    says_what_was_written(TREE, changed(tmp_path, lambda sheet: None))


@needs_libreoffice
def test_nor_does_an_office_program_and_it_comes_to_the_same_sum(tmp_path: Path) -> None:
    tree = the_tree(QUJIALING)
    (again,) = recalculated([written(tree, tmp_path)], tmp_path)
    says_what_was_written(tree, read(again))
    (total,) = (row for row in openpyxl.load_workbook(again, data_only=True).worksheets[0].values if row[0] == "合计")
    assert tree.points in total


def test_a_row_put_in_stands_in_the_group_around_it(tmp_path: Path) -> None:
    def put_in(sheet: Worksheet) -> None:
        for area in [*sheet.merged_cells.ranges]:
            if area.min_row > 4:
                sheet.unmerge_cells(area.coord)
        sheet.insert_rows(6)
        sheet["B6"], sheet["D6"], sheet["E6"] = "01-9", "新的", 0.5
        sheet.merge_cells("C5:C7")

    table = changed(tmp_path, put_in)
    assert [row.code for row in table.rows] == ["01-1", "01-9", "01-2", "1.10"]
    new = table.rows[1]
    assert (groups_of(new), new.title.text, new.cells[Part.POINTS].points) == (["01"], "新的", 0.5)
    assert table.written(new, Part.TITLE) is None
    assert new.title.place == CellPlace(display_path(tmp_path / "tree.xlsx"), "指标体系", "D6")


def test_cells_that_are_merged_no_more_are_read_as_the_one_above(tmp_path: Path) -> None:
    table = changed(tmp_path, lambda sheet: sheet.unmerge_cells("C5:C6"))
    assert [groups_of(row) for row in table.rows] == [["01"], ["01"], ["02"]]
    says_what_was_written(TREE, table)


def test_below_a_group_that_is_new_further_left_a_blank_is_a_blank(tmp_path: Path) -> None:
    deep = a_tree(
        children=[
            a_group(code=top, children=[a_group(code=f"{top}1", children=[an_indicator(code=f"{top}1-1")])])
            for top in "AB"
        ],
        levels=("方面", "类", "小项"),
    )

    def clear(sheet: Worksheet) -> None:
        sheet["D6"] = None

    table = changed(tmp_path, clear, deep)
    assert [groups_of(row) for row in table.rows] == [["A", "A1"], ["B", ""]]


def test_columns_go_by_their_headings(tmp_path: Path) -> None:
    def move(sheet: Worksheet) -> None:
        sheet.insert_cols(1)  # ahead of all others
        sheet["A4"] = "会议意见"

    says_what_was_written(TREE, changed(tmp_path, move))


def test_a_column_taken_out_is_told(tmp_path: Path) -> None:
    table = changed(tmp_path, lambda sheet: sheet.delete_cols(10))
    assert table.missing == (Part.NOTE,)
    assert all(part not in row.cells for row in table.rows for part in table.missing)


def test_a_code_that_became_a_day_is_a_day(tmp_path: Path) -> None:
    def make_a_day(sheet: Worksheet) -> None:
        sheet["B5"] = datetime(2026, 1, 1)

    cell = changed(tmp_path, make_a_day).rows[0].cells[Part.CODE]
    assert cell.text == "2026-01-01"
    assert not isinstance(cell.raw, str)


def test_a_formula_without_a_result_is_in_doubt(tmp_path: Path) -> None:
    def formula(sheet: Worksheet) -> None:
        sheet["E5"] = "=1/0"

    cell = changed(tmp_path, formula).rows[0].cells[Part.POINTS]
    assert cell.doubt is not None
    assert cell.points is None


def test_the_row_of_the_sum_is_no_indicator(tmp_path: Path) -> None:
    table = read(written(TREE, tmp_path))
    assert table.own.total == "合计"
    assert len(table.rows) == len([node for node in TREE.nodes if isinstance(node, Indicator)])


def test_a_renamed_sheet_is_found(tmp_path: Path) -> None:
    def rename(sheet: Worksheet) -> None:
        sheet.title = "征求意见稿"

    says_what_was_written(TREE, changed(tmp_path, rename))


def refused(path: Path) -> tuple[Code, object]:
    table, problems = read_table(path)
    assert table is None
    return problems[0].code, problems[0].place


def test_what_is_no_exported_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "u.xlsx"
    write_template(TREE, a_unit(), path, standards=lambda _: Words("无", "none")())
    assert refused(path) == (Code.N130, CellPlace(display_path(path)))
    assert refused(tmp_path / "none.xlsx")[0] is Code.S101


@pytest.mark.parametrize(
    ("begins", "column", "text"),
    [("heading", 2, "code"), ("heading", 3, "编码"), ("level", 1, "level"), ("line", 2, "D5")],
)
def test_one_whose_hidden_sheet_is_not_whole_is_refused(tmp_path: Path, begins: str, column: int, text: str) -> None:
    path = written(TREE, tmp_path)
    book = openpyxl.load_workbook(path)
    cells = [row[column - 1] for row in book[OWN_SHEET].iter_rows() if row[0].value == begins]
    lost = [cell for cell in cells if str(cell.value).startswith(text)]
    assert lost
    for cell in lost:
        cell.value = None
    book.save(path)
    assert refused(path) == (Code.N130, CellPlace(display_path(path)))


def test_one_of_another_format_is_refused(tmp_path: Path) -> None:
    path = written(TREE, tmp_path)
    book = openpyxl.load_workbook(path)
    book[OWN_SHEET]["B1"] = "99"
    book.save(path)
    assert refused(path) == (Code.N131, CellPlace(display_path(path)))


def test_one_without_its_headings_is_refused(tmp_path: Path) -> None:
    path = written(TREE, tmp_path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(4)
    book.save(path)
    assert refused(path) == (Code.N132, CellPlace(display_path(path)))


def test_a_heading_twice_is_refused_at_the_second(tmp_path: Path) -> None:
    path = written(TREE, tmp_path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["L4"] = "分值"
    book.save(path)
    assert refused(path) == (Code.N133, CellPlace(display_path(path), "指标体系", "L4"))
