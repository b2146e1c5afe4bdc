"""The files to read among those named on the command line, and a note for each that is skipped."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from lawgov_score.bounded import kind_of_file, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.wording import Words

TABLES = frozenset({".csv"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_OTHERS_SENT = frozenset({".xls", ".et", ".xlsb", ".ods"})  # answers in a format that must be reported
_READ = TABLES | _WORKBOOKS | _OTHERS_SENT
_KEPT_FOR_PEOPLE = frozenset({".md", ".yaml"})  # notes by whoever keeps the folder; no unit sends such files
_GHOSTS = ("~$", ".~", "._")
_HIDDEN = (*_GHOSTS, ".")
_MOST_NAMED = 8  # workbooks of a folder below that are named
_OF_THE_SYSTEM = frozenset(["__macosx", "thumbs.db", "desktop.ini"])  # files that systems leave in folders and zips

_GHOST = Words("办公软件的临时文件或系统的隐藏文件", "a temporary file of an office program, or a hidden file")
_NO_FILE = Words("没有这个文件或文件夹", "no such file or folder")
_BROKEN_LINK = Words("链接指向的文件不存在", "a link to a file that is not there")
_A_FOLDER = Words("下级文件夹", "a folder")
_OTHER_KIND = Words("{suffix} 文件", "a {suffix} file")
_NO_SUFFIX = Words("没有扩展名的文件", "a file without a suffix")


def files_of(paths: Iterable[Path], problems: list[Problem], names: Names = AS_GIVEN) -> Iterator[tuple[Path, bool]]:
    """Every file to read once, and whether it was named itself rather than found in a folder."""
    seen: set[Path] = set()
    for path in paths:
        named = path.is_file()
        if not named and not path.is_dir():
            kind = kind_of_file(path) or _NO_FILE
            problems.append(Problem(Code.S101, CellPlace(names(path)), {"found": kind}))
            continue
        for file in [path] if named else _listed(path, problems, names):
            if file.resolve() in seen:
                continue
            seen.add(file.resolve())
            if file.name.startswith(_GHOSTS):
                problems.append(Problem(Code.S115, CellPlace(names(file)), {"found": _GHOST}))
            else:
                yield file, named


def _listed(folder: Path, problems: list[Problem], names: Names) -> list[Path]:
    """Files of a folder that someone may have filled in, by name; skipped files are noted."""
    place = CellPlace(names(folder))
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        problems.append(Problem(Code.S101, place, {"found": reason_of(error)}))
        return []
    files = []
    for entry in entries:
        at, suffix = CellPlace(names(entry)), entry.suffix.lower()
        may_be_read = suffix in _READ and not entry.is_dir()
        if entry.name.casefold() in _OF_THE_SYSTEM:
            continue
        if entry.name.startswith(_HIDDEN):
            if may_be_read:
                problems.append(Problem(Code.S115, at, {"found": _GHOST}))
        elif may_be_read and entry.is_file():
            files.append(entry)
        elif may_be_read:
            problems.append(Problem(Code.S101, at, {"found": kind_of_file(entry) or _BROKEN_LINK}))
        elif entry.is_dir() and (books := _books_in(entry)):
            problems.append(Problem(Code.S168, at, {"n": len(books), "found": books[:_MOST_NAMED]}))
        elif entry.is_dir():
            problems.append(Problem(Code.S129, at, {"found": _A_FOLDER}))
        elif suffix not in _KEPT_FOR_PEOPLE:
            problems.append(
                Problem(Code.S129, at, {"found": _OTHER_KIND(suffix=display_path(suffix)) if suffix else _NO_SUFFIX})
            )
    if not files:
        problems.append(Problem(Code.S102, place))
    return files


def _books_in(folder: Path) -> tuple[str, ...]:
    """What lies in a folder below and looks like submissions, by name; it is not read."""
    try:
        within = sorted(folder.iterdir())
    except OSError:  # it is passed over, whatever it holds
        return ()
    return tuple(
        one.name for one in within if one.suffix.lower() in _READ and one.is_file() and not one.name.startswith(_HIDDEN)
    )


def entries_of(paths: Iterable[Path]) -> Iterator[tuple[Path, Path | None]]:
    """Everything that problems may name: what was given, and what lies in folders that were given, with the folder."""
    for path in paths:
        if path.is_file() or not path.is_dir():
            yield path, None
            continue
        yield path, path
        with suppress(OSError):  # reported where the folder is read
            yield from ((entry, path) for entry in sorted(path.iterdir()))
