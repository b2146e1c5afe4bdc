"""Outputs appear whole or not at all: written in a folder of our own beside their place, then renamed."""

import errno
import hashlib
import os
import re
import shutil
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from lawgov_score.bounded import kind_of_file
from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.temporary import own_folder
from lawgov_score.wording import Words

_A_FOLDER = Words("这里已有同名文件夹", "a folder of that name is there")
_AN_INPUT = Words("本次运行的输入文件", "an input of this run")
_AN_OUTPUT = Words("另一项输出的文件", "the file of another output")
_ANOTHER = Words("内容不同的同名文件", "another file of that name")
_REFUSED = {
    errno.EACCES: Words("没有写入权限", "no permission to write there"),
    errno.EPERM: Words("系统不允许写入", "the system does not permit it"),
    errno.EROFS: Words("该位置只读", "the place is read-only"),
    errno.EEXIST: Words("已有同名文件", "a file of that name is in the way"),
    errno.ENOTDIR: Words("路径中的一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
    errno.ENAMETOOLONG: Words("文件名或路径过长", "the name or the path is too long"),
    errno.ELOOP: Words("链接指回自身", "a link that leads round to itself"),
    errno.ENOSPC: Words("没有剩余空间", "no space left"),
    errno.EDQUOT: Words("超出磁盘配额", "beyond the disk quota"),
}

_MOST_BYTES_OF_NAME = 200  # file systems end at 255, and a temporary name is longer
_TAKEN = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)  # names of devices: no file can have them on Windows, whatever its suffix
_MARKED = re.compile(r"~[0-9a-f]{12}$")


class CannotWriteError(RefusedError):
    """Outputs could not be written; ``problems`` say which and why."""


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path, renamed over ``path`` when the block ends well; nothing is left when it does not.

    It lies alone in a folder of its own, so that what a library puts beside it goes with it. A link is followed:
    the file it leads to is replaced, the link stays. Makes the folders above. Raises ``CannotWriteError`` for what
    the system refuses, and for what is no ordinary file.
    """
    try:
        target = _target(path)
        with _folders_above(target), own_folder(target.parent) as folder:
            temporary = folder / f"new{target.suffix}"
            yield temporary
            _move(temporary, target)
    except OSError as error:
        raise CannotWriteError(refusal(path, error)) from error


@contextmanager
def whole_folder(path: Path, *, overwrite: bool = True) -> Iterator[Path]:
    """A temporary folder within ``path``; when the block ends well its files move up into ``path``, each whole.

    Files that are already there under other names stay; where the block fails, a folder made for it goes again.
    Without ``overwrite`` files that are there and differ stop it all (O105). Raises ``CannotWriteError`` for that,
    and for what the system refuses.
    """
    try:
        target = Path(os.path.realpath(path))
        with _folders_above(target / "file"), own_folder(target) as temporary:
            yield temporary
            written = {file: _target(path / file.name) for file in sorted(temporary.iterdir())}  # refused before any
            different = [] if overwrite else [p for f, p in written.items() if p.exists() and not _same(f, p)]
            _refuse(Code.O105, [path / place.name for place in different], _ANOTHER)
            for file, place in written.items():
                _move(file, place)
    except OSError as error:
        raise CannotWriteError(refusal(path, error)) from error


def keep_inputs(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Raises ``CannotWriteError`` (O104) where a file to be written is one that is read, by whatever name or link."""
    read = {_identity(path) for path in inputs} - {None}
    _refuse(Code.O104, [path for path in outputs if _identity(path) in read], _AN_INPUT)


def keep_apart(outputs: Iterable[Path]) -> None:
    """Raises ``CannotWriteError`` (O113) where two files to be written are one, by whatever name or link."""
    seen: set[str] = set()
    twice = []
    for path in outputs:
        name = unicodedata.normalize("NFC", os.path.realpath(path)).casefold()  # some systems do not tell A from a
        if name in seen:
            twice.append(path)
        seen.add(name)
    _refuse(Code.O113, twice, _AN_OUTPUT)


