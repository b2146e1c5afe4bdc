"""Proves what a round remembers: the chain of events, files, receipts, rows, and every publication by computing it.

Each fault is a problem of its own, with its place. A fault that only the whole can show (the end of the chain cut off)
is found by the heads of the chain that publications and receipts carry.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from lawgov_score import __version__, pipeline
from lawgov_score.catalogue import Code
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.pipeline.plain_folder import SCORECARD, assess_plain, computed, write_plain
from lawgov_score.problems import Problem, RefusedError, TextPlace, ThingPlace, is_error
from lawgov_score.rounds.data import DATABASE, KEY, Data
from lawgov_score.rounds.events import Head, broken_links, head, hold, stamp
from lawgov_score.rounds.exporting import sealed_list
from lawgov_score.rounds.kept import read
from lawgov_score.rounds.models import Event, File, OfficeBook, Publication, Round, Run, Submission
from lawgov_score.rounds.names import FileKind, ObjectionState, RoundState, SubmissionState
from lawgov_score.rounds.receipt_facts import is_of, is_of_chain, said
from lawgov_score.rounds.receipts import check_receipt, public_key
from lawgov_score.rounds.running import inputs_of, outputs_of
from lawgov_score.rounds.states import Moved
from lawgov_score.rounds.store import sha256_of
from lawgov_score.rounds.things import called, in_words, place_named, place_of
from lawgov_score.wording import Language, Phrase, Words

_CUT = Words(
    "{what} 记着第 {seq} 件的指纹，记录中没有这样一件：其后可能被截去",
    "{what} carries the hash of event {seq}, and there is none such: what came after may have been cut off",
)
_TABLE = Words("数据表 {table}", "table {table}")
_ROW = Words("数据表 {table} 第 {n} 行", "table {table}, row {n}")
_SIZE = Words("大小登记为 {expected} 字节，实为 {found} 字节", "{expected} bytes were recorded, and it has {found}")
_NO_SIGNATURE = Words("签名与内容不符", "the signature is not of this text")
_OTHER_KEY = Words("不是这个数据文件夹的密钥签的", "it is signed by another key than this data folder's")
_KEY_CHANGED = Words("密钥不是建立轮次时的那一把", "the key is not the one that the round was made with")
_OF_ANOTHER = Words("说的不是这个单位的这份文件", "it is not about this file of this unit")
_NO_DEED = Words("没有办理它的记录", "no event tells of it")
_NO_ROW = Words("记录中有，登记中没有", "the events tell of it, and it is not registered")
_COLUMN = Words("{column} 为“{found}”，记录为“{expected}”", "{column} is “{found}”; the event says “{expected}”")
_UNREADABLE = Words("{column} 的内容读不出", "{column} holds what cannot be read")
_LOOSE = Words("有的登记所指的另一项已不在：{found}", "a row speaks of another that is not there: {found}")
_OUTPUT = Words("{name} 与重新计算的不同", "{name} is not what is computed")
_NO_SCORES = Words("重新计算没有得出结果", "computing it gives no result")
_STATES: Mapping[str, str] = {
    "round": RoundState.PREPARING.value,
    "submission": SubmissionState.RECEIVED.value,
    "objection": ObjectionState.FILED.value,
}
_ADDED = ("submission ", "objection ", "office book ", "run ", "publication ")


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was proved, and every fault. ``head``: the end of the chain, to be compared with one kept elsewhere."""

    events: int
    files: int
    receipts: int
    publications: int
    head: Head
    problems: tuple[Problem, ...]


def verify_round(data: Data, round_: Round) -> Verified:
    """Proves everything that the round remembers; nothing is written. Raises ``RefusedError`` (R240).

    Rows are compared with their events at one moment, for which nobody else adds anything; files are read, and
    publications computed, while others go on.
    """
    with transaction.atomic():
        hold()
        round_.refresh_from_db()  # else a row that was moved meanwhile is taken for one that was changed by hand
        problems, is_readable = _of_rows(data, round_)
        publications = list(round_.publications.order_by("n")) if is_readable else []
        counts = (Event.objects.count(), File.objects.count(), round_.submissions.exclude(receipt="").count())
        published, end = round_.publications.count(), head()
    problems += _files(data)
    for publication in publications:
        problems += _publication(data, publication)
    return Verified(*counts, published, end, tuple(problems))


