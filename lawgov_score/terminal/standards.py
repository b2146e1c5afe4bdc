"""Terminal output of `show --standards`: each indicator with 评分标准, what is asked, decided open questions."""

from collections.abc import Iterator

from lawgov_score.content import labels
from lawgov_score.explanation import asked, standard
from lawgov_score.explanation.node_places import standard_of
from lawgov_score.model import Group, Node, Shared, Tree
from lawgov_score.report import render, width
from lawgov_score.wording import Language, Phrase, Words

_TITLE = Words("{code} {title}　{points:points} 分", "{code} {title}  {points:points} points")
_TITLE_BY_TYPE = Words("{code} {title}　{points} 分", "{code} {title}  points: {points}")
_LINES = {
    "standard": Words("评分标准", "standard"),
    "applies_to": Words("适用单位", "applies to"),
    "fields": Words("填报项", "asked"),
    "shared": Words("共用数据", "shared figures"),
    "evidence": Words("佐证材料", "evidence"),
    "way": Words("汇总方式", "aggregation"),
    "places": Words("名次评语", "places, words"),
    "note": Words("说明", "note"),
    "internal_note": Words("内部说明", "for the office"),
}
_BY_ALL = Words("共用数据（全体系）：{fields}", "shared figures of the whole tree: {fields}")
_LIST = Words("{names:list}", "{names:list}")
_PARTS = Words("{parts}", "{parts}")


def standards_text(tree: Tree, lang: Language) -> str:
    """Every group and every indicator in printed order; repeated groups once."""
    names = {kind.code: kind.name for kind in tree.unit_types}
    lines: list[str] = []
    if tree.shared is not None and tree.shared.fields:
        lines += ["", render(_BY_ALL(fields=_of_block(tree.shared)), lang)]
    for node in tree.shown_once:
        indent = "  " * (tree.depths[node.code] - 1)
        code = node.copy_of or node.code
        points = labels.points_of(tree, node.code)
        words = _TITLE if isinstance(points, float) else _TITLE_BY_TYPE
        lines += ["", indent + render(words(code=code, title=labels.titled(node), points=points), lang)]
        lines += [f"{indent}  {line}" for line in _details(tree, node, names, lang)]
    return "\n".join(lines[1:])


def _details(tree: Tree, node: Node, names: dict[str, str], lang: Language) -> Iterator[str]:
    details: dict[str, Phrase | str | None]
    if isinstance(node, Group):
        details = {
            "way": standard.group_standard(tree, node),
            "places": standard_of(tree, node),
            "shared": _PARTS(parts=_of_block(node.shared)) if node.shared is not None and node.shared.fields else None,
            "note": node.note,
            "internal_note": node.internal_note,
        }
    else:
        types = tuple(names.get(kind.code, kind.code) for kind in tree.unit_types if kind.code in node.applies_to)
        details = {
            "standard": standard.standard(tree, node),
            "places": standard_of(tree, node),
            "applies_to": _LIST(names=types) if types else None,
            "fields": asked.asked(node),
            "evidence": _LIST(names=node.evidence) if node.evidence else None,
            "note": node.note,
            "internal_note": node.internal_note,
        }
    column = max(width(render(_LINES[key], lang)) for key in _LINES)
    for key, text in details.items():
        if text:
            name = render(_LINES[key], lang)
            first, *more = render(text, lang).splitlines() or [""]
            yield f"{name}{' ' * (column - width(name))}  {first}"
            yield from (f"{' ' * column}  {line}" for line in more)


def _of_block(block: Shared) -> tuple[Phrase, ...]:
    return tuple(asked.field(block, field) for field in block.fields)
