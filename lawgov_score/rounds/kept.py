"""Files of a round: their bytes into the store first, their row after; and folders of files as one list."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import File, Seat
from lawgov_score.rounds.names import FileKind
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.store import sha256_of


def keep(data: Data, content: bytes, name: str, kind: FileKind, now: datetime, seat: Seat | None = None) -> File:
    """Keeps a content and gives its row; the same content again is the same row. Raises ``CannotWriteError``.

    The bytes are on the disk before the row is there; without a row they do no harm.
    """
    sha256 = data.store.keep(content)
    row = {"size": len(content), "name": name, "kind": kind.value, "received_at": now, "by": seat}
    return File.objects.get_or_create(sha256=sha256, defaults=row)[0]


@dataclass(frozen=True, slots=True)
class Written:
    """A content that is on the disk, and what its row will say."""

    sha256: str
    size: int
    name: str
    kind: FileKind


def write(data: Data, content: bytes, name: str, kind: FileKind) -> Written:
    """The first half of ``keep``, for many at once: the bytes. Raises ``CannotWriteError``."""
    return Written(data.store.keep(content), len(content), name, kind)


def rows_of(written: Iterable[Written], now: datetime, seat: Seat | None = None) -> dict[str, File]:
    """The second half, within a transaction: the rows by sha256; those that are lacking are made."""
    wanted = {one.sha256: one for one in written}
    there = {one.sha256: one for one in File.objects.filter(sha256__in=wanted)}
    new = [
        File(sha256=one.sha256, size=one.size, name=one.name, kind=one.kind.value, received_at=now, by=seat)
        for one in wanted.values()
        if one.sha256 not in there
    ]
    return there | {one.sha256: one for one in File.objects.bulk_create(new)}


def read(data: Data, file: File) -> bytes:
    """The bytes of a file. Raises ``RefusedError`` (R205) where they are gone or changed."""
    return data.store.read(file.sha256)


def keep_folder(
    data: Data, contents: Mapping[str, bytes], kind: FileKind, now: datetime, seat: Seat | None = None, name: str = ""
) -> File:
    """Keeps files under their names (``a/b.yaml``) and gives the row of their list, which is a file itself."""
    for path, content in sorted(contents.items()):
        keep(data, content, path, kind, now, seat)
    return keep(data, list_of(contents), name, FileKind.FOLDER, now, seat)


def list_of(contents: Mapping[str, bytes]) -> bytes:
    """What is kept of a folder: its names, each with the sha256 of its content."""
    return canonical({path: sha256_of(content) for path, content in contents.items()}).encode()


def names_in(data: Data, folder: File) -> dict[str, str]:
    """The names in a kept folder, each with the sha256 of its content."""
    listed = json.loads(read(data, folder))
    return {str(name): str(sha256) for name, sha256 in listed.items()}


def write_folder(data: Data, folder: File, into: Path) -> None:
    """Writes a kept folder out, below ``into``. Raises ``RefusedError`` (R205), ``CannotWriteError``."""
    for name, sha256 in names_in(data, folder).items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{name} leads out of its folder")
        data.disk.write(into / path, data.store.read(sha256))
