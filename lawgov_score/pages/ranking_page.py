"""The page of the ranking: cohorts with places and grades, the spread of scores, categories, losses, method."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from lawgov_score import explanation
from lawgov_score.content import labels, losses, method, problem_lists, ranking, rates
from lawgov_score.content.ranking import Columns
from lawgov_score.model import Node, Scores
from lawgov_score.pages import charts
from lawgov_score.pages.charts import Bar, Mark
from lawgov_score.pages.document import document, note, section
from lawgov_score.pages.figures import points_text, rate_text, score_text, width_text
from lawgov_score.pages.html import Content, Html, joined, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.style import STEPS
from lawgov_score.pages.table import Cell, Column, Row, Rows, pairs, table
from lawgov_score.problems import Problem
from lawgov_score.report import SEVERITIES, part, place_text, title
from lawgov_score.wording import Words

_RANKING = Words("排名", "Ranking")
_CATEGORIES = Words("分类得分率", "Score rates by category")
_CATEGORIES_NOTE = Words(
    "得分率 = 得分 ÷ 适用分值，颜色越深得分率越低；空白为不适用或无得分。编码的含义见下表“失分集中在哪里”。",
    "Score rate = score ÷ applicable points; the darker the cell, the lower. Blank: not applicable, or no score. The "
    "table of losses below says what the codes stand for.",
)
_SPREAD = Words("得分分布", "How scores are spread")
_SPREAD_TOLD = Words("{from_:points} 至 {to:points} 分 {n} 个单位", "{from_:points} to {to:points}: {n} units")
_COHORTS = Words("各考核分组比较", "Cohorts side by side")
_COHORTS_TOLD = Words(
    "{name}：平均 {mean:points}，最高 {best:points}", "{name}: mean {mean:points}, best {best:points}"
)
_UNITS, _MEAN = Words("计分单位数", "Units scored"), Words("平均得分", "Mean score")
_BEST, _LOWEST = Words("最高得分", "Best score"), Words("最低得分", "Lowest score")
_LINE = Words("{grade} {line:points}", "{grade} {line:points}")
_METHOD = Words("计分方法", "Method")
_BINS = 12
_MOST_LOSSES = 40
_MOST_PROBLEMS = 200
_MORE = Words("另有 {n} 个，见评分表“问题”。", "{n} more: see the scorecard.")
_MANY = 600  # units: beyond it the matrix of categories is left to the workbook
_LEFT_OUT = Words(
    "单位超过 {n} 个，分类得分率一表从略，见评分表“分类得分”。",
    "More than {n} units: the table of score rates by category is left to the scorecard.",
)


def ranking_page(reader: Reader, scores: Scores, problems: Sequence[Problem], cards: Mapping[int, str]) -> str:
    """The whole page. ``cards``: the file of each unit's page, by row."""
    tree = scores.tree
    parts = [_ranking(reader, scores, cards)]
    if labels.has_total(tree) and not np.isnan(scores.total).all():
        parts.append(_cohorts(reader, scores))
        parts.append(_spread(reader, scores))
    parts.append(_categories(reader, scores))
    parts.append(_losses(reader, scores))
    parts.append(_problems(reader, problems))
    parts.append(_method(reader, scores))
    headline = reader.say(ranking.HEADLINE(title=tree.title))
    return document(reader, tree, headline, labels.edition(scores), *parts, look="ranking")


def _ranking(reader: Reader, scores: Scores, cards: Mapping[int, str]) -> Html:
    columns = ranking.columns_of(scores)
    looks = {"place": "c b", "overall": "c", "movement": "c", "unit": "m", "code": "k", "cohort": "k s"}
    looks |= {"grade": "c k", "remarks": "w s"}
    heads = [
        Column(heading, looks.get(name, "n"))
        for name, heading in zip(columns.names, ranking.headings(scores, columns), strict=True)
    ]
    placed = labels.listed(scores)
    unplaced = [int(one) for one in scores.order if int(one) not in set(placed)]
    has_bands = len(set(scores.cohorts.tolist())) > 1
    parts = []
    for cohort in dict.fromkeys(int(scores.cohorts[one]) for one in placed):
        members = [one for one in placed if scores.cohorts[one] == cohort]
        band = reader.say(ranking.band(scores, cohort, reader.lang)) if has_bands else None
        parts.append(Rows([_unit(reader, scores, one, columns, cards) for one in members], band))
    if unplaced:
        rows = [_unit(reader, scores, one, columns, cards) for one in unplaced]
        parts.append(Rows(rows, reader.say(ranking.UNPLACED(n=len(unplaced)))))
    shown = table(reader, "ranking-table", _RANKING, heads, parts, heads=columns.at("unit"))
    about = ranking.about(scores, columns, reader.lang)
    return section(reader, "ranking", labels.section(1, _RANKING), note(reader, about), shown)


