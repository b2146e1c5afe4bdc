"""When a workbook was last saved, by its own word: docProps/core.xml, which every office program keeps."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

CORE = "docProps/core.xml"
_YEARS = range(1990, 2100)
_MODIFIED = re.compile(rb"<(?:\w+:)?modified\b[^<>]*>([^<]*)</(?:\w+:)?modified>")


def saved_at(parts: Mapping[str, bytes]) -> str:
    """The moment as UTC, ``2024-03-30T08:15:00Z``, so that texts sort as times do; '' where it does not say."""
    found = _MODIFIED.search(parts.get(CORE, b""))
    if found is None:
        return ""
    try:
        moment = datetime.fromisoformat(found.group(1).decode("ascii").strip())
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):  # no date at all, or one at the edge of all time
        return ""
    if moment.year not in _YEARS:  # a clock that was never set
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def with_saved(core: bytes, moment: str) -> bytes:
    """The part with another moment; without any where ``moment`` is ''."""
    stamp = b'<dcterms:modified xsi:type="dcterms:W3CDTF">%b</dcterms:modified>' % moment.encode() if moment else b""
    return _MODIFIED.sub(stamp, core)
