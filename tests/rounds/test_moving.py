"""Moving a round: what is still open is told before, deadlines begin, the leader's release is an event of its own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from round_books import an_office_round, answered, sent
from round_made import NOW, a_submission, an_objection
from sheets import fill
from test_cli_assessor import a_tree, an_office

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.problems import RefusedError
from lawgov_score.report import render
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.models import Event, Notice, Round, Seat
from lawgov_score.rounds.moving import Open, OpenKind, move_round, still_open
from lawgov_score.rounds.names import ObjectionState, Role, RoundState, RunKind, SubmissionState
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.states import move
from lawgov_score.rounds.verifying import verify_round
from lawgov_score.rounds.wording_of_moves import what_is_open
from lawgov_score.wording import Language

R = RoundState
BOTH = ("A 01-2", "A 01-4", "B 01-2", "B 01-4")
IN_TEN_DAYS = NOW + timedelta(days=10)


def at(round_: Round, state: RoundState) -> Round:
    """The round as if it had come so far: for what is looked for before the next step."""
    Round.objects.filter(pk=round_.pk).update(state=state.value, version=round_.version + 1)
    round_.refresh_from_db()
    return round_


def kinds(open_: tuple[Open, ...]) -> dict[OpenKind, tuple[str, ...]]:
    return {one.kind: tuple(render(about, Language.ZH) for about in one.about) for one in open_}


def test_opening_begins_the_deadline_of_submissions(data: Data, round_: Round, office: Seat) -> None:
    assert kinds(still_open(data, round_, R.OPEN, NOW)) == {OpenKind.NO_DEADLINE: ()}
    assert still_open(data, round_, R.OPEN, NOW, IN_TEN_DAYS) == ()
    move_round(data, round_, R.OPEN, 1, "开始", office, NOW, until=IN_TEN_DAYS)
    assert (round_.state, round_.submit_by) == ("open", IN_TEN_DAYS)
    assert {one.due for one in Notice.objects.all()} == {IN_TEN_DAYS}
    assert list(broken_links()) == []


@pytest.mark.parametrize("until", [NOW, NOW - timedelta(days=1)])
def test_a_deadline_that_is_over_moves_nothing(data: Data, round_: Round, office: Seat, until: datetime) -> None:
    with pytest.raises(RefusedError) as refused:
        move_round(data, round_, R.OPEN, 1, "开始", office, NOW, until=until)
    assert refused.value.problem.code is Code.R230
    round_.refresh_from_db()
    assert (round_.state, Event.objects.count()) == ("preparing", 1)


def test_what_is_opened_again_needs_a_deadline_to_come(data: Data, round_: Round, office: Seat, leader: Seat) -> None:
    move_round(data, round_, R.OPEN, 1, "开始", office, NOW, until=IN_TEN_DAYS)
    later = IN_TEN_DAYS + timedelta(hours=1)
    move_round(data, round_, R.CLOSED, 2, "到期", office, later)
    with pytest.raises(RefusedError) as refused:
        move_round(data, round_, R.OPEN, 3, "有漏报", office, later, leader=leader, released_by="王某")
    assert refused.value.problem.code is Code.R230
    until = later + timedelta(days=1)
    move_round(data, round_, R.OPEN, 3, "有漏报", office, later, leader=leader, released_by="王某", until=until)
    assert (round_.state, round_.submit_by) == ("open", until)
    acts = list(Event.objects.order_by("seq").values_list("act", flat=True))
    assert acts == ["make", "move", "move", "release", "move"]
    assert "王某同意：有漏报" in Event.objects.get(act="release").body


def test_a_step_back_without_release_leaves_nothing_behind(
    data: Data, round_: Round, office: Seat, leader: Seat
) -> None:
    move_round(data, round_, R.OPEN, 1, "", office, NOW)
    move_round(data, round_, R.CLOSED, 2, "", office, NOW)
    before = Event.objects.count()
    for by, why, code in ((None, "有漏报", Code.R215), (leader, " ", Code.R214)):
        with pytest.raises(RefusedError) as refused:
            move_round(data, round_, R.OPEN, 3, why, office, NOW, leader=by, released_by="王某")
        assert refused.value.problem.code is code
    assert Event.objects.count() == before


def test_a_round_is_not_published_without_a_publication(data: Data, round_: Round, office: Seat, leader: Seat) -> None:
    at(round_, R.FINAL)
    with pytest.raises(RefusedError) as refused:
        move_round(data, round_, R.PUBLISHED, 2, "审定", office, NOW, leader=leader, released_by="王某")
    assert refused.value.problem.code is Code.R231
    assert Event.objects.count() == 1


def test_objections_begin_with_working_days(data: Data, round_: Round, office: Seat) -> None:
    at(round_, R.SECOND_REVIEW)
    move_round(data, round_, R.NOTIFIED, 2, "", office, NOW)
    assert round_.notified_at == NOW
    move_round(data, round_, R.OBJECTIONS, 3, "", office, NOW)
    assert round_.objections_until == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)  # the Monday after, half past five
    assert {one.due for one in Notice.objects.filter(act="notified>objections")} == {round_.objections_until}


def test_sending_that_is_not_done_is_told_before_each_step_that_ends_it(
    data: Data, round_: Round, office: Seat
) -> None:
    at(round_, R.OPEN)
    move(a_submission(data, round_, "XZ-01"), SubmissionState.RETURNED, 1, office, "缺页", NOW)
    a_submission(data, round_, "XZ-02")
    assert kinds(still_open(data, round_, R.CLOSED, NOW)) == {
        OpenKind.WITHOUT_SUBMISSION: ("BM-01 教育局",),
        OpenKind.RETURNED: ("XZ-01 东乡",),
    }
    assert kinds(still_open(data, at(round_, R.CLOSED), R.FIRST_REVIEW, NOW))[OpenKind.TO_ACCEPT] == ("XZ-02 西乡",)
    assert still_open(data, round_, R.OPEN, NOW) == ()  # a step back


def test_objections_that_are_not_done_are_told_before_final_publication_and_archive(data: Data, round_: Round) -> None:
    at(round_, R.OBJECTIONS)
    for n, state in enumerate((ObjectionState.FILED, ObjectionState.DECIDED, ObjectionState.NOTIFIED), start=1):
        one = an_objection(round_, n=n)
        type(one).objects.filter(pk=one.pk).update(state=state.value)
    expected = {OpenKind.UNDECIDED: ("1",), OpenKind.NOT_TOLD: ("2",)}
    assert kinds(still_open(data, round_, R.FINAL, NOW)) == expected
    assert kinds(still_open(data, at(round_, R.FINAL), R.PUBLISHED, NOW)) == {OpenKind.NOT_TOLD: ("2",)}
    assert kinds(still_open(data, at(round_, R.PUBLISHED), R.ARCHIVED, NOW)) == expected
    Round.objects.filter(pk=round_.pk).update(objections_until=IN_TEN_DAYS)
    round_.refresh_from_db()
    for to in (R.PUBLISHED, R.ARCHIVED):  # units were told that they have time
        (early,) = [one for one in still_open(data, round_, to, NOW) if one.kind is OpenKind.TOO_EARLY]
        assert "异议期限还没有到" in render(what_is_open(early, to), Language.ZH)


def test_a_missing_run_and_an_old_one_are_told_before_units_are(data: Data, round_: Round, office: Seat) -> None:
    sent(data, round_, "XZ-01", answered("XZ-01", 1, 10))
    at(round_, R.SECOND_REVIEW)
    found = {one.kind: one for one in still_open(data, round_, R.NOTIFIED, NOW)}
    assert found[OpenKind.NO_RUN].run is RunKind.FIRST
    make_run(data, round_, RunKind.FIRST, office, NOW)
    assert not {OpenKind.NO_RUN, OpenKind.OLD_RUN} & kinds(still_open(data, round_, R.NOTIFIED, NOW)).keys()
    sent(data, round_, "XZ-02", answered("XZ-02", 5, 10))
    assert kinds(still_open(data, round_, R.NOTIFIED, NOW))[OpenKind.OLD_RUN] == ("1",)


def filled_in(folder: Path, unit: str, values: dict[str, object]) -> bytes:
    """The workbook of a unit of ``an_office_round``."""
    tree, _ = pipeline.load_tree(Path(a_tree(folder)))
    assert tree is not None
    units, _ = pipeline.load_roster(folder / "roster-ab.csv", tree)
    assert units is not None
    pipeline.write_templates(tree, units, folder / "templates", Language.ZH, unwatched)
    (path,) = (folder / "templates").glob(f"{unit}*.xlsx")
    fill(path, values)
    return path.read_bytes()


def test_items_that_nobody_reviewed_are_counted_by_the_engine(tmp_path: Path) -> None:
    with opened(an_office_round(tmp_path)) as data:
        round_, office = the_round(), seat_of(Role.OFFICE)
        at(round_, R.FIRST_REVIEW)
        assert OpenKind.NOT_REVIEWED not in kinds(still_open(data, round_, R.SECOND_REVIEW, NOW))  # nothing has come
        sent(data, round_, "A", filled_in(tmp_path, "A", {"01-1.done": 1, "01-1.got": 2}))
        assert kinds(still_open(data, round_, R.SECOND_REVIEW, NOW))[OpenKind.NOT_REVIEWED] == BOTH
        make_run(data, round_, RunKind.TRIAL, office, NOW)  # the same, by what was computed already
        assert kinds(still_open(data, round_, R.SECOND_REVIEW, NOW))[OpenKind.NOT_REVIEWED] == BOTH
        books, _ = read_given([an_office(tmp_path / "given") / "office.xlsx"])
        enter(data, round_, books, office, NOW)
        assert OpenKind.NOT_REVIEWED not in kinds(still_open(data, round_, R.SECOND_REVIEW, NOW))


def test_another_deadline_is_a_deed_of_its_own_that_units_are_told(data: Data, round_: Round, office: Seat) -> None:
    move_round(data, round_, R.OPEN, 1, "开始", office, NOW, until=IN_TEN_DAYS)
    with pytest.raises(RefusedError) as refused:
        move_round(data, round_, R.OPEN, 2, "改期", office, NOW, until=IN_TEN_DAYS)
    assert refused.value.problem.code is Code.R319
    with pytest.raises(RefusedError) as refused:
        move_round(data, round_, R.OPEN, 2, "", office, NOW, until=IN_TEN_DAYS + timedelta(days=1))
    assert refused.value.problem.code is Code.R214
    earlier = IN_TEN_DAYS - timedelta(days=5)
    assert OpenKind.TOO_EARLY in kinds(still_open(data, round_, R.OPEN, NOW, earlier))
    move_round(data, round_, R.OPEN, 2, "改期", office, NOW, until=earlier)
    assert (round_.state, round_.submit_by, round_.version) == ("open", earlier, 3)
    assert {one.due for one in Notice.objects.filter(act="open>open")} == {earlier}
    assert list(broken_links()) == []
    assert not verify_round(data, round_).problems
