"""Receiving, accepting, returning and the register as a clerk calls them.

Reaches ``cli/commands/round_receive.py``, ``cli/commands/round_accept.py``, ``cli/commands/round_return.py``,
``cli/commands/round_status.py``, ``catalogue/round_receiving.py``.
"""

import json
from pathlib import Path

import openpyxl
import pytest
from calls import run
from corpus.hostile import hostile
from round_books import answered
from round_made import given
from test_cli import Captured

from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.models import Event, Submission
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.receipts import check_receipt
from lawgov_score.rounds.states import move


@pytest.fixture
def folder(tmp_path: Path, capsys: Captured) -> Path:
    """A round that is open, without a deadline."""
    tree, roster = given(tmp_path)
    folder = tmp_path / "考核2026"
    assert run("round", "new", str(folder), "--tree", str(tree), "--roster", str(roster)) == 0
    with opened(folder):
        move(the_round(), RoundState.OPEN, 1, seat_of(Role.OFFICE), "", real_now())
    capsys.readouterr()
    return folder


@pytest.fixture
def came(tmp_path: Path) -> Path:
    """XZ-01 is complete, XZ-02 has an error, BM-01 a blank; and something that is no workbook."""
    folder = tmp_path / "报来"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(answered("XZ-01", 3, 4))
    (folder / "b.xlsx").write_bytes(answered("XZ-02", "约3", 4))
    (folder / "c.xlsx").write_bytes(answered("BM-01", None, 4))
    (folder / "d.xlsx").write_bytes(b"no workbook")
    return folder


