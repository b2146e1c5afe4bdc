"""Terminal output of a tree, with counts and points per level, and the same as JSON."""

import json
from collections.abc import Iterator

from lawgov_score.content import labels
from lawgov_score.content.levels import level_figures
from lawgov_score.explanation.scale import scale_phrases
from lawgov_score.explanation.ways import ways
from lawgov_score.measure.tolerance import is_same
from lawgov_score.measure.ways import WEIGHTED
from lawgov_score.model import Group, Indicator, Node, Tree, Way
from lawgov_score.report import number_text, render, width
from lawgov_score.wording import Language, Phrase, Words

_EDITION = Words("版本 {edition}，考核年度 {year}，总分 {points}", "edition {edition}, year {year}, {points} points")
_ISSUER = Words("印发：{issuer}", "Issued by: {issuer}")
_NOTICE = Words("说明：{notice}", "Notice: {notice}")
_FINGERPRINT = Words("指纹：{fingerprint}", "Fingerprint: {fingerprint}")
_HEADINGS = (Words("层级", "Level"), Words("个数", "Count"), Words("分值合计", "Points"))
_NOT_ADDED = Words(
    "各级分值不是直接相加的：总分 {points:points} 分按上列汇总方式得出。",
    "Points do not simply add up: the total of {points:points} comes about as said above.",
)
_NODE_HEADINGS = (Words("编码与名称", "Code and title"), Words("分值", "Points"), Words("计分方式", "Rule"))
_UNIT_TYPES = Words("适用：{names:list}", "for {names:list}")
_WAIVED = Words("准予保留 {code}（{node}）：{reason}", "waived {code} ({node}): {reason}")
_SCALE = Words("满分口径：{text}", "Scale: {text}")
_WEIGHT_SET = Words("权重方案：{title}", "Weight set: {title}")
_PARALLEL = Words(
    "平行指标体系：第一级每项只用于所列单位类型", "Parallel trees: each top node is for the types of unit named"
)
_LETTERS = Words("字母等级：{letters:list}", "Letters: {letters:list}")
_LETTER = Words("{letter}（{score:points}）", "{letter} ({score:points})")
_WAY = Words("汇总方式：{text}", "Aggregation: {text}")
_WAYS = {
    Way.MEAN: Words("算术平均", "mean"),
    Way.WEIGHTED_MEAN: Words("加权平均", "weighted mean"),
    Way.GEOMETRIC_MEAN: Words("几何平均", "geometric mean"),
    Way.HARMONIC_MEAN: Words("调和平均", "harmonic mean"),
    Way.MIN: Words("取最低", "lowest"),
    Way.MAX: Words("取最高", "highest"),
    Way.WEAKEST_LINK: Words("取最低，可加", "weakest link"),
    Way.LOOKUP: Words("查表", "lookup"),
    Way.EXPRESSION: Words("算式", "expression"),
    Way.NONE: Words("不汇总", "not added up"),
}
_WEIGHT = Words("权重 {weight}", "weight {weight}")
_SHARE = Words("权重 {share:percent}", "weight {share:percent}")
_USES = Words("采用 {codes:list}", "uses {codes:list}")
_OFFICE = Words("考核机关评定", "by the office")
_MOST_WIDTH = 60  # most columns for code and title before the points are no longer aligned


def show_text(tree: Tree, lang: Language) -> str:
    """The whole tree: title, edition, notice; a table of levels; every node with points and the name of its rule."""
    lines = [tree.title, render(_EDITION(edition=tree.edition, year=str(tree.year), points=tree.scale), lang)]
    if tree.issuer:
        lines.append(render(_ISSUER(issuer=tree.issuer), lang))
    if tree.notice:
        lines.append(render(_NOTICE(notice=tree.notice), lang))
    lines.append(render(_FINGERPRINT(fingerprint=tree.fingerprint), lang))
    lines += [render(_WAIVED(code=w.code, node=w.node, reason=w.reason), lang) for w in tree.waivers]
    lines += [render(_SCALE(text=text), lang) for text in scale_phrases(tree)]
    if tree.weight_set:
        lines.append(render(_WEIGHT_SET(title=tree.weight_set), lang))
    if tree.parallel:
        lines.append(render(_PARALLEL, lang))
    if tree.letters:
        letters = tuple(_LETTER(letter=one.letter, score=one.score) for one in tree.letters)
        lines.append(render(_LETTERS(letters=letters), lang))
    lines += [render(_WAY(text=text), lang) for text in ways(tree)]
    return "\n".join((*lines, "", *_levels(tree, lang), "", *_nodes(tree, lang))) + "\n"


