"""Cache of readings in a folder, by the content of the files, so that one changed file re-reads one file.

An entry is plain data: a header line, then the packed reading (``packed``). Its name is made from everything that a
reading depends on: the file's bytes and name, the tree, this version of the program. What it depends on in the roster
(a unit's type, its name) is kept in the entry and checked again. An entry is written whole or not at all; if one is
damaged, its file is read again and a problem is reported. The folder may be thrown away at any time. Who can write to
it can change scores, as who can write to the inputs can.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

from lawgov_score.bounded import reason_of
from lawgov_score.catalogue import Code
from lawgov_score.files import fingerprint, refusal
from lawgov_score.model import Tree, Unit
from lawgov_score.problem_data import PackedError
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.processes import Lost
from lawgov_score.temporary import own_folder
from lawgov_score.workbook.submission.packed import facts_of, unpack
from lawgov_score.workbook.submission.reader import WHOLE, InputFile, Reader, Run, whole_of

_PROGRAM = Path(__file__).parents[1]
_LIBRARIES = ("python-calamine", "numpy")  # libraries involved in a reading
_BEGINS = b"lawgov-score reading 1 "  # followed by the sha256 of the rest, in hex, and a new line


def cached(run: Run, folder: Path, tell: Callable[[Problem], None]) -> Run:
    """``run`` restricted to files whose reading is not in ``folder``; new readings are stored there.

    ``tell`` receives problems of damaged entries (S156) and of a folder that cannot be written (S157); neither changes
    any result.
    """

    def run_cached(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
        prints = [_print_of(file) for file in files]
        names = [
            folder / key[:2] / key[2:] for key in (_key(reader, *pair) for pair in zip(files, prints, strict=True))
        ]
        held = {at: data for at, name in enumerate(names) if (data := _get(name, reader.roster, tell)) is not None}
        fresh = run(reader, [file for at, file in enumerate(files) if at not in held])
        refused = False
        for at, file in enumerate(files):
            data = held.pop(at, None)
            if data is None:
                read = next(fresh)
                if not refused and not isinstance(read, Lost) and prints[at] == _read_as(read, file):
                    refused = not _put(names[at], read, tell)
                yield read
            else:
                yield data

    return run_cached


def _print_of(file: InputFile) -> str:
    """sha256 of a file; '' if it cannot be read, which its reader reports."""
    try:
        return fingerprint(file.path)
    except OSError:
        return ""


def _read_as(data: bytes, file: InputFile) -> str:
    """The fingerprint of the bytes that were read: the file may have changed since it was fingerprinted."""
    return unpack(data, file.shown).fingerprint


def _key(reader: Reader, file: InputFile, print_: str) -> str:
    """The entry's name, made from everything that the reading depends on, except the roster."""
    tree = reader.tree
    rests_on = [print_, file.path.name, file.is_named, _said_by(tree), reader.roster is not None, program()]
    return hashlib.sha256(json.dumps(rests_on, ensure_ascii=False).encode("utf-8", "surrogateescape")).hexdigest()


def _said_by(tree: Tree) -> list[str]:
    return [tree.code, tree.edition, tree.fingerprint]


@cache
def program() -> str:
    """A fingerprint of this program and its reading libraries: readings of other versions are not used."""
    digest = hashlib.sha256()
    for path in sorted(_PROGRAM.rglob("*.py")):
        digest.update(path.relative_to(_PROGRAM).as_posix().encode() + b"\0" + path.read_bytes())
    for name in _LIBRARIES:
        digest.update(metadata.version(name).encode())
    return digest.hexdigest()


def _get(name: Path, roster: Mapping[str, Unit] | None, tell: Callable[[Problem], None]) -> bytes | None:
    """The entry's reading; None if there is none, it is damaged, or the roster has changed in what it depends on."""
    try:
        data = name.read_bytes()
    except (FileNotFoundError, NotADirectoryError):  # the second is reported on writing
        return None
    except OSError as error:
        tell(Problem(Code.S156, CellPlace(display_path(name)), {"found": reason_of(error)}))
        return None
    head, _, reading = data.partition(b"\n")
    try:
        if head != _BEGINS + hashlib.sha256(reading).hexdigest().encode():
            raise PackedError("checksum")
        unpack(reading, "")
        facts = facts_of(reading)
    except PackedError as error:
        tell(Problem(Code.S156, CellPlace(display_path(name)), {"found": str(error)}))
        return None
    known = roster or {}
    now = {code: whole_of(known) if code == WHOLE else known.get(code) for code in facts}
    return reading if now == facts else None


def _put(name: Path, reading: bytes, tell: Callable[[Problem], None]) -> bool:
    """Stores a reading, readable by no other user; False if the folder cannot be written."""
    try:
        name.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with own_folder(name.parent) as folder:  # leftovers of killed runs are removed
            beside = folder / "new"
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(_BEGINS + hashlib.sha256(reading).hexdigest().encode() + b"\n" + reading)
            beside.replace(name)
    except OSError as error:
        reason = refusal(name, error).values["found"]
        tell(Problem(Code.S157, CellPlace(display_path(name.parents[1])), {"found": reason}))
        return False
    return True
