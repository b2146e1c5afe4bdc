"""A real cluster of two workers on this machine: the same bytes as at home, and refusals."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_tree, an_indicator
from distributed import LocalCluster
from sheets import fill

from lawgov_score.catalogue import Code
from lawgov_score.model import Unit
from lawgov_score.problems import CellPlace, RefusedError, TextPlace
from lawgov_score.processes import Limits
from lawgov_score.workbook.submission import cluster as clusters
from lawgov_score.workbook.submission.cluster import on_cluster
from lawgov_score.workbook.submission.intake import read_inputs
from lawgov_score.workbook.submission.reader import InputFile, Reader
from lawgov_score.workbook.template.template import write_template

pytestmark = pytest.mark.filterwarnings("ignore")  # the library's own, of ports and sockets

TREE = a_tree(indicators=[an_indicator()])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler and two workers, each a process."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    blank, filled = tmp_path / "blank.xlsx", tmp_path / "round"
    filled.mkdir()
    write_template(TREE, Unit("U00", "单位"), blank, standards=lambda i: i.rule.standard(i.terms))
    fill(blank, {"01-1.x": 0.5})
    for i in range(24):
        (filled / f"U{i:02}.xlsx").write_bytes(blank.read_bytes())  # all of one unit: two dozen problems to compare
    (filled / "t.csv").write_text("unit,01-1.x\nV1,约90%\nV2,0.7\n", encoding="utf-8")
    (filled / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    return filled


def test_the_cluster_reads_what_is_read_at_home(address: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home = read_inputs([folder], TREE)
    with on_cluster(address, Limits()) as run:
        assert read_inputs([folder], TREE, None, run) == at_home
        monkeypatch.chdir(folder.parent)
        assert read_inputs([Path("round")], TREE, None, run) == read_inputs([Path("round")], TREE)


def refused(address: str, files: Sequence[InputFile]) -> tuple[Code, object]:
    with pytest.raises(RefusedError) as error, on_cluster(address, Limits()) as run:
        list(run(Reader(TREE, None), files))
    return error.value.problem.code, error.value.problem.place


def test_workers_that_do_not_see_the_files_are_refused(
    address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "U01.xlsx"
    monkeypatch.setattr(clusters, "_sizes", SeenHereOnly())
    assert refused(address, [InputFile(path)]) == (Code.S155, CellPlace(path.as_posix()))


class SeenHereOnly:
    """Sizes, as if the folder were not there anywhere else."""

    def __init__(self) -> None:
        self.here = os.getpid()

    def __call__(self, paths: Sequence[Path]) -> list[int]:
        return [7 if os.getpid() == self.here else -1 for _ in paths]


def test_workers_of_another_version_are_refused(address: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "program", AnotherHere())
    assert refused(address, [InputFile(folder / "U01.xlsx")]) == (Code.S154, TextPlace(address))


class AnotherHere:
    """A fingerprint of the program that differs by process."""

    def __call__(self) -> str:
        return str(os.getpid())


def test_no_cluster_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_SECONDS_TO_CONNECT", 0.5)
    nowhere = "tcp://127.0.0.1:9"
    assert refused(nowhere, [InputFile(folder / "U01.xlsx")]) == (Code.S158, TextPlace(nowhere))


def test_no_library_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "find_spec", lambda _: None)
    assert refused("tcp://x:1", [InputFile(folder / "U01.xlsx")]) == (Code.S160, TextPlace("tcp://x:1"))


def test_nothing_to_read_asks_nobody(address: str) -> None:
    with on_cluster(address, Limits()) as run:
        assert list(run(Reader(replace(TREE), None), [])) == []
