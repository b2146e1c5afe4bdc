"""Settings that would reward a fault or a blank silently: reversed deductions, vetoes that help, blanks that pay."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure.lines import line_of
from lawgov_score.rules.field import FieldType
from lawgov_score.tree.checks.ways import written_way
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.draft import Draft, Drafts, Read
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import Entry, given_by, name_of
from lawgov_score.wording import Words


def check_fairness(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """All faults of this module."""
    for where, group in drafts.groups.items():
        for member in drafts.index.members(where, group.data):
            if member.weight == -1 and _is_most_at_nothing(member.node, drafts, frozenset()):
                values = {"node": member.node.name, "found": _said(member.node)}
                rule = (*member.node.where, "rule")
                yield Finding((*member.where, "weight"), Code.T249, values, see_also=(rule,))
    yield from _less_is_better(document.data)
    yield from _last_quota(document.data)
    yield from _unlimited(document.data, drafts)


# ---------------------------------------------------------------- deductions


def _is_most_at_nothing(node: Entry, drafts: Drafts, above: frozenset[Where]) -> bool:
    """Does the node score highest where nothing happened? A group does if any part that counts in it does."""
    if node.where in above:  # T225 reports the circle
        return False
    draft = drafts.indicators.get(node.where)
    if draft is not None:
        return _indicator_is(draft)
    group = drafts.groups[node.where]
    if group.value is not None:
        return False  # what an expression does with its nodes is not examined
    parts = drafts.index.members(node.where, node.data)
    counted = [m.node for m in parts if m.weight not in {0, -1} and m.node.data.get("bonus") is not True]
    has_such_part = any(_is_most_at_nothing(part, drafts, above | {node.where}) for part in counted)
    is_turned = group.rule is not None and group.rule.is_most_at_nothing(0.0)
    return has_such_part != is_turned


def _indicator_is(draft: Draft) -> bool:
    rules = ((draft.rule, draft.value), (draft.small_rule, draft.small_value or draft.value))
    if any(rule is not None and rule.is_most_at_nothing(_at_nothing(draft, value)) for rule, value in rules):
        return True
    return draft.data.get("on_zero") == "full" or any(
        given_by(draft.data, why) == "full" for why in ("type", "claim", "option")
    )


def _at_nothing(draft: Draft, value: Read | None) -> float:
    """The value where nothing happened: every count is 0. nan if it depends on anything other than counts."""
    nothing = {f.code: 0.0 for _, f in draft.fields if f.type in {FieldType.COUNT, FieldType.AMOUNT}}
    if value is None:
        alone = draft.derived_value
        return nothing.get(alone.code, float("nan")) if alone is not None else float("nan")
    columns = {name: np.array([nothing.get(name, np.nan)]) for name in value.expression.names}
    return float(value.expression.evaluate(columns).value[0])


def _said(node: Entry) -> str:
    rule = node.data.get("rule")
    if isinstance(rule, dict):
        return f"weight: -1 + kind: {rule.get('kind')}"
    return "weight: -1"


# ---------------------------------------------------------------- less is better


def _less_is_better(data: Mapping[str, Any]) -> Iterator[Finding]:
    """T250: points added to or deducted from the total have the opposite effect where the lowest total is first."""
    register = data.get("register")
    goes_along = isinstance(register, dict) and register.get("better") == "lower"
    if not less_is_better(data):
        if goes_along:
            yield Finding(("register", "better"), Code.T250, {"expected": _LOWER_RANK, "found": "better: lower"})
        return
    for i, veto in items_of(data, "vetoes"):
        for key in ("total_zero", "deduct"):
            if key in veto and not goes_along:
                values = {"expected": _REGISTER, "found": f"{key}: {str(veto[key]).lower()}"}
                yield Finding(("vetoes", i, key), Code.T250, values, at_key=True, see_also=(_WHERE_RANK,))
        if "node_zero" in veto:
            values = {"expected": _NO_NODE_ZERO, "found": f"node_zero: {veto['node_zero']}"}
            yield Finding(("vetoes", i, "node_zero"), Code.T250, values, at_key=True, see_also=(_WHERE_RANK,))
    for i, kind in items_of(data, "adjustments"):
        if not goes_along:
            values = {"expected": _REGISTER, "found": f"sign: {kind.get('sign')}"}
            yield Finding(("adjustments", i, "sign"), Code.T250, values, at_key=True, see_also=(_WHERE_RANK,))


def less_is_better(data: Mapping[str, Any]) -> bool:
    """Does the lowest total rank first, or get the best grade?"""
    policies = data.get("policies")
    rank = policies.get("rank") if isinstance(policies, dict) else None
    if isinstance(rank, dict) and rank.get("better") == "lower":
        return True
    grade = policies.get("grade") if isinstance(policies, dict) else None
    by_node = isinstance(grade, dict) and "of" in grade
    return not by_node and any(line_of(one) in {"at_most", "below"} for _, one in items_of(data, "grades"))


_WHERE_RANK: Where = ("policies", "rank")
_REGISTER = Words(
    "register: {{better: lower}}，或不动总分的后果", "register: {{better: lower}}, or effects that leave the total"
)
_NO_NODE_ZERO = Words("不使某一项记 0 分：0 分在这里是最好的", "no node set to 0, which is the best score here")
_LOWER_RANK = Words("得分低者靠前的体系才写", "only where less is better")


# ---------------------------------------------------------------- quotas, blanks


def _last_quota(data: Mapping[str, Any]) -> Iterator[Finding]:
    """T251: units beyond the quota of the last grade would get no grade."""
    grades = items_of(data, "grades")
    if grades and grades[-1][0] == len(data["grades"]) - 1 and "quota" in grades[-1][1]:
        i, grade = grades[-1]
        yield Finding(("grades", i, "quota"), Code.T251, {"found": str(grade.get("name", ""))}, at_key=True)


def _unlimited(data: Mapping[str, Any], drafts: Drafts) -> Iterator[Finding]:
    """T252: blanks leave the denominator, once for the policy and once for each group that sets it itself."""
    policies = data.get("policies")
    if not isinstance(policies, dict) or "coverage_at_least" in policies:
        return
    inherited: list[Where] = []
    for where, group in drafts.groups.items():
        holders = (group.data, *(node.data for node in drafts.index.above(where))) if where else (group.data,)
        alone = sum(member.counts for member in drafts.index.members(where, group.data)) < 2  # no blank can pay
        if alone or written_way(group.data) == "none" or any("coverage_at_least" in holder for holder in holders):
            continue
        own = group.data.get("missing") if where else None
        if own == "exclude":
            values = {"node": name_of(group.data), "found": "missing: exclude"}
            yield Finding((*where, "missing"), Code.T252, values)
        elif own is None and policies.get("missing") == "exclude":
            inherited.append(where)
    if inherited:
        node = drafts.groups[inherited[0]].data
        yield Finding(("policies", "missing"), Code.T252, {"node": name_of(node), "found": "missing: exclude"})
