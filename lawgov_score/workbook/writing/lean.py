"""A faster worksheet with notes; its output is byte for byte the same as XlsxWriter's own.

A card has some 5,000 cells, each with a format. XlsxWriter looks in every formula for thirty functions that are newer
than Excel 2010 (none is used here), and writes every cell attribute by attribute. The content of cells, and everything
outside cells, is left to XlsxWriter.
"""

from collections.abc import Mapping
from functools import cache
from io import StringIO
from math import isfinite
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TextIO
from xml.sax.saxutils import quoteattr

import xlsxwriter
from xlsxwriter.comments import Comments, CommentType
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.utility import _preserve_whitespace, xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.vml import Vml
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

column_name = cache(xl_col_to_name)
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


class LeanSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet for texts, numbers, blanks and formulas in cells given by row and column."""

    fh: TextIO  # XlsxWriter's output file

    def __init__(self) -> None:
        super().__init__()
        self._leads: dict[tuple[int, int], tuple[str, str]] = {}
        self._tall: set[int] = set()  # rows with nothing but a height
        self._done = 0  # rows above it are finally written
        self._spool: TextIO | None = None

    def lead(self, row: int, col: int, to: str, tip: str) -> None:
        """Links a cell to another of the workbook (``'明细'!A5``); its content and look stay.

        ``tip``: the text shown when the pointer rests on it.
        """
        self._leads[row, col] = (to, tip)

    def set_row(
        self, row: int, height: float | None = None, cell_format: Format | None = None, **options: object
    ) -> int:
        """As in XlsxWriter."""
        if cell_format is None and not options:
            self._tall.add(row)
        else:
            self._tall.discard(row)
        return int(super().set_row(row, height, cell_format, **options))

    def write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        """As in XlsxWriter, without looking for ``A1`` among the arguments; so are the next two."""
        if len(string) > self.xls_strmax // 2:
            return int(super().write_string(row, col, string, cell_format))
        self.table[row][col] = CellStringTuple(self.str_table._get_shared_string_index(string), cell_format)
        return 0

    def write_number(self, row: int, col: int, number: float, cell_format: Format | None = None) -> int:
        """Writes a finite number: nan and infinity raise."""
        if not isfinite(number):
            raise TypeError(f"{number} is no number that a cell can hold")
        self.table[row][col] = CellNumberTuple(number, cell_format)
        return 0

    def write_blank(self, row: int, col: int, blank: object, cell_format: Format | None = None) -> int:
        """Writes a cell that has only a format."""
        if cell_format is not None:
            self.table[row][col] = CellBlankTuple(cell_format)
        return 0

    def write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: float | str = 0
    ) -> int:
        """Writes a formula with functions of Excel 2010 only, unchanged."""
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
        """Merges blank cells; the caller writes the first of them afterwards, and lets no two ranges overlap."""
        self.merge.append([first_row, first_col, last_row, last_col])
        blank = CellBlankTuple(cell_format)
        for row in range(first_row, last_row + 1):
            self.table[row].update(dict.fromkeys(range(first_col, last_col + 1), blank))
        return 0

    def flush_before(self, row: int) -> None:
        """Writes the rows above ``row`` finally, so that they take no memory; nothing may be added to them."""
        if self._spool is None:
            # The function lives as long as the sheet.
            self._spool = TemporaryFile("w+", encoding="utf-8", newline="", dir=self.tmpdir)  # noqa: SIM115
        for above in range(self._done, row):
            cells = self.table.pop(above, None)
            if cells:
                self._reach(above, cells)
                self._spool.write(self._row(above, cells))
            self.row_info.pop(above, None)
            self._tall.discard(above)
        self._done = row

    def _assemble_xml_file(self) -> None:
        for row, cells in self.table.items():  # XlsxWriter does this cell by cell
            if cells:
                self._reach(row, cells)
        super()._assemble_xml_file()

    def _reach(self, row: int, cells: Mapping[int, object]) -> None:
        """Extends the sheet's used range. Raises ``ValueError`` beyond the last row or column of a sheet."""
        for column in (min(cells), max(cells)):
            if self._check_dimensions(row, column) != 0:
                raise ValueError(f"no sheet has a cell at row {row}, column {column}")

    def _write_rows(self) -> None:
        if self._spool is not None:
            self._spool.seek(0)
            copyfileobj(self._spool, self.fh)
            self._spool.close()
        for row in range(max(self.dim_rowmin or 0, self._done), (self.dim_rowmax or 0) + 1):
            cells = self.table[row]
            if cells:
                self.fh.write(self._row(row, cells))
                continue
            info = self.row_info.get(row)
            if info is not None or row in self.comments:
                self._write_empty_row(row, None, info)

    def _row(self, row: int, cells: Mapping[int, tuple[object, ...]]) -> str:
        line, info = row + 1, self.row_info.get(row)
        if info is None:
            head = f'<row r="{line}">'
        elif row in self._tall and info.height != self.default_row_height:
            head = f'<row r="{line}" ht="{info.height * 0.75:.16g}" customHeight="1">'
        else:
            head = self._head(row, info)
        written = [self._cell(f"{column_name(column)}{line}", cells[column]) for column in sorted(cells)]
        return f"{head}{''.join(written)}</row>"

    def _head(self, row: int, info: object) -> str:
        """The start tag of a row with more than a height, as XlsxWriter writes it."""
        file, head = self.fh, StringIO()
        self.fh = head
        try:
            self._write_row(row, None, info)
            return head.getvalue()
        finally:
            self.fh = file

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
                type_attribute = ""
                if isinstance(value, str):
                    type_attribute = "" if not value else ' t="e"' if value in _ERRORS else ' t="str"'
                    value = self._escape_data(value)
                return f"{head}{type_attribute}><f>{self._escape_data(formula)}</f><v>{value}</v></c>"
        raise AssertionError(f"a card has no cell of the kind {kind}")


