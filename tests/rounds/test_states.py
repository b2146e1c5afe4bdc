"""Moves along the table of states, all of them; and what is refused."""

import itertools
import json
from enum import StrEnum

import pytest
from round_made import NOW, a_seat, a_submission, an_objection, at_once

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.models import Event, Notice, Objection, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import ObjectionState, Role, RoundState, SubmissionState
from lawgov_score.rounds.states import STEPS, Moved, Step, Tells, move, release, state_of, step_of, steps_from

KINDS = {RoundState: Round, SubmissionState: Submission, ObjectionState: Objection}
WAYS = [
    (start, to, role)
    for kind in KINDS
    for start, to in itertools.product(kind, kind)
    for role in (Role if step_of(start, to) else (Role.OFFICE,))  # where there is no way, nobody has one
    if start is not SubmissionState.NONE
]


def put(thing: Moved, state: str) -> None:
    """Straight into the database, as no code of ours does."""
    type(thing).objects.filter(pk=thing.pk).update(state=state)
    thing.refresh_from_db()


def test_the_table_has_each_way_once_and_reaches_every_state() -> None:
    ways = [(type(step.start), step.start, step.to) for step in STEPS]
    assert len(ways) == len(set(ways))
    for kind, first in ((RoundState, "preparing"), (SubmissionState, "received"), (ObjectionState, "filed")):
        reached: set[StrEnum] = {kind(first)}
        for _ in kind:
            reached |= {step.to for state in reached for step in steps_from(state)}
        assert reached == set(kind) - {SubmissionState.NONE}


def test_back_goes_one_step_with_reason_and_release_and_never_from_published() -> None:
    order = list(RoundState)
    for step in STEPS:
        if isinstance(step.start, RoundState) and isinstance(step.to, RoundState):
            if step.to is step.start:  # another deadline of submissions
                assert (step.start, step.needs_reason, step.tells) == (RoundState.OPEN, True, Tells.UNITS)
                continue
            assert abs(order.index(step.to) - order.index(step.start)) == 1
            if order.index(step.to) < order.index(step.start):
                assert step.needs_reason
                assert step.needs_release
                assert step.who == {Role.OFFICE}
                assert step.start not in {RoundState.PUBLISHED, RoundState.ARCHIVED}


def test_every_pair_of_states_by_every_role_goes_where_the_table_says_and_nowhere_else(
    data: Data, round_: Round, leader: Seat
) -> None:
    unit = round_.units.get(code="XZ-01")
    seats = {role: a_seat(round_, role, unit) for role in Role}
    things: dict[type, Moved] = {
        RoundState: round_,
        SubmissionState: a_submission(data, round_),
        ObjectionState: an_objection(round_),
    }
    went = 0
    for start, to, role in WAYS:
        thing = things[type(start)]
        if thing is not round_:
            put(round_, RoundState.OBJECTIONS.value)  # when all of them may be done
        put(thing, start.value)
        version, events = thing.version, Event.objects.count()
        step = step_of(start, to)
        if step is not None and step.needs_release:
            release(thing, to, version, leader, "同意", NOW)
            events += 1
        if step is not None and role in step.who:
            move(thing, to, version, seats[role], "理由", NOW)
            assert (state_of(thing), thing.version) == (to, version + 1)
            assert Event.objects.count() == events + 1
            went += 1
            continue
        with pytest.raises(RefusedError) as refused:
            move(thing, to, version, seats[role], "理由", NOW)
        assert refused.value.problem.code == (Code.R211 if step is None else Code.R213)
        thing.refresh_from_db()
        assert (state_of(thing), thing.version, Event.objects.count()) == (start, version, events)
    assert went == sum(len(step.who) for step in STEPS)
    assert list(broken_links()) == []


def test_a_reason_of_blanks_is_none(data: Data, round_: Round, office: Seat) -> None:
    for step in STEPS:
        if not step.needs_reason or isinstance(step.start, RoundState):
            continue
        thing = (
            a_submission(data, round_, n=9) if isinstance(step.start, SubmissionState) else an_objection(round_, n=9)
        )
        put(round_, RoundState.OBJECTIONS.value)
        put(thing, step.start.value)
        with pytest.raises(RefusedError) as refused:
            move(thing, step.to, thing.version, office, " \n", NOW)
        assert refused.value.problem.code is Code.R214
        type(thing).objects.filter(pk=thing.pk).delete()


def test_a_release_is_of_one_step_at_one_version(round_: Round, office: Seat, leader: Seat) -> None:
    put(round_, "closed")

    def back(version: int) -> Code | None:
        try:
            move(round_, RoundState.OPEN, version, office, "三个乡镇断网", NOW)
        except RefusedError as refused:
            return refused.problem.code
        return None

    assert back(1) is Code.R215
    with pytest.raises(RefusedError) as refused:
        release(round_, RoundState.OPEN, 1, office, "", NOW)  # the office releases nothing itself
    assert refused.value.problem.code is Code.R213
    with pytest.raises(RefusedError) as refused:
        release(round_, RoundState.FINAL, 1, leader, "", NOW)
    assert refused.value.problem.code is Code.R211
    release(round_, RoundState.OPEN, 1, leader, "同意", NOW)
    assert back(1) is None
    move(round_, RoundState.CLOSED, 2, office, "", NOW)
    assert back(3) is Code.R215  # that release was of what was then
    with pytest.raises(RefusedError) as refused:
        release(round_, RoundState.OPEN, 1, leader, "同意", NOW)
    assert refused.value.problem.code is Code.R212


