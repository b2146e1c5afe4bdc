"""What it would take: a card's section on the shortest way to the next grade."""

from lawgov_score.content import card, labels
from lawgov_score.explanation import advice as words
from lawgov_score.model import Scores
from lawgov_score.model.advice import Advice, Improvement, Outlook
from lawgov_score.wording import Text
from lawgov_score.workbook.card import links as card_links
from lawgov_score.workbook.card.details import Ledger
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import SMALL, Page

_SILENT = frozenset({Outlook.NO_GRADES, Outlook.NOT_SCORED})


def has_something_to_say(advice: Advice | None) -> bool:
    """Is there a grade to speak of at all?"""
    return advice is not None and advice.outlook not in _SILENT


def write(page: Page, at: int, section: int, scores: Scores, advice: Advice, ledger: Ledger) -> int:
    """The section with this number: what stands in the way, how things stand, the list; gives the next row."""
    at = page.line(at, labels.section(section, card.NEXT_GRADE), look.HEADING)
    page.flow.kept.add(at - 1)
    for obstacle in words.obstacle_phrases(scores, advice):
        at = page.line(at, obstacle, look.PLAIN)
    at = page.line(at, words.outlook_phrase(advice), look.PLAIN)
    if advice.improvements:
        page.flow.kept.update({at - 1, at})
        heads: list[tuple[Text, int, int]] = [
            (labels.CODE, 0, 0),
            (labels.INDICATOR, 1, 1),
            (card.IMPROVEMENT, 2, 5),
            (card.GAIN, 6, 6),
            (card.GAIN_TOTAL, 7, 7),
        ]
        for label, first, last in heads:
            page.span(at, first, last, label, look.HEADER)
        page.height(at, [(card.GAIN_TOTAL, page.widths[7])], least=22)
        at += 1
        for one in advice.improvements:
            at = _improvement(page, at, scores, one, ledger)
    if advice.outlook in {Outlook.REACHABLE, Outlook.OUT_OF_REACH}:
        at = page.line(at, words.assumption(), look.NOTE)
    return at + 1


def _improvement(page: Page, at: int, scores: Scores, one: Improvement, ledger: Ledger) -> int:
    said = page.say(words.changes_phrase(scores, one))
    title = scores.tree.by_code[one.indicator].title
    page.put(at, 0, one.indicator, look.CENTRED)
    card_links.to_details(page, at, 0, scores, ledger, one.indicator)
    page.put(at, 1, title, look.TEXT)
    page.span(at, 2, 5, said, look.TEXT, font_size=9, indent=1)
    page.put(at, 6, one.gain, look.POINTS, num_format="+0.00##")
    page.put(at, 7, one.gain_total, look.POINTS, num_format="+0.00##")
    page.height(at, [(title, page.widths[1]), (said, sum(page.widths[2:6]) * SMALL)], least=20)
    return at + 1
