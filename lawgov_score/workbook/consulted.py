"""A roster that remembers what it was asked: the facts of it that a reading rests on."""

from collections.abc import Iterator, Mapping

from lawgov_score.model import Unit


class Consulted(Mapping[str, Unit]):
    """Units by code. ``asked``: every code that was looked up and what was found, None where nothing was."""

    def __init__(self, roster: Mapping[str, Unit]) -> None:
        self._roster = roster
        self.asked: dict[str, Unit | None] = {}

    def __getitem__(self, code: str) -> Unit:
        found = self.asked[code] = self._roster.get(code)
        if found is None:
            raise KeyError(code)
        return found

    def __iter__(self) -> Iterator[str]:
        self.asked |= self._roster  # who goes through it all rests on all of it
        return iter(self._roster)

    def __len__(self) -> int:
        self.asked |= self._roster
        return len(self._roster)
