"""A look at a document that came from elsewhere, in a process of its own: bounded in size, memory and time.

What is found comes back as plain facts; nothing of the document is parsed in the process that asks.
"""

import json
from dataclasses import astuple, dataclass
from functools import lru_cache
from itertools import islice

from lawgov_score.documents.bounds import fault_of
from lawgov_score.documents.filling import Found, placeholders
from lawgov_score.documents.web import has_more_than_text
from lawgov_score.documents.word import NotADocumentError, is_marked_up, need_library, opened, stories
from lawgov_score.processes import Limits, Lost, LostReason, Pool
from lawgov_score.wording import Text, Words

_LIMITS = Limits(megabytes=1_024, seconds=30.0)
_MOST_FOUND = 1_000  # placeholders
_LONGEST = 40  # characters of a name; those of fields are shorter
_NO_DOCUMENT = Words("打不开", "it cannot be opened")
_TOO_MANY = Words("花括号超过 {most} 处", "more than {most} pairs of braces")
_TOOK = {
    LostReason.CRASHED: Words("读它的进程中断", "the process that read it was ended"),
    LostReason.MEMORY: Words("读它要的内存太多", "reading it takes too much memory"),
    LostReason.TIME: Words("读它要的时间太长", "reading it takes too long"),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What stands in a document. ``is_marked_up``: tracked changes, comments; ``has_more``: than a page can show."""

    found: tuple[Found, ...]
    is_marked_up: bool
    has_more: bool


@lru_cache(maxsize=2)  # who makes documents of a template takes it into use next
def look_at(content: bytes) -> Looked | Text:
    """What stands in a document, or why it cannot be used. Raises ``RefusedError`` (S160: no library)."""
    need_library()
    if (fault := fault_of(content)) is not None:
        return fault
    with Pool([__name__], _LIMITS) as pool:
        (result,) = pool.run(_looked, [content])
    if isinstance(result, Lost):
        if result.fate is not LostReason.RAISED:
            return _TOOK[result.fate]
        bug = RuntimeError((result.detail.splitlines() or [result.fate])[-1])
        bug.add_note(result.detail)
        raise bug
    told = json.loads(result)
    if told is None:
        return _NO_DOCUMENT
    if len(told["found"]) > _MOST_FOUND:
        return _TOO_MANY(most=_MOST_FOUND)
    return Looked(tuple(Found(*one) for one in told["found"]), told["is_marked_up"], told["has_more"])


def _looked(content: bytes) -> bytes:
    """The look itself, in the child."""
    try:
        document = opened(content)
    except NotADocumentError:
        return json.dumps(None).encode()
    found = [astuple(_short(one)) for one in islice(placeholders(stories(document)), _MOST_FOUND + 1)]
    facts = {"is_marked_up": is_marked_up(document), "has_more": has_more_than_text(document)}
    return json.dumps({"found": found, **facts}).encode()


def _short(one: Found) -> Found:
    """The same; a name that is far longer than any field's is cut, and stays the name of none."""
    if one.name is None or len(one.name) <= _LONGEST:
        return one
    return Found(f"{one.name[:_LONGEST]}…", one.line, one.column, one.length, one.is_alone)
