"""docs/python.md: its examples run as they stand, in a folder with the trees and the sample round."""

import doctest
from pathlib import Path

import pandas as pd
import pytest
from test_docs import a_round

__all__ = ["a_round"]  # a fixture

PAGE = Path(__file__).parent.parent / "docs" / "python.md"


def test_the_examples_work_as_printed(a_round: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(a_round)
    with pd.option_context("display.width", 120, "display.max_columns", 20):
        found = doctest.testfile(
            str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
        )
    assert found.attempted > 40
    assert found.failed == 0


def test_every_public_function_and_error_is_shown() -> None:
    import lawgov_score

    page = PAGE.read_text(encoding="utf-8")
    unnamed = {"Reading", "Result", "Verification", "Submissions", "__version__"}  # what the functions return
    assert [name for name in lawgov_score.__all__ if name not in page and name not in unnamed] == []
    for name in ("ranking", "scores", "figures", "problems", "numbers", "explain", "to_csv", "to_scorecard"):
        assert name in page
        assert hasattr(lawgov_score.Result, name)
