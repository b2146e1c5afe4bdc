"""The table as a workbook: each node stands once in its row, in whatever tree; the same tree gives the same bytes.

Reaches ``content/circulated.py``, ``explanation/asked.py``.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from builders import a_group, a_tree, an_indicator
from hypothesis import HealthCheck, Phase, given, settings
from legible import clipped_cells, formulas_without_value, shown
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from random_rounds import Round, rounds

from lawgov_score.content import circulated
from lawgov_score.content.circulated import NO_GROUP, group_in, points_in
from lawgov_score.model import Group, Indicator, Tree
from lawgov_score.problems import is_error
from lawgov_score.report import render
from lawgov_score.tree import load
from lawgov_score.wording import Language
from lawgov_score.workbook.circulated.book import write_book
from lawgov_score.workbook.circulated.own_cells import OWN_SHEET
from lawgov_score.workbook.writing.paper import A3, A4, Paper

ROOT = Path(__file__).parents[3]
TREES = sorted(
    path.parent
    for path in [*ROOT.glob("tests/schemes/*/tree.yaml"), *ROOT.glob("indicators/*/tree.yaml")]
    if path.parent.name not in {"h-contradictions", "h-target-twice", "c-weights-apart"}  # errors; no points
)
QUJIALING = ROOT / "indicators" / "qujialing-2017"
APART = ROOT / "tests" / "schemes" / "c-weights-apart"


def the_tree(folder: Path) -> Tree:
    tree, problems = load(folder)
    assert tree is not None, [problem for problem in problems if is_error(problem)]
    return tree


def written(tree: Tree, folder: Path, lang: Language = Language.ZH) -> Path:
    path = folder / "tree.xlsx"
    write_book(tree, path, lang)
    return path


def table_of(path: Path) -> tuple[Worksheet, dict[str, int], int]:
    """The sheet, its columns by heading, and the row of headings."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    row = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "序号")
    return sheet, {str(sheet.cell(row, column).value): column for column in range(1, sheet.max_column + 1)}, row


def each_node_stands_once(tree: Tree, path: Path) -> None:
    sheet, columns, heading = table_of(path)
    codes = [sheet.cell(row, columns["编码"]).value for row in range(heading + 1, sheet.max_row + 1)]
    groups: dict[str, tuple[str, object]] = {}
    first, last = columns["编码"] + 1, columns["分值"] - 1
    for row in range(heading + 1, sheet.max_row + 1):
        for column in range(first, last):
            text = sheet.cell(row, column).value
            if isinstance(text, str) and "\n" in text:
                code, title, points = group_in(text)
                if code in groups:  # on another page
                    assert (title, points) == (groups[code][0] + "（续）", groups[code][1])
                    continue
                groups[code] = title, points
    for node in tree.shown_once:
        code = node.copy_of or node.code
        own = tree.points_of(node.code)
        points = own[0][1] if len(own) == 1 else {name: worth for names, worth in own for name in names}
        if code in groups:
            assert codes.count(code) == 0
            assert groups.pop(code) == (node.title, pytest.approx(points))
            continue
        assert codes.count(code) == 1, code
        row = heading + 1 + codes.index(code)
        titles = [sheet.cell(row, column).value for column in range(first, last + 1)]
        assert titles.count(node.title) >= 1
        assert points_in(sheet.cell(row, columns["分值"]).value) == pytest.approx(points)
        if isinstance(node, Indicator):
            assert titles[-1] == node.title
            assert (sheet.cell(row, columns["佐证材料"]).value or "") == "\n".join(node.evidence)
    assert not groups
    assert len([code for code in codes if code]) == len(circulated.lines(tree))


@pytest.mark.parametrize("folder", TREES, ids=lambda folder: folder.name)
def test_every_code_title_and_points_stand_once_in_their_row(folder: Path, tmp_path: Path) -> None:
    tree = the_tree(folder)
    each_node_stands_once(tree, written(tree, tmp_path))


