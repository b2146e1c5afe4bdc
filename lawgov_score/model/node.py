"""Nodes of the tree: groups, and indicators with their fields, value and rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any, ClassVar

from lawgov_score.expression import NUMBER, POINTS, SHARE, Expression, Measure, Nature
from lawgov_score.measure.lines import holds
from lawgov_score.model.aggregation import SUM, Aggregation, Use
from lawgov_score.model.lists import Among, Band, LastPlaces, VetoTrigger
from lawgov_score.model.policies import Missing
from lawgov_score.problems import TextPlace
from lawgov_score.rounding import VALUE_DECIMALS, BoolArray, FloatArray, Rounding, without_dust
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import Better
from lawgov_score.rules.rule import LeavesUnits, Need, Rule, Term, Terms

NOWHERE = TextPlace("")


@dataclass(frozen=True, slots=True)
class Written:
    """What a node may say in shares of its points, as the tree writes it: read anew, it holds for other points too."""

    rule: Mapping[str, Any] | None = None
    small_rule: Mapping[str, Any] | None = None
    bands: tuple[Mapping[str, Any], ...] = ()


NOTHING_WRITTEN = Written()


class WhenZero(StrEnum):
    """What a zero denominator means for the score (`on_zero:`)."""

    NOT_APPLICABLE = "not_applicable"
    SHARE = "share"  # of the indicator's points: full 1, zero 0, 60% 0.6
    COHORT_MEAN = "cohort_mean"


@dataclass(frozen=True, slots=True)
class OnZero:
    """Policy for a zero denominator; ``share`` is used only with ``WhenZero.SHARE``."""

    what: WhenZero
    share: float = 0.0


class Why(IntEnum):
    """Why an indicator does not apply to a unit, as `when_not_applicable:` names it; NONE: it applies, or leaves."""

    NONE = 0
    TYPE = 1  # units of this type do not take part in it
    CLAIM = 2  # the unit claimed it, which was accepted or granted
    OPTION = 3  # the option that it chose says so


@dataclass(frozen=True, slots=True)
class Instead:
    """What units get for an indicator that does not apply to them; a reason that is not in ``by`` leaves the unit.

    ``types``: the unit types that do not take part, though the groups above apply to them.
    """

    by: Mapping[Why, OnZero]
    types: frozenset[str] = frozenset()

    @property
    def takes_mean(self) -> bool:
        """Does any unit get the mean of its cohort?"""
        return any(one.what is WhenZero.COHORT_MEAN for one in self.by.values())


class FilledBy(StrEnum):
    """Who answers an indicator's fields: the unit in its own workbook, or the office in the assessor's."""

    UNIT = "unit"
    ASSESSOR = "assessor"


@dataclass(frozen=True, slots=True)
class SmallSample:
    """Small samples: where ``of`` is less than ``line``, score ``value`` by ``rule``; both None: only flag it.

    ``key``: is the line itself left out (``below``: 不足 5 件), or small too (``at_most``: 5 件及以下)?
    """

    of: Expression
    line: float
    value: Expression | None = None
    rule: Rule | None = None
    key: str = "below"

    def holds(self, sizes: FloatArray) -> BoolArray:
        """(units,): which of these sizes are small; nan is not."""
        return holds(self.key, without_dust(sizes, VALUE_DECIMALS), self.line)


@dataclass(frozen=True, slots=True)
class Check:
    """核对: a condition between fields of an indicator (or of several, see ``Shared``), and the message if broken."""

    holds: Expression
    says: str


@dataclass(frozen=True)
class Shared:
    """共用数据: what a group, or the tree, asks once for the indicators below it, and the checks that span them.

    ``code`` is that of the group or of the tree. ``above``: shared fields of the groups above, which its checks and
    bounds may name. What a question of an indicator can say besides (``evidence``, ``may_not_apply``) a shared one
    cannot.
    """

    code: str
    fields: tuple[Field, ...] = ()
    checks: tuple[Check, ...] = ()
    above: tuple[Field, ...] = ()
    place: TextPlace = NOWHERE
    copy_of: str = ""  # code of the group this is a repetition of

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Key of each field that its checks and bounds may name, by code."""
        return {one.code: f"{one.asked_at or self.code}.{one.code}" for one in (*self.above, *self.fields)}

    @property
    def own_fields(self) -> tuple[Field, ...]:
        """What is asked here, as ``Indicator.own_fields``."""
        return self.fields

    title: ClassVar[str] = "共用数据"
    note: ClassVar[str] = ""
    evidence: ClassVar[tuple[str, ...]] = ()
    may_not_apply: ClassVar[bool] = False
    filled_by: ClassVar[FilledBy] = FilledBy.UNIT
    is_asked: ClassVar[bool] = True


