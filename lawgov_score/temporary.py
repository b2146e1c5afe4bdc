"""Temporary folders whose names identify their process, so that those left by killed processes can be removed.

A name has the process id, the process's start time (ids are reused), and a mark of the machine: a folder on a shared
disk may belong to another machine, whose processes cannot be seen here.
"""

import hashlib
import os
import re
import secrets
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

PREFIX = ".lawgov-"
_PROCESS = r"[0-9]+-[0-9]+-[0-9a-f]{4}"
_NAME = re.compile(rf"\.?lawgov-(?:[a-z]+-)?(?P<process>{_PROCESS})-[0-9a-f]{{6}}")
_ABANDONED = 7 * 24 * 3600.0  # seconds after which another machine's folder is taken for abandoned
_CAN_ASK = os.name != "nt"  # on Windows signal 0 is no question: it interrupts the process
_BEGAN = time.time_ns()
_ENDED = ""  # in place of the start of a process that has ended


@contextmanager
def own_folder(within: Path, prefix: str = PREFIX) -> Iterator[Path]:
    """A new folder ``within`` a folder, readable by nobody else; removed after the block, whatever happens in it.

    Also removes folders left there by killed processes.
    """
    remove_dead(within)
    name = f"{prefix}{this_process()}-{secrets.token_hex(3)}"
    folder = within / name
    try:  # its name is known before it exists: a signal in between leaves nothing behind
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        try:
            folder.rmdir()  # mostly its content has been taken to its place
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_temporary_folder(prefix: str) -> Iterator[Path]:
    """The same in the system's folder for temporary files."""
    with own_folder(Path(tempfile.gettempdir()), prefix) as folder:
        yield folder


def remove_dead(within: Path) -> None:
    """Removes folders that killed processes of this program, and of this user, have left in a folder."""
    with suppress(OSError), os.scandir(within) as entries:  # closed also where another thread's folder just went
        for entry in entries:
            match = _NAME.fullmatch(entry.name)
            if match is None:
                continue
            with suppress(OSError):  # another process has removed its own meanwhile
                status = entry.stat(follow_symlinks=False)
                is_ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
                if is_ours and entry.is_dir(follow_symlinks=False) and _is_dead(match["process"], status.st_mtime):
                    shutil.rmtree(entry.path, ignore_errors=True)


def this_process() -> str:
    """This process, told from all others: its number, when it began (numbers are used again), and where it is."""
    return f"{os.getpid()}-{_start_of(os.getpid())}-{_here()}"


def is_alive(process: str) -> bool | None:
    """Does a process that called itself so (``this_process``) live? None: that cannot be seen from here."""
    if re.fullmatch(_PROCESS, process) is None:
        return None
    if process == this_process():
        return True
    pid, start, here = process.split("-")
    if here != _here() or not _CAN_ASK:
        return None
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # the number now belongs to another user's process
        return _start_of(int(pid)) in {"0", start}
    return _start_of(int(pid)) in {"0", start}


def _is_dead(process: str, changed: float) -> bool:
    lives = is_alive(process)
    return time.time() - changed > _ABANDONED if lives is None else not lives


def _start_of(pid: int) -> str:
    """When a process began, by the system's clock; our own start if unavailable; 0: unknown."""
    try:
        stat_text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        state, *figures = stat_text.rpartition(")")[2].split()
        return _ENDED if state in {"Z", "X"} else figures[18]  # killed, and nobody has asked for its end yet
    except (OSError, ValueError, IndexError):
        return str(_BEGAN) if pid == os.getpid() else "0"


@cache
def _here() -> str:
    """A mark of this machine, and of the part of it (container) whose processes are visible."""
    with suppress(OSError):
        return _mark(f"{socket.gethostname()} {os.readlink('/proc/self/ns/pid')}")
    return _mark(socket.gethostname())


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:4]
