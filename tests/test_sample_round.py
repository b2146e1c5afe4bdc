"""The made-up round is what its README claims: every trouble of a year is in it once, for an office to practise on."""

import re
from pathlib import Path

import numpy as np
import pytest
import sample_round

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState, Scores, Status, Tree, Unit
from lawgov_score.model.changes import Cause
from lawgov_score.pipeline import (
    Assessment,
    Outputs,
    ScoredAssessment,
    assess,
    compared,
    load_roster,
    load_tree,
    read_since,
    unwatched,
    write_outputs,
)
from lawgov_score.problems import is_error
from lawgov_score.wording import Language
from submissions import make_sample_round, sample_office
from submissions.filled_workbook import write_filled
from submissions.sample_answers import made_up

README = make_sample_round.FOLDER / "README.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sample")
    for name in ("roster.csv", "notice.yaml", "notice-second.yaml"):
        (place / name).write_bytes((make_sample_round.FOLDER / name).read_bytes())
    assert sample_round.main(place) == 0
    return place


def run_of(folder: Path, *office: str, notice: str = "notice.yaml") -> Assessment:
    return assess(
        make_sample_round.TREE,
        [folder],
        folder / "roster.csv",
        assessor=[folder / name for name in office],
        previous=folder / make_sample_round.PREVIOUS,
        notice=folder / notice,
    )


@pytest.fixture(scope="module")
def first(folder: Path) -> Assessment:
    return run_of(folder, "office")


@pytest.fixture(scope="module")
def second(folder: Path) -> Assessment:
    return run_of(folder, "office", "second", notice="notice-second.yaml")


@pytest.fixture(scope="module")
def tree() -> Tree:
    found, problems = load_tree(make_sample_round.TREE)
    assert found is not None, problems
    return found


def scores_of(done: Assessment) -> Scores:
    assert done.scores is not None
    return done.scores


def row_of(scores: Scores, unit: str) -> int:
    return [known.code for known in scores.units].index(unit)


def score_of(done: Assessment, unit: str, code: str) -> float:
    scores = scores_of(done)
    return float(scores.scores[row_of(scores, unit), scores.node_column[code]])


def status_of(done: Assessment, unit: str, code: str) -> Status:
    scores = scores_of(done)
    return Status(scores.status[row_of(scores, unit), scores.node_column[code]])


# ------------------------------------------------------------ what the units sent


def test_there_are_24_units_in_four_cohorts(first: Assessment) -> None:
    scores = scores_of(first)
    assert len(scores.units) == 24
    assert set(scores.cohort_names) == {"办事处组", "有执法权部门组", "无执法权部门组", "双管单位组"}


def test_one_unit_sent_nothing_and_is_listed(first: Assessment) -> None:
    scores = scores_of(first)
    row = row_of(scores, make_sample_round.NOT_SUBMITTED)
    assert scores.submissions[row] is None
    assert scores.rank[row] == 0
    assert "S116" in {problem.code for problem in first.problems}


def test_one_unit_has_errors_and_stops_no_other(first: Assessment) -> None:
    errors = [p for p in first.problems if is_error(p)]
    assert {Path(p.place.path).stem for p in errors} == {make_sample_round.WITH_ERRORS}  # type: ignore[union-attr]  # CellPlace
    assert {p.code for p in errors} == {"S201", "S203", "S205", "S206", "S208", "S219"}
    scores = scores_of(first)
    assert (scores.status[row_of(scores, make_sample_round.WITH_ERRORS)] == Status.INVALID).any()
    assert (scores.rank > 0).sum() == 23


def test_chief_and_deputy_together_are_more_than_the_cases(first: Assessment) -> None:
    (broken,) = (problem for problem in first.problems if problem.code is Code.S219)
    assert broken.values["code"] == "23-2"
    assert status_of(first, make_sample_round.WITH_ERRORS, "23-2") is Status.INVALID


