"""A data folder appears whole or not at all, and is as open as whoever made its place wanted it."""

import os
from pathlib import Path

import pytest
from round_made import NOW, FailingDisk, make_round
from round_made import given as files_given

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.pipeline.plain_folder import write_plain
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.backups import back_up, restore
from lawgov_score.rounds.creation import create_round, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.disk import DISK
from lawgov_score.rounds.exporting import export_round
from lawgov_score.rounds.importing import import_round
from lawgov_score.rounds.whole import whole_data


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_what_is_made_is_its_makers_alone(tmp_path: Path) -> None:
    """All that units sent lies in it: `round new`, `restore`, `import`, `export`."""
    made, _ = create_round(tmp_path / "data", *files_given(tmp_path), None, now=NOW)
    assert made is not None
    with opened(tmp_path / "data") as data:
        back_up(data, tmp_path / "b.zip")
        export_round(data, the_round(), tmp_path / "out")
    restore(tmp_path / "b.zip", tmp_path / "again")
    import_round(tmp_path / "out", tmp_path / "there", now=NOW)
    assert {name: mode(tmp_path / name) for name in ("data", "out", "again", "there")} == dict.fromkeys(
        ("data", "out", "again", "there"), 0o700
    )


@pytest.mark.parametrize("wanted", [0o755, 0o2770, 0o700])
def test_a_folder_that_the_office_made_stays_as_open_as_it_was(tmp_path: Path, wanted: int) -> None:
    for name in ("data", "out"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(wanted)
    groups = [group for group in os.getgroups() if group != os.getgid()]
    if groups:
        os.chown(tmp_path / "data", -1, groups[0])
        (tmp_path / "data").chmod(wanted)
    before = (tmp_path / "data").stat()
    create_round(tmp_path / "data", *files_given(tmp_path), None, now=NOW)
    with opened(tmp_path / "data") as data:
        export_round(data, the_round(), tmp_path / "out")
    after = (tmp_path / "data").stat()
    assert (after.st_mode, after.st_gid, mode(tmp_path / "out")) == (before.st_mode, before.st_gid, wanted)


def test_nothing_changes_that_afterwards(tmp_path: Path) -> None:
    folder = make_round(tmp_path)
    for wanted in (0o2770, 0o755):
        folder.chmod(wanted)
        with opened(folder) as data:
            back_up(data, tmp_path / f"{wanted}.zip")
        assert mode(folder) == wanted


def test_a_link_leads_to_where_the_office_wants_it(tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "data").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "drive" / "data")
    with whole_data(tmp_path / "data") as whole:
        (whole.made / "x").write_text("1", encoding="utf-8")
        assert whole.made.is_relative_to(tmp_path / "drive")
    assert (tmp_path / "data").is_symlink()
    assert [path.name for path in (tmp_path / "drive").iterdir()] == ["data"]
    assert (tmp_path / "drive" / "data" / "x").read_text(encoding="utf-8") == "1"


@pytest.mark.parametrize("at", [2, 3])  # the rename, and the sync after it
@pytest.mark.parametrize("is_there", [False, True])
def test_what_cannot_have_its_name_is_not_there(tmp_path: Path, at: int, is_there: bool) -> None:
    if is_there:
        (tmp_path / "data").mkdir(mode=0o750)
    with pytest.raises(CannotWriteError), whole_data(tmp_path / "data", FailingDisk(at)) as whole:
        (whole.made / "x").write_text("1", encoding="utf-8")
    assert [(path.name, mode(path)) for path in tmp_path.iterdir()] == ([("data", 0o750)] if is_there else [])
    assert list((tmp_path / "data").glob("*")) == []


def test_what_came_there_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused, whole_data(tmp_path / "data", DISK):
        write_plain({"data/another": b"1"}, tmp_path)
    assert refused.value.problem.code is Code.R204
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["another"]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
