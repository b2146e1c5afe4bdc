"""Every decision in force counts in every later result, or the deed is refused, or its loss told with a code.

Reaches ``rounds/deciding.py``, ``rounds/decisions_book.py``, ``rounds/amending.py``, ``rounds/entering.py``,
``rounds/publishing.py``.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from objections_made import GRADED, all_sent, come_to, graded_round, in_this_process
from round_books import sent
from round_made import NOW, ROSTER

from lawgov_score import model as engine
from lawgov_score.catalogue import Code
from lawgov_score.pipeline import changes_workbook
from lawgov_score.pipeline.plain_folder import computed
from lawgov_score.problems import CellPlace, Problem, RefusedError
from lawgov_score.rounds.amending import amend, look
from lawgov_score.rounds.counted import not_counting, standing
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.deciding import decide
from lawgov_score.rounds.effect import score_at
from lawgov_score.rounds.entering import enter, withdraw
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.folder import DECISIONS, books_in_force, plain_folder
from lawgov_score.rounds.given_books import Given
from lawgov_score.rounds.models import OfficeBook, Round
from lawgov_score.rounds.names import Outcome, Role, RoundState, RunKind
from lawgov_score.rounds.objecting import object_to
from lawgov_score.rounds.publishing import prepare, publish
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.rounds.verifying import verify_round
from lawgov_score.rounds.weighing import weigh
from lawgov_score.workbook.submission.reader import in_this_process as reading

WHY = "材料属实"


@pytest.fixture
def decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Data, Round]]:
    """A round in 异议: XZ-01 has 97 of 100 points by a decision, 85 by its figures."""
    in_this_process(monkeypatch)
    with opened(graded_round(tmp_path)) as data:
        round_ = all_sent(data, tmp_path)
        come_to(round_, RoundState.OBJECTIONS)
        object_to(data, round_, "XZ-01", "01-1", "漏计十二件", seat_of(Role.OFFICE), NOW, wanted="97")
        decide(data, round_, 1, Outcome.UPHELD, WHY, seat_of(Role.OFFICE), NOW, score=97.0)
        yield data, round_


def _amended(data: Data, folder: Path, *, tree: str = "", roster: str = "") -> tuple[Problem, ...]:
    """Amends the round; what it told of decisions."""
    paths: list[Path | None] = [None, None]
    for at, (name, text) in enumerate((("amended.yaml", tree), ("amended.csv", roster))):
        if text:
            paths[at] = folder / name
            (folder / name).write_text(text, encoding="utf-8")
    meant, problems = look(data, the_round(), paths[0], paths[1], reading)
    assert meant is not None, problems
    amend(data, meant, "更名", seat_of(Role.OFFICE), NOW)
    return meant.uncounted


def _score(data: Data) -> float | None:
    return score_at(computed(plain_folder(data, the_round()), only_tables=True), "XZ-01", "01-1")


def _final(data: Data) -> Round:
    """The round at 终评, with a final run."""
    round_ = the_round()
    if round_.state == RoundState.OBJECTIONS:
        come_to(round_, RoundState.FINAL)
    assert make_run(data, round_, RunKind.FINAL, seat_of(Role.OFFICE), NOW).run is not None
    return round_


def test_a_unit_that_is_renamed_keeps_what_was_decided(decided: tuple[Data, Round], tmp_path: Path) -> None:
    data, _ = decided
    assert _amended(data, tmp_path, roster=ROSTER.replace("东乡", "东镇")) == ()
    assert _score(data) == 97.0
    assert [book.n for book in OfficeBook.objects.filter(name=DECISIONS).order_by("n")] == [1, 2]
    object_to(data, the_round(), "XZ-02", "01-1", "漏计一件", seat_of(Role.OFFICE), NOW)
    effect = weigh(data, the_round(), 2, 91.0, seat_of(Role.OFFICE), NOW).effect
    assert effect is not None
    assert not [one for one in effect.others if one.old.score != one.new.score]  # its own effect alone
    round_ = _final(data)
    publish(
        *(data, round_, prepare(data, round_), "首次", seat_of(Role.OFFICE), NOW),
        leader=seat_of(Role.LEADER),
        released_by="王某",
    )
    assert not [one for one in verify_round(data, round_).problems if one.code in {Code.R241, Code.R273, Code.R270}]
    assert list(broken_links()) == []


def test_a_question_that_goes_takes_its_decision_along_and_nothing_is_published_until_that_is_decided(
    decided: tuple[Data, Round], tmp_path: Path
) -> None:
    data, _ = decided
    told = _amended(data, tmp_path, tree=GRADED.replace('code: "01-1"', 'code: "01-2"'))
    assert [(one.code, getattr(one.place, "path", "")) for one in told] == [(Code.R241, "objection 1")]
    come_to(the_round(), RoundState.FINAL)
    ran = make_run(data, the_round(), RunKind.FINAL, seat_of(Role.OFFICE), NOW)
    assert [one.code for one in ran.problems] == [Code.R241]
    with pytest.raises(RefusedError) as refused:
        prepare(data, the_round())
    assert refused.value.problem.code is Code.R241
    again: dict[str, Any] = {"has_no_score": True, "is_again": True}
    decide(data, the_round(), 1, Outcome.UPHELD, "该项已取消", seat_of(Role.OFFICE), NOW, **again)
    assert make_run(data, the_round(), RunKind.FINAL, seat_of(Role.OFFICE), NOW).problems == ()
    prepare(data, the_round())


def test_of_a_unit_that_ended_no_score_is_decided_and_no_decision_is_missed(
    decided: tuple[Data, Round], tmp_path: Path
) -> None:
    data, round_ = decided
    object_to(data, round_, "XZ-01", "01-1", "还漏计", seat_of(Role.OFFICE), NOW)
    path = tmp_path / "amended.csv"
    path.write_text("\n".join(line for line in ROSTER.splitlines() if "XZ-01" not in line), encoding="utf-8")
    meant, problems = look(data, the_round(), None, path, reading)
    assert meant is not None, problems
    assert [one.n for one in meant.objections] == [2]
    assert meant.uncounted == ()
    amend(data, meant, "撤并", seat_of(Role.OFFICE), NOW)
    with pytest.raises(RefusedError) as refused:
        weigh(data, the_round(), 2, 99.0, seat_of(Role.OFFICE), NOW)
    assert refused.value.problem.code is Code.R257
    decide(data, the_round(), 2, Outcome.REJECTED, "单位已撤并", seat_of(Role.OFFICE), NOW)
    again: dict[str, Any] = {"has_no_score": True, "is_again": True}
    decide(data, the_round(), 1, Outcome.UPHELD, "单位已撤并", seat_of(Role.OFFICE), NOW, **again)
    assert make_run(data, _final(data), RunKind.FINAL, seat_of(Role.OFFICE), NOW).problems == ()


def _changes(data: Data, *, objection: int, score: float = 60.0) -> dict[str, Given]:
    """A workbook of changes of the very score that was decided."""
    scheme = scheme_of(data, the_round())
    rest = (score, "复核", "王五", 46080.0, CellPlace(""))
    changes = [engine.Change("XZ-01", "01-1", 85.0, *rest, objection), engine.Change("XZ-02", "01-1", 90.0, *rest)]
    return {"复核.xlsx": Given("复核.xlsx", changes_workbook(scheme.tree, scheme.units, changes))}


def test_a_review_after_a_decision_leaves_it_and_a_row_that_speaks_of_its_objection_is_refused(
    decided: tuple[Data, Round],
) -> None:
    data, round_ = decided
    office = seat_of(Role.OFFICE)
    assert enter(data, round_, _changes(data, objection=0), office, NOW)[0]
    assert _score(data) == 97.0
    before = set(books_in_force(round_))
    with pytest.raises(RefusedError) as refused:
        enter(data, round_, _changes(data, objection=1), office, NOW)
    assert refused.value.problem.code is Code.R234
    assert set(books_in_force(round_)) == before
    assert _score(data) == 97.0


def test_what_is_in_force_is_known_as_of_every_event(decided: tuple[Data, Round]) -> None:
    data, round_ = decided
    office = seat_of(Role.OFFICE)
    first = make_run(data, round_, RunKind.TRIAL, office, NOW)
    assert first.run is not None
    decide(data, round_, 1, Outcome.PARTLY_UPHELD, WHY, office, NOW + timedelta(days=1), score=91.0, is_again=True)
    second = make_run(data, round_, RunKind.TRIAL, office, NOW)
    assert second.run is not None
    assert [[one.score for one in standing(round_, run.seq)] for run in (first.run, second.run)] == [[97.0], [91.0]]
    assert [one.code for one in not_counting(round_, first.computed, second.run.seq)] == [Code.R241]
    assert [one.code for one in not_counting(round_, second.computed, first.run.seq)] == [Code.R241]
    assert list(not_counting(round_, second.computed, second.run.seq)) == []


def test_whatever_is_done_after_a_decision_it_counts_or_its_loss_is_told(
    decided: tuple[Data, Round], tmp_path: Path
) -> None:
    """A walk over the deeds between decision and publication, one on top of the other; the law is asked after each."""
    data, round_ = decided
    office, later = seat_of(Role.OFFICE), NOW + timedelta(hours=1)
    object_to(data, round_, "XZ-02", "01-1", "漏计一件", office, NOW)
    object_to(data, round_, "XZ-01", "01-1", "还漏计一件", office, NOW)
    first = data.store.read(round_.submissions.get(unit__code="XZ-01").file.sha256)
    again: dict[str, Any] = {"has_no_score": True, "is_again": True}

    def another(content: bytes) -> None:
        sent(data, the_round(), "XZ-01", content)

    deeds: Sequence[tuple[Callable[[], object], float | None]] = (
        (lambda: decide(data, the_round(), 2, Outcome.UPHELD, WHY, office, later, score=91.0), 97.0),
        (lambda: enter(data, the_round(), _changes(data, objection=0), office, later), 97.0),
        (lambda: _amended(data, tmp_path, roster=ROSTER.replace("东乡", "东镇")), 97.0),
        (lambda: decide(data, the_round(), 3, Outcome.UPHELD, WHY, office, later, score=99.0), 99.0),
        (lambda: withdraw(the_round(), "复核.xlsx", office, later), 99.0),
        (lambda: _amended(data, tmp_path, tree=GRADED.replace("title: 回复率", "title: 按期回复率")), 99.0),
        (lambda: decide(data, the_round(), 3, Outcome.UPHELD, WHY, office, later, **again), 97.0),
        (lambda: another(b"no workbook"), 97.0),  # the office has settled the score
        (lambda: another(first), 97.0),
        (lambda: _amended(data, tmp_path, tree=GRADED.replace('code: "01-1"', 'code: "01-2"')), None),
    )
    for do, score in deeds:
        do()
        done = computed(plain_folder(data, the_round()), only_tables=True)
        told = [one.place for one in not_counting(the_round(), done)]
        assert (score_at(done, "XZ-01", "01-1"), bool(told)) == (score, score is None)
    assert list(broken_links()) == []