def _of_rows(data: Data, round_: Round) -> tuple[list[Problem], bool]:
    """What is wrong in the database, and whether its rows can be followed from one to the other."""
    if problems := list(unreadable_rows()):
        return problems, False
    deeds = _Deeds.read()
    keys = _Keys.read(data, deeds)
    loose = list(loose_rows())
    problems = [*chain_problems(), *_key(data, keys), *loose]
    if loose:
        return problems, False
    problems += _rows(round_, deeds)
    for submission in round_.submissions.select_related("unit", "file"):
        problems += _receipt(submission, keys)
    return problems, True


def unreadable_rows() -> Iterator[Problem]:
    """Rows that hold what their column cannot (R273): nothing else can be looked at then."""
    for model in apps.get_app_config("rounds").get_models():
        table = model._meta.db_table
        try:
            for row in model._base_manager.iterator():
                for field in model._meta.concrete_fields:
                    if getattr(row, field.attname) is None and not field.null:
                        what = _UNREADABLE(column=field.name)
                        yield Problem(
                            Code.R273, ThingPlace(f"{table} {row.pk}", _ROW(table=table, n=row.pk)), {"found": what}
                        )
        except ValueError as error:
            yield Problem(Code.R273, ThingPlace(table, _TABLE(table=table)), {"found": _UNREADABLE(column=str(error))})


def loose_rows() -> Iterator[Problem]:
    """Does a row speak of another that is not there (R273)?"""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield Problem(Code.R273, TextPlace(DATABASE), {"found": _LOOSE(found=str(error))})


def chain_problems() -> Iterator[Problem]:
    """Where the chain of events does not hold (R270)."""
    for broken in broken_links():
        yield Problem(Code.R270, place_named(f"event {broken.seq}"), {"found": broken.what})


def differing_outputs(kept: Mapping[str, bytes], anew: Mapping[str, bytes]) -> tuple[str, ...]:
    """Names of outputs that are not the same bytes in both, or not in both."""
    return tuple(name for name in sorted({*kept, *anew}) if kept.get(name) != anew.get(name))


def language_of(run: Run) -> Language:
    """The language of a run's outputs, as its event says."""
    event = Event.objects.filter(act="run", object=called(run)).order_by("-seq").first()
    try:
        return Language(json.loads(event.body)["after"]["lang"]) if event is not None else Language.ZH
    except (ValueError, KeyError, TypeError, RecursionError):
        return Language.ZH  # an event that was changed by hand: the chain says so


# ---------------------------------------------------------------- files, key, receipts


def _files(data: Data) -> Iterator[Problem]:
    for file in File.objects.order_by("sha256").only("sha256", "size"):
        if (fault := data.store.fault(file.sha256)) is not None:
            yield fault
        elif (size := data.store.path(file.sha256).stat().st_size) != file.size:
            what = _SIZE(expected=file.size, found=size)
            yield Problem(Code.R273, place_of(file), {"found": what})


@dataclass(frozen=True, slots=True)
class _Keys:
    """Public keys whose receipts hold: this folder's, the one that the round was made with, those of its imports."""

    own: str  # '' where it cannot be read
    made_with: str  # '' where no event tells
    sealed: frozenset[str]

    @classmethod
    def read(cls, data: Data, deeds: "_Deeds") -> "_Keys":
        try:
            own = public_key(data.folder / KEY)
        except RefusedError:
            own = ""
        seals = File.objects.filter(kind=FileKind.SEAL.value)
        texts = [read(data, one).decode(errors="replace") for one in seals if data.store.has(one.sha256)]
        return cls(
            own, deeds.public_key, frozenset(sealed_list(text)[0].public for text in texts if sealed_list(text)[1])
        )

    @property
    def known(self) -> frozenset[str]:
        return self.sealed | {self.own, self.made_with} - {""}


def _key(data: Data, keys: _Keys) -> Iterator[Problem]:
    """A folder that was imported signs with a key of its own; any other with that of the beginning."""
    try:
        public_key(data.folder / KEY)
    except RefusedError as refused:
        yield refused.problem
        return
    if not keys.sealed and keys.made_with not in {"", keys.own}:
        yield Problem(Code.R271, TextPlace(KEY), {"found": _KEY_CHANGED})


def _receipt(submission: Submission, keys: _Keys) -> Iterator[Problem]:
    if not submission.receipt:
        return
    name = called(submission)
    receipt = check_receipt(submission.receipt)
    about = said(receipt)
    found: Words | None = None
    if not receipt.holds:
        found = _NO_SIGNATURE
    elif receipt.public not in keys.known:
        found = _OTHER_KEY
    elif not is_of(receipt, submission):
        found = _OF_ANOTHER
    if found is not None:
        yield Problem(Code.R271, place_named(name), {"found": found})
    elif about is not None and not is_of_chain(about):
        yield _cut(name, about.before.seq)


