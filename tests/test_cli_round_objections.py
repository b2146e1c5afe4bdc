"""The commands about objections as a clerk calls them: filed, weighed, decided, more time, holidays.

Reaches ``cli/commands/round_object.py``, ``cli/commands/round_decide.py``, ``cli/commands/round_leave.py``,
``cli/commands/round_holiday.py``, ``cli/round_days.py``.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from calls import run
from objections_made import all_sent, come_to, graded_round, in_this_process
from test_cli import Captured

from lawgov_score.rounds import clock
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.models import Decision, Holiday, Leave, Notice, Objection, Round
from lawgov_score.rounds.names import RoundState

NOW = datetime(2026, 5, 11, 1, 30, tzinfo=UTC)  # a Monday, half past nine in the office
FILED = ("--unit", "XZ-01", "--indicator", "01-1", "--claim", "漏计十二件", "--wanted", "97")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The clock of the commands: what stands first."""
    moments = [NOW]
    monkeypatch.setattr(clock, "real_now", lambda: moments[0])
    return moments


@pytest.fixture
def folder(tmp_path: Path, now: list[datetime], monkeypatch: pytest.MonkeyPatch) -> str:
    """A round in 异议 until Friday, half past five."""
    in_this_process(monkeypatch)
    with opened(graded_round(tmp_path)) as data:
        round_ = all_sent(data, tmp_path)
        come_to(round_, RoundState.OBJECTIONS, NOW)
        Round.objects.update(objections_until=datetime(2026, 5, 15, 9, 30, tzinfo=UTC))
    return str(tmp_path / "graded")


def _ok(capsys: Captured, *words: str) -> list[str]:
    assert run("round", *words) == 0
    said, err = capsys.readouterr()
    assert err == ""
    return said.splitlines()


def test_an_objection_is_filed_weighed_and_decided(folder: str, capsys: Captured) -> None:
    assert _ok(capsys, "object", folder)[-1] == "还没有异议。"
    said = _ok(capsys, "object", folder, *FILED)
    assert said[:2] == [
        "已登记第 1 号异议：XZ-01 东乡，01-1，2026年5月11日（星期一）09:30",
        "应于 2026年5月18日（星期一）17:30 前作出决定（5 个工作日）",
    ]
    shown = _ok(capsys, "decide", folder, "1")
    assert shown[0] == "第 1 号异议：XZ-01 东乡，01-1，现为“提出”"
    assert "单位认为应为：97" in shown
    assert shown[-2:] == ["现得分：85", "同一指标以往没有决定。"]
    tried = _ok(capsys, "decide", folder, "1", "--score", "97")
    effect = [
        "XZ-01 东乡：01-1 回复率 85 → 97",
        "  总分 85.00 → 97.00、位次 2 → 1、等次 良好 → 优秀",
        "受影响的其他单位 1 个：",
        "  XZ-02 西乡：位次 1 → 2、等次 优秀 → 良好",
        "全体组“优秀”名额 1 个：现有 1 个，改后 1 个",
    ]
    assert tried[-7:] == ["如改为 97 分：", *effect, "以上为试算，没有作出决定。"]
    with opened(Path(folder)):
        assert not Decision.objects.exists()
    decided = _ok(capsys, "decide", folder, "1", "--outcome", "成立", "--score", "97", "--why", "材料属实")
    assert decided == ["第 1 号异议已决定：成立，记为已告知；决定由考核办送达东乡。", "影响：", *effect]
    listed = _ok(capsys, "object", folder)
    assert listed[0] == "提出异议的期限：2026年5月15日（星期五）17:30"
    cells = ("1", "XZ-01", "东乡", "01-1", "告知", "05-11", "09:30", "05-18", "17:30", "成立", "漏计十二件")
    assert tuple(listed[-1].split()) == cells


def test_precedents_stand_beside_the_next_objection(folder: str, capsys: Captured) -> None:
    _ok(capsys, "object", folder, *FILED)
    _ok(capsys, "decide", folder, "1", "--outcome", "rejected", "--why", "材料不足")
    _ok(capsys, "object", folder, "--unit", "西乡", "--indicator", "01-1", "--claim", "少计一件")
    assert _ok(capsys, "decide", folder, "2")[-2:] == [
        "同一指标以往的决定：",
        "  2026 年第 1 号异议（东乡）：不成立；材料不足（2026-05-11）",
    ]


