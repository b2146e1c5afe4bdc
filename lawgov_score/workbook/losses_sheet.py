"""失分: where points are lost most, across all units: the chart, by category, by indicator."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xlsxwriter

from lawgov_score.explanation import lost_points, reach
from lawgov_score.model import BoolArray, Group, Indicator, Node, Scores, Status
from lawgov_score.rounding import without_dust
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import charts, labels, look
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.matrix_sheet import categories
from lawgov_score.workbook.page import Page, Text, finish, open_page

NAME = Words("失分", "Losses")
_HEADLINE = Words("失分集中在哪里", "Where points are lost")
_NOTE = Words(
    "统计已计分的 {n} 个单位。失分 = 适用分值 − 得分，未填报、待审核、填报有误的按计入分母的分值计；不适用的不计。",
    "{n} scored units. Lost = applicable points − score; what was not filled in, awaits review or is invalid "
    "loses the points that count for it; what does not apply loses nothing.",
)
_WEIGHTED = Words(
    "各项分值不是直接相加的，失分按该项在总分中所占的份量换算；短板、几何平均等按各部分份量相同估算。",
    "Points do not simply add up: losses are converted to what they cost the total; where a way is not linear, parts "
    "are taken to weigh the same.",
)
_CHART = Words("失分最多的 {n} 项指标（各单位合计失分）", "The {n} indicators that lose most (all units together)")
_BY_CATEGORY = Words("按类（二级指标）", "By category")
_BY_INDICATOR = Words("按指标（三级指标）", "By indicator")
_BY_GROUP = Words("按类", "By category")
_BY_LEAF = Words("按指标", "By indicator")
_NUMBER = Words("序", "No.")
_TITLE = Words("名称", "Title")
_LOST = Words("合计失分", "Points lost")
_MEAN_LOST = Words("每单位平均失分", "Lost per unit")
_RATE = Words("平均得分率", "Mean score rate")
_LOSING = Words("失分单位数", "Units losing")
_MISSING = Words("未填报单位数", "Units not answering")
_UNITS = Words("适用单位数", "Units concerned")
_CHARTED = 15


@dataclass(frozen=True, slots=True)
class Loss:
    """What all scored units lose at one node."""

    node: Node
    lost: float
    units: int  # to whom it applies
    rate: float  # mean score rate, nan where it applies to nobody
    losing: int
    missing: int


def losses(scores: Scores, nodes: Sequence[Node]) -> list[Loss]:
    """One entry a node, the largest loss first, in printed order where equal. Units without a total do not count.

    Losses are in points of the total: where parts are weighted, about what they cost it.
    """
    counted = labels.scored_rows(scores)
    all_lost, worth = lost_points(scores)[counted], reach(scores.tree)
    found = []
    for node in nodes:
        column = scores.node_column[node.code]
        points = scores.points[counted, column]
        score = np.nan_to_num(scores.scores[counted, column])
        concerned = points > 0
        lost = without_dust(all_lost[:, column] * abs(worth[node.code]))
        rate = float((score[concerned] / points[concerned]).mean()) if concerned.any() else float("nan")
        found.append(
            Loss(
                node,
                float(without_dust(lost.sum())),
                int(concerned.sum()),
                rate,
                int((lost > 0).sum()),
                int(_missing(scores, node)[counted].sum()),
            )
        )
    return sorted(found, key=lambda loss: -loss.lost)


def _is_single(scores: Scores, node: Node) -> bool:
    """Is it printed whether it applies to anybody or not? A repetition that nobody has is left out."""
    return not any(isinstance(above, Group) and above.repetition for above in scores.tree.ancestors(node.code))


def _missing(scores: Scores, node: Node) -> BoolArray:
    """(units,): is the indicator, or any indicator of the group, not filled in?"""
    below: list[Node] = [node]
    leaves: list[Node] = []
    while below:
        one = below.pop()
        if isinstance(one, Indicator):
            leaves.append(one)
        else:
            below.extend(one.children)
    columns = [scores.node_column[leaf.code] for leaf in leaves]
    found: BoolArray = (scores.status[:, columns] == Status.MISSING).any(axis=1)
    return found


def write(book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language) -> None:
    """The sheet 失分."""
    page = open_page(book, formats, NAME, lang, [6, 10, 52, 12, 15, 12, 12, 13, 12])
    row = page.line(0, _HEADLINE, look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    row = page.line(row, _NOTE(n=int(labels.scored_rows(scores).sum())), look.NOTE)
    if any(abs(worth) not in {0.0, 1.0} for worth in reach(scores.tree).values()):
        row = page.line(row, _WEIGHTED, look.NOTE)
    found = losses(scores, scores.tree.indicators)
    by_indicator = [loss for loss in found if loss.units or _is_single(scores, loss.node)]
    drawn = min(sum(loss.lost > 0 for loss in by_indicator), _CHARTED)
    chart_row = row
    height = 70 + 28 * drawn
    row += (height // 24 + 1) if drawn else 0
    for blank in range(chart_row, row):
        page.sheet.set_row(blank, 18)
    groups = categories(scores.tree)
    if not groups or isinstance(groups[0], Indicator):
        groups = ()
    is_usual = len(scores.tree.levels) == 3
    header = row + 1  # of the first table; the second one has the same headings
    if groups:
        row = _table(page, row, _BY_CATEGORY if is_usual else _BY_GROUP, losses(scores, groups))
    row = _table(page, row, _BY_INDICATOR if is_usual else _BY_LEAF, by_indicator)
    if drawn:
        first = row - len(by_indicator)
        chart = charts.bars(
            book,
            page.say(_CHART(n=drawn)),
            charts.Cells(page.sheet.get_name(), 2, first, first + drawn - 1),
            [charts.Series(page.say(_LOST), charts.Cells(page.sheet.get_name(), 3, first, first + drawn - 1))],
            size=(page.pixels, height),
            num_format="0.00",
        )
        page.sheet.insert_chart(chart_row, 0, chart, {"x_offset": 4, "y_offset": 4, "object_position": 2})
    finish(page, header=header, end=row)
    page.sheet.freeze_panes(0, 0)


def _table(page: Page, row: int, title: Text, found: Sequence[Loss]) -> int:
    row = page.line(row, title, look.HEADING)
    row = page.header(row, [_NUMBER, labels.CODE, _TITLE, _LOST, _MEAN_LOST, _RATE, _LOSING, _MISSING, _UNITS])
    for number, loss in enumerate(found, start=1):
        page.put(row, 0, number, look.CENTRED)
        page.put(row, 1, loss.node.code, look.CENTRED)
        page.put(row, 2, loss.node.title, look.TEXT)
        page.put(row, 3, loss.lost if loss.units else None, look.POINTS, bold=True)
        page.put(row, 4, loss.lost / loss.units if loss.units else None, look.POINTS)
        page.put(row, 5, loss.rate, look.PERCENT, num_format="0.0%")
        for column, count in ((6, loss.losing), (7, loss.missing), (8, loss.units)):
            page.put(row, column, count, look.WHOLE)
        page.height(row, [(loss.node.title, page.widths[2])])
        row += 1
    return row
