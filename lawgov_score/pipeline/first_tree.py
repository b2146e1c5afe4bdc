"""A first tree from an office's own table: read, written, read back, and said what was not understood."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lawgov_score import tree
from lawgov_score.catalogue import Code
from lawgov_score.content.circulated import line_standard
from lawgov_score.content.plain_scheme import Kind, PlainScheme
from lawgov_score.files import CannotWriteError, batch, keep_inputs, not_replaced, refusing
from lawgov_score.model import Tree
from lawgov_score.problems import Problem, TextPlace, is_error
from lawgov_score.report import render
from lawgov_score.revision.pairs import key_of
from lawgov_score.tree.editing import node_at, provisional
from lawgov_score.tree.first_tree import FirstTree, first_tree, summed
from lawgov_score.tree.folder import HEAD
from lawgov_score.wording import Language
from lawgov_score.workbook.circulated.plain_table import read_plain
from lawgov_score.workbook.submission.crash_test import files_that_crash


class Written(NamedTuple):
    """Where the first tree is; None where the table is none of a scheme. ``is_new``: it was not there just so."""

    path: Path | None
    problems: tuple[Problem, ...]
    is_new: bool = True


def write_first_tree(table: Path, folder: Path) -> Written:
    """Writes tree.yaml into ``folder``. Raises ``CannotWriteError`` (D183 where another tree is there).

    A rule is kept only where its standard, worded again, is the sentence of the table. A tree that is there already is
    never replaced.
    """
    if lost := tuple(files_that_crash([table]).values()):
        return Written(None, lost)
    scheme, problems = read_plain(table)
    if scheme is None or not scheme.nodes:
        return Written(None, problems)
    path = folder / HEAD
    code = re.sub(r"[^A-Za-z0-9._-]+", "", folder.resolve().name).lstrip("._-") or "tree"
    made = _settled(scheme, code, path)
    keep_inputs([path], [table])
    problems = (*problems, *_to_be_written(made))
    raw = made.text.encode("utf-8")
    with refusing(path):
        if path.is_file() and path.stat().st_size == len(raw) and path.read_bytes() == raw:
            return Written(path, problems, is_new=False)
    try:
        with batch(overwrite=False) as outputs:
            temporary = outputs.file(path)
            with refusing(path):
                temporary.write_bytes(raw)
    except CannotWriteError as refused:
        raise not_replaced(refused, Code.D183) from refused
    return Written(path, problems)


def _settled(scheme: PlainScheme, code: str, path: Path) -> FirstTree:
    """The tree with those guesses alone that say what the table says."""
    doubted: set[str] = set()
    while True:
        made = first_tree(summed(scheme), code, doubted)  # sums of the table that do not hold are not a guess's fault
        texts = provisional({path: made.text.encode("utf-8")})
        loaded, found = tree.load(path, contents=texts, is_in_use=True)
        if loaded is not None:
            wrong = {*_otherwise(made, loaded)}
        else:
            places = [one.place for one in found if is_error(one) and isinstance(one.place, TextPlace)]
            wrong = {node_at(texts, place) for place in places} & {*made.guesses} or {*made.guesses}
        if not wrong:
            return first_tree(scheme, code, doubted)
        doubted |= wrong


def _otherwise(made: FirstTree, loaded: Tree) -> Iterator[str]:
    said = {key_of(node): render(line_standard(loaded, node), Language.ZH) for node in loaded.nodes}
    for code in made.guesses:
        if said.get(code) != made.nodes[code].texts[Kind.STANDARD].strip():
            yield code


def _to_be_written(made: FirstTree) -> Iterator[Problem]:
    """D167 for every standard of which no rule was made."""
    for code, node in made.nodes.items():
        if not node.children and code not in made.guesses:
            said = node.texts.get(Kind.STANDARD, "")
            yield Problem(Code.D167, node.place, {"code": code, "title": node.title, "found": said or "—"})
