"""What comes next, of everything that is open. Reaches ``rounds/next_deed.py``, ``rounds/wording_of_days.py``."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from round_made import NOW, a_submission, an_objection

from lawgov_score.report import render
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import record
from lawgov_score.rounds.folder import plain_names
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Objection, Round, Run, Seat, Submission
from lawgov_score.rounds.names import FileKind, RoundState
from lawgov_score.rounds.next_deed import DeedKind, FirstResults, NextDeed, first_results, next_deed, objections_due
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.status import open_of, refused_of, states_of, status_of
from lawgov_score.rounds.wording_of_days import time_left, unknown_days
from lawgov_score.wording import Face, Language

R, K = RoundState, DeedKind
LATER, BEFORE = NOW + timedelta(days=9), NOW - timedelta(days=1)
NOTHING = {
    "units_without_submission": 0,
    "submissions_to_accept": 0,
    "submissions_returned": 0,
    "marks_missing": 0,
    "workbooks_with_errors": 0,
    "objections": 0,
    "objections_to_tell": 0,
}


def cases() -> Iterator[tuple[RoundState, dict[str, int], dict[str, datetime], DeedKind, RoundState | None]]:
    """State, what is open, deadlines; what comes next, and where a move leads."""
    yield R.PREPARING, {}, {}, K.MOVE, R.OPEN
    yield R.OPEN, {"units_without_submission": 1, "submissions_to_accept": 1}, {}, K.SORT, None
    yield R.OPEN, {"units_without_submission": 1}, {"submit_by": LATER}, K.WAIT, None
    yield R.OPEN, {"units_without_submission": 1}, {}, K.WAIT, None
    yield R.OPEN, {"units_without_submission": 1}, {"submit_by": BEFORE}, K.MOVE, R.CLOSED
    yield R.OPEN, {"submissions_returned": 1}, {"submit_by": LATER}, K.WAIT, None
    yield R.OPEN, {}, {"submit_by": LATER}, K.MOVE, R.CLOSED
    yield R.CLOSED, {"submissions_to_accept": 2}, {}, K.SORT, None
    yield R.CLOSED, {"submissions_returned": 2}, {}, K.WAIT, None
    yield R.CLOSED, {"units_without_submission": 2}, {}, K.MOVE, R.FIRST_REVIEW
    yield R.FIRST_REVIEW, {"submissions_to_accept": 1, "marks_missing": 4}, {}, K.SORT, None
    yield R.FIRST_REVIEW, {"workbooks_with_errors": 1}, {}, K.REVIEW, None
    yield R.FIRST_REVIEW, {"marks_missing": 4}, {}, K.REVIEW, None
    yield R.FIRST_REVIEW, {}, {}, K.MOVE, R.SECOND_REVIEW
    yield R.SECOND_REVIEW, {"marks_missing": 4}, {}, K.REVIEW, None
    yield R.FIRST_REVIEW, {"figures_missing": 3}, {}, K.REVIEW, None
    yield R.SECOND_REVIEW, {"claims_waiting": 1}, {}, K.REVIEW, None
    yield R.SECOND_REVIEW, {}, {}, K.RUN, None
    yield R.NOTIFIED, {}, {}, K.MOVE, R.OBJECTIONS
    yield R.OBJECTIONS, {"objections": 1}, {"objections_until": BEFORE}, K.OBJECTIONS, None
    yield R.OBJECTIONS, {}, {"objections_until": LATER}, K.RUN, None  # cards must name the deadline
    yield R.OBJECTIONS, {}, {"objections_until": BEFORE}, K.MOVE, R.FINAL
    yield R.FINAL, {"objections": 1}, {}, K.OBJECTIONS, None
    yield R.FINAL, {"objections": 1, "objections_to_tell": 1}, {}, K.OBJECTIONS, None
    yield R.FINAL, {}, {}, K.PUBLISH, None
    yield R.PUBLISHED, {"objections": 1}, {}, K.OBJECTIONS, None
    yield R.PUBLISHED, {}, {}, K.MOVE, R.ARCHIVED
    yield R.PUBLISHED, {}, {"objections_until": LATER}, K.WAIT, None  # what is filed by then is still taken
    yield R.ARCHIVED, {}, {}, K.KEEP, None


@pytest.mark.parametrize(("state", "open_", "until", "kind", "to"), list(cases()))
def test_one_thing_comes_next(
    round_: Round,
    state: RoundState,
    open_: dict[str, int],
    until: dict[str, datetime],
    kind: DeedKind,
    to: RoundState | None,
) -> None:
    Round.objects.filter(pk=round_.pk).update(state=state.value, **until)
    round_.refresh_from_db()
    found = next_deed(round_, {**NOTHING, **open_}, NOW)
    assert (found.kind, found.to) == (kind, to)
    for lang in Language:
        for text in (found.what, found.why):
            said = render(text, lang, Face.DESK)
            assert said
            assert "lawgov-score" not in said


@pytest.mark.parametrize(
    ("state", "first", "kind"),
    [
        (R.SECOND_REVIEW, FirstResults(2, is_old=True), K.RUN),
        (R.SECOND_REVIEW, FirstResults(2), K.MOVE),
        (R.OBJECTIONS, FirstResults(2, is_old=True), K.RUN),
        (R.OBJECTIONS, FirstResults(2, has_notice=True), K.TELL),
        (R.OBJECTIONS, FirstResults(2, has_notice=True, is_told=True), K.WAIT),
        (R.OBJECTIONS, FirstResults(2, is_old=True, has_notice=True, is_told=True), K.WAIT),
    ],
)
def test_how_the_first_results_stand(round_: Round, state: RoundState, first: FirstResults, kind: DeedKind) -> None:
    """Old ones do not lead on; in 异议 cards name the deadline, then units are told, then they are waited for."""
    Round.objects.filter(pk=round_.pk).update(state=state.value, objections_until=LATER)
    round_.refresh_from_db()
    assert next_deed(round_, NOTHING, NOW, (), first).kind is kind


def test_first_results_are_of_what_counts_until_something_changes(data: Data, round_: Round, office: Seat) -> None:
    assert first_results(data, round_) == FirstResults()
    read = keep(data, canonical(plain_names(data, round_)).encode(), "manifest", FileKind.FOLDER, NOW, office)
    rest = {"outputs": read, "problems": [], "engine": "x", "at": NOW, "seat": office, "seq": 0}
    Run.objects.create(round=round_, n=1, kind="first", manifest=read, **rest)
    assert first_results(data, round_) == FirstResults(1, has_notice=True)
    kept = keep(data, b"office: x", "notice.yaml", FileKind.NOTICE, NOW, office)
    Round.objects.filter(pk=round_.pk).update(notice=kept)
    round_.refresh_from_db()
    assert first_results(data, round_) == FirstResults(1, is_old=True)
    with transaction.atomic():
        record("document", round_, office, NOW, after={"kind": "result"})
    assert first_results(data, round_).is_told


def test_what_is_not_published_comes_before_the_archive(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(state=R.PUBLISHED.value)
    round_.refresh_from_db()
    found: NextDeed = next_deed(round_, NOTHING, NOW, ["考核办的工作簿 x"])
    assert found.kind is K.PUBLISH


def test_the_most_urgent_objection(round_: Round) -> None:
    assert objections_due(round_) is None
    for n, (due, state) in enumerate([(None, "filed"), (LATER, "filed"), (NOW, "notified"), (LATER, "drafted")], 1):
        one = an_objection(round_, n=n)
        Objection.objects.filter(pk=one.pk).update(due=due, state=state)
    assert objections_due(round_) == LATER


@pytest.mark.parametrize(
    ("until", "zh", "en"),
    [
        (NOW - timedelta(minutes=1), "已过", "over"),
        (NOW + timedelta(hours=8), "今天到期", "due today"),
        (NOW + timedelta(days=1), "还有 1 个工作日", "1 working day left"),
        (NOW + timedelta(days=4), "还有 4 个工作日", "4 working days left"),
        (NOW + timedelta(days=6), "还有 4 个工作日", "4 working days left"),  # over a weekend
        (NOW + timedelta(days=35), "还有 24 个工作日", "24 working days left"),  # and 清明节: 4 to 6 April
    ],
)
def test_how_long_it_is_until_a_deadline(round_: Round, until: datetime, zh: str, en: str) -> None:
    assert render(time_left(NOW, until), Language.ZH) == zh
    assert render(time_left(NOW, until), Language.EN) == en


def test_over_a_holiday_no_working_day_is_left(round_: Round) -> None:
    before_may, in_may = (
        datetime.fromisoformat("2026-04-30T20:00+08:00"),
        datetime.fromisoformat("2026-05-03T12:00+08:00"),
    )
    assert render(time_left(before_may, in_may), Language.ZH) == "中间没有工作日"


def test_a_year_without_its_holidays_is_told_to_both_faces(round_: Round) -> None:
    assert unknown_days(NOW, NOW + timedelta(days=30)) == ()
    (line,) = unknown_days(NOW, NOW + timedelta(days=365))
    assert "round holiday" in render(line, Language.ZH)
    assert "lawgov-score" not in render(line, Language.ZH, Face.DESK)
    assert "2027" in render(line, Language.EN, Face.DESK)


def test_counts_without_reading_are_those_of_the_whole_status(data: Data, round_: Round) -> None:
    for unit, state in (("XZ-01", "received"), ("XZ-02", "returned")):
        Submission.objects.filter(pk=a_submission(data, round_, unit).pk).update(state=state)
    stands = status_of(round_)
    assert open_of(round_, states_of(round_)) == stands.open
    assert refused_of(round_) == stands.refused == ()
