"""修改: mistakes at their places; what it means; made once, for a reason, as it was looked at or not at all.

Reaches ``portal/views/amend.py``, ``portal/working/amending.py`` and ``rounds/wording_of_amending.py``.
"""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from desk_visitor import Visitor, form_of, forms_of, text_of
from round_books import answered
from round_made import ROSTER, TREE

from lawgov_score.portal.work import WORK
from lawgov_score.portal.working.task import Task
from lawgov_score.rounds import jobs
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Event, Round, Seat
from lawgov_score.rounds.names import RoundState
from lawgov_score.rounds.notices import own_notice
from lawgov_score.rounds.states import move

LOOK = "/amend/look/"
GOT = "          - {code: got, name: 收到件数, type: count, measured_in: 件}\n"
FIELD = TREE.replace(GOT, "          - {code: late, name: 逾期件数, type: count, measured_in: 件}\n" + GOT).replace(
    "value: done / got", "value: done / (got + late)"
)
MERGED = ROSTER.replace("XZ-02,西乡,town\n", "").replace("东乡", "东镇") + "XZ-03,<b>南乡\u202e,town\n"


@pytest.fixture
def open_round(round_: Round, office: Seat) -> Round:
    now = real_now()
    move(round_, RoundState.OPEN, 1, office, "", now, also={"submit_by": now + timedelta(days=7)})
    return round_


def looked(visitor: Visitor, **files: str) -> Any:
    """The page of what was found."""
    names = {"roster": "roster.csv", "tree": "体系.yaml", "notice": "notice.yaml"}
    given = {kind: [(names[kind], text.encode())] for kind, text in files.items()}
    return visitor.press(visitor.open("/amend/"), LOOK, files=given)


def test_a_roster_is_looked_at_then_confirmed_once(visitor: Visitor, open_round: Round) -> None:
    files = {"files": [("a.xlsx", answered("XZ-02", 3, 4))]}
    visitor.press(visitor.open("/submissions/"), "/submissions/receive/", files=files)
    page = looked(visitor, roster=MERGED)
    said = text_of(page)
    for text in ("新增 XZ-03", "退出 XZ-02 西乡：第 1 次报送不再计算", "改名 XZ-01：东乡 → 东镇", "还没有修改"):
        assert text in said
    assert "<b>南乡" not in page.content.decode()
    assert "\u202e" not in re.sub(r"<bdi[^>]*>[^<]*</bdi>", "", page.content.decode())
    assert open_round.units.count() == 3
    (action,) = re.findall(r'action="(/amend/[0-9]+/confirm/)"', page.content.decode())
    refused = visitor.press(page, action, status=409)
    assert "R233" in text_of(refused)
    values = {**dict(form_of(page, action).fields), "why": "两乡合并"}
    done = visitor.post(action, values)
    again = visitor.post(action, values)
    assert "已修改。" in text_of(done)
    assert text_of(done) == text_of(again)
    assert Event.objects.get(act="amend").body.count("两乡合并") == 1
    assert set(the_round().units.filter(ended_at=None).values_list("code", flat=True)) == {"XZ-01", "XZ-03", "BM-01"}
    assert action not in done.content.decode()
    gone = text_of(visitor.open("/units/XZ-02/"))
    assert "现在采用" not in gone
    assert "该单位退出本轮，报送的不再计算：修改体系、名册或通知（两乡合并）" in gone
    assert "退出本轮" not in text_of(visitor.open("/units/XZ-01/"))


def test_mistakes_are_told_at_their_places_and_nothing_can_be_confirmed(visitor: Visitor, round_: Round) -> None:
    page = looked(visitor, roster=ROSTER + "XZ-01,又一个,town\nXZ-09,某局,nothing\n")
    assert "A5 单位编码重复：XZ-01" in text_of(page)
    assert "confirm" not in page.content.decode()
    assert "lawgov-given" not in page.content.decode()
    tree = looked(visitor, tree=TREE.replace("kind: proportional", "kind: nonsense"))
    assert re.search(r"体系\.yaml:[0-9]+", text_of(tree))
    notice = looked(visitor, notice='office: "县考核办"\ndeadline: "2026-02-30"\n')
    assert re.search(r"notice\.yaml:2", text_of(notice))
    assert not Event.objects.filter(act="amend").exists()


