"""Documents of a round: what each says, to whom, and what stays a blank; and that they are on record.

Reaches ``documents/facts.py``, ``documents/of_returns.py``, ``documents/of_results.py``,
``documents/of_objections.py``, ``rounds/papers.py``.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from documents_made import ATTACK, LATER, a_copy
from documents_read import lines_of
from objections_made import in_this_process
from round_made import NOW, a_seat, unproved

from lawgov_score.catalogue import Code
from lawgov_score.documents.kinds import Kind
from lawgov_score.documents.making import Made, draft_documents, make_documents
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Event, File, Round, Run, Submission, Unit
from lawgov_score.rounds.names import FileKind, Role, RoundState
from lawgov_score.rounds.store import Store
from lawgov_score.wording import Language


@pytest.fixture(name="data")
def fixture_data(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Data]:
    """A round that has come as far as the test's parameter says."""
    in_this_process(monkeypatch)
    with opened(a_copy(tmp_path, request.param, tmp_path_factory.mktemp("made"))) as open_:
        yield open_


def at(what: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("data", [what], indirect=True)


def drafted(data: Data, kind: Kind, lang: Language = Language.ZH, **named: Any) -> Made:
    return draft_documents(data, the_round(), kind, LATER, lang=lang, **named)


def said(made: Made, name: str) -> list[str]:
    return lines_of(made.files[f"{name}.docx"])


def codes(made: Made) -> list[Code]:
    return [one.code for one in made.problems]


@at("returned")
def test_the_notice(data: Data) -> None:
    made = drafted(data, Kind.NOTICE)
    assert list(made.files) == ["通知.docx", "通知.html"]
    lines = said(made, "通知")
    assert lines[0] == "关于开展2026年度法治政府建设考核\n工作的通知"
    assert "纳入本次考核的单位共3个，名单见附件。" in lines
    assert any(line.startswith("请各被考核单位于____年__月__日前报送") for line in lines)
    assert lines[-4:] == ["序号|单位|单位编码", "1|东乡|XZ-01", "2|西乡|XZ-02", f"3|{ATTACK}|BM-01"]
    assert codes(made) == [Code.R280]
    Round.objects.update(submit_by=LATER)
    again = drafted(data, Kind.NOTICE)
    assert any("于2026年3月4日（星期三）09:30前报送" in line for line in said(again, "通知"))
    assert codes(again) == []
    assert "3 units are assessed; they are listed in the annex." in said(
        drafted(data, Kind.NOTICE, Language.EN), "notice"
    )


@at("returned")
def test_a_letter_of_return_to_each_unit(data: Data) -> None:
    the_round().submissions.filter(unit__code="XZ-02").update(errors=2, blanks=1)
    made = drafted(data, Kind.RETURN)
    assert made.units == ("XZ-02", "BM-01")
    lines = said(made, "XZ-02 西乡 退回函")
    assert lines[2] == "西乡："
    assert "缺少佐证材料。" in lines
    assert "核对发现错误2个、未填1项，已在副本中逐一标注。" in lines
    assert "请于2026年3月6日（星期五）17:30前更正后重新报送。" in lines
    assert lines[-2:] == ["考核办", "2026年3月4日"]
    other = next(name for name in made.files if name.startswith("BM-01") and name.endswith(".docx"))
    assert "核对发现未填 1 项。" in lines_of(made.files[other])
    assert not any("已在副本中" in line for line in lines_of(made.files[other]))
    assert drafted(data, Kind.RETURN, units=["XZ-02"]).units == ("XZ-02",)
    english = said(drafted(data, Kind.RETURN, Language.EN, units=["XZ-02"]), "XZ-02 西乡 letter of return")
    assert "Please send it anew before Friday 2026-03-06, 17:30." in english
    with pytest.raises(RefusedError) as refused:
        drafted(data, Kind.RETURN, units=["XZ-01"])
    assert [one.code for one in refused.value.problems] == [Code.R227]


@at("heard")
def test_a_result_is_told_to_its_unit_alone(data: Data) -> None:
    made = drafted(data, Kind.RESULT)
    assert made.units == ("XZ-01", "XZ-02", "BM-01")
    lines = said(made, "XZ-01 东乡 结果告知书")
    assert "根据《县考核》，现将你单位2026年度法治政府建设考核初评结果告知如下。" in lines
    assert lines[4:6] == ["考核分组|综合得分|位次|等次", "全体组|85.00分|第2位（本组共3个单位）|良好"]
    expected = "如对上述结果有异议，请于2026年3月9日（星期一）17:30前向考核办提出。提出方式：书面（加盖公章）。"
    assert expected in lines
    assert codes(made) == []
    for name, content in made.files.items():
        others = {"西乡", "90.00", "70.00", ATTACK} if "XZ-01" in name else {"东乡", "85.00"}
        text = "\n".join(lines_of(content)) if name.endswith(".docx") else content.decode()
        assert not any(other in text for other in others), name


@at("heard")
def test_a_letter_is_called_a_letter_however_long_the_name_of_its_unit(data: Data) -> None:
    Unit.objects.filter(code="XZ-01").update(name="长" * 90)
    names = list(drafted(data, Kind.RESULT).files)
    assert {name.rpartition(" ")[2] for name in names} == {"结果告知书.docx", "结果告知书.html"}
    assert len(names) == len(set(names)) == 6
    assert all(len(name.encode()) < 255 for name in names)


@at("heard")
def test_many_letters_of_return_ask_no_more_often_than_one(data: Data) -> None:
    Submission.objects.update(state="returned")
    asked = []
    for units in (["XZ-02"], []):
        with CaptureQueriesContext(connection) as queries:
            made = drafted(data, Kind.RETURN, units=units)
        asked.append((len(made.units), len(queries)))
    (one, few), (all_, many) = asked
    assert (one, all_) == (1, 3)
    assert few == many


@at("heard")
def test_of_what_a_run_wrote_only_the_ranking_is_read(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that says how many letters there are is not kept waiting by the cards of all units."""
    read: list[str] = []
    whole = Store.read

    def noted(self: Store, sha256: str) -> bytes:
        read.append(sha256)
        return whole(self, sha256)

    monkeypatch.setattr(Store, "read", noted)
    made = drafted(data, Kind.RESULT)
    run = Run.objects.order_by("-n").first()
    assert run is not None
    names = names_in(data, run.outputs)
    assert len(made.units) == 3
    assert {name for name, sha256 in names.items() if sha256 in read} == {"ranking.csv"}


@at("heard")
def test_what_is_over_or_not_known_is_said_so(data: Data) -> None:
    Round.objects.update(objections_until=NOW)
    over = said(drafted(data, Kind.RESULT, units=["XZ-01"]), "XZ-01 东乡 结果告知书")
    assert "对上述结果的异议期限已于2026年3月2日（星期一）09:30届满。" in over
    assert not [line for line in over if "提出异议应当" in line]
    Round.objects.update(notice=None)
    assert drafted(data, Kind.RESULT).problems[0].values["fields"] == ("考核办", "联系电话", "联系地址")
    Round.objects.update(objections_until=None)
    made = drafted(data, Kind.RESULT)
    lines = said(made, "XZ-01 东乡 结果告知书")
    assert "如对上述结果有异议，请于________前向________提出。提出方式：________。" in lines
    assert "提出异议应当写明涉及的指标、事实和理由，并附相关证明材料。" in lines
    assert codes(made) == [Code.R280]
    assert made.problems[0].values["fields"] == ("考核办", "联系电话", "联系地址", "异议期限", "异议方式")
    assert len(made.problems[0].also) == 2
    english = said(drafted(data, Kind.RESULT, Language.EN), "XZ-01 东乡 notification of result")
    assert "If you object to this result, please do so before ________, to ________. How: ________." in english


@at("heard")
def test_decisions_on_objections(data: Data) -> None:
    made = drafted(data, Kind.DECISION)
    assert made.units == ("XZ-01", "XZ-02", "BM-01")
    first = said(made, "第1号 XZ-01 东乡 异议处理决定书")
    assert first[3:] == [
        "你单位2026年3月2日就“01-1 回复率”提出的异议（第1号）收悉。经复核，现作出如下决定。",
        *("一、异议内容", "漏计十二件。", "请求认定为：97。", "所附证据：https://example.invalid/a。"),
        *("二、处理决定", "异议成立。", "三、事实和理由", "收文登记属实。", "四、对得分的影响"),
        "“01-1 回复率”的得分由85分改为97分。你单位综合得分由85.00分变为97.00分、"
        "位次由第2位变为第1位、等次由“良好”变为“优秀”。"
        "以上按作出决定时的数据测算，以最后公布的结果为准。",
        *("联系单位：考核办；联系电话：0000-1；地址：人民路1号。", "考核办", "2026年3月4日"),
    ]
    second = said(made, "第2号 XZ-02 西乡 异议处理决定书")
    assert "异议不成立。" in second
    assert "“01-1 回复率”的得分不变，仍为90分。" in second
    assert not any("请求认定" in line or "证据" in line for line in second)
    third = lines_of(next(text for name, text in made.files.items() if name.startswith("第3号")))
    assert "异议不予受理。" in third
    assert "逾期提出。" in third
    alone = drafted(data, Kind.DECISION, number=2)
    assert (alone.units, alone.number) == (("XZ-02",), 2)
    assert drafted(data, Kind.DECISION, units=["XZ-01"]).units == ("XZ-01",)
    english = said(drafted(data, Kind.DECISION, Language.EN, number=1), "1 XZ-01 东乡 decision on objection")
    assert "The objection is upheld." in english


@at("heard")
def test_what_has_not_happened_is_written_in_no_document(data: Data) -> None:
    for kind, number in ((Kind.PUBLIC, None), (Kind.RESULT, 1), (Kind.DECISION, 4)):
        with pytest.raises(RefusedError) as refused:
            drafted(data, kind, number=number)
        assert [one.code for one in refused.value.problems] == [Code.R281], kind


@at("returned")
def test_without_results_nothing_is_told(data: Data) -> None:
    for kind in (Kind.RESULT, Kind.PUBLIC, Kind.DECISION):
        with pytest.raises(RefusedError) as refused:
            drafted(data, kind)
        assert [one.code for one in refused.value.problems] == [Code.R281], kind


@at("published")
def test_the_public_notice(data: Data) -> None:
    made = drafted(data, Kind.PUBLIC)
    lines = said(made, "公示")
    assert lines[:3] == [
        "关于2026年度法治政府建设考核结果的公示",
        "〔    〕    号",
        "根据《县考核》，经评审，现将3个单位2026年度法治政府建设考核结果予以公示。",
    ]
    rows = ["位次|单位|综合得分|等次", "1|东乡|97.00|优秀", "2|西乡|90.00|良好", f"3|{ATTACK}|70.00|良好"]
    assert lines[3:7] == rows
    assert lines[7] == "公示期：____年__月__日至____年__月__日。"
    assert codes(made) == [Code.R280]
    assert '<td class="left">&lt;b&gt;教育局&lt;/b&gt;{单位}&amp;</td>' in made.files["公示.html"].decode()
    told = said(drafted(data, Kind.RESULT, units=["XZ-01"]), "XZ-01 东乡 结果告知书")
    assert "全体组|97.00分|第1位（本组共3个单位）|优秀" in told


@at("final")
def test_what_is_not_published_says_so(data: Data) -> None:
    assert said(drafted(data, Kind.PUBLIC), "公示")[2] == "（待公布，以正式公布的结果为准）"


@at("returned")
def test_documents_are_kept_and_on_record_once(data: Data) -> None:
    round_, office = the_round(), seat_of(Role.OFFICE)
    before = Event.objects.count()
    made = make_documents(data, round_, Kind.RETURN, office, LATER)
    same = make_documents(data, round_, Kind.RETURN, office, LATER)
    assert made == same
    event = Event.objects.get(act="document")
    assert Event.objects.count() == before + 1
    after = json.loads(event.body)["after"]
    assert (after["kind"], after["units"], list(after["files"])) == ("return", ["XZ-02", "BM-01"], sorted(made.files))
    for name, sha256 in after["files"].items():
        assert data.store.read(sha256) == made.files[name]
    assert File.objects.filter(kind=FileKind.DOCUMENT.value).count() == len(made.files)
    assert unproved() == []
    drafted(data, Kind.NOTICE)
    assert Event.objects.count() == before + 1


@at("returned")
def test_who_may_and_when(data: Data) -> None:
    round_ = the_round()
    with pytest.raises(RefusedError) as refused:
        make_documents(data, round_, Kind.NOTICE, a_seat(round_, Role.REVIEWER), LATER)
    assert [one.code for one in refused.value.problems] == [Code.R213]
    Round.objects.update(state=RoundState.ARCHIVED.value)
    with pytest.raises(RefusedError) as refused:
        make_documents(data, the_round(), Kind.NOTICE, seat_of(Role.OFFICE), LATER)
    assert [one.code for one in refused.value.problems] == [Code.R235]