def _identity(path: Path) -> tuple[int, int] | None:
    """What a file is, whatever it is called; None where there is none, or none that may be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _refuse(code: Code, paths: Sequence[Path], found: Words) -> None:
    if paths:
        raise CannotWriteError(*(Problem(code, TextPlace(display_path(path)), {"found": found}) for path in paths))


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and fingerprint(one) == fingerprint(other)


def _target(path: Path) -> Path:
    """Where a file of that name is really written. Raises ``CannotWriteError`` where that is no ordinary file."""
    target = Path(os.path.realpath(path))
    try:
        kind = target.lstat().st_mode
    except FileNotFoundError:
        return target
    if stat.S_ISLNK(kind):  # what is left of a link that leads round to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if stat.S_ISDIR(kind):
        raise CannotWriteError(Problem(Code.O101, TextPlace(display_path(path)), {"found": _A_FOLDER}))
    if (what := kind_of_file(target)) is not None:
        raise CannotWriteError(Problem(Code.O103, TextPlace(display_path(path)), {"found": what}))
    return target


@contextmanager
def _folders_above(target: Path) -> Iterator[None]:
    """Makes the folders above ``target``; those it made go again, if they are empty, where the block fails."""
    made = []
    folder = target.parent
    while not folder.exists() and folder != folder.parent:
        made.append(folder)
        folder = folder.parent
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in made:
            with suppress(OSError):  # something has come into it meanwhile: not ours to remove
                folder.rmdir()
        raise


def _move(written: Path, target: Path) -> None:
    """``written`` in the place of ``target``, with the permissions that a file there had, or that a new one has."""
    with suppress(FileNotFoundError):
        written.chmod(stat.S_IMODE(target.stat().st_mode))
    try:
        written.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with own_folder(target.parent) as folder:  # a link out of the folder led to another disk
            Path(shutil.copy2(written, folder / "new")).replace(target)


def fingerprint(path: Path) -> str:
    """sha256 of a file's bytes. Raises ``OSError``, also where it is no ordinary file."""
    if kind_of_file(path) is not None:
        raise OSError(errno.EINVAL, "no ordinary file", str(path))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_name(code: str, suffix: str) -> str:
    """A file name for a unit's code: characters that a file system refuses become ``_``."""
    return "".join("_" if c in '\\/:*?"<>|' or ord(c) < 32 else c for c in code).strip(". ") + suffix


def file_names(codes: Sequence[str], suffix: str) -> tuple[str, ...]:
    """File names for the codes of different units, all different, on systems that do not tell A from a too.

    Codes that would share a name, or make none, get a few letters after it that depend on the code alone.
    """
    shared = set(clashes(codes))
    return tuple(_marked(code, suffix) if code in shared else file_name(code, suffix) for code in codes)


def clashes(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes, in their order, whose plain file name is shared, is none, or cannot be."""
    count = Counter(_folded(code) for code in dict.fromkeys(codes))
    return tuple(code for code in codes if count[_folded(code)] > 1 or _is_no_name(_folded(code)))


def _folded(code: str) -> str:
    """The name as a system sees it that tells neither A from a, nor an accent from its letter and mark."""
    return unicodedata.normalize("NFC", file_name(code, "")).casefold()


def _is_no_name(name: str) -> bool:
    if not name or name.split(".", maxsplit=1)[0] in _TAKEN or len(_bytes(name)) > _MOST_BYTES_OF_NAME:
        return True
    return _MARKED.search(name) is not None  # it could be taken for the name made for another code


def _marked(code: str, suffix: str) -> str:
    """The name with the beginning of the code's own fingerprint after it."""
    short = _bytes(file_name(code, ""))[: _MOST_BYTES_OF_NAME - 40].decode(errors="ignore")
    return f"{short or '_'}~{hashlib.sha256(_bytes(code)).hexdigest()[:12]}{suffix}"


def _bytes(name: str) -> bytes:
    """A name as the system has it, which may be no UTF-8."""
    return name.encode("utf-8", "surrogateescape")


def refusal(path: Path, error: OSError) -> Problem:
    """What the system refused, as a problem."""
    code = Code.O102 if error.errno in {errno.ENOSPC, errno.EDQUOT} else Code.O101
    found = _REFUSED.get(error.errno or 0, error.strerror or str(error))
    return Problem(code, TextPlace(display_path(path)), {"found": found})