def _unit(reader: Reader, scores: Scores, row: int, columns: Columns, cards: Mapping[int, str]) -> Row:
    unit, tree = scores.units[row], scores.tree
    is_scored = bool(labels.scored_rows(scores)[row])
    name: Content = reader.named(unit.name)
    if row in cards:
        name = tag("a", name, href=cards[row])
    moved = reader.say(labels.movement(scores, row))
    adjusted = math.fsum(one.points for one in scores.adjusted[row])
    came = scores.submissions[row] is not None
    raw = f"{points_text(float(scores.raw_total[row]))} / {labels.printed(float(scores.raw_points[row]))}"
    cells: dict[str, Content | Cell] = {
        "place": scores.place_texts[row],
        "overall": scores.overall_place_texts[row],
        "movement": Cell(moved, "c fell") if moved.startswith("↓") else moved,
        "unit": name,
        "code": unit.code,
        "cohort": reader.named(labels.cohort(scores, row, reader.lang)),
        "before": points_text(float(scores.converted[row])) if is_scored else "",
        "adjusted": _signed(adjusted) if is_scored and scores.adjusted[row] else "",
        "score": Cell(score_text(tree, float(scores.total[row]), tree.policies.round_total), "n b"),
        "grade": scores.grades[row],
        "coverage": rate_text(float(scores.coverage[row])) if came else "",
        "raw": raw if is_scored else "",
        "remarks": ranking.remarks_of(scores, row, reader.lang),
    }
    for aspect in columns.aspects:
        cells[f"aspect:{aspect.code}"] = _aspect(scores, row, aspect) if is_scored else ""
    return [cells[one] for one in columns.names]


def _signed(points: float) -> str:
    return ("+" if points > 0 else "") + points_text(points)


def _aspect(scores: Scores, row: int, aspect: Node) -> Content:
    """Score and applicable points, and a bar of the rate below."""
    column = scores.node_column[aspect.code]
    score, worth = float(scores.scores[row, column]), float(scores.points[row, column])
    if math.isnan(score):
        return ""
    text = f"{score_text(scores.tree, score)} / {labels.printed(worth)}"
    if worth <= 0:
        return text
    bar = tag("span", class_="bar", style=f"--to:{width_text(score / worth)}", aria_hidden="true")
    return joined(text, bar)


def _cohorts(reader: Reader, scores: Scores) -> Html:
    rows: list[Row] = []
    groups, told = [], []
    for cohort in dict.fromkeys(int(scores.cohorts[int(one)]) for one in scores.order):
        inside = np.flatnonzero((scores.cohorts == cohort) & ~np.isnan(scores.total))
        if not len(inside):
            continue
        name, totals = labels.cohort(scores, int(inside[0]), reader.lang), scores.total[inside]
        mean, best, lowest = float(totals.mean()), float(totals.max()), float(totals.min())
        rows.append([reader.named(name), str(len(inside)), points_text(mean), points_text(best), points_text(lowest)])
        groups.append(charts.Group(name, [Bar(mean, points_text(mean)), Bar(best, points_text(best))]))
        told.append(reader.say(_COHORTS_TOLD(name=name, mean=mean, best=best)))
    columns = [Column(labels.COHORT, "m"), *(Column(one, "n") for one in (_UNITS, _MEAN, _BEST, _LOWEST))]
    most = max(float(np.nanmax(scores.total)), float(explanation.scale_of(scores.tree)))
    drawn = charts.bars(
        "cohorts-chart",
        reader.say(_COHORTS),
        reader.say(Words("；", "; ")).join(told),
        [reader.say(_MEAN), reader.say(_BEST)],
        groups,
        most=most,
    )
    shown = table(reader, "cohorts-table", _COHORTS, columns, [Rows(rows)])
    return section(reader, "cohorts", labels.section(2, _COHORTS), shown, drawn)


