"""An exported round becomes a data folder: every file, event, receipt and publication is proved before it is there."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.db import IntegrityError, connection, transaction

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.inside import is_inside
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounds.creation import refuse_if_taken, the_round
from lawgov_score.rounds.data import KEY, Data, opened
from lawgov_score.rounds.disk import DISK, Disk
from lawgov_score.rounds.events import Broken, broken_links, record
from lawgov_score.rounds.exporting import (
    EVENTS,
    FORMAT,
    IMPORT,
    MANIFEST,
    RECORDS,
    SEAL,
    exported,
    sealed_list,
    told_keys,
)
from lawgov_score.rounds.kept import OUTSIDE, keep
from lawgov_score.rounds.models import Event, File, Round, Submission
from lawgov_score.rounds.names import FileKind
from lawgov_score.rounds.precedents import PRECEDENTS
from lawgov_score.rounds.receipt_facts import is_of
from lawgov_score.rounds.receipts import check_receipt, make_key, public_key, short
from lawgov_score.rounds.rows import RowError, add_events, add_rows, set_counters
from lawgov_score.rounds.store import sha256_of
from lawgov_score.rounds.things import called, in_words
from lawgov_score.rounds.verifying import verify_round
from lawgov_score.rounds.whole import refuse_if_not_empty, whole_data
from lawgov_score.wording import Phrase, Words

_MOST_BYTES = 1 << 30  # of one file
_OF_SYSTEMS = frozenset(["thumbs.db", "desktop.ini", "__macosx"])  # what copying leaves behind
_MOST_TOLD = 20
_NO_MANIFEST = Words("没有 {name}，或者读不出", "{name} is missing or cannot be read")
_NO_SEAL = Words("封条与文件清单不符", "the seal is not of this list of files")
_NOT_LISTED = Words("文件清单中没有它", "the list of files does not have it")
_MISSING = Words("没有这个文件", "it is missing")
_OTHER = Words("内容变了，现在的 sha256 为 {sha256}", "its content changed: its sha256 is now {sha256}")
_NO_ROW = Words("这一行读不出", "the line cannot be read")
_NO_ROWS = Words("各行之间对不上", "its lines do not fit each other")
_NO_RECEIPT = Words(
    "{what} 的回执不成立，或者说的不是这份文件", "the receipt of {what} does not hold, or is of another file"
)
_NO_PUBLICATION = Words("{what} 与它所依据的计算不符", "{what} is not what its run computed")
_NOT_THIS = Words("与登记的内容导出来的不同", "it is not what the records come to")
_NOT_VERIFIED = Words("逐项核验有 {n} 处不符", "{n} faults found when everything was verified")
_OTHER_KEY = Words("封条是用另一把密钥签的，短码 {found}", "the seal was signed by another key, short form {found}")


@dataclass(frozen=True, slots=True)
class Imported:
    """A round that was taken over. ``sealed_by``: short form of the key of who exported it; ``key``: of this folder."""

    code: str
    title: str
    year: int
    files: int
    events: int
    sealed_by: str
    key: str


def import_round(folder: Path, into: Path, *, now: datetime, key: Path | None = None, disk: Disk = DISK) -> Imported:
    """Makes the data folder ``into`` of an exported round; it appears whole or not at all.

    ``key``: the key of receipts of the data folder that it was exported from; without it a new one is made. Raises
    ``RefusedError`` (R204; R209 and R263 of the key; R210; R261 changed by hand; R262; R263; R264),
    ``CannotWriteError``.
    """
    refuse_if_not_empty(into)
    listed, seal = _listed(folder)
    if problems := tuple(_changed(folder, listed)):
        raise RefusedError(*problems[:_MOST_TOLD])
    sealed_by = sealed_list(seal)[0].public
    if key is not None and public_key(key) != sealed_by:
        raise RefusedError(_fault(key, _OTHER_KEY(found=short(sealed_by))))
    with whole_data(into, disk) as whole:
        made = whole.made
        if key is None:
            make_key(made / KEY, disk)
        else:
            disk.write(made / KEY, key.read_bytes(), mode=0o600)
        store = Data(made, disk).store
        for name in listed:
            if name not in (EVENTS, RECORDS, PRECEDENTS):  # what the rows come to
                store.keep(_read(folder, name))
        with opened(made, disk=disk, is_new=True) as data, whole.rows():
            _fill(data, folder)
            round_ = the_round()
            _prove(data, round_, folder, listed)
            _record(data, round_, seal, sealed_by, now)
            if faults := verify_round(data, round_).problems:
                raise RefusedError(_fault(folder, _NOT_VERIFIED(n=len(faults))), *faults[: _MOST_TOLD - 1])
            events, files = Event.objects.count(), File.objects.count() - 1
            told = (round_.code, round_.title, round_.year, files, events)
    return Imported(*told, short(sealed_by), short(public_key(into / KEY)))


def _listed(folder: Path) -> tuple[dict[str, str], str]:
    """The list of files, and the seal on it. Raises ``RefusedError`` (R261, R262, R264)."""
    expected = f"{MANIFEST}, {SEAL}"
    texts = []
    for name in (MANIFEST, SEAL):
        try:
            texts.append(_read(folder, name))
        except RefusedError as refused:
            figures = {"expected": expected, "found": _NO_MANIFEST(name=name)}
            raise RefusedError(Problem(Code.R262, TextPlace(display_path(folder)), figures)) from refused
    manifest, seal = texts
    try:
        said, sealed = json.loads(manifest), seal.decode()
        version, files = int(said["format"]), {str(name): str(sha256) for name, sha256 in said["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        figures = {"expected": expected, "found": _NO_MANIFEST(name=MANIFEST)}
        raise RefusedError(Problem(Code.R262, TextPlace(display_path(folder / MANIFEST)), figures)) from error
    if version > FORMAT:
        figures = {"expected": str(FORMAT), "found": str(version)}
        raise RefusedError(Problem(Code.R264, TextPlace(display_path(folder / MANIFEST)), figures))
    if sealed_list(sealed)[1] != sha256_of(manifest):
        figures = {"expected": sealed_list(sealed)[1] or "—", "found": _NO_SEAL}
        raise RefusedError(Problem(Code.R261, TextPlace(display_path(folder / MANIFEST)), figures))
    if outside := [name for name in files if not is_inside(name)]:
        raise RefusedError(_fault(folder / MANIFEST, OUTSIDE(name=outside[0])))
    if EVENTS not in files or RECORDS not in files:
        raise RefusedError(_fault(folder / MANIFEST, _NO_MANIFEST(name=EVENTS)))
    return files, sealed


def _changed(folder: Path, listed: Mapping[str, str]) -> Iterator[Problem]:
    """Every file that is not as it was exported (R261)."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted({*there, *listed} - {MANIFEST, SEAL}):
        parts = PurePosixPath(name).parts
        expected = listed.get(name)
        found: Words | Phrase | None = None
        if expected is None:
            if any(part.startswith(".") or part.casefold() in _OF_SYSTEMS for part in parts):
                continue
            found = _NOT_LISTED
        elif name not in there:
            found = _MISSING
        else:
            try:
                sha256 = sha256_of(_read(folder, name))
            except RefusedError as refused:
                yield refused.problem
                continue
            found = None if sha256 == expected else _OTHER(sha256=sha256)
        if found is not None:
            yield Problem(
                Code.R261, TextPlace(display_path(folder / name)), {"expected": expected or "—", "found": found}
            )


