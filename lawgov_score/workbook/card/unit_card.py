"""单位评分卡: one unit's own scorecard: total and place, aspects against its cohort, losses; then every indicator.

Other units appear only as the cohort's mean and best, never by name.
"""

import itertools
from collections.abc import Sequence
from pathlib import Path

from lawgov_score.cell_addresses import address
from lawgov_score.content import card, labels
from lawgov_score.content.cohort import DETAILS
from lawgov_score.content.sections import sections_of
from lawgov_score.model import Scores
from lawgov_score.model.advice import Advice
from lawgov_score.problems import Problem
from lawgov_score.report import render
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.card import aspects as card_aspects
from lawgov_score.workbook.card import details as card_details
from lawgov_score.workbook.card import head as card_head
from lawgov_score.workbook.card import links as card_links
from lawgov_score.workbook.card import sections
from lawgov_score.workbook.card.card_batch import CardBatch, prepare
from lawgov_score.workbook.writing import look, manifest
from lawgov_score.workbook.writing.lean import LeanBook, LeanSheet
from lawgov_score.workbook.writing.page import Page, open_page
from lawgov_score.workbook.writing.paper import A4, lay_out, room

NAME = Words("评分卡", "Scorecard")
_STATEMENT = Words(
    "本卡由 lawgov-score 计算，可据“{sheet}”表逐项复核：得分、小计、合计、位次和等次都是公式，"
    "改动浅黄色的填报值即可试算（其他单位的数据按本次公布的结果，不因试算而变）。"
    "考核机关评分、核准、改分和登记的事项是填入的数，来源注在旁边。",
    "Made by lawgov-score; every item can be checked on the sheet “{sheet}”: scores, totals, place and grade are "
    "formulas. Change a figure on yellow to see what it would come to (the other units’ figures stay as published). "
    "What the office marked, granted, changed or registered is a stated figure with its source beside it.",
)
_ALONE = Words(
    "本组单位太少，列出其他单位的数据等于公开是谁的数据，因此与同组比较的得分和位次是算好的数，不能试算。",
    "The cohort is too small to show figures of others without saying whose they are: scores that compare units, and "
    "the place, are stated and cannot be tried out.",
)

_NO_HEADER = (-1, -1)  # no heading is repeated on every page
_WIDTHS = [10, 24, 10, 10, 10, 12, 12, 12]


def write_card(
    scores: Scores,
    row: int,
    path: Path,
    *,
    problems: Sequence[Problem],
    lang: Language,
    batch: CardBatch | None = None,
    advice: Advice | None = None,
) -> None:
    """Writes the card of the unit in ``row`` of ``scores``.

    ``problems``: its own. ``batch``: what all cards of a run share, made for this card alone, as if no file had been
    read, if it is not given. ``advice``: how the unit can reach the next grade. Raises ``OSError``.
    """
    unit, batch = scores.units[row], batch or prepare(scores, lang)
    scores = scores.of_unit(row)
    headline = render(card.HEADLINE(unit=unit.name), lang)
    book = look.new_workbook(path, headline, kind=LeanBook, sheets=LeanSheet, in_memory=True)
    formats = look.Formats(book, is_spaced=True)
    page = open_page(book, formats, NAME, lang, _WIDTHS, landscape=False)
    ledger = card_details.write(book, formats, batch, row)  # the second sheet; the first one refers to it
    at, total_row = card_head.write(page, scores, row, ledger, batch.notice)
    at, tops = card_aspects.write(book, page, at, scores, row, ledger)
    card_links.back_up(ledger, scores, page.sheet.get_name(), address(total_row, 2), tops)
    section = itertools.count(2)
    for one in sections_of(scores, row, problems, advice, ledger.evidence, lang, page.say(DETAILS)):
        at = sections.write(page, at, next(section), one, scores, ledger)
    at = _sign(page, at, next(section), is_live=bool(ledger.cohort.columns))
    page.sheet.print_area(0, 0, at - 1, page.last)
    lay_out(page.sheet, page.flow, end=at, repeated=_NO_HEADER, height=room(A4, page.pixels, landscape=False))
    manifest.write_manifest(book, manifest.manifest_of_card(batch.manifest, scores, row))
    look.save(book)


def _sign(page: Page, at: int, section: int, *, is_live: bool) -> int:
    heading = at
    at = page.line(at, labels.section(section, card.SIGN), look.HEADING)
    at = page.line(at, _STATEMENT(sheet=page.say(card_details.NAME)), look.NOTE)
    if not is_live:
        at = page.line(at, _ALONE, look.NOTE)
    for left, right in ((card.SIGNATURE, card.OFFICE), (card.DATE, card.DATE)):
        page.span(at, 0, 3, left, look.PLAIN)
        page.span(at, 4, page.last, right, look.PLAIN)
        page.tall(at, 30)
        at += 1
    page.flow.together(heading, at - 1)
    return at