def _spread(reader: Reader, scores: Scores) -> Html:
    totals = scores.total[~np.isnan(scores.total)]
    low, high = math.floor(float(totals.min())), math.ceil(float(totals.max()))
    step = max(1, -(-(high - low) // _BINS))
    edges = [float(low + step * i) for i in range(max(1, -(-(high - low) // step)) + 1)]
    counts = np.histogram(totals, edges)[0].tolist()
    by_total = not scores.tree.policies.grade_by  # lines that look at another node say nothing of totals
    marks = [
        Mark(line, reader.say(_LINE(grade=grade.name, line=line)))
        for grade in scores.tree.grades
        if by_total
        and not grade.lines  # another line in each cohort: no one line is everybody's
        and edges[0] < (line := grade.at_least if grade.at_most is None else grade.at_most) < edges[-1]
    ]
    told = reader.say(Words("；", "; ")).join(
        reader.say(_SPREAD_TOLD(from_=edges[i], to=edges[i + 1], n=count)) for i, count in enumerate(counts)
    )
    drawn = charts.histogram("spread-chart", reader.say(_SPREAD), told, edges, counts, marks)
    return section(reader, "spread", labels.section(3, _SPREAD), drawn, note(reader, told))


def _categories(reader: Reader, scores: Scores) -> Html:
    heading = labels.section(4, _CATEGORIES)
    if len(scores.units) > _MANY:
        return section(reader, "categories", heading, tag("p", reader.say(_LEFT_OUT(n=_MANY))))
    nodes = rates.categories(scores.tree)
    found = rates.rates(scores, nodes)
    columns = [Column(labels.UNIT, "m"), *(Column(node.code, "n") for node in nodes)]
    rows: list[Row] = []
    for member in labels.listed(scores):
        line: list[Content | Cell] = [reader.named(scores.units[member].name)]
        for rate in found[member].tolist():
            look = "" if math.isnan(rate) else f"n r{round(min(max(rate, 0.0), 1.0) * STEPS)}"
            line.append(Cell(rate_text(rate, 0), look))
        rows.append(line)
    shown = table(reader, "categories-table", _CATEGORIES, columns, [Rows(rows)], look="rates")
    return section(reader, "categories", heading, note(reader, _CATEGORIES_NOTE), shown, look="wide")


def _losses(reader: Reader, scores: Scores) -> Html:
    tree = scores.tree
    nodes = [node for node in rates.categories(tree) if losses.is_single(scores, node)]
    found = losses.losses(scores, nodes)
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
        for one in found[:_MOST_LOSSES]
    ]
    columns = [
        Column(labels.CODE, "c k"),
        Column(losses.TITLE, "m"),
        Column(losses.LOST, "n b"),
        Column(losses.RATE, "n"),
        Column(losses.LOSING, "n"),
        Column(losses.MISSING, "n"),
        Column(losses.UNITS, "n"),
    ]
    top = [one for one in found if one.lost > 0][:10]
    chart = None
    if top:
        groups = [charts.Group(one.node.title, [Bar(one.lost, points_text(one.lost))]) for one in top]
        caption = reader.say(losses.CHART(n=len(top)))
        told = reader.say(Words("；", "; ")).join(f"{one.node.title} {points_text(one.lost)}" for one in top)
        chart = charts.bars("losses-chart", caption, told, [caption], groups, most=top[0].lost)
    about = losses.NOTE(n=int(labels.scored_rows(scores).sum()))
    shown = table(reader, "losses-table", losses.HEADLINE, columns, [Rows(rows)], heads=1)
    return section(reader, "losses", labels.section(5, losses.HEADLINE), note(reader, about), chart, shown)


def _problems(reader: Reader, problems: Sequence[Problem]) -> Html:
    heading = labels.section(6, problem_lists.HEADLINE)
    if not problems:
        return section(reader, "problems", heading, tag("p", reader.say(problem_lists.NONE)))
    rows: list[Row] = [
        [
            reader.say(SEVERITIES[one.severity]),
            str(one.code),
            place_text(one.place),
            title(one, reader.lang),
            part(one, "expected", reader.lang),
            part(one, "found", reader.lang),
            part(one, "hint", reader.lang),
        ]
        for one in problems[:_MOST_PROBLEMS]
    ]
    heads = [
        (problem_lists.LEVEL, "c"),
        (problem_lists.PROBLEM_CODE, "c"),
        (problem_lists.PLACE, "m s"),
        (problem_lists.TITLE, "m s"),
        (problem_lists.EXPECTED, "s"),
        (problem_lists.FOUND, "s"),
        (problem_lists.FIX, "m s"),
    ]
    left = len(problems) - _MOST_PROBLEMS
    more = note(reader, _MORE(n=left)) if left > 0 else None
    columns = [Column(heading_of, look) for heading_of, look in heads]
    shown = table(reader, "problems-table", problem_lists.HEADLINE, columns, [Rows(rows)])
    return section(reader, "problems", heading, shown, more, look="wide")


def _method(reader: Reader, scores: Scores) -> Html:
    tree = scores.tree
    about = [(label, reader.say(text)) for label, text in method.about(tree)]
    policies = [(label, reader.say(text)) for label, text in explanation.method(tree)]
    terms = [
        (term, reader.say(meaning(points=explanation.scale_of(tree)))) for term, meaning in method.definitions(tree)
    ]
    blocks = [
        joined(tag("h3", reader.say(heading)), pairs(reader, entries, "pairs one"))
        for heading, entries in ((method.TREE, about), (method.POLICIES, policies), (method.TERMS, terms))
    ]
    return section(reader, "method", labels.section(7, _METHOD), *blocks)
