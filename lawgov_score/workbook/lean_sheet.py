"""A worksheet that is written out faster, cell for cell the same as XlsxWriter's own.

A card has some 5,000 cells, each with a format. XlsxWriter looks in every formula for thirty functions that are newer
than Excel 2010 (none is used here), and writes every cell attribute by attribute. What stands in a cell, and all that
is no cell, stays with XlsxWriter.
"""

from xml.sax.saxutils import quoteattr

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, Worksheet

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


class LeanSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """For texts, numbers, blanks and formulas in cells that are given by row and column."""

    def __init__(self) -> None:
        super().__init__()
        self._leads: dict[tuple[int, int], tuple[str, str]] = {}

    def lead(self, row: int, col: int, to: str, tip: str) -> None:
        """Makes a cell lead to another of the workbook (``'明细'!A5``); what it holds and how it looks stays.

        ``tip``: what is said when the pointer rests on it.
        """
        self._leads[row, col] = (to, tip)

    def write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        """As XlsxWriter has it, without looking for ``A1`` among the arguments; so are the next two."""
        return int(self._write_string(row, col, string, cell_format))

    def write_number(self, row: int, col: int, number: float, cell_format: Format | None = None) -> int:
        """A number; nan and infinity raise."""
        return int(self._write_number(row, col, number, cell_format))

    def write_blank(self, row: int, col: int, blank: object, cell_format: Format | None = None) -> int:
        """A cell that has but a format."""
        return int(self._write_blank(row, col, blank, cell_format))

    def write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: float | str = 0
    ) -> int:
        """A formula of functions that Excel 2010 has: taken as it stands."""
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0

    def merge_range(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        data: object,
        cell_format: Format | None = None,
    ) -> int:
        """Joins blank cells; whoever calls writes the first of them afterwards, and lets no two ranges overlap."""
        if self._check_dimensions(first_row, first_col) or self._check_dimensions(last_row, last_col):
            return -1
        self.merge.append([first_row, first_col, last_row, last_col])
        blank = CellBlankTuple(cell_format)
        for row in range(first_row, last_row + 1):
            self.table[row].update(dict.fromkeys(range(first_col, last_col + 1), blank))
        return 0

    def _write_rows(self) -> None:
        names = [xl_col_to_name(column) for column in range((self.dim_colmax or 0) + 1)]
        write = self.fh.write
        for row in range(self.dim_rowmin or 0, (self.dim_rowmax or 0) + 1):
            cells = self.table[row]
            info = self.row_info.get(row)
            if not cells:
                if info is not None or row in self.comments:
                    self._write_empty_row(row, None, info)
                continue
            self._write_row(row, None, info)
            line = row + 1
            write("".join([self._cell(f"{names[column]}{line}", cells[column]) for column in sorted(cells)]))
            self._xml_end_tag("row")

    def _write_merge_cells(self) -> None:
        if not self.merge:
            return
        ranges = [
            f'<mergeCell ref="{xl_col_to_name(left)}{top + 1}:{xl_col_to_name(right)}{bottom + 1}"/>'
            for top, left, bottom, right in self.merge
        ]
        self.fh.write(f'<mergeCells count="{len(ranges)}">{"".join(ranges)}</mergeCells>')

    def _write_hyperlinks(self) -> None:
        if not self._leads:
            return
        links = [
            f'<hyperlink ref="{xl_col_to_name(col)}{row + 1}" location={quoteattr(to)} tooltip={quoteattr(tip)}/>'
            for (row, col), (to, tip) in sorted(self._leads.items())
        ]
        self.fh.write(f"<hyperlinks>{''.join(links)}</hyperlinks>")

    def _cell(self, where: str, cell: tuple[object, ...]) -> str:
        kind = cell.__class__.__name__
        style = cell.format  # type: ignore[attr-defined]  # every cell that XlsxWriter stores has one, or None
        head = f'<c r="{where}" s="{style._get_xf_index()}"' if style is not None else f'<c r="{where}"'
        match kind, cell:
            case "Blank", _:
                return f"{head}/>"
            case "String", (text, _):
                return f'{head} t="s"><v>{text}</v></c>'
            case "Number", (number, _):
                return f"{head}><v>{number:.16G}</v></c>"
            case "Formula", (formula, _, value):
                told = ""
                if isinstance(value, str):
                    told = "" if not value else ' t="e"' if value in _ERRORS else ' t="str"'
                    value = self._escape_data(value)
                return f"{head}{told}><f>{self._escape_data(formula)}</f><v>{value}</v></c>"
        raise AssertionError(f"a card has no cell of the kind {kind}")
