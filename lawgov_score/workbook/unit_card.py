"""单位评分卡: one unit's own scorecard: total and place, aspects against its cohort, losses; then every indicator.

Other units appear only as the cohort's mean and best, never by name.
"""

from collections.abc import Sequence
from pathlib import Path

from lawgov_score import explanation
from lawgov_score.content import card, labels, problem_lists, review
from lawgov_score.content.losses import biggest_losses
from lawgov_score.model import NO_REVIEW, Indicator, Scores, Status
from lawgov_score.problems import Problem
from lawgov_score.report import SEVERITIES, part, render
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook import card_aspects, card_details, look, manifest
from lawgov_score.workbook.card_details import Ledger
from lawgov_score.workbook.lean_sheet import LeanSheet
from lawgov_score.workbook.page import SMALL, Page, letter_format, open_page

NAME = Words("评分卡", "Scorecard")
_STATEMENT = Words(
    "本卡由 lawgov-score 计算，可据“{sheet}”表逐项复核；该表的得分、小计与合计为公式，"
    "改动填报值即可试算（与同组比较{but}的项除外）。",
    "Made by lawgov-score; every item can be checked on the sheet “{sheet}”, where scores and totals are formulas: "
    "change a figure to see what it would come to (indicators that compare units{but} excepted).",
)
_OFFICE_TOO = Words("、由考核机关改分或者否决", ", or that the office changed,")

_WIDTHS = [10, 24, 10, 10, 10, 12, 12, 12]
_MOST_LOSSES = 10
_MOST_PROBLEMS = 30


def write_card(
    scores: Scores,
    row: int,
    path: Path,
    *,
    problems: Sequence[Problem],
    lang: Language,
    inputs: Sequence[tuple[str, str]] = (),
) -> None:
    """Writes the card of the unit in ``row`` of ``scores``.

    ``problems``: its own. ``inputs``: path and sha256 of every file that was read, of all units. Raises ``OSError``.
    """
    unit = scores.units[row]
    book = look.new_workbook(path, render(card.HEADLINE(unit=unit.name), lang), LeanSheet, in_memory=True)
    formats = look.Formats(book)
    page = open_page(book, formats, NAME, lang, _WIDTHS, landscape=False)
    ledger = card_details.write(book, formats, scores, row, lang)  # the second sheet; the first one refers to it
    at = _head(page, scores, row, ledger)
    at = card_aspects.write(book, page, at, scores, row, ledger)
    at = _losses(page, at, scores, row)
    at = _problems(page, at, problems)
    at = _review(page, at, scores, row)
    at = _sign(page, at, scores)
    page.sheet.print_area(0, 0, at - 1, page.last)
    manifest.write_manifest(book, manifest.manifest_of(scores, inputs, lang, row))
    look.save(book)


def _head(page: Page, scores: Scores, row: int, ledger: Ledger) -> int:
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
    at = _pair(
        page, at, (card.TOTAL(points=explanation.scale_of(tree)), ""), (labels.PLACE, card.place_of(scores, row))
    )
    decimals = letter_format(tree, float(scores.total[row]), tree.policies.round_total)
    big = {"font_size": 16, "bold": True, "font_color": look.ACCENT, "num_format": decimals, "align": "left"}
    total_row = at - 1
    page.sheet.set_row(total_row, 30)
    if scores.rank[row]:
        page.formula(total_row, 2, f"={ledger.total}", float(scores.total[row]), look.POINTS, **big)
    elif labels.has_total(tree):
        page.put(total_row, 2, labels.why_no_place(scores, row), look.TEXT, bold=True)
    else:
        page.put(total_row, 2, card.NO_TOTAL, look.TEXT, bold=True)
    at = _pair(page, at, (labels.GRADE, scores.grades[row] or "—"), (labels.COVERAGE, card.coverage_of(scores, row)))
    remarks = labels.grade_remarks(scores, row)
    if remarks:
        at = _wide(page, at, card.WHY_GRADE, Words("{parts}", "{parts}")(parts=remarks))
    adjusted = card.adjusted_of(scores, row)
    if adjusted is not None:
        at = _wide(page, at, card.ADJUSTED, adjusted)
    return at + 1


def _wide(page: Page, at: int, label: Text, text: Text) -> int:
    """A label and a text over the whole width; gives the next row."""
    page.span(at, 0, 1, label, look.TEXT, bg_color=look.LOCKED_FILL)
    page.span(at, 2, page.last, text, look.TEXT)
    page.height(at, [(text, sum(page.widths[2:]))], least=20)
    return at + 1