def test_a_tree_that_keeps_its_points_apart_shows_those_of_the_weight_set(tmp_path: Path) -> None:
    weights = next(path for path in sorted(APART.glob("*.yaml")) if path.name != "tree.yaml")
    tree, _ = load(APART, weights)
    assert tree is not None
    each_node_stands_once(tree, written(tree, tmp_path))
    sheet, _, _ = table_of(tmp_path / "tree.xlsx")
    assert tree.weight_set
    assert tree.weight_set in str(sheet.cell(2, 1).value)


@given(done=rounds(most_units=1))
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
def test_so_they_do_in_random_trees(tmp_path: Path, done: Round) -> None:
    path = written(done.tree, tmp_path)
    each_node_stands_once(done.tree, path)
    before = path.read_bytes()
    assert written(done.tree, tmp_path).read_bytes() == before


@pytest.mark.parametrize("lang", list(Language))
def test_nothing_is_clipped_in_either_language_and_on_either_paper(lang: Language, tmp_path: Path) -> None:
    tree = the_tree(QUJIALING)
    for number, paper in ((8, A3), (9, A4)):
        path = tmp_path / f"{number}.xlsx"
        write_book(tree, path, lang, paper=paper)
        book = openpyxl.load_workbook(path)
        assert [fault for sheet in shown(book) for fault in clipped_cells(sheet)] == []
        assert formulas_without_value(path) == []
        assert int(book.worksheets[0].page_setup.paperSize or 0) == number


def test_it_is_set_up_for_print_and_for_editing(tmp_path: Path) -> None:
    tree = the_tree(QUJIALING)
    sheet, columns, heading = table_of(written(tree, tmp_path))
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == f"${heading}:${heading}"
    assert not sheet.protection.sheet
    assert sheet.cell(1, 1).font.name == "方正小标宋简体"
    code, standard = sheet.cell(heading + 1, columns["编码"]), sheet.cell(heading + 1, columns["评分标准"])
    assert (code.number_format, code.data_type, code.value) == ("@", "s", "01-1")
    below = sheet.column_dimensions[get_column_letter(columns["编码"])]
    assert below.number_format == "@"  # of rows that are put in
    assert below.border.left.style is None
    assert standard.fill.fgColor.rgb == "FFE7E6E6"
    note = sheet.cell(heading, columns["评分标准"]).comment
    assert note is not None
    assert "评分标准由规则生成，请在 YAML 中修改" in note.text
    (check,) = sheet.data_validations.dataValidation
    assert check.prompt == "评分标准由规则生成，请在 YAML 中修改"
    assert check.type in {None, "any"}  # it says so, and refuses nothing: a new row may have a proposal there
    assert [sheet.cell(heading, columns["编码"] + i + 1).value for i in range(3)] == [*tree.levels]


def test_level_cells_are_merged_over_what_stands_in_them(tmp_path: Path) -> None:
    tree = the_tree(QUJIALING)
    sheet, columns, heading = table_of(written(tree, tmp_path))
    counted = {
        node.code: sum(node in tree.ancestors(one.code) for one in tree.indicators)
        for node in tree.nodes
        if isinstance(node, Group)
    }
    merged: dict[str, int] = {}
    covered = {cell for area in sheet.merged_cells.ranges for row in area.rows for cell in row}
    for area in sheet.merged_cells.ranges:
        if area.min_row > heading and area.min_col > columns["编码"]:
            code = group_in(str(sheet.cell(area.min_row, area.min_col).value))[0]
            merged[code] = merged.get(code, 0) + area.max_row - area.min_row + 1
    for row in range(heading + 1, heading + 130):
        for column in range(columns["编码"] + 1, columns["分值"] - 1):
            if (row, column) not in covered:  # a single row of a group, on its page
                code = group_in(str(sheet.cell(row, column).value))[0]
                merged[code] = merged.get(code, 0) + 1
    assert merged == counted
    assert any(n > 1 for n in counted.values())


