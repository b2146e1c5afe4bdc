"""Tree and roster → the blank workbooks that the office itself keeps, one for each kind the tree has use for."""

from collections.abc import Callable
from pathlib import Path

from lawgov_score.model import Indicator, Roster, Tree
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.forms.layout import LISTS_SHEET
from lawgov_score.workbook.forms.office import ANSWERS, Form
from lawgov_score.workbook.forms.office_layout import forms_of
from lawgov_score.workbook.forms.stamp import FORMAT, Stamp, write_stamp
from lawgov_score.workbook.office.answers_sheet import write_answers_sheet
from lawgov_score.workbook.office.help import write_help
from lawgov_score.workbook.office.sheet import write_sheet
from lawgov_score.workbook.writing.lists_sheet import Lists
from lawgov_score.workbook.writing.look import Formats, close, new_workbook

_TITLE = Words("{title}：{form}", "{title}: {form}")


def write_assessor_templates(
    tree: Tree,
    units: Roster | None,
    folder: Path,
    *,
    standards: Callable[[Indicator], Phrase],
    lang: Language = Language.ZH,
) -> list[Path]:
    """Writes the workbooks into ``folder`` (which is there) and gives their paths.

    With ``units`` the rows that are certain to be needed are there already, and lists offer the units. The same tree
    and units give the same bytes. Raises ``OSError`` where a file cannot be written.
    """
    written = []
    for form in forms_of(tree):
        path = folder / f"{render(form.name, lang)}.xlsx"
        _write(tree, units, form, path, standards, lang)
        written.append(path)
    return written


def _write(
    tree: Tree,
    units: Roster | None,
    form: Form,
    path: Path,
    standards: Callable[[Indicator], Phrase],
    lang: Language,
) -> None:
    book = new_workbook(path, render(_TITLE(title=tree.title, form=form.title), lang))
    formats = Formats(book)
    lists = Lists()
    if form is ANSWERS:
        write_answers_sheet(book, formats, lists, tree, units, lang)
    else:
        write_sheet(book, formats, lists, tree, units, form, standards, lang)
    write_help(book, formats, tree, form, standards, lang)
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