def _pair(page: Page, at: int, left: tuple[Text, Text], right: tuple[Text, Text]) -> int:
    """Two labels with their texts, side by side; gives the next row."""
    blocks = ((left[0], 0, 1, True), (left[1], 2, 3, False), (right[0], 4, 4, True), (right[1], 5, 7, False))
    for text, first, last, is_label in blocks:
        changes: dict[str, object] = {"bg_color": look.LOCKED_FILL} if is_label else {"bold": True}
        page.span(at, first, last, text, look.TEXT, **changes)
    page.height(at, [(text, sum(page.widths[first : last + 1])) for text, first, last, _ in blocks], least=20)
    return at + 1


def _losses(page: Page, at: int, scores: Scores, row: int) -> int:
    at = page.line(at, labels.section(2, card.LOSSES), look.HEADING)
    found = biggest_losses(scores, row)[:_MOST_LOSSES]
    if not found:
        return page.line(at, card.NO_LOSSES, look.PLAIN) + 1
    # Where a point costs the total as much at one indicator as at the other, what is lost says it all.
    is_weighted = len({round(cost / lost, 6) for _, lost, cost in found}) > 1
    why_at = 6 if is_weighted else 5
    if is_weighted:
        at = page.line(at, card.BY_COST, look.NOTE)
        page.put(at, 5, card.COST, look.HEADER)
    for column, label in enumerate([labels.CODE, labels.INDICATOR, labels.POINTS, labels.SCORE, labels.LOST]):
        page.put(at, column, label, look.HEADER)
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


def _problems(page: Page, at: int, problems: Sequence[Problem]) -> int:
    at = page.line(at, labels.section(3, card.PROBLEMS), look.HEADING)
    if not problems:
        return page.line(at, problem_lists.NONE, look.PLAIN) + 1
    page.put(at, 0, problem_lists.LEVEL, look.HEADER)
    page.span(at, 1, 4, problem_lists.TITLE, look.HEADER)
    page.span(at, 5, page.last, problem_lists.FIX, look.HEADER)
    page.sheet.set_row(at, 22)
    at += 1
    for problem in problems[:_MOST_PROBLEMS]:
        what = card.problem_text(problem, page.lang)
        hint = part(problem, "hint", page.lang)
        page.put(at, 0, SEVERITIES[problem.severity], look.CENTRED)
        page.span(at, 1, 4, what, look.TEXT, font_size=9)
        page.span(at, 5, page.last, hint, look.TEXT, font_size=9)
        page.height(at, [(what, sum(page.widths[1:5]) * SMALL), (hint, sum(page.widths[5:]) * SMALL)], least=20)
        at += 1
    left = len(problems) - _MOST_PROBLEMS
    if left > 0:
        at = page.line(at, Words("另有 {n} 个，见评分表“问题”。", "{n} more: see the scorecard.")(n=left), look.NOTE)
    return at + 1


def _review(page: Page, at: int, scores: Scores, row: int) -> int:
    """What the office changed, granted, refused and registered for the unit."""
    entries = list(review.entries_of(scores, row, with_marks=False))
    if not entries:
        return at
    at = page.line(at, labels.section(4, card.REVIEW), look.HEADING)
    page.put(at, 0, review.KIND, look.HEADER)
    page.span(at, 1, 2, review.SUBJECT, look.HEADER)
    page.put(at, 3, labels.POINTS_OF, look.HEADER)
    page.span(at, 4, page.last, review.WHY, look.HEADER)
    page.sheet.set_row(at, 22)
    at += 1
    for entry in entries:
        page.put(at, 0, entry.kind, look.CENTRED, font_size=9)
        page.span(at, 1, 2, entry.subject, look.TEXT, font_size=9)
        page.put(at, 3, entry.effect, look.CENTRED, bold=True)
        page.span(at, 4, page.last, entry.why, look.TEXT, font_size=9)
        texts = [
            (entry.kind, page.widths[0] * SMALL),
            (entry.subject, sum(page.widths[1:3]) * SMALL),
            (entry.effect, page.widths[3]),
            (entry.why, sum(page.widths[4:]) * SMALL),
        ]
        page.height(at, texts, least=20)
        at += 1
    return at + 1


def _sign(page: Page, at: int, scores: Scores) -> int:
    by_office = scores.review is not NO_REVIEW
    at = page.line(at, _STATEMENT(sheet=page.say(card_details.NAME), but=_OFFICE_TOO if by_office else ""), look.NOTE)
    for left, right in ((card.SIGNATURE, card.OFFICE), (card.DATE, card.DATE)):
        page.span(at, 0, 3, left, look.PLAIN)
        page.span(at, 4, page.last, right, look.PLAIN)
        page.sheet.set_row(at, 30)
        at += 1
    return at
