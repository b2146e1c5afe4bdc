"""The command line as people call it."""

import pytest

from lawgov_score.cli import main


def run(*arguments: str) -> int:
    """Calls ``lawgov-score`` and gives its exit code."""
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert isinstance(left.value.code, int)
    return left.value.code
