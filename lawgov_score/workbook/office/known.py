"""What the office's workbooks may name: units, indicators, kinds of the register, by code, by name or by both."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from lawgov_score.model import AdjustmentKind, Indicator, Roster, Tree, Unit, Veto
from lawgov_score.workbook.forms.layout import Layout, layout_of
from lawgov_score.workbook.plain_texts import plain

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Index(Generic[Thing]):
    """Things by their names: exact, or ignoring case if that is unambiguous."""

    things: tuple[Thing, ...]
    exact: Mapping[str, Thing]
    loose: Mapping[str, Thing]

    def find(self, text: str) -> Thing | None:
        """The thing with that code, with that name if it is unique, or with both together."""
        thing = self.exact.get(plain(text))
        return self.loose.get(folded(text)) if thing is None else thing


@dataclass(frozen=True)
class Known:
    """A tree and the units of a run, indexed once. ``claims``: (unit, indicator) that submissions claim 不适用 for.

    None as ``claims``: claims are unknown, and no ruling is questioned.
    """

    tree: Tree
    layout: Layout
    units: Index[Unit]
    indicators: Index[Indicator]
    kinds: Index[AdjustmentKind | Veto]
    claims: frozenset[tuple[str, str]] | None

    def called(self, name: str) -> tuple[str, ...]:
        """Codes of the units that an ambiguous ``name`` may mean."""
        wanted = folded(name)
        return tuple(u.code for u in self.units.things if wanted in {folded(u.name), folded(u.code)})

    def unit_names(self) -> tuple[str, ...]:
        """Codes and names, for suggesting the nearest."""
        return tuple(dict.fromkeys(name for unit in self.units.things for name in (unit.code, unit.name)))


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
    """An index by code, and by name or by both if that is unambiguous."""
    listed = list(things)
    return Index(tuple(thing for _, _, thing in listed), _called(listed, plain), _called(listed, folded))


def _called(things: Sequence[tuple[str, str, Thing]], read: Callable[[str], str]) -> dict[str, Thing]:
    """What each text, normalised by ``read``, means unambiguously; codes take precedence over names."""
    codes: dict[str, list[Thing]] = {}
    names: dict[str, list[Thing]] = {}
    for code, name, thing in things:
        codes.setdefault(read(code), []).append(thing)
        for text in {read(name), read(code + name)}:
            names.setdefault(text, []).append(thing)
    return {text: same[0] for text, same in (names | codes).items() if len(same) == 1}


def folded(text: str) -> str:
    """Text normalised for comparing names: no spaces, narrow letters, case ignored."""
    return plain(text).casefold()
