"""One pass over the XML of a sheet: formulas, errors, styles, links, merged ranges, hidden rows and columns."""

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from lawgov_score.workbook.addresses import address, letters
from lawgov_score.workbook.package.part_xml import Cursor, scan


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
        self._cell = self._range = ""
        self._style, self._kind = 0, ""
        self._index: str | None = None
        self._text: list[str] | None = None

    def parse(self, part: bytes) -> None:
        """Reads the sheet. Raises ``PartError``."""
        scan(part, self._start, self._inside, self._end)

    def _start(self, name: str, said: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                row, column = self._cursor.cell(said.get("r", ""))
                self._cell = address(row - 1, column - 1)
                self._style, self._kind = int(said.get("s", 0)), said.get("t", "")
            case "v" | "is":
                self.styles[self._cell] = self._style
                self._text = [] if self._kind == "e" else None
            case "f":
                self.styles[self._cell] = self._style
                self._index = said.get("si") if said.get("t") == "shared" else None
                self._text = []
            case "row":
                row = self._cursor.row(said.get("r", ""))
                if _is_gone(said, "ht"):
                    self.hidden.append(f"{row}:{row}")
            case "col" if _is_gone(said, "width"):
                first, last = int(said.get("min", "")), int(said.get("max", ""))
                self.hidden += [f"{letters(i - 1)}:{letters(i - 1)}" for i in range(first, min(last, first + 999) + 1)]
            case "mergeCell":
                self.merged.append(said.get("ref", ""))
            case "hyperlink":
                relation = next((value for key, value in said.items() if key.endswith(":id")), "")
                self.links[said.get("ref", "")] = (relation, said.get("location", ""))
            case "conditionalFormatting":
                self._range = said.get("sqref", "")
            case "cfRule" if int(said.get("dxfId", -1)) in self._dressing:
                self.dressed.append(self._range)

    def _inside(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self._cursor.row_ends()
        if self._text is None:
            return
        match tag:
            case "f":
                text = "".join(self._text)
                self.formulas[self._cell] = (text, self._index)
                if self._index is not None and text:
                    self.shared[self._index] = (self._cell, text)
                self._text = None
            case "v":
                self.errors[self._cell] = "".join(self._text)
                self._text = None


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


def _is_gone(said: dict[str, str], size: str) -> bool:
    """Is a row or column hidden, or too small to be seen?"""
    try:
        return said.get("hidden") in {"1", "true"} or float(said.get(size, 9)) < 1
    except ValueError:
        return False
