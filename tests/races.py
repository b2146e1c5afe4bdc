"""Many at once at one round: what ROUND.md measured as lost elsewhere. The same on SQLite and on PostgreSQL."""

from pathlib import Path

from django.db import transaction
from round_books import answered
from round_made import NOW, at_once

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import broken_links, record
from lawgov_score.rounds.models import Event, Submission
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.receiving import Fate, receive
from lawgov_score.rounds.states import move
from lawgov_score.rounds.store import sha256_of
from lawgov_score.workbook.submission.reader import in_this_process

WRITERS, EACH = 8, 40


def many_events() -> None:
    """320 events of eight who write at once: none is lost, and the chain has one end."""
    before = Event.objects.count()

    def write(i: int) -> None:
        round_, office = the_round(), seat_of(Role.OFFICE)
        for n in range(EACH):
            with transaction.atomic():
                record("note", round_, office, NOW, after={"writer": i, "n": n})

    assert at_once(write, WRITERS) == [None] * WRITERS
    assert Event.objects.count() == before + WRITERS * EACH
    assert sorted(Event.objects.values_list("seq", flat=True)) == list(range(1, before + WRITERS * EACH + 1))
    assert len(set(Event.objects.values_list("prev", flat=True))) == before + WRITERS * EACH
    assert list(broken_links()) == []


def many_presses() -> None:
    """Eight press the same button, each having seen the same page: one moves the round, seven are told so."""
    version = the_round().version

    def press(_: int) -> None:
        move(the_round(), RoundState.OPEN, version, seat_of(Role.OFFICE), "开始", NOW)

    found = at_once(press, WRITERS)
    refused = [one for one in found if isinstance(one, RefusedError)]
    assert found.count(None) == 1
    assert [one.problem.code for one in refused] == [Code.R212] * (WRITERS - 1)
    assert the_round().version == version + 1
    assert list(broken_links()) == []


def one_file_twice(data: Data, folder: Path) -> None:
    """Two receive one file at the same moment: one submission, one receipt; the other is told which."""
    path = folder / "XZ-01.xlsx"
    path.write_bytes(answered("XZ-01", 1, 10))

    def come(_: int) -> tuple[Fate, int]:
        (one,) = receive(data, the_round(), [path], seat_of(Role.OFFICE), NOW, in_this_process)
        assert one.submission is not None
        return one.fate, one.submission.pk

    found = at_once(come, 2)
    fates = sorted(str(one[0]) for one in found if isinstance(one, tuple))
    assert fates == ["received", "same"], found
    (row,) = Submission.objects.all()
    assert {one[1] for one in found if isinstance(one, tuple)} == {row.pk}
    assert row.file.sha256 == sha256_of(path.read_bytes())
    assert Event.objects.filter(act="receive").count() == 1
    assert list(broken_links()) == []
