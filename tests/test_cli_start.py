"""The starter folder: its batch files, its roster, nothing replaced. Reaches ``cli/commands/start.py``.

The year itself is gone through in ``test_first_hour.py``.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from calls import run
from clerk import fill_roster

from lawgov_score import load_tree
from lawgov_score.carried import carried_trees
from lawgov_score.cli.commands import build
from lawgov_score.content import starter
from lawgov_score.pipeline.starter import write_starter
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.roster import read_roster
from lawgov_score.workbook.template.roster_form import write_roster

Captured = pytest.CaptureFixture[str]


def batches(folder: Path) -> list[list[list[str]]]:
    """The commands of each .bat file in turn, as words."""
    found = []
    for path in sorted(folder.glob("*.bat")):
        lines = path.read_bytes().decode("ascii").split("\r\n")  # ASCII: alike under every code page
        found.append([shlex.split(line)[1:] for line in lines if line.startswith("lawgov-score ")])
        known = ("@echo off", "cd /d ", "set ", "lawgov-score ", "if not errorlevel 2 if not exist ", "pause", "")
        assert all(line.startswith(known) for line in lines)
    return found


@pytest.mark.parametrize("lang", list(Language))
def test_every_line_of_the_batch_files_is_a_command_of_ours(lang: Language, tmp_path: Path) -> None:
    write_starter(tmp_path / "a", Path("starter-2026"), lang)
    steps = batches(tmp_path / "a")
    assert [[" ".join(["lawgov-score", *words]) for words in step] for step in steps] == [
        list(step.commands) for step in starter.STEPS
    ]
    group = build(lang)
    for name, *words in (words for step in steps for words in step):
        with group.commands[name].make_context(name, words) as parsed:  # raises for an option that is not there
            assert parsed.params["tree"] == Path(starter.TREE)
    shell = (tmp_path / "a" / starter.SHELL).read_text(encoding="utf-8")
    listed = re.findall(r"^  (lawgov-score .*) \|\| code=\$\?$", shell, flags=re.M)
    assert listed == [command for step in starter.STEPS for command in step.commands]
    (read_me,) = (tmp_path / "a").glob("*.txt")
    told = read_me.read_text(encoding="utf-8-sig")
    assert all(command in told for command in listed)
    for words in re.findall(r"^ +lawgov-score (.*)$", told, flags=re.M):
        name, *options = shlex.split(words)
        with group.commands[name].make_context(name, options):
            pass


@pytest.mark.skipif(sys.platform == "win32", reason="year.sh is for systems with a shell")
def test_the_shell_file_runs_a_step(tmp_path: Path) -> None:
    write_starter(tmp_path / "year", Path("starter-2026"), Language.ZH)
    programs = tmp_path / "lawgov" / "bin"  # where docs/install.md puts them: beside the folder
    programs.mkdir(parents=True)
    program = programs / "lawgov-score"
    package = Path(starter.__file__).parents[2]
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{package}" exec "{sys.executable}" -m lawgov_score "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    done = subprocess.run(
        ["sh", tmp_path / "year" / starter.SHELL, "1"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "没有发现问题。"), done.stderr
    wrong = subprocess.run(
        ["sh", tmp_path / "year" / starter.SHELL], capture_output=True, encoding="utf-8", check=False
    )
    assert wrong.returncode == 2
    assert "1=检查指标体系" in wrong.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="year.sh is for systems with a shell")
def test_what_a_publication_was_made_of_is_kept_once(tmp_path: Path) -> None:
    """A second run, refused or not, changes nothing of what is kept; one that wrote nothing keeps nothing."""
    write_starter(tmp_path / "year", Path("starter-2026"), Language.ZH)
    year, programs = tmp_path / "year", tmp_path / "lawgov" / "bin"
    (year / "office").mkdir()
    programs.mkdir(parents=True)
    program = programs / "lawgov-score"

    def publish(code: int) -> int:
        program.write_text(f'#!/bin/sh\n[ "$1" = score ] && mkdir -p first && exit {code}\nexit 0\n', encoding="utf-8")
        program.chmod(0o755)
        return subprocess.run(["sh", year / starter.SHELL, "6"], capture_output=True, check=False).returncode

    kept = year / "first" / starter.KEPT
    assert publish(2) == 2
    assert not kept.exists()
    assert publish(1) == 1
    names = {"tree", "received", "office", "roster.xlsx", "notice.yaml"}
    assert {path.name for path in kept.iterdir()} == names
    (year / "notice.yaml").write_text("office: 甲\n", encoding="utf-8")
    before = (kept / "notice.yaml").read_bytes()
    assert publish(0) == 0
    assert (kept / "notice.yaml").read_bytes() == before
    (batch,) = year.glob("6-*.bat")
    copied = [line.split() for line in batch.read_text(encoding="ascii").splitlines() if line.startswith("if not")]
    assert {words[7].rpartition("\\")[2] for words in copied} == names


def test_the_year_of_the_tree_is_said(tmp_path: Path, capsys: Captured) -> None:
    assert run("start", str(tmp_path / "a"), "--tree", "qujialing-2017") == 0
    said = capsys.readouterr().out
    assert "2017" in said
    assert "edition" in said
    assert "a/tree/tree.yaml" in said


def test_nothing_that_was_filled_in_is_replaced(tmp_path: Path, capsys: Captured) -> None:
    assert run("start", str(tmp_path)) == 0
    assert run("start", str(tmp_path)) == 0  # the same again changes nothing
    fill_roster(tmp_path / "roster.xlsx")
    kept = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run("start", str(tmp_path), "--tree", "wuhua-2020") == 2
    said = capsys.readouterr().err
    assert said.count("O125") >= 2  # the roster, and the tree
    assert "--overwrite" not in said
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == kept


@pytest.mark.parametrize("code", sorted(carried_trees()))
def test_any_carried_tree_can_be_begun_with(code: str, tmp_path: Path) -> None:
    loaded, _ = write_starter(tmp_path, Path(code), Language.ZH)
    assert loaded is not None
    assert load_tree(tmp_path / "tree").fingerprint == loaded.fingerprint
    assert not [path for path in (tmp_path / "tree").iterdir() if "$schema" in path.read_text(encoding="utf-8")]


def test_a_tree_with_errors_begins_nothing(tmp_path: Path, capsys: Captured) -> None:
    assert run("start", str(tmp_path / "year"), "--tree", "nowhere") == 1
    assert "T101" in capsys.readouterr().err
    assert not (tmp_path / "year").exists()


@pytest.mark.parametrize("lang", list(Language))
def test_the_roster_form_is_read_back_with_its_own_lists(lang: Language, tmp_path: Path) -> None:
    tree = load_tree("qujialing-2017")
    path = tmp_path / "roster.xlsx"
    write_roster(tree, path, lang)
    before = path.read_bytes()
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    validations = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"}
    lists = [[cell.value for cell in column if cell.value] for column in book.worksheets[-1].iter_cols()]
    assert lists == [[kind.name for kind in tree.unit_types], [one.name for one in tree.cohorts]]
    assert list(validations) == ["C2:C301", "D2:D301"]
    for row, (kind, cohort) in enumerate(zip(tree.unit_types, tree.cohorts, strict=False), start=2):
        for column, text in enumerate((f"0{row}-4", "甲局", kind.name, cohort.name), start=1):
            sheet.cell(row, column).value = text
    book.save(path)
    units, problems = read_roster(path, tree)
    assert [unit.code for unit in units] == [f"0{row}-4" for row in range(2, 2 + len(units))]
    assert units
    assert not problems
    write_roster(tree, path, lang)
    assert path.read_bytes() == before
