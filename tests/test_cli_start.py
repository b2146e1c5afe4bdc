"""The starter folder: an office's whole year in it, by its own batch files. Reaches ``cli/commands/start.py``."""

import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from calls import run

from lawgov_score import load_tree
from lawgov_score.carried import carried_trees
from lawgov_score.cli.commands import build
from lawgov_score.content import starter
from lawgov_score.pipeline.starter import write_starter
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.roster import read_roster
from lawgov_score.workbook.template.roster_form import write_roster

Captured = pytest.CaptureFixture[str]
UNITS = {"BM-01": ("县教育局", "部门"), "BM-02": ("县审计局", "部门"), "XZ-01": ("东乡", "乡镇街道")}
ANSWERS: Mapping[str, object] = {
    "01-1.decided": 10,
    "01-1.reviewed": 9,
    "01-2.released": date(2027, 3, 30),
    "01-3.rules": "是",
    "01-3.counsel": "是",
    "01-3.study": "是",
    "01-3.report": "否",
    "02-1.files": 20,
    "02-1.excellent": 8,
    "02-2.corrected": 1,
    "03-1.choice": "全部公开",
}


def batches(folder: Path) -> list[list[list[str]]]:
    """The commands of each .bat file in turn, as words."""
    found = []
    for path in sorted(folder.glob("*.bat")):
        lines = path.read_bytes().decode("ascii").split("\r\n")  # ASCII: alike under every code page
        found.append([shlex.split(line)[1:] for line in lines if line.startswith("lawgov-score ")])
        known = ("@echo off", "cd /d ", "set ", "lawgov-score ", "pause", "")
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


def fill(sheet_of: Path, rows: Mapping[str, Mapping[str, object]], key: str) -> None:
    """Fills a workbook's first list in as people do: by its headings. ``key``: the heading of the column ``rows`` name.

    A row that is not there yet is added below.
    """
    book = openpyxl.load_workbook(sheet_of)
    sheet = next(s for s in book.worksheets if any(c.value == key for row in s.iter_rows(max_row=12) for c in row))
    head = next(row for row in sheet.iter_rows(max_row=12) if any(c.value == key for c in row))
    columns = {str(c.value): c.column for c in head if c.value}
    for name, entries in rows.items():
        row = next(
            r
            for r in range(head[0].row + 1, sheet.max_row + 2)
            if str(sheet.cell(r, columns[key]).value or "").split(" ")[0] in {name, ""}
        )
        for heading, value in {key: sheet.cell(row, columns[key]).value or name, **entries}.items():
            sheet.cell(row, columns[heading]).value = value  # type: ignore[assignment]
    book.save(sheet_of)


def fill_roster(path: Path) -> None:
    fill(path, {code: {"单位名称": name, "单位类型": kind} for code, (name, kind) in UNITS.items()}, "单位编码")


def send(folder: Path, unit: str, answers: Mapping[str, object], name: str = "") -> None:
    """A unit fills in its template and sends it, perhaps once more under another name."""
    sent = folder / "received" / f"{name or unit}.xlsx"
    sent.write_bytes((folder / "templates" / f"{unit}.xlsx").read_bytes())
    own = load_tree(folder / "tree")
    asked = {k: v for k, v in answers.items() if k[:4] != "02-1" or UNITS[unit][1] == "部门"}
    assert own.by_code
    fill(sent, {k: {"填报值": v, "佐证材料": "附件", "说明": "见附件"} for k, v in asked.items()}, "字段编码")


def step(folder: Path, number: int) -> list[int]:
    return [run(*words) for words in batches(folder)[number - 1]]


def score_of(table: Path, unit: str) -> float:
    ranking = pd.read_csv(table / "ranking.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return float(ranking.set_index("unit").loc[unit, "score"])


def test_a_whole_year_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    assert run("start", str(tmp_path / "year")) == 0
    folder = tmp_path / "year"
    monkeypatch.chdir(folder)
    assert step(folder, 1) == [0]
    assert step(folder, 2) == [0, 0]
    assert "S137" in capsys.readouterr().err  # the roster is still blank, and that is said
    fill_roster(folder / "roster.xlsx")
    for made in (folder / "office").iterdir():
        made.unlink()
    assert step(folder, 2) == [0, 0]
    assert {path.stem for path in (folder / "templates").iterdir()} == set(UNITS)

    for unit in UNITS:
        send(folder, unit, {**ANSWERS, "02-2.corrected": "约一件"} if unit == "BM-02" else ANSWERS)
    assert step(folder, 3) == [1]
    assert "S201" in capsys.readouterr().out
    assert [path.name for path in (folder / "marked").iterdir()] == ["BM-02.xlsx"]
    send(folder, "BM-02", {**ANSWERS, "02-2.corrected": 2}, "BM-02 补报")
    step(folder, 3)
    said = capsys.readouterr().out
    assert "S140" in said  # which of the two counts is said
    assert "S115" not in said  # the roster's own help is no second roster

    step(folder, 4)
    assert score_of(folder / "trial" / "csv", "BM-01") < 76.5  # nothing that the office adds is there yet
    marks = {unit: {"评审人": "王某", "评分": 12, "评分理由": "总体较好"} for unit in UNITS}
    fill(folder / "office" / "评审打分.xlsx", marks, "单位")
    counted = {unit: {"02-3.cases": 4, "02-3.attended": 3} for unit in UNITS}
    fill(folder / "office" / "考核机关填报项.xlsx", counted, "填报项代码")
    assert step(folder, 5)[-1] == 0  # verified at once
    # 01-1: 15 - 10 x 0.5 = 10; 01-2: 10; 01-3: 7.5; 02-1: 40% gives 9; 02-2: 10; 02-3: 7.5; 03-1: 10; mark: 12
    assert score_of(folder / "first" / "csv", "BM-01") == 76
    assert score_of(folder / "first" / "csv", "BM-02") == 71
    before = (folder / "first" / "scorecard.xlsx").read_bytes()

    change = {"指标": "02-2", "原得分": 10, "改后得分": 15, "改分理由": "再审改判", "复核人": "李某", "复核日期": date(2027, 5, 8)}
    fill(folder / "office" / "复核改分.xlsx", {"BM-01": change}, "单位")
    assert step(folder, 6)[-1] == 0
    assert score_of(folder / "second" / "csv", "BM-01") == 81
    assert (folder / "first" / "scorecard.xlsx").read_bytes() == before
    said = capsys.readouterr().out
    assert said.count("核验一致") == 2


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
