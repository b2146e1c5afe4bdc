"""Effect before decision: what is shown is the difference of `score` before and after, of the unit and of others.

Reaches ``rounds/scheme.py``, ``pipeline/plain_folder.py``, ``pipeline/weighing.py``,
``pipeline/templates.py``, ``workbook/office/template.py``.
"""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from calls import run
from objections_made import GRADED, all_sent, come_to, graded_round, in_this_process
from round_made import NOW, a_seat, unproved

from lawgov_score import model as engine
from lawgov_score.catalogue import Code
from lawgov_score.pipeline import changes_workbook
from lawgov_score.pipeline import plain_folder as plain
from lawgov_score.pipeline.plain_folder import computed, write_plain
from lawgov_score.problems import CellPlace, RefusedError
from lawgov_score.report import render
from lawgov_score.rounds import weighing
from lawgov_score.rounds.amending import amend, look
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.deciding import decide
from lawgov_score.rounds.effect import Effect, Quota, effect_from, effect_json, effect_told
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.exporting import export_round
from lawgov_score.rounds.fitting import doubts
from lawgov_score.rounds.folder import DECISIONS, plain_folder
from lawgov_score.rounds.given_books import Given, read_given
from lawgov_score.rounds.importing import import_round
from lawgov_score.rounds.models import Change, Decision, Event, Objection, OfficeBook, Round, Seat
from lawgov_score.rounds.names import ObjectionState, Outcome, Role, RoundState, RunKind
from lawgov_score.rounds.objecting import object_to, objection_of, take_step
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.rounds.weighing import weigh
from lawgov_score.rounds.wording_of_objections import weighed_told
from lawgov_score.wording import Language
from lawgov_score.workbook.submission import reader

REVIEW = "复核改分.xlsx"
RULE = "rule: {kind: tiers, tiers: [{at_least: 90%, score: 100}, {at_least: 60%, score: 60}], otherwise: 0}"
Results = dict[str, tuple[str, str, str]]  # unit -> total, place, grade


@pytest.fixture
def graded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Data, Round]]:
    """A round in 异议, with an objection of XZ-01, who has 85 points and 良好 because XZ-02 has 90 and the one 优秀."""
    in_this_process(monkeypatch)
    with opened(graded_round(tmp_path)) as data:
        round_ = all_sent(data, tmp_path)
        come_to(round_, RoundState.OBJECTIONS)
        object_to(data, round_, "XZ-01", "01-1", "漏计十二件", seat_of(Role.OFFICE), NOW, wanted="97")
        yield data, round_


