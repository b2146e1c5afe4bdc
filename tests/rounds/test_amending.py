"""Amending tree and roster: what it means is told, answers that mean the same stay, publications stay provable.

Reaches ``cli/commands/round_amend.py``.
"""

import json
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from calls import run
from django.db import connection
from round_books import answered, sent
from round_made import NOW, ROSTER, TREE, FailingDisk
from test_cli import Captured

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.pipeline.plain_folder import computed
from lawgov_score.problems import RefusedError, TextPlace
from lawgov_score.report import render
from lawgov_score.revision.change import Affects, Id
from lawgov_score.rounds.amending import Amendment, UnitChange, amend, look
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.folder import plain_folder
from lawgov_score.rounds.leaves import leave_of
from lawgov_score.rounds.models import Event, Notice, Round, Seat, Unit
from lawgov_score.rounds.names import RoundState, RunKind, SubmissionState
from lawgov_score.rounds.returning import sorted_out, why_by_row
from lawgov_score.rounds.running import inputs_of, make_run, outputs_of
from lawgov_score.rounds.states import move
from lawgov_score.rounds.status import SEND_ANEW, status_of
from lawgov_score.rounds.wording_of_amending import of_unit
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.reader import in_this_process

WORDS = TREE.replace("title: 类", "title: 决策类")
LATE = "          - {code: late, name: 逾期件数, type: count, measured_in: 件}\n"
GOT = "          - {code: got, name: 收到件数, type: count, measured_in: 件}\n"
FIELD = TREE.replace(GOT, LATE + GOT).replace("value: done / got", "value: done / (got + late)")
TYPE = (
    TREE.replace(GOT, "")
    .replace("type: count, measured_in: 件, at_most: got", "type: share")
    .replace("        value: done / got\n        on_zero: not_applicable\n", "")
)


@pytest.fixture
def open_round(data: Data, round_: Round, office: Seat) -> Round:
    """Open for ten days, with two submissions."""
    move(round_, RoundState.OPEN, 1, office, "", NOW, also={"submit_by": NOW + timedelta(days=10)})
    sent(data, round_, "XZ-01", answered("XZ-01", 1, 10))
    sent(data, round_, "XZ-02", answered("XZ-02", 5, 10))
    return round_


def looked(data: Data, folder: Path, *, tree: str = "", roster: str = "") -> Amendment:
    paths: list[Path | None] = [None, None]
    for at, (name, text) in enumerate((("new-tree.yaml", tree), ("new-roster.csv", roster))):
        if text:
            paths[at] = folder / name
            (folder / name).write_text(text, encoding="utf-8")
    found, problems = look(data, the_round(), paths[0], paths[1], in_this_process)
    assert found is not None, problems
    return found


def test_words_alone_leave_every_answer_as_it_is(data: Data, open_round: Round, office: Seat, tmp_path: Path) -> None:
    meant = looked(data, tmp_path, tree=WORDS)
    assert meant.revision is not None
    assert [one.id for one in meant.revision.changes] == ["title"]
    assert (meant.kept, meant.anew, meant.units) == (2, (), ())
    before = computed(plain_folder(data, open_round)).outputs["ranking.csv"]
    event = amend(data, meant, "错字", office, NOW)
    open_round.refresh_from_db()
    said = json.loads(event.body)
    assert (said["reason"], said["after"]["anew"]) == ("错字", [])
    assert said["before"]["tree"] != said["after"]["tree"] == open_round.tree.sha256
    assert plain_folder(data, open_round)["tree/tree.yaml"].decode() == WORDS
    assert computed(plain_folder(data, open_round)).outputs["ranking.csv"] == before
    assert not Notice.objects.filter(act=SEND_ANEW).exists()
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    "words",
    [
        TREE.replace("title: 回复率", "title: 按期回复率"),
        TREE.replace("name: 回复件数", "name: 按期回复件数"),
        TREE.replace("name: 收到件数", "name: 收到件数, note: 不含转办"),
        TREE.replace("        basis: 测试", "        note: 只计本年度\n        basis: 测试"),
    ],
    ids=["title", "name of a field", "note of a field", "note"],
)
def test_a_misprint_that_is_corrected_keeps_every_answer(
    data: Data, open_round: Round, office: Seat, tmp_path: Path, words: str
) -> None:
    meant = looked(data, tmp_path, tree=words)
    assert meant.revision is not None
    assert {one.affects for one in meant.revision.changes} == {Affects.TEXT}
    assert (meant.kept, meant.anew) == (2, ())
    before = computed(plain_folder(data, open_round), only_tables=True).outputs
    amend(data, meant, "错字", office, NOW)
    open_round.refresh_from_db()
    after = computed(plain_folder(data, open_round), only_tables=True).outputs
    assert {name: after[name] == before[name] for name in ("ranking.csv", "figures.csv")} == {
        "ranking.csv": True,
        "figures.csv": True,
    }
    assert not Notice.objects.filter(act=SEND_ANEW).exists()


