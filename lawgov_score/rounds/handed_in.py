"""How much may be handed in at once of what is taken into memory whole: the office's workbooks, a tree, a roster."""

from collections.abc import Iterable
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem, RefusedError, display_path

MOST_TOGETHER = 256 << 20  # bytes


def refuse_too_much(paths: Iterable[Path]) -> None:
    """Raises ``RefusedError`` (R315) where files are too large together; they are not opened."""
    size = 0
    for path in paths:
        size += path.stat().st_size if path.is_file() else 0
        if size > MOST_TOGETHER:
            figures = {"expected": MOST_TOGETHER >> 20, "name": path.name}
            raise RefusedError(Problem(Code.R315, CellPlace(display_path(path)), figures))
