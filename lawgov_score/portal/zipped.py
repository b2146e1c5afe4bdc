"""Many files as one to keep: written to the disk where they are large, so that the server stays small."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO

_IN_MEMORY = 8 * 1024 * 1024  # bytes, beyond which the archive lies on the disk until it is sent
_PIECE = 1 << 20
_PACKED = frozenset({".xlsx", ".docx", ".zip"})  # gain nothing by being compressed again
_MAY_BE_READ = 0o644 << 16  # by everybody: what is unpacked on a shared disk is for colleagues too


def zipped(files: Iterable[tuple[str, bytes | Path]]) -> IO[bytes]:
    """An archive of contents or files by their names in it, at its beginning; it is nowhere when it is closed.

    One after the other is read, however many. The same files, the same bytes.
    """
    made = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # whoever sends it closes it
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = _MAY_BE_READ
            is_packed = PurePosixPath(name).suffix.lower() in _PACKED
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            if isinstance(content, bytes):
                archive.writestr(entry, content)
                continue
            entry.file_size = content.stat().st_size  # by which it is told whether it needs the large format
            with content.open("rb") as file, archive.open(entry, "w") as to:
                shutil.copyfileobj(file, to, _PIECE)
    made.seek(0)
    return made
