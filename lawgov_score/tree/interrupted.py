"""Several files of a tree that become others together, also where the process dies between two of them.

Before the first one changes, all that is to be written lies complete in a folder beside them. While that is there the
tree is not read (D193), for it may be half of one and half of the other; the next import completes it (D194).
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.files import batch, fingerprint, refusing
from lawgov_score.problems import Problem, TextPlace, display_path
from lawgov_score.temporary import own_folder

FOLDER = ".lawgov-import"
_LIST = "files.json"  # by name: the fingerprints before and after


def begun(head: Path) -> Problem | None:
    """D193 where an import that has begun beside ``head`` is not done."""
    folder = head.parent / FOLDER
    if not os.path.isdir(folder):
        return None
    return Problem(Code.D193, TextPlace(display_path(head)), {"folder": display_path(folder)})


def write_together(head: Path, was: Mapping[Path, bytes], new: Mapping[Path, bytes]) -> None:
    """Writes files of a tree, all or none. Raises ``CannotWriteError``.

    ``was``: what they hold; all of them lie beside ``head``.
    """
    if len(new) < 2:  # a rename is all or nothing
        _write(new)
        return
    folder = head.parent / FOLDER
    listed = {path.name: [_print_of(was[path]), _print_of(raw)] for path, raw in new.items()}
    with refusing(folder), own_folder(head.parent) as made:
        ready = made / "ready"
        ready.mkdir()
        for path, raw in new.items():
            _put(ready / path.name, raw)
        _put(ready / _LIST, json.dumps(listed).encode())
        _sync(ready)
        ready.rename(folder)
        _sync(head.parent)
    try:
        _write(new)
    except BaseException:
        with suppress(OSError):
            if all(path.read_bytes() == was[path] for path in new):  # undone
                _done(folder)
        raise
    _done(folder)


def completed(head: Path) -> Problem | None:
    """Completes the import that was interrupted beside ``head``: D194, or D195 where that cannot be done; None: none.

    Raises ``CannotWriteError``.
    """
    folder = head.parent / FOLDER
    if begun(head) is None:
        return None
    try:
        listed = json.loads((folder / _LIST).read_bytes())
        odd = next((name for name, prints in listed.items() if not _may_be_written(folder, name, *prints)), None)
        new = {} if odd is not None else {head.parent / name: (folder / name).read_bytes() for name in listed}
    except (OSError, ValueError, TypeError, AttributeError):
        odd, new = f"{FOLDER}/{_LIST}", {}
    if odd is not None:
        return Problem(Code.D195, TextPlace(display_path(head)), {"name": odd, "folder": display_path(folder)})
    _write(new)
    _done(folder)
    names = tuple(path.name for path in new)
    return Problem(Code.D194, TextPlace(display_path(head)), {"files": names})


def _may_be_written(folder: Path, name: str, before: str, after: str) -> bool:
    """Is what is to be written whole, and the file in its place one that this import has seen or written?"""
    if Path(name).name != name or fingerprint(folder / name) != after:
        return False
    try:
        return fingerprint(folder.parent / name) in {before, after}
    except FileNotFoundError:
        return False


def _write(new: Mapping[Path, bytes]) -> None:
    with batch(overwrite=True) as outputs:
        for path, raw in new.items():
            temporary = outputs.file(path)
            with refusing(path):
                _put(temporary, raw)
    for folder in {path.parent for path in new}:
        _sync(folder)


def _done(folder: Path) -> None:
    """Takes the folder away at once: of half a folder nobody could tell what it was for."""
    with refusing(folder), own_folder(folder.parent) as gone, suppress(FileNotFoundError):  # another one completed it
        folder.rename(gone / "done")


def _print_of(raw: bytes) -> str:
    """As ``fingerprint`` of a file that holds it."""
    return hashlib.sha256(raw).hexdigest()


def _put(path: Path, raw: bytes) -> None:
    """Writes a file, on the disk itself."""
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """What was renamed in a folder is so on the disk too; where the system knows no such order, it is left to it."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


__all__ = ["FOLDER", "begun", "completed", "write_together"]
