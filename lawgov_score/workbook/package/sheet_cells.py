"""What the XML of a sheet says beside its values: formulas, errors, styles, links, merged cells, what is hidden."""

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from lawgov_score.cell_addresses import address, letters
from lawgov_score.workbook.package.part_xml import Cursor, PartError, RawCell, cells_in, local, scan


class SheetParser:
    """What one sheet's XML contains, collected by ``parse``; everything by address.

    ``formulas``: text, and the number of the shared formula it belongs to (its text may then be in another cell).
    ``styles``: numbers of cell formats. ``links``: relation and place within the workbook.
    """

    def __init__(self, dressing: frozenset[int]) -> None:
        self.formulas: dict[str, tuple[str, str | None]] = {}
        self.shared: dict[str, tuple[str, str]] = {}  # number -> its cell, its text
        self.errors: dict[str, str] = {}
        self.styles: dict[str, int] = {}
        self.links: dict[str, tuple[str, str]] = {}
        self.merged: list[str] = []
        self.hidden: list[str] = []
        self.dressed: list[str] = []
        self._dressing = dressing  # numbers of conditional formats that change how a number is shown
        self._cursor = Cursor()
        self._range = ""

    def parse(self, part: bytes) -> None:
        """Reads the sheet. Raises ``PartError``."""
        for cell in cells_in(part, _holds_something):
            self._cell(cell)
        scan(part, self._start, end=self._end)

    def _cell(self, cell: RawCell) -> None:
        at = address(cell.row - 1, cell.column - 1)
        if cell.style and not cell.style.isdecimal():
            raise PartError(f"a format that is no number: {cell.style}")
        self.styles[at] = int(cell.style or 0)
        if cell.formula is not None:
            self.formulas[at] = (cell.formula, cell.shared)
            if cell.shared is not None and cell.formula:
                self.shared[cell.shared] = (at, cell.formula)
        if cell.kind == "e" and cell.value is not None:
            self.errors[at] = cell.value

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "row":
                row = self._cursor.row(attributes.get("r", ""))
                if _is_gone(attributes, "ht"):
                    self.hidden.append(f"{row}:{row}")
            case "col" if _is_gone(attributes, "width"):
                first, last = int(attributes.get("min", "")), int(attributes.get("max", ""))
                self.hidden += [f"{letters(i - 1)}:{letters(i - 1)}" for i in range(first, min(last, first + 999) + 1)]
            case "mergeCell":
                self.merged.append(attributes.get("ref", ""))
            case "hyperlink":
                relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                self.links[attributes.get("ref", "")] = (relation, attributes.get("location", ""))
            case "conditionalFormatting":
                self._range = attributes.get("sqref", "")
            case "cfRule" if int(attributes.get("dxfId", -1)) in self._dressing:
                self.dressed.append(self._range)

    def _end(self, name: str) -> None:
        if local(name) == "row":
            self._cursor.row_ends()


def _holds_something(cell: RawCell) -> bool:
    return cell.formula is not None or cell.value is not None or bool(cell.runs)


def shared_formula(shared: dict[str, tuple[str, str]], index: str, cell: str) -> str:
    """The formula of ``cell`` if only the first cell of a shared range spells it out; empty if it cannot be derived."""
    if index not in shared:
        return ""
    origin, text = shared[index]
    try:
        moved: str = Translator(f"={text}", origin=origin).translate_formula(cell)
    except (TranslatorError, TokenizerError, IndexError):  # it would refer to cells off the sheet, or is not a formula
        return ""
    return moved[1:]


def _is_gone(attributes: dict[str, str], size: str) -> bool:
    """Is a row or column hidden, or too small to be seen?"""
    try:
        return attributes.get("hidden") in {"1", "true"} or float(attributes.get(size, 9)) < 1
    except ValueError:
        return False
