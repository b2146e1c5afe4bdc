"""Writes outputs whole or not at all: first in a temporary folder beside their place, then renamed."""

import errno
import hashlib
import os
import re
import shutil
import stat
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lawgov_score.bounded import kind_of_file
from lawgov_score.catalogue import Code
from lawgov_score.inside import is_device
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.temporary import own_folder, own_temporary_folder, remove_dead
from lawgov_score.wording import Words

_A_FOLDER = Words("这里已有同名文件夹", "a folder of that name is there")
_AN_INPUT = Words("本次运行的输入文件", "an input of this run")
_AN_OUTPUT = Words("另一项输出的文件", "the file of another output")
_ANOTHER = Words("内容不同的同名文件", "another file of that name")
_UNDER_ANOTHER_NAME = Words("同一单位的工作簿，用的是另一个名称", "a workbook of the same unit under another name")
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

_PIECE = 1 << 20  # bytes that are compared at a time
_MOST_BYTES_OF_NAME = 200  # file systems allow 255, and a temporary name is longer
_MARKED = re.compile(r"~[0-9a-f]{12}$")


class CannotWriteError(RefusedError):
    """Outputs could not be written; ``problems`` say which and why."""


class Batch:
    """Outputs that appear together, each written beside its place first: all of them, or none. Begun by ``batch``."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._written: list[tuple[Path, Path, bool]] = []  # as given, its temporary file or folder, is it a folder?
        self._left_over: list[Path] = []

    def file(self, path: Path) -> Path:
        """A temporary path for the file ``path``, alone in a folder of its own: what a library puts beside it goes too.

        A link is followed: the file it leads to is replaced, the link stays. Creates the folders above. Raises
        ``CannotWriteError`` if the system refuses, or for something other than an ordinary file.
        """
        with refusing(path):
            target = _target(path)
            self._stack.enter_context(_folders_above(target))
            temporary = self._stack.enter_context(own_folder(target.parent)) / f"new{target.suffix}"
        self._written.append((path, temporary, False))
        return temporary

    def folder(self, path: Path) -> Path:
        """A temporary folder within ``path``, whose files will move up into it. Raises ``CannotWriteError``.

        Files in folders of its own move into folders of the same name. Existing files with other names stay.
        """
        with refusing(path):
            target = Path(os.path.realpath(path))
            self._stack.enter_context(_folders_above(target / "file"))
            temporary = self._stack.enter_context(own_folder(target))
        self._written.append((path, temporary, True))
        return temporary

    def clear_away(self, files: Iterable[Path]) -> None:
        """Names files of earlier runs that this one did not renew: they are removed where others may be replaced."""
        self._left_over += files

    def leave_out(self, path: Path) -> None:
        """A file that was written into a folder of the batch is not to appear after all."""
        for folder, temporary, is_folder in self._written:
            if is_folder and path.parent == folder:
                (temporary / path.name).unlink(missing_ok=True)

    def check(self, *, overwrite: bool) -> None:
        """Raises what ``move`` would, where that can be known before: for a deed between the two."""
        self._changed(overwrite=overwrite)

    def _changed(self, *, overwrite: bool) -> "list[_Move]":
        moves = [move for path, temporary, is_folder in self._written for move in _moves(path, temporary, is_folder)]
        keep_apart(move.path for move in moves)
        changed = [move for move in moves if not move.is_there()]
        if not overwrite:
            _refuse(Code.O105, [move.path for move in changed if move.place.exists()], _ANOTHER)
        return changed

    def move(self, *, overwrite: bool) -> None:
        """Moves everything to its place; a file that is there already, the same to the last byte, stays as it is.

        Without ``overwrite``, files that differ prevent everything (O105), and so do two outputs that are one file
        (O113). Raises ``CannotWriteError``.
        """
        changed = self._changed(overwrite=overwrite)
        for move in changed:
            with refusing(move.path):
                self._stack.enter_context(_folders_above(move.place))
        with _undone_if_refused() as kept:
            for move in changed:
                with refusing(move.path):
                    kept.keep(move.path, move.place)
                    _move(move.temporary, move.place)
            for path in self._left_over if overwrite else ():
                with refusing(path):
                    kept.keep(path, path)
                    path.unlink(missing_ok=True)


class _Kept:
    """What stood at each place before it was changed, so that it can be put back."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._folders: dict[Path, Path] = {}
        self._places: list[tuple[Path, Path, Path | None]] = []  # as given, the place, what stood there

    def keep(self, path: Path, place: Path) -> None:
        """Keeps a second name of the file at ``place``, or a copy where the disk knows no second names."""
        if not place.exists():
            self._places.append((path, place, None))
            return
        if place.parent not in self._folders:
            self._folders[place.parent] = self._stack.enter_context(own_folder(place.parent))
        former = self._folders[place.parent] / str(len(self._places))
        try:
            former.hardlink_to(place)
        except OSError:
            shutil.copy2(place, former)
        self._places.append((path, place, former))

    def put_back(self) -> Iterator[Problem]:
        """Puts everything back, last first; O131 for what cannot be."""
        for path, place, former in reversed(self._places):
            try:
                if former is None:
                    place.unlink(missing_ok=True)
                elif not place.exists() or not place.samefile(former):
                    former.replace(place)
            except OSError as error:
                yield Problem(Code.O131, TextPlace(display_path(path)), {"found": _why(error)})


