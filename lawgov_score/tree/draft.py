"""Drafts: nodes read as far as possible: fields, expressions, rule. Checked by ``meaning``, used by ``build``."""

import re
import warnings
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from lawgov_score.expression import BadExpressionError, Expression, parse
from lawgov_score.rules import KINDS
from lawgov_score.rules.field import Field, FieldType, ranges_of
from lawgov_score.rules.rule import Rule
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import Index, entries
from lawgov_score.tree.unreadable import unreadable
from lawgov_score.wording import Quantity, day_number

RESULTS = ("value", "score")  # what `previous.` may also refer to
NOMINAL = 1.0  # points used to read a rule if none are given
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOBODY: Mapping[str, Collection[str]] = MappingProxyType({})
_MOST_CHARACTERS = 2000
_MOST_OPERATORS = 150
_OPERATOR = re.compile(r"[-+*/(<>=~^|&%@.,\[{:]|\b(?:not|and|or|if|lambda|await|yield)\b")


@dataclass(frozen=True, slots=True)
class Read:
    """An expression in the tree: its place, its parsed form, and its offset in the scalar."""

    where: Where
    expression: Expression
    offset: int = 0  # blanks before the text

    def column(self, name: str) -> int:
        """Position where ``name`` first occurs in the scalar, from 0."""
        return self.offset + self.expression.columns[name]


