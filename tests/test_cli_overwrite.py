"""Results that are there already: replaced only where it is said, all of a run or none; what is left over is named.

Reaches ``pipeline/left_over.py``.
"""

import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from calls import run
from test_cli import Captured, a_small_tree, a_table
from test_cli_outputs import contents
from xlsxwriter import Workbook

from lawgov_score.files import batch

ALL = ("s.xlsx", "cards", "csv", "html", "p.parquet")


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """A run of two units with every kind of output."""
    tree, out = a_small_tree(tmp_path), tmp_path / "out"
    named = zip(("-o", "--cards", "--csv", "--html", "--parquet"), ALL, strict=True)
    outputs = [word for option, name in named for word in (option, str(out / name))]
    return ["score", tree, a_table(tmp_path, "A,1,2", "B,2,2"), *outputs]


def times(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_the_same_again_touches_nothing(command: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(*command) == 0
    for path in (path for path in out.rglob("*") if path.is_file()):
        os.utime(path, ns=(1, 1))
    before, was = contents(out), {n: at for n, at in times(out).items() if (out / n).is_file()}
    for options in ((), ("--overwrite",)):
        assert run(*command, *options) == 0
        assert contents(out) == before
        assert {n: at for n, at in times(out).items() if (out / n).is_file()} == was


def test_other_results_are_replaced_only_where_it_is_said_and_all_of_them_or_none(
    command: list[str], tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "out"
    assert run(*command) == 0
    before = contents(out)
    for name in ("csv/figures.csv", "cards/B.xlsx"):  # what is missing is not written either
        (out / name).unlink()
    a_table(tmp_path, "A,2,2", "B,2,2")
    rest = contents(out)
    capsys.readouterr()
    assert run(*command) == 2
    said = capsys.readouterr().err
    assert "O105" in said
    for name in ("s.xlsx", "A.xlsx", "csv/scores.csv", "unit-A.html", "public/index.html", "p.parquet"):
        assert name in said, name
    assert "已写入" not in said
    assert contents(out) == rest
    assert not list(out.rglob(".lawgov-*"))
    assert run(*command, "--overwrite") == 0
    after = contents(out)
    assert before.keys() == after.keys()
    assert before["s.xlsx"] != after["s.xlsx"]


@pytest.mark.parametrize("name", ["s.xlsx", "csv/ranking.csv", "cards/A.xlsx", "html/office/index.html", "p.parquet"])
def test_one_file_that_differs_stops_all(name: str, command: list[str], tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("mine", encoding="utf-8")
    assert run(*command) == 2
    assert name in capsys.readouterr().err
    assert list(contents(out)) == [name]
    assert run(*command, "--overwrite") == 0
    assert (out / name).read_bytes() != b"mine"


def test_to_standard_output_nothing_is_in_the_way(tmp_path: Path) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2")
    for _ in range(2):
        assert run("score", tree, table, "-o", "-") == 0
        a_table(tmp_path, "A,2,2")


# ------------------------------------------------- units that left


def test_cards_and_pages_of_units_that_left_are_named_and_removed_where_it_is_said(
    command: list[str], tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "out"
    assert run(*command) == 0
    a_table(tmp_path, "A,1,2")
    cards = out / "cards"
    shutil.copy(cards / "B.xlsx", cards / "B 旧.xlsx")  # somebody keeps it, under a name of their own
    openpyxl.Workbook().save(cards / "C.xlsx")
    (cards / "D.xlsx").write_text("no workbook", encoding="utf-8")
    (cards / "E.xlsx").mkdir()
    shutil.copy(out / "s.xlsx", cards / ".xlsx")
    others = {"B 旧.xlsx", "C.xlsx", "D.xlsx", "E.xlsx", ".xlsx"}
    before = contents(out)
    capsys.readouterr()
    assert run(*command) == 2  # what --overwrite would remove is said before it is asked for
    said = capsys.readouterr().err
    assert "O118" in said
    assert "B.xlsx" in said
    assert "unit-B.html" in said
    assert contents(out) == before
    fresh = ["score", *command[1:3], "--cards", str(tmp_path / "fresh")]
    assert run(*fresh) == 0
    shutil.copy(cards / "B.xlsx", tmp_path / "fresh")
    capsys.readouterr()
    assert run(*fresh) == 0  # nothing differs: they are named, and stay
    assert "O118" in capsys.readouterr().err
    assert (tmp_path / "fresh" / "B.xlsx").exists()
    assert run(*command, "--overwrite") == 0
    assert "已按 --overwrite 删去" in capsys.readouterr().err
    assert {path.name for path in cards.iterdir()} == {"A.xlsx", *others}
    assert not (out / "html" / "office" / "unit-B.html").exists()
    assert (out / "html" / "office" / "unit-A.html").exists()


def test_what_a_run_reads_is_never_left_over(tmp_path: Path, capsys: Captured) -> None:
    """The card of another unit, given as an input by mistake, stays where it is."""
    tree, out = a_small_tree(tmp_path), tmp_path / "out"
    assert run("score", tree, a_table(tmp_path, "A,1,2", "B,2,2"), "--cards", str(out)) == 0
    table = a_table(tmp_path, "A,1,2")
    capsys.readouterr()
    assert run("score", tree, table, str(out / "B.xlsx"), "--cards", str(out), "--overwrite") == 1
    assert "O118" not in capsys.readouterr().err
    assert (out / "B.xlsx").exists()


def test_a_manifest_that_names_no_unit_makes_no_card(tmp_path: Path) -> None:
    tree, table, out = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2"), tmp_path / "out"
    assert run("score", tree, table, "--cards", str(out)) == 0
    book = Workbook(out / "X.xlsx")
    book.add_worksheet("lawgov-manifest").write(0, 0, "unit")
    book.close()
    assert run("score", tree, table, "--cards", str(out), "--overwrite") == 0
    assert (out / "X.xlsx").exists()


# ------------------------------------------------- the batch itself


def test_a_batch_is_whole_or_nothing_though_its_parts_lie_apart(tmp_path: Path) -> None:
    def write(*, fails: bool) -> None:
        with batch(overwrite=False) as outputs:
            outputs.file(tmp_path / "a" / "one.txt").write_text("1")
            (outputs.folder(tmp_path / "b") / "two.txt").write_text("2")
            if fails:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(fails=True)
    assert list(tmp_path.iterdir()) == []
    write(fails=False)
    assert sorted(contents(tmp_path)) == ["a/one.txt", "b/two.txt"]


# ------------------------------------------------- other assessments in the same folder


def test_results_of_another_tree_are_not_ours_to_remove(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    """Two assessments may keep their cards in one folder."""
    out = tmp_path / "out"
    assert run(*command) == 0
    tree = tmp_path / "tree.yaml"
    tree.write_text(tree.read_text(encoding="utf-8").replace("code: small", "code: other"), encoding="utf-8")
    a_table(tmp_path, "Z,1,2")
    capsys.readouterr()
    assert run(*command, "--overwrite") == 0
    assert "O118" not in capsys.readouterr().err
    assert {path.name for path in (out / "cards").iterdir()} == {"A.xlsx", "B.xlsx", "Z.xlsx"}
    assert {path.name for path in (out / "html" / "office").glob("unit-*")} == {
        "unit-A.html",
        "unit-B.html",
        "unit-Z.html",
    }


def test_results_of_another_edition_are_named_and_stay(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    assert run(*command) == 0
    tree = tmp_path / "tree.yaml"
    tree.write_text(tree.read_text(encoding="utf-8").replace('edition: "1"', 'edition: "2"'), encoding="utf-8")
    a_table(tmp_path, "A,1,2")
    capsys.readouterr()
    assert run(*command, "--overwrite") == 0
    said = capsys.readouterr().err
    assert "O118" in said
    assert "已按 --overwrite 删去" not in said
    for name in ("B.xlsx", "unit-B.html"):
        assert name in said
    assert (out / "cards" / "B.xlsx").exists()
    assert (out / "html" / "office" / "unit-B.html").exists()


def test_every_file_that_was_removed_is_named(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    a_table(tmp_path, *(f"{unit},1,2" for unit in "ABCDEFG"))
    assert run(*command) == 0
    a_table(tmp_path, "A,1,2")
    capsys.readouterr()
    assert run(*command, "--overwrite") == 0
    said = capsys.readouterr().err
    assert all(f"{unit}.xlsx" in said and f"unit-{unit}.html" in said for unit in "BCDEFG")


# ------------------------------------------------- the system refuses in the middle


def test_what_could_not_be_put_back_is_said(
    command: list[str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run(*command) == 0
    a_table(tmp_path, "A,2,2")
    replace, moved = Path.replace, 0

    def lost(self: Path, target: Path) -> Path:
        nonlocal moved
        moved += out in Path(target).parents
        if moved > 2:  # the disk is gone
            raise OSError(5, "Input/output error")
        return replace(self, target)

    capsys.readouterr()
    with monkeypatch.context() as system:
        system.setattr(Path, "replace", lost)
        assert run(*command, "--overwrite") == 2
    assert "O131" in capsys.readouterr().err
