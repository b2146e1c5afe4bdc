"""What goes back: marked copies of the versions in force, the move that says so, and the day to send back by.

Reaches ``rounds/in_force.py``, ``rounds/register.py``, ``rounds/leaves.py``, ``rounds/scheme.py``.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import OperationalError
from round_books import answered, without_evidence
from round_made import NOW
from round_made import a_submission as a_row

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.content.intake_register import State
from lawgov_score.files import Batch, CannotWriteError, file_names
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds import in_force, returning
from lawgov_score.rounds.clock import ZONE, told
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.leaves import end_leave, grant_leave, leave_of
from lawgov_score.rounds.models import Event, Leave, Notice, Round, Seat, Submission
from lawgov_score.rounds.moving import move_round
from lawgov_score.rounds.names import RoundState, SubmissionState
from lawgov_score.rounds.receiving import accept, receive
from lawgov_score.rounds.register import register_of_round
from lawgov_score.rounds.returning import Return, due_of, keep_days_told, moment_of, send_back, sorted_out, take_back
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.rounds.states import move
from lawgov_score.rounds.status import status_of
from lawgov_score.wording import Language
from lawgov_score.workbook.package.saved import saved_of
from lawgov_score.workbook.submission.reader import in_this_process

WEEK = timedelta(days=7)
THURSDAY = datetime.fromisoformat("2026-03-05T17:30:00+08:00")  # three working days after NOW, a Monday


@pytest.fixture(autouse=True)
def fixture_what_came(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    """XZ-01 sent an error, then a blank; XZ-02 all that is asked; BM-01 something illegible."""
    move(round_, RoundState.OPEN, 1, office, "", NOW, also={"submit_by": NOW + timedelta(days=1)})
    for n, (code, done, got) in enumerate(
        [("XZ-01", "约3", 4), ("XZ-01", None, 4), ("XZ-02", 3, 4), ("BM-01", "很多", 4)]
    ):
        path = tmp_path / f"报送{n}.xlsx"
        path.write_bytes(answered(code, done, got))
        (outcome,) = receive(data, round_, [path], office, NOW, in_this_process)
        assert outcome.submission is not None


def back(data: Data, round_: Round, folder: Path, office: Seat, *, now: datetime = NOW, **more: object) -> Return:
    """Sends back; the chain is whole afterwards."""
    round_.refresh_from_db()
    arguments = {"run": in_this_process, "watch": unwatched, "jobs": 1, **more}
    done = send_back(data, round_, folder, office, now, **arguments)  # type: ignore[arg-type]
    assert list(broken_links()) == []
    return done


def states() -> list[tuple[str, int, str]]:
    return list(Submission.objects.order_by("unit__place", "n").values_list("unit__code", "n", "state"))


def test_copies_of_the_versions_in_force_and_their_moves(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    folder = tmp_path / "退回"
    done = back(data, round_, folder, office)
    assert sorted(path.name for path in folder.iterdir()) == ["BM-01 教育局.xlsx", "XZ-01 东乡.xlsx"]
    assert (done.clean, done.due, done.problems) == (("XZ-02",), THURSDAY, ())
    assert [(one.submission.unit.code, one.submission.n, one.why, one.is_moved) for one in done.returned] == [
        ("XZ-01", 2, "核对发现未填 1 项", True),
        ("BM-01", 1, "核对发现错误 1 个", True),
    ]
    assert states() == [
        ("XZ-01", 1, "received"),
        ("XZ-01", 2, "returned"),
        ("XZ-02", 1, "received"),
        ("BM-01", 1, "returned"),
    ]
    sheet = openpyxl.load_workbook(folder / "XZ-01 东乡.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert cells[cells.index("退回日期") + 1] == "2026年3月2日"
    assert cells[cells.index("重新报送期限") + 1] == "2026年3月5日（星期四）17:30"
    text = str(list(openpyxl.load_workbook(folder / "BM-01 教育局.xlsx").worksheets[0].iter_rows(values_only=True)))
    assert "应为数" in text
    told_of = Notice.objects.filter(act="received>returned").order_by("pk")
    assert [(one.unit and one.unit.code, one.due) for one in told_of] == [("XZ-01", THURSDAY), ("BM-01", THURSDAY)]
    # Due after the deadline: by then only who has a leave may send, so both have one.
    assert [(one.unit.code, one.until) for one in Leave.objects.order_by("pk")] == [
        ("XZ-01", THURSDAY),
        ("BM-01", THURSDAY),
    ]
    assert leave_of(round_.units.get(code="XZ-02"), NOW) is None


def test_a_unit_whose_name_is_too_long_for_a_file_goes_back_too(
    data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its copy is called otherwise than its workbook in the round: a shortened name is shortened once more."""

    def long(codes: Sequence[str], suffix: str) -> tuple[str, ...]:
        return file_names(
            [
                f"{code}（加挂乡村振兴局、畜牧兽医局、农业机械化管理局、农产品质量安全监督管理局、渔业局牌子）" * 2
                for code in codes
            ],
            suffix,
        )

    monkeypatch.setattr(in_force, "file_names", long)
    done = back(data, round_, tmp_path / "退回", office)
    assert [(one.submission.unit.code, one.is_moved) for one in done.returned] == [("XZ-01", True), ("BM-01", True)]
    assert {one.copy for one in done.returned} == set((tmp_path / "退回").iterdir())
    assert states()[1] == ("XZ-01", 2, "returned")


