"""The five published systems: excerpts score as printed everywhere, the complete data where they are at hand."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from benchmarks.published import SYSTEMS, Files, System, read_files
from benchmarks.reproduce import TREES, data_folder, main, report, reproduce
from lawgov_score import tree
from lawgov_score.catalogue import Code

ROOT = Path(__file__).parent.parent.parent
EXCERPTS = Path(__file__).parent
MOST_UNITS = 20


@dataclass(frozen=True)
class Source:
    """Data of one system: the excerpt in this folder, or the complete data."""

    system: System
    folder: Path
    is_complete: bool


SOURCES = [
    Source(system, folder / system.folder, is_complete)
    for folder, is_complete in ((EXCERPTS, False), (data_folder(), True))
    for system in SYSTEMS
    if (folder / system.folder).is_dir()
]
EXCERPT_SOURCES = SOURCES[: len(SYSTEMS)]


def name_of(source: Source) -> str:
    return f"{source.system.tree}-{'complete' if source.is_complete else 'excerpt'}"


def changed(files: Files, column: str, row: int, printed: str) -> Files:
    """The same files with one printed figure changed."""
    rows = list(files.printed)
    rows[row] = {**rows[row], column: printed}
    return replace(files, printed=tuple(rows))


def answered(files: Files, column: str, row: int, answer: str) -> Files:
    """The same files with one answer changed."""
    rows = list(files.inputs)
    rows[row] = {**rows[row], column: answer}
    return replace(files, inputs=tuple(rows))


def row_of(files: Files, **wanted: str) -> int:
    return next(i for i, row in enumerate(files.inputs) if wanted.items() <= row.items())


def the(tree_code: str) -> tuple[System, Files]:
    """A system and its excerpt."""
    source = next(source for source in EXCERPT_SOURCES if source.system.tree == tree_code)
    return source.system, read_files(source.folder)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.tree)
def test_the_trees_are_clean(system: System) -> None:
    found, problems = tree.load(TREES / system.tree)
    assert {problem.code for problem in problems if problem.waived} <= {Code.T252}  # their own method, with its reason
    assert [problem for problem in problems if not problem.waived] == []
    assert found is not None
    assert found.notice  # whose data, and that it is a reproduction
    assert found.issuer


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_the_printed_figures_reproduce(source: Source) -> None:
    """All but those that are known to contradict the publisher's own rule, and those do differ.

    Places depend on who else is there: an excerpt's are compared in a test of their own.
    """
    done = reproduce(source.system, read_files(source.folder))
    found = Counter(figure.what for figure in done.figures)
    assert found.keys() == source.system.count.keys()
    if source.is_complete:
        assert done.is_as_published, report(done)
    else:
        assert [figure for figure in done.unexpected if figure.what != "ranks"] == []
        assert done.not_found == ()


@pytest.mark.parametrize("source", EXCERPT_SOURCES, ids=name_of)
def test_excerpts_are_small(source: Source) -> None:
    """The publishers' data are not ours: no more than 20 units of each."""
    files = read_files(source.folder)
    assert 0 < len(files.inputs) == len(files.printed) <= MOST_UNITS


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_excerpts_are_cut_out_unchanged(source: Source) -> None:
    """Every row of the excerpt stands in the complete data as well, where they are at hand."""
    whole, part = read_files(source.folder), read_files(EXCERPTS / source.system.folder)
    for kept, rows in ((part.inputs, whole.inputs), (part.printed, whole.printed), (part.exceptions, whole.exceptions)):
        assert [row for row in kept if row not in rows] == []


@pytest.mark.parametrize(
    ("tree_code", "column", "printed"),
    [
        ("wjp-roli", "F5", "0.5"),
        ("wjp-roli", "overall", "0.5"),
        ("freedom-in-the-world", "PR", "41"),
        ("freedom-in-the-world", "CL_rating", "8"),
        ("freedom-in-the-world", "Status", "none"),
        ("human-development-index", "hdi", "0.001"),
        ("open-budget-2015", "obi", "100.5"),
        ("open-budget-2015", "grade_sai", "none"),
    ],
)
def test_a_changed_figure_is_noticed(tree_code: str, column: str, printed: str) -> None:
    system, files = the(tree_code)
    before = reproduce(system, files)
    after = reproduce(system, changed(files, column, 0, printed))
    new = Counter(figure.what for figure in after.differing) - Counter(figure.what for figure in before.differing)
    assert new.total() == 1
    assert len(after.unexpected) == len(before.unexpected) + 1
    assert not after.is_as_published
    assert "NOT KNOWN TO DIFFER" in report(after)


