"""An import that dies while it writes: at every rename the tree is the old one, the new one, or said to be neither.

Reaches ``tree/interrupted.py``, ``pipeline/taking.py``, ``cli/commands/take_back.py``.
"""

import os
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from calls import run
from returned_tables import Sheet, a_tree, edited_table
from test_cli import Captured

from lawgov_score import files
from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.pipeline import complete_import, load_tree, take_back, write_taken
from lawgov_score.tree import interrupted
from lawgov_score.tree.interrupted import FOLDER

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="dies in a child of its own")


def held(tree: Path) -> dict[str, bytes]:
    """The files that people see."""
    return {path.name: path.read_bytes() for path in tree.iterdir() if not path.name.startswith(".")}


def moving(tmp_path: Path) -> tuple[Path, Path]:
    """A tree, and a table by which 01-3 moves from one file of it to another, and a title of the first changes."""
    tree = a_tree(tmp_path)

    def change(sheet: Sheet) -> None:
        sheet.unmerge()
        rows = sheet.texts()
        for row, worth in zip(rows, (7, 7, 13, 13, 13), strict=True):
            code, title, _ = str(row[2]).split("\n") if row is not rows[2] else str(rows[3][2]).split("\n")
            row[2] = f"{code}\n{title}\n（{worth} 分）"
        sheet.write(rows)

    return tree, edited_table(tree, change, tmp_path / "t.xlsx")


def died(act: Callable[[], object], renames: int) -> bool:
    """Runs it in a process that is killed instead of its next rename after so many; was it?"""
    child = os.fork()
    if child == 0:
        done = count()

        def counted(rename: Callable[..., None]) -> Callable[..., None]:
            def one(*args: object, **options: object) -> None:
                if next(done) == renames:
                    os.kill(os.getpid(), signal.SIGKILL)
                rename(*args, **options)

            return one

        os.replace, os.rename = counted(os.replace), counted(os.rename)
        try:
            act()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_at_every_rename_nothing_is_lost_and_the_next_import_completes_it(tmp_path: Path) -> None:
    tree, table = moving(tmp_path)
    before = held(tree)
    found = take_back(table, tree)
    after = before | {path.name: raw for path, raw in found.changed.items()}
    assert len(found.changed) == 2
    told = []
    for renames in count():
        for name, raw in before.items():
            (tree / name).write_bytes(raw)
        was_killed = died(lambda: write_taken(found, tree), renames)
        loaded, problems = load_tree(tree)
        if (tree / FOLDER).is_dir():
            assert loaded is None
            assert [one.code for one in problems] == [Code.D193]
            assert [one.code for one in complete_import(tree)] == [Code.D194]
            assert held(tree) == after
            told.append("completed")
        else:
            assert loaded is not None
            told.append({str(before): "before", str(after): "after"}[str(held(tree))])
        assert complete_import(tree) == ()
        assert load_tree(tree)[0] is not None
        if not was_killed:
            break
    assert told == ["before", "completed", "completed", "completed", "after"]


def test_the_command_says_it_and_takes_its_own_table(tmp_path: Path, capsys: Captured) -> None:
    tree, table = moving(tmp_path)
    found = take_back(table, tree)
    assert died(lambda: write_taken(found, tree), 2)
    assert run("lint", str(tree)) == 1
    assert Code.D193 in capsys.readouterr().out
    assert run("import", str(table), str(tree)) == 2
    assert Code.D193 in capsys.readouterr().err
    assert run("import", str(table), str(tree), "--write") == 0
    told = capsys.readouterr()
    assert Code.D194 in told.err
    assert "没有变化" in told.out
    assert run("lint", str(tree)) == 0


def test_what_was_changed_since_is_never_replaced(tmp_path: Path, capsys: Captured) -> None:
    tree, table = moving(tmp_path)
    found = take_back(table, tree)
    assert died(lambda: write_taken(found, tree), 2)
    part = tree / "b.yaml"
    part.write_bytes(part.read_bytes() + b"# by hand\n")
    before = held(tree)
    assert run("import", str(table), str(tree), "--write") == 2
    assert Code.D195 in capsys.readouterr().err
    assert held(tree) == before
    for text in (b"", b"[]", b'{"../x": ["", ""]}', b'{"a.yaml": 1}'):
        (tree / FOLDER / "files.json").write_bytes(text)
        assert [one.code for one in complete_import(tree)] == [Code.D195]


def test_a_refusal_of_the_system_leaves_the_tree_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree, table = moving(tmp_path)
    before = held(tree)
    found = take_back(table, tree)
    moved = files._move
    made = count()

    def refused(written: Path, target: Path) -> None:
        if next(made):
            raise PermissionError(13, "no")
        moved(written, target)

    monkeypatch.setattr(files, "_move", refused)
    with pytest.raises(CannotWriteError):
        write_taken(found, tree)
    monkeypatch.undo()
    assert held(tree) == before
    assert interrupted.begun(tree / "tree.yaml") is None
    assert load_tree(tree)[0] is not None