def test_a_head_withdraws_what_is_the_units_own_alone(data: Data, round_: Round) -> None:
    sent = a_submission(data, round_)
    other = a_seat(round_, Role.HEAD, round_.units.get(code="XZ-02"))
    own = a_seat(round_, Role.HEAD, sent.unit)
    with pytest.raises(RefusedError) as refused:
        move(sent, SubmissionState.WITHDRAWN, 1, other, "", NOW)
    assert refused.value.problem.code is Code.R213
    own.ended_at = NOW
    own.save()
    with pytest.raises(RefusedError):
        move(sent, SubmissionState.WITHDRAWN, 1, own, "", NOW)  # a seat that has ended
    again = a_seat(round_, Role.HEAD, sent.unit)
    move(sent, SubmissionState.WITHDRAWN, 1, again, "", NOW)
    assert Notice.objects.filter(role=Role.OFFICE).count() == 1


def test_who_must_be_told_is_told(data: Data, round_: Round, office: Seat) -> None:
    move(round_, RoundState.OPEN, 1, office, "", NOW, due=NOW)
    assert sorted(Notice.objects.values_list("unit__code", flat=True)) == ["BM-01", "XZ-01", "XZ-02"]
    assert set(Notice.objects.values_list("act", "due")) == {("preparing>open", NOW)}
    move(a_submission(data, round_), SubmissionState.RETURNED, 1, office, "第 3 行为空", NOW)
    assert Notice.objects.filter(about="submission XZ-01/1", unit__code="XZ-01").count() == 1
    assert {step.tells for step in STEPS} == set(Tells)


def test_of_eight_who_press_at_once_one_wins(data: Data, round_: Round, office: Seat) -> None:
    sent = a_submission(data, round_)

    def press(_: int) -> object:
        mine = Submission.objects.get(pk=sent.pk)
        return move(mine, SubmissionState.ACCEPTED, 1, office, "", NOW)

    results = at_once(press, 8)
    assert sum(isinstance(one, Event) for one in results) == 1
    lost = [one.problem.code for one in results if isinstance(one, RefusedError)]
    assert len(lost) == 7
    assert set(lost) == {Code.R212}
    assert Event.objects.filter(act="move").count() == 1
    assert Notice.objects.count() == 1
    assert list(broken_links()) == []


def test_only_what_is_in_force_is_accepted_returned_or_withdrawn(data: Data, round_: Round, office: Seat) -> None:
    """A unit sent another one a moment ago: the earlier is nobody's business any more."""
    first, second = a_submission(data, round_), a_submission(data, round_, n=2)
    head_ = a_seat(round_, Role.HEAD, first.unit)
    events = Event.objects.count()
    for to, seat in (("accepted", office), ("returned", office), ("withdrawn", head_)):
        with pytest.raises(RefusedError) as refused:
            move(first, SubmissionState(to), 1, seat, "理由", NOW)
        assert refused.value.problem.code is Code.R217
    assert (Event.objects.count(), Submission.objects.filter(state="received").count()) == (events, 2)
    move(second, SubmissionState.WITHDRAWN, 1, head_, "", NOW)
    move(first, SubmissionState.ACCEPTED, 1, office, "", NOW)  # which is in force again
    third = a_submission(data, round_, "XZ-02")
    Unit.objects.filter(pk=third.unit_id).update(ended_at=NOW)
    with pytest.raises(RefusedError) as refused:
        move(third, SubmissionState.ACCEPTED, 1, office, "", NOW)
    assert refused.value.problem.code is Code.R217


def test_who_saw_an_older_state_changes_nothing(data: Data, round_: Round, office: Seat) -> None:
    sent = a_submission(data, round_)
    seen = Submission.objects.get(pk=sent.pk)
    move(sent, SubmissionState.ACCEPTED, 1, office, "", NOW)
    with pytest.raises(RefusedError) as refused:
        move(seen, SubmissionState.RETURNED, 1, office, "缺页", NOW)
    assert refused.value.problem.code is Code.R212
    assert Notice.objects.count() == 1


def test_a_move_sets_other_columns_with_it_and_the_event_tells_them(round_: Round, office: Seat) -> None:
    event = move(round_, RoundState.OPEN, 1, office, "", NOW, also={"submit_by": NOW})
    assert round_.submit_by == NOW
    assert json.loads(event.body)["after"]["submit_by"] == "2026-03-02T01:30:00.000000Z"


def test_a_step_knows_what_it_is() -> None:
    step = step_of(RoundState.FINAL, RoundState.PUBLISHED)
    assert isinstance(step, Step)
    assert step.who == {Role.OFFICE, Role.LEADER}
    assert step_of(RoundState.NOTIFIED, ObjectionState.DECIDED) is None  # states of two kinds
