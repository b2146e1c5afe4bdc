"""The same files in another folder give the same bytes, in every output; and a scorecard verifies from anywhere.

Reaches ``workbook/submission/input_files.py``.
"""

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from calls import run
from sheets import fill
from test_cli import Captured
from test_cli_reading import inputs

__all__ = ["inputs"]


@pytest.fixture
def a_round(inputs: tuple[str, str], tmp_path: Path) -> Path:
    """A folder with all that a run can read, and faults in every kind of file."""
    here = tmp_path / "here"
    here.mkdir()
    (here / "tree").mkdir()
    shutil.move(inputs[0], here / "tree" / "tree.yaml")
    (here / "tree" / "old.yaml").write_text("code: old\n", encoding="utf-8")  # a warning of the tree
    shutil.move(inputs[1], here / "round")
    (here / "later").mkdir()
    shutil.copy(here / "round" / "A.xlsx", here / "later" / "A.xlsx")
    shutil.copy(here / "round" / "A.xlsx", here / "later" / "甲.xlsx")
    fill(here / "later" / "甲.xlsx", {"01-1.done": 4, "01-1.got": 3})
    (here / "round" / "D.xlsx").write_bytes(b"PK no workbook")
    (here / "round" / "E.csv").write_text("unit,01-1.done,01-1.got\nE,1,2\nE,x,2\n", encoding="utf-8")
    (here / "round" / "附件").mkdir()
    (here / "roster.csv").write_text("unit,name,type\nA,甲,any\nB,乙,any\nC,丙,any\nE,戊,any\n", "utf-8")
    (here / "office").mkdir()
    (here / "office" / "register.csv").write_text("单位编码,类别\nA,无\n", encoding="utf-8")
    (here / "notice.yaml").write_text("office: 甲区法治办\n", encoding="utf-8")
    last = here / "last"
    last.mkdir()
    (last / "ranking.csv").write_text("unit,name,cohort,score,rank,grade\nX,x,,1,1,\n", encoding="utf-8")
    return here


def arguments(place: Path) -> list[str]:
    options = ["--roster", "roster.csv", "--assessor", "office", "--notice", "notice.yaml", "--previous", "last"]
    shown = [str(place / one) if not one.startswith("--") else one for one in options]
    return [str(place / "tree"), str(place / "round"), str(place / "later"), *shown]


def written(place: Path, out: Path) -> dict[str, bytes]:
    """Everything that ``score`` writes, by its path in ``out``."""
    outputs = ("-o", "s.xlsx", "--cards", "cards", "--csv", "csv", "--html", "html")
    run("score", *arguments(place), *(one if one.startswith("-") else str(out / one) for one in outputs))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def plain(data: bytes, name: str) -> bytes:
    """The texts of an output, unpacked."""
    if not name.endswith(".xlsx"):
        return data
    with zipfile.ZipFile(__import__("io").BytesIO(data)) as archive:
        return b"".join(archive.read(part) for part in archive.namelist())


def test_the_same_bytes_wherever_the_files_lie(a_round: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = tmp_path / "a" / "far longer path" / "到处"
    shutil.copytree(a_round, there)
    first = written(a_round, tmp_path / "out1")
    assert {"s.xlsx", "csv/scores.csv"} <= first.keys()
    assert any(name.startswith("cards/") for name in first)
    assert written(there, tmp_path / "out2") == first
    monkeypatch.chdir(there)
    assert written(Path(), tmp_path / "out3") == first
    for name, data in first.items():
        assert os.fsencode(str(tmp_path)) not in plain(data, name), name


def test_the_registers_and_the_copies_too(a_round: Path, tmp_path: Path) -> None:
    there = tmp_path / "elsewhere"
    shutil.copytree(a_round, there)
    made = []
    for n, place in enumerate((a_round, there)):
        out = tmp_path / f"out{n}"
        given = [*arguments(place)[:7], "--latest"]
        run("check", *given, "--register", str(out / "r.xlsx"), "--marked", str(out / "m"))
        made.append({path.name: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()})
    assert made[0] == made[1]
    assert "r.xlsx" in made[0]
    assert all(os.fsencode(str(tmp_path)) not in plain(data, name) for name, data in made[0].items())


def test_a_scorecard_and_a_card_verify_from_another_folder(a_round: Path, tmp_path: Path, capsys: Captured) -> None:
    written(a_round, tmp_path / "out")
    there = tmp_path / "archive"
    shutil.move(a_round, there)
    capsys.readouterr()
    for published in (tmp_path / "out" / "s.xlsx", tmp_path / "out" / "cards" / "B.xlsx"):
        assert run("verify", str(published), *arguments(there)) == 0, capsys.readouterr().out


def test_the_screen_shows_paths_as_they_were_given(a_round: Path, capsys: Captured) -> None:
    run("check", *arguments(a_round)[:5], "--format", "json")
    paths = {record["path"] for record in json.loads(capsys.readouterr().out)} - {None}
    assert f"{(a_round / 'round').as_posix()}/D.xlsx" in paths
    assert all(Path(path).exists() for path in paths)
    run("score", *arguments(a_round))
    assert f"{(a_round / 'round').as_posix()}/D.xlsx: 错误 S1" in capsys.readouterr().err
