"""Random edits of random trees, as a reviewer makes them in YAML, and what `diff` must then say: no more, no less."""

import copy
from collections.abc import Callable
from typing import Any

from random_rules import Chance

from lawgov_score.measure.lines import is_lower_end, line_of

Data = dict[str, Any]
Expected = tuple[str, str, str]  # id, code, where it stands
Edit = Callable[[Chance, Data], set[Expected] | None]  # None: nothing there to edit


def leaves(nodes: list[Data]) -> list[Data]:
    """Every indicator."""
    return [leaf for node in nodes for leaf in (leaves(node["children"]) if "children" in node else [node])]


def groups(nodes: list[Data]) -> list[Data]:
    """Every group."""
    own = [node for node in nodes if "children" in node]
    return [*own, *(each for node in own for each in groups(node["children"]))]


def _leaf(chance: Chance, tree: Data) -> Data:
    return chance.one(*leaves(tree["nodes"]))


def text(key: str, id_: str) -> Edit:
    """Another text under a key of an indicator, or of a group."""

    def edit(chance: Chance, tree: Data) -> set[Expected] | None:
        node = chance.one(*leaves(tree["nodes"]), *groups(tree["nodes"]))
        node[key] = f"另一{key}"
        return {(id_, node["code"], key)}

    return edit


def names(key: str) -> Edit:
    """Another office."""

    def edit(chance: Chance, tree: Data) -> set[Expected] | None:
        node = _leaf(chance, tree)
        node[key] = ["财政局", "审计局"]
        return {(key, node["code"], key)}

    return edit


def evidence(chance: Chance, tree: Data) -> set[Expected] | None:
    """Other evidence, where that asks nothing more."""
    node = _leaf(chance, tree)
    if node["rule"]["kind"] == "judged":
        return None
    node["evidence"] = ["台账", "文件"]
    return {("evidence", node["code"], "evidence")}


def points(chance: Chance, tree: Data) -> set[Expected] | None:
    """A leaf that is worth more, where nothing has to add up. Its rule and its words in shares of its points stay."""
    free = [
        leaf
        for group in groups(tree["nodes"])
        if group.get("aggregate", "sum") != "sum" and "repeat" not in group
        for leaf in group["children"]
        if "children" not in leaf and not isinstance(leaf["points"], dict)  # by unit type
    ]
    if not free:
        return None
    leaf = chance.one(*free)
    leaf["points"] += 2
    return {("points", leaf["code"], "points")}


def rounding(chance: Chance, tree: Data) -> set[Expected] | None:
    """Another rounding of totals."""
    tree["policies"]["rounding"]["total"] = 3
    return {("policy", tree["code"], "policies.rounding.total")}


def ties(chance: Chance, tree: Data) -> set[Expected] | None:
    """Another way with equal totals."""
    rank = tree["policies"]["rank"]
    rank["ties"] = next(one for one in ("shared", "dense", "ordinal") if one != rank["ties"])
    return {("policy", tree["code"], "policies.rank.ties")}


def claims(chance: Chance, tree: Data) -> set[Expected] | None:
    """Claims count otherwise."""
    policies = tree["policies"]
    policies["claims"] = "accept" if policies["claims"] == "await_review" else "await_review"
    return {("policy", tree["code"], "policies.claims")}


def reviewers(chance: Chance, tree: Data) -> set[Expected] | None:
    """Who reads the reviewers' names."""
    tree["policies"]["show_reviewers"] = True
    return {("note", tree["code"], "policies.show_reviewers")}


def grade(chance: Chance, tree: Data) -> set[Expected] | None:
    """Another line of the best grade."""
    best = tree["grades"][0]
    key = line_of(best)
    best[key] = best[key] * (1.01 if is_lower_end(key) else 0.99)
    return {("grade", tree["code"], "grades[优秀].line")}


def veto(chance: Chance, tree: Data) -> set[Expected] | None:
    """Another effect of a veto."""
    one = next(one for one in tree["vetoes"] if one["code"] == "V2")
    one["deduct"] = 3
    return {("veto", "V2", "vetoes[V2].effects")}


def veto_title(chance: Chance, tree: Data) -> set[Expected] | None:
    """A veto is called otherwise."""
    tree["vetoes"][0]["title"] = "降为下一等"
    return {("title", "V1", "vetoes[V1].title")}


