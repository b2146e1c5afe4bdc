"""Outputs never replace what a run reads, nor what somebody has filled in; standard streams where they can be meant.

Reaches ``pipeline/outputs.py``.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from calls import run
from test_cli import Captured, a_small_tree, a_table

from lawgov_score.model.assessed import Assessed
from lawgov_score.pipeline import workers
from lawgov_score.processes import Desk
from lawgov_score.scoring.advice.advise import advise_task


def a_roster(folder: Path) -> str:
    path = folder / "roster.csv"
    path.write_text("unit,name,type,cohort\nA,甲单位,any,\nB,乙单位,any,\n", encoding="utf-8")
    return str(path)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def edit(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["H1"] = "填了"
    book.save(path)


@pytest.mark.parametrize("for_office", [False, True])
def test_a_template_does_not_replace_what_has_been_filled_in(
    for_office: bool, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "out"
    command = ["template", a_small_tree(tmp_path), "--roster", a_roster(tmp_path), "-o", str(out)]
    command += ["--assessor"] if for_office else []
    assert run(*command) == 0
    blank = contents(out)
    assert run(*command) == 0  # the same again: nothing is lost
    filled, *gone = sorted(out.iterdir())
    edit(filled)
    for path in gone:
        path.unlink()
    before = contents(tmp_path)
    capsys.readouterr()
    assert run(*command) == 2
    said = capsys.readouterr().err
    assert ("O127" if for_office else "O105") in said
    assert ("另起一行" in said) is for_office
    assert filled.name in said
    assert contents(tmp_path) == before  # not even those that would not have replaced anything
    assert run(*command, "--overwrite") == 0
    assert contents(out) == blank


def test_two_outputs_are_not_one_file(tmp_path: Path, capsys: Captured) -> None:
    tree, table, out = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2", "B,2,2"), tmp_path / "out"
    before = contents(tmp_path)
    (tmp_path / "link").symlink_to(out)
    for scorecard in (out / "a.xlsx", tmp_path / "link" / "A.xlsx"):
        assert run("score", tree, table, "-o", str(scorecard), "--cards", str(out)) == 2
        assert "A.xlsx:" in (said := capsys.readouterr().err)
        assert "O113" in said
    assert contents(tmp_path) == before  # not even the one that would have come first
    assert run("score", tree, table, "-o", str(out / "C.xlsx"), "--cards", str(out)) == 0


def test_outputs_do_not_replace_what_is_read(tmp_path: Path, capsys: Captured) -> None:
    tree, roster, table = a_small_tree(tmp_path), a_roster(tmp_path), a_table(tmp_path, "A,1,2", "B,2,2")
    subs, last, weights = tmp_path / "subs", tmp_path / "last", tmp_path / "ranking.csv"
    assert run("template", tree, "--roster", roster, "-o", str(subs)) == 0
    for path in subs.iterdir():
        path.rename(subs / f"{path.stem[0]}.xlsx")  # as cards are called
    assert run("score", tree, table, "--csv", str(last)) == 0
    weights.write_bytes(Path(roster).read_bytes())
    before = contents(tmp_path)
    for command in (
        ["score", tree, str(subs), "--cards", str(subs), "--csv", str(tmp_path / "new")],
        ["score", tree, table, "-o", table, "--csv", str(tmp_path / "new")],
        ["score", tree, table, "-o", tree],
        ["score", tree, table, "--roster", roster, "-o", roster],
        ["score", tree, table, "--roster", str(weights), "--csv", str(tmp_path)],
        ["score", tree, table, "--previous", str(last), "--csv", str(last)],
    ):
        capsys.readouterr()
        assert run(*command) == 2, command
        assert "O104" in capsys.readouterr().err
        assert contents(tmp_path) == before, command


def test_a_template_does_not_replace_its_own_roster_even_when_told_to(tmp_path: Path, capsys: Captured) -> None:
    book = openpyxl.Workbook()
    for row in (("unit", "name", "type"), ("A", "甲单位", "any")):
        book.worksheets[0].append(row)
    book.save(tmp_path / "A 甲单位.xlsx")
    tree = a_small_tree(tmp_path)
    before = contents(tmp_path)
    command = ["template", tree, "--roster", str(tmp_path / "A 甲单位.xlsx"), "-o", str(tmp_path), "--overwrite"]
    assert run(*command) == 2
    assert "O104" in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_explain_says_why_it_does_not_exit_clean(tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2", "B,3,2")
    assert run("explain", tree, table, "--unit", "A") == 1
    said = capsys.readouterr().err
    assert "另有 1 个错误" in said
    assert "S208" not in said
    assert run("explain", tree, table, "--unit", "B") == 1
    said = capsys.readouterr().err
    assert "S208" in said
    assert "另有" not in said


@pytest.mark.parametrize("options", [["--csv", "-"], ["--cards", "-"]])
def test_standard_output_is_no_folder(
    options: list[str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2")
    monkeypatch.chdir(tmp_path)
    assert run("score", tree, table, *options) == 2
    assert options[0] in capsys.readouterr().err
    assert run("template", tree, "--assessor", "-o", "-") == 2
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize(
    "command", [["lint", "-", "--weights", "-"], ["score", "-", "-"], ["check", "t.yaml", "-", "--roster", "-"]]
)
def test_standard_input_is_one_file(command: list[str], capsys: Captured) -> None:
    assert run(*command) == 2
    assert "（-）" in capsys.readouterr().err


def test_a_record_saved_again_without_its_zeros_is_told_of(tmp_path: Path, capsys: Captured) -> None:
    tree, table, last = a_small_tree(tmp_path), a_table(tmp_path, "001,1,2", "002,2,2"), tmp_path / "last"
    assert run("score", tree, table, "--csv", str(last)) == 0
    assert run("score", tree, table, "--previous", str(last)) == 0
    assert "A308" not in capsys.readouterr().err
    for path in last.iterdir():
        path.write_text(path.read_text("utf-8-sig").replace("00", ""), "utf-8-sig")
    run("score", tree, table, "--previous", str(last))
    said = capsys.readouterr().err
    assert "A308" in said
    assert "001" in said


def test_advice_is_sought_once_a_run_and_only_where_an_output_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2", "B,2,2")
    seen: list[tuple[int, ...]] = []

    def counted(desk: Desk[Assessed], rows: Sequence[int]) -> bytes:
        seen.append(tuple(rows))
        return advise_task(desk, rows)

    monkeypatch.setattr(workers, "advise_task", counted)
    assert run("score", tree, table, "-o", str(tmp_path / "only.xlsx")) == 0
    assert seen == []
    assert run("score", tree, table, "--cards", str(tmp_path / "cards"), "--html", str(tmp_path / "html")) == 0
    assert len(seen) == 1
