"""Meaning of rules: parameters agree, there is a value exactly where one is scored, types fit."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.expression import Expression
from lawgov_score.measure.tolerance import DUST
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Rule
from lawgov_score.tree.checks.fields import ANOTHER_TYPE, asked_by, fields_named
from lawgov_score.tree.document import Document, Where
from lawgov_score.tree.draft import NOMINAL, Draft, Read
from lawgov_score.tree.finding import Finding
from lawgov_score.wording import Phrase, Words

_NUMBERS = frozenset({FieldType.COUNT, FieldType.AMOUNT, FieldType.SHARE, FieldType.YES_NO})
_ANY_POINTS = (1e-6, 1e6)  # less and more than a scheme ever gives: what is wrong with both is wrong anyhow


def check_rules(document: Document, draft: Draft, *, has_points: bool) -> Iterator[Finding]:
    """All faults of this module in one indicator. ``has_points``: are its points known?"""
    points = draft.data.get("points") if has_points else NOMINAL
    rules = ((draft.rule, ("rule",)), (draft.small_rule, ("small_sample", "rule")))
    for rule, below in rules:
        if rule is None or not isinstance(points, (int, float)):
            continue
        where = (*draft.where, *below)
        data = draft.data["small_sample"] if below[0] == "small_sample" else draft.data
        yield from faults_of(rule, where, data["rule"], float(points) if has_points else None)
        yield from _fields_read(rule, where, draft)
    yield from _value(document, draft)
    yield from _small_rule(draft)
    yield from _types_in_expressions(draft)


def faults_of(rule: Rule, where: Where, data: Mapping[str, Any], points: float | None) -> Iterator[Finding]:
    """Faults that the rule itself reports; T213. ``points`` None: only faults whatever the points are."""
    faults = list(rule.faults())
    if points is None:
        for other in _ANY_POINTS:
            other_faults = {(fault.path, fault.code) for fault in type(rule).from_data(data, other).faults()}
            faults = [fault for fault in faults if (fault.path, fault.code) in other_faults]
    node = where[: where.index("small_sample")] if "small_sample" in where else where[:-1]
    worth = ((*node, "points"),)  # the other place of a rule that gives more
    for fault in faults:
        both = worth if fault.code is Code.T213 and points is not None else ()
        yield Finding((*where, *fault.path), fault.code, fault.values, see_also=both)
    most = rule.bounds[1]
    is_uncapped = most == math.inf  # said in so many words: `cap: none`
    if not faults and points is not None and most > points + DUST and not (is_uncapped or rule.goes_beyond):
        yield Finding(where, Code.T213, {"found": most, "points": points}, see_also=worth)


def _value(document: Document, draft: Draft) -> Iterator[Finding]:
    """T215: there must be a value exactly where the rule scores one; T219: of a type it can score."""
    rule, where = draft.rule, (*draft.where, "value")
    if rule is None or draft.where in document.gaps or not document.is_whole(where):
        return
    if not rule.takes_value:
        if "value" in draft.data:
            expected = Words("不写 value：该规则只看填报项", "no value: this rule reads fields only")
            values = {"kind": rule.KIND, "expected": expected, "found": "value", "cure": _REMOVE}
            yield Finding(where, Code.T215, values, at_key=True)
    elif draft.value is not None:
        yield from _value_type(rule, draft.value, draft)
    elif "value" not in draft.data and draft.knows_fields:
        if draft.derived_value is None:
            actual = Words("{n} 个可作指标值的填报项", "{n} fields that could be the value")(n=len(draft.candidates))
            expected = Words("value: 算式，或恰好一个填报项", "value: an expression, or exactly one field")
            values = {"kind": rule.KIND, "expected": expected, "found": actual, "cure": _ADD}
            yield Finding((*draft.where, "rule"), Code.T215, values, at_key=True)
        elif draft.derived_value.type not in rule.field_types:
            place = (*draft.candidates[0][0], "type")
            yield _wrong_type(place, draft.derived_value, _wanted(rule.field_types))


def _value_type(rule: Rule, read: Read, draft: Draft) -> Iterator[Finding]:
    alone = _alone(read.expression, draft)
    if alone is not None:
        if alone.type not in rule.field_types:
            yield _wrong_type(read.where, alone, _wanted(rule.field_types), read.column(alone.code))
    elif not rule.field_types & _NUMBERS:
        values = {
            "name": read.expression.text,
            "expected": _wanted(rule.field_types),
            "found": _ARITHMETIC,
            "cure": ANOTHER_TYPE(),
        }
        yield Finding(read.where, Code.T219, values)


def _alone(expression: Expression, draft: Draft) -> Field | None:
    """The declared field that is the whole expression."""
    return next((asked for _, asked in draft.fields if asked.code == expression.text), None)


def _small_rule(draft: Draft) -> Iterator[Finding]:
    rule = draft.small_rule
    if rule is not None and (not rule.takes_value or rule.fields):
        expected = Words("按 value 计分、自己不问填报项的规则", "a rule that scores a value and asks no fields itself")
        values = {"kind": rule.KIND, "expected": expected, "found": f"kind: {rule.KIND}", "cure": _OTHER}
        yield Finding((*draft.where, "small_sample", "rule"), Code.T215, values, at_key=True)
    elif rule is not None and draft.small_value is not None:
        yield from _value_type(rule, draft.small_value, draft)


_QUESTION = frozenset({FieldType.YES_NO})


def _fields_read(rule: Rule, where: Where, draft: Draft) -> Iterator[Finding]:
    declared = {asked.code: asked for _, asked in draft.fields}
    holder = draft.data["rule"] if where[-2] != "small_sample" else draft.data["small_sample"]["rule"]
    for name in rule.reads:
        asked = declared.get(name)
        types = _QUESTION if name in rule.questions else rule.field_types
        if asked is not None and asked.type not in types:
            for path in fields_named(holder, name):
                is_count = name in rule.questions and asked.type in rule.field_types
                cure = _BY_FIELD(name=name) if is_count else None
                yield _wrong_type((*where, *path), asked, _wanted(types), cure=cure)


def _types_in_expressions(draft: Draft) -> Iterator[Finding]:
    """T219: text cannot be calculated with; a choice or a date only alone or in a comparison."""
    declared = {asked.code: asked for _, asked in draft.fields}
    values = [read for read in (draft.value, draft.small_value) if read is not None]
    for read in (*draft.expressions, *draft.checks):
        if read in values and _alone(read.expression, draft) is not None:
            continue  # judged by the rule's own field_types
        for reference, name in asked_by(read.expression):
            if name in declared and declared[name].type is FieldType.TEXT:
                yield _wrong_type(read.where, declared[name], _wanted(_NUMBERS), read.column(reference))


_BY_FIELD = Words(
    "次数用 field：{{field: {name}, each: …}}；unless 只用于“是／否”",
    "Count it: {{field: {name}, each: …}}; unless is for yes/no",
)


def _wrong_type(
    where: Where, asked: Field, expected: Phrase, within: int | None = None, cure: Phrase | None = None
) -> Finding:
    values = {
        "name": asked.code,
        "expected": expected,
        "found": f"type: {asked.type}",
        "cure": cure or ANOTHER_TYPE(),
    }
    return Finding(where, Code.T219, values, within=within)


def _wanted(types: frozenset[FieldType]) -> Phrase:
    names = tuple(kind.value for kind in FieldType if kind in types)
    return Words("type: {names:list}", "type: {names:list}")(names=names)


_ARITHMETIC = Words("算式", "an expression")
_REMOVE = Words("删去 value", "Remove value")
_ADD = Words("写明 value: 算式", "Say which with value:")
_OTHER = Words("换一种规则", "Use another kind of rule")
