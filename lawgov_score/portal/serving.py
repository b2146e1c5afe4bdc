"""Serves the desk: on 127.0.0.1 alone, behind a key in the address, until it is ended."""

import hashlib
import os
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from cheroot.wsgi import Server
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from lawgov_score.catalogue import Code
from lawgov_score.portal.workers import rest, wake
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds import jobs
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import open_data
from lawgov_score.temporary import own_folder
from lawgov_score.wording import Language

HOST, PORT = "127.0.0.1", 8233
KEY_FILE = "desk"  # in the data folder, readable by its owner alone: the address stays good over a new start
_THREADS = 8
_MOST = 2 * 1024**3  # bytes of one request: three hundred workbooks of seven megabytes
_STATIC = Path(__file__).with_name("static")
_PATIENCE = 5.0  # seconds that a worker is waited for at the end


def key_of(folder: Path) -> str:
    """The key of a data folder's desk, made where there is none."""
    path = folder / KEY_FILE
    if path.is_file() and (kept := path.read_text(encoding="ascii").strip()):
        return kept
    made = secrets.token_urlsafe(24)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(f"{made}\n")
    return made


def prepare(folder: Path, port: int, lang: Language) -> str:
    """Opens the folder and makes ready what pages need; gives the address to open. Raises ``RefusedError``."""
    data = open_data(folder)
    key = key_of(folder)
    settings.SECRET_KEY = hashlib.sha256(f"secret {key}".encode()).hexdigest()
    settings.DESK_FOLDER = str(folder.absolute())
    settings.DESK_KEY = key
    settings.DESK_COOKIE = f"lawgov-desk-{port}"
    settings.CSRF_COOKIE_NAME = f"lawgov-press-{port}"
    settings.DESK_LANG = lang.value
    jobs.recover(data, real_now())
    return f"http://{HOST}:{port}/?key={key}"


def application() -> Any:
    """Pages and files, as a server calls them."""
    import django_htmx

    files = WhiteNoise(get_wsgi_application(), root=str(_STATIC), prefix="static/", max_age=300)
    files.add_files(str(Path(next(iter(django_htmx.__path__))) / "static"), prefix="static/")
    return files


def serve(folder: Path, port: int, lang: Language, *, told: Callable[[str], None], opens_browser: bool) -> None:
    """Serves until SIGINT or SIGTERM. ``told``: is called with the address when it is there.

    Raises ``RefusedError``: as ``open_data``, R307 the port is taken.
    """
    address = prepare(folder, port, lang)
    _refuse_if_taken(port)
    with (
        _interrupted_once(),
        own_folder(Path(settings.DESK_FOLDER)) as uploads,
    ):  # what a killed desk has left there is cleared here
        settings.FILE_UPLOAD_TEMP_DIR = str(uploads)
        _serve(address, port, told, opens_browser=opens_browser)


@contextmanager
def _interrupted_once() -> Iterator[None]:
    """Ctrl+C pressed again, by somebody who sees nothing happen, does not break off what the first has begun to end."""
    is_ours = threading.current_thread() is threading.main_thread()
    if not is_ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def end(_: int, __: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _serve(address: str, port: int, told: Callable[[str], None], *, opens_browser: bool) -> None:
    """All of the server happens in threads: a signal is raised in the main thread alone, wherever that is, and must
    not break off a server that is being begun or ended. Threads left waiting would keep the process there for good.
    """
    server = Server((HOST, port), application(), numthreads=_THREADS, server_name="lawgov-score")
    server.max_request_body_size = _MOST
    begun: Future[None] = Future()
    with ThreadPoolExecutor(2) as threads:
        try:
            serving = threads.submit(_serve_from_the_start, server, begun)
            begun.result()
            told(address)
            if opens_browser:
                settings.DESK_ONCE = secrets.token_urlsafe(24)  # a browser's command line can be read by others
                webbrowser.open(f"http://{HOST}:{port}/?key={settings.DESK_ONCE}")
            serving.result()
        except KeyboardInterrupt:
            return  # Ctrl+C is how a desk is closed
        finally:
            threads.submit(_end, server, begun)


def _serve_from_the_start(server: Any, begun: "Future[None]") -> None:
    if not begun.set_running_or_notify_cancel():
        return  # asked to end before it began
    try:
        server.prepare()
        wake(Path(settings.DESK_FOLDER))  # whatever was broken off goes on
    except BaseException as fault:
        begun.set_exception(fault)
        return
    begun.set_result(None)
    server.serve()


def _end(server: Any, begun: "Future[None]") -> None:
    """Answers what is under way, and lets the worker end its piece."""
    if begun.cancel():
        return  # it has not begun, and does not any more
    wait([begun])
    server.stop()
    rest(Path(settings.DESK_FOLDER), _PATIENCE)


def _refuse_if_taken(port: int) -> None:
    with socket.socket() as tried:
        if os.name == "posix":  # as the server does: what a desk that was just closed has left is no obstacle
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError as error:
            found = error.strerror or str(error)
            raise RefusedError(Problem(Code.R307, TextPlace(f"{HOST}:{port}"), {"found": found})) from error
