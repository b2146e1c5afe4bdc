"""A round as one file, and a data folder from such a file: each of them whole, or not there at all.

A backup is a zip whose entries are stored as they are, in a fixed order and without times: the same round gives the
same bytes, and what comes out can never be more than what went in. ``manifest.json``, its first entry, has size and
sha256 of every other. The signing key is among them: who restores goes on under the same key, and the short form that
stands on the notice stays true. A backup is therefore as secret as the data folder, and readable by its owner alone.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.db import DatabaseError, connection

from lawgov_score import __version__
from lawgov_score.bounded import kind_of_file, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.files import batch, fingerprint, not_replaced, refusing
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import DATABASE, FILES, KEY, SETTING, Data, copy_database, opened, told_plainly
from lawgov_score.rounds.disk import DISK, Disk
from lawgov_score.rounds.jobs import give_up_all
from lawgov_score.rounds.models import DESK_OWN, Event, File, Round
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.proving_rows import chain_problems, loose_rows, unreadable_rows
from lawgov_score.rounds.receipts import public_key
from lawgov_score.rounds.whole import refuse_if_not_empty, whole_data
from lawgov_score.wording import Phrase, Words

MANIFEST, FORMAT = "manifest.json", 1
_NAME = re.compile(rf"{re.escape(DATABASE)}|{KEY}|{FILES}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})")
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_MODES = {DATABASE: 0o644, KEY: 0o600}
_KEPT = 0o444
_HOSTILE = (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OverflowError)
_NO_ZIP = Words("不是 zip 文件，或者不完整", "no zip file, or not all of one")
_NO_MANIFEST = Words("其中没有 {name}，或者读不懂", "it has no {name} that can be read")
_LIST = Words("其中的文件与 {name} 所列不同：{found}", "its files are not those of {name}: {found}")
_NO_NAME = Words("{name} 不是备份里会有的文件", "{name} is no file of a backup")
_PACKED = Words("{name} 是压缩过或加密过的", "{name} is compressed or encrypted")
_OTHER = Words("{name} 的内容与 {manifest} 所记不同", "{name} is not what {manifest} says")
_NO_DATABASE = Words("其中的 {name} 不是完好的轮次数据库", "its {name} is no sound database of a round")
_MORE_THAN_A_ROUND = Words(
    "其中的 {name} 带有触发器或视图，本程序从不建立", "its {name} has triggers or views, which this program never makes"
)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was put into a backup: files beside the database, bytes in all, the end of the chain of events."""

    round: str
    files: int
    size: int
    seq: int
    head: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out of a backup; ``problems``: where its chain of events does not hold (R270)."""

    round: str
    files: int
    seq: int
    head: str
    problems: tuple[Problem, ...] = ()


def back_up(data: Data, target: Path) -> BackedUp:
    """Writes the round to ``target``, as it is at one moment, while others may go on writing.

    The database is copied first, then the files that it speaks of: those were on the disk before it spoke of them, and
    are never changed. Raises ``RefusedError`` (R205 where a file is damaged, R209 without a key, R276 on PostgreSQL,
    R277 where something else is at ``target``), ``CannotWriteError``.
    """
    if connection.vendor != "sqlite":
        raise RefusedError(Problem(Code.R276, TextPlace(display_path(data.folder))))
    try:
        with batch(overwrite=False) as outputs:
            written = outputs.file(target)
            with refusing(target):
                return _written(data, target, written)
    except RefusedError as refused:
        raise not_replaced(refused, Code.R277) if refused.problem.code is Code.O105 else refused from refused


def _written(data: Data, target: Path, written: Path) -> BackedUp:
    public_key(data.folder / KEY)  # is there one that can be used?
    copy = written.with_name(DATABASE)
    with told_plainly(target):
        copy_database(copy)
    with closing(_read_only(copy)) as database:
        files: list[tuple[str, int]] = database.execute(
            f"SELECT sha256, size FROM {File._meta.db_table} ORDER BY sha256"  # a name of ours
        ).fetchall()
        (code,) = database.execute(f"SELECT code FROM {Round._meta.db_table}").fetchone()
        seq, head = database.execute(
            f"SELECT seq, hash FROM {Event._meta.db_table} ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    listed = {_place(sha256): {"sha256": sha256, "size": size} for sha256, size in files}
    key = (data.folder / KEY).read_bytes()
    listed[KEY] = {"sha256": hashlib.sha256(key).hexdigest(), "size": len(key)}
    listed[DATABASE] = {"sha256": fingerprint(copy), "size": copy.stat().st_size}
    manifest = {"format": FORMAT, "program": __version__, "round": code, "seq": seq, "head": head, "files": listed}
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_entry(MANIFEST), canonical(manifest).encode())
        archive.writestr(_entry(KEY), key)
        with copy.open("rb") as database_file, archive.open(_entry(DATABASE), "w", force_zip64=True) as entry:
            shutil.copyfileobj(database_file, entry, 1 << 20)
        for sha256, _ in files:
            archive.writestr(_entry(_place(sha256)), data.store.read(sha256))
    written.chmod(0o600)
    with written.open("r+b") as file:
        os.fsync(file.fileno())
    copy.unlink()
    return BackedUp(code, len(files), written.stat().st_size, seq, head)


def _place(sha256: str) -> str:
    return f"{FILES}/{sha256[:2]}/{sha256}"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.external_attr = _MODES.get(name, _KEPT) << 16
    entry.create_system = 3
    return entry


def restore(path: Path, folder: Path, *, disk: Disk = DISK) -> Restored:
    """Makes the data folder ``folder`` from the backup at ``path``, which may come from anyone: whole, or not at all.

    Whether publications still are what is computed, ``verifying.verify_round`` says. Raises ``RefusedError`` (R202 of
    a later version, R204 where ``folder`` holds anything, R275 no backup or a damaged one, R276 where the setting names
    PostgreSQL), ``CannotWriteError``.
    """
    if os.environ.get(SETTING, ""):
        raise RefusedError(Problem(Code.R276, TextPlace(display_path(folder))))
    refuse_if_not_empty(folder)
    with _opened(path) as archive:
        manifest = _manifest(path, archive)
        _check_entries(path, archive, manifest)
        with whole_data(folder, disk) as whole:
            made = whole.made
            for name, (sha256, size) in sorted(manifest.files.items()):
                content = _content(path, archive, name, size)
                if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
                    raise _refused(path, _OTHER(name=name, manifest=MANIFEST))
                disk.write(made / name, content, mode=_MODES.get(name, _KEPT))
            _check_database(path, made / DATABASE)
            try:
                with opened(made, disk=disk):
                    return _looked_over(path, manifest)
            except DatabaseError as error:
                raise _refused(path, _NO_DATABASE(name=DATABASE)) from error


def _looked_over(path: Path, manifest: "_Manifest") -> Restored:
    """Is it a round, with all its files? Raises ``RefusedError`` (R275)."""
    rows = list(File.objects.order_by("sha256").values_list("sha256", flat=True))
    round_ = Round.objects.first()
    if lacking := [sha256 for sha256 in rows if _place(sha256) not in manifest.files]:
        raise _refused(path, _LIST(name=DATABASE, found=lacking[0]))
    if round_ is None or any((*unreadable_rows(*DESK_OWN), *loose_rows())):
        raise _refused(path, _NO_DATABASE(name=DATABASE))
    give_up_all(real_now())
    last = Event.objects.order_by("-seq").first()
    seq, head = (last.seq, last.hash) if last is not None else (0, "")
    return Restored(round_.code, len(rows), seq, head, tuple(chain_problems()))


@dataclass(frozen=True, slots=True)
class _Manifest:
    files: Mapping[str, tuple[str, int]]  # name -> sha256, size


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    place = TextPlace(display_path(path))
    if (kind := kind_of_file(path)) is not None:
        raise RefusedError(Problem(Code.R275, place, {"found": kind}))
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise RefusedError(Problem(Code.R275, place, {"found": reason_of(error)})) from error
    except _HOSTILE as error:
        raise _refused(path, _NO_ZIP) from error
    with archive:
        yield archive


def _manifest(path: Path, archive: zipfile.ZipFile) -> _Manifest:
    first = next((entry for entry in archive.infolist() if entry.filename == MANIFEST), None)
    unreadable = _refused(path, _NO_MANIFEST(name=MANIFEST))
    if first is None or _is_packed(first) or first.file_size > path.stat().st_size:
        raise unreadable
    try:
        said = json.loads(_content(path, archive, MANIFEST, first.file_size))
        if said["format"] > FORMAT:
            found = {"found": f"{MANIFEST} {said['format']} ({said['program']})", "expected": f"{MANIFEST} {FORMAT}"}
            raise RefusedError(Problem(Code.R202, TextPlace(display_path(path)), found))
        return _Manifest({str(name): (str(of["sha256"]), int(of["size"])) for name, of in said["files"].items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise unreadable from error


def _check_entries(path: Path, archive: zipfile.ZipFile, manifest: _Manifest) -> None:
    """Only names that a backup has, each once, none packed, no more in all than the file itself is long."""
    entries = archive.infolist()
    for entry in entries:
        match = _NAME.fullmatch(entry.filename)
        if match is None and entry.filename != MANIFEST:
            raise _refused(path, _NO_NAME(name=entry.filename))
        if _is_packed(entry):
            raise _refused(path, _PACKED(name=entry.filename))
        if match is not None and match[2] and manifest.files.get(entry.filename, ("",))[0] != match[2]:
            raise _refused(path, _OTHER(name=entry.filename, manifest=MANIFEST))
    names = sorted(entry.filename for entry in entries)
    listed = sorted({MANIFEST, KEY, DATABASE, *manifest.files})
    if names != listed:
        differs = sorted({*names} ^ {*listed}) or [name for name in names if names.count(name) > 1]
        raise _refused(path, _LIST(name=MANIFEST, found=differs[0]))
    if sum(entry.file_size for entry in entries) > path.stat().st_size:
        raise _refused(path, _NO_ZIP)


def _is_packed(entry: zipfile.ZipInfo) -> bool:
    is_stored = entry.compress_type == zipfile.ZIP_STORED and entry.compress_size == entry.file_size
    return not is_stored or bool(entry.flag_bits & 0x1)


def _content(path: Path, archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    try:
        with archive.open(name) as entry:
            return entry.read(size + 1)
    except (*_HOSTILE, KeyError) as error:
        raise _refused(path, _OTHER(name=name, manifest=MANIFEST)) from error


def _check_database(path: Path, database: Path) -> None:
    """Before anything is asked of a database that may come from anyone: nothing in it may act by itself."""
    try:
        with closing(_read_only(database)) as opened_:
            opened_.execute("PRAGMA trusted_schema = OFF")
            acting = opened_.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()
            sound = opened_.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise _refused(path, _NO_DATABASE(name=DATABASE)) from error
    if acting[0]:
        raise _refused(path, _MORE_THAN_A_ROUND(name=DATABASE))
    if sound[0] != "ok":
        raise _refused(path, _NO_DATABASE(name=DATABASE))


def _read_only(database: Path) -> sqlite3.Connection:
    """A connection that leaves nothing beside the file."""
    return sqlite3.connect(f"file:{quote(str(database.resolve()))}?mode=ro&immutable=1", uri=True)


def _refused(path: Path, found: Words | Phrase) -> RefusedError:
    return RefusedError(Problem(Code.R275, TextPlace(display_path(path)), {"found": found}))
