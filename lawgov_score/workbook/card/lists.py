"""Two lists of a card: problems in the unit's submission, and what the office added to it."""

from collections.abc import Sequence

from lawgov_score.content import card, labels, problem_lists, review
from lawgov_score.content.review import Entry
from lawgov_score.problems import Problem, total
from lawgov_score.report import SEVERITIES, part
from lawgov_score.wording import Words
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import SMALL, Page

_MOST_PROBLEMS = 30
_MORE = Words("另有 {n} 个，见评分表“问题”。", "{n} more: see the scorecard.")


def write_problems(page: Page, at: int, section: int, problems: Sequence[Problem]) -> int:
    """Problems in the unit's submission; gives the next row."""
    at = page.line(at, labels.section(section, card.PROBLEMS), look.HEADING)
    if not problems:
        return page.line(at, problem_lists.NONE, look.PLAIN) + 1
    page.flow.kept.add(at)
    page.put(at, 0, problem_lists.LEVEL, look.HEADER)
    page.span(at, 1, 4, problem_lists.TITLE, look.HEADER)
    page.span(at, 5, page.last, problem_lists.FIX, look.HEADER)
    page.tall(at, 22)
    at += 1
    for problem in problems[:_MOST_PROBLEMS]:
        what = card.problem_text(problem, page.lang)
        hint = part(problem, "hint", page.lang)
        page.put(at, 0, SEVERITIES[problem.severity], look.CENTRED)
        page.span(at, 1, 4, what, look.TEXT, font_size=9)
        page.span(at, 5, page.last, hint, look.TEXT, font_size=9)
        page.height(at, [(what, sum(page.widths[1:5]) * SMALL), (hint, sum(page.widths[5:]) * SMALL)], least=20)
        at += 1
    left = total(problems) - total(problems[:_MOST_PROBLEMS])
    if left > 0:
        at = page.line(at, _MORE(n=left), look.NOTE)
    return at + 1


def write_review(page: Page, at: int, section: int, entries: Sequence[Entry]) -> int:
    """What the office changed, granted, refused and registered for the unit; gives the next row."""
    at = page.line(at, labels.section(section, card.REVIEW), look.HEADING)
    page.flow.kept.add(at)
    page.put(at, 0, review.KIND, look.HEADER)
    page.span(at, 1, 2, review.SUBJECT, look.HEADER)
    page.put(at, 3, labels.POINTS_OF, look.HEADER)
    page.span(at, 4, page.last, review.WHY, look.HEADER)
    page.tall(at, 22)
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
