"""The step to another state: told first, made once.

Reaches ``portal/views/moving.py``, ``portal/working/looking_ahead.py``, ``rounds/wording_of_moves.py``.
"""

import re
from datetime import datetime, timedelta

import pytest
from desk_visitor import Visitor, form_of, outcome_of, text_of
from round_books import answered, sent
from round_made import NOW, a_submission
from round_published import came, finished, released, remember

from lawgov_score.portal.views import moving
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import Event, Round, Seat
from lawgov_score.rounds.names import RoundState

OPEN, DO = "/move/open/", "/move/open/do/"
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def at(round_: Round, state: RoundState, **columns: object) -> None:
    Round.objects.filter(pk=round_.pk).update(state=state.value, **columns)


def test_looking_moves_nothing(visitor: Visitor, round_: Round) -> None:
    said = text_of(visitor.open(OPEN))
    assert "现为“筹备”，转到“报送”。" in said
    assert "没有写报送截止" in said
    assert "要告知各单位" in said
    assert "--" not in said
    assert "lawgov-score round" not in said
    assert Event.objects.count() == 1


def test_a_step_is_made_once_however_often_it_is_posted(visitor: Visitor, round_: Round) -> None:
    page = visitor.open(OPEN)
    values = {**dict(form_of(page, DO).fields), "why": "开始", "until": "2099-03-20T17:30"}
    first = visitor.post(DO, values)
    again = visitor.post(DO, values)
    assert "筹备 → 报送" in text_of(first)
    assert text_of(first) == text_of(again)
    assert the_round().state == RoundState.OPEN
    assert "2099年3月20日" in text_of(first)
    assert Event.objects.filter(act="move").count() == 1


def test_an_old_page_moves_nothing(visitor: Visitor, round_: Round) -> None:
    page = visitor.open(OPEN)
    visitor.press(page, DO, why="开始")
    refused = visitor.press(page, DO, status=409, why="再来", once="0" * 32)
    assert "R212" in text_of(refused)
    assert Event.objects.filter(act="move").count() == 1


def test_what_was_typed_stays_when_it_is_refused(visitor: Visitor, round_: Round) -> None:
    refused = visitor.press(visitor.open(OPEN), DO, status=409, why="<b>开始</b>", until="2020-01-01T09:00")
    assert "R230" in text_of(refused)
    kept = dict(form_of(refused, DO).fields)
    assert (kept["why"], kept["until"]) == ("<b>开始</b>", "2020-01-01T09:00")
    assert "<b>开始" not in refused.content.decode()
    misread = visitor.press(refused, DO, status=409, until="明天")
    assert "R306" in text_of(misread)
    assert the_round().state == RoundState.PREPARING


def test_a_step_back_asks_for_reason_and_leader(visitor: Visitor, round_: Round) -> None:
    at(round_, RoundState.CLOSED, submit_by=NOW)
    page = visitor.open(OPEN)
    assert "退回上一步" in text_of(page)
    assert "--" not in text_of(page)
    later = "2099-03-20T17:30"
    assert "R214" in text_of(visitor.press(page, DO, status=409, released_by="王某", until=later))
    page = visitor.press(visitor.open(OPEN), DO, status=409, why="断网", until=later)
    assert "R215" in text_of(page)
    done = visitor.press(page, DO, released_by="王某")
    assert "截止 → 报送" in text_of(done)
    assert Event.objects.filter(act="release", body__contains="王某同意：断网").exists()


def test_names_are_shown_as_they_are_and_do_no_harm(visitor: Visitor, data: Data, round_: Round) -> None:
    at(round_, RoundState.OPEN)
    round_.units.filter(code="XZ-01").update(name="<b>东\u202e乡</b>")
    page = visitor.open("/move/closed/").content.decode()
    assert "&lt;b&gt;东" in page
    assert "<b>东" not in page


def test_of_many_units_the_rest_is_one_press_away(visitor: Visitor, round_: Round) -> None:
    at(round_, RoundState.OPEN)
    for n in range(20):
        round_.units.create(place=10 + n, code=f"N-{n}", name=f"第{n}局")
    said = text_of(visitor.open("/move/closed/"))
    assert "23 个单位没有报送" in said
    assert "全部名单" in said
    assert "第19局" in said


def test_publishing_is_no_move_of_its_own(visitor: Visitor, round_: Round) -> None:
    at(round_, RoundState.FINAL)
    answer = visitor.client.get("/move/published/")
    assert (answer.status_code, answer["Location"]) == (303, "/publication/")


@pytest.mark.parametrize("to", ["nothing", "OPEN", "..", "final"])
def test_a_state_that_is_none_or_not_next(visitor: Visitor, round_: Round, to: str) -> None:
    answer = visitor.client.get(f"/move/{to}/")
    assert answer.status_code in {404, 409}
    assert to != "final" or "R211" in answer.content.decode()


