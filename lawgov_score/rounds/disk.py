"""The one seam through which files of a data folder are written: each is on the disk before its name is there.

A step that fails leaves the file as it was, or not there at all. Tests take a ``Disk`` whose n-th step fails.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from lawgov_score.files import refusing
from lawgov_score.temporary import own_folder


class Disk:
    """Writes files whole. ``step`` is called before each thing that the system may refuse."""

    def step(self, what: str, path: Path) -> None:
        """A step is about to be taken: folder, write, sync, rename, sync_folder, in this order for each file."""

    def write(self, path: Path, content: bytes, mode: int = 0o644) -> None:
        """Writes ``content`` to ``path``, whole or not at all. Raises ``CannotWriteError``."""
        self.pour(path, (content,), mode)

    def pour(self, path: Path, pieces: Iterable[bytes], mode: int = 0o644) -> None:
        """The same for what comes in pieces and need not be in memory as a whole."""
        with refusing(path):
            self.folder(path.parent)
            with own_folder(path.parent) as beside:
                new = beside / "new"
                self.step("write", path)
                with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.writelines(pieces)
                self.adopt(new, path, mode)

    def adopt(self, written: Path, path: Path, mode: int = 0o644) -> None:
        """Takes a finished file of the same disk to ``path``. Raises ``CannotWriteError``."""
        with refusing(path):
            self.step("sync", path)
            with written.open("r+b") as file:
                os.fsync(file.fileno())
            written.chmod(mode)
            self.step("rename", path)
            written.replace(path)
            self.step("sync_folder", path)
            sync_folder(path.parent)

    def folder(self, path: Path, mode: int = 0o777) -> None:
        """Makes a folder, and those above it. Raises ``CannotWriteError``."""
        if path.is_dir():
            return
        with refusing(path):
            self.step("folder", path)
            path.mkdir(mode, parents=True, exist_ok=True)
            sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Makes sure that the names in a folder are on the disk, where the system can (Windows cannot, and need not)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(InterruptedError):
            os.fsync(handle)
    finally:
        os.close(handle)


DISK = Disk()
