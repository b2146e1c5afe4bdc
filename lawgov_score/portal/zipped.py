"""Many files as one to keep: written to the disk where they are large, so that the server stays small."""

import tempfile
import zipfile
from collections.abc import Iterable

from django.http.response import HttpResponseBase

from lawgov_score.portal.answers import download

_IN_MEMORY = 8 * 1024 * 1024  # bytes, beyond which the archive lies on the disk until it is sent


def zipped(files: Iterable[tuple[str, bytes]], name: str) -> HttpResponseBase:
    """An archive of files by their names in it, as a file ``name`` to keep."""
    archive = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # the response closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as into:
        for path, content in files:
            into.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    archive.seek(0)
    return download(archive, name)
