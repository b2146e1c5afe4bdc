"""A day is read alike by every command of a round, as an office writes it."""

from datetime import date, datetime
from pathlib import Path

import pytest
from calls import run
from round_made import given
from test_cli import Captured

from lawgov_score.cli.moments import read_moment

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-12-04", datetime(2026, 12, 4)),
        ("2026-12-4", datetime(2026, 12, 4)),
        ("2026/12/04", datetime(2026, 12, 4)),
        ("2026.12.4", datetime(2026, 12, 4)),
        ("2026年12月4日", datetime(2026, 12, 4)),
        ("２０２６年１２月４日", datetime(2026, 12, 4)),
        ("12月4日", datetime(2026, 12, 4)),
        ("12月4号", datetime(2026, 12, 4)),
        ("1月4日", datetime(2027, 1, 4)),  # of the next year: the last one is long over
        ("11月28日", datetime(2026, 11, 28)),  # a slip, which the command says is over; not eleven months from now
        ("2026-12-04 12:00", datetime(2026, 12, 4, 12)),
        ("2026-12-04T12:30", datetime(2026, 12, 4, 12, 30)),
        ("12月4日 12：30", datetime(2026, 12, 4, 12, 30)),
        ("12月4日9时", datetime(2026, 12, 4, 9)),
        ("12月4日 9点30分", datetime(2026, 12, 4, 9, 30)),
    ],
)
def test_a_day_as_people_write_it(text: str, found: datetime) -> None:
    assert read_moment(text, lambda: TODAY) == found


def test_a_leap_day_is_of_the_leap_year_that_is_near() -> None:
    assert read_moment("2月29日", lambda: date(2027, 12, 1)) == datetime(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["", "明天", "12", "2026-13-04", "11月31日", "2月29日", "2026-12-04 25:00", "12月4日 12:60", "04-12-2026", "x"],
)
def test_what_is_no_day(text: str) -> None:
    assert read_moment(text, lambda: date(2022, 12, 1)) is None


def test_every_command_says_the_same_of_what_it_cannot_read(tmp_path: Path, capsys: Captured) -> None:
    folder = str(tmp_path)
    for command in (
        ("move", folder, "报送", "--until", "后天"),
        ("return", folder, "--until", "后天"),
        ("leave", folder, "--unit", "XZ-01", "--why", "断网", "--until", "后天"),
        ("holiday", folder, "后天", "--off", "春节"),
    ):
        assert run("round", *command) == 2, command
        said = capsys.readouterr().err
        assert "“后天”不是日期：写 2026-12-04、2026年12月4日 或者 12月4日" in said, command
        assert "format" not in said


def test_a_leave_is_granted_listed_and_ended(tmp_path: Path, capsys: Captured) -> None:
    tree, roster = given(tmp_path)
    folder = str(tmp_path / "考核")
    assert run("round", "new", folder, "--tree", str(tree), "--roster", str(roster)) == 0
    leave = ("round", "leave", folder)
    assert run(*leave, "--unit", "XZ-01", "--until", "2999年12月4日", "--why", "断网") == 0
    assert run(*leave, "--unit", "XZ-01", "--until", "2999年12月6日 12:00", "--why", "又断网") == 0
    assert run(*leave, "--unit", "XZ-01", "--end") == 2
    capsys.readouterr()
    assert run(*leave, "--unit", "XZ-01", "--end", "--why", "给错了单位") == 0
    assert capsys.readouterr().out == "XZ-01 东乡 的延期已收回：给错了单位\n"
    assert run(*leave) == 0
    assert capsys.readouterr().out.splitlines() == [
        "XZ-01 东乡 延期到2999年12月4日（星期三）17:30：断网（已由后一次代替）",
        "XZ-01 东乡 延期到2999年12月6日（星期五）12:00：又断网（已收回）",
    ]
    assert run(*leave, "--unit", "XZ-01", "--end", "--why", "给错了单位") == 2
    assert "XZ-01 东乡 现在没有延期" in capsys.readouterr().err
