"""Standard input and output where a file is meant: ``-``."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from lawgov_score.problems import SPOOLED, STANDARD_INPUT


def given(path: Path, suffix: str, stack: ExitStack) -> Path:
    """``path``, or standard input as a file where it is ``-``."""
    if str(path) != STANDARD_INPUT:
        return path
    data = sys.stdin.buffer.read()
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix=SPOOLED))
    # A workbook looks like one whatever the suffix that is usual here.
    spooled = Path(folder) / f"{STANDARD_INPUT}{'.xlsx' if data.startswith(b'PK') else suffix}"
    spooled.write_bytes(data)
    return spooled


def maybe(path: Path | None, suffix: str, stack: ExitStack) -> Path | None:
    """The same for a file that need not be given."""
    return None if path is None else given(path, suffix, stack)


def to_stdout_as(write: Callable[[Path], Any], stack: ExitStack) -> None:
    """Lets ``write`` write a workbook and copies it to standard output, whole."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lawgov-"))
    path = Path(folder) / "scorecard.xlsx"
    write(path)
    with path.open("rb") as whole:
        shutil.copyfileobj(whole, sys.stdout.buffer)
