"""Outputs appear whole or not at all."""

import errno
from pathlib import Path

import pytest

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError, file_name, whole_file, whole_folder


def test_a_file_appears_when_the_block_ends_well(tmp_path: Path) -> None:
    target = tmp_path / "new" / "out.txt"
    with whole_file(target) as temporary:
        temporary.write_text("all of it")
        assert not target.exists()
    assert target.read_text() == "all of it"
    assert [path.name for path in target.parent.iterdir()] == ["out.txt"]


@pytest.mark.parametrize("bug", [ValueError, KeyboardInterrupt])
def test_an_old_file_stays_when_it_does_not(tmp_path: Path, bug: type[BaseException]) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")

    def half() -> None:
        with whole_file(target) as temporary:
            temporary.write_text("half of")
            raise bug

    with pytest.raises(bug):
        half()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, Code.O102), (errno.EACCES, Code.O101)])
def test_what_the_system_refuses_is_a_problem(tmp_path: Path, number: int, code: Code) -> None:
    target = tmp_path / "out.txt"
    with pytest.raises(CannotWriteError) as refused, whole_file(target):
        raise OSError(number, "refused")
    assert refused.value.problem.code is code
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_writing_a_folder_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / "a.txt").write_text("old")

    def half() -> None:
        with whole_folder(folder) as temporary:
            (temporary / "a.txt").write_text("new")
            raise OSError(errno.ENOSPC, "no space left")

    with pytest.raises(CannotWriteError) as refused:
        half()
    assert refused.value.problem.code is Code.O102
    assert (folder / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["cards"]


def test_a_file_in_the_way_of_a_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "cards").write_text("a file")
    with pytest.raises(CannotWriteError) as refused, whole_folder(tmp_path / "cards"):
        raise AssertionError("never reached")
    assert refused.value.problem.code is Code.O101


def test_a_folder_in_the_way_of_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").mkdir()
    with pytest.raises(CannotWriteError) as refused, whole_file(tmp_path / "out.xlsx"):
        raise AssertionError("never reached")
    assert refused.value.problem.code is Code.O101


def test_other_files_of_a_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with whole_folder(tmp_path) as temporary:
        (temporary / "a.txt").write_text("new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "notes.txt"]


def test_names_of_files_are_safe() -> None:
    assert file_name("01/02:甲*", ".xlsx") == "01_02_甲_.xlsx"
    assert file_name("..", ".xlsx") == ".xlsx"
