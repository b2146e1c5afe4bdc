"""单位评分卡: one unit's own scorecard: total and place, aspects against its cohort, losses; then every indicator.

Other units appear only as the cohort's mean and best, never by name.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from lawgov_score import explanation
from lawgov_score.model import Indicator, Node, Scores, Status
from lawgov_score.problems import Problem
from lawgov_score.report import SEVERITIES, part, place_text, render, title
from lawgov_score.rounding import without_dust
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import card_aspects, card_details, labels, look
from lawgov_score.workbook.card_details import Ledger
from lawgov_score.workbook.page import SMALL, Page, Text, open_page, points_format

NAME = Words("评分卡", "Scorecard")
_HEADLINE = Words("{unit}评分卡", "{unit}: scorecard")
_YEAR = Words("考核年度", "Assessed year")
_PLACE = Words("位次", "Place")
_PLACE_OF = Words("第 {place} 名（本组 {n} 个单位）", "{place} of {n} in the cohort")
_NO_PLACE = Words("未排名", "not ranked")
_TOTAL = Words("得分（满分 {points}）", "Score (of {points})")
_RAW = Words("折算前得分 / 适用分", "Before conversion / of")
_WHY_GRADE = Words("等次说明", "About the grade")
_FIELDS = Words("{share}（{answered} / {asked} 个填报项）", "{share} ({answered} of {asked} fields)")
_LOSSES = Words("二、失分最多的指标", "2. Where most points were lost")
_NO_LOSSES = Words("没有失分。", "No points were lost.")
_PROBLEMS = Words("三、填报问题", "3. Problems in the submission")
_NO_PROBLEMS = Words("没有发现问题。", "No problem was found.")
_STATEMENT = Words(
    "本卡由 lawgov-score 计算，可据“{sheet}”表逐项复核；该表的得分、小计与合计为公式，"
    "改动填报值即可试算（与同组比较的项除外）。",
    "Made by lawgov-score; every item can be checked on the sheet “{sheet}”, where scores and totals are formulas: "
    "change a figure to see what it would come to (indicators that compare units excepted).",
)
_SIGNATURE = Words("单位负责人（签字）：", "Head of the unit (signature):")
_OFFICE = Words("考核办（盖章）：", "Assessment office (seal):")
_DATE = Words("日期：      年    月    日", "Date:")
_LEVEL = Words("级别", "Level")
_PROBLEM = Words("问题", "Problem")
_FIX = Words("改法", "Fix")

_WIDTHS = [10, 24, 10, 10, 10, 12, 12, 12]
_MOST_LOSSES = 10
_MOST_PROBLEMS = 30


def write_card(scores: Scores, row: int, path: Path, *, problems: Sequence[Problem], lang: Language) -> None:
    """Writes the card of the unit in ``row`` of ``scores``. ``problems``: its own. Raises ``OSError``."""
    unit = scores.units[row]
    book = look.new_workbook(path, render(_HEADLINE(unit=unit.name), lang))
    formats = look.Formats(book)
    page = open_page(book, formats, NAME, lang, _WIDTHS, landscape=False)
    ledger = card_details.write(book, formats, scores, row, lang)  # the second sheet; the first one refers to it
    at = _head(page, scores, row, ledger)
    at = card_aspects.write(book, page, at, scores, row, ledger)
    at = _losses(page, at, scores, row)
    at = _problems(page, at, problems)
    at = _sign(page, at)
    page.sheet.print_area(0, 0, at - 1, page.last)
    look.save(book)


def _head(page: Page, scores: Scores, row: int, ledger: Ledger) -> int:
    tree, unit = scores.tree, scores.units[row]
    at = page.line(0, tree.title, look.SUBTITLE, font_size=11)
    at = page.line(at, _HEADLINE(unit=unit.name), look.TITLE)
    at = page.line(at, labels.edition(scores, row), look.SUBTITLE)
    if tree.notice:
        at = page.line(at, tree.notice, look.NOTE, align="center")
    in_cohort = int(((scores.cohorts == scores.cohorts[row]) & ~np.isnan(scores.total)).sum())
    place: Text = _PLACE_OF(place=int(scores.rank[row]), n=in_cohort) if scores.rank[row] else _NO_PLACE
    share = Words("{share:percent}", "{share:percent}")(share=float(scores.coverage[row]))
    answered = _FIELDS(share=share, answered=int(scores.answered[row]), asked=int(scores.asked[row]))
    at = _pair(page, at, (labels.UNIT, unit.name), (labels.UNIT_CODE, unit.code))
    at = _pair(page, at, (labels.COHORT, labels.cohort(scores, row, page.lang)), (_YEAR, str(int(scores.years[row]))))
    at = _pair(page, at, (_TOTAL(points=tree.points), ""), (_PLACE, place))
    decimals = points_format(tree.policies.round_total)
    big = {"font_size": 16, "bold": True, "font_color": look.ACCENT, "num_format": decimals, "align": "left"}
    total_row = at - 1
    page.sheet.set_row(total_row, 30)
    if scores.rank[row]:
        page.formula(total_row, 2, f"={ledger.total}", float(scores.total[row]), look.POINTS, **big)
    else:
        page.put(total_row, 2, labels.why_no_place(scores, row), look.TEXT, bold=True)
    at = _pair(page, at, (labels.GRADE, scores.grades[row] or "—"), (labels.COVERAGE, answered))
    remarks = labels.grade_remarks(scores, row)
    if remarks:
        text = page.say(Words("{parts}", "{parts}")(parts=remarks))
        page.span(at, 0, 1, _WHY_GRADE, look.TEXT, bg_color=look.LOCKED_FILL)
        page.span(at, 2, page.last, text, look.TEXT)
        page.height(at, [(text, sum(page.widths[2:]))], least=20)
        at += 1
    return at + 1


def _pair(page: Page, at: int, left: tuple[Text, Text], right: tuple[Text, Text]) -> int:
    """Two labels with their texts, side by side; gives the next row."""
    blocks = ((left[0], 0, 1, True), (left[1], 2, 3, False), (right[0], 4, 4, True), (right[1], 5, 7, False))
    for text, first, last, is_label in blocks:
        changes: dict[str, object] = {"bg_color": look.LOCKED_FILL} if is_label else {"bold": True}
        page.span(at, first, last, text, look.TEXT, **changes)
    page.height(at, [(text, sum(page.widths[first : last + 1])) for text, first, last, _ in blocks], least=20)
    return at + 1


def biggest_losses(scores: Scores, row: int) -> list[tuple[Node, float]]:
    """Indicators by points lost, the most first, in printed order where equal; only where something was lost."""
    found = []
    for indicator in scores.tree.indicators:
        column = scores.node_column[indicator.code]
        lost = float(without_dust(scores.points[row, column] - np.nan_to_num(scores.scores[row, column])))
        if lost > 0:
            found.append((indicator, lost))
    return sorted(found, key=lambda pair: -pair[1])


def _losses(page: Page, at: int, scores: Scores, row: int) -> int:
    at = page.line(at, _LOSSES, look.HEADING)
    found = biggest_losses(scores, row)[:_MOST_LOSSES]
    if not found:
        return page.line(at, _NO_LOSSES, look.PLAIN) + 1
    for column, label in enumerate([labels.CODE, labels.INDICATOR, labels.POINTS, labels.SCORE, labels.LOST]):
        page.put(at, column, label, look.HEADER)
    page.span(at, 5, page.last, labels.REASON, look.HEADER)
    page.sheet.set_row(at, 22)
    at += 1
    for node, lost in found:
        assert isinstance(node, Indicator)  # only indicators are listed
        column = scores.node_column[node.code]
        reason = explanation.reason(scores, row, node.code)
        why = page.say(reason) if reason is not None else ""
        status = Status(int(scores.status[row, column]))
        page.put(at, 0, node.code, look.CENTRED)
        page.put(at, 1, node.title, look.TEXT)
        page.put(at, 2, float(scores.points[row, column]), look.POINTS)
        if status is Status.SCORED:
            page.put(at, 3, float(scores.scores[row, column]), look.POINTS)
        else:
            page.put(at, 3, explanation.STATUS[status], look.CENTRED, font_size=9)
        page.put(at, 4, lost, look.POINTS, bold=True)
        page.span(at, 5, page.last, why, look.TEXT, font_size=9, indent=1)
        page.height(at, [(node.title, page.widths[1]), (why, sum(page.widths[5:]) * SMALL)], least=20)
        at += 1
    return at + 1


def _problems(page: Page, at: int, problems: Sequence[Problem]) -> int:
    at = page.line(at, _PROBLEMS, look.HEADING)
    if not problems:
        return page.line(at, _NO_PROBLEMS, look.PLAIN) + 1
    page.put(at, 0, _LEVEL, look.HEADER)
    page.span(at, 1, 4, _PROBLEM, look.HEADER)
    page.span(at, 5, page.last, _FIX, look.HEADER)
    page.sheet.set_row(at, 22)
    at += 1
    for problem in problems[:_MOST_PROBLEMS]:
        found = part(problem, "found", page.lang)
        what = f"{place_text(problem.place)} {title(problem, page.lang)}" + (f"：{found}" if found else "")
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


def _sign(page: Page, at: int) -> int:
    at = page.line(at, _STATEMENT(sheet=page.say(card_details.NAME)), look.NOTE)
    for left, right in ((_SIGNATURE, _OFFICE), (_DATE, _DATE)):
        page.span(at, 0, 3, left, look.PLAIN)
        page.span(at, 4, page.last, right, look.PLAIN)
        page.sheet.set_row(at, 30)
        at += 1
    return at
