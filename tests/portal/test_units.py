"""单位: the roster and its units, more time, holidays and blank workbooks.

Reaches ``portal/views/units.py``, ``portal/views/leaves.py``, ``portal/views/days.py``, ``portal/views/blanks.py``,
``portal/listing.py`` and ``portal/working/registering.py``.
"""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from desk_visitor import Visitor, form_of, text_of
from round_books import answered
from round_made import ROSTER, an_objection

from lawgov_score.portal import listing
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.leaves import grant_leave, leave_of
from lawgov_score.rounds.models import Event, Holiday, Leave, Round, Seat, Unit
from lawgov_score.rounds.names import RoundState
from lawgov_score.rounds.states import move

UNTIL = "2199-12-04T12:00"
CHINESE = re.compile("[\u3400-\u9fff]")
PAGES = ("/units/", "/units/XZ-01/", "/leaves/", "/days/", "/blanks/", "/amend/")


@pytest.fixture
def open_round(round_: Round, office: Seat) -> Round:
    now = real_now()
    move(round_, RoundState.OPEN, 1, office, "", now, also={"submit_by": now + timedelta(days=7)})
    return round_


def test_the_roster_leads_to_its_units(visitor: Visitor, round_: Round) -> None:
    page = visitor.open("/units/")
    assert "共 3 个单位" in text_of(page)
    assert "乡镇" in text_of(page)
    assert re.findall(r'href="(/units/[^"]+/)"', page.content.decode()) == [
        "/units/XZ-01/",
        "/units/XZ-02/",
        "/units/BM-01/",
    ]
    assert "1 个单位，共 3 个" in text_of(visitor.open("/units/?q=教育"))
    visitor.open("/units/XZ-99/", 404)


