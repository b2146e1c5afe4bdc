"""The hidden sheet that says what a workbook belongs to: tree, edition, fingerprint of the tree, unit."""

from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from lawgov_score.model import Tree, Unit
from lawgov_score.workbook.layout import STAMP_SHEET

FORMAT = "1"  # of the fill-in workbook; goes up when an old one could no longer be read


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the hidden sheet says; every entry text, empty where it says nothing."""

    format: str = ""
    tree: str = ""
    edition: str = ""
    fingerprint: str = ""
    unit: str = ""
    name: str = ""
    type: str = ""
    cohort: str = ""
    year: str = ""
    book: str = ""  # which of the office's own workbooks it is; empty: a unit's


def stamp_of(tree: Tree, unit: Unit) -> Stamp:
    """The stamp of ``unit``'s workbook."""
    return Stamp(
        format=FORMAT,
        tree=tree.code,
        edition=tree.edition,
        fingerprint=tree.fingerprint,
        unit=unit.code,
        name=unit.name,
        type=unit.type,
        cohort=unit.cohort,
        year=str(unit.year or tree.year),
    )


def write_stamp(book: xlsxwriter.Workbook, stamp: Stamp) -> None:
    """Adds the sheet, hidden so that only a program can show it."""
    sheet = book.add_worksheet(STAMP_SHEET)
    for row, name in enumerate(Stamp.__slots__):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, getattr(stamp, name))
    sheet.protect()
    sheet.very_hidden()


def read_stamp(rows: Sequence[Sequence[object]]) -> Stamp:
    """The stamp from the sheet's rows; what it does not say stays empty."""
    said = {str(row[0]): str(row[1]).strip() for row in rows if len(row) > 1 and row[0] in Stamp.__slots__}
    return Stamp(**said)