@contextmanager
def _undone_if_refused() -> Iterator[_Kept]:
    """Where the system refuses one of several changes, those before it are undone: all of them happen, or none."""
    with ExitStack() as stack:
        kept = _Kept(stack)
        try:
            yield kept
        except CannotWriteError as refused:
            if problems := tuple(kept.put_back()):
                raise CannotWriteError(*refused.problems, *problems) from refused
            raise
        except BaseException:  # interrupted
            tuple(kept.put_back())
            raise


@dataclass(frozen=True, slots=True)
class _Move:
    """A file that has been written; its path as given, and the place that it really goes to."""

    path: Path
    temporary: Path
    place: Path

    def is_there(self) -> bool:
        """Is the same there already, byte by byte? What cannot be read is not known to be."""
        try:
            return self.place.stat().st_size == self.temporary.stat().st_size and _same(self.place, self.temporary)
        except OSError:
            return False


def _moves(path: Path, temporary: Path, is_folder: bool) -> Iterator[_Move]:
    """The files of one output. Raises ``CannotWriteError`` where one cannot be written, before any is moved."""
    with refusing(path):
        if not is_folder:
            yield _Move(path, temporary, _target(path))
            return
        for file in sorted(temporary.rglob("*")):
            if not file.is_dir():
                named = path / file.relative_to(temporary)
                yield _Move(named, file, _target(named))


@contextmanager
def batch(*, overwrite: bool) -> Iterator[Batch]:
    """Outputs that appear together when the block succeeds; nothing of them is left if it fails.

    Without ``overwrite``, existing files that differ prevent everything (O105). Raises ``CannotWriteError``.
    """
    with ExitStack() as stack:
        outputs = Batch(stack)
        yield outputs
        outputs.move(overwrite=overwrite)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Raises ``CannotWriteError`` about ``path`` where the system refuses something in the block."""
    try:
        yield
    except OSError as error:
        raise CannotWriteError(refusal(path, error)) from error


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """A folder of its own among the system's temporary files, removed after the block (``own_temporary_folder``).

    Raises ``CannotWriteError`` where the system has no room for one; what the block writes in it, the block guards.
    """
    with ExitStack() as stack:
        with refusing(Path(tempfile.gettempdir())):
            folder = stack.enter_context(own_temporary_folder(prefix))
        yield folder


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path, renamed to ``path`` when the block succeeds: a batch of one file (``Batch.file``)."""
    with batch(overwrite=True) as outputs:
        temporary = outputs.file(path)
        with refusing(path):
            yield temporary


@contextmanager
def whole_folder(path: Path, *, overwrite: bool = True) -> Iterator[Path]:
    """A temporary folder, whose files move into ``path`` when the block succeeds: a batch of one (``Batch.folder``)."""
    with batch(overwrite=overwrite) as outputs:
        temporary = outputs.folder(path)
        with refusing(path):
            yield temporary


