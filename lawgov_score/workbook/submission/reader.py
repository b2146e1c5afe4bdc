"""Reads all input files → the content of each, in their order, whether read here, in workers, or on a cluster."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.model import Tree, Unit
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.processes import Lost, LostReason
from lawgov_score.workbook.forms.layout import Layout, layout_of
from lawgov_score.workbook.submission.input_files import TABLES
from lawgov_score.workbook.submission.one_file import FileRead, read_file
from lawgov_score.workbook.submission.packed import NOTHING_ASKED, pack, unpack

WHOLE = ""  # not a unit's code: stands for the whole roster


class Consulted(Mapping[str, Unit]):
    """A roster that records look-ups. ``asked``: every code looked up with its unit, None if there was none.

    Under ``WHOLE`` there is a unit made of the whole roster, once it has been iterated over.
    """

    def __init__(self, roster: Mapping[str, Unit]) -> None:
        self._roster = roster
        self.asked: dict[str, Unit | None] = {}

    def __getitem__(self, code: str) -> Unit:
        unit = self.asked[code] = self._roster.get(code)
        if unit is None:
            raise KeyError(code)
        return unit

    def __iter__(self) -> Iterator[str]:
        self.asked[WHOLE] = whole_of(self._roster)  # iterating makes the reading depend on the whole roster
        return iter(self._roster)

    def __len__(self) -> int:
        self.asked[WHOLE] = whole_of(self._roster)
        return len(self._roster)


def whole_of(roster: Mapping[str, Unit]) -> Unit:
    """A unit that stands for a whole roster: any change of the roster changes it."""
    text = "\0".join(repr(unit) for _, unit in sorted(roster.items()))
    return Unit(WHOLE, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "", "", None)


_LOST = {
    LostReason.CRASHED: Code.S150,
    LostReason.MEMORY: Code.S151,
    LostReason.TIME: Code.S152,
    LostReason.RAISED: Code.S153,
}


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, whether it was named itself rather than found in a folder, and its name in this run."""

    path: Path
    is_named: bool = True
    name: str = ""

    @property
    def shown(self) -> str:
        """Its name in problems: its path, where it has no other."""
        return self.name or display_path(self.path)

    @property
    def is_table(self) -> bool:
        """Is it a text table? Python alone reads those, so nothing can crash."""
        return self.path.suffix.lower() in TABLES


@dataclass(frozen=True)
class Reader:
    """Reads one file into bytes (``packed``): holds everything that a worker needs, and can be pickled."""

    tree: Tree
    roster: dict[str, Unit] | None  # by code

    @cached_property
    def _layout(self) -> Layout:
        return layout_of(self.tree)

    def __call__(self, file: InputFile) -> bytes:
        """The packed content of one file."""
        roster = None if self.roster is None else Consulted(self.roster)
        read = read_file(file.path, file.is_named, self._layout, roster, file.shown)
        return pack(read, file.shown, roster.asked if roster is not None else NOTHING_ASKED)

    def here(self, file: InputFile) -> FileRead:
        """The content of one file, for this process: nothing needs packing."""
        return read_file(file.path, file.is_named, self._layout, self.roster, file.shown)


Run = Callable[[Reader, Sequence[InputFile]], Iterator[bytes | Lost]]
"""A runner: reads files, one reading per file, in their order."""


def in_this_process(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
    """In this very process, one after the other: for files that were made by ourselves, and for tests."""
    return map(reader, files)


def read_all(files: Sequence[InputFile], reader: Reader, run: Run) -> Iterator[tuple[InputFile, FileRead]]:
    """The content of each file, in their order; a file that kills its process affects only itself."""
    elsewhere = run(reader, [file for file in files if not file.is_table])
    for file in files:
        if file.is_table:
            yield file, reader.here(file)
            continue
        data = next(elsewhere)
        if isinstance(data, Lost):
            yield file, FileRead((), (lost_problem(file.shown, data),))
        else:
            yield file, unpack(data, file.shown)
    for _ in elsewhere:  # lets a progress bar reach its end
        raise AssertionError("more readings than files")


def lost_problem(shown: str, lost: Lost) -> Problem:
    """The problem of a file (path as ``shown``) that killed its process (S150 to S153)."""
    lines = lost.detail.splitlines()
    return Problem(_LOST[lost.fate], CellPlace(shown), {"found": lines[-1] if lines else ""})
