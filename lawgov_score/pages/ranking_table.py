"""The table of places, cohort by cohort, the most wanted columns first."""

import math
from collections.abc import Mapping
from dataclasses import replace

from lawgov_score.content import labels, ranking
from lawgov_score.content.ranking import Columns
from lawgov_score.model import Node, Scores
from lawgov_score.pages.document import note, section
from lawgov_score.pages.figures import points_text, rate_text, score_text, total_text, width_text
from lawgov_score.pages.html import Content, Html, joined, link_to, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.table import Cell, Row, Rows, TableColumn, table
from lawgov_score.wording import Words

_RANKING = Words("排名", "Ranking")
_FRONT = ("place", "unit", "score", "grade")  # visible on a telephone without scrolling sideways


def places(reader: Reader, scores: Scores, cards: Mapping[int, str], number: int) -> Html:
    """The section with every column. ``cards``: the file of each unit's page, by row."""
    columns = _on_screen(ranking.columns_of(scores))
    about = ranking.about(scores, columns, reader.lang)
    shown = table_of(reader, scores, columns, cards)
    return section(reader, "ranking", labels.section(number, _RANKING), note(reader, about), shown, look="long")


def table_of(reader: Reader, scores: Scores, columns: Columns, cards: Mapping[int, str]) -> Html:
    """The units by place, cohort by cohort; last those without a score. ``cards``: as above; {}: no links."""
    looks = {"place": "c b", "overall": "c", "movement": "c", "unit": "m", "code": "k", "cohort": "k s"}
    looks |= {"grade": "c k", "remarks": "m s"}
    heads = [
        TableColumn(heading, looks.get(name, "n"))
        for name, heading in zip(columns.names, ranking.headings(scores, columns), strict=True)
    ]
    placed = labels.listed(scores)
    unplaced = [int(one) for one in scores.order if int(one) not in set(placed)]
    has_bands = len(set(scores.cohorts.tolist())) > 1 or not columns.has("cohort")
    parts = []
    for cohort in dict.fromkeys(int(scores.cohorts[one]) for one in placed):
        members = [one for one in placed if scores.cohorts[one] == cohort]
        band = reader.say(ranking.band(scores, cohort, reader.lang)) if has_bands else None
        parts.append(Rows([_unit(reader, scores, one, columns, cards) for one in members], band))
    if unplaced:
        rows = [_unit(reader, scores, one, columns, cards) for one in unplaced]
        parts.append(Rows(rows, reader.say(ranking.UNPLACED(n=len(unplaced)))))
    return table(reader, "ranking-table", _RANKING, heads, parts, heads=columns.at("unit"))


def _on_screen(columns: Columns) -> Columns:
    front = tuple(name for name in _FRONT if columns.has(name))
    return replace(columns, names=(*front, *(name for name in columns.names if name not in front)))


def _unit(reader: Reader, scores: Scores, row: int, columns: Columns, cards: Mapping[int, str]) -> Row:
    unit = scores.units[row]
    is_scored = bool(labels.scored_rows(scores)[row])
    name: Content = reader.named(unit.name)
    if row in cards:
        name = tag("a", name, href=link_to(cards[row]))
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
        "score": Cell(_total(scores, row, columns, reader), "n b"),
        "grade": labels.grade(scores, row, reader.lang) if scores.grades[row] else "",
        "coverage": rate_text(float(scores.coverage[row])) if came else "",
        "raw": raw if is_scored else "",
        "remarks": ranking.remarks_of(scores, row, reader.lang),
    }
    for aspect in columns.aspects:
        cells[f"aspect:{aspect.code}"] = _aspect(scores, row, aspect) if is_scored else ""
    return [cells[one] for one in columns.names]


def _total(scores: Scores, row: int, columns: Columns, reader: Reader) -> str:
    """The total; marked as provisional where no grade beside it carries the mark."""
    mark = labels.provisional_score(scores, row, reader.lang, has_grade=columns.has("grade"))
    return total_text(scores, row) + (mark if scores.rank[row] else "")


def _signed(points: float) -> str:
    return ("+" if points > 0 else "") + points_text(points)


def _aspect(scores: Scores, row: int, aspect: Node) -> Content:
    """Score and applicable points, with a bar of the rate below."""
    at = scores.at(row, aspect.code)
    score, worth = at.score, at.points
    if math.isnan(score):
        return ""
    text = f"{score_text(scores.tree.letter(score), score)} / {labels.printed(worth)}"
    if worth <= 0:
        return text
    bar = tag("span", class_="bar", style=f"--to:{width_text(score / worth)}", aria_hidden="true")
    return joined(text, bar)
