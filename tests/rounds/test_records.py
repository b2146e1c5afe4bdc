"""Reading the record: which events, whom they are about, and their files. Reaches ``rounds/records.py``."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from round_made import NOW, an_objection
from round_published import came

from lawgov_score.rounds import records
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import record
from lawgov_score.rounds.leaves import grant_leave
from lawgov_score.rounds.models import Event, File, Round, Seat
from lawgov_score.rounds.records import Wanted, acts, body_of, event_of, files_of, page_of, units_of


@pytest.fixture(autouse=True)
def fixture_what_was_done(data: Data, round_: Round, office: Seat) -> None:
    """1 make, 2 receive of XZ-01, 3 of XZ-02, 4 leave of XZ-02, 5 move of an objection of XZ-01."""
    came(data, round_, "XZ-01", 1)
    came(data, round_, "XZ-02", 2)
    grant_leave(round_, round_.units.get(code="XZ-02"), NOW + timedelta(days=1), '停"电%', office, NOW)
    with transaction.atomic():
        record("object", an_objection(round_), office, NOW + timedelta(days=2), after={"claim": "漏计"})


def found(round_: Round, wanted: Wanted) -> list[int]:
    return [event.seq for event in page_of(round_, wanted).events]


@pytest.mark.parametrize(
    ("wanted", "seqs"),
    [
        (Wanted(), [5, 4, 3, 2, 1]),
        (Wanted(act="receive"), [3, 2]),
        (Wanted(unit="XZ-01"), [5, 2]),
        (Wanted(unit="XZ-0"), []),
        (Wanted(unit="%"), []),
        (Wanted(text='停"电'), [4]),
        (Wanted(text="电%"), [4]),
        (Wanted(text="%"), [4]),
        (Wanted(text="_nothing_"), []),
        (Wanted(first=date(2026, 3, 3)), [5]),
        (Wanted(last=date(2026, 3, 3)), [4, 3, 2, 1]),
        (Wanted(unit="XZ-02", before=4), [3]),
        (Wanted(first=date(2026, 3, 2), last=date(2026, 3, 2), act="leave"), [4]),
    ],
)
def test_which_events(round_: Round, wanted: Wanted, seqs: list[int]) -> None:
    assert found(round_, wanted) == seqs


def test_pages_follow_each_other_without_a_gap(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST", 2)
    seen: list[int] = []
    before: int | None = None
    while True:
        page = page_of(round_, Wanted(before=before))
        seen += [event.seq for event in page.events]
        before = page.before
        if before is None:
            break
    assert seen == [5, 4, 3, 2, 1]


def test_whom_and_which_files_it_is_about(data: Data, round_: Round) -> None:
    events = list(Event.objects.order_by("seq"))
    assert units_of(round_, events) == {2: "东乡", 3: "西乡", 4: "西乡", 5: "东乡"}
    files = files_of(events)
    first = round_.submissions.get(unit__code="XZ-01").file
    assert [file.sha256 for file in files[2]] == [first.sha256]
    assert files[4] == files[5] == ()
    assert {file.sha256 for file in files[1]} >= {round_.roster.sha256}
    assert round_.tree.sha256 not in {file.sha256 for file in files[1]}  # a list of names is no file for people


def test_a_page_asks_the_same_however_many_events_it_has(round_: Round) -> None:
    with connection.execute_wrapper(counting := Counting()):
        page = page_of(round_, Wanted())
        files_of(page.events)
        units_of(round_, page.events)
        assert all(event.seat is None or event.seat.person.name for event in page.events)
    assert counting.n <= 5


class Counting:
    n = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.n += 1
        return execute(sql, params, many, context)


def test_what_the_record_has_and_what_it_has_not(round_: Round) -> None:
    assert acts() == ("leave", "make", "object", "receive")
    assert event_of(6) is None
    one = event_of(4)
    assert one is not None
    assert body_of(one)["reason"] == '停"电%'


@pytest.mark.parametrize("body", ["", "nothing", "[]", "3", "[" * 100_000])
def test_an_event_that_somebody_broke_says_nothing(body: str) -> None:
    event = Event(seq=9, body=body, object="objection x")
    assert body_of(event) == {}
    assert files_of([event]) == {9: ()}


def test_a_file_is_called_as_the_event_calls_it(data: Data, round_: Round, office: Seat) -> None:
    """The same bytes came under another name before, or later."""
    first = round_.submissions.get(unit__code="XZ-01").file
    others = [*File.objects.exclude(pk=first.pk).exclude(kind="folder")[:2]]
    with transaction.atomic():
        record("refuse", round_, office, NOW, after={"name": "盖章页.jpg", "sha256": first.sha256, "codes": ["S103"]})
        record(
            "document", round_, office, NOW, after={"template": others[0].sha256, "files": {"通知.docx": first.sha256}}
        )
    refused, made = Event.objects.order_by("seq")[5:]
    named = files_of([refused, made])
    assert [(one.sha256, one.name) for one in named[refused.seq]] == [(first.sha256, "盖章页.jpg")]
    assert {(one.sha256, one.name) for one in named[made.seq]} == {
        (first.sha256, "通知.docx"),
        (others[0].sha256, others[0].name),
    }


def test_and_a_workbook_of_the_office_by_its_own_name(round_: Round) -> None:
    first = round_.submissions.get(unit__code="XZ-01").file
    event = Event(seq=9, object="office book 打分/一.xlsx/2", body=f'{{"after":{{"sha256":"{first.sha256}"}}}}')
    assert [one.name for one in files_of([event])[9]] == ["打分/一.xlsx"]
