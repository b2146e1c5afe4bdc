"""The head of a card: unit, total, place and grade; how to object."""

import re

from lawgov_score.content import appeal, card, conversion, labels
from lawgov_score.explanation import scale
from lawgov_score.model import Rescale, Scores
from lawgov_score.model.notice import Notice
from lawgov_score.report import POINTS
from lawgov_score.rounding import DUST_DECIMALS
from lawgov_score.rules.cells import number
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.card import links as card_links
from lawgov_score.workbook.card import standing as card_standing
from lawgov_score.workbook.card.details import Ledger
from lawgov_score.workbook.formulas.place import quoted
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import Page, letter_format, with_mark

_HERE, _THERE = "\x01", "\x02"  # placeholders for place and movement


def write(page: Page, scores: Scores, row: int, ledger: Ledger, notice: Notice) -> tuple[int, int]:
    """Writes titles, the unit with total, place and grade, and ``notice``; gives the next row, and the total's."""
    tree, unit = scores.tree, scores.units[row]
    at = page.line(0, tree.title, look.SUBTITLE, font_size=11)
    at = page.line(at, card.HEADLINE(unit=unit.name), look.TITLE)
    at = page.line(at, labels.edition(scores, row), look.SUBTITLE)
    if tree.notice:
        at = page.line(at, tree.notice, look.NOTE, align="center")
    at = _pair(page, at, (labels.UNIT, unit.name), (labels.UNIT_CODE, unit.code))
    at = _pair(
        page, at, (labels.COHORT, labels.cohort(scores, row, page.lang)), (card.YEAR, str(int(scores.years[row])))
    )
    at = _pair(page, at, (card.TOTAL(points=tree.scale_of(unit.type)), ""), (labels.PLACE, card.place_of(scores, row)))
    decimals = letter_format(scores.letter_of_total(row), tree.policies.total_decimals)
    decimals += with_mark(labels.provisional_score(scores, row, page.lang))
    big = {"font_size": 16, "bold": True, "font_color": look.ACCENT, "num_format": decimals, "align": "left"}
    total_row = at - 1
    page.tall(total_row, 30)
    if scores.rank[row]:
        page.formula(total_row, 2, f"={ledger.total}", float(scores.total[row]), look.POINTS, **big)
        card_links.to_total(page, total_row, 2, ledger)
        _live_place(page, total_row, scores, row, ledger)
    elif labels.has_total(tree):
        page.put(total_row, 2, labels.why_no_place(scores, row), look.TEXT, bold=True)
    else:
        page.put(total_row, 2, card.NO_TOTAL, look.TEXT, bold=True)
    at = _pair(
        page,
        at,
        (labels.GRADE, labels.grade(scores, row, page.lang) or "—"),
        (labels.COVERAGE, card.coverage_of(scores, row)),
    )
    figure = ledger.total if tree.policies.grade_on_rounded else ledger.full
    if tree.policies.grade_by:
        figure = ledger.scores.get(tree.policies.grade_by, "")
    graded = card_standing.grade(scores, row, figure, _judged(scores, ledger), ledger.cohort) if figure else None
    if graded is not None:
        suffix = labels.provisional(scores, row, page.lang)
        shown = f'{graded}&"{suffix}"' if suffix else graded
        page.formula(at - 1, 2, f"={shown}", labels.grade(scores, row, page.lang) or "—", look.TEXT, bold=True)
    if (contradiction := scale.of_unit(tree, unit.type)) is not None:
        at = _wide(page, at, card.SCALE, contradiction)
    at = _conversion(page, at, scores, row, ledger)
    remarks = labels.grade_remarks(scores, row)
    if remarks:
        at = _wide(page, at, card.why_heading(tree), Words("{parts}", "{parts}")(parts=remarks))
    adjusted = card.adjusted_of(scores, row)
    if adjusted is not None:
        at = _wide(page, at, card.adjusted_heading(scores, row), adjusted)
    return _appeal(page, at, notice) + 1, total_row


def _appeal(page: Page, at: int, notice: Notice) -> int:
    """Writes how to object: the sentence, and two of its rows side by side; gives the next row."""
    block = appeal.appeal_of(notice)
    at = _wide(page, at, appeal.HEADING, block.sentence)
    for i in range(0, len(block.rows), 2):
        left, right = block.rows[i : i + 2]
        at = _pair(page, at, left, right, bold=False)
    return at


