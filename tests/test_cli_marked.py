"""``check --marked``: which files get a copy, what is said of the others, and that nothing is written over an input.

Reaches ``pipeline/feedback.py`` and ``pipeline/kept.py``.
"""

import shutil
import time
from pathlib import Path

import openpyxl
import pytest
from calls import run
from sheets import fill
from test_cli import Captured
from test_cli_reading import inputs

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.model.notice import Notice
from lawgov_score.pipeline import feedback
from lawgov_score.processes import Lost, LostReason
from lawgov_score.wording import Language
from lawgov_score.workbook.returned.times import NOT_SAID
from lawgov_score.workbook.submission.marks import RETURNED_SHEET

__all__ = ["inputs"]


def test_only_workbooks_with_problems_get_a_copy_and_the_others_are_counted(
    inputs: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    assert run("check", *inputs, "--marked", str(tmp_path / "back"), "--format", "json") == 1
    assert [path.name for path in (tmp_path / "back").iterdir()] == ["B.xlsx"]
    said = capsys.readouterr()
    assert said.out.startswith("[")  # nothing but the list
    assert "1 份" in said.err
    assert "2 个" in said.err
    assert openpyxl.load_workbook(tmp_path / "back" / "B.xlsx").sheetnames[0] == RETURNED_SHEET


def test_a_notice_names_whom_to_ask_on_the_copy(inputs: tuple[str, str], tmp_path: Path, capsys: Captured) -> None:
    notice = tmp_path / "notice.yaml"
    notice.write_text('office: 甲区法治办\ntelephone: "0000-1234567"\n', encoding="utf-8")
    assert run("check", *inputs, "--marked", str(tmp_path / "back"), "--notice", str(notice)) == 1
    listed = openpyxl.load_workbook(tmp_path / "back" / "B.xlsx")[RETURNED_SHEET]
    texts = {str(cell.value) for row in listed.iter_rows() for cell in row if cell.value is not None}
    assert {"甲区法治办", "0000-1234567"} <= texts
    notice.write_text("offfice: 甲区法治办\n", encoding="utf-8")
    assert run("check", *inputs, "--marked", str(tmp_path / "again"), "--notice", str(notice)) == 1
    assert "notice.yaml" in capsys.readouterr().out


def test_never_over_an_input(inputs: tuple[str, str], capsys: Captured) -> None:
    before = (Path(inputs[1]) / "B.xlsx").read_bytes()
    assert run("check", *inputs, "--marked", inputs[1]) == 2
    assert "O104" in capsys.readouterr().err
    assert (Path(inputs[1]) / "B.xlsx").read_bytes() == before


def test_what_cannot_be_marked_is_named_and_stops_no_other(
    inputs: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    folder = Path(inputs[1])
    (folder / "D.xlsx").write_bytes(b"PK\x03\x04 half of it")
    (folder / "E.csv").write_text("unit,01-1.done,01-1.got\nE,约一,2\n", encoding="utf-8")
    (folder / "~$B.xlsx").write_bytes(b"x")
    run("check", *inputs, "--marked", str(tmp_path / "back"))
    said = capsys.readouterr().err
    assert said.count("O114") == 3  # two files, and the line that says where a code is explained
    assert f"{folder.as_posix()}/D.xlsx: 警告 O114" in said
    assert f"{folder.as_posix()}/E.csv: 警告 O114" in said
    assert [path.name for path in (tmp_path / "back").iterdir()] == ["B.xlsx"]


@pytest.mark.parametrize("has_lxml", ["False", "True"])  # which openpyxl writes with where it is there
def test_a_copy_that_could_not_be_made_for_want_of_room_is_none(
    has_lxml: str, inputs: tuple[str, str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENPYXL_LXML", has_lxml)
    resource = pytest.importorskip("resource", reason="only there can the system be told to refuse in the middle")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, hard))  # bytes of a file, of the worker too: less than it needs
    try:
        assert run("check", *inputs, "--marked", str(tmp_path / "back")) == 2
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    said = capsys.readouterr().err
    assert "O101" in said
    assert "O114" not in said
    assert not (tmp_path / "back").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_half_a_copy_is_none(inputs: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to = feedback._Task(Path(inputs[1]) / "B.xlsx", (), tmp_path / "B.xlsx", NOT_SAID)
    to.to.symlink_to("/dev/full")
    said = feedback._Marker(Language.ZH, Notice())(to)
    with pytest.raises(CannotWriteError) as refused:
        list(feedback._outcome(to, said, tmp_path, Language.ZH))
    assert refused.value.problem.code is Code.O102
    (tmp_path / "B.xlsx").unlink()
    (tmp_path / "B.xlsx").write_bytes(b"half of it")
    (told,) = feedback._outcome(to, Lost(LostReason.MEMORY), tmp_path, Language.ZH)
    assert told.code is Code.O114
    assert not to.to.exists()


def test_a_copy_of_an_earlier_run_is_pointed_out(inputs: tuple[str, str], tmp_path: Path, capsys: Captured) -> None:
    back, folder = tmp_path / "back", Path(inputs[1])
    run("check", *inputs, "--marked", str(back))
    shutil.copy(folder / "A.xlsx", folder / "B.xlsx")
    capsys.readouterr()
    run("check", inputs[0], str(folder / "B.xlsx"), "--marked", str(back))
    assert f"{back.as_posix()}/B.xlsx: 警告 O115" in capsys.readouterr().err


def test_two_files_of_one_name_and_two_of_one_unit(inputs: tuple[str, str], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    fill(Path(shutil.copy(Path(inputs[1]) / "B.xlsx", other / "B.xlsx")), {"01-1.done": "约二"})
    run("check", *inputs, str(other), "--marked", str(tmp_path / "back"))
    written = sorted((tmp_path / "back").iterdir())
    assert len(written) == 2  # each has a name of its own
    for path in written:
        texts = [str(cell.value) for row in openpyxl.load_workbook(path)[RETURNED_SHEET] for cell in row]
        assert not any("S112" in text for text in texts)  # for the office to ask, not for the unit to mend


def test_the_same_bytes_by_any_number_of_processes_at_any_time(inputs: tuple[str, str], tmp_path: Path) -> None:
    shutil.copy(Path(inputs[1]) / "B.xlsx", Path(inputs[1]) / "D.xlsx")
    run("check", *inputs, "--marked", str(tmp_path / "one"), "--jobs", "1")
    time.sleep(2.1)  # a moment of saving that slipped in would differ
    run("check", *inputs, "--marked", str(tmp_path / "two"), "--jobs", "2")
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert sorted(one) == ["B.xlsx", "D.xlsx"]
    assert one == two


def test_what_somebody_wrote_in_a_copy_is_kept_and_the_others_are_written_anew(
    inputs: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    """README's step 3 says ``--overwrite``: a day that was filled in, or a unit's corrected copy put there, stays."""
    back, folder = tmp_path / "back", Path(inputs[1])
    fill(folder / "A.xlsx", {"01-1.done": "约一"})
    command = ("check", *inputs, "--marked", str(back), "--overwrite")
    run(*command)
    book = openpyxl.load_workbook(back / "B.xlsx")
    book[RETURNED_SHEET]["A1"].value = "退回 2026-01-15"
    book.save(back / "B.xlsx")
    noted, other = (back / "B.xlsx").read_bytes(), (back / "A.xlsx").read_bytes()
    for name in "AB":
        fill(folder / f"{name}.xlsx", {"01-1.done": "大约二"})
    capsys.readouterr()
    assert run(*command) == 1
    said = capsys.readouterr().err
    assert f"{back.as_posix()}/B.xlsx: 警告 O126" in said
    assert f"{back.as_posix()}/A.xlsx" not in said
    assert "1 份" in said
    assert (back / "B.xlsx").read_bytes() == noted
    assert (back / "A.xlsx").read_bytes() != other


def test_a_copy_that_a_unit_corrected_is_not_called_one_to_delete(
    inputs: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    back, folder = tmp_path / "back", Path(inputs[1])
    run("check", *inputs, "--marked", str(back))
    fill(back / "B.xlsx", {"01-1.done": 2})
    shutil.copy(folder / "A.xlsx", folder / "B.xlsx")
    capsys.readouterr()
    run("check", inputs[0], str(folder / "B.xlsx"), "--marked", str(back), "--overwrite")
    said = capsys.readouterr().err
    assert "O126" in said
    assert "O115" not in said
