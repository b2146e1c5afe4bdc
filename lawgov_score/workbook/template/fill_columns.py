"""Where each column of a fill-in sheet stands, and how wide it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from lawgov_score.workbook.forms.layout import Column

WIDTHS: Mapping[Column, float] = {
    Column.CODE: 7,
    Column.TITLE: 19,
    Column.POINTS: 6,
    Column.STANDARD: 46,
    Column.FIELD: 26,
    Column.MEASURED_IN: 7,
    Column.VALUE: 14,
    Column.REQUIRED: 18,
    Column.EVIDENCE: 20,
    Column.NOTE: 20,
    Column.KEY: 14,
}
_LEVEL_WIDTHS = (9.0, 14.0)  # the highest level, every other


@dataclass(frozen=True)
class FillColumns:
    """Where each column of one tree's sheet stands: the levels first, then ``Column`` in its order."""

    levels: tuple[str, ...]

    def at(self, column: Column) -> int:
        """A column's place, from 0."""
        return len(self.levels) + list(Column).index(column)

    def widths(self) -> list[float]:
        """The width of every column, left to right."""
        above = [_LEVEL_WIDTHS[min(i, 1)] for i in range(len(self.levels))]
        return [*above, *(WIDTHS[column] for column in Column)]
