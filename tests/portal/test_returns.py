"""退回: accepting and returning what is ticked, all or none.

Reaches ``portal/views/returns.py``, ``portal/working/returning.py``, ``portal/working/accepting.py``,
``rounds/chosen.py``.
"""

import io
import re
import sys
import zipfile
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from breaking import NoPool
from desk_visitor import (
    Page,
    Visitor,
    begun_again,
    body_of,
    broken_off,
    by_command,
    form_of,
    forms_of,
    outcome_of,
    text_of,
    work,
)
from round_books import answered

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.pipeline import feedback
from lawgov_score.portal.views import returns
from lawgov_score.portal.working import returning, task
from lawgov_score.portal.working.made import made_of
from lawgov_score.report import render
from lawgov_score.rounds.chosen import as_seen
from lawgov_score.rounds.clock import local, real_now, told
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.models import Event, Leave, Notice, Round, Seat, Submission
from lawgov_score.rounds.names import RoundState, SubmissionState
from lawgov_score.rounds.receiving import receive
from lawgov_score.rounds.returning import sorted_out
from lawgov_score.rounds.states import move
from lawgov_score.wording import Language
from lawgov_score.workbook.submission import crash_test
from lawgov_score.workbook.submission.reader import in_this_process

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
PAGE, ACCEPT, PREVIEW, BACK = "/returns/", "/returns/accept/", "/returns/preview/", "/returns/back/"
COPIES, UNDO = "/returns/copies/", "/returns/undo/"


