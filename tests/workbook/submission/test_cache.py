"""What was read once is not read again unless something it rests on has changed; the results are always the same."""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from builders import a_tree, an_indicator
from sheets import fill

from lawgov_score.model import Roster, Tree, Unit, UnitType
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.processes import Lost, LostReason
from lawgov_score.report import problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.cache import cached
from lawgov_score.workbook.submission.intake import Intake, read_inputs
from lawgov_score.workbook.submission.reader import InputFile, Reader, in_this_process
from lawgov_score.workbook.template.template import write_template

TREE = a_tree(
    indicators=[an_indicator(code="01-1"), an_indicator(code="01-2", applies_to=["bureau"])],
    unit_types=(UnitType("office", "办事处"), UnitType("bureau", "部门")),
    fingerprint="f1",
)
UNITS = tuple(Unit(code, f"单位{code}", "office") for code in ("01", "02", "03"))


@dataclass
class Counting:
    """Reads in_this_process, and notes what it was asked to read and what was told."""

    cache: Path
    read: list[str] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    lost: str = ""

    def __call__(self, reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
        for file, data in zip(files, in_this_process(reader, files), strict=True):
            self.read.append(file.path.name)
            yield Lost(LostReason.TIME) if file.path.name == self.lost else data

    def take(self, folder: Path, tree: Tree = TREE, roster: Roster | None = UNITS) -> Intake:
        """Reads by way of the cache; ``read`` then holds what was not in it."""
        self.read.clear()
        self.told.clear()
        intake = read_inputs([folder], tree, roster, cached(self, self.cache, self.told.append))
        if not self.lost:
            assert intake == read_inputs([folder], tree, roster)
        assert all("{" not in problems_text(self.told, lang) for lang in Language)
        return intake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    round_ = tmp_path / "round"
    round_.mkdir()
    for unit in UNITS:
        path = round_ / f"{unit.code}.xlsx"
        write_template(TREE, unit, path, standards=lambda i: i.rule.standard(i.terms))
        fill(path, {"01-1.x": 0.5})
    (round_ / "04.xlsx").write_bytes(b"%PDF")  # a refusal costs nothing, and is not kept
    (round_ / "t.csv").write_text("unit,01-1.x\n05,0.5\n", encoding="utf-8")  # nor is a table
    return round_


@pytest.fixture
def cache(folder: Path, tmp_path: Path) -> Counting:
    """A cache that holds the round."""
    counting = Counting(tmp_path / "cache")
    counting.take(folder)
    assert counting.read == ["01.xlsx", "02.xlsx", "03.xlsx", "04.xlsx"]
    return counting


def entries(cache: Counting) -> list[Path]:
    return sorted(path for path in cache.cache.rglob("*") if path.is_file())


def test_nothing_is_read_twice(folder: Path, cache: Counting) -> None:
    cache.take(folder)
    assert (cache.read, cache.told) == (["04.xlsx"], [])
    assert len(entries(cache)) == 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in entries(cache))


def test_one_changed_file_re_reads_one_file(folder: Path, cache: Counting) -> None:
    fill(folder / "02.xlsx", {"01-1.x": 0.8})
    cache.take(folder)
    assert cache.read == ["02.xlsx", "04.xlsx"]


def test_the_folder_may_move_a_file_may_not_change_its_name(folder: Path, cache: Counting) -> None:
    moved = folder.rename(folder.with_name("moved"))
    (moved / "01.xlsx").rename(moved / "1.xlsx")
    intake = cache.take(moved)
    assert cache.read == ["04.xlsx", "1.xlsx"]
    assert intake.submissions[1].path == (moved / "02.xlsx").as_posix()


def test_what_the_roster_says_of_a_unit_counts_and_nothing_else_of_it(folder: Path, cache: Counting) -> None:
    others = (
        *(replace(unit, type="bureau") if unit.code == "02" else unit for unit in UNITS),
        Unit("9", "新", "office"),
    )
    cache.take(folder, roster=others)
    assert cache.read == ["02.xlsx", "04.xlsx"]
    cache.take(folder, roster=None)
    assert cache.read == ["01.xlsx", "02.xlsx", "03.xlsx", "04.xlsx"]


def test_another_tree_is_another_reading(folder: Path, cache: Counting) -> None:
    cache.take(folder, replace(TREE, fingerprint="f2"))
    assert cache.read == ["01.xlsx", "02.xlsx", "03.xlsx", "04.xlsx"]


def test_another_version_of_the_program_is_another_reading(
    folder: Path, cache: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lawgov_score.workbook.submission.cache.program", lambda: "another")
    cache.take(folder)
    assert len(cache.read) == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:40],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"\x80\x04" + data,
        lambda data: data.partition(b"\n")[0] + b"\n",
    ],
    ids=["empty", "cut", "head", "changed", "pickle", "no rest"],
)
def test_a_damaged_entry_is_read_anew_with_a_word(folder: Path, cache: Counting, damage) -> None:  # type: ignore[no-untyped-def]
    victim = entries(cache)[0]
    victim.write_bytes(damage(victim.read_bytes()))
    cache.take(folder)
    assert len(cache.read) == 2
    assert [(one.code, one.place) for one in cache.told] == [("S156", CellPlace(victim.as_posix()))]
    cache.take(folder)
    assert (cache.read, cache.told) == (["04.xlsx"], [])


def test_what_a_killed_run_left_half_written_is_no_entry(folder: Path, cache: Counting) -> None:
    whole = entries(cache)[0]
    whole.rename(whole.with_name(f".{whole.name}.123"))
    cache.take(folder)
    assert (len(cache.read), cache.told) == (2, [])


def test_a_run_that_was_ended_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    counting = Counting(tmp_path / "cache")
    files = [InputFile(path, False) for path in sorted(folder.glob("*.xlsx"))]
    results = cached(counting, counting.cache, counting.told.append)(Reader(TREE, {u.code: u for u in UNITS}), files)
    assert next(results)
    assert next(results)
    del results  # as if the process had been killed now
    counting.take(folder)
    assert counting.read == ["03.xlsx", "04.xlsx"]


def test_a_cache_that_cannot_be_written_is_no_cache(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    counting = Counting(tmp_path / "file")
    for _ in range(2):
        counting.take(folder)
        assert len(counting.read) == 4
        assert "S157" in {one.code for one in counting.told}


def test_what_was_lost_is_tried_again_next_time(folder: Path, tmp_path: Path) -> None:
    counting = Counting(tmp_path / "cache", lost="02.xlsx")
    assert "S152" in {problem.code for problem in counting.take(folder).problems}
    counting.lost = ""
    counting.take(folder)
    assert counting.read == ["02.xlsx", "04.xlsx"]


def test_a_file_that_changes_while_it_is_read_is_not_kept_under_its_old_name(folder: Path, tmp_path: Path) -> None:
    counting = Counting(tmp_path / "cache")

    def changing(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
        shutil.copy(folder / "03.xlsx", folder / "01.xlsx")
        return in_this_process(reader, files)

    read_inputs([folder], TREE, UNITS, cached(changing, counting.cache, counting.told.append))
    assert len(entries(counting)) == 2
    os.utime(folder / "01.xlsx")
    counting.take(folder)
    assert counting.read == ["01.xlsx", "04.xlsx"]
