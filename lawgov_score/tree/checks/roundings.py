"""Steps that scores are rounded to: full marks must be one of them, or nobody could have just full marks."""

import math
from collections.abc import Iterator
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.measure.tolerance import DUST
from lawgov_score.tree.document import Document, Where
from lawgov_score.tree.draft import Drafts
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import name_of


def check_roundings(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """T293: of nodes and of the total; a rounding of the policies is said once, with the first node it does not fit."""
    if not drafts.has_points:
        return
    policies = document.data.get("policies")
    rounding = policies.get("rounding") if isinstance(policies, dict) else None
    said = rounding if isinstance(rounding, dict) else {}
    nodes = [("group", where, draft.data) for where, draft in drafts.groups.items() if where]
    nodes += [("indicator", where, draft.data) for where, draft in drafts.indicators.items()]
    for kind, where, data in nodes:
        at: Where = (*where, "rounding") if "rounding" in data else ("policies", "rounding", kind)
        yield from _misfit(at, data.get("rounding", said.get(kind)), data, (*where, "points"))
    yield from _misfit(("policies", "rounding", "total"), said.get("total"), document.data, ("points",))


def _misfit(at: Where, printed: Any, data: dict[str, Any], points_at: Where) -> Iterator[Finding]:
    step, points = printed.get("to") if isinstance(printed, dict) else None, data.get("points")
    if not isinstance(step, (int, float)) or not isinstance(points, (int, float)) or step <= 0:
        return
    steps = points / step
    if abs(steps - round(steps)) > DUST * max(1.0, steps):
        full = math.floor(steps + 0.5) * step
        values = {"node": name_of(data), "points": float(points), "full": full, "found": f"to: {step}"}
        yield Finding((*at, "to"), Code.T293, values, see_also=(points_at,))
