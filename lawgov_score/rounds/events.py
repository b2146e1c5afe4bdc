"""The chain of events: what was done, by which seat, to what. Only added; each carries the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, Min, Model

from lawgov_score.rounds.models import Event, Notice, Round, Seat
from lawgov_score.rounds.plain import canonical, stamp
from lawgov_score.rounds.sealing import as_stored, name_of_row, seals_of
from lawgov_score.rounds.things import called
from lawgov_score.wording import Phrase, Words

FIRST = "0" * 64  # what the first event carries in place of a hash
_LOCK = 0x6C617767  # of PostgreSQL: one writer of the chain at a time
_COLUMNS_OF_EVENTS = ("seq", "at", "behind", "seat", "act", "object")
_NOTHING: Mapping[str, object] = {}
_GAP = Words("应是第 {expected} 件，却是第 {found} 件", "number {expected} was due, and {found} is there")
_PREV = Words("所记的前一件的指纹与前一件不符", "the hash of the one before is not that of the one before")
_HASH = Words("内容与指纹不符", "its content does not have its hash")
_NO_EVENT = Words("内容不是一件办理记录", "its content is no event")
_COLUMNS = Words("{column} 一栏与所记内容不符", "the column {column} does not say what the event says")


def link(prev: str, body: str) -> str:
    """The hash of an event."""
    return hashlib.sha256((prev + body).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: a receipt or a publication that carries it shows later whether anything was cut off."""

    seq: int
    hash: str


def head() -> Head:
    """The last event's number and hash."""
    return _head_of(Event.objects.order_by("-seq").only("seq", "hash").first())


def _head_of(last: Event | None) -> Head:
    return Head(0, FIRST) if last is None else Head(last.seq, last.hash)


def recorded_at(moment: datetime, after: int) -> tuple[int, int]:
    """The first and the last event of one moment, of those after event ``after``: what one deed put on record.

    What others did while the deed was being worked out is not among them. (1, 0) where there is none.
    """
    found = Event.objects.filter(seq__gt=after, at=moment).aggregate(first=Min("seq"), last=Max("seq"))
    return (1, 0) if found["first"] is None else (found["first"], found["last"])


def hold() -> None:
    """From here to the end of the transaction nobody else adds to the round: numbers taken now are nobody else's.

    On SQLite the transaction itself does that (IMMEDIATE), on PostgreSQL a lock. ``record`` calls it.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event belongs into the transaction of what it tells")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction that sees the round as it is at one moment, whatever others add meanwhile.

    On SQLite nobody adds anything; on PostgreSQL what comes later is not seen, so nobody is held up: the file of a
    deed that is under way has its row before the deed. Within another transaction it is as that one.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def record(
    act: str,
    thing: Model,
    seat: Seat | None,
    now: datetime,
    *,
    before: Mapping[str, object] = _NOTHING,
    after: Mapping[str, object] = _NOTHING,
    reason: str = "",
    rows: Iterable[Model] = (),
    gone: Iterable[Model] = (),
    notices: Iterable[Notice] = (),
) -> Event:
    """Adds an event to the chain, within the transaction of the deed itself: both are there, or neither.

    ``before`` and ``after``: what changed, as plain JSON. A clock that was set back is noted (``behind``, seconds).
    ``rows``: every row that the deed made or changed, as it is now, beside ``thing`` itself; ``gone``: those that it
    took away. The event carries their fingerprints. ``notices``: whom it tells; they are added with it.
    """
    hold()
    told = list(notices)
    event = _event_after(_last(), act, thing, seat, now, (before, after), reason, rows, gone, told)
    event.save()
    Round.objects.update(seq=event.seq)
    for notice in told:
        notice.event = event
    Notice.objects.bulk_create(told)
    return event


class Recorder:
    """``record`` for a deed of many events: each is hashed into the one before, all are written together.

    All of it within one transaction: nobody else adds to the chain meanwhile, and nothing is there without ``write``.
    """

    def __init__(self) -> None:
        hold()
        self._last = _last()
        self._made: list[Event] = []

    @property
    def end(self) -> Head:
        """``head``, with what was recorded here."""
        return _head_of(self._last)

    def record(
        self,
        act: str,
        thing: Model,
        seat: Seat | None,
        now: datetime,
        *,
        after: Mapping[str, object] = _NOTHING,
        reason: str = "",
        rows: Iterable[Model] = (),
    ) -> None:
        """The next event; it tells nobody, and nothing was before."""
        self._last = _event_after(self._last, act, thing, seat, now, (_NOTHING, after), reason, rows, (), ())
        self._made.append(self._last)

    def write(self) -> None:
        """Adds them to the chain."""
        if self._made:
            Event.objects.bulk_create(self._made)
            Round.objects.update(seq=self._made[-1].seq)
            self._made.clear()


def _last() -> Event | None:
    return Event.objects.order_by("-seq").first()


def _event_after(
    last: Event | None,
    act: str,
    thing: Model,
    seat: Seat | None,
    now: datetime,
    change: tuple[Mapping[str, object], Mapping[str, object]],
    reason: str,
    rows: Iterable[Model],
    gone: Iterable[Model],
    told: Sequence[Notice],
) -> Event:
    """An event that is not written yet. ``change``: before and after."""
    end = _head_of(last)
    seq, prev = end.seq + 1, end.hash
    behind = max(0.0, (last.at - now).total_seconds()) if last else 0.0
    name = called(thing)
    said: dict[str, object] = {
        "seq": seq,
        "at": stamp(now),
        "seat": None if seat is None else {"n": seat.pk, "role": seat.role},
        "act": act,
        "object": name,
        "before": dict(change[0]),
        "after": dict(change[1]),
        "reason": reason,
    }
    if behind:
        said["behind"] = behind
    own = () if thing.pk is None else (as_stored(thing),)
    sealed: dict[str, str | None] = {name_of_row(one): None for one in gone}
    sealed |= seals_of((*own, *rows)) | seals_of(told, seq)
    if sealed:
        said["rows"] = sealed
    body = canonical(said)
    return Event(
        seq=seq,
        at=now,
        behind=behind,
        seat=seat,
        act=act,
        object=name,
        body=body,
        prev=prev,
        hash=link(prev, body),
    )


@dataclass(frozen=True, slots=True)
class Broken:
    """An event that is not as it was written, or not where it was."""

    seq: int
    what: Words | Phrase


def broken_links() -> Iterator[Broken]:
    """Every place where the chain does not hold, in order. Nothing: it is whole (but see ``Head`` on its end)."""
    due, prev = 1, FIRST
    for event in Event.objects.order_by("seq").iterator():
        if event.seq != due:
            yield Broken(event.seq, _GAP(expected=due, found=event.seq))
        if event.prev != prev:
            yield Broken(event.seq, _PREV)
        if event.hash != link(event.prev, event.body):
            yield Broken(event.seq, _HASH)
        else:
            yield from (Broken(event.seq, what) for what in _differing(event))
        due, prev = event.seq + 1, event.hash


def _differing(event: Event) -> Iterator[Words | Phrase]:
    """The columns that do not repeat what the body says; a body may come from anyone who knows how to hash."""
    try:
        said = json.loads(event.body)
        seat = said["seat"]["n"] if said["seat"] else None
        told = {name: seat if name == "seat" else said.get(name, 0.0) for name in _COLUMNS_OF_EVENTS}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield _NO_EVENT
        return
    columns = (event.seq, stamp(event.at), event.behind, event.seat_id, event.act, event.object)
    for name, found in zip(_COLUMNS_OF_EVENTS, columns, strict=True):
        if told[name] != found:
            yield _COLUMNS(column=name)
