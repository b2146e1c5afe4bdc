"""Verifies a scorecard or a card: compares its manifest with the tree and inputs given now."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from lawgov_score import __version__
from lawgov_score.catalogue import Code
from lawgov_score.model import Tree
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.package.opened import Opened, open_workbook
from lawgov_score.workbook.writing.manifest import (
    FORMAT,
    MANIFEST_SHEET,
    Manifest,
    digest_of,
    points_digest,
    read_manifest,
)

_TREE = Words("{code} {edition}，指纹 {fingerprint}", "{code} {edition}, fingerprint {fingerprint}")
_TREE_POINTS = Words(
    "{code} {edition}，指纹 {fingerprint}，分值与权重 {points}",
    "{code} {edition}, fingerprint {fingerprint}, points and weights {points}",
)
_FILES = Words("{n} 个文件，合并指纹 {digest}", "{n} files, fingerprint of all {digest}")
_AN_INPUT = Words("输入文件", "an input")
_CAME = {  # what an option names, or says
    "--roster": Words("名册", "the roster"),
    "--assessor": Words("考核机关的工作簿", "a workbook of the office"),
    "--previous": Words("上年结果", "results of the last edition"),
    "--notice": Words("结果通知", "the notice"),
    "--latest": Words("同一单位几份中最新的一份", "of several submissions of a unit the newest counts"),
}
_NAMES_A_ROSTER = re.compile("roster|名册|单位名单", re.IGNORECASE)
_ADD_OPTION = Words("请加 {option} {name}（改了名、换了地方也可以）", "Add {option} {name}; it may have moved since")
_ADD_ALONE = Words("请加 {option}", "Add {option}")
_ADD = Words(
    "在命令中补上该文件（改了名也可以）；名册加 --roster，考核机关的工作簿加 --assessor，上年结果加 --previous",
    "Name it in the command, it may have moved since; a roster after --roster, a workbook of the office after "
    "--assessor, last edition's results after --previous",
)


def open_scorecard(path: Path) -> tuple[Opened, Manifest] | Problem:
    """The workbook and its manifest; or why it cannot be compared (S101, S103 to S107, V101, V102)."""
    opened = open_workbook(path)
    if isinstance(opened, Problem):
        return opened
    if MANIFEST_SHEET not in opened.sheets:
        return Problem(Code.V101, CellPlace(opened.path))
    manifest = read_manifest(opened.sheets[MANIFEST_SHEET])
    if manifest.format != FORMAT:
        return Problem(
            Code.V102, CellPlace(opened.path, MANIFEST_SHEET), {"expected": FORMAT, "found": manifest.format or "—"}
        )
    return opened, manifest


def check_tree(path: Path, manifest: Manifest, tree: Tree) -> Iterator[Problem]:
    """V201 if the tree is another one, or was changed."""
    place = CellPlace(display_path(path))
    if (manifest.tree, manifest.fingerprint) != (tree.code, tree.fingerprint):
        points = points_digest(tree)
        then = _tree(manifest.tree, manifest.edition, manifest.fingerprint, manifest.points, points)
        now = _tree(tree.code, tree.edition, tree.fingerprint, points, manifest.points)
        yield Problem(Code.V201, place, {"expected": then, "found": now})


def _tree(code: str, edition: str, fingerprint: str, points: str, others: str) -> object:
    """A tree in words for a problem; with points and weights if these differ too."""
    words = _TREE if points == others else _TREE_POINTS
    return words(code=code, edition=edition, fingerprint=fingerprint[:12], points=points[:12])


def check_inputs(
    path: Path, manifest: Manifest, inputs: Sequence[tuple[str, str]], options: Sequence[tuple[str, str]] = ()
) -> Iterator[Problem]:
    """V203: a changed input; V204: one not given; V205: one the scorecard was not made from. Files may have moved.

    A card names the unit's own files only: for all others together it has one fingerprint (V217). ``options``: those
    given now, as in the manifest; V218 for one that names no file.
    """
    lost, added = _unmatched(manifest.inputs, inputs)
    by_name = {Path(place).name: place for place in lost}
    others = []
    for place, sha256 in added:
        former = by_name.get(Path(place).name)
        if former is not None and former in lost:
            yield Problem(Code.V203, CellPlace(place), {"expected": lost.pop(former)[:12], "found": sha256[:12]})
        elif manifest.unit:
            others.append(sha256)
        else:
            yield Problem(Code.V205, CellPlace(place), {"found": sha256[:12]})
    came = {place: option for option, place in manifest.options}
    told = set()
    for place, sha256 in sorted(lost.items()):
        option = came.get(place) or _likely_option(place)
        told.add(option)
        yield _not_given(place, sha256, option)
    for option, place in _lacking(manifest, options).items():
        if option not in told:
            figures = {"found": option, "what": _CAME[option], "cure": _cure(option, place)}
            yield Problem(Code.V218, CellPlace(display_path(path)), figures)
    if manifest.unit and (manifest.others, manifest.others_digest) != (str(len(others)), digest_of(others)):
        expected = _FILES(n=manifest.others, digest=manifest.others_digest[:12])
        actual = _FILES(n=len(others), digest=digest_of(others)[:12])
        yield Problem(Code.V217, CellPlace(display_path(path)), {"expected": expected, "found": actual})


def is_lacking(problems: Sequence[Problem], options: Sequence[tuple[str, str]]) -> bool:
    """Do ``problems`` say that an option was left out? Then nothing can be compared until it is given."""
    given = {"", *(option for option, _ in options)}
    return any(
        problem.code is Code.V218 or (problem.code is Code.V204 and problem.values["option"] not in given)
        for problem in problems
    )


def _lacking(manifest: Manifest, options: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """The options of then of which there is none now, each with the first file that it named."""
    given = {option for option, _ in options}
    return {option: place for option, place in reversed(manifest.options) if option in _CAME and option not in given}


def _likely_option(place: str) -> str:
    """The option that a file is for, where the scorecard does not say it and the name does; '' if it does not."""
    return "--roster" if _NAMES_A_ROSTER.search(Path(place).stem) else ""


def _not_given(place: str, sha256: str, option: str) -> Problem:
    """V204, with the option that names such a file."""
    figures = {"expected": sha256[:12], "what": _CAME.get(option, _AN_INPUT), "cure": _cure(option, place)}
    return Problem(Code.V204, CellPlace(place), {**figures, "option": option, "name": PurePath(place).name})


def _cure(option: str, place: str) -> Words | Phrase:
    if not option:
        return _ADD
    name = PurePath(place).parent.as_posix().removeprefix(".") if option == "--previous" and place else place
    return _ADD_OPTION(option=option, name=name) if name else _ADD_ALONE(option=option)


def _unmatched(
    then: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Inputs of then that are not given now, by path; and inputs given now that were not read then.

    Files are matched one to one by content, preferring the same name: two equal files remain two.
    """
    free: dict[str, list[str]] = {}
    for place, sha256 in sorted(set(now)):
        free.setdefault(sha256, []).append(place)
    lost = {}
    for place, sha256 in sorted(then):
        same = free.get(sha256, [])
        if not same:
            lost[place] = sha256
            continue
        same.remove(next((one for one in same if Path(one).name == Path(place).name), same[0]))
    return lost, sorted((place, sha256) for sha256, places in free.items() for place in places)


