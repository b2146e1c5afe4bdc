"""Tree: one edition of the whole indicator tree (指标体系). No behaviour beyond looking things up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lawgov_score.measure.ladder import letter
from lawgov_score.measure.ways import Way
from lawgov_score.measure.worth import Share, on_own_scale, sum_of
from lawgov_score.model.adjustments import NO_LIMITS, AdjustmentKind, AdjustmentLimits
from lawgov_score.model.aggregation import SUM, Aggregation, Use
from lawgov_score.model.lists import Cohort, Grade, Letter, UnitType, Veto, Waiver
from lawgov_score.model.node import Group, Indicator, Node
from lawgov_score.model.policies import Missing, Policies, Rescale
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

    def holder(self, code: str) -> "Group | Tree":
        """The group, or the tree itself, of a code."""
        found = self if code == self.code else self.by_code[code]
        assert not isinstance(found, Indicator), code
        return found

    def shares_of(self, code: str) -> list[Share]:
        """What counts at a group, or at the root, as sums take it: printed points, weight, bonus; as ``parts_of``."""
        return [Share(self.printed[node.code], weight, node.bonus) for node, weight in self.parts_of(code)]

    @cached_property
    def printed(self) -> Mapping[str, float]:
        """What each node, and the tree (by its code), is worth where all of it applies: of a sum, what its parts are.

        The sum of the parts, not what is printed above them: a contradiction that a reviewer lets stand is not
        re-scaled.
        """
        known: dict[str, float] = {each.code: each.points for each in self.indicators}
        holders: tuple[Group | Tree, ...] = (*self.evaluation, self)
        for holder in holders:
            total = holder.points
            if holder.aggregation.way is Way.SUM and holder.rule is None:
                if not (holder is self and self.parallel):
                    parts = self.parts_of(holder.code)
                    total = sum_of(Share(known[node.code], weight, node.bonus) for node, weight in parts)
                total = on_own_scale(total, holder.points, holder.out_of)
            known[holder.code] = total
        return known

    def printed_sum(self, code: str) -> float:
        """What the parts of a sum are worth together where all apply; parallel trees are worth the tree's points."""
        return self.points if code == self.code and self.parallel else sum_of(self.shares_of(code))

    def has_own_way(self, code: str) -> bool:
        """Does a score come about at a group, or at the root, by more than adding up children as printed?"""
        holder = self.holder(code)
        if holder.aggregation.way is not Way.SUM:
            return holder.aggregation.way is not Way.NONE
        if holder.rule is not None or holder.out_of is not None or holder.uses:
            return True
        if isinstance(holder, Group) and not (holder.cap is None and holder.floor is None and holder.rounding is None):
            return True
        return any(child.weight is not None or child.bonus for child in holder.children)

    @property
    def scale(self) -> float:
        """What a total is out of: the sum that conversion uses, or the tree's points where it does not add up."""
        return self.printed[self.code]

    @property
    def is_converted(self) -> bool:
        """Is a sum of points converted to the full scale for what does not apply, or otherwise?"""
        if self.out_of is not None or self.rule is not None:
            return True
        return self.aggregation.way is Way.SUM and self.policies.not_applicable is not Rescale.NONE

    @cached_property
    def adds_up(self) -> bool:
        """Do points simply add up from the leaves to the top, so that sums of points mean something?"""
        groups = [node for node in self.nodes if isinstance(node, Group)]
        ways = {self.aggregation.way, *(group.aggregation.way for group in groups if not group.is_repeated)}
        return (
            ways <= {Way.SUM}
            and not self.parallel
            and not self.uses
            and self.rule is None
            and not any(group.uses or group.rule is not None or group.out_of is not None for group in groups)
            and not any(node.weight is not None for node in self.nodes)
        )

    @cached_property
    def shown_once(self) -> "tuple[Node, ...]":
        """The nodes as the scheme prints them: of what is repeated (窗口1、窗口2……) the first one only."""
        left: list[Node] = []
        hidden: set[str] = set()
        for node in self.nodes:
            is_copy = isinstance(node, Group) and node.repetition > 1
            if is_copy or self.parents[node.code] in hidden:
                hidden.add(node.code)
            elif not (isinstance(node, Group) and node.repetition):
                left.append(node)
        return tuple(left)

    def missing_at(self, code: str) -> Missing:
        """What a blank means at a group, or at the root."""
        holder = self.holder(code)
        return (holder.missing if isinstance(holder, Group) else None) or self.policies.missing

    def decimals_of(self, node: Node) -> int | None:
        """To how many decimals a node's score is rounded; None: not at all."""
        if node.rounding is not None:
            return node.rounding
        return self.policies.round_group if isinstance(node, Group) else self.policies.round_indicator

    @cached_property
    def grade_decimals(self) -> int | None:
        """To how many decimals the figure that grade lines look at is rounded; None: not at all.

        A node that decides, and is not rounded itself, is taken at the decimals of the total.
        """
        policies = self.policies
        if not policies.grade_on_rounded:
            return None
        own = self.decimals_of(self.by_code[policies.grade_by]) if policies.grade_by else None
        return policies.round_total if own is None else own

    @cached_property
    def bars(self) -> Mapping[str, frozenset[int]]:
        """By code of a veto, the grades, by number, that it keeps a unit from; only vetoes that do."""
        names = [grade.name for grade in self.grades]
        found = {}
        for veto in self.vetoes:
            better = names.index(veto.grade_at_most) if veto.grade_at_most else 0
            found[veto.code] = frozenset(range(better)) | {names.index(name) for name in veto.bars}
        return {code: bars for code, bars in found.items() if bars}

    def letter(self, score: float) -> str:
        """The letter that a score stands for; '' where the tree has none, or there is no score."""
        return letter(score, [(each.letter, each.score) for each in self.letters])

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