def test_what_is_counted_otherwise_is_asked_again_and_nothing_else(
    data: Data, open_round: Round, tmp_path: Path
) -> None:
    other = TREE.replace("name: 回复件数, type: count, measured_in: 件", "name: 回复件数, type: count, measured_in: 宗")
    meant = looked(data, tmp_path, tree=other)
    assert meant.revision is not None
    assert {one.id for one in meant.revision.changes} == {Id.FIELD_TYPE}
    assert [[render(one, Language.ZH) for one in each.told] for each in meant.anew] == [
        ["1 题含义未变，照常采用", "含义已变、未予采用的：01-1 回复件数"]
    ] * 2


def test_a_new_question_is_asked_of_those_who_sent(data: Data, open_round: Round, office: Seat, tmp_path: Path) -> None:
    move(open_round.submissions.get(unit__code="XZ-02"), SubmissionState.ACCEPTED, 1, office, "", NOW)
    meant = looked(data, tmp_path, tree=FIELD)
    assert [one.submission.unit.code for one in meant.anew] == ["XZ-01", "XZ-02"]
    amend(data, meant, "漏了一项", office, NOW)
    told = Notice.objects.filter(act=SEND_ANEW)
    assert {(one.unit.code, one.about) for one in told if one.unit} == {
        ("XZ-01", "submission XZ-01/1"),
        ("XZ-02", "submission XZ-02/1"),
    }
    first, second = (open_round.units.get(code=code) for code in ("XZ-01", "XZ-02"))
    assert leave_of(first, NOW) is None  # it may send anyway
    leave = leave_of(second, NOW)  # accepted: only an exception lets it send again
    assert leave is not None
    assert {one.unit: one.due for one in told} == {first: open_round.submit_by, second: leave.until}
    assert looked(data, tmp_path, tree=FIELD.replace("title: 类", "title: 决策类")).anew == ()  # they were told before


def test_what_is_asked_anew_is_lacking_in_the_list_of_units_as_in_the_workbooks(
    data: Data, open_round: Round, office: Seat, tmp_path: Path
) -> None:
    assert _fine_by_rows() == _fine_by_workbooks(data) == ["XZ-01", "XZ-02"]
    amend(data, looked(data, tmp_path, tree=FIELD), "漏了一项", office, NOW)
    assert _fine_by_rows() == _fine_by_workbooks(data) == []
    asked = [one for one in status_of(the_round()).units if one.in_force is not None]
    assert {render(why_by_row(one), Language.ZH) for one in asked} == {"核对发现修改后要补报的项目"}


def test_what_is_asked_no_more_is_lacking_no_more(data: Data, open_round: Round, office: Seat, tmp_path: Path) -> None:
    amend(data, looked(data, tmp_path, tree=FIELD), "漏了一项", office, NOW)
    amend(data, looked(data, tmp_path, tree=FIELD.replace("title: 类", "title: 决策类")), "错字", office, NOW)
    assert _fine_by_rows() == _fine_by_workbooks(data) == []  # the later one asks nothing, and it is still lacking
    amend(data, looked(data, tmp_path, tree=TREE), "不问了", office, NOW)
    assert _fine_by_rows() == _fine_by_workbooks(data) == ["XZ-01", "XZ-02"]


