"""The sample round goes through the year of docs/round.zh-CN.md, command by command, as a clerk would practise it."""

import json
from pathlib import Path

import openpyxl
import pytest
from calls import run
from test_cli import Captured
from test_round_doc import SAMPLE, a_year

from lawgov_score import pipeline

_PROBLEMS = frozenset({"receive", "run", "score"})  # exit code 1: the sample round has faults on purpose


def test_a_year_of_the_sample_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    pipeline.write_examples(Path("out"))
    assert run("new", "明年体系", "--from", "qujialing-2017", "--edition", "2018", "--year", "2018") == 0
    roster = Path(SAMPLE, "roster.csv").read_text(encoding="utf-8-sig").splitlines()
    added = roster[-1].replace(roster[-1].split(",")[0], "XX-01").replace(roster[-1].split(",")[1], "虚构区新设局")
    Path("新名册.csv").write_text("\n".join((*roster, added, "")), encoding="utf-8")
    Path("改好的").mkdir()
    openpyxl.load_workbook(Path(SAMPLE, "ZF-05.xlsx")).save(Path("改好的", "ZF-05.xlsx"))
    Path("改好的", "花名册.xlsx").write_bytes(b"no workbook")
    capsys.readouterr()
    for command, kind, ended, said in a_year({}, monkeypatch, capsys):
        assert ended in ({0, 1} if kind in _PROBLEMS else {0}), f"{command}\n{said}"
    assert run("round", "status", "考核练习", "--format", "json") == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["state"], len(status["units"])) == ("archived", 25)
    assert Path("第二次公布", "changes.csv").exists()
