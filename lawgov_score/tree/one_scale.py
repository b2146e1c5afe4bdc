"""Scores that are compared, worded or averaged are on one scale: T254, where points go by unit type."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.measure.tolerance import is_same
from lawgov_score.rules import KINDS
from lawgov_score.tree.by_type import chosen
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import Entry, Index, entries
from lawgov_score.wording import Words

_ONE_SCALE = Words("各类型的满分相同", "the same points for every type")
_A_SHARE = Words(
    "改为占本项分值的百分比，如 60%，或 not_applicable", "Say a share of the points, such as 60%, or not_applicable"
)
_OWN_GROUPS = Words(
    "分值写成一个数，或各类型分列各自的一项（applies_to）",
    "Give one number, or each type a node of its own (applies_to)",
)
_TAKES_MEAN = Words("同组平均（{key}: cohort_mean）", "the mean of the cohort ({key}: cohort_mean)")
_HAS_PLACES = Words("名次（ranked）", "places (ranked)")
_ENTRIES_HAVE_PLACES = Words("各份的名次（repeat: ranked）", "places of entries (repeat: ranked)")
_HAS_WORDS = Words("分档评语（bands）", "words for scores (bands)")
_HAS_GRADES = Words("等次（policies.grade.of）", "grades (policies.grade.of)")
_COMPARES = Words("规则 {kind}，与其他单位比较", "the rule {kind}, which compares units")


def compared(document: Document, unfit: Collection[Where]) -> Iterator[Finding]:
    """T254: scores out of different points that are compared, or of which the mean is taken.

    ``unfit``: places of points that are not known, of which nothing follows.
    """
    index = Index(document.data, entries(document.data))
    types = tuple(str(kind["code"]) for _, kind in items_of(document.data, "unit_types") if "code" in kind)
    worth = _Worth(index, types, unfit, _waived(document.data))
    policies = document.data.get("policies")
    policies = policies if isinstance(policies, dict) else {}
    grade = policies.get("grade")
    graded = grade.get("of") if isinstance(grade, dict) else None
    converts = policies.get("not_applicable") != "none"  # then places and words look at shares of the node's points
    for node in index.nodes:
        values = {"node": node.name, "expected": _ONE_SCALE()}
        by_points = worth.differs(node)
        by_sum = by_points or worth.differs(node, of_sum=True)
        for key in ("on_zero", "no_previous", "when_not_applicable"):
            said = node.data.get(key)
            if by_points and "cohort_mean" in (said.values() if isinstance(said, dict) else (said,)):
                found = _TAKES_MEAN(key=key)
                yield Finding((*node.where, key), Code.T254, {**values, "found": found, "cure": _A_SHARE()})
        values = {**values, "cure": _OWN_GROUPS()}
        for key, found in (("ranked", _HAS_PLACES()), ("bands", _HAS_WORDS())):
            if key in node.data and (by_points if converts else by_sum):
                yield Finding((*node.where, key), Code.T254, {**values, "found": found}, at_key=True)
        repeat = node.data.get("repeat")
        ranked = repeat.get("ranked") if isinstance(repeat, dict) else None
        if isinstance(ranked, dict) and ranked.get("among") != "unit" and (by_points if converts else by_sum):
            found = _ENTRIES_HAVE_PLACES()
            yield Finding((*node.where, "repeat", "ranked"), Code.T254, {**values, "found": found}, at_key=True)
        if isinstance(graded, str) and graded == node.code and by_sum:
            yield Finding(("policies", "grade", "of"), Code.T254, {**values, "found": _HAS_GRADES()})
        rule = node.data.get("rule")
        kind = rule.get("kind") if isinstance(rule, dict) else None
        if not (node.is_group and isinstance(kind, str) and kind in KINDS and KINDS[kind].RELATIVE):
            continue
        if by_points or worth.differs(node, of_sum=True, before_rule=True):
            found = _COMPARES(kind=kind)
            yield Finding((*node.where, "rule", "kind"), Code.T254, {**values, "found": found})


def _waived(data: Any) -> frozenset[str]:
    """The codes of the nodes whose sums are waived (T202)."""
    waivers = items_of(data, "waivers")
    return frozenset(str(one.get("node")) for _, one in waivers if one.get("code") == "T202")


@dataclass(frozen=True, slots=True)
class _Worth:
    """What nodes are out of, for each type."""

    index: Index
    types: tuple[str, ...]
    unfit: Collection[Where]
    waived: frozenset[str]

    def differs(self, node: Entry, *, of_sum: bool = False, before_rule: bool = False) -> bool:
        """Is it certain that a node is worth more to one type than to another? Equal figures are no difference.

        ``of_sum``: by what its parts come to, not by what is printed; ``before_rule``: what its rule is given.
        """
        figures = [self._of(node, kind, (), of_sum=of_sum, before_rule=before_rule) for kind in self._concerned(node)]
        known = [figure for figure in figures if figure is not None]
        return len(known) == len(figures) and any(not is_same(figure, known[0]) for figure in known)

    def _concerned(self, node: Entry) -> list[str]:
        """The types that get a score there."""
        own = self.index.types(node) | self.index.reads_rule(node)
        return [kind for kind in self.types if kind in own]

    def _of(
        self, node: Entry, kind: str, below: tuple[Where, ...], *, of_sum: bool, before_rule: bool = False
    ) -> float | None:
        """None: not known, or what is wrong with it is told elsewhere."""
        printed = self._figure(node, "points", kind)
        if not of_sum or not node.is_group:
            return printed
        data = node.data
        if node.where in below or data.get("aggregate", "sum") != "sum" or ("rule" in data and not before_rule):
            return printed
        if "out_of" in data and before_rule:
            return printed  # on the group's own scale, whatever the parts are worth
        parts = [
            (member.weight, self._of(member.node, kind, (*below, node.where), of_sum=True))
            for member in self.index.members(node.where, data)
            if member.weight in {None, 1} and member.node.data.get("bonus") is not True
        ]
        figures = [figure for _, figure in parts if figure is not None]
        if len(figures) < len(parts):
            return None
        total, said = math.fsum(figures), printed
        if "out_of" in data:
            said = self._figure(node, "out_of", kind)
            total = total * printed / said if said and printed is not None else total
        is_checked = "rule" not in data or "out_of" in data
        if is_checked and said is not None and not is_same(math.fsum(figures), said) and node.code not in self.waived:
            return None  # T202
        return total

    def _figure(self, node: Entry, key: str, kind: str) -> float | None:
        figure = node.data.get(key)
        if isinstance(figure, dict):
            figure = figure[chosen(figure, kind)] if figure and (*node.where, key) not in self.unfit else None
        return float(figure) if isinstance(figure, (int, float)) and not isinstance(figure, bool) else None
