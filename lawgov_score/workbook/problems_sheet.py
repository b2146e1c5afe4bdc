"""问题: coverage of every unit, every problem by unit and cell, and what was not filled in, by cell."""

from collections.abc import Mapping, Sequence

import xlsxwriter

from lawgov_score.model import AnswerState, Scores, Status, field_key
from lawgov_score.problems import CellPlace, NodePlace, Problem, by_place, is_error
from lawgov_score.report import SEVERITIES, part, place_text, render, title
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import labels, look
from lawgov_score.workbook.detail_sheet import places_text
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import SMALL, Page, Text, finish, open_page

NAME = Words("问题", "Problems")
_HEADLINE = Words("填报情况与问题清单", "Coverage and problems")
_NOTE = Words(
    "填报率 = 已填报项 ÷ 应填报项。未填报、不适用、填报有误与零分是四回事，分别列出。",
    "Coverage = fields answered ÷ fields asked. Not filled in, not applicable, invalid and zero are four things.",
)
_COVERAGE = Words("一、各单位填报情况", "1. Coverage by unit")
_PROBLEMS = Words("二、问题清单（{n} 个）", "2. Problems ({n})")
_MISSING = Words("三、未填报的指标", "3. What was not filled in")
_NONE = Words("没有发现问题。", "No problem was found.")
_ALL_FILLED = Words("没有未填报的指标。", "Nothing was left out.")
_WHOLE_RUN = Words("（全局）", "(whole run)")
_ASKED = Words("应填报项", "Fields asked")
_ANSWERED = Words("已填报项", "Answered")
_MISSING_FIELDS = Words("未填报指标", "Indicators missing")
_INVALID = Words("有误指标", "Indicators invalid")
_WAITING = Words("待审核指标", "Awaiting review")
_FILE = Words("填报文件", "File")
_NOT_SUBMITTED = Words("（未报送）", "(nothing submitted)")
_LEVEL = Words("级别", "Level")
_PROBLEM_CODE = Words("问题编码", "Code")
_PLACE = Words("位置", "Place")
_TITLE = Words("问题", "Problem")
_EXPECTED = Words("应为", "Expected")
_FOUND = Words("实为", "Found")
_FIX = Words("改法", "Fix")
_CATEGORY = Words("类", "Category")
_MISSING_CODES = Words("未填报的指标与单元格", "Indicators and cells")
_WITH_CELLS = Words("{code}（{cells}）", "{code} ({cells})")
_WIDTHS = [24, 17, 9, 10, 26, 28, 26, 22, 30]


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, problems: Sequence[Problem], lang: Language
) -> None:
    """The sheet 问题. ``problems``: everything found on the way to the scores, in any order."""
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    row = page.line(0, _HEADLINE, look.TITLE)
    row = page.line(row, _NOTE, look.NOTE)
    row = _coverage(page, row, scores)
    row = _problems(page, row + 1, scores, problems)
    start = row + 1
    row = _missing(page, start, scores)
    # The headings of the last table are repeated where it is the long one; else the title of the sheet.
    finish(page, header=start + 1 if row - start > len(problems) + 2 else 0, end=row)
    page.sheet.freeze_panes(0, 1)


def unit_problems(scores: Scores, row: int, problems: Sequence[Problem]) -> list[Problem]:
    """The problems of one unit, by place."""
    owners = _owners(scores)
    return sorted((p for p in problems if _owner(p, scores, owners) == row), key=by_place)


def _owners(scores: Scores) -> Mapping[str, int]:
    """Row of a unit by its code."""
    return {unit.code: row for row, unit in enumerate(scores.units)}


def _owner(problem: Problem, scores: Scores, owners: Mapping[str, int]) -> int:
    """The row of the unit that a problem belongs to; -1 where it is nobody's own."""
    place = problem.place
    if isinstance(place, NodePlace):
        return owners.get(place.unit, -1)
    found = scores.row_of(place) if isinstance(place, CellPlace) else -1
    return owners.get(str(problem.values.get("unit", "")), -1) if found < 0 else found


