"""All input files → what came in each, in their order, wherever they are read: here, in workers, on a cluster."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.model import Tree, Unit
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.processes import Fate, Lost
from lawgov_score.workbook.forms.layout import Layout, layout_of
from lawgov_score.workbook.submission.input_files import TABLES
from lawgov_score.workbook.submission.one_file import FileRead, read_file
from lawgov_score.workbook.submission.packed import NOTHING_ASKED, pack, unpack, unpacker

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


_LOST = {Fate.CRASHED: Code.S150, Fate.MEMORY: Code.S151, Fate.TIME: Code.S152, Fate.RAISED: Code.S153}


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, and whether it was named itself, rather than found in a folder."""

    path: Path
    is_named: bool = True

    @property
    def shown(self) -> str:
        """Its path as problems print it."""
        return display_path(self.path)

    @property
    def is_table(self) -> bool:
        """A table of text: read by Python alone, so that nothing can crash."""
        return self.path.suffix.lower() in TABLES


@dataclass(frozen=True)
class Reader:
    """Reads one file into bytes (``packed``): all that a worker needs to know, and picklable."""

    tree: Tree
    roster: dict[str, Unit] | None  # by code

    @cached_property
    def _layout(self) -> Layout:
        return layout_of(self.tree)

    def __call__(self, file: InputFile) -> bytes:
        """What came in one file, packed."""
        roster = None if self.roster is None else Consulted(self.roster)
        read = read_file(file.path, file.is_named, self._layout, roster)
        return pack(read, file.shown, roster.asked if roster is not None else NOTHING_ASKED)


Run = Callable[[Reader, Sequence[InputFile]], Iterator[bytes | Lost]]
"""Where files are read: one reading per file, in their order."""


def in_this_process(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
    """In this very process, one after the other: for files that were made by ourselves, and for tests."""
    return map(reader, files)


def read_all(files: Sequence[InputFile], reader: Reader, run: Run) -> Iterator[tuple[InputFile, FileRead]]:
    """What came in each file, in their order; a file that took its process down is a problem of that file alone."""
    later = unpacker()
    elsewhere = run(reader, [file for file in files if not file.is_table])
    for file in files:
        data = reader(file) if file.is_table else next(elsewhere)
        read = (
            FileRead((), (lost_problem(file.shown, data),))
            if isinstance(data, Lost)
            else unpack(data, file.shown, later)
        )
        yield file, read
    for _ in elsewhere:  # lets whoever watches see the end
        raise AssertionError("more readings than files")


def lost_problem(shown: str, lost: Lost) -> Problem:
    """What is said of a file, whose path is ``shown``, that took its process down (S150 to S153)."""
    lines = lost.detail.splitlines()
    return Problem(_LOST[lost.fate], CellPlace(shown), {"found": lines[-1] if lines else ""})
