"""A clerk at the desk, without a browser: opens pages, fills in the forms that stand on them, presses their buttons."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from breaking import NoPool
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

import lawgov_score
from lawgov_score.pipeline import feedback
from lawgov_score.portal import worker
from lawgov_score.processes import apart
from lawgov_score.rounds import jobs
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.names import JobState
from lawgov_score.temporary import this_process
from lawgov_score.workbook.submission import crash_test
from lawgov_score.workbook.submission.reader import in_this_process

KEY = "k" * 32
Page = Any  # what the client of Django gives: a response with what it was led through


@dataclass
class Form:
    """A form of a page: where it posts to, and what it holds as it stands."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    method: str = ""
    actions: list[str] = field(default_factory=list)  # of buttons that post elsewhere

    def values(self) -> dict[str, object]:
        """What it posts as it stands, of what stands several times all."""
        values: dict[str, object] = {}
        for name, value in self.fields:
            known = values.get(name)
            values[name] = value if known is None else [*(known if isinstance(known, list) else [known]), value]
        return values


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self._form = Form(said.get("action", ""), method=said.get("method", ""))
            self.found.append(self._form)
        if self._form is None:
            return
        if name:
            self._form.names.add(name)
        match tag:
            case "input" if name and said.get("type") not in {"file", "submit"}:
                if said.get("type") not in {"checkbox", "radio"} or "checked" in said:
                    self._form.fields.append((name, said.get("value", "on" if said.get("type") == "checkbox" else "")))
            case "button":
                if name:
                    self._form.buttons.append((name, said.get("value", "")))
                if "formaction" in said:
                    self._form.actions.append(said["formaction"])
            case "select":
                self._select, self._options = name, []
            case "option" if self._select:
                self._options.append((said.get("value", ""), "selected" in said))
            case "textarea":
                self._area = name
                self._form.fields.append((name, ""))

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            name, before = self._form.fields.pop()
            self._form.fields.append((name, before + data))

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._form = None
            case "select":
                if self._form is not None and self._select and self._options:
                    chosen = [value for value, is_chosen in self._options if is_chosen] or [self._options[0][0]]
                    self._form.fields += [(self._select, value) for value in chosen]
                self._select = ""
            case "textarea":
                self._area = ""


def forms_of(page: Page) -> list[Form]:
    """The forms that stand on a page."""
    return forms_in(page.content.decode())


def forms_in(text: str) -> list[Form]:
    """The forms of a page as it was answered."""
    parser = _Forms()
    parser.feed(text)
    return parser.found


def form_of(page: Page, action: str) -> Form:
    """The first form of a page that posts to an address."""
    found = next((one for one in forms_of(page) if one.action == action), None)
    assert found is not None, (action, [one.action for one in forms_of(page)], page.content.decode()[-3000:])
    return found


class Visitor:
    """A browser with the key of the desk of an open data folder."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.client = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1:8233")
        self.client.cookies[settings.DESK_COOKIE] = KEY

    def open(self, address: str, status: int = 200) -> Page:
        """A page, and whatever it leads to."""
        page = self.client.get(address, follow=True)
        assert page.status_code == status, (address, page.status_code, page.content.decode()[-3000:])
        return page

    def press(
        self,
        page: Page,
        action: str,
        *,
        files: Mapping[str, Iterable[Path | tuple[str, bytes]]] | None = None,
        status: int = 200,
        **said: object,
    ) -> Page:
        """Fills in a form of a page and sends it; gives the page that it leads to. ``said`` must be fields of it."""
        form = form_of(page, action)
        values = form.values()
        assert set(said) <= form.names, (set(said) - form.names, form.names)
        values |= said
        for name, given in (files or {}).items():
            values[name] = [
                SimpleUploadedFile(one.name, one.read_bytes()) if isinstance(one, Path) else SimpleUploadedFile(*one)
                for one in given
            ]
        return self.post(action, values, status)

    def post(self, action: str, values: Mapping[str, object], status: int = 200) -> Page:
        """Posts what is given, as it is; long work is done at once."""
        answer = self.client.post(action, values)
        if answer.status_code == 303 and str(answer["Location"]).startswith("/jobs/"):
            work(self.data)
        if answer.status_code == 303:
            answer = self.client.get(answer["Location"], follow=True)
        assert answer.status_code == status, (action, answer.status_code, answer.content.decode()[-3000:])
        return answer

    def begin(self, page: Page, action: str, **said: object) -> str:
        """Sends a form whose work waits, since somebody else is first: the address of its page."""
        answer = self.client.post(action, form_of(page, action).values() | said)
        assert answer.status_code == 303, answer.content.decode()[-3000:]
        return str(answer["Location"])


def work(data: Data) -> None:
    """Does all long work that waits, in this process."""
    while (job := jobs.take(this_process(), real_now())) is not None:
        worker.work_on(data, job)


def by_command(*words: str, status: int = 0) -> str:
    """What a command of a round says, run as a clerk runs it: in a process of its own, beside the desk."""
    asked = [sys.executable, "-m", "lawgov_score", "round", *words]
    done = subprocess.run(
        asked, capture_output=True, text=True, check=False, cwd=Path(lawgov_score.__file__).parents[1]
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


@contextmanager
def broken_off(patch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """In the block long work is lost when all of it is done, before that is written down; gives what came of it."""
    outcomes: list[Any] = []

    def lost(_: Data, job: Job, outcome: object, *__: object) -> None:
        outcomes.append(json.loads(json.dumps(outcome)))
        raise jobs.LostJobError(job.n)

    with patch.context() as within:
        within.setattr(jobs, "end", lost)
        with pytest.raises(jobs.LostJobError):
            yield outcomes


def begun_again(data: Data) -> None:
    """Does once more what was broken off."""
    Job.objects.filter(state=JobState.RUNNING.value).update(state=JobState.QUEUED.value, worker="")
    work(data)


def read_here(patch: pytest.MonkeyPatch) -> None:
    """Workbooks are read and marked in this process, which takes less time than beginning others."""
    patch.setattr(sys.modules["lawgov_score.pipeline.reading"], "_in_workers", lambda _: nullcontext(in_this_process))
    for module in (feedback, crash_test, apart):
        patch.setattr(module, "Pool", NoPool)


def served(data: Data) -> override_settings:
    """The settings of a desk of this folder."""
    return override_settings(
        DESK_FOLDER=str(data.folder),
        DESK_WORKS=False,
        DESK_KEY=KEY,
        SECRET_KEY=KEY,
        ALLOWED_HOSTS=["127.0.0.1", "localhost", "testserver"],
    )


def text_of(page: Page) -> str:
    """What a page says, without its markup."""

    class Text(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.parts: list[str] = []

        def handle_data(self, data: str) -> None:
            self.parts.append(data)

    parser = Text()
    parser.feed(page.content.decode())
    return " ".join(" ".join(parser.parts).split())


def body_of(page: Page) -> bytes:
    """What is answered, whole, however it comes."""
    return b"".join(page.streaming_content) if page.streaming else bytes(page.content)


def outcome_of(job: Job) -> Any:
    """What came of long work that is done."""
    assert job.outcome is not None, job.problems
    return job.outcome
