"""The sheets of the office's blank workbooks: a title, headings, rows to fill in with their lists."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import xlsxwriter

from lawgov_score.cell_addresses import address
from lawgov_score.model import Indicator, Roster, Tree, Unit
from lawgov_score.report import number_text, render
from lawgov_score.rules.field import FieldType
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.forms.layout import LISTS_SHEET, Question
from lawgov_score.workbook.forms.office import (
    ANSWERS,
    CHANGES,
    COMMON_HINTS,
    GRANTED,
    MARKS,
    ONCE,
    REFUSED,
    RULINGS,
    Form,
    OfficeColumn,
    kind_labels,
    labelled,
    mark_range,
    score_range,
)
from lawgov_score.workbook.office.beforehand import NOTHING_KNOWN, Beforehand
from lawgov_score.workbook.template.entry_checks import Lists, value_check
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats, Style
from lawgov_score.workbook.writing.page import SMALL, Page, finish, open_page

SUBTITLE = Words("{tree}（{edition} 版，考核年度 {year}）", "{tree} (edition {edition}, assessed year {year})")
REQUIRED = Words("必填", "required")
RANGE = Words("{least}—{most} 分", "{least} to {most}")

_BLANK_ROWS = 30  # left ready below the rows already filled in
_CHECKED_ROWS = 2000  # drop-down lists cover so many rows
_SPARE = {MARKS.key: 0, CHANGES.key: 0}  # marks of a roster, changes that were decided: all rows are known in advance
_WIDE, _WIDE_BESIDE_OTHERS = 60.0, 36.0  # the widest column, and where others are there to be read
_FIRST_DAY, _LAST_DAY = 36526, 73415  # 2000-01-01 to 2100-12-31
_CENTRED = frozenset({"range", "reviewer", "mark", "from", "to", "ruling", "level", "times", "date", "objection"})
_TEXT_COLUMNS = frozenset({"unit", "indicator", "kind"})  # a bare 05-4 would become the fourth of May

_NOT_IN_LIST = Words("列表中没有", "Not in the list")
_CHOOSE = Words("请从列表中选择", "Choose from the list")
_NAME_ONCE = Words(
    "写在这里的姓名用于本表各行；某一行另有其人的，在该行写。",
    "Stands for every row of this sheet; where a row is somebody else's, write the name there.",
)
_REQUIRED_FIRST = Words("必填。{what}", "Required. {what}")
_NOT_VALID = Words("填写不符合要求", "Not an answer to this")

Filled = Mapping[str, str | float]


def write_sheet(
    book: xlsxwriter.Workbook,
    formats: Formats,
    lists: Lists,
    tree: Tree,
    units: Roster | None,
    form: Form,
    standards: Callable[[Indicator], Phrase],
    lang: Language,
    beforehand: Beforehand = NOTHING_KNOWN,
) -> None:
    """Adds the sheet; nothing is protected, since it is the office's own."""
    hidden = beforehand.hidden(form)
    shown = (column for column in form.columns if column.key not in hidden)
    wide = _WIDE if beforehand.submissions is None else _WIDE_BESIDE_OTHERS
    form = replace(form, columns=tuple(replace(one, width=min(one.width, wide)) for one in shown))
    page = open_page(book, formats, form.name, lang, [column.width for column in form.columns])
    row = _ask_name(page, head(page, tree, form), form, beforehand.reviewer)
    row = _say_required(page, row, form)
    header = row
    for at, column in enumerate(form.columns):
        fill = {} if column.to_read else {"bg_color": look.ACCENT, "font_color": "#FFFFFF"}
        page.put(row, at, column.heading, look.HEADER, **fill)
        if column.key in _TEXT_COLUMNS:
            page.sheet.set_column(at, at, column.width, formats({"num_format": "@"}))
    page.sheet.set_row(row, 26)
    row += 1
    pairs = list(_certain_rows(tree, units, form, lang, beforehand))
    for filled, indicator in pairs:
        _write_row(page, form, row, filled)
        if indicator is not None:
            _check_mark(page, form, row, row, tree, indicator, standards)
        row += 1
    for _ in range(_SPARE.get(form.key, _BLANK_ROWS) if pairs else _BLANK_ROWS):
        _write_row(page, form, row, {})
        row += 1
    _add_lists(page, lists, tree, units, form, header + 1, beforehand)
    _add_checks(page, tree, form, header + 1, header + 1 + len(pairs), beforehand)
    finish(page, header=header, end=row, frozen_columns=1, filtered=True)
    page.sheet.repeat_rows(header - 1, header)
    sign(page, form)


