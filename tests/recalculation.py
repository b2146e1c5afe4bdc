"""Every formula of a workbook worked out anew by an independent spreadsheet engine, beside the value stored with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import formualizer
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string

from lawgov_score.cell_addresses import address
from lawgov_score.problems import Problem
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.verify.anatomy import anatomy_of

_DAY_0 = date(1899, 12, 30)
NEAR = 2e-9  # both sides are rounded to the ninth decimal


@dataclass(frozen=True)
class Formula:
    """A formula, what is stored with it, what the engine comes to; blank is empty text."""

    sheet: str
    cell: str
    formula: str
    stored: object
    told: object

    @property
    def agrees(self) -> bool:
        """Is it the same number, to 1e-9, or the same text?"""
        told = (self.told - _DAY_0).days if isinstance(self.told, date) else self.told  # days are stored as numbers
        if isinstance(self.stored, (int, float)) and isinstance(told, (int, float)):
            return abs(float(self.stored) - float(told)) <= NEAR
        return str(self.stored) == str(told)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell} ={self.formula} stored {self.stored!r}, told {self.told!r}"


def formulas_of(path: Path) -> Iterator[Formula]:
    """Every formula of the workbook, recalculated."""
    opened = open_workbook(path)
    assert not isinstance(opened, Problem), opened
    engine = formualizer.load_workbook(str(path))
    engine.evaluate_all()  # at once: cell by cell it would go through the same ranges again and again
    for name, sheet in anatomy_of(opened.safe.parts).items():
        stored = values_of(opened.sheets[name])
        for cell, formula in sheet.formulas.items():
            letters, row = coordinate_from_string(cell)
            told = engine.get_value(name, row, column_index_from_string(letters))
            yield Formula(name, cell, formula, stored.get(cell, ""), "" if told is None else told)


def values_of(rows: object) -> Mapping[str, object]:
    """What stands in a sheet, by address."""
    assert isinstance(rows, (list, tuple))
    return {address(i, j): cell for i, row in enumerate(rows) for j, cell in enumerate(row) if cell != ""}


def differing(path: Path) -> tuple[int, list[str]]:
    """How many formulas there are, and those that the engine comes to another result for."""
    formulas = list(formulas_of(path))
    return len(formulas), [str(formula) for formula in formulas if not formula.agrees]
