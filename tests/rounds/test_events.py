"""The chain of events: whole, whoever writes at once; and every change of it is found."""

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from round_made import NOW, at_once

from lawgov_score.rounds.events import FIRST, Head, Recorder, broken_links, head, hold, link, record
from lawgov_score.rounds.models import Event, OnlyAddedError, Round, Seat
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.sealing import as_stored, seals_of


def add(round_: Round, seat: Seat, n: int = 1) -> None:
    for i in range(n):
        with transaction.atomic():
            record("try", round_, seat, NOW, after={"n": i}, reason="试")


def test_each_carries_the_hash_of_the_one_before(round_: Round, office: Seat) -> None:
    add(round_, office, 3)
    events = list(Event.objects.order_by("seq"))
    assert [one.seq for one in events] == [1, 2, 3, 4]
    assert [one.prev for one in events] == [FIRST, *(one.hash for one in events[:-1])]
    assert all(one.hash == link(one.prev, one.body) for one in events)
    assert head() == Head(4, events[-1].hash)
    assert list(broken_links()) == []
    said = json.loads(events[-1].body)
    assert said == {
        "seq": 4,
        "at": "2026-03-02T01:30:00.000000Z",
        "seat": {"n": office.pk, "role": "office"},
        "act": "try",
        "object": "round county-2026",
        "before": {},
        "after": {"n": 2},
        "reason": "试",
        "rows": seals_of([as_stored(round_)]),
    }
    assert list(said["rows"]) == ["round county-2026"]
    assert events[-1].body == canonical(said)


def test_many_events_of_one_deed_make_the_chain_that_they_make_one_by_one(round_: Round, office: Seat) -> None:
    with transaction.atomic():
        for n in range(3):
            record("try", round_, office, NOW - timedelta(hours=n), after={"n": n}, reason="试")
        one_by_one = list(Event.objects.order_by("seq").values_list("body", "behind", "hash"))
        transaction.set_rollback(True)
    with transaction.atomic():
        recorder = Recorder()
        for n in range(3):
            recorder.record("try", round_, office, NOW - timedelta(hours=n), after={"n": n}, reason="试")
        assert head().seq == 1
        recorder.write()
        recorder.write()  # a second time there is nothing left
        assert recorder.end == head() == Head(4, one_by_one[-1][2])
    assert list(Event.objects.order_by("seq").values_list("body", "behind", "hash")) == one_by_one
    assert list(broken_links()) == []
    with pytest.raises(transaction.TransactionManagementError):
        Recorder()


def test_no_event_without_the_transaction_of_its_deed(round_: Round, office: Seat) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record("try", round_, office, NOW)
    with pytest.raises(transaction.TransactionManagementError):
        hold()
    with transaction.atomic():
        record("try", round_, office, NOW)
        transaction.set_rollback(True)  # the deed failed
    assert head().seq == 1


def test_nothing_is_changed_or_deleted(round_: Round, office: Seat) -> None:
    event = Event.objects.get(seq=1)
    for act in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(act="x")):
        with pytest.raises(OnlyAddedError):
            act()


def test_a_clock_set_back_is_noted_and_the_order_stays(round_: Round, office: Seat) -> None:
    with transaction.atomic():
        back = record("try", round_, office, NOW - timedelta(hours=2))
        after = record("try", round_, office, NOW)
    assert (back.seq, back.behind, json.loads(back.body)["behind"]) == (2, 7200.0, 7200.0)
    assert (after.seq, after.behind) == (3, 0.0)
    assert list(broken_links()) == []


def test_eight_who_write_at_once_make_one_chain(round_: Round, office: Seat) -> None:
    results = at_once(lambda _: add(round_, office, 5), 8)
    assert results == [None] * 8
    assert head().seq == 41
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ("UPDATE rounds_event SET body = replace(body, '试', '改') WHERE seq = 3", 3),
        ("UPDATE rounds_event SET hash = 'x' WHERE seq = 3", 3),
        ("UPDATE rounds_event SET prev = 'x' WHERE seq = 3", 3),
        ("UPDATE rounds_event SET act = 'other' WHERE seq = 3", 3),
        ("UPDATE rounds_event SET at = '2020-01-01 00:00:00' WHERE seq = 3", 3),
        ("UPDATE rounds_event SET object = 'round x' WHERE seq = 3", 3),
        ("UPDATE rounds_event SET seat_id = NULL WHERE seq = 3", 3),
        ("UPDATE rounds_event SET behind = 5 WHERE seq = 3", 3),
        ("UPDATE rounds_event SET seq = 9 WHERE seq = 3", 4),
        ("DELETE FROM rounds_event WHERE seq = 3", 4),
        ("DELETE FROM rounds_event WHERE seq = 1", 2),
    ],
)
def test_whatever_is_changed_behind_our_back_is_found(round_: Round, office: Seat, change: str, first: int) -> None:
    add(round_, office, 4)
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert next(broken_links()).seq == first


def test_what_was_cut_off_the_end_is_seen_by_whoever_kept_the_head(round_: Round, office: Seat) -> None:
    add(round_, office, 2)
    kept = head()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rounds_event WHERE seq = 3")
    assert list(broken_links()) == []  # the chain alone cannot tell
    assert head() != kept
