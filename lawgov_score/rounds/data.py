"""A data folder: opens it, brings its tables up to date, and says plainly where it cannot.

A process has one data folder open at a time. ``opened`` is what commands use: it closes the folder again, and turns
what the database refuses into problems with words.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.transaction import TransactionManagementError

from lawgov_score import store_settings
from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounds import clock
from lawgov_score.rounds.disk import DISK, Disk
from lawgov_score.rounds.store import Store
from lawgov_score.temporary import own_folder
from lawgov_score.wording import ByFace, Words

DATABASE = "round.sqlite3"
FILES, KEY, BACKUPS = "files", "key", "backups"
SETTING, SETTING_FILE = "LAWGOV_DATABASE", "database"  # where a new folder's rows go; where this folder's are
_APP = "rounds"
_MAGIC = b"SQLite format 3\x00"
_NO_FOLDER = Words("没有这个文件夹", "no such folder")
_NO_DATABASE = Words("文件夹中没有 {name}", "the folder has no {name}")
_EXPORTED = ByFace(
    Words(
        "这是导出的轮次，不是数据文件夹：先运行 lawgov-score round import 这个文件夹 数据文件夹，再核验、接着办",
        "this is a round that was exported, and no data folder: lawgov-score round import FOLDER DATA makes one, "
        "to verify or to go on with",
    ),
    Words(
        "这是导出的轮次，不是数据文件夹：先导入为数据文件夹，再核验、接着办",
        "this is a round that was exported, and no data folder: import it first",
    ),
)
_RECORD = "events.jsonl"  # every exported round has it
_NOT_SQLITE = Words("{name} 不是数据库文件，或者已损坏", "{name} is no database, or a damaged one")
_NO_DRIVER = Words("没有安装 psycopg", "psycopg is not installed")
_NO_ADDRESS = Words("“{found}”", "“{found}”")
_NO_OPTION = Words("选项 {name} 不能写在这里", "the option {name}, which cannot stand here")
_OPTIONS = frozenset(  # of libpq; host, port, user and password stand before the name
    [
        *("application_name", "channel_binding", "connect_timeout", "gssencmode", "hostaddr", "krbsrvname", "options"),
        *("keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "tcp_user_timeout"),
        *("passfile", "require_auth", "sslcert", "sslcrl", "sslcrldir", "sslkey", "sslmode", "sslnegotiation"),
        *("sslrootcert", "ssl_max_protocol_version", "ssl_min_protocol_version", "target_session_attrs"),
    ]
)
_NO_ANSWER = Words("数据库没有应答：{found}", "the database does not answer: {found}")
_FULL = Words("没有剩余空间", "no space left")
_READ_ONLY = Words("该位置只读", "the place is read-only")


@dataclass(frozen=True, slots=True)
class Data:
    """An open data folder."""

    folder: Path
    disk: Disk = DISK

    @property
    def store(self) -> Store:
        """The contents of its files."""
        return Store(self.folder / FILES, self.disk)


@contextmanager
def opened(folder: Path, *, disk: Disk = DISK, wait: float = 20.0, is_new: bool = False) -> Iterator[Data]:
    """A data folder for the block; afterwards the one that was open before is open again. See ``open_data``."""
    before = connections.settings["default"]
    with told_plainly(folder):
        try:
            yield open_data(folder, disk=disk, wait=wait, is_new=is_new)
        finally:
            _point_at(before)


def open_data(folder: Path, *, disk: Disk = DISK, wait: float = 20.0, is_new: bool = False) -> Data:
    """Opens a data folder for the whole process. Raises ``RefusedError`` (R201, R202, R203, R206, R208).

    Tables of an earlier version are brought up to date, after a copy of the database was put into ``backups/``; a
    folder of a later version is refused, and nothing is touched. ``wait``: seconds for a database that is busy.
    ``is_new``: tables are made where there are none.
    """
    database = _database(folder, wait, is_new=is_new)
    before = connections.settings["default"]
    data = Data(folder, disk)
    with told_plainly(folder):
        _point_at(database)
        try:
            if connection.vendor == "postgresql":
                _reach(folder)
            _bring_up_to_date(data)
            if is_new and (address := _address(folder)):  # so that no later command needs the setting
                disk.write(folder / SETTING_FILE, f"{address}\n".encode(), mode=0o600)  # it may hold a password
        except BaseException:
            _point_at(before)
            raise
    return data


def is_there(folder: Path) -> bool:
    """Is there a folder that says where its rows are? SQLite would make an empty database where its file is gone."""
    return (folder / DATABASE).is_file() or (folder / SETTING_FILE).is_file()


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Turns what the database refuses in the block into problems: R203, R206, R208, O101, O102."""
    place = TextPlace(display_path(folder))
    try:
        yield
    except ImproperlyConfigured as error:
        raise RefusedError(Problem(Code.R208, place, {"found": _NO_DRIVER})) from error
    except DatabaseError as error:
        said = str(error)
        if "is locked" in said or "lock timeout" in said:
            raise RefusedError(Problem(Code.R203, place)) from error
        if "is full" in said:
            raise CannotWriteError(Problem(Code.O102, place, {"found": _FULL})) from error
        if "readonly" in said or "unable to open" in said:
            raise CannotWriteError(Problem(Code.O101, place, {"found": _READ_ONLY})) from error
        if "malformed" in said or "not a database" in said:
            raise RefusedError(Problem(Code.R206, place, {"found": _NOT_SQLITE(name=DATABASE)})) from error
        if "connection failed" in said or "could not connect" in said or "connection to server" in said:
            raise RefusedError(Problem(Code.R208, place, {"found": _NO_ANSWER(found=said.strip())})) from error
        raise