@dataclass(frozen=True)
class Indicator:
    """三级指标（小项）: the leaf, fields → value → rule.

    ``fields`` holds the shared fields it reads, the declared ones and then the rule's own. ``applies_to`` empty means
    every type.
    """

    code: str
    title: str
    points: float
    rule: Rule
    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()  # between its fields, evaluated when answers are read
    value: Expression | None = None
    value_name: str = ""
    measured_in: str = ""  # 计量单位 of the value; empty: as its fields are measured
    base: Expression | None = None  # 基数: a count that must not be zero, for a value that has no denominator
    on_zero: OnZero | None = None
    no_previous: OnZero | None = None  # what to do where last edition has no figure; same choices as `on_zero`
    no_mean: OnZero | None = None  # where a cohort's mean is one of nobody; None: the indicator does not apply
    instead: Instead | None = None  # what it gives where it does not apply; None: it leaves the unit
    small_sample: SmallSample | None = None
    vetoes: tuple[VetoTrigger, ...] = ()
    applies_to: frozenset[str] = frozenset()
    may_not_apply: bool = False  # may a unit claim 不适用, with a reason?
    filled_by: FilledBy = FilledBy.UNIT
    weight: float | None = None  # 权重 among its siblings; None: not given
    bonus: bool = False  # 加分项: its points are not part of the parent's
    is_taken_off: bool = False  # 扣分项: it, or a group above it, has the weight -1
    rounding: Rounding | None = None  # of its score; None: as the tree says
    copy_of: str = ""  # code of the indicator this is a repetition of
    basis: str = ""
    lead: tuple[str, ...] = ()
    assist: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    standard: str = ""  # 评分标准 in the tree's own words, printed beside the computed one
    note: str = ""  # printed to units
    internal_note: str = ""  # what only the office reads
    ranked: Better | None = (
        None  # units have places here too, within their cohorts: is a higher score first, or a lower?
    )
    last: LastPlaces | None = None
    bands: tuple[Band, ...] = ()  # its own words for scores, best first
    place: TextPlace = NOWHERE
    written: Written = field(default=NOTHING_WRITTEN, repr=False, compare=False)

    @cached_property
    def own_fields(self) -> tuple[Field, ...]:
        """What is asked for it alone: its fields without 共用数据."""
        return tuple(asked for asked in self.fields if not asked.asked_at)

    @cached_property
    def shared_fields(self) -> tuple[Field, ...]:
        """共用数据: the fields that it reads and a group above it, or the tree, asks."""
        return tuple(asked for asked in self.fields if asked.asked_at)

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Key of each of its fields (``model.field_key``), by code."""
        return {one.code: f"{one.asked_at or self.code}.{one.code}" for one in self.fields}

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """What each of its fields is measured in, by code."""
        return {one.code: measure_of_field(one) for one in self.fields}

    @cached_property
    def measure(self) -> Measure:
        """What its value is measured in, from what its fields are: the one home of how a value is printed."""
        return self._measure(self.value, self.rule, self.measured_in)

    @cached_property
    def terms(self) -> Terms:
        """The words a rule uses for the value and the fields when it prints the standard."""
        fields = {f.code: _term(f.name, self.measures[f.code]) for f in self.fields}
        return Terms(self._term(self.value, self.measure, self.value_name), fields, is_taken_off=self.is_taken_off)

    @cached_property
    def small_terms(self) -> Terms:
        """The same words for the small-sample rule, which may score another value: 败诉件数, not 败诉率."""
        sample = self.small_sample
        if sample is None or sample.value is None or sample.rule is None:
            return self.terms
        term = self._term(sample.value, self._measure(sample.value, sample.rule, ""), "")
        return replace(self.terms, value=term)

    def _term(self, value: Expression | None, measure: Measure, name: str) -> Term:
        """A value's name and measure: where exactly one field is scored, it is called as the field is."""
        alone = next((f for f in self.fields if value is not None and value.only == f.code), None)
        if not name and alone is None and value is not None:
            is_count = not (value.is_condition or value.divides or measure.is_share or measure == POINTS)
            if is_count or any(f.name == self.title for f in self.fields):
                name = f"{self.title}指标值"  # 按期报送 is no count, and a field's own name says another figure
        term = _term(name or (alone.name if alone is not None else self.title), measure)
        if alone is None or alone.type is not FieldType.YES_NO or value is None:
            return term
        return replace(term, scores=not value.is_negated)

    def _measure(self, value: Expression | None, rule: Rule, given: str) -> Measure:
        """As the tree says; else as its fields say, but a share where the rule holds a sum of its own against %."""
        if given:
            return SHARE if given in {"%", "％"} else Measure(unit=given)
        if value is None:
            return NUMBER
        if not value.only and any(mark.is_share for mark in rule.quantities):
            return SHARE
        return POINTS if rule.VALUE_IS_SCORE and not value.only else value.measure(self.measures)

    @property
    def is_share(self) -> bool:
        """Is the value a share, to be shown as a percentage?"""
        return self.measure.is_share

    @cached_property
    def substitute(self) -> Field | None:
        """The field whose printed rate replaces the value where counts are not known."""
        return next((f for f in self.fields if f.substitute), None)

    @property
    def zero_names(self) -> tuple[str, ...]:
        """Codes of the fields that `on_zero` looks at: the denominators of the value, and the base."""
        value = self.value.denominator_names if self.value is not None else ()
        return tuple(dict.fromkeys((*value, *(self.base.names if self.base is not None else ()))))

    @cached_property
    def expressions(self) -> tuple[Expression, ...]:
        """Every expression that its score may depend on; its checks are not among them."""
        sample = self.small_sample
        given = (self.value, self.base, *((sample.of, sample.value) if sample is not None else ()))
        return (*(one for one in given if one is not None), *(trigger.when for trigger in self.vetoes))

    @cached_property
    def references(self) -> tuple[str, ...]:
        """What its expressions refer to besides its own fields: last edition, the cohort, other nodes."""
        own = {asked.code for asked in self.fields}
        return tuple(dict.fromkeys(name for one in self.expressions for name in one.names if name not in own))

    @cached_property
    def has_branches(self) -> bool:
        """Is there an `if(…)` in any of its expressions?"""
        return any(one.has_branches for one in self.expressions)

    @cached_property
    def leaves_units(self) -> bool:
        """May its rule decide that it does not apply to a unit?"""
        return isinstance(self.rule, LeavesUnits)

    @cached_property
    def takes_mean(self) -> bool:
        """May a unit get the mean of its cohort's scores here, instead of a score by its own figures?"""
        policies = (self.on_zero, self.no_previous)
        means = any(one is not None and one.what is WhenZero.COHORT_MEAN for one in policies)
        return means or (self.instead is not None and self.instead.takes_mean)

    @cached_property
    def is_judged(self) -> bool:
        """Is it scored by reviewers' marks (评审打分)?"""
        return Need.MARKS in self.rule.NEEDS

    @cached_property
    def is_of_office(self) -> bool:
        """Does its score come from the office (评审打分、社会评议), whatever the unit is asked for it?"""
        return self.is_judged or self.filled_by is FilledBy.ASSESSOR

    @cached_property
    def is_asked(self) -> bool:
        """Has the unit anything to fill in for it: what it is scored by, or material for those who judge it?"""
        return self.filled_by is FilledBy.UNIT and bool(self.fields)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Its rule, and its small-sample rule where it has one."""
        sample = self.small_sample
        return (self.rule, *((sample.rule,) if sample is not None and sample.rule is not None else ()))

    @cached_property
    def is_relative(self) -> bool:
        """Does a rule of it compare units?"""
        return any(rule.RELATIVE for rule in self.rules)

    @cached_property
    def deciding(self) -> tuple[Field, ...]:
        """The fields that a score may depend on: all except texts, which are only kept and shown."""
        return tuple(asked for asked in self.fields if asked.type is not FieldType.TEXT)

    @cached_property
    def owed(self) -> tuple[Field, ...]:
        """The fields that a unit owes an answer: the deciding ones, texts where the tree says so, no printed rate."""
        return tuple(f for f in self.fields if not f.substitute and (f.type is not FieldType.TEXT or f.in_coverage))

    @cached_property
    def covered(self) -> tuple[Field, ...]:
        """The fields that 填报率 counts: what is owed, but for what reviewers only read."""
        return () if self.is_judged else self.owed

    @cached_property
    def refers_to(self) -> tuple[str, ...]:
        """Codes of the nodes whose scores its expressions use."""
        return tuple(dict.fromkeys(code for one in self.expressions for code in one.nodes))

    @property
    def children(self) -> "tuple[Node, ...]":
        """None: an indicator is a leaf."""
        return ()


@dataclass(frozen=True)
class Group:
    """一级、二级指标（方面、类）: an inner node: children and uses → aggregation → rule → cap and floor → rounding."""

    code: str
    title: str
    points: float
    children: "tuple[Node, ...]"
    uses: tuple[Use, ...] = ()  # nodes printed elsewhere that count here too
    aggregation: Aggregation = SUM
    rule: Rule | None = None  # turns the aggregated value into the score (bands on a total, a normalisation)
    out_of: float | None = None  # what the children add up to, where that differs from `points`
    cap: float | None = None
    floor: float | None = None
    rounding: Rounding | None = None  # of its score; None: as the tree says
    missing: Missing | None = None  # None: as the tree says
    coverage_at_least: float | None = None  # share of its applicable children that must be scored; else it has none
    weight: float | None = None
    bonus: bool = False
    shared: Shared | None = None  # 共用数据: what it asks for the indicators below it
    repetition: int = 0  # 1, 2, …: which copy of the repeated group above it; a copy without answers is left out
    is_named: bool = False  # does the tree name this repetition (政务大厅), rather than the unit?
    copy_of: str = ""  # code of the group this is a copy of
    basis: str = ""
    theme: str = ""
    standard: str = ""  # 评分标准 in the tree's own words, printed beside the computed one
    note: str = ""  # printed to units
    internal_note: str = ""  # what only the office reads
    ranked: Better | None = (
        None  # units have places here too, within their cohorts: is a higher score first, or a lower?
    )
    among: Among = Among.COHORT  # of a repetition that is ranked: the entries among which it has its place
    last: LastPlaces | None = None
    bands: tuple[Band, ...] = ()  # its own words for scores, best first
    place: TextPlace = NOWHERE
    written: Written = field(default=NOTHING_WRITTEN, repr=False, compare=False)

    @property
    def is_repeated(self) -> bool:
        """Are its children copies of one another (窗口1、窗口2……)?"""
        return any(isinstance(child, Group) and child.repetition for child in self.children)


Node = Group | Indicator
_NATURES = {
    FieldType.SHARE: Nature.SHARE,
    FieldType.DATE: Nature.DATE,
    FieldType.YES_NO: Nature.YES_NO,
    FieldType.CHOICE: Nature.CHOICE,
}


def measure_of_field(asked: Field) -> Measure:
    """What a field is measured in."""
    nature = _NATURES.get(asked.type, Nature.NUMBER)
    return Measure(nature, asked.measured_in, asked.at_most if isinstance(asked.at_most, str) else "")


def _term(name: str, measure: Measure) -> Term:
    unit = measure.unit
    if measure == NUMBER and name.endswith(("分", "分数")):
        unit = POINTS.unit  # 应扣分数, worked out from several fields
    return Term(name, unit, measure.is_share, True if measure.nature is Nature.YES_NO else None)
