"""Writes the office's blank workbooks from tree and roster, each with a sheet of help."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

from lawgov_score.explanation import vetoes
from lawgov_score.explanation.adjustments import kind_label, kind_rule, limit_rules
from lawgov_score.files import file_names
from lawgov_score.model import Change, FilledBy, Indicator, Roster, Tree
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Text, Words
from lawgov_score.workbook.forms.layout import LISTS_SHEET
from lawgov_score.workbook.forms.office import ANSWERS, CHANGES, HELP_SHEET, MARKS, REGISTER, Form, labelled
from lawgov_score.workbook.forms.stamp import FORMAT, Stamp, write_stamp
from lawgov_score.workbook.office.beforehand import NOTHING_KNOWN, Beforehand
from lawgov_score.workbook.office.sheets import (
    SUBTITLE,
    hints,
    range_text,
    standard_text,
    write_answers_sheet,
    write_sheet,
)
from lawgov_score.workbook.template.entry_checks import Lists
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats, close, new_workbook
from lawgov_score.workbook.writing.page import Page, open_page

_WIDTHS = (20.0, 22.0, 56.0)
_HELP_TITLE = Words("{form}填写说明", "{form}: how to fill it in")
_HOW = Words("填写要求", "How to fill it in")
_COLUMNS = Words("各栏填法", "The columns")
_NEEDED = Words("{name}（必填）", "{name} (required)")
_KINDS = Words("加分、扣分和一票否决的类别", "Kinds of bonus, penalty and veto")
_STANDARDS = Words("各指标怎样评分", "How to judge each indicator")
_STANDARD_HEADINGS = (Words("评分范围", "Range"), Words("指标", "Indicator"), Words("评分标准", "Standard"))
_READ = Words(
    "计分时在命令中写 --assessor 和存放本工作簿的文件夹。认不出或者不合要求的，按单元格逐条列出，其余照常读取。",
    "For scoring, name the folder of this workbook after --assessor. What cannot be read is listed cell by cell, "
    "everything else is used.",
)
_VETO = Words("一票否决", "Veto")
_LIMITS = Words("限额", "Limits")


def write_help(
    book: xlsxwriter.Workbook,
    formats: Formats,
    tree: Tree,
    form: Form,
    standards: Callable[[Indicator], Phrase],
    lang: Language,
    beforehand: Beforehand = NOTHING_KNOWN,
) -> None:
    """Adds the sheet: one upright page."""
    page = open_page(book, formats, HELP_SHEET, lang, _WIDTHS, landscape=False)
    row = page.line(0, _HELP_TITLE(form=form.title), look.TITLE, font_size=16)
    row = page.line(row, SUBTITLE(tree=tree.title, edition=tree.edition, year=str(tree.year)), look.SUBTITLE)
    row = page.line(row + 1, _HOW, look.HEADING)
    for number, hint in enumerate((form.purpose, *hints(form), _READ), start=1):
        row = page.line(row, f"{number}．{page.say(hint)}", look.PLAIN, font_size=11)
    if form is not ANSWERS:
        row = page.line(row + 1, _COLUMNS, look.HEADING)
        hidden = beforehand.hidden(form)
        for column in (one for one in form.columns if one.key not in hidden):
            name = _NEEDED(name=column.heading) if column.is_required else column.heading
            page.put(row, 0, name, look.HEADER)
            page.span(row, 1, page.last, column.what, look.TEXT)
            cells: list[tuple[Text, float]] = [(name, page.widths[0]), (column.what, page.width - page.widths[0])]
            page.height(row, cells, least=22)
            row += 1
    if form is REGISTER:
        row = page.line(row + 1, _KINDS, look.HEADING)
        row = _kinds(page, row, tree)
    judged = {MARKS.key: _is_judged, ANSWERS.key: _is_filled_in}.get(form.key)
    if judged is not None:
        row = page.line(row + 1, _STANDARDS, look.HEADING)
        row = page.header(row, _STANDARD_HEADINGS)
        row = _standards(page, row, filter(judged, beforehand.indicators(tree)), standards)
    page.sheet.print_area(0, 0, row - 1, page.last)


def _kinds(page: Page, row: int, tree: Tree) -> int:
    for label, effect in _effects(tree):
        page.put(row, 0, label, look.CENTRED)
        page.span(row, 1, page.last, effect, look.TEXT)
        page.height(row, [(effect, page.width - page.widths[0])], least=22)
        row += 1
    return row


def _is_judged(indicator: Indicator) -> bool:
    return indicator.is_judged


def _is_filled_in(indicator: Indicator) -> bool:
    return indicator.filled_by is FilledBy.ASSESSOR and not indicator.is_judged and not indicator.copy_of


def _standards(page: Page, row: int, indicators: Iterable[Indicator], standards: Callable[[Indicator], Phrase]) -> int:
    for indicator in indicators:
        texts = (
            page.say(range_text(indicator)),
            labelled(indicator.code, indicator.title),
            standard_text(indicator, standards, page.lang),
        )
        for at, text in enumerate(texts):
            page.put(row, at, text, look.TEXT if at else look.CENTRED)
        page.height(row, list(zip(texts, page.widths, strict=True)), least=22)
        row += 1
    return row


def _effects(tree: Tree) -> Iterator[tuple[Words | Phrase, Phrase]]:
    """The effects of every kind and veto, in the words of the method sheet."""
    for kind in tree.adjustments:
        yield kind_label(kind), kind_rule(tree, kind)
    if tree.adjustments:
        yield _LIMITS, limit_rules(tree)
    for veto in tree.vetoes:
        yield _VETO, vetoes.whole(tree, veto)


_LEADS = Words("{leads:list}", "{leads:list}")
_TITLE = Words("{title}：{form}", "{title}: {form}")


def write_assessor_templates(
    tree: Tree,
    units: Roster | None,
    folder: Path,
    *,
    standards: Callable[[Indicator], Phrase],
    lang: Language = Language.ZH,
    beforehand: Sequence[Beforehand] = (NOTHING_KNOWN,),
) -> list[Path]:
    """Writes the workbooks into the existing ``folder`` and gives their paths.

    ``beforehand``: claims, what reviewers read, who reviews; one for each reviewer. A workbook for leading units or one
    reviewer has that name in its own, and all names differ. With ``units`` the rows that are certain to be needed are
    filled in, and lists offer the units. The same tree, units and ``beforehand`` give the same bytes. Raises
    ``OSError`` where a file cannot be written.
    """
    planned = [(form, known) for known in beforehand for form in known.forms(tree)]
    names = file_names([_name(form, known, lang) for form, known in planned], ".xlsx")
    for (form, known), name in zip(planned, names, strict=True):
        _write(tree, units, form, folder / name, standards, lang, known)
    return [folder / name for name in names]


def write_changes(
    tree: Tree,
    units: Roster,
    changes: Sequence[Change],
    path: Path,
    *,
    standards: Callable[[Indicator], Phrase],
    lang: Language = Language.ZH,
) -> None:
    """Writes 复核改分 with these changes filled in, and no row more. Same arguments, same bytes. Raises ``OSError``."""
    _write(tree, units, CHANGES, path, standards, lang, Beforehand(changes=tuple(changes)))


def _name(form: Form, known: Beforehand, lang: Language) -> str:
    """``评审打分-法制办、监察局-张三``."""
    leads = render(_LEADS(leads=known.leads), lang) if known.leads else ""
    return "-".join(filter(None, (render(form.name, lang), leads, known.reviewer)))


def _write(
    tree: Tree,
    units: Roster | None,
    form: Form,
    path: Path,
    standards: Callable[[Indicator], Phrase],
    lang: Language,
    beforehand: Beforehand,
) -> None:
    book = new_workbook(path, render(_TITLE(title=tree.title, form=form.title), lang))
    formats = Formats(book)
    lists = Lists()
    if form is ANSWERS:
        write_answers_sheet(book, formats, lists, tree, units, lang, beforehand)
    else:
        write_sheet(book, formats, lists, tree, units, form, standards, lang, beforehand)
    write_help(book, formats, tree, form, standards, lang, beforehand)
    lists.write(book, LISTS_SHEET)
    stamp = Stamp(
        format=FORMAT,
        tree=tree.code,
        edition=tree.edition,
        fingerprint=tree.fingerprint,
        year=str(tree.year),
        book=form.key,
    )
    write_stamp(book, stamp)
    close(book)
