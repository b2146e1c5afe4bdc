"""Files of a round: their bytes into the store first, their row after; and folders of files as one list."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lawgov_score.inside import is_inside
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import File, Seat
from lawgov_score.rounds.names import FileKind
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Words

OUTSIDE = Words(
    "其中的名称 {name} 指到文件夹之外，或者有的系统不能用",
    "its name {name} leads out of the folder, or no system can have it",
)
_NO_LIST = Words("不是文件清单", "it is no list of files")


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


def pour(data: Data, pieces: Iterable[bytes], name: str, kind: FileKind) -> Written:
    """The same for a content that comes in pieces. Raises ``CannotWriteError``."""
    return Written(*data.store.pour(pieces), name, kind)


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
    listed = write(data, list_of(contents), name, FileKind.FOLDER)
    written = [write(data, content, path, kind) for path, content in sorted(contents.items())]
    with transaction.atomic():  # one for all: each alone waits for the disk
        return rows_of([*written, listed], now, seat)[listed.sha256]


def list_of(contents: Mapping[str, bytes]) -> bytes:
    """What is kept of a folder: its names, each with the sha256 of its content."""
    return canonical({path: sha256_of(content) for path, content in contents.items()}).encode()


def names_in(data: Data, folder: File) -> dict[str, str]:
    """The names in a kept folder, each with the sha256 of its content. Raises ``RefusedError`` (R205).

    The list may have come with an export or a backup: nobody who asks for a name is given one that leads out.
    """
    content = read(data, folder)
    try:
        listed = {str(name): str(sha256) for name, sha256 in json.loads(content).items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise RefusedError(data.store.problem(folder.sha256, _NO_LIST)) from error
    if outside := [name for name in listed if not is_inside(name)]:
        raise RefusedError(data.store.problem(folder.sha256, OUTSIDE(name=outside[0])))
    return listed
