"""Outputs appear whole or not at all."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.files import (
    CannotWriteError,
    clashes,
    file_name,
    file_names,
    keep_inputs,
    names_again,
    new_folder,
    others_in,
    whole_file,
    whole_folder,
)

ROOT = Path(__file__).parent.parent


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


def test_a_new_folder_comes_in_one_step(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "out"
    with new_folder(folder) as temporary:
        (temporary / "a").mkdir()
        (temporary / "a" / "1.txt").write_text("one")
        assert not folder.exists()
    assert others_in(folder, ["a/1.txt"]) == []
    assert others_in(folder, ["a/2.txt"]) == ["a/1.txt"]
    assert others_in(folder, ["b/1.txt"]) == ["a"]
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("is_there", [False, True])
def test_of_a_new_folder_that_is_refused_nothing_is_left(tmp_path: Path, is_there: bool) -> None:
    folder = tmp_path / "above" / "out"
    if is_there:
        folder.mkdir(parents=True)

    def half() -> None:
        with new_folder(folder) as temporary:
            (temporary / "1.txt").write_text("one")
            raise OSError(errno.ENOSPC, "no space left")

    with pytest.raises(CannotWriteError) as refused:
        half()
    assert refused.value.problem.code is Code.O102
    assert [path.name for path in tmp_path.rglob("*")] == (["above", "out"] if is_there else [])


def test_a_folder_that_is_there_stays_the_one_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir(mode=0o750)
    before = folder.stat()
    (folder / "1.txt").write_text("one")
    with new_folder(folder) as temporary:
        (temporary / "1.txt").write_text("one")
        (temporary / "2.txt").write_text("two")
    assert (folder.stat().st_ino, folder.stat().st_mode) == (before.st_ino, before.st_mode)
    assert sorted(path.name for path in folder.iterdir()) == ["1.txt", "2.txt"]
    with pytest.raises(CannotWriteError) as refused, new_folder(folder) as temporary:
        (temporary / "1.txt").write_text("another")
    assert refused.value.problem.code is Code.O105
    assert (folder / "1.txt").read_text() == "one"


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


def test_a_file_that_is_read_is_never_written_by_whatever_name(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.csv").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    read = [tmp_path / "real" / "a.csv", tmp_path / "gone.csv"]
    outputs = [tmp_path / "link" / "a.csv", tmp_path / "real" / ".." / "real" / "a.csv", tmp_path / "gone.csv"]
    with pytest.raises(CannotWriteError) as refused:
        keep_inputs(outputs, read)
    assert [problem.code for problem in refused.value.problems] == [Code.O104] * 2
    keep_inputs([tmp_path / "b.csv"], read)


def test_files_that_differ_stop_a_folder_that_may_not_overwrite(tmp_path: Path) -> None:
    def write(*, overwrite: bool) -> None:
        with whole_folder(tmp_path, overwrite=overwrite) as temporary:
            for name in "abcd":
                (temporary / f"{name}.txt").write_text("new")

    for name, text in (("a", "new"), ("b", "old"), ("c", "older")):
        (tmp_path / f"{name}.txt").write_text(text)
    with pytest.raises(CannotWriteError) as refused:
        write(overwrite=False)
    found = [(problem.code, Path(problem.place.path).name) for problem in refused.value.problems]  # type: ignore[union-attr]  # a file
    assert found == [(Code.O105, "b.txt"), (Code.O105, "c.txt")]
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a.txt": "new",
        "b.txt": "old",
        "c.txt": "older",
    }
    write(overwrite=True)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"new"}


def test_names_of_files_are_safe() -> None:
    assert file_name("01/02:甲*", ".xlsx") == "01_02_甲_.xlsx"
    assert file_name("..", ".xlsx") == ".xlsx"


@given(st.lists(st.text(st.sampled_from("aAbＢé/_:. ~中"), min_size=1, max_size=5), unique=True, max_size=8))
def test_files_of_different_units_never_share_a_name(codes: list[str]) -> None:
    names = file_names(codes, ".xlsx")
    assert len({name.casefold() for name in names}) == len(codes)
    assert all(name.endswith(".xlsx") and name != ".xlsx" and not set(name) & set('/:"') for name in names)
    assert dict(zip(codes, names, strict=True)) == dict(
        zip(reversed(codes), file_names(codes[::-1], ".xlsx"), strict=True)
    )


def test_a_name_that_was_shortened_stays_as_it_is_unless_another_would_get_it() -> None:
    long = "中" * 90
    (once,) = (name.removesuffix(".xlsx") for name in file_names([long], ".xlsx"))
    assert names_again([once, "b"], ".xlsx") == (f"{once}.xlsx", "b.xlsx")
    assert file_names([once], ".xlsx") != (f"{once}.xlsx",)
    assert len({name.casefold() for name in names_again([once, long, once.upper()], ".xlsx")}) == 3


def test_only_codes_that_clash_get_another_name() -> None:
    codes = ["a/b", "S-01", "a_b", "A:B", "con", "中" * 90]
    assert clashes(codes) == ("a/b", "a_b", "A:B", "con", "中" * 90)
    names = file_names(codes, ".xlsx")
    assert names[1] == "S-01.xlsx"
    assert names[0].startswith("a_b~")
    assert all(len(name.encode()) < 255 for name in names)
    assert clashes([names[0].removesuffix(".xlsx")])  # a code that looks like a name made for another one


# ------------------------------------------------- links, devices, permissions


def test_a_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    place = tmp_path / "elsewhere" / "real.txt"
    place.parent.mkdir()
    place.write_text("old")
    place.chmod(0o600)
    link = tmp_path / "out.txt"
    link.symlink_to(place)
    with whole_file(link) as temporary:
        temporary.write_text("new")
    assert link.is_symlink()
    assert place.read_text() == "new"
    assert place.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["elsewhere", "out.txt", "real.txt"]


def test_a_link_to_what_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "out.txt"
    link.symlink_to(tmp_path / "new" / "real.txt")
    with whole_file(link) as temporary:
        temporary.write_text("new")
    assert (tmp_path / "new" / "real.txt").read_text() == "new"
    assert link.is_symlink()


def test_a_link_that_leads_round_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(CannotWriteError) as refused, whole_file(tmp_path / "a"):
        raise AssertionError("never reached")
    assert refused.value.problem.code is Code.O101


def test_devices_and_pipes_are_not_replaced_by_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (Path(os.devnull), tmp_path / "pipe"):
        with pytest.raises(CannotWriteError) as refused, whole_file(path):
            raise AssertionError("never reached")
        assert refused.value.problem.code is Code.O103
    assert not Path(os.devnull).is_file()


def test_a_folder_that_is_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "cards").symlink_to(tmp_path / "real")
    with whole_folder(tmp_path / "cards") as temporary:
        (temporary / "a.txt").write_text("new")
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["a.txt"]


def test_one_name_in_the_way_stops_a_folder_before_any_file_of_it_appears(tmp_path: Path) -> None:
    (tmp_path / "b.txt").mkdir()

    def write() -> None:
        with whole_folder(tmp_path) as temporary:
            (temporary / "a.txt").write_text("new")
            (temporary / "b.txt").write_text("new")

    with pytest.raises(CannotWriteError) as refused:
        write()
    assert refused.value.problem.code is Code.O101
    assert [path.name for path in tmp_path.iterdir()] == ["b.txt"]


def test_folders_made_for_nothing_go_again(tmp_path: Path) -> None:
    def interrupted(make: str) -> None:
        with (whole_folder if make == "folder" else whole_file)(tmp_path / "new" / "deep" / "out") as temporary:
            (temporary / "a.txt" if make == "folder" else temporary).write_text("half")
            raise KeyboardInterrupt

    for make in ("file", "folder"):
        with pytest.raises(KeyboardInterrupt):
            interrupted(make)
        assert list(tmp_path.iterdir()) == []


# ------------------------------------------------- a process that is told to end


_AS_AT_A_TERMINAL = """
import signal
for each in (signal.SIGHUP, signal.SIGTERM):  # whoever runs the tests in the background has them ignored
    signal.signal(each, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
import sys
from lawgov_score.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_no_file_and_no_folder(tmp_path: Path, number: signal.Signals, code: int) -> None:
    out, scratch = tmp_path / "out" / "blank", tmp_path / "scratch"
    scratch.mkdir()
    roster = tmp_path / "roster.csv"
    tree = str(ROOT / "indicators" / "qujialing-2017")
    rows = "".join(f"U{n:04},subdistrict\n" for n in range(3000))
    roster.write_text("unit,type\n" + rows, encoding="utf-8")
    call = [sys.executable, "-c", _AS_AT_A_TERMINAL, "template", tree, "--roster", str(roster), "-o", str(out)]
    env = {**os.environ, "TMPDIR": str(scratch)}
    process = subprocess.Popen(call, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 60
        while len(list(tmp_path.glob("out/blank/.lawgov-*/*"))) < 3:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.02)
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == code, said
    assert b"Traceback" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["roster.csv", "scratch"]
    assert list(scratch.iterdir()) == []
