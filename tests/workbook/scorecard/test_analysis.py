"""分析: charts over the tables that they show, figures live and right, on paper; rounds of every size.

Reaches ``workbook/writing/charts.py``.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import everything
import openpyxl
import pytest
from builders import a_cohort, a_given_score, a_submission, a_tree, a_unit, a_unit_type
from legible import clipped_cells
from openpyxl.worksheet.worksheet import Worksheet
from recalculation import differing

from lawgov_score.model import Scores
from lawgov_score.model.previous import Previous
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.scorecard.scorecard import write_scorecard
from lawgov_score.workbook.writing.charts import height_of


def a_round(totals: Sequence[float | None], *, cohorts: int = 1, backwards: bool = False, **other: Any) -> Scores:
    """A unit a total, None: nothing came."""
    tree = a_tree(
        indicators=[a_given_score(points=100.0)],
        unit_types=[a_unit_type(code=f"t{i}") for i in range(cohorts)],
        cohorts=[a_cohort(code=f"c{i}", name=f"第{i}组", unit_types=[f"t{i}"]) for i in range(cohorts)],
        **other,
    )
    units = [a_unit(code=f"U{i:04}", type=f"t{i % cohorts}", cohort=f"c{i % cohorts}") for i in range(len(totals))]
    came = [
        a_submission(unit=unit, answers={"01-1.x": total})
        for unit, total in zip(units, totals, strict=True)
        if total is not None
    ]
    return score(tree, tuple(units[::-1]) if backwards else tuple(units), came[::-1] if backwards else came)


def written(scores: Scores, path: Path, lang: Language = Language.ZH) -> Path:
    write_scorecard(scores, path, problems=scores.problems, inputs=(), lang=lang)
    return path


def the_sheet(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path, data_only=True)["分析"]


def charts_of(path: Path) -> Iterator[str]:
    """The charts of the sheet, as they are stored."""
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith("xl/charts/chart") and "分析" in (text := parts.read(name).decode()):
                yield text


def series_of(chart: str) -> list[tuple[str, str]]:
    """Names and values of each series: ``$B$9:$B$12``."""
    cells = re.findall(r"<c:f>'?分析'?!(.*?)</c:f>", chart)
    return list(zip(cells[::2], cells[1::2], strict=True))


def column(sheet: Worksheet, cells: str) -> list[Any]:
    """What stands in ``$B$9:$B$12``."""
    found = sheet[cells.replace("$", "")]
    return [row[-1].value for row in found] if isinstance(found, tuple) else [found.value]


def test_charts_show_the_tables(tmp_path: Path) -> None:
    path = written(a_round([90, 60, 70, 85, 80, 72], cohorts=2), tmp_path / "s.xlsx")
    sheet = the_sheet(path)
    spread, cohorts, aspects, costs = charts_of(path)
    ((_, counts),) = series_of(spread)
    assert sum(column(sheet, counts)) == 6
    assert [column(sheet, values) for _, values in series_of(cohorts)] == [
        [80, pytest.approx(217 / 3)],
        [90, 85],
        [70, 60],
    ]
    assert {tuple(column(sheet, names)) for names, _ in series_of(cohorts)} == {("第0组", "第1组")}
    assert [column(sheet, values) for _, values in series_of(aspects)] == [[0.8], [pytest.approx(2.17 / 3)]]
    assert [column(sheet, values) for _, values in series_of(costs)] == [[20], [pytest.approx(83 / 3)]]


def test_charts_read_in_black_and_white_and_name_their_axes(tmp_path: Path) -> None:
    path = written(a_round([90, 60, 70, 85], cohorts=2), tmp_path / "s.xlsx")
    charts = list(charts_of(path))
    assert len(charts) == 4
    for chart in charts:
        assert '<c:tickLblSkip val="1"/>' in chart
        assert chart.count("<c:title>") == 2  # of both axes: the heading above is the chart's own
        assert "<c:legend>" not in chart  # several bars of a name say beside them what they are
        assert (chart.count('<c:showSerName val="1"/>') == chart.count("<c:ser>")) is (chart.count("<c:ser>") > 1)
        assert not re.search(r'<c:dLblPos val="(?!outEnd)', chart)  # beside the bars
        assert re.search(r'<c:min val="0(\.0)?"/>', chart)
        assert "宋体" in chart
    assert all("a:pattFill" in chart for chart in charts)


def test_bars_on_their_side_leave_room_for_names_and_labels(tmp_path: Path) -> None:
    """Names fit to the left of the bars' area, the longest label to its right, every label its own bar's height."""
    path = written(everything.a_round(), tmp_path / "s.xlsx")
    lying = [chart for chart in charts_of(path) if '<c:barDir val="bar"/>' in chart]
    assert lying
    for chart in lying:
        left, wide = (float(re.search(rf'<c:{side} val="([0-9.]+)"/>', chart)[1]) for side in ("x", "w"))  # type: ignore[index]
        assert 0.05 < left < 0.5
        assert left + wide < 0.96
    for series in (["得分"], ["平均分", "最高分"], ["有执法权部门组", "无执法权部门组", "双管单位组"]):
        tall = [height_of(names, series, has_title=False, has_axis_title=True) for names in (30, 31)]
        assert (tall[1] - tall[0]) / len(series) >= 16  # pixels; a label of 8 points is 11 tall


def with_a_last_edition(scores: Scores, ranks: dict[str, int]) -> Scores:
    return replace(scores, previous=Previous("last", ranks, {}, {}, {}))


def test_who_rose_and_who_fell_is_drawn_where_a_last_edition_was_given(tmp_path: Path) -> None:
    scores = a_round([90, 60, 70, 85])  # places now: U0000, U0003, U0002, U0001
    path = written(with_a_last_edition(scores, {"U0000": 3, "U0001": 1, "U0002": 2, "U0003": 2}), tmp_path / "s.xlsx")
    sheet = the_sheet(path)
    (chart,) = (chart for chart in charts_of(path) if "位次上升" in chart)
    ((names, values),) = series_of(chart)
    assert column(sheet, names) == ["单位U0000", "单位U0002", "单位U0001"]
    assert column(sheet, values) == [2, -1, -3]
    assert '<c:tickLblPos val="low"/>' in chart  # names stand beside the bars that go left
    none = written(scores, tmp_path / "none.xlsx")
    assert not [chart for chart in charts_of(none) if "位次上升" in chart]


CASES = {
    "one unit": a_round([83]),
    "two units": a_round([83, 71]),
    "all equal": a_round([83] * 5, cohorts=2),
    "a cohort without scores": a_round([83, None, 70, None], cohorts=2),
    "nobody": a_round([None, None], cohorts=2),
    "no grades": a_round([83, 71, 60], grades=()),
    "many cohorts": a_round([50.0 + i for i in range(24)], cohorts=8),
    "below zero": a_round([-20, 30, 60], cohorts=3),
    "lower is better": a_round([83, 71], policies={"lower_is_better": True}),
    "moved": with_a_last_edition(a_round([90, 60, 70], cohorts=2), {"U0000": 2, "U0002": 1, "U0001": 1}),
    "nobody moved": with_a_last_edition(a_round([90, 60]), {"U0000": 1, "U0001": 2}),
    "everything": everything.a_round(),
}


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("case", CASES)
def test_every_formula_agrees_and_nothing_is_clipped(case: str, lang: Language, tmp_path: Path) -> None:
    path = written(CASES[case], tmp_path / "s.xlsx", lang)
    assert differing(path)[1] == []
    sheet = openpyxl.load_workbook(path)["分析" if lang is Language.ZH else "Analysis"]
    assert list(clipped_cells(sheet)) == []


def test_the_order_of_inputs_changes_nothing(tmp_path: Path) -> None:
    totals = [90, 60, None, 85, 80, 72]
    one = written(a_round(totals, cohorts=2), tmp_path / "one.xlsx")
    other = written(a_round(totals, cohorts=2, backwards=True), tmp_path / "other.xlsx")
    assert one.read_bytes() == other.read_bytes()


def test_no_page_ends_within_a_chart(tmp_path: Path) -> None:
    path = written(a_round([50.0 + i for i in range(24)], cohorts=6), tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(path)["分析"]
    with zipfile.ZipFile(path) as parts:
        drawings = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/drawings/drawing")]
    (drawing,) = (text for text in drawings if text.count("<xdr:from>") == 4)
    rows = [int(row) for row in re.findall(r"<xdr:row>(\d+)</xdr:row>", drawing)]
    spans = list(zip(rows[::2], rows[1::2], strict=True))
    breaks = [one.id for one in sheet.row_breaks.brk]
    assert len(breaks) >= 1
    assert not [(at, span) for at in breaks for span in spans if span[0] < at <= span[1]]
