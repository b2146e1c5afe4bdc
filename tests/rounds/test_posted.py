"""A form that is sent once, however often it is pressed. Many at once: ``tests/races.py``."""

import sqlite3
from datetime import timedelta

import pytest
import races
from django.db import connection, transaction
from round_made import NOW, unproved

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.rounds import posted
from lawgov_score.rounds.allowed import hold_for
from lawgov_score.rounds.data import DATABASE, Data
from lawgov_score.rounds.desk_models import Posted
from lawgov_score.rounds.events import record
from lawgov_score.rounds.models import Event, Round, Seat
from lawgov_score.rounds.names import Deed
from lawgov_score.rounds.posted import KEPT_FOR, new_token, once


def a_deed(round_: Round, office: Seat) -> str:
    """One event, in a transaction of its own as every deed has."""
    with transaction.atomic():
        hold_for(Deed.RUN, round_, office)
        event = record("note", round_, office, NOW)
    return f"/events/{event.seq}"


def test_the_second_press_leads_where_the_first_did_and_does_nothing(round_: Round, office: Seat) -> None:
    token, before = new_token(), Event.objects.count()
    to = once(token, "note", NOW, lambda: a_deed(round_, office))
    assert to == f"/events/{before + 1}"
    assert once(token, "note", NOW, lambda: pytest.fail("it is done a second time")) == to
    assert Event.objects.count() == before + 1
    assert once(new_token(), "note", NOW, lambda: a_deed(round_, office)) == f"/events/{before + 2}"
    assert unproved(round_) == []


def test_what_the_deed_raises_undoes_both_and_the_form_can_be_sent_again(round_: Round, office: Seat) -> None:
    token, before = new_token(), Event.objects.count()

    def half() -> str:
        a_deed(round_, office)
        raise ValueError("after it")

    with pytest.raises(ValueError, match="after it"):
        once(token, "note", NOW, half)
    assert (Event.objects.count(), Posted.objects.count()) == (before, 0)
    assert once(token, "note", NOW, lambda: a_deed(round_, office)) == f"/events/{before + 1}"


def test_nobody_else_writes_while_it_is_done(data: Data) -> None:
    """Whoever asks before the deed has its answer for as long as the deed takes."""

    def other() -> str:
        database = sqlite3.connect(data.folder / DATABASE, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            database.execute("BEGIN IMMEDIATE")
        database.close()
        return "/"

    assert once(new_token(), "note", NOW, other) == "/"


def test_it_is_a_transaction_of_its_own(data: Data) -> None:
    """Within another one nothing would be sure when it gives its answer."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        once(new_token(), "note", NOW, lambda: "/")
    assert not connection.in_atomic_block


@pytest.mark.parametrize("token", ["", "0" * 31, "0" * 33, "G" * 32, "../" + "0" * 29, "0" * 32 + "\n", "A" * 32])
def test_a_form_without_a_token_of_ours_does_nothing(data: Data, token: str) -> None:
    with pytest.raises(RefusedError) as refused:
        once(token, "note", NOW, lambda: pytest.fail("it is done"))
    assert refused.value.problem.code is Code.R303


def test_a_token_is_good_for_one_act(data: Data) -> None:
    token = new_token()
    once(token, "note", NOW, lambda: "/note")
    with pytest.raises(RefusedError) as refused:
        once(token, "publish", NOW, lambda: pytest.fail("it is done"))
    assert refused.value.problem.code is Code.R303
    assert once(token, "note", NOW, lambda: pytest.fail("it is done a second time")) == "/note"


def test_presses_are_remembered_for_thirty_days_and_forgotten_some_at_a_time(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posted, "_MOST_DROPPED", 3)
    tokens = [new_token() for _ in range(6)]
    for n, token in enumerate(tokens):
        once(token, "note", NOW + timedelta(minutes=n), lambda: "/")
    just = NOW + KEPT_FOR
    once(new_token(), "note", just, lambda: "/")
    assert Posted.objects.count() == 7  # the oldest is thirty days old, and no more
    once(new_token(), "note", just + timedelta(minutes=5), lambda: "/")
    assert set(Posted.objects.values_list("token", flat=True)) & set(tokens) == set(tokens[3:])
    once(new_token(), "note", just + timedelta(minutes=5), lambda: "/")
    assert set(Posted.objects.values_list("token", flat=True)) & set(tokens) == {tokens[5]}


def test_of_eight_presses_of_one_form_one_does_something(round_: Round) -> None:
    races.one_form()