def adjustment(chance: Chance, tree: Data) -> set[Expected] | None:
    """A penalty takes off more."""
    for kind in tree.get("adjustments", ()):
        if kind["code"] == "R2":
            kind["each"] = 0.75
            return {("adjustment", "R2", "adjustments[R2].points")}
    return None


def edition(chance: Chance, tree: Data) -> set[Expected] | None:
    """Another edition of another year."""
    tree["edition"], tree["year"] = "2025", 2025
    return {("edition", tree["code"], "edition"), ("edition", tree["code"], "year")}


def added(chance: Chance, tree: Data) -> set[Expected] | None:
    """A new indicator that counts nowhere yet, in a group that adds up."""
    group = chance.one(*groups(tree["nodes"]))
    if group.get("aggregate", "sum") != "sum" or group.get("repeat"):
        return None
    if any("children" in child for child in group["children"]):
        return None
    code = f"{group['code']}-90"
    if any(child["code"] == code for child in group["children"]):
        return None
    new = {
        "code": code,
        "title": "新增的指标",
        "points": 1,
        "weight": 0,
        "applies_to": "all",
        "basis": "依据",
        "lead": ["司法局"],
        "fields": [{"code": "n", "name": "新增件数", "type": "count", "measured_in": "件"}],
        "value": "n",
        "rule": {"kind": "deduction", "each": 0.1},
    }
    group["children"].insert(chance.number(0, len(group["children"])), new)
    return {("added", code, "")}


def removed(chance: Chance, tree: Data) -> set[Expected] | None:
    """An indicator less, where nothing has to add up; one that is named elsewhere cannot go."""
    held = [
        (group, leaf)
        for group in groups(tree["nodes"])
        if group.get("aggregate") in ("mean", "min", "max") and "repeat" not in group and len(group["children"]) > 1
        for leaf in group["children"]
        if "children" not in leaf
    ]
    if not held:
        return None
    group, leaf = chance.one(*held)
    group["children"].remove(leaf)
    return {("removed", leaf["code"], "")}


def renumbered(chance: Chance, tree: Data) -> set[Expected] | None:
    """Another code for the same indicator; one that is named elsewhere would have to be named otherwise."""
    leaf = _leaf(chance, tree)
    leaf["code"] = f"{leaf['code'].rpartition('-')[0]}-71"
    return {("renumbered?", leaf["code"], "")}


def given_to_another(chance: Chance, tree: Data) -> set[Expected] | None:
    """The code of an item goes to another one, of which nothing is the same but what it is worth."""
    leaf = _leaf(chance, tree)
    if leaf["title"] == "另设的指标" or isinstance(leaf["points"], dict):
        return None
    kept: Data = {key: leaf[key] for key in ("code", "points", "weight", "applies_to", "basis", "lead") if key in leaf}
    leaf.clear()
    leaf |= {
        **kept,
        "title": "另设的指标",
        "fields": [{"code": "other", "name": "另设件数", "type": "count", "measured_in": "件"}],
        "value": "other",
        "rule": {"kind": "deduction", "each": 0.1},
    }
    return {("title", leaf["code"], "title")}


def titles_swapped(chance: Chance, tree: Data) -> set[Expected] | None:
    """Two items change their places in the list, by title alone."""
    one, other = _leaf(chance, tree), _leaf(chance, tree)
    if one is other:
        return None
    one["title"], other["title"] = other["title"], one["title"]
    return {("title", each["code"], "title") for each in (one, other)}


def retitled(chance: Chance, tree: Data) -> set[Expected] | None:
    """A new title alone, of an item whatever it asks."""
    leaf = _leaf(chance, tree)
    leaf["title"] = "一个全新的名称"
    return {("title", leaf["code"], "title")}


def order(chance: Chance, tree: Data) -> set[Expected] | None:
    """The first child of a group goes to its end."""
    many = [group for group in groups(tree["nodes"]) if len(group["children"]) > 1]
    if not many:
        return None
    group = chance.one(*many)
    group["children"].append(group["children"].pop(0))
    return {("order", group["code"], "children")}


