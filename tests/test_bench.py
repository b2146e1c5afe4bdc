"""`make bench`: its rows, that each floor does the same work as ours, and the page that it renews."""

import csv
import re
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name

import pytest

from benchmarks import __main__ as bench
from benchmarks import melting, performance_doc
from benchmarks.bare import cells_of, write_bare
from benchmarks.comparing import write_both
from benchmarks.ratio import compare, seconds
from benchmarks.row import Extent, Measured
from benchmarks.rows import BY_NAME, ROWS
from benchmarks.scoring import check_same, works_of_comparing, works_of_sample
from benchmarks.spent import megabytes, spent
from benchmarks.tables import to_csv
from benchmarks.writing import scored_round, writing_scorecard
from lawgov_score.pipeline import load_tree

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
TINY = {  # so small that only the way is tested, not the speed
    "help": 1,
    "tree": 129,
    "diff": 129,
    "export": 129,
    "workbooks": 2,
    "marking": 1,
    "table": 3,
    "scoring-comparing": 3,
    "scoring-growth": 20,
    "scoring-sample": 5,
    "scoring-memory": 8,
    "table-to-csv": 3,
    "memory": 3,
    "scorecard": 2,
    "scorecard-growth": 2,
    "scorecard-memory": 2,
    "details": 2,
    "cards": 2,
}


