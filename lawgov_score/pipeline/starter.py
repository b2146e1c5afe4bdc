"""The starter folder of an office: a tree, a blank roster and notice, batch files of the year, and what to do first."""

from pathlib import Path

from lawgov_score.carried import tree_at
from lawgov_score.catalogue import Code
from lawgov_score.content import starter
from lawgov_score.files import CannotWriteError, not_replaced, whole_folder
from lawgov_score.model import Tree
from lawgov_score.pipeline.loading import load_tree
from lawgov_score.problems import Problem
from lawgov_score.report import render
from lawgov_score.wording import Language
from lawgov_score.workbook.template.roster_form import write_roster

TREE = "starter-2026"  # the carried tree to begin with where none is named
_HEAD = "tree.yaml"
_OF_EDITORS = "# yaml-language-server:"  # a path that holds where the tree was written, and nowhere else


def write_starter(folder: Path, of: Path, lang: Language) -> tuple[Tree | None, tuple[Problem, ...]]:
    """Writes the folder with a copy of the tree ``of`` (a path, or the code of a carried one); gives what was loaded.

    Nothing is written if that tree has errors. Raises ``CannotWriteError`` (O125) if a file of the same name is there
    that differs: nothing is written then either.
    """
    loaded, problems = load_tree(of)
    if loaded is None:
        return None, problems
    try:
        _write_all(folder, tree_at(of), loaded, lang)
    except CannotWriteError as refused:  # O105 offers to replace what is there, and nothing here does that
        raise not_replaced(refused, Code.O125) from refused
    (folder / starter.RECEIVED).mkdir(exist_ok=True)
    return loaded, problems


def _write_all(folder: Path, of: Path, loaded: Tree, lang: Language) -> None:
    with whole_folder(folder, overwrite=False) as temporary:
        _copy_tree(of, temporary / starter.TREE)
        write_roster(loaded, temporary / starter.ROSTER, lang)
        _write(temporary / starter.NOTICE, render(starter.NOTICE_TEXT, lang))
        # With a mark of its encoding, and the line ends of Notepad.
        _write(temporary / render(starter.READ_ME, lang), "\ufeff" + starter.read_me(loaded.title, lang), "\r\n")
        for name, text in starter.batch_files(lang):
            _write(temporary / name, text)
        _write(temporary / starter.SHELL, starter.shell_file(lang))


def _copy_tree(tree: Path, folder: Path) -> None:
    folder.mkdir()
    files = sorted(tree.glob("*.yaml")) if tree.is_dir() else [tree]
    for file in files:
        lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        text = "".join(line for line in lines if not line.startswith(_OF_EDITORS))
        _write(folder / (file.name if tree.is_dir() else _HEAD), text)


def _write(path: Path, text: str, newline: str = "") -> None:
    with path.open("w", encoding="utf-8", newline=newline) as file:
        file.write(text)
