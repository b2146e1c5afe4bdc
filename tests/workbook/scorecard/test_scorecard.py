"""The scorecard: sheets, order, sums, states, print set-up; the words are not tested.

Reaches ``workbook/scorecard/details.py``, ``workbook/scorecard/method.py``, ``workbook/scorecard/problems.py``,
``workbook/scorecard/ranking.py``.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import formualizer
import numpy as np
import openpyxl
import pytest
from builders import a_given_score, a_group, a_submission, a_tree, a_unit
from legible import clipped_cells, formulas_without_value, shown
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from recalculation import differing
from rounds import a_round

from lawgov_score.catalogue import Code
from lawgov_score.content import labels, method
from lawgov_score.content.losses import losses
from lawgov_score.content.open_items import open_items
from lawgov_score.content.rates import categories, rates
from lawgov_score.model import Missing, Rescale, Scores
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.scorecard import plan as live_plan
from lawgov_score.workbook.scorecard import review as review_sheet
from lawgov_score.workbook.scorecard.scorecard import write_scorecard

SHEETS = ["排名", "分类得分", "分析", "明细", "合成", "填报值", "失分", "评定", "问题", "方法"]
DATA = {"合成", "填报值"}  # too wide for a page
WRONG = Problem(
    Code.S203,
    CellPlace("U4.xlsx", "填报", "D11"),
    {"field": "普法次数", "found": "约95", "example": "95.3%", "hint": ""},
)


@pytest.fixture(scope="module")
def scores() -> Scores:
    return a_round()


@pytest.fixture(scope="module")
def path(scores: Scores, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("scorecard") / "scorecard.xlsx"
    write(scores, target)
    return target


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path, data_only=True)


def write(scores: Scores, target: Path, lang: Language = Language.ZH) -> None:
    problems = [*scores.problems, WRONG]
    write_scorecard(scores, target, problems=problems, inputs=[("U1.xlsx", "ab" * 32)], lang=lang)


def texts(sheet: Worksheet) -> set[object]:
    return {cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def rows_with(sheet: Worksheet, column: int, values: set[str]) -> Iterator[list[object]]:
    """Rows of ``sheet`` whose cell in ``column`` (from 0) is one of ``values``, top to bottom."""
    for row in sheet.iter_rows(values_only=True):
        if row[column] in values:
            yield list(row)


def codes(scores: Scores) -> set[str]:
    return {unit.code for unit in scores.units}


def test_sheets_in_both_languages(book: Workbook, scores: Scores, tmp_path: Path) -> None:
    assert [sheet.title for sheet in shown(book)] == SHEETS
    write(scores, tmp_path / "en.xlsx", Language.EN)
    english = openpyxl.load_workbook(tmp_path / "en.xlsx")
    assert [sheet.title for sheet in shown(english)] == [
        "Ranking",
        "Categories",
        "Analysis",
        "Details",
        "Sums",
        "Figures",
        "Losses",
        "Review",
        "Problems",
        "Method",
    ]


def test_ranking_is_in_order_of_places_within_cohorts_and_the_unscored_come_last(
    book: Workbook, scores: Scores
) -> None:
    rows = list(rows_with(book["排名"], 3, codes(scores)))
    order = [scores.units[int(row)].code for row in scores.order if scores.rank[row]]
    unscored = [scores.units[int(row)].code for row in scores.order if not scores.rank[row]]
    assert unscored == ["U7"]
    assert [row[3] for row in rows] == order + unscored
    for found in rows:
        row = [unit.code for unit in scores.units].index(str(found[3]))
        assert found[2] == scores.units[row].name
        assert (found[6] or "") == labels.grade(scores, row, Language.ZH)
        if scores.rank[row]:
            assert (found[0], found[1]) == (scores.rank[row], scores.overall_rank[row])
            assert found[5] == pytest.approx(scores.total[row])
            tops = [scores.scores[row, scores.node_column[top.code]] for top in scores.tree.children]
            assert found[7:9] == pytest.approx(tops)
            assert found[10] == pytest.approx(scores.raw_total[row])
        else:
            assert [found[i] for i in (0, 1, 5, 7, 8, 9, 10)] == [None] * 7
            assert found[11]  # why


def test_a_cap_on_the_grade_is_explained(book: Workbook, scores: Scores) -> None:
    capped = {unit.code for unit, reasons in zip(scores.units, scores.grade_reasons, strict=True) if reasons}
    explained = {row[3] for row in rows_with(book["排名"], 3, codes(scores)) if row[11] and row[5] is not None}
    assert capped
    assert explained == capped


def test_details_add_up_to_the_ranking(book: Workbook, scores: Scores) -> None:
    rows = list(rows_with(book["明细"], 2, codes(scores)))
    assert len(rows) == len(scores.units) * len(scores.tree.indicators)
    for row, unit in enumerate(scores.units):
        own = [found for found in rows if found[2] == unit.code]
        points, got, lost = (sum(float(str(f[c])) for f in own if f[c] is not None) for c in (7, 8, 9))
        assert lost == pytest.approx(points - got)
        if scores.rank[row]:
            assert got == pytest.approx(scores.raw_total[row])
            assert points == pytest.approx(scores.raw_points[row])


def test_states_are_named_and_their_scores_blank(book: Workbook, scores: Scores) -> None:
    found = {(row[2], row[4]): row for row in rows_with(book["明细"], 2, codes(scores))}
    for key, state in {
        ("U6", "02-1"): "未填报",
        ("U5", "02-2"): "不适用",
        ("U3", "01-1"): "待审核",
        ("U4", "03-3"): "填报有误",
        ("U7", "01-1"): "未填报",
        ("U4", "01-1"): "不适用",
    }.items():
        row = found[key]
        assert (row[10], row[8]) == (state, None), key
        assert row[11], key  # the reason
    assert found["U3", "03-1"][8] == 0  # never sent: a zero, and not missing
    assert found["U3", "03-1"][6] == "未报送"
    assert found["U1", "01-1"][6] == pytest.approx(0.9)
    assert found["U1", "02-1"][12] == "填报!D6"
    assert found["U1", "01-1"][12] == "填报!D2:D3"


def test_category_rates_and_points(book: Workbook, scores: Scores) -> None:
    nodes = categories(scores.tree)
    assert [node.code for node in nodes] == ["01", "02", "03"]
    names = {unit.name: row for row, unit in enumerate(scores.units)}
    rows = list(rows_with(book["分类得分"], 0, set(names)))
    assert len(rows) == 2 * 6  # once as rates, once as points
    rate = rates(scores, nodes)
    columns = [scores.node_column[node.code] for node in nodes]
    for i, found in enumerate(rows):
        member = names[str(found[0])]
        wanted = rate[member] if i < 6 else scores.scores[member, columns]
        assert [np.nan if value is None else value for value in found[2:]] == pytest.approx(wanted, nan_ok=True)
    kinds = {rule.type for area in book["分类得分"].conditional_formatting for rule in area.rules}
    assert "colorScale" in kinds


def test_losses_are_sorted_and_leave_out_units_without_a_score(scores: Scores) -> None:
    found = losses(scores, scores.tree.indicators)
    assert [loss.lost for loss in found] == sorted((loss.lost for loss in found), reverse=True)
    assert sum(loss.lost for loss in found) == pytest.approx(np.nansum(scores.raw_points[:6] - scores.raw_total[:6]))
    by_code = {loss.node.code: loss for loss in found}
    assert (by_code["02-1"].missing, by_code["02-1"].units, by_code["02-1"].losing) == (1, 6, 2)
    assert by_code["02-2"].units == 4


def test_problems_name_unit_code_and_cell(book: Workbook) -> None:
    rows = [row for row in book["问题"].iter_rows(values_only=True) if row[3] == "S203"]
    assert [(row[0], row[4]) for row in rows] == [("=1+1 街道办事处", "U4.xlsx:填报!D11")]
    missing = [row for row in book["问题"].iter_rows(values_only=True) if row[5] and "02-1（" in str(row[5])]
    assert len(missing) == 1


def test_method_has_fingerprints_waivers_and_every_standard(book: Workbook, scores: Scores) -> None:
    found = texts(book["方法"])
    assert {scores.tree.fingerprint, "ab" * 32, "原件如此", scores.tree.notice} <= found
    assert {indicator.code for indicator in scores.tree.indicators} <= found


def test_user_text_never_becomes_a_formula(book: Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=1+1 街道办事处"]
    assert len(cells) > 5
    assert {cell.data_type for cell in cells} == {"s"}


def test_scores_are_formulas_over_the_figures_and_come_to_the_same(path: Path, scores: Scores) -> None:
    formulas, wrong = differing(path)
    assert wrong == []
    live = openpyxl.load_workbook(path)["明细"]
    scored = [row for row in live.iter_rows(min_row=2, values_only=True) if row[10] == "已计分"]
    assert formulas > 3 * len(scores.units)
    assert scored
    assert all(str(row[8]).startswith("=") for row in scored)


def test_a_figure_tried_out_moves_the_score(path: Path) -> None:
    """The formulas read the figures sheet: they are no constants dressed as formulas."""
    engine = formualizer.load_workbook(str(path))
    live = openpyxl.load_workbook(path)
    row = next(r for r in range(2, 60) if "填报值" in str(live["明细"].cell(r, 9).value))
    code = str(live["明细"].cell(row, 5).value)
    column = next(c for c in range(4, 30) if str(live["填报值"].cell(2, c).value).startswith(code))
    unit = live["明细"].cell(row, 3).value
    at = next(r for r in range(4, 30) if live["填报值"].cell(r, 3).value == unit)
    line = next(r for r in range(5, 30) if live["排名"].cell(r, 4).value == unit)
    cells = [("明细", row, 9), ("排名", line, 6)]
    before = [engine.evaluate_cell(*cell) for cell in cells]
    engine.set_value("填报值", at, column, formualizer.LiteralValue.text(""))
    after = [engine.evaluate_cell(*cell) for cell in cells]
    assert all(now != then for now, then in zip(after, before, strict=True)), (before, after)


def test_too_many_formulas_are_values_and_said_so(
    scores: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_plan, "MOST_LIVE", 10)
    write(scores, tmp_path / "many.xlsx")
    assert differing(tmp_path / "many.xlsx") == (0, [])
    book = openpyxl.load_workbook(tmp_path / "many.xlsx")
    assert not DATA & set(book.sheetnames)
    for name in ("排名", "方法"):
        assert render(method.STATED, Language.ZH) in texts(book[name])


def test_charts_show_every_unit(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3 + 4  # one a cohort, one of losses; the analysis
    assert all('<c:tickLblSkip val="1"/>' in chart for chart in charts)


def test_printing(book: Workbook) -> None:
    for sheet in shown(book):
        across = "portrait" if sheet.title == "分析" else "landscape"
        assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == ("9", across)
        if sheet.title in DATA:
            assert sheet.print_title_cols  # the units stand on each page
        else:
            assert (sheet.page_setup.fitToWidth or 1) == 1
            assert sheet.page_setup.fitToHeight in {0, None}  # as long as it is, or all on one page
        assert sheet.print_title_rows
        assert sheet.oddFooter is not None
        assert "&P" in str(sheet.oddFooter.center.text)
    assert book["明细"].auto_filter.ref
    assert book["明细"].freeze_panes == "C2"


@pytest.mark.parametrize("lang", list(Language))
def test_nothing_is_clipped(scores: Scores, tmp_path: Path, lang: Language) -> None:
    write(scores, tmp_path / "scorecard.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "scorecard.xlsx")
    assert [cell for sheet in shown(book) for cell in clipped_cells(sheet)] == []
    assert formulas_without_value(tmp_path / "scorecard.xlsx") == []


def test_same_scores_same_bytes(path: Path, scores: Scores, tmp_path: Path) -> None:
    write(scores, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "policies",
    [
        {"missing": Missing.EXCLUDE},
        {"not_applicable": Rescale.PARENT},
        {"not_applicable": Rescale.NONE},
        {"round_total": None},
    ],
)
def test_other_policies(tmp_path: Path, policies: dict[str, object]) -> None:
    scores = a_round(policies=policies)
    write(scores, tmp_path / "scorecard.xlsx")
    book = openpyxl.load_workbook(tmp_path / "scorecard.xlsx", data_only=True)
    found = {row[3]: row[5] for row in rows_with(book["排名"], 3, codes(scores))}
    for row, unit in enumerate(scores.units):
        if scores.rank[row]:
            assert found[unit.code] == pytest.approx(scores.total[row])


def test_of_very_many_things_to_do_only_so_many_are_listed(
    scores: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is said; the list of the terminal counts them all."""
    items = open_items(scores)
    assert items
    monkeypatch.setattr(review_sheet, "_MOST_OPEN", len(items) - 1)
    write(scores, tmp_path / "short.xlsx")
    rows = [
        [str(cell.value) for cell in row] for row in openpyxl.load_workbook(tmp_path / "short.xlsx")["评定"].iter_rows()
    ]
    assert sum(row[2].startswith("待办") for row in rows) == len(items) - 1
    assert any(f"共 {len(items)} 件" in row[0] for row in rows)


def test_what_is_taken_off_is_darker_the_more_it_is(tmp_path: Path) -> None:
    off = a_group(code="C", children=[a_given_score(code="C-1", points=8.0)], weight=-1.0, points=8.0)
    tree = a_tree(children=[a_group(code="A", children=[a_given_score(code="A-1", points=100.0)]), off])
    unit = a_unit()
    scores = score(tree, (unit,), [a_submission(unit=unit, answers={"A-1.x": 90.0, "C-1.x": 8.0})])
    write(scores, tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["分类得分"]
    ends = [
        [colour.rgb for colour in rule.colorScale.color] for area in sheet.conditional_formatting for rule in area.rules
    ]
    assert ends[0][0] == ends[1][2] != ends[0][2] == ends[1][0]
    assert any("扣得越多" in str(cell.value) for row in sheet.iter_rows(max_row=6) for cell in row)
