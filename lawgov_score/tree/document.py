"""The content of a tree's files: plain data, with the place of every key and value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from lawgov_score.problems import TextPlace

Where = tuple[str | int, ...]  # path of a value: its keys and positions, ("nodes", 0, "code")
_NO_SPOTS: Mapping[Where, "Spot"] = MappingProxyType({})
_NO_TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of one value: of the value itself, of its key (the value again in a list), and a scalar as typed.

    ``style`` is the quote or block mark of a scalar, empty where it is plain, None for lists and mappings. ``uses``:
    where a value that is written once is used, from the outermost use to the innermost; ``is_made``: a text put
    together of what is written once and what a use says, so that its characters stand nowhere as they are.
    """

    value: TextPlace
    key: TextPlace
    typed: str = ""
    style: str | None = None
    uses: tuple[TextPlace, ...] = ()
    is_made: bool = False

    @property
    def is_one_line(self) -> bool:
        """Does a scalar stand on one line, plain or in quotes? Then its characters are those of its place."""
        is_flow = self.style is not None and self.style not in {"|", ">"}
        return is_flow and self.value.length >= len(self.typed) + (2 if self.style else 0)


@dataclass(frozen=True)
class Document:
    """The content of one file, or of a whole tree (None: unreadable); ``texts``: the lines of its files by path.

    ``gaps``: paths of values that are missing, invalid or left out, and of mappings with an unknown key: an absence
    there proves nothing.
    """

    path: str
    data: Any
    spots: Mapping[Where, Spot] = field(default_factory=lambda: _NO_SPOTS)
    gaps: frozenset[Where] = frozenset()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_TEXTS)
    types: frozenset[str] | None = None  # the unit types whose figures these are; None: figures are the same for all

    @cached_property
    def _incomplete(self) -> frozenset[Where]:
        return frozenset(gap[:length] for gap in self.gaps for length in range(len(gap) + 1))

    def is_whole(self, where: Where) -> bool:
        """Is everything at ``where`` and below it present and valid?"""
        return where not in self._incomplete


def apart(first: Spot, second: Spot) -> tuple[TextPlace, TextPlace]:
    """The places by which two values differ: of the values, or of the uses that brought them where these differ."""
    same = 0
    while first.uses[: same + 1] == second.uses[: same + 1] and same < min(len(first.uses), len(second.uses)):
        same += 1
    return (*first.uses[same:], first.value)[0], (*second.uses[same:], second.value)[0]


def without(data: Any, wheres: Iterable[Where]) -> None:
    """Removes values from ``data`` in place: keys of mappings go; list entries become None, so that positions stay."""
    for where in wheres:
        within = data
        for step in where[:-1]:
            try:
                within = within[step]
            except (KeyError, IndexError, TypeError):
                within = None
                break
        if isinstance(within, dict):
            within.pop(where[-1], None)
        elif isinstance(within, list):
            within[int(where[-1])] = None


def items_of(data: Any, key: str) -> list[tuple[int, dict[str, Any]]]:
    """The mappings in the list ``data[key]`` with their positions; entries that are not mappings are left out."""
    items = data.get(key) if isinstance(data, dict) else None
    return [(i, item) for i, item in enumerate(items) if isinstance(item, dict)] if isinstance(items, list) else []
