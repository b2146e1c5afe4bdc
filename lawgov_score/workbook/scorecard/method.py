"""方法: the basis of the scores: tree, policies and rules in words, waivers, inputs, terms."""

from collections.abc import Iterable, Sequence

import xlsxwriter

from lawgov_score.content import labels, method
from lawgov_score.explanation import method as method_words
from lawgov_score.explanation import standard as standard_words
from lawgov_score.model import Indicator, Node, Scores, Tree
from lawgov_score.rules import KINDS
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.notes import LABEL, pieces
from lawgov_score.workbook.writing.page import SMALL, Page, finish, open_page

NAME = method.SHEET
_WIDTHS = [11, 26, 8, 13, 72, 34]


def write(
    book: xlsxwriter.Workbook,
    formats: Formats,
    scores: Scores,
    inputs: Sequence[tuple[str, str]],
    lang: Language,
    *,
    is_live: bool = True,
    sheets: int = 1,
) -> None:
    """Writes the sheet 方法. ``inputs``: path and sha256 of every file read. ``is_live``: are scores formulas?

    ``sheets``: the number of sheets of details.
    """
    tree = scores.tree
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    row = page.line(0, method.HEADLINE, look.TITLE)
    row = page.line(row, labels.section(1, method.TREE), look.HEADING)
    row = _pairs(page, row, method.about(tree))
    row = page.line(row + 1, labels.section(2, method.POLICIES), look.HEADING)
    row = _pairs(page, row, method_words.method(tree))
    row = page.line(row, method.LIVE if is_live else method.STATED, look.NOTE)
    if sheets > 1:
        row = page.line(row, method.SPLIT(n=sheets), look.NOTE)
    row = page.line(row + 1, labels.section(3, method.TERMS), look.HEADING)
    row = _pairs(page, row, method.definitions(tree))
    row = page.line(row + 1, labels.section(4, method.WAIVERS), look.HEADING)
    if tree.waivers:
        row = _pairs(page, row, [(method.WAIVER(code=w.code, node=w.node), w.reason) for w in tree.waivers])
    else:
        row = page.line(row, method.NO_WAIVERS, look.PLAIN)
    row = page.line(row + 1, labels.section(5, method.INPUTS), look.HEADING)
    row = _pairs(page, row, inputs, wide=4)
    notes = [node for node in tree.shown_once if node.note or node.internal_note]
    if notes:
        row = page.line(row + 1, labels.section(6, method.NOTES), look.HEADING)
        room = sum(page.widths[2:])
        texts = ((node, text) for node in notes for text in (node.note, node.internal_note))
        pairs = ((_of(node), piece) for node, text in texts for piece in pieces(text, room))
        row = _pairs(page, row, pairs)
    page.flow.begun.add(row + 1)
    header = page.line(row + 1, labels.section(7 if notes else 6, method.RULES), look.HEADING)
    row = _rules(page, header, tree)
    finish(page, header=header, end=row)
    page.sheet.freeze_panes(0, 0)


def _of(node: Node) -> Text:
    return LABEL(code=node.copy_of or node.code, title=node.title)


def _pairs(page: Page, row: int, pairs: Iterable[tuple[Text, Text]], wide: int = 2) -> int:
    """Lines of a label and a text; the label over the first ``wide`` columns."""
    left, right = sum(page.widths[:wide]), sum(page.widths[wide:])
    for label, text in pairs:
        page.span(row, 0, wide - 1, label, look.TEXT, bg_color=look.LOCKED_FILL)
        page.span(row, wide, page.last, text, look.TEXT)
        page.height(row, [(label, left), (text, right)])
        row += 1
    return row


def _rules(page: Page, row: int, tree: Tree) -> int:
    row = page.header(row, [labels.CODE, labels.INDICATOR, labels.POINTS, method.KIND, method.STANDARD, method.BASIS])
    for indicator in tree.shown_once:
        if not isinstance(indicator, Indicator):
            continue
        standard = standard_words.standard(tree, indicator)
        rule = KINDS[indicator.rule.KIND]
        kind = Words(rule.NAME, rule.KIND.replace("_", " "))
        page.put(row, 0, indicator.copy_of or indicator.code, look.CENTRED)
        page.put(row, 1, labels.titled(indicator), look.TEXT)
        page.put(row, 3, kind, look.CENTRED, font_size=9)
        page.put(row, 4, standard, look.TEXT, font_size=9)
        page.put(row, 5, indicator.basis, look.TEXT, font_size=9)
        worth = labels.points_of(tree, indicator.code)
        page.put(row, 2, worth, look.POINTS, num_format="0.0#")
        cells: list[tuple[Text, float]] = [
            (labels.titled(indicator), page.widths[1]),
            ("" if isinstance(worth, float) else worth, page.widths[2]),
            (kind, page.widths[3] * SMALL),
            (standard, page.widths[4] * SMALL),
            (indicator.basis, page.widths[5] * SMALL),
        ]
        page.height(row, cells)
        row += 1
    return row