def test_a_decision_is_replaced_only_where_that_is_said(folder: str, capsys: Captured) -> None:
    _ok(capsys, "object", folder, *FILED)
    decide = ("decide", folder, "1", "--outcome")
    _ok(capsys, *decide, "rejected", "--why", "材料不足")
    assert run("round", *decide, "rejected", "--why", "材料不足") == 2
    assert "R259" in capsys.readouterr().err
    said = _ok(capsys, *decide, "partly_upheld", "--no-score", "--why", "登记另行更正", "--again")
    assert said == [
        "第 1 号异议已决定：部分成立，记为已告知；决定由考核办送达东乡。",
        "已另作决定，代替 2026年5月11日（星期一）09:30的决定（不成立）。",
        "不改分，各单位的总分、位次和等次都不变。",
    ]
    shown = _ok(capsys, "decide", folder, "1")
    assert "2026年5月11日（星期一）09:30 决定：不成立；材料不足（已由以后的决定代替）" in shown
    assert "2026年5月11日（星期一）09:30 决定：部分成立；登记另行更正" in shown


def test_a_unit_loses_points_by_its_own_objection_only_where_that_is_confirmed(folder: str, capsys: Captured) -> None:
    _ok(capsys, "object", folder, *FILED)
    assert "注意：改后 70 分，低于没有这件异议时的 85 分" in "".join(
        _ok(capsys, "decide", folder, "1", "--score", "70")
    )
    decide = ("decide", folder, "1", "--outcome", "部分成立", "--score", "70", "--why", "只认六件")
    assert run("round", *decide) == 2
    assert "R322" in capsys.readouterr().err
    assert _ok(capsys, *decide, "--lower")[0].startswith("第 1 号异议已决定：部分成立")


def test_a_withdrawn_one_is_over(folder: str, capsys: Captured) -> None:
    _ok(capsys, "object", folder, *FILED)
    said = _ok(capsys, "object", folder, *FILED[:-1], "少计一件")
    assert any("该单位对同一指标另有第 1 号异议" in line for line in said)
    withdraw = ("decide", folder, "1", "--step", "撤回", "--why", "书面撤回")
    assert _ok(capsys, *withdraw) == ["第 1 号异议：撤回"]
    assert "单位已撤回，不再办理（2026年5月11日（星期一）09:30记下：书面撤回）" in _ok(capsys, "decide", folder, "1")
    assert _ok(capsys, "object", folder)[-2].split()[4] == "撤回"
    _ok(capsys, "decide", folder, "2", "--step", "不受理", "--why", "不属异议范围")
    assert _ok(capsys, "object", folder)[-1].split()[4] == "不受理"


def test_single_steps(folder: str, capsys: Captured) -> None:
    _ok(capsys, "object", folder, *FILED)
    assert _ok(capsys, "decide", folder, "1", "--step", "交办") == ["第 1 号异议：受理、交办"]
    assert run("round", "decide", folder, "1", "--step", "公布") == 2
    assert "不能只办“公布”" in capsys.readouterr().err
    assert run("round", "decide", folder, "1", "--step", "拟办", "--outcome", "成立") == 2
    assert "只能写一个" in capsys.readouterr().err
    assert run("round", "decide", folder, "1", "--outcome", "同意", "--why", "x") == 2
    assert "成立（upheld）" in capsys.readouterr().err