def test_twins_share_a_place_and_the_next_one_is_empty(first: Assessment) -> None:
    scores = scores_of(first)
    one, other = (row_of(scores, unit) for unit in make_sample_round.TWINS)
    assert scores.total[one] == scores.total[other]
    assert scores.rank[one] == scores.rank[other]
    places = scores.rank[scores.cohorts == scores.cohorts[one]].tolist()
    assert scores.rank[one] + 1 not in places


def test_there_are_blanks_late_filings_and_a_veto_by_a_units_own_figures(first: Assessment) -> None:
    scores = scores_of(first)
    came = np.array([submission is not None for submission in scores.submissions])
    assert (scores.status[came] == Status.MISSING).any()
    assert score_of(first, "BS-05", "36-3") < 1.5
    assert scores.vetoes[row_of(scores, "ZF-01")] == (("V1", "06-3"),)


# ------------------------------------------------------------ what the office adds


def test_nothing_of_the_office_is_refused_or_doubted(first: Assessment, second: Assessment) -> None:
    for done in (first, second):
        assert [p for p in done.problems if p.code.startswith("A") or p.code is Code.R114] == []


def test_three_reviewers_marked_every_unit_but_for_one_mark(first: Assessment, tree: Tree) -> None:
    scores, (reviewer, unit, code) = scores_of(first), sample_office.LATER
    judged = [one for one in tree.indicators if one.is_judged]
    due = {(u.code, one.code) for one in judged for u in scores.units if tree.is_applicable(one, u.type)}
    assert set(scores.marks_of) == due
    few = {where for where, marks in scores.marks_of.items() if len(marks) != 3}
    assert few == {(unit, code)}
    assert {mark.reviewer for mark in scores.marks_of[unit, code]} == set(sample_office.REVIEWERS) - {reviewer}
    assert status_of(first, unit, code) is Status.NOT_REVIEWED
    assert all(mark.reason for marks in scores.marks_of.values() for mark in marks)


def test_the_reviewers_differ_widely_once(first: Assessment) -> None:
    spreads = {
        where: max(mark.mark for mark in marks) - min(mark.mark for mark in marks)
        for where, marks in scores_of(first).marks_of.items()
    }
    assert spreads.pop(sample_office.WIDE) == pytest.approx(0.4)
    assert max(spreads.values()) <= 0.15 + 1e-9
    assert any(spreads.values())  # not everywhere alike


def test_every_claim_is_ruled_on_but_one(first: Assessment, second: Assessment) -> None:
    claimed = {
        (submission.unit.code, key.partition(".")[0])
        for submission in scores_of(first).submissions
        if submission is not None
        for key, answer in submission.answers.items()
        if answer.state is AnswerState.CLAIMED_NOT_APPLICABLE
    }
    ruled = {where: ruling.is_granted for where, ruling in scores_of(first).ruling_of.items()}
    assert claimed - set(ruled) == {sample_office.OPEN_CLAIM}
    assert set(ruled) <= claimed
    assert {*ruled.values()} == {True, False}
    for where, is_granted in ruled.items():
        assert status_of(first, *where) is (Status.NOT_APPLICABLE if is_granted else Status.MISSING)
    assert status_of(first, *sample_office.OPEN_CLAIM) is Status.NOT_REVIEWED
    assert status_of(second, *sample_office.OPEN_CLAIM) is Status.NOT_APPLICABLE


def test_what_waits_for_the_office_makes_grades_provisional_until_it_is_there(
    first: Assessment, second: Assessment
) -> None:
    for done, waiting in ((first, {sample_office.LATER[1], sample_office.OPEN_CLAIM[0]}), (second, set())):
        scores = scores_of(done)
        provisional = {unit.code for row, unit in enumerate(scores.units) if scores.provisional(row)}
        assert provisional == waiting


