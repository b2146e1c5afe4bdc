"""Writes the blank roster (单位名册) of a tree: a row a unit, types and cohorts from lists, and how to fill it in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lawgov_score.model import Cohort, Tree, UnitType
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.forms.layout import LISTS_SHEET, UNIT_CODE_LABEL, UNIT_NAME_LABEL, UNIT_TYPE_LABEL
from lawgov_score.workbook.template.entry_checks import Lists
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats, close, new_workbook
from lawgov_score.workbook.writing.page import Page, finish, open_page

SHEET = Words("单位名册", "Roster")
_HELP = Words("填写说明", "How to fill it in")
_TITLE = Words("{title}：单位名册", "{title}: roster")
_HEADINGS: dict[str, Words] = {  # as a roster is read; in English by the keys themselves
    "unit": Words(UNIT_CODE_LABEL.zh, "unit"),
    "name": Words(UNIT_NAME_LABEL.zh, "name"),
    "type": Words(UNIT_TYPE_LABEL.zh, "type"),
    "cohort": Words("考核分组", "cohort"),
}
_WIDTHS = (14.0, 40.0, 20.0, 22.0)
_ROWS = 300  # with lists
_PREPARED = 40  # with borders

_WHAT: dict[str, Words] = {
    "unit": Words(
        "自己编的短编码，每个单位一个，不重复，如 BM-01。填报表、评分卡的文件名用它，定了不要改。",
        "A short code of your own, one a unit, such as BM-01: workbooks and cards are called by it, so keep it.",
    ),
    "name": Words("单位全称；不填的，用编码代替。", "The full name; the code stands in where it is blank."),
    "type": Words(
        "点单元格右侧箭头选择。哪些指标适用，按类型定。",
        "Choose from the list. It decides which indicators apply.",
    ),
    "cohort": Words(
        "点单元格右侧箭头选择。同组的单位一起排名。可以不填，不填的按类型归组。",
        "Choose from the list. Units of a cohort are ranked together. May stay blank: then the type decides.",
    ),
}
_MAY_BE_BLANK = ("name", "cohort")
_NEEDED = Words("{name}（必填）", "{name} (required)")
_HINTS = (
    Words(
        "在“单位名册”页填写，一行一个单位，从标题行的下一行填起；也可以从别的表格粘贴（选择性粘贴为数值）。",
        "Fill in the sheet Roster, a row a unit, from the row below the headings; pasted values are fine.",
    ),
    Words("不要改动标题行的名称；可以插行、删行、排序。", "Leave the headings; inserting, deleting, sorting is fine."),
    Words(
        "填好保存以后，用下一步命令生成填报表；名册有错的，会按单元格逐条指出。",
        "Save, then go on to the next step: what is wrong in a roster is named cell by cell.",
    ),
)
_HOW = Words("填写要求", "How to fill it in")
_COLUMNS = Words("各栏填法", "The columns")
_TYPES = Words("本指标体系的单位类型和考核分组", "Types and cohorts of this tree")
_COHORT_OF = Words("{cohort}（包括{types:list}）", "{cohort} ({types:list})")
_NOT_IN_LIST = Words("列表中没有", "Not in the list")
_CHOOSE = Words("请从列表中选择", "Choose from the list")


def write_roster(tree: Tree, path: Path, lang: Language = Language.ZH) -> None:
    """Writes the workbook to ``path``. The same tree gives the same bytes. Raises ``OSError``."""
    book = new_workbook(path, render(_TITLE(title=tree.title), lang))
    formats, lists = Formats(book), Lists()
    columns = [key for key in _HEADINGS if _is_asked(tree, key)]
    _write_sheet(open_page(book, formats, SHEET, lang, _WIDTHS[: len(columns)], landscape=False), lists, tree, columns)
    _write_help(open_page(book, formats, _HELP, lang, (18.0, 74.0), landscape=False), tree, columns)
    lists.write(book, LISTS_SHEET)
    close(book)


def _is_asked(tree: Tree, key: str) -> bool:
    """Types and cohorts are asked where the tree has any."""
    return {"type": bool(tree.unit_types), "cohort": bool(tree.cohorts)}.get(key, True)


def _write_sheet(page: Page, lists: Lists, tree: Tree, columns: Sequence[str]) -> None:
    fill = {"bg_color": look.ACCENT, "font_color": "#FFFFFF"}
    for at, key in enumerate(columns):
        page.put(0, at, _HEADINGS[key], look.HEADER, **fill)
        # As text: a code such as 05-4 would become the fourth of May.
        page.sheet.set_column(at, at, page.widths[at], page.formats(look.TEXT, num_format="@"))
    page.tall(0, 26)
    for row in range(1, _PREPARED + 1):
        for at in range(len(columns)):
            page.put(row, at, None, look.TEXT, num_format="@", bg_color=look.INPUT_FILL)
    for at, key in enumerate(columns):
        message = {"input_title": page.say(_HEADINGS[key])[:32], "input_message": page.say(_WHAT[key])}
        names = _names(tree.unit_types) if key == "type" else _names(tree.cohorts) if key == "cohort" else ()
        check: dict[str, object] = {"validate": "any"}
        if names:
            check = {
                "validate": "list",
                "source": lists.reference(names, LISTS_SHEET),
                "error_title": page.say(_NOT_IN_LIST),
                "error_message": page.say(_CHOOSE),
                "error_type": "warning",  # a code is read as well
            }
        page.sheet.data_validation(1, at, _ROWS, at, {**message, **check})
    finish(page, header=0, end=_PREPARED + 1, filtered=True)


def _names(known: Sequence[UnitType] | Sequence[Cohort]) -> tuple[str, ...]:
    return tuple(one.name for one in known)


def _write_help(page: Page, tree: Tree, columns: Sequence[str]) -> None:
    row = page.line(0, _TITLE(title=tree.title), look.TITLE, font_size=16)
    row = page.line(row + 1, _HOW, look.HEADING)
    for number, hint in enumerate(_HINTS, start=1):
        row = page.line(row, f"{number}．{page.say(hint)}", look.PLAIN, font_size=11)
    row = page.line(row + 1, _COLUMNS, look.HEADING)
    for key in columns:
        name = _HEADINGS[key]
        row = _beside(page, row, name if key in _MAY_BE_BLANK else _NEEDED(name=name), _WHAT[key])
    kinds = list(_kinds(tree))
    if kinds:
        row = page.line(row + 1, _TYPES, look.HEADING)
    for label, content in kinds:
        row = _beside(page, row, label, content)
    page.sheet.print_area(0, 0, row - 1, page.last)


def _kinds(tree: Tree) -> Iterator[tuple[Words, Phrase]]:
    listed = Words("{names:list}", "{names:list}")
    names = {kind.code: kind.name for kind in tree.unit_types}
    if names:
        yield _HEADINGS["type"], listed(names=tuple(names.values()))
    if tree.cohorts:
        held = tuple(
            _COHORT_OF(cohort=one.name, types=tuple(names[code] for code in one.unit_types)) for one in tree.cohorts
        )
        yield _HEADINGS["cohort"], listed(names=held)


def _beside(page: Page, row: int, label: Words | Phrase, content: Words | Phrase) -> int:
    page.put(row, 0, label, look.CENTRED)
    page.put(row, 1, content, look.TEXT)
    page.height(row, [(content, page.widths[1])], least=22)
    return row + 1
