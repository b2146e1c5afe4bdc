"""What units send: one row, one receipt and one page a try; every other file has an outcome that is said.

Reaches ``rounds/sent_checked.py`` and ``rounds/sendable.py``.
"""

import errno
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import races
from calls import run as run_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from round_books import answered, of_another_tree, saved
from round_made import NOW, FailingDisk, a_seat, given, make_round, unproved
from sheets import a_workbook

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import CellPlace, Problem, RefusedError
from lawgov_score.processes import Lost, LostReason
from lawgov_score.report import render
from lawgov_score.rounds import receiving
from lawgov_score.rounds.allowed import hold_for
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.events import broken_links, record
from lawgov_score.rounds.kept import keep, read
from lawgov_score.rounds.leaves import end_leave, grant_leave, leave_of
from lawgov_score.rounds.models import Event, File, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import FileKind, Role, RoundState, SubmissionState
from lawgov_score.rounds.receipts import check_receipt
from lawgov_score.rounds.receiving import Fate, Outcome, accept, receive, withdraw
from lawgov_score.rounds.sendable import Orders
from lawgov_score.rounds.states import move, release
from lawgov_score.rounds.status import doubted_of, reasons_of, status_of
from lawgov_score.rounds.store import sha256_of
from lawgov_score.two_languages import problem_in
from lawgov_score.wording import Language
from lawgov_score.workbook.package import opened as opened_workbooks
from lawgov_score.workbook.submission import intake
from lawgov_score.workbook.submission.reader import InputFile, Reader, Run, in_this_process

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def fixture_open_round(round_: Round, office: Seat) -> None:
    """Every round here is open for a week."""
    move(round_, RoundState.OPEN, 1, office, "", NOW, also={"submit_by": NOW + WEEK})


def a_head(round_: Round, unit: Unit) -> Seat:
    """The seat of a unit's head, with the event that it was made by."""
    with transaction.atomic():
        seat = a_seat(round_, Role.HEAD, unit)
        record("grant", seat, None, NOW, rows=[seat.person])
    return seat


def sent(folder: Path, name: str, content: bytes) -> Path:
    """A file as it lies in the folder of what came."""
    path = folder / "sent" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def took(
    data: Data,
    round_: Round,
    office: Seat,
    *paths: Path,
    later: timedelta = timedelta(),
    run: Run = in_this_process,
    orders: Orders = Orders(),  # noqa: B008  # it is frozen
) -> list[Outcome]:
    """All outcomes; the chain is whole afterwards."""
    round_.refresh_from_db()
    outcomes = list(receive(data, round_, paths, office, NOW + later, run, orders=orders))
    assert unproved() == []
    return outcomes


def place_path(problem: Problem) -> str:
    assert isinstance(problem.place, CellPlace)
    return problem.place.path


def codes(outcome: Outcome) -> set[Code]:
    return {problem.code for problem in outcome.problems}


