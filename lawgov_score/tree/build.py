"""Checked data → Tree. Past here there are typed attributes only."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from lawgov_score.expression import parse
from lawgov_score.model import (
    Claims,
    Cohort,
    Grade,
    Group,
    Indicator,
    Invalid,
    Missing,
    Node,
    OnZero,
    Policies,
    Quota,
    Rescale,
    SmallSample,
    Ties,
    Tree,
    UnitType,
    Veto,
    VetoTrigger,
    Waiver,
    WhenZero,
)
from lawgov_score.problems import Problem
from lawgov_score.tree.document import Document, Where
from lawgov_score.tree.draft import Draft
from lawgov_score.wording import Quantity


def build(document: Document, drafts: Mapping[Where, Draft], waived: tuple[Problem, ...]) -> Tree:
    """The tree. ``document`` has no errors left, ``drafts`` are its indicators, ``waived`` what was let stand."""
    data = document.data
    return Tree(
        code=data["code"],
        title=data["title"],
        edition=data["edition"],
        year=int(data["year"]),
        points=float(data["points"]),
        levels=tuple(data["levels"]),
        children=_nodes(document, drafts, data["nodes"], ("nodes",)),
        unit_types=tuple(UnitType(t["code"], t["name"], t.get("whole", False)) for t in data.get("unit_types", ())),
        cohorts=tuple(Cohort(c["code"], c["name"], tuple(c.get("unit_types", ()))) for c in data.get("cohorts", ())),
        grades=tuple(_grade(grade) for grade in data.get("grades", ())),
        vetoes=tuple(Veto(v["code"], v["title"], v["grade_at_most"]) for v in data.get("vetoes", ())),
        policies=_policies(data["policies"]),
        waivers=tuple(Waiver(w["code"], w["node"], w["reason"]) for w in data.get("waivers", ())),
        waived=waived,
        notice=data.get("notice", "").strip(),
        issuer=data.get("issuer", ""),
        fingerprint=fingerprint(data),
        path=document.path,
    )


def fingerprint(data: Any) -> str:
    """sha256 of what the tree says: comments, layout, the order of keys and the split into files leave it alone."""
    canonical = json.dumps(_canonical(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _canonical(data: Any) -> Any:
    match data:
        case dict():
            return {key: _canonical(value) for key, value in data.items()}
        case list():
            return [_canonical(item) for item in data]
        case float() if data.is_integer():
            return int(data)  # 2 and 2.0 are the same number
        case _:
            return data


def _grade(data: Mapping[str, Any]) -> Grade:
    quota = data.get("quota")
    limit = Quota(Quantity.parse(quota["share"]).number, int(quota.get("at_least", 0))) if quota else None
    return Grade(data["name"], float(data["at_least"]), limit)


def _policies(data: Mapping[str, Any]) -> Policies:
    rounding, rank, coverage = data["rounding"], data["rank"], data.get("coverage_at_least")
    return Policies(
        round_indicator=_decimals(rounding["indicator"]),
        round_group=_decimals(rounding["group"]),
        round_total=_decimals(rounding["total"]),
        rank_on_rounded=rank["by"] == "rounded",
        ties=Ties(rank["ties"]),
        tie_breakers=tuple(rank.get("tie_breakers", ())),
        missing=Missing(data["missing"]),
        not_applicable=Rescale(data["not_applicable"]),
        invalid=Invalid(data["invalid"]),
        claims=Claims(data["claims"]),
        coverage_at_least=None if coverage is None else Quantity.parse(coverage).number,
    )


def _decimals(places: float | None) -> int | None:
    return None if places is None else int(places)


def _nodes(
    document: Document, drafts: Mapping[Where, Draft], nodes: list[dict[str, Any]], where: Where
) -> tuple[Node, ...]:
    return tuple(_node(document, drafts, node, (*where, i)) for i, node in enumerate(nodes))


def _node(document: Document, drafts: Mapping[Where, Draft], data: dict[str, Any], where: Where) -> Node:
    if "children" not in data:
        return _indicator(document, drafts[where])
    return Group(
        code=data["code"],
        title=data["title"],
        points=float(data["points"]),
        children=_nodes(document, drafts, data["children"], (*where, "children")),
        basis=data.get("basis", ""),
        theme=data.get("theme", ""),
        note=data.get("note", "").strip(),
        place=document.spots[where].value,
    )


def _indicator(document: Document, draft: Draft) -> Indicator:
    data, rule = draft.data, draft.rule
    assert rule is not None  # a tree without errors has every rule
    value = draft.value.expression if draft.value else None
    base = draft.base.expression if draft.base else None
    if value is None and draft.derived_value is not None:
        value = parse(draft.derived_value.code)
    applies_to = data["applies_to"]
    vetoes = zip(data.get("vetoes", ()), draft.whens, strict=True)
    return Indicator(
        code=data["code"],
        title=data["title"],
        points=float(data["points"]),
        rule=rule,
        fields=(*(asked for _, asked in draft.fields), *rule.fields),
        value=value,
        base=base,
        value_name=data.get("value_name", ""),
        on_zero=_on_zero(data.get("on_zero")),
        small_sample=_small_sample(draft),
        vetoes=tuple(VetoTrigger(veto["veto"], when.expression) for veto, when in vetoes),
        applies_to=frozenset() if applies_to == "all" else frozenset(applies_to),
        may_not_apply=data.get("may_not_apply", False),
        basis=data["basis"].strip(),
        lead=tuple(data.get("lead", ())),
        assist=tuple(data.get("assist", ())),
        evidence=tuple(data.get("evidence", ())),
        note=data.get("note", "").strip(),
        place=document.spots[draft.where].value,
    )


def _on_zero(printed: str | float | None) -> OnZero | None:
    match printed:
        case None:
            return None
        case "not_applicable" | "cohort_mean":
            return OnZero(WhenZero(printed))
        case "full" | "zero":
            return OnZero(WhenZero.SHARE, 1.0 if printed == "full" else 0.0)
        case _:
            return OnZero(WhenZero.SHARE, Quantity.parse(printed).number)


def _small_sample(draft: Draft) -> SmallSample | None:
    if draft.small_of is None:
        return None
    value = draft.small_value.expression if draft.small_value else None
    return SmallSample(draft.small_of.expression, float(draft.data["small_sample"]["below"]), value, draft.small_rule)
