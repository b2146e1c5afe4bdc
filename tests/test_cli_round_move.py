"""``round move`` as people call it: what it means and what is open first, then the step; nothing without a reason.

Reaches ``cli/commands/round_move.py``.
"""

from pathlib import Path

import pytest
from calls import run
from round_made import given
from test_cli import Captured

from lawgov_score.rounds.data import opened
from lawgov_score.rounds.models import Event


@pytest.fixture
def folder(tmp_path: Path, capsys: Captured) -> Path:
    tree, roster = given(tmp_path)
    assert run("round", "new", str(tmp_path / "data"), "--tree", str(tree), "--roster", str(roster)) == 0
    capsys.readouterr()
    return tmp_path / "data"


def moved(folder: Path, *words: str) -> int:
    return run("round", "move", str(folder), *words)


def test_without_a_reason_it_is_only_told(folder: Path, capsys: Captured) -> None:
    assert moved(folder, "报送") == 0
    said, err = capsys.readouterr()
    assert said.splitlines()[0] == "现为“筹备”，转到“报送”。"
    assert "以上只供查看，还没有转" in said
    assert "没有写报送截止" in err
    with opened(folder):
        assert Event.objects.count() == 1


def test_the_step_is_done_with_its_deadline(folder: Path, capsys: Captured) -> None:
    assert moved(folder, "open", "--why", "开始", "--until", "2099-03-21") == 0
    said, err = capsys.readouterr()
    assert err == ""
    assert said.splitlines()[-4:] == [
        "已转到“报送”。",
        "报送截止：2099年3月21日（星期六）17:30",
        "2099-03-21 不是工作日，照此办理；要改的另定日期",
        said.splitlines()[-1],
    ]
    assert "2099 年的放假安排还没有录入" in said
    assert moved(folder, "closed", "--why", "到期") == 0
    out = capsys.readouterr().err
    assert "3 个单位没有报送，转过以后报来的不收，另行准予延期的除外：XZ-01 东乡、XZ-02 西乡、BM-01 教育局" in out


def test_a_step_back_asks_for_the_leader(folder: Path, capsys: Captured) -> None:
    assert moved(folder, "报送", "--why", "开始", "--until", "2099-03-21") == 0
    assert moved(folder, "筹备", "--why", "名册有误") == 2
    assert "R215" in capsys.readouterr().err
    assert moved(folder, "筹备", "--why", "名册有误", "--released-by", "王某") == 0
    assert "已转到“筹备”。" in capsys.readouterr().out


def test_what_is_no_state_and_what_is_no_step(folder: Path, capsys: Captured) -> None:
    assert moved(folder, "开放") == 2
    assert "没有“开放”这个状态：筹备（preparing）、报送（open）" in capsys.readouterr().err
    assert moved(folder, "归档", "--why", "x") == 2
    assert "R211" in capsys.readouterr().err


def test_in_english(folder: Path, capsys: Captured) -> None:
    assert moved(folder, "open", "--lang", "en") == 0
    said, err = capsys.readouterr()
    assert said.startswith("It is “preparing”, and goes to “open”.\nUnits may send")
    assert "no deadline of submissions" in err
