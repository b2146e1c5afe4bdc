"""Pieces: parts of a document with the places of their values, to be taken out, changed and put in elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lawgov_score.tree.document import Document, Spot, Where
from lawgov_score.tree.source import MOST_VALUES


@dataclass(slots=True)
class Piece:
    """Plain data; the place of every value by its path within the piece (``()``: the piece itself); gaps likewise."""

    data: Any
    spots: dict[Where, Spot] = field(default_factory=dict)
    gaps: set[Where] = field(default_factory=set)

    def at(self, where: Where) -> "Piece":
        """The part at ``where``, with paths of its own; its data are shared."""
        data = self.data
        for step in where:
            data = data[step]
        length = len(where)
        within = list(paths(data, where))
        spots = {path[length:]: self.spots[path] for path in within if path in self.spots}
        return Piece(data, spots, {path[length:] for path in within if path in self.gaps})

    def put(self, where: Where, part: "Piece | None") -> None:
        """Puts ``part`` in place of what is at ``where``; None: what is there cannot be used."""
        *above, last = where
        holder = self.data
        for step in above:
            holder = holder[step]
        before = holder.get(last) if isinstance(holder, dict) else holder[last]
        for path in [*paths(before, where)][0 if part else 1 :]:
            self.spots.pop(path, None)
            self.gaps.discard(path)
        if part is None:
            holder[last] = None
            self.gaps.add(where)
            return
        holder[last] = part.data
        self.spots.update({(*where, *path): spot for path, spot in part.spots.items()})
        self.gaps |= {(*where, *path) for path in part.gaps}


def piece_of(document: Document) -> Piece:
    """The whole of a document; its data are shared."""
    return Piece(document.data, dict(document.spots), set(document.gaps))


def paths(data: Any, where: Where = ()) -> Iterator[Where]:
    """The path of every value in ``data``, itself first; ``where``: its own path."""
    yield where
    if isinstance(data, dict):
        for key, value in data.items():
            yield from paths(value, (*where, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from paths(value, (*where, i))


@dataclass(slots=True)
class Room:
    """How many values may still be written out: a tree of a few lines cannot fill the memory."""

    left: int = MOST_VALUES

    def take(self, values: int) -> bool:
        """Is there room for so many more? Then it is taken."""
        self.left -= values
        return self.left >= 0
