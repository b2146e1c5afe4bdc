"""Proves the rows of a round by its events: that they can be read, hang together, and are what the events say.

Each fault is a problem of its own, at the row. Where the events say what a column was, it is told; of everything else
they have a fingerprint (``sealing``).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Model

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, TextPlace, ThingPlace
from lawgov_score.rounds.data import DATABASE
from lawgov_score.rounds.events import broken_links, head
from lawgov_score.rounds.models import Event, OfficeBook, Publication, Round, tables_of_round
from lawgov_score.rounds.names import ObjectionState, RoundState, SubmissionState
from lawgov_score.rounds.plain import stamp
from lawgov_score.rounds.sealing import NOT_SEALABLE, Seals, is_sealed, rows_now
from lawgov_score.rounds.states import Moved
from lawgov_score.rounds.store import sha256_of
from lawgov_score.rounds.things import called, in_words, place_named, place_of
from lawgov_score.wording import Phrase, Words

_CUT = Words(
    "{what} 记着第 {seq} 件的指纹，记录中没有这样一件：其后可能被截去",
    "{what} carries the hash of event {seq}, and there is none such: what came after may have been cut off",
)
_END = Words(
    "登记的最后一件是第 {expected} 件，记录到第 {found} 件为止：有的被截去，或是另加的",
    "the round says that event {expected} is the last, and the chain ends with {found}: some were cut off, or added",
)
_TABLE = Words("数据表 {table}", "table {table}")
_ROW = Words("数据表 {table} 第 {n} 行", "table {table}, row {n}")
_NO_DEED = Words("没有办理它的记录", "no event tells of it")
_NO_ROW = Words("记录中有，登记中没有", "the events tell of it, and it is not registered")
_OTHER = Words("登记的内容与办理时的指纹不符", "what is registered does not have the fingerprint of its event")
_COLUMN = Words("{column} 为“{found}”，记录为“{expected}”", "{column} is “{found}”; the event says “{expected}”")
_UNREADABLE = Words("{column} 的内容读不出", "{column} holds what cannot be read")
_LOOSE = Words("有的登记所指的另一项已不在：{found}", "a row speaks of another that is not there: {found}")
_STATES: Mapping[str, str] = {
    "round": RoundState.PREPARING.value,
    "submission": SubmissionState.RECEIVED.value,
    "objection": ObjectionState.FILED.value,
}


def unreadable_rows(*more: type[Model]) -> Iterator[Problem]:
    """Rows that hold what their column cannot (R273): nothing else can be looked at then. ``more``: other tables."""
    return iter(seals_now(*more)[1])


def seals_now(*more: type[Model]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The fingerprint of every row that events carry, as it is now; and rows that cannot be read (R273)."""
    seals, problems = Seals(), []
    for model in (*tables_of_round(), *more):
        table = model._meta.db_table
        try:
            for row in rows_now(model):
                if (column := _unreadable_column(row, seals)) is not None:
                    place = ThingPlace(f"{table} {row.pk}", _ROW(table=table, n=row.pk))
                    problems.append(Problem(Code.R273, place, {"found": _UNREADABLE(column=column)}))
        except NOT_SEALABLE as error:  # the database itself cannot make a value of it
            what = _UNREADABLE(column=str(error))
            problems.append(Problem(Code.R273, ThingPlace(table, _TABLE(table=table)), {"found": what}))
    return seals.by_name(), tuple(problems)


def _unreadable_column(row: Model, seals: Seals) -> str | None:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        try:
            field.to_python(value)
        except NOT_SEALABLE:
            return field.name
        if value is None and not field.null:
            return field.name
    if is_sealed(type(row)):
        try:
            seals.add(row)
        except NOT_SEALABLE as error:
            return str(error)
    return None


def loose_rows() -> Iterator[Problem]:
    """Does a row speak of another that is not there (R273)?"""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield Problem(Code.R273, TextPlace(DATABASE), {"found": _LOOSE(found=str(error))})


def chain_problems() -> Iterator[Problem]:
    """Where the chain of events does not hold (R270), or does not end where the round says that it does."""
    for broken in broken_links():
        yield Problem(Code.R270, place_named(f"event {broken.seq}"), {"found": broken.what})
    end = head().seq
    for round_ in Round.objects.exclude(seq=end).only("code", "seq"):
        yield Problem(Code.R270, place_of(round_), {"found": _END(expected=round_.seq, found=end)})


