"""Who may do what, and when: every deed by every role in every state, asked, done, and done while others change it.

The tables here are those of the design (who may do what; the states), written once more: by hand, to be compared.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from django.db import transaction
from round_books import answered
from round_made import NOW, a_seat, a_submission, an_objection
from round_published import LEADER, a_copy, remember, remembered
from sheets import a_workbook

import lawgov_score.rounds as package
from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.rounds import allowed, events, weighing
from lawgov_score.rounds.allowed import DEEDS, must_be, why_not
from lawgov_score.rounds.amending import amend, look
from lawgov_score.rounds.backups import back_up
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.deciding import decide
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.events import head
from lawgov_score.rounds.exporting import export_round
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.holidays import set_day
from lawgov_score.rounds.leaves import grant_leave
from lawgov_score.rounds.models import Event, Objection, Round, Seat, Submission
from lawgov_score.rounds.names import DayKind, Deed, ObjectionState, Outcome, Role, RoundState, RunKind, SubmissionState
from lawgov_score.rounds.objecting import object_to, take_step
from lawgov_score.rounds.papers import record_documents, take_template
from lawgov_score.rounds.publishing import prepare, publish, release_publication
from lawgov_score.rounds.receiving import accept, receive, withdraw
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.states import STEPS, move, release, right_of
from lawgov_score.rounds.status import status_of
from lawgov_score.rounds.verifying import verify_round
from lawgov_score.workbook.submission.reader import in_this_process

_LIVE = "preparing open closed first_review second_review notified objections final published"
# Deed, who, in which states, what is said where it is not the time.
TABLE = {
    Deed.RECEIVE: ("office head", _LIVE.removeprefix("preparing "), Code.R220),
    Deed.LEAVE: ("office", _LIVE, Code.R235),
    Deed.SET_DAY: ("office", _LIVE, Code.R235),
    Deed.ENTER: ("office", _LIVE, Code.R235),
    Deed.AMEND: ("office", _LIVE, Code.R235),
    Deed.RUN: ("office", _LIVE, Code.R235),
    Deed.OBJECT: ("office head", "notified objections final published", Code.R250),
    Deed.DECIDE: ("office", "objections final published", Code.R250),
    Deed.RELEASE: ("leader", "final published", Code.R247),
    Deed.PUBLISH: ("office leader", "final published", Code.R247),
    Deed.DOCUMENT: ("office", _LIVE, Code.R235),
}
ACTS = {  # of events, as the code names them: the deed each belongs to; None: a move, or of a round that begins
    "receive": Deed.RECEIVE,
    "refuse": Deed.RECEIVE,
    "SETTLED": Deed.RECEIVE,
    "leave": Deed.LEAVE,
    "set_day": Deed.SET_DAY,
    "enter": Deed.ENTER,
    "amend": Deed.AMEND,
    "run": Deed.RUN,
    "object": Deed.OBJECT,
    "add_evidence": Deed.OBJECT,
    "decide": Deed.DECIDE,
    "TELL": Deed.DECIDE,
    "publish": Deed.PUBLISH,
    "DOCUMENT": Deed.DOCUMENT,
    "TEMPLATE": Deed.DOCUMENT,
    "move": None,
    "make": None,
    "IMPORT": None,
    "_RELEASE": Deed.RELEASE,
}
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    remember(monkeypatch)
    monkeypatch.setattr(weighing, "computed", remembered)


@pytest.fixture
def data_folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a round with a final run, of which something may be published."""
    return a_copy(tmp_path, "final", tmp_path_factory.mktemp("made"))


@dataclass(frozen=True, slots=True)
class Scene:
    """A round, a seat for each role (of XZ-01, where it is of a unit), and what deeds act on."""

    data: Data
    round_: Round
    seats: Mapping[Role, Seat]
    folder: Path


@pytest.fixture
def scene(data: Data, tmp_path: Path) -> Scene:
    round_ = the_round()
    unit = round_.units.get(code="XZ-01")
    change = "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
    change += "| XZ-02 | 01-1 | 1 | 1.5 | 补件 | 王五 | @2026-03-01 |"
    a_workbook(tmp_path / "复核.xlsx", {"复核改分": change})
    (tmp_path / "XZ-01.xlsx").write_bytes(answered("XZ-01", 1, 10))
    (tmp_path / "roster.csv").write_text("unit,name,type\nXZ-01,东乡,town\nXZ-02,西乡镇,town\n", encoding="utf-8")
    return Scene(data, round_, {role: a_seat(round_, role, unit) for role in Role}, tmp_path)


def put(thing: Any, state: str) -> None:
    """Straight into the database, as no code of ours does."""
    type(thing).objects.filter(pk=thing.pk).update(state=state)
    thing.refresh_from_db()


# ---------------------------------------------------------------- asked


def test_the_table_is_that_of_the_design_for_every_deed_role_and_state(scene: Scene) -> None:
    assert set(TABLE) == set(DEEDS) == set(Deed)
    unit = scene.round_.units.get(code="XZ-01")
    for state in RoundState:
        put(scene.round_, state)
        for deed, (who, when, code) in TABLE.items():
            for role, seat in scene.seats.items():
                found = why_not(deed, scene.round_, seat, unit)
                expected = None if role in who.split() else Code.R213
                expected = expected if state in when.split() else code
                assert (found and found.code) == expected, (deed, role, state)


