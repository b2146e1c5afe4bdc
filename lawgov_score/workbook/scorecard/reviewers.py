"""评审情况: how reviewers marked, by reviewer and by indicator, and marks to look at again. For the office alone."""

from collections.abc import Sequence

import xlsxwriter

from lawgov_score.content import labels
from lawgov_score.content.reviewers import HEADLINE, NAME, Report, report_of
from lawgov_score.model import Scores
from lawgov_score.wording import Language, Phrase, Text, Words
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats, Style
from lawgov_score.workbook.writing.page import SMALL, Page, finish, open_page

_WIDTHS = [22, 30, 10, 11, 11, 11, 11, 11, 46]
_NOTE = Words(
    "各项幅度不同的分按占幅度的比例比较。有三个以上分的与中位数比，只有两个分的互相比。差别大只说明值得再看一看，不说明哪一名评审打错；分数少的不作比较。",
    "Marks of different ranges are compared as shares of their range: three or more with their median, two with one "
    "another. A wide gap says that it is worth a look, not that a reviewer is wrong; of few marks nothing is said.",
)
_BY_REVIEWER = Words("各评审打分情况", "By reviewer")
_OF_REVIEWER = (
    Words("评审人", "Reviewer"),
    Words("值得一看", "Worth a look"),
    Words("打分个数", "Marks"),
    Words("指标数", "Indicators"),
    Words("单位数", "Units"),
    Words("平均占幅度", "Mean share"),
    Words("标准差", "Standard deviation"),
    Words("与他人平均相差", "Beside the others"),
    Words("最低—最高", "Lowest to highest"),
)
_BY_INDICATOR = Words("各指标打分情况", "By indicator")
_OF_INDICATOR = (
    Words("编码", "Code"),
    Words("指标", "Indicator"),
    Words("打分个数", "Marks"),
    Words("评审人数", "Reviewers"),
    Words("平均分", "Mean"),
    Words("最低分", "Lowest"),
    Words("最高分", "Highest"),
    Words("评审间平均相差", "Apart, on average"),
    Words("打分幅度", "Range"),
)
_AGAIN = Words("建议再看一看的分（{n} 个）", "Marks to look at again ({n})")
_NOTHING_AGAIN = Words("没有需要再看的分。", "None.")
_OF_MARK = (
    Words("单位", "Unit"),
    Words("指标", "Indicator"),
    Words("评审人", "Reviewer"),
    Words("所打的分", "Mark given"),  # not as in 评审打分: this sheet is never read as marks
)
_WHY, _REASON = Words("为什么再看", "Why"), Words("所写理由", "Reason given")
_CODED = Words("{code} {title}", "{code} {title}")
_RANGE = Words("{least:points}—{most:points}", "{least:points} to {most:points}")
_OF_TYPES = Words("{types:list} {range}", "{range} for {types:list}")
_RANGES = Words("{each:list}", "{each:list}")
_SHARES = Words("{least}—{most}", "{least} to {most}")


def write(book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language) -> None:
    """Writes the sheet 评审情况."""
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    row = page.line(0, HEADLINE, look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    row = page.line(row, _NOTE, look.NOTE)
    header, report = row + 1, report_of(scores)
    row = _reviewers(page, row, report)
    row = _indicators(page, row, report)
    row = _again(page, row, report, scores)
    finish(page, header=header, end=row)
    page.sheet.freeze_panes(0, 0)


def _reviewers(page: Page, row: int, report: Report) -> int:
    row = page.header(page.line(row, _BY_REVIEWER, look.HEADING), _OF_REVIEWER)
    for one in report.reviewers:
        shares = _SHARES(least=f"{one.lowest:.0%}", most=f"{one.highest:.0%}")
        cells: list[tuple[Text | float | None, Style]] = [
            (one.name, look.TEXT),
            (one.remark, look.TEXT),
            (one.marks, look.WHOLE),
            (one.indicators, look.WHOLE),
            (one.units, look.WHOLE),
            (one.average, look.PERCENT),
            (one.spread, look.PERCENT),
            (one.beside, look.PERCENT),
            (shares, look.CENTRED),
        ]
        row = _line(page, row, cells)
    return row


def _indicators(page: Page, row: int, report: Report) -> int:
    row = page.header(page.line(row, _BY_INDICATOR, look.HEADING), _OF_INDICATOR)
    for one in report.judged:
        ranges = tuple(_of_types(*each) for each in one.ranges)
        cells: list[tuple[Text | float | None, Style]] = [
            (one.indicator.code, look.CENTRED),
            (one.indicator.title, look.TEXT),
            (one.marks, look.WHOLE),
            (one.reviewers, look.WHOLE),
            (one.average, look.POINTS),
            (one.lowest, look.POINTS),
            (one.highest, look.POINTS),
            (one.apart, look.POINTS),
            (ranges[0] if len(ranges) == 1 else _RANGES(each=ranges), look.CENTRED),
        ]
        row = _line(page, row, cells)
    return row


def _of_types(types: tuple[str, ...], least: float, most: float) -> Phrase:
    own = _RANGE(least=least, most=most)
    return _OF_TYPES(types=types, range=own) if types else own


def _again(page: Page, row: int, report: Report, scores: Scores) -> int:
    row = page.line(row, _AGAIN(n=len(report.again)), look.HEADING)
    if not report.again:
        return page.line(row, _NOTHING_AGAIN, look.NOTE)
    header = row
    row = page.header(header, _OF_MARK)
    for first, last, words in ((4, 7, _WHY), (8, 8, _REASON)):
        page.span(header, first, last, words, look.HEADER)
    for one in report.again:
        title = _CODED(code=one.indicator.code, title=one.indicator.title)
        texts: list[tuple[Text, int]] = [(scores.units[one.row].name, 0), (title, 1), (one.mark.reviewer, 2)]
        for text, column in texts:
            page.put(row, column, text, look.TEXT)
        page.put(row, 3, one.mark.mark, look.POINTS)
        page.span(row, 4, 7, one.why, look.TEXT)
        page.put(row, 8, one.mark.reason, look.TEXT, font_size=9)
        wide = [(text, page.widths[column]) for text, column in texts]
        page.height(row, [*wide, (one.why, sum(page.widths[4:8])), (one.mark.reason, page.widths[8] * SMALL)])
        row += 1
    return row


def _line(page: Page, row: int, cells: Sequence[tuple[Text | float | None, Style]]) -> int:
    for column, (content, style) in enumerate(cells):
        page.put(row, column, content, style)
    page.height(
        row, [(text, page.widths[i]) for i, (text, _) in enumerate(cells) if not isinstance(text, int | float | None)]
    )
    return row + 1