def test_rows_have_names_of_their_own_and_functions_that_are_there() -> None:
    assert len(BY_NAME) == len(ROWS)
    assert len({row.measure for row in ROWS}) == len(ROWS)
    assert all(callable(resolve_name(row.measure)) for row in ROWS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", row.name) for row in ROWS)  # ROW=name, without quotes


@pytest.mark.parametrize("name", BY_NAME)
def test_every_row_runs(name: str, tmp_path: Path) -> None:
    extent = Extent(TINY[name], 1)
    measured = BY_NAME[name].measured(extent, tmp_path)
    assert measured.value >= 0
    assert f"{name}: {BY_NAME[name].what(extent)}" in BY_NAME[name].lines(extent, measured)
    assert Measured.from_text(measured.text()) == measured


def test_an_unknown_row_is_refused_and_the_rows_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench.main(["--row", "tabel"])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert all(name in said for name in BY_NAME)


def test_the_exit_code_says_whether_rows_ran_not_whether_they_are_within(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: dict[str, Measured | None] = {"help": Measured(99.0, "9.9 s", "0.1 s"), "tree": Measured(1.0, "1 s", "1 s")}
    monkeypatch.setattr(bench, "_measured", lambda row, _: seen[row.name])
    assert bench.main(["--row", "tree", "help"]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"99\.0× +aim 2×, above +help: .*\n +ours 9\.9 s, floor 0\.1 s: ", printed)
    assert re.search(r"1\.00× +aim 5×, within +tree: ", printed)
    assert printed.index("help: ") < printed.index("tree: ")  # in the order of the registry
    assert re.search(r"processor time of it all: \d+ s\n$", printed)
    seen["tree"] = None
    assert bench.main(["--row", "help", "tree"]) == 1
    assert "tree: did not run" in capsys.readouterr().err


def test_a_row_runs_in_a_process_of_its_own_that_leaves_nothing_behind() -> None:
    command = [sys.executable, "-W", "error", "-m", "benchmarks.alone", "workbooks", "2", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert Measured.from_text(done.stdout).value > 0
    assert done.stderr == ""  # no leaked semaphores, no open files


def test_a_row_that_breaks_did_not_run(capfd: pytest.CaptureFixture[str]) -> None:
    row = replace(BY_NAME["tree"], name="no such row")
    assert bench._measured(row, row.short) is None
    assert "no such row" in capfd.readouterr().err


# ------------------------------------------------------------ floors do the same work


def test_the_floor_of_comparing_comes_to_the_same_scores_totals_and_places(tmp_path: Path) -> None:
    ours, floor = works_of_comparing(50, tmp_path)
    scores, sums = ours(), floor()
    check_same(scores, sums)
    assert len(set(sums.places.tolist())) > 40
    sums.scores[7, 3] += 0.0001
    with pytest.raises(AssertionError):
        check_same(scores, sums)


def test_the_floor_of_the_sample_tree_comes_to_the_same_scores_totals_and_places(tmp_path: Path) -> None:
    ours, floor, engine = works_of_sample(60, tmp_path)
    scores, sums = ours(), floor()
    check_same(scores, sums)
    check_same(engine(), sums)
    assert scores.coverage.min() == 1.0  # every answer is given
    sums.places[0] += 1
    with pytest.raises(AssertionError):
        check_same(scores, sums)


def test_the_floor_of_a_table_writes_every_unit_and_indicator_with_six_columns(tmp_path: Path) -> None:
    tree_path, table = write_both(tmp_path, 30)
    to_csv(tree_path, table, tmp_path / "out")
    melting.main(table, tmp_path / "long.csv")
    tree, _ = load_tree(tree_path)
    assert tree is not None
    codes = {indicator.code for indicator in tree.indicators}
    ours = [line for line in _lines(tmp_path / "out" / "scores.csv") if line["code"] in codes]
    bare = _lines(tmp_path / "long.csv")
    assert sorted((line["unit"], line["code"]) for line in bare) == sorted(
        (line["unit"], line["code"]) for line in ours
    )
    assert list(bare[0]) == list(ours[0])[:6]
    length = sum(len(line["reason"]) for line in ours) / len(ours)
    assert len(melting.REASON) == pytest.approx(length, rel=0.1)


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_floor_of_writing_writes_the_same_cells(tmp_path: Path) -> None:
    writing_scorecard(scored_round(tmp_path / "round", 2), tmp_path / "scorecard.xlsx")()
    cells = cells_of(tmp_path / "scorecard.xlsx")
    write_bare(tmp_path / "bare.xlsx", cells)
    assert sum(bool(formula) for sheet in cells.values() for _, _, formula, _ in sheet) > 500
    assert cells_of(tmp_path / "bare.xlsx") == cells


# ------------------------------------------------------------ what a command takes


def test_memory_is_that_of_the_command_not_of_who_starts_it() -> None:
    large = spent([sys.executable, "-c", "print(len(bytearray(200_000_000)))"])
    small = spent([sys.executable, "-c", "pass"])
    assert large.megabytes > 200
    assert small.megabytes < 50 < megabytes(resource.RUSAGE_SELF)


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match=r"exit code 3.*\nso it is"):
        spent([sys.executable, "-c", "import sys; print('so it is', file=sys.stderr); sys.exit(3)"])


def test_times_are_printed_with_three_digits() -> None:
    written = [seconds(number) for number in (1234.5, 123.4, 1.0, 0.9999, 0.01234, 0.0012)]
    assert written == ["1,234 s", "123 s", "1.00 s", "1,000 ms", "12.3 ms", "1.20 ms"]


def test_the_ratio_is_the_median_of_the_pairs_and_not_that_of_the_medians() -> None:
    ours, floor = iter([100.0, 2.0, 6.0, 30.0]), iter([100.0, 1.0, 2.0, 3.0])
    measured = compare(lambda: next(ours), lambda: next(floor), pairs=3)
    assert measured == Measured(3.0, "6.00 s", "2.00 s")  # 2, 3 and 10; the first pair only warms up


# ------------------------------------------------------------ the page


def test_the_page_has_a_line_for_each_row_in_their_order() -> None:
    assert list(performance_doc.lines_of(PAGE.read_text(encoding="utf-8"))) == list(BY_NAME)


def test_a_run_renews_the_lines_of_its_rows_and_drops_those_of_none(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    gone = "| `gone` | x | y | 1× | 2× | z |"
    head, old = "# Page\n\nOf `table`.\n", "| `tree` | as it was | y | 7× | 5× | z |"
    page.write_text(f"{head}{performance_doc.BEGIN}\n{gone}\n{old}\n{performance_doc.END}\ntail\n", encoding="utf-8")
    extent = Extent(3_000, 3)
    within, above = Measured(12.345, "1.9 s", "150 ms"), Measured(612.0, "20 s")
    performance_doc.renew(page, {"table": (extent, within), "memory": (extent, above)})
    text = page.read_text(encoding="utf-8")
    lines = performance_doc.lines_of(text)
    assert text.startswith(head)
    assert text.endswith(f"{performance_doc.END}\ntail\n")
    assert list(lines) == list(BY_NAME)
    assert lines["tree"] == old
    assert lines["table"] == (
        "| `table` | a table of 3,000 units × 129 read and checked | `pandas.read_csv` of the same file "
        "| 12.3× | 15× | 1.9 s; floor 150 ms |"
    )
    assert lines["memory"].endswith("| – | 612 MB (**above**) | 500 MB | 20 s |")
    assert "not yet" in lines["help"]


def test_make_bench_passes_its_settings_on() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"^bench: .*\n\t(.*)$", makefile, flags=re.M)
    given = "$(if $(FULL),--full) $(if $(ROW),--row $(ROW)) $(if $(WRITE),--write docs/performance.md)"
    assert recipe == f"$(BIN)/python -m benchmarks {given}"
