"""Files of a round and folders of them: bytes first, rows after; the same content is the same row."""

from pathlib import Path

import pytest
from django.db import transaction
from round_made import NOW, FailingDisk

from lawgov_score.files import CannotWriteError
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.kept import keep, keep_folder, names_in, read, write_folder
from lawgov_score.rounds.models import File, Seat
from lawgov_score.rounds.names import FileKind


def test_the_same_content_is_one_file_under_the_name_that_came_first(data: Data, office: Seat) -> None:
    one = keep(data, b"one", "甲.xlsx", FileKind.SUBMISSION, NOW, office)
    two = keep(data, b"one", "乙.xlsx", FileKind.SUBMISSION, NOW)
    assert (two.pk, two.name, two.by) == (one.pk, "甲.xlsx", office)
    assert read(data, two) == b"one"


def test_a_folder_goes_in_and_comes_out_the_same(data: Data, tmp_path: Path) -> None:
    contents = {"tree.yaml": b"1", "parts/甲.yaml": b"2", "b": b"1"}
    folder = keep_folder(data, contents, FileKind.TREE, NOW)
    assert list(names_in(data, folder)) == sorted(contents)
    write_folder(data, folder, tmp_path / "out")
    found = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes() for path in (tmp_path / "out").rglob("*.*")
    }
    assert found == {name: content for name, content in contents.items() if "." in name}
    assert keep_folder(data, dict(reversed(contents.items())), FileKind.TREE, NOW) == folder


def test_a_name_that_leads_out_is_never_written(data: Data, tmp_path: Path) -> None:
    folder = keep_folder(data, {"../x": b"1"}, FileKind.OUTPUT, NOW)
    with pytest.raises(ValueError, match="leads out"):
        write_folder(data, folder, tmp_path / "out")
    assert not (tmp_path / "x").exists()


def test_where_the_disk_refuses_there_is_no_row_and_a_file_without_a_row_does_no_harm(data: Data) -> None:
    rows = File.objects.count()
    for at in (1, 2, 3, 4, 5):
        failing = Data(data.folder, FailingDisk(at))
        with pytest.raises(CannotWriteError):
            keep(failing, f"content {at}".encode(), "甲.xlsx", FileKind.SUBMISSION, NOW)
    with transaction.atomic():
        keep(data, b"rolled back", "甲.xlsx", FileKind.SUBMISSION, NOW)
        transaction.set_rollback(True)
    assert File.objects.count() == rows
    assert keep(data, b"rolled back", "甲.xlsx", FileKind.SUBMISSION, NOW).size == 11
