"""A workbook that says whether it is as it was written: any program that saves it breaks the seal."""

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from lawgov_score.workbook.package.sealed import is_as_written, seal, with_seal


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("表").write(0, 0, "内容")
    book.close()
    assert not is_as_written(path)
    seal(path)
    return path


def test_as_written_until_somebody_saves_it(sealed: Path) -> None:
    assert is_as_written(sealed)
    book = openpyxl.load_workbook(sealed)
    assert book.active is not None
    assert book.active["A1"].value == "内容"
    assert book.properties.identifier is not None  # the part is one that other programs read
    book.save(sealed)
    assert not is_as_written(sealed)
    seal(sealed)
    assert is_as_written(sealed)


def test_one_seal_whatever_was_there(sealed: Path) -> None:
    before = sealed.read_bytes()
    seal(sealed)
    assert sealed.read_bytes() == before
    core = b"<c:coreProperties xmlns:c='x' xmlns:d='y'><d:identifier>ours</d:identifier></c:coreProperties>"
    again = with_seal({"docProps/core.xml": core, "a": b"1"})["docProps/core.xml"]
    assert again.count(b"identifier>") == 1
    assert again.endswith(b"</c:coreProperties>")
    assert b"ours" not in again


@pytest.mark.parametrize("data", [b"", b"notes", b"PK\x03\x04 half of it"])
def test_what_cannot_be_read_is_not_known_to_be(sealed: Path, data: bytes) -> None:
    sealed.write_bytes(data)
    assert not is_as_written(sealed)
    assert not is_as_written(sealed.parent)
    assert not is_as_written(sealed.parent / "none.xlsx")
