"""``--latest`` reaches every command that scores, and a scorecard made with it is verified with it."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from calls import run
from sheets import fill
from test_cli import Captured
from test_cli_reading import inputs
from workbook.test_intake import said

__all__ = ["inputs"]


@pytest.fixture
def twice(inputs: tuple[str, str]) -> tuple[str, str]:
    """The unit A has sent a second workbook, an hour later."""
    folder = Path(inputs[1])
    (folder / "B.xlsx").unlink()
    other = Path(shutil.copy(folder / "A.xlsx", folder / "A-2.xlsx"))
    fill(other, {"01-1.done": 5, "01-1.got": 5})
    said(folder / "A.xlsx", datetime(2024, 3, 30, 8))
    said(other, datetime(2024, 3, 30, 9))
    return inputs


def test_check_and_score(twice: tuple[str, str], tmp_path: Path, capsys: Captured) -> None:
    assert run("check", *twice) == 1
    assert "S112" in capsys.readouterr().out
    assert run("check", *twice, "--latest") == 0
    assert "S140" in capsys.readouterr().out
    card = str(tmp_path / "scorecard.xlsx")
    assert run("score", *twice, "--latest", "-o", card) == 0
    capsys.readouterr()
    assert run("verify", card, *twice, "--latest") == 0
    assert run("verify", card, *twice) == 1


def test_explain_names_the_newer_file(twice: tuple[str, str], capsys: Captured) -> None:
    assert run("explain", *twice, "--latest", "--unit", "A", "--indicator", "01-1") == 0
    assert "A-2.xlsx" in capsys.readouterr().out