def _conversion(page: Page, at: int, scores: Scores, row: int, ledger: Ledger) -> int:
    """Writes how the sum of the parts became the total, as a formula where it can be one; gives the next row."""
    text = conversion.conversion_of(scores, row)
    if text is None:
        return at
    following, tree = _wide(page, at, conversion.HEADING, text), scores.tree
    if conversion.is_live(scores, row):
        cells = {
            conversion.RAW: ledger.raw_total,
            conversion.WORTH: ledger.raw_points,
            conversion.BEFORE: ledger.before,
            conversion.TOTAL: ledger.total,
        }
        marks = {chr(i): name for i, name in enumerate(cells, start=1)}
        by_name = {name: mark for mark, name in marks.items()}

        def as_printed(cell: str) -> str:
            return f"ROUND(ROUND({cell},{DUST_DECIMALS}),{POINTS})"

        def joined(*, is_whole: bool) -> str:
            words = page.say(conversion.line(scores, row, by_name, is_whole=is_whole))
            pieces = re.split(f"([{''.join(marks)}])", words)
            return "&".join(as_printed(cells[marks[p]]) if p in marks else quoted(p) for p in pieces if p)

        formula = joined(is_whole=conversion.all_applies(scores, row))
        if tree.policies.not_applicable is not Rescale.NONE:
            whole = number(tree.printed_sum(tree.code))
            is_whole, is_not = joined(is_whole=True), joined(is_whole=False)
            formula = f"IF(ROUND({ledger.raw_points}-{whole},{POINTS})=0,{is_whole},{is_not})"
        page.formula(at, 2, f'=IF(ISNUMBER({ledger.total}),{formula},"")', page.say(text), look.TEXT)
    return following


def _judged(scores: Scores, ledger: Ledger) -> str:
    """The address of the total that places are based on."""
    return ledger.total if scores.tree.policies.rank_on_rounded else ledger.full


def _live_place(page: Page, at: int, scores: Scores, row: int, ledger: Ledger) -> None:
    """Writes place, size of the cohort and movement; as a formula if the others' totals are on the card."""
    total = _judged(scores, ledger)
    place = card_standing.place(scores, row, total, ledger.cohort)
    if place is None:
        return
    shown = f"({place})"
    if scores.tree.policies.equals_sign:
        shown = f'IF({card_standing.is_shared(scores, row, total, ledger.cohort)},"=","")&({place})'
    moved = card_standing.moved(scores, row, place)
    words = page.say(card.place_words(scores, row, _HERE, labels.movement(scores, row) if moved is None else _THERE))
    parts = [f'"{part}"' for part in re.split(f"[{_HERE}{_THERE}]", words)]
    formula = "&".join((parts[0], shown, *((parts[1],) if moved is None else (parts[1], moved, parts[2]))))
    stored, none = page.say(card.place_of(scores, row)), page.say(card.NO_PLACE)
    page.formula(at, 5, f'=IF(ISNUMBER({total}),{formula},"{none}")', stored, look.TEXT, bold=True)


def _wide(page: Page, at: int, label: Text, text: Text) -> int:
    """Writes a label and a text over the whole width; gives the next row."""
    page.span(at, 0, 1, label, look.TEXT, bg_color=look.LOCKED_FILL)
    page.span(at, 2, page.last, text, look.TEXT)
    page.height(at, [(text, sum(page.widths[2:]))], least=20)
    return at + 1


def _pair(page: Page, at: int, left: tuple[Text, Text], right: tuple[Text, Text], *, bold: bool = True) -> int:
    """Writes two labels with their texts side by side; gives the next row."""
    blocks = ((left[0], 0, 1, True), (left[1], 2, 3, False), (right[0], 4, 4, True), (right[1], 5, 7, False))
    for text, first, last, is_label in blocks:
        changes: dict[str, object] = {"bg_color": look.LOCKED_FILL} if is_label else {"bold": bold}
        page.span(at, first, last, text, look.TEXT, **changes)
    page.height(at, [(text, sum(page.widths[first : last + 1])) for text, first, last, _ in blocks], least=20)
    return at + 1
