"""The commands of a round as people call them: made, followed, refused in plain words.

Reaches ``cli/commands/round.py``, ``cli/commands/round_new.py``, ``cli/commands/round_status.py``,
``rounds/things.py``.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from calls import run
from round_made import NOW, a_submission, given
from test_cli import Captured

from lawgov_score.catalogue import Code
from lawgov_score.cli.rounds import needing_rounds
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.names import Role, RoundState, SubmissionState
from lawgov_score.rounds.states import move


@pytest.fixture
def folder(tmp_path: Path, capsys: Captured) -> Path:
    """A round as the command makes it."""
    tree, roster = given(tmp_path)
    assert run("round", "new", str(tmp_path / "考核2026"), "--tree", str(tree), "--roster", str(roster)) == 0
    said, err = capsys.readouterr()
    assert "县考核，2026 年度，3 个单位" in said
    assert "公钥短码" in said
    assert f"lawgov-score serve {tmp_path.as_posix()}/考核2026" in said.splitlines()[-1]
    assert f"lawgov-score round status {tmp_path.as_posix()}/考核2026" in said.splitlines()[-1]
    assert err == ""
    return tmp_path / "考核2026"


def test_a_new_round_waits_for_all_units(folder: Path, capsys: Captured) -> None:
    assert run("round", "status", str(folder)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "县考核，2026 年度：现为“筹备”"
    assert [line.split() for line in lines[4:7]] == [
        ["XZ-01", "东乡", "未报"],
        ["XZ-02", "西乡", "未报"],
        ["BM-01", "教育局", "未报"],
    ]
    assert lines[-1] == "待办：3 个单位没有报送"


def test_what_came_stands_in_its_line(folder: Path, capsys: Captured) -> None:
    with opened(folder) as data:
        office = seat_of(Role.OFFICE)
        round_ = the_round()
        move(round_, RoundState.OPEN, 1, office, "", NOW, also={"submit_by": NOW, "objections_until": NOW})
        move(a_submission(data, round_), SubmissionState.RETURNED, 1, office, "缺页", NOW)
        late = a_submission(data, round_, "BM-01")
        type(late).objects.filter(pk=late.pk).update(late=True, blanks=2, warnings=1)
    assert run("round", "status", str(folder), "--lang", "en") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "县考核, of 2026: open",
        "To be sent until Monday 2026-03-02, 09:30",
        "Objections until Monday 2026-03-02, 09:30",
    ]
    assert lines[6].split() == ["XZ-01", "东乡", "returned", "1", "03-02", "09:30", "0", "0", "0"]
    assert lines[8].split() == ["BM-01", "教育局", "received", "1", "03-02", "09:30", "(late)", "2", "0", "1"]
    assert lines[-1] == "To do: 1 without a submission; 1 to be accepted; 1 returned and not sent again"


def test_json_has_the_keys_of_the_contract(folder: Path, capsys: Captured) -> None:
    assert run("round", "status", str(folder), "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"code", "year", "state", "deadlines", "units", "open", "refused", "public_key"}
    keys = "unit name cohort state versions received_at late blanks errors warnings"
    assert all(set(one) == set(keys.split()) for one in said["units"])


def test_a_second_round_in_the_same_folder_is_refused(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    tree, roster = given(tmp_path)
    assert run("round", "new", str(folder), "--tree", str(tree), "--roster", str(roster)) == 2
    assert "R204" in capsys.readouterr().err


def test_problems_of_the_roster_are_those_of_the_roster(tmp_path: Path, capsys: Captured) -> None:
    tree, roster = given(tmp_path)
    roster.write_text("unit,name,type\nA,甲,city\n", encoding="utf-8")
    assert run("round", "new", str(tmp_path / "data"), "--tree", str(tree), "--roster", str(roster)) == 1
    assert "S123" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_no_round_there(tmp_path: Path, capsys: Captured) -> None:
    assert run("round", "status", str(tmp_path)) == 2
    assert "R201" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("round", "stauts", "x"), "是否想写 status"),
        (("round", "new", "x", "--tre", "y"), "lawgov-score round new --help"),
        (("round", "new", "x", "——tree", "y"), "--tree"),
        (("round", "new", "-"), "-"),
    ],
)
def test_wrong_usage_is_told_for_the_command_of_the_group(
    words: tuple[str, ...], expected: str, capsys: Captured
) -> None:
    assert run(*words) == 2
    assert expected in capsys.readouterr().err


def test_without_the_extra_it_is_said_what_to_install() -> None:
    for name in ("django.db", "cryptography"):
        with pytest.raises(RefusedError) as refused, needing_rounds():
            raise ModuleNotFoundError(name=name)
        assert refused.value.problem.code is Code.R207
    with pytest.raises(ModuleNotFoundError), needing_rounds():
        raise ModuleNotFoundError(name="lawgov_score.none")  # a bug of ours is no matter of installing
    probe = (
        "import sys; sys.modules['django'] = None\n"
        "from lawgov_score.cli import main\n"
        "main(['round', 'status', 'nowhere'])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install lawgov-score[portal]" in done.stderr