def applies(chance: Chance, tree: Data) -> set[Expected] | None:
    """One type of unit less."""
    node = _leaf(chance, tree)
    if node["applies_to"] != "all" or tree.get("parallel"):
        return None
    node["applies_to"] = ["bureau"]
    return {("applies_to", node["code"], "applies_to")}


def claimable(chance: Chance, tree: Data) -> set[Expected] | None:
    """A unit may claim that an indicator does not apply."""
    node = _leaf(chance, tree)
    if node.get("may_not_apply") or node["rule"]["kind"] == "judged" or node.get("filled_by") == "assessor":
        return None
    if not node["fields"] and node["rule"]["kind"] not in {"checklist", "choice", "rating"}:
        return None
    node["may_not_apply"] = True
    return {("applies_to", node["code"], "may_not_apply")}


def field_name(chance: Chance, tree: Data) -> set[Expected] | None:
    """A field is called otherwise."""
    node = _leaf(chance, tree)
    if not node["fields"]:
        return None
    field = chance.one(*node["fields"])
    field["name"] = f"另称{field['name']}"
    return {("title", node["code"], f"fields.{field['code']}.name")}


def field_note(chance: Chance, tree: Data) -> set[Expected] | None:
    """A field says more."""
    node = _leaf(chance, tree)
    if not node["fields"]:
        return None
    field = chance.one(*node["fields"])
    field["note"] = "以年度台账为准"
    return {("note", node["code"], f"fields.{field['code']}.note")}


def field_added(chance: Chance, tree: Data) -> set[Expected] | None:
    """A question more, for information."""
    node = _leaf(chance, tree)
    if node.get("filled_by") == "assessor" or node["rule"]["kind"] == "judged":
        return None
    node["fields"].append({"code": "remark", "name": "补充情况", "type": "text"})
    return {("field_added", node["code"], "fields.remark")}


def kind(chance: Chance, tree: Data) -> set[Expected] | None:
    """Another rule for the same value."""
    linear = [one for one in leaves(tree["nodes"]) if one["rule"]["kind"] == "linear" and "small_sample" not in one]
    if linear:
        node = chance.one(*linear)
        rule = node["rule"]
        node["rule"] = {"kind": "all_or_nothing", "at_least": rule["full_at"]}
        return {("rule", node["code"], "rule")}
    return None


def parameter(chance: Chance, tree: Data) -> set[Expected] | None:
    """Another figure of a rule."""
    figures = [
        (node, key)
        for node in leaves(tree["nodes"])
        for key in ("each", "first")
        if isinstance(node["rule"].get(key), (int, float)) and node["rule"]["kind"] != "improvement"
    ]
    if not figures:
        return None
    node, key = chance.one(*figures)
    node["rule"][key] *= 0.5
    return {("parameter", node["code"], "rule")}


EDITS: tuple[Edit, ...] = (
    *(text("title", "title"), text("note", "note"), text("internal_note", "note"), text("standard", "note")),
    *(text("basis", "basis"), names("lead"), names("assist"), evidence, rounding, ties, claims, reviewers),
    *(points, grade, veto, veto_title, adjustment, edition, added, removed, renumbered, order, applies, claimable),
    *(field_name, field_note, field_added, kind, parameter),
)


def edited(chance: Chance, tree: Data, most: int = 4) -> tuple[Data, set[Expected]]:
    """The tree with a few edits that do not touch one another, and the changes that come of them."""
    found: set[Expected] = set()
    new = copy.deepcopy(tree)
    for _ in range(chance.number(1, most)):
        tried = copy.deepcopy(new)
        expected = chance.one(*EDITS)(chance, tried)
        if expected and not any(_touch(one, other) for one in expected for other in found):
            new, found = tried, found | expected
    return new, found


def _touch(one: Expected, other: Expected) -> bool:
    """Is one edit about what the other is about, within what the other added, or about the order of what it added?"""
    kinds = {one[0], other[0]}
    if "renumbered?" in kinds:
        return True  # it would be told as what else changed about it
    if "order" in kinds and {"added", "removed"} & kinds:
        return one[1].startswith(f"{other[1]}-") or other[1].startswith(f"{one[1]}-")
    if one[1] != other[1]:
        return False
    keys = one[2], other[2]
    return bool({"added", "removed"} & kinds) or any(f"{a}.".startswith(f"{b}.") for a, b in (keys, keys[::-1]))
