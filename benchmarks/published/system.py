"""What a published system is here: its files, how they become a table, and which printed figures are compared."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.model import Scores

Row = Mapping[str, str]
Table = Sequence[Mapping[str, str]]  # every row with the same keys: unit, name, cohort, then columns of the tree


@dataclass(frozen=True, slots=True)
class Files:
    """What one folder holds: the lowest level, the printed results, printed results that break their own rule."""

    inputs: tuple[Row, ...]
    printed: tuple[Row, ...]
    exceptions: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure beside ours. ``what``: the family it is counted in."""

    what: str
    unit: str
    printed: str
    ours: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class System:
    """One system. ``count``: figures by family in the complete data, as METHOD.md counts them.

    ``contradictions``: by family, the units whose printed figure is known to break the publisher's own rule.
    """

    tree: str  # folder in indicators/published
    folder: str  # folder of the data
    name: str
    count: Mapping[str, int]
    table: Callable[[Files], Table]
    figures: Callable[[Files, Scores], Iterator[Figure]]
    contradictions: Callable[[Files], Mapping[str, frozenset[str]]]


def read_files(folder: Path) -> Files:
    """The files in ``folder``; exceptions.csv may be missing. Raises ``OSError``."""
    exceptions = folder / "exceptions.csv"
    return Files(
        _rows(folder / "inputs.csv"),
        _rows(folder / "published.csv"),
        _rows(exceptions) if exceptions.is_file() else (),
    )


def _rows(path: Path) -> tuple[Row, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class Ours:
    """What the run came to, by unit and node."""

    scores: Scores
    rows: Mapping[str, int]

    def at(self, unit: str, node: str) -> float:
        """The score of a node; the tree's code: the total before rounding."""
        row = self.rows[unit]
        if node == self.scores.tree.code:
            return float(self.scores.full_total[row])
        return float(self.scores.scores[row, self.scores.node_column[node]])


def ours(scores: Scores) -> Ours:
    """The run, ready to be looked up by unit."""
    return Ours(scores, {unit.code: row for row, unit in enumerate(scores.units)})


def near(what: str, unit: str, printed: str, ours: float, within: float) -> Figure:
    """A number, equal within so much."""
    return Figure(what, unit, printed, repr(ours), abs(ours - float(printed)) <= within)


def same(what: str, unit: str, printed: str, ours: str) -> Figure:
    """A word or a place, equal as it stands."""
    return Figure(what, unit, printed, ours, ours == printed)


def no_contradictions(_: Files) -> Mapping[str, frozenset[str]]:
    """Everything that is printed follows from the publisher's rule."""
    return {}