def test_a_unit_is_told_after_the_decision_with_its_day(folder: str, now: list[datetime], capsys: Captured) -> None:
    _ok(capsys, "object", folder, *FILED)
    assert run("round", "decide", folder, "1", "--told", "2026-05-11", "--how", "邮寄") == 2
    assert "R211" in capsys.readouterr().err
    said = _ok(capsys, "decide", folder, "1", "--outcome", "不成立", "--why", "材料不足", "--not-told")
    assert said[0] == "第 1 号异议已决定：不成立，还没有告知东乡。"
    assert said[-1].startswith("下一步：送达决定以后 lawgov-score round decide ")
    assert "还没有告知单位" in _ok(capsys, "decide", folder, "1")
    assert any("1 件异议已有结果，待告知单位" in line for line in _ok(capsys, "status", folder))
    now[0] = NOW + timedelta(days=2)
    assert run("round", "decide", folder, "1", "--told", "5月10日", "--how", "邮寄") == 2
    err = capsys.readouterr().err
    assert "R317" in err
    assert "2026-05-11 至 2026-05-13" in err
    told = ("decide", folder, "1", "--told", "5月12日", "--how", "李某送达，单位签收")
    assert _ok(capsys, *told) == ["第 1 号异议：2026年5月12日告知：李某送达，单位签收"]
    assert _ok(capsys, *told) == ["第 1 号异议此前已这样记下，没有再登记。"]
    assert "2026年5月12日告知：李某送达，单位签收" in _ok(capsys, "decide", folder, "1")
    assert _ok(capsys, "object", folder)[-1].split()[4] == "告知"
    with opened(Path(folder)):
        assert Notice.objects.filter(unit__code="XZ-01", act="decided>notified").count() == 1


def test_what_is_not_admitted_is_told_later_too(folder: str, capsys: Captured) -> None:
    _ok(capsys, "object", folder, *FILED)
    refuse = ("decide", folder, "1", "--step", "不受理", "--why", "不属异议范围")
    assert _ok(capsys, *refuse, "--not-told")[0] == "第 1 号异议：不受理"
    told = _ok(capsys, "decide", folder, "1", "--told", "2026-05-11", "--how", "邮寄", "--lang", "en")
    assert told == ["Recorded of objection 1. Told on 2026-05-11: 邮寄"]


@pytest.mark.parametrize(
    "words",
    [
        ("--told", "2026-05-11"),
        ("--how", "邮寄"),
        ("--told", "2026-05-11", "--how", "邮寄", "--outcome", "rejected"),
        ("--told", "2026-05-11", "--how", "邮寄", "--not-told"),
        ("--told", "2026-05-11", "--how", "邮寄", "--try"),
        ("--told", "2026-05-11", "--how", "邮寄", "--why", "超期"),
        ("--told", "2026-05-11", "--how", "邮寄", "--again"),
        ("--told", "2026-05-11", "--how", "邮寄", "--no-score"),
        ("--not-told",),
        ("--not-told", "--step", "assigned"),
    ],
)
def test_telling_goes_with_nothing_else(folder: str, words: tuple[str, ...], capsys: Captured) -> None:
    _ok(capsys, "object", folder, *FILED)
    assert run("round", "decide", folder, "1", *words) == 2
    assert re.search("--told|--not-told", capsys.readouterr().err)
    with opened(Path(folder)):
        assert Objection.objects.get().state == "filed"


def test_a_kind_of_the_register_can_be_objected_to_and_gets_no_score(folder: str, capsys: Captured) -> None:
    _ok(capsys, "object", folder, "--unit", "XZ-01", "--indicator", "K1", "--claim", "通报对象不是本乡")
    assert run("round", "decide", folder, "1", "--outcome", "upheld", "--score", "2", "--why", "x") == 2
    assert "加减分登记" in capsys.readouterr().err
    _ok(capsys, "decide", folder, "1", "--outcome", "upheld", "--no-score", "--why", "登记已更正")


