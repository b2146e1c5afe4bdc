"""Every form that stands on any page: posted twice, with what the page showed before, without its tokens.

Reaches all of ``portal/views`` and ``portal/templates``.
"""

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from breaking import NoPool
from desk_visitor import Form, Visitor, forms_of, served
from desk_walk import kind_of, walk
from django.core.files.uploadedfile import SimpleUploadedFile
from round_books import answered
from round_made import make_round
from round_published import a_copy, remember

from lawgov_score.pipeline import feedback
from lawgov_score.portal import forms, workers
from lawgov_score.portal.views import jobs as jobs_page
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.models import Event, Job
from lawgov_score.rounds.names import Role, RoundState, RunKind
from lawgov_score.rounds.receiving import receive
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.states import move
from lawgov_score.workbook.submission import crash_test
from lawgov_score.workbook.submission.reader import in_this_process

# What is written into fields that stand empty, by their names.
TYPED: Mapping[str, object] = {
    "why": "理由",
    "step_why": "理由",
    "released_by": "王某",
    "claim": "漏计一件",
    "until": "2099-03-20T09:30",
    "day": "2099-05-01",
    "name": "劳动节",
    "reviewer": "评审员甲",
    "unit": "XZ-01",
    "indicator": "01-1",
}
# What says which state of things the page showed.
SHOWN = {"version", "seen"}


@dataclass(frozen=True)
class Found:
    """A form, and the page on which it stands."""

    page: str
    form: Form
    action: str


@contextmanager
def visited(folder: Path) -> Iterator[Visitor]:
    with opened(folder) as data, served(data):
        yield Visitor(data)


def left_open(data: Data, folder: Path) -> None:
    """报送: a workbook with an error, one with a blank, one that is fine."""
    round_, office, now = the_round(), seat_of(Role.OFFICE), real_now()
    move(round_, RoundState.OPEN, 1, office, "", now, also={"submit_by": now + timedelta(days=1)})
    for code, done in (("XZ-01", "约3"), ("XZ-02", None), ("BM-01", 3)):
        path = folder / f"{code}.xlsx"
        path.write_bytes(answered(code, done, 4))
        (outcome,) = receive(data, round_, [path], office, now, in_this_process)
        assert outcome.submission is not None


def in_objections(data: Data, folder: Path) -> None:
    """异议, with a first run."""
    left_open(data, folder)
    round_, office = the_round(), seat_of(Role.OFFICE)
    for state in list(RoundState)[2 : list(RoundState).index(RoundState.OBJECTIONS) + 1]:
        also = {"objections_until": real_now() + timedelta(days=3)} if state == RoundState.OBJECTIONS else {}
        move(round_, state, round_.version, office, "", real_now(), also=also)
        if state == RoundState.SECOND_REVIEW:
            make_run(data, round_, RunKind.FIRST, office, real_now())


STAGES: Mapping[str, Callable[[Data, Path], None]] = {"open": left_open, "objections": in_objections}


