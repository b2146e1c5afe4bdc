"""Meaning of the keys of one node: they go together, and a group's rule is one that a group can have."""

from collections.abc import Iterator

from lawgov_score.catalogue import Code
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.rule import Need
from lawgov_score.tree.checks.nodes import way_of_children
from lawgov_score.tree.checks.rules import faults_of
from lawgov_score.tree.document import Document
from lawgov_score.tree.draft import NOMINAL, Draft, Drafts, GroupDraft
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import Entry
from lawgov_score.wording import Phrase, Words

_NUMBERS = frozenset({FieldType.COUNT, FieldType.AMOUNT, FieldType.SHARE})
_CORRECT = Words("对照方案原文改正其中一个", "Correct one of them after the printed scheme")


def check_groups(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """All faults of this module."""
    for draft in drafts.groups.values():
        yield from _rule(document, draft, drafts)
    for node in drafts.index.nodes:
        yield from _together(node, drafts)
        yield from _repetition(node, drafts)
        yield from _applies(node, drafts)
        if node.where in drafts.indicators:
            yield from _judged(node, drafts.indicators[node.where])


def _rule(document: Document, draft: GroupDraft, drafts: Drafts) -> Iterator[Finding]:
    """T235, and the faults that the rule itself reports."""
    rule, where = draft.rule, (*draft.where, "rule")
    if rule is None:
        return
    fits = rule.takes_value and rule.field_types & _NUMBERS and not rule.fields and not rule.reads and not rule.NEEDS
    if not fits:
        yield Finding((*where, "kind"), Code.T235, {"kind": rule.KIND, "found": f"kind: {rule.KIND}"})
        return
    points = draft.data.get("points") if drafts.has_points else NOMINAL
    if isinstance(points, (int, float)) and drafts.index.is_read(draft.where, document.types):
        yield from faults_of(rule, where, draft.data["rule"], float(points) if drafts.has_points else None)


def _at(node: Entry, key: str, expected: Phrase | Words, actual: object, cure: Words = _CORRECT) -> Finding:
    """A T236 finding at a key of ``node``."""
    values = {"node": node.name, "expected": expected, "found": actual, "cure": cure}
    return Finding((*node.where, key), Code.T236, values, at_key=True)


def _together(node: Entry, drafts: Drafts) -> Iterator[Finding]:
    data = node.data
    cap, floor = data.get("cap"), data.get("floor")
    if isinstance(cap, (int, float)) and isinstance(floor, (int, float)) and cap < floor:
        yield _at(node, "cap", Words("不低于 floor {floor}", "floor, {floor}, or more")(floor=floor), f"cap: {cap}")
    if data.get("bonus") is True:
        way = way_of_children(node.parent if node.parent is not None else drafts.index.data)
        if way != "sum":
            expected = Words("加分项只用于分值相加（sum）", "a bonus only where points add up (sum)")
            yield _at(node, "bonus", expected, f"aggregate: {way}")
        elif drafts.index.weight_of(data.get("weight")) in {-1, 0}:
            expected = Words("加分项的 weight 为 1 或不写", "a bonus of weight 1, or without one")
            yield _at(node, "bonus", expected, f"weight: {data['weight']}")


def _repetition(node: Entry, drafts: Drafts) -> Iterator[Finding]:
    if "repeat" not in node.data:
        return
    outer = drafts.index.repeated(node.where)
    if outer is not None:
        expected = Words("重复填报里不再重复（外层是 {outer}）", "no repetition within a repetition ({outer})")
        yield _at(node, "repeat", expected(outer=outer.name), "repeat")
    if "uses" in node.data:
        expected = Words("重复填报的分组只有 children", "only children in a repeated group")
        yield _at(node, "uses", expected(), "repeat + uses")


def _applies(node: Entry, drafts: Drafts) -> Iterator[Finding]:
    """T236 if a group above and the node itself have no unit type in common."""
    own = node.data.get("applies_to")
    if not isinstance(own, list) or not set(own) & drafts.index.unit_types:
        return
    for above in drafts.index.above(node.where):
        listed = above.data.get("applies_to")
        if isinstance(listed, list) and not set(own) & set(listed):
            expected = Words("{above} 适用的单位类型中至少一种", "at least one unit type that {above} applies to")
            finding = _at(node, "applies_to", expected(above=above.name), ", ".join(map(str, own)))
            yield Finding(finding.where, finding.code, finding.values, see_also=((*above.where, "applies_to"),))
            return


def _judged(node: Entry, draft: Draft) -> Iterator[Finding]:
    """T236: a judged indicator without fields and evidence has nothing for the unit to fill in."""
    has_nothing = not draft.own and not draft.data.get("evidence")
    if has_nothing and draft.rule and Need.MARKS in draft.rule.NEEDS and draft.data.get("filled_by") == "unit":
        expected = Words(
            "评审打分的指标没有 fields、evidence 的，单位没有可填的：不写 filled_by",
            "no filled_by: reviewers judge this indicator, and without fields and evidence nobody is asked anything",
        )
        yield _at(node, "filled_by", expected, "filled_by: unit", Words("删去 filled_by", "Remove filled_by"))
