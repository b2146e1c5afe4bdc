"""What earlier versions made: trees load, workbooks are read, scorecards and cards are verified by their figures."""

from pathlib import Path

import openpyxl
import pytest

from lawgov_score import __version__
from lawgov_score.catalogue import Code
from lawgov_score.pipeline import Assessment, Verification, assess, load_tree, verify
from lawgov_score.problems import is_error
from lawgov_score.workbook.package.opened import Opened, open_workbook
from lawgov_score.workbook.verify.figures import count_figures

HERE = Path(__file__).parent
VERSIONS = sorted(path for path in HERE.iterdir() if path.is_dir() and path.name[0].isdigit())
FOLDERS = [folder for version in VERSIONS for folder in sorted(version.iterdir())]
by_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")


def scored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Assessment:
    """What the files come to now, named as they were then."""
    monkeypatch.chdir(folder)

    def there(name: str) -> Path | None:
        return Path(name) if Path(name).exists() else None

    office, inputs = there("office"), there("in") or Path("figures.csv")
    assessor = [office] if office is not None else []
    return assess(Path("tree.yaml"), [inputs], there("roster.csv"), assessor=assessor, previous=there("previous"))


def verified(folder: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Verification:
    return verify(path, lambda: scored(folder, monkeypatch))


def test_every_release_is_here() -> None:
    """The version being made is added when the next one begins (tests/earlier/make.py)."""
    assert [version.name for version in VERSIONS] == ["0.1.0", "0.2.0"]
    assert __version__ not in {version.name for version in VERSIONS}
    for version in VERSIONS:
        assert len(list(version.glob("*/tree.yaml"))) == 3
        assert len(list(version.glob("*/scorecard.xlsx"))) == 3
        assert len(list(version.glob("*/in/*.xlsx"))) == 3


@by_folder
def test_its_tree_loads(folder: Path) -> None:
    tree, problems = load_tree(folder / "tree.yaml")
    assert tree is not None
    assert [problem for problem in problems if is_error(problem)] == []


@by_folder
def test_its_inputs_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = scored(folder, monkeypatch)
    assert done.scores is not None
    assert [problem for problem in done.problems if is_error(problem)] == []
    assert all(submission is not None for submission in done.scores.submissions)


@by_folder
@pytest.mark.parametrize("name", ["scorecard.xlsx", "card.xlsx"])
def test_its_figures_are_verified(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = verified(folder, folder / name, monkeypatch)
    assert [problem.code for problem in done.problems] == [Code.V202]
    assert done.problems[0].values["expected"] == folder.parent.name
    assert done.cells > 30
    assert done.files > 0


# What was touched, on a sheet: the first cell below a heading, and what it becomes.
TOUCHED = [
    ("scorecard.xlsx", "排名", "得分", 99.25),
    ("scorecard.xlsx", "排名", "等次", "甲等"),
    ("scorecard.xlsx", "排名", "位次", 7),
    ("scorecard.xlsx", "明细", "分值", 3.25),
    ("scorecard.xlsx", "明细", "得分", None),
    ("scorecard.xlsx", "填报值", "备案得分", 17.0),
    ("card.xlsx", "明细", "得分", 2.125),
    ("card.xlsx", "明细", "填报值", 29.0),
]


@pytest.mark.parametrize(("name", "sheet", "heading", "content"), TOUCHED)
def test_a_touched_figure_is_named(
    name: str, sheet: str, heading: str, content: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = VERSIONS[0] / "e-vetoes-and-limits"
    book = openpyxl.load_workbook(folder / name, data_only=True)
    row, column = next(
        (cell.row, cell.column) for line in book[sheet].iter_rows(max_row=6) for cell in line if cell.value == heading
    )
    touched = book[sheet].cell(row + 1, column)
    assert touched.value != content
    touched.value = content  # type: ignore[assignment]  # whatever people write
    book.save(tmp_path / name)
    done = verified(folder, tmp_path / name, monkeypatch)
    named = [problem for problem in done.problems if problem.code is Code.V206]
    assert [getattr(problem.place, "sheet", "") for problem in named] == [sheet]
    if content is not None:
        assert getattr(named[0].place, "cell", "") == touched.coordinate


def test_words_may_differ_and_numbers_may_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = VERSIONS[0] / "c-means"
    book = openpyxl.load_workbook(folder / "scorecard.xlsx", data_only=True)
    for line in book["排名"].iter_rows(max_row=3):
        for cell in line:
            if isinstance(cell.value, str):
                cell.value = "换了一种说法"
    book.save(tmp_path / "words.xlsx")
    assert [one.code for one in verified(folder, tmp_path / "words.xlsx", monkeypatch).problems] == [Code.V202]


def test_figures_are_found_by_headings_in_every_scorecard() -> None:
    for folder in FOLDERS:
        opened = open_workbook(folder / "scorecard.xlsx")
        assert isinstance(opened, Opened)
        tree, _ = load_tree(folder / "tree.yaml")
        assert tree is not None
        assert count_figures(opened, {node.code for node in tree.nodes}) > 10 * len(tree.indicators)