@contextmanager
def new_folder(path: Path, mode: int = 0o777) -> Iterator[Path]:
    """A temporary folder that becomes ``path`` in one step when the block succeeds, where nothing is there yet.

    A folder that is there stays the one it is, with its owner and permissions: files move into it one by one, none
    over another (``whole_folder``), and whoever is killed meanwhile leaves some; ``others_in`` lets him begin again.
    ``mode``: of one that is made.
    """
    target = Path(os.path.realpath(path))
    if os.path.lexists(target):
        with whole_folder(path, overwrite=False) as temporary:
            yield temporary
        return
    with refusing(path), _folders_above(target), own_folder(target.parent) as beside:
        temporary = beside / "new"
        temporary.mkdir(mode)
        yield temporary
        temporary.replace(target)


def others_in(folder: Path, names: Collection[str]) -> list[str]:
    """What lies in a folder and is none of these files, by name; what killed processes left there is removed.

    Folders are looked into only where nothing else lies beside them. Raises ``CannotWriteError`` where one cannot be.
    """
    remove_dead(folder)
    mine = {*names, *(above.as_posix() for name in names for above in PurePosixPath(name).parents)}
    with refusing(folder):
        there = sorted(folder.iterdir()) if folder.exists() else []
        others = [path.name for path in there if path.name not in mine]
        if there and not others:
            below = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")))
            others = [name for name in below if name not in mine]
    return others


