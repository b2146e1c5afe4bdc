"""总览: where the round stands, and what comes next. Reaches ``portal/views/overview.py`` and
``rounds/wording_of_status.py``."""

import re
from datetime import timedelta

from desk_visitor import Visitor, text_of
from round_made import NOW, a_submission, an_objection

from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Objection, Round, Seat, Submission
from lawgov_score.rounds.names import ObjectionState, RoundState

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def at(round_: Round, state: RoundState, **columns: object) -> None:
    Round.objects.filter(pk=round_.pk).update(state=state.value, **columns)


def test_a_new_round_says_what_comes_first(visitor: Visitor) -> None:
    page = visitor.open("/")
    said = text_of(page)
    assert "下一步 转到“报送”" in said
    assert 'href="/move/open/"' in page.content.decode()
    assert "3 个单位没有报送" in said


def test_what_came_is_counted_and_leads_to_its_page(visitor: Visitor, data: Data, round_: Round) -> None:
    at(round_, RoundState.OPEN, submit_by=real_now() + timedelta(days=60))
    for unit, state in (("XZ-01", "received"), ("XZ-02", "returned"), ("BM-01", "accepted")):
        Submission.objects.filter(pk=a_submission(data, round_, unit).pk).update(state=state)
    page = visitor.open("/")
    said = text_of(page)
    assert "核对 1 份报送" in said
    assert "1 份待受理" in said
    assert "1 份已退回、未再报" in said
    assert "1 个单位已受理，共 3 个" in said
    assert 'href="/returns/"' in page.content.decode()
    assert re.search(r"报送截止 \S+（星期.）\d\d:\d\d", said)
    assert "个工作日" in said


def test_an_open_objection_has_its_day(visitor: Visitor, round_: Round) -> None:
    row = an_objection(round_)
    type(row).objects.filter(pk=row.pk).update(due=NOW + timedelta(days=400))
    at(round_, RoundState.OBJECTIONS, objections_until=NOW)
    said = text_of(visitor.open("/"))
    assert "办理异议" in said
    assert "1 件异议没有决定" in said
    assert "前办结" in said
    assert "提出异议的期限" in said


def test_an_objection_is_counted_once(visitor: Visitor, round_: Round) -> None:
    for n, state in ((1, ObjectionState.FILED), (2, ObjectionState.DECIDED), (3, ObjectionState.REFUSED)):
        Objection.objects.filter(pk=an_objection(round_, n=n).pk).update(state=state)
    at(round_, RoundState.OBJECTIONS, objections_until=NOW)
    page = visitor.open("/")
    said = text_of(page)
    assert "1 件异议没有决定" in said
    assert "2 件异议已有结果，待告知单位" in said
    tiles = re.findall(r'<b>(\d)</b><a href="(/objections/[^"]*)"', page.content.decode())
    assert tiles == [("1", "/objections/?which=open"), ("2", "/objections/?which=untold")]


def test_the_english_page_has_no_chinese_but_names(visitor: Visitor, data: Data, round_: Round) -> None:
    a_submission(data, round_)
    an_objection(round_)
    visitor.client.cookies["lawgov-language"] = "en"
    for state in RoundState:
        at(round_, state, submit_by=NOW, objections_until=NOW)
        left = set(CHINESE.findall(text_of(visitor.open("/"))))
        assert left <= {"县考核", "中文"}, (state, left)


def test_every_state_has_one_thing_that_comes_next(visitor: Visitor, round_: Round, office: Seat) -> None:
    for state in RoundState:
        at(round_, state)
        page = visitor.open("/").content.decode()
        assert page.count('class="what"') == 1
        assert page.count('aria-current="step"') == 1


def test_in_objections_cards_with_their_deadline_come_first(visitor: Visitor, round_: Round) -> None:
    at(round_, RoundState.OBJECTIONS, objections_until=real_now() + timedelta(days=9))
    said = text_of(visitor.open("/"))
    assert "重新作初评计算，发评分卡" in said
    assert "评分卡上要印异议期限" in said


def test_an_archived_round_has_no_days_left(visitor: Visitor, round_: Round) -> None:
    until = real_now() + timedelta(days=9)
    at(round_, RoundState.ARCHIVED, objections_until=until, submit_by=until)
    said = text_of(visitor.open("/"))
    assert "提出异议的期限" in said
    assert "工作日" not in said


def test_a_deadline_is_counted_down_while_it_lasts_alone(visitor: Visitor, round_: Round) -> None:
    until = real_now() + timedelta(days=9)
    for state in RoundState:
        at(round_, state, submit_by=until)
        lasts = state in {RoundState.PREPARING, RoundState.OPEN}
        said = text_of(visitor.open("/")).partition("期限 报送截止")[2]
        assert ("工作日）" in said) == lasts, state
        assert ("已提前截止" in said) == (not lasts and state is not RoundState.ARCHIVED), state


def test_while_objections_may_come_an_archive_is_not_what_comes_next(visitor: Visitor, round_: Round) -> None:
    at(round_, RoundState.PUBLISHED, objections_until=real_now() + timedelta(days=9))
    page = visitor.open("/").content.decode()
    assert "等单位提出异议" in page
    assert '<a class="button" href="/objections/">' in page
