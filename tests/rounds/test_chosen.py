"""What somebody chose on a list: as it was seen, all or none. Reaches ``rounds/chosen.py``."""

import pytest
from round_made import NOW, a_submission

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.chosen import Seen, accept_all, accept_each, as_seen, still_to_send_back, take_back_all
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Event, Round, Seat, Submission
from lawgov_score.rounds.names import SubmissionState
from lawgov_score.rounds.states import move

S = SubmissionState
ALL = [Seen("XZ-01", 1, 1), Seen("XZ-02", 1, 1), Seen("BM-01", 1, 1)]


@pytest.fixture(autouse=True)
def fixture_what_came(data: Data, round_: Round) -> None:
    for one in ALL:
        a_submission(data, round_, one.unit)


def states() -> list[str]:
    return list(Submission.objects.order_by("pk").values_list("state", flat=True))


def test_all_or_none(data: Data, round_: Round, office: Seat) -> None:
    move(Submission.objects.get(unit__code="XZ-02"), S.RETURNED, 1, office, "补件", NOW)
    with pytest.raises(RefusedError) as found:
        accept_all(round_, ALL, office, NOW)
    assert found.value.problem.code is Code.R227
    assert states() == ["received", "returned", "received"]
    assert len(accept_all(round_, [ALL[0], ALL[2]], office, NOW)) == 2
    assert states() == ["accepted", "returned", "accepted"]
    assert take_back_all(round_, [Seen("XZ-02", 1, 2)], "退错了", office, NOW)[0].state == S.RECEIVED


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        (Seen("XZ-01", 1, 2), Code.R212),
        (Seen("XZ-01", 2, 1), Code.R212),  # which never was
        (Seen("XZ-09", 1, 1), Code.R227),
        (Seen("", 0, 0), Code.R227),
    ],
)
def test_what_is_not_as_it_was_seen(round_: Round, seen: Seen, code: Code) -> None:
    with pytest.raises(RefusedError) as found:
        as_seen(round_, [ALL[1], seen], (S.RECEIVED,))
    assert [one.code for one in found.value.problems] == [code]


def test_of_a_try_that_another_replaced(data: Data, round_: Round) -> None:
    a_submission(data, round_, "XZ-01", 2)
    with pytest.raises(RefusedError) as found:
        as_seen(round_, ALL[:1], (S.RECEIVED,))
    assert found.value.problem.code is Code.R217
    assert as_seen(round_, [], (S.RECEIVED,)) == []


def test_a_return_that_was_broken_off_goes_on_with_what_is_as_it_left_it(
    data: Data, round_: Round, office: Seat
) -> None:
    move(Submission.objects.get(unit__code="XZ-01"), S.RETURNED, 1, office, "补件", NOW)
    move(Submission.objects.get(unit__code="XZ-02"), S.RETURNED, 1, office, "补件", NOW)
    a_submission(data, round_, "XZ-02", 2)
    rows, problems = still_to_send_back(round_, ALL)
    assert [row.unit.code for row in rows] == ["XZ-01", "BM-01"]
    assert [one.code for one in problems] == [Code.R217]
    move(Submission.objects.get(unit__code="XZ-01"), S.RECEIVED, 2, office, "退错了", NOW)  # does not go back again
    move(Submission.objects.get(unit__code="BM-01"), S.ACCEPTED, 1, office, "", NOW)
    rows, problems = still_to_send_back(round_, ALL)
    assert rows == []
    assert sorted(one.code for one in problems) == [Code.R212, Code.R217, Code.R227]
    assert still_to_send_back(round_, []) == ([], [])


def test_each_by_itself_and_again_nothing_twice(round_: Round, office: Seat) -> None:
    move(Submission.objects.get(unit__code="XZ-02"), S.RETURNED, 1, office, "补件", NOW)

    def each() -> dict[str, list[Code]]:
        told = accept_each(round_, ALL, office, NOW)
        return {one.one.unit: [problem.code for problem in one.problems] for one in told}

    assert each() == {"XZ-01": [], "XZ-02": [Code.R227], "BM-01": []}
    events = Event.objects.count()
    assert each() == {"XZ-01": [], "XZ-02": [Code.R227], "BM-01": []}
    assert Event.objects.count() == events
