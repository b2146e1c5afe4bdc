"""Recognises this program's own output, which is no submission: a card, a scorecard, a list, a table of results.

People save such files anew, take the hidden sheets out, and send one page of them. So they are recognised by their
visible content; a workbook with a fill-in sheet of its own is a submission, whatever else was pasted into it.
"""

from collections.abc import Collection, Iterator, Sequence

from lawgov_score.content import analysis, circulated, cohort, losses, method, review, reviewers
from lawgov_score.content.circulated import Part
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.forms.layout import LISTS_SHEET, STAMP_SHEET
from lawgov_score.workbook.forms.office import ANSWERS, FORMS, Form
from lawgov_score.workbook.package.opened import Opened, Rows
from lawgov_score.workbook.plain_texts import first_filled, plain
from lawgov_score.workbook.submission.headings import headings, is_enough
from lawgov_score.workbook.writing.manifest import MANIFEST_SHEET

CARD = Words("评分卡", "a unit's card")
SCORECARD = Words("评分结果工作簿", "a scorecard")
LIST = Words("核对结果清单", "a list of problems")
INTAKE = Words("报送情况登记表", "a register of submissions")
TABLE = Words("指标体系表（export 写出的）", "the table of a tree, as export wrote it")
OFFICE = Words("考核办的工作簿“{name}”", "the office's workbook “{name}”")
RESULTS = Words("评分结果表（{name}）", "a table of results ({name})")

_Signs = frozenset[str]


def _signs(*words: str) -> _Signs:
    return frozenset(plain(word).casefold() for word in words)


_IN_A_TABLE = (Part.ORDER, Part.CODE, Part.POINTS, Part.STANDARD, Part.LEAD, Part.ASSIST, Part.EVIDENCE)

# Headings that occur together in one row, in either language, of each kind of output; a test checks every output sheet.
_BOOKS: tuple[tuple[Words, tuple[_Signs, ...]], ...] = (
    (
        CARD,
        (
            _signs("指标值", "得分", "失分", "得分率", "状态", "扣分理由"),
            _signs("Value", "Score", "Lost", "Score rate", "Status", "Why points were lost"),
            _signs("适用分", "得分", "失分", "本单位得分率"),
            _signs("Applicable points", "Score", "Lost", "Own score rate"),
            _signs("编码", "指标", "分值", "得分", "失分", "扣分理由"),
            _signs("Code", "Indicator", "Points", "Score", "Lost", "Why points were lost"),
        ),
    ),
    (
        SCORECARD,
        (
            _signs("单位编码", "指标编码", "得分", "失分", "状态", "扣分理由"),
            _signs("Unit code", "Indicator code", "Score", "Lost", "Status", "Why points were lost"),
            _signs("位次", "单位编码", "得分", "等次", "填报率"),
            _signs("Place", "Unit code", "Score", "Grade", "Coverage"),
            _signs("应填报项", "已填报项", "填报文件", "填报率"),
            _signs("Fields asked", "Answered", "File", "Coverage"),
            _signs("失分合计", "每单位平均失分"),
            _signs("合计失分", "每单位平均失分"),  # until 0.4.0
            _signs("Points lost", "Lost per unit"),
        ),
    ),
    (
        LIST,
        (_signs("位置", "问题", "应为", "实为", "改法"), _signs("Place", "Problem", "Expected", "Found", "What to do")),
    ),
    (
        TABLE,
        (
            _signs(*(part.value.zh for part in _IN_A_TABLE)),
            _signs(*(part.value.en for part in _IN_A_TABLE)),
        ),
    ),
    (
        INTAKE,
        (
            _signs("单位编码", "采用的文件", "收到份数", "未填项", "状态"),
            _signs("Unit code", "Version in force", "Versions received", "Blank", "State"),
            _signs("单位编码", "指标编码", "填报项", "未填位置"),
            _signs("Unit code", "Indicator code", "Question", "Blank cell"),
        ),
    ),
)
_BEGINNINGS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (
        SCORECARD,
        (
            *("各单位填报值、上年数据和评审打分", "由各项得分逐级汇总", "分类得分率"),
            *("Answers, figures of last edition and reviewers", "From scores up to totals, places and grades"),
            "Score rates by category",
        ),
    ),
    (CARD, ("同组数据",)),
)
# The same, in full: short enough to begin what somebody else wrote.
_IN_FULL: tuple[tuple[Words, _Signs], ...] = (
    (
        SCORECARD,
        _signs(
            *(
                text
                for one in (analysis, losses, method, review, reviewers)
                for text in (one.HEADLINE.zh, one.HEADLINE.en)
            )
        ),
    ),
    (CARD, _signs(cohort.NAME.en)),
    (TABLE, _signs(circulated.OTHER_SHEET.zh, circulated.OTHER_SHEET.en)),
)
_TITLES = 3  # rows in which a page's title may stand alone
_TABLES: tuple[tuple[str, _Signs], ...] = (
    ("ranking.csv", _signs("unit", "name", "cohort", "score", "rank", "grade")),
    ("scores.csv", _signs("unit", "code", "points", "score", "status", "reason")),
    ("figures.csv", _signs("unit", "code", "field", "value")),
    ("grounds.csv", _signs("unit", "code", "ground", "value")),
    ("changes.csv", _signs("unit", "code", "old", "new", "cause")),
)


def own_output(opened: Opened) -> Words | Phrase | None:
    """The kind of a workbook that is this program's output; None if it may be a submission."""
    kinds: list[Words | Phrase] = []
    for name, rows in opened.sheets.items():
        if name in {STAMP_SHEET, LISTS_SHEET, MANIFEST_SHEET}:
            continue
        is_to_fill_in = is_enough(headings(rows)[1])
        if is_to_fill_in and STAMP_SHEET in opened.sheets:
            return None
        shown = next(_shown(rows), None)
        if shown is not None:
            kinds.append(shown)
        elif is_to_fill_in:
            return None
    manifest = opened.sheets.get(MANIFEST_SHEET, ())
    entries = {str(row[0]): str(row[1]) for row in manifest if len(row) > 1}
    if entries.get("program"):
        return CARD if entries.get("unit") else SCORECARD
    return kinds[0] if kinds else None


def own_table(headings: Collection[str]) -> Words | Phrase | None:
    """The same for a table, by its headings."""
    shown = {plain(heading).casefold() for heading in headings}
    return next((RESULTS(name=name) for name, signs in _TABLES if signs <= shown), None)


def _shown(rows: Rows) -> Iterator[Words | Phrase]:
    """The kind of a sheet, for every row that identifies it."""
    for n, (_, row) in enumerate(first_filled(rows)):
        texts = [cell for cell in row if isinstance(cell, str) and cell]
        signs = {plain(text).casefold() for text in texts}
        yield from (book for book, known in _BOOKS if any(each <= signs for each in known))
        if n < _TITLES and len(texts) == 1:
            yield from (book for book, known in _BEGINNINGS if texts[0].startswith(known))
            yield from (book for book, known in _IN_FULL if signs <= known)
        yield from (OFFICE(name=form.name) for form in FORMS if form is not ANSWERS and _has_all(form, texts))


def _has_all(form: Form, texts: Sequence[str]) -> bool:
    needed = [column for column in form.columns if column.is_needed and not column.to_read]
    if len(texts) < len(needed):
        return False  # nearly always: a row of headings is rare
    named = {form.named(text) for text in texts}
    return all(column in named for column in needed)