def head(page: Page, tree: Tree, form: Form, align: str = "center") -> int:
    """Writes title, tree, and the purpose of the sheet; gives the next row. ``align``: left on pages side by side."""
    row = page.line(0, form.title, look.TITLE, font_size=16, align=align)
    tree_line = SUBTITLE(tree=tree.title, edition=tree.edition, year=str(tree.year))
    row = page.line(row, tree_line, look.SUBTITLE, align=align)
    return page.line(row, form.purpose, look.NOTE, font_size=10)


def _say_required(page: Page, row: int, form: Form) -> int:
    """Writes 必填 above every required column; the headings themselves keep their names."""
    for at, column in enumerate(form.columns):
        if column.is_required:
            page.put(row, at, REQUIRED, look.SUBTITLE, font_size=9, font_color=look.BAD, valign="bottom")
    page.sheet.set_row(row, 16)
    return row + 1


def _ask_name(page: Page, row: int, form: Form, reviewer: str) -> int:
    """Writes the cell in which the name of whoever fills in the whole sheet stands once; no such cell without names."""
    column = next((one for one in form.columns if one.key == "reviewer"), None)
    if column is None:
        return row
    label = page.say(ONCE(who=column.heading))
    page.put(row, 0, label, look.HEADER)
    page.put(row, 1, reviewer or None, look.TEXT, num_format="@", **({} if reviewer else {"bg_color": look.INPUT_FILL}))
    page.height(row, [(label, page.widths[0])], least=24)
    what = page.say(_NAME_ONCE)
    page.sheet.data_validation(row, 1, row, 1, {"validate": "any", "input_title": label[:32], "input_message": what})
    return row + 1


def sign(page: Page, form: Form) -> None:
    """Lines to sign at the foot of every printed page."""
    left, right = (page.say(words) for words in form.signed)
    pages = page.say(Words("第&P页 共&N页", "Page &P of &N"))
    font = f'&"{look.BODY_FONT},Regular"&9'
    page.sheet.set_footer(f"&L{font}{left}：____________&C{font}{pages}&R{font}{right}：____________    ")


def _certain_rows(
    tree: Tree, units: Roster | None, form: Form, lang: Language, beforehand: Beforehand
) -> Iterator[tuple[Filled, Indicator | None]]:
    """Rows needed for certain: every judged indicator with every unit to which it applies, claims, decided changes."""
    if form.key == CHANGES.key:
        yield from ((change, None) for change in beforehand.decided(tree, units or ()))
    if form.key == RULINGS.key:
        yield from ((claim, None) for claim in beforehand.claims(tree, units or (), lang))
    if form.key != MARKS.key:
        return
    for indicator in beforehand.indicators(tree):
        if not indicator.is_judged:
            continue
        title = labelled(indicator.code, indicator.title)
        for unit in units or ():
            if tree.is_applicable(indicator, unit.type):
                own = tree.of_type(unit.type).by_code[indicator.code]
                assert isinstance(own, Indicator)  # the same node
                beside = beforehand.beside_mark(unit, own, lang)
                shown = {"indicator": title, "range": render(range_text(own), lang)}
                yield {"unit": labelled(unit.code, unit.name), **shown, **beside}, own


def range_text(indicator: Indicator) -> Phrase:
    """The range of marks: 0—5 分."""
    least, most = mark_range(indicator)
    return RANGE(least=least, most=most)


def standard_text(indicator: Indicator, standards: Callable[[Indicator], Phrase], lang: Language) -> str:
    """The standard, and the tree's notes on it, those for the office among them, which may repeat what units read."""
    note, internal = indicator.note, indicator.internal_note
    return "\n".join(filter(None, (render(standards(indicator), lang), "" if note in internal else note, internal)))


def _write_row(page: Page, form: Form, row: int, filled: Filled) -> None:
    for at, column in enumerate(form.columns):
        style = look.CENTRED if column.key in _CENTRED else look.TEXT
        changes: dict[str, object] = {}
        if column.key not in filled and not column.to_read:
            changes["bg_color"] = look.INPUT_FILL
        if column.key in _TEXT_COLUMNS:
            changes["num_format"] = "@"
        elif column.key == "date":
            changes["num_format"] = "yyyy-mm-dd"
        if column.to_read:
            changes["font_size"] = 9
        page.put(row, at, filled.get(column.key), style, **changes)
    texts = [
        (str(filled.get(column.key, "")), column.width * (SMALL if column.to_read else 1)) for column in form.columns
    ]
    page.sheet.set_row(row, look.row_height(texts, least=24))