def earlier_version(given: Opened, manifest: Manifest) -> tuple[int, ...]:
    """The version that wrote it, (0, 2, 0), if it is an earlier one: then words may differ; else ().

    A scorecard also prints its version: a manifest that was changed must not soften the comparison.
    """
    version = _version(manifest.program)
    if not version or version >= _version(__version__):
        return ()
    printed = f"lawgov-score {manifest.program}"
    is_printed = any(cell == printed for rows in given.sheets.values() for row in rows for cell in row)
    return version if manifest.unit or is_printed else ()


def _version(text: str) -> tuple[int, ...]:
    parts = text.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def moved(manifest: Manifest, inputs: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Path now -> path then, of identical files and of their folders, as the scorecard prints them.

    A file that did not move stands there too: its name may end like that of one that did.
    """
    then: dict[str, list[str]] = {}
    for path, sha256 in manifest.inputs:
        then.setdefault(sha256, []).append(path)
    former_paths: dict[str, str] = {}
    for path, sha256 in inputs:
        same = then.get(sha256, [])
        if not same or path in same:
            former_paths[path] = path
        else:  # of equal files, the one of the same name
            named = (one for one in same if PurePath(one).name == PurePath(path).name)
            former_paths[path] = next(named, same[-1])
    for now, former in list(former_paths.items()):  # files that could not be read are in the same folders
        folders = PurePath(now).parent.as_posix(), PurePath(former).parent.as_posix()
        if PurePath(now).name == PurePath(former).name and "." not in folders:
            former_paths.setdefault(f"{folders[0]}/", f"{folders[1]}/")
    return former_paths