def test_a_try_is_a_row_a_receipt_and_a_page(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    path = sent(tmp_path, "东乡报送.xlsx", answered("XZ-01", 3, 4))
    before = path.stat()
    (outcome,) = took(data, round_, office, path)
    assert (outcome.fate, outcome.path, outcome.problems) == (Fate.RECEIVED, path.as_posix(), ())
    row = outcome.submission
    assert row is not None
    assert (row.unit.code, row.n, row.name, row.state) == ("XZ-01", 1, "东乡报送.xlsx", "received")
    assert (row.errors, row.warnings, row.blanks, row.problems, row.late) == (0, 0, 0, [], False)
    assert read(data, row.file) == path.read_bytes()
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    receipt = check_receipt(row.receipt)
    assert receipt.holds
    assert receipt.facts["单位"] == "XZ-01 东乡"
    assert receipt.facts["回执号"] == "county-2026/XZ-01/1"
    assert receipt.facts["文件指纹"] == row.file.sha256
    assert receipt.facts["收到时间"] == "2026年3月2日（星期一）09:30"
    page = read(data, row.page).decode() if row.page else ""
    assert row.receipt.splitlines()[-1] in page
    assert "<td>01-1</td><td>回复率</td><td>回复件数</td><td>3</td>" in page
    event = json.loads(Event.objects.order_by("-seq")[0].body)
    assert (event["act"], event["object"]) == ("receive", "submission XZ-01/1")
    assert event["after"]["sha256"] == row.file.sha256
    assert event["after"]["receipt"] == sha256_of(row.receipt.encode())
    prev = Event.objects.get(seq=event["seq"] - 1)
    assert receipt.facts["此前登记"] == f"{prev.seq} {prev.hash}"


def test_files_that_come_together_ask_the_database_no_more_than_one(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    def queries(*units: str) -> int:
        paths = [sent(tmp_path, f"{unit}-{len(units)}.xlsx", answered(unit, 9, len(units))) for unit in units]
        with CaptureQueriesContext(connection) as captured:
            outcomes = list(receive(data, round_, paths, office, NOW, in_this_process))
        assert [one.fate for one in outcomes] == [Fate.RECEIVED] * len(units)
        return len(captured)

    assert queries("XZ-01") == queries("XZ-01", "XZ-02", "BM-01")
    assert unproved() == []


def test_what_is_recorded_is_what_check_says_of_the_file_alone(
    data: Data, round_: Round, office: Seat, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever else came with it: here a unit whose figures agree, and others that make one of them look far off."""
    tree, roster = given(tmp_path)
    paths = [
        sent(tmp_path, "a.xlsx", answered("XZ-01", "约3", None)),
        sent(tmp_path, "b.xlsx", answered("XZ-02", 5, 4)),  # more answered than received
        sent(tmp_path, "教育局.xlsx", answered("BM-01", 5, 4)),
    ]
    outcomes = took(data, round_, office, *paths)
    assert [one.fate for one in outcomes] == [Fate.RECEIVED] * 3
    for outcome, path in zip(outcomes, paths, strict=True):
        row = outcome.submission
        assert row is not None
        for lang in Language:
            said = ("--format", "json", "--lang", lang.value)
            run_command("check", str(tree), str(path), "--roster", str(roster), *said)
            alone = [one for one in json.loads(capsys.readouterr().out) if one["path"] == path.as_posix()]
            assert alone
            assert [problem_in(one, lang) for one in row.problems] == [{**one, "path": path.name} for one in alone]
        assert row.errors == sum(one["severity"] == "error" for one in alone)
        assert row.warnings == sum(one["severity"] == "warning" for one in alone)
    assert [one.submission.blanks for one in outcomes if one.submission] == [1, 0, 0]
    assert any(one.submission.problems for one in outcomes if one.submission)


def test_the_same_file_is_no_second_row(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    content = answered("XZ-01", 3, 4)
    first, second = sent(tmp_path, "a.xlsx", content), sent(tmp_path, "a (1).xlsx", content)
    outcomes = took(data, round_, office, first, second, first)  # named twice, it is read once
    assert [(one.fate, one.submission and one.submission.n) for one in outcomes] == [(Fate.RECEIVED, 1), (Fate.SAME, 1)]
    assert codes(outcomes[1]) == {Code.R223}
    (again,) = took(data, round_, office, second)
    assert again.fate is Fate.SAME
    late = took(data, round_, office, first, later=2 * WEEK)
    assert [one.fate for one in late] == [Fate.SAME]  # nothing new came, so nothing is late
    assert Submission.objects.count() == 1


def at(minute: int, unit: str, done: int) -> bytes:
    """A workbook of a unit that was saved at this minute."""
    return saved(answered(unit, done, 9), f"2026-03-01T08:{minute:02}:00Z")


def in_force() -> dict[str, str]:
    """The name of the version in force of each unit that has one."""
    return {one.unit.code: one.in_force.name for one in status_of(the_round()).units if one.in_force is not None}


@pytest.mark.parametrize("most", [200, 2])
def test_of_several_files_of_a_unit_the_one_saved_last_counts_whatever_they_are_called(
    data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Mail and browsers call a later one ``x(1).xlsx``, which stands before ``x.xlsx``; in however many lots."""
    monkeypatch.setattr(receiving, "_AT_ONCE", most)
    monkeypatch.setattr(receiving, "_TOGETHER", 1)
    files = {"a(1).xlsx": (3, "XZ-01"), "a.xlsx": (1, "XZ-01"), "m.xlsx": (0, "XZ-02"), "z.xlsx": (2, "XZ-01")}
    for i, (name, (minute, unit)) in enumerate(files.items()):
        sent(tmp_path, name, at(minute, unit, i))
    outcomes = took(data, round_, office, tmp_path / "sent")
    rows = {one.submission.name: one.submission for one in outcomes if one.submission is not None}
    assert {name: (row.unit.code, row.n) for name, row in rows.items()} == {
        "a.xlsx": ("XZ-01", 1),
        "z.xlsx": ("XZ-01", 2),
        "a(1).xlsx": ("XZ-01", 3),
        "m.xlsx": ("XZ-02", 1),
    }
    assert all(row.problems == [] for row in rows.values())  # several tries are no mistake
    assert all(one.problems == () for one in outcomes)
    assert File.objects.filter(kind=FileKind.SUBMISSION.value).count() == 4


@pytest.mark.parametrize("times", [(5, 5), (None, 5), (None, None)])
def test_where_nothing_says_which_is_the_latest_it_is_said_which_counts(
    data: Data, round_: Round, office: Seat, tmp_path: Path, times: tuple[int | None, int | None]
) -> None:
    for name, minute, done in zip(("a.xlsx", "b.xlsx"), times, (1, 2), strict=True):
        content = answered("XZ-01", done, 9)
        sent(tmp_path, name, saved(content, "" if minute is None else f"2026-03-01T08:{minute:02}:00Z"))
    first, second = took(data, round_, office, tmp_path / "sent")
    assert (first.problems, codes(second)) == ((), {Code.R292})
    assert in_force() == {"XZ-01": "b.xlsx"}
    (doubt,) = second.problems
    assert [str(one) for one in doubt.values["files"]] != []  # type: ignore[attr-defined]
    (again,) = took(data, round_, office, tmp_path / "sent" / "a.xlsx", orders=Orders(is_again=True))
    assert (again.fate, again.problems, in_force()) == (Fate.RECEIVED, (), {"XZ-01": "a.xlsx"})


def test_copies_of_one_file_raise_no_doubt(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        sent(tmp_path, name, at(1, "XZ-01", 1))
    outcomes = took(data, round_, office, tmp_path / "sent")
    assert [codes(one) for one in outcomes] == [set(), {Code.R223}]


def test_an_older_file_that_comes_later_counts_and_is_said(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    older, newer = sent(tmp_path, "a.xlsx", at(1, "XZ-01", 1)), sent(tmp_path, "b.xlsx", at(2, "XZ-01", 2))
    (first,) = took(data, round_, office, newer)
    assert codes(first) == set()
    (second,) = took(data, round_, office, older)
    assert (second.fate, codes(second), in_force()) == (Fate.RECEIVED, {Code.R293}, {"XZ-01": "a.xlsx"})


def test_a_folder_that_is_received_again_changes_nothing_whatever_came_since(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    """An earlier try, one that was returned, one that was withdrawn: none of them comes back by itself."""
    for name, unit in (("a.xlsx", "XZ-01"), ("b.xlsx", "XZ-02"), ("c.xlsx", "BM-01")):
        sent(tmp_path, name, at(1, unit, 1))
    first = took(data, round_, office, tmp_path / "sent")
    corrected = tmp_path / "b.xlsx"
    corrected.write_bytes(at(2, "XZ-02", 2))
    took(data, round_, office, corrected)
    town, bureau = first[0].submission, first[2].submission
    assert town is not None
    assert bureau is not None
    move(town, SubmissionState.RETURNED, 1, office, "请核实", NOW)
    withdraw(bureau, 1, a_head(round_, bureau.unit), "填错", NOW)
    rows, events = Submission.objects.count(), Event.objects.count()
    again = took(data, round_, office, tmp_path / "sent")
    assert [one.fate for one in again] == [Fate.SAME] * 3
    assert [codes(one) for one in again] == [{Code.R226}, {Code.R290}, {Code.R290}]
    assert (Submission.objects.count(), Event.objects.count()) == (rows, events)
    assert in_force() == {"XZ-01": "a.xlsx", "XZ-02": "b.xlsx"}
    ordered = took(data, round_, office, tmp_path / "sent", orders=Orders(is_again=True))
    assert [one.fate for one in ordered] == [Fate.RECEIVED] * 3
    assert [one.instead_of and one.instead_of.n for one in ordered] == [1, 2, None]
    assert [one.submission and one.submission.n for one in ordered] == [2, 3, 2]
    once_more = took(data, round_, office, tmp_path / "sent", orders=Orders(is_again=True))
    assert [codes(one) for one in once_more] == [{Code.R223}] * 3  # what counts is received once, however often


def test_one_bad_file_stops_no_other(
    data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No workbook, a bomb, another tree's, a stranger's, a table: said, remembered, and nothing of them is kept."""
    monkeypatch.setattr(receiving, "_AT_ONCE", 2)
    good = answered("XZ-01", 3, 4)
    table = a_workbook(tmp_path / "table.xlsx", {"数据": "unit | 01-1.done\nXZ-01 | 1\nXZ-02 | 1"}).read_bytes()
    bad = {
        "a.xlsx": (b"no workbook", Code.S103),
        "b.xlsx": (good[: len(good) // 2], Code.S106),
        "c.xlsx": (of_another_tree("XZ-02", "code: county", "code: other"), Code.S108),
        "d.xlsx": (of_another_tree("XZ-09", "", "", roster="XZ-09,北乡,town\n"), Code.S111),
        "e.xlsx": (table, Code.R225),
        "f.csv": (b"unit,01-1.done\nXZ-02,1\n", Code.R225),
    }
    paths = [sent(tmp_path, name, content) for name, (content, _) in bad.items()]
    paths += [tmp_path / "sent" / "missing.xlsx", sent(tmp_path, "z.xlsx", good)]
    outcomes = took(data, round_, office, *paths)
    by_name = {Path(one.path).name: one for one in outcomes}
    assert {name: one.fate for name, one in by_name.items() if one.fate is not Fate.REFUSED} == {
        "z.xlsx": Fate.RECEIVED
    }
    assert len(outcomes) == 8
    for name, (_, expected) in bad.items():
        assert expected in codes(by_name[name]), name
        assert all(place_path(one) == by_name[name].path for one in by_name[name].problems)
    assert codes(by_name["missing.xlsx"]) == {Code.S101}
    refused = [json.loads(one.body)["after"] for one in Event.objects.filter(act="refuse").order_by("seq")]
    assert sorted((one["name"], one["sha256"]) for one in refused) == [
        (name, sha256_of(content)) for name, (content, _) in bad.items()
    ]
    assert [(one.name, one.codes) for one in status_of(round_).refused if one.name == "f.csv"] == [("f.csv", ("R225",))]
    assert not any(data.store.has(one["sha256"]) for one in refused)


def test_whatever_came_and_was_not_received_is_listed(
    data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table, an archive, empty files of two units, a temporary file, one too large; not what lies beside others."""
    for module in (intake, opened_workbooks):
        monkeypatch.setattr(module, "MOST_BYTES", 100)
    given = {
        "甲.csv": b"unit",
        "乙.zip": b"PK",
        "丙.xlsx": b"",
        "丁.xlsx": b"",
        "~$戊.xlsx": b"lock",
        "己.xlsx": b"x" * 101,
    }
    outcomes = took(data, round_, office, *(sent(tmp_path, name, content) for name, content in given.items()))
    assert {one.fate for one in outcomes} == {Fate.REFUSED}
    assert sorted(one.name for one in status_of(round_).refused) == sorted(given)
    events = Event.objects.count()
    again = Orders(since=NOW - WEEK)
    took(data, round_, office, *((tmp_path / "sent" / name) for name in given), orders=again)  # once broken off
    assert Event.objects.count() == events
    folder = tmp_path / "sent" / "folder"
    folder.mkdir()
    (folder / "说明.docx").write_bytes(b"PK")
    (outcome, *_) = took(data, round_, office, folder)
    assert (outcome.fate, codes(outcome)) == (Fate.REFUSED, {Code.S129})
    assert Event.objects.count() == events


def test_a_refused_file_is_listed_with_all_figures_of_its_reason(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    (first,) = took(data, round_, office, sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4)))
    assert first.submission is not None
    accept(first.submission, 1, office, NOW)
    took(data, round_, office, sent(tmp_path, "b.xlsx", answered("XZ-01", 4, 4)))
    (one,) = status_of(round_).refused
    assert [render(why, Language.ZH) for why in reasons_of(one)] == ["东乡（XZ-01）的第 1 次报送已经受理，未收新的"]


def test_a_workbook_of_an_earlier_edition_is_read_question_by_question_and_said(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    path = sent(tmp_path, "a.xlsx", of_another_tree("XZ-01", '"2026"', '"2025"'))
    (outcome,) = took(data, round_, office, path)
    assert (outcome.fate, codes(outcome)) == (Fate.RECEIVED, {Code.S143})


def test_a_workbook_of_another_year_is_refused_unless_an_exception_says_why(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    """Though every question means the same, and though it was saved today: it is last year's answers all the same."""
    old = of_another_tree("XZ-01", 'edition: "2026"\nyear: 2026', 'edition: "2025"\nyear: 2025')
    path = sent(tmp_path, "a.xlsx", saved(old, "2026-12-01T08:00:00Z"))
    (refused,) = took(data, round_, office, path)
    assert (refused.fate, codes(refused)) == (Fate.REFUSED, {Code.R291})
    assert not Submission.objects.exists()
    (taken,) = took(data, round_, office, path, orders=Orders(exception="表印错了年度"))
    assert (taken.fate, codes(taken)) == (Fate.RECEIVED, {Code.S143})
    said = json.loads(Event.objects.order_by("-seq")[0].body)
    assert (said["act"], said["reason"]) == ("receive", "表印错了年度")


def test_nor_one_of_another_year_of_a_tree_that_says_the_same(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    old = of_another_tree("XZ-01", "", "", roster_text="unit,name,type,year\nXZ-01,东乡,town,2025\n")
    (refused,) = took(data, round_, office, sent(tmp_path, "a.xlsx", saved(old, "2026-12-01T08:00:00Z")))
    assert (refused.fate, codes(refused)) == (Fate.REFUSED, {Code.R291})


def test_what_hangs_or_crashes_its_reader_is_refused_and_stops_no_other(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    def crashing(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
        for file in files:
            yield Lost(LostReason.CRASHED, "") if file.path.name == "a.xlsx" else reader(file)

    paths = [sent(tmp_path, "a.xlsx", answered("XZ-02", 1, 4)), sent(tmp_path, "b.xlsx", answered("XZ-01", 3, 4))]
    outcomes = took(data, round_, office, *paths, run=crashing)
    assert [(one.fate, codes(one)) for one in outcomes] == [(Fate.REFUSED, {Code.S150}), (Fate.RECEIVED, set())]


def test_a_file_that_changes_while_it_is_received_is_refused(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    for change, code in ((lambda path: path.write_bytes(b"else"), Code.R224), (Path.unlink, Code.S101)):

        def changing(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
            results = [reader(file) for file in files]
            for file in files:
                change(file.path)  # noqa: B023  # called within this turn
            return iter(results)

        path = sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4))
        (outcome,) = took(data, round_, office, path, run=changing)
        assert (outcome.fate, codes(outcome)) == (Fate.REFUSED, {code})
    assert not Submission.objects.exists()


# ------------------------------------------------------------ when


def test_nothing_is_received_before_the_round_is_open(
    data: Data, round_: Round, office: Seat, leader: Seat, tmp_path: Path
) -> None:
    release(round_, RoundState.PREPARING, 2, leader, "", NOW)
    move(round_, RoundState.PREPARING, 2, office, "改名册", NOW)
    grant_leave(round_, round_.units.get(code="XZ-01"), NOW + WEEK, "先报", office, NOW)
    with pytest.raises(RefusedError) as refused:
        took(data, round_, office, sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4)))
    assert refused.value.problem.code is Code.R220


def test_after_the_deadline_only_with_a_leave_and_until_it_ends(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    paths = [sent(tmp_path, f"{code}.xlsx", answered(code, 3, 4)) for code in ("XZ-01", "XZ-02")]
    grant_leave(round_, round_.units.get(code="XZ-02"), NOW + WEEK * 2, "断网", office, NOW)
    for closed in (False, True):  # the deadline alone has passed; then the round is closed as well
        if closed:
            move(round_, RoundState.CLOSED, 2, office, "", NOW + WEEK)
            paths[1] = sent(tmp_path, "XZ-02.xlsx", answered("XZ-02", 2, 4))
        outcomes = took(data, round_, office, *paths, later=WEEK + timedelta(seconds=1))
        assert [one.fate for one in outcomes] == [Fate.REFUSED, Fate.RECEIVED]
        assert codes(outcomes[0]) == {Code.R221}
        late = outcomes[1].submission
        assert late is not None
        assert late.late
        assert check_receipt(late.receipt).facts["逾期"] == "是（经批准）"
    changed = sent(tmp_path, "again.xlsx", answered("XZ-02", 1, 4))
    (over,) = took(data, round_, office, changed, later=WEEK * 2 + timedelta(seconds=1))
    assert codes(over) == {Code.R221}


def test_to_the_second_of_the_deadline_is_in_time(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    (outcome,) = took(data, round_, office, sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4)), later=WEEK)
    assert outcome.submission is not None
    assert not outcome.submission.late


def test_what_comes_within_the_deadline_that_was_told_is_not_late_nor_what_corrects_it(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    """The round closed early; then, after the deadline, the office lets correct what it had accepted."""
    grant_leave(round_, round_.units.get(code="XZ-01"), NOW + WEEK, "提前截止", office, NOW)
    move(round_, RoundState.CLOSED, 2, office, "", NOW)
    (early,) = took(data, round_, office, sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4)), later=WEEK)
    assert early.submission is not None
    assert not early.submission.late
    accept(early.submission, 1, office, NOW + WEEK)
    grant_leave(round_, early.submission.unit, NOW + 3 * WEEK, "数据更正", office, NOW + WEEK)
    (again,) = took(data, round_, office, sent(tmp_path, "b.xlsx", answered("XZ-01", 2, 4)), later=2 * WEEK)
    assert again.submission is not None
    assert (again.submission.n, again.submission.late) == (2, False)


def test_after_acceptance_only_with_a_leave(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    first, second = (sent(tmp_path, f"{i}.xlsx", answered("XZ-01", i, 4)) for i in (3, 4))
    (outcome,) = took(data, round_, office, first)
    assert outcome.submission is not None
    accept(outcome.submission, 1, office, NOW)
    assert outcome.submission.state == SubmissionState.ACCEPTED
    (refused,) = took(data, round_, office, second)
    assert codes(refused) == {Code.R222}
    grant_leave(round_, outcome.submission.unit, NOW + WEEK, "数据更正", office, NOW)
    (again,) = took(data, round_, office, second)
    assert again.submission is not None
    assert (again.submission.n, again.submission.state, again.submission.late) == (2, "received", False)


def test_a_unit_withdraws_what_is_not_accepted_and_may_send_the_same_again(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    path = sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4))
    (outcome,) = took(data, round_, office, path)
    row = outcome.submission
    assert row is not None
    with pytest.raises(RefusedError) as refused:
        withdraw(row, 1, office, "", NOW)
    assert refused.value.problem.code is Code.R213  # the office returns; withdrawing is the unit's
    withdraw(row, 1, a_head(round_, row.unit), "填错", NOW)
    assert status_of(round_).units[0].state is SubmissionState.WITHDRAWN
    (again,) = took(data, round_, office, path, orders=Orders(is_again=True))
    assert again.submission is not None
    assert (again.fate, again.submission.n) == (Fate.RECEIVED, 2)
    accept(again.submission, 1, office, NOW)
    with pytest.raises(RefusedError) as too_late:
        withdraw(again.submission, 2, a_head(round_, row.unit), "填错", NOW)
    assert too_late.value.problem.code is Code.R211


def test_what_was_returned_and_comes_back_as_it_was_is_received_where_the_office_says_so(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    path = sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4))
    (outcome,) = took(data, round_, office, path)
    assert outcome.submission is not None
    move(outcome.submission, SubmissionState.RETURNED, 1, office, "请核实", NOW)
    (same,) = took(data, round_, office, path)
    assert (same.fate, codes(same)) == (Fate.SAME, {Code.R226})
    (again,) = took(data, round_, office, path, orders=Orders(is_again=True))
    assert (again.fate, again.problems) == (Fate.RECEIVED, ())
    assert again.submission is not None
    assert (again.submission.n, again.submission.state) == (2, "received")


def test_a_leave_ends_with_what_it_was_given_for(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    """What a return asks for is one answer, in however many files; what the office grants, until it is accepted."""
    files = [sent(tmp_path, f"{i}.xlsx", at(i, "XZ-01", i)) for i in range(8)]
    (first,) = took(data, round_, office, files[0])
    row = first.submission
    assert row is not None
    grant_leave(round_, row.unit, NOW + WEEK * 3, "补正", office, NOW, for_answer=True)
    late = WEEK + timedelta(days=1)
    answers = took(data, round_, office, files[1], files[2], later=late)
    assert [one.fate for one in answers] == [Fate.RECEIVED] * 2
    (over,) = took(data, round_, office, files[3], later=late)
    assert codes(over) == {Code.R221}
    withdraw(answers[1].submission, 1, a_head(round_, row.unit), "填错", NOW)  # type: ignore[arg-type]
    assert leave_of(row.unit, NOW + late) is None  # the answer before it still stands
    grant_leave(round_, row.unit, NOW + WEEK * 3, "更正", office, NOW)
    for file in files[3:5]:
        (granted,) = took(data, round_, office, file, later=late)
        assert granted.fate is Fate.RECEIVED
    assert granted.submission is not None
    accept(granted.submission, 1, office, NOW)
    (after,) = took(data, round_, office, files[5], later=late)
    assert codes(after) == {Code.R222}  # and not only that it is late
    grant_leave(round_, row.unit, NOW + WEEK * 3, "再更正", office, NOW)
    grant_leave(round_, row.unit, NOW + WEEK, "只到这一天", office, NOW)  # the last one counts, though it is shorter
    (short,) = took(data, round_, office, files[5], later=late)
    assert codes(short) == {Code.R222}
    grant_leave(round_, row.unit, NOW + WEEK * 3, "再更正", office, NOW)
    assert end_leave(round_, row.unit, "给错了单位", office, NOW) is not None
    assert end_leave(round_, row.unit, "给错了单位", office, NOW) is None
    (ended,) = took(data, round_, office, files[5], later=late)
    assert codes(ended) == {Code.R222}


def test_an_answer_to_a_return_within_its_time_is_not_late(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    """Time that came with a return is no exception; what the office grants after the deadline is one."""
    (first,) = took(data, round_, office, sent(tmp_path, "a.xlsx", at(1, "XZ-01", 1)))
    assert first.submission is not None
    unit, late = first.submission.unit, WEEK + timedelta(days=1)
    grant_leave(round_, unit, NOW + WEEK * 2, "补正", office, NOW, for_answer=True)
    files = [sent(tmp_path, f"{n}.xlsx", at(n, "XZ-01", n)) for n in (2, 3)]
    for answer in took(data, round_, office, *files, later=late):
        assert answer.submission is not None
        assert (answer.submission.late, check_receipt(answer.submission.receipt).facts["逾期"]) == (False, "否")
    grant_leave(round_, unit, NOW + WEEK * 2, "又要改", office, NOW + late)
    (granted,) = took(data, round_, office, sent(tmp_path, "c.xlsx", at(4, "XZ-01", 4)), later=late)
    assert granted.submission is not None
    assert granted.submission.late


def test_a_file_called_by_another_unit_is_said(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    cases: tuple[tuple[str, set[Code]], ...] = (
        ("西乡报送.xlsx", {Code.R294}),
        ("西乡.xlsx", {Code.R294}),  # said once, though `check` doubts that name too
        ("东乡和西乡.xlsx", set()),
        ("报送.xlsx", set()),
    )
    for n, (name, expected) in enumerate(cases):
        (outcome,) = took(data, round_, office, sent(tmp_path, name, at(n, "XZ-01", n)))
        assert codes(outcome) == expected
        assert (outcome.submission and outcome.submission.pk in doubted_of(round_)) == bool(codes(outcome))


def test_after_acceptance_a_return_lets_nobody_send_any_more(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    """Returned, answered, accepted: whatever the day that the return gave, the round has its answer."""
    (first,) = took(data, round_, office, sent(tmp_path, "a.xlsx", at(1, "XZ-01", 1)))
    assert first.submission is not None
    grant_leave(round_, first.submission.unit, NOW + WEEK, "补正", office, NOW, for_answer=True)
    (answer,) = took(data, round_, office, sent(tmp_path, "b.xlsx", at(2, "XZ-01", 2)))
    assert answer.submission is not None
    accept(answer.submission, 1, office, NOW)
    (refused,) = took(data, round_, office, sent(tmp_path, "c.xlsx", at(3, "XZ-01", 3)))
    assert codes(refused) == {Code.R222}


# ------------------------------------------------------------ at once, and when the disk fails


def test_several_who_receive_at_once_get_numbers_of_their_own(data: Data, tmp_path: Path) -> None:
    races.many_tries(data, tmp_path)


def test_whatever_step_of_the_disk_fails_nothing_is_half_done(tmp_path: Path) -> None:
    """No receipt without its file, its row and its event; the next try finds everything as if nothing had been."""
    path = sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4))

    def do(name: str, disk: FailingDisk) -> None:
        with opened(make_round(tmp_path, name), disk=disk) as data:
            round_ = the_round()
            move(round_, RoundState.OPEN, 1, seat_of(Role.OFFICE), "", NOW)
            disk.steps.clear()
            events = Event.objects.count()
            try:
                took(data, round_, seat_of(Role.OFFICE), path)
            except CannotWriteError:
                assert not Submission.objects.exists()
                assert Event.objects.count() == events
            (outcome,) = took(Data(data.folder), round_, seat_of(Role.OFFICE), path)
            row = Submission.objects.get()
            assert outcome.submission == row
            assert row.page is not None
            assert all(data.store.fault(one.sha256) is None for one in File.objects.all())
            assert list(broken_links()) == []

    whole = FailingDisk(0, errno.ENOSPC)
    do("whole", whole)
    steps = len(whole.steps)
    assert steps >= 6  # the workbook and the page, each written, synced and renamed at least
    for at in range(1, steps + 1):
        do(f"at-{at}", FailingDisk(at))


def before_it_holds(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Does it between reading and keeping."""

    def held(*words: Any) -> None:
        do()
        hold_for(*words)

    monkeypatch.setattr(receiving, "hold_for", held)


def test_what_is_returned_between_reading_and_keeping_is_received_as_ordered(
    data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was what is in force already; then that was returned, and the office had ordered it once more."""
    path = sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4))
    (first,) = took(data, round_, office, path)
    row = first.submission
    assert row is not None
    before_it_holds(monkeypatch, lambda: move(row, SubmissionState.RETURNED, 1, office, "缺页", NOW))
    (outcome,) = took(data, round_, office, path, orders=Orders(is_again=True))
    assert (outcome.fate, codes(outcome)) == (Fate.RECEIVED, set())
    monkeypatch.undo()
    (again,) = took(data, round_, office, path, orders=Orders(is_again=True))
    assert again.fate is Fate.SAME


def test_a_round_that_closes_while_files_are_read_receives_them_no_more(
    data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4))
    other = Round.objects.get()
    before_it_holds(monkeypatch, lambda: move(other, RoundState.CLOSED, 2, office, "", NOW))
    (outcome,) = took(data, round_, office, path)
    assert (outcome.fate, codes(outcome)) == (Fate.REFUSED, {Code.R221})
    assert not Submission.objects.exists()


def test_a_tree_that_is_amended_while_files_are_read_was_not_the_one_they_were_checked_by(
    data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sent(tmp_path, "a.xlsx", answered("XZ-01", 3, 4))
    other = keep(data, b"{}", "tree", FileKind.FOLDER, NOW)
    before_it_holds(monkeypatch, lambda: Round.objects.update(tree=other))
    (outcome,) = took(data, round_, office, path)
    assert (outcome.fate, codes(outcome)) == (Fate.REFUSED, {Code.R224})
    assert not Submission.objects.exists()


def test_the_head_of_a_unit_sends_what_is_the_units_own(data: Data, round_: Round, tmp_path: Path) -> None:
    head = a_head(round_, round_.units.get(code="XZ-01"))
    paths = [sent(tmp_path, f"{code}.xlsx", answered(code, 3, 4)) for code in ("XZ-01", "XZ-02")]
    outcomes = took(data, round_, head, *paths)
    assert [one.fate for one in outcomes] == [Fate.RECEIVED, Fate.REFUSED]
    assert codes(outcomes[1]) == {Code.R213}
    assert [one.unit.code for one in Submission.objects.all()] == ["XZ-01"]


def test_a_form_in_which_nothing_is_filled_in_is_received_and_said_to_be_empty(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    """It counts instead of what came before: a clerk must see that."""
    for name, content, expected in (
        ("填好.xlsx", answered("XZ-01", 3, 4), set()),
        ("空表.xlsx", answered("XZ-01", None, None), {Code.R216}),
        ("缺一题.xlsx", answered("XZ-01", None, 4), set()),
    ):
        (outcome,) = took(data, round_, office, sent(tmp_path, name, content))
        assert (outcome.fate, codes(outcome)) == (Fate.RECEIVED, expected)


def test_an_archive_is_to_be_unpacked(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    path = sent(tmp_path, "XZ-01.xlsx", answered("XZ-01", 3, 4))
    with zipfile.ZipFile(tmp_path / "全部.zip", "w") as archive:
        archive.write(path, "XZ-01.xlsx")
    (outcome,) = took(data, round_, office, tmp_path / "全部.zip")
    assert (outcome.fate, codes(outcome)) == (Fate.REFUSED, {Code.S103})
    assert "解压" in entry_of(Code.S103).hint.zh
