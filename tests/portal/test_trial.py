"""试算: the ranking, what changed, downloads, and the effect of workbooks before they are entered.

Reaches ``portal/views/trial.py``, ``portal/working/trial.py``, ``portal/moved.py``, ``portal/zipped.py``,
``portal/came.py``, ``rounds/results.py``, ``rounds/trying.py``.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import objections_made
import pytest
from desk_visitor import Visitor, form_of, served, text_of
from objections_made import ANSWERS, GRADED, all_sent, come_to, graded_round, in_this_process
from round_made import NOW, ROSTER
from round_published import remembered

from lawgov_score.portal import desk
from lawgov_score.portal.working import task
from lawgov_score.portal.working import trial as working
from lawgov_score.report import render
from lawgov_score.rounds import jobs, running
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Event, OfficeBook, Round, Run, Unit
from lawgov_score.rounds.names import FileKind, JobState, Role, RoundState
from lawgov_score.rounds.results import ranking_of, scores_of
from lawgov_score.rounds.states import state_at
from lawgov_score.wording import Language

RUN, EFFECT = "/trial/run/", "/trial/effect/"
CHANGES = "单位,指标,原得分,改后得分,理由,复核人,日期\nXZ-01,01-1,85,97,漏计,张某,2026-03-02\n"


# Two share the first place, and what one of them answered strikes it.
STRUCK = (
    GRADED.replace(
        "        evidence: [回复函]\n", "        vetoes: [{veto: V1, when: done > 89}]\n        evidence: [回复函]\n"
    ).replace("  - {name: 良好, at_least: 0}", "  - {name: 良好, at_least: 50}\n  - {name: 一般, at_least: 0}")
    + """
vetoes:
  - {code: V1, title: 虚报回复, grade_at_most: 一般}