def _address(folder: Path) -> str:
    """The address of the server that has its rows; '' where they are in the folder itself.

    A folder knows that: whatever the setting says by then is of a folder that is new, or of one that lost its file.
    """
    if (folder / SETTING_FILE).is_file():
        written = (folder / SETTING_FILE).read_text(encoding="utf-8-sig").strip()
        if written:
            return written
    return "" if (folder / DATABASE).is_file() else os.environ.get(SETTING, "").strip()


def _database(folder: Path, wait: float, *, is_new: bool) -> dict[str, Any]:
    """The settings of its database. Raises ``RefusedError`` where there is none."""
    place = TextPlace(display_path(folder))
    if not folder.is_dir():
        raise RefusedError(Problem(Code.R201, place, {"found": _NO_FOLDER}))
    if address := _address(folder):
        return _postgresql(address, place)
    path = folder / DATABASE
    if not path.is_file() and not is_new:
        is_exported = (folder / _RECORD).is_file()
        found: object = _EXPORTED if is_exported else _NO_DATABASE(name=DATABASE)
        raise RefusedError(Problem(Code.R201, place, {"found": found}))
    if path.is_file() and path.stat().st_size:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise RefusedError(Problem(Code.R206, place, {"found": _NOT_SQLITE(name=DATABASE)}))
    options = {**store_settings.SQLITE_OPTIONS, "timeout": wait}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}


def _postgresql(address: str, place: TextPlace) -> dict[str, Any]:
    """Settings from ``postgresql://user:password@host:port/name?option=value&…``. Nothing of it is passed over."""
    try:
        parts = urlsplit(address)
        port = str(parts.port or "")
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        parts, port, options = urlsplit(""), "", {}
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/") or parts.fragment:
        hidden = address.rpartition("@")[2]  # a password is never shown
        raise RefusedError(Problem(Code.R208, place, {"found": _NO_ADDRESS(found=hidden)}))
    if unknown := sorted({*options} - _OPTIONS):
        raise RefusedError(Problem(Code.R208, place, {"found": _NO_OPTION(name=unknown[0])}))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        "OPTIONS": options,
    }


def _reach(folder: Path) -> None:
    """Connects to the server. Raises ``RefusedError`` (R208), whatever keeps it from that."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        found = _NO_ANSWER(found=str(error).strip())
        raise RefusedError(Problem(Code.R208, TextPlace(display_path(folder)), {"found": found})) from error


def _point_at(database: dict[str, Any]) -> None:
    """Makes ``database`` the one that this process speaks to; threads begun from now on do so too."""
    connections.close_all()
    connections.settings["default"] = connections.configure_settings({"default": database})["default"]
    for one in connections.all(initialized_only=True):
        del connections[one.alias]


def _bring_up_to_date(data: Data) -> None:
    executor = MigrationExecutor(connection)
    known = {name for app, name in executor.loader.disk_migrations if app == _APP}
    applied = {name for app, name in executor.loader.applied_migrations if app == _APP}
    if later := _later(applied, known):
        figures = {"found": later[-1], "expected": max(known)}
        raise RefusedError(Problem(Code.R202, TextPlace(display_path(data.folder)), figures))
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    if not plan:
        return
    if applied:
        _back_up(data, max(applied))
    try:
        executor.migrate(targets, plan)
    except DatabaseError as error:
        _point_at(connections.settings["default"])  # Django leaves its transaction open where a step is not recorded
        again = MigrationExecutor(connection)
        if again.migration_plan(again.loader.graph.leaf_nodes()):
            raise _cause(error) from None
        # another process has done it at the same moment


def _cause(error: DatabaseError) -> DatabaseError:
    """What the database refused first: Django, on its way out, asks once more and meets its own broken transaction."""
    while isinstance(error, TransactionManagementError) and isinstance(error.__context__, DatabaseError):
        error = error.__context__
    return error


def _later(applied: set[str], known: set[str]) -> list[str]:
    """The steps that this version does not know: a later one took them."""
    return sorted(applied - known)


def _back_up(data: Data, before: str) -> None:
    """A copy of the database as it is, in ``backups/``. PostgreSQL: what fails there is undone by itself."""
    if connection.vendor != "sqlite":
        return
    folder = data.folder / BACKUPS
    data.disk.folder(folder)
    moment = clock.real_now().strftime("%Y%m%dT%H%M%SZ")
    with own_folder(folder) as beside:
        copy = beside / DATABASE
        copy_database(copy)
        data.disk.adopt(copy, folder / f"{moment}-{before}.sqlite3")


def copy_database(copy: Path) -> None:
    """The open SQLite database as it is at one moment, whoever writes meanwhile. Raises ``DatabaseError``."""
    connection.ensure_connection()
    with connection.wrap_database_errors, closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
