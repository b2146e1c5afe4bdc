"""报送: what is dropped is received once, problems are shown at their cells, results and receipts stay where they were.

Reaches ``portal/views/submissions.py``, ``portal/came.py``, ``portal/working/receiving.py`` and
``portal/working/registering.py``, ``rounds/settling.py``.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from desk_visitor import Visitor, begun_again, broken_off, form_of, outcome_of, text_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from round_books import answered, of_another_tree, saved

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.portal.work import WORK
from lawgov_score.portal.working.task import Task
from lawgov_score.rounds import jobs, receiving
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import Event, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import RoundState
from lawgov_score.rounds.receipts import check_receipt
from lawgov_score.rounds.states import move
from lawgov_score.rounds.status import status_of

ACTION, SETTLE = "/submissions/receive/", "/submissions/settle/"
CHINESE = re.compile("[\u3400-\u9fff]")


@pytest.fixture
def open_round(round_: Round, office: Seat) -> Round:
    now = real_now()
    move(round_, RoundState.OPEN, 1, office, "", now, also={"submit_by": now + timedelta(days=7)})
    return round_


def test_before_the_round_is_open_the_page_says_so_and_has_no_form(visitor: Visitor) -> None:
    page = visitor.open("/submissions/")
    assert "R220" in text_of(page)
    assert ACTION not in page.content.decode()


def test_files_are_received_with_problems_at_their_cells(visitor: Visitor, open_round: Round) -> None:
    files = [
        ("东乡.xlsx", answered("XZ-01", 9, 4)),
        ("西乡.xlsx", answered("XZ-02", 3, 4)),
        ("坏.xlsx", b"no workbook"),
    ]
    page = visitor.press(visitor.open("/submissions/"), ACTION, files={"files": files})
    said = text_of(page)
    assert "收到 2 份，此前已收 0 份，未收 1 份。" in said
    assert "3 2 0 1" in said[said.index("历次收件") :]
    assert said.index("坏.xlsx") < said.index("东乡.xlsx")  # what was not received first
    assert re.search("填报![A-Z]+[0-9]+", said)
    assert set(Submission.objects.values_list("unit__code", "n")) == {("XZ-01", 1), ("XZ-02", 1)}
    assert "/drops/" not in said.replace("/submissions/drops/", "")


def test_posted_twice_it_is_one_drop_and_dropped_twice_nothing_is_recorded(visitor: Visitor, open_round: Round) -> None:
    page, files = visitor.open("/submissions/"), {"files": [("东乡.xlsx", answered("XZ-01", 3, 4))]}
    once = dict(form_of(page, ACTION).fields)["once"]
    first = visitor.press(page, ACTION, files=files)
    again = visitor.press(page, ACTION, files=files, once=once)
    assert text_of(first) == text_of(again)
    assert Job.objects.count() == 1
    other = visitor.press(visitor.open("/submissions/"), ACTION, files=files)
    assert "收到 0 份，此前已收 1 份，未收 0 份。" in text_of(other)
    assert Submission.objects.count() == 1
    assert Event.objects.filter(act="receive").count() == 1
    assert "收到 1 份，此前已收 0 份，未收 0 份。" in text_of(visitor.open("/submissions/?job=1"))  # stays where it was


def test_a_drop_that_was_broken_off_tells_what_it_received_before(
    data: Data, visitor: Visitor, open_round: Round
) -> None:
    visitor.press(visitor.open("/submissions/"), ACTION, files={"files": [("东乡.xlsx", answered("XZ-01", 3, 4))] * 2})
    job = jobs.by_number(1)
    assert job is not None
    job.outcome, job.tries = None, 2
    job.token = "0" * 32  # its files are gone: they are dropped once more
    drop = data.folder / jobs.DROPS / job.token
    for n in ("001", "002"):
        (drop / n).mkdir(parents=True)
        (drop / n / "东乡.xlsx").write_bytes(answered("XZ-01", 3, 4))
    told = WORK["receive"].do(Task(data, job, lambda done, total: None))
    assert [line["fate"] for line in told["lines"]] == ["received", "same"]
    assert Submission.objects.count() == 1


def test_received_again_and_broken_off_nothing_is_received_twice(
    data: Data, visitor: Visitor, open_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = answered("XZ-01", 3, 4)
    visitor.press(visitor.open("/submissions/"), ACTION, files={"files": [("早.xlsx", former)]})
    with broken_off(monkeypatch):
        later = [("晚.xlsx", answered("XZ-01", done, 4)) for done in (1, 2)]
        files = [("早.xlsx", former), *later, ("坏.xlsx", b"none"), ("早.xlsx", former)]
        visitor.press(visitor.open("/submissions/"), ACTION, again="on", files={"files": files})
    tries = list(Submission.objects.order_by("n").values_list("n", "file__sha256"))
    events = Event.objects.count()
    begun_again(data)
    assert list(Submission.objects.order_by("n").values_list("n", "file__sha256")) == tries
    assert Event.objects.count() == events
    lines = outcome_of(Job.objects.get(n=2))["lines"]
    assert [line["fate"] for line in lines].count("received") == len(tries) - 1 >= 2
    assert {line["instead"] for line in lines if "instead" in line} == set(range(1, len(tries)))


def test_what_a_broken_off_drop_had_not_come_to_is_received_again_then(
    data: Data, visitor: Visitor, open_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = [answered(unit, done, 4) for unit in ("XZ-01", "XZ-02") for done in (1, 3)]
    for book in books:  # so that of each unit the second counts
        visitor.press(visitor.open("/submissions/"), ACTION, files={"files": [("a.xlsx", book)]})
    sent = Submission.objects.count()
    monkeypatch.setattr(receiving, "_TOGETHER", 1)
    files = {"files": [("a.xlsx", books[0]), ("b.xlsx", books[2])]}
    reporting = jobs.reporting
    monkeypatch.setattr(jobs, "reporting", lambda job: lost_at(job, 1))
    with pytest.raises(jobs.LostJobError):
        visitor.press(visitor.open("/submissions/"), ACTION, again="on", files=files)
    assert Submission.objects.count() == sent + 1
    monkeypatch.setattr(jobs, "reporting", reporting)
    begun_again(data)
    assert Submission.objects.count() == sent + 2
    outcome = outcome_of(Job.objects.order_by("-n")[0])
    assert [line["fate"] for line in outcome["lines"]] == ["received", "received"]
    assert [line["instead"] for line in outcome["lines"]] == [2, 2]


def lost_at(job: Job, at: int) -> Callable[[int, int], None]:
    """Tells of nothing, and is lost when so much is done."""

    def report(done: int, _: int) -> None:
        if done == at and Submission.objects.filter(received_at__gte=job.made_at).exists():
            raise jobs.LostJobError(job.n)

    return report


def test_nothing_chosen_is_refused_and_what_was_typed_stays(visitor: Visitor, open_round: Round) -> None:
    page = visitor.press(visitor.open("/submissions/"), ACTION, status=409, again="on", exception="补考 <b>")
    assert "R311" in text_of(page)
    fields = dict(form_of(page, ACTION).fields)
    assert (fields["again"], fields["exception"]) == ("on", "补考 <b>")


def test_receipts_are_downloaded_one_by_one_and_all_of_a_drop(visitor: Visitor, open_round: Round) -> None:
    files = [(f"{unit}.xlsx", answered(unit, 3, 4)) for unit in ("XZ-01", "XZ-02")]
    visitor.press(visitor.open("/submissions/"), ACTION, files={"files": files})
    pk = Submission.objects.get(unit__code="XZ-01").pk
    receipt = visitor.client.get(f"/submissions/{pk}/receipt")
    assert check_receipt(receipt.content.decode("utf-8-sig")).holds
    alone = visitor.client.get(f"/submissions/{pk}/page")
    assert "sandbox" in alone["Content-Security-Policy"]
    assert visitor.client.get(f"/submissions/{pk}/page?keep=1")["Content-Disposition"].startswith("attachment")
    assert visitor.client.get(f"/submissions/{pk}/file").content == answered("XZ-01", 3, 4)
    packed = visitor.open("/submissions/drops/1/papers.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content))) as archive:
        assert sorted(archive.namelist()) == [
            f"{unit} 第1次 {what}" for unit in ("XZ-01 东乡", "XZ-02 西乡") for what in ("回执.txt", "确认单.html")
        ]
    for gone in ("/submissions/999/receipt", "/submissions/999/page", "/submissions/999/file"):
        visitor.open(gone, 404)
    visitor.open("/submissions/drops/9/papers.zip", 404)


def test_special_cases_are_ordered_in_the_form(visitor: Visitor, open_round: Round) -> None:
    old = of_another_tree("XZ-01", 'edition: "2026"\nyear: 2026', 'edition: "2025"\nyear: 2025')
    page = visitor.press(visitor.open("/submissions/"), ACTION, files={"files": [("旧.xlsx", old)]})
    assert "R291" in text_of(page)
    assert "没有收下的文件" in text_of(page)
    assert "别的年度的填报表" in text_of(page)
    page = visitor.press(visitor.open("/submissions/"), ACTION, files={"files": [("旧.xlsx", old)]}, exception="补考")
    assert "收到 1 份" in text_of(page)
    assert Event.objects.get(act="receive").body.count("补考") == 1
    for again, fate in (("", "此前已收 1 份"), ("on", "此前已收 1 份")):  # it counts: again there is nothing to do
        said = visitor.press(
            visitor.open("/submissions/"), ACTION, files={"files": [("旧.xlsx", old)]}, exception="补考", again=again
        )
        assert fate in text_of(said)


def test_the_register_is_filtered_and_downloaded(visitor: Visitor, open_round: Round) -> None:
    visitor.press(visitor.open("/submissions/"), ACTION, files={"files": [("a.xlsx", answered("XZ-01", 3, 4))]})
    assert "1 个单位，共 3 个" in text_of(visitor.open("/submissions/?state=received"))
    found = text_of(visitor.open("/submissions/?q=教育"))
    assert "1 个单位，共 3 个" in found
    assert "东乡" not in found
    assert "没有这样的单位" in text_of(visitor.open("/submissions/?q=<b>"))
    page = visitor.press(visitor.open("/submissions/"), "/submissions/register/")
    (address,) = re.findall(r'href="(/jobs/[0-9]+/files/[^"]+)"', page.content.decode())
    book = visitor.open(address)
    with zipfile.ZipFile(io.BytesIO(b"".join(book.streaming_content))) as archive:
        assert "xl/workbook.xml" in archive.namelist()


def test_names_that_attack_are_shown_as_they_are(visitor: Visitor, open_round: Round) -> None:
    name = "<b>=1+1\u202exslx.xlsx"
    page = visitor.press(visitor.open("/submissions/"), ACTION, files={"files": [(name, answered("XZ-01", 3, 4))]})
    markup = page.content.decode()
    assert "<b>=1+1" not in markup
    assert "\u202e" not in re.sub(r"<bdi>[^<]*</bdi>", "", markup)


def test_in_english_no_chinese_but_names_whatever_language_it_was_dropped_in(
    visitor: Visitor, open_round: Round
) -> None:
    files = [("a.xlsx", answered("XZ-01", "约3", 4)), ("b.xlsx", b"")]
    dropped = visitor.press(visitor.open("/submissions/"), ACTION, files={"files": files})
    assert "“回复件数”应为数" in text_of(dropped)
    visitor.client.cookies["lawgov-language"] = "en"
    for address in (dropped.redirect_chain[-1][0], "/submissions/", "/units/XZ-01/"):
        page = visitor.open(address)
        markup = re.sub(
            r"<bdi[^>]*>[^<]*</bdi>|<span class=\"at\">[^<]*|<title>.*?</title>|<button[^>]*lang=\"zh-CN\"[^<]*",
            "",
            page.content.decode(),
        )
        for name in ("东乡", "回复件数", "收到件数", "填报值", "回复率"):
            markup = markup.replace(name, "")
        markup = markup.replace("“约3”", "").replace("说明", "")
        assert not [text for text in re.findall(r">([^<]+)<", markup) if CHINESE.search(text)]


def test_more_units_take_no_more_queries(visitor: Visitor, open_round: Round) -> None:
    visitor.open("/units/")  # what counts is read once for all pages
    with CaptureQueriesContext(connection) as few:
        visitor.open("/submissions/")
        visitor.open("/units/")
    Unit.objects.bulk_create(
        Unit(round=open_round, place=10 + n, code=f"N-{n}", name=f"单位{n}", type="town") for n in range(300)
    )
    with CaptureQueriesContext(connection) as many:
        assert "单位299" in text_of(visitor.open("/submissions/?part=all"))
        assert "单位299" in text_of(visitor.open("/units/?part=all"))
    assert len(many) <= len(few)  # the first visit opens the session


def test_what_receiving_shows_counts_in_the_line_and_is_signed(visitor: Visitor, open_round: Round) -> None:
    """A blank form, two files of which nothing says which is later, a file called by another unit."""
    files = [
        ("空表.xlsx", answered("XZ-01", None, None)),
        ("a.xlsx", saved(answered("XZ-02", 1, 9), "")),
        ("b.xlsx", saved(answered("XZ-02", 2, 9), "")),
        ("西乡.xlsx", answered("BM-01", 3, 4)),
    ]
    page = visitor.press(visitor.open("/submissions/"), ACTION, files={"files": files})
    lines = {line["file"]: line for line in outcome_of(Job.objects.get())["lines"]}
    for name, code in (("空表.xlsx", "R216"), ("b.xlsx", "R292"), ("西乡.xlsx", "R294")):
        line = lines[name]
        told = [one for one in line["problems"] if one["severity"] == "warning"]
        assert (code in [one["code"] for one in told], line["warnings"]) == (True, len(told))
        row = Submission.objects.get(pk=line["submission"])
        assert row.warnings == len(told)
        assert f"警告 {row.warnings}、" in row.receipt
        assert "lawgov-score round" not in str([one for one in row.problems if one["code"].startswith("R")])
    assert text_of(page).count("须核对") == 2
    returns = visitor.open("/returns/")
    assert "先问清单位的 2 份" in text_of(returns)
    ticked = [value for _, value in form_of(returns, "/returns/accept/").fields]
    assert not [value for value in ticked if value.startswith(("XZ-02", "BM-01"))]


def test_earlier_drops_have_their_numbers(visitor: Visitor, open_round: Round) -> None:
    files = [("a.xlsx", answered("XZ-01", 3, 4)), ("b.xlsx", answered("XZ-02", 3, 4)), ("坏.xlsx", b"no workbook")]
    visitor.press(visitor.open("/submissions/"), ACTION, files={"files": files})
    markup = visitor.open("/submissions/").content.decode()
    row = markup[markup.index("历次收件") :]
    assert re.findall('<td class="n">([0-9]*)</td>', row) == ["3", "2", "0", "1"]


def test_a_refused_file_is_settled_with_a_reason(visitor: Visitor, open_round: Round) -> None:
    name = "<b>简报.xlsx"
    visitor.press(visitor.open("/submissions/"), ACTION, files={"files": [(name, b"no workbook")]})
    said = text_of(visitor.open("/records/"))
    (codes,) = (json.loads(one.body)["after"]["codes"] for one in Event.objects.filter(act="refuse"))
    assert codes
    for code in codes:
        assert code not in said
        assert entry_of(Code(code)).title.zh in said
    page = visitor.open("/submissions/")
    values = dict(form_of(page, SETTLE).fields)
    assert "R214" in text_of(visitor.post(SETTLE, {**values, "why": " "}, 409))
    values = {**dict(form_of(visitor.open("/submissions/"), SETTLE).fields), "why": "<i>是工作简报"}
    done = visitor.post(SETTLE, values)
    assert "未收的文件不再列出" in text_of(done)
    assert "<i>是工作简报" not in done.content.decode()
    events = Event.objects.count()
    visitor.post(SETTLE, values)
    visitor.post(SETTLE, {**values, "once": dict(form_of(visitor.open("/submissions/"), ACTION).fields)["once"]})
    assert Event.objects.count() == events
    assert status_of(open_round).refused == ()
    assert "没有收下的文件" not in text_of(visitor.open("/submissions/"))
    visitor.press(visitor.open("/submissions/"), ACTION, files={"files": [(name, b"no workbook")]})
    assert [one.name for one in status_of(open_round).refused] == ["_b_简报.xlsx"]  # it came again