def test_a_changed_rating_and_a_contradiction_too_few_are_noticed() -> None:
    system, files = the("pefa-2011")
    exception = files.exceptions[0]
    row = row_of(files, assessment=exception["assessment"])
    mended = reproduce(system, changed(files, exception["indicator"], row, exception["rule_gives"]))
    assert mended.not_found == ((f"{exception['method']}, all rated", row_name(exception)),)
    assert "KNOWN TO DIFFER, but does not" in report(mended)
    forgotten = reproduce(system, replace(files, exceptions=files.exceptions[1:]))
    assert [figure.unit for figure in forgotten.unexpected] == [row_name(exception)]


def row_name(exception: Mapping[str, str]) -> str:
    return f"{exception['assessment']} {exception['indicator']}"


def test_the_engine_gives_what_the_list_of_contradictions_says_the_rule_gives() -> None:
    system, files = the("pefa-2011")
    rule = {row_name(exception): exception["rule_gives"] for exception in files.exceptions}
    assert {figure.unit: figure.ours for figure in reproduce(system, files).differing} == rule


@pytest.mark.parametrize("cell", ["NR", "NU"])
def test_a_dimension_without_information_leaves_no_rating(cell: str) -> None:
    system, files = the("pefa-2011")
    row = next(i for i, one in enumerate(files.inputs) if {one["PI-11.1"], one["PI-11.2"]} <= set("ABCD"))
    done = reproduce(system, answered(files, "PI-11.1", row, cell))
    column = done.scores.node_column["PI-11"]
    units = [unit.code for unit in done.scores.units]
    assert str(done.scores.scores[units.index(files.inputs[row]["assessment"]), column]) == "nan"
    assert str(done.scores.total.tolist()[0]) == "nan"  # nothing is added up, nobody is ranked
    assert set(done.scores.rank.tolist()) == {0}


def test_a_country_without_one_of_the_four_figures_has_no_index() -> None:
    system, files = the("human-development-index")
    row = row_of(files, code="CHE")
    done = reproduce(system, answered(files, "mys", row, ""))
    place = [unit.code for unit in done.scores.units].index("2022-CHE")
    assert str(done.scores.total[place]) == "nan"
    assert done.scores.rank[place] == 0
    assert done.scores.grades[place] == ""


def places(printed: Sequence[float]) -> list[int]:
    """Ties share the better place."""
    return [1 + sum(other > own for other in printed) for own in printed]


def test_the_human_development_index_is_ranked_as_printed_to_three_decimals() -> None:
    system, files = the("human-development-index")
    done = reproduce(system, files)
    ranked = [row for row in files.printed if row["rank_2022"]]
    found = {unit.code: int(place) for unit, place in zip(done.scores.units, done.scores.rank, strict=True)}
    expected = places([float(row["hdi"]) for row in ranked])
    assert [found[f"2022-{row['code']}"] for row in ranked] == expected
    assert len(set(expected)) < len(expected)  # a tie is among them
    assert found["2022-ZZK.WORLD"] == 1  # an aggregate is in a cohort of its own


def test_the_open_budget_index_ranks_one_after_the_other() -> None:
    system, files = the("open-budget-2015")
    done = reproduce(system, files)
    found = {unit.code: int(place) for unit, place in zip(done.scores.units, done.scores.rank, strict=True)}
    by_printed_rank = sorted(files.printed, key=lambda row: int(row["rank"]))
    assert [found[row["code"]] for row in by_printed_rank] == list(range(1, len(by_printed_rank) + 1))


def test_one_total_may_have_two_statuses() -> None:
    """The grade looks at the mean of the two ratings, not at the total."""
    system, files = the("freedom-in-the-world")
    scores = reproduce(system, files).scores
    statuses: dict[float, set[str]] = {}
    for total, grade in zip(scores.total.tolist(), scores.grades, strict=True):
        statuses.setdefault(total, set()).add(grade)
    assert {total for total, found in statuses.items() if len(found) > 1} == {32, 66, 67, 70, 72}


def test_the_command_reproduces_or_says_that_there_is_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "nowhere"
    assert main(["--data", str(nowhere)]) == 0
    assert str(nowhere) in capsys.readouterr().out
    monkeypatch.setenv("LAWGOV_PUBLISHED", str(nowhere))
    assert main([]) == 0
    assert str(nowhere) in capsys.readouterr().out
    assert main(["--data", str(EXCERPTS)]) == 1  # twenty units are not the complete data
    said = capsys.readouterr().out
    assert "NOT ALL AS PUBLISHED" in said
    assert "COMPARED, not" in said


def test_make_knows_the_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^reproduce: .*\n\t\$\(BIN\)/python -m benchmarks\.reproduce$", makefile, flags=re.M)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reproduce", "--help"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--data" in done.stdout


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.tree)
def test_whose_the_data_are_is_said_beside_them(system: System) -> None:
    for page in (EXCERPTS / "README.md", ROOT / "docs" / "published-systems.md"):
        assert system.folder in page.read_text(encoding="utf-8"), page
