"""Reads the files of a tree: tree.yaml and its parts, or one file; checks their shape and joins them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lawgov_score.bounded import reason_of
from lawgov_score.carried import carried_trees, tree_at
from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, TextPlace, display_path
from lawgov_score.tree.document import Document, Spot, Where
from lawgov_score.tree.finding import shown
from lawgov_score.tree.interrupted import begun
from lawgov_score.tree.once import Once
from lawgov_score.tree.shape import check_shape
from lawgov_score.tree.source import ON_DISK, read, unreadable
from lawgov_score.wording import Words

HEAD = "tree.yaml"
_WRITE_TREE = Words(
    "按 docs/tree-format.md 写；分册以 nodes: 开头", "See docs/tree-format.md; a part begins with nodes:"
)
_CARRIED = Words(
    "；程序自带的指标体系可以直接写编码：{codes:list}",
    "; trees that the program carries go by their code: {codes:list}",
)
_WRITE_NOTICE = Words(
    "一行写一项，如 office: 市法治政府建设领导小组办公室",
    "One key a line, such as office: Office for Law-based Government",
)


def read_tree(path: Path, contents: Mapping[Path, bytes] = ON_DISK) -> tuple[Document, list[Problem]]:
    """The whole tree as one document (``data`` None: unusable), and the problems of its shape.

    ``path``: a folder, a file, or the code of a tree that the package carries. ``contents``: what files would hold, in
    place of what is on the disk.
    """
    path = tree_at(path)
    try:
        is_folder = path.is_dir()
    except OSError as error:
        return Document(display_path(path), None), [unreadable(display_path(path), reason_of(error))]
    head_path = path / HEAD if is_folder else path
    head, problems = read(head_path, contents)
    once = Once(head)
    head, problems = checked(once.written_out(once.head), problems, "tree")
    if head.data is None:
        if path.name == str(path) and not path.exists():
            problems = [_or_carried(problem) for problem in problems]
        return head, [*problems, *(_workbooks_beside(head_path) if is_folder else ())]
    names = _parts(head.data)
    if names and (half := begun(head_path)) is not None:
        return replace(head, data=None), [half]
    parts: list[Document] = []
    for i, name in names:
        part, part_problems = read(head_path.parent / name, contents)
        part, part_problems = checked(once.written_out(part), part_problems, "part", has_points=not is_apart(head))
        entry = head.spots[("parts", i)].value
        problems += [replace(p, place=entry) if p.code is Code.T101 else p for p in part_problems]
        parts.append(part)
    if is_folder or names:
        problems += _unlisted(head_path, {name for _, name in names})
    problems += once.told(is_complete=all(part.data is not None for part in parts))
    return (_joined(head, parts) if "parts" in head.data else head), problems


def _or_carried(problem: Problem) -> Problem:
    """T101 of a bare name says which codes would have been found."""
    if problem.code is not Code.T101:
        return problem
    return replace(problem, values={**problem.values, "carried": _CARRIED(codes=tuple(carried_trees()))})


def _parts(data: dict[str, Any]) -> list[tuple[int, str]]:
    """The names under ``parts``, each once."""
    listed = data.get("parts")
    if not isinstance(listed, list):
        return []
    return [(i, name) for i, name in enumerate(listed) if isinstance(name, str) and name not in listed[:i]]


def is_apart(head: Document) -> bool:
    """Does the tree keep its points in weight sets?"""
    return isinstance(head.data, dict) and head.data.get("weights") == "apart"


def read_checked(path: Path, definition: str, *, has_points: bool = True) -> tuple[Document, list[Problem]]:
    """One file and the problems of its shape: ``definition`` as for ``check_shape``."""
    return checked(*read(path), definition, has_points=has_points)


def checked(
    document: Document, problems: list[Problem], definition: str, *, has_points: bool = True
) -> tuple[Document, list[Problem]]:
    """The same for a file already read, with the problems of its text."""
    if isinstance(document.data, dict):
        is_complete = has_points and not is_apart(document)
        usable, shape_problems = check_shape(document, definition, has_points=is_complete)
        return usable, problems + shape_problems
    if not problems:
        place = TextPlace(document.path, 1, 1)
        cure = _WRITE_NOTICE if definition == "notice" else _WRITE_TREE
        problems = [Problem(Code.T113, place, {"found": shown(document.data), "cure": cure})]
    return replace(document, data=None), problems


def _workbooks_beside(head: Path) -> Iterator[Problem]:
    """T119 for the first workbook in a folder without tree.yaml: a scheme in Excel, or the folder of submissions."""
    if head.exists():
        return
    for file in sorted(file for file in head.parent.iterdir() if file.suffix.lower() in {".xlsx", ".xlsm", ".xls"}):
        document, problems = read(file)
        if document.data is None:
            yield from problems
            return


def _unlisted(head: Path, names: set[str]) -> Iterator[Problem]:
    """T114 for YAML files beside tree.yaml that are not read; weight sets are not parts."""
    try:
        beside = sorted(file for file in head.parent.iterdir() if file.suffix in {".yaml", ".yml"})
    except OSError as error:
        yield unreadable(display_path(head.parent), reason_of(error))
        return
    for file in beside:
        if file.name == head.name or file.name in names:
            continue
        if not _is_weight_set(file):
            yield Problem(Code.T114, TextPlace(display_path(file)), {"name": display_path(file.name)})


def _is_weight_set(path: Path) -> bool:
    data = read(path)[0].data
    return isinstance(data, dict) and "weights_of" in data


def _joined(head: Document, parts: list[Document]) -> Document:
    """Head and parts as one document: the nodes of all parts in sequence, each value with its own place."""
    nodes: list[Any] = []
    spots: dict[Where, Spot] = dict(head.spots)
    gaps = set(head.gaps)
    texts = dict(head.texts)
    for part in parts:
        offset = len(nodes)
        texts.update(part.texts)
        own = part.data.get("nodes") if part.data is not None else None
        if not isinstance(own, list):
            gaps.add(("nodes",))
            continue
        nodes += own
        spots.update({_moved(where, offset): spot for where, spot in part.spots.items() if len(where) > 1})
        gaps |= {_moved(where, offset) for where in part.gaps}
    if not isinstance(head.data.get("parts"), list) or len(parts) != len(head.data["parts"]):
        gaps.add(("nodes",))
    data = {key: value for key, value in head.data.items() if key not in {"parts", "nodes"}}
    return Document(head.path, {**data, "nodes": nodes}, spots, frozenset(gaps), texts)


def _moved(where: Where, offset: int) -> Where:
    if len(where) > 1 and where[0] == "nodes" and isinstance(where[1], int):
        return ("nodes", where[1] + offset, *where[2:])
    return where
