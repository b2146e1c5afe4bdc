"""Tree: one edition of the whole indicator tree (指标体系). No behaviour beyond look-ups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lawgov_score.measure.ladder import letter
from lawgov_score.measure.ways import Way
from lawgov_score.measure.worth import Share, on_own_scale, sum_of
from lawgov_score.model.adjustments import NO_LIMITS, AdjustmentKind, AdjustmentLimits
from lawgov_score.model.aggregation import SUM, Aggregation, Use
from lawgov_score.model.lists import Cohort, Grade, Letter, Quota, UnitType, Veto, Waiver
from lawgov_score.model.node import NOTHING_WRITTEN, Group, Indicator, Node, Shared, Written
from lawgov_score.model.policies import Missing, Policies, Rescale, in_effect
from lawgov_score.problems import Problem
from lawgov_score.rounding import Rounding
from lawgov_score.rules.field import Field
from lawgov_score.rules.rule import Rule


@dataclass(frozen=True)
class Tree:
    """指标体系: one edition of the whole indicator tree."""

    code: str
    title: str
    edition: str
    year: int  # the assessed year, unless a roster or submission gives another
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
    out_of: float | None = None  # what the nodes add up to, where that differs from `points`
    parallel: bool = False  # 平行指标体系: the top nodes are one tree for each unit type
    letters: tuple[Letter, ...] = ()  # best first
    adjustments: tuple[AdjustmentKind, ...] = ()
    adjustment_limits: AdjustmentLimits = NO_LIMITS
    shared: Shared | None = None  # 共用数据: what it asks for all indicators
    register_is_lower: bool = False  # less is better, and register and vetoes act in that direction: a penalty adds
    weight_set: str = ""  # title of the chosen weight set, where points are kept apart from the tree
    waivers: tuple[Waiver, ...] = ()
    problems: tuple[Problem, ...] = ()  # those it loaded with: warnings, notes, what waivers let stand
    notice: str = ""  # a notice readers must see: a reconstruction, a worked example
    issuer: str = ""
    result_title: str = ""  # over the results, where it is not what ``title`` and the year make
    fingerprint: str = ""  # sha256 of the tree's content, without comments and layout
    path: str = ""
    weights_path: str = ""  # of the weight set, where one was given
    # code of a unit type -> the tree with that type's points and rules; empty: they are the same for all
    own: "Mapping[str, Tree]" = field(default_factory=dict, repr=False, compare=False)

    written: Written = field(default=NOTHING_WRITTEN, repr=False, compare=False)
    types: tuple[str, ...] = ()  # of such a tree: the codes of the unit types that are assessed by it

    def of_type(self, unit_type: str) -> "Tree":
        """The tree as units of this type are assessed by it: the same nodes, with their own points and rules."""
        return self.own.get(unit_type, self)

    @cached_property
    def kinds(self) -> "tuple[tuple[tuple[str, ...], Tree], ...]":
        """Names of unit types -> the tree they are assessed by; types that have all figures in common stand together.

        Empty where all types have the same figures.
        """
        same: dict[int, tuple[list[str], Tree]] = {}
        for kind in self.unit_types:
            if kind.code in self.own:
                tree = self.own[kind.code]
                same.setdefault(id(tree), ([], tree))[0].append(kind.name)
        return tuple((tuple(names), tree) for names, tree in same.values())

    def points_of(self, code: str) -> tuple[tuple[tuple[str, ...], float], ...]:
        """The points of a node, or of the tree, by the names of unit types; one without names where all have the same.

        A type that the node does not apply to is not named.
        """
        if not self.kinds or code == self.code:
            return (((), self.points if code == self.code else self.by_code[code].points),)
        names: dict[float, list[str]] = {}
        for kind in self.unit_types:
            if self._concerns(self.by_code[code], kind.code):
                names.setdefault(self.of_type(kind.code).by_code[code].points, []).append(kind.name)
        if len(names) < 2:
            return (((), next(iter(names), self.by_code[code].points)),)
        return tuple((tuple(types), points) for points, types in names.items())

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node below the root, each parent before its children, as printed."""
        return tuple(_walk(self.children))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The leaves, as printed."""
        return tuple(node for node in self.nodes if isinstance(node, Indicator))

    @cached_property
    def blocks(self) -> tuple[Shared, ...]:
        """共用数据 of the tree and of its groups, as printed: each before what stands below it."""
        of = (self.shared, *(node.shared for node in self.nodes if isinstance(node, Group)))
        return tuple(block for block in of if block is not None)

    @cached_property
    def asked(self) -> tuple[tuple[Indicator | Shared, Field], ...]:
        """Every field, once, with the indicator or the 共用数据 that asks it, as printed."""
        of: list[Indicator | Shared] = [] if self.shared is None else [self.shared]
        for node in self.nodes:
            if isinstance(node, Indicator):
                of.append(node)
            elif node.shared is not None:
                of.append(node.shared)
        return tuple(
            (one, asked) for one in of for asked in (one.fields if isinstance(one, Shared) else one.own_fields)
        )

    @cached_property
    def readers(self) -> Mapping[str, tuple[Indicator, ...]]:
        """By key of a shared field, ``<group code>.<field code>``: the indicators that read it."""
        keys = [f"{block.code}.{one.code}" for block in self.blocks for one in block.fields]
        found: dict[str, list[Indicator]] = {key: [] for key in keys}
        for indicator in self.indicators:
            for one in indicator.shared_fields:
                found[f"{one.asked_at}.{one.code}"].append(indicator)
        return {key: tuple(readers) for key, readers in found.items()}

    @cached_property
    def counted_readers(self) -> Mapping[str, tuple[Indicator, ...]]:
        """Those of ``readers`` for which 填报率 counts the field: not what reviewers alone look at."""
        found = {key: tuple(one for one in readers if not one.is_judged) for key, readers in self.readers.items()}
        return {key: readers for key, readers in found.items() if readers}

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """Code of each node's parent; the tree's code for the top level."""
        by_child = {child.code: self.code for child in self.children}
        for node in self.nodes:
            by_child.update({child.code: node.code for child in node.children})
        return by_child

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """Depth of each node: 1 for the top level."""
        depth_by_code: dict[str, int] = {}
        for node in self.nodes:  # a copy has the same depth as the group it repeats
            depth_by_code[node.code] = depth_by_code.get(self.parents[node.code], 0) + (
                not (isinstance(node, Group) and node.repetition)
            )
        return depth_by_code

    @cached_property
    def by_code(self) -> Mapping[str, Node]:
        """Nodes by code."""
        return {node.code: node for node in self.nodes}

    def parts_of(self, code: str) -> "tuple[tuple[Node, float | None], ...]":
        """The parts of a group, or of the root (the tree's code): its children, then its uses, each with its weight."""
        return self._parts[code]

    def placed_together(self, code: str) -> tuple[str, ...]:
        """The nodes whose places are counted together with those at a ranked node: of a repetition, all of them."""
        node = self.by_code[code]
        if isinstance(node, Group) and node.repetition:
            return tuple(child.code for child in self.by_code[self.parents[code]].children)
        return (code,)

    @cached_property
    def _parts(self) -> "Mapping[str, tuple[tuple[Node, float | None], ...]]":
        holders: tuple[Node | Tree, ...] = (*self.nodes, self)
        return {
            holder.code: (
                *((child, child.weight) for child in holder.children),
                *((self.by_code[use.code], use.weight) for use in getattr(holder, "uses", ())),
            )
            for holder in holders
        }

    def holder(self, code: str) -> "Group | Tree":
        """The group with this code, or the tree itself."""
        node = self if code == self.code else self.by_code[code]
        assert not isinstance(node, Indicator), code
        return node

    def shares_of(self, code: str) -> list[Share]:
        """The parts of a group, or of the root, as sums need them: points, weight, bonus; order as in ``parts_of``."""
        return [Share(self.printed[node.code], weight, node.bonus) for node, weight in self.parts_of(code)]

    @cached_property
    def printed(self) -> Mapping[str, float]:
        """Maximum points of each node, and of the tree (by its code), where all applies; of a sum, those of its parts.

        A sum counts the points of its parts, not those printed for the group: a waived contradiction between the two
        is not re-scaled.
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
        """Points of the parts of a sum together, where all apply; the root of parallel trees has the tree's points."""
        return self.points if code == self.code and self.parallel else sum_of(self.shares_of(code))

    def has_own_way(self, code: str) -> bool:
        """Is a group, or the root, scored by anything other than adding up its children as printed?"""
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
        """The points a total is out of before conversion: those of the sum, or the tree's points where it is not a
        sum.
        """
        return self.printed[self.code]

    def scale_of(self, unit_type: str) -> float:
        """The points a total of a unit of this type is out of.

        Only parallel trees that are not converted differ by type: there a type's own nodes may come to something else
        than the tree's points (T237, waived).
        """
        if unit_type in self.own:
            return self.own[unit_type].scale_of(unit_type)
        is_own = self.parallel and self.aggregation.way is Way.SUM and self.rule is None
        if not is_own or self.policies.not_applicable is not Rescale.NONE:
            return self.scale
        return on_own_scale(self.sum_for(unit_type), self.points, self.out_of)

    def sum_for(self, unit_type: str) -> float:
        """Points of the top nodes together that apply to units of this type."""
        parts = [(node, weight) for node, weight in self.parts_of(self.code) if self._concerns(node, unit_type)]
        return sum_of(Share(self.printed[node.code], weight, node.bonus) for node, weight in parts)

    def _concerns(self, node: Node, unit_type: str) -> bool:
        if isinstance(node, Indicator):
            own = node.instead is not None and unit_type in node.instead.types
            return own or self.is_applicable(node, unit_type)
        return any(self._concerns(part, unit_type) for part, _ in self.parts_of(node.code))

    @property
    def is_converted(self) -> bool:
        """Is a sum of points converted to the full scale, because of not-applicable nodes or for another reason?"""
        if self.out_of is not None or self.rule is not None:
            return True
        return self.aggregation.way is Way.SUM and self.policies.not_applicable is not Rescale.NONE

    @cached_property
    def adds_up(self) -> bool:
        """Do points simply add up from the leaves to the top, so that partial sums of points are meaningful?"""
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
        """The nodes as the scheme prints them: of repeated groups (窗口1、窗口2……) only the first copy."""
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
        """How missing scores are treated at a group, or at the root."""
        holder = self.holder(code)
        return (holder.missing if isinstance(holder, Group) else None) or self.policies.missing

    def is_taken_off(self, node: Node) -> bool:
        """Are the points of a node taken off (扣分项): has it, or one group above it, the weight -1?"""
        return sum(each.weight == -1 for each in (node, *self.ancestors(node.code))) % 2 == 1

    def rounding_of(self, node: Node) -> Rounding | None:
        """How a node's score is rounded; None: not at all, or in print alone."""
        return in_effect(self._said_of(node))

    def decimals_of(self, node: Node) -> int | None:
        """With how many decimals a node's score is printed; None: as many as it has."""
        said = self._said_of(node)
        return None if said is None else said.decimals

    def shown_to(self, node: Node) -> int | None:
        """With how many decimals a node's score is printed that is rounded in print alone; None: it is not."""
        said = self._said_of(node)
        return said.decimals if said is not None and said.in_print else None

    def _said_of(self, node: Node) -> Rounding | None:
        if node.rounding is not None:
            return node.rounding
        return self.policies.round_group if isinstance(node, Group) else self.policies.round_indicator

    @cached_property
    def grade_rounding(self) -> Rounding | None:
        """How the figure compared with the grade lines is rounded; None: not at all.

        If grades look at a node that is not rounded itself, its score is rounded as the total is.
        """
        policies = self.policies
        if not policies.grade_on_rounded:
            return None
        own = self.rounding_of(self.by_code[policies.grade_by]) if policies.grade_by else None
        return policies.total_rounding if own is None else own

    @cached_property
    def quotas(self) -> Mapping[int, Quota]:
        """Number of a grade -> its quota. The last grade has none: who exceeded it would have no grade to move to."""
        return {i: grade.quota for i, grade in enumerate(self.grades[:-1]) if grade.quota is not None}

    @cached_property
    def bars(self) -> Mapping[str, frozenset[int]]:
        """Veto code -> numbers of the grades it bars; only vetoes that bar a grade."""
        names = [grade.name for grade in self.grades]
        bars_by_veto = {}
        for veto in self.vetoes:
            better = names.index(veto.grade_at_most) if veto.grade_at_most else 0
            bars_by_veto[veto.code] = frozenset(range(better)) | {names.index(name) for name in veto.bars}
        return {code: bars for code, bars in bars_by_veto.items() if bars}

    def letter(self, score: float) -> str:
        """The letter (等级) for a score; '' where the tree has no letters, or there is no score."""
        return letter(score, [(each.letter, each.score) for each in self.letters])

    def scales_limits(self, group: Group) -> bool:
        """Do a group's floor and cap shrink with its applicable points? Yes if its sum is converted only further up."""
        is_sum = group.aggregation.way is Way.SUM and group.rule is None
        return is_sum and self.policies.not_applicable is Rescale.TOTAL

    @cached_property
    def evaluation(self) -> tuple[Group, ...]:
        """Groups in order of evaluation: everything that a group depends on comes before it."""
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
        """Rounds of evaluation, as numbers of indicators: first those needing only answers, then those using nodes."""
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

    def is_applicable(self, indicator: Indicator | Shared, unit_type: str) -> bool:
        """Does the indicator apply to units of this type? All apply to an entire area, and if the type is unknown.

        共用数据 apply where an indicator that reads any of them does.
        """
        if isinstance(indicator, Shared):
            readers = {one.code: one for asked in indicator.fields for one in self.readers[indicator.keys[asked.code]]}
            return any(self.is_applicable(one, unit_type) for one in readers.values())
        if not indicator.applies_to or unit_type in indicator.applies_to:
            return True
        return all(known.code != unit_type or known.whole for known in self.unit_types)


def _walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
