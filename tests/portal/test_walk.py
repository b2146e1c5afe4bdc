"""Every form that stands on any page: posted twice, with what the page showed before, without its tokens.

Reaches all of ``portal/views`` and ``portal/templates``.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from desk_visitor import Form, Visitor, forms_of, read_here, served, text_of, work
from desk_walk import kind_of, walk
from django.core.files.uploadedfile import SimpleUploadedFile
from round_books import an_office_round, answered
from round_made import ROSTER, make_round
from round_published import remember
from sheets import fill

from lawgov_score import pipeline
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.desk_models import Job, Posted
from lawgov_score.rounds.models import Event, Round
from lawgov_score.rounds.names import Role, RoundState, RunKind
from lawgov_score.rounds.objecting import object_to
from lawgov_score.rounds.receiving import receive
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.states import move
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.office import GRANTED
from lawgov_score.workbook.submission.reader import in_this_process

# What is written into fields that stand empty: by their names, or by how these begin.
TYPED: Mapping[str, object] = {
    "why": "理由",
    "step_why": "理由",
    "reason": "理由",
    "released_by": "王某",
    "claim": "漏计一件",
    "until": "2099-03-20T09:30",
    "first": "2099-05-01",
    "name": "劳动节",
    "reviewer": "评审员甲",
    "date": "2026-03-02",
    "indicator": "01-1",
    "category": "A1",
    "level": "省级",
    "item": "表彰",
    "text": "表彰",
    "basis": "文件",
    "new": "1",
    "value": "1",
    "outcome": "upheld",
    "score": "1",
    "units": "",
}
BEGINNINGS = {"mark-": "2", "reason-": "理由", "ruling-": GRANTED.zh}
# Pages that forms lead to, which no link does.
BEHIND_FORMS = (
    "/objections/new/?unit=XZ-01",
    "/objections/new/?unit=A",
    "/review/of/01-2/?reviewer=评审员甲",
    "/review/changes/?unit=A&indicator=01-1",
)
# What says which state of things the page showed.
SHOWN = {"version", "seen"}
# What does nothing to a round: it chooses a language, or shows what would be done.
LOOKS = {"/language/", "/returns/preview/"}


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
    object_to(data, round_, "XZ-01", "01-1", "漏计一件", office, real_now())


def ready_to_publish(data: Data, folder: Path) -> None:
    """终评, with a final run that was looked at."""
    in_objections(data, folder)
    round_, office = the_round(), seat_of(Role.OFFICE)
    move(round_, RoundState.FINAL, round_.version, office, "", real_now())
    make_run(data, round_, RunKind.FINAL, office, real_now())
    with served(data):
        visitor = Visitor(data)
        visitor.press(visitor.open("/publication/"), "/publication/prepare/")


def under_review(data: Data, folder: Path) -> None:
    """初审, of a tree with all that an office adds: A and B have sent, and B claims that one item does not apply."""
    of, _ = pipeline.load_tree(folder / "tree-2024.yaml")
    assert of is not None
    units, _ = pipeline.load_roster(folder / "roster-ab.csv", of)
    assert units is not None
    pipeline.write_templates(of, units, folder / "templates", Language.ZH, unwatched)
    round_, office = the_round(), seat_of(Role.OFFICE)
    move(round_, RoundState.OPEN, 1, office, "", real_now())
    for unit, rate in (("A", 0.8), ("B", "不适用")):
        (path,) = (folder / "templates").glob(f"{unit} *.xlsx")
        fill(path, {"01-1.done": 2, "01-1.got": 4, "01-3.x": rate}, notes={"01-3.x": "没有这项职责"})
        (outcome,) = receive(data, round_, [path], office, real_now(), in_this_process)
        assert outcome.submission is not None
    for state in (RoundState.CLOSED, RoundState.FIRST_REVIEW):
        move(round_, state, round_.version, office, "", real_now())
    with served(data):
        visitor = Visitor(data)
        visitor.press(visitor.open("/review/"), "/review/look/")


STAGES: Mapping[str, Callable[[Data, Path], None]] = {
    "open": left_open,
    "review": under_review,
    "objections": in_objections,
    "final": ready_to_publish,
}


@pytest.fixture(scope="module", autouse=True)
def fixture_quick() -> Iterator[None]:
    """Workbooks are read and marked in this process; nothing is done by another."""
    with pytest.MonkeyPatch.context() as patch:
        read_here(patch)
        remember(patch)
        yield


@pytest.fixture(scope="module", params=STAGES, name="stage")
def fixture_stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder at some stage, of which every form has a copy."""
    folder = tmp_path_factory.mktemp(request.param)
    made = an_office_round(folder) if request.param == "review" else make_round(folder)
    with opened(made) as data:
        STAGES[request.param](data, folder)
    return made