def _scored(data: Data, round_: Round, folder: Path) -> tuple[Results, dict[str, float]]:
    """What `score` makes of the plain folder: places and grades, and scores at the indicator."""
    write_plain(plain_folder(data, round_), folder / "given")
    office = folder / "given" / "office"
    assessor = ("--assessor", str(office)) if office.exists() else ()
    given = (folder / "given" / "tree", folder / "given" / "received", "--roster", folder / "given" / "roster.csv")
    assert run("score", *map(str, given), *assessor, "--csv", str(folder / "out")) == 0
    with (folder / "out" / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        results = {row["unit"]: (row["score"], row["rank"], row["grade"]) for row in csv.DictReader(file)}
    with (folder / "out" / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        scores = {row["unit"]: float(row["score"]) for row in csv.DictReader(file) if row["code"] == "01-1"}
    return results, scores


def _said(effect: Effect) -> tuple[Results, Results]:
    moved = (effect.own, *effect.others)
    return (
        {one.unit: (one.old.score, one.old.rank, one.old.grade) for one in moved},
        {one.unit: (one.new.score, one.new.rank, one.new.grade) for one in moved},
    )


def _effect(data: Data, round_: Round, n: int, score: float | None) -> Effect:
    effect = weigh(data, round_, n, score, seat_of(Role.OFFICE), NOW).effect
    assert effect is not None
    return effect


@pytest.mark.parametrize("score", [97.0, 60.5])
def test_the_effect_shown_is_the_difference_of_score_before_and_after(
    graded: tuple[Data, Round], tmp_path: Path, score: float
) -> None:
    data, round_ = graded
    before, scores_before = _scored(data, round_, tmp_path / "before")
    decided = partial(decide, data, round_, 1, Outcome.UPHELD, "材料属实", seat_of(Role.OFFICE), NOW)
    effect = decided(score=score, is_lower=score < 85).weighed.effect
    assert effect is not None
    after, scores_after = _scored(data, round_, tmp_path / "after")
    old, new = _said(effect)
    moved = {unit for unit in before if before[unit] != after[unit]} | {"XZ-01"}
    assert old == {unit: before[unit] for unit in moved}
    assert new == {unit: after[unit] for unit in moved}
    assert (effect.old, effect.new) == (scores_before["XZ-01"], scores_after["XZ-01"]) == (85.0, score)
    assert effect.problems == ()


def test_who_gains_the_one_place_of_a_quota_takes_it_from_another(graded: tuple[Data, Round]) -> None:
    effect = _effect(*graded, 1, 97.0)
    assert effect.own.old.grade == "良好"
    assert effect.own.new.grade == "优秀"
    assert [(one.unit, one.old.grade, one.new.grade) for one in effect.others] == [("XZ-02", "优秀", "良好")]
    assert effect.quotas == (Quota("全体组", "优秀", 1, 1, 1),)
    assert [render(line, Language.ZH) for line in effect_told(effect)] == [
        "XZ-01 东乡：01-1 回复率 85 → 97",
        "  总分 85.00 → 97.00、位次 2 → 1、等次 良好 → 优秀",
        "受影响的其他单位 1 个：",
        "  XZ-02 西乡：位次 1 → 2、等次 优秀 → 良好",
        "全体组“优秀”名额 1 个：现有 1 个，改后 1 个",
    ]


def test_what_changes_nobody_else_is_said_to(graded: tuple[Data, Round]) -> None:
    told = [render(line, Language.ZH) for line in effect_told(_effect(*graded, 1, 86.0))]
    assert told[1:3] == ["  总分 85.00 → 86.00", "其他单位的总分、位次和等次都不变。"]


def test_only_who_decides_may_weigh(graded: tuple[Data, Round], monkeypatch: pytest.MonkeyPatch) -> None:
    """It shows places and grades of others; nothing is computed for anybody else."""
    data, round_ = graded
    monkeypatch.setattr(weighing, "weighed", lambda *_: pytest.fail("was computed"))
    head = a_seat(round_, Role.HEAD, round_.units.get(code="XZ-01"))
    for seat in (head, seat_of(Role.LEADER), a_seat(round_, Role.AUDIT)):
        with pytest.raises(RefusedError) as refused:
            weigh(data, round_, 1, 97.0, seat, NOW)
        assert refused.value.problem.code is Code.R213
    office = seat_of(Role.OFFICE)
    Seat.objects.filter(pk=office.pk).update(ended_at=NOW)
    with pytest.raises(RefusedError) as ended:
        weigh(data, round_, 1, 97.0, office, NOW)
    assert ended.value.problem.code is Code.R213


def test_to_weigh_keeps_nothing(graded: tuple[Data, Round]) -> None:
    data, round_ = graded
    events, files = Event.objects.count(), plain_folder(data, round_)
    weigh(data, round_, 1, 97.0, seat_of(Role.OFFICE), NOW)
    assert Event.objects.count() == events
    assert plain_folder(data, round_) == files


def test_the_effect_is_kept_with_the_decision_and_reads_the_same(graded: tuple[Data, Round]) -> None:
    made = decide(*graded, 1, Outcome.UPHELD, "材料属实", seat_of(Role.OFFICE), NOW, score=97.0)
    kept = Decision.objects.get().effect
    assert effect_from(kept) == made.weighed.effect
    assert json.loads(json.dumps(effect_json(effect_from(kept)))) == kept


def test_a_rejected_objection_changes_no_file(graded: tuple[Data, Round]) -> None:
    data, round_ = graded
    files = plain_folder(data, round_)
    made = decide(data, round_, 1, Outcome.REJECTED, "材料不足", seat_of(Role.OFFICE), NOW)
    assert (made.decision.old, made.decision.new) == (85.0, None)
    assert made.decision.effect == {}
    assert plain_folder(data, round_) == files


def test_a_later_decision_replaces_the_change_and_its_own_effect_is_shown(
    graded: tuple[Data, Round], tmp_path: Path
) -> None:
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    first = decide(data, round_, 1, Outcome.UPHELD, "材料属实", office, NOW, score=97.0).decision
    before, _ = _scored(data, round_, tmp_path / "before")
    later = NOW + timedelta(days=1)
    second = decide(data, round_, 1, Outcome.PARTLY_UPHELD, "只认六件", office, later, score=91.0, is_again=True)
    after, scores = _scored(data, round_, tmp_path / "after")
    assert second.decision.replaces == first
    assert scores["XZ-01"] == 91.0
    assert second.weighed.effect is not None
    old, new = _said(second.weighed.effect)
    assert (old, new) == ({"XZ-01": before["XZ-01"]}, {"XZ-01": after["XZ-01"]})
    assert [row.old for row in Change.objects.order_by("pk")] == [
        85.0,
        85.0,
    ]  # the engine's own
    assert [book.n for book in OfficeBook.objects.order_by("n")] == [1, 2]
    assert Decision.objects.count() == 2


def test_a_change_that_is_taken_back_leaves_the_score_of_the_engine(graded: tuple[Data, Round], tmp_path: Path) -> None:
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    before, _ = _scored(data, round_, tmp_path / "before")
    decide(data, round_, 1, Outcome.UPHELD, "材料属实", office, NOW, score=97.0)
    made = decide(data, round_, 1, Outcome.REJECTED, "材料是伪造的", office, NOW, is_again=True)
    after, scores = _scored(data, round_, tmp_path / "after")
    assert after == before
    assert scores["XZ-01"] == 85.0
    assert made.weighed.effect is not None
    assert (made.weighed.effect.old, made.weighed.effect.new) == (97.0, 85.0)


def test_two_objections_to_one_score_end_in_the_last_that_was_decided(graded: tuple[Data, Round]) -> None:
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    object_to(data, round_, "XZ-01", "01-1", "还漏计两件", office, NOW)
    decide(data, round_, 1, Outcome.UPHELD, "材料属实", office, NOW, score=97.0)
    decide(data, round_, 2, Outcome.UPHELD, "材料属实", office, NOW, score=99.0)
    assert _scores(data, round_) == 99.0
    decide(data, round_, 2, Outcome.REJECTED, "重复计算", office, NOW, is_again=True)
    assert _scores(data, round_) == 97.0


def _scores(data: Data, round_: Round) -> float:
    done = computed(plain_folder(data, round_), only_tables=True)
    rows = csv.DictReader(done.outputs["scores.csv"].decode("utf-8-sig").splitlines())
    (score,) = (float(row["score"]) for row in rows if (row["unit"], row["code"]) == ("XZ-01", "01-1"))
    return score


def _reviewed(data: Data, round_: Round, score: float) -> None:
    """The office has changed the score on review, in a workbook of its own."""
    scheme = scheme_of(data, round_)
    day = 46080.0  # after the day of any decision here: that does not matter
    change = engine.Change("XZ-01", "01-1", 85.0, score, "复核多计三件", "王五", day, CellPlace(""))
    content = changes_workbook(scheme.tree, scheme.units, [change])
    entered, problems = enter(data, round_, {REVIEW: Given(REVIEW, content)}, seat_of(Role.OFFICE), NOW)
    assert (len(entered), problems) == (1, ())


def _reason(data: Data, round_: Round) -> str:
    done = computed(plain_folder(data, round_), only_tables=True)
    assert not [one for one in done.problems if one["code"] in {"A208", "R114"}]
    rows = csv.DictReader(done.outputs["scores.csv"].decode("utf-8-sig").splitlines())
    (reason,) = (row["reason"] for row in rows if (row["unit"], row["code"]) == ("XZ-01", "01-1"))
    return reason


def test_a_decision_is_later_than_what_the_office_changed_on_review(graded: tuple[Data, Round], tmp_path: Path) -> None:
    """The usual objection. Both workbooks stay as they are; the score before the decision is what the review left."""
    data, round_ = graded
    _reviewed(data, round_, 88.0)
    before = plain_folder(data, round_)
    made = decide(data, round_, 1, Outcome.UPHELD, "材料属实", seat_of(Role.OFFICE), NOW, score=97.0)
    effect = made.weighed.effect
    assert effect is not None
    assert (effect.old, effect.new, effect.problems) == (88.0, 97.0, ())
    assert (made.decision.old, Change.objects.exclude(objection=None).get().old) == (88.0, 88.0)
    assert Change.objects.count() == 2
    after = plain_folder(data, round_)
    assert {name for name in after if after[name] != before.get(name)} == {f"office/{DECISIONS}"}
    reason = _reason(data, round_)
    assert reason.startswith("异议决定改分：原得 88 分，改为得 97 分（第 1 号异议决定（成立）：材料属实；")
    assert "此前复核改分：原得 85 分，改为得 88 分（复核多计三件；" in reason
    done = computed(plain_folder(data, round_))
    export_round(data, round_, tmp_path / "exported")
    given = tmp_path / "exported"
    assert run("score", *[str(given / name) for name in ("tree", "received")], "--roster", str(given / "roster.csv"),
               "--assessor", str(given / "office"), "-o", str(tmp_path / "out.xlsx")) == 0  # fmt: skip
    assert (tmp_path / "out.xlsx").read_bytes() == done.outputs["scorecard.xlsx"]
    card = done.outputs["html/office/unit-XZ-01.html"].decode()
    assert "异议决定改分" in card
    assert "异议改分" in card


def test_decisions_on_one_score_follow_one_another(graded: tuple[Data, Round]) -> None:
    """A second objection after the first decision: the first left its score before, until it is taken back."""
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    _reviewed(data, round_, 88.0)
    decide(data, round_, 1, Outcome.UPHELD, "材料属实", office, NOW, score=97.0)
    object_to(data, round_, "XZ-01", "01-1", "还漏计两件", office, NOW)
    second = decide(data, round_, 2, Outcome.UPHELD, "补了材料", office, NOW - timedelta(days=3), score=99.0)
    assert (second.decision.old, Change.objects.order_by("pk").last().old) == (97.0, 97.0)  # type: ignore[union-attr]
    told = _reason(data, round_)  # though the clock was set back meanwhile
    parts = ("原得 97 分，改为得 99 分（第 2 号", "原得 88 分，改为得 97 分（第 1 号", "原得 85 分，改为得 88 分（复核")
    assert [told.index(part) for part in parts] == sorted(told.index(part) for part in parts)
    decide(data, round_, 1, Outcome.REJECTED, "材料是伪造的", office, NOW, is_again=True)
    told = _reason(data, round_)
    assert "原得 88 分，改为得 99 分（第 2 号" in told
    assert "第 1 号" not in told
    decide(data, round_, 2, Outcome.REJECTED, "材料是伪造的", office, NOW, is_again=True)
    assert _reason(data, round_).startswith("复核改分：原得 85 分，改为得 88 分（复核")
    assert list(broken_links()) == []


def test_one_child_weighs_and_none_where_the_last_run_read_the_same(
    graded: tuple[Data, Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    children, in_a_child = [], plain.in_a_child

    def counted(work: Callable[[None], bytes]) -> dict[str, object]:
        children.append(work)
        return in_a_child(work)

    monkeypatch.setattr(plain, "in_a_child", counted)
    weigh(data, round_, 1, 97.0, seat_of(Role.OFFICE), NOW)
    assert len(children) == 1
    decide(data, round_, 1, Outcome.UPHELD, "材料属实", office, NOW, score=97.0)
    assert len(children) == 2
    weigh(
        data, round_, 1, 91.0, seat_of(Role.OFFICE), NOW
    )  # what it replaces is left out, and that takes no child of its own
    assert len(children) == 3
    make_run(data, round_, RunKind.TRIAL, office, NOW)
    assert weigh(data, round_, 1, 97.0, seat_of(Role.OFFICE), NOW).stands == 97.0
    made = len(children)
    object_to(data, round_, "XZ-02", "01-1", "漏计一件", office, NOW)
    assert weigh(data, round_, 2, None, seat_of(Role.OFFICE), NOW).stands == 90.0
    assert len(children) == made
    _reviewed(data, round_, 88.0)  # now the last run read something else
    assert weigh(data, round_, 2, None, seat_of(Role.OFFICE), NOW).stands == 90.0
    assert len(children) == made + 1


def test_a_score_that_the_rule_cannot_give_is_said_to_be_none(graded: tuple[Data, Round], tmp_path: Path) -> None:
    """Within the points the office may decide it all the same; what the unit wants may lie beyond them."""
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    (objection,) = round_.objections.all()

    def told(of: Objection, score: float | None = None) -> list[str]:
        return [render(one, Language.ZH) for one in doubts(data, the_round(), of, score)]

    assert told(objection, 97.0) == []  # a share may come to anything
    beyond = object_to(data, round_, "XZ-01", "01-1", "全算", office, NOW, wanted="120分").objection
    assert ["超出该项的得分范围（0 到 100）" in one for one in told(beyond)] == [True]
    in_words = object_to(data, round_, "XZ-01", "01-1", "另算", office, NOW, wanted="更正").objection
    assert told(in_words) == []
    tree = tmp_path / "tiers.yaml"
    text = GRADED.replace("rule: {kind: proportional}", RULE)
    assert text != GRADED
    tree.write_text(text, encoding="utf-8")
    meant, problems = look(data, round_, tree, None, reader.in_this_process)
    assert meant is not None, problems
    amend(data, meant, "改为分档", office, NOW)
    assert ["只有 0、60、100 各档" in one for one in told(objection, 12.0)] == [True, True]  # 97 is wanted
    assert len(told(objection, 60.0)) == 1


@pytest.mark.parametrize("score", [-1.0, 100.5, float("nan"), float("inf")])
def test_a_score_is_within_the_range_of_its_indicator(graded: tuple[Data, Round], score: float) -> None:
    with pytest.raises(RefusedError) as refused:
        weigh(*graded, 1, score, seat_of(Role.OFFICE), NOW)
    assert refused.value.problem.code is Code.R256


def test_the_workbook_of_decisions_is_the_same_for_the_same_decisions(graded: tuple[Data, Round]) -> None:
    data, round_ = graded
    assert (
        weigh(data, round_, 1, 97.0, seat_of(Role.OFFICE), NOW).book
        == weigh(data, round_, 1, 97.0, seat_of(Role.OFFICE), NOW).book
    )
    decide(data, round_, 1, Outcome.UPHELD, "=材料属实", seat_of(Role.OFFICE), NOW, score=97.0)
    assert plain_folder(data, round_)[f"office/{DECISIONS}"].startswith(b"PK")
    assert _scores(data, round_) == 97.0


def test_nobody_enters_a_workbook_under_the_name_of_the_decisions(tmp_path: Path) -> None:
    for name in (DECISIONS, "Decisions.XLSX"):
        with pytest.raises(RefusedError) as refused:
            read_given([tmp_path / name])
        assert refused.value.problem.code is Code.R236


def test_a_decided_round_goes_to_another_machine_with_its_decisions(graded: tuple[Data, Round], tmp_path: Path) -> None:
    data, round_ = graded
    decide(data, round_, 1, Outcome.UPHELD, "材料属实", seat_of(Role.OFFICE), NOW, score=97.0)
    export_round(data, round_, tmp_path / "exported")
    import_round(tmp_path / "exported", tmp_path / "there", now=NOW)
    with opened(tmp_path / "there") as other:
        assert effect_from(Decision.objects.get().effect).new == 97.0
        made = decide(other, the_round(), 1, Outcome.REJECTED, "材料是伪造的", seat_of(Role.OFFICE), NOW, is_again=True)
        assert made.decision.replaces is not None
        assert _scores(other, the_round()) == 85.0


def test_a_withdrawn_objection_goes_to_another_machine_and_is_proved(
    graded: tuple[Data, Round], tmp_path: Path
) -> None:
    data, round_ = graded
    one = objection_of(round_, 1)
    take_step(one, ObjectionState.WITHDRAWN, one.version, seat_of(Role.OFFICE), "书面撤回", NOW)
    export_round(data, round_, tmp_path / "exported")
    import_round(tmp_path / "exported", tmp_path / "there", now=NOW)
    with opened(tmp_path / "there"):
        assert Objection.objects.get().state == ObjectionState.WITHDRAWN
        assert not [name for name in unproved() if name.startswith("objection")]


def test_a_unit_loses_points_by_its_own_objection_only_where_that_is_confirmed(graded: tuple[Data, Round]) -> None:
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    object_to(data, round_, "XZ-01", "01-1", "又漏计一件", office, NOW)
    decide(data, round_, 1, Outcome.UPHELD, "材料属实", office, NOW, score=97.0)
    lower = weigh(data, round_, 2, 91.0, office, NOW)
    assert lower.is_lower
    assert not weigh(data, round_, 2, 97.0, office, NOW).is_lower
    assert "单位将因自己提出的异议而减分" in render(weighed_told(lower)[0], Language.ZH)
    with pytest.raises(RefusedError) as refused:
        decide(data, round_, 2, Outcome.PARTLY_UPHELD, "只认六件", office, NOW, score=91.0)
    assert refused.value.problem.code is Code.R322
    assert refused.value.problem.values == {"expected": 97.0, "found": 91.0}
    assert Decision.objects.count() == 1
    assert _scores(data, round_) == 97.0
    decide(data, round_, 2, Outcome.PARTLY_UPHELD, "只认六件", office, NOW, score=91.0, is_lower=True)
    assert _scores(data, round_) == 91.0
