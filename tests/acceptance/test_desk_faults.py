"""What goes wrong at a desk: killed in the middle, pressed by many at once, left open, its folder gone, odd uploads.

Each desk is a process of its own here. Whatever happens, nothing is lost and nothing is there twice.
"""

import io
import os
import shutil
import signal
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from calls import run
from desk_served import Served, desk_of
from desk_visitor import forms_in
from django.test.client import BOUNDARY
from round_made import keep_in
from round_of_many import round_of

from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import Event, Submission
from lawgov_score.rounds.names import JobState, RoundState
from lawgov_score.workbook.package.guard import MOST_BYTES

_UNITS = 60
_PATIENCE = 300.0  # seconds for work on a machine that is busy
Begin = Callable[[Served], str]


@pytest.fixture(scope="module", autouse=True)
def fixture_one_round(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_in(tmp_path_factory.mktemp("round"))


@pytest.fixture(scope="module", name="many")
def fixture_many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, bytes]]]:
    return round_of(tmp_path_factory.mktemp("many"), _UNITS)


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: Path, many: tuple[Path, list[tuple[str, bytes]]]) -> Path:
    return Path(shutil.copytree(many[0], tmp_path / "data"))


@pytest.fixture(name="desk")
def fixture_desk(folder: Path) -> Iterator[Served]:
    with desk_of(folder) as served:
        served.get(served.address)
        yield served


def a_desk_again(folder: Path, port: int, old: Served) -> Served:
    """The desk begun anew after a kill; its pages and cookies are those of before."""
    served = Served(folder, port=port)
    served.opener = old.opener
    return served


def waits_for(folder: Path, holds: Callable[[Job], bool]) -> Job:
    """The newest piece of long work, when it is so far."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with opened(folder):
            job = Job.objects.order_by("-n").first()
        if job is not None and (holds(job) or job.state in {JobState.DONE, JobState.FAILED}):
            return job
        time.sleep(0.05)
    raise AssertionError(f"the work is not so far: {job and (job.state, job.done, job.total)}")


def killed(pid: int) -> None:
    """Ends a process as a power cut would."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def kill_both(served: Served, job: Job) -> None:
    """The server, and the process that has the work, in this order: as one press on the switch."""
    served.process.kill()
    served.process.communicate()
    if job.state == JobState.RUNNING:
        killed(int(job.worker.split("-")[0]))


def kill_server(served: Served, job: Job) -> None:
    """The server alone: its worker ends what it has begun."""
    served.process.kill()
    served.process.communicate()


