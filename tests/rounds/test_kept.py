"""Files of a round and folders of them: bytes first, rows after; the same content is the same row."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from round_made import NOW, FailingDisk

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.kept import keep, keep_folder, names_in, read
from lawgov_score.rounds.models import File, Round, Seat
from lawgov_score.rounds.names import FileKind


def test_the_same_content_is_one_file_under_the_name_that_came_first(data: Data, office: Seat) -> None:
    one = keep(data, b"one", "甲.xlsx", FileKind.SUBMISSION, NOW, office)
    two = keep(data, b"one", "乙.xlsx", FileKind.SUBMISSION, NOW)
    assert (two.pk, two.name, two.by) == (one.pk, "甲.xlsx", office)
    assert read(data, two) == b"one"


def test_a_folder_goes_in_and_comes_out_the_same(data: Data) -> None:
    contents = {"tree.yaml": b"1", "parts/甲.yaml": b"2", "b": b"1"}
    folder = keep_folder(data, contents, FileKind.TREE, NOW)
    assert list(names_in(data, folder)) == sorted(contents)
    assert {name: data.store.read(sha256) for name, sha256 in names_in(data, folder).items()} == contents
    assert {file.kind for file in File.objects.filter(name__in=contents)} == {FileKind.TREE.value}
    assert keep_folder(data, dict(reversed(contents.items())), FileKind.TREE, NOW) == folder


def test_a_folder_is_one_transaction(data: Data, round_: Round) -> None:
    """Each by itself waits for the disk: 300 outputs took twice as long."""
    contents = {f"cards/{n}.xlsx": str(n).encode() for n in range(20)}
    with CaptureQueriesContext(connection) as asked:
        keep_folder(data, contents, FileKind.OUTPUT, NOW)
    begun = [one for one in asked if one["sql"].startswith(("BEGIN", "SAVEPOINT"))]
    assert (len(begun), len(asked)) == (1, 4)  # begin, what is there, what is not, commit
    assert File.objects.filter(kind=FileKind.OUTPUT.value).count() == 20


@pytest.mark.parametrize("name", ["../x", "..\\x", "D:/evil.txt", "a/NUL.csv"])
def test_a_list_with_a_name_that_leads_out_on_some_system_is_read_by_nobody(data: Data, name: str) -> None:
    """It may have come with an export or a backup."""
    folder = keep_folder(data, {"a": b"2", name: b"1"}, FileKind.OUTPUT, NOW)
    with pytest.raises(RefusedError) as refused:
        names_in(data, folder)
    assert refused.value.problem.code is Code.R205


@pytest.mark.parametrize("content", [b"", b"[]", b"no list", b'"a"', b"\xff", b"[" * 100_000])
def test_what_is_no_list_is_told(data: Data, content: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        names_in(data, keep(data, content, "x", FileKind.FOLDER, NOW))
    assert refused.value.problem.code is Code.R205


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
