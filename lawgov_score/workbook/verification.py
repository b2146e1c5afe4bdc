"""Does a scorecard follow from a tree and inputs? Its manifest and every cell beside those of a new one."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from lawgov_score.catalogue import Code
from lawgov_score.model import Tree
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.cells import cell_text
from lawgov_score.workbook.layout import address
from lawgov_score.workbook.manifest import FORMAT, SHEET, Manifest, read_manifest
from lawgov_score.workbook.opened import Opened, Rows, open_workbook

_NEAR = 1e-9  # relative: a spreadsheet program that saves a file again writes fifteen digits
_BLANK = Words("（空）", "(blank)")
_TEXT = Words("{text}", "{text}")


def open_scorecard(path: Path) -> tuple[Opened, Manifest] | Problem:
    """The scorecard and what it says it follows from; or why it cannot be compared (S101, S103 to S107, V101, V102)."""
    opened = open_workbook(path)
    if isinstance(opened, Problem):
        return opened
    if SHEET not in opened.sheets:
        return Problem(Code.V101, CellPlace(opened.path))
    manifest = read_manifest(opened.sheets[SHEET])
    if manifest.format != FORMAT:
        return Problem(Code.V102, CellPlace(opened.path, SHEET), {"expected": FORMAT, "found": manifest.format or "—"})
    return opened, manifest


def check_tree(path: Path, manifest: Manifest, tree: Tree, program: str) -> Iterator[Problem]:
    """V201 where the tree is another one, or was changed; V202 (a warning) where the program is another version."""
    place = CellPlace(display_path(path))
    if (manifest.tree, manifest.fingerprint) != (tree.code, tree.fingerprint):
        expected = f"{manifest.tree} {manifest.fingerprint[:12]}"
        yield Problem(Code.V201, place, {"expected": expected, "found": f"{tree.code} {tree.fingerprint[:12]}"})
    if manifest.program != program:
        yield Problem(Code.V202, place, {"expected": manifest.program, "found": program})


def check_inputs(manifest: Manifest, inputs: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """V203 changed, V204 not given, V205 not among those the scorecard follows from. Files may have moved."""
    then = dict(manifest.inputs)
    given = set(inputs)
    same = {sha256 for _, sha256 in given} & set(then.values())
    lost = {path: sha256 for path, sha256 in then.items() if sha256 not in same}
    added = sorted((path, sha256) for path, sha256 in given if sha256 not in same)
    by_name = {Path(path).name: path for path in lost}
    for path, sha256 in added:
        former = by_name.get(Path(path).name)
        if former is not None and former in lost:
            figures = {"expected": lost.pop(former)[:12], "found": sha256[:12]}
            yield Problem(Code.V203, CellPlace(path), figures)
        else:
            yield Problem(Code.V205, CellPlace(path), {"found": sha256[:12]})
    for path, sha256 in sorted(lost.items()):
        yield Problem(Code.V204, CellPlace(path), {"expected": sha256[:12]})


def moved(manifest: Manifest, inputs: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Path now -> path then, of files that are the same and of the folders they are in: the scorecard prints those."""
    then = {sha256: path for path, sha256 in manifest.inputs}
    found = {path: then[sha256] for path, sha256 in inputs if then.get(sha256, path) != path}
    for now, former in list(found.items()):  # files that could not be read are in the same folders
        folders = PurePath(now).parent.as_posix(), PurePath(former).parent.as_posix()
        if PurePath(now).name == PurePath(former).name and "." not in folders:
            found.setdefault(f"{folders[0]}/", f"{folders[1]}/")
    return found


def differences(given: Opened, anew: Opened, paths: Mapping[str, str]) -> Iterator[Problem]:
    """V206 for every cell that differs, V207 for a sheet too many or too few. ``paths``: as ``moved`` gives them."""
    former = _former(paths)
    for name in anew.sheets:
        if name == SHEET:
            continue
        if name not in given.sheets:
            yield Problem(Code.V207, CellPlace(given.path, name), {"expected": name, "found": Phrase(_BLANK)})
            continue
        found, expected = _cells(given.sheets[name]), _cells(anew.sheets[name])
        for at in sorted(found.keys() | expected.keys()):
            then, now = found.get(at, ""), expected.get(at, "")
            if isinstance(now, str):
                now = former(now)
            if not _is_same(then, now):
                figures = {"expected": _shown(now), "found": _shown(then)}
                yield Problem(Code.V206, CellPlace(given.path, name, address(*at)), figures)
    for name in given.sheets:
        if name not in anew.sheets:
            yield Problem(Code.V207, CellPlace(given.path, name), {"expected": Phrase(_BLANK), "found": name})


def count_cells(opened: Opened) -> int:
    """How many cells with something in them were compared."""
    return sum(len(_cells(rows)) for name, rows in opened.sheets.items() if name != SHEET)


def _former(paths: Mapping[str, str]) -> Callable[[str], str]:
    """Puts the paths that files had then in place of those they have now."""
    if not paths:
        return lambda text: text
    any_of = re.compile("|".join(map(re.escape, sorted(paths, key=len, reverse=True))))
    return lambda text: any_of.sub(lambda found: paths[found.group()], text)


def _cells(rows: Rows) -> dict[tuple[int, int], object]:
    return {(i, j): cell for i, row in enumerate(rows) for j, cell in enumerate(row) if cell != ""}


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=_NEAR, abs_tol=_NEAR)
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other)
    return one == other


def _plain(text: str) -> str:
    """Line ends and blanks at the end of lines, which spreadsheet programs write in their own way, left aside."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("_x000D_", "").split("\n")).strip()


def _shown(cell: object) -> Phrase:
    return Phrase(_BLANK) if cell == "" else _TEXT(text=cell_text(cell))  # type: ignore[arg-type]  # as the reader gave it
