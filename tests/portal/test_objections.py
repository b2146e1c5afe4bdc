"""异议: filed, weighed, decided on pages; what is old, wrong or pressed twice changes nothing.

Reaches ``portal/views/objections.py``, ``portal/views/objection.py``, ``portal/views/objection_new.py``,
``portal/views/objection_deeds.py``, ``portal/working/objections.py``, ``portal/moved.py``,
``rounds/wording_of_objections.py``.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_visitor import Visitor, by_command, form_of, forms_of, served, text_of, work
from django.db import connection
from objections_made import GRADED, all_sent, come_to, graded_round, in_this_process
from round_made import NOW, ROSTER

from lawgov_score.portal import desk
from lawgov_score.portal.working import objections as working
from lawgov_score.portal.working import task
from lawgov_score.rounds import jobs
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.models import Decision, Event, Evidence, Objection, Round
from lawgov_score.rounds.names import JobState, ObjectionState, Role, RoundState
from lawgov_score.rounds.objecting import object_to
from lawgov_score.rounds.posted import new_token
from lawgov_score.rounds.store import Store

FILE, DECIDE, WEIGH, STEP = "/objections/file/", "/objections/1/decide/", "/objections/1/weigh/", "/objections/1/step/"
TELL = "/objections/1/tell/"
WILD = "<b>甲</b>\u202e=1+1"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Data]:
    """A round in 异议 until Monday next: XZ-01 has 85 points, XZ-02 90 and the one 优秀."""
    in_this_process(monkeypatch)
    for module in (desk, task):
        monkeypatch.setattr(module, "real_now", lambda: NOW)
    with opened(graded_round(tmp_path)) as open_, served(open_):
        round_ = all_sent(open_, tmp_path)
        come_to(round_, RoundState.OBJECTIONS)
        Round.objects.update(objections_until=NOW + timedelta(days=7))
        yield open_


@pytest.fixture
def filed(data: Data) -> Objection:
    """The first objection: XZ-01 wants 97 at 01-1."""
    office = seat_of(Role.OFFICE)
    return object_to(data, the_round(), "XZ-01", "01-1", "漏计十二件", office, NOW, wanted="97").objection


def _decide(visitor: Visitor, **said: Any) -> str:
    page = visitor.press(visitor.open("/objections/1/"), DECIDE, **said)
    return text_of(page)


def test_one_is_filed_with_its_file_and_address(data: Data, visitor: Visitor) -> None:
    assert "还没有异议" in text_of(visitor.open("/objections/"))
    page = visitor.open("/objections/new/?unit=XZ-01")
    said: dict[str, Any] = {
        "indicator": "01-1",
        "claim": f"漏计\n{WILD}",
        "wanted": "97",
        "address": "https://example.cn/<a>",
    }
    names = [("证据<i>.pdf", b"%PDF-1.4 x")]
    page = visitor.press(page, FILE, files={"file": names}, **said)
    assert "已办理" in text_of(page)
    assert "<b>甲" not in page.content.decode()
    (one,) = Objection.objects.all()
    assert (one.unit.code, one.indicator, one.wanted, one.claim) == ("XZ-01", "01-1", "97", f"漏计\n{WILD}")
    kept = visitor.open("/objections/1/evidence/1/")
    assert kept.content == b"%PDF-1.4 x"
    assert "attachment" in kept["Content-Disposition"]
    assert 'href="https://example.cn/&lt;a&gt;"' in page.content.decode()
    visitor.open("/objections/1/evidence/2/", 404)  # the address, which is no file
    assert "共 1 件" in text_of(visitor.open("/objections/?which=open&q=东乡"))
    assert "没有符合条件" in text_of(visitor.open("/objections/?which=overdue"))


def test_evidence_is_on_the_disk_before_anything_is_held(
    data: Data, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []
    poured = Store.pour

    def pour(store: Store, pieces: Iterable[bytes]) -> tuple[str, int]:
        held.append(connection.in_atomic_block)
        return poured(store, pieces)

    monkeypatch.setattr(Store, "pour", pour)
    page = visitor.open("/objections/new/?unit=XZ-01")
    said: dict[str, Any] = {"indicator": "01-1", "claim": "漏计"}
    visitor.press(page, FILE, files={"file": [("证据.pdf", b"%PDF-1.4 x")]}, **said)
    assert held == [False]
    visitor.press(page, FILE, files={"file": [("证据.pdf", b"%PDF-1.4 x")]}, **said)
    assert Objection.objects.count() == Evidence.objects.count() == 1


def test_filed_twice_is_one_and_the_same_again_says_so(data: Data, visitor: Visitor) -> None:
    page = visitor.open("/objections/new/?unit=XZ-01")
    values = {**dict(form_of(page, FILE).fields), "indicator": "01-1", "claim": "漏计"}
    visitor.post(FILE, values)
    visitor.post(FILE, values)
    assert Objection.objects.count() == 1
    again = visitor.press(visitor.open("/objections/new/?unit=XZ-01"), FILE, indicator="01-1", claim="漏计")
    assert "没有再登记" in text_of(again)
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"indicator": "01-1", "claim": "  "}, "R306"),
        ({"indicator": "09-9", "claim": "漏计"}, "R252"),
        ({"indicator": "01-1", "claim": "漏计", "address": "javascript:alert(1)"}, "R306"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(data: Data, visitor: Visitor, said: dict[str, Any], code: str) -> None:
    page = visitor.press(
        visitor.open("/objections/new/?unit=XZ-01"), FILE, status=409, wanted="九十七", exception="", **said
    )
    assert code in text_of(page)
    kept = dict(form_of(page, FILE).fields)
    assert kept["wanted"] == "九十七"
    assert kept["claim"] == str(said["claim"]).strip()
    assert kept.get("indicator", "") == ("" if code == "R252" else "01-1")
    assert not Objection.objects.exists()


def test_after_the_hour_only_by_an_exception(data: Data, visitor: Visitor) -> None:
    assert "（已过）" not in text_of(visitor.open("/objections/"))
    Round.objects.update(objections_until=NOW - timedelta(days=1))
    for address in ("/objections/", "/objections/new/"):
        assert "（已过）" in text_of(visitor.open(address))
    page = visitor.open("/objections/new/?unit=XZ-01")
    refused = visitor.press(page, FILE, status=409, indicator="01-1", claim="漏计")
    assert "R250" in text_of(refused)
    assert "--" not in text_of(refused)
    visitor.press(refused, FILE, exception="台风停工")
    assert Objection.objects.get().late


def test_evidence_is_added_later(data: Data, filed: Objection, visitor: Visitor) -> None:
    page = visitor.press(visitor.open("/objections/1/"), FILE, address="https://example.cn/more")
    assert "已补入" in text_of(page)
    assert "https://example.cn/more" in text_of(page)
    assert Objection.objects.count() == 1


def test_steps(data: Data, filed: Objection, visitor: Visitor) -> None:
    page = visitor.open("/objections/1/")
    refused = visitor.press(page, STEP, status=409, to="refused")
    assert "R214" in text_of(refused)
    visitor.press(page, STEP, to="assigned")
    filed.refresh_from_db()
    assert filed.state == ObjectionState.ASSIGNED
    old = visitor.press(page, STEP, status=409, to="drafted", step_why="拟同意", once="0" * 32)
    assert "R212" in text_of(old)
    assert dict(form_of(old, STEP).fields)["step_why"] == "拟同意"
    odd = visitor.press(old, STEP, status=409, to="published")
    assert "R306" in text_of(odd)


def test_the_effect_of_a_score_is_shown_and_nothing_decided(data: Data, filed: Objection, visitor: Visitor) -> None:
    values = dict(form_of(visitor.open("/objections/1/"), DECIDE).fields)
    page = visitor.post(WEIGH, {**values, "outcome": "upheld", "score": "97", "why": "材料属实"})
    said = text_of(page)
    for part in ("如改为 97 分", "85 → 97", "85.00 → 97.00", "2 → 1", "良好 → 优秀", "优秀 → 良好"):
        assert part in said, part
    assert "“优秀”名额 1 个：现有 1 个，改后 1 个" in said
    assert not Decision.objects.exists()
    kept = dict(form_of(page, DECIDE).fields)
    assert (kept["outcome"], kept["score"], kept["why"]) == ("upheld", "97", "材料属实")


def test_a_score_that_cannot_be_read_is_said_and_kept(data: Data, filed: Objection, visitor: Visitor) -> None:
    values = dict(form_of(visitor.open("/objections/1/"), DECIDE).fields)
    page = visitor.post(WEIGH, {**values, "score": "九十", "why": "x"}, 409)
    assert "R306" in text_of(page)
    assert dict(form_of(page, DECIDE).fields)["score"] == "九十"
    assert "R306" in text_of(visitor.post(WEIGH, {**values, "score": ""}, 409))
    assert not Job.objects.exists()


def test_a_decision_is_made_once_and_stands_with_its_effect(data: Data, filed: Objection, visitor: Visitor) -> None:
    values = dict(form_of(visitor.open("/objections/1/"), DECIDE).fields)
    values |= {"outcome": "upheld", "score": "97", "why": "材料属实"}
    first = visitor.post(DECIDE, values)
    again = visitor.post(DECIDE, values)
    for page in (first, again):
        assert "决定：成立，85 → 97；材料属实" in text_of(page)
        assert "85.00 → 97.00" in text_of(page)
    assert "已办理" in text_of(first)
    assert Decision.objects.count() == 1
    assert "成立" in text_of(visitor.open("/objections/?which=untold"))


def test_a_unit_is_told_by_a_deed_of_its_own(
    data: Data, filed: Objection, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "告知单位" not in text_of(visitor.open("/objections/1/"))
    said = _decide(visitor, outcome="rejected", why="材料不足")
    assert "还没有告知单位" in said
    assert "到“文书”页出具异议处理决定书" in said
    assert "把决定告知单位" in text_of(visitor.open("/"))
    page = visitor.open("/objections/1/")
    for day, how, code in (("", "邮寄", "R311"), ("2026-03-02", " ", "R311"), ("2026-03-03", "邮寄", "R317")):
        refused = visitor.press(page, TELL, status=409, told_day=day, told_how=how)
        assert code in text_of(refused)
        kept = dict(form_of(refused, TELL).fields)
        assert (kept["told_day"], kept["told_how"]) == (day, how.strip())
    told = text_of(visitor.press(page, TELL, told_day="2026-03-02", told_how="李某送达"))
    assert "告知单位：第 1 号异议（2026年3月2日，李某送达）" in told  # of the record
    assert "2026年3月2日告知：李某送达" in told
    old = visitor.press(page, TELL, status=409, told_day="2026-03-02", told_how="邮寄", once="0" * 32)
    assert "R212" in text_of(old)
    filed.refresh_from_db()
    assert filed.state == ObjectionState.NOTIFIED
    assert "共 1 件" in text_of(visitor.open("/objections/?which=closed"))
    assert "把决定告知单位" not in text_of(visitor.open("/"))


def test_what_is_not_admitted_waits_to_be_told(data: Data, filed: Objection, visitor: Visitor) -> None:
    page = visitor.press(visitor.open("/objections/1/"), STEP, to="refused", step_why="不属异议范围")
    assert "还没有告知单位" in text_of(page)
    told = visitor.press(page, TELL, told_day="2026-03-02", told_how="邮寄")
    assert "2026年3月2日告知：邮寄" in text_of(told)
    assert DECIDE not in [form.action for form in forms_of(told)]


def test_a_decision_made_anew_waits_to_be_told_again(data: Data, filed: Objection, visitor: Visitor) -> None:
    _decide(visitor, outcome="rejected", why="材料不足")
    visitor.press(visitor.open("/objections/1/"), TELL, told_day="2026-03-02", told_how="邮寄")
    said = _decide(visitor, outcome="partly_upheld", no_score="on", why="登记另行更正", again="on")
    assert "还没有告知单位" in said


def test_an_old_page_decides_nothing(data: Data, filed: Objection, visitor: Visitor) -> None:
    page = visitor.open("/objections/1/")
    _decide(visitor, outcome="rejected", why="材料不足")
    old = visitor.press(page, DECIDE, status=409, outcome="upheld", score="97", why="属实", once="0" * 32)
    assert "R212" in text_of(old)
    assert dict(form_of(old, DECIDE).fields)["why"] == "属实"
    assert Decision.objects.count() == 1


def test_two_pages_that_decide_otherwise_end_in_one_decision(data: Data, filed: Objection, visitor: Visitor) -> None:
    """Both were sent before the work of either began."""
    mine, other = visitor.open("/objections/1/"), visitor.open("/objections/1/")
    first = visitor.begin(mine, DECIDE, outcome="rejected", why="材料不足")
    second = visitor.begin(other, DECIDE, outcome="upheld", no_score="on", why="材料属实")
    work(data)
    assert "决定：不成立；材料不足" in text_of(visitor.open(first))
    lost = text_of(visitor.open(second))
    assert "没有办成。" in lost
    assert "R212" in lost
    page = visitor.open("/objections/1/")  # where it leads back to
    assert "决定：不成立；材料不足" in text_of(page)
    assert "上一次没有办成" in text_of(page)
    kept = dict(form_of(page, DECIDE).fields)
    assert (kept["outcome"], kept["why"]) == ("upheld", "材料属实")
    assert [one.reason for one in Decision.objects.all()] == ["材料不足"]
    assert list(broken_links()) == []


def test_a_page_that_decides_and_one_that_refuses_end_in_one(data: Data, filed: Objection, visitor: Visitor) -> None:
    mine, other = visitor.open("/objections/1/"), visitor.open("/objections/1/")
    waits = visitor.begin(mine, DECIDE, outcome="rejected", why="材料不足")
    visitor.press(other, STEP, to="refused", step_why="不属异议范围")
    work(data)
    assert "R212" in text_of(visitor.open(waits))
    assert not Decision.objects.exists()
    old = visitor.press(mine, STEP, status=409, to="assigned")
    assert "R212" in text_of(old)


def test_the_desk_and_a_command_that_decide_otherwise_end_in_one(
    data: Data, filed: Objection, visitor: Visitor
) -> None:
    decide = ("decide", str(data.folder), "1", "--outcome", "partly_upheld", "--no-score", "--why", "登记另行更正")
    page = visitor.open("/objections/1/")
    waits = visitor.begin(page, DECIDE, outcome="rejected", why="材料不足")
    assert "第 1 号异议已决定：部分成立" in by_command(*decide, "--not-told")
    work(data)
    assert "R212" in text_of(visitor.open(waits))
    refused = visitor.press(page, DECIDE, status=409, outcome="rejected", why="材料不足", once="0" * 32)
    assert "R212" in text_of(refused)
    assert "部分成立" in text_of(refused)
    assert "R259" in by_command(*decide, status=2)
    assert Decision.objects.count() == 1


def test_a_decision_is_replaced_only_where_that_is_confirmed(data: Data, filed: Objection, visitor: Visitor) -> None:
    _decide(visitor, outcome="rejected", why="材料不足")
    assert "R259" in _decide(visitor, outcome="partly_upheld", no_score="on", why="登记另行更正")
    assert Decision.objects.count() == 1
    said = _decide(visitor, outcome="partly_upheld", no_score="on", why="登记另行更正", again="on")
    assert "部分成立；登记另行更正" in said
    assert "材料不足（已由以后的决定代替）" in said
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    "said",
    [
        {"why": "属实"},
        {"outcome": "upheld", "why": "属实"},
        {"outcome": "upheld", "score": "90", "no_score": "on", "why": "属实"},
        {"outcome": "upheld", "score": "90"},
    ],
)
def test_half_a_decision_is_none(data: Data, filed: Objection, visitor: Visitor, said: dict[str, Any]) -> None:
    page = visitor.press(visitor.open("/objections/1/"), DECIDE, status=409, **said)
    assert re.search("R306|R214", text_of(page))
    assert not Job.objects.exists()
    assert not Decision.objects.exists()


def test_work_that_was_broken_off_after_the_decision_decides_no_second_time(
    data: Data, filed: Objection, visitor: Visitor
) -> None:
    _decide(visitor, outcome="rejected", why="材料不足")
    Job.objects.update(state=JobState.RUNNING.value, tries=2, made_at=NOW - timedelta(minutes=1))
    (job,) = Job.objects.all()
    events = Event.objects.count()
    done = working.decide_objection(task.Task(data, job, jobs.reporting(job)))
    assert done["to"].startswith("/objections/1/?said=")
    assert (Decision.objects.count(), Event.objects.count()) == (1, events)


def test_what_another_window_failed_at_is_told_there_and_not_where_it_was_decided(
    data: Data, filed: Objection, visitor: Visitor
) -> None:
    of_both = visitor.open("/objections/1/")
    form = form_of(of_both, DECIDE)
    answers = [
        visitor.client.post(DECIDE, {**form.values(), "once": new_token(), "outcome": "rejected", "why": why})
        for why in ("材料不足", "另一窗口写的")
    ]
    work(data)
    done, failed = (visitor.client.get(one["Location"], follow=True) for one in answers)
    assert "已办理：" in text_of(done)
    assert "上一次没有办成" not in text_of(done)
    assert "另一窗口写的" not in text_of(done)
    assert "R212" in text_of(failed)
    back = visitor.open("/objections/1/")
    assert "上一次没有办成" in text_of(back)
    assert form_of(back, DECIDE).values()["why"] == "另一窗口写的"


def test_precedents_and_the_standard_stand_beside_the_claim(data: Data, filed: Objection, visitor: Visitor) -> None:
    _decide(visitor, outcome="rejected", why="材料不足")
    object_to(data, the_round(), "XZ-02", "01-1", "少计一件", seat_of(Role.OFFICE), NOW)
    said = text_of(visitor.open("/objections/2/"))
    assert "2026 年第 1 号异议（东乡）：不成立；材料不足" in said
    assert "评分标准" in said
    assert "还有 5 个工作日" in said


def test_overdue_is_marked(data: Data, filed: Objection, visitor: Visitor) -> None:
    Objection.objects.update(due=NOW - timedelta(hours=1))
    assert "已超期" in text_of(visitor.open("/objections/1/"))
    assert "共 1 件" in text_of(visitor.open("/objections/?which=overdue"))


def test_a_kind_of_the_register_gets_no_score(data: Data, visitor: Visitor) -> None:
    visitor.press(visitor.open("/objections/new/?unit=XZ-01"), FILE, indicator="K1", claim="通报对象不是本乡")
    page = visitor.open("/objections/1/")
    assert "score" not in form_of(page, DECIDE).names
    values = dict(form_of(page, DECIDE).fields) | {"outcome": "upheld", "score": "2", "why": "属实"}
    assert "R306" in text_of(visitor.post(DECIDE, values, 409))
    del values["no_score"]
    refused = visitor.post(DECIDE, values, 409)  # on its own page, before anything is computed
    assert "没有办成。" in text_of(refused)
    assert "R255" in text_of(refused)
    assert dict(form_of(refused, DECIDE).fields)["why"] == "属实"
    assert "决定：成立；登记已更正" in _decide(visitor, outcome="upheld", why="登记已更正")


def test_there_is_no_such_objection(data: Data, visitor: Visitor) -> None:
    visitor.open("/objections/7/", 404)


def test_in_english_only_names_are_chinese(data: Data, visitor: Visitor) -> None:
    visitor.client.cookies["lawgov-language"] = "en"
    object_to(data, the_round(), "XZ-01", "01-1", "claimed", seat_of(Role.OFFICE), NOW, wanted="97")
    pages = [visitor.open(one) for one in ("/objections/", "/objections/new/?unit=XZ-01", "/objections/1/")]
    values = dict(form_of(pages[-1], DECIDE).fields)
    pages.append(visitor.post(WEIGH, {**values, "outcome": "upheld", "score": "97", "why": "true"}))
    for page in pages:
        main = page.content.decode().partition('id="main"')[2]
        plain = re.sub(r"<bdi[^>]*>.*?</bdi>|<option.*?</option>|lang=\"zh-CN\">中文", "", main, flags=re.DOTALL)
        assert {one for one in re.findall("[\u4e00-\u9fff]+", plain) if one not in GRADED + ROSTER} == set()
