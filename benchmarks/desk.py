"""What the desk adds: pages of many units beside bare templates, a drop of workbooks beside `check`, its memory."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.request import HTTPCookieProcessor, build_opener

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, override_settings

from benchmarks.ratio import by_processes, by_processor, compare, seconds
from benchmarks.receiving import PROCESSES, sent_by_many
from benchmarks.row import Extent, Measured
from lawgov_score.pipeline import ReadingOptions, check, load_roster, load_tree, reading, register_of
from lawgov_score.portal import answers, forms, worker
from lawgov_score.rounds import jobs
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Submission
from lawgov_score.rounds.names import FileKind, Role, RoundState
from lawgov_score.rounds.posted import new_token
from lawgov_score.rounds.states import move
from lawgov_score.temporary import this_process
from submissions.make_sample_round import TREE

OVERVIEW = "/"
LISTS = ("/units/?part=all", "/submissions/?part=all", "/returns/")  # the whole of each list
PAGES = (OVERVIEW, *LISTS)
_NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
_KEY = "k" * 32
_Known = tuple[str, Mapping[str, Any], HttpRequest]


def pages(extent: Extent, folder: Path) -> Measured:
    """Pages of all units as they are answered against their templates rendered from what they were given; the worst.

    Lists are asked for whole, to print; the parts in which they come otherwise are less, whatever the number of units.
    The floor has the same context, all queries answered: it is what any page of so many rows costs. The overview lists
    no units: how long it takes is told beside them.
    """
    with opened(_open_round(folder, _plain_roster(folder, extent.size))) as data, _served(data) as client:
        _sent_by_all(data)
        found = {address: _page(client, address, extent.pairs) for address in PAGES}
    worst = max(LISTS, key=lambda address: found[address].value)
    others = ", ".join(f"{address} {found[address].value:.2f}×" for address in LISTS)
    ours = f"{found[worst].ours} ({others}; the overview {found[OVERVIEW].ours})"
    return Measured(found[worst].value, ours, found[worst].floor)


def _page(client: Client, address: str, pairs: int) -> Measured:
    known: list[_Known] = []

    def recorded(name: str, context: Mapping[str, Any], request: HttpRequest) -> str:
        known.append((name, context, request))
        return render_to_string(name, dict(context), request)

    def ours() -> None:
        assert client.get(address).status_code == 200

    with patch.object(answers, "render_to_string", recorded):
        ours()
    name, context, request = known[-1]

    def floor() -> None:
        assert render_to_string(name, dict(context), request)

    return compare(by_processor(ours), by_processor(floor), pairs=pairs)


def drop(extent: Extent, folder: Path) -> Measured:
    """Workbooks posted to the desk and received by its worker, against what `check` does with the same files.

    A round of its own for each turn, made before the clock runs. The work is done in this process, not beside it.
    """
    tree, _ = load_tree(TREE)
    assert tree is not None
    books, roster = folder / "books", folder / "roster.csv"
    sent_by_many(tree, extent.size, books, roster)
    rounds = iter([_open_round(folder / f"round-{i}", roster) for i in range(extent.pairs)])

    def ours() -> None:
        with opened(next(rounds)) as data, _served(data) as client:
            given = [SimpleUploadedFile(path.name, path.read_bytes()) for path in sorted(books.glob("*.xlsx"))]
            with patch.object(forms, "wake"):
                answer = client.post("/submissions/receive/", {"once": new_token(), "files": given})
            assert answer.status_code == 303
            job = jobs.take(this_process(), real_now())
            assert job is not None
            worker.work_on(data, job)
            assert Submission.objects.count() == extent.size

    def floor() -> None:
        of, _ = load_tree(TREE)
        assert of is not None
        units, _ = load_roster(roster, of)
        with reading(ReadingOptions(jobs=PROCESSES)) as run:
            taken = check(of, [books], units, run)
        assert len(register_of(of, taken, units, taken.problems).lines) == extent.size

    return compare(by_processes(ours), by_processes(floor), pairs=extent.pairs, warm=False)


def memory(extent: Extent, folder: Path) -> Measured:
    """Megabytes of the server at rest, after each page was looked at by several at once. Linux alone tells."""
    data = _open_round(folder, _plain_roster(folder, extent.size))
    with opened(data) as open_:
        _sent_by_all(open_)
    command = [sys.executable, "-m", "lawgov_score", "serve", str(data), "--no-browser", "--port", str(_free_port())]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert server.stdout is not None
        address = next(line[line.index("http") :].strip() for line in server.stdout if "http" in line)
        begun = time.perf_counter()
        visitors = [threading.Thread(target=_visit, args=(address,)) for _ in range(4)]
        for one in visitors:
            one.start()
        for one in visitors:
            one.join()
        took = time.perf_counter() - begun
        status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()  # type: ignore[union-attr]
    (kilobytes,) = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return Measured(kilobytes / 1000, f"{seconds(took)} for {4 * len(PAGES)} pages")


def _visit(address: str) -> None:
    opener, base = build_opener(HTTPCookieProcessor(CookieJar())), address.partition("/?")[0]
    with opener.open(address) as answer:
        answer.read()
    for page in PAGES:
        with opener.open(base + page) as answer:
            answer.read()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _plain_roster(folder: Path, size: int) -> Path:
    tree, _ = load_tree(TREE)
    assert tree is not None
    kinds = [cohort.unit_types[0] for cohort in tree.cohorts]
    lines = [f"U{i:06},第{i}单位,{kinds[i % len(kinds)]}" for i in range(size)]
    path = folder / "roster.csv"
    path.write_text("\n".join(["unit,name,type", *lines]) + "\n", encoding="utf-8")
    return path


def _open_round(folder: Path, roster: Path) -> Path:
    folder.mkdir(exist_ok=True)
    created, problems = create_round(folder / "data", TREE, roster, None, now=_NOW)
    assert created is not None, problems
    with opened(folder / "data"):
        also = {"submit_by": real_now() + timedelta(days=5)}
        move(the_round(), RoundState.OPEN, 1, seat_of(Role.OFFICE), "", real_now(), also=also)
    return folder / "data"


def _sent_by_all(data: Data) -> None:
    """A row for each unit, as if its workbook had come."""
    round_ = the_round()
    file = keep(data, b"no workbook: no page opens it", "a.xlsx", FileKind.SUBMISSION, _NOW)
    Submission.objects.bulk_create(
        Submission(
            round=round_,
            unit=unit,
            n=1,
            file=file,
            name=f"{unit.code}.xlsx",
            receipt="",
            engine="0",
            received_at=_NOW,
            errors=i % 3 == 0,
            warnings=i % 4,
            blanks=i % 2,
        )
        for i, unit in enumerate(round_.units.all())
    )


@contextmanager
def _served(data: Data) -> Iterator[Client]:
    known = {"DESK_FOLDER": str(data.folder), "DESK_KEY": _KEY, "SECRET_KEY": _KEY}
    with override_settings(**known, ALLOWED_HOSTS=["127.0.0.1"]):
        client = Client(HTTP_HOST="127.0.0.1")
        client.cookies[settings.DESK_COOKIE] = _KEY
        yield client
