"""Random trees, as YAML has them: every kind of rule, every way up the tree, policies, register, vetoes, grades."""

from collections.abc import Callable
from typing import Any

from random_forms import TYPES, added, all_leaves, ask_once, by_type, times
from random_rules import ALONE, MAKERS, Chance, Data

_MEANS = ("mean", "weighted_mean", "geometric_mean", "shifted", "harmonic_mean", "min", "max")
_WAYS = ("sum", "sum", "sum", *_MEANS, "weakest_link", "lookup", "expression")
_ABSENT = (("zero", "total"), ("zero", "parent"), ("zero", "none"), ("exclude", "total"), ("exclude", "parent"))


def a_tree(chance: Chance) -> Data:
    """A tree of two or three levels, worth what its parts come to."""
    missing, not_applicable = chance.one(*_ABSENT)
    chance.used |= {f"missing {missing}", f"not_applicable {not_applicable}"}
    may_exclude = not_applicable != "none"
    is_parallel = chance.now_and_then()
    chance.goes_by_type = not is_parallel and chance.number(0, 2) == 0
    nodes: list[Data] = []
    for letter in "AB" if is_parallel else "ABC"[: chance.number(1, 3)]:
        nodes.append(_top(chance, letter, nodes, may_exclude=may_exclude, is_parallel=is_parallel))
    root = _root(chance, nodes, is_parallel=is_parallel)
    if not is_parallel and chance.now_and_then():
        root = ask_once(chance, {**root, "nodes": nodes}, all_leaves(nodes))
    graded = {} if is_parallel else chance.some({"grade": {"of": "A", "by": chance.one("full", "rounded")}})
    better = chance.some({"better": "lower"})
    chance.used |= {"less is better"} if better else set()
    return {
        "code": "random",
        "title": "随机指标体系",
        "edition": "2024",
        "year": 2024,
        "levels": ["方面", "类", "小项"][: _depth(nodes)],
        "unit_types": [{"code": "town", "name": "镇街"}, {"code": "bureau", "name": "部门"}],
        "cohorts": [{"code": "c1", "name": "甲组"}, {"code": "c2", "name": "乙组"}],
        **root,
        **_after(chance, nodes[0]["points"] if graded else root["points"], is_lower=bool(better)),
        "policies": {
            "rounding": {
                "indicator": chance.one(2, 3, None, {"decimals": 2, "halves": "even"}),
                "group": chance.one(None, 2, {"shown": 2}),
                "total": chance.one(2, 1, None, {"to": 0.5}),
                **chance.some({"halves": "even"}),
            },
            "rank": {
                "by": chance.one("rounded", "full"),
                "ties": chance.one("shared", "dense", "ordinal"),
                "tie_breakers": chance.one([], ["A"]),
                **better,
                **chance.some({"equals_sign": True}),
            },
            "missing": missing,
            "not_applicable": not_applicable,
            "invalid": chance.one("score_valid", "score_valid", "withhold"),
            "claims": chance.one("await_review", "accept"),
            **chance.some({"coverage_at_least": "50%"}),
            **chance.some({"cohort_size": chance.one("submitted", "scored")}),
            **graded,
        },
        "nodes": nodes,
    }


def _depth(nodes: list[Data]) -> int:
    return 1 + max((_depth(node["children"]) for node in nodes if "children" in node), default=0)


def _root(chance: Chance, nodes: list[Data], *, is_parallel: bool) -> Data:
    """What the tree itself is worth, and how its top nodes come together."""
    if is_parallel:
        chance.used.add("parallel")
        return {"points": 10, "parallel": True}
    if all(node.get("bonus") for node in nodes):
        del nodes[0]["bonus"]
    way = chance.one("sum", "sum", "mean", "weighted_mean", "min", "rule")
    chance.used.add(f"root {way}")
    worth = sum(node["points"] for node in nodes if not node.get("bonus"))
    match way:
        case "sum":
            return {"points": 100, "out_of": worth} if chance.one(True, False) else {"points": worth}
        case "rule":
            tiers = [{"at_least": worth * share, "score": score} for share, score in ((0.8, 4), (0.5, 3), (0.2, 2))]
            return {"points": 4, "rule": {"kind": "tiers", "tiers": tiers, "otherwise": 1}}
    for node in nodes:
        node.pop("bonus", None)
        if way == "weighted_mean":
            node["weight"] = chance.number(1, 3)
    return {"points": 100, "aggregate": way}


