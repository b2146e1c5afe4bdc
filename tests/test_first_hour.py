"""A newcomer's first hour: README.zh-CN.md as it is printed, from installation to a second publication.

Its second block, the demonstrations, runs in tests/acceptance/test_demonstration.py and test_wheel.py, and `serve`,
which goes on until somebody ends it, in tests/test_cli_serve.py.
"""

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import clerk
import pandas as pd
import pytest
from calls import run

from lawgov_score import carried
from lawgov_score.content import starter
from lawgov_score.pipeline import demo
from lawgov_score.problems import RefusedError

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
INSTALLING = ["python3 -m venv lawgov", ". lawgov/bin/activate", "pip install ."]  # tests/acceptance/test_wheel.py

Captured = pytest.CaptureFixture[str]


def printed() -> list[str]:
    """The lines of README.zh-CN.md's code blocks, in order, without remarks."""
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.S)
    return [re.split(r"\s+# ", line)[0].strip() for block in blocks for line in block.splitlines()]


def test_the_readme_prints_every_command_of_the_year() -> None:
    lines = printed()
    assert lines[:3] == INSTALLING
    of_year = [command for step in starter.STEPS for command in step.commands]
    assert [line for line in lines if line in of_year] == of_year
    assert {line.split()[0] for line in lines[3:]} == {"lawgov-score", "cd"}


def score_of(table: Path, unit: str) -> float:
    ranking = pd.read_csv(table / "ranking.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    (score,) = ranking.loc[ranking["unit"] == unit, "score"]
    return float(score)


def the_clerk_does(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """What the README has the clerk do by hand: part of a command, and what is done before the first that has it."""

    def first_returns() -> None:
        for unit in clerk.UNITS:
            clerk.send(folder, unit, **({"02-2.corrected": "约一件"} if unit == "BM-02" else {}))

    def second_return() -> None:
        assert "BM-02.xlsx" in {path.name for path in (folder / "marked").iterdir()}
        assert (folder / "register.xlsx").is_file()
        clerk.send(folder, "BM-02", "BM-02 补报", **{"02-2.corrected": 2})

    yield " template ", lambda: clerk.fill_roster(folder / "roster.xlsx")
    yield " check ", first_returns
    yield " --assessor -o office", second_return
    yield " first/", lambda: clerk.fill_office(folder / "office")

    def after_the_first() -> None:
        kept = folder / "first" / starter.KEPT
        for name in (starter.TREE, starter.RECEIVED, "office"):
            shutil.copytree(folder / name, kept / name)
        for name in (starter.ROSTER, starter.NOTICE):
            shutil.copy(folder / name, kept)
        clerk.grant_an_objection(folder / "office")

    yield " second/", after_the_first


def test_the_readme_runs_as_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "考核2026"
    waiting = list(the_clerk_does(folder))
    codes: list[tuple[str, int]] = []
    for line in printed()[len(INSTALLING) :]:
        while waiting and waiting[0][0] in line:
            waiting.pop(0)[1]()
        program, *words = shlex.split(line)
        if program == "cd":
            monkeypatch.chdir(tmp_path / words[0])
        elif words[0] not in {"demo", "serve"}:
            codes.append((words[0], run(*words)))
    assert waiting == []
    assert {name for name, code in codes if code > 1} == set()
    # A wrong figure among the first returns is on purpose; everything else is clean, and both publications verify.
    assert [name for name, code in codes if code and name not in {"check", "score", "explain"}] == []
    said = capsys.readouterr()
    assert "S201" in said.out
    assert "S140" in said.out + said.err  # which of two files of a unit counts is said
    assert "S115" not in said.out + said.err  # no file of the folder is taken for something else
    assert said.out.count("核验一致") == 3  # the first publication once more, by what it was made of
    # 01-1: 15 - 10 x 0.5 = 10; 01-2: 10; 01-3: 7.5; 02-1: 40% gives 9; 02-2: 10; 02-3: 7.5; 03-1: 10; mark: 12
    assert score_of(folder / "first" / "csv", "BM-01") == 76
    assert score_of(folder / "first" / "csv", "BM-02") == 71
    assert score_of(folder / "second" / "csv", "BM-01") == 81
    changes = pd.read_csv(folder / "second" / "csv" / "changes.csv", dtype=str, encoding="utf-8-sig")
    assert ("BM-01", "02-2", "mark") in set(zip(changes["unit"], changes["code"], changes["cause"], strict=True))
    assert score_of(folder / "trial" / "csv", "BM-01") == 76 - 7.5 - 12  # nothing of the office was there yet


def test_what_somebody_practised_on_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Quick:
        @staticmethod
        def main(folder: Path) -> int:
            (folder / "BS-01.xlsx").write_bytes(b"made")
            return 0

    monkeypatch.setattr(carried, "script", lambda _: Quick)
    _, a_round = demo.write_examples(tmp_path)
    demo.write_examples(tmp_path)  # the same again changes nothing
    changed = a_round.sent / "BS-01.xlsx"
    changed.write_bytes(b"practised")
    with pytest.raises(RefusedError) as refused:
        demo.write_examples(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["O105"]
    assert changed.read_bytes() == b"practised"
    demo.write_examples(tmp_path, overwrite=True)
    assert changed.read_bytes() == b"made"
