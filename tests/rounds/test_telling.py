"""Telling a unit how its objection came out: after the decision, with its day; put right, and done anew."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from objections_made import come_to, in_this_process
from round_made import NOW, a_seat

from lawgov_score.catalogue import Code
from lawgov_score.documents.kinds import Kind
from lawgov_score.problems import RefusedError
from lawgov_score.report import problem_record, render
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.deciding import as_seen, decide
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.models import Event, Notice, Objection, Round, Seat
from lawgov_score.rounds.moving import OpenKind, still_open
from lawgov_score.rounds.names import ObjectionState, Outcome, Role, RoundState
from lawgov_score.rounds.next_deed import next_deed, objections_due
from lawgov_score.rounds.objecting import object_to, objection_of, take_step
from lawgov_score.rounds.papers import record_documents
from lawgov_score.rounds.status import open_of, states_of
from lawgov_score.rounds.telling import LETTER, Telling, letter_at, tell, telling_of
from lawgov_score.rounds.wording_of_objections import telling_told
from lawgov_score.wording import Language

DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)  # of NOW, in the office
BY_HAND = "李某送达"


@pytest.fixture
def open_round(round_: Round, monkeypatch: pytest.MonkeyPatch) -> Round:
    """A round in 异议, for a week."""
    in_this_process(monkeypatch)
    come_to(round_, RoundState.OBJECTIONS)
    Round.objects.update(objections_until=NOW + 7 * DAY)
    round_.refresh_from_db()
    return round_


@pytest.fixture
def decided(data: Data, open_round: Round, office: Seat) -> Objection:
    """One that is decided, and its unit not told."""
    object_to(data, open_round, "XZ-01", "01-1", "漏计一件", office, NOW)
    decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW, is_told=False)
    return objection_of(open_round, 1)


def _said(objection: Objection) -> str:
    text = telling_told(objection)
    assert text is not None
    return render(text, Language.ZH)


def _refused(code: Code, objection: Objection, told: Telling, seat: Seat, now: datetime = NOW, **more: object) -> None:
    events = Event.objects.count()
    with pytest.raises(RefusedError) as refused:
        tell(objection, told, seat, now, **more)  # type: ignore[arg-type]
    assert refused.value.problem.code is code
    assert Event.objects.count() == events


def test_what_is_decided_is_told_later_with_its_day(decided: Objection, office: Seat) -> None:
    assert decided.state == ObjectionState.DECIDED
    assert _said(decided) == "还没有告知单位"
    assert not Notice.objects.filter(unit=decided.unit, act="decided>notified").exists()
    event = tell(decided, Telling(TODAY + DAY, f" {BY_HAND} "), office, NOW + 2 * DAY)
    assert event is not None
    assert json.loads(event.body)["after"] == {"day": "2026-03-03", "how": BY_HAND}
    decided.refresh_from_db()
    assert decided.state == ObjectionState.NOTIFIED
    assert telling_of(decided) == Telling(TODAY + DAY, BY_HAND)
    assert _said(decided) == "2026年3月3日告知：李某送达"
    assert Notice.objects.filter(unit=decided.unit, act="decided>notified").count() == 1
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    ("day", "how"),
    [(TODAY - DAY, BY_HAND), (TODAY + 3 * DAY, BY_HAND), (TODAY, "  ")],
    ids=["before the decision", "to come", "no way"],
)
def test_a_day_that_cannot_be_is_refused(decided: Objection, office: Seat, day: date, how: str) -> None:
    _refused(Code.R317, decided, Telling(day, how), office, NOW + 2 * DAY)
    decided.refresh_from_db()
    assert decided.state == ObjectionState.DECIDED


def test_the_day_is_that_of_the_office_and_not_of_utc(decided: Objection, office: Seat) -> None:
    late = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)  # one o'clock of the fourth
    assert tell(decided, Telling(date(2026, 3, 4), BY_HAND), office, late) is not None


def test_nothing_is_told_before_it_is_decided_nor_by_others(data: Data, open_round: Round, office: Seat) -> None:
    objection = object_to(data, open_round, "XZ-01", "01-1", "漏计一件", office, NOW).objection
    _refused(Code.R211, objection, Telling(TODAY, BY_HAND), office)
    decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW, is_told=False)
    for role in (Role.REVIEWER, Role.LEADER, Role.HEAD):
        seat = a_seat(open_round, role, objection.unit if role is Role.HEAD else None)
        _refused(Code.R213, objection, Telling(TODAY, BY_HAND), seat)


def test_what_is_not_admitted_is_told_too(data: Data, open_round: Round, office: Seat) -> None:
    objection = object_to(data, open_round, "XZ-01", "01-1", "漏计一件", office, NOW).objection
    taken = take_step(objection, ObjectionState.REFUSED, 1, office, "不属异议范围", NOW + DAY, is_told=False)
    assert taken == (ObjectionState.REFUSED,)
    _refused(Code.R317, objection, Telling(TODAY, BY_HAND), office, NOW + DAY)
    tell(objection, Telling(TODAY + DAY, BY_HAND), office, NOW + DAY)
    objection.refresh_from_db()
    assert (objection.state, _said(objection)) == (ObjectionState.NOTIFIED, "2026年3月3日告知：李某送达")
    with pytest.raises(RefusedError) as refused:
        decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW, is_told=False)
    told = problem_record(refused.value.problem, Language.ZH)
    assert (told["code"], told["title"], told["expected"]) == ("R211", "不能从“告知”到“决定”", "没有下一步")


def test_the_same_twice_is_one_and_another_day_stands_beside_the_first(decided: Objection, office: Seat) -> None:
    tell(decided, Telling(TODAY, BY_HAND), office, NOW)
    assert tell(decided, Telling(TODAY, BY_HAND), office, NOW) is None
    event = tell(decided, Telling(TODAY + DAY, "邮寄"), office, NOW + DAY)
    assert event is not None
    body = json.loads(event.body)
    assert (body["before"]["day"], body["after"]["day"]) == ("2026-03-02", "2026-03-03")
    decided.refresh_from_db()
    assert telling_of(decided) == Telling(TODAY + DAY, "邮寄")
    assert Notice.objects.filter(unit=decided.unit, act="decided>notified").count() == 1


def test_two_pages_that_tell_end_in_one(decided: Objection, office: Seat) -> None:
    seen = as_seen(decided)
    tell(decided, Telling(TODAY, BY_HAND), office, NOW, seen=seen)
    _refused(Code.R212, decided, Telling(TODAY, "邮寄"), office, seen=seen)
    decided.refresh_from_db()
    seen = as_seen(decided)
    tell(decided, Telling(TODAY, "邮寄"), office, NOW, seen=seen)  # put right, without a move
    _refused(Code.R212, decided, Telling(TODAY, "当面"), office, seen=seen)


def test_what_was_told_with_the_decision_gets_its_day_later(data: Data, open_round: Round, office: Seat) -> None:
    object_to(data, open_round, "XZ-01", "01-1", "漏计一件", office, NOW)
    decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    objection = objection_of(open_round, 1)
    assert _said(objection) == "已记为告知，没有记下日期"
    tell(objection, Telling(TODAY, BY_HAND), office, NOW)
    assert _said(objection) == "2026年3月2日告知：李某送达"


def test_what_is_decided_anew_is_told_anew(data: Data, open_round: Round, decided: Objection, office: Seat) -> None:
    tell(decided, Telling(TODAY, BY_HAND), office, NOW)
    upheld = {"has_no_score": True, "is_again": True}
    decide(data, open_round, 1, Outcome.UPHELD, "新材料", office, NOW + DAY, is_told=False, **upheld)  # type: ignore[arg-type]
    decided.refresh_from_db()
    assert (decided.state, _said(decided)) == (ObjectionState.DECIDED, "还没有告知单位")
    _refused(Code.R317, decided, Telling(TODAY, BY_HAND), office, NOW + DAY)  # that was the first decision
    decide(data, open_round, 1, Outcome.PARTLY_UPHELD, "一部分", office, NOW + DAY, **upheld)  # type: ignore[arg-type]
    decided.refresh_from_db()
    assert (decided.state, _said(decided)) == (ObjectionState.NOTIFIED, "已记为告知，没有记下日期")
    assert Notice.objects.filter(unit=decided.unit, act="decided>notified").count() == 2
    assert list(broken_links()) == []


def test_clocks_and_the_next_deed_follow(data: Data, open_round: Round, office: Seat) -> None:
    def next_what() -> str:
        return render(next_deed(open_round, open_of(open_round, states_of(open_round)), NOW).what, Language.ZH)

    objection = object_to(data, open_round, "XZ-01", "01-1", "漏计一件", office, NOW).objection
    assert next_what() == "办理异议"
    assert objections_due(open_round) == objection.due
    decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW, is_told=False)
    assert objections_due(open_round) is None  # it is decided in time
    assert next_what() == "把决定告知单位，记下哪天、怎样告知"
    (waits,) = [one for one in still_open(data, open_round, RoundState.FINAL, NOW) if one.kind is OpenKind.NOT_TOLD]
    assert waits.about == ("1",)
    tell(objection, Telling(TODAY, BY_HAND), office, NOW)
    assert open_of(open_round, states_of(open_round))["objections"] == 0
    assert "告知单位，记下" not in next_what()


def test_the_document_of_a_decision_is_known_once_it_is_made(data: Data, decided: Objection, office: Seat) -> None:
    def made(content: bytes, **more: object) -> None:
        files = {"决定书.docx": content}
        now = NOW + DAY
        record_documents(data, decided.round, "decision", "zh", files, b"t", office, now, **more)  # type: ignore[arg-type]

    assert letter_at(decided) is None
    made(b"1", number=2)
    made(b"2", units=["XZ-02"])
    assert letter_at(decided) is None
    made(b"3", units=["XZ-01"])
    assert letter_at(decided) == NOW + DAY


def test_the_letter_that_tells_a_decision_is_called_as_documents_call_it() -> None:
    assert LETTER == Kind.DECISION  # documents know rounds, and not the other way
