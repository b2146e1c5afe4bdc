"""All made tables and rosters: each says what it should at its cell, and whatever is read is what was answered.

Reaches ``workbook/submission/table_rows.py``.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from corpus.tables import TREE, USUAL, Enrolled, Table, answers_of, beyond, faulty, innocent, rosters

from lawgov_score.catalogue import Severity
from lawgov_score.model import AnswerState
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.intake import Intake, read_inputs
from lawgov_score.workbook.submission.roster import read_roster

FAULTY = tuple(faulty())
BEYOND = tuple(beyond())
INNOCENT = tuple(innocent())
ROSTERS = tuple(rosters())


def told(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """Code and cell of every error and warning in a file; what follows for the units as a whole left out."""
    return sorted(
        (problem.code.value, problem.place.cell)
        for problem in problems
        if isinstance(problem.place, CellPlace) and problem.severity is not Severity.NOTE
    )


def read(table: Table, folder: Path) -> Intake:
    folder.mkdir()
    for name, make in table.files.items():
        (folder / name).write_bytes(make())
    return read_inputs([folder], TREE, table.roster)


def given(intake: Intake) -> dict[str, dict[str, object]]:
    """What counts of each unit, by the keys of questions that units are asked."""
    asked = answers_of(USUAL)[USUAL[0]]
    return {
        submission.unit.code: {
            key: answer.value
            for key, answer in submission.answers.items()
            if key in asked and answer.state is AnswerState.GIVEN
        }
        for submission in intake.submissions
    }


def check(table: Table, folder: Path) -> Intake:
    intake = read(table, folder)
    assert told(intake.problems) == sorted(table.says)
    assert all("{" not in problems_text(intake.problems, lang) for lang in Language)
    meant, found = answers_of(table.codes), given(intake)
    assert found.keys() <= meant.keys()
    for n, unit in enumerate(table.codes):
        right = {**meant[unit], **{key: value for (at, key), value in table.other.items() if at == n}}
        assert {key: right[key] for key in found.get(unit, {})} == found.get(unit, {}), "what nobody answered"
        blank = {key for at, key in table.blank if at == n}
        if n in table.refused:
            assert unit not in found
        elif n in table.kept:
            assert found[unit].keys() >= {key for key in table.asked if key not in blank}
        assert not blank & found.get(unit, {}).keys()
    return intake


@pytest.mark.parametrize("table", FAULTY, ids=lambda table: table.name)
def test_a_faulty_table(table: Table, tmp_path: Path) -> None:
    check(table, tmp_path / "in")


@pytest.mark.parametrize("table", BEYOND, ids=lambda table: table.name)
def test_a_table_beyond_what_was_asked_for(table: Table, tmp_path: Path) -> None:
    check(table, tmp_path / "in")


@pytest.mark.parametrize("table", INNOCENT, ids=lambda table: table.name)
def test_an_innocent_table_is_quiet(table: Table, tmp_path: Path) -> None:
    intake = check(table, tmp_path / "in")
    loud = [problem for problem in intake.problems if problem.severity is not Severity.NOTE]
    assert loud == []
    assert [submission.unit.code for submission in intake.submissions] == sorted(table.codes)


@pytest.mark.parametrize("case", ROSTERS, ids=lambda case: case.name)
def test_a_roster(case: Enrolled, tmp_path: Path) -> None:
    path = tmp_path / case.file
    path.write_bytes(case.make())
    roster, problems = read_roster(path, case.tree)
    assert told(problems) == sorted(case.says)
    assert {unit.code: unit.cohort for unit in roster} == case.cohorts


@pytest.mark.parametrize(
    "wrong", [{"says": (("S999", ""),)}, {"refused": (0,)}, {"blank": ((0, "01-3.share"),)}], ids=str
)
def test_a_wrong_expectation_fails(wrong: dict[str, object], tmp_path: Path) -> None:
    table = replace(INNOCENT[0], **wrong)  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        check(table, tmp_path / "in")


def test_a_value_that_nobody_gave_fails(tmp_path: Path) -> None:
    table = INNOCENT[0]
    (name,) = table.files
    other = replace(table, files={name: lambda: table.files[name]().replace(b"1234.5", b"1234.25")})
    with pytest.raises(AssertionError, match="what nobody answered"):
        check(other, tmp_path / "in")


def test_there_are_enough_cases_and_each_has_a_name_of_its_own() -> None:
    tables = tuple(chain(FAULTY, BEYOND, INNOCENT))
    assert len(FAULTY) >= 45
    assert len(INNOCENT) >= 15
    assert len({table.name for table in tables}) == len(tables)