def _top(chance: Chance, code: str, before: list[Data], *, may_exclude: bool, is_parallel: bool) -> Data:
    shape = chance.one("flat", "flat", "deep", "repeated")
    repeated = shape == "repeated" and not is_parallel
    if shape == "deep":
        children = [
            _group(
                chance, f"{code}{i}", [_indicator(chance, f"{code}{i}-{j}") for j in range(1, chance.number(1, 2) + 1)]
            )
            for i in range(1, chance.number(1, 2) + 1)
        ]
    else:
        chance.is_repeated = repeated
        children = [_indicator(chance, f"{code}-{i}") for i in range(1, chance.number(1, 4) + 1)]
    free = [] if is_parallel or repeated else [one for one in _leaves(before) if not {"bonus", "weight"} & one.keys()]
    used = free[:1] if chance.now_and_then() else []
    group = _group(chance, code, children, used, is_repeated=repeated)
    chance.is_repeated = False
    if chance.one(True, False):
        ask_once(chance, group, all_leaves([group]))
    if may_exclude:
        group |= chance.some({"missing": chance.one("zero", "exclude")}) if chance.now_and_then() else {}
    if is_parallel:
        group["applies_to"] = ["town" if code == "A" else "bureau"]
        for leaf in _leaves([group]):
            leaf["applies_to"] = "all"
            _drop_type(leaf)
        for key in ("cap", "floor", "rule"):
            group.pop(key, None)
        if "aggregate" not in group:
            group.setdefault("out_of", group["points"])
        group["points"] = 10
    elif before and chance.now_and_then() and not repeated:
        group["bonus"] = True
    return group


def _drop_type(leaf: Data) -> None:
    """Its type is the group's now: what it said for other types goes, and what went with that."""
    given = leaf.get("when_not_applicable", {})
    given.pop("type", None)
    if not given:
        leaf.pop("when_not_applicable", None)
    if "cohort_mean" not in {*given.values(), leaf.get("on_zero"), leaf.get("no_previous")}:
        leaf.pop("no_mean", None)


def _leaves(nodes: list[Data]) -> list[Data]:
    """Indicators that may be named from elsewhere."""
    found = []
    for node in nodes:
        if "children" not in node:
            found.append(node)
        elif "repeat" not in node:
            found += _leaves(node["children"])
    return found


def _indicator(chance: Chance, code: str) -> Data:
    make = chance.one(*(ALONE if chance.is_repeated else MAKERS))
    points, made = _points_and_rule(chance, make)
    is_own = isinstance(points, dict) or _is_by_type(made)
    chance.used |= {
        made["rule"]["kind"],
        *(f"on_zero {made[key]}" for key in ("on_zero", "no_previous") if key in made),
    }
    said: Data = {
        "code": code,
        "title": f"类{code.replace('-', '之')}",
        "points": points,
        "applies_to": "all" if chance.is_repeated or is_own else chance.one("all", "all", "all", ["town"]),
        "basis": "依据",
        "lead": ["司法局"],
        **made,
    }
    said |= chance.some({"may_not_apply": True}) if said["rule"]["kind"] != "judged" else {}
    said |= _instead(chance, said)
    if chance.now_and_then():
        said["rounding"] = chance.number(0, 3)
    if any(one["code"] == "n" for one in said["fields"]) and chance.now_and_then() and not chance.is_repeated:
        said["vetoes"] = [{"veto": chance.one("V1", "V2", "V3", "V4"), "when": "n > 6"}]
    said |= {} if isinstance(points, dict) else _places_and_words(chance)
    for name, key in (("small sample", "small_sample"), ("office's", "filled_by"), ("base", "base")):
        chance.used |= {name} if key in said else set()
    return said


def _is_by_type(data: Any) -> bool:
    """Does a figure of it go by unit type?"""
    if isinstance(data, list):
        return any(map(_is_by_type, data))
    return isinstance(data, dict) and (set(data) == set(TYPES) or any(map(_is_by_type, data.values())))


def _points_and_rule(chance: Chance, make: Callable[[Chance, float], Data]) -> tuple[Any, Data]:
    """Its points, fields and rule; now and then with figures of their own for each type of units."""
    points = chance.one(1, 2, 2.5, 4, 10)
    if not chance.goes_by_type or chance.one(True, False):
        return points, make(chance, points)
    other = points * chance.one(0.5, 1, 2)

    def takes_mean(made: Data) -> bool:
        return "cohort_mean" in {made.get("on_zero"), made.get("no_previous")}  # not of unlike points (T254)

    made, second = chance.twice(make, points, lambda made: points if takes_mean(made) else other)
    for key in ("rule", "small_sample"):
        if key in made:
            made[key] = by_type(made[key], second[key])
    for one, another in zip(made["fields"], second["fields"], strict=True):
        if one != another:
            one["at_most"] = max(one["at_most"], another["at_most"])
    chance.used.add("by type")
    return points if takes_mean(made) else by_type(points, other), made


