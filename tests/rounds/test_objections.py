"""Objections: who may object until when, what is kept of it, the ways to a decision, precedents, numbers under races.

Decisions here change no score, so that nothing is computed; ``test_effect.py`` has those that do.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import races
from objections_made import come_to, in_this_process
from round_made import NOW, FailingDisk, a_seat, unproved

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import RefusedError
from lawgov_score.report import part, render
from lawgov_score.rounds import deciding
from lawgov_score.rounds.carrying import last_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.deciding import decide, decision_of
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.holidays import set_days
from lawgov_score.rounds.kept import keep_folder, read
from lawgov_score.rounds.leaves import grant_leave
from lawgov_score.rounds.models import Decision, Event, Evidence, File, Notice, Objection, Round, Seat
from lawgov_score.rounds.names import DayKind, FileKind, ObjectionState, Outcome, Role, RoundState
from lawgov_score.rounds.objecting import Filed, evidence_added, object_to, objection_of, take_step
from lawgov_score.rounds.precedents import PRECEDENTS, precedents, precedents_file, read_precedents
from lawgov_score.rounds.status import open_of
from lawgov_score.rounds.telling import Telling, tell
from lawgov_score.rounds.weighing import Weighed, weigh
from lawgov_score.rounds.wording_of_objections import beside_told, withdrawn_told
from lawgov_score.wording import Language, Text

LATER = NOW + timedelta(days=30)


@pytest.fixture
def open_round(round_: Round, monkeypatch: pytest.MonkeyPatch) -> Round:
    """A round in 异议; units may object for five working days: until Monday, half past five."""
    in_this_process(monkeypatch)
    come_to(round_, RoundState.OBJECTIONS)
    Round.objects.filter(pk=round_.pk).update(objections_until=datetime(2026, 3, 9, 9, 30, tzinfo=UTC))
    round_.refresh_from_db()
    return round_


def _file(data: Data, round_: Round, office: Seat, claim: str = "漏计一件", **more: Any) -> Filed:
    return object_to(data, round_, "XZ-01", "01-1", claim, office, NOW, **more)


def _refused(code: Code, do: object, *args: object, **more: object) -> RefusedError:
    assert callable(do)
    with pytest.raises(RefusedError) as refused:
        do(*args, **more)
    assert refused.value.problem.code is code
    return refused.value


def _hint(refused: RefusedError) -> str:
    return part(refused.problem, "hint", Language.ZH)


def test_an_objection_has_a_number_a_day_and_a_notice_to_the_office(
    data: Data, open_round: Round, office: Seat
) -> None:
    first = _file(data, open_round, office, wanted="1.8").objection
    second = object_to(data, open_round, "西乡", "01-1", "数据有误", office, NOW).objection
    assert [(one.n, one.unit.code, one.late) for one in (first, second)] == [(1, "XZ-01", False), (2, "XZ-02", False)]
    assert first.due == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)  # five working days, half past five in the office
    told = Notice.objects.filter(about="objection 1", act="object").get()
    assert (told.role, told.due) == (Role.OFFICE, first.due)
    event = json.loads(Event.objects.get(object="objection 1").body)
    assert event["after"]["claim"] == "漏计一件"
    assert list(broken_links()) == []


def test_the_day_is_reckoned_by_the_table_of_the_office(data: Data, open_round: Round, office: Seat) -> None:
    days = [datetime(2026, 3, day, tzinfo=UTC).date() for day in (5, 6)]
    set_days(days, DayKind.OFF, office, NOW, name="停电")
    assert _file(data, open_round, office).objection.due == datetime(2026, 3, 11, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "state", [one for one in RoundState if one not in {RoundState.OBJECTIONS}], ids=lambda one: str(one.value)
)
def test_only_in_objections_or_by_an_exception_once_results_were_told(
    data: Data, round_: Round, office: Seat, state: RoundState
) -> None:
    come_to(round_, state)
    refused = _refused(Code.R250, _file, data, round_, office)
    told = {RoundState.NOTIFIED, RoundState.FINAL, RoundState.PUBLISHED}
    assert ("--exception" in _hint(refused)) is (state in told)
    if state in told:
        assert _file(data, round_, office, exception="台风").objection.late
    else:
        _refused(Code.R250, _file, data, round_, office, exception="台风")
        assert not Objection.objects.exists()


def test_after_the_hour_only_by_an_exception_or_a_leave(data: Data, open_round: Round, office: Seat) -> None:
    last = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    assert not object_to(data, open_round, "XZ-01", "01-1", "一", office, last).objection.late
    late = last + timedelta(seconds=1)
    _refused(Code.R250, object_to, data, open_round, "XZ-02", "01-1", "二", office, late)
    excepted = object_to(data, open_round, "XZ-02", "01-1", "二", office, late, exception=" 台风停工 ").objection
    assert excepted.late
    assert json.loads(Event.objects.get(object="objection 2").body)["reason"] == "台风停工"
    unit = open_round.units.get(code="BM-01")
    grant_leave(open_round, unit, late + timedelta(hours=1), "断网", office, NOW)
    assert object_to(data, open_round, "BM-01", "01-1", "三", office, late).objection.late
    over = late + timedelta(hours=2)
    _refused(Code.R250, object_to, data, open_round, "BM-01", "01-1", "四", office, over)


def test_the_same_twice_is_one_until_it_is_settled(data: Data, open_round: Round, office: Seat) -> None:
    first = _file(data, open_round, office)
    again = _file(data, open_round, office)
    assert (again.objection.pk, again.is_same) == (first.objection.pk, True)
    assert Event.objects.filter(act="object").count() == 1
    take_step(first.objection, ObjectionState.REFUSED, 1, office, "没有新材料", NOW)
    assert _file(data, open_round, office).objection.n == 2


def test_the_same_once_more_with_evidence_adds_that_once(
    data: Data, open_round: Round, office: Seat, tmp_path: Path
) -> None:
    document = tmp_path / "回复函.pdf"
    document.write_bytes(b"%PDF-1.7")
    first = _file(data, open_round, office)
    for evidence in (str(document), "https://example.gov.cn/1"):
        more = _file(data, open_round, office, evidence=evidence)
        assert (more.objection.pk, more.is_same, more.has_more) == (first.objection.pk, True, True)
        again = _file(data, open_round, office, evidence=evidence)
        assert (again.is_same, again.has_more) == (True, False)
    assert [title for _, title in evidence_added(first.objection)] == ["回复函.pdf", "https://example.gov.cn/1"]
    assert Event.objects.filter(act="add_evidence").count() == 2
    assert list(broken_links()) == []


def test_unit_and_indicator_are_those_of_the_round(data: Data, open_round: Round, office: Seat) -> None:
    _refused(Code.R251, object_to, data, open_round, "XZ-99", "01-1", "x", office, NOW)
    _refused(Code.R252, object_to, data, open_round, "XZ-01", "01", "x", office, NOW)  # a group has no answer
    _refused(Code.R252, object_to, data, open_round, "XZ-01", "09-9", "x", office, NOW)
    open_round.units.filter(code="XZ-01").update(ended_at=NOW)
    _refused(Code.R251, object_to, data, open_round, "XZ-01", "01-1", "x", office, NOW)
    _refused(Code.R253, objection_of, open_round, 1)


def test_evidence_is_a_file_that_is_kept_or_an_address(
    data: Data, open_round: Round, office: Seat, tmp_path: Path
) -> None:
    document = tmp_path / "回复函.pdf"
    document.write_bytes(b"%PDF-1.7 one")
    _file(data, open_round, office, "一", evidence=str(document))
    _file(data, open_round, office, "二", evidence="https://example.gov.cn/1")
    by_file, by_address = Evidence.objects.order_by("pk")
    assert by_file.file is not None
    assert (by_file.title, read(data, by_file.file)) == ("回复函.pdf", b"%PDF-1.7 one")
    assert by_address.address == "https://example.gov.cn/1"
    for wrong in (tmp_path / "none.pdf", tmp_path, "a\0b"):
        _refused(Code.R254, _file, data, open_round, office, "三", evidence=str(wrong))
    assert Objection.objects.count() == 2


def test_a_full_disk_files_nothing(data: Data, open_round: Round, office: Seat, tmp_path: Path) -> None:
    document = tmp_path / "a.pdf"
    document.write_bytes(b"one")
    counted = FailingDisk(999)
    _file(Data(data.folder, counted), open_round, office, "一", evidence=str(document))
    for at in range(1, len(counted.steps) + 1):
        document.write_bytes(f"another {at}".encode())  # what a step before left behind is another file
        with pytest.raises(CannotWriteError):
            _file(Data(data.folder, FailingDisk(at)), open_round, office, "二", evidence=str(document))
    assert (Objection.objects.count(), Evidence.objects.count()) == (1, 1)
    assert File.objects.filter(kind=FileKind.EVIDENCE.value).count() == 1
    assert list(broken_links()) == []


def test_numbers_are_each_once_where_many_file_at_the_same_moment(data: Data, open_round: Round) -> None:
    races.many_objections(data)


def test_a_decision_takes_all_steps_and_tells_the_unit(data: Data, open_round: Round, office: Seat) -> None:
    _file(data, open_round, office)
    made = decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    states = [json.loads(one.body)["after"].get("state") for one in Event.objects.filter(object="objection 1")]
    assert states == [None, "admitted", "assigned", "drafted", "decided", None, "notified"]
    objection = objection_of(open_round, 1)
    assert objection.state == ObjectionState.NOTIFIED
    assert objection.assigned_to == office
    assert decision_of(objection) == made.decision
    assert made.decision.outcome == Outcome.REJECTED
    told = Notice.objects.filter(unit__code="XZ-01", about="objection 1").values_list("act", flat=True)
    assert list(told) == ["filed>admitted", "decided>notified"]
    assert list(broken_links()) == []


def test_a_decision_goes_on_from_where_single_steps_came(data: Data, open_round: Round, office: Seat) -> None:
    objection = _file(data, open_round, office).objection
    reviewer = a_seat(open_round, Role.REVIEWER)
    taken = take_step(objection, ObjectionState.ASSIGNED, 1, office, "", NOW, assigned_to=reviewer)
    assert taken == (ObjectionState.ADMITTED, ObjectionState.ASSIGNED)
    assert objection.assigned_to == reviewer
    take_step(objection, ObjectionState.DRAFTED, objection.version, reviewer, "拟不予支持", NOW)
    _refused(Code.R214, decide, data, open_round, 1, Outcome.REJECTED, " ", office, NOW)
    decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    assert objection_of(open_round, 1).assigned_to == reviewer


def test_what_is_refused_is_told_and_not_decided(data: Data, open_round: Round, office: Seat) -> None:
    objection = _file(data, open_round, office).objection
    _refused(Code.R214, take_step, objection, ObjectionState.REFUSED, 1, office, "", NOW)
    assert take_step(objection, ObjectionState.REFUSED, 1, office, "不属异议范围", NOW)[-1] is ObjectionState.NOTIFIED
    _refused(Code.R211, decide, data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("before", [None, ObjectionState.ADMITTED, ObjectionState.ASSIGNED, ObjectionState.DRAFTED])
def test_a_unit_withdraws_one_until_it_is_decided(
    data: Data, open_round: Round, office: Seat, before: ObjectionState | None
) -> None:
    one = _file(data, open_round, office).objection
    if before is not None:
        take_step(one, before, one.version, office, "拟办", NOW)
    _refused(Code.R214, take_step, one, ObjectionState.WITHDRAWN, one.version, office, " ", NOW)
    assert take_step(one, ObjectionState.WITHDRAWN, one.version, office, "书面撤回", NOW) == (ObjectionState.WITHDRAWN,)
    opened = open_of(open_round, ())
    assert (opened["objections"], opened["objections_to_tell"]) == (0, 0)
    _refused(Code.R211, decide, data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    _refused(Code.R211, tell, one, Telling(NOW.date(), "送达"), office, NOW)
    assert words_in(withdrawn_told(one)) == "单位已撤回，不再办理（2026年3月2日（星期一）09:30记下：书面撤回）"
    assert _file(data, open_round, office).objection.n == 2  # the same once more is another
    assert not [name for name in unproved() if name.startswith("objection")]


def test_what_is_decided_is_not_withdrawn(data: Data, open_round: Round, office: Seat) -> None:
    one = _file(data, open_round, office).objection
    decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    one.refresh_from_db()
    _refused(Code.R211, take_step, one, ObjectionState.WITHDRAWN, one.version, office, "书面撤回", NOW)


def test_others_of_the_unit_at_the_indicator_are_said_with_how_they_stand(
    data: Data, open_round: Round, office: Seat
) -> None:
    _file(data, open_round, office, "漏计一件")
    second = _file(data, open_round, office, "漏计两件").objection
    object_to(data, open_round, "XZ-02", "01-1", "漏计", office, NOW)
    when = "2026年3月2日（星期一）09:30提出"
    assert list(map(words_in, beside_told(second))) == [
        f"注意：该单位对同一指标另有第 1 号异议（{when}）：现为“提出”，还没有决定"
    ]
    decide(data, open_round, 1, Outcome.PARTLY_UPHELD, "另行更正", office, NOW, has_no_score=True)
    assert list(map(words_in, beside_told(second))) == [f"注意：该单位对同一指标另有第 1 号异议（{when}）：部分成立"]
    take_step(second, ObjectionState.REFUSED, second.version, office, "已经办过", NOW)
    first = objection_of(open_round, 1)
    assert list(map(words_in, beside_told(first))) == [f"注意：该单位对同一指标另有第 2 号异议（{when}）：不受理"]


def words_in(text: Text | None) -> str:
    """What is said in Chinese."""
    assert text is not None
    return render(text, Language.ZH)


def test_the_same_decision_twice_decides_once(data: Data, open_round: Round, office: Seat) -> None:
    _file(data, open_round, office)
    first = decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW).decision
    _refused(Code.R259, decide, data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    second = decide(data, open_round, 1, Outcome.UPHELD, "新材料", office, LATER, has_no_score=True, is_again=True)
    assert second.decision.replaces == first
    assert list(Decision.objects.values_list("outcome", flat=True)) == ["rejected", "upheld"]  # both stay
    assert Notice.objects.filter(unit__code="XZ-01", act="decide").count() == 1
    assert list(broken_links()) == []


def test_of_several_who_decide_at_once_one_does(data: Data, open_round: Round, office: Seat) -> None:
    _file(data, open_round, office)
    races.one_decision(data)


def test_what_comes_while_the_effect_is_computed_is_not_overlooked(
    data: Data, open_round: Round, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    _file(data, open_round, office)

    def and_something_comes(*args: object, **more: object) -> Weighed:
        found = weigh(*args, **more)  # type: ignore[arg-type]
        folder = keep_folder(data, {"ranking.csv": b"another"}, FileKind.OUTPUT, NOW)
        Round.objects.update(previous=folder)
        return found

    monkeypatch.setattr(deciding, "weigh", and_something_comes)
    _refused(Code.R258, decide, data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    assert objection_of(open_round, 1).state == ObjectionState.FILED
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "score", "has_no_score"),
    [
        (Outcome.UPHELD, None, False),
        (Outcome.PARTLY_UPHELD, None, False),
        (Outcome.REJECTED, 1.5, False),
        (Outcome.UPHELD, 1.5, True),
    ],
)
def test_outcome_and_score_go_together(
    data: Data, open_round: Round, office: Seat, outcome: Outcome, score: float | None, has_no_score: bool
) -> None:
    _file(data, open_round, office)
    more = {"score": score, "has_no_score": has_no_score}
    _refused(Code.R255, decide, data, open_round, 1, outcome, "理由", office, NOW, **more)
    assert objection_of(open_round, 1).version == 1


def test_without_any_result_a_score_would_not_count(data: Data, open_round: Round, office: Seat) -> None:
    _file(data, open_round, office)
    _refused(Code.R257, decide, data, open_round, 1, Outcome.UPHELD, "理由", office, NOW, score=1.5)


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER, Role.AUDIT])
def test_only_the_office_decides_and_decides_again(data: Data, open_round: Round, office: Seat, role: Role) -> None:
    _file(data, open_round, office)
    other = a_seat(open_round, role)
    _refused(Code.R213, decide, data, open_round, 1, Outcome.REJECTED, "理由", other, NOW)
    decide(data, open_round, 1, Outcome.REJECTED, "理由", office, NOW)
    _refused(Code.R213, decide, data, open_round, 1, Outcome.REJECTED, "理由", other, NOW, is_again=True)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("state", [RoundState.FINAL, RoundState.PUBLISHED, RoundState.ARCHIVED])
def test_until_it_is_archived_a_decision_may_still_be_made(
    data: Data, open_round: Round, office: Seat, state: RoundState
) -> None:
    _file(data, open_round, office)
    come_to(open_round, state)
    if state is RoundState.ARCHIVED:
        _refused(Code.R250, decide, data, open_round, 1, Outcome.REJECTED, "理由", office, LATER)
    else:
        assert decide(data, open_round, 1, Outcome.REJECTED, "理由", office, LATER).decision.outcome == "rejected"


def test_earlier_decisions_on_the_same_indicator_stand_beside_of_years_before_too(
    data: Data, open_round: Round, office: Seat
) -> None:
    for unit, claim in (("XZ-01", "一"), ("XZ-02", "二"), ("BM-01", "三")):
        object_to(data, open_round, unit, "01-1", claim, office, NOW)
    decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    decide(data, open_round, 1, Outcome.UPHELD, "补了材料", office, NOW, has_no_score=True, is_again=True)
    decide(data, open_round, 2, Outcome.REJECTED, "超出范围", office, LATER)
    seen = precedents(data, open_round, "01-1", but=3)
    assert [(one.year, one.n, one.outcome, one.reason) for one in seen] == [
        (2026, 2, Outcome.REJECTED, "超出范围"),
        (2026, 1, Outcome.UPHELD, "补了材料"),  # not the one that was replaced
    ]
    assert [one.n for one in precedents(data, open_round, "01-1", but=2)] == [1]
    assert precedents(data, open_round, "01-2") == ()
    kept = keep_folder(data, {PRECEDENTS: precedents_file(data, open_round)}, FileKind.OUTPUT, NOW)
    Round.objects.update(previous=kept, year=2027)  # the next year's round, which was given them
    after = precedents(data, Round.objects.get(), "01-1")
    assert [(one.year, one.n) for one in after] == [(2027, 2), (2027, 1), (2026, 2), (2026, 1)]
    handed_on = json.loads(precedents_file(data, Round.objects.get()))
    assert [(one["year"], one["n"]) for one in handed_on] == [(2026, 1), (2026, 2), (2027, 1), (2027, 2)]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"{}1", b"[1]", b'[{"year": 2026}]', b"[" * 100_000, b"1", b'{"a": 1}', b"null"],
    ids=lambda content: str(content[:12]),
)
def test_precedents_that_are_none_are_refused_when_a_round_is_given_them(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any: whoever asks says what it is about
        read_precedents(content)
    (tmp_path / "ranking.csv").write_text("unit,score\nXZ-01,1\n", encoding="utf-8")
    (tmp_path / PRECEDENTS).write_bytes(content)
    _refused(Code.R238, last_round, tmp_path)


@pytest.mark.parametrize(("key", "value"), [("year", "2026"), ("new", "1"), ("reason", None), ("outcome", "so-so")])
def test_a_precedent_has_what_a_precedent_has(
    data: Data, open_round: Round, office: Seat, key: str, value: object
) -> None:
    _file(data, open_round, office)
    decide(data, open_round, 1, Outcome.REJECTED, "材料不足", office, NOW)
    (good,) = json.loads(precedents_file(data, open_round))
    (read,) = read_precedents(json.dumps([good]).encode())
    assert (read.reason, read.outcome) == ("材料不足", Outcome.REJECTED)
    with pytest.raises(ValueError):  # noqa: PT011
        read_precedents(json.dumps([{**good, key: value}]).encode())
