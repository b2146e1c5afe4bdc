"""Files are written whole or not at all, whichever step the system refuses."""

import errno
import stat
from pathlib import Path

import pytest
from round_made import FailingDisk

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.rounds.disk import Disk

STEPS = ["folder", "write", "sync", "rename", "sync_folder"]


def test_the_steps_of_a_file(tmp_path: Path) -> None:
    disk = FailingDisk(99)
    disk.write(tmp_path / "new" / "a", b"one", mode=0o600)
    assert disk.steps == STEPS
    assert (tmp_path / "new" / "a").read_bytes() == b"one"
    assert stat.S_IMODE((tmp_path / "new" / "a").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a"]


@pytest.mark.parametrize("at", range(1, 6))
@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, Code.O102), (errno.EROFS, Code.O101)])
def test_whichever_step_fails_no_half_file_is_there(tmp_path: Path, at: int, number: int, code: Code) -> None:
    path = tmp_path / "new" / "a"
    with pytest.raises(CannotWriteError) as refused:
        FailingDisk(at, number).write(path, b"one")
    assert refused.value.problem.code is code
    whole = at == 5  # its name was given already: it is there, and whole
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == (["a"] if whole else [])
    Disk().write(path, b"one")
    assert path.read_bytes() == b"one"


@pytest.mark.parametrize("at", range(1, 5))
def test_what_was_there_stays_until_the_new_one_is_whole(tmp_path: Path, at: int) -> None:
    path = tmp_path / "a"
    Disk().write(path, b"old")
    with pytest.raises(CannotWriteError):
        FailingDisk(at).write(path, b"new")
    assert path.read_bytes() == (b"new" if at == 4 else b"old")
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