@dataclass(frozen=True, slots=True)
class SharedDraft:
    """共用数据 of a group, or of the tree (``where`` empty), as read. ``is_known``: could every field be read?"""

    where: Where
    code: str
    fields: tuple[tuple[Where, Field], ...]
    checks: tuple[Read, ...]
    findings: tuple[Finding, ...]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """One indicator as read. None: not given, or unreadable (then ``findings`` or shape problems say why)."""

    where: Where
    data: dict[str, Any]
    fields: tuple[tuple[Where, Field], ...]  # shared ones that it reads, then those declared
    rule: Rule | None
    value: Read | None
    base: Read | None
    small_of: Read | None
    small_value: Read | None
    small_rule: Rule | None
    whens: tuple[Read, ...]
    checks: tuple[Read, ...]
    findings: tuple[Finding, ...]
    above: tuple[SharedDraft, ...] = ()  # 共用数据 of the tree and of the groups above, the highest first

    @property
    def own(self) -> tuple[tuple[Where, Field], ...]:
        """The fields it declares itself: by where they stand, for a group that shares others may lack its code."""
        below = len(self.where)
        return tuple((where, asked) for where, asked in self.fields if where[:below] == self.where)

    @property
    def knows_fields(self) -> bool:
        """Could every field that it declares, or that is shared with it, be read?"""
        return all(one.is_known for one in self.above) and len(self.own) == len(self.data.get("fields", ()))

    @property
    def expressions(self) -> tuple[Read, ...]:
        """All readable expressions that a score may depend on."""
        reads = (self.value, self.base, self.small_of, self.small_value, *self.whens)
        return tuple(read for read in reads if read is not None)

    @property
    def candidates(self) -> tuple[tuple[Where, Field], ...]:
        """Declared fields that could be the value alone: scored, and not a substitute."""
        return tuple(
            (where, asked) for where, asked in self.own if asked.type is not FieldType.TEXT and not asked.substitute
        )

    @property
    def derived_value(self) -> Field | None:
        """The field that is the value if none is written: the only candidate, if the rule takes a value."""
        if "value" in self.data or self.rule is None or not self.rule.takes_value or len(self.candidates) != 1:
            return None
        return self.candidates[0][1]


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A group, or the tree itself (``where`` empty), as read."""

    where: Where
    data: dict[str, Any]
    rule: Rule | None
    value: Read | None  # the expression of `aggregate: {way: expression, …}`
    findings: tuple[Finding, ...]
    shared: SharedDraft | None = None  # where it has `fields` or `checks`
    above: tuple[SharedDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafts:
    """All nodes of a tree as read, by path; the tree itself is the group at ``()``."""

    index: Index
    indicators: Mapping[Where, Draft]
    groups: Mapping[Where, GroupDraft]
    has_points: bool = True  # False: points are kept apart, and rules were read with meaningless points


def drafts_of(document: Document, *, has_points: bool) -> Drafts:
    """All nodes of ``document`` as read. ``has_points``: does it give the points of nodes?"""

    def points(data: Mapping[str, Any]) -> object:
        return data.get("points") if has_points else NOMINAL

    nodes = entries(document.data)
    holders = (((), document.data), *((node.where, node.data) for node in nodes if node.is_group))
    shared = {where: one for where, data in holders if (one := shared_draft(document, where, data)) is not None}

    def above(where: Where) -> tuple[SharedDraft, ...]:
        return tuple(shared[where[:length]] for length in range(len(where)) if where[:length] in shared)

    return Drafts(
        Index(document.data, nodes),
        {
            node.where: draft(document, node.where, node.data, points(node.data), above(node.where))
            for node in nodes
            if not node.is_group
        },
        {
            where: replace(
                group_draft(document, where, data, points(data)), shared=shared.get(where), above=above(where)
            )
            for where, data in holders
        },
        has_points,
    )


def group_draft(document: Document, where: Where, data: dict[str, Any], points: object) -> GroupDraft:
    """The group at ``where``; its rule is read with ``points``."""
    findings: list[Finding] = []
    way = data.get("aggregate")
    value = _expression((*where, "aggregate", "value"), way if isinstance(way, dict) else {}, "value", findings)
    rule = _rule(document, (*where, "rule"), data.get("rule"), points)
    return GroupDraft(where, data, rule, value, tuple(findings))


def shared_draft(document: Document, where: Where, data: dict[str, Any]) -> SharedDraft | None:
    """共用数据 of the group at ``where``, or of the tree; None if it asks nothing and checks nothing."""
    if not isinstance(data, dict) or not ("fields" in data or "checks" in data):
        return None
    findings: list[Finding] = []
    code = data.get("code")
    code = code if isinstance(code, str) else ""
    fields = tuple((path, replace(asked, asked_at=code)) for path, asked in _fields(where, data))
    checks = (
        _expression((*where, "checks", i, "holds"), check, "holds", findings, spans=True)
        for i, check in items_of(data, "checks")
    )
    is_known = len(fields) == len(data.get("fields", ())) and document.is_whole((*where, "fields"))
    return SharedDraft(
        where, code, fields, tuple(check for check in checks if check is not None), tuple(findings), is_known
    )


def _expression(
    path: Where,
    holder: dict[str, Any],
    key: str,
    findings: list[Finding],
    *,
    spans: bool = False,
    known: Mapping[str, Collection[str]] = _NOBODY,
) -> Read | None:
    """The expression at ``path``; its faults are added to ``findings``. ``spans``: may it name answers elsewhere?

    ``known``: by code of an indicator, or of what shares its fields, the codes of fields that are named by themselves.
    """
    text = holder.get(key)
    if not isinstance(text, str):
        return None
    offset = len(text) - len(text.lstrip())
    try:
        return Read(path, _parse(text.strip(), spans=spans), offset)
    except BadExpressionError as error:
        findings.append(unreadable(path, text, error, known, offset))
        return None


def draft(
    document: Document, where: Where, data: dict[str, Any], points: object, above: tuple[SharedDraft, ...] = ()
) -> Draft:
    """The indicator at ``where``; its rules are read with ``points``. ``above``: what it may share."""
    findings: list[Finding] = []

    named = {one.code: {asked.code for _, asked in one.fields} for one in above}
    named[str(data.get("code"))] = {asked.code for _, asked in _fields(where, data)}

    def expression(path: Where, holder: dict[str, Any], key: str) -> Read | None:
        return _expression(path, holder, key, findings, known=named)

    small = data.get("small_sample")
    sample: dict[str, Any] = small if isinstance(small, dict) else {}
    below = (*where, "small_sample")
    whens = [expression((*where, "vetoes", i, "when"), veto, "when") for i, veto in items_of(data, "vetoes")]
    checks = [  # answers elsewhere are read there too, for T242 says better than T207 that they may not be named
        _expression((*where, "checks", i, "holds"), check, "holds", findings, spans=True)
        for i, check in items_of(data, "checks")
    ]
    made = Draft(
        where,
        data,
        tuple(_fields(where, data)),
        _rule(document, (*where, "rule"), data.get("rule"), points),
        expression((*where, "value"), data, "value"),
        expression((*where, "base"), data, "base"),
        expression((*below, "of"), sample, "of"),
        expression((*below, "value"), sample, "value"),
        _rule(document, (*below, "rule"), sample.get("rule"), points),
        tuple(when for when in whens if when is not None),
        tuple(check for check in checks if check is not None),
        tuple(findings),
        above,
    )
    known = replace(made, fields=(*_shared(made), *made.fields))
    rules = ((known.rule, known.value), (known.small_rule, known.small_value or known.value))
    rule, small_rule = (one and one.within(_ranges(known, value)) for one, value in rules)
    return replace(known, rule=rule, small_rule=small_rule)


def _ranges(draft: Draft, value: Read | None) -> Mapping[str, tuple[float, float]]:
    """The least and the most of each field, and of the value that is one of them ('')."""
    alone = draft.derived_value.code if draft.derived_value is not None else ""
    return ranges_of((asked for _, asked in draft.fields), alone if value is None else value.expression.text)


def _shared(draft: Draft) -> Iterator[tuple[Where, Field]]:
    """The shared fields that an indicator reads: in its expressions, checks, bounds and rules."""
    own = {asked.code for _, asked in draft.fields}
    read = {bound for _, asked in draft.fields for bound in (asked.at_least, asked.at_most) if isinstance(bound, str)}
    for one in (*draft.expressions, *draft.checks):
        last = (name for name in one.expression.previous if name not in RESULTS)
        read.update(one.expression.fields, last, (of.field for of in one.expression.cohort))
    for rule in (draft.rule, draft.small_rule):
        read.update(rule.reads if rule is not None else ())
        own |= {asked.code for asked in rule.fields} if rule is not None else set()
    visible = {asked.code: (where, asked) for shared in draft.above for where, asked in shared.fields}
    codes = {code for code in visible if code in read and code not in own}
    for where, asked in (visible[code] for code in visible if code in codes):
        least, most = (
            None if isinstance(bound, str) and bound not in codes else bound
            for bound in (asked.at_least, asked.at_most)  # by a figure that the indicator itself does not read
        )
        yield where, replace(asked, at_least=least, at_most=most)


def _parse(text: str, *, spans: bool = False) -> Expression:
    """``parse``, guarded against malicious text: expressions are read, checked and evaluated recursively.

    ``spans``: only a check of a group, or of the tree, may name the answers of indicators.
    """
    if len(text) > _MOST_CHARACTERS or len(_OPERATOR.findall(text)) > _MOST_OPERATORS:
        raise BadExpressionError(0, text[:40] + "…")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's warnings about its own syntax, such as on 1or 2
            read = parse(text)
            if not spans and read.answers:
                name = f'answer("{read.answers[0]}")'
                raise BadExpressionError(read.columns[name], name)
            return read
    except OverflowError:  # a number too large to calculate with
        raise BadExpressionError(0, text[:40] + "…") from None


def _rule(document: Document, where: Where, data: Any, points: Any) -> Rule | None:
    """The rule, if its keys satisfy its SCHEMA."""
    if not isinstance(data, dict) or not isinstance(points, (int, float)) or not document.is_whole(where):
        return None
    return KINDS[data["kind"]].from_data(data, float(points))


def _fields(where: Where, data: dict[str, Any]) -> Iterator[tuple[Where, Field]]:
    """Declared fields that have at least a code and a type."""
    for i, entry in items_of(data, "fields"):
        code, kind = entry.get("code"), entry.get("type")
        if not isinstance(code, str) or not isinstance(kind, str):
            continue
        type_ = FieldType(kind)
        is_number = type_ in {FieldType.COUNT, FieldType.AMOUNT, FieldType.SHARE}
        yield (
            (*where, "fields", i),
            Field(
                code,
                str(entry.get("name", "")),
                type_,
                str(entry.get("measured_in", "")),
                _bound(entry.get("at_least", 0 if is_number else None), type_),
                _bound(entry.get("at_most", 1 if type_ is FieldType.SHARE else None), type_),
                tuple(choice for choice in entry.get("choices", ()) if isinstance(choice, str)),
                bool(entry.get("substitute", False)),
                str(entry.get("never", "")),
                str(entry.get("note", "")),
                bool(entry.get("in_coverage", False)),
            ),
        )


def is_written_as_day(printed: object) -> bool:
    """Is it written as a date (2026-03-31), there or not there in the calendar?"""
    return isinstance(printed, str) and _DAY.fullmatch(printed) is not None


def _bound(printed: str | float | None, type_: FieldType) -> float | str | None:
    """A number, a percentage as its share, a day as spreadsheets count it, or the code of another field."""
    if is_written_as_day(printed):
        return day_number(str(printed)) if type_ is FieldType.DATE else None
    if printed is None or (isinstance(printed, str) and not printed.endswith("%")):
        return printed
    return Quantity.parse(printed).number
