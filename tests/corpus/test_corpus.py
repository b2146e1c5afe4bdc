"""The whole corpus: every case says what it should at its cell, within bounds, and harms no other unit.

Each file is read in a worker with 300 MB beyond what it begins with and two seconds of processor time: a case that
needs more has no reading, and fails.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from corpus.bounded import Bounded, busy, greedy
from corpus.compared import given, said
from corpus.faulty import faulty
from corpus.hostile import hostile
from corpus.messy import FILE, messy
from corpus.round import ME, OTHERS, ROSTER, TREE, Case, book_of

from lawgov_score.problems import CellPlace
from lawgov_score.processes import Limits, Lost, Pool
from lawgov_score.report import problems_text
from lawgov_score.scoring import score
from lawgov_score.tables import write_scores
from lawgov_score.wording import Language
from lawgov_score.workbook.returned.feedback import marked_copy
from lawgov_score.workbook.submission.intake import read_inputs
from lawgov_score.workbook.submission.reader import InputFile, Reader, Run

CASES = tuple(chain(messy(), faulty(), hostile()))
MEGABYTES = 300
_PRELOAD = ["lawgov_score.workbook.submission.reader", "corpus.bounded"]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Reads in bounded workers, the same for all cases."""
    with Pool(_PRELOAD, Limits(MEGABYTES, 60.0)) as pool:

        def bounded(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
            return pool.run(Bounded(reader), files)

        yield bounded


def put(case: Case, folder: Path) -> Path:
    """The files of a case in a folder of their own."""
    folder.mkdir()
    for name, make in case.files.items():
        (folder / name).write_bytes(made(make))
    return folder


made = cache(lambda make: make())
"""The bytes of a file, made once."""


def check(case: Case, folder: Path, run: Run, expected: dict[str, object]) -> None:
    intake = read_inputs([put(case, folder)], TREE, ROSTER, run)
    assert said(intake) == sorted(case.says)
    assert all("{" not in problems_text(intake.problems, lang) for lang in Language)
    own = [submission for submission in intake.submissions if submission.unit.code == ME.code]
    assert bool(own) is case.reads
    if own:
        read = {key: given(answer) for key, answer in own[0].answers.items()}
        assert {key: read.get(key) for key in expected} == {**expected, **case.changed}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case(case: Case, tmp_path: Path, run: Run, expected: dict[str, object]) -> None:
    check(case, tmp_path / "in", run, expected)


@pytest.mark.parametrize("case", [case for case in CASES if case.says and case.reads], ids=lambda case: case.name)
def test_a_faulty_workbook_that_is_read_gets_a_copy_that_reads_the_same(case: Case, tmp_path: Path, run: Run) -> None:
    intake = read_inputs([put(case, tmp_path / "in")], TREE, ROSTER, run)
    (submission,) = intake.submissions
    if submission.path.endswith(".csv"):
        return
    own = [p for p in intake.problems if isinstance(p.place, CellPlace) and p.place.path == submission.path]
    copy = tmp_path / "out" / FILE
    copy.parent.mkdir()
    copy.write_bytes(marked_copy(Path(submission.path), own, Language.ZH).data)
    (again,) = read_inputs([copy], TREE, ROSTER, run).submissions
    assert {k: (a.state, a.value) for k, a in again.answers.items()} == {
        k: (a.state, a.value) for k, a in submission.answers.items()
    }


def test_there_are_enough_cases_and_each_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    "wrong", [{"says": (("S999", ""),)}, {"reads": False}, {"changed": {"01-3.share": 0.1}}], ids=str
)
def test_a_wrong_expectation_fails(
    wrong: dict[str, object], tmp_path: Path, run: Run, expected: dict[str, object]
) -> None:
    case = replace(next(case for case in CASES if case.reads and not case.says), **wrong)  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        check(case, tmp_path / "in", run, expected)


def test_the_bounds_hold() -> None:
    for work, item in ((busy, InputFile(Path("a.xlsx"))), (greedy, MEGABYTES + 100)):
        with Pool(_PRELOAD, Limits(MEGABYTES, 60.0)) as pool:
            (outcome,) = pool.run(work, [item])  # type: ignore[arg-type]  # each takes its own kind of item
        assert isinstance(outcome, Lost)


def test_no_file_of_the_corpus_changes_another_units_score(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "round"
    folder.mkdir()
    for unit in OTHERS:
        (folder / f"{unit.code}.xlsx").write_bytes(book_of(unit))
    alone = read_inputs([folder], TREE, ROSTER, run)
    for n, case in enumerate(CASES):
        for name, make in case.files.items():
            marks = name[:2] if name.startswith(("~$", "._")) else ""
            (folder / f"{marks}{n:03d}-{name.removeprefix(marks)}").write_bytes(made(make))
    together = read_inputs([folder], TREE, ROSTER, run)
    for intake in (alone, together):
        assert {unit.code for unit in OTHERS} <= {s.unit.code for s in intake.submissions}
    lines = []
    for n, intake in enumerate((alone, together)):
        write_scores(score(TREE, ROSTER, intake.submissions), tmp_path / f"{n}.csv", Language.ZH)
        text = (tmp_path / f"{n}.csv").read_text(encoding="utf-8-sig")
        lines.append([line for line in text.splitlines() if line.startswith(tuple(unit.code for unit in OTHERS))])
    assert lines[0] == lines[1]
    assert len(lines[0]) == len(OTHERS) * (1 + len(TREE.nodes))
    assert sum(len(case.says) for case in CASES) <= len(together.problems)