def pages_of(sheet: Worksheet, heading: int, end: int) -> list[tuple[int, int]]:
    """First and last row of the table on every page that the breaks make; rows from 1."""
    breaks = sorted(one.id for one in sheet.row_breaks.brk)
    return list(zip([heading + 1, *(one + 1 for one in breaks)], [*breaks, end], strict=True))


@pytest.mark.parametrize("paper", [A3, A4], ids=["A3", "A4"])
@pytest.mark.parametrize("lang", list(Language))
def test_every_page_says_whose_rows_it_has_and_ends_in_a_line(tmp_path: Path, paper: Paper, lang: Language) -> None:
    """No merged cell goes over the end of a page; a group that goes on is named again, with room for its text."""
    path = tmp_path / "t.xlsx"
    tree = the_tree(QUJIALING)
    write_book(tree, path, lang, paper=paper)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    heading = next(row for row in range(1, 9) if sheet.cell(row, 1).value in {"序号", "No."})
    pages = pages_of(sheet, heading, heading + 129)
    assert len(pages) > 5
    areas = [area for area in sheet.merged_cells.ranges if area.min_row > heading and area.min_col in {3, 4}]
    for first, last in pages:
        assert not [str(area) for area in areas if area.min_row < first <= area.max_row]
        assert not [str(area) for area in areas if area.min_row <= last < area.max_row]
        for column in (3, 4):
            assert sheet.cell(first, column).value
            area = next((one for one in areas if (one.min_row, one.min_col) == (first, column)), None)
            foot = sheet.cell(area.max_row if area else first, column)
            assert foot.border.bottom.style
    marked = [str(sheet.cell(first, 3).value) for first, _ in pages[1:]]
    mark = "（续）" if lang is Language.ZH else " (continued)"
    assert [text for text in marked if mark in text]
    assert {text.split("\n")[0] for text in marked} == {"A", "B", "C"} & {text.split("\n")[0] for text in marked}


def test_pages_are_filled(tmp_path: Path) -> None:
    """The columns share the width so that rows need few lines, and pages end late: 11 for what took 13."""
    sheet, _, heading = table_of(written(the_tree(QUJIALING), tmp_path))
    pages = pages_of(sheet, heading, heading + 130)
    assert len(pages) <= 11
    total = sum(float(one.width) for one in sheet.column_dimensions.values())
    assert total < 220  # no smaller print for it


def test_the_sum_is_a_formula_that_takes_in_rows_put_in_below(tmp_path: Path) -> None:
    sheet, columns, heading = table_of(written(the_tree(QUJIALING), tmp_path))
    letter = get_column_letter(columns["分值"])
    row = heading + 130
    assert sheet.cell(row, 1).value == "合计"
    assert sheet.cell(row, columns["分值"]).value == f"=SUM({letter}{heading + 1}:INDEX({letter}:{letter},ROW()-1))"


def test_where_points_do_not_add_up_to_the_total_there_is_no_sum(tmp_path: Path) -> None:
    tree = the_tree(ROOT / "tests" / "schemes" / "c-points-by-type")
    sheet, columns, heading = table_of(written(tree, tmp_path))
    said = {sheet.cell(row, columns["分值"]).value for row in range(heading + 1, sheet.max_row + 1)}
    assert any(isinstance(points_in(one), dict) for one in said)
    assert all(sheet.cell(row, 1).value != "合计" for row in range(1, sheet.max_row + 1))


def test_a_level_that_a_row_skips_says_so(tmp_path: Path) -> None:
    leaf = an_indicator(code="B", title="直接列在最上面的", points=1.0)
    group = a_group(code="A", children=[an_indicator(code="A-1")])
    tree = a_tree(children=[group, leaf], levels=("类", "小项"))
    sheet, columns, heading = table_of(written(tree, tmp_path))
    first = columns["编码"] + 1
    assert [sheet.cell(heading + 2, first + i).value for i in range(2)] == [NO_GROUP, leaf.title]


