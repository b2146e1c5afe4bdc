"""Last edition's results: places, totals, scores and figures by unit."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Previous:
    """Last edition's results, as written by `--csv`. ``figures``: unit -> field key, or indicator code for its value.

    ``scores``: unit -> node code -> score. A unit or a figure that is absent has none on record.
    """

    path: str
    ranks: Mapping[str, int]  # within the cohort; 0: none
    totals: Mapping[str, float]
    scores: Mapping[str, Mapping[str, float]]
    figures: Mapping[str, Mapping[str, float]]
    inputs: tuple[tuple[str, str], ...] = ()  # path, sha256

    @property
    def has_places(self) -> bool:
        """Is last edition's ranking known?"""
        return any(self.ranks.values())

    def knows(self, unit: str) -> bool:
        """Is anything on record for this unit?"""
        return unit in self.ranks or unit in self.totals or unit in self.scores or unit in self.figures