def _instead(chance: Chance, said: Data) -> Data:
    """What it gives where it does not apply, by whatever it may not apply."""
    options = said["rule"].get("options", ())
    may = {
        "type": said["applies_to"] != "all",
        "claim": "may_not_apply" in said,
        "option": any(one.get("counts_as") == "not_applicable" for one in options),
    }
    is_alone = chance.is_repeated or isinstance(said["points"], dict)
    gives = ("leaves", "full", "zero", "60%", *(() if is_alone else ("cohort_mean", "cohort_mean")))
    given = {why: chance.one(*gives) for why, can_be in may.items() if can_be and chance.one(True, False)}
    chance.used |= {f"instead {why} {what}" for why, what in given.items()}
    made: Data = {"when_not_applicable": given} if given else {}
    must = "cohort_mean" in given.values()
    if must or ("cohort_mean" in {said.get("on_zero"), said.get("no_previous")} and chance.one(True, False)):
        made["no_mean"] = chance.one("not_applicable", "full", "zero", "40%")
    return made


def _group(
    chance: Chance, code: str, children: list[Data], used: list[Data] | None = None, *, is_repeated: bool = False
) -> Data:
    """A group over ``children`` (and what is ``used`` there), by any way that goes with them."""
    parts = [*children, *(used or [])]
    way = chance.one("mean", "min", "max") if is_repeated else chance.one(*_WAYS)
    chance.used.add(way if not is_repeated else f"repeated {way}")
    said: Data = {"code": code, "title": f"类{code}", "children": children}
    if is_repeated:
        repeat: Data = chance.one({"name": "窗口", "at_most": 3}, {"names": ["政务大厅", "户政窗口"]})
        said |= {"repeat": repeat, "points": added(child["points"] for child in children)}
        if chance.now_and_then():
            among = chance.one("unit", *(() if isinstance(said["points"], dict) else ("cohort", "all")))
            repeat["ranked"] = {"first": chance.one("higher", "lower"), "among": among}
            chance.used.add("entries ranked")
        said |= {"aggregate": way}
    elif way == "sum":
        said |= _sum(chance, children, parts)
    else:
        said |= {"points": chance.one(5, 10), "aggregate": _aggregate(chance, way, parts)}
    if used:
        chance.used.add("uses")
        said["uses"] = [{"code": one["code"], "weight": 2} if way == "weighted_mean" else one["code"] for one in used]
    for child in children:
        if way == "weighted_mean":
            child["weight"] = chance.number(1, 3)
    if isinstance(said["points"], dict) and len(code) == 1:
        said |= {"out_of": said["points"], "points": 8}  # a tree is worth the same to all
    points = said["points"]
    if chance.now_and_then() and "out_of" not in said and not is_repeated:
        lines = ((0.7, 1), (0.3, 0.5))
        bands = [{"at_least": times(points, share), "score": times(points, gives)} for share, gives in lines]
        said["rule"] = chance.one(
            {"kind": "tiers", "tiers": bands}, {"kind": "linear", "zero_at": 0, "full_at": points}
        )
        chance.used.add("rule of a group")
    said |= chance.some({"cap": times(points, 0.9)}) if chance.now_and_then() else {}
    said |= chance.some({"floor": times(points, 0.1)}) if chance.now_and_then() else {}
    said |= chance.some({"rounding": chance.one(0, 1, 2, {"to": 0.5, "halves": chance.one("up", "even")})})
    if isinstance(said.get("rounding"), dict) and not _is_of_halves(points):
        said["rounding"] = 1  # full marks would be no step (T293)
    said |= {} if isinstance(points, dict) else _places_and_words(chance)
    if chance.now_and_then():
        said["coverage_at_least"] = "50%"
        chance.used.add("coverage of a group")
    return said


def _is_of_halves(points: Any) -> bool:
    """Are the points, of every type, whole or half?"""
    return all(one * 2 % 1 == 0 for one in (points.values() if isinstance(points, dict) else (points,)))


def _places_and_words(chance: Chance) -> Data:
    """Now and then units have places at a node, or it has words of its own."""
    if chance.is_repeated or chance.number(0, 4):
        return {}
    bands = [{"word": "好", "at_least": "80%"}, {"word": "中", "at_least": "40%"}, {"word": "差", "at_least": -99}]
    places = chance.some({"ranked": chance.one("higher", "lower")})
    if places and chance.now_and_then():
        places["last"] = {"places": chance.number(1, 2), "veto": chance.one("V1", "V2", "V3")}
    return {**places, **chance.some({"bands": bands})}


