"""Taking a circulated table back: what it asks for, the new texts, the proof, and the writing of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lawgov_score import tree
from lawgov_score.carried import tree_at
from lawgov_score.catalogue import Code, entry_of
from lawgov_score.files import CannotWriteError, keep_inputs
from lawgov_score.model import Tree
from lawgov_score.problems import CellPlace, Problem, TextPlace, display_path, is_error
from lawgov_score.revision import Id, Revision
from lawgov_score.revision.report_rows import NAMES
from lawgov_score.revision.wanted import Wanted, not_as_wanted
from lawgov_score.tree.editing import Contents, contents_of, edited, node_at, open_rules, provisional
from lawgov_score.tree.folder import HEAD
from lawgov_score.tree.interrupted import completed, write_together
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.circulated.reading import read_table
from lawgov_score.workbook.circulated.taking import wanted_of
from lawgov_score.workbook.submission.crash_test import files_that_crash

_CHANGE = Words("{code} {kind}", "{code} {kind}")
_SUMS = frozenset({Code.T202, Code.T217, Code.T237})


@dataclass(frozen=True)
class Taken:
    """What a table asks for. ``revision``: None where it cannot be made, or a tree does not load (``is_usable``)."""

    revision: Revision | None
    problems: tuple[Problem, ...]
    is_usable: bool = True
    table: Path = Path()
    was: Contents = field(default_factory=dict)
    contents: Contents = field(default_factory=dict)

    @property
    def changed(self) -> Mapping[Path, bytes]:
        """The files that become others, with what they will hold."""
        return {path: raw for path, raw in self.contents.items() if self.was[path] != raw}


def take_back(table: Path, path: Path, weights: Path | None = None) -> Taken:
    """What the ``table`` asks for in the tree at ``path``; nothing is written. Errors: nothing of it can be made.

    The new tree is read from the new texts, and has to be the old one plus exactly what was asked for (D155).
    """
    lost = tuple(files_that_crash([table]).values())
    read, problems = (None, lost) if lost else read_table(table)
    try:
        was = contents_of(path)
    except (OSError, UnicodeDecodeError):
        was = {}  # why it cannot be read, loading says
    open_before = _open(was)
    # What an earlier table added has no rule yet: until it is written, something stands in its place.
    old, found = tree.load(path, weights, is_in_use=True, contents=provisional(was) if open_before else {})
    if old is None:
        errors = sum(one.count for one in found if is_error(one))
        told = (*found, Problem(Code.D162, TextPlace(display_path(path)), {"n": errors}))
        return Taken(None, (*problems, *told), is_usable=False)
    if read is None:
        return Taken(None, problems)
    wanted, told = wanted_of(read, old)
    told += tuple(_of_weights(wanted, old))
    if any(map(is_error, told)):
        return Taken(None, told)
    new_texts, refused = edited(was, old, wanted)
    if refused:
        return Taken(None, (*told, *refused))
    new, found = tree.load(path, weights, is_in_use=True, contents=provisional(new_texts))
    if new is None:
        return Taken(None, (*told, *_faults(found, new_texts, wanted, table)))
    revision = Revision(old, new, unruled=frozenset(open_before) | frozenset(_open(new_texts)))
    if strays := tuple(not_as_wanted(revision.changes, wanted, old, new)):
        changes = tuple(_said(name) for name in strays)
        return Taken(None, (*told, Problem(Code.D155, CellPlace(display_path(table)), {"changes": changes})))
    told += tuple(
        Problem(Code.D160, node.place, {"code": node.code}) for node in wanted.new.values() if not node.is_group
    )
    return Taken(revision, told, table=table, was=was, contents=new_texts)


def write_taken(taken: Taken, path: Path) -> tuple[Path, ...]:
    """Writes the files of the tree that change, all or none of them; which. Raises ``CannotWriteError``."""
    if tree_at(path) != path:
        raise CannotWriteError(Problem(Code.D161, TextPlace(display_path(path)), {"found": path.name}))
    keep_inputs(taken.changed, [taken.table])
    write_together(_head(path), taken.was, taken.changed)
    return tuple(taken.changed)


def complete_import(path: Path) -> tuple[Problem, ...]:
    """Completes the import into the tree at ``path`` that was interrupted while it wrote, if there is one.

    What was done is said (D194), or why it cannot be (D195, an error). Raises ``CannotWriteError``.
    """
    found = completed(_head(path)) if tree_at(path) == path else None
    return () if found is None else (found,)


def _head(path: Path) -> Path:
    return path / HEAD if path.is_dir() else path


def _said(name: str) -> Phrase:
    """The name of a change in words."""
    kind, code, _ = name.split(":", 2)
    return _CHANGE(code=code, kind=NAMES[Id(kind)])


def _open(contents: Contents) -> tuple[str, ...]:
    """The codes of nodes whose rules are still to be written."""
    filled = provisional(contents)  # line by line the same, and what was a comment is part of its node
    return tuple(node_at(filled, place) for place in open_rules(contents))


def _of_weights(wanted: Wanted, old: Tree) -> Iterator[Problem]:
    if old.weight_set:
        for wish in wanted.wishes:
            if wish.key == "points":
                yield Problem(Code.D159, wish.place, {"code": wish.code, "file": old.weights_path})


def _faults(found: tuple[Problem, ...], texts: Contents, wanted: Wanted, table: Path) -> Iterator[Problem]:
    """The errors that the new tree would have, each at the cell of its node."""
    for one in filter(is_error, found):
        code = node_at(texts, one.place) if isinstance(one.place, TextPlace) else ""
        place = wanted.places.get(code, CellPlace(display_path(table)))
        if one.code in _SUMS:
            yield Problem(Code.D154, place, {key: one.values.get(key, "") for key in ("node", "points", "found")})
            continue
        entry = entry_of(one.code)
        fault, said = (Phrase(words, one.values) for words in (entry.title, entry.found))
        yield Problem(Code.D153, place, {"fault": fault, "found": said, "code": code})
