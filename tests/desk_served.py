"""A desk in a process of its own, as ``lawgov-score serve`` begins it; visited without a browser, ended, killed."""

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

from desk_visitor import forms_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Served:
    """The process, and a visitor who keeps its cookies. ``port``: of one that was ended and whose pages are open."""

    def __init__(self, folder: Path, *options: str, port: int = 0) -> None:
        self.port = port or free_port()
        command = [sys.executable, "-m", "lawgov_score", "serve", str(folder), "--no-browser", "--port", str(self.port)]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = next((line for line in self.process.stdout if "http" in line), "")
        assert line, self.process.communicate(timeout=120)
        self.address = line[line.index("http") :].strip()
        self.base = self.address.partition("/?")[0]
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, address: str) -> tuple[int, str]:
        try:
            with self.opener.open(address, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def press(
        self, page: str, action: str, *, files: Iterable[tuple[str, bytes]] = (), **said: object
    ) -> tuple[int, str, str]:
        """Fills in a form of a page and sends it; gives status, address and text of the page that it leads to."""
        form = next(one for one in forms_in(page) if action in (one.action, *one.actions))
        values = {**form.values(), **said}
        if files:
            values["files"] = [SimpleUploadedFile(name, content) for name, content in files]
        return self.post(action, encode_multipart(BOUNDARY, values))

    def post(self, action: str, body: bytes) -> tuple[int, str, str]:
        """Posts a form as it is."""
        request = urllib.request.Request(self.base + action, body, {"Content-Type": MULTIPART_CONTENT})
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, answer.url.removeprefix(self.base), answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.url.removeprefix(self.base), refused.read().decode()

    def ended(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        self.process.communicate(timeout=120)
        return self.process.returncode


@contextmanager
def desk_of(folder: Path, *options: str, port: int = 0) -> Iterator[Served]:
    """A desk that is killed at the end, if it still is there."""
    served = Served(folder, *options, port=port)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.communicate()
