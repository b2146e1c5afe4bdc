"""An earlier run's tables, as clerks leave them: compared as a whole, or refused with the cell that is at fault."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rounds import a_round

from lawgov_score import tables
from lawgov_score.catalogue import Code
from lawgov_score.content.grounds import grounds_of
from lawgov_score.model import Scores
from lawgov_score.model.notice import NO_NOTICE
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.earlier_results import read_earlier


@pytest.fixture(scope="module")
def scores() -> Scores:
    return a_round()


@pytest.fixture
def folder(scores: Scores, tmp_path: Path) -> Path:
    tables.write_ranking(scores, tmp_path / "ranking.csv")
    tables.write_scores(scores, tmp_path / "scores.csv", Language.ZH)
    tables.write_figures(scores, tmp_path / "figures.csv")
    tables.write_grounds(grounds_of(scores, {}, NO_NOTICE, Language.ZH), tmp_path / "grounds.csv")
    return tmp_path


Rows = list[list[str]]


def edit(path: Path, change: Callable[[Rows], Rows]) -> None:
    rows = [line.split(",") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    path.write_text("".join(",".join(row) + "\n" for row in change(rows)), encoding="utf-8")


def in_cell(row: int, column: int, text: str) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        rows[row][column] = text
        return rows

    return change


def test_as_they_were_written_they_are_read(scores: Scores, folder: Path) -> None:
    earlier, problems = read_earlier(folder, scores.tree)
    assert problems == ()
    assert earlier is not None
    assert earlier.grounds == grounds_of(scores, {}, NO_NOTICE, Language.ZH)
    (folder / "grounds.csv").unlink()
    earlier, problems = read_earlier(folder, scores.tree)
    assert problems == ()
    assert earlier is not None
    assert earlier.grounds is None


@pytest.mark.parametrize(
    ("name", "change", "code", "cell"),
    [
        ("ranking.csv", in_cell(1, 3, "—"), Code.A305, "D2"),
        ("ranking.csv", in_cell(1, 3, "7O.00"), Code.A305, "D2"),
        ("ranking.csv", in_cell(1, 4, "并列"), Code.A305, "E2"),
        ("scores.csv", in_cell(1, 3, "无"), Code.A305, "D2"),
        ("figures.csv", in_cell(1, 3, ""), Code.A305, "D2"),
        ("ranking.csv", lambda rows: [[*row[:2], *row[4:5]] for row in rows], None, ""),  # unit, name, rank
        ("ranking.csv", lambda rows: [*rows, [rows[1][0], "改过", *rows[1][2:]]], Code.A307, ""),
        ("ranking.csv", lambda rows: [rows[0], *rows[2:]], None, ""),
        ("ranking.csv", lambda rows: rows[:1], None, ""),
        ("scores.csv", lambda rows: rows[:-1], None, ""),
        ("scores.csv", lambda rows: [rows[0], *(row for row in rows[1:] if row[0] != rows[1][0])], None, ""),
        ("figures.csv", lambda rows: [rows[0], *(row for row in rows[1:] if row[0] != rows[1][0])], None, ""),
        ("figures.csv", lambda rows: rows[:1], None, ""),
        ("figures.csv", lambda rows: [*rows, ["nobody", *rows[1][1:]]], None, ""),
        ("grounds.csv", lambda rows: [row[:3] for row in rows], Code.A303, ""),
    ],
)
def test_a_fault_is_named_and_nothing_is_compared(
    name: str, change: Callable[[Rows], Rows], code: Code | None, cell: str, scores: Scores, folder: Path
) -> None:
    edit(folder / name, change)
    earlier, problems = read_earlier(folder, scores.tree)
    assert earlier is None
    assert [problem.code for problem in problems].count(Code.A311) == 1
    assert {problem.code for problem in problems} == {Code.A311, *([code] if code is not None else [])}
    assert not cell or cell in {getattr(problem.place, "cell", "") for problem in problems}


def test_what_a_later_version_keeps_besides_is_left_out(scores: Scores, folder: Path) -> None:
    edit(folder / "grounds.csv", lambda rows: [*rows, ["", "", "weather", "rain"]])
    earlier, problems = read_earlier(folder, scores.tree)
    assert problems == ()
    assert earlier is not None


@pytest.mark.parametrize("ground", ["edition", "year"])
def test_another_edition_or_year_is_said(ground: str, scores: Scores, folder: Path) -> None:
    edit(folder / "grounds.csv", lambda rows: [[*row[:3], "1999"] if row[2] == ground else row for row in rows])
    earlier, problems = read_earlier(folder, scores.tree)
    assert earlier is not None
    (problem,) = problems
    assert problem.code is Code.A320
