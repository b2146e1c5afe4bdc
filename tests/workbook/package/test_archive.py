"""A directory that lies makes nothing large; the archive of our own making holds what was looked at."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sheets import a_workbook

from lawgov_score.workbook.package.archive import directory, inflate, stored


def a_zip(part: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        archive.writestr("a.xml", part)
    return data.getvalue()


def declare(data: bytes, size: int) -> bytes:
    """The archive with another size of its first entry in its directory."""
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]


def only_part(data: bytes) -> bytes | None:
    entries = directory(data)
    assert entries is not None
    return inflate(data, entries[0])


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("part", [b"", b"a", b"ab" * 100_000])
def test_a_part_comes_out_as_it_went_in(part: bytes, method: int) -> None:
    assert only_part(a_zip(part, method)) == part


@pytest.mark.parametrize("size", [0, 1, 11, 63 << 20])
def test_a_bomb_that_declares_little_is_not_inflated(size: int) -> None:
    bomb = declare(a_zip(bytes(64 << 20)), size)
    assert len(bomb) < 70_000
    tracemalloc.start()
    try:
        assert only_part(bomb) is None
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * size + (1 << 20)  # a buffer that grows is copied


def test_a_part_of_less_than_it_declares_is_damaged() -> None:
    assert only_part(declare(a_zip(b"ab" * 100), 201)) is None


def test_a_part_that_lies_before_the_file_is_damaged() -> None:
    """A directory that says it lies farther on than it does; in place of the part stands the end of a remark."""
    data = a_zip(b"<a/>")
    end = data.rindex(b"PK\x05\x06")
    at = int.from_bytes(data[end + 16 : end + 20], "little") + 27
    remark = b"PK\x03\x04" + b"." * 23
    data = data[: end + 16] + at.to_bytes(4, "little") + len(remark).to_bytes(2, "little") + remark
    entries = directory(data)
    assert entries is not None
    assert [entry.header_offset for entry in entries] == [-27]
    assert inflate(data, entries[0]) is None


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_none_of_a_workbook(method: int) -> None:
    assert only_part(a_zip(b"ab" * 100, method)) is None


@given(st.integers(0, 10_000), st.integers(0, 255))
@example(423, 0)  # the length of the name in the directory: an entry without one
def test_a_byte_that_changed_is_noticed_or_is_nothing_that_counts(at: int, byte: int) -> None:
    good = a_zip(bytes(range(256)) * 30)
    data = bytearray(good)
    data[at % len(data)] = byte
    entries = directory(bytes(data))
    for entry in entries or ():
        assert inflate(bytes(data), entry) in (None, bytes(range(256)) * 30)


@given(st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0/\\"), min_size=1), st.binary()))
def test_what_is_put_together_again_is_the_same(parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(stored(parts))) as archive:
        assert archive.testzip() is None
        assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == parts


def test_the_library_reads_what_is_put_together_again(tmp_path: Path) -> None:
    data = a_workbook(tmp_path / "a.xlsx", {"s": "| a | 7 |\n| 0.5 | 是 |"}).read_bytes()
    entries = directory(data)
    assert entries is not None
    parts = {entry.filename: part for entry in entries if (part := inflate(data, entry)) is not None}
    again, before = (
        CalamineWorkbook.from_filelike(io.BytesIO(one)).get_sheet_by_name("s").to_python()
        for one in (stored(parts), data)
    )
    assert again == before != []
