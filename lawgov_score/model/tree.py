"""Tree: one edition of the whole indicator tree (指标体系). No behaviour beyond looking things up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lawgov_score.model.lists import Cohort, Grade, UnitType, Veto, Waiver
from lawgov_score.model.node import Indicator, Node
from lawgov_score.model.policies import Policies
from lawgov_score.problems import Problem


@dataclass(frozen=True)
class Tree:
    """指标体系: one edition of the whole indicator tree."""

    code: str
    title: str
    edition: str
    year: int  # the assessed year, where a roster or submission does not say another
    points: float
    levels: tuple[str, ...]
    children: tuple[Node, ...]
    unit_types: tuple[UnitType, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    grades: tuple[Grade, ...] = ()  # best first
    vetoes: tuple[Veto, ...] = ()
    policies: Policies = field(default_factory=Policies)
    waivers: tuple[Waiver, ...] = ()
    waived: tuple[Problem, ...] = ()  # the problems those waivers let stand
    notice: str = ""  # what readers must be told: a reconstruction, a worked example
    issuer: str = ""
    fingerprint: str = ""  # sha256 of what the tree says, comments and layout left out
    path: str = ""

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node below the root, each parent before its children, as printed."""
        return tuple(_walk(self.children))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The leaves, as printed."""
        return tuple(node for node in self.nodes if isinstance(node, Indicator))

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """Code of each node's parent; the tree's code for the top level."""
        found = {child.code: self.code for child in self.children}
        for node in self.nodes:
            found.update({child.code: node.code for child in node.children})
        return found

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """Depth of each node: 1 for the top level."""
        found: dict[str, int] = {}
        for node in self.nodes:
            found[node.code] = found.get(self.parents[node.code], 0) + 1
        return found

    @cached_property
    def by_code(self) -> Mapping[str, Node]:
        """Nodes by code."""
        return {node.code: node for node in self.nodes}

    def ancestors(self, code: str) -> tuple[Node, ...]:
        """The groups above a node, the highest first."""
        above: list[Node] = []
        parent = self.parents[code]
        while parent in self.by_code:
            above.append(self.by_code[parent])
            parent = self.parents[parent]
        return tuple(reversed(above))

    def is_applicable(self, indicator: Indicator, unit_type: str) -> bool:
        """Does the indicator apply to units of this type? An unknown type, or an entire area, sees all."""
        if not indicator.applies_to or unit_type in indicator.applies_to:
            return True
        return all(known.code != unit_type or known.whole for known in self.unit_types)


def _walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
