"""Names of the files of a run, wherever they lie: relative to what was given, so that no output knows a machine's path.

A file that was given is named by its name, one found in a folder by its path in that folder. Where two would share a
name, both get the names of their last folders too. The screen shows paths as they were given (``Names.as_given``).
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath
from types import MappingProxyType

from lawgov_score.problems import STANDARD_INPUT, CellPlace, Place, Problem, TextPlace, display_path

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Names:
    """``by_path``: path as given (``display_path``) -> the file's name in this run. Others keep their path."""

    by_path: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def __call__(self, path: PurePath | str) -> str:
        """The name of a file."""
        shown = display_path(path)
        return self.by_path.get(shown, shown)

    @cached_property
    def _given(self) -> Mapping[str, str]:
        return {name: path for path, name in reversed(list(self.by_path.items()))}

    def given(self, name: str) -> str:
        """The path as it was given, of a file with this name."""
        return self._given.get(name, name)

    def as_given(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems of workbooks and tables at the paths that were given, for whoever will open them."""
        return tuple(_moved(problem, CellPlace, self.given) for problem in problems)

    def place_as_given(self, place: CellPlace) -> CellPlace:
        """The same for one place."""
        return replace(place, path=self.given(place.path))

    def named(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Problems of texts (a tree, a notice), which are read by their paths, at the names of their files."""
        return (_moved(problem, TextPlace, self._name_of_text) for problem in problems)

    def _name_of_text(self, path: str) -> str:
        return self.by_path.get(path, PurePath(path).name)  # such as a file beside the tree, which was not read


AS_GIVEN = Names()


def _moved(problem: Problem, kind: type[CellPlace] | type[TextPlace], to: Callable[[str], str]) -> Problem:
    """The problem, with other paths at its places of one kind."""
    places = (problem.place, *problem.see_also, *problem.also)
    if not any(isinstance(place, kind) and to(place.path) != place.path for place in places):
        return problem

    def moved(place: Place) -> Place:
        return replace(place, path=to(place.path)) if isinstance(place, kind) else place

    return replace(
        problem,
        place=moved(problem.place),
        see_also=tuple(map(moved, problem.see_also)),
        also=tuple(map(moved, problem.also)),
    )


def names_of(files: Iterable[tuple[Path, Path | None]]) -> Names:
    """The names of files, each with the folder that was given, None where it was given itself.

    A folder that was given is named ``.``.
    """
    whole: dict[str, tuple[str, ...]] = {}  # all its folders, and its name
    taken: dict[str, int] = {}  # how many of these are its name
    for path, folder in files:
        shown = display_path(path)
        if shown in whole:
            continue
        whole[shown] = (shown,) if shown == STANDARD_INPUT else PurePath(os.path.abspath(path)).parts
        taken[shown] = 1 if folder is None else len(path.relative_to(folder).parts)
    while True:
        by_name: dict[tuple[str, ...], list[str]] = {}
        for shown, parts in whole.items():
            by_name.setdefault(parts[len(parts) - taken[shown] :], []).append(shown)
        longer = [shown for same in by_name.values() for shown in _to_tell_apart(same, whole, taken)]
        if not longer:
            break
        for shown in longer:
            taken[shown] += 1
    return Names({shown: _name(parts[len(parts) - taken[shown] :]) for shown, parts in whole.items()})


def _to_tell_apart(
    same: Sequence[str], whole: Mapping[str, tuple[str, ...]], taken: Mapping[str, int]
) -> Iterator[str]:
    """Of different files with one name, those that lie deeper than their name says, below what all of them share."""
    if len({whole[shown] for shown in same}) > 1:
        above = [whole[shown][:-1] if taken[shown] else whole[shown] for shown in same]
        shared = next(
            (n for n, parts in enumerate(zip(*above, strict=False)) if len(set(parts)) > 1), min(map(len, above))
        )
        deeper = [shown for shown in same if taken[shown] < len(whole[shown]) - shared]
        yield from deeper or [max(same, key=lambda shown: len(whole[shown]))]  # a name that repeats folders' names


def _name(parts: tuple[str, ...]) -> str:
    return display_path(PurePath(*parts)) if parts else "."