def cut(name: str, seq: object) -> Problem:
    """The thing of this name carries the hash of an event that is not there (R270)."""
    return Problem(Code.R270, place_named(name), {"found": _CUT(what=in_words(name), seq=seq)})


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the events say of each thing: the newest by act; books of decisions.

    ``seals``: the fingerprint of every row by its name; None of one that was taken away.
    """

    after: Mapping[tuple[str, str], Mapping[str, Any]]
    books: frozenset[str]
    seals: Mapping[str, str | None]

    @classmethod
    def read(cls) -> "Deeds":
        """Of the open round. What is no event says nothing: the chain tells of it."""
        found: dict[tuple[str, str], Mapping[str, Any]] = {}
        seals: dict[str, str | None] = {}
        books = set()
        for event in Event.objects.order_by("seq").iterator():
            try:
                said = json.loads(event.body)
                after, rows = said["after"], dict(said.get("rows", {}))
                book = str(after.get("book", ""))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue
            found[event.act, event.object] = after
            seals |= rows
            if event.act == "decide":
                books.add(book)
        return cls(found, frozenset(books), seals)

    def of(self, thing: Model, act: str) -> Mapping[str, Any]:
        """What its newest event of an act says; nothing where there is none, which its fingerprint tells."""
        return self.after.get((act, called(thing)), {})


def row_problems(round_: Round, deeds: Deeds, seals: Mapping[str, str]) -> Iterator[Problem]:
    """Every row that is not what the events say (R273): by its columns where they say them, else by its fingerprint."""
    told = set()
    for problem in _columns(round_, deeds):
        assert isinstance(problem.place, ThingPlace)
        told.add(problem.place.path)
        yield problem
    for name in sorted({*seals, *deeds.seals} - told):
        found, expected = seals.get(name), deeds.seals.get(name)
        if found != expected:
            what = _NO_ROW if found is None else _NO_DEED if expected is None else _OTHER
            yield Problem(Code.R273, place_named(name), {"found": what})


def _columns(round_: Round, deeds: Deeds) -> Iterator[Problem]:
    submissions = round_.submissions.select_related("unit", "file", "page")
    objections = round_.objections.select_related("unit").order_by("n")
    with_state: tuple[Moved, ...] = (round_, *submissions, *objections)
    for thing in with_state:
        after = deeds.of(thing, "move") or {"state": _STATES[type(thing).__name__.lower()]}
        yield from _compared(thing, after, {"state": thing.state})
    for one in submissions:
        row = {
            "sha256": one.file.sha256,
            "receipt": sha256_of(one.receipt.encode()),
            "late": one.late,
            "name": one.name,
            "page": None if one.page is None else one.page.sha256,
        }
        yield from _compared(one, deeds.of(one, "receive"), row)
    for objection in objections:
        row = {"unit": objection.unit.code, "indicator": objection.indicator, "claim": objection.claim}
        yield from _compared(objection, deeds.of(objection, "object"), row | {"wanted": objection.wanted})
        if (decision := objection.decisions.filter(replaced_by=None).first()) is not None:
            row = {"outcome": decision.outcome, "old": decision.old, "new": decision.new}
            yield from _compared(objection, deeds.of(objection, "decide"), row)
    for book in OfficeBook.objects.filter(round=round_).select_related("file"):
        if book.file.sha256 not in deeds.books:  # else a decision wrote it
            yield from _compared(book, deeds.of(book, "enter"), {"sha256": book.file.sha256})
    for run in round_.runs.select_related("manifest", "outputs"):
        made = {"kind": run.kind, "manifest": run.manifest.sha256, "outputs": run.outputs.sha256, "seq": run.seq}
        yield from _compared(run, deeds.of(run, "run"), {**made, "engine": run.engine})
    for publication in round_.publications.select_related("run__outputs", "changes"):
        yield from _compared(publication, deeds.of(publication, "publish"), row_of(publication))
        if publication.fingerprint != publication.run.outputs.sha256:
            what = _column("fingerprint", publication.fingerprint, publication.run.outputs.sha256)
            yield Problem(Code.R273, place_of(publication), {"found": what})
        if not Event.objects.filter(seq=publication.seq, hash=publication.head).exists():
            yield cut(called(publication), publication.seq)


def row_of(publication: Publication) -> dict[str, object]:
    """What the event of a publication says of it, and its row too."""
    return {
        "run": publication.run.n,
        "scope": publication.scope,
        "fingerprint": publication.fingerprint,
        "changes": None if publication.changes is None else publication.changes.sha256,
        "told": sha256_of(publication.told.encode()),
        "why": publication.why,
        "seat": publication.seat_id,
        "at": stamp(publication.at),
        "released_by": publication.released_by,
        "head": {"seq": publication.seq, "hash": publication.head},
    }


def _compared(thing: Model, said: Mapping[str, Any], row: Mapping[str, object]) -> Iterator[Problem]:
    for column, found in row.items():
        if column in said and said[column] != found:  # an event tells what its deed changed
            yield Problem(Code.R273, place_of(thing), {"found": _column(column, found, said[column])})


def _column(column: str, found: object, expected: object) -> Phrase:
    return _COLUMN(column=column, found=str(found), expected=str(expected))
