"""单位评分卡: one unit's own scorecard: total and place, aspects against its cohort, losses; then every indicator.

Other units appear only as the cohort's mean and best, never by name.
"""

from collections.abc import Sequence
from pathlib import Path

from lawgov_score.content import card, review
from lawgov_score.model import NO_REVIEW, Scores
from lawgov_score.problems import Problem
from lawgov_score.report import render
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import (
    card_aspects,
    card_details,
    card_head,
    card_links,
    card_lists,
    card_losses,
    look,
    manifest,
)
from lawgov_score.workbook.card_common import Common, prepare
from lawgov_score.workbook.lean_notes import LeanBook
from lawgov_score.workbook.lean_sheet import LeanSheet
from lawgov_score.workbook.page import Page, address, open_page

NAME = Words("评分卡", "Scorecard")
_STATEMENT = Words(
    "本卡由 lawgov-score 计算，可据“{sheet}”表逐项复核；该表的得分、小计与合计为公式，"
    "改动填报值即可试算（与同组比较{but}的项除外）。",
    "Made by lawgov-score; every item can be checked on the sheet “{sheet}”, where scores and totals are formulas: "
    "change a figure to see what it would come to (indicators that compare units{but} excepted).",
)
_OFFICE_TOO = Words("、由考核机关改分或者否决", ", or that the office changed,")

_WIDTHS = [10, 24, 10, 10, 10, 12, 12, 12]


def write_card(
    scores: Scores,
    row: int,
    path: Path,
    *,
    problems: Sequence[Problem],
    lang: Language,
    inputs: Sequence[tuple[str, str]] = (),
    common: Common | None = None,
) -> None:
    """Writes the card of the unit in ``row`` of ``scores``.

    ``problems``: its own. ``inputs``: path and sha256 of every file that was read, of all units. ``common``: what all
    cards of a run share, made for this one alone where it is not given. Raises ``OSError``.
    """
    unit = scores.units[row]
    headline = render(card.HEADLINE(unit=unit.name), lang)
    book = look.new_workbook(path, headline, kind=LeanBook, sheets=LeanSheet, in_memory=True)
    formats = look.Formats(book)
    page = open_page(book, formats, NAME, lang, _WIDTHS, landscape=False)
    ledger = card_details.write(
        book, formats, common or prepare(scores, lang), row
    )  # the second sheet; the first one refers to it
    at, total_row = card_head.write(page, scores, row, ledger)
    at, tops = card_aspects.write(book, page, at, scores, row, ledger)
    card_links.back_up(ledger, scores, page.sheet.get_name(), address(total_row, 2), tops)
    at = card_losses.write(page, at, 2, scores, row, ledger)
    at = card_lists.write_problems(page, at, 3, problems)
    entries = tuple(review.entries_of(scores, row, with_marks=False))
    if entries:
        at = card_lists.write_review(page, at, 4, entries)
    at = _sign(page, at, scores)
    page.sheet.print_area(0, 0, at - 1, page.last)
    manifest.write_manifest(book, manifest.manifest_of(scores, inputs, lang, row))
    look.save(book)


def _sign(page: Page, at: int, scores: Scores) -> int:
    by_office = scores.review is not NO_REVIEW
    at = page.line(at, _STATEMENT(sheet=page.say(card_details.NAME), but=_OFFICE_TOO if by_office else ""), look.NOTE)
    for left, right in ((card.SIGNATURE, card.OFFICE), (card.DATE, card.DATE)):
        page.span(at, 0, 3, left, look.PLAIN)
        page.span(at, 4, page.last, right, look.PLAIN)
        page.sheet.set_row(at, 30)
        at += 1
    return at