def _read(folder: Path, name: str) -> bytes:
    """A file of the folder, itself: no link leads out of it. Raises ``RefusedError`` (R261)."""
    path = folder / name
    place = TextPlace(display_path(path))
    try:
        return read_whole(path, _MOST_BYTES)
    except NoFileError as error:
        raise RefusedError(Problem(Code.R261, place, {"expected": "—", "found": error.what})) from error
    except (OSError, TooLargeError) as error:
        why = reason_of(error) if isinstance(error, OSError) else _NOT_LISTED
        raise RefusedError(Problem(Code.R261, place, {"expected": "—", "found": why})) from error


def _fill(data: Data, folder: Path) -> None:
    """Adds all rows and events. Raises ``RefusedError`` (R210, R263)."""
    refuse_if_taken(data)
    name = RECORDS
    try:
        with transaction.atomic():
            add_rows(_lines(folder, RECORDS))
            name = EVENTS
            add_events(_lines(folder, EVENTS))
            set_counters()
            name = RECORDS
            connection.check_constraints()  # now, whenever the transaction around this one ends
    except RowError as error:
        place = TextPlace(display_path(folder / name), error.line)
        raise RefusedError(Problem(Code.R263, place, {"found": _NO_ROW if error.line else _NO_ROWS})) from error
    except IntegrityError as error:  # a reference that leads nowhere
        raise RefusedError(_fault(folder / name, _NO_ROWS)) from error


