"""Where a unit lost most points: its card's list of indicators, what costs most first, with reasons."""

from lawgov_score import explanation
from lawgov_score.content import card, labels
from lawgov_score.content.cohort import DETAILS
from lawgov_score.content.losses import biggest_losses
from lawgov_score.model import Indicator, Scores, Status
from lawgov_score.workbook.card import links as card_links
from lawgov_score.workbook.card.details import Ledger
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import SMALL, Page, letter_format

_MOST_LOSSES = 10


def write(page: Page, at: int, section: int, scores: Scores, row: int, ledger: Ledger) -> int:
    """The section with this number; gives the next row."""
    at = page.line(at, labels.section(section, card.LOSSES), look.HEADING)
    everywhere = biggest_losses(scores, row)
    found = everywhere[:_MOST_LOSSES]
    if not found:
        return page.line(at, card.NO_LOSSES, look.PLAIN) + 1
    # Where a point costs the total as much at one indicator as at the other, what is lost says it all.
    is_weighted = len({round(cost / lost, 6) for _, lost, cost in found}) > 1
    why_at = 6 if is_weighted else 5
    if is_weighted:
        page.flow.kept.add(at)
        at = page.line(at, card.BY_COST, look.NOTE)
    if len(everywhere) > len(found):
        page.flow.kept.add(at)
        said = card.MORE_LOSSES(n=len(found), all=len(everywhere), where=page.say(DETAILS))
        at = page.line(at, said, look.NOTE)
    page.flow.kept.add(at)
    for column, label in enumerate([labels.CODE, labels.INDICATOR, labels.POINTS, labels.SCORE, labels.LOST]):
        page.put(at, column, label, look.HEADER)
    if is_weighted:
        page.put(at, 5, card.COST, look.HEADER)
    page.span(at, why_at, page.last, labels.REASON, look.HEADER)
    page.height(at, [(card.COST, page.widths[5])] if is_weighted else [], least=22)
    at += 1
    for node, lost, cost in found:
        assert isinstance(node, Indicator)  # only indicators are listed
        column = scores.node_column[node.code]
        reason = explanation.reason(scores, row, node.code)
        why = page.say(reason) if reason is not None else ""
        status = Status(int(scores.status[row, column]))
        page.put(at, 0, node.code, look.CENTRED)
        card_links.to_details(page, at, 0, scores, ledger, node.code)
        page.put(at, 1, node.title, look.TEXT)
        page.put(at, 2, float(scores.points[row, column]), look.POINTS)
        if status is Status.SCORED:
            score = float(scores.scores[row, column])
            mark = {"bg_color": look.CHANGED_FILL} if explanation.change_of(scores, row, node) is not None else {}
            page.put(at, 3, score, look.POINTS, num_format=letter_format(scores.tree, score, None), **mark)
        else:
            page.put(at, 3, explanation.state(node, status), look.CENTRED, font_size=9)
        page.put(at, 4, lost, look.POINTS, bold=True)
        if is_weighted:
            page.put(at, 5, cost, look.POINTS)
        page.span(at, why_at, page.last, why, look.TEXT, font_size=9, indent=1)
        page.height(at, [(node.title, page.widths[1]), (why, sum(page.widths[why_at:]) * SMALL)], least=20)
        at += 1
    return at + 1