def test_once_more_gives_the_copies_again_and_moves_nothing(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    first = back(data, round_, tmp_path / "退回", office)
    events = Event.objects.count()
    again = back(data, round_, tmp_path / "退回", office)
    assert [one.copy for one in again.returned] == [one.copy for one in first.returned]
    assert not any(one.is_moved for one in again.returned)
    assert Event.objects.count() == events


def test_copies_made_again_on_another_day_name_the_day_of_the_return(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    first = back(data, round_, tmp_path / "退回", office)
    again = back(data, round_, tmp_path / "又一份", office, now=NOW + timedelta(days=1))
    for one, other in zip(first.returned, again.returned, strict=True):
        assert one.copy.read_bytes() == other.copy.read_bytes()


def test_what_is_acceptable_goes_back_only_by_name_and_is_what_is_accepted_without_one(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    """Every submission that waits is on exactly one side, as the register has it; a hint alone is no reason."""
    path = tmp_path / "无佐证.xlsx"
    path.write_bytes(without_evidence("XZ-02"))
    (outcome,) = receive(data, round_, [path], office, NOW, in_this_process)
    assert {one.code for one in outcome.problems} == {Code.S217}
    by_state = sorted_out(data, round_, in_this_process)
    assert _fine_by_rows(round_) == {one.unit.code for one in by_state.fine}
    register = register_of_round(data, round_, in_this_process)
    fine = {line.unit.code for line in register.lines if line.state is State.ACCEPTABLE}
    assert {one.unit.code for one in by_state.fine} == fine == {"XZ-02"}
    assert {one.unit.code for one in by_state.faulty} == {"XZ-01", "BM-01"}
    done = back(data, round_, tmp_path / "退回", office)
    assert (done.clean, [one.submission.unit.code for one in done.returned]) == (("XZ-02",), ["XZ-01", "BM-01"])
    named = back(data, round_, tmp_path / "再退", office, units=("XZ-02",), why="请附佐证")
    assert [(one.submission.unit.code, one.why) for one in named.returned] == [("XZ-02", "请附佐证")]


def _fine_by_rows(round_: Round) -> set[str]:
    units = [one for one in status_of(round_).units if one.in_force is not None and one.check is not None]
    return {one.unit.code for one in units if one.is_fine}


def test_a_return_is_taken_back_until_its_unit_has_sent_again(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    back(data, round_, tmp_path / "退回", office)
    with pytest.raises(RefusedError) as refused:
        take_back(round_, ["XZ-01", "XZ-02"], "退错了", office, NOW)
    assert refused.value.problem.code is Code.R227
    assert states()[1] == ("XZ-01", 2, "returned")  # all or none
    (one,) = take_back(round_, ["XZ-01"], "退错了", office, NOW)
    assert (one.unit.code, one.n, one.state) == ("XZ-01", 2, "received")
    assert leave_of(one.unit, NOW) is None
    assert leave_of(round_.units.get(code="BM-01"), NOW) is not None
    assert [(it.unit and it.unit.code, it.act) for it in Notice.objects.filter(act="returned>received")] == [
        ("XZ-01", "returned>received")
    ]
    path = tmp_path / "改好.xlsx"
    path.write_bytes(answered("BM-01", 3, 4))
    receive_all = list(receive(data, round_, [path], office, NOW, in_this_process))
    assert receive_all[0].submission is not None
    with pytest.raises(RefusedError) as too_late:
        take_back(round_, ["BM-01"], "退错了", office, NOW)
    assert too_late.value.problem.code is Code.R227
    back(data, round_, tmp_path / "再退", office, units=("XZ-01",))
    with pytest.raises(RefusedError) as no_reason:
        take_back(round_, ["XZ-01"], " ", office, NOW)
    assert no_reason.value.problem.code is Code.R214
    assert list(broken_links()) == []


def test_what_was_accepted_goes_back_to_nobody(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    accept(Submission.objects.get(unit__code="BM-01"), 1, office, NOW)
    done = back(data, round_, tmp_path / "退回", office)
    assert [one.submission.unit.code for one in done.returned] == ["XZ-01"]
    with pytest.raises(RefusedError) as refused:
        back(data, round_, tmp_path / "再退", office, units=("BM-01", "XZ-99"))
    assert [one.code for one in refused.value.problems] == [Code.R227, Code.R227]


def test_named_units_alone_with_a_reason_and_a_day(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    until = moment_of(round_, date(2026, 3, 20))
    assert told(until).zh == "2026年3月20日（星期五）17:30"
    assert told(moment_of(round_, datetime.fromisoformat("2026-03-20T12:00"))).zh.endswith("12:00")
    assert told(moment_of(round_, datetime.fromisoformat("2026-03-20T00:00"))).zh.endswith("00:00")  # as it is written
    done = back(data, round_, tmp_path / "退回", office, units=("BM-01",), why=" 数字请写准 ", until=until)
    assert [(one.submission.unit.code, one.why) for one in done.returned] == [("BM-01", "数字请写准")]
    assert done.due == until
    with pytest.raises(RefusedError) as refused:
        back(data, round_, tmp_path / "退回", office, until=NOW)
    assert refused.value.problem.code is Code.R228


def test_within_the_deadline_no_leave_is_needed(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    Round.objects.update(submit_by=NOW + WEEK)
    done = back(data, round_, tmp_path / "退回", office)
    assert done.due == NOW + WEEK
    assert not Leave.objects.exists()


def test_the_day_of_a_return_holds_though_the_round_closes_before_it(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    Round.objects.update(submit_by=NOW + WEEK)
    back(data, round_, tmp_path / "退回", office)
    round_.refresh_from_db()
    move_round(data, round_, RoundState.CLOSED, round_.version, "都已报送", office, NOW)
    assert {one.unit.code: (one.until, one.for_answer) for one in Leave.objects.all()} == dict.fromkeys(
        ("XZ-01", "BM-01"), (NOW + WEEK, True)
    )
    for code, later in (("XZ-01", timedelta(days=2)), ("BM-01", WEEK + timedelta(seconds=1))):
        (tmp_path / f"{code}.xlsx").write_bytes(answered(code, 3, 4))
        (one,) = receive(data, round_, [tmp_path / f"{code}.xlsx"], office, NOW + later, in_this_process)
        if code == "XZ-01":
            assert one.submission is not None
            assert not one.submission.late
        else:
            assert Code.R221 in {problem.code for problem in one.problems}
    assert list(broken_links()) == []


def test_closing_gives_nobody_less_time_than_a_leave_and_none_that_is_over(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    Round.objects.update(submit_by=NOW + WEEK)
    back(data, round_, tmp_path / "退回", office)
    grant_leave(round_, round_.units.get(code="XZ-01"), NOW + 2 * WEEK, "断网", office, NOW)
    round_.refresh_from_db()
    move_round(data, round_, RoundState.CLOSED, round_.version, "", office, NOW)
    assert sorted((one.unit.code, one.until) for one in Leave.objects.all()) == [
        ("BM-01", NOW + WEEK),
        ("XZ-01", NOW + 2 * WEEK),
    ]
    end_leave(round_, round_.units.get(code="BM-01"), "误给", office, NOW + timedelta(days=1))
    keep_days_told(round_, office, NOW + WEEK)
    assert Leave.objects.count() == 3


def test_after_the_round_closed_it_is_due_in_three_working_days(round_: Round) -> None:
    round_.submit_by, round_.state = NOW + WEEK, RoundState.CLOSED.value
    assert due_of(round_, NOW) == THURSDAY


def test_a_copy_that_cannot_be_written_moves_nothing(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    folder = tmp_path / "退回"
    folder.mkdir()
    (folder / "BM-01 教育局.xlsx").write_bytes(b"something else")
    before = states()
    with pytest.raises(CannotWriteError):
        back(data, round_, folder, office)
    assert states() == before
    assert not (folder / "XZ-01 东乡.xlsx").exists()


def _unplugged(*_: object, **__: object) -> None:
    raise CannotWriteError(Problem(Code.O101, TextPlace("退回"), {"found": "没有空间"}))


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("at", ["move", "grant_leave"])
def test_rows_that_are_refused_leave_no_copy(
    data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Of the second unit: neither is the first one returned."""
    before, events, asked = states(), Event.objects.count(), []
    real = getattr(returning, at)

    def second(*given: Any, **named: Any) -> object:
        asked.append(given)
        if len(asked) == 2:
            raise OperationalError("database or disk is full")
        return real(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(returning, at, second)
        with pytest.raises(OperationalError):
            back(data, round_, tmp_path / "退回", office)
    assert (states(), Event.objects.count(), Leave.objects.count()) == (before, events, 0)
    assert not (tmp_path / "退回").exists() or list((tmp_path / "退回").iterdir()) == []
    assert len(back(data, round_, tmp_path / "退回", office).returned) == 2


@pytest.mark.parametrize("fault", [_unplugged, _killed])
def test_copies_that_cannot_appear_are_made_by_the_same_once_more(
    data: Data,
    round_: Round,
    office: Seat,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[..., None],
) -> None:
    """The round knows of what may be handed out, never the other way round; and it says what is lacking."""
    with monkeypatch.context() as patch:
        patch.setattr(Batch, "move", fault)
        with pytest.raises((CannotWriteError, KeyboardInterrupt)) as raised:
            back(data, round_, tmp_path / "退回", office)
    if isinstance(raised.value, CannotWriteError):
        assert [one.code for one in raised.value.problems] == [Code.O101, Code.R229]
        assert raised.value.problems[1].values == {"n": 2, "units": ("XZ-01", "BM-01")}
    assert [state for _, _, state in states()] == ["received", "returned", "received", "returned"]
    assert not (tmp_path / "退回").exists() or list((tmp_path / "退回").iterdir()) == []
    events = Event.objects.count()
    again = back(data, round_, tmp_path / "退回", office)
    assert [one.is_moved for one in again.returned] == [False, False]
    assert all(one.copy.exists() for one in again.returned)
    assert Event.objects.count() == events


def test_what_somebody_moved_meanwhile_is_told_and_the_others_go_back(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    other = Submission.objects.get(unit__code="BM-01")

    def meanwhile(items: object, what: str) -> object:
        accept(other, 1, office, NOW)
        return items

    done = back(data, round_, tmp_path / "退回", office, watch=meanwhile)
    assert [one.code for one in done.problems] == [Code.R212]
    assert [one.submission.unit.code for one in done.returned] == ["XZ-01"]
    assert [path.name for path in (tmp_path / "退回").iterdir()] == ["XZ-01 东乡.xlsx"]  # no copy of what is accepted
    assert not Leave.objects.filter(unit=other.unit).exists()


def test_the_register_says_how_each_version_came(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    Submission.objects.filter(unit__code="XZ-02").update(late=True)
    back(data, round_, tmp_path / "退回", office)
    register = register_of_round(data, round_, in_this_process)
    assert [line.state for line in register.lines] == [State.BLANKS, State.ACCEPTABLE, State.ERRORS]
    path = tmp_path / "登记.xlsx"
    with pipeline.batch(overwrite=False) as together:
        assert pipeline.write_register(register, path, Language.ZH, together) is None
    rows = list(openpyxl.load_workbook(path)["报送情况"].iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if row[0] == "单位编码")
    lines = {str(row[0]): dict(zip(map(str, rows[at]), row, strict=True)) for row in rows[at + 1 :] if row[0]}
    first = lines["XZ-01"]
    assert first["采用的文件"] == "报送1.xlsx"
    kept = data.store.path(Submission.objects.get(unit__code="XZ-01", n=1).file.sha256)
    saved = datetime.fromisoformat(saved_of(kept)).astimezone(ZONE)  # as of the one that counts, not when it came
    assert first["未采用的文件"] == f"报送0.xlsx（{saved:%Y-%m-%d %H:%M:%S}）"
    assert (first["收到份数"], first["未填项"], first["第几次报送"]) == (2, 1, "2")
    assert first["回执号"] == "county-2026/XZ-01/2"
    assert first["收到时间"] == "2026年3月2日（星期一）09:30"
    assert (first["逾期"], first["办理状态"]) == ("—", "退回")
    assert (lines["XZ-02"]["逾期"], lines["XZ-02"]["核对结果"]) == ("逾期（经批准）", "可受理")
    assert lines["BM-01"]["核对结果"] == "有错误"


def test_a_unit_of_which_nothing_counts_has_no_receipt_in_the_register(data: Data, round_: Round) -> None:
    Submission.objects.filter(unit__code="BM-01").update(state=SubmissionState.WITHDRAWN.value)
    register = register_of_round(data, round_, in_this_process)
    line = next(line for line in register.lines if line.unit.code == "BM-01")
    assert (line.in_force, line.versions) == (None, 1)
    assert register.arrivals is not None
    assert "BM-01" not in register.arrivals


def test_what_cannot_be_read_any_more_is_told(data: Data, round_: Round) -> None:
    """A round whose tree this version of the program finds fault with, or whose files are gone."""
    assert [unit.code for unit in scheme_of(data, round_).units] == ["XZ-01", "XZ-02", "BM-01"]
    data.store.path(round_.roster.sha256).unlink()
    with pytest.raises(RefusedError) as refused:
        scheme_of(data, round_)
    assert refused.value.problem.code is Code.R205


def test_what_no_workbook_is_stands_among_the_versions_that_do_not_count(data: Data, round_: Round) -> None:
    """A later version of the program may refuse what an earlier one read."""
    a_row(data, round_, "BM-01", 2)  # its file is no workbook
    register = register_of_round(data, round_, in_this_process)
    line = next(line for line in register.lines if line.unit.code == "BM-01")
    assert (line.in_force, [one.place.path for one in line.others]) == (None, ["报送3.xlsx", "BM-01.xlsx"])
