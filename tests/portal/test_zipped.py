"""Archives: contents and files come to the same, one after the other, and anybody may open what is in them."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lawgov_score.portal import zipped as module
from lawgov_score.portal.zipped import zipped

FILES = {"排名.csv": b"unit,score\n" * 99, "卡/东乡.XLSX": os.urandom(99), "empty.txt": b""}


def _on_disk(folder: Path) -> Iterator[tuple[str, Path]]:
    for n, (name, content) in enumerate(FILES.items()):
        path = folder / str(n)
        path.write_bytes(content)
        yield name, path


def test_contents_and_files_come_to_the_same(tmp_path: Path) -> None:
    with zipped(FILES.items()) as of_contents, zipped(_on_disk(tmp_path)) as of_files:
        assert of_contents.read() == of_files.read()
        with zipfile.ZipFile(of_files) as archive:
            assert archive.testzip() is None
            assert {name: archive.read(name) for name in archive.namelist()} == FILES


def test_only_what_gains_by_it_is_compressed_and_all_may_be_opened() -> None:
    with zipped(FILES.items()) as made, zipfile.ZipFile(made) as archive:
        ways = {one.filename: one.compress_type for one in archive.infolist()}
        assert {one.external_attr >> 16 for one in archive.infolist()} == {0o644}
    assert ways == {
        "排名.csv": zipfile.ZIP_DEFLATED,
        "卡/东乡.XLSX": zipfile.ZIP_STORED,
        "empty.txt": zipfile.ZIP_DEFLATED,
    }


def test_each_is_read_when_it_is_its_turn() -> None:
    """Of many large ones no two are in memory."""
    alive: list[str] = []

    class Content(bytes):
        """One that says when it is gone."""

        def __del__(self) -> None:
            alive.remove("one")

    def one_after_the_other() -> Iterator[tuple[str, bytes]]:
        for n in range(5):
            alive.append("one")
            yield f"{n}.txt", Content(1000)
            assert len(alive) <= 1

    zipped(one_after_the_other()).close()
    assert alive == []


def test_what_is_large_lies_on_the_disk() -> None:
    with zipped([("large.xlsx", bytes(module._IN_MEMORY + 1))]) as made, zipped(FILES.items()) as small:
        rolled = [getattr(one, "_rolled") for one in (made, small)]  # noqa: B009  # of a library
    assert rolled == [True, False]
