"""A cell in a column of numbers: a day, a time, a percentage is none, whatever number is stored for it."""

from lawgov_score.wording import Text, Words
from lawgov_score.workbook.package.cells import Cell, Formatted, cell_text
from lawgov_score.workbook.package.number_formats import Look

_SHOWN_AS = Words("{stored}（单元格格式为 {format}）", "{stored} (format of the cell: {format})")


def is_no_number(cell: Cell) -> bool:
    """Do people see something else than the number that is stored?

    >>> is_no_number(Formatted(0.5, "0%")), is_no_number(Formatted(46085.0, "yyyy-mm-dd")), is_no_number(4.0)
    (True, True, False)
    """
    if isinstance(cell, Formatted):
        return cell.look() is not Look.NUMBER
    return isinstance(cell, bool) or not isinstance(cell, str | float | int | None)


def seen(cell: Cell) -> Text:
    """The content of a cell for a problem: of a number that is shown otherwise its format too."""
    text = cell_text(cell)
    is_stored = isinstance(cell, Formatted) and is_no_number(cell) and text == cell_text(float(cell))
    return _SHOWN_AS(stored=text, format=cell.format) if is_stored and isinstance(cell, Formatted) else text
