"""What the stages exchange: Tree, Roster, Submission, Scores. Frozen; no behaviour beyond looking things up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lawgov_score.expression import Expression
from lawgov_score.problems import CellPlace, Problem, TextPlace
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import Field
from lawgov_score.rules.rule import IntArray, Rule, Term, Terms

NOWHERE = TextPlace("")

# ---------------------------------------------------------------- the tree


@dataclass(frozen=True, slots=True)
class UnitType:
    """A type of unit (单位类型). ``whole``: an entire area, to which every indicator applies."""

    code: str
    name: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Cohort:
    """考核分组: units ranked together. Units of ``unit_types`` belong to it where a roster says nothing else."""

    code: str
    name: str
    unit_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quota:
    """At most ``share`` of a cohort, rounded down, but ``at_least`` so many."""

    share: float
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """等次: from ``at_least`` points up; best first in ``Tree.grades``."""

    name: str
    at_least: float
    quota: Quota | None = None


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: what happened, and the best grade that is still possible."""

    code: str
    title: str
    grade_at_most: str


@dataclass(frozen=True, slots=True)
class VetoTrigger:
    """An indicator triggers ``veto`` where ``when`` is true of its fields."""

    veto: str
    when: Expression


@dataclass(frozen=True, slots=True)
class Waiver:
    """A contradiction of the printed scheme that a reviewer lets stand, with the written reason."""

    code: str
    node: str
    reason: str


class WhenZero(StrEnum):
    """What a zero denominator means (`on_zero:`)."""

    NOT_APPLICABLE = "not_applicable"
    SHARE = "share"  # of the indicator's points: full 1, zero 0, 60% 0.6
    COHORT_MEAN = "cohort_mean"


@dataclass(frozen=True, slots=True)
class OnZero:
    """Policy for a zero denominator; ``share`` counts only with ``WhenZero.SHARE``."""

    what: WhenZero
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class SmallSample:
    """Where ``of`` is below ``below``: score ``value`` by ``rule`` instead, or only flag it (both None)."""

    of: Expression
    below: float
    value: Expression | None = None
    rule: Rule | None = None


class Missing(StrEnum):
    """未填报: counts in the denominator and gives nothing, or leaves it."""

    ZERO = "zero"
    EXCLUDE = "exclude"


class Rescale(StrEnum):
    """Where points of what does not apply go: back over the whole tree, within the parent, or nowhere."""

    TOTAL = "total"
    PARENT = "parent"
    NONE = "none"


class Invalid(StrEnum):
    """A unit with errors on its cells: scored on what is valid, or not at all."""

    SCORE_VALID = "score_valid"
    WITHHOLD = "withhold"


class Claims(StrEnum):
    """合理缺项: counts only once a reviewer grants it, or is taken at the unit's word."""

    AWAIT_REVIEW = "await_review"
    ACCEPT = "accept"


class Ties(StrEnum):
    """1 2 2 4, 1 2 2 3, or 1 2 3 4 (by unit code)."""

    SHARED = "shared"
    DENSE = "dense"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Policies:
    """What the tree says of rounding, ranks, missing answers and so on; decimals of None mean not rounded."""

    round_indicator: int | None = 2
    round_group: int | None = None
    round_total: int | None = 2
    rank_on_rounded: bool = True
    ties: Ties = Ties.SHARED
    tie_breakers: tuple[str, ...] = ()  # node codes, compared in turn where totals are equal
    missing: Missing = Missing.ZERO
    not_applicable: Rescale = Rescale.TOTAL
    invalid: Invalid = Invalid.SCORE_VALID
    claims: Claims = Claims.AWAIT_REVIEW
    coverage_at_least: float | None = None  # below it a unit gets no grade


@dataclass(frozen=True)
class Indicator:
    """三级指标（小项）: the leaf, fields → value → rule.

    ``fields`` holds the declared fields and then the rule's own. ``applies_to`` empty means every type.
    """

    code: str
    title: str
    points: float
    rule: Rule
    fields: tuple[Field, ...]
    value: Expression | None = None
    value_name: str = ""
    base: Expression | None = None  # 基数: what there must be some of, where the value divides by nothing
    on_zero: OnZero | None = None
    small_sample: SmallSample | None = None
    vetoes: tuple[VetoTrigger, ...] = ()
    applies_to: frozenset[str] = frozenset()
    may_not_apply: bool = False  # may a unit claim 不适用, with a reason?
    basis: str = ""
    lead: tuple[str, ...] = ()
    assist: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    note: str = ""
    place: TextPlace = NOWHERE

    @cached_property
    def terms(self) -> Terms:
        """How the rule is to call the value and the fields when it words the standard."""
        names = {f.code: Term(f.name, f.measured_in) for f in self.fields}
        measured_in = ""
        if self.value is not None and self.value.text in names:
            measured_in = names[self.value.text].measured_in
        return Terms(Term(self.value_name or self.title, measured_in), names)

    @cached_property
    def substitute(self) -> Field | None:
        """The field that stands in for the value where only a rate was printed."""
        return next((f for f in self.fields if f.substitute), None)

    @property
    def zero_names(self) -> tuple[str, ...]:
        """Codes of the fields that `on_zero` looks at: what the value divides by, and the base."""
        value = self.value.denominator_names if self.value is not None else ()
        return tuple(dict.fromkeys((*value, *(self.base.names if self.base is not None else ()))))

    @property
    def children(self) -> "tuple[Node, ...]":
        """None: it is a leaf."""
        return ()


@dataclass(frozen=True)
class Group:
    """一级、二级指标（方面、类）: an inner node."""

    code: str
    title: str
    points: float
    children: "tuple[Node, ...]"
    basis: str = ""
    theme: str = ""
    note: str = ""
    place: TextPlace = NOWHERE