def test_who_must_send_anew_is_told_before_and_after(visitor: Visitor, open_round: Round) -> None:
    files = {"files": [("a.xlsx", answered("XZ-01", 3, 4))]}
    visitor.press(visitor.open("/submissions/"), "/submissions/receive/", files=files)
    page = looked(visitor, tree=FIELD)
    said = text_of(page)
    assert "1 份报送须重报：" in said
    assert "XZ-01 东乡 第 1 次报送" in said
    assert "新增填报项" in said
    (action,) = re.findall(r'action="(/amend/[0-9]+/confirm/)"', page.content.decode())
    done = visitor.press(page, action, why="补一项")
    assert "须告知这 1 个单位：用新的填报表补报；通知由考核办发出。" in text_of(done)
    assert "（补一项）" in text_of(visitor.open("/units/XZ-01/"))


def test_what_moved_on_meanwhile_is_not_amended(visitor: Visitor, open_round: Round) -> None:
    first, second = looked(visitor, roster=MERGED), looked(visitor, roster=ROSTER + "XZ-04,北乡,town\n")
    actions = [re.findall(r'action="(/amend/[0-9]+/confirm/)"', one.content.decode())[0] for one in (first, second)]
    visitor.press(first, actions[0], why="两乡合并")
    late = visitor.press(second, actions[1], why="新设")
    assert "R212" in text_of(late)
    assert Event.objects.filter(act="amend").count() == 1
    stale = visitor.open("/amend/2/")
    assert "又有变动" in text_of(stale)
    assert actions[1] not in stale.content.decode()


def test_what_was_sent_meanwhile_is_seen_first(visitor: Visitor, open_round: Round) -> None:
    page = looked(visitor, roster=MERGED)
    (action,) = re.findall(r'action="(/amend/[0-9]+/confirm/)"', page.content.decode())
    files = {"files": [("a.xlsx", answered("XZ-02", 3, 4))]}
    visitor.press(visitor.open("/submissions/"), "/submissions/receive/", files=files)
    assert "R212" in text_of(visitor.press(page, action, why="两乡合并"))
    assert not Event.objects.filter(act="amend").exists()


def test_broken_off_after_the_deed_it_is_not_done_again(data: Data, visitor: Visitor, open_round: Round) -> None:
    page = looked(visitor, roster=MERGED)
    (action,) = re.findall(r'action="(/amend/[0-9]+/confirm/)"', page.content.decode())
    visitor.press(page, action, why="两乡合并")
    job = jobs.by_number(2)
    assert job is not None
    assert job.outcome is not None
    told = WORK["amend"].do(Task(data, job, lambda done, total: None))
    assert told["to"] == job.outcome["to"]
    assert Event.objects.filter(act="amend").count() == 1


def test_the_notice_is_a_form(visitor: Visitor, data: Data, round_: Round) -> None:
    form = {"is_notice": "1", "once": "2" * 32, "office": "县考核办<b>", "telephone": "0000-1", "way": "书面\n提出"}
    fields = dict(form_of(visitor.open("/amend/"), LOOK).fields)
    page = visitor.post(LOOK, {**fields, **form})
    assert "告知事项" in text_of(page)
    (action,) = re.findall(r'action="(/amend/[0-9]+/confirm/)"', page.content.decode())
    visitor.press(page, action, why="换电话")
    notice = own_notice(data, the_round())
    assert (notice.office, notice.telephone, notice.way) == ("县考核办<b>", "0000-1", "书面\n提出")
    shown = visitor.open("/amend/")
    assert "县考核办<b>" not in shown.content.decode()
    again = visitor.post(LOOK, {**fields, **form, "once": "3" * 32})
    assert "没有要改的" in text_of(again)
    assert "confirm" not in again.content.decode()


