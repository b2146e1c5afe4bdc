"""Nodes of the tree: groups, and indicators with their fields, value and rule."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lawgov_score.expression import Expression
from lawgov_score.model.lists import VetoTrigger
from lawgov_score.problems import TextPlace
from lawgov_score.rules.field import Field
from lawgov_score.rules.rule import Rule, Term, Terms

NOWHERE = TextPlace("")


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
