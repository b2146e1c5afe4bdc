"""Files that ``check --overwrite`` does not replace: somebody wrote in them since this program did."""

from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, TextPlace, display_path
from lawgov_score.workbook.package.sealed import is_as_written


def kept_file(path: Path) -> Problem | None:
    """O126 about a file that is not as this program wrote it; None where there is none, or it is."""
    if not path.is_file() or is_as_written(path):
        return None
    return Problem(Code.O126, TextPlace(display_path(path)), {"name": path.name})