def test_the_register_has_entries_of_every_kind_and_a_veto(first: Assessment, tree: Tree) -> None:
    scores = scores_of(first)
    entered = {entry.kind for entry in scores.review.register}
    assert entered >= {kind.code for kind in tree.adjustments}
    effects = {
        unit.code: [(one.kind, one.points, one.full, one.limits) for one in scores.adjusted[row]]
        for row, unit in enumerate(scores.units)
        if scores.adjusted[row]
    }
    assert effects == {
        "ZF-04": [("J1", 2.0, 2.0, ())],  # of one matter the higher level alone
        "SG-01": [("J1", 3.0, 3.5, ("cap",))],
        "BS-01": [("K1", -1.0, -1.0, ())],
        "BM-03": [("K1", -1.0, -1.0, ())],  # twice half a point
        "ZF-06": [("V6", -5.0, -5.0, ())],
    }
    best = row_of(scores, "SG-01")
    assert scores.total[best] - 3 < 90 <= scores.total[best]
    assert scores.grades[best] == "优秀"
    row = row_of(scores, "SG-04")
    assert [code for code, _ in scores.vetoes[row]] == ["V3"]
    assert scores.total[row] >= 80
    assert scores.grades[row] == "合格"


def test_a_false_document_found_by_the_office_costs_what_the_tree_says(first: Assessment) -> None:
    unit, key = sample_office.FALSE_FILES
    scores = scores_of(first)
    assert key.partition(".")[0] == "37-3"
    assert score_of(first, unit, "37-3") == 0.0
    assert [code for code, _ in scores.vetoes[row_of(scores, unit)]] == ["V6"]


def test_a_score_changed_on_review_stands_beside_the_computed_one(first: Assessment) -> None:
    unit, code = sample_office.CHANGE
    change = scores_of(first).change_of[unit, code]
    assert (change.before, change.after, score_of(first, unit, code)) == (0.1, 0.3, 0.3)


# ------------------------------------------------------------ the year before, and a second publication


def test_last_years_places_are_known_but_for_a_new_unit(first: Assessment) -> None:
    previous = scores_of(first).previous
    assert previous is not None
    units = {unit.code for unit in scores_of(first).units}
    assert units - set(previous.ranks) == {make_sample_round.NEW}
    assert set(previous.ranks) - units == {make_sample_round.ABOLISHED.code}
    moved = [
        scores_of(first).rank[row_of(scores_of(first), unit)] != previous.ranks[unit] for unit in units - {"SG-06"}
    ]
    assert any(moved)
    assert not all(moved)
    assert not [problem for problem in first.problems if problem.code.startswith("A3") or problem.code is Code.R121]


def test_the_second_publication_changes_what_was_still_open_and_what_the_objection_upheld(
    first: Assessment, second: Assessment
) -> None:
    before, after = scores_of(first), scores_of(second)
    leaves = {indicator.code: before.node_column[indicator.code] for indicator in before.tree.indicators}
    changed = {
        (unit.code, code)
        for row, unit in enumerate(before.units)
        for code, column in leaves.items()
        if not np.array_equal(before.scores[row, column], after.scores[row, column], equal_nan=True)
        or before.status[row, column] != after.status[row, column]
    }
    assert changed == {sample_office.OBJECTION, sample_office.LATER[1:], sample_office.OPEN_CLAIM}
    assert score_of(first, *sample_office.OBJECTION) == 1.0  # (2 + 4) of 8, 50% to 100%
    assert score_of(second, *sample_office.OBJECTION) == 1.43  # 6 of 7
    assert score_of(second, *sample_office.REJECTED) == score_of(first, *sample_office.REJECTED) < 1.5
    places = {unit.code for row, unit in enumerate(before.units) if before.rank[row] != after.rank[row]}
    assert places == {"SG-03", "SG-05"}


