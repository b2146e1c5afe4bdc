"""Last edition's results: places, totals, scores and figures by unit."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Previous:
    """Last edition's results, as written by `--csv`. ``figures``: unit -> field key, or indicator code for its value.

    ``scores``: unit -> node code -> score. A unit or a figure that is absent has none on record. ``listed``: units that
    have a row in the ranking, with figures or without. ``is_doubtful``: rows there could not be used, or are of no unit
    of today by the name they have: what seems new may be one of these.
    """

    path: str
    ranks: Mapping[str, int]  # within the cohort; 0: none
    totals: Mapping[str, float]
    scores: Mapping[str, Mapping[str, float]]
    figures: Mapping[str, Mapping[str, float]]
    inputs: tuple[tuple[str, str], ...] = ()  # path, sha256
    listed: frozenset[str] = frozenset()
    is_doubtful: bool = False

    @property
    def has_places(self) -> bool:
        """Is last edition's ranking known?"""
        return any(self.ranks.values())

    def knows(self, unit: str) -> bool:
        """Is anything on record for this unit?"""
        return any(unit in of for of in (self.listed, self.ranks, self.totals, self.scores, self.figures))
