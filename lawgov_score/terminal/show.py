"""A tree in the terminal, with counts and points per level, and the same as JSON."""

import json
from collections.abc import Iterator
from decimal import Decimal

from lawgov_score.model import Indicator, Node, Tree
from lawgov_score.report import number_text, render, width
from lawgov_score.wording import Language, Words

_EDITION = Words("版本 {edition}，考核年度 {year}，总分 {points}", "edition {edition}, year {year}, {points} points")
_ISSUER = Words("印发：{issuer}", "Issued by: {issuer}")
_NOTICE = Words("说明：{notice}", "Notice: {notice}")
_FINGERPRINT = Words("指纹：{fingerprint}", "Fingerprint: {fingerprint}")
_HEADINGS = (Words("层级", "Level"), Words("个数", "Count"), Words("分值合计", "Points"))
_NODE_HEADINGS = (Words("编码与名称", "Code and title"), Words("分值", "Points"), Words("计分方式", "Rule"))
_UNIT_TYPES = Words("适用：{names:list}", "for {names:list}")
_WAIVED = Words("准予保留 {code}（{node}）：{reason}", "waived {code} ({node}): {reason}")
_MOST_WIDTH = 60  # columns that code and title may take before the points are pushed out of line


def show_text(tree: Tree, lang: Language) -> str:
    """The whole tree: title, edition, notice; a table of levels; every node with points and the name of its rule."""
    lines = [tree.title, render(_EDITION(edition=tree.edition, year=str(tree.year), points=tree.points), lang)]
    if tree.issuer:
        lines.append(render(_ISSUER(issuer=tree.issuer), lang))
    if tree.notice:
        lines.append(render(_NOTICE(notice=tree.notice), lang))
    lines.append(render(_FINGERPRINT(fingerprint=tree.fingerprint), lang))
    lines += [render(_WAIVED(code=w.code, node=w.node, reason=w.reason), lang) for w in tree.waivers]
    return "\n".join((*lines, "", *_levels(tree, lang), "", *_nodes(tree, lang))) + "\n"


def level_figures(tree: Tree) -> tuple[tuple[str, int, Decimal], ...]:
    """Name, number of nodes and sum of their points for each level from the top; the last counts the indicators."""
    by_depth: list[list[Node]] = [[] for _ in tree.levels]
    for node in tree.nodes:
        by_depth[tree.depths[node.code] - 1].append(node)
    return tuple(
        (name, len(nodes), sum((Decimal(repr(node.points)) for node in nodes), Decimal(0)))
        for name, nodes in zip(tree.levels, by_depth, strict=True)
    )


def _levels(tree: Tree, lang: Language) -> Iterator[str]:
    rows = [tuple(render(words, lang) for words in _HEADINGS)]
    rows += [(name, str(count), number_text(float(points))) for name, count, points in level_figures(tree)]
    return _table(rows)


def _nodes(tree: Tree, lang: Language) -> Iterator[str]:
    headings = tuple(render(words, lang) for words in _NODE_HEADINGS)
    rows = [headings]
    names = {kind.code: kind.name for kind in tree.unit_types}
    for node in tree.nodes:
        indent = "  " * (tree.depths[node.code] - 1)
        rule = ""
        if isinstance(node, Indicator):
            rule = node.rule.NAME if lang is Language.ZH else node.rule.KIND
            if node.applies_to:
                types = tuple(names.get(code, code) for code in _in_order(tree, node.applies_to))
                rule += "  " + render(_UNIT_TYPES(names=types), lang)
        rows.append((f"{indent}{node.code}  {node.title}", number_text(node.points), rule))
    return _table(rows)


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows of three: the first column to the left, figures to the right, the rest as it is, under a line."""
    first = min(max(width(row[0]) for row in rows), _MOST_WIDTH)
    second = max(width(row[1]) for row in rows)
    for i, (name, figure, rest) in enumerate(rows):
        before = " " * max(first - width(name), 0) + " " * (second - width(figure))
        yield f"{name}{before}  {figure}  {rest}".rstrip()
        if i == 0:
            yield "─" * (first + second + 4 + max(width(row[2]) for row in rows))


def _in_order(tree: Tree, codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(kind.code for kind in tree.unit_types if kind.code in codes)


def show_json(tree: Tree) -> str:
    """The tree as the contract has it; ``applies_to`` is ``"all"`` or a list of codes of unit types."""
    nodes = [
        {
            "code": node.code,
            "parent": tree.parents[node.code],
            "depth": tree.depths[node.code],
            "title": node.title,
            "points": node.points,
            "kind": node.rule.KIND if isinstance(node, Indicator) else None,
            "applies_to": _applies_to(tree, node),
        }
        for node in tree.nodes
    ]
    record = {
        "code": tree.code,
        "title": tree.title,
        "edition": tree.edition,
        "points": tree.points,
        "levels": [{"name": name, "count": count} for name, count, _ in level_figures(tree)],
        "nodes": nodes,
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def _applies_to(tree: Tree, node: Node) -> str | list[str]:
    """What the indicator says, or all that the indicators of a group say together."""
    if isinstance(node, Indicator):
        return list(_in_order(tree, node.applies_to)) if node.applies_to else "all"
    below = [_applies_to(tree, child) for child in node.children]
    codes = frozenset(code for said in below if isinstance(said, list) for code in said)
    return "all" if "all" in below else list(_in_order(tree, codes))
