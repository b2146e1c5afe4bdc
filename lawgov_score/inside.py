"""Names from outside that are to become paths: of an export, a backup, a list of files, an upload.

They may come from anyone, and be written on any system. What one system takes for a name another takes for a drive, a
device or another folder, so a name is judged by all of them at once, wherever the program runs.
"""

import re
from pathlib import PurePosixPath

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"]
)  # on Windows no file can have these names, with any suffix
_NEVER = re.compile(r"[\\:\x00-\x1f\ud800-\udfff]")  # another folder, a drive or a second stream; no text at all

_NOT_ON_WINDOWS = re.compile(r'[<>"|?*]')
_LONGEST_NAME, _LONGEST_SUFFIX = 200, 12  # bytes that every system takes, with some to spare; letters


class OutsideError(ValueError):
    """A name that leads out of its folder, or that some system takes for something other than a file in it."""


def inside(name: str) -> PurePosixPath:
    """The path, below whatever folder, of a name from outside (``a/b.yaml``). Raises ``OutsideError``.

    >>> inside("tree/甲.yaml")
    PurePosixPath('tree/甲.yaml')
    >>> inside("tree/../../x")
    Traceback (most recent call last):
    lawgov_score.inside.OutsideError: 'tree/../../x' leads out of its folder
    """
    if _NEVER.search(name) or any(map(_is_no_name, name.split("/"))):
        raise OutsideError(f"{name!r} leads out of its folder")
    return PurePosixPath(name)


def is_inside(name: str) -> bool:
    """Does ``inside`` take it?"""
    try:
        inside(name)
    except OutsideError:
        return False
    return True


def made_safe(name: str) -> str:
    """What a file that was sent under a name is called here: the last part of it, as every system can have it.

    >>> made_safe("东乡.xlsx"), made_safe("C:\\\\报送\\\\con.xlsx"), made_safe("../..")
    ('东乡.xlsx', '_con.xlsx', '_')
    """
    last = _NOT_ON_WINDOWS.sub("_", _NEVER.sub("_", re.split(r"[\\/]", name)[-1])).rstrip(". ")
    suffix = last[last.rfind(".") :] if 0 < len(last) - last.rfind(".") <= _LONGEST_SUFFIX else ""
    stem = last.removesuffix(suffix)
    while len(f"{stem}{suffix}".encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    last = f"{stem}{suffix}".rstrip(". ")
    return f"_{last}" if not last or is_device(last) else last


def is_device(name: str) -> bool:
    """Is this the name of a device, as Windows reads it: whatever follows the first dot, and blanks before it?

    >>> is_device("con.xlsx"), is_device("NUL .tar.gz"), is_device("console.xlsx")
    (True, True, False)
    """
    return name.split(".", maxsplit=1)[0].rstrip(" ").casefold() in _DEVICES


def _is_no_name(part: str) -> bool:
    """``''``, ``.`` and ``..``, and what Windows reads as another name: it takes dots and blanks off the end."""
    return part != part.rstrip(". ") or not part or is_device(part)