def _lines(folder: Path, name: str) -> list[str]:
    try:
        return _read(folder, name).decode().removesuffix("\n").split("\n")  # no other end of line ends a line
    except UnicodeDecodeError as error:
        raise RefusedError(_fault(folder / name, _NO_ROW)) from error


def _prove(data: Data, round_: Round, folder: Path, listed: Mapping[str, str]) -> None:
    """Raises ``RefusedError`` (R263) with every fault: the chain, receipts, publications, files, and their names."""
    problems = [
        Problem(Code.R263, TextPlace(display_path(folder / EVENTS), _line_of(broken)), {"found": broken.what})
        for broken in broken_links()
    ]
    for file in File.objects.all():
        if (fault := data.store.fault(file.sha256)) is not None:
            problems.append(_fault(folder / RECORDS, fault.values["found"]))
    keys = told_keys()
    for submission in round_.submissions.select_related("unit", "file"):
        if not _is_proved(submission, keys):
            problems.append(_fault(folder / RECORDS, _NO_RECEIPT(what=in_words(called(submission)))))
    for publication in round_.publications.select_related("run__outputs"):
        if publication.fingerprint != publication.run.outputs.sha256:
            problems.append(_fault(folder / RECORDS, _NO_PUBLICATION(what=in_words(called(publication)))))
    if not problems:  # what is there, exported again, is what came
        problems += _not_the_same(data, round_, folder, listed)
    if problems:
        raise RefusedError(*problems[:_MOST_TOLD])


def _record(data: Data, round_: Round, seal: str, sealed_by: str, now: datetime) -> None:
    """The import as an event: from here on this folder's key signs, as no key does that no event tells."""
    file = keep(data, seal.encode(), SEAL, FileKind.SEAL, now)
    after = {"seal": file.sha256, "sealed_by": sealed_by, "public_key": public_key(data.folder / KEY)}
    with transaction.atomic():
        record(IMPORT, round_, None, now, after=after)


def _not_the_same(data: Data, round_: Round, folder: Path, listed: Mapping[str, str]) -> Iterator[Problem]:
    """What is there, exported again, is what came; where it is not."""
    try:
        again = exported(data, round_).files
    except RefusedError as refused:  # a list of files, among them, that is none, or names what lies elsewhere
        yield _fault(folder / RECORDS, refused.problem.values["found"])
        return
    for name in sorted({*again, *listed}):
        if again.get(name) != listed.get(name):
            yield _fault(folder / name, _NOT_THIS)


def _line_of(broken: Broken) -> int:
    return Event.objects.filter(seq__lte=broken.seq).count()


def _is_proved(submission: Submission, keys: Collection[str]) -> bool:
    """Does its receipt hold, is it of this file, and of one of these keys?"""
    if not submission.receipt:
        return True
    receipt = check_receipt(submission.receipt)
    return receipt.public in keys and is_of(receipt, submission)


def _fault(path: Path, found: object) -> Problem:
    return Problem(Code.R263, TextPlace(display_path(path)), {"found": found})
