"""What must be right of a text before it can be YAML: UTF-8, no control characters, no tabs as indentation."""

import re

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, TextPlace
from lawgov_score.wording import Words

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_TABBED = re.compile(r"[ \t]*\t[ \t]*(?=\S)")


def not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    """At the first byte that is not UTF-8, with a guess at what it is instead."""
    before = raw[: error.start].decode("utf-8")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    found = Words("字节 0x{byte}", "the byte 0x{byte}")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = Words("字节 0x{byte}（像是 UTF-16 编码）", "the byte 0x{byte} (looks like UTF-16)")
    else:
        try:
            raw.decode("gb18030")
            found = Words("字节 0x{byte}（像是 GBK 编码）", "the byte 0x{byte} (looks like GBK)")
        except UnicodeDecodeError:
            pass  # no guess, then: the byte alone is what can be said
    return Problem(Code.T102, TextPlace(path, line, column), {"found": found(byte=f"{raw[error.start]:02X}")})


def refused_characters(lines: tuple[str, ...], path: str) -> list[Problem]:
    """Control characters, and tabs in indentation: one problem for the file, the other places beside it."""
    for number, line in enumerate(lines, 1):
        if control := _CONTROL.search(line):
            found = Words("控制字符 U+{code}", "the control character U+{code}")(code=f"{ord(control[0]):04X}")
            cure = Words("删去该字符", "Remove the character")
            return [Problem(Code.T109, TextPlace(path, number, control.start() + 1), {"found": found, "cure": cure})]
    tabs = [
        TextPlace(path, number, line.index("\t") + 1)
        for number, line in enumerate(lines, 1)
        if "\t" in line and _TABBED.match(line)
    ]
    return [Problem(Code.T103, tabs[0], {"lines": len(tabs)}, see_also=tuple(tabs[1:10]))] if tabs else []
