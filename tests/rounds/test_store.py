"""Contents by their sha256: kept once, proved when they are read."""

from pathlib import Path

import pytest
from round_made import FailingDisk

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.store import Store, sha256_of


def test_a_content_is_kept_once_under_its_sha256(tmp_path: Path) -> None:
    disk = FailingDisk(99)
    store = Store(tmp_path / "files", disk)
    one = store.keep(b"one")
    steps = len(disk.steps)
    assert store.keep(b"one") == one == sha256_of(b"one")
    assert len(disk.steps) == steps
    assert store.path(one) == tmp_path / "files" / one[:2] / one
    assert store.read(one) == b"one"
    assert list(store.all()) == [one]


def test_what_comes_in_pieces_is_the_same_content(tmp_path: Path) -> None:
    store = Store(tmp_path / "files")
    one = sha256_of(b"one")
    assert store.pour([b"o", b"ne"]) == (one, 3)
    written = store.path(one).stat()
    assert store.pour([b"one"]) == (one, 3)
    assert store.path(one).stat().st_mtime_ns == written.st_mtime_ns
    assert written.st_mode & 0o777 == 0o444
    assert store.read(one) == b"one"
    assert [path.name for path in (tmp_path / "files").iterdir()] == [one[:2]]


@pytest.mark.parametrize("step", range(1, 9))
def test_a_step_that_fails_leaves_nothing_of_what_came_in_pieces(tmp_path: Path, step: int) -> None:
    store = Store(tmp_path / "files", FailingDisk(step))
    with pytest.raises(CannotWriteError):
        store.pour([b"o", b"ne"])
    assert [one for one in (tmp_path / "files").rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("sha256", ["", "/etc/passwd", "../x", "//server/share/x", "A" * 64, "0" * 63, "C:\\x"])
def test_what_is_no_sha256_is_nowhere(tmp_path: Path, sha256: str) -> None:
    """A row may have come with an export or a backup: it is never taken for a path."""
    store = Store(tmp_path / "files")
    with pytest.raises(RefusedError) as refused:
        store.path(sha256)
    fault = store.fault(sha256)
    assert fault is not None
    assert refused.value.problem.code is fault.code is Code.R205


@pytest.mark.parametrize("content", [b"", b"onE", None])
def test_a_content_that_is_gone_or_changed_is_told(tmp_path: Path, content: bytes | None) -> None:
    store = Store(tmp_path / "files")
    one = store.keep(b"one")
    store.path(one).chmod(0o644)
    store.path(one).unlink() if content is None else store.path(one).write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        store.read(one)
    assert refused.value.problem.code is Code.R205
    fault = store.fault(one)
    assert fault is not None
    assert fault.place == refused.value.problem.place
    assert store.keep(b"one") == one  # the same file comes once more: it is whole again
    assert store.fault(one) is None
