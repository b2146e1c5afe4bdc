"""A file that takes its process down is that file's problem; the round goes on, and is the same by whatever means."""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from builders import a_tree, an_indicator
from calls import run
from clumsy import Clumsy
from sheets import fill

from lawgov_score.catalogue import Code
from lawgov_score.model import Unit
from lawgov_score.problems import CellPlace
from lawgov_score.processes import Limits, Lost, Pool
from lawgov_score.report import problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.intake import read_inputs
from lawgov_score.workbook.submission.reader import InputFile, Reader
from lawgov_score.workbook.template.template import write_template

TREE = a_tree(indicators=[an_indicator()])
CODES = ("01", "02", "03", "04", "05", "06")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    round_ = tmp_path / "round"
    round_.mkdir()
    for i, code in enumerate(CODES):
        path = round_ / f"{code}.xlsx"
        write_template(TREE, Unit(code, f"单位{code}"), path, standards=lambda i: i.rule.standard(i.terms))
        fill(path, {"01-1.x": 0.1 * i if i != 3 else "约90%"})
    return round_


def clumsily(pool: Pool, acts: dict[str, str], reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
    return pool.run(Clumsy(reader, acts), files, 2)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        ("segfault", Code.S150),
        pytest.param("hoard", Code.S151, marks=pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_AS")),
        ("sleep 60", Code.S152),
        ("raise x", Code.S153),
    ],
)
def test_what_takes_a_process_down_is_that_files_problem(folder: Path, act: str, code: Code) -> None:
    alone = read_inputs([path for path in sorted(folder.iterdir()) if path.stem != "02"], TREE)
    with Pool(limits=Limits(megabytes=512, seconds=2.0)) as pool:
        intake = read_inputs([folder], TREE, None, partial(clumsily, pool, {"02.xlsx": act}))
    assert intake.submissions == alone.submissions
    (lost,) = (problem for problem in intake.problems if problem not in alone.problems)
    assert (lost.code, lost.place) == (code, CellPlace((folder / "02.xlsx").as_posix()))
    assert all("{" not in problems_text([lost], lang) for lang in Language)
    assert dict(intake.inputs).keys() == {path.as_posix() for path in folder.iterdir()}  # what was sent is on record


def test_the_same_by_any_number_of_processes(folder: Path) -> None:
    shutil.copy(folder / "01.xlsx", folder / "01-again.xlsx")
    (folder / "09.xlsx").write_bytes(b"%PDF")
    (folder / "t.csv").write_text("unit,01-1.x\n07,0.5\n", encoding="utf-8")
    here = read_inputs([folder], TREE)
    for workers in (1, 3):
        with Pool() as pool:
            elsewhere = read_inputs([folder], TREE, None, partial(pool.run, workers=workers))
        assert elsewhere == here


def test_commands_give_the_same_bytes_by_any_jobs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for jobs in ("0", "1", "3"):
        run("check", "tests/tree/good/small.yaml", str(folder), "--format", "json", "--jobs", jobs)
        said.append(capsys.readouterr().out)
    assert json.loads(said[0])
    assert len(set(said)) == 1
