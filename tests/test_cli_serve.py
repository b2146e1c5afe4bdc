"""``serve`` as people call it: the desk of a round on this machine, begun, visited and ended.

Reaches ``cli/commands/serve.py``, ``portal/serving.py`` and ``portal/workers.py``.
"""

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from desk_served import Served, desk_of, free_port
from django.test import override_settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT
from round_made import keep_in, make_round

from lawgov_score.cli import EndedError, main
from lawgov_score.portal.serving import KEY_FILE, key_of, serve
from lawgov_score.wording import Language


@pytest.fixture(scope="module", autouse=True)
def fixture_one_round(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_in(tmp_path_factory.mktemp("round"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    with desk_of(make_round(tmp_path)) as served:
        yield served


def test_a_desk_is_begun_visited_and_closed(desk: Served, tmp_path: Path) -> None:
    base = f"http://127.0.0.1:{desk.port}"
    assert desk.get(f"{base}/")[0] == 403
    status, page = desk.get(desk.address)
    assert status == 200
    assert "县考核" in page
    for address in ("/static/pages.css", "/static/desk.css", "/static/django_htmx/htmx-2.min.js"):
        assert desk.get(base + address)[0] == 200, address
    for address in ("/static/../serving.py", "/static/%2e%2e/serving.py", "/static//etc/passwd"):
        assert desk.get(base + address)[0] in {400, 403, 404}, address
    assert desk.ended(signal.SIGINT) == 0
    assert (tmp_path / "data" / KEY_FILE).stat().st_mode & 0o077 == 0
    assert key_of(tmp_path / "data") in desk.address  # the same again after a new start


def test_it_listens_to_this_machine_alone(desk: Served) -> None:
    names = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for name in names:
        with pytest.raises((ConnectionError, TimeoutError)):
            socket.create_connection((str(name), desk.port), timeout=2)


def test_asked_to_end_it_ends(desk: Served) -> None:
    assert desk.get(desk.address)[0] == 200
    assert desk.ended(signal.SIGTERM) == 143


@pytest.mark.parametrize("ending", [KeyboardInterrupt, EndedError(signal.SIGTERM)])
def test_asked_to_end_before_it_serves_it_leaves_no_thread(ending: BaseException, tmp_path: Path) -> None:
    """A thread that waits for requests keeps the process there for good, and nobody sees why."""
    before = set(threading.enumerate())

    def told(_: str) -> None:
        raise ending

    with override_settings(), suppress(EndedError):  # what a desk sets is of this test alone
        serve(make_round(tmp_path), free_port(), Language.ZH, told=told, opens_browser=False)
    assert set(threading.enumerate()) <= before


def test_asked_to_end_at_any_moment_it_ends(tmp_path: Path) -> None:
    """Also while the server's threads are begun, and asked again and again, as those do who see nothing happen."""
    folder = make_round(tmp_path)
    for moment in range(6):
        with desk_of(folder) as desk:
            time.sleep(moment * 0.002)
            by = signal.SIGINT if moment % 2 else signal.SIGTERM
            for pause in (0.0, 0.02, 0.5):
                time.sleep(pause)
                desk.process.send_signal(by)
            desk.process.communicate(timeout=120)
        assert list(folder.glob(".lawgov-*")) == []


def test_a_port_that_is_taken_is_told(desk: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["serve", str(tmp_path / "data"), "--no-browser", "--port", str(desk.port)])
    assert left.value.code == 2
    assert "R307" in capsys.readouterr().err


def test_no_round_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["serve", str(tmp_path), "--no-browser"])
    assert left.value.code == 2
    assert "R201" in capsys.readouterr().err


def test_what_was_being_sent_to_a_killed_desk_is_cleared_at_the_next_start(tmp_path: Path) -> None:
    """The bytes lie in the data folder, which is readable by its owner alone, and not among those of everybody."""
    folder = make_round(tmp_path)
    with desk_of(folder) as desk:
        desk.get(desk.address)
        said = "; ".join(f"{one.name}={one.value}" for one in desk.jar)
        head = f"POST /submissions/receive/ HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nCookie: {said}\r\n"
        head += f"Content-Type: {MULTIPART_CONTENT}\r\nContent-Length: 10000000\r\n\r\n"
        part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.xlsx"\r\n\r\n'
        with socket.create_connection(("127.0.0.1", desk.port)) as sent:
            sent.sendall(head.encode() + part.encode() + bytes(1 << 20))
            until = time.monotonic() + 20
            while not (there := list(folder.glob(".lawgov-*/*.upload*"))) and time.monotonic() < until:
                time.sleep(0.05)
            assert len(there) == 1
            desk.process.kill()
            desk.process.wait(120)  # its worker, which has the other end of its pipes, may take longer to begin and go
    assert there[0].is_file()
    with desk_of(folder) as desk:
        assert not there[0].exists()
        assert len(list(folder.glob(".lawgov-*"))) == 1
        desk.process.terminate()
        desk.process.wait(120)
    assert list(folder.glob(".lawgov-*")) == []
