"""公布: what would be published is looked at first, then published exactly once; what was published is read and kept.

Reaches ``portal/views/publication.py``, ``portal/cards.py``, ``portal/working/publishing.py``, ``rounds/previewing.py``
and ``rounds/published.py``.
"""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from desk_visitor import Visitor, by_command, form_of, text_of, work
from django.http import HttpResponse
from round_made import an_objection, make_round
from round_published import a_copy, came, remember, to_the_end

from lawgov_score.portal.views import publication
from lawgov_score.portal.working import publishing
from lawgov_score.portal.working.task import Task
from lawgov_score.report import render
from lawgov_score.rounds import jobs, previewing
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Event, Notice, Publication, Round, Run, Unit
from lawgov_score.rounds.names import Role, RoundState, RunKind
from lawgov_score.rounds.publishing import Candidate
from lawgov_score.wording import Language

PREPARE, PUBLISH = "/publication/prepare/", "/publication/publish/"
ATTACK = "<b>=1+1\u202e东乡"


@pytest.fixture
def what() -> str:
    """How far the round has come; a test may ask for another."""
    return "final"


@pytest.fixture
def data_folder(
    what: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    remember(monkeypatch)
    return make_round(tmp_path) if what == "new" else a_copy(tmp_path, what, tmp_path_factory.mktemp("made"))


def looked_at(visitor: Visitor) -> HttpResponse:
    """The page with a preview."""
    page: HttpResponse = visitor.press(visitor.open("/publication/"), PREPARE)
    return page


def test_what_is_published_was_looked_at_first(visitor: Visitor, round_: Round) -> None:
    before = visitor.open("/publication/")
    assert "第 1 次计算（终评" in text_of(before)
    preview = looked_at(visitor)
    assert not Publication.objects.exists()
    text = text_of(preview)
    assert "将作第 1 次公布" in text
    assert "全部 3 个单位" in text
    assert "XZ-01 东乡" in text
    done = visitor.press(preview, PUBLISH, why="经审定", released_by="王某")
    assert done.request["PATH_INFO"] == "/publication/1/"
    text = text_of(done)
    assert "须由考核办告知全部 3 个单位" in text
    assert "已办理" in text
    assert "同意公布：王某" in text
    assert the_round().state == RoundState.PUBLISHED
    assert "不必再公布" in text_of(visitor.open("/publication/"))


def test_pressed_twice_it_is_published_once(visitor: Visitor, round_: Round) -> None:
    page = looked_at(visitor)
    values = {**dict(form_of(page, PUBLISH).fields), "why": "经审定", "released_by": "王某"}
    first = visitor.post(PUBLISH, values)
    again = visitor.post(PUBLISH, values)
    assert text_of(first) == text_of(again)
    other_press = visitor.post(PUBLISH, {**values, "once": "f" * 32}, status=409)
    assert "R245" in text_of(other_press)
    assert Publication.objects.count() == 1


def test_work_that_was_broken_off_after_it_published_publishes_nothing_more(visitor: Visitor, round_: Round) -> None:
    page = looked_at(visitor)
    visitor.press(page, PUBLISH, why="经审定", released_by="王某")
    job = jobs.of_act("publish").get()
    outcome = publishing.make(Task(visitor.data, job, lambda done, total: None))
    assert outcome["to"] == "/publication/1/"
    assert Publication.objects.count() == 1


def test_who_looks_for_a_unit_is_told_of_all_the_same(visitor: Visitor, round_: Round) -> None:
    whole = text_of(looked_at(visitor))
    found = text_of(visitor.open("/publication/?find=xz-01"))
    assert "XZ-01 东乡" in found
    assert "XZ-02 西乡" not in found.rpartition("排名")[2]
    (told,) = re.findall(r"将作第 1 次公布.*?没有新的材料", whole)
    assert "3 个单位" in told
    assert told in found


@pytest.mark.parametrize(("why", "by", "code"), [("", "王某", "R214"), ("经审定", "", "R215")])
def test_what_is_lacking_is_told_and_what_was_typed_stays(
    visitor: Visitor, round_: Round, why: str, by: str, code: str
) -> None:
    refused = visitor.press(looked_at(visitor), PUBLISH, status=409, why=why, released_by=by)
    assert code in text_of(refused)
    fields = dict(form_of(refused, PUBLISH).fields)
    assert (fields["why"], fields["released_by"]) == (why, by)
    assert not Publication.objects.exists()


def test_a_release_can_be_noted_first(visitor: Visitor, round_: Round) -> None:
    noted = visitor.press(looked_at(visitor), PUBLISH, why="同意", released_by="王某", only_release="on")
    assert not Publication.objects.exists()
    assert "领导已经同意" in text_of(noted)
    visitor.press(noted, PUBLISH, why="经审定")
    assert Publication.objects.get().released_by == "王某"


def test_what_came_after_the_preview_is_not_published(visitor: Visitor, round_: Round) -> None:
    page = looked_at(visitor)
    came(visitor.data, round_, "BM-01", 3)
    refused = visitor.press(page, PUBLISH, status=409, why="经审定", released_by="王某")
    assert "R246" in text_of(refused)
    page = visitor.open("/publication/")
    assert "BM-01 教育局：第 1 次报送" in text_of(page)
    assert "将作第" not in text_of(page)
    again = visitor.press(refused, PREPARE)
    assert "将作第 1 次公布：第 2 次计算" in text_of(again)
    typed = dict(form_of(again, PUBLISH).fields)
    assert (typed["why"], typed["released_by"]) == ("经审定", "王某")
    assert Run.objects.filter(kind=RunKind.FINAL.value).count() == 2


def test_what_comes_while_it_is_published_is_told_on_the_page_of_the_form(
    visitor: Visitor, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = looked_at(visitor)
    monkeypatch.setattr(publication, "check_said", lambda *said: None)  # it came after the page had looked
    came(visitor.data, round_, "BM-01", 3)
    refused = visitor.press(page, PUBLISH, why="经审定", released_by="王某")
    assert "R246" in text_of(refused)
    assert not Publication.objects.exists()


def test_two_pages_that_publish_end_in_one_publication(visitor: Visitor, round_: Round) -> None:
    """Both were sent before the work of either began; the other is told on its form, with what was typed."""
    mine = looked_at(visitor)
    other = visitor.open("/publication/")
    first = visitor.begin(mine, PUBLISH, why="经审定", released_by="王某")
    second = visitor.begin(other, PUBLISH, why="会议同意", released_by="李某")
    work(visitor.data)
    assert visitor.open(first).request["PATH_INFO"] == "/publication/1/"
    lost = visitor.open(second)
    assert lost.request["PATH_INFO"] == "/publication/"
    assert "R245" in text_of(lost)
    for typed in ("会议同意", "李某"):
        assert typed in text_of(lost)
    (made,) = Publication.objects.all()
    assert (made.why, made.released_by) == ("经审定", "王某")
    assert list(broken_links()) == []


def test_a_command_publishes_what_the_desk_was_about_to(visitor: Visitor, round_: Round) -> None:
    page = looked_at(visitor)
    waits = visitor.begin(page, PUBLISH, why="会议同意", released_by="李某")
    publish = ("publish", str(visitor.data.folder), "--why", "经审定", "--released-by", "王某")
    assert "第 1 次公布" in by_command(*publish)
    work(visitor.data)
    assert "R245" in text_of(visitor.open(waits))
    refused = visitor.press(page, PUBLISH, status=409, why="会议同意", released_by="李某", once="0" * 32)
    assert "R245" in text_of(refused)
    assert "会议同意" in text_of(refused)
    assert "R245" in by_command(*publish, status=2)
    assert Publication.objects.count() == 1


def test_a_round_that_moved_on_is_not_published_from_an_old_page(visitor: Visitor, round_: Round) -> None:
    page = looked_at(visitor)
    Round.objects.update(version=round_.version + 1)
    assert "R212" in text_of(visitor.press(page, PUBLISH, status=409, why="经审定", released_by="王某"))


def test_before_the_time_nothing_is_offered(visitor: Visitor, round_: Round) -> None:
    Round.objects.update(state=RoundState.OBJECTIONS.value)
    page = visitor.open("/publication/")
    assert "转到“终评”以后公布；现为“异议”" in text_of(page)
    assert PREPARE.encode() not in page.content


@pytest.mark.parametrize("what", ["new"])
def test_nothing_is_computed_before_the_time_or_of_nothing(visitor: Visitor, round_: Round, what: str) -> None:
    early = visitor.open("/publication/")
    token = dict(form_of(early, "/language/").fields)
    assert "R247" in text_of(visitor.post(PREPARE, token))
    to_the_end(round_, seat_of(Role.OFFICE))
    page = visitor.open("/publication/")
    assert "还没有终评计算" in text_of(page)
    failed = visitor.press(page, PREPARE)
    assert "R245" in text_of(failed)
    assert "没有可以计算的材料" in text_of(failed)
    assert not Run.objects.exists()


def test_warnings_of_the_run_are_told_before(visitor: Visitor, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    run = round_.runs.order_by("-n").first()
    assert run is not None
    kept = {"severity": "warning", "path": "登记.xlsx", "expected": "", "found": "", "hint": ""}
    warned = [{**kept, "code": "A215", "title": "没有写依据材料"}, {**kept, "code": "S301", "title": "核对填报值"}]
    run.problems = warned
    monkeypatch.setattr(publication, "candidate", lambda data, round_: Candidate(run))
    page = looked_at(visitor)
    said = text_of(page)
    assert "这次计算还有 2 个警告" in said
    assert "其中考核办录入的（加减分登记等）1 个" in said
    assert "没有写依据材料" in said
    assert "核对填报值" not in said
    assert f'href="/trial/?run={run.n}#run-problems"'.encode() in page.content


def test_open_objections_are_told_before(visitor: Visitor, round_: Round) -> None:
    an_objection(round_)
    assert "还有 1 件异议没有决定" in text_of(looked_at(visitor))


def test_a_deadline_of_objections_that_is_not_over_is_told_before(visitor: Visitor, round_: Round) -> None:
    assert "异议期限还没有到" not in text_of(looked_at(visitor))
    Round.objects.filter(pk=round_.pk).update(objections_until=real_now() + timedelta(days=3))
    assert "异议期限还没有到" in text_of(visitor.open("/publication/"))


@pytest.mark.parametrize("what", ["published"])
def test_a_correction_says_whose_result_changed_and_why(visitor: Visitor, round_: Round, what: str) -> None:
    came(visitor.data, round_, "XZ-02", 7)
    page = visitor.open("/publication/")
    assert "又有变动，还没有公布" in text_of(page)
    page = visitor.press(page, PREPARE)
    text = text_of(page)
    assert "将作第 2 次公布，更正上一次" in text
    assert "结果有变的 1 个单位，公布以后须由考核办告知；通知在“文书”页印制： XZ-02 西乡" in text
    assert "另有 1 个单位不必告知" in text
    assert "1.00 → 1.40 2 — 01-1 回复率 1 → 1.4 （填报值）" in text
    done = visitor.press(page, PUBLISH, why="西乡补报", released_by="王某")
    assert "须由考核办告知的有 1 个单位" in text_of(done)
    assert "要重发评分卡的" not in text_of(done)  # one sentence says who is told
    assert "另有 1 个单位不必告知" in text_of(done)
    assert set(Notice.objects.filter(about="publication 2").values_list("unit__code", flat=True)) >= {"XZ-02"}
    older = visitor.open("/publication/1/")
    assert "这是第 1 次公布原来的内容；最近的是第 2 次" in text_of(older)


@pytest.mark.parametrize("what", ["corrected"])
def test_what_was_published_is_kept_by_its_names(visitor: Visitor, round_: Round, what: str) -> None:
    page = visitor.open("/publication/2/")
    kept = names_in(visitor.data, Publication.objects.get(n=2).run.outputs)
    got = visitor.client.get("/publication/2/files/scorecard.xlsx")
    assert got.content == visitor.data.store.read(kept["scorecard.xlsx"])
    assert visitor.client.get("/publication/2/files/changes.csv").content.startswith(b"\xef\xbb\xbfunit,")
    assert b"changes.csv" not in visitor.open("/publication/1/").content
    shown = visitor.client.get("/publication/2/public/")
    assert shown.content == visitor.data.store.read(kept["html/public/index.html"])
    assert "sandbox" in shown["Content-Security-Policy"]
    assert names_of_zip(visitor, "cards.zip") == {"XZ-01 东乡.xlsx", "XZ-02 西乡.xlsx"}
    assert names_of_zip(visitor, "public.zip") == {"index.html"}
    assert {"ranking.csv", "scores.csv", "changes.csv"} <= names_of_zip(visitor, "tables.zip")
    assert set(kept) < names_of_zip(visitor, "all.zip")
    card = visitor.client.get("/publication/2/files/cards/XZ-01.xlsx")
    assert "XZ-01%20%E4%B8%9C%E4%B9%A1.xlsx" in card["Content-Disposition"]
    assert b"/publication/2/files/cards/XZ-01.xlsx" in page.content
    for nowhere in ("files/nothing.csv", "files/../1/", "public/../../key", "zip/none.zip", "files/html/public"):
        assert visitor.client.get(f"/publication/2/{nowhere}").status_code == 404
    assert visitor.client.get("/publication/3/").status_code == 404


def names_of_zip(visitor: Visitor, name: str) -> set[str]:
    """What is in a bundle of the second publication."""
    answer = visitor.client.get(f"/publication/2/zip/{name}")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert archive.testzip() is None
        return set(archive.namelist())


def test_names_do_no_harm(visitor: Visitor, round_: Round) -> None:
    visitor.press(looked_at(visitor), PUBLISH, why="<script>alert(1)</script>", released_by="<b>=1+1")
    Unit.objects.filter(code="XZ-01").update(name=ATTACK)
    for address in ("/publication/", "/publication/1/"):
        page = visitor.open(address)
        assert b"<script>alert" not in page.content
        assert b"<b>=1+1" not in page.content
    answer = visitor.client.get("/publication/1/zip/cards.zip")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert all("<" not in name and "/" not in name for name in archive.namelist())


def test_in_english_only_names_are_chinese(visitor: Visitor, round_: Round) -> None:
    visitor.client.post("/language/", {"lang": "en", "back": "/"})
    visitor.client.cookies["lawgov-language"] = "en"
    page = looked_at(visitor)
    told = text_of(page).partition("Publish the results")[2].partition("Ranking")[0]
    for name in [round_.title, *(unit.name for unit in Unit.objects.all())]:
        told = told.replace(name, "")
    assert not [char for char in told if "\u4e00" <= char <= "\u9fff"], told


@pytest.mark.parametrize("what", ["published"])
def test_a_preview_is_the_same_after_it_was_kept(visitor: Visitor, round_: Round, what: str) -> None:
    came(visitor.data, round_, "XZ-02", 7)
    visitor.press(visitor.open("/publication/"), PREPARE)
    kept = jobs.of_act("prepare").first()
    assert kept is not None
    assert kept.outcome is not None
    preview = previewing.preview_from(kept.outcome["preview"])
    assert previewing.preview_from(preview.as_json()) == preview
    (changed,) = [one for one in preview.changed if one.code == "XZ-02"]
    assert changed.total is not None
    assert (changed.total.old, changed.total.new) == ("1.00", "1.40")
    assert [render(changed.parts[0].why, lang) for lang in Language] == ["填报值", "figures"]
    assert Event.objects.filter(act="publish").count() == 1
