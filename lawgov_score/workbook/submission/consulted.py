"""A roster that remembers what it was asked: the facts of it that a reading rests on."""

import hashlib
from collections.abc import Iterator, Mapping

from lawgov_score.model import Unit

WHOLE = ""  # no unit's code: what stands for all of a roster


class Consulted(Mapping[str, Unit]):
    """Units by code. ``asked``: every code that was looked up and what was found, None where nothing was.

    Under ``WHOLE`` a unit made of all there are, once somebody has gone through it all.
    """

    def __init__(self, roster: Mapping[str, Unit]) -> None:
        self._roster = roster
        self.asked: dict[str, Unit | None] = {}

    def __getitem__(self, code: str) -> Unit:
        found = self.asked[code] = self._roster.get(code)
        if found is None:
            raise KeyError(code)
        return found

    def __iter__(self) -> Iterator[str]:
        self.asked[WHOLE] = whole_of(self._roster)  # who goes through it all rests on all of it
        return iter(self._roster)

    def __len__(self) -> int:
        self.asked[WHOLE] = whole_of(self._roster)
        return len(self._roster)


def whole_of(roster: Mapping[str, Unit]) -> Unit:
    """A unit that stands for a whole roster: another one where anything in it is another."""
    said = "\0".join(repr(unit) for _, unit in sorted(roster.items()))
    return Unit(WHOLE, hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest(), "", "", None)