def test_every_event_is_of_a_deed_of_the_table() -> None:
    found = set()
    for path in Path(str(package.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"record", "self.recorder.record"}:
                first = node.args[0]
                found.add(getattr(first, "value", getattr(first, "id", "")))
    assert found == set(ACTS)


def test_a_seat_of_a_unit_is_good_for_its_own_alone_and_none_that_has_ended(scene: Scene) -> None:
    put(scene.round_, RoundState.OBJECTIONS)
    own, other = (scene.round_.units.get(code=code) for code in ("XZ-01", "XZ-02"))
    seat = scene.seats[Role.HEAD]
    assert why_not(Deed.OBJECT, scene.round_, seat, own) is None
    with pytest.raises(RefusedError) as refused:
        must_be(Deed.OBJECT, scene.round_, seat, other)
    assert refused.value.problem.code is Code.R213
    for ended in ("seat", "person"):
        office = a_seat(scene.round_, Role.OFFICE)
        assert why_not(Deed.RUN, scene.round_, office) is None
        thing = Seat.objects.get(pk=office.pk) if ended == "seat" else office.person
        type(thing).objects.filter(pk=thing.pk).update(ended_at=NOW)
        problem = why_not(Deed.RUN, scene.round_, office)  # which still holds what it was
        assert problem is not None
        assert problem.code is Code.R213


# ---------------------------------------------------------------- done


def _receive(scene: Scene, seat: Seat) -> object:
    return list(receive(scene.data, scene.round_, [scene.folder / "XZ-01.xlsx"], seat, NOW, in_this_process))


def _enter(scene: Scene, seat: Seat) -> object:
    return enter(scene.data, scene.round_, read_given([scene.folder / "复核.xlsx"])[0], seat, NOW)


def _amend(scene: Scene, seat: Seat) -> object:
    amendment, problems = look(scene.data, scene.round_, None, scene.folder / "roster.csv", in_this_process)
    assert amendment is not None, problems
    return amend(scene.data, amendment, "更名", seat, NOW)


def _object(scene: Scene, seat: Seat) -> object:
    Round.objects.update(objections_until=LATER)
    grant_all_more_time(scene)
    return object_to(scene.data, scene.round_, "XZ-01", "01-1", "漏计", seat, NOW)


def grant_all_more_time(scene: Scene) -> None:
    """A leave, such that the state alone decides."""
    unit = scene.round_.units.get(code="XZ-01")
    unit.leaves.model.objects.create(
        round=scene.round_, unit=unit, until=LATER, reason="断网", at=NOW, seat=scene.seats[Role.OFFICE]
    )


def _decide(scene: Scene, seat: Seat) -> object:
    if not Objection.objects.exists():
        an_objection(scene.round_)
    return decide(scene.data, scene.round_, 1, Outcome.REJECTED, "无据", seat, NOW)


def _leave(scene: Scene, seat: Seat) -> object:
    return grant_leave(scene.round_, scene.round_.units.get(code="XZ-01"), LATER, "断网", seat, NOW)


def _release(scene: Scene, seat: Seat) -> object:
    prepared = prepare(scene.data, scene.round_)
    return release_publication(scene.data, scene.round_, prepared, seat, LEADER, "同意", NOW)


def _publish(scene: Scene, seat: Seat) -> object:
    prepared, leader = prepare(scene.data, scene.round_), scene.seats[Role.LEADER]
    return publish(scene.data, scene.round_, prepared, "首次", seat, NOW, leader=leader, released_by=LEADER)


def _document(scene: Scene, seat: Seat) -> object:
    take_template(scene.data, scene.round_, "notice", "zh", b"own", "通知.docx", seat, NOW)
    files = {"通知.docx": b"filled"}
    record_documents(scene.data, scene.round_, "notice", "zh", files, b"own", seat, NOW)
    return files


DONE: Mapping[Deed, Callable[[Scene, Seat], object]] = MappingProxyType(
    {
        Deed.RECEIVE: _receive,
        Deed.LEAVE: _leave,
        Deed.SET_DAY: lambda scene, seat: set_day(date(2026, 6, 1), DayKind.OFF, seat, NOW, name="停电"),
        Deed.ENTER: _enter,
        Deed.AMEND: _amend,
        Deed.RUN: lambda scene, seat: make_run(scene.data, scene.round_, RunKind.TRIAL, seat, NOW),
        Deed.OBJECT: _object,
        Deed.DECIDE: _decide,
        Deed.RELEASE: _release,
        Deed.PUBLISH: _publish,
        Deed.DOCUMENT: _document,
    }
)


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_does_what_the_table_says_by_every_role_in_every_state(deed: Deed, scene: Scene) -> None:
    who, when, code = TABLE[deed]
    for state in RoundState:
        is_time = state in when.split()
        # Where it is not the time that is said to everybody; asked of all in the first and the last state.
        roles = Role if is_time or state in {RoundState.PREPARING, RoundState.ARCHIVED} else (Role.OFFICE, Role.HEAD)
        for role in roles:
            with undone():
                put(scene.round_, state)
                before, where = head(), (deed, role, state)
                if role in who.split() and is_time:
                    DONE[deed](scene, scene.seats[role])
                    assert head().seq > before.seq, where
                    continue
                with pytest.raises(RefusedError) as refused:
                    DONE[deed](scene, scene.seats[role])
                assert refused.value.problem.code == (Code.R213 if is_time else code), where
                assert head() == before, where
            scene.round_.refresh_from_db()


def _archived(scene: Scene, seat: Seat) -> None:
    Round.objects.filter(pk=scene.round_.pk).update(state=RoundState.ARCHIVED.value)


def _ended(scene: Scene, seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(ended_at=NOW)


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("change", [_archived, _ended])
def test_what_changes_after_it_was_asked_is_found_where_nobody_else_can_change_it(
    deed: Deed, change: Callable[[Scene, Seat], None], scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the moment at which the deed takes hold of the round: after all that it looked at before."""
    who, _, code = TABLE[deed]
    seat = scene.seats[Role(who.split()[0])]
    put(scene.round_, RoundState.FINAL)
    before, real = Event.objects.count(), events.hold

    def held() -> None:
        change(scene, seat)
        real()

    monkeypatch.setattr(allowed, "hold", held)
    if deed is Deed.OBJECT:
        grant_all_more_time(scene)
    with pytest.raises(RefusedError) as refused:
        DONE[deed](scene, seat)
    assert refused.value.problem.code == (code if change is _archived else Code.R213)
    assert Event.objects.count() == before


# ---------------------------------------------------------------- moves, and the archive


def test_in_an_archived_round_nothing_moves(scene: Scene) -> None:
    """By every step of the table, whatever its role."""
    things: dict[type, Submission | Objection] = {
        SubmissionState: a_submission(scene.data, scene.round_, "BM-01"),
        ObjectionState: an_objection(scene.round_),
    }
    put(scene.round_, RoundState.ARCHIVED)
    before = head()
    for step in STEPS:
        if isinstance(step.start, RoundState):
            assert step.start is not RoundState.ARCHIVED
            continue
        thing = things[type(step.start)]
        put(thing, step.start)
        for role in step.who:
            seat = a_seat(scene.round_, role, thing.unit)
            with pytest.raises(RefusedError) as refused:
                move(thing, step.to, thing.version, seat, "理由", NOW)
            assert refused.value.problem.code == right_of(step).code
            assert right_of(step).code in {Code.R235, Code.R250}
    with pytest.raises(RefusedError):
        release(things[SubmissionState], SubmissionState.ACCEPTED, 1, scene.seats[Role.LEADER], "", NOW)
    assert head() == before


def test_a_submission_and_an_objection_as_their_commands_take_them(scene: Scene) -> None:
    office, head_ = scene.seats[Role.OFFICE], scene.seats[Role.HEAD]
    sent = Submission.objects.get(unit__code="XZ-01")
    objection = an_objection(scene.round_)
    put(scene.round_, RoundState.ARCHIVED)
    for do, code in (
        (lambda: accept(sent, sent.version, office, NOW), Code.R235),
        (lambda: withdraw(sent, sent.version, head_, "填错", NOW), Code.R235),
        (lambda: take_step(objection, ObjectionState.ADMITTED, 1, office, "", NOW), Code.R250),
    ):
        with pytest.raises(RefusedError) as refused:
            do()
        assert refused.value.problem.code is code


def test_an_exception_is_the_offices_to_make(scene: Scene) -> None:
    put(scene.round_, RoundState.FINAL)
    words = (scene.data, scene.round_, "XZ-01", "01-1", "漏计")
    with pytest.raises(RefusedError) as refused:
        object_to(*words, scene.seats[Role.HEAD], NOW, exception="台风停工")
    assert refused.value.problem.code is Code.R213
    assert object_to(*words, scene.seats[Role.OFFICE], NOW, exception="台风停工").objection.late


def test_a_unit_that_has_left_the_round_is_granted_nothing(scene: Scene) -> None:
    unit = scene.round_.units.get(code="XZ-02")
    scene.round_.units.filter(pk=unit.pk).update(ended_at=NOW)
    with pytest.raises(RefusedError) as refused:
        grant_leave(scene.round_, unit, LATER, "断网", scene.seats[Role.OFFICE], NOW)
    assert refused.value.problem.code is Code.R251


def test_an_archived_round_is_read_verified_exported_and_backed_up(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with opened(a_copy(tmp_path, "published", tmp_path_factory.mktemp("made"))) as data:
        round_ = the_round()
        move(round_, RoundState.ARCHIVED, round_.version, seat_of(Role.OFFICE), "办结", NOW)
        before = head()
        assert status_of(round_).state is RoundState.ARCHIVED
        assert verify_round(data, round_).problems == ()
        export_round(data, round_, tmp_path / "exported")
        back_up(data, tmp_path / "backup.zip")
        assert (tmp_path / "exported" / "seal.txt").exists()
        assert (tmp_path / "backup.zip").exists()
        assert head() == before
