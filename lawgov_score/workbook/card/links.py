"""Links on a card: from the total to aspects, groups, indicators and figures, and back up.

A link does not change the look of a cell, so that a printed card has no blue and underlined words.
"""

from collections.abc import Mapping

from lawgov_score.cell_addresses import address
from lawgov_score.model import Scores
from lawgov_score.wording import Words
from lawgov_score.workbook.card.details import Ledger
from lawgov_score.workbook.card.sheet import CODES
from lawgov_score.workbook.writing.page import Page

_TO_DETAILS = Words("到明细：{code} {title}", "to the details: {code} {title}")
_TO_TOTAL = Words("到明细的合计", "to the sum in the details")
_UP = Words("回到上级：{code} {title}", "back up: {code} {title}")
_TO_CARD = Words("回到评分卡", "back to the scorecard")


def to_details(page: Page, row: int, column: int, scores: Scores, ledger: Ledger, code: str) -> None:
    """Links a cell of the first sheet to the node's row in the details."""
    node = scores.tree.by_code[code]
    to = f"'{ledger.page.sheet.get_name()}'!{address(ledger.rows[code], CODES)}"
    page.sheet.lead(row, column, to, page.say(_TO_DETAILS(code=code, title=node.title)))


def to_total(page: Page, row: int, column: int, ledger: Ledger) -> None:
    """Links the total on the first sheet to its sum in the details."""
    page.sheet.lead(row, column, ledger.total, page.say(_TO_TOTAL))


def back_up(ledger: Ledger, scores: Scores, card: str, total: str, tops: Mapping[str, int]) -> None:
    """In the details, links every code to the node above; the top nodes and the total to the first sheet.

    ``card``: the name of that sheet; ``total``: the address of the total there; ``tops``: its row of each top node.
    """
    page, tree = ledger.page, scores.tree
    for code, row in ledger.rows.items():
        parent = tree.parents[code]
        if parent in ledger.rows:
            to = f"'{page.sheet.get_name()}'!{address(ledger.rows[parent], CODES)}"
            page.sheet.lead(row, CODES, to, page.say(_UP(code=parent, title=tree.by_code[parent].title)))
        else:
            to = f"'{card}'!{address(tops[code], 0)}" if code in tops else f"'{card}'!{total}"
            page.sheet.lead(row, CODES, to, page.say(_TO_CARD))
    page.sheet.lead(ledger.last, CODES, f"'{card}'!{total}", page.say(_TO_CARD))
