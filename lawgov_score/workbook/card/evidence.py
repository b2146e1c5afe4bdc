"""佐证 on a card: how far evidence was named stands beside the score rate, so that 未提供 never looks like 未做到."""

from collections.abc import Sequence

from lawgov_score import explanation
from lawgov_score.content import card, labels
from lawgov_score.explanation import Evidence, Standing
from lawgov_score.model import Indicator, Scores
from lawgov_score.wording import Text
from lawgov_score.workbook.card import links as card_links
from lawgov_score.workbook.card.details import Ledger
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import SMALL, Page

_MOST = 10
Found = tuple[Indicator, Evidence]


def lacking(scores: Scores, ledger: Ledger) -> list[Found]:
    """Indicators for which less was named than the scheme lists, in printed order."""
    found = [(one, ledger.evidence[one.code]) for one in scores.tree.indicators if one.code in ledger.rows]
    return [(one, evidence) for one, evidence in found if evidence.standing in {Standing.PART, Standing.NONE}]


def write(page: Page, at: int, section: int, scores: Scores, found: Sequence[Found], ledger: Ledger) -> int:
    """The section with this number: performance and sufficiency side by side; gives the next row."""
    at = page.line(at, labels.section(section, card.EVIDENCE_SECTION), look.HEADING)
    at = page.line(at, card.EVIDENCE_NOTE, look.NOTE)
    page.flow.kept.update({at - 1, at})
    heads: list[Text] = [labels.CODE, labels.INDICATOR, labels.RATE, card.SUFFICIENCY]
    for column, label in enumerate(heads):
        page.put(at, column, label, look.HEADER)
    page.span(at, 4, page.last, card.EVIDENCE, look.HEADER)
    page.height(at, [(card.SUFFICIENCY, page.widths[3])], least=22)
    at += 1
    for indicator, evidence in found[:_MOST]:
        said = page.say(explanation.evidence_phrase(evidence) or "")
        page.put(at, 0, indicator.code, look.CENTRED)
        card_links.to_details(page, at, 0, scores, ledger, indicator.code)
        page.put(at, 1, indicator.title, look.TEXT)
        page.put(at, 2, evidence.performance, look.PERCENT, num_format="0.0%")
        if evidence.standing is Standing.NONE:
            page.put(at, 3, card.NOT_PROVIDED, look.CENTRED)
        else:
            page.put(at, 3, evidence.sufficiency, look.PERCENT, num_format="0%")
        page.span(at, 4, page.last, said, look.TEXT, font_size=9, indent=1)
        page.height(at, [(indicator.title, page.widths[1]), (said, sum(page.widths[4:]) * SMALL)], least=20)
        at += 1
    if len(found) > _MOST:
        at = page.line(at, card.MORE_EVIDENCE(n=len(found) - _MOST), look.NOTE)
    return at + 1
