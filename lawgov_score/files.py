"""Outputs appear whole or not at all: written beside their place, then renamed."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, TextPlace, display_path


class CannotWriteError(Exception):
    """An output could not be written; ``problem`` says which and why. Raised only at the edge."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path``, renamed over it when the block ends well and removed when it does not.

    Makes the folders above. Raises ``CannotWriteError`` for what the system refuses.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        temporary.chmod(0o644)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise CannotWriteError(refusal(path, error)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A temporary folder beside ``path``; when the block ends well its files move into ``path``, each whole.

    Files that are already there under other names stay. Raises ``CannotWriteError`` for what the system refuses.
    """
    temporary: Path | None = None
    try:
        path.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
        yield temporary
        for written in sorted(temporary.iterdir()):
            written.replace(path / written.name)
    except OSError as error:
        raise CannotWriteError(refusal(path, error)) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def file_name(code: str, suffix: str) -> str:
    """A file name for a unit's code: characters that a file system refuses become ``_``."""
    return "".join("_" if c in '\\/:*?"<>|' or ord(c) < 32 else c for c in code).strip(". ") + suffix


def refusal(path: Path, error: OSError) -> Problem:
    """What the system refused, as a problem."""
    code = Code.O102 if error.errno in {errno.ENOSPC, errno.EDQUOT} else Code.O101
    return Problem(code, TextPlace(display_path(path)), {"found": error.strerror or str(error)})