@pytest.fixture(scope="module", autouse=True)
def fixture_quick() -> Iterator[None]:
    """Workbooks are read and marked in this process; nothing is done by another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            sys.modules["lawgov_score.pipeline.reading"], "_in_workers", lambda _: nullcontext(in_this_process)
        )
        for module in (feedback, crash_test):
            patch.setattr(module, "Pool", NoPool)
        for module in (forms, workers, jobs_page):
            patch.setattr(module, "wake", lambda folder: None)
        remember(patch)
        yield


@pytest.fixture(scope="module", params=[*STAGES, "final"], name="stage")
def fixture_stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder at some stage, of which every form has a copy."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "final":
        made = a_copy(folder, "final", tmp_path_factory.mktemp("beside"))
        with visited(made) as visitor:
            visitor.press(visitor.open("/publication/"), "/publication/prepare/")
        return made
    made = make_round(folder)
    with opened(made) as data:
        STAGES[request.param](data, folder)
    return made


def all_forms(folder: Path) -> list[Found]:
    """The forms that post, of all pages; of one kind the first."""
    found: dict[str, Found] = {}
    with visited(folder) as visitor:

        def read(address: str) -> str | None:
            page = visitor.client.get(address, follow=True)
            assert page.status_code == 200, (address, page.status_code)
            if "html" not in page["Content-Type"] or "sandbox" in page["Content-Security-Policy"]:
                return None
            for form in forms_of(page):
                if form.method == "post":
                    for action in (form.action or address, *form.actions):
                        found.setdefault(kind_of(action), Found(address, form, action))
            return str(page.content.decode())

        walk(read)
    return list(found.values())


def filled(found: Found) -> dict[str, object]:
    """What a clerk would send: the form as it stands, and something in each field that stands empty."""
    values = found.form.values()
    for name in found.form.names & set(TYPED):
        if not values.get(name):
            values[name] = TYPED[name]
    for name in found.form.names & {"files", "books", "file"}:
        values[name] = SimpleUploadedFile("XZ-02.xlsx", answered("XZ-02", 1, 4))
    if found.form.buttons:
        name, value = found.form.buttons[0]
        values.setdefault(name, value)
    return values


def things() -> tuple[int, int]:
    """What has been done, and what is to be done."""
    return Event.objects.count(), Job.objects.count()


def older(value: object) -> object:
    """The same of the version before: the last number of it is one less."""
    if isinstance(value, list):
        return [older(one) for one in value]
    return re.sub(r"\d+(?=\D*$)", lambda number: str(int(number[0]) - 1), str(value))


def test_every_form_does_one_thing_and_only_as_it_was_shown(stage: Path, tmp_path: Path) -> None:
    found, wrong, did = all_forms(stage), [], set()
    assert len(found) > 3
    for at, one in enumerate(found):
        folder = tmp_path / str(at)
        shutil.copytree(stage, folder)
        with visited(folder) as visitor:
            wrong += [f"{one.action} (on {one.page}): {fault}" for fault in faults_of(visitor, one, did)]
        shutil.rmtree(folder)
    assert not wrong, "\n".join(wrong)
    assert did, [one.action for one in found]
    print(stage.parent.name, sorted(did), "not done:", sorted({one.action for one in found} - did))


def faults_of(visitor: Visitor, found: Found, did: set[str]) -> Iterator[str]:
    """What one form does that it should not."""
    page = visitor.client.get(found.page, follow=True)
    form = next(one for one in forms_of(page) if found.action in (one.action or found.page, *one.actions))
    values = filled(Found(found.page, form, found.action))
    before = things()
    for name, expected in (("csrfmiddlewaretoken", {403}), ("once", {409, 200, 303})):
        status = visitor.client.post(found.action, without(values, name)).status_code
        if status not in expected or things() != before:
            yield f"without {name}: {status}"
    for name in sorted(SHOWN & set(values)):
        answer = visitor.client.post(found.action, {**again(values), name: older(values[name])})
        if answer.status_code == 303 and str(answer["Location"]).startswith("/jobs/"):
            continue  # its work asks for itself
        if answer.status_code != 409 or things() != before:
            yield f"with an older {name}: {answer.status_code}"
    first, second = (visitor.client.post(found.action, again(values)) for _ in range(2))
    if first.status_code >= 500 or first.status_code in {400, 403, 404}:
        yield f"posted: {first.status_code}"
    if first.status_code == 303 and (second.status_code != 303 or second["Location"] != first["Location"]):
        yield f"posted twice: {second.status_code} {second.get('Location')} not {first['Location']}"
    after = things()
    if after != before:
        did.add(found.action)
        visitor.client.post(found.action, again(values))
        if things() != after:
            yield f"a third press: {before}, then {after}, then {things()}"


def without(values: Mapping[str, object], name: str) -> dict[str, object]:
    """What is posted where one field is lacking."""
    return {key: value for key, value in again(values).items() if key != name}


def again(values: Mapping[str, object]) -> dict[str, object]:
    """The same once more: files are read from their beginning."""
    for value in values.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    return dict(values)
