"""When a workbook was last saved, as it says itself in docProps/core.xml, which every office program writes."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole
from lawgov_score.workbook.package.archive import directory, inflate
from lawgov_score.workbook.package.guard import MOST_BYTES

CORE = "docProps/core.xml"
_YEARS = range(1990, 2100)
_MOST = 1 << 20  # bytes of the part
_MODIFIED = re.compile(rb"(<(?:\w+:)?modified\b[^<>]*>)([^<]*)(</(?:\w+:)?modified>)")


def saved_at(parts: Mapping[str, bytes]) -> str:
    """The time as UTC, ``2024-03-30T08:15:00Z``, so that texts sort like times; '' if there is none."""
    match = _MODIFIED.search(parts.get(CORE, b""))
    if match is None:
        return ""
    try:
        moment = datetime.fromisoformat(match.group(2).decode("ascii").strip())
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):  # not a date, or one out of range
        return ""
    if moment.year not in _YEARS:  # a clock that was never set
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def saved_of(path: Path) -> str:
    """The same of a file that nobody has opened yet, by that one part alone; '' of what is no workbook."""
    try:
        content = read_whole(path, MOST_BYTES)
    except (OSError, NoFileError, TooLargeError):
        return ""
    for entry in directory(content) or ():
        if entry.filename == CORE and entry.file_size <= _MOST:
            return saved_at({CORE: inflate(content, entry) or b""})
    return ""


def with_saved(core: bytes, moment: str) -> bytes:
    """The part with another time of saving; without any if ``moment`` is ''.

    The element keeps its tags: where lxml is installed, openpyxl declares the names that they use there alone.
    """
    return _MODIFIED.sub(rb"\g<1>%b\g<3>" % moment.encode() if moment else b"", core)
