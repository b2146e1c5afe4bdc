"""Two workbooks of a unit, and two editions: ``--latest`` wherever scores are made, ``--previous`` and its doubts.

Reaches ``workbook/submission/versions.py``.
"""

import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from calls import run
from sheets import fill
from test_cli import Captured
from test_cli_reading import inputs
from workbook.submission.test_intake import said

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


def test_a_figure_a_hundred_times_last_editions_is_pointed_out_at_its_cell(
    inputs: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    path = Path(inputs[1]) / "A.xlsx"
    fill(path, {"01-1.done": 3, "01-1.got": 4})
    run("score", *inputs, "--csv", str(tmp_path / "last"))
    places = fill(path, {"01-1.done": 3, "01-1.got": 400})
    capsys.readouterr()
    run("score", *inputs, "--previous", str(tmp_path / "last"))
    assert f"{path.as_posix()}:填报!{places['01-1.got']}: 警告 R121" in capsys.readouterr().err


def test_a_suspicion_is_told_to_the_office_and_stands_in_nothing_that_is_handed_out(
    inputs: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    for code in ("A", "C"):
        fill(Path(inputs[1]) / f"{code}.xlsx", {"01-1.done": 123457, "01-1.got": 987653})
    out = tmp_path / "out"
    outputs = ("-o", str(out / "s.xlsx"), "--cards", str(out / "cards"), "--html", str(out / "html"))
    run("score", *inputs, *outputs, "--csv", str(out / "csv"))
    assert capsys.readouterr().err.count("S142") >= 2
    for path in (path for path in out.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                data = b"".join(archive.read(name) for name in archive.namelist())
        assert b"S142" not in data, path
