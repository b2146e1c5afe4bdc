"""The columns of the fill-in sheet of one tree: where each stands, and how wide it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from lawgov_score.workbook.forms.layout import FillColumn

WIDTHS: Mapping[FillColumn, float] = {
    FillColumn.CODE: 7,
    FillColumn.TITLE: 19,
    FillColumn.POINTS: 6,
    FillColumn.STANDARD: 46,
    FillColumn.FIELD: 26,
    FillColumn.MEASURED_IN: 7,
    FillColumn.VALUE: 14,
    FillColumn.REQUIRED: 18,
    FillColumn.EVIDENCE: 20,
    FillColumn.NOTE: 20,
    FillColumn.KEY: 14,
}
_LEVEL_WIDTHS = (9.0, 14.0)  # of the highest level, and of every other


@dataclass(frozen=True)
class FillColumns:
    """Where each column of one tree's sheet stands: the levels first, then ``FillColumn`` in its order."""

    levels: tuple[str, ...]

    def at(self, column: FillColumn) -> int:
        """A column's position, from 0."""
        return len(self.levels) + list(FillColumn).index(column)

    def widths(self) -> list[float]:
        """The width of every column, left to right."""
        above = [_LEVEL_WIDTHS[min(i, 1)] for i in range(len(self.levels))]
        return [*above, *(WIDTHS[column] for column in FillColumn)]