def test_a_round_amended_by_an_earlier_version_goes_by_what_was_told(
    data: Data, open_round: Round, office: Seat, tmp_path: Path
) -> None:
    event = amend(data, looked(data, tmp_path, tree=FIELD), "漏了一项", office, NOW)
    body = json.loads(event.body)
    del body["after"]["lacking"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rounds_event SET body = %s WHERE seq = %s", [json.dumps(body), event.seq])
    assert _fine_by_rows() == _fine_by_workbooks(data) == []


def _fine_by_rows() -> list[str]:
    return [one.unit.code for one in status_of(the_round()).units if one.is_fine]


def _fine_by_workbooks(data: Data) -> list[str]:
    return [one.unit.code for one in sorted_out(data, the_round(), in_this_process).fine]


def test_after_the_deadline_they_are_given_time(data: Data, open_round: Round, office: Seat, tmp_path: Path) -> None:
    move(open_round, RoundState.CLOSED, 2, office, "", NOW)
    meant = looked(data, tmp_path, tree=TYPE)
    assert len(meant.anew) == 2
    amend(data, meant, "题目改了", office, NOW)
    assert all(leave_of(one.submission.unit, NOW) for one in meant.anew)


def test_units_come_go_and_change_and_no_row_is_lost(
    data: Data, open_round: Round, office: Seat, tmp_path: Path
) -> None:
    meant = looked(data, tmp_path, roster="unit,name,type\nXZ-02,西街道,town\nBM-01,教育局,town\nXZ-03,南乡,town\n")
    assert meant.revision is None
    assert [(one.change, one.code, one.sent is not None) for one in meant.units] == [
        (UnitChange.RENAMED, "XZ-02", True),
        (UnitChange.TYPE, "BM-01", False),
        (UnitChange.ADDED, "XZ-03", False),
        (UnitChange.ENDED, "XZ-01", True),
    ]
    amend(data, meant, "两乡合并", office, NOW)
    alive = list(Unit.objects.filter(ended_at=None).order_by("place").values_list("code", "name", "type"))
    assert alive == [("XZ-02", "西街道", "town"), ("BM-01", "教育局", "town"), ("XZ-03", "南乡", "town")]
    assert Unit.objects.get(code="XZ-01").ended_at == NOW
    assert open_round.submissions.count() == 2
    assert "received/XZ-01.xlsx" not in plain_folder(data, the_round())
    back = looked(data, tmp_path, roster=ROSTER)
    assert UnitChange.BACK in {one.change for one in back.units}
    amend(data, back, "合并取消", office, NOW)
    assert "received/XZ-01.xlsx" in plain_folder(data, the_round())
    assert list(broken_links()) == []


def test_what_is_the_same_is_nothing(data: Data, open_round: Round, tmp_path: Path) -> None:
    assert looked(data, tmp_path, tree=TREE, roster=ROSTER).is_nothing


@pytest.mark.parametrize("edit", [("code: county", "code: city"), ("year: 2026", "year: 2027")])
def test_another_scheme_is_no_amendment(
    data: Data, open_round: Round, tmp_path: Path, edit: tuple[str, str], capsys: Captured
) -> None:
    with pytest.raises(RefusedError) as refused:
        looked(data, tmp_path, tree=TREE.replace(*edit))
    assert refused.value.problem.code is Code.R232
    assert run("problem", "R232") == 0
    capsys.readouterr()


def test_a_tree_with_errors_or_a_roster_without_units_changes_nothing(
    data: Data, open_round: Round, tmp_path: Path
) -> None:
    bad = tmp_path / "bad"
    bad.write_text(TREE.replace("points: 2\n        app", "points: 3\n        app"), encoding="utf-8")
    found, problems = look(data, open_round, bad.rename(tmp_path / "bad.yaml"), None, in_this_process)
    assert found is None
    assert Code.D102 in {one.code for one in problems}
    (tmp_path / "none.csv").write_text("unit,name,type\n", encoding="utf-8")
    assert look(data, open_round, None, tmp_path / "none.csv", in_this_process)[0] is None


def test_the_round_must_be_as_it_was_looked_at(data: Data, open_round: Round, office: Seat, tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        amend(data, looked(data, tmp_path, tree=WORDS), " ", office, NOW)
    assert refused.value.problem.code is Code.R233
    before = Event.objects.count()
    came, twice = looked(data, tmp_path, tree=WORDS), looked(data, tmp_path, tree=FIELD)
    amend(data, twice, "一", office, NOW)
    with pytest.raises(RefusedError) as refused:
        amend(data, came, "二", office, NOW)
    assert refused.value.problem.code is Code.R212
    came = looked(data, tmp_path, tree=WORDS)
    sent(data, open_round, "BM-01", answered("BM-01", 5, 10))  # between looking and deciding
    with pytest.raises(RefusedError) as refused:
        amend(data, came, "三", office, NOW)
    assert refused.value.problem.code is Code.R212
    assert Event.objects.count() == before + 1


def test_an_archived_round_is_not_amended(data: Data, open_round: Round, tmp_path: Path) -> None:
    Round.objects.update(state="archived")
    with pytest.raises(RefusedError) as refused:
        looked(data, tmp_path, tree=WORDS)
    assert refused.value.problem.code is Code.R235


def test_a_run_of_before_is_computed_again_from_what_it_read(
    data: Data, open_round: Round, office: Seat, tmp_path: Path
) -> None:
    done = make_run(data, open_round, RunKind.FINAL, office, NOW).run
    assert done is not None
    amend(data, looked(data, tmp_path, tree=TYPE, roster="unit,name,type\nXZ-02,西乡,town\n"), "改", office, NOW)
    assert computed(inputs_of(data, done)).outputs == outputs_of(data, done)


def test_a_disk_that_fails_at_any_step_amends_nothing(
    data: Data, open_round: Round, office: Seat, tmp_path: Path
) -> None:
    meant = looked(data, tmp_path, tree=WORDS, roster=ROSTER.replace("东乡", "东街道"))
    before = (Event.objects.count(), open_round.tree.sha256, Unit.objects.get(code="XZ-01").name)
    at = 1
    while True:
        disk = FailingDisk(at)
        try:
            amend(Data(data.folder, disk), meant, "改", office, NOW)
        except CannotWriteError:
            now = the_round()
            assert (Event.objects.count(), now.tree.sha256, Unit.objects.get(code="XZ-01").name) == before
            at += 1
        else:
            break
    assert at > 4
    assert Event.objects.count() == before[0] + 1
    assert Unit.objects.get(code="XZ-01").name == "东街道"


def test_the_command_tells_first_and_amends_with_a_reason(
    data: Data, open_round: Round, tmp_path: Path, capsys: Captured
) -> None:
    tree, roster = tmp_path / "体系.yaml", tmp_path / "名册.csv"
    tree.write_text(FIELD, encoding="utf-8")
    roster.write_text(ROSTER.replace("BM-01,教育局,bureau\n", "BM-02,民政局,bureau\n"), encoding="utf-8")
    words = ("round", "amend", str(data.folder), "--tree", str(tree), "--roster", str(roster))
    assert run(*words) == 0
    said = capsys.readouterr().out
    assert "本轮现用的体系/tree.yaml" in said
    assert "/tmp" not in said.replace(str(tmp_path), "")
    assert "  新增 BM-02 民政局\n  退出 BM-01 教育局\n" in said
    assert "2 份报送须重报：\n  XZ-01 东乡 第 1 次报送：" in said
    assert "01-1 逾期件数" in said
    assert said.endswith("以上只供查看，还没有修改。确定要改的，加 --why 写明理由。\n")
    assert Event.objects.filter(act="amend").count() == 0
    assert run(*words, "--why", "漏了一项") == 0
    assert capsys.readouterr().out.endswith(
        "已修改。\n须告知这 2 个单位：用新的填报表补报，印制用 lawgov-score round template；通知由考核办发出。\n"
    )
    assert Event.objects.filter(act="amend").count() == 1
    assert run(*words, "--why", "再来") == 0
    assert capsys.readouterr().out == "与现用的相同，没有要改的。\n"
    assert run("round", "amend", str(data.folder)) == 2
    assert run("round", "amend", str(data.folder), "--tree", str(tmp_path / "none"), "--why", "x") == 1
    assert run(*words[:3], "--roster", str(roster), "--why", "x", "--lang", "en") == 0
    assert capsys.readouterr().out == "It is what is in use: nothing to amend.\n"


def test_no_room_for_temporary_files_is_told(
    data: Data, open_round: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(CannotWriteError) as refused:
        look(data, open_round, None, None, in_this_process)
    assert refused.value.problem.place == TextPlace((tmp_path / "nowhere").as_posix())


def test_a_unit_in_another_cohort_or_of_another_type_is_told_by_names_with_what_that_changes(
    data: Data, open_round: Round, tmp_path: Path
) -> None:
    towns, bureaus = (
        "code: towns, name: 乡镇组, unit_types: [town]",
        "code: bureaus, name: 部门组, unit_types: [bureau]",
    )
    cohorts = f"cohorts: [{{{towns}}}, {{{bureaus}}}]"
    two = TREE.replace("cohorts: [{code: all, name: 全体组, unit_types: [town, bureau]}]", cohorts)
    moved = ROSTER.replace("unit,name,type\n", "unit,name,type,cohort\n").replace("bureau\n", "bureau,towns\n")
    moved = moved.replace("town\n", "town,\n")
    said = [
        render(of_unit(one), Language.ZH)
        for one in looked(data, tmp_path, tree=two, roster=moved).units
        if one.code == "BM-01"
    ]
    assert said == [
        "换组 BM-01 教育局：全体组 → 乡镇组；以后在新的组内排位次、占等次名额，两组其他单位的位次和名额随之变动；"
        "适用的指标由单位类型决定，不因换组而变；注意：按指标体系，“部门”类单位不在这一组，请核对"
    ]
    town = ROSTER.replace("XZ-01,东乡,town", "XZ-01,东乡,bureau")
    (one,) = looked(data, tmp_path, roster=town).units
    assert render(of_unit(one), Language.ZH) == (
        "换类型 XZ-01 东乡：乡镇 → 部门；适用的指标相同，分值和计分规则按新的类型"
    )
    (line,) = (
        render(of_unit(one), Language.ZH)
        for one in looked(data, tmp_path, tree=TREE.replace("applies_to: all", "applies_to: [town]"), roster=town).units
    )
    assert line == "换类型 XZ-01 东乡：乡镇 → 部门；不再适用 1 项：01-1 回复率"