def _levels(tree: Tree, lang: Language) -> Iterator[str]:
    is_sum = tree.adds_up
    rows = [tuple(render(words, lang) for words in (_HEADINGS if is_sum else (*_HEADINGS[:2], "")))]
    columns = [level_figures(own) for own in ([own for _, own in tree.kinds] or [tree])]
    for same in zip(*columns, strict=True):  # a level's figures for each group of unit types
        name, count, _ = same[0]
        points = dict.fromkeys(number_text(float(points)) for _, _, points in same)
        rows.append((name, str(count), " / ".join(points) if is_sum else ""))
    yield from _table(rows)
    if not is_sum and tree.aggregation.way is not Way.NONE:
        yield render(_NOT_ADDED(points=tree.scale), lang)


def _nodes(tree: Tree, lang: Language) -> Iterator[str]:
    headings = tuple(render(words, lang) for words in _NODE_HEADINGS)
    rows = [headings]
    names = {kind.code: kind.name for kind in tree.unit_types}
    for node in tree.nodes:
        indent = "  " * (tree.depths[node.code] - 1)
        notes = [render(words, lang) for words in _remarks(tree, node)]
        if isinstance(node, Indicator):
            notes.insert(0, node.rule.NAME if lang is Language.ZH else node.rule.KIND)
            if node.applies_to:
                types = tuple(names.get(code, code) for code in _in_order(tree, node.applies_to))
                notes.append(render(_UNIT_TYPES(names=types), lang))
        points = labels.points_of(tree, node.code)
        shown = number_text(points) if isinstance(points, float) else render(points, lang)
        rows.append((f"{indent}{node.code}  {node.title}", shown, "  ".join(notes)))
    return _table(rows)


def _remarks(tree: Tree, node: Node) -> Iterator[Words | Phrase]:
    """How a node counts, if it is not simply added to the others."""
    if isinstance(node, Group) and node.aggregation.way in _WAYS:
        yield _WAYS[node.aggregation.way]
    if isinstance(node, Group) and node.uses:
        yield _USES(codes=tuple(use.code for use in node.uses))
    if (mark := labels.mark(node)) is not None:
        yield mark
    if node.weight is not None and node.weight not in {-1, 0}:
        yield _SHARE(share=node.weight) if _is_of_one(tree, node) else _WEIGHT(weight=node.weight)
    if isinstance(node, Indicator) and node.is_of_office:
        yield _OFFICE


def _is_of_one(tree: Tree, node: Node) -> bool:
    """Do this weight and its siblings add up to 1, as percentages do?"""
    code = tree.parents[node.code]
    parent = tree.by_code.get(code)
    way = parent.aggregation.way if isinstance(parent, Group) else tree.aggregation.way
    return way in WEIGHTED and is_same(sum(weight or 0.0 for _, weight in tree.parts_of(code)), 1.0)


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows of three: first column to the left, figures to the right, the rest unaligned, under a line."""
    first = min(max(width(row[0]) for row in rows), _MOST_WIDTH)
    second = max(width(row[1]) for row in rows)
    for i, (name, figure, rest) in enumerate(rows):
        before = " " * max(first - width(name), 0) + " " * (second - width(figure))
        yield f"{name}{before}  {figure}  {rest}".rstrip()
        if i == 0:
            yield "─" * (first + second + 4 + max(width(row[2]) for row in rows))


def _in_order(tree: Tree, codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(kind.code for kind in tree.unit_types if kind.code in codes)


def _by_type(tree: Tree, node: Node) -> dict[str, float]:
    """The points of a node by code of the unit types."""
    return {kind.code: tree.of_type(kind.code).by_code[node.code].points for kind in tree.unit_types}


def show_json(tree: Tree) -> str:
    """The tree in the JSON form of the contract; ``applies_to`` is ``"all"`` or a list of codes of unit types."""
    nodes = [
        {
            "code": node.code,
            "parent": tree.parents[node.code],
            "depth": tree.depths[node.code],
            "title": node.title,
            "points": node.points if len(tree.points_of(node.code)) == 1 else _by_type(tree, node),
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
    """The unit types of an indicator, or of all indicators of a group together."""
    if isinstance(node, Indicator):
        return list(_in_order(tree, node.applies_to)) if node.applies_to else "all"
    below = [_applies_to(tree, child) for child in node.children]
    codes = frozenset(code for types in below if isinstance(types, list) for code in types)
    return "all" if "all" in below else list(_in_order(tree, codes))
