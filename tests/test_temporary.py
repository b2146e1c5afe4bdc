"""What a killed run leaves says whose it is, and the next run takes it away; nobody else's is touched."""

import gc
import os
import subprocess
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from lawgov_score import temporary
from lawgov_score.temporary import is_alive, own_folder, remove_dead, this_process


def test_a_name_says_process_start_and_machine_and_is_gone_after_the_block(tmp_path: Path) -> None:
    with own_folder(tmp_path) as folder:
        (folder / "new.xlsx").write_bytes(b"half")
        pid, start, *rest = folder.name.removeprefix(".lawgov-").split("-")
        assert int(pid) == os.getpid()
        assert start.isdigit()
        assert len(rest) == 2
        remove_dead(tmp_path)
        assert (folder / "new.xlsx").exists()  # we are alive
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next_run(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from lawgov_score.temporary import own_folder\n"
        "with own_folder(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'new').write_bytes(b'half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, cwd=Path(__file__).parents[1])
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".lawgov-")
    (tmp_path / ".lawgov-of-my-own").mkdir()
    (tmp_path / "报送.xlsx").write_bytes(b"")
    with own_folder(tmp_path):
        assert not left.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lawgov-of-my-own", "报送.xlsx"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="start times are read from /proc")
def test_a_process_number_that_was_given_again_protects_nothing(tmp_path: Path) -> None:
    old = tmp_path / f".lawgov-{os.getpid()}-1-{temporary._here()}-abcdef"
    old.mkdir()
    remove_dead(tmp_path)
    assert not old.exists()


def test_another_machines_is_left_while_it_is_young(tmp_path: Path) -> None:
    other = tmp_path / f".lawgov-1-1-{'0000' if temporary._here() != '0000' else '1111'}-abcdef"
    other.mkdir()
    remove_dead(tmp_path)
    assert other.exists()
    os.utime(other, (1, 1))
    remove_dead(tmp_path)
    assert not other.exists()


def test_links_and_files_of_that_name_are_left(tmp_path: Path) -> None:
    name = f".lawgov-1-1-{temporary._here()}-abcde"
    (tmp_path / "kept").mkdir()
    (tmp_path / f"{name}0").symlink_to(tmp_path / "kept", target_is_directory=True)
    (tmp_path / f"{name}1").write_bytes(b"a file")
    remove_dead(tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_that_goes_while_it_is_looked_at_leaves_no_search_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two threads that write beside one another see each other's folders come and go."""
    (tmp_path / ".lawgov-1-1-abcd-123456").mkdir()
    looked = []

    def gone(*_: object) -> bool:
        looked.append(True)
        raise FileNotFoundError

    monkeypatch.setattr(temporary, "_is_dead", gone)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        temporary.remove_dead(tmp_path)
        gc.collect()
    assert looked
    assert [str(one.message) for one in told] == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="start times are read from /proc")
def test_one_that_vanishes_meanwhile_does_not_keep_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        (tmp_path / f".lawgov-{os.getpid()}-1-{temporary._here()}-abcde{n}").mkdir()
    with os.scandir(tmp_path) as entries:
        order = [entry.name for entry in entries]
    is_dead = temporary._is_dead

    def and_another_process_ends(*args: Any) -> bool:
        with suppress(FileNotFoundError):
            (tmp_path / order[1]).rmdir()
        return is_dead(*args)

    monkeypatch.setattr(temporary, "_is_dead", and_another_process_ends)
    remove_dead(tmp_path)
    assert list(tmp_path.iterdir()) == []


def _says_who() -> subprocess.Popen[str]:
    """A process that says who it is and then waits."""
    code = "from lawgov_score.temporary import this_process; print(this_process(), flush=True); input()"
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )


def test_a_process_lives_until_it_is_killed_whoever_asks_for_its_end() -> None:
    with _says_who() as other:
        assert other.stdout is not None
        who = other.stdout.readline().strip()
        assert who != this_process()
        assert is_alive(who) is is_alive(this_process()) is True
        other.kill()
        if hasattr(os, "waitid"):
            os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)  # it is dead, and still in the table of processes
            assert is_alive(who) is False
        other.wait()
        assert is_alive(who) is False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="start times are read from /proc")
def test_a_number_that_was_given_again_is_another_process() -> None:
    pid, start, here = this_process().split("-")
    assert is_alive(f"{pid}-{int(start) - 1}-{here}") is False


def test_what_cannot_be_seen_from_here_is_not_known() -> None:
    pid, start, here = this_process().split("-")
    elsewhere = "0000" if here != "0000" else "1111"
    assert is_alive(f"{pid}-{start}-{elsewhere}") is None
    assert is_alive("") is is_alive("甲") is is_alive(f"{pid}-{start}-{here}-abcdef") is None


def test_where_asking_would_interrupt_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "_CAN_ASK", False)
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("it is interrupted"))
    pid, start, here = this_process().split("-")
    assert is_alive(this_process()) is True
    assert is_alive(f"{int(pid) + 1}-{start}-{here}") is None
