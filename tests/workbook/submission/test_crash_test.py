"""A workbook that takes down whoever opens it is not opened here: the office's own, a roster, a scorecard to verify."""

from pathlib import Path

import pytest
import tasks
from builders import a_tree, a_unit, an_indicator
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.model import NO_REVIEW
from lawgov_score.pipeline import assessment, check_review, load_roster, loading, verification, verify
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.processes import Limits
from lawgov_score.workbook.submission import crash_test as probe
from lawgov_score.workbook.submission.crash_test import files_that_crash

TREE = a_tree(indicators=[an_indicator()])


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose name says what happens to whoever opens it: ``sleep 60``."""
    monkeypatch.setattr(probe, "open_only", tasks.act_by_name)
    return a_workbook(tmp_path / "sleep 60.xlsx", {"s": "| unit |\n| A |"})


def lost(path: Path) -> list[tuple[Code, CellPlace]]:
    return [(Code.S152, CellPlace(path.as_posix()))]


def named(problems: tuple[Problem, ...]) -> list[tuple[Code, object]]:
    return [(problem.code, problem.place) for problem in problems]


def test_each_is_opened_elsewhere_first(hostile: Path, tmp_path: Path) -> None:
    good = a_workbook(tmp_path / "good.xlsx", {"s": "| a |"})
    (tmp_path / "crash.csv").write_text("unit\n", encoding="utf-8")  # a table: no library reads it
    found = files_that_crash([hostile, good, tmp_path / "crash.csv", tmp_path / "none.xlsx"], Limits(seconds=1.0))
    assert list(found) == [hostile]
    assert named(tuple(found.values())) == lost(hostile)


def test_where_everything_opens_nothing_is_said(tmp_path: Path) -> None:
    assert files_that_crash([a_workbook(tmp_path / "good.xlsx", {"s": "| a |"})]) == {}
    assert files_that_crash([]) == {}


def test_whoever_reads_such_a_file_leaves_it_closed(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = files_that_crash([hostile], Limits(seconds=1.0))
    for module in (assessment, loading, verification):
        monkeypatch.setattr(module, "files_that_crash", lambda paths, **_: {path: found[path] for path in paths})
    monkeypatch.setattr("lawgov_score.workbook.package.opened.guard", None)  # whoever opened it now would fail
    review, problems = check_review(TREE, [hostile], (a_unit(code="A"),), ())
    assert (review, named(problems)) == (NO_REVIEW, lost(hostile))
    assert named(load_roster(hostile, TREE)[1]) == lost(hostile)
    assert named(verify(hostile, lambda: pytest.fail("nothing to compare")).problems) == lost(hostile)
