"""Categories on the ranking page: every unit's score rate at each category, and the total loss of each."""

import math

from lawgov_score.content import analysis, labels, losses, rates
from lawgov_score.model import Scores
from lawgov_score.pages import charts
from lawgov_score.pages.charts import Axis, Bar
from lawgov_score.pages.document import note, section
from lawgov_score.pages.figures import points_text, rate_text
from lawgov_score.pages.html import Content, Html, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.style import STEPS
from lawgov_score.pages.table import Cell, Row, Rows, TableColumn, table
from lawgov_score.wording import Words

_CATEGORIES = Words("分类得分率", "Score rates by category")
_CATEGORIES_NOTE = Words(
    "得分率 = 得分 ÷ 适用分值，单位为 %；颜色越深得分率越低；空白为不适用或无得分。",
    "Score rate = score ÷ applicable points, in %; the darker the cell, the lower. Blank: not applicable, or no score.",
)
_NAMED = Words("{code} {title}", "{code} {title}")
_MOST_DRAWN = 10  # bars: the table has all categories
_MANY = 600  # units: with more, the matrix is only in the workbook
_LEFT_OUT = Words(
    "单位超过 {n} 个，分类得分率一表从略，见评分表“分类得分”。",
    "More than {n} units: the table of score rates by category is left to the scorecard.",
)


def categories(reader: Reader, scores: Scores, number: int) -> Html:
    """The matrix of score rates."""
    heading = labels.section(number, _CATEGORIES)
    if len(scores.units) > _MANY:
        return section(reader, "categories", heading, tag("p", reader.say(_LEFT_OUT(n=_MANY))))
    nodes = rates.categories(scores.tree)
    unit_rates = rates.rates(scores, nodes)
    columns = [
        TableColumn(labels.UNIT, "m"),
        *(TableColumn(_NAMED(code=node.code, title=node.title), "up") for node in nodes),
    ]
    rows: list[Row] = []
    for member in labels.listed(scores):
        line: list[Content | Cell] = [reader.named(scores.units[member].name)]
        for rate in unit_rates[member].tolist():
            look = "" if math.isnan(rate) else f"n r{round(min(max(rate, 0.0), 1.0) * STEPS)}"
            line.append(Cell(rate_text(rate, 0).removesuffix("%"), look))
        rows.append(line)
    shown = table(reader, "categories-table", _CATEGORIES, columns, [Rows(rows)], look="rates")
    return section(reader, "categories", heading, note(reader, _CATEGORIES_NOTE), shown, look="wide whole")


def lost(reader: Reader, scores: Scores, number: int) -> Html:
    """Every category, the costliest first; the worst are drawn."""
    tree = scores.tree
    nodes = [node for node in rates.categories(tree) if losses.is_single(scores, node)]
    all_losses = losses.losses(scores, nodes)
    rows: list[Row] = [
        [
            one.node.code,
            reader.named(one.node.title),
            points_text(one.lost),
            rate_text(one.rate),
            str(one.losing),
            str(one.missing),
            str(one.units),
        ]
        for one in all_losses
    ]
    columns = [
        TableColumn(labels.CODE, "c k"),
        TableColumn(losses.TITLE, "m"),
        TableColumn(losses.LOST, "n b"),
        TableColumn(losses.RATE, "n"),
        TableColumn(losses.LOSING, "n"),
        TableColumn(losses.MISSING, "n"),
        TableColumn(losses.UNITS, "n"),
    ]
    top = [one for one in all_losses if one.lost > 0][:_MOST_DRAWN]
    chart = None
    if top:
        groups = [charts.Group(one.node.title, [Bar(one.lost, points_text(one.lost))]) for one in top]
        caption = reader.say(losses.CHART(n=len(top)))
        description = reader.say(Words("；", "; ")).join(f"{one.node.title} {points_text(one.lost)}" for one in top)
        chart = charts.bars(
            "losses-chart", caption, description, [caption], groups, Axis(reader.say(analysis.LOST_POINTS), top[0].lost)
        )
    about = losses.NOTE(n=int(labels.scored_rows(scores).sum()))
    shown = table(reader, "losses-table", losses.HEADLINE, columns, [Rows(rows)], heads=1)
    return section(
        reader, "losses", labels.section(number, losses.HEADLINE), note(reader, about), chart, shown, look="long"
    )