def all_forms(folder: Path) -> list[Found]:
    """The forms that post, of all pages; of one kind the first."""
    found: dict[str, Found] = {}
    with visited(folder) as visitor:

        def read(address: str) -> str | None:
            page = visitor.client.get(address, follow=True)
            page.close()
            if address in BEHIND_FORMS and page.status_code == 404:
                return None  # of another tree
            assert page.status_code == 200, (address, page.status_code)
            if page.streaming or "html" not in page["Content-Type"] or "sandbox" in page["Content-Security-Policy"]:
                return None
            for form in forms_of(page):
                if form.method == "post":
                    for action in (form.action or address, *form.actions):
                        found.setdefault(kind_of(action), Found(address, form, action))
            return str(page.content.decode())

        walk(read, BEHIND_FORMS)
    return list(found.values())


def filled(visitor: Visitor, found: Found) -> dict[str, object]:
    """What a clerk would send: the form as it stands, and something in each field that stands empty."""
    values = found.form.values()
    for name in found.form.names:
        by_beginning = next((typed for begun, typed in BEGINNINGS.items() if name.startswith(begun)), None)
        if name == "unit" and not values.get(name):
            values[name] = the_round().units.order_by("place")[0].code
        if not values.get(name) and (typed := TYPED.get(name, by_beginning)):
            values[name] = typed
        if (name, found.page) == ("until", "/move/open/"):
            values[name] = TYPED[name]  # another one than it shows
        if name in {"files", "books", "file"}:
            values[name] = SimpleUploadedFile("XZ-02.xlsx", answered("XZ-02", 1, 4))
        if name == "roster":
            values[name] = SimpleUploadedFile("roster.csv", ROSTER.replace("西乡", "西镇").encode())
        if name == "template":
            values[name] = SimpleUploadedFile("a.docx", visitor.client.get(found.action.removesuffix("use/")).content)
    if found.form.buttons:
        name, value = found.form.buttons[0]
        values.setdefault(name, value)
    return values


def things() -> tuple[int, int, int]:
    """What has been done, what is to be done, and how many presses are remembered."""
    return Event.objects.count(), Job.objects.count(), Posted.objects.count()


def older(value: object) -> object:
    """The same of the version before: the last number of it is one less."""
    if isinstance(value, list):
        return [older(one) for one in value]
    return re.sub(r"\d+(?=\D*$)", lambda number: str(int(number[0]) - 1), str(value))


def test_every_form_does_one_thing_and_only_as_it_was_shown(stage: Path, tmp_path: Path) -> None:
    found, did = all_forms(stage), set[str]()
    wrong: list[str] = []
    assert len(found) > 3
    for at, one in enumerate(found):
        folder = tmp_path / str(at)
        shutil.copytree(stage, folder)
        with visited(folder) as visitor:
            wrong += [f"{one.action} (on {one.page}): {fault}" for fault in faults_of(visitor, one, did)]
        shutil.rmtree(folder)
    assert not wrong, "\n".join(wrong)
    assert {one.action for one in found} - did - LOOKS == set()  # each was tried with what does something


def faults_of(visitor: Visitor, found: Found, did: set[str]) -> Iterator[str]:
    """What one form does that it should not."""
    page = visitor.client.get(found.page, follow=True)
    posts = [one for one in forms_of(page) if one.method == "post"]
    form = next(one for one in posts if found.action in (one.action or found.page, *one.actions))
    values = filled(visitor, Found(found.page, form, found.action))
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
        yield f"posted: {first.status_code} {text_of(first)[:300]}"
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


NOT_NOW = re.compile(r"\b(R213|R220|R235|R247|R250)\b")


def offered(folder: Path) -> Iterator[str]:
    """Forms whose press is answered by: not now; each with its page."""
    for found in all_forms(folder):
        with visited(folder) as visitor:
            answer = visitor.client.post(found.action, filled(visitor, found))
            said = answer.content.decode() if answer.status_code >= 400 else ""
            if answer.status_code == 303 and str(answer["Location"]).startswith("/jobs/"):
                work(visitor.data)
                said = str(Job.objects.latest("n").problems)
            if codes := set(NOT_NOW.findall(said)):
                yield f"{found.action} on {found.page}: {codes}"


@pytest.mark.parametrize("of", ["review", "objections"])
def test_no_page_of_an_archived_round_offers_what_is_refused(of: str, tmp_path: Path) -> None:
    folder = an_office_round(tmp_path) if of == "review" else make_round(tmp_path)
    with opened(folder) as data:
        STAGES[of](data, tmp_path)
        Round.objects.update(state=RoundState.ARCHIVED.value)
    assert list(offered(folder)) == []
    with visited(folder) as visitor:
        for address in ("/review/", "/trial/", "/leaves/", "/objections/new/", "/returns/", "/documents/"):
            assert "本轮已归档" in text_of(visitor.open(address)), address
        assert "现在不能登记异议：归档以后不再改动" in text_of(visitor.open("/objections/"))


def test_no_page_of_a_round_in_preparation_offers_what_is_refused(tmp_path: Path) -> None:
    folder = make_round(tmp_path)
    assert list(offered(folder)) == []
    with visited(folder) as visitor:
        assert "进入“异议”以后再办" in text_of(visitor.open("/objections/new/?unit=XZ-01"))
