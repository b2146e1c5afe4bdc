"""Answers come from one place, rows that were swapped count for nothing, and our own outputs are no submissions.

Reaches ``workbook/submission/one_table.py``, ``workbook/submission/own_outputs.py``, ``workbook/submission/rows.py``.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from corpus.compared import given, said
from corpus.one_place import OWN, SECOND, Trial, one_place
from corpus.round import ME, ROSTER, TREE, Case

from lawgov_score.content.problem_lists import unit_problems
from lawgov_score.problems import CellPlace
from lawgov_score.scoring import score
from lawgov_score.terminal.problems import problems_by_unit
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.intake import read_inputs

TRIALS = tuple(one_place())

made = cache(lambda make: make())
"""The bytes of a file, made once."""


def put(case: Case, folder: Path) -> Path:
    """The files of a case in a folder of their own."""
    folder.mkdir()
    for name, make in case.files.items():
        (folder / name).write_bytes(made(make))
    return folder


def check(trial: Trial, folder: Path, expected: dict[str, object]) -> None:
    case = trial.case
    put(case, folder)
    paths = sorted(folder.iterdir()) if trial.named else [folder]
    intake = read_inputs(paths, TREE, ROSTER, latest=trial.latest)
    own = [submission for submission in intake.submissions if submission.unit.code == ME.code]
    read = {key: given(answer) for one in own for key, answer in one.answers.items()}
    wanted = {**expected, **case.changed} if case.reads else {}
    assert (said(intake), {key: read.get(key) for key in wanted}) == (sorted(case.says), wanted)
    assert bool(own) is case.reads
    assert {submission.unit.code for submission in intake.submissions} <= {ME.code}


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.case.name)
def test_a_case(trial: Trial, tmp_path: Path, expected: dict[str, object]) -> None:
    check(trial, tmp_path / "in", expected)


def test_there_are_enough_cases_and_each_has_a_name_of_its_own() -> None:
    names = [trial.case.name for trial in TRIALS]
    assert len(names) >= 40
    assert len(set(names)) == len(names)
    quiet = [trial for trial in TRIALS if not trial.case.says]
    assert len(quiet) >= 15
    assert {OWN, SECOND} <= {code for trial in TRIALS for code, _ in trial.case.says}


@pytest.mark.parametrize(
    "wrong", [{"says": (("S999", ""),)}, {"reads": False}, {"changed": {"01-3.share": 0.1}}], ids=str
)
def test_a_wrong_expectation_fails(wrong: dict[str, object], tmp_path: Path, expected: dict[str, object]) -> None:
    (trial,) = (trial for trial in TRIALS if trial.case.name == "whole rows sorted")
    check(trial, tmp_path / "right", expected)
    case = replace(trial.case, **wrong)  # type: ignore[arg-type]  # fields of a case by name
    with pytest.raises(AssertionError):
        check(Trial(case), tmp_path / "wrong", expected)


# ------------------------------------------------- a place is owned by path, sheet and row

_HEADINGS = ("unit", "name", "01-3.share")
_FAULTY, _FINE = "约一半", 0.5


def table(folder: Path, name: str, sheets: dict[str, list[tuple[object, ...]]]) -> Path:
    """A workbook of tables of units, each with the same headings."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets.items():
        page = book.create_sheet(title)
        page.append(_HEADINGS)
        for line in lines:
            page.append(line)
    folder.mkdir(exist_ok=True)
    book.save(folder / name)
    return folder / name


def owners(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Unit, code, sheet and cell of every problem in a cell of the file, as it stands on somebody's card."""
    intake = read_inputs([path], TREE, ROSTER)
    scores = score(TREE, ROSTER, intake.submissions)
    for row, unit in enumerate(scores.units):
        for problem in unit_problems(scores, row, intake.problems):
            if isinstance(problem.place, CellPlace):
                yield unit.code, problem.code.value, problem.place.sheet, problem.place.cell


def test_a_problem_stands_with_the_unit_of_its_sheet(tmp_path: Path) -> None:
    mine, theirs, third = ROSTER
    path = table(
        tmp_path / "in",
        "t.xlsx",
        {
            "街道": [(mine.code, mine.name, _FAULTY), (theirs.code, theirs.name, _FINE)],
            "部门": [(third.code, third.name, _FINE)],
        },
    )
    assert set(owners(path)) == {(mine.code, "S203", "街道", "C2")}


def test_a_problem_stands_with_the_unit_of_its_sheet_whichever_comes_last(tmp_path: Path) -> None:
    mine, theirs, third = ROSTER
    path = table(
        tmp_path / "in",
        "t.xlsx",
        {
            "部门": [(third.code, third.name, _FAULTY)],
            "街道": [(mine.code, mine.name, _FINE), (theirs.code, theirs.name, _FAULTY)],
        },
    )
    assert set(owners(path)) == {(third.code, "S203", "部门", "C2"), (theirs.code, "S203", "街道", "C3")}


def test_a_strangers_problem_stands_on_no_card(tmp_path: Path) -> None:
    path = table(tmp_path / "in", "t.xlsx", {"表": [(ME.code, ME.name, _FINE), ("X-99", "某局", _FAULTY)]})
    assert ("S111", "A3") in said(read_inputs([path], TREE, ROSTER))
    assert not set(owners(path))


def test_what_is_said_of_a_whole_table_stands_on_no_units_card(tmp_path: Path) -> None:
    lines = [",".join(_HEADINGS), *(f"{unit.code},{unit.name},50%" for unit in ROSTER)]
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "t.csv"
    path.write_bytes("\n".join(lines).encode("gb18030"))
    assert ("S119", "") in said(read_inputs([path], TREE, ROSTER))
    assert not set(owners(path))


def test_the_terminal_names_the_unit_of_the_sheet(tmp_path: Path) -> None:
    mine, theirs, third = ROSTER
    sheets: dict[str, list[tuple[object, ...]]] = {
        "甲表": [(mine.code, mine.name, _FAULTY), (theirs.code, theirs.name, _FINE)],
        "乙表": [(third.code, third.name, _FINE)],
    }
    for n, order in enumerate((list(sheets), list(sheets)[::-1])):
        path = table(tmp_path / "in", f"{n}.xlsx", {name: sheets[name] for name in order})
        intake = read_inputs([path], TREE, ROSTER)
        (block,) = (
            block
            for block in problems_by_unit(intake.problems, intake.senders, Language.ZH).split("【")
            if "甲表!C2" in block
        )
        assert block.startswith(mine.name)