def _cut(name: str, seq: object) -> Problem:
    return Problem(Code.R270, place_named(name), {"found": _CUT(what=in_words(name), seq=seq)})


# ---------------------------------------------------------------- rows beside their events


@dataclass(frozen=True, slots=True)
class _Deeds:
    """What the events say of each thing: the newest by act; the newest public key of the round; books of decisions."""

    after: Mapping[tuple[str, str], Mapping[str, Any]]
    public_key: str
    books: frozenset[str]

    @classmethod
    def read(cls) -> "_Deeds":
        found: dict[tuple[str, str], Mapping[str, Any]] = {}
        key, books = "", set()
        for event in Event.objects.order_by("seq").iterator():
            try:
                after = json.loads(event.body)["after"]
                key = str(after.get("public_key", key))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue  # no event: the chain says so
            found[event.act, event.object] = after
            if event.act == "decide":
                books.add(str(after.get("book", "")))
        return cls(found, key, frozenset(books))

    def of(self, thing: Model, act: str) -> Mapping[str, Any] | None:
        return self.after.get((act, called(thing)))


def _rows(round_: Round, deeds: _Deeds) -> Iterator[Problem]:
    submissions = round_.submissions.select_related("unit", "file", "page")
    objections = round_.objections.select_related("unit").order_by("n")
    added = (*round_.office_books.order_by("pk"), *round_.runs.order_by("n"), *round_.publications.order_by("n"))
    there = {called(thing) for thing in (*submissions, *objections, *added)}
    told = {name for _, name in deeds.after if name.startswith(_ADDED)}
    for name in sorted(told - there):
        yield Problem(Code.R273, place_named(name), {"found": _NO_ROW})
    with_state: tuple[Moved, ...] = (round_, *submissions, *objections)
    for thing in with_state:
        kind = type(thing).__name__.lower()
        after = deeds.of(thing, "move") or {"state": _STATES[kind]}
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
        if book.file.sha256 in deeds.books:  # a decision wrote it
            continue
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
            yield _cut(called(publication), publication.seq)


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


def _compared(thing: Model, said: Mapping[str, Any] | None, row: Mapping[str, object]) -> Iterator[Problem]:
    place = place_of(thing)
    if said is None:
        yield Problem(Code.R273, place, {"found": _NO_DEED})
        return
    for column, found in row.items():
        if column in said and said[column] != found:  # an event tells what its deed changed
            yield Problem(Code.R273, place, {"found": _column(column, found, said[column])})


def _column(column: str, found: object, expected: object) -> Phrase:
    return _COLUMN(column=column, found=str(found), expected=str(expected))


# ---------------------------------------------------------------- publications


def _publication(data: Data, publication: Publication) -> Iterator[Problem]:
    """Is it what the pipeline computes from the same files, and is what it says to have changed, too?"""
    place = place_of(publication)
    run = publication.run
    before = publication.round.publications.filter(n__lt=publication.n).order_by("-n").first()
    try:
        given, kept = inputs_of(data, run), outputs_of(data, run)
        since = None if before is None else outputs_of(data, before.run)
        changes = None if publication.changes is None else read(data, publication.changes)
    except RefusedError:
        return  # a file that is gone or changed is told by its own name
    if run.engine != __version__:
        yield from _of_another_version(given, kept)
        return
    done = computed(given, language_of(run), since=since)
    if not done.has_scores:
        yield Problem(Code.R272, place, {"found": _NO_SCORES})
        return
    names = [*differing_outputs(kept, done.outputs), *(["changes.csv"] if changes != done.changes else [])]
    for name in names:
        yield Problem(Code.R272, place, {"found": _OUTPUT(name=name)})


def _of_another_version(given: Mapping[str, bytes], kept: Mapping[str, bytes]) -> Iterator[Problem]:
    """By the figures of its scorecard, as `verify` compares those of an earlier version."""
    with temporary_folder("lawgov-verify-") as folder:
        with refusing(folder):
            write_plain({SCORECARD: kept[SCORECARD]}, folder)
            write_plain(given, folder / "given")
        done = pipeline.verify(folder / SCORECARD, lambda: assess_plain(Path(folder / "given")))
    yield from (problem for problem in done.problems if is_error(problem))
