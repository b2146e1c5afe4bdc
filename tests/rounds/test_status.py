"""Where a round stands, as data: codes and moments as the contract says."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from round_made import NOW, a_submission, an_objection

from lawgov_score.report import render
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import record
from lawgov_score.rounds.models import Round, Seat, Submission
from lawgov_score.rounds.names import RoundState, SubmissionState
from lawgov_score.rounds.states import move
from lawgov_score.rounds.status import open_of, reasons_of, states_of, status_json, status_of, versions_in_force
from lawgov_score.wording import Language


def test_unit_by_unit(data: Data, round_: Round, office: Seat) -> None:
    move(round_, RoundState.OPEN, 1, office, "", NOW, also={"submit_by": NOW + timedelta(days=7)})
    first = a_submission(data, round_, "XZ-01", 1)
    move(first, SubmissionState.RETURNED, 1, office, "缺页", NOW)
    second = a_submission(data, round_, "XZ-01", 2)
    gone = a_submission(data, round_, "BM-01", 1)
    type(gone).objects.filter(pk=gone.pk).update(state="withdrawn")
    an_objection(round_)
    said = status_json(status_of(round_), "ab cd", 3)
    assert list(said) == ["code", "year", "state", "deadlines", "units", "open", "refused", "public_key"]
    assert said["public_key"] == "ab cd"
    assert (said["state"], said["deadlines"]) == (
        "open",
        {"submissions": "2026-03-09T09:30:00+08:00", "objections": None},
    )
    assert said["units"][0] == {
        "unit": "XZ-01",
        "name": "东乡",
        "cohort": "all",
        "state": "received",
        "versions": 2,
        "received_at": "2026-03-02T09:30:00+08:00",
        "late": False,
        "blanks": 0,
        "errors": 0,
        "warnings": 0,
    }
    assert [(one["state"], one["versions"], one["received_at"]) for one in said["units"][1:]] == [
        ("none", 0, None),
        ("withdrawn", 1, None),
    ]
    assert said["open"] == {
        "units_without_submission": 2,
        "submissions_to_accept": 1,
        "submissions_returned": 0,
        "objections": 1,
        "objections_to_tell": 0,
        "marks_missing": 0,
        "workbooks_with_errors": 0,
        "unpublished": 3,
    }
    assert versions_in_force(round_) == {second.unit_id: second}


def test_a_unit_that_has_ended_is_left_out(round_: Round) -> None:
    round_.units.filter(code="XZ-02").update(ended_at=NOW)
    assert [one.unit.code for one in status_of(round_).units] == ["XZ-01", "BM-01"]


def test_numbers_alone_are_had_without_any_submission(data: Data, round_: Round, office: Seat) -> None:
    """What a page of numbers needs is five queries of small columns; a list of units reads no large ones either."""
    a_submission(data, round_, "XZ-01", 1)
    second = a_submission(data, round_, "XZ-01", 2)
    gone = a_submission(data, round_, "XZ-02", 1)
    Submission.objects.filter(pk=gone.pk).update(state=SubmissionState.WITHDRAWN.value)
    with CaptureQueriesContext(connection) as asked:
        states = states_of(round_)
        numbers = open_of(round_, states)
    assert len(asked) == 5
    assert not [one for one in asked if "receipt" in one["sql"] or "problems" in one["sql"]]
    stands = status_of(round_)
    assert [(one.code, one.state, one.tries) for one in states] == [
        (one.unit.code, one.state, one.versions) for one in stands.units
    ]
    assert [one.has_sent for one in states] == [one.in_force is not None for one in stands.units]
    assert numbers == stands.open
    in_force = versions_in_force(round_)[second.unit_id]
    assert in_force.get_deferred_fields() == {"problems", "receipt"}
    assert in_force.receipt == second.receipt


def test_where_one_was_withdrawn_the_one_before_counts(data: Data, round_: Round) -> None:
    first = a_submission(data, round_, "XZ-01", 1)
    second = a_submission(data, round_, "XZ-01", 2)
    Submission.objects.filter(pk=second.pk).update(state=SubmissionState.WITHDRAWN.value)
    assert versions_in_force(round_) == {first.unit_id: first}
    one = states_of(round_)[0]
    assert (one.state, one.tries, one.has_sent) == (SubmissionState.RECEIVED, 2, True)


def test_an_old_file_that_comes_again_after_the_right_one_is_settled(data: Data, round_: Round, office: Seat) -> None:
    """And what was refused is settled too when the office accepts what counts."""
    hours = [NOW + timedelta(hours=n) for n in range(6)]
    after = {"name": "旧.xlsx", "sha256": "0" * 64, "codes": ["R291"], "unit": "XZ-01"}

    def refused(hour: datetime, **other: str) -> None:
        with transaction.atomic():
            record("refuse", round_, office, hour, after={**after, **other})

    refused(hours[0])
    assert [one.name for one in status_of(round_).refused] == ["旧.xlsx"]
    right = a_submission(data, round_, "XZ-01", 1)
    Submission.objects.filter(pk=right.pk).update(received_at=hours[1])
    refused(hours[2])
    assert status_of(round_).refused == ()
    refused(hours[3], name="另一份.xlsx", sha256="1" * 64)
    (other,) = status_of(round_).refused
    assert render(reasons_of(other)[0], Language.ZH) == "东乡（XZ-01）报来的是别的年度的填报表，未收"
    move(right, SubmissionState.ACCEPTED, 1, office, "", hours[4])
    assert status_of(round_).refused == ()
    refused(hours[5], name="又一份.xlsx", sha256="2" * 64)
    assert [one.name for one in status_of(round_).refused] == ["又一份.xlsx"]