def _add_lists(
    page: Page, lists: Lists, tree: Tree, units: Roster | None, form: Form, first: int, beforehand: Beforehand
) -> None:
    """Drop-down lists: units of the roster, indicators, kinds, levels, rulings."""
    offered = {
        "unit": tuple(labelled(unit.code, unit.name) for unit in units or ()),
        "indicator": tuple(labelled(i.code, i.title) for i in _indicators(tree, form, beforehand)),
        "kind": kind_labels(tree),
        "level": tuple(dict.fromkeys(level for kind in tree.adjustments for level in kind.levels)),
        "ruling": (page.say(GRANTED), page.say(REFUSED)),
    }
    for at, column in enumerate(form.columns):
        choices = offered.get(column.key, ())
        if choices:
            options = {
                "validate": "list",
                "source": lists.reference(choices, LISTS_SHEET),
                "error_title": page.say(_NOT_IN_LIST)[:32],
                "error_message": page.say(_CHOOSE),
                # Code or name alone is also read, so the list only warns.
                "error_type": "stop" if column.key == "ruling" else "warning",
            }
            _validate(page, at, column, first, first + _CHECKED_ROWS, options)


def _indicators(tree: Tree, form: Form, beforehand: Beforehand) -> tuple[Indicator, ...]:
    shown = beforehand.indicators(tree)
    if form.key == MARKS.key:
        return tuple(i for i in shown if i.is_judged)
    return tuple(i for i in shown if i.may_not_apply) if form.key == RULINGS.key else shown


def _add_checks(page: Page, tree: Tree, form: Form, first: int, first_blank: int, beforehand: Beforehand) -> None:
    """Cell checks: numbers and dates within their bounds, a message beside every other cell."""
    for at, column in enumerate(form.columns):
        last = first + _CHECKED_ROWS
        match column.key:
            case "mark":
                bounds = [mark_range(i) for own in _trees(tree) for i in _indicators(own, form, beforehand)]
                widest = (min(least for least, _ in bounds), max(most for _, most in bounds))
                _validate(page, at, column, first_blank, last, _score_check(page, tree, *widest))
            case "from" | "to":
                ranges = [score_range(i) for own in _trees(tree) for i in own.indicators]
                least, most = min(least for least, _ in ranges), max(most for _, most in ranges)
                _validate(page, at, column, first, last, _score_check(page, tree, least, most))
            case "date":
                _validate(page, at, column, first, last, _number(page, "date", _FIRST_DAY, _LAST_DAY))
            case "times":
                options = {"validate": "integer", "criteria": ">=", "value": 1}
                _validate(page, at, column, first, last, options)
            case "reviewer" | "reason" | "matter" | "evidence":
                _validate(page, at, column, first, last, {"validate": "any"})


def _trees(tree: Tree) -> tuple[Tree, ...]:
    """The trees that unit types are assessed by: their points and rules may differ."""
    return tuple(own for _, own in tree.kinds) or (tree,)


def _check_mark(
    page: Page,
    form: Form,
    row: int,
    last: int,
    tree: Tree,
    indicator: Indicator,
    standards: Callable[[Indicator], Phrase],
) -> None:
    """The cell check of a mark for a known indicator; its message says how to judge."""
    column = form.column("mark")
    check = {
        **_score_check(page, tree, *mark_range(indicator)),
        "input_title": labelled(indicator.code, indicator.title)[:32],
        "input_message": standard_text(indicator, standards, page.lang)[:255],
    }
    _validate(page, form.columns.index(column), column, row, last, check)


def _score_check(page: Page, tree: Tree, least: float, most: float) -> dict[str, object]:
    """A check for a number within bounds; not enforced if the tree has letters, which only the reader can check."""
    return {"validate": "any"} if tree.letters else _number(page, "decimal", least, most)


def _number(page: Page, kind: str, least: float, most: float) -> dict[str, object]:
    options: dict[str, object] = {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}
    if kind == "decimal":
        between = Words("应为 {least} 到 {most} 之间的数。", "A number from {least} to {most}.")
        options["error_message"] = page.say(between(least=number_text(least), most=number_text(most)))
    return options


def _validate(page: Page, at: int, column: OfficeColumn, first: int, last: int, options: Mapping[str, object]) -> None:
    what = page.say(column.what)
    if column.is_required and not what.startswith((page.say(REQUIRED), page.say(REQUIRED).capitalize())):
        what = page.say(_REQUIRED_FIRST(what=what))
    heading = {"input_title": page.say(column.heading)[:32], "input_message": what[:255]}
    error = {"error_title": page.say(_NOT_VALID)[:32]} if options["validate"] != "any" else {}
    page.sheet.data_validation(first, at, last, at, {**heading, **error, **options})


def hints(form: Form) -> tuple[Words, ...]:
    """The texts of the sheet 填写说明 besides the columns."""
    is_list = any(column.is_required for column in form.columns[1:])  # otherwise no column is marked 必填
    return (*form.hints, *(COMMON_HINTS if is_list else COMMON_HINTS[1:]))


