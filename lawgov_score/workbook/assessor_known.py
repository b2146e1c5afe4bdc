"""What the office's workbooks may name: units, indicators, kinds of the register, each by code, by name or by both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from lawgov_score.model import AdjustmentKind, Indicator, Roster, Tree, Unit, Veto
from lawgov_score.workbook.layout import Layout, layout_of, plain

Thing = TypeVar("Thing")
Index = Mapping[str, Thing]


@dataclass(frozen=True)
class Known:
    """A tree and the units of a run, indexed once. ``claims``: (unit, indicator) that submissions claim 不适用 for.

    None as ``claims``: nothing is known of claims, and no ruling is doubted.
    """

    tree: Tree
    layout: Layout
    units: Index[Unit]
    indicators: Index[Indicator]
    kinds: Index[AdjustmentKind | Veto]
    claims: frozenset[tuple[str, str]] | None

    def unit_names(self) -> tuple[str, ...]:
        """Codes and names, to find the nearest to what was written."""
        return tuple(dict.fromkeys(name for unit in self.units.values() for name in (unit.code, unit.name)))


def known_of(tree: Tree, units: Roster, claims: frozenset[tuple[str, str]] | None) -> Known:
    """The index of ``tree`` and ``units``."""
    kinds: list[AdjustmentKind | Veto] = [*tree.adjustments, *tree.vetoes]
    return Known(
        tree,
        layout_of(tree),
        _index((unit.code, unit.name, unit) for unit in units),
        _index((indicator.code, indicator.title, indicator) for indicator in tree.indicators),
        _index((kind.code, kind.title, kind) for kind in kinds),
        claims,
    )


def _index(things: Iterable[tuple[str, str, Thing]]) -> Index[Thing]:
    """By code, and by name or by both where that can only mean one."""
    listed = list(things)
    names: dict[str, list[Thing]] = {}
    for code, name, thing in listed:
        for text in {folded(name), folded(code + name)}:
            names.setdefault(text, []).append(thing)
    single = {text: same[0] for text, same in names.items() if len(same) == 1}
    return single | {folded(code): thing for code, _, thing in listed}


def folded(text: str) -> str:
    """Text as names are compared: no spaces, narrow letters, no difference between capitals and small letters."""
    return plain(text).casefold()
