"""The hidden manifest of a scorecard or a card: everything that its scores were computed from.

Program, tree, points and weights, policies, language, and every input with its sha256. The libraries are listed for
information: another version of one may write other bytes, but never other scores.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from importlib.metadata import version
from platform import python_version

import xlsxwriter

from lawgov_score import __version__
from lawgov_score.model import Scores, Tree
from lawgov_score.wording import Language

MANIFEST_SHEET = "lawgov-manifest"  # of a scorecard or a card, hidden
FORMAT = "1"  # increased when old scorecards can no longer be compared
_INPUT, _POLICY, _LIBRARY, _OPTION = "input", "policy", "library", "option"
_LIBRARIES = ("numpy", "python-calamine", "PyYAML", "XlsxWriter")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The sources of a scorecard. ``inputs``: path and sha256 of every file that was read, sorted.

    ``options``: option and path of every file that an option named; --latest has no path.

    A card (``unit`` is then a code) names only the unit's own files: ``others`` is the number of further files,
    ``others_digest`` one fingerprint for all of them, and ``options`` have no paths.
    """

    format: str = ""
    program: str = ""
    tree: str = ""
    edition: str = ""
    fingerprint: str = ""
    weights: str = ""  # title of the weight set, if points are kept apart
    points: str = ""  # fingerprint of all points and weights, whatever file they are in
    lang: str = ""
    unit: str = ""
    others: str = ""
    others_digest: str = ""
    policies: tuple[tuple[str, str], ...] = ()
    libraries: tuple[tuple[str, str], ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()


_LISTS = {_POLICY: "policies", _LIBRARY: "libraries", _INPUT: "inputs", _OPTION: "options"}
_ENTRIES = tuple(field.name for field in fields(Manifest) if field.name not in _LISTS.values())


def manifest_of(
    scores: Scores, inputs: Sequence[tuple[str, str]], lang: Language, options: Sequence[tuple[str, str]] = ()
) -> Manifest:
    """The manifest of one run. ``inputs``: path and sha256 of every file that was read; ``options`` as there."""
    tree = scores.tree
    return Manifest(
        FORMAT,
        __version__,
        tree.code,
        tree.edition,
        tree.fingerprint,
        tree.weight_set,
        points_digest(tree),
        lang.value,
        policies=tuple(_said("", tree.policies)),
        libraries=(("Python", python_version()), *((name, version(name)) for name in _LIBRARIES)),
        inputs=tuple(sorted(set(inputs))),
        options=tuple(options),
    )


def manifest_of_card(run: Manifest, scores: Scores, member: int) -> Manifest:
    """The manifest of the card of the unit in row ``member``; ``run``: that of the whole run."""
    submission = scores.submissions[member]
    came = submission.path if submission is not None else None
    others = [sha256 for path, sha256 in run.inputs if path != came]
    return replace(
        run,
        unit=scores.units[member].code,
        others=str(len(others)),
        others_digest=digest_of(others),
        inputs=tuple(each for each in run.inputs if each[0] == came),
        options=tuple(dict.fromkeys((option, "") for option, _ in run.options)),
    )


def points_digest(tree: Tree) -> str:
    """sha256 of the points and weights of the whole tree: of everything that a weight set may hold."""
    contents: list[object] = [(tree.code, tree.points)]
    contents += [(node.code, node.points, node.weight) for node in tree.nodes]
    for names, own in tree.kinds:  # figures by unit type
        contents.append((*names, *((node.code, node.points) for node in own.nodes)))
    return hashlib.sha256(json.dumps(contents, ensure_ascii=False).encode()).hexdigest()


def digest_of(fingerprints: Iterable[str]) -> str:
    """One sha256 for many fingerprints, independent of their order."""
    return hashlib.sha256("\n".join(sorted(fingerprints)).encode()).hexdigest()


def _said(name: str, policy: object) -> Iterator[tuple[str, str]]:
    """Policies by name; nested ones as ``rank.by``."""
    if is_dataclass(policy):
        for field in fields(policy):
            yield from _said(f"{name}.{field.name}".lstrip("."), getattr(policy, field.name))
    elif isinstance(policy, tuple):
        yield name, "、".join(str(_plain(part)) for part in policy)
    else:
        yield name, str(_plain(policy))


def _plain(policy: object) -> object:
    return policy.value if isinstance(policy, Enum) else "" if policy is None else policy


def write_manifest(book: xlsxwriter.Workbook, manifest: Manifest) -> None:
    """Adds the sheet, hidden so deeply that only a program can show it."""
    sheet = book.add_worksheet(MANIFEST_SHEET)
    lines: list[tuple[str, ...]] = [(name, getattr(manifest, name)) for name in _ENTRIES]
    for kind, name in _LISTS.items():
        lines += [(kind, *pair) for pair in getattr(manifest, name)]
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text)
    sheet.protect()
    sheet.very_hidden()


def read_manifest(rows: Sequence[Sequence[object]]) -> Manifest:
    """The manifest from the sheet's rows; absent entries stay empty."""
    texts = [[str(cell).strip() for cell in row] for row in rows]
    entries = {row[0]: row[1] for row in texts if len(row) > 1 and row[0] in _ENTRIES}
    lists = {
        name: tuple((row[1], row[2]) for row in texts if len(row) > 2 and row[0] == kind)
        for kind, name in _LISTS.items()
    }
    return Manifest(**entries, **lists)  # type: ignore[arg-type]  # entries are text, lists are pairs