@pytest.fixture(autouse=True)
def fixture_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read and marked in this process."""
    monkeypatch.setattr(
        sys.modules["lawgov_score.pipeline.reading"], "_in_workers", lambda _: nullcontext(in_this_process)
    )
    for module in (feedback, crash_test):
        monkeypatch.setattr(module, "Pool", NoPool)


@pytest.fixture(autouse=True)
def fixture_what_came(data: Data, round_: Round, office: Seat, tmp_path: Path) -> None:
    """XZ-01 sent an error, XZ-02 a blank, BM-01 all that is asked."""
    now = real_now()
    move(round_, RoundState.OPEN, 1, office, "", now, also={"submit_by": now + timedelta(days=1)})
    for code, done in (("XZ-01", "约3"), ("XZ-02", None), ("BM-01", 3)):
        came(data, round_, office, tmp_path, code, done)


def came(data: Data, round_: Round, office: Seat, folder: Path, code: str, done: object) -> None:
    path = folder / f"{code}.xlsx"
    path.write_bytes(answered(code, done, 4))
    (outcome,) = receive(data, round_, [path], office, real_now(), in_this_process)
    assert outcome.submission is not None, outcome.problems


def seen(unit: str) -> str:
    last = Submission.objects.filter(unit__code=unit).order_by("-n").first()
    assert last is not None
    return f"{unit}/{last.n}/{last.version}"


def state_of(unit: str) -> str:
    return str(Submission.objects.filter(unit__code=unit).order_by("-n").values_list("state", flat=True).first())


def states() -> list[str]:
    return [state_of(unit) for unit in ("XZ-01", "XZ-02", "BM-01")]


def returned(visitor: Visitor, *units: str, **said: Any) -> Page:
    preview = visitor.press(visitor.open(PAGE), PREVIEW, seen=[seen(unit) for unit in units])
    return visitor.press(preview, BACK, **said)


# ---------------------------------------------------------------- accepting


def test_what_is_fine_and_what_is_not_stand_apart(visitor: Visitor) -> None:
    page = visitor.open(PAGE)
    assert dict(form_of(page, ACCEPT).fields)["seen"] == seen("BM-01")
    assert [value for name, value in form_of(page, PREVIEW).fields if name == "seen"] == [seen("XZ-01"), seen("XZ-02")]
    said = text_of(page)
    assert "可以受理的 1 份" in said
    assert "要修改的 2 份" in said
    assert "有错误" in said
    assert "有未填项" in said


def test_what_is_ticked_is_accepted_once(visitor: Visitor) -> None:
    page = visitor.open(PAGE)
    values = dict(form_of(page, ACCEPT).fields)
    first = visitor.post(ACCEPT, values)
    assert states() == ["received", "received", "accepted"]
    events = Event.objects.count()
    assert "BM-01 第 1 次报送：已报 → 受理" in text_of(first)
    assert text_of(visitor.post(ACCEPT, values)) == text_of(first)
    assert Event.objects.count() == events


def test_several_are_accepted_or_none(visitor: Visitor, office: Seat) -> None:
    page = visitor.open(PAGE)
    one = Submission.objects.get(unit__code="BM-01")
    move(one, SubmissionState.ACCEPTED, 1, office, "", real_now())
    ticked = ["XZ-01/1/1", "XZ-02/1/1", "BM-01/1/1"]
    refused = visitor.press(page, ACCEPT, status=409, seen=ticked)
    assert "R227" in text_of(refused)
    assert states() == ["received", "received", "accepted"]
    kept = [value for name, value in form_of(refused, PREVIEW).fields if name == "seen"]
    assert kept == ["XZ-01/1/1", "XZ-02/1/1"]
    visitor.press(refused, PREVIEW)


def test_of_another_try_nothing_is_accepted_unseen(
    visitor: Visitor, data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    page = visitor.open(PAGE)
    came(data, round_, office, tmp_path, "BM-01", 1)
    assert "R217" in text_of(visitor.press(page, ACCEPT, status=409))
    assert state_of("BM-01") == "received"
    Submission.objects.filter(unit__code="BM-01", n=2).update(version=7)
    page = visitor.open(PAGE)
    Submission.objects.filter(unit__code="BM-01", n=2).update(version=8)
    assert "R212" in text_of(visitor.press(page, ACCEPT, status=409))


def test_the_button_of_a_list_without_a_tick_says_whose_list_it_is_and_leaves_the_others(visitor: Visitor) -> None:
    page = visitor.open(PAGE)
    assert [re.findall(r">([^<>]*退回勾选的……)<", part) for part in page.content.decode().split("<section ")[1:]] == [
        ["仍然退回勾选的……"],
        ["退回勾选的……"],
    ]
    refused = visitor.press(page, ACCEPT, status=409, seen=[])
    assert "“可以受理的”里一份也没有勾选" in text_of(refused)
    assert not [name for name, _ in form_of(refused, ACCEPT).fields if name == "seen"]
    kept = [value for name, value in form_of(refused, PREVIEW).fields if name == "seen"]
    assert kept == [seen("XZ-01"), seen("XZ-02")]


def test_nothing_ticked_is_told(visitor: Visitor) -> None:
    refused = visitor.press(visitor.open(PAGE), ACCEPT, status=409, seen=[])
    assert "一份也没有勾选" in text_of(refused)
    assert "一份也没有勾选" in text_of(visitor.press(visitor.open(PAGE), PREVIEW, status=409, seen=[]))
    assert states() == ["received"] * 3


@pytest.mark.parametrize("box", ["", "XZ-01", "no/1/1", "XZ-01/9/1", "XZ-01/1/x", "<b>/1/1", "XZ-01/1/1/1", "=1+1/1/1"])
def test_a_box_that_is_none_of_ours(visitor: Visitor, box: str) -> None:
    for action in (ACCEPT, PREVIEW):
        refused = visitor.press(visitor.open(PAGE), action, status=409, seen=[box])
        assert "<b>/" not in refused.content.decode()
    assert states() == ["received"] * 3


def test_lists_are_ticked_and_emptied_and_searched(visitor: Visitor) -> None:
    def ticked(address: str, action: str) -> int:
        return sum(name == "seen" for name, _ in form_of(visitor.open(address), action).fields)

    assert ticked("/returns/?of=faulty&tick=none", PREVIEW) == 0
    assert ticked("/returns/?of=faulty&tick=none", ACCEPT) == 1
    assert ticked("/returns/?of=fine&tick=none", ACCEPT) == 0
    assert ticked("/returns/?find=xz-01", PREVIEW) == 1
    assert "没有待受理" in text_of(visitor.open("/returns/?find=nobody"))


def test_very_many_are_accepted_each_by_itself_and_told(
    visitor: Visitor, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returns, "MOST_AT_ONCE", 1)
    page = visitor.open(PAGE)
    move(Submission.objects.get(unit__code="BM-01"), SubmissionState.RETURNED, 1, office, "退", real_now())
    done = visitor.press(page, ACCEPT, seen=["XZ-01/1/1", "XZ-02/1/1", "BM-01/1/1"])
    assert states() == ["accepted", "accepted", "returned"]
    assert "已受理 2 份" in text_of(done)
    assert "R227" in text_of(done)
    Job.objects.update(state="queued", outcome=None)  # as if it had been killed at its end
    events = Event.objects.count()
    work(visitor.data)
    assert (outcome_of(Job.objects.get())["n"], Event.objects.count()) == (2, events)


# ---------------------------------------------------------------- returning


def test_what_is_ticked_goes_back_with_its_copy(visitor: Visitor, data: Data) -> None:
    preview = visitor.press(visitor.open(PAGE), PREVIEW)
    said = text_of(preview)
    assert "要退回 2 份" in said
    assert "错误 1 个" in said
    assert states() == ["received"] * 3
    page = visitor.press(preview, BACK, until="2099-03-20T17:30", why="<b>请补</b>")
    assert states() == ["returned", "returned", "received"]
    assert "2099年3月20日" in text_of(page)
    assert "<b>请补" not in page.content.decode()
    n = Job.objects.get().n
    answer = visitor.client.get(f"/jobs/{n}/all.zip")
    with zipfile.ZipFile(io.BytesIO(body_of(answer))) as archive:
        names = archive.namelist()
        assert len(names) == 2
        assert all(openpyxl.load_workbook(io.BytesIO(archive.read(name))).sheetnames for name in names)
    for name in names:
        assert name in text_of(page)
    assert {notice.due and notice.due.isoformat() for notice in Notice.objects.filter(act="received>returned")} == {
        "2099-03-20T09:30:00+00:00"
    }
    assert Leave.objects.count() == 2
    again = visitor.open(PAGE)
    assert "已退回、等单位重报的 2 份" in text_of(again)
    assert "03-20 17:30" in text_of(again)
    assert "以前做的副本" in text_of(again)
    assert list(broken_links()) == []


def test_a_return_posted_twice_is_one(visitor: Visitor) -> None:
    preview = visitor.press(visitor.open(PAGE), PREVIEW)
    values: dict[str, object] = dict(form_of(preview, BACK).fields)
    values["seen"] = [value for name, value in form_of(preview, BACK).fields if name == "seen"]
    first = visitor.post(BACK, values)
    events = Event.objects.count()
    assert text_of(visitor.post(BACK, values)) == text_of(first)
    assert (Event.objects.count(), Job.objects.count()) == (events, 1)


def test_a_day_that_is_over_or_none_is_refused_and_what_was_typed_stays(visitor: Visitor) -> None:
    preview = visitor.press(visitor.open(PAGE), PREVIEW)
    for until, code in (("2020-01-01T09:00", "R228"), ("下周五", "R306")):
        refused = visitor.press(preview, BACK, status=409, until=until, why="=1+1")
        assert code in text_of(refused)
        kept = dict(form_of(refused, BACK).fields)
        assert (kept["until"], kept["why"]) == (until, "=1+1")
    assert states() == ["received"] * 3


def test_what_came_since_does_not_go_back_unseen(
    visitor: Visitor, data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    preview = visitor.press(visitor.open(PAGE), PREVIEW)
    came(data, round_, office, tmp_path, "XZ-01", 3)
    late = visitor.press(preview, BACK, status=409, why="漏填两项", until="2099-01-02T09:00")
    assert "R217" in text_of(late)
    assert "漏填两项" in text_of(late)
    again = dict(form_of(visitor.press(late, PREVIEW, seen=[seen("XZ-02")]), BACK).fields)
    assert (again["why"], again["until"]) == ("漏填两项", "2099-01-02T09:00")
    assert states() == ["received"] * 3


def test_what_was_searched_stays_when_it_is_refused_and_when_it_is_done(visitor: Visitor) -> None:
    page = visitor.open("/returns/?find=bm-0")
    refused = visitor.press(page, ACCEPT, status=409, seen=["BM-01/1/9"])
    assert "XZ-01" not in text_of(refused)
    assert dict(form_of(refused, ACCEPT).fields)["find"] == "bm-0"
    done = visitor.press(page, ACCEPT, once="1" * 32)
    assert done.request["QUERY_STRING"].startswith("find=bm-0")
    assert state_of("BM-01") == "accepted"


def test_one_page_accepts_what_another_returns(visitor: Visitor, data: Data) -> None:
    """Whoever was first has done it; the other is told what it is now, and nothing of theirs is done."""
    page = visitor.open(PAGE)
    preview = visitor.press(page, PREVIEW, seen=[seen("XZ-01"), seen("XZ-02")])
    waits = visitor.begin(preview, BACK, why="漏填两项")
    visitor.post(ACCEPT, {**dict(form_of(page, ACCEPT).fields), "seen": [seen("XZ-02")]})
    work(data)
    lost = text_of(visitor.open(waits))
    assert "没有办成。" in lost
    assert "R227" in lost
    assert "现为“受理”" in lost
    assert "您填写的内容 漏填两项" in lost
    assert states() == ["received", "accepted", "received"]
    returned(visitor, "XZ-01")
    refused = visitor.press(page, ACCEPT, status=409, seen=["XZ-01/1/1", "BM-01/1/1"], once="0" * 32)
    assert "R227" in text_of(refused)
    assert states() == ["returned", "accepted", "received"]
    assert list(broken_links()) == []


def test_what_is_accepted_while_its_copy_is_made_does_not_go_back(
    visitor: Visitor, data: Data, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = visitor.press(visitor.open(PAGE), PREVIEW, seen=[seen("XZ-01"), seen("XZ-02")])
    marked = pipeline.write_marked

    def and_somebody_accepts(*args: Any, **more: Any) -> Any:
        one = Submission.objects.get(unit__code="XZ-02")
        move(one, SubmissionState.ACCEPTED, one.version, office, "", real_now())
        return marked(*args, **more)

    monkeypatch.setattr(pipeline, "write_marked", and_somebody_accepts)
    done = text_of(visitor.press(preview, BACK))
    assert "R212" in done
    assert "XZ-02 第 1 次报送 刚才已有人办理" in done
    assert states() == ["returned", "accepted", "received"]
    job = Job.objects.get()
    assert [line["unit"] for line in outcome_of(job)["lines"]] == ["XZ-01"]
    assert [name for name in made_of(data, job) if "XZ-02" in name] == []


def test_what_comes_when_the_work_has_looked_does_not_go_back_unseen(
    visitor: Visitor, data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def and_a_try_comes(*args: Any) -> Any:
        rows = as_seen(*args)
        came(data, round_, office, tmp_path, "XZ-01", "约4")
        return rows

    preview = visitor.press(visitor.open(PAGE), PREVIEW, seen=[seen("XZ-01")])
    monkeypatch.setattr(returning, "as_seen", and_a_try_comes)
    assert "R217" in text_of(visitor.press(preview, BACK))
    assert states() == ["received"] * 3
    assert Submission.objects.filter(unit__code="XZ-01").count() == 2


def test_a_command_accepts_what_the_desk_returns(visitor: Visitor, data: Data) -> None:
    preview = visitor.press(visitor.open(PAGE), PREVIEW, seen=[seen("XZ-02")])
    waits = visitor.begin(preview, BACK)
    assert "已受理 XZ-02 西乡" in by_command("accept", str(data.folder), "--unit", "XZ-02")
    work(data)
    assert "R227" in text_of(visitor.open(waits))
    assert "R227" in text_of(visitor.press(preview, BACK, status=409, once="0" * 32))
    out = data.folder.parent / "退回"
    assert "R227" in by_command("return", str(data.folder), "--unit", "XZ-02", "-o", str(out), status=2)
    assert not out.exists()
    assert states() == ["received", "accepted", "received"]


def test_a_return_broken_off_goes_on_with_the_same_tries(visitor: Visitor) -> None:
    returned(visitor, "XZ-01")
    job = Job.objects.get()
    Job.objects.filter(n=job.n).update(state="queued", outcome=None)  # killed when all was moved
    work(visitor.data)
    job.refresh_from_db()
    assert job.state == "done", job.problems
    (line,) = outcome_of(job)["lines"]
    assert line["is_moved"]
    assert "已退回。请把副本发给各单位" in text_of(visitor.open(f"/jobs/{job.n}/"))
    assert Event.objects.filter(act="move", object="submission XZ-01/1").count() == 1


def test_a_return_broken_off_leaves_out_who_has_sent_anew_and_asks_for_no_day_again(
    visitor: Visitor, data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = real_now() + timedelta(days=1)
    with broken_off(monkeypatch):
        returned(visitor, "XZ-01", "XZ-02", until=f"{local(until):%Y-%m-%dT%H:%M}")
    came(data, round_, office, tmp_path, "XZ-01", 3)
    events = Event.objects.count()
    monkeypatch.setattr(task, "real_now", lambda: until + timedelta(days=1))
    begun_again(data)
    job = Job.objects.get()
    outcome = outcome_of(job)
    assert [(line["unit"], line["is_moved"]) for line in outcome["lines"]] == [("XZ-02", True)]
    assert [one["code"] for one in outcome["problems"]] == ["R217"]
    said = text_of(visitor.open(f"/jobs/{job.n}/"))
    assert render(told(until.replace(second=0, microsecond=0)), Language.ZH) in said
    assert "R217" in said
    assert states() == ["received", "returned", "received"]
    assert Event.objects.count() == events


def test_a_return_broken_off_of_which_all_have_sent_anew_sends_nobody_else_back(
    visitor: Visitor, data: Data, round_: Round, office: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with broken_off(monkeypatch):
        returned(visitor, "XZ-01")
    came(data, round_, office, tmp_path, "XZ-01", 3)
    begun_again(data)
    said = text_of(visitor.open(f"/jobs/{Job.objects.get().n}/"))
    assert "没有副本要再做了" in said
    assert "没有退回任何一份" not in said
    assert states() == ["received", "received", "received"]


def test_a_copy_once_more_and_a_return_taken_back(visitor: Visitor) -> None:
    returned(visitor, "XZ-01", why="补件")
    page = visitor.open(PAGE)
    assert "补件" in text_of(page)
    again = visitor.press(page, COPIES, seen=[seen("XZ-01")])
    assert "副本又做了一份" in text_of(again)
    values = {**dict(form_of(page, COPIES).fields), "seen": [seen("XZ-01")]}
    no_reason = visitor.post(UNDO, {**values, "why": ""}, 409)
    assert "R214" in text_of(no_reason)
    values = {**dict(form_of(no_reason, COPIES).fields), "seen": [seen("XZ-01")], "why": "退错了"}
    done = visitor.post(UNDO, values)
    assert "退回 → 已报" in text_of(done)
    assert text_of(visitor.post(UNDO, values)) == text_of(done)
    assert state_of("XZ-01") == "received"


def test_names_do_no_harm(visitor: Visitor, round_: Round) -> None:
    round_.units.filter(code="XZ-01").update(name="<b>东\u202e乡</b>")
    round_.units.filter(code="XZ-02").update(name="=1+1")
    page = visitor.open(PAGE).content.decode()
    assert "&lt;b&gt;东" in page
    assert "<b>东" not in page
    done = returned(visitor, "XZ-01")
    assert "<b>东" not in done.content.decode()


def test_an_archived_round_shows_no_buttons(visitor: Visitor, round_: Round) -> None:
    old = form_of(visitor.open(PAGE), ACCEPT).values()
    Round.objects.filter(pk=round_.pk).update(state="archived")
    page = visitor.open(PAGE)
    assert "受理勾选的" not in text_of(page)
    assert ACCEPT not in {form.action for form in forms_of(page)}
    assert "R235" in text_of(visitor.post(ACCEPT, old, 409))


def test_the_english_pages_have_no_chinese_but_names(visitor: Visitor) -> None:
    visitor.client.cookies["lawgov-language"] = "en"
    names = {"县考核", "东乡", "西乡", "教育局", "中文"}
    page = visitor.open(PAGE)
    preview = visitor.press(page, PREVIEW)
    done = visitor.press(preview, BACK, until="2099-03-20T17:30")
    for one in (page, preview, visitor.open(PAGE)):
        assert set(CHINESE.findall(text_of(one))) <= names | {"核对发现错误", "核对发现未填", "个", "项"}
    assert "sent back until" in text_of(done)


def test_a_reason_sends_back_what_has_nothing_to_mark(visitor: Visitor, data: Data) -> None:
    nothing = returned(visitor, "BM-01")
    assert "没有退回任何一份" in text_of(nothing)
    assert "没有写理由" in text_of(nothing)
    assert "以前做的副本" not in text_of(visitor.open(PAGE))
    page = returned(visitor, "BM-01", why="请附佐证<b>材料")
    assert state_of("BM-01") == "returned"
    (name,) = [line["copy"] for line in outcome_of(Job.objects.order_by("-n")[0])["lines"]]
    assert name in text_of(page)
    for press in range(2):  # and once more
        job = Job.objects.order_by("-n")[0]
        answer = visitor.client.get(f"/jobs/{job.n}/all.zip")
        with zipfile.ZipFile(io.BytesIO(body_of(answer))) as archive:
            book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
        said = str(list(book.worksheets[0].iter_rows(values_only=True)))
        assert "请附佐证<b>材料" in said
        assert Code.R295.value in said
        if not press:
            visitor.press(visitor.open(PAGE), COPIES, seen=[seen("BM-01")])


def test_what_is_doubted_is_accepted_and_returned_only_by_name(
    visitor: Visitor, data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    came_as(data, round_, office, tmp_path / "西乡.xlsx", "BM-01")
    page = visitor.open(PAGE)
    assert "先问清单位的 1 份" in text_of(page)
    assert "可以受理的" not in text_of(page)
    by_state = sorted_out(data, round_, in_this_process)
    assert [one.unit.code for one in by_state.doubtful] == ["BM-01"]
    assert by_state.fine == ()
    preview = visitor.press(page, PREVIEW, seen=[seen("BM-01")])
    assert "请确认以哪一份填报表为准" in text_of(preview)
    visitor.press(page, ACCEPT, seen=[seen("BM-01")])
    assert state_of("BM-01") == "accepted"


def came_as(data: Data, round_: Round, office: Seat, path: Path, code: str) -> None:
    path.write_bytes(answered(code, 2, 4))
    (outcome,) = receive(data, round_, [path], office, real_now(), in_this_process)
    assert outcome.submission is not None, outcome.problems
