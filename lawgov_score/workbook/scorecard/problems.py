"""问题: coverage of every unit, every problem by unit and cell, and blanks by cell."""

from collections.abc import Sequence

import xlsxwriter

from lawgov_score.content import labels, problem_lists
from lawgov_score.content.problem_lists import missing_of, owner_of, owners_of
from lawgov_score.content.unit_problems import at_node
from lawgov_score.model import Scores, Status
from lawgov_score.places import place_text
from lawgov_score.problems import NodePlace, Place, Problem, by_place, is_error, total
from lawgov_score.report import SEVERITIES, part, title
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import SMALL, Page, finish, open_page

NAME = problem_lists.SHEET
_COVERAGE = Words("各单位填报情况", "Coverage by unit")
_PROBLEMS = Words("问题清单（{n} 个）", "Problems ({n})")
_MISSING = Words("未填报的指标", "What was not filled in")
_FILE = Words("填报文件", "File")
_CATEGORY = Words("类", "Category")
_MISSING_CODES = Words("未填报的指标与单元格", "Indicators and cells")
_WIDTHS = [24, 17, 9, 10, 26, 28, 26, 22, 30]


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, problems: Sequence[Problem], lang: Language
) -> None:
    """Writes the sheet 问题. ``problems``: all problems of the run, in any order."""
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    row = page.line(0, problem_lists.HEADLINE, look.TITLE)
    row = page.line(row, problem_lists.NOTE, look.NOTE)
    row = _coverage(page, row, scores)
    row = _problems(page, row + 1, scores, problems)
    start = row + 1
    row = _missing(page, start, scores)
    # If the last table is the long one its headings are repeated; otherwise the title of the sheet.
    finish(page, header=start + 1 if row - start > len(problems) + 2 else 0, end=row)
    page.sheet.freeze_panes(0, 1)


def _coverage(page: Page, row: int, scores: Scores) -> int:
    row = page.line(row, labels.section(1, _COVERAGE), look.HEADING)
    row = page.header(
        row,
        [
            labels.UNIT,
            labels.COHORT,
            problem_lists.ASKED,
            problem_lists.ANSWERED,
            _FILE,
            labels.COVERAGE,
            problem_lists.MISSING_FIELDS,
            problem_lists.INVALID,
            problem_lists.WAITING,
        ],
    )
    for member, unit in enumerate(scores.units):
        submission = scores.submissions[member]
        file = submission.path if submission else problem_lists.NOT_SUBMITTED
        leaves = [scores.node_column[indicator.code] for indicator in scores.tree.indicators]
        status = scores.status[member, leaves]
        coverage = float(scores.coverage[member]) if submission else None
        page.put(row, 0, unit.name, look.TEXT)
        page.put(row, 1, labels.cohort(scores, member, page.lang), look.TEXT)
        page.put(row, 2, int(scores.asked[member]), look.WHOLE)
        page.put(row, 3, int(scores.answered[member]), look.WHOLE)
        page.put(row, 4, file, look.TEXT, font_size=9, indent=1)
        page.put(row, 5, coverage, look.CENTRED, num_format="0.0%")
        for column, state in ((6, Status.MISSING), (7, Status.INVALID), (8, Status.NOT_REVIEWED)):
            page.put(row, column, int((status == state).sum()), look.CENTRED, num_format="0")
        page.height(
            row,
            [
                (unit.name, page.widths[0]),
                (labels.cohort(scores, member, page.lang), page.widths[1]),
                (file, page.widths[4] * SMALL),
            ],
        )
        row += 1
    return row


def _problems(page: Page, row: int, scores: Scores, problems: Sequence[Problem]) -> int:
    row = page.line(row, labels.section(2, _PROBLEMS(n=total(problems))), look.HEADING)
    if not problems:
        return page.line(row, problem_lists.NONE, look.PLAIN)
    row = page.header(
        row,
        [
            labels.UNIT,
            labels.COHORT,
            problem_lists.LEVEL,
            problem_lists.PROBLEM_CODE,
            problem_lists.PLACE,
            problem_lists.TITLE,
            problem_lists.EXPECTED,
            problem_lists.FOUND,
            problem_lists.FIX,
        ],
    )
    owners = owners_of(scores)
    severities = list(SEVERITIES)

    def by_unit(problem: Problem) -> tuple[object, ...]:
        """A sort key: by unit, the worst first; problems of the whole run last."""
        owner = owner_of(problem, scores, owners)
        return (owner < 0, owner, severities.index(problem.severity), by_place(problem))

    ordered = sorted(problems, key=by_unit)
    for problem in ordered:
        owner = owner_of(problem, scores, owners)
        texts: list[Text] = [
            scores.units[owner].name if owner >= 0 else problem_lists.WHOLE_RUN,
            labels.cohort(scores, owner, page.lang) if owner >= 0 else "",
            SEVERITIES[problem.severity],
            problem.code.value,
            _place(scores, problem.place, has_unit=owner >= 0),
            title(problem, page.lang),
            part(problem, "expected", page.lang),
            part(problem, "found", page.lang),
            problem.waived or part(problem, "hint", page.lang),
        ]
        for column, text in enumerate(texts):
            is_mark = column in {2, 3}
            changes: dict[str, object] = {"font_size": 9} if column >= 4 else {}
            if column == 2 and is_error(problem):
                changes = {"bold": True, "font_color": look.BAD}
            page.put(row, column, text, look.CENTRED if is_mark else look.TEXT, **changes)
        page.height(
            row,
            [
                (text, wide * (SMALL if i >= 4 else 1))
                for i, (text, wide) in enumerate(zip(texts, page.widths, strict=True))
            ],
        )
        row += 1
    return row


def _place(scores: Scores, place: Place, *, has_unit: bool) -> Text:
    """Where it is: beside the unit an indicator by code and title, else file, sheet and cell."""
    named = at_node(scores, place) if has_unit and isinstance(place, NodePlace) else None
    return place_text(place) if named is None else named


def _missing(page: Page, row: int, scores: Scores) -> int:
    row = page.line(row, labels.section(3, _MISSING), look.HEADING)
    missing = [
        (member, category, entry)
        for member, submission in enumerate(scores.submissions)
        if submission is not None
        for category, entry in missing_of(scores, member, page.lang).items()
    ]
    if not missing:
        return page.line(row, problem_lists.ALL_FILLED, look.PLAIN)
    page.put(row, 0, labels.UNIT, look.HEADER)
    page.put(row, 1, labels.COHORT, look.HEADER)
    page.span(row, 2, 4, _CATEGORY, look.HEADER)
    page.span(row, 5, page.last, _MISSING_CODES, look.HEADER)
    page.tall(row, 22)
    page.flow.kept.add(row)
    row += 1
    wide = sum(page.widths[5:])
    for member, category, entry in missing:
        name, cohort = scores.units[member].name, labels.cohort(scores, member, page.lang)
        page.put(row, 0, name, look.TEXT)
        page.put(row, 1, cohort, look.TEXT)
        page.span(row, 2, 4, category, look.TEXT, font_size=9)
        page.span(row, 5, page.last, entry, look.TEXT, font_size=9)
        cells = [
            (name, page.widths[0]),
            (cohort, page.widths[1]),
            (category, sum(page.widths[2:5]) * SMALL),
            (entry, wide * SMALL),
        ]
        page.height(row, cells)
        row += 1
    return row