def _coverage(page: Page, row: int, scores: Scores) -> int:
    row = page.line(row, _COVERAGE, look.HEADING)
    row = page.header(
        row,
        [
            labels.UNIT,
            labels.COHORT,
            _ASKED,
            _ANSWERED,
            _FILE,
            labels.COVERAGE,
            _MISSING_FIELDS,
            _INVALID,
            _WAITING,
        ],
    )
    for member, unit in enumerate(scores.units):
        submission = scores.submissions[member]
        file = submission.path if submission else _NOT_SUBMITTED
        leaves = [scores.node_column[indicator.code] for indicator in scores.tree.indicators]
        status = scores.status[member, leaves]
        page.put(row, 0, unit.name, look.TEXT)
        page.put(row, 1, labels.cohort(scores, member, page.lang), look.TEXT)
        page.put(row, 2, int(scores.asked[member]), look.WHOLE)
        page.put(row, 3, int(scores.answered[member]), look.WHOLE)
        page.put(row, 4, file, look.TEXT, font_size=9)
        page.put(row, 5, float(scores.coverage[member]) if submission else None, look.PERCENT, num_format="0.0%")
        for column, state in ((6, Status.MISSING), (7, Status.INVALID), (8, Status.NOT_REVIEWED)):
            page.put(row, column, int((status == state).sum()), look.WHOLE)
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
    row = page.line(row, _PROBLEMS(n=len(problems)), look.HEADING)
    if not problems:
        return page.line(row, _NONE, look.PLAIN)
    row = page.header(row, [labels.UNIT, labels.COHORT, _LEVEL, _PROBLEM_CODE, _PLACE, _TITLE, _EXPECTED, _FOUND, _FIX])
    owners = _owners(scores)
    severities = list(SEVERITIES)

    def by_unit(problem: Problem) -> tuple[object, ...]:
        """Unit by unit, the worst first; what concerns the whole run comes last."""
        owner = _owner(problem, scores, owners)
        return (owner < 0, owner, severities.index(problem.severity), by_place(problem))

    ordered = sorted(problems, key=by_unit)
    for problem in ordered:
        owner = _owner(problem, scores, owners)
        texts: list[Text] = [
            scores.units[owner].name if owner >= 0 else _WHOLE_RUN,
            labels.cohort(scores, owner, page.lang) if owner >= 0 else "",
            SEVERITIES[problem.severity],
            problem.code.value,
            place_text(problem.place),
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


def _missing(page: Page, row: int, scores: Scores) -> int:
    row = page.line(row, _MISSING, look.HEADING)
    found = [
        (member, category, entry)
        for member, submission in enumerate(scores.submissions)
        if submission is not None
        for category, entry in _missing_of(scores, member, page.lang).items()
    ]
    if not found:
        return page.line(row, _ALL_FILLED, look.PLAIN)
    page.put(row, 0, labels.UNIT, look.HEADER)
    page.put(row, 1, labels.COHORT, look.HEADER)
    page.span(row, 2, 4, _CATEGORY, look.HEADER)
    page.span(row, 5, page.last, _MISSING_CODES, look.HEADER)
    page.sheet.set_row(row, 22)
    row += 1
    wide = sum(page.widths[5:])
    for member, category, entry in found:
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


def _missing_of(scores: Scores, member: int, lang: Language) -> dict[str, str]:
    """By category: codes of the indicators that were not filled in, each with its blank cells."""
    submission = scores.submissions[member]
    assert submission is not None  # the caller looked
    found: dict[str, list[str]] = {}
    for indicator in scores.tree.indicators:
        if scores.status[member, scores.node_column[indicator.code]] != Status.MISSING:
            continue
        answers = (submission.answers.get(field_key(indicator, field)) for field in indicator.fields)
        places: list[CellPlace] = [a.place for a in answers if a is not None and a.state is AnswerState.MISSING]
        cells = places_text(places, lang)
        above = scores.tree.ancestors(indicator.code)
        category = f"{above[-1].code} {above[-1].title}" if above else ""
        entry = render(_WITH_CELLS(code=indicator.code, cells=cells), lang) if cells else indicator.code
        found.setdefault(category, []).append(entry)
    joint = render(Words("、", ", "), lang)
    return {category: joint.join(entries) for category, entries in found.items()}
