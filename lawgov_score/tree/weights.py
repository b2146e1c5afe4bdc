"""Weight sets: points and weights in a file of their own, merged into the tree before it is checked."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem
from lawgov_score.tree.document import Document, Spot, Where
from lawgov_score.tree.finding import Finding, nearest, problem_of
from lawgov_score.tree.folder import is_apart, read_checked
from lawgov_score.tree.members import Entry, entries, knows_codes
from lawgov_score.wording import Words

_MOST_NAMED = 20


def with_weight_set(document: Document, path: Path) -> tuple[Document, str | None, list[Problem]]:
    """The tree with the points of the set at ``path``, the set's title, and the problems of the set.

    The title is None if nothing could be taken from the set.

    The set's figures become part of the tree's data, with their places in the set's own file.
    """
    weight_set, problems = read_checked(path, "weight_set")
    if weight_set.data is None:
        return document, None, problems
    nodes = entries(document.data)
    problems += [problem_of(finding, weight_set) for finding in _misfits(document, weight_set, nodes)]
    if not is_apart(document):
        return document, None, problems
    spots, gaps = dict(document.spots), set(document.gaps)
    for node in nodes:
        for key in ("points", "weights"):
            own = key.rstrip("s") if key == "weights" else key
            figures = weight_set.data.get(key, {})
            if node.code in figures and own not in node.data:
                node.data[own] = figures[node.code]
                _take(spots, weight_set, (key, node.code), (*node.where, own))
        if not isinstance(node.data.get("points"), (int, float, dict)):
            gaps.add((*node.where, "points"))
    if "total" in weight_set.data and "points" not in document.data:
        document.data["points"] = weight_set.data["total"]
        spots[("points",)] = weight_set.spots[("total",)]
    elif "points" not in document.data:
        gaps.add(("points",))
    merged = replace(document, spots=spots, gaps=frozenset(gaps), texts={**document.texts, **weight_set.texts})
    problems += [problem_of(finding, merged) for finding in _said_twice(document, weight_set, nodes)]
    return merged, str(weight_set.data.get("title", "")), problems


def _take(spots: dict[Where, Spot], weight_set: Document, given: Where, own: Where) -> None:
    """The places of a figure of the set, or of one for each unit type."""
    n = len(given)
    spots.update({(*own, *where[n:]): spot for where, spot in weight_set.spots.items() if where[:n] == given})


def _misfits(document: Document, weight_set: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    """T238 for a set that belongs to another tree, and for codes that only one of the two has."""
    tree = str(document.data.get("code"))
    weights_of = weight_set.data.get("weights_of")
    if not is_apart(document):
        expected = Words("写有 weights: apart 的指标体系", "a tree that says weights: apart")()
        cure = Words("不用 --weights，或在 tree.yaml 写 weights: apart", "Drop --weights, or say weights: apart")
        yield Finding(("weights_of",), Code.T238, {"expected": expected, "found": tree, "cure": cure})
        return
    if weights_of is not None and weights_of != tree:
        expected = Words("weights_of: {tree}", "weights_of: {tree}")(tree=tree)
        other = Words("换用这个指标体系的分值表", "Choose a set of this tree")
        yield Finding(("weights_of",), Code.T238, {"expected": expected, "found": weights_of, "cure": other})
        return  # no code of it need exist here
    if not knows_codes(document, nodes):
        return
    known = {node.code for node in nodes}
    for key in ("points", "weights"):
        for code in weight_set.data.get(key, {}):
            if code not in known:
                expected = Words("指标体系里的编码", "a code of the tree")()
                values = {"expected": expected, "found": code, "cure": nearest(code, known)}
                yield Finding((key, code), Code.T238, values, at_key=True)
    given = weight_set.data.get("points")
    if isinstance(given, Mapping):
        lacking = tuple(node.code for node in nodes if node.code not in given and "points" not in node.data)
        lacking = tuple(code for code in lacking if weight_set.is_whole(("points", code)))
        if lacking:
            yield Finding(("points",), Code.T238, _lacking(lacking), at_key=True)
    if "total" not in weight_set.data and "points" not in document.data and weight_set.is_whole(("total",)):
        wanted = Words("total: 总分", "total: the points of the tree")
        none = Words("没有总分", "no total")
        advice = Words("在分值表写 total，如 total: 100", "Write total in the set, such as total: 100")
        yield Finding((), Code.T238, {"expected": wanted, "found": none, "cure": advice})


def _lacking(codes: tuple[str, ...]) -> dict[str, object]:
    named = codes if len(codes) <= _MOST_NAMED else (*codes[:_MOST_NAMED], "…")
    return {
        "expected": Words("每个节点的分值", "the points of every node"),
        "found": Words("没有 {codes:list}（{n} 个）", "nothing for {codes:list} ({n})")(codes=named, n=len(codes)),
        "cure": Words("补上这些节点的分值", "Add the points of these nodes")(),
    }


def _said_twice(document: Document, weight_set: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    """T238 if both the tree and the set give a weight, or the tree's total."""
    places: list[tuple[Where, Where]] = [((*node.where, "weight"), ("weights", node.code)) for node in nodes]
    places.append((("points",), ("total",)))
    for tree_place, set_place in places:
        if tree_place in document.spots and set_place in weight_set.spots:
            words = Words("分值表第 {line} 行也写了", "given on line {line} of the set as well")
            yield _given(tree_place, words(line=weight_set.spots[set_place].value.line))


def given_points(document: Document) -> list[Problem]:
    """T238 for every node with points in a tree that keeps points apart."""
    nodes = [node for node in entries(document.data) if "points" in node.data]
    words = Words("指标体系里也写了", "given in the tree")
    return [problem_of(_given((*node.where, "points"), words), document) for node in nodes]


def _given(where: Where, actual: object) -> Finding:
    expected = Words("分值只写在分值表里，权重写在一处", "points in the weight set only, weights in one place")
    cure = Words("删去这里的", "Remove it here")
    return Finding(where, Code.T238, {"expected": expected, "found": actual, "cure": cure}, at_key=True)
