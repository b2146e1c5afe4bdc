"""An earlier run's tables, as clerks leave them: compared as a whole, or refused with the cell that is at fault."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_field, a_submission, a_tree, a_unit, a_unit_type, an_indicator
from rounds import a_round

from lawgov_score import tables
from lawgov_score.catalogue import Code
from lawgov_score.content.grounds import grounds_of
from lawgov_score.model import Instead, OnZero, Scores, WhenZero, Why
from lawgov_score.model.notice import NO_NOTICE
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.earlier_results import read_earlier


@pytest.fixture(scope="module")
def scores() -> Scores:
    return a_round()


@pytest.fixture
def folder(scores: Scores, tmp_path: Path) -> Path:
    write(scores, tmp_path)
    return tmp_path


def write(scores: Scores, folder: Path) -> None:
    tables.write_ranking(scores, folder / "ranking.csv")
    tables.write_scores(scores, folder / "scores.csv", Language.ZH)
    tables.write_figures(scores, folder / "figures.csv")
    tables.write_grounds(grounds_of(scores, {}, NO_NOTICE, Language.ZH), folder / "grounds.csv")


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
        ("figures.csv", lambda rows: [rows[0], *rows[2:]], None, ""),
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


def without_figures() -> Scores:
    """U1 gets full marks for what does not apply to it; U2 reported nothing, which the tiers give 1 point."""
    full = Instead({Why.TYPE: OnZero(WhenZero.SHARE, 1.0)}, frozenset({"office"}))
    tiers = {"kind": "tiers", "tiers": [{"at_most": 45000, "score": 2}], "otherwise": 1}
    tree = a_tree(
        indicators=[
            an_indicator(code="01-1", points=2.0, applies_to=["town"], instead=full),
            an_indicator(
                code="01-2",
                points=2.0,
                applies_to=["town"],
                fields=(a_field(code="sent", type="date", never="未报送"),),
                rule=tiers,
            ),
        ],
        unit_types=(a_unit_type(code="town"), a_unit_type(code="office")),
    )
    units = (a_unit(code="U1", type="office"), a_unit(code="U2", type="town"))
    answers = {"01-2.sent": float("inf")}
    return score(tree, units, [a_submission(unit=unit, answers=answers) for unit in units])


def test_points_without_any_figure_are_no_gap(tmp_path: Path) -> None:
    scores = without_figures()
    assert scores.total.tolist() == [4.0, 1.0]  # the first on the scale of what is left to it
    write(scores, tmp_path)
    assert len((tmp_path / "figures.csv").read_text(encoding="utf-8-sig").splitlines()) == 1  # its head
    earlier, problems = read_earlier(tmp_path, scores.tree)
    assert problems == ()
    assert earlier is not None


def test_of_a_version_that_did_not_count_figures_points_without_any_are_a_gap(scores: Scores, folder: Path) -> None:
    """0.6.0 had nothing that gave points without a figure, and did not count its lines."""
    edit(folder / "grounds.csv", lambda rows: [row for row in rows if row[2] != "figures"])
    earlier, problems = read_earlier(folder, scores.tree)
    assert earlier is not None
    edit(folder / "figures.csv", lambda rows: rows[:1])
    earlier, problems = read_earlier(folder, scores.tree)
    assert earlier is None
    assert [problem.code for problem in problems] == [Code.A311]


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
