"""Other ways to write a random tree: figures by unit type, fields that several indicators share, scales and blocks."""

import copy
from collections.abc import Callable, Iterable
from typing import Any

from random_rules import Chance, Data

TYPES = ("town", "bureau")
Figure = Any  # a number, or one for each unit type


def by_type(first: Any, second: Any) -> Any:
    """What was made alike of two numbers of points: where the two differ a figure for each unit type."""
    match first:
        case dict():
            return {key: by_type(value, second[key]) for key, value in first.items()}
        case list():
            return [by_type(*pair) for pair in zip(first, second, strict=True)]
    return first if first == second else dict(zip(TYPES, (first, second), strict=True))


def each_type(of: Callable[..., float], *figures: Figure) -> Figure:
    """What is worked out of figures; for each unit type where one of them goes by type."""
    if not any(isinstance(one, dict) for one in figures):
        return of(*figures)
    own = {kind: of(*(one[kind] if isinstance(one, dict) else one for one in figures)) for kind in TYPES}
    return own if len(set(own.values())) > 1 else own[TYPES[0]]


def times(figure: Figure, share: float) -> Figure:
    """A part of it."""
    return each_type(lambda one: one * share, figure)


def added(figures: Iterable[Figure]) -> Figure:
    """Their sum."""
    return each_type(lambda *all_of_them: sum(all_of_them), *figures)


def all_leaves(nodes: list[Data]) -> list[Data]:
    """Every indicator, within repetitions too."""
    return [leaf for node in nodes for leaf in (all_leaves(node["children"]) if "children" in node else [node])]


# ---------------------------------------------------------------- asked once


def ask_once(chance: Chance, holder: Data, below: list[Data]) -> Data:
    """What indicators below ask in the same words becomes a field of ``holder``: now and then, and where it may."""
    asked: dict[str, list[Data]] = {}
    for leaf in below:
        for one in leaf["fields"]:
            asked.setdefault(one["code"], []).append(one)
    taken = {one["code"] for node in holder.get("nodes", ()) for one in node.get("fields", ())}
    taken |= {one["code"] for leaf in below for key in ("parts", "levels") for one in leaf["rule"].get(key, ())}
    for code, fields in asked.items():
        readers = [leaf for leaf in below if any(one["code"] == code for one in leaf["fields"])]
        is_one = all(one == fields[0] for one in fields) and not fields[0].get("substitute") and code not in taken
        if not is_one or isinstance(fields[0].get("at_most"), str) or not all(_may_read(one) for one in readers):
            continue
        if len(readers) > 1 or chance.now_and_then():
            holder.setdefault("fields", []).append(fields[0])
            chance.used |= {"shared field", f"shared by {min(len(readers), 2)}"}
            for leaf in readers:
                if len(leaf["fields"]) == 1 and "counts" not in leaf["rule"]:
                    leaf.setdefault("value", code)
                leaf["fields"] = [one for one in leaf["fields"] if one["code"] != code]
    return holder


def _may_read(leaf: Data) -> bool:
    """Is a field of its own left to it, where it needs one (T269)? The office's fields are no unit's."""
    needs = {"may_not_apply", "evidence"} & leaf.keys()
    return "filled_by" not in leaf and not (needs and len(leaf["fields"]) < 2)


# ---------------------------------------------------------------- written once, used by name


def written_once(chance: Chance, tree: Data) -> Data:
    """The same tree with some of its nodes written as blocks, and options as scales."""
    tree = copy.deepcopy(tree)
    scales: Data = {}
    for leaf in all_leaves(tree["nodes"]):
        options = leaf["rule"].get("options")
        if options and chance.one(True, False):
            shares = [_in_shares(one, leaf["points"]) for one in options]
            name = next((name for name, scale in scales.items() if scale == shares), f"s{len(scales) + 1}")
            scales[name] = shares
            leaf["rule"]["options"] = name
            chance.used.add("scale")
    blocks: Data = {}
    for node in tree["nodes"]:
        node["children"] = [_as_block(chance, child, blocks) for child in node["children"]]
    return {**tree, **({"scales": scales} if scales else {}), **({"blocks": blocks} if blocks else {})}


def _in_shares(option: Data, points: Figure) -> Data:
    of = points[TYPES[0]] if isinstance(points, dict) else points
    score = option.get("score")
    score = score[TYPES[0]] if isinstance(score, dict) else score
    return option if score is None else {**option, "score": f"{100 * score / of:g}%"}


def _as_block(chance: Chance, node: Data, blocks: Data) -> Data:
    """A node below the top, as it stands or as a use of a block."""
    if not chance.now_and_then():
        return node
    use: Data = {"code": node["code"], "title": node["title"]}
    for key in ("weight", "bonus"):
        if key in node:
            use[key] = node[key]
    body = _relative({key: value for key, value in node.items() if key not in use}, node["code"])
    each = node.get("rule", {}).get("each")
    if "children" not in node and isinstance(each, (int, float)) and chance.one(True, False):
        body["rule"] = {**body["rule"], "each": "<each>"}
        use["with"] = {"each": each}
        chance.used.add("with")
    name = next((name for name, block in blocks.items() if block == body), f"b{len(blocks) + 1}")
    blocks[name] = body
    chance.used |= {"block of a group" if "children" in node else "block"}
    return {"block": name, **use}


def _relative(data: Any, code: str) -> Any:
    """Codes of the node's own without its code before them, in its children and in what names them."""
    match data:
        case dict():
            return {key: _relative(value, code) for key, value in data.items()}
        case list():
            return [_relative(value, code) for value in data]
        case str():
            return data.removeprefix(f"{code}-").replace(f'"{code}-', '"').replace(f"类{code}之", "<title>之")
    return data