def test_a_roster_and_the_notice_are_looked_at_together_by_the_one_button(
    visitor: Visitor, data: Data, round_: Round
) -> None:
    page = visitor.open("/amend/")
    assert [form.action for form in forms_of(page)].count(LOOK) == 1
    found = visitor.press(page, LOOK, files={"roster": [("roster.csv", MERGED.encode())]}, telephone="0000-1")
    assert "退出 XZ-02" in text_of(found)
    assert "换成新的。以后计算、印制的" in text_of(found)
    assert "联系电话：（空） → 0000-1" in text_of(found)
    alone = looked(visitor, roster=MERGED)
    assert "换成新的。以后计算、印制的" not in text_of(alone)
    both = {"notice": [("notice.yaml", b"office: a\n")]}
    refused = visitor.press(visitor.open("/amend/"), LOOK, status=409, files=both, telephone="0000-1")
    assert "R323" in text_of(refused)
    assert dict(form_of(refused, LOOK).fields)["telephone"] == "0000-1"


def test_what_was_typed_beside_a_file_with_errors_is_in_the_form_again(
    visitor: Visitor, data: Data, round_: Round
) -> None:
    bad = {"roster": [("roster.csv", "单位编码,单位名称\nA,\n".encode())]}
    found = visitor.press(visitor.open("/amend/"), LOOK, files=bad, telephone="0000-1")
    assert "有错误，没有修改" in text_of(found)
    (back,) = re.findall(r'href="(/amend/[?]again=[0-9]+)"', found.content.decode())
    assert dict(form_of(visitor.open(back), LOOK).fields)["telephone"] == "0000-1"


def test_what_is_in_use_is_downloaded_and_given_back_changes_nothing(visitor: Visitor, round_: Round) -> None:
    roster = visitor.client.get("/amend/in-use/roster.csv").content
    assert roster.decode("utf-8-sig") == ROSTER
    packed = b"".join(visitor.open("/amend/in-use/tree.zip").streaming_content)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        tree = archive.read("tree/tree.yaml").decode()
    assert tree == TREE
    visitor.open("/amend/in-use/notice.yaml", 404)
    visitor.open("/amend/in-use/other", 404)
    page = looked(visitor, tree=tree, roster=ROSTER)
    assert "没有要改的" in text_of(page)
    again = looked(visitor, roster=roster.decode())
    assert "单位没有变化" in text_of(again)


def test_a_tree_in_several_files_is_read_as_one_and_nothing_at_all_is_refused(visitor: Visitor, round_: Round) -> None:
    head, _, nodes = TREE.partition("nodes:\n")
    files = {"tree": [("tree.yaml", f"{head}parts: [a.yaml]\n".encode()), ("a.yaml", f"nodes:\n{nodes}".encode())]}
    page = visitor.press(visitor.open("/amend/"), LOOK, files=files)
    assert "两个指标体系内容相同" in text_of(page)
    assert "/confirm/" in page.content.decode()
    twice = {"tree": [("tree.yaml", head.encode()), ("tree.yaml", b"nodes: []\n")]}
    assert "T101" in text_of(visitor.press(visitor.open("/amend/"), LOOK, files=twice))
    assert "R311" in text_of(visitor.press(visitor.open("/amend/"), LOOK, status=409))


def test_in_english_no_chinese_but_names_though_it_was_looked_at_in_chinese(
    visitor: Visitor, open_round: Round
) -> None:
    found = looked(visitor, roster=MERGED, tree=FIELD)
    visitor.client.cookies["lawgov-language"] = "en"
    page = visitor.open(found.redirect_chain[-1][0])
    gone = r"<bdi[^>]*>[^<]*</bdi>|<title>.*?</title>|<button[^>]*lang=\"zh-CN\"[^<]*"
    markup = re.sub(gone, "", page.content.decode())
    assert not [text for text in re.findall(r">([^<]+)<", markup) if re.search("[\u3400-\u9fff]", text)]
