"""Taking a circulated table back: what it asks for, the new texts, the proof, and the writing of them."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lawgov_score import tree
from lawgov_score.carried import tree_at
from lawgov_score.catalogue import Code, Severity, entry_of
from lawgov_score.files import CannotWriteError, keep_inputs
from lawgov_score.model import Tree
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace, Problem, TextPlace, display_path, is_error
from lawgov_score.report import render
from lawgov_score.revision import Id, Revision
from lawgov_score.revision.pairs import Shown
from lawgov_score.revision.report_rows import NAMES
from lawgov_score.revision.wanted import Wanted, not_as_wanted
from lawgov_score.tree.editing import Contents, contents_of, edited, node_at, open_rules, place_in, provisional
from lawgov_score.tree.folder import HEAD
from lawgov_score.tree.interrupted import completed, write_together
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.circulated.reading import read_table
from lawgov_score.workbook.circulated.taking import wanted_of
from lawgov_score.workbook.submission.crash_test import files_that_crash

_CHANGE = Words("{code} {kind}", "{code} {kind}")
_SUMS = frozenset({Code.T202, Code.T217, Code.T237})


@dataclass(frozen=True)
class Taken:
    """What a table asks for. ``revision``: None where it cannot be made, or a tree does not load (``is_usable``).

    ``is_read``: was the new tree read, so that all of its problems are known? Else sums and rules are still to be seen.
    """

    revision: Revision | None
    problems: tuple[Problem, ...]
    is_usable: bool = True
    is_read: bool = False
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
    if old.weight_set and weights is not None:
        told += tuple(_of_weights(wanted, weights))
    if any(map(is_error, told)):
        return Taken(None, told)
    new_texts, refused = edited(was, old, wanted)
    if refused:
        return Taken(None, (*told, *refused))
    before = _warnings(found, was, open_before)
    new, found = tree.load(path, weights, is_in_use=True, contents=provisional(new_texts))
    if new is None:
        return Taken(None, (*told, *_faults(found, new_texts, wanted, table, old)), is_read=True)
    unruled = frozenset((*open_before, *_open(new_texts)))
    told += tuple(_raised(before, _warnings(found, new_texts, unruled), wanted, table, old))
    revision = Revision(old, new, unruled=unruled)
    if strays := tuple(not_as_wanted(revision.changes, wanted, old, new)):
        changes = tuple(_said(name) for name in strays)
        return Taken(
            None, (*told, Problem(Code.D155, CellPlace(display_path(table)), {"changes": changes})), is_read=True
        )
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


def _of_weights(wanted: Wanted, weights: Path) -> Iterator[Problem]:
    for wish in wanted.wishes:
        if wish.key == "points":
            at = place_text(place_in(weights, "points", wish.code))
            yield Problem(Code.D159, wish.place, {"code": wish.code, "at": at})


def _faults(found: tuple[Problem, ...], texts: Contents, wanted: Wanted, table: Path, old: Tree) -> Iterator[Problem]:
    """The errors that the new tree would have, each at the cell of its node."""
    several: dict[tuple[Code, str], list[Problem]] = {}
    for one in filter(is_error, found):
        code = node_at(texts, one.place) if isinstance(one.place, TextPlace) else ""
        if one.code in _SUMS:
            place = wanted.places.get(code, CellPlace(display_path(table)))
            yield Problem(Code.D154, place, {key: one.values.get(key, "") for key in ("node", "points", "found")})
        else:
            several.setdefault((one.code, code), []).append(one)
    for (_, code), alike in several.items():
        place = wanted.places.get(code, CellPlace(display_path(table)))
        values = _worded(alike[0], code, old)
        said = {render(_found(one), Language.ZH): _found(one) for one in alike}
        yield Problem(Code.D153, place, {**values, "found": tuple(said.values())})


def _raised(
    before: Sequence[tuple[str, Problem]], after: Sequence[tuple[str, Problem]], wanted: Wanted, table: Path, old: Tree
) -> Iterator[Problem]:
    """D182 for every warning that the old tree did not have, each at the cell of its node."""
    known = Counter((one.code, code) for code, one in before)
    for code, one in after:
        if known[one.code, code]:
            known[one.code, code] -= 1
        else:
            place = wanted.places.get(code, CellPlace(display_path(table)))
            entry = entry_of(one.code)
            said = {"expected": Phrase(entry.expected, one.values), "found": _found(one)}
            yield Problem(Code.D182, place, {**_worded(one, code, old), **said})


def _warnings(found: Iterable[Problem], texts: Contents, open_rules: Container[str]) -> list[tuple[str, Problem]]:
    """The warnings with the nodes that they are about, but for those whose rules are still to be written."""
    warned = [one for one in found if one.severity is Severity.WARNING]
    at = [node_at(texts, one.place) if isinstance(one.place, TextPlace) else "" for one in warned]
    return [(code, one) for code, one in zip(at, warned, strict=True) if code not in open_rules]


def _found(one: Problem) -> Phrase:
    return Phrase(entry_of(one.code).found, one.values)


def _worded(one: Problem, code: str, old: Tree) -> Mapping[str, object]:
    """What a problem of the new tree says, and where in the YAML its node is now."""
    entry, node = entry_of(one.code), Shown(old).nodes.get(code)
    where = place_text(TextPlace(old.path) if node is None else node.place)
    fault, cure = (Phrase(words, one.values) for words in (entry.title, entry.hint))
    return {"fault": fault, "cure": cure, "code": code, "where": where}
