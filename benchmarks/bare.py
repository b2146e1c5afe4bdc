"""The floor of every writing benchmark: bare XlsxWriter writing the cells of a finished workbook, and nothing else."""

from pathlib import Path

import xlsxwriter

from lawgov_score.cell_addresses import address
from lawgov_score.problems import Problem
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.verify.anatomy import anatomy_of

Cells = list[tuple[int, int, str, object]]  # row, column, formula or '', value


def cells_of(path: Path) -> dict[str, Cells]:
    """Every cell of a workbook that holds something, by sheet."""
    opened = open_workbook(path)
    assert not isinstance(opened, Problem)  # just written
    found: dict[str, Cells] = {}
    for name, sheet in anatomy_of(opened.safe.parts).items():
        found[name] = [
            (r, c, f"={formula}" if (formula := sheet.formulas.get(address(r, c), "")) else "", value)
            for r, row in enumerate(opened.sheets[name])
            for c, value in enumerate(row)
            if value != "" or address(r, c) in sheet.formulas
        ]
    return found


def write_bare(path: Path, cells: dict[str, Cells]) -> None:
    """The same strings, numbers, and formulas with their values."""
    with xlsxwriter.Workbook(str(path)) as out:
        for name, sheet in cells.items():
            page = out.add_worksheet(name)
            for r, c, formula, value in sheet:
                if formula:
                    page.write_formula(r, c, formula, None, value)
                else:
                    page.write(r, c, value)
