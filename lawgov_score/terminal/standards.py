"""Terminal output of `show --standards`: each indicator with 评分标准, what is asked, decided open questions."""

from collections.abc import Iterator, Sequence

from lawgov_score.content import labels
from lawgov_score.explanation import standard
from lawgov_score.explanation.node_places import standard_of
from lawgov_score.model import Check, FilledBy, Group, Indicator, Node, Shared, Tree
from lawgov_score.report import number_text, render, width
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Language, Phrase, Words

_TITLE = Words("{code} {title}　{points:points} 分", "{code} {title}  {points:points} points")
_TITLE_BY_TYPE = Words("{code} {title}　{points} 分", "{code} {title}  points: {points}")
_LINES = {
    "standard": Words("评分标准", "standard"),
    "applies_to": Words("适用单位", "applies to"),
    "fields": Words("填报项", "asked"),
    "shared": Words("共用数据", "shared figures"),
    "checks": Words("核对", "checks"),
    "evidence": Words("佐证材料", "evidence"),
    "way": Words("汇总方式", "aggregation"),
    "places": Words("名次评语", "places, words"),
    "note": Words("说明", "note"),
    "internal_note": Words("内部说明", "for the office"),
}
_BY_ALL = Words("共用数据（全体系）：{fields}", "shared figures of the whole tree: {fields}")
_CHECKED_BY_ALL = Words("核对（全体系）：{checks}", "checks of the whole tree: {checks}")
_SHARED = Words("“{name}”（共用数据）", '"{name}" (a shared figure)')
_LIST = Words("{names:list}", "{names:list}")
_FIELD = Words("{name}（{facts}）", "{name} ({facts})")
_AND = Words("{one}，{other}", "{one}, {other}")
_PARTS = Words("{parts}", "{parts}")
_OFFICE = Words("考核机关填报：{fields}", "for the office to fill in: {fields}")
_JUDGED = Words("考核机关评审打分，单位不填", "marked by the office's reviewers; nothing to fill in")
_JUDGED_BY = Words(
    "考核机关评审打分，单位填报供参考：{fields}",
    "marked by the office's reviewers, who read what the unit says: {fields}",
)
_KINDS = {
    FieldType.SHARE: Words("百分数", "percentage"),
    FieldType.DATE: Words("日期", "date"),
    FieldType.YES_NO: Words("是／否", "yes or no"),
    FieldType.TEXT: Words("文字", "text"),
}
_SUBSTITUTE = Words("件数不明时才填", "only where counts are not known")
_NEVER = Words("没有的填“{never}”", '"{never}" if it did not come')
_AT_LEAST = Words("不少于{bound}", "at least {bound}")
_AT_MOST = Words("不多于{bound}", "at most {bound}")
_NAMED = Words("“{name}”", '"{name}"')
_DAY = Words(" {day:date}", "{day:date}")
_NUMBER = Words(" {n}", "{n}")


def standards_text(tree: Tree, lang: Language) -> str:
    """Every group and every indicator in printed order; repeated groups once."""
    names = {kind.code: kind.name for kind in tree.unit_types}
    lines: list[str] = []
    if tree.shared is not None and tree.shared.fields:
        lines += ["", render(_BY_ALL(fields=_of_block(tree.shared)), lang)]
    if tree.shared is not None and tree.shared.checks:
        lines += ["", render(_CHECKED_BY_ALL(checks=tuple(check.says for check in tree.shared.checks)), lang)]
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
            "checks": _checks(node.shared.checks) if node.shared is not None else None,
            "note": node.note,
            "internal_note": node.internal_note,
        }
    else:
        types = tuple(names.get(kind.code, kind.code) for kind in tree.unit_types if kind.code in node.applies_to)
        details = {
            "standard": standard.standard(tree, node),
            "places": standard_of(tree, node),
            "applies_to": _LIST(names=types) if types else None,
            "fields": _asked(node),
            "checks": _checks(node.checks),
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


def _checks(checks: Sequence[Check]) -> Phrase | None:
    """What answers are checked for, as the tree says it to units."""
    return _PARTS(parts=tuple(check.says for check in checks)) if checks else None


def _of_block(block: Shared) -> tuple[Phrase, ...]:
    return tuple(_field(block, field) for field in block.fields)


def _asked(indicator: Indicator) -> Phrase | None:
    """What is asked, and who is asked."""
    fields = tuple(_field(indicator, field) for field in indicator.own_fields)
    fields += tuple(_SHARED(name=field.name) for field in indicator.shared_fields)
    if indicator.is_judged:
        return _JUDGED_BY(fields=fields) if indicator.is_asked else _JUDGED()
    if not fields:
        return None
    return _OFFICE(fields=fields) if indicator.filled_by is FilledBy.ASSESSOR else _PARTS(parts=fields)


def _field(of: Indicator | Shared, field: Field) -> Phrase:
    """One field: its name, unit of measurement, bounds, and the word for a date that never came."""
    known = (*of.above, *of.fields) if isinstance(of, Shared) else of.fields
    names = {each.code: each.name for each in known}
    facts: list[object] = [_KINDS[field.type]()] if field.type in _KINDS else []
    facts += [field.measured_in] if field.measured_in else []
    facts += [_LIST(names=field.choices)] if field.choices else []
    usual = {"at_least": 0.0, "at_most": 1.0 if field.type is FieldType.SHARE else None}
    for key, words in (("at_least", _AT_LEAST), ("at_most", _AT_MOST)):
        bound = getattr(field, key)
        if bound is None or bound == usual[key]:
            continue
        if isinstance(bound, str):
            shown = _NAMED(name=names[bound])
        elif field.type is FieldType.DATE:
            shown = _DAY(day=bound)
        else:
            shown = _NUMBER(n=number_text(bound))
        facts.append(words(bound=shown))
    facts += [_SUBSTITUTE()] if field.substitute else []
    facts += [_NEVER(never=field.never)] if field.never else []
    facts += [field.note] if field.note else []
    if not facts:
        return _PARTS(parts=(field.name,))
    all_facts, *more = facts
    for fact in more:
        all_facts = _AND(one=all_facts, other=fact)
    return _FIELD(name=field.name, facts=all_facts)
