"""What the office's workbooks may name: units, indicators, kinds of the register, by code, by name or by both."""

from dataclasses import dataclass

from lawgov_score.model import AdjustmentKind, Indicator, Roster, Tree, Unit, Veto
from lawgov_score.workbook.called import Index, index_of
from lawgov_score.workbook.forms.layout import Layout, layout_of
from lawgov_score.workbook.office.claims import Claims


@dataclass(frozen=True)
class Known:
    """A tree and the units of a run, indexed once. ``claims``: what submissions claim 不适用 for.

    None as ``claims``: claims are unknown, and no ruling is questioned.
    """

    tree: Tree
    layout: Layout
    units: Index[Unit]
    indicators: Index[Indicator]
    kinds: Index[AdjustmentKind | Veto]
    claims: Claims | None

    def unit_names(self) -> tuple[str, ...]:
        """Codes and names, for suggesting the nearest."""
        return tuple(dict.fromkeys(name for unit in self.units.things for name in (unit.code, unit.name)))


def known_of(tree: Tree, units: Roster, claims: Claims | None) -> Known:
    """The index of ``tree`` and ``units``."""
    kinds: list[AdjustmentKind | Veto] = [*tree.adjustments, *tree.vetoes]
    return Known(
        tree,
        layout_of(tree),
        index_of((unit.code, unit.name, unit) for unit in units),
        index_of((indicator.code, indicator.title, indicator) for indicator in tree.indicators),
        index_of((kind.code, kind.title, kind) for kind in kinds),
        claims,
    )
