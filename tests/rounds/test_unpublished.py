"""What counts and was not published is named: by publishing, by the archive, by ``unpublished``; after every deed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from objections_made import come_to
from round_books import answered
from round_made import NOW
from round_published import LEADER, a_copy, came, final_run, released, remember, remembered
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.report import render
from lawgov_score.rounds import weighing
from lawgov_score.rounds.allowed import DEEDS as ALL_DEEDS
from lawgov_score.rounds.amending import amend, look
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.deciding import decide
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.events import broken_links, head
from lawgov_score.rounds.folder import BY_HAND
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.holidays import set_day
from lawgov_score.rounds.leaves import grant_leave
from lawgov_score.rounds.models import Event, Round, Seat
from lawgov_score.rounds.moving import OpenKind, move_round, still_open
from lawgov_score.rounds.names import DayKind, Deed, Outcome, Role, RoundState, RunKind
from lawgov_score.rounds.objecting import object_to
from lawgov_score.rounds.papers import record_documents
from lawgov_score.rounds.published import hand_out_again, publication_of
from lawgov_score.rounds.publishing import prepare
from lawgov_score.rounds.receiving import receive
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.unpublished import file_told, unpublished
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.reader import in_this_process

ARCHIVED = RoundState.ARCHIVED


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    remember(monkeypatch)
    monkeypatch.setattr(weighing, "computed", remembered)


@pytest.fixture
def data_folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_copy(tmp_path, "published", tmp_path_factory.mktemp("made"))


def _receive(data: Data, folder: Path) -> None:
    (folder / "XZ-01.xlsx").write_bytes(answered("XZ-01", 1, 10))
    _leave(data, folder)
    office = seat_of(Role.OFFICE)
    assert [one.problems for one in receive(data, the_round(), [folder / "XZ-01.xlsx"], office, NOW, in_this_process)]


def _leave(data: Data, folder: Path) -> None:
    unit = the_round().units.get(code="XZ-01")
    grant_leave(the_round(), unit, NOW + timedelta(days=1), "断网", seat_of(Role.OFFICE), NOW)


def _set_day(data: Data, folder: Path) -> None:
    set_day(date(2026, 6, 1), DayKind.OFF, seat_of(Role.OFFICE), NOW, name="停电")


def _enter(data: Data, folder: Path) -> None:
    change = "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
    change += "| XZ-02 | 01-1 | 1 | 1.5 | 补件 | 王五 | @2026-03-01 |"
    a_workbook(folder / "复核.xlsx", {"复核改分": change})
    enter(data, the_round(), read_given([folder / "复核.xlsx"])[0], seat_of(Role.OFFICE), NOW)


def _amend(data: Data, folder: Path) -> None:
    (folder / "roster.csv").write_text("unit,name,type\nXZ-01,东乡,town\nXZ-02,西乡镇,town\n", encoding="utf-8")
    meant, _ = look(data, the_round(), None, folder / "roster.csv", in_this_process)
    assert meant is not None
    amend(data, meant, "更名", seat_of(Role.OFFICE), NOW)


def _object(data: Data, folder: Path) -> None:
    object_to(data, the_round(), "XZ-01", "01-1", "漏计", seat_of(Role.OFFICE), NOW, exception="来函迟到")


def _document(data: Data, folder: Path) -> None:
    files = {"公示.html": b"<p>"}
    record_documents(data, the_round(), "publicity", "zh", files, b"PK", seat_of(Role.OFFICE), NOW)


def _reject(data: Data, folder: Path) -> None:
    _object(data, folder)
    decide(data, the_round(), 1, Outcome.REJECTED, "无据", seat_of(Role.OFFICE), NOW)


def _uphold(data: Data, folder: Path) -> None:
    _object(data, folder)
    decide(data, the_round(), 1, Outcome.UPHELD, "属实", seat_of(Role.OFFICE), NOW, score=1.9)


def _run(data: Data, folder: Path) -> None:
    make_run(data, the_round(), RunKind.TRIAL, seat_of(Role.OFFICE), NOW)


# Every deed that a published round allows, and what is named after it.
DEEDS: dict[str, tuple[Deed, Callable[[Data, Path], None], list[str]]] = {
    "receive": (Deed.RECEIVE, _receive, ["XZ-01 东乡：第 2 次报送（03-02 09:30收到）"]),
    "leave": (Deed.LEAVE, _leave, []),
    "day": (Deed.SET_DAY, _set_day, []),
    "enter": (Deed.ENTER, _enter, ["考核办的工作簿 复核.xlsx"]),
    "amend": (Deed.AMEND, _amend, ["单位名册"]),
    "trial": (Deed.RUN, _run, []),
    "object": (Deed.OBJECT, _object, []),  # that it is not decided is told of itself
    "document": (Deed.DOCUMENT, _document, []),
    "reject": (Deed.DECIDE, _reject, []),
    "uphold": (Deed.DECIDE, _uphold, ["异议决定的改分"]),
}


def named(data: Data, round_: Round) -> list[str]:
    return [render(one, Language.ZH) for one in unpublished(data, round_)]


def archive(data: Data, round_: Round, office: Seat, *, leaves_out: bool = False) -> Event:
    return move_round(data, round_, ARCHIVED, round_.version, "全部办结", office, NOW, leaves_out=leaves_out)


@pytest.mark.parametrize("what", DEEDS)
def test_after_every_deed_what_is_not_published_is_named_by_all_who_ask(
    what: str, data: Data, office: Seat, tmp_path: Path
) -> None:
    _, do, expected = DEEDS[what]
    assert named(data, the_round()) == []
    do(data, tmp_path)
    round_ = the_round()
    assert [one.partition("（")[0] for one in named(data, round_)] == [one.partition("（")[0] for one in expected]
    with pytest.raises(RefusedError) as refused:
        prepare(data, round_)
    assert refused.value.problem.code is (Code.R246 if expected else Code.R245)
    open_ = {one.kind: one.about for one in still_open(data, round_, ARCHIVED, NOW)}
    assert open_.get(OpenKind.UNPUBLISHED, ()) == unpublished(data, round_)
    if not expected:
        archive(data, round_, office)
        return
    before = head()
    with pytest.raises(RefusedError) as refused:
        archive(data, round_, office)
    assert refused.value.problem.code is Code.R244
    assert (head(), the_round().state) == (before, RoundState.PUBLISHED.value)


def test_every_deed_that_a_published_round_allows_is_walked_over() -> None:
    walked = {deed for deed, _, _ in DEEDS.values()}
    assert walked == {deed for deed, right in ALL_DEEDS.items() if RoundState.PUBLISHED in right.when} - {
        Deed.RELEASE,
        Deed.PUBLISH,
    }


def test_a_final_run_that_nobody_published_is_named_until_it_is(data: Data, office: Seat) -> None:
    round_ = the_round()
    came(data, round_, "XZ-02", 7)
    final_run(data, round_, office)
    assert named(data, round_) == ["XZ-02 西乡：第 2 次报送（03-02 09:30收到）", "第 2 次计算（终评）没有公布"]
    released(data, round_, "更正")
    assert named(data, the_round()) == []
    archive(data, the_round(), office)


def test_what_goes_back_to_what_was_published_leaves_a_run_that_says_otherwise(data: Data, office: Seat) -> None:
    """A run that nobody wants is not published, and goes when the round is run once more."""
    round_ = the_round()
    sent = came(data, round_, "XZ-02", 7)
    final_run(data, round_, office)
    type(sent).objects.filter(pk=sent.pk).update(state="withdrawn")
    assert named(data, round_) == ["第 2 次计算（终评）没有公布"]
    make_run(data, round_, RunKind.FINAL, office, NOW)
    assert named(data, round_) == []


def test_an_archive_that_leaves_something_out_says_what_for_good(data: Data, office: Seat) -> None:
    came(data, the_round(), "XZ-02", 7)
    event = archive(data, the_round(), office, leaves_out=True)
    assert the_round().state == ARCHIVED.value
    assert "全部办结（归档时没有公布的：XZ-02 西乡：第 2 次报送" in event.body
    assert list(broken_links()) == []


def test_before_the_first_publication_nothing_is_named(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with opened(a_copy(tmp_path / "final", "final", tmp_path_factory.mktemp("made"))) as data:
        assert unpublished(data, the_round()) == ()


def test_an_earlier_publication_is_taken_out_by_its_number(data: Data, office: Seat, tmp_path: Path) -> None:
    round_ = the_round()
    first = publication_of(round_, 1)
    assert first is not None
    assert publication_of(round_, 2) is None
    came(data, round_, "XZ-02", 7)
    final_run(data, round_, office)
    released(data, round_, "更正")
    before = head()
    hand_out_again(data, first, tmp_path / "第一次")
    assert head() == before
    assert LEADER in (tmp_path / "第一次" / "publication.txt").read_text(encoding="utf-8")
    assert not (tmp_path / "第一次" / "changes.csv").exists()
    come_to(round_, ARCHIVED)  # and from an archive, too
    hand_out_again(data, first, tmp_path / "再一次")
    assert (tmp_path / "再一次" / "ranking.csv").read_bytes() == (tmp_path / "第一次" / "ranking.csv").read_bytes()


def test_what_was_typed_is_called_so_and_not_by_a_file() -> None:
    assert render(file_told(f"office/{BY_HAND['marks']}"), Language.ZH) == "手工录入的评审打分"
    assert "填报.csv" in render(file_told("office/填报.csv"), Language.ZH)
