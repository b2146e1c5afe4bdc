"""Contents of files by their sha256: ``files/ab/abcd…``. Kept once, never changed; reading proves the content."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lawgov_score.bounded import kind_of_file, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.files import refusing
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds.disk import DISK, Disk
from lawgov_score.temporary import own_folder
from lawgov_score.wording import Words

_GONE = Words("文件不在了", "the file is gone")
_OTHER = Words("内容变了，现在的 sha256 为 {sha256}", "its content changed: its sha256 is now {sha256}")
_NO_SHA256 = Words("登记的不是 sha256", "what is recorded is no sha256")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def sha256_of(content: bytes) -> str:
    """The sha256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """The contents below one folder."""

    folder: Path
    disk: Disk = field(default=DISK)

    def path(self, sha256: str) -> Path:
        """Where a content lies. Raises ``RefusedError`` (R205) for what is no sha256: rows may come from anyone."""
        if not _SHA256.fullmatch(sha256):
            raise RefusedError(self.problem(sha256, _NO_SHA256))
        return self.folder / sha256[:2] / sha256

    def keep(self, content: bytes) -> str:
        """Keeps a content and gives its sha256; what is there already is left alone. Raises ``CannotWriteError``."""
        sha256 = sha256_of(content)
        if not self.has(sha256):
            self.disk.write(self.path(sha256), content, mode=0o444)
        return sha256

    def pour(self, pieces: Iterable[bytes]) -> tuple[str, int]:
        """The same for what comes in pieces and need not be in memory as a whole; also gives its size."""
        hashed, size = hashlib.sha256(), 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for piece in pieces:
                hashed.update(piece)
                size += len(piece)
                yield piece

        self.disk.folder(self.folder)
        with refusing(self.folder), own_folder(self.folder) as beside:
            self.disk.pour(beside / "new", counted())
            sha256 = hashed.hexdigest()
            if not self.has(sha256):
                path = self.path(sha256)
                self.disk.folder(path.parent)
                self.disk.adopt(beside / "new", path, mode=0o444)
        return sha256, size

    def has(self, sha256: str) -> bool:
        """Is it there, and whole?"""
        return self.fault(sha256) is None

    def read(self, sha256: str) -> bytes:
        """A content. Raises ``RefusedError`` (R205) where it is gone, changed, or cannot be read."""
        path = self.path(sha256)
        if (kind := kind_of_file(path)) is not None:
            raise RefusedError(self.problem(sha256, kind))
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise RefusedError(self.problem(sha256, _GONE)) from None
        except OSError as error:
            raise RefusedError(self.problem(sha256, reason_of(error))) from error
        found = sha256_of(content)
        if found != sha256:
            raise RefusedError(self.problem(sha256, _OTHER(sha256=found)))
        return content

    def fault(self, sha256: str) -> Problem | None:
        """What is wrong with a content (R205); None where nothing is."""
        try:
            self.read(sha256)
        except RefusedError as refused:
            return refused.problem
        return None

    def problem(self, sha256: str, found: object) -> Problem:
        """A content that is not what was recorded (R205)."""
        shown = f"{self.folder.name}/{sha256[:2]}/{sha256}"
        return Problem(Code.R205, TextPlace(shown), {"sha256": sha256, "found": found})

    def all(self) -> Iterator[str]:
        """The sha256 of everything that lies here, whether a row speaks of it or not."""
        for path in sorted(self.folder.glob("??/*")):
            if path.is_file():
                yield path.name