def test_what_changed_since_the_first_publication_is_told_with_its_causes(
    first: Assessment, second: Assessment, tmp_path: Path
) -> None:
    assert isinstance(first, ScoredAssessment)
    assert isinstance(second, ScoredAssessment)
    write_outputs(first, Outputs(tables=tmp_path / "first"), Language.ZH, unwatched)
    changes = compared(read_since(tmp_path / "first", second.tree), second, Language.ZH)
    told = {(line.unit, line.code): line.cause for line in changes.lines}
    root, open_claim = second.tree.code, sample_office.OPEN_CLAIM
    assert told[sample_office.OBJECTION] is told[sample_office.OBJECTION[0], root] is Cause.MARK
    assert told[sample_office.LATER[1:]] is told[sample_office.LATER[1], root] is Cause.MARK
    assert told[open_claim] is told[open_claim[0], root] is Cause.RULING
    assert {line.unit for line in changes.lines} == {sample_office.OBJECTION[0], sample_office.LATER[1], open_claim[0]}


def test_the_notices_are_read_and_the_second_is_later(first: Assessment, second: Assessment) -> None:
    one, other = first.notice, second.notice
    assert one.notified is not None
    assert one.deadline is not None
    assert other.notified is not None
    assert one.deadline < other.notified
    assert one.office == other.office != ""


# ------------------------------------------------------------ its README, and how it is made


def test_the_readme_names_every_unit_that_stands_for_something_and_every_file(folder: Path, tree: Tree) -> None:
    text = README.read_text(encoding="utf-8")
    stands = {unit for unit, _ in sample_office.STORY} | {str(entry["unit"]) for entry in sample_office.ENTRIES}
    stands |= {make_sample_round.NOT_SUBMITTED, make_sample_round.NEW, make_sample_round.ABOLISHED.code}
    stands |= {*make_sample_round.TWINS, *make_sample_round.LATE, make_sample_round.WITH_ERRORS}
    stands |= {unit for unit, _ in sample_office.RULED}
    stands |= {sample_office.LATER[1], sample_office.OPEN_CLAIM[0], sample_office.WIDE[0], sample_office.REJECTED[0]}
    assert sorted(unit for unit in stands if unit not in text) == []
    made = {path.name for name in ("office", "second", "previous") for path in (folder / name).iterdir()}
    assert sorted(name for name in made if name.removesuffix(".xlsx").partition("-")[0] not in text) == []
    known = {unit.code for unit in scores_units(folder, tree)} | {make_sample_round.ABOLISHED.code}
    assert set(re.findall(r"\b(?:BS|ZF|BM|SG)-\d\d\b", text)) <= known


def scores_units(folder: Path, tree: Tree) -> tuple[Unit, ...]:
    units, _ = load_roster(folder / "roster.csv", tree)
    assert units is not None
    return units


def test_the_same_seed_writes_the_same_bytes(folder: Path, tmp_path: Path, tree: Tree) -> None:
    units = scores_units(folder, tree)
    write_filled(tree, units[0], made_up(tree, units[0], 0).entries, tmp_path / "BS-01.xlsx")
    assert (tmp_path / "BS-01.xlsx").read_bytes() == (folder / "BS-01.xlsx").read_bytes()


def test_what_the_office_adds_is_written_anew_to_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes((folder / "roster.csv").read_bytes())
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "旧表.xlsx").write_bytes(b"left over from another version")
    assert make_sample_round.main(tmp_path) == 0
    for name in ("office", "previous", "second"):
        there = {path.name: path.read_bytes() for path in (folder / name).iterdir()}
        assert there == {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}


def test_random_answers_keep_every_bound_and_check(tree: Tree) -> None:
    units = (Unit("X-1", "", "area"), Unit("X-2", "", "enforcing"))
    for seed, unit in enumerate(units):
        entries = made_up(tree, unit, seed).entries
        for indicator in tree.indicators:
            given = {
                one.code: entries[key].value
                for one in indicator.fields
                if (key := f"{indicator.code}.{one.code}") in entries
            }
            numbers = {code: np.array([value]) for code, value in given.items() if isinstance(value, float)}
            for check in indicator.checks:
                if numbers.keys() >= set(check.holds.names):
                    assert check.holds.evaluate(numbers).value[0], (unit.code, indicator.code)
            for one in indicator.fields:
                if isinstance(one.at_most, str) and {one.code, one.at_most} <= numbers.keys():
                    assert numbers[one.code] <= numbers[one.at_most]