Node = Group | Indicator


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
    policies: Policies = Policies()
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


# ---------------------------------------------------------------- who is assessed


@dataclass(frozen=True, slots=True)
class Unit:
    """被考核单位. ``type`` and ``cohort`` are codes of the tree (empty: none known); ``year`` the assessed year."""

    code: str
    name: str
    type: str = ""
    cohort: str = ""
    year: int | None = None


Roster = tuple[Unit, ...]

# ---------------------------------------------------------------- what they answered


class AnswerState(IntEnum):
    """Four different things, and none of them is zero but a given zero."""

    GIVEN = 0
    MISSING = 1
    CLAIMED_NOT_APPLICABLE = 2
    INVALID = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What one unit wrote for one field, and where.

    ``value`` is a float as ``FieldType`` says, text for a text field, None unless GIVEN. ``printed`` is
    what stood in the cell, as read.
    """

    state: AnswerState
    value: float | str | None
    place: CellPlace
    printed: str = ""
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One unit's returned workbook or table row. ``answers`` by field key ``<indicator code>.<field code>``."""

    unit: Unit
    path: str
    answers: Mapping[str, Answer]
    fingerprint: str = ""  # sha256 of the file


def field_key(indicator: Indicator, asked: Field) -> str:
    """``01-1.taken``: the name of a field throughout, in tables and hidden columns."""
    return f"{indicator.code}.{asked.code}"


# ---------------------------------------------------------------- what it comes to


class Status(IntEnum):
    """Where a score comes from, or why there is none; names as ``scores.csv`` prints them."""

    SCORED = 0
    MISSING = 1
    NOT_APPLICABLE = 2
    NOT_REVIEWED = 3
    INVALID = 4


StatusArray = npt.NDArray[np.int8]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Scores:
    """All scores of one run. Rows are ``units`` (by cohort as the tree lists them, then by code).

    Columns of ``values`` and of ``standing`` are ``tree.indicators``; columns of ``scores``, ``points``
    and ``status`` are ``tree.nodes``. nan in ``scores``: no score (see ``status``). ``points`` is what a
    node is worth for that unit: what does not apply to it is left out.
    """

    tree: Tree
    units: Roster
    submissions: tuple[Submission | None, ...]  # aligned with units; None: nothing came
    cohort_names: tuple[str, ...]  # (units,)
    cohorts: IntArray  # (units,) number of the cohort
    years: FloatArray  # (units,)
    answers: Mapping[str, FloatArray]  # field key -> (units,); nan missing
    values: FloatArray  # (units, indicators)
    by_zero: BoolArray  # (units, indicators) a denominator was zero
    from_rate: BoolArray  # (units, indicators) value is the printed rate, counts unknown
    small: BoolArray  # (units, indicators) small sample
    scores: FloatArray  # (units, nodes)
    points: FloatArray  # (units, nodes)
    status: StatusArray  # (units, nodes)
    raw_total: FloatArray  # (units,) before conversion to the tree's points
    raw_points: FloatArray  # (units,) what raw_total is out of
    total: FloatArray  # (units,) converted and rounded; nan: not scored
    full_total: FloatArray  # (units,) converted, not rounded
    coverage: FloatArray  # (units,) answered / asked fields
    asked: IntArray  # (units,)
    answered: IntArray  # (units,)
    rank: IntArray  # (units,) place within the cohort; 0: none
    overall_rank: IntArray  # (units,) place among all; 0: none
    grades: tuple[str, ...]  # (units,) '' where none is given
    grade_reasons: tuple[tuple[str, ...], ...]  # (units,) codes: 'quota', 'veto:V1', 'coverage'
    vetoes: tuple[tuple[tuple[str, str], ...], ...]  # (units,) (veto code, indicator code)
    problems: tuple[Problem, ...] = ()  # R1xx

    def row_of(self, place: CellPlace) -> int:
        """The unit a cell belongs to: its file's only one, or the one in that line of a table; -1: nobody's."""
        line = "".join(c for c in place.cell if c.isdigit())
        return self._rows.get(f"{place.path}!{line}", self._rows.get(place.path, -1))

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        rows: dict[str, int] = {}
        paths = [submission.path for submission in self.submissions if submission is not None]
        for row, submission in enumerate(self.submissions):
            if submission is None:
                continue
            if paths.count(submission.path) == 1:
                rows[submission.path] = row
                continue
            for answer in submission.answers.values():
                rows["".join((submission.path, "!", *(c for c in answer.place.cell if c.isdigit())))] = row
        return rows

    @cached_property
    def node_column(self) -> Mapping[str, int]:
        """Column of each node in ``scores``, ``points`` and ``status``."""
        return {node.code: i for i, node in enumerate(self.tree.nodes)}

    @cached_property
    def indicator_column(self) -> Mapping[str, int]:
        """Column of each indicator in ``values``."""
        return {indicator.code: i for i, indicator in enumerate(self.tree.indicators)}

    def total_status(self, row: int) -> Status:
        """Where a unit's total comes from, or why there is none: nothing came, errors, or nothing to score."""
        if not np.isnan(self.total[row]):
            return Status.SCORED
        if self.submissions[row] is None:
            return Status.MISSING
        found = self.status[row]
        for status in (Status.INVALID, Status.MISSING, Status.NOT_REVIEWED):
            if (found == status).any():
                return status
        return Status.NOT_APPLICABLE

    @cached_property
    def order(self) -> IntArray:
        """Rows from the first place to the last within each cohort, unscored ones at its end."""
        rank = np.where(self.rank > 0, self.rank, len(self.units) + 1)
        return np.lexsort((np.arange(len(self.units)), rank, self.cohorts))