def keep_inputs(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Raises ``CannotWriteError`` (O104) if an output file is also an input, under any name or link."""
    read = {_identity(path) for path in inputs} - {None}
    _refuse(Code.O104, [path for path in outputs if _identity(path) in read], _AN_INPUT)


def keep_others(paths: Iterable[Path]) -> None:
    """Raises ``CannotWriteError`` (O105) if there are any: they stand for what is to be written, under another name."""
    _refuse(Code.O105, list(paths), _UNDER_ANOTHER_NAME)


def keep_apart(outputs: Iterable[Path]) -> None:
    """Raises ``CannotWriteError`` (O113) if two output files are the same, under any name or link."""
    seen: set[str] = set()
    twice = []
    for path in outputs:
        name = unicodedata.normalize("NFC", os.path.realpath(path)).casefold()  # some systems ignore case
        if name in seen:
            twice.append(path)
        seen.add(name)
    _refuse(Code.O113, twice, _AN_OUTPUT)


def _identity(path: Path) -> tuple[int, int] | None:
    """The identity of a file, whatever its name; None if there is none, or access is denied."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _refuse(code: Code, paths: Sequence[Path], reason: Words) -> None:
    if paths:
        raise CannotWriteError(*(Problem(code, TextPlace(display_path(path)), {"found": reason}) for path in paths))


def _same(one: Path, other: Path) -> bool:
    """Have two files the same bytes? Piece by piece, up to the first that differs."""
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(_PIECE):
            if piece != second.read(_PIECE):
                return False
        return not second.read(1)


def _target(path: Path) -> Path:
    """The path that is really written for a file name. Raises ``CannotWriteError`` if that is no ordinary file."""
    target = Path(os.path.realpath(path))
    try:
        kind = target.lstat().st_mode
    except FileNotFoundError:
        return target
    if stat.S_ISLNK(kind):  # still a link: it leads back to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if stat.S_ISDIR(kind):
        raise CannotWriteError(Problem(Code.O101, TextPlace(display_path(path)), {"found": _A_FOLDER}))
    if (what := kind_of_file(target)) is not None:
        raise CannotWriteError(Problem(Code.O103, TextPlace(display_path(path)), {"found": what}))
    return target


@contextmanager
def _folders_above(target: Path) -> Iterator[None]:
    """Creates the folders above ``target``; if the block fails, those it created are removed, if empty."""
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
            with suppress(OSError):  # it is no longer empty: not ours to remove
                folder.rmdir()
        raise


def _move(written: Path, target: Path) -> None:
    """Moves ``written`` to ``target``, with the permissions of the file there, or of a new file."""
    with suppress(FileNotFoundError):
        written.chmod(stat.S_IMODE(target.stat().st_mode))
    try:
        written.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with own_folder(target.parent) as folder:  # a link leads to another disk
            Path(shutil.copy2(written, folder / "new")).replace(target)


def fingerprint(path: Path) -> str:
    """sha256 of a file's bytes. Raises ``OSError``, also for anything other than an ordinary file."""
    if kind_of_file(path) is not None:
        raise OSError(errno.EINVAL, "no ordinary file", str(path))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_name(code: str, suffix: str) -> str:
    """A file name for a unit's code: characters that file systems refuse become ``_``."""
    return _NOT_IN_NAMES.sub("_", code).strip(". ") + suffix


_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def possible_names(code: str, suffix: str) -> frozenset[str]:
    """Every file name that a code may have had in some run: with and without the letters that ``file_names`` adds."""
    return frozenset({file_name(code, suffix), _marked(code, suffix)})


def file_names(codes: Sequence[str], suffix: str) -> tuple[str, ...]:
    """File names for the codes of different units, all different even on systems that ignore case.

    Codes that would share a name, or have none, get a few more letters that depend on the code alone.
    """
    shared = set(clashes(codes))
    return tuple(_marked(code, suffix) if code in shared else file_name(code, suffix) for code in codes)


def names_again(names: Sequence[str], suffix: str) -> tuple[str, ...]:
    """The same for names that files have: one that ``file_names`` made stays as it is, if no other would get it."""
    made = file_names(names, suffix)
    taken = Counter((*map(_folded, names), *(one.removesuffix(suffix).casefold() for one in made)))

    def may_stay(name: str) -> bool:
        is_made = _MARKED.search(name) is not None and len(_bytes(name)) <= _MOST_BYTES_OF_NAME
        return is_made and not is_device(name) and taken[_folded(name)] == 1

    return tuple(
        file_name(name, suffix) if may_stay(name) else another for name, another in zip(names, made, strict=True)
    )


def clashes(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes, in order, whose plain file name is shared, empty, or not allowed."""
    names = {code: _folded(code) for code in codes}
    count = Counter(names.values())
    return tuple(code for code in codes if count[names[code]] > 1 or _is_no_name(names[code]))


def _folded(code: str) -> str:
    """The name as seen by a system that ignores case and the composition of accents."""
    return unicodedata.normalize("NFC", file_name(code, "")).casefold()


def _is_no_name(name: str) -> bool:
    if not name or is_device(name) or len(_bytes(name)) > _MOST_BYTES_OF_NAME:
        return True
    return _MARKED.search(name) is not None  # it could be mistaken for a name made for another code


def _marked(code: str, suffix: str) -> str:
    """The name followed by the beginning of the code's own fingerprint."""
    short = _bytes(file_name(code, ""))[: _MOST_BYTES_OF_NAME - 40].decode(errors="ignore")
    made = f"{short or '_'}~{hashlib.sha256(_bytes(code)).hexdigest()[:12]}{suffix}"
    return f"_{made}" if is_device(made) else made  # con.x stays a device, whatever follows


def _bytes(name: str) -> bytes:
    """A name as the system's bytes, which may not be UTF-8."""
    return name.encode("utf-8", "surrogateescape")


def not_replaced(refused: RefusedError, code: Code) -> CannotWriteError:
    """The same refusal, with ``code`` in place of O105: how to go on where nothing offers to replace what is there."""
    return CannotWriteError(
        *(Problem(code, one.place, one.values) if one.code is Code.O105 else one for one in refused.problems)
    )


def refusal(path: Path, error: OSError) -> Problem:
    """A problem for an error of the system."""
    code = Code.O102 if error.errno in {errno.ENOSPC, errno.EDQUOT} else Code.O101
    return Problem(code, TextPlace(display_path(path)), {"found": _why(error)})


def _why(error: OSError) -> Words | str:
    return _REFUSED.get(error.errno or 0, error.strerror or str(error))