def test_what_nobody_reviewed_is_counted_when_asked_and_again_after_a_deed(
    visitor: Visitor, data: Data, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(data, round_, "XZ-01", answered("XZ-01", 1, 2))
    at(round_, RoundState.FIRST_REVIEW)
    page = visitor.open("/move/second_review/")
    assert "要计算一遍才知道" in text_of(page)
    looked = visitor.press(page, "/move/second_review/look/")
    assert "要计算一遍才知道" not in text_of(looked)
    assert outcome_of(Job.objects.get())["items"] == []
    with monkeypatch.context() as patch:
        patch.setattr(moving, "_counted", lambda to: ("XZ-01 01-1", "XZ-02 01-1"))
        assert "2 项还没有评审" in text_of(visitor.open("/move/second_review/"))
    visitor.press(visitor.open("/move/closed/"), "/move/closed/do/", why="有漏报", released_by="王某")
    visitor.press(visitor.open("/move/first_review/"), "/move/first_review/do/")
    assert "要计算一遍才知道" in text_of(visitor.open("/move/second_review/"))


def test_the_english_page_has_no_chinese_but_names(visitor: Visitor, data: Data, round_: Round) -> None:
    visitor.client.cookies["lawgov-language"] = "en"
    a_submission(data, round_)
    for state in RoundState:
        at(round_, state, submit_by=real_now() + timedelta(days=9), objections_until=NOW)
        for to in RoundState:
            answer = visitor.client.get(f"/move/{to.value}/")
            if answer.status_code == 200:
                left = set(CHINESE.findall(text_of(answer)))
                assert left <= {"县考核", "东乡", "西乡", "教育局", "中文"}, (state, to, left)


def test_an_archive_of_what_is_not_published_is_said_to_be_one(
    visitor: Visitor, data: Data, round_: Round, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(monkeypatch)
    finished(data, round_, office)
    released(data, round_)
    came(data, round_, "XZ-02", 7)
    page = visitor.open("/move/archived/")
    assert "西乡" in text_of(page)
    refused = visitor.press(page, "/move/archived/do/", status=409, why="办结")
    assert "R244" in text_of(refused)
    visitor.press(refused, "/move/archived/do/", leaves_out="on")
    assert the_round().state == RoundState.ARCHIVED
    assert "归档时没有公布的" in str(Event.objects.filter(act="move").values_list("body", flat=True).last())


def test_before_sending_ends_it_is_said_whom_that_concerns(visitor: Visitor, data: Data, round_: Round) -> None:
    at(round_, RoundState.OPEN, submit_by=real_now() + timedelta(days=9))
    type(a_submission(data, round_)).objects.update(state="returned")
    said = text_of(visitor.open("/move/closed/"))
    assert "2 个单位没有报送，转过以后报来的不收" in said
    assert "1 份已退回，还没有重报；在退回时告知的期限以前，转过以后仍可重报" in said


def test_a_deadline_on_a_day_off_wants_a_second_press(visitor: Visitor, round_: Round) -> None:
    sunday = "2099-03-22T17:30"
    asked = visitor.press(visitor.open("/move/open/"), "/move/open/do/", status=409, until=sunday)
    said = text_of(asked)
    assert "R318" in said
    assert "2099-03-22 不是工作日" in said
    assert not Event.objects.filter(act="move").exists()
    other = visitor.press(asked, "/move/open/do/", status=409, until="2099-03-21T17:30")  # another than was confirmed
    assert "2099-03-21 不是工作日" in text_of(other)
    visitor.press(other, "/move/open/do/")
    assert the_round().submit_by == datetime.fromisoformat("2099-03-21T17:30+08:00")


def test_the_deadline_is_moved_while_units_send(visitor: Visitor, round_: Round) -> None:
    visitor.press(visitor.open("/move/open/"), "/move/open/do/", until="2099-03-20T17:30")
    assert 'href="/move/open/"' in visitor.open("/").content.decode()
    page = visitor.open("/move/open/")
    assert "更改报送截止" in text_of(page)
    assert "R319" in text_of(visitor.press(page, "/move/open/do/", status=409, why="停机"))
    later = visitor.press(page, "/move/open/do/", why="停机", until="2099-03-25T17:30")
    assert "报送截止改为 2099年3月25日（星期三）17:30（停机）" in text_of(later)
    page = visitor.open("/move/open/")
    early = visitor.press(page, "/move/open/do/", status=409, why="提前", until="2099-03-19T17:30")
    assert "告诉单位的报送截止是 2099年3月25日（星期三）17:30" in text_of(early)
    visitor.press(early, "/move/open/do/")
    assert the_round().submit_by == datetime.fromisoformat("2099-03-19T17:30+08:00")
    assert the_round().state == RoundState.OPEN
    refused = visitor.press(visitor.open("/move/open/"), "/move/open/do/", status=409, until="2099-03-26T17:30")
    assert "R214" in text_of(refused)


def test_a_page_from_before_a_move_leads_to_the_overview(visitor: Visitor, round_: Round) -> None:
    at(round_, RoundState.CLOSED)
    answer = visitor.client.get("/move/closed/")
    assert (answer.status_code, answer["Location"]) == (303, "/")
