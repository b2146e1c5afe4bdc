"""Building: checked data → Tree. After this step there are typed attributes only."""

import hashlib
import json
from typing import Any

from lawgov_score.model import Tree, Waiver
from lawgov_score.problems import Problem
from lawgov_score.tree.build_head import (
    adjustment_kinds,
    adjustment_limits,
    cohorts,
    grades,
    letters,
    optional,
    policies,
    unit_types,
    vetoes,
)
from lawgov_score.tree.build_nodes import Builder, written_in
from lawgov_score.tree.document import Document
from lawgov_score.tree.draft import Drafts


def build(document: Document, drafts: Drafts, problems: tuple[Problem, ...], weight_set: str = "") -> Tree:
    """The tree. ``document`` has no errors left, ``drafts`` are its nodes as read, ``problems`` what is left of them.

    ``weight_set``: the title of the weight set its points come from, if they are kept apart.
    """
    data = document.data
    builder = Builder(document, drafts)
    root = drafts.groups[()]
    return Tree(
        code=data["code"],
        title=data["title"],
        edition=data["edition"],
        year=int(data["year"]),
        points=float(data["points"]),
        levels=tuple(data["levels"]),
        children=builder.nodes(),
        unit_types=unit_types(data),
        cohorts=cohorts(data),
        grades=grades(data),
        vetoes=vetoes(data),
        policies=policies(data["policies"]),
        uses=builder.uses((), data),
        aggregation=builder.aggregation(root),
        rule=root.rule,
        out_of=optional(data, "out_of"),
        parallel=data.get("parallel", False),
        letters=letters(data),
        adjustments=adjustment_kinds(data),
        adjustment_limits=adjustment_limits(data),
        shared=builder.shared(root),
        register_is_lower=data.get("register", {}).get("better") == "lower",
        weight_set=weight_set,
        waivers=tuple(Waiver(w["code"], w["node"], w["reason"]) for w in data.get("waivers", ())),
        problems=problems,
        notice=data.get("notice", "").strip(),
        issuer=data.get("issuer", ""),
        result_title=data.get("result_title", "").strip(),
        fingerprint=fingerprint(data),
        path=document.path,
        written=written_in(data),
    )


def fingerprint(data: Any) -> str:
    """sha256 of the tree's content: comments, layout, the order of keys and the split into files do not affect it."""
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
