"""Every field of the model has its place in a comparison: a new one fails here until somebody has given it one."""

import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from lawgov_score.expression import Expression
from lawgov_score.measure.ways import LookupRow
from lawgov_score.model import (
    AdjustmentKind,
    AdjustmentLimits,
    Aggregation,
    Band,
    Check,
    Cohort,
    Grade,
    Group,
    Indicator,
    Instead,
    LastPlaces,
    Letter,
    OnZero,
    Policies,
    Quota,
    Shared,
    SmallSample,
    Tree,
    UnitType,
    Use,
    Veto,
    VetoTrigger,
    Waiver,
    Written,
)
from lawgov_score.problems import Problem, TextPlace
from lawgov_score.revision import parts
from lawgov_score.revision.parts import NO_MEANING, OF_THEIR_OWN, Part
from lawgov_score.rounding import Rounding
from lawgov_score.rules import KINDS
from lawgov_score.rules.field import Field
from lawgov_score.rules.rule import Rule

# Compared part by part.
TABLES: dict[type, tuple[Part[typing.Any], ...]] = {
    Tree: parts.TREE,
    Policies: parts.POLICIES,
    Indicator: (*parts.NODE, *parts.INDICATOR),
    Group: (*parts.NODE, *parts.GROUP),
    Shared: (),
    Field: parts.FIELD,
    UnitType: parts.UNIT_TYPES.parts,
    Cohort: parts.COHORTS.parts,
    Grade: parts.GRADES.parts,
    Veto: parts.VETOES.parts,
    AdjustmentKind: parts.ADJUSTMENTS.parts,
}
# Compared as a whole, by all that they hold; ``Instead.types`` follows from `applies_to`.
WHOLE = {
    *(AdjustmentLimits, Aggregation, Band, Check, Expression, Instead, LastPlaces, Letter, LookupRow, OnZero, Quota),
    *(Rounding, SmallSample, Use, VetoTrigger, Waiver),
}
BESIDE = {Written, Problem, TextPlace, Rule}  # what rules are read from; what a tree loaded with; places


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_every_field_of_the_model_is_compared_or_has_no_meaning(kind: type) -> None:
    assert is_dataclass(kind)
    listed = [name for part in TABLES[kind] for name in part.names]
    assert len(set(listed)) == len(listed)
    placed = [set(listed), set(OF_THEIR_OWN.get(kind, ())), set(NO_MEANING.get(kind, {}))]
    assert set.union(*placed) == {one.name for one in fields(kind)}
    assert sum(map(len, placed)) == len(set.union(*placed))  # each in one place only


def test_nothing_in_a_tree_is_forgotten() -> None:
    """Whatever a tree holds, at any depth, is compared part by part or as a whole."""
    assert set(_within(Tree, set())) == {*TABLES, *WHOLE, *BESIDE}


def test_rules_are_compared_as_a_whole() -> None:
    """A rule is read anew for the other points, and every figure of it counts."""
    assert all(is_dataclass(kind) for kind in KINDS.values())


def _within(hint: object, seen: set[object]) -> Iterator[type]:
    """Every dataclass of ours that a type hint leads to, and rules."""
    if hint in seen:
        return
    seen.add(hint)
    if isinstance(hint, type) and hint is Rule:
        yield hint
    elif isinstance(hint, type) and is_dataclass(hint):
        yield hint
        if hint not in {Problem, TextPlace, Expression}:
            for each in typing.get_type_hints(hint).values():
                yield from _within(each, seen)
    elif typing.get_origin(hint) is not None or isinstance(hint, types.UnionType):
        for each in typing.get_args(hint):
            yield from _within(each, seen)
