"""How inputs are read is for the command line to say, and changes nothing of what comes out."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from calls import run
from sheets import fill
from test_cli import Captured, a_small_tree

from lawgov_score import pipeline
from lawgov_score.model import Unit
from lawgov_score.pipeline import ReadingOptions, reading
from lawgov_score.pipeline.progress import Thing
from lawgov_score.workbook.template.template import write_template


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[str, str]:
    """A tree, and a folder with three workbooks of which one holds an error."""
    tree = a_small_tree(tmp_path)
    loaded, _ = pipeline.load_tree(Path(tree))
    assert loaded is not None
    (tmp_path / "round").mkdir()
    key = next(iter(f"{i.code}.{i.fields[0].code}" for i in loaded.indicators if i.fields))
    for code, value in (("A", 1), ("B", "约一"), ("C", 2)):
        path = tmp_path / "round" / f"{code}.xlsx"
        write_template(loaded, Unit(code, f"单位{code}", "any"), path, standards=lambda i: i.rule.standard(i.terms))
        fill(path, {"01-1.got": 4, key: value})
    return tree, str(tmp_path / "round")


def outcome(inputs: tuple[str, str], out: Path, *means: str) -> dict[str, bytes]:
    """Every file that a run writes, by name."""
    run("score", *inputs, "--csv", str(out), "-o", str(out / "scorecard.xlsx"), *means)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_the_same_bytes_by_any_means(inputs: tuple[str, str], tmp_path: Path, capsys: Captured) -> None:
    cache = ("--cache", str(tmp_path / "cache"))
    plain = outcome(inputs, tmp_path / "1", "--jobs", "1")
    assert outcome(inputs, tmp_path / "2", "--jobs", "3") == plain
    assert outcome(inputs, tmp_path / "3", *cache) == plain
    capsys.readouterr()
    entry = next(path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    entry.write_bytes(b"nonsense")
    assert outcome(inputs, tmp_path / "4", *cache) == plain
    assert "S156" in capsys.readouterr().err  # said, but no part of the results


def test_a_number_of_processes_that_is_none(inputs: tuple[str, str]) -> None:
    assert run("check", *inputs, "--jobs", "-1") == 2


def test_no_cluster_is_wrong_usage(inputs: tuple[str, str], capsys: Captured) -> None:
    assert run("check", *inputs, "--dask", "nonsense://") == 2
    assert "S158" in capsys.readouterr().err


def test_who_watches_sees_every_file_go_by(inputs: tuple[str, str]) -> None:
    seen: list[object] = []

    def watch(items: Sequence[Thing], what: str) -> Iterable[Thing]:
        for item in items:
            yield item
            seen.append((what, item))

    loaded, _ = pipeline.load_tree(Path(inputs[0]))
    assert loaded is not None
    with reading(ReadingOptions(watch=watch)) as by_workers:
        pipeline.check(loaded, [Path(inputs[1])], None, by_workers)
    assert len(seen) == 3
