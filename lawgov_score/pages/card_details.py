"""The details of a unit's page: every group and indicator with figures, score, evidence, reason and source."""

import math
from collections.abc import Iterator, Mapping

from lawgov_score.content import card, deductions, labels
from lawgov_score.content.cells import own_cells
from lawgov_score.explanation import figures, group_working, reasons
from lawgov_score.explanation.evidence import Evidence, Standing
from lawgov_score.explanation.signing import marked_by
from lawgov_score.model import Group, Indicator, Node, Scores
from lawgov_score.pages.document import section
from lawgov_score.pages.figures import points_text, rate_text, score_text
from lawgov_score.pages.html import Html
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.table import Row, Rows, TableColumn, table
from lawgov_score.rounding import FloatArray
from lawgov_score.wording import Words

DETAILS = Words("各项得分", "Every indicator")
_FIGURES = Words("填报值", "Figures")
_FIGURE = Words("{name}：{answer}", "{name}: {answer}")
_MARK = Words("{reviewer}评分 {mark:points} 分", "{reviewer}: {mark:points}")


def details(
    reader: Reader, scores: Scores, row: int, evidence: Mapping[str, Evidence], lost: FloatArray, number: int
) -> Html:
    """The section: groups and indicators in printed order.

    ``evidence``: the unit's, of every indicator. ``lost``: its lost points, (nodes,).
    """
    columns = [
        TableColumn(labels.CODE, "c k"),
        TableColumn(labels.INDICATOR, "m"),
        TableColumn(_FIGURES, "w s"),
        TableColumn(labels.POINTS, "n"),
        TableColumn(labels.SCORE, "n b"),
        TableColumn(labels.LOST, "n"),
        TableColumn(card.EVIDENCE, "c s"),
        TableColumn(labels.STATUS, "c s k"),
        TableColumn(labels.REASON, "w s"),
        TableColumn(labels.SOURCE, "s k"),
    ]
    rows: list[Row] = []
    looks: list[str] = []
    for node in labels.nodes_of(scores, row):
        lost_here = lost_text(scores, lost, node)
        if isinstance(node, Group):
            rows.append(_group(reader, scores, row, node, lost_here))
        else:
            rows.append(_line(reader, scores, row, node, evidence, lost_here))
        is_top = scores.tree.depths[node.code] == 1
        looks.append(("top" if is_top else "group") if isinstance(node, Group) else "")
    shown = table(reader, "details-table", DETAILS, columns, [Rows(rows, looks=looks)], heads=1, is_stacked=True)
    return section(reader, "details", labels.section(number, DETAILS), shown, look="wide")


def _group(reader: Reader, scores: Scores, row: int, group: Group, lost: str) -> Row:
    at = scores.at(row, group.code)
    why = group_working.how_it_came(scores, row, group) or reasons.reason(scores, row, group.code)
    why_text = reader.say(why) if why is not None else ""
    shown = [worth_text(reader, scores, group, at.points), taken_text(reader, scores, group, at.score), lost]
    return [group.code, reader.named(reader.say(labels.titled(group))), "", *shown, "", "", why_text, ""]


def _line(reader: Reader, scores: Scores, row: int, node: Node, evidence: Mapping[str, Evidence], lost: str) -> Row:
    assert isinstance(node, Indicator)  # groups have rows of their own kind
    at = scores.at(row, node.code)
    change = reasons.change_of(scores, row, node)
    decimals = scores.tree.decimals_of(node)
    return [
        node.code,
        reader.named(reader.say(labels.titled(node))),
        "\n".join(_figures(reader, scores, row, node)),
        worth_text(reader, scores, node, at.points) if at.applies else "",
        "" if math.isnan(at.score) else taken_text(reader, scores, node, at.score, decimals),
        lost if at.applies else "",
        _evidence(reader, evidence[node.code]),
        reader.say(labels.changed(change) if change is not None else figures.STATUS[at.status]),
        reason_text(reader, scores, row, node),
        own_cells(scores, row, node, reader.lang),
    ]


def _figures(reader: Reader, scores: Scores, row: int, indicator: Indicator) -> Iterator[str]:
    """The figures that an indicator depends on: answers, last edition's value, marks."""
    if not scores.tree.is_applicable(indicator, scores.units[row].type):
        return
    for field, answer in figures.answers_of(scores, row, indicator):
        if not field.substitute or (answer is not None and answer.value is not None):
            yield reader.say(_FIGURE(name=field.name, answer=figures.answer_phrase(field, answer)))
    previous = figures.previous_phrase(scores, row, indicator)
    if previous is not None:
        yield reader.say(previous)
    for i, mark in enumerate(figures.marks_of(scores, row, indicator)):
        yield reader.say(_MARK(reviewer=marked_by(scores.tree, mark.reviewer, i), mark=mark.mark))


def _evidence(reader: Reader, evidence: Evidence) -> str:
    if evidence.standing is Standing.NONE:
        return reader.say(card.NOT_PROVIDED)
    if evidence.standing is Standing.UNKNOWN:
        return reader.say(card.NOT_KNOWN)
    return "" if math.isnan(evidence.sufficiency) else rate_text(evidence.sufficiency, 0)


def worth_text(reader: Reader, scores: Scores, node: Node, points: float) -> str:
    """The points of a node; of a 扣分项 the most that it takes off."""
    shown = deductions.worth(scores.tree, node, points)
    return points_text(shown) if isinstance(shown, float) else reader.say(shown)


def taken_text(reader: Reader, scores: Scores, node: Node, score: float, decimals: int | None = None) -> str:
    """The score of a node with its letter; of a 扣分项 what it took off."""
    shown = deductions.taken(scores.tree, node, score)
    if isinstance(shown, float):
        return score_text(scores.tree.letter(shown), shown, decimals)
    return reader.say(shown)


def lost_text(scores: Scores, lost: FloatArray, node: Node) -> str:
    """The points that the unit lost at a node. ``lost``: at all of them, (nodes,)."""
    return points_text(float(lost[scores.node_column[node.code]]))


def reason_text(reader: Reader, scores: Scores, row: int, node: Node) -> str:
    """Why points were lost at a node; empty if none were."""
    reason = reasons.reason(scores, row, node.code)
    return reader.say(reason) if reason is not None else ""