def test_each_file_has_its_line_and_its_receipt(folder: Path, came: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run("round", "receive", str(folder), str(came), "-o", str(tmp_path / "回执")) == 1
    said, _ = capsys.readouterr()
    lines = said.splitlines()
    assert f"已收 XZ-01 东乡 第 1 次报送（{came.as_posix()}/a.xlsx）：错误 0、警告 0、未填 0" in lines
    assert f"已收 XZ-02 西乡 第 1 次报送（{came.as_posix()}/b.xlsx）：错误 1、警告 0、未填 0" in lines
    assert f"未收 {came.as_posix()}/d.xlsx" in lines
    assert "【西乡（XZ-02）】1 个错误" in lines
    assert lines[-3] == "收到 3 份，已经收过 0 份，未收 1 份。"
    assert lines[-2] == f"回执和确认单已写到 {(tmp_path / '回执').as_posix()}，一家一份：把它们发给各单位。"
    assert "报送回执" not in said  # of several a line each: the receipts are for the units
    written = sorted(path.name for path in (tmp_path / "回执").iterdir())
    assert written[2:4] == ["XZ-01 东乡 第1次 回执.txt", "XZ-01 东乡 第1次 确认单.html"]
    assert len(written) == 6
    receipt = check_receipt((tmp_path / "回执" / written[2]).read_text(encoding="utf-8"))
    assert receipt.holds
    assert receipt.facts["回执号"] == "county-2026/XZ-01/1"


def test_all_well_is_exit_code_0_and_once_more_changes_nothing(folder: Path, came: Path, capsys: Captured) -> None:
    assert run("round", "receive", str(folder), str(came / "a.xlsx")) == 0
    said = capsys.readouterr().out
    assert said.count("法治政府建设考核 报送回执") == 1  # of one alone the whole receipt
    assert "加上 -o 文件夹：不会重复登记" in said
    assert run("round", "receive", str(folder), str(came / "a.xlsx"), "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "Received before, as submission 1 of XZ-01" in said
    assert said.splitlines()[-1] == "0 received, 1 received before, 0 not received."
    with opened(folder):
        assert Submission.objects.count() == 1


def test_a_late_one_is_refused_with_what_to_do(folder: Path, came: Path, capsys: Captured) -> None:
    with opened(folder):
        move(the_round(), RoundState.CLOSED, 2, seat_of(Role.OFFICE), "", real_now())
    assert run("round", "receive", str(folder), str(came / "a.xlsx")) == 1
    said = capsys.readouterr().out
    assert "R221 东乡（XZ-01）在报送截止以后报来，未收" in said
    assert f"lawgov-score round leave {folder.as_posix()} --unit XZ-01 --until" in said


def test_a_round_that_is_not_open_receives_nothing(tmp_path: Path, came: Path, capsys: Captured) -> None:
    tree, roster = given(tmp_path)
    run("round", "new", str(tmp_path / "新"), "--tree", str(tree), "--roster", str(roster))
    assert run("round", "receive", str(tmp_path / "新"), str(came)) == 2
    assert "R220" in capsys.readouterr().err


def test_accept_takes_what_is_clean_or_what_is_named(folder: Path, came: Path, capsys: Captured) -> None:
    run("round", "receive", str(folder), str(came))
    capsys.readouterr()
    assert run("round", "accept", str(folder)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "已受理 XZ-01 东乡 第 1 次报送",
        "未受理 XZ-02 西乡：核对发现错误 1 个。退回修改，或者写明单位受理：--unit XZ-02",
        "未受理 BM-01 教育局：核对发现未填 1 项。退回修改，或者写明单位受理：--unit BM-01",
    ]
    assert run("round", "accept", str(folder), "--unit", "BM-01") == 0
    assert "已受理 BM-01" in capsys.readouterr().out
    assert run("round", "accept", str(folder), "--unit", "BM-01") == 2
    assert "R227" in capsys.readouterr().err


def test_return_says_where_the_copies_are_and_when_they_are_due(
    folder: Path, came: Path, tmp_path: Path, capsys: Captured
) -> None:
    run("round", "receive", str(folder), str(came))
    capsys.readouterr()
    out = tmp_path / "退回"
    assert run("round", "return", str(folder), "-o", str(out), "--until", "2999-03-20", "--why", "请核实") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"退回 XZ-02 西乡 第 1 次报送：请核实 → {out.as_posix()}/XZ-02 西乡.xlsx"
    assert "请各单位改好后于 2999年3月20日（星期三）17:30 以前报回" in said[2]
    assert said[3] == "1 个单位可以受理，不退回：XZ-01"
    assert run("round", "return", str(folder), "-o", str(out), "--unit", "XZ-02") == 0
    assert "已退回过 XZ-02 西乡 第 1 次报送" in capsys.readouterr().out
    assert run("round", "return", str(folder), "-o", str(out), "--until", "2001-01-01") == 2
    assert "R228" in capsys.readouterr().err


def test_a_return_is_looked_at_first_and_can_be_taken_back(
    folder: Path, came: Path, tmp_path: Path, capsys: Captured
) -> None:
    run("round", "receive", str(folder), str(came))
    capsys.readouterr()
    assert run("round", "return", str(folder), "--until", "2999-03-20") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown == [
        "要退回 XZ-02 西乡 第 1 次报送：核对发现错误 1 个",
        "要退回 BM-01 教育局 第 1 次报送：核对发现未填 1 项",
        "1 个单位可以受理，不退回：XZ-01",
        "限 2999年3月20日（星期三）17:30 以前报回（另定的，写 --until）。",
        f"只看，没有退回。要退回的，写上副本的文件夹：lawgov-score round return {folder.as_posix()} -o 退回",
    ]
    with opened(folder):
        assert {one.state for one in Submission.objects.all()} == {"received"}
    assert run("round", "return", str(folder), "-o", str(tmp_path / "退回"), "--until", "2999-03-20") == 0
    capsys.readouterr()
    assert run("round", "return", str(folder)) == 0
    assert capsys.readouterr().out.splitlines()[0] == "已退回，等待重报 XZ-02 西乡 第 1 次报送"
    undo = ("round", "return", str(folder), "--undo")
    assert run(*undo) == 2
    assert run(*undo, "--unit", "XZ-02", "--why", "退错了", "-o", str(tmp_path / "退回")) == 2
    capsys.readouterr()
    assert run(*undo, "--unit", "XZ-02", "--why", "退错了") == 0
    assert capsys.readouterr().out == "已撤回退回 XZ-02 西乡 第 1 次报送，现为“已报”：退错了\n"


def test_nothing_to_return_or_accept_is_said(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run("round", "return", str(folder), "-o", str(tmp_path / "退回")) == 0
    assert run("round", "accept", str(folder)) == 0
    assert capsys.readouterr().out.splitlines() == ["没有要退回的。", "没有待受理的报送。"]


def test_the_register_is_written_beside_the_status(folder: Path, came: Path, tmp_path: Path, capsys: Captured) -> None:
    run("round", "receive", str(folder), str(came))
    path = tmp_path / "登记.xlsx"
    assert run("round", "status", str(folder), "-o", str(path)) == 0
    rows = [row[:2] for row in openpyxl.load_workbook(path)["报送情况"].iter_rows(values_only=True)]
    assert ("XZ-01", "东乡") in rows
    assert run("round", "status", str(folder), "-o", str(path)) == 0  # nothing differs
    run("round", "accept", str(folder))
    capsys.readouterr()
    assert run("round", "status", str(folder), "-o", str(path)) == 2
    assert "O105" in capsys.readouterr().err
    assert run("round", "status", str(folder), "-o", str(path), "--overwrite") == 0
    book = openpyxl.load_workbook(path)
    book["报送情况"]["A1"] = "有人写过"
    book.save(path)
    run("round", "accept", str(folder), "--unit", "BM-01")
    capsys.readouterr()
    run("round", "status", str(folder), "-o", str(path), "--overwrite")
    assert "O126" in capsys.readouterr().err
    assert openpyxl.load_workbook(path)["报送情况"]["A1"].value == "有人写过"
    for name in ("-", "register.csv"):
        assert run("round", "status", str(folder), "-o", name) == 2


def test_what_was_refused_leaves_a_trace_in_the_status_until_something_comes(
    folder: Path, came: Path, capsys: Captured
) -> None:
    with opened(folder):
        move(the_round(), RoundState.CLOSED, 2, seat_of(Role.OFFICE), "", real_now())
    for _ in range(2):  # the same file twice is one line
        run("round", "receive", str(folder), str(came / "a.xlsx"), str(came / "d.xlsx"))
    capsys.readouterr()
    assert run("round", "status", str(folder)) == 0
    said = capsys.readouterr().out.splitlines()
    at = said.index("没有收下的文件（报来以后没有再报的）：")
    shown = sorted(line.split(" ", 4)[-1] for line in said[at + 1 : at + 3])
    assert shown == [
        "XZ-01 东乡 a.xlsx：东乡（XZ-01）在报送截止以后报来，未收（R221）",
        "d.xlsx：不是工作簿或表格文件（S103）",
    ]
    assert said[at + 3].startswith("不会再报、不必再列出的：lawgov-score round receive ")
    assert said[at + 4] == ""
    run("round", "status", str(folder), "--format", "json")
    refused = json.loads(capsys.readouterr().out)["refused"]
    assert {one["file"]: (one["unit"], one["codes"]) for one in refused} == {
        "a.xlsx": ("XZ-01", ["R221"]),
        "d.xlsx": (None, ["S103"]),
    }
    run("round", "leave", str(folder), "--unit", "XZ-01", "--until", "2999-01-04", "--why", "断网")
    run("round", "receive", str(folder), str(came / "a.xlsx"))
    capsys.readouterr()
    run("round", "status", str(folder))
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if "（R221）" in line] == []


def _refused_names(folder: Path, capsys: Captured) -> list[tuple[str, str]]:
    """The refused files that the status lists, and the first digits of each."""
    capsys.readouterr()
    assert run("round", "status", str(folder), "--format", "json") == 0
    refused = json.loads(capsys.readouterr().out)["refused"]
    return sorted((one["file"], one["sha256"][:12]) for one in refused)


def test_a_refused_file_is_settled_with_a_reason_until_it_comes_again(
    folder: Path, came: Path, capsys: Captured
) -> None:
    (came / "e.xlsx").write_bytes(b"neither")
    run("round", "receive", str(folder), str(came / "d.xlsx"), str(came / "e.xlsx"))
    settle = ("round", "receive", str(folder), "--settle", "d.xlsx", "--settle", "e.xlsx")
    assert run(*settle, "--why", " ") == 2
    assert "R214" in capsys.readouterr().err
    assert len(_refused_names(folder, capsys)) == 2
    assert run(*settle, "--why", "单位另报") == 0
    assert capsys.readouterr().out.splitlines() == [
        "不再列出：d.xlsx（单位另报）",
        "不再列出：e.xlsx（单位另报）",
    ]
    assert _refused_names(folder, capsys) == []
    with opened(folder):
        said = [json.loads(one.body) for one in Event.objects.filter(act="settle_refused").order_by("seq")]
        assert [(one["after"]["name"], one["reason"]) for one in said] == [
            ("d.xlsx", "单位另报"),
            ("e.xlsx", "单位另报"),
        ]
    assert run(*settle, "--why", "单位另报", "--lang", "en") == 2
    assert "No refused file is called “d.xlsx”: none is listed" in capsys.readouterr().err
    run("round", "receive", str(folder), str(came / "d.xlsx"))
    assert [name for name, _ in _refused_names(folder, capsys)] == ["d.xlsx"]


def test_of_two_refused_files_of_one_name_the_number_says_which(folder: Path, came: Path, capsys: Captured) -> None:
    (came / "再报").mkdir()
    (came / "再报" / "d.xlsx").write_bytes(b"neither")
    run("round", "receive", str(folder), str(came / "d.xlsx"))
    run("round", "receive", str(folder), str(came / "再报" / "d.xlsx"))
    (_, first), (_, second) = _refused_names(folder, capsys)
    assert run("round", "receive", str(folder), "--settle", "d.xlsx", "--why", "单位另报") == 2
    err = capsys.readouterr().err
    assert "叫“d.xlsx”的未收文件有 2 个" in err
    assert first in err
    assert second in err
    assert run("round", "receive", str(folder), "--settle", first, "--why", "单位另报") == 0
    assert _refused_names(folder, capsys) == [("d.xlsx", second)]
    assert run("round", "receive", str(folder), "--settle", "x.xlsx", "--why", "单位另报") == 2
    assert "没有收下的文件里没有“x.xlsx”：d.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--why", "x"),
        ("--settle", "d.xlsx", "d.xlsx", "--why", "x"),
        ("--settle", "d.xlsx", "--why", "x", "--again"),
    ],
)
def test_settling_is_not_receiving(
    folder: Path, came: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(came)
    run("round", "receive", str(folder), "d.xlsx")
    assert run("round", "receive", str(folder), *words) == 2
    assert "--settle" in capsys.readouterr().err
    assert len(_refused_names(folder, capsys)) == 1


def test_hostile_workbooks_stop_nothing(folder: Path, came: Path, tmp_path: Path, capsys: Captured) -> None:
    """Each of the corpus is refused or received, in a process of its own; the good one between them is received."""
    bad = tmp_path / "hostile"
    bad.mkdir()
    cases = [make for case in hostile() for make in case.files.values()]
    for i, make in enumerate(cases):
        (bad / f"{i}.xlsx").write_bytes(make())
    (bad / "m.xlsx").write_bytes((came / "a.xlsx").read_bytes())
    assert run("round", "receive", str(folder), str(bad)) == 1
    said = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("未收 ") for line in said) == len(cases)
    assert sum(line.startswith("已收 XZ-01 东乡 第 1 次报送") for line in said) == 1
    with opened(folder):
        assert Submission.objects.count() == 1


def test_what_is_received_again_says_what_it_replaces(folder: Path, came: Path, capsys: Captured) -> None:
    old, new = came / "a.xlsx", came / "新.xlsx"
    new.write_bytes(answered("XZ-01", 4, 4))
    run("round", "receive", str(folder), str(old))
    run("round", "receive", str(folder), str(new))
    assert "代替" not in capsys.readouterr().out  # a later one counts anyway
    assert run("round", "receive", str(folder), str(old), "--again") == 0
    assert "未填 0；采用第 3 次，代替第 2 次" in capsys.readouterr().out.splitlines()[0]