class LeanBook(xlsxwriter.Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """A workbook whose sheets have notes, but neither buttons nor pictures in a header."""

    def _get_packager(self) -> Packager:
        return _Packager()


class _Packager(Packager):  # type: ignore[misc]
    def _write_vml_files(self) -> None:
        for i, sheet in enumerate((one for one in self.workbook.worksheets() if one.has_vml), start=1):
            shapes = _Shapes()
            shapes._set_xml_writer(self._filename(f"xl/drawings/vmlDrawing{i}.vml"))
            shapes._assemble_xml_file(sheet.vml_data_id, sheet.vml_shape_id, sheet.comments_list)

    def _write_comment_files(self) -> None:
        for i, sheet in enumerate((one for one in self.workbook.worksheets() if one.has_comments), start=1):
            texts = _Texts()
            texts._set_xml_writer(self._filename(f"xl/comments{i}.xml"))
            texts._assemble_xml_file(sheet.comments_list)


class _Shapes(Vml):  # type: ignore[misc]
    def _write_comment_shape(self, shape_id: int, z_index: int, comment: CommentType) -> None:
        left, top, wide, tall = self._pixels_to_points(comment.vertices)
        from_column, from_row, x1, y1, to_column, to_row, x2, y2 = comment.vertices[:8]
        self.fh.write(
            f'<v:shape id="_x0000_s{shape_id}" type="#_x0000_t202" style="position:absolute;margin-left:{left:.15g}pt;'
            f'margin-top:{top:.15g}pt;width:{wide:.15g}pt;height:{tall:.15g}pt;z-index:{z_index};visibility:hidden" '
            f'fillcolor="{comment.color._vml_rgb_hex_value()}" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{from_column}, {x1}, {from_row}, {y1}, {to_column}, {x2}, {to_row}, {y2}</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill><x:Row>{comment.row}</x:Row><x:Column>{comment.col}</x:Column>"
            "</x:ClientData></v:shape>"
        )


class _Texts(Comments):  # type: ignore[misc]
    def _write_comment(self, comment: CommentType, author_id: int) -> None:
        text = self._escape_control_characters(self._escape_data(comment.text))
        space = ' xml:space="preserve"' if _preserve_whitespace(comment.text) else ""
        self.fh.write(
            f'<comment ref="{xl_rowcol_to_cell(comment.row, comment.col)}" authorId="{author_id}"><text><r><rPr>'
            f'<sz val="{comment.font_size}"/><color indexed="81"/><rFont val="{comment.font_name}"/>'
            f'<family val="{comment.font_family}"/></rPr><t{space}>{text}</t></r></text></comment>'
        )
