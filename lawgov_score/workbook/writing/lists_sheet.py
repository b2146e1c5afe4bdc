"""The hidden sheet that drop-down lists refer to: a list written into a cell breaks at 255 characters."""

import xlsxwriter

from lawgov_score.workbook.forms.layout import letters


class Lists:
    """The lists of one workbook, each kept once; written when all are known."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def reference(self, choices: tuple[str, ...], sheet: str) -> str:
        """Where ``choices`` will stand, as a validation refers to it: ``='选项'!$A$1:$A$2``."""
        column = letters(self._columns.setdefault(choices, len(self._columns)))
        return f"='{sheet}'!${column}$1:${column}${len(choices)}"

    def write(self, book: xlsxwriter.Workbook, sheet: str) -> None:
        """Adds the sheet, hidden, one list a column."""
        page = book.add_worksheet(sheet)
        for choices, column in self._columns.items():
            for row, choice in enumerate(choices):
                page.write_string(row, column, choice)
        page.protect()
        page.hide()