def proved(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`round verify` finds the record whole."""
    capsys.readouterr()
    ended = run("round", "verify", str(folder))
    assert ended == 0, capsys.readouterr()


def sent_all(served: Served, books: list[tuple[str, bytes]]) -> str:
    """Drops workbooks; the address of the work."""
    page = served.get(f"{served.base}/submissions/")[1]
    status, to, _ = served.press(page, "/submissions/receive/", files=books)
    assert status == 200
    return to


def shown_at_last(served: Served, to: str) -> str:
    """The page that work leads to."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with served.opener.open(served.base + to, timeout=60) as answer:
            if "/jobs/" not in answer.url:
                return str(answer.read().decode())
        time.sleep(0.2)
    raise AssertionError(f"{to} never ended")


@pytest.mark.long
@pytest.mark.parametrize("kill", [kill_server, kill_both])
def test_killed_while_sixty_workbooks_are_received_each_is_there_once(
    kill: Callable[[Served, Job], None],
    folder: Path,
    many: tuple[Path, list[tuple[str, bytes]]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk = Served(folder)
    try:
        desk.get(desk.address)
        to = sent_all(desk, many[1])
        for done in (5, 20):  # the third time that work is broken off it has failed
            kill(desk, waits_for(folder, lambda job, far=done: job.done >= far))
            desk = a_desk_again(folder, desk.port, desk)
        page = shown_at_last(desk, to)
    finally:
        kill_server(desk, Job())
    with opened(folder):
        assert Counter(Submission.objects.values_list("unit__code", flat=True)) == Counter(
            f"XZ-{i:03d}" for i in range(1, _UNITS + 1)
        )
        assert Event.objects.filter(act="receive").count() == _UNITS
        assert [job.state for job in Job.objects.all()] == [JobState.DONE]
    assert all(name in page for name, _ in many[1])
    proved(folder, capsys)


@pytest.mark.long
def test_a_worker_that_is_killed_is_replaced_while_its_page_is_looked_at(
    desk: Served, folder: Path, many: tuple[Path, list[tuple[str, bytes]]], capsys: pytest.CaptureFixture[str]
) -> None:
    to = sent_all(desk, many[1])
    killed(int(waits_for(folder, lambda job: job.done >= 10).worker.split("-")[0]))
    shown_at_last(desk, to)
    with opened(folder):
        assert Submission.objects.count() == _UNITS
    proved(folder, capsys)


def test_a_button_pressed_by_eight_at_once_does_one_thing(desk: Served, folder: Path) -> None:
    page = desk.get(f"{desk.base}/move/closed/")[1]
    form = next(one for one in forms_in(page) if one.action == "/move/closed/do/")
    found = at_once(lambda _: desk.press(page, form.action, **form.values()), 8)
    assert {(status, to) for status, to, _ in found} == {(200, found[0][1])}
    with opened(folder):
        assert Event.objects.filter(act="move").count() == 2  # to 报送, and now to 截止


def test_of_eight_windows_of_one_version_one_is_right(desk: Served, folder: Path) -> None:
    pages = [desk.get(f"{desk.base}/move/closed/")[1] for _ in range(8)]
    found = at_once(lambda i: desk.press(pages[i], "/move/closed/do/", why=f"第{i}个窗口"), 8)
    assert sorted(status for status, _, _ in found) == [200, *[409] * 7]
    refused = next((i, text) for i, (status, _, text) in enumerate(found) if status == 409)
    assert f"第{refused[0]}个窗口" in refused[1]  # what was typed is still there
    with opened(folder):
        assert Event.objects.filter(act="move").count() == 2


def at_once(do: Callable[[int], tuple[int, str, str]], n: int) -> list[tuple[int, str, str]]:
    """What ``n`` threads that begin together are answered."""
    gate, found = threading.Barrier(n), dict[int, tuple[int, str, str]]()

    def one(i: int) -> None:
        gate.wait()
        found[i] = do(i)

    threads = [threading.Thread(target=one, args=(i,)) for i in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[i] for i in range(n)]


def test_a_page_left_open_over_night_does_nothing_by_accident(
    desk: Served, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = desk.get(f"{desk.base}/move/closed/")[1]
    assert run("round", "move", str(folder), "closed", "--why", "命令先办了") == 0
    capsys.readouterr()
    status, _, text = desk.press(page, "/move/closed/do/", why="昨天的页面")
    assert status == 409
    assert "昨天的页面" in text
    with opened(folder):
        assert the_round().state == RoundState.CLOSED
        assert Event.objects.filter(act="move").count() == 2
    assert "截止" in desk.get(f"{desk.base}/")[1]


@pytest.mark.parametrize("is_a_copy", [False, True])
def test_a_folder_that_is_gone_is_told_and_comes_back(
    desk: Served, folder: Path, is_a_copy: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    page = desk.get(f"{desk.base}/move/closed/")[1]
    away = folder.rename(folder.with_name("unplugged"))
    for address in ("/", "/units/", "/submissions/"):
        status, text = desk.get(desk.base + address)
        assert (status, "R302" in text) == (503, True), address
    assert desk.press(page, "/move/closed/do/")[0] == 503
    assert not folder.exists()  # nothing was begun there
    if is_a_copy:
        shutil.copytree(away, folder)
    else:
        away.rename(folder)
    status, _, text = desk.press(page, "/move/closed/do/", why="又插上了")
    assert status == 200, text[-2000:]
    with opened(folder):
        assert the_round().state == RoundState.CLOSED
    proved(folder, capsys)


ODD_NAMES = {
    "markup": "<b onmouseover=alert(1)>粗.xlsx",
    "quotes": "a\"'><script>alert(1)</script>.xlsx",
    "a formula": "=HYPERLINK(1).xlsx",
    "from right to left": "东乡\u202exslx.exe",
    "a way out": "../../../etc/passwd.xlsx",
    "another way out": "..\\..\\windows\\win.xlsx",
    "very long": f"{'长' * 300}.xlsx",
    "nothing but dots": "....xlsx",
    "a line break": "a\r\nX: y.xlsx",
    "a device of Windows": "CON.xlsx",
}


def test_files_under_any_names_are_received_for_what_they_are(
    desk: Served, folder: Path, many: tuple[Path, list[tuple[str, bytes]]], capsys: pytest.CaptureFixture[str]
) -> None:
    page = desk.get(f"{desk.base}/submissions/")[1]
    names = list(ODD_NAMES.values())
    status, to, _ = desk.post("/submissions/receive/", body_of(page, [(n, many[1][i][1]) for i, n in enumerate(names)]))
    assert status == 200
    shown = shown_at_last(desk, to)
    for markup in ("<b onmouseover", "<script>alert", "\u202e"):
        assert markup not in shown
    with opened(folder):
        assert Submission.objects.count() == len(names)
    assert {path.name for path in folder.parent.iterdir()} == {"data"}  # nothing came out of it
    assert not (folder / "passwd.xlsx").exists()
    for address in ("/", "/units/", "/submissions/", "/returns/"):
        assert "<b onmouseover" not in desk.get(desk.base + address)[1]
    proved(folder, capsys)


def test_what_is_no_workbook_is_refused_file_by_file(
    desk: Served, folder: Path, many: tuple[Path, list[tuple[str, bytes]]]
) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b"\0" * (600 << 20))
    cut = many[1][1][1][:-200]
    given = [
        ("空.xlsx", b""),
        ("其实是报告.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 5000),
        ("很会膨胀.xlsx", bomb.getvalue()),
        ("没传完.xlsx", cut),
        ("好的.xlsx", many[1][0][1]),
    ]
    page = desk.get(f"{desk.base}/submissions/")[1]
    status, to, _ = desk.post("/submissions/receive/", body_of(page, given))
    assert status == 200
    shown = shown_at_last(desk, to)
    with opened(folder):
        assert [one.name for one in Submission.objects.all()] == ["好的.xlsx"]
        assert Event.objects.filter(act="refuse").count() == len(given) - 1
    for name, _ in given:
        assert name in shown


def test_more_files_than_a_drop_has_and_larger_than_a_workbook_are_told(desk: Served, folder: Path) -> None:
    page = desk.get(f"{desk.base}/submissions/")[1]
    status, _, text = desk.post("/submissions/receive/", body_of(page, [(f"{i}.xlsx", b"x") for i in range(5001)]))
    assert (status, "R301" in text) == (400, True)
    large = [("太大.xlsx", b"PK" + b"\0" * MOST_BYTES)]
    status, _, text = desk.post("/submissions/receive/", body_of(page, large))
    assert (status, "S107" in text) == (409, True)
    assert "太大.xlsx" in text
    with opened(folder):
        assert Job.objects.count() == 0
    drops = folder / "drops"
    assert not drops.exists() or not list(drops.iterdir())


def body_of(page: str, given: list[tuple[str, bytes]]) -> bytes:
    """A form of files as a browser posts it, under names that no browser would send."""
    form = next(one for one in forms_in(page) if one.action == "/submissions/receive/")
    parts = [(f'name="{name}"', str(value).encode()) for name, value in form.values().items()]
    for name, content in given:
        quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        parts.append((f'name="files"; filename="{quoted}"\r\nContent-Type: application/octet-stream', content))
    begun = b"".join(
        b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (BOUNDARY.encode(), head.encode(), content)
        for head, content in parts
    )
    return begun + b"--%b--\r\n" % BOUNDARY.encode()
