"""The law of long work: lost when all of it is done, it is begun again, and then nothing is there twice.

Every act of ``portal/work.py`` has a case: a small round, and a press of its page.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from desk_visitor import Visitor, begun_again, broken_off, form_of, forms_of, outcome_of, served
from django.apps import apps
from objections_made import all_sent, come_to, graded_round, in_this_process
from round_books import an_office_round, answered, saved
from round_made import NOW, ROSTER, make_round, unproved
from round_published import a_copy, came, remember
from sheets import a_workbook
from test_cli_assessor import an_office

from lawgov_score.documents.kinds import Kind
from lawgov_score.documents.templates import template_bytes
from lawgov_score.portal.views import returns
from lawgov_score.portal.work import WORK
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import DESK_OWN, Event, Round, Submission
from lawgov_score.rounds.names import JobState, Role, RoundState
from lawgov_score.rounds.objecting import object_to
from lawgov_score.rounds.states import move
from lawgov_score.wording import Language

Press = Callable[[], object]
Ready = Callable[[Visitor, Path], Press]
COLUMN = "/review/of/01-2/"
CHANGES = "单位,指标,原得分,改后得分,理由,复核人,日期\nXZ-01,01-1,85,97,漏计,张某,2026-03-02\n"


@dataclass(frozen=True)
class Case:
    """``of``: the round; ``ready`` brings it so far that the press which is broken off can be made.

    ``lost``: what the outcome of the second try does not have, since it is told of a deed that is made no more.
    """

    of: str
    ready: Ready
    lost: frozenset[str] = frozenset()


def pressed(page: str, action: str, **said: Any) -> Ready:
    """A press of a form that stands on a page."""

    def ready(visitor: Visitor, _: Path) -> Press:
        shown = visitor.open(page)
        return lambda: visitor.press(shown, action, **said)

    return ready


def after(first: Ready, then: Ready) -> Ready:
    """A press after another one, which is not broken off."""

    def ready(visitor: Visitor, folder: Path) -> Press:
        first(visitor, folder)()
        return then(visitor, folder)

    return ready


def receiving(**said: Any) -> Ready:
    books = (("XZ-01", "约3"), ("XZ-02", 3), ("XZ-02", 1))
    files = [
        (f"{unit}.xlsx", saved(answered(unit, done, 4), f"2026-03-01T08:0{n}:00Z"))
        for n, (unit, done) in enumerate(books)
    ]
    return pressed("/submissions/", "/submissions/receive/", files={"files": [*files, ("坏.xlsx", b"none")]}, **said)


def returning(visitor: Visitor, folder: Path) -> Press:
    receiving()(visitor, folder)()
    shown = visitor.press(visitor.open("/returns/"), "/returns/preview/")
    return lambda: visitor.press(shown, "/returns/back/")


def accepting(visitor: Visitor, folder: Path) -> Press:
    receiving()(visitor, folder)()
    shown = visitor.open("/returns/")
    seen = [value for form in forms_of(shown) for name, value in form.fields if name == "seen"]
    return lambda: visitor.press(shown, "/returns/accept/", seen=seen)


def amending(visitor: Visitor, folder: Path) -> Press:
    shown = looking_at_an_amendment(visitor, folder)()
    (action,) = re.findall(r'action="(/amend/[0-9]+/confirm/)"', shown.content.decode())
    return lambda: visitor.press(shown, action, why="改名")


def looking_at_an_amendment(visitor: Visitor, _: Path) -> Callable[[], Any]:
    shown, roster = visitor.open("/amend/"), ROSTER.replace("东乡", "东镇").encode()
    return lambda: visitor.press(shown, "/amend/look/", files={"roster": [("roster.csv", roster)]})


def looking_ahead(visitor: Visitor, _: Path) -> Press:
    came(visitor.data, the_round(), "XZ-01", 1)
    Round.objects.update(state=RoundState.FIRST_REVIEW.value)
    shown = visitor.open("/move/second_review/")
    return lambda: visitor.press(shown, "/move/second_review/look/")


def preparing(visitor: Visitor, _: Path) -> Press:
    came(visitor.data, the_round(), "BM-01", 3)  # so that another final run is made
    shown = visitor.open("/publication/")
    return lambda: visitor.press(shown, "/publication/prepare/")


def publishing(**said: Any) -> Ready:
    def ready(visitor: Visitor, _: Path) -> Press:
        shown = visitor.press(visitor.open("/publication/"), "/publication/prepare/")
        return lambda: visitor.press(shown, "/publication/publish/", why="经审定", released_by="王某", **said)

    return ready


def documenting(visitor: Visitor, _: Path) -> Press:
    shown = next(
        one for one in forms_of(visitor.open("/documents/")) if ("kind", "notice") in one.fields and "once" in one.names
    )
    return lambda: visitor.post("/documents/make/", dict(shown.fields))


def using_a_template(visitor: Visitor, _: Path) -> Press:
    own, shown = io.BytesIO(), visitor.open("/documents/")
    document = docx.Document(io.BytesIO(template_bytes(Kind.NOTICE, Language.ZH)))
    document.add_paragraph("请遵照执行。")
    document.save(own)
    use, files = "/documents/notice/template/use/", {"template": [("改好.docx", own.getvalue())]}
    return lambda: visitor.press(shown, use, files=files)


def an_objection(visitor: Visitor) -> dict[str, object]:
    Round.objects.update(objections_until=real_now() + timedelta(days=7))
    object_to(visitor.data, the_round(), "XZ-01", "01-1", "漏计", seat_of(Role.OFFICE), NOW, wanted="97")
    fields = form_of(visitor.open("/objections/1/"), "/objections/1/decide/").values()
    return {**fields, "outcome": "upheld", "score": "97", "why": "材料属实"}


def objection(action: str) -> Ready:
    def ready(visitor: Visitor, _: Path) -> Press:
        values = an_objection(visitor)
        return lambda: visitor.post(f"/objections/1/{action}/", values)

    return ready


def running_again(visitor: Visitor, folder: Path) -> Press:
    Submission.objects.filter(unit__code="BM-01").update(state="withdrawn")  # so that something is another than before
    return pressed("/trial/", "/trial/run/", kind="trial")(visitor, folder)


def trying(visitor: Visitor, _: Path) -> Press:
    values = form_of(visitor.open("/trial/"), "/trial/effect/").values()
    return lambda: visitor.post("/trial/effect/", {**values, "name": "复核改分.csv", "content": CHANGES})


def entering(visitor: Visitor, folder: Path) -> Press:
    book = an_office(folder / "given") / "office.xlsx"
    return pressed("/review/", "/review/enter/", files={"files": [book, ("x.txt", b"x")]})(visitor, folder)


def entering_less(visitor: Visitor, folder: Path) -> Press:
    marks = "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n| A | 01-2 | 张三 | 2 | 好 |"
    book = a_workbook(folder / "office.xlsx", {"评审打分": marks})
    return pressed("/review/", "/review/enter/", files={"files": [book]})(visitor, folder)


def entering_by_hand(visitor: Visitor, _: Path) -> Press:
    shown = visitor.open(f"{COLUMN}?reviewer=张三")
    said = {f"mark-{the_round().units.get(code='A').pk}": "3", "common": "好"}
    return lambda: visitor.press(shown, COLUMN, **dict[str, Any](said))


CASES: dict[str, list[Case]] = {
    "look_ahead": [Case("new", looking_ahead)],
    "return": [Case("open", returning)],
    "accept_many": [Case("open", accepting)],
    "verify": [Case("open", pressed("/records/", "/records/verify/"))],
    "export": [Case("open", pressed("/records/", "/records/export/"))],
    "backup": [Case("open", pressed("/records/", "/records/backup/"))],
    "prepare": [Case("final", preparing)],
    "publish": [Case("final", publishing()), Case("final", publishing(only_release="on"))],
    "document": [Case("new", documenting)],
    "use_template": [Case("new", using_a_template)],
    "receive": [
        Case("open", receiving()),
        Case("open", receiving(again="on")),
        Case("open", after(receiving(), receiving(again="on"))),
    ],
    "register": [Case("open", after(receiving(), pressed("/submissions/", "/submissions/register/")))],
    "print_units": [Case("open", pressed("/blanks/", "/blanks/units/"))],
    "look_amend": [Case("open", looking_at_an_amendment)],
    "amend": [Case("open", amending)],
    "run": [
        Case("graded", pressed("/trial/", "/trial/run/", kind="trial")),
        Case("graded", after(pressed("/trial/", "/trial/run/", kind="trial"), running_again)),
    ],
    "effect": [Case("graded", trying)],
    "weigh": [Case("objections", objection("weigh"))],
    "decide": [Case("objections", objection("decide"))],
    "enter": [Case("office", entering), Case("office", after(entering, entering_less))],
    "by_hand": [Case("office", entering_by_hand, frozenset({"entered"}))],
    "look": [Case("office", pressed("/review/", "/review/look/"))],
    "office_books": [Case("office", pressed("/review/", "/review/books/", reviewers="张三"))],
}


def test_every_act_has_a_case() -> None:
    assert set(CASES) == set(WORK)


def made(of: str, folder: Path, beside: Path) -> Path:
    """The data folder of a round that has come so far."""
    match of:
        case "final":
            return a_copy(folder, of, beside)
        case "office":
            return an_office_round(folder)
        case "graded" | "objections":
            return graded_round(folder)
        case _:
            return make_round(folder)


def come(data: Data, of: str, folder: Path) -> None:
    """Brings the open round as far as its case needs it."""
    now = real_now()
    if of == "open":
        move(
            the_round(), RoundState.OPEN, 1, seat_of(Role.OFFICE), "", now, also={"submit_by": now + timedelta(days=7)}
        )
    elif of in {"graded", "objections"}:
        round_ = all_sent(data, folder)
        if of == "objections":
            come_to(round_, RoundState.OBJECTIONS)


@pytest.fixture(name="started")
def fixture_started(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Visitor]]:
    """A visitor of a round, by what it has come to."""
    in_this_process(monkeypatch)
    remember(monkeypatch)
    monkeypatch.setattr(returns, "MOST_AT_ONCE", 0)
    with ExitStack() as stack:

        def start(of: str) -> Visitor:
            data = stack.enter_context(opened(made(of, tmp_path, tmp_path_factory.mktemp("made"))))
            stack.enter_context(served(data))
            come(data, of, tmp_path)
            return Visitor(data)

        yield start


def rows() -> dict[str, int]:
    """How many rows every table of the round has, and how many events there are of each act."""
    own = {model.__name__ for model in DESK_OWN}
    counts = {
        model.__name__: model._default_manager.count()
        for model in apps.get_app_config("rounds").get_models()
        if model.__name__ not in own
    }
    for act in Event.objects.values_list("act", flat=True):
        counts[f"event {act}"] = counts.get(f"event {act}", 0) + 1
    return counts


@pytest.mark.parametrize(
    ("act", "case"),
    [pytest.param(act, case, id=f"{act}-{n}") for act, of in CASES.items() for n, case in enumerate(of)],
)
def test_begun_again_nothing_is_there_twice(
    act: str,
    case: Case,
    started: Callable[[str], Visitor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visitor = started(case.of)
    press = case.ready(visitor, tmp_path)
    before, unproved_before = rows(), unproved()
    with broken_off(monkeypatch) as outcomes:
        press()
    (first,) = outcomes
    done = rows()
    begun_again(visitor.data)
    assert rows() == done
    job = Job.objects.order_by("-n")[0]
    assert (job.act, job.state, job.tries) == (act, JobState.DONE, 2), job.problems
    second = outcome_of(job)
    assert {key: value for key, value in second.items() if key not in case.lost} == {
        key: value for key, value in first.items() if key not in case.lost
    }, (before, done)
    visitor.open(f"/jobs/{job.n}/")
    assert unproved() == unproved_before
