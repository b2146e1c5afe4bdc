"""The notice that cards print: the office says whom to ask, the round says by when."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from calls import run
from objections_made import come_to
from round_books import answered, sent
from round_made import NOW, given
from test_cli import Captured

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.model.notice import Notice
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.amending import amend, look
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.folder import plain_folder
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Event, Round, Seat
from lawgov_score.rounds.moving import move_round
from lawgov_score.rounds.names import FileKind, Role, RoundState
from lawgov_score.rounds.notices import notice_in, own_notice
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.workbook.submission.reader import in_this_process

R = RoundState
OWN = 'office: 县考核办\ntelephone: "0558-1"\nway: 书面\ndeadline: "2026-03-15"\n'


def told(data: Data) -> Notice:
    """As runs read it."""
    return notice_in(plain_folder(data, the_round()).get("notice.yaml", b""))


@pytest.fixture
def with_notice(data: Data, round_: Round) -> Round:
    Round.objects.update(notice=keep(data, OWN.encode(), "notice.yaml", FileKind.NOTICE, NOW))
    return the_round()


def test_cards_print_the_day_that_objections_go_by(data: Data, with_notice: Round, office: Seat) -> None:
    come_to(with_notice, R.SECOND_REVIEW)
    assert told(data).deadline == date(2026, 3, 15)  # of the office, until the round knows
    move_round(data, with_notice, R.NOTIFIED, with_notice.version, "", office, NOW)
    assert told(data) == Notice("县考核办", "0558-1", "", date(2026, 3, 2), date(2026, 3, 15), "书面")
    move_round(data, with_notice, R.OBJECTIONS, with_notice.version, "", office, NOW)
    assert with_notice.objections_until == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    assert told(data) == Notice("县考核办", "0558-1", "", date(2026, 3, 2), date(2026, 3, 9), "书面")
    assert scheme_of(data, the_round()).notice == told(data)  # of marked copies
    assert own_notice(data, the_round()).deadline == date(2026, 3, 15)  # what was given stays what it is
    event = Event.objects.order_by("seq").last()
    assert event is not None
    row = the_round().notice_told
    assert row is not None
    assert json.loads(event.body)["after"]["notice_told"] == row.sha256
    assert list(broken_links()) == []


def test_a_deadline_that_is_set_anew_is_printed_anew(
    data: Data, with_notice: Round, office: Seat, leader: Seat
) -> None:
    come_to(with_notice, R.SECOND_REVIEW)
    move_round(data, with_notice, R.NOTIFIED, with_notice.version, "", office, NOW)
    move_round(data, with_notice, R.OBJECTIONS, with_notice.version, "", office, NOW)
    back = {"leader": leader, "released_by": "王某"}
    move_round(data, with_notice, R.NOTIFIED, with_notice.version, "早了", office, NOW, **back)  # type: ignore[arg-type]
    until = NOW + timedelta(days=30)
    move_round(data, with_notice, R.OBJECTIONS, with_notice.version, "", office, NOW, until=until)
    assert told(data).deadline == date(2026, 4, 1)


def test_without_a_notice_of_the_office_its_dates_are_told_all_the_same(
    data: Data, round_: Round, office: Seat
) -> None:
    come_to(round_, R.SECOND_REVIEW)
    assert "notice.yaml" not in plain_folder(data, round_)
    move_round(data, round_, R.NOTIFIED, round_.version, "", office, NOW)
    assert told(data) == Notice(notified=date(2026, 3, 2))


def test_the_office_gives_another_notice_within_a_round(
    data: Data, with_notice: Round, office: Seat, tmp_path: Path
) -> None:
    come_to(with_notice, R.SECOND_REVIEW)
    move_round(data, with_notice, R.NOTIFIED, with_notice.version, "", office, NOW)
    path = tmp_path / "notice.yaml"
    path.write_text(OWN.replace("0558-1", "0558-2"), encoding="utf-8")
    meant, problems = look(data, the_round(), None, None, in_this_process, path)
    assert meant is not None
    assert (problems, meant.is_nothing, meant.tree_files, meant.roster_file) == ((), False, None, None)
    event = amend(data, meant, "换号", office, NOW)
    assert told(data) == Notice("县考核办", "0558-2", "", date(2026, 3, 2), date(2026, 3, 15), "书面")
    body = json.loads(event.body)
    assert body["before"]["notice"] != body["after"]["notice"]
    again, _ = look(data, the_round(), None, None, in_this_process, path)
    assert again is not None
    assert again.is_nothing
    path.write_text("office: [1]\n", encoding="utf-8")
    found, problems = look(data, the_round(), None, None, in_this_process, path)
    assert (found, [one.code for one in problems]) == (None, [Code.T104])


@pytest.mark.parametrize(
    "text", ["县考核办", '引"号', "两\n行", "a: b # c", "a\u2028\x85\ufeffb", "\U00020bb7野家", "007", "'"]
)
def test_a_notice_that_is_written_is_read_again(text: str, tmp_path: Path) -> None:
    notice = Notice(office=text, way=text, notified=date(2026, 3, 2))
    (tmp_path / "notice.yaml").write_text(pipeline.notice_text(notice), encoding="utf-8")
    assert pipeline.load_notice(tmp_path / "notice.yaml") == (notice, ())


def test_a_clerk_sees_which_day_is_printed(tmp_path: Path, capsys: Captured) -> None:
    tree, roster = given(tmp_path)
    notice, folder = tmp_path / "notice.yaml", str(tmp_path / "data")
    notice.write_text(OWN, encoding="utf-8")
    made = ("--tree", str(tree), "--roster", str(roster), "--notice", str(notice))
    assert run("round", "new", folder, *made) == 0
    with opened(Path(folder)) as data:
        sent(data, the_round(), "XZ-01", answered("XZ-01", 1, 10))
        come_to(the_round(), R.NOTIFIED)
    capsys.readouterr()
    assert run("round", "move", folder, "异议", "--until", "2099年12月7日") == 0
    said = capsys.readouterr().out
    assert "提出异议的期限：2099年12月7日（星期一）17:30" in said  # before it is done
    assert "告知事项（notice.yaml）里写的期限是 2026-03-15；评分卡、网页按轮次的期限印 2099-12-07" in said
    assert run("round", "move", folder, "异议", "--until", "2099-12-07", "--why", "告知") == 0
    assert "按轮次的期限印 2099-12-07" in capsys.readouterr().out
    assert run("round", "move", folder, "终评") == 0
    err = capsys.readouterr().err
    assert "异议期限还没有到：2099年12月7日（星期一）17:30" in err
    assert "仍算按期" in err
    assert run("round", "move", folder, "终评", "--until", "2099-12-08") == 2
    assert "期限只在转到“报送”“异议”时定" in capsys.readouterr().err
    notice.write_text(OWN.replace("0558-1", "0558-2"), encoding="utf-8")
    assert run("round", "amend", folder, "--notice", str(notice), "--why", "换号") == 0
    assert "告知事项：换成" in capsys.readouterr().out
    with opened(Path(folder)) as data:
        assert told(data).telephone == "0558-2"
        assert told(data).deadline == date(2099, 12, 7)


def test_a_notice_is_amended_in_no_archived_round(data: Data, with_notice: Round, tmp_path: Path) -> None:
    Round.objects.update(state=R.ARCHIVED.value)
    with pytest.raises(RefusedError) as refused:
        look(data, the_round(), None, None, in_this_process, tmp_path / "notice.yaml")
    assert refused.value.problem.code is Code.R235
    assert seat_of(Role.OFFICE).ended_at is None