@pytest.mark.parametrize("address", ["/units/", "/submissions/"])
def test_a_long_list_comes_in_parts_and_whole_to_print(
    visitor: Visitor, round_: Round, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listed(asked: str) -> tuple[list[str], str]:
        page = visitor.open(address + asked)
        links = re.findall(r'<th scope="row"><a href="/units/([^"]+)/"', page.content.decode())
        return links, text_of(page)

    everybody = ["XZ-01", "XZ-02", "BM-01"]
    codes, said = listed("")
    assert codes == everybody
    assert "第 1 页" not in said  # a short list is one page
    monkeypatch.setattr(listing, "AT_ONCE", 2)
    codes, said = listed("")
    assert codes == everybody[:2]
    assert "共 3 个单位，这里是第 1 至 2 个" in said
    assert "第 2 页" in said
    assert "全部列在一页（打印用）" in said
    ways = re.findall(r'href="(\?[^"#]*part=[^"#]+)', visitor.open(address).content.decode())
    assert list(dict.fromkeys(ways)) == ["?part=1", "?part=2", "?part=all"]
    assert listed("?part=2")[0] == listed("?part=9")[0] == everybody[2:]  # or the nearest that there is
    assert listed("?part=0")[0] == listed("?part=x")[0] == everybody[:2]
    codes, said = listed("?part=all")
    assert (codes, "这里是" in said) == (everybody, False)
    assert listed("?q=XZ")[0] == everybody[:2]
    found = visitor.open(f"{address}?q=0&state=none").content.decode()
    assert 'href="?q=0&amp;state=none&amp;part=2' in found  # what was asked for stays


def test_a_unit_shows_all_that_it_sent_and_was_granted(
    visitor: Visitor, data: Data, open_round: Round, office: Seat
) -> None:
    page = visitor.open("/units/XZ-01/")
    assert "还没有报送" in text_of(page)
    for content in (answered("XZ-01", 9, 4), answered("XZ-01", 3, 4)):
        visitor.press(visitor.open("/submissions/"), "/submissions/receive/", files={"files": [("a.xlsx", content)]})
    unit = open_round.units.get(code="XZ-01")
    an_objection(open_round)
    grant_leave(open_round, unit, datetime(2199, 12, 4, tzinfo=UTC), "断网", office, real_now())
    said = text_of(visitor.open("/units/XZ-01/"))
    for text in ("county-2026/XZ-01/1", "county-2026/XZ-01/2", "断网", "第 1 号异议", "漏计一件", "现在采用"):
        assert text in said
    assert said.index("第 2 次") < said.index("第 1 次")


def test_codes_of_any_letters_have_a_page(visitor: Visitor, round_: Round) -> None:
    Unit.objects.create(round=round_, place=9, code="甲/乙 <b>%2F?", name="<b>=1+1\u202e", type="town")
    page = visitor.open("/units/")
    (address,) = [
        one
        for one in re.findall(r'href="(/units/[^"]+/)"', page.content.decode())
        if "BM" not in one and "XZ" not in one
    ]
    shown = visitor.open(address)
    for markup in (page.content.decode(), shown.content.decode()):
        assert "<b>=1+1" not in markup
        assert "\u202e" not in re.sub(
            r"<bdi[^>]*>[^<]*</bdi>|<title>.*?</title>|<datalist.*?</datalist>", "", markup, flags=re.S
        )


def test_that_nobody_works_on_the_day_is_said(visitor: Visitor, open_round: Round) -> None:
    form = dict(form_of(visitor.open("/leaves/?unit=XZ-01"), "/leaves/grant/").fields)
    saturday = {**form, "until": "2199-12-07T12:00", "why": "断网"}
    assert "2199-12-07 不是工作日" in text_of(visitor.post("/leaves/grant/", saturday))
    form = dict(form_of(visitor.open("/leaves/?unit=XZ-02"), "/leaves/grant/").fields)
    assert "不是工作日" not in text_of(visitor.post("/leaves/grant/", {**form, "until": UNTIL, "why": "断网"}))


def test_more_time_is_granted_once_and_ended(visitor: Visitor, open_round: Round) -> None:
    page = visitor.open("/leaves/?unit=XZ-01")
    form = dict(form_of(page, "/leaves/grant/").fields)
    assert form["unit"] == "XZ-01"
    values = {**form, "until": UNTIL, "why": "断网"}
    done = visitor.post("/leaves/grant/", values)
    again = visitor.post("/leaves/grant/", values)
    assert text_of(done) == text_of(again)
    assert Leave.objects.count() == 1
    unit = open_round.units.get(code="XZ-01")
    leave = leave_of(unit, real_now())
    assert leave is not None
    assert leave.until == datetime(2199, 12, 4, 4, tzinfo=UTC)
    assert "有效" in text_of(done)
    refused = visitor.press(done, "/leaves/end/", status=409)
    assert "R311" in text_of(refused)
    page = visitor.open("/leaves/")
    ended = visitor.press(page, "/leaves/end/", why="给错了")
    assert "已收回" in text_of(ended)
    assert leave_of(unit, real_now()) is None
    late = visitor.press(page, "/leaves/end/", status=409, why="再收回", once="0" * 32)  # of an old page
    assert "R313" in text_of(late)


def test_an_old_page_ends_no_leave_that_was_granted_since(visitor: Visitor, open_round: Round) -> None:
    said: dict[str, Any] = {"unit": "XZ-01", "until": UNTIL, "why": "断网"}
    old = visitor.press(visitor.open("/leaves/"), "/leaves/grant/", **said)
    visitor.press(visitor.open("/leaves/"), "/leaves/grant/", **{**said, "until": "2199-12-05T12:00"})
    refused = visitor.press(old, "/leaves/end/", status=409, why="给错了")
    assert "R212" in text_of(refused)
    assert "又准予延期到2199年12月5日" in text_of(refused)
    leave = leave_of(open_round.units.get(code="XZ-01"), real_now())
    assert leave is not None
    assert leave.until == datetime(2199, 12, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize("until", ["0001-01-01", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_day_of_no_year_of_ours_is_refused(visitor: Visitor, open_round: Round, until: str) -> None:
    said: dict[str, Any] = {"unit": "XZ-01", "until": until, "why": "断网"}
    assert "R306" in text_of(visitor.press(visitor.open("/leaves/"), "/leaves/grant/", status=409, **said))


def test_what_was_typed_stays_where_more_time_is_refused(visitor: Visitor, open_round: Round) -> None:
    page = visitor.open("/leaves/")
    wrong: dict[str, dict[str, Any]] = {
        "R251": {"unit": "<b>无此单位", "until": UNTIL, "why": "断网"},
        "R311": {"unit": "东乡", "until": UNTIL, "why": ""},
        "R312": {"unit": "东乡", "until": "2020-01-01T12:00", "why": "断网"},
        "R306": {"unit": "东乡", "until": "下周五", "why": "断网"},
    }
    for code, typed in wrong.items():
        refused = visitor.press(page, "/leaves/grant/", status=409, **typed)
        assert code in text_of(refused)
        fields = dict(form_of(refused, "/leaves/grant/").fields)
        assert {name: fields[name] for name in typed} == typed
        assert "<b>无此" not in refused.content.decode()
    assert not Leave.objects.exists()


def test_holidays_are_entered_and_removed(visitor: Visitor, round_: Round) -> None:
    page = visitor.open("/days/")
    assert "2027 年的放假安排还没有录入齐全" in text_of(page)
    typed = {"first": "2027-02-06", "last": "2027-02-12", "kind": "off", "name": "春节<b>", "why": "国办发〔2026〕1 号"}
    form = {**dict(form_of(page, "/days/set/").fields), **typed}
    done = visitor.post("/days/set/", form)
    visitor.post("/days/set/", form)
    assert "2027-02-06 至 2027-02-12" in text_of(done)
    assert "春节<b>" not in done.content.decode()
    assert Holiday.objects.filter(day__year=2027).count() == 7
    assert Event.objects.filter(act="set_day").count() == 7
    assert Holiday.objects.get(day=date(2027, 2, 6)).source == typed["why"]
    visitor.post("/days/set/", {**form, "once": "1" * 32, "kind": "clear"})
    assert not Holiday.objects.filter(day__year=2027).exists()


def test_days_that_are_none_are_refused_and_stay_typed(visitor: Visitor, round_: Round) -> None:
    page = visitor.open("/days/")
    wrong: dict[str, dict[str, Any]] = {
        "R311": {"first": "", "kind": "off", "name": "春节"},
        "R306": {"first": "2027-02-06", "last": "2027-02-01", "kind": "work"},
    }
    for code, typed in wrong.items():
        refused = visitor.press(page, "/days/set/", status=409, **typed)
        assert code in text_of(refused)
        fields = dict(form_of(refused, "/days/set/").fields)
        assert {name: fields[name] for name in typed} == typed
    assert not Event.objects.filter(act="set_day").exists()


def test_blank_workbooks_of_all_units_are_one_zip(visitor: Visitor, round_: Round) -> None:
    page = visitor.press(visitor.open("/blanks/"), "/blanks/units/")
    assert "共 3 份" in text_of(page)
    packed = visitor.open("/jobs/1/all.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content))) as archive:
        assert [name[:5] for name in archive.namelist()] == ["BM-01", "XZ-01", "XZ-02"]
    assert "请重新印制" not in text_of(page)
    roster = {"roster": [("roster.csv", f"{ROSTER}XZ-03,南乡,town\n".encode())]}
    looked = visitor.press(visitor.open("/amend/"), "/amend/look/", files=roster)
    visitor.press(looked, "/amend/2/confirm/", why="新设")
    page = visitor.open("/blanks/")
    assert "请重新印制" in text_of(page)
    again = visitor.press(page, "/blanks/units/")  # of the earlier ones nothing is kept
    assert "共 4 份" in text_of(again)
    visitor.open("/jobs/1/all.zip", 404)


def test_what_a_unit_must_be_told_is_on_its_page(visitor: Visitor, open_round: Round) -> None:
    assert "筹备 → 报送" in text_of(visitor.open("/units/XZ-01/"))


@pytest.mark.parametrize("address", PAGES)
def test_in_english_no_chinese_but_names(visitor: Visitor, open_round: Round, address: str) -> None:
    visitor.client.cookies["lawgov-language"] = "en"
    page = visitor.open(address)
    gone = r"<bdi[^>]*>[^<]*</bdi>|<title>.*?</title>|<button[^>]*lang=\"zh-CN\"[^<]*|<option[^>]*>[^<]*"
    markup = re.sub(gone, "", page.content.decode()).replace("such as 春节", "")
    assert not [text for text in re.findall(r">([^<]+)<", markup) if CHINESE.search(text)]
    assert "lawgov-score round" not in markup
