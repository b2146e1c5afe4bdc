"""Workbooks of the office before they are entered: what is shown is the difference of `score` without and with them.

Reaches ``pipeline/weighing.py``, ``rounds/results.py``.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from objections_made import all_sent, come_to, graded_round, in_this_process
from round_made import NOW, a_seat

from lawgov_score.catalogue import Code
from lawgov_score.pipeline.plain_folder import Computed
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.creation import seat_of
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.deciding import as_seen, decide
from lawgov_score.rounds.effect import Moved, Quota, ScoreMoved, Standing, effects_of
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.kept import write
from lawgov_score.rounds.models import Decision, Event, File, OfficeBook, Round
from lawgov_score.rounds.names import FileKind, ObjectionState, Outcome, Role, RoundState, RunKind
from lawgov_score.rounds.objecting import evidence_of, object_to, open_to, take_step, title_of
from lawgov_score.rounds.results import changed_units, ranking_of, scores_of
from lawgov_score.rounds.running import fingerprint_now, make_run, output_of
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.rounds.trying import tried

HEAD = "单位,指标,原得分,改后得分,改分理由,复核人,复核日期\n"


@pytest.fixture
def graded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Data, Round]]:
    """All three units have sent: 85, 90 (the one 优秀) and 70."""
    in_this_process(monkeypatch)
    with opened(graded_round(tmp_path)) as data:
        yield data, all_sent(data, tmp_path)


def _book(folder: Path, score: float, unit: str = "XZ-01", name: str = "复核改分.csv") -> Path:
    path = folder / name
    path.write_text(f"{HEAD}{unit},01-1,85,{score},补交,张某,2026-03-02\n", encoding="utf-8")
    return path


def test_what_is_shown_is_what_comes_of_entering(graded: tuple[Data, Round], tmp_path: Path) -> None:
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    path = _book(tmp_path, 97)
    kept = (Event.objects.count(), File.objects.count())
    found = tried(data, round_, [path], office)
    assert (Event.objects.count(), File.objects.count(), OfficeBook.objects.count()) == (*kept, 0)
    effects = found.effects
    assert effects is not None
    assert (found.names, found.replaces, found.unreadable, found.problems) == (("复核改分.csv",), (), (), ())
    assert effects.scores == (ScoreMoved("XZ-01", "东乡", "01-1", "回复率", 85.0, 97.0, ("scored", "scored")),)
    assert set(effects.moved) == {
        Moved("XZ-01", "东乡", "全体组", Standing("85.00", "2", "良好"), Standing("97.00", "1", "优秀")),
        Moved("XZ-02", "西乡", "全体组", Standing("90.00", "1", "优秀"), Standing("90.00", "2", "良好")),
    }
    assert effects.quotas == (Quota("全体组", "优秀", 1, 1, 1),)
    enter(data, round_, read_given([path])[0], office, NOW)
    run = make_run(data, round_, RunKind.TRIAL, office, NOW).run
    assert run is not None
    places = {one.unit: one for of in ranking_of(data, run).cohorts.values() for one in of}
    for one in effects.moved:
        now = places[one.unit]
        assert (now.score, now.rank, now.grade) == (one.new.score, one.new.rank, one.new.grade)


def test_one_of_a_name_that_is_there_is_tried_in_its_place(graded: tuple[Data, Round], tmp_path: Path) -> None:
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    enter(data, round_, read_given([_book(tmp_path, 97)])[0], office, NOW)
    found = tried(data, round_, [_book(tmp_path, 60)], office)
    assert found.replaces == ("复核改分.csv",)
    assert found.effects is not None
    assert [(one.old, one.new) for one in found.effects.scores] == [(97.0, 60.0)]


def test_faults_are_told_with_their_file_and_those_of_before_are_not(
    graded: tuple[Data, Round], tmp_path: Path
) -> None:
    data, round_ = graded
    found = tried(data, round_, [_book(tmp_path, 60, "XZ-99"), tmp_path / "gone.csv"], seat_of(Role.OFFICE))
    assert [one.code for one in found.unreadable] == [Code.S101]
    assert found.effects is not None
    assert found.effects.moved == ()
    assert [str(one["path"]) for one in found.problems if one["severity"] == "error"] == ["复核改分.csv"]


def test_who_may_not_enter_may_not_try(graded: tuple[Data, Round], tmp_path: Path) -> None:
    data, round_ = graded
    with pytest.raises(RefusedError) as refused:
        tried(data, round_, [_book(tmp_path, 97)], a_seat(round_, Role.AUDIT))
    assert refused.value.problem.code is Code.R213


def test_nothing_sent_has_no_effect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_this_process(monkeypatch)
    with opened(graded_round(tmp_path)) as data:
        round_ = Round.objects.get()
        found = tried(data, round_, [_book(tmp_path, 97)], seat_of(Role.OFFICE))
    assert found.effects is None


def test_results_are_those_of_the_tables(graded: tuple[Data, Round]) -> None:
    data, round_ = graded
    office = seat_of(Role.OFFICE)
    first = make_run(data, round_, RunKind.TRIAL, office, NOW)
    assert first.run is not None
    assert first.run.manifest.sha256 == fingerprint_now(data, round_)
    assert output_of(data, first.run, "nothing.csv") is None
    ranking = ranking_of(data, first.run)
    assert (ranking.units, [one.unit for one in ranking.cohorts["全体组"]]) == (3, ["XZ-02", "XZ-01", "BM-01"])
    assert ranking.unit("XZ-99") is None
    (node,) = scores_of(data, first.run, "XZ-01", "01-1")
    assert (node.code, node.title, node.score, node.points, node.depth) == ("01-1", "回复率", 85.0, 100.0, 2)
    assert {str(name) for name, _ in node.figures} >= {"回复件数", "收到件数"}
    assert scores_of(data, first.run, "XZ-99") == ()
    round_.units.get(code="BM-01").submissions.update(state="withdrawn")
    assert first.run.manifest.sha256 != fingerprint_now(data, round_)
    ran = make_run(data, round_, RunKind.TRIAL, office, NOW)
    assert ran.computed.changes is not None
    (changed,) = changed_units(ran.computed.changes, ran.computed.outputs["scores.csv"])
    assert (changed.unit, changed.name, changed.old, changed.new, changed.rank) == (
        *("BM-01", "教育局", "70.00", ""),
        ("3", ""),
    )


def test_a_unit_may_object_to_its_own_alone(graded: tuple[Data, Round]) -> None:
    data, round_ = graded
    tree = scheme_of(data, round_).tree
    assert open_to(tree, round_.units.get(code="XZ-01")) == (("01-1", "回复率"), ("K1", "违法行政被通报"))
    assert (title_of(tree, "01-1"), title_of(tree, "K1"), title_of(tree, "zz")) == ("回复率", "违法行政被通报", "")


def test_evidence_by_its_content_and_what_came_after(graded: tuple[Data, Round]) -> None:
    data, round_ = graded
    come_to(round_, RoundState.OBJECTIONS)
    said = (data, round_, "XZ-01", "01-1", "漏计", seat_of(Role.OFFICE), NOW)
    one = object_to(*said, enclosed=write(data, b"%PDF", "证据.pdf", FileKind.EVIDENCE)).objection
    again = object_to(*said, enclosed=write(data, b"%PDF", "证据.pdf", FileKind.EVIDENCE))
    assert (again.is_same, again.has_more) == (True, False)
    assert object_to(*said, evidence="https://example.cn/x").has_more
    first, second = evidence_of(one)
    assert (first.title, data.store.read(first.sha256), first.address) == ("证据.pdf", b"%PDF", "")
    assert (second.sha256, second.address) == ("", "https://example.cn/x")


def test_who_saw_an_older_state_decides_nothing(graded: tuple[Data, Round]) -> None:
    data, round_ = graded
    come_to(round_, RoundState.OBJECTIONS)
    office = seat_of(Role.OFFICE)
    one = object_to(data, round_, "XZ-01", "01-1", "漏计", office, NOW).objection
    seen = as_seen(one)
    take_step(one, ObjectionState.ADMITTED, one.version, office, "", NOW)
    for is_again in (False, True):
        with pytest.raises(RefusedError) as refused:
            decide(data, round_, 1, Outcome.REJECTED, "不足", office, NOW, is_again=is_again, seen=seen)
        assert refused.value.problem.code is Code.R212
        if not is_again:
            one.refresh_from_db()
            seen = as_seen(one)
            decide(data, round_, 1, Outcome.REJECTED, "不足", office, NOW, seen=seen)
    assert Decision.objects.count() == 1


def test_a_score_that_is_none_for_another_reason_is_told() -> None:
    ranking = b"unit,name,cohort,score,rank,grade\nA,\xe7\x94\xb2,,80,1,\n"
    before, after = (
        Computed({"ranking.csv": ranking, "scores.csv": f"unit,code,score,status\nA,01,,{one}\n".encode()}, ())
        for one in ("missing", "not_applicable")
    )
    effects = effects_of(before, after, {"01": "回复率"})
    assert effects.scores == (ScoreMoved("A", "甲", "01", "回复率", None, None, ("missing", "not_applicable")),)
    assert effects_of(after, after, {"01": "回复率"}).scores == ()
    assert effects_of(before, after, {}).scores == ()