"""
)


@pytest.fixture
def tree() -> str:
    """What the round assesses by; a test may ask for another."""
    return GRADED


@pytest.fixture
def data(tree: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Data]:
    """A round of three units of which all have sent: XZ-02 is first and has the one 优秀."""
    monkeypatch.setattr(objections_made, "GRADED", tree)
    in_this_process(monkeypatch)
    monkeypatch.setattr(running, "computed", remembered)
    for module in (desk, task):
        monkeypatch.setattr(module, "real_now", lambda: NOW)
    with opened(graded_round(tmp_path)) as open_, served(open_):
        yield open_


@pytest.fixture
def sent(data: Data, tmp_path: Path) -> Data:
    all_sent(data, tmp_path)
    return data


def test_nothing_to_compute_is_said_and_keeps_nothing(data: Data, visitor: Visitor) -> None:
    page = visitor.open("/trial/")
    assert "还没有计算过" in text_of(page)
    assert "没有可以计算的材料" in text_of(visitor.press(page, RUN, kind="trial"))
    assert not Run.objects.exists()


def test_the_ranking_is_that_of_the_run(sent: Data, visitor: Visitor) -> None:
    page = visitor.press(visitor.open("/trial/"), RUN, kind="first")
    said = text_of(page)
    assert "第 1 次计算（初评）" in said
    assert "与现在的材料一致" in said
    (run,) = Run.objects.all()
    ranked = [one for of in ranking_of(sent, run).cohorts.values() for one in of]
    assert [(one.rank, one.unit, one.grade) for one in ranked] == [
        ("1", "XZ-02", "优秀"),
        ("2", "XZ-01", "良好"),
        ("3", "BM-01", "良好"),
    ]
    names = [one.name for one in ranked]
    places = [said.index(name, said.index("排名 全体组")) for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize("tree", [STRUCK])
def test_every_ranking_names_the_veto_beside_the_grade_and_says_who_shares_a_place(
    data: Data, visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objections_made, "ANSWERS", {**ANSWERS, "XZ-01": 90})
    come_to(all_sent(data, tmp_path), RoundState.FINAL)
    visitor.press(visitor.open("/trial/"), RUN, kind="final")
    preview = visitor.press(visitor.open("/publication/"), "/publication/prepare/")
    published = visitor.press(preview, "/publication/publish/", why="经审定", released_by="王某")
    assert published.request["PATH_INFO"] == "/publication/1/"
    for page in (visitor.open("/trial/"), preview, published):
        rows = re.findall(r"<tr><td class=\"c b\">.*?</tr>", page.content.decode(), re.DOTALL)
        said = [re.sub("<[^>]*>", "", row) for row in rows]
        assert [("（并列）" in row, "触发一票否决“虚报回复”（V1）" in row) for row in said] == [
            (True, True),
            (True, True),
            (False, False),
        ]


@pytest.mark.parametrize(
    ("state", "usual"),
    [("first_review", "trial"), ("second_review", "first"), ("notified", "first"), ("objections", "trial")],
)
def test_the_kind_that_is_chosen_is_that_of_the_state(data: Data, visitor: Visitor, state: str, usual: str) -> None:
    Round.objects.update(state=state)
    assert dict(form_of(visitor.open("/trial/"), RUN).fields)["kind"] == usual


def test_first_results_before_the_second_review_are_told_as_such(sent: Data, visitor: Visitor) -> None:
    early = "这次初评是在“复审”以前算的"
    assert early in text_of(visitor.press(visitor.open("/trial/"), RUN, kind="first"))
    round_ = the_round()
    assert state_at(round_, Event.objects.latest("seq").seq) is RoundState(round_.state)
    assert early not in text_of(visitor.press(visitor.open("/trial/"), RUN, kind="trial"))


def test_in_objections_cards_without_the_deadline_must_be_computed_anew(sent: Data, visitor: Visitor) -> None:
    visitor.press(visitor.open("/trial/"), RUN, kind="first")
    late = {"state": RoundState.OBJECTIONS.value, "objections_until": NOW + timedelta(days=9)}
    Round.objects.update(**late)
    assert "必须重新作初评计算" not in text_of(visitor.open("/trial/"))  # a notice that is the same
    Round.objects.update(
        notice_told=keep(sent, b"contact: x", "notice.yaml", FileKind.NOTICE, NOW, seat_of(Role.OFFICE))
    )
    said = text_of(visitor.open("/trial/"))
    assert "必须重新作初评计算" in said
    assert "此后材料有变化" in said
    assert "告知事项" in said
    assert "notice.yaml" not in said


def test_a_press_that_is_sent_twice_computes_once(sent: Data, visitor: Visitor) -> None:
    values = {**dict(form_of(visitor.open("/trial/"), RUN).fields), "kind": "trial"}
    first, second = visitor.post(RUN, values), visitor.post(RUN, values)
    assert text_of(first) == text_of(second)
    assert Run.objects.count() == 1
    assert "R306" in text_of(visitor.post(RUN, {**values, "kind": "odd"}, 409))


def test_what_changed_since_the_run_before_stays_on_the_page(sent: Data, visitor: Visitor) -> None:
    visitor.press(visitor.open("/trial/"), RUN, kind="trial")
    Unit.objects.filter(code="BM-01").get().submissions.update(state="withdrawn")
    old = text_of(visitor.open("/trial/"))
    assert "此后材料有变化" in old
    assert "BM-01 的报送不再计入" in old
    for page in (visitor.press(visitor.open("/trial/"), RUN, kind="trial"), visitor.open("/trial/")):
        said = text_of(page)
        assert "与第 1 次计算相比" in said
        assert "BM-01 的填报表 （不再有）" in said
        assert "有变化的 1 个单位" in said
        assert "70.00 → 无" in said
    assert "不是最近一次" in text_of(visitor.open("/trial/?run=1"))
    visitor.open("/trial/?run=9", 404)


def test_files_of_a_run_can_be_kept(sent: Data, visitor: Visitor) -> None:
    visitor.press(visitor.open("/trial/"), RUN, kind="trial")
    (run,) = Run.objects.all()
    written = running.outputs_of(sent, run)
    assert visitor.open("/trial/1/scorecard.xlsx").content == written["scorecard.xlsx"]
    for what, wanted in (("tables", "ranking.csv"), ("cards", "")):
        page = visitor.open(f"/trial/1/{what}.zip")
        with zipfile.ZipFile(io.BytesIO(b"".join(page.streaming_content))) as archive:
            assert archive.testzip() is None
            assert wanted in {*archive.namelist(), ""}
            assert len(archive.namelist()) == (4 if what == "tables" else len(ANSWERS))
            assert what == "tables" or "XZ-01 东乡.xlsx" in archive.namelist()
    for missing in ("2/scorecard.xlsx", "2/cards.zip", "1/else.svg", "2/spread-chart.svg"):
        visitor.open(f"/trial/{missing}", 404)


def test_the_chart_is_a_picture_that_obeys_the_policy(sent: Data, visitor: Visitor) -> None:
    page = visitor.press(visitor.open("/trial/"), RUN, kind="trial")
    assert 'src="/trial/1/spread-chart.svg"' in page.content.decode()
    drawn = visitor.open("/trial/1/spread-chart.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    picture = drawn.content.decode()
    assert picture.startswith("<svg xmlns=")
    assert picture.endswith("</svg>")
    assert "style=" not in picture
    assert not re.search(r'(?<!-)style="', page.content.decode())


def test_a_unit_with_its_reasons(sent: Data, visitor: Visitor) -> None:
    visitor.press(visitor.open("/trial/"), RUN, kind="trial")
    said = text_of(visitor.open("/trial/1/unit/?code=XZ-01"))
    for part in ("东乡", "85.00", "01-1 回复率", "位次 2", "得分由来 各部分合计 85 分（满分 100 分）", "名额"):
        assert part in said, part
    (run,) = Run.objects.all()
    nodes = scores_of(sent, run, "XZ-01")
    assert [(one.code, one.depth, one.is_group) for one in nodes] == [
        ("county", 0, True),
        ("01", 1, True),
        ("01-1", 2, False),
    ]
    assert [render(value, Language.ZH) for _, value in nodes[-1].figures] == ["85 件", "100 件", "85%"]
    visitor.open("/trial/1/unit/?code=%3Cb%3E", 404)


def test_a_draft_is_tried_and_not_entered(sent: Data, visitor: Visitor) -> None:
    values = dict(form_of(visitor.open("/trial/"), EFFECT).fields)
    page = visitor.post(EFFECT, {**values, "name": "复核改分.csv", "content": CHANGES, "back": "/review/01-1/"})
    said = text_of(page)
    for part in ("还没有录入", "复核改分.csv", "85 → 97", "85.00 → 97.00", "优秀 → 良好", "名额 1 个"):
        assert part in said, part
    assert 'href="/review/01-1/"' in page.content.decode()
    assert not OfficeBook.objects.exists()


def test_a_draft_of_any_length_is_taken_whole(sent: Data, visitor: Visitor) -> None:
    values = dict(form_of(visitor.open("/trial/"), EFFECT).fields)
    long = CHANGES.replace("漏计", "漏" * 30_000)
    page = visitor.post(EFFECT, {**values, "name": "复核改分.csv", "content": long})
    assert "85 → 97" in text_of(page)


def test_what_is_no_workbook_of_the_office_is_said_at_its_name(sent: Data, visitor: Visitor) -> None:
    page = visitor.press(visitor.open("/trial/"), EFFECT, files={"files": [("<b>x</b>.csv", b"a,b\n1,2\n")]})
    assert "带来的问题" in text_of(page)
    assert "<b>x" not in page.content.decode()
    assert "都不变" in text_of(page)


def test_nothing_chosen_is_refused(sent: Data, visitor: Visitor) -> None:
    values = dict(form_of(visitor.open("/trial/"), EFFECT).fields)
    assert "R306" in text_of(visitor.post(EFFECT, values, 409))
    foreign = visitor.post(EFFECT, {**values, "back": "//evil.example/", "name": "复核改分.csv", "content": CHANGES})
    assert "evil" not in foreign.content.decode()


def test_a_computation_that_was_broken_off_after_its_run_makes_no_second(sent: Data, visitor: Visitor) -> None:
    visitor.press(visitor.open("/trial/"), RUN, kind="trial")
    Job.objects.update(state=JobState.RUNNING.value, tries=2)
    (job,) = Job.objects.all()
    assert working.run(task.Task(sent, job, jobs.reporting(job)))["run"] == 1
    assert Run.objects.count() == 1


def test_a_run_says_in_which_language_its_own_texts_are_where_it_is_not_the_readers(
    sent: Data, visitor: Visitor
) -> None:
    said, addresses = "of this run are in Chinese", ("/trial/", "/trial/1/unit/?code=XZ-01")
    visitor.press(visitor.open("/trial/"), RUN, kind="trial")
    assert not any("这次计算的得分理由和文件是英文" in text_of(visitor.open(one)) for one in addresses)
    visitor.client.cookies["lawgov-language"] = "en"
    assert all(said in text_of(visitor.open(one)) for one in addresses)
    assert said not in text_of(visitor.press(visitor.open("/trial/"), RUN, kind="trial"))


def test_names_as_attacks_and_the_english_page(sent: Data, visitor: Visitor) -> None:
    visitor.press(visitor.open("/trial/"), RUN, kind="trial")
    Unit.objects.get(code="BM-01").submissions.update(state="withdrawn")  # something changes, for a cause
    visitor.press(visitor.open("/trial/"), RUN, kind="trial")
    visitor.client.cookies["lawgov-language"] = "en"
    for address in ("/trial/", "/trial/?q=<b>zz", "/trial/effect/", "/trial/1/unit/?code=XZ-01"):
        page = visitor.open(address).content.decode()
        assert "<b>zz" not in page
        if address != "/trial/1/unit/?code=XZ-01":  # whose reasons are those of the run, in its language
            plain = re.sub(r"<bdi[^>]*>.*?</bdi>", "", page.partition('id="main"')[2], flags=re.DOTALL)
            assert {one for one in re.findall("[\u4e00-\u9fff]+", plain) if one not in GRADED + ROSTER} == set()
