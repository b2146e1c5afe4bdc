"""Settings that are valid alone but contradict each other, and would mis-score silently."""

from collections.abc import Iterator, Mapping
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.rules.rule import Need, Rule
from lawgov_score.tree.checks.nodes import way_of_children
from lawgov_score.tree.checks.not_applicable import KEY, takes_mean
from lawgov_score.tree.checks.ways import SCALED
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.draft import Draft, Drafts, GroupDraft
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import Entry, Member, name_of
from lawgov_score.wording import Words


def check_together(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """All faults of this module."""
    yield from _repeated(drafts)
    yield from _excluded(document.data, drafts)
    yield from _whole(document.data)
    for indicator in drafts.indicators.values():
        yield from _below_zero(indicator)
    if drafts.has_points:
        for group in drafts.groups.values():
            yield from _unnamed(group, drafts)
            yield from _worth_nothing(document, group, drafts)


# ---------------------------------------------------------------- within a repetition


def _repeated(drafts: Drafts) -> Iterator[Finding]:
    """T243: repetitions have no fixed order, so none can be compared with a node elsewhere, or with last year."""
    for where, indicator in drafts.indicators.items():
        group = drafts.index.repeated(where)
        if group is not None:
            yield from _reaching_out(indicator, group)
    for where, draft in drafts.groups.items():
        group = drafts.index.repeated(where)
        if group is not None:
            yield from _rule_reaching_out(draft.rule, (*where, "rule", "kind"), group)


def _reaching_out(draft: Draft, group: Entry) -> Iterator[Finding]:
    yield from _rule_reaching_out(draft.rule, (*draft.where, "rule", "kind"), group)
    yield from _rule_reaching_out(draft.small_rule, (*draft.where, "small_sample", "rule", "kind"), group)
    for read in draft.expressions:
        names = [(str(statistic), True) for statistic in read.expression.cohort]
        names += [(f"previous.{name}", False) for name in read.expression.previous]
        for name, is_cohort in names:
            values = _values(group, name, is_cohort=is_cohort)
            yield Finding(read.where, Code.T243, values, within=read.column(name), length=len(name))
    for key in ("on_zero", "no_previous"):
        if draft.data.get(key) == "cohort_mean":
            yield Finding((*draft.where, key), Code.T243, _values(group, f"{key}: cohort_mean", is_cohort=True))
    if takes_mean(draft):
        yield Finding(
            (*draft.where, KEY), Code.T243, _values(group, f"{KEY}: cohort_mean", is_cohort=True), at_key=True
        )


def _rule_reaching_out(rule: Rule | None, where: Where, group: Entry) -> Iterator[Finding]:
    if rule is not None and (rule.RELATIVE or Need.PREVIOUS in rule.NEEDS):
        yield Finding(where, Code.T243, _values(group, f"kind: {rule.KIND}", is_cohort=rule.RELATIVE))


def _values(group: Entry, actual: str, *, is_cohort: bool) -> dict[str, object]:
    expected, cure = (_NO_COHORT, _COMPARE_GROUP) if is_cohort else (_NO_PREVIOUS, _LEAVE_REPEAT)
    return {"group": group.name, "expected": expected, "found": actual, "cure": cure(group=group.name)}


_NO_COHORT = Words(
    "只看这一次填报自己的数据：各单位的第几个，彼此并不对应",
    "the repetition's own figures only: one unit's second has nothing to do with another's",
)
_NO_PREVIOUS = Words(
    "只看当年的数据：今年的第几个，不一定是上年的第几个",
    "this edition's figures only: this year's second need not be last year's",
)
_COMPARE_GROUP = Words(
    "在重复填报的分组 {group} 上写 rule，对汇总后的得分作同组比较；或把这一项移出重复填报",
    "Compare at the repeated group itself ({group}, with a `rule:`), or move the indicator out of it",
)
_LEAVE_REPEAT = Words(
    "把这一项移出重复填报的分组 {group}，按单位整体填报",
    "Move the indicator out of the repeated group {group} and ask it of the unit as a whole",
)


# ---------------------------------------------------------------- the whole tree


def _excluded(data: Any, drafts: Drafts) -> Iterator[Finding]:
    """T244: parts that leave a sum which is not re-scaled cost their points, as a missing part would."""
    policies = data.get("policies")
    if not isinstance(policies, dict) or policies.get("not_applicable") != "none":
        return
    for where, group in drafts.groups.items():
        own: Where = (*where, "missing") if where and "missing" in group.data else ("policies", "missing")
        holder = group.data if own[0] != "policies" else policies
        if holder.get("missing") != "exclude" or way_of_children(group.data) != "sum":
            continue
        added = [
            m for m in drafts.index.members(where, group.data) if m.counts and m.node.data.get("bonus") is not True
        ]
        if not where or len(added) > 1:  # a single part leaves nothing to re-scale
            values = {"node": name_of(group.data), "found": "missing: exclude"}
            yield Finding(own, Code.T244, values, see_also=(("policies", "not_applicable"),))


def _whole(data: Any) -> Iterator[Finding]:
    """T245: an entire area would get all parallel trees, each of which is worth the whole."""
    if data.get("parallel") is True:
        for i, kind in items_of(data, "unit_types"):
            if kind.get("whole") is True:
                values = {"type": str(kind.get("name", kind.get("code", ""))), "found": "whole: true"}
                yield Finding(("unit_types", i, "whole"), Code.T245, values, at_key=True, see_also=(("parallel",),))


# ---------------------------------------------------------------- one node


def _below_zero(draft: Draft) -> Iterator[Finding]:
    """T246, only where it is certain: the value is one field, and that may be negative."""
    rules = (
        (draft.rule, draft.data.get("rule"), ("rule",), draft.value),
        (draft.small_rule, _rule_of(draft.data.get("small_sample")), ("small_sample", "rule"), draft.small_value),
    )
    for rule, data, below, own_value in rules:
        against = data.get("against") if rule is not None and rule.KIND == "relative" and data else None
        if against not in {"best", "mean", "median"}:
            continue
        value = own_value or draft.value
        text = value.expression.text if value is not None else draft.derived_value.code if draft.derived_value else ""
        for where, asked in draft.fields:
            if asked.code == text and isinstance(asked.at_least, (int, float)) and asked.at_least < 0:
                values = {"name": asked.name, "code": text, "bound": asked.at_least, "found": f"against: {against}"}
                spot = (*draft.where, *below, "against")
                yield Finding(spot, Code.T246, values, see_also=((*where, "at_least"),))


def _rule_of(sample: Any) -> Any:
    return sample.get("rule") if isinstance(sample, dict) else None


def _unnamed(group: GroupDraft, drafts: Drafts) -> Iterator[Finding]:
    """T247: nodes of a group that do not contribute to its expression in any way."""
    if group.value is None or not group.value.expression.nodes:
        return
    expression, known = group.value.expression, drafts.index.by_code
    if len(expression.names) > len(expression.nodes) or any(code not in known for code in expression.nodes):
        return  # T205 or T223 reports it: first it must be clear which node is meant
    reached: set[Where] = set()
    todo = list(expression.nodes)
    while todo:
        node = known[todo.pop()]
        if node.where not in reached:
            reached.add(node.where)
            todo += _feeding(node, drafts)
    members = drafts.index.members(group.where, group.data)
    yield from _unreached(members, reached, group, drafts)


def _feeding(node: Entry, drafts: Drafts) -> list[str]:
    """Codes of the nodes that a node's score is computed from."""
    reads = drafts.indicators[node.where].expressions if node.where in drafts.indicators else ()
    members: tuple[Member, ...] = ()
    if node.where in drafts.groups:
        draft = drafts.groups[node.where]
        reads = (draft.value,) if draft.value is not None else ()
        # An expression uses only the nodes it names: other children do not contribute through it.
        members = drafts.index.members(node.where, node.data) if draft.value is None else ()
    codes = [member.node.code for member in members if member.counts]
    codes += [code for read in reads for code in read.expression.nodes]
    return [code for code in codes if code in drafts.index.by_code]


def _unreached(
    members: tuple[Member, ...], reached: set[Where], group: GroupDraft, drafts: Drafts
) -> Iterator[Finding]:
    for member in members:
        where = member.node.where
        if not member.counts or where in reached:
            continue
        if not member.is_use and any(each[: len(where)] == where for each in reached):
            inner = drafts.index.members(where, member.node.data)  # some nodes inside it are named directly
            yield from _unreached(inner, reached, group, drafts)
            continue
        values = {"node": member.node.name, "code": member.node.code, "group": name_of(group.data)}
        spot = member.where if member.is_use else (*member.where, "code")
        at = (*group.where, "aggregate", "value")
        yield Finding(spot, Code.T247, {**values, "found": _text(group)}, see_also=(at,))


def _text(group: GroupDraft) -> str:
    return group.value.expression.text if group.value is not None else ""


def _worth_nothing(document: Document, group: GroupDraft, drafts: Drafts) -> Iterator[Finding]:
    """T248: a child without points cannot be scaled to its parent: its score is no share of 0 points.

    Not for types that get no score there: it leaves their groups.
    """
    way = way_of_children(group.data)
    if way not in SCALED:
        return
    for member in drafts.index.members(group.where, group.data):
        scored = drafts.index.types(member.node) | drafts.index.reads_rule(member.node)
        if document.types is not None and scored and not scored & document.types:
            continue
        if member.counts and member.node.data.get("bonus") is not True and _is_zero(member.node.data):
            spot = member.where if member.is_use else (*member.node.where, "points")
            others = ((*member.node.where, "points"),) if member.is_use else ()
            values = {"node": member.node.name, "way": way, "group": name_of(group.data), "found": "points: 0"}
            yield Finding(spot, Code.T248, values, see_also=others)


def _is_zero(data: Mapping[str, Any]) -> bool:
    points = data.get("points")
    return isinstance(points, (int, float)) and not isinstance(points, bool) and points == 0