_BLANK_UNITS = 24
_COLUMN = 12.0
_MOST_COLUMNS = 14  # on one printed page; more go on to pages beside it
_STYLES: dict[FieldType, Style] = {
    FieldType.SHARE: look.PERCENT,
    FieldType.DATE: look.DATE,
    FieldType.COUNT: {**look.WHOLE, "num_format": "General"},
    FieldType.AMOUNT: {**look.WHOLE, "num_format": "General"},
    FieldType.TEXT: look.TEXT,
}
_MEASURED = Words("{name}（{measured_in}）", "{name} ({measured_in})")
_CODES = Words("填报项代码", "Codes of the fields")


def write_answers_sheet(
    book: xlsxwriter.Workbook,
    formats: Formats,
    lists: Lists,
    tree: Tree,
    units: Roster | None,
    lang: Language,
    beforehand: Beforehand = NOTHING_KNOWN,
) -> None:
    """Adds the sheet. Its heading has three rows: indicator, field, code of the field (which is what is read)."""
    questions = beforehand.questions(tree)
    unit_width = ANSWERS.columns[0].width
    page = open_page(book, formats, ANSWERS.name, lang, [unit_width, *(_COLUMN for _ in questions)])
    sheet = page.sheet
    sheet.set_column(0, 0, unit_width, formats({"num_format": "@"}))
    top = head(page, tree, ANSWERS, "left" if len(questions) > _MOST_COLUMNS else "center")
    _headings(page, top, questions)
    first = top + 3
    rows: list[Unit | None] = list(units) if units else [None] * _BLANK_UNITS
    for row, unit in enumerate(rows, start=first):
        _row(page, row, unit, tree, questions)
    last = first + len(rows) - 1
    for at, question in enumerate(questions, start=1):
        sheet.data_validation(first, at, last, at, value_check(question, address(first, at), lists, lang))
    if units:
        offered = tuple(labelled(unit.code, unit.name) for unit in units)
        source = lists.reference(offered, LISTS_SHEET)
        sheet.data_validation(first, 0, last, 0, {"validate": "list", "source": source, "error_type": "warning"})
    finish(page, header=top, end=last + 1)
    sheet.repeat_rows(top, top + 2)
    sheet.repeat_columns(0)
    sheet.freeze_panes(first, 1)
    if len(questions) > _MOST_COLUMNS:
        sheet.fit_to_pages(-(-len(questions) // _MOST_COLUMNS), 0)
    sign(page, ANSWERS)


def _headings(page: Page, row: int, questions: Sequence[Question]) -> None:
    fill = {"bg_color": look.ACCENT, "font_color": "#FFFFFF"}
    page.sheet.merge_range(row, 0, row + 1, 0, "", page.formats(look.HEADER, **fill))
    page.put(row, 0, ANSWERS.columns[0].heading, look.HEADER, **fill)
    small: dict[str, object] = {"font_size": 8, "font_color": look.MUTED, "bg_color": look.LOCKED_FILL}
    page.put(row + 2, 0, _CODES, look.CENTRED, **small)
    at, tallest = 1, [("", _COLUMN)]
    for _, group in groupby(questions, key=lambda question: question.indicator.code):
        asked = list(group)
        indicator = asked[0].indicator
        title = labelled(indicator.code, indicator.title)
        page.span(row, at, at + len(asked) - 1, title, look.HEADER)
        tallest.append((title, _COLUMN * len(asked)))
        at += len(asked)
    page.height(row, tallest, least=24)
    names = []
    for column, question in enumerate(questions, start=1):
        field = question.field
        name = _MEASURED(name=field.name, measured_in=field.measured_in) if field.measured_in else field.name
        names.append((page.say(name), _COLUMN))
        page.put(row + 1, column, name, look.HEADER, **fill)
        page.put(row + 2, column, question.key, look.CENTRED, **small)
    page.height(row + 1, names, least=24)
    page.height(row + 2, [(question.key, _COLUMN * 10 / 8) for question in questions], size=8, least=14)


def _row(page: Page, row: int, unit: Unit | None, tree: Tree, questions: Sequence[Question]) -> None:
    name = labelled(unit.code, unit.name) if unit is not None else None
    fill = {"bg_color": look.INPUT_FILL}
    page.put(row, 0, name, look.TEXT, num_format="@", **({} if unit is not None else fill))
    for at, question in enumerate(questions, start=1):
        style = _STYLES.get(question.field.type, look.CENTRED)
        applies = unit is None or tree.is_applicable(question.indicator, unit.type)
        page.put(row, at, None, style, **(fill if applies else {"bg_color": "#D9DEE4"}))
    page.height(row, [(name or "", page.widths[0])], least=22)