def _sum(chance: Chance, children: list[Data], parts: list[Data]) -> Data:
    if len(children) > 1 and chance.one(True, False):
        off = next((child for child in children[1:] if _may_be_taken_off(child)), None)
        beside: tuple[tuple[Data, Data], ...] = ((children[-1], {"bonus": True}), (children[-1], {"weight": 0}))
        taken = () if off is None else ((off, {"weight": -1}),) * 2  # few may be: else they would hardly ever come
        child, kind = chance.one(*taken, *beside)
        child.update(kind)
        chance.used.add("bonus" if "bonus" in child else f"weight {child['weight']}")
    worth = added(part["points"] for part in parts if not part.get("bonus") and part.get("weight", 1) == 1)
    if chance.now_and_then():
        chance.used.add("out_of")
        return {"points": 8, "out_of": worth}
    return {"points": worth}


def _may_be_taken_off(node: Data) -> bool:
    """May it stand under a weight of −1 (T249)? Only what gives more the more there is."""
    gives = {"as_given", "count_cap", "choice", "checklist", "judged", "rating"}
    is_plain = "small_sample" not in node and "each_missing" not in node.get("rule", {})
    given = {
        *node.get("when_not_applicable", {}).values(),
        *(node.get(key) for key in ("no_mean", "on_zero", "no_previous")),
    }
    is_plain &= not given & {"full", "60%", "40%"}  # what nothing happened for would be taken off
    return node.get("rule", {}).get("kind") in gives and "children" not in node and is_plain


def _aggregate(chance: Chance, way: str, parts: list[Data]) -> Any:
    codes = [f'score("{part["code"]}")' for part in parts]
    match way:
        case "shifted":
            return {"way": "geometric_mean", "shift": 1}
        case "weakest_link":
            return {"way": way, "plus": 0.5}
        case "lookup":
            end = chance.one("at_least", "above")
            tops = [(n, at, score) for n in range(len(parts), 0, -1) for at, score in ((n * 2, 4), (n, 2), (-99, 1))]
            return {"way": way, "table": [{"children": n, end: at, "score": score} for n, at, score in tops]}
        case "expression":
            joined = chance.one(" + ", ", ")
            value = joined.join(codes) if joined == " + " or len(codes) == 1 else f"max({joined.join(codes)})"
            return {"way": way, "value": f"if({codes[0]} >= 1, {value}, 0.5 * ({value}))"}
    return way


def _after(chance: Chance, points: float, *, is_lower: bool) -> Data:
    """Adjustments, vetoes, and grades of what is worth ``points``; ``is_lower``: less is better."""
    kinds = [
        {
            "code": "R1",
            "title": "表彰",
            "sign": "bonus",
            "levels": {"国家级": 2, "省级": 1},
            "highest_only": True,
            "cap": 3,
        },
        {"code": "R2", "title": "通报", "sign": "penalty", "each": 0.5},
    ]
    said: Data = {
        "vetoes": [
            {"code": "V1", "title": "降等", "grade_at_most": "一般"},
            {"code": "V2", "title": "扣分", "deduct": 2},
            {"code": "V3", "title": "零分", "total_zero": True},
            {"code": "V4", "title": "评为末等", "fails": True}
            if is_lower
            else {"code": "V4", "title": "该项零分", "node_zero": chance.one("A", "A")},
        ],
        **({"register": {"better": "lower"}} if is_lower else {}),
        "grades": [
            {
                "name": "优秀",
                chance.one("at_most", "below"): points * 0.4,
                **chance.some({"quota": {"share": "40%", "at_least": 1}}),
            },
            {"name": "良好", "at_most": points * 0.8, **chance.some({"lines": {"c1": points * 0.9}})},
            {"name": "一般", "at_most": points * 2},
        ]
        if is_lower
        else [
            {
                "name": "优秀",
                chance.one("at_least", "above"): points * 0.8,
                **chance.some({"quota": {"share": "40%", "at_least": 1}}),
            },
            {
                "name": "良好",
                chance.one("at_least", "above"): points * 0.4,
                **chance.some({"lines": {"c1": points * 0.3}}),
            },
            {"name": "一般", "at_least": 0},
        ],
    }
    if chance.one(True, False):
        chance.used.add("adjustments")
        said |= {"adjustments": kinds, "adjustment_limits": {"bonus_cap": 4, **chance.some({"inside": True})}}
    if chance.now_and_then():
        chance.used.add("letters")
        letters = (("A", 80), ("B", 50), ("C", 2), ("D", 0))
        said["letters"] = [{"letter": letter, "score": score} for letter, score in letters]
    return said