def test_after_the_hour_with_a_reason_or_more_time(folder: str, now: list[datetime], capsys: Captured) -> None:
    now[0] = NOW + timedelta(days=4, hours=9)
    assert run("round", "object", folder, *FILED) == 2
    err = capsys.readouterr().err
    assert "R250" in err
    assert "2026年5月15日（星期五）17:30" in err
    assert _ok(capsys, "leave", folder) == ["没有延期。"]
    said = _ok(capsys, "leave", folder, "--unit", "东乡", "--until", "2026-05-18", "--why", "断网")
    assert said == ["XZ-01 东乡 延期到2026年5月18日（星期一）17:30：断网"]
    assert _ok(capsys, "object", folder, *FILED)[0].endswith("（逾期，按例外登记）")
    now[0] += timedelta(days=10)
    assert _ok(capsys, "leave", folder) == ["XZ-01 东乡 延期到2026年5月18日（星期一）17:30：断网（已过）"]
    with opened(Path(folder)):
        assert Objection.objects.get().late
        assert Leave.objects.get().until == datetime(2026, 5, 18, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("object", "{}", "--unit", "XZ-01"), "--indicator、--claim"),
        (("leave", "{}", "--unit", "XZ-01"), "--until、--why"),
        (("leave", "{}", "--unit", "XZ-01", "--until", "明天", "--why", "x"), "“明天”不是日期"),
        (("leave", "{}", "--unit", "XZ-01", "--until", "2026-05-11 09:30", "--why", "x"), "已经过去"),
        (("leave", "{}", "--unit", "XZ-99", "--until", "2026-05-20 12:00", "--why", "x"), "R251"),
        (("holiday", "{}", "2027-02-06"), "--off"),
        (("holiday", "{}", "--work"), "要写日期"),
        (("holiday", "{}", "2027-02-30", "--work"), "“2027-02-30”不是日期"),
        (("holiday", "{}", "2027-02-06..2027-02-01", "--work"), "不是日期"),
        (("decide", "{}", "1", "--step", "refused", "--why", "不属异议范围", "--try"), "--try"),
        (("decide", "{}", "0"), "N"),
        (("decide", "{}", "3"), "R253"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_done(
    folder: str, words: tuple[str, ...], expected: str, capsys: Captured
) -> None:
    assert run("round", *(word.format(folder) for word in words)) == 2
    assert expected in capsys.readouterr().err
    with opened(Path(folder)):
        assert not Leave.objects.exists()
        assert not Objection.objects.exists()
        assert not Holiday.objects.filter(day__year=2027).exists()


def test_the_table_of_holidays_is_listed_and_edited(folder: str, now: list[datetime], capsys: Captured) -> None:
    listed = _ok(capsys, "holiday", folder)
    assert "2026-02-15 至 2026-02-23：放假（春节）" in listed
    assert "2026-02-28：上班（春节）" in listed
    assert listed[-1] == "2027 年的放假安排还没有录入齐全，推算期限时只除去周末和已录入的日子"
    said = _ok(capsys, "holiday", folder, "2027-02-06..2027-02-12", "2027-01-01", "--off", "春节", "--why", "国办通知")
    assert said[:2] == ["2027-01-01：放假（春节）", "2027-02-06 至 2027-02-12：放假（春节）"]
    assert said[2] == listed[-1]  # a part of a year is not the year
    assert _ok(capsys, "holiday", folder, "2027-02-14", "--work")[0] == "2027-02-14：上班"
    assert _ok(capsys, "holiday", folder, "2027-01-01", "--clear")[0] == "2027-01-01：平日"
    with opened(Path(folder)):
        assert Holiday.objects.filter(day__year=2027).count() == 8


def test_a_deadline_in_a_year_without_a_table_says_so(folder: str, now: list[datetime], capsys: Captured) -> None:
    now[0] = datetime(2027, 3, 1, 1, 30, tzinfo=UTC)
    said = _ok(capsys, "object", folder, *FILED, "--exception", "来函迟到")
    assert "2027 年的放假安排还没有录入" in said[2]


def test_english(folder: str, capsys: Captured) -> None:
    _ok(capsys, "object", folder, *FILED)
    said = _ok(capsys, "decide", folder, "1", "--outcome", "upheld", "--score", "97", "--why", "shown", "--lang", "en")
    assert said[0] == "Decided objection 1: upheld; recorded as told: the office sends the decision to 东乡."
    assert said[2:4] == [
        "XZ-01 东乡: 01-1 回复率 85 → 97",
        "  total 85.00 → 97.00, place 2 → 1, grade 良好 → 优秀",
    ]
    with opened(Path(folder)):
        assert the_round().objections.count() == 1
        assert Notice.objects.filter(unit__code="XZ-01", act="decided>notified").count() == 1