def test_the_hidden_sheet_can_be_shown_by_a_program_alone(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(the_tree(QUJIALING), tmp_path))
    assert [sheet.title for sheet in shown(book)] == ["指标体系", "其他规定"]
    assert book[OWN_SHEET].sheet_state == "veryHidden"


def rules_in(tree: Tree, folder: Path) -> Iterator[str]:
    sheet = openpyxl.load_workbook(written(tree, folder)).worksheets[1]
    return (str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_the_other_rules_are_all_there(tmp_path: Path) -> None:
    text = "\n".join(rules_in(the_tree(ROOT / "tests" / "schemes" / "e-vetoes-and-limits"), tmp_path))
    assert "一票否决" in text
    assert "加分" in text
    shared = the_tree(ROOT / "tests" / "schemes" / "a-shared-figures")
    text = "\n".join(rules_in(shared, tmp_path))
    assert all(field.name in text for block in shared.blocks for field in block.fields)
    tree = the_tree(QUJIALING)
    text = "\n".join(rules_in(tree, tmp_path))
    assert all(grade.name in text for grade in tree.grades)
    assert all(veto.title in text for veto in tree.vetoes)
    assert all(one.basis in text for one in tree.nodes if one.basis)
    waived = the_tree(ROOT / "tests" / "schemes" / "h-waived")
    text = "\n".join(rules_in(waived, tmp_path))
    assert waived.waivers
    assert all(one.reason in text for one in waived.waivers)


def test_checks_claims_and_the_places_of_entries_are_rules_too(tmp_path: Path) -> None:
    bounds, claims, ranked = (
        the_tree(ROOT / "tests" / "schemes" / name) for name in ("a-bounds", "d-claims", "c-windows-ranked")
    )
    text = "\n".join(rules_in(bounds, tmp_path))
    says = [check.says for node in bounds.indicators for check in node.checks]
    assert says
    assert all(one in text for one in says)
    rules = [*rules_in(claims, tmp_path)]
    titles = [node.title for node in claims.indicators if node.may_not_apply]
    assert titles
    assert all(title in rules[rules.index("可以申报不适用") + 1] for title in titles)
    assert "各个另与同组各单位的一起排名次" in "\n".join(rules_in(ranked, tmp_path))


def test_a_notice_that_readers_must_see_stands_above_the_table(tmp_path: Path) -> None:
    sheet, _, heading = table_of(written(replace(the_tree(QUJIALING), notice="本表系重构，供演示。"), tmp_path))
    assert str(sheet.cell(heading - 1, 1).value).startswith("本表系重构，供演示。\n")


@pytest.mark.parametrize("folder", TREES, ids=lambda folder: folder.name)
def test_no_rule_is_told_twice(folder: Path) -> None:
    said = [
        (render(label, Language.ZH), render(text, Language.ZH))
        for section in circulated.other_rules(the_tree(folder))
        for label, text in section.rows
    ]
    texts = [text for label, text in said if len(text) > 30]  # short ones may hold of several: 各指标得分不汇总
    assert len(set(said)) == len(said)
    assert len(set(texts)) == len(texts)


def test_what_no_cell_can_show_is_printed_in_full_behind_the_rules(tmp_path: Path) -> None:
    tree = the_tree(ROOT / "tests" / "schemes" / "b-rates")
    first, *others = tree.children
    while isinstance(first, Group):
        first, *others = first.children
    assert isinstance(first, Indicator)
    note = "各单位按季度报送。" * 300
    tree = replace(tree, children=(replace(first, note=note), *others), levels=tree.levels[-1:])
    said = [*rules_in(tree, tmp_path)]
    at = next(i for i, text in enumerate(said) if text.endswith("一格印不下的全文"))
    assert "".join(text for text in said[at:] if text.startswith("各单位")) == note
    sheet, columns, heading = table_of(tmp_path / "tree.xlsx")
    assert sheet.cell(heading + 1, columns["说明"]).value == note
