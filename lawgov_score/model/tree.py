"""Tree: one edition of the whole indicator tree (指标体系). No behaviour beyond looking things up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lawgov_score.model.adjustments import NO_LIMITS, AdjustmentKind, AdjustmentLimits
from lawgov_score.model.aggregation import SUM, Aggregation, Use, Way
from lawgov_score.model.lists import Cohort, Grade, Letter, UnitType, Veto, Waiver
from lawgov_score.model.node import Group, Indicator, Node
from lawgov_score.model.policies import Policies, Rescale
from lawgov_score.problems import Problem
from lawgov_score.rules.rule import Rule


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
    uses: tuple[Use, ...] = ()
    aggregation: Aggregation = SUM
    rule: Rule | None = None
    out_of: float | None = None  # what the nodes add up to, where that is not `points`
    parallel: bool = False  # 平行指标体系: the top nodes are one tree for each unit type
    letters: tuple[Letter, ...] = ()  # best first
    adjustments: tuple[AdjustmentKind, ...] = ()
    adjustment_limits: AdjustmentLimits = NO_LIMITS
    register_is_lower: bool = False  # less is better, and what the register and vetoes do to a total goes that way
    weight_set: str = ""  # title of the weight set chosen, where points are kept apart
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
        for node in self.nodes:  # a repetition stands as deep as what it repeats
            found[node.code] = found.get(self.parents[node.code], 0) + (
                not (isinstance(node, Group) and node.repetition)
            )
        return found

    @cached_property
    def by_code(self) -> Mapping[str, Node]:
        """Nodes by code."""
        return {node.code: node for node in self.nodes}

    def parts_of(self, code: str) -> "tuple[tuple[Node, float | None], ...]":
        """What counts at a group, or at the root (the tree's code): its children, then its uses, with weights."""
        holder = self if code == self.code else self.by_code[code]
        own = tuple((child, child.weight) for child in holder.children)
        used = holder.uses if isinstance(holder, (Group, Tree)) else ()
        return own + tuple((self.by_code[use.code], use.weight) for use in used)

    def scales_limits(self, group: Group) -> bool:
        """Do floor and cap of a group shrink with the points that apply? Where its sum is converted further up only."""
        is_sum = group.aggregation.way is Way.SUM and group.rule is None
        return is_sum and self.policies.not_applicable is Rescale.TOTAL

    @cached_property
    def evaluation(self) -> tuple[Group, ...]:
        """Groups in an order in which everything that feeds one comes before it."""
        done: dict[str, Group] = {}

        def visit(node: Node) -> None:
            if isinstance(node, Indicator) or node.code in done:
                return
            for part, _ in self.parts_of(node.code):
                visit(part)
            if node.aggregation.expression is not None:
                for code in node.aggregation.expression.nodes:
                    visit(self.by_code[code])
            done[node.code] = node

        for node in self.nodes:
            visit(node)
        return tuple(done.values())

    @cached_property
    def stages(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of the indicators in rounds: first those whose figures are their own, then those that need nodes."""
        rounds: dict[str, int] = {}

        def round_of(node: Node) -> int:
            if node.code not in rounds:
                if isinstance(node, Indicator):
                    needed = [round_of(self.by_code[code]) for code in node.refers_to]
                    rounds[node.code] = 1 + max(needed) if needed else 0
                else:
                    below = [round_of(part) for part, _ in self.parts_of(node.code)]
                    expression = node.aggregation.expression
                    below += [round_of(self.by_code[code]) for code in (expression.nodes if expression else ())]
                    rounds[node.code] = max(below, default=0)
            return rounds[node.code]

        numbers = [round_of(indicator) for indicator in self.indicators]
        return tuple(
            tuple(i for i, number in enumerate(numbers) if number == at) for at in range(max(numbers, default=0) + 1)
        )

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
