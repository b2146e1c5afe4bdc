"""README.md's commands and the examples of docs/python.md, as printed, on the whole sample round.

README.zh-CN.md, the year of an office, runs in tests/test_first_hour.py.
"""

import doctest
from pathlib import Path

import pandas as pd
import pytest
from test_docs import a_round, commands

from lawgov_score.cli import main

__all__ = ["a_round"]  # a fixture

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_the_readmes_commands_work_as_printed(
    a_round: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(a_round)
    codes = {}
    for command in commands():
        with pytest.raises(SystemExit) as left:
            main(command)
        codes[command[0]] = left.value.code
    # The sample round has errors on purpose, and check and score say so.
    assert codes == {"lint": 0, "template": 0, "check": 1, "score": 1, "explain": 0}
    assert len(list((a_round / "out" / "templates").glob("*.xlsx"))) == 24
    assert len(list((a_round / "out" / "cards").glob("*.xlsx"))) == 23
    assert (a_round / "out" / "scorecard.xlsx").is_file()
    assert "51.69%" in capsys.readouterr().out


def test_the_examples_work_as_printed(a_round: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(a_round)
    with pd.option_context("display.width", 120, "display.max_columns", 20):
        found = doctest.testfile(
            str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
        )
    assert found.attempted > 40
    assert found.failed == 0
