"""Workbooks that say themselves whether they are as this program wrote them: the seal in docProps/core.xml.

The seal is the sha256 of all other parts. Whatever saves the workbook writes its parts anew, so that it does not fit
any more; a workbook from elsewhere has none. It keeps what people added from being replaced, and is no proof against
anybody.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lawgov_score.bounded import kind_of_file
from lawgov_score.problems import Problem
from lawgov_score.workbook.package.guard import MOST_BYTES, guard
from lawgov_score.workbook.package.saved import CORE

_SEAL = re.compile(rb"<dc:identifier [^<>]*>lawgov-score ([0-9a-f]{64})</dc:identifier>")
_ANY = re.compile(rb"<(?:\w+:)?identifier\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?identifier>)")  # one is allowed
_MADE = b'<dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">lawgov-score %b</dc:identifier>'


def with_seal(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a workbook that has just been written, with their seal; an earlier one is taken off."""
    before, close, after = _ANY.sub(b"", parts[CORE]).rpartition(b"</")
    return {**parts, CORE: b"".join((before, _MADE % _digest(parts).encode(), close, after))}


def seal(path: Path) -> None:
    """Seals the workbook that has just been written to ``path``. Raises ``OSError``."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path.write_bytes(packed(with_seal(parts)))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts: same parts, same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def is_as_written(path: Path) -> bool:
    """Is this a sealed workbook in which nothing was changed since? What cannot be read is not known to be."""
    try:
        if kind_of_file(path) is not None or path.stat().st_size > MOST_BYTES:
            return False
        safe = guard(path.read_bytes(), path.name)
    except OSError:
        return False
    if isinstance(safe, Problem):
        return False
    found = _SEAL.search(safe.parts.get(CORE, b""))
    return found is not None and found[1].decode() == _digest(safe.parts)


def _digest(parts: Mapping[str, bytes]) -> str:
    """sha256 of all parts but the one that holds the seal, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        if name != CORE:
            for text in (name.encode("utf-8", "surrogatepass"), parts[name]):
                digest.update(b"%d:" % len(text))
                digest.update(text)
    return digest.hexdigest()
