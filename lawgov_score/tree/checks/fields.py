"""Meaning of fields and expressions: every name used is asked for, every field asked for is used."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.expression import Expression
from lawgov_score.model.node import measure_of_field
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Need
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.draft import RESULTS, Draft, Read, is_written_as_day
from lawgov_score.tree.finding import Finding, nearest
from lawgov_score.wording import Words, day_number

_COUNTED = frozenset({FieldType.COUNT, FieldType.AMOUNT, FieldType.SHARE})
_NONE_BROUGHT: Mapping[Where, Sequence[Field]] = MappingProxyType({})
_SPENT = ("value", "base", "rule", "small_sample", "vetoes", "checks")  # keys where a field may be used


def check_fields(document: Document, draft: Draft) -> Iterator[Finding]:
    """All faults of this module in one indicator."""
    yield from draft.findings
    brought = {(*draft.where, "rule"): draft.rule.fields} if draft.rule else {}
    yield from repeated_names(document, draft.fields, brought)
    yield from days(draft.data, draft.own)
    yield from bounds(draft.own, [asked for _, asked in draft.fields], knows_fields=draft.knows_fields)
    unknown = list(_unknown_names(draft)) if draft.knows_fields else []
    yield from unknown
    yield from _out_of_reach(draft)
    yield from _asked_in_vain(draft)
    yield from _whole_percents(draft)
    mistyped = {str(finding.values["meant"]) for finding in unknown}
    if _is_readable(document, draft):
        yield from (finding for finding in _unused(draft) if finding.values["found"] not in mistyped)
    yield from _zero_policy(document, draft)
    yield from _previous_policy(document, draft)
    yield from _value_of_itself(draft)


def _names(draft: Draft) -> list[str]:
    own = draft.rule.fields if draft.rule else ()
    shared = [asked.code for one in draft.above for _, asked in one.fields]
    return list(dict.fromkeys([*shared, *(asked.code for _, asked in draft.fields), *(asked.code for asked in own)]))


def _is_readable(document: Document, draft: Draft) -> bool:
    """Could everything that might use a field be read? Only then can a field be called unused."""
    bounds = [(*where, bound) for where, _ in draft.fields for bound in ("at_least", "at_most")]
    wheres = [(*draft.where, key) for key in _SPENT] + bounds
    is_whole = draft.where not in document.gaps and all(document.is_whole(where) for where in wheres)
    return is_whole and draft.rule is not None and not draft.findings


def repeated_names(
    document: Document, fields: Sequence[tuple[Where, Field]], brought: Mapping[Where, Sequence[Field]] = _NONE_BROUGHT
) -> Iterator[Finding]:
    """T218: a code or a name that an earlier field, or the rule itself, already has. ``brought``: fields of a rule."""
    for key in ("code", "name"):
        first: dict[str, Where] = {}
        for rule, own in brought.items():
            first |= {getattr(asked, key): rule for asked in own}
        for where, asked in fields:
            text = getattr(asked, key)
            if text in first:
                line = document.spots[first[text]].value.line
                yield Finding((*where, key), Code.T218, {"found": text, "line": line}, see_also=(first[text],))
            elif text:
                first[text] = (*where, key)
    substitutes = [where for where, asked in fields if asked.substitute]
    for where in substitutes[1:]:
        expected = Words("每个指标至多一个替代比率", "at most one substitute an indicator")
        values = {"expected": expected, "found": "substitute: true"}
        yield Finding((*where, "substitute"), Code.T209, values, see_also=((*substitutes[0], "substitute"),))


def bounds(fields: Sequence[tuple[Where, Field]], known: Sequence[Field], *, knows_fields: bool) -> Iterator[Finding]:
    """T209, T210, T219 of the bounds of ``fields``, which may be set by any that is ``known`` there."""
    by_code = {asked.code: asked for asked in known}
    for where, asked in fields:
        others = {code: other for code, other in by_code.items() if code != asked.code}
        for key, bound in (("at_least", asked.at_least), ("at_most", asked.at_most)):
            if not isinstance(bound, str):
                continue
            if bound not in others:
                if knows_fields:
                    yield Finding((*where, key), Code.T210, {"found": bound, "cure": nearest(bound, others)})
            elif not _is_comparable(asked, others[bound]):
                expected = Words("与“{name}”同类的填报项", 'a field of the same kind as "{name}"')(name=asked.name)
                values = {"name": bound, "expected": expected, "found": f"type: {others[bound].type}"}
                yield Finding((*where, key), Code.T219, values)
        least, most = asked.at_least, asked.at_most
        if isinstance(least, (int, float)) and isinstance(most, (int, float)) and least > most:
            told: list[object] = [least, most]
            if asked.type is FieldType.DATE:
                told = [Words("{day:date}", "{day:date}")(day=bound) for bound in (least, most)]
            expected = Words("上限不小于下限 {least}", "an upper bound of {least} or more")(least=told[0])
            yield Finding((*where, "at_most"), Code.T209, {"expected": expected, "found": told[1]})


def days(data: Mapping[str, Any], fields: Sequence[tuple[Where, Field]]) -> Iterator[Finding]:
    """T256: a day that the calendar does not have, or a day where a number belongs. ``data``: what has the fields."""
    printed = dict(items_of(data, "fields"))
    for where, asked in fields:
        for key in ("at_least", "at_most"):
            text = printed[int(where[-1])].get(key)
            if not isinstance(text, str) or not is_written_as_day(text):
                continue
            expected = None
            if asked.type is not FieldType.DATE:
                expected = Words("数，如 10", "a number, such as 10")()
            elif day_number(text) is None:
                expected = Words("日历上有的一天，如 2026-02-28", "a day of the calendar, such as 2026-02-28")()
            if expected is not None:
                values = {"name": asked.name, "expected": expected, "found": text}
                yield Finding((*where, key), Code.T256, values)


def _is_comparable(one: Field, other: Field) -> bool:
    if FieldType.SHARE in {one.type, other.type}:
        return one.type is other.type
    return {one.type, other.type} <= _COUNTED or one.type is other.type is FieldType.DATE


def _unknown_names(draft: Draft) -> Iterator[Finding]:
    """T205: unknown names in expressions and in what the rules read."""
    names = _names(draft)
    for read in (*draft.expressions, *draft.checks):
        for reference, name in asked_by(read.expression, beyond=read not in draft.checks):
            if name not in names and (draft.rule is not None or read is draft.value):
                values, at = _unasked(name, names), read.column(reference)
                yield Finding(read.where, Code.T205, values, within=at, length=len(reference))
    rules = ((draft.rule, ("rule",)), (draft.small_rule, ("small_sample", "rule")))
    for rule, below in rules:
        if rule is None:
            continue
        for name in rule.reads:
            if name not in names:
                for path in fields_named(_below(draft.data, below), name):
                    yield Finding((*draft.where, *below, *path), Code.T205, _unasked(name, names))


def _out_of_reach(draft: Draft) -> Iterator[Finding]:
    """T205: vetoes come before scores, and a sample size can use the indicator's own fields only."""
    for read in draft.whens:
        for code in read.expression.nodes:
            yield _beyond(read, f'score("{code}")', _VETO_FIRST)
    if draft.small_of is not None:
        for name in draft.small_of.expression.names:
            if name not in draft.small_of.expression.fields:
                yield _beyond(draft.small_of, name, _OWN_FIELDS)


def _asked_in_vain(draft: Draft) -> Iterator[Finding]:
    """T255: a blank leaves a check and a veto undecided, and a sample without a size."""
    yield from leaves_undecided((*draft.checks, *([draft.small_of] if draft.small_of else [])))
    for read in draft.whens:
        if read.expression.asked_whether_blank:
            expected = Words("不用 blank、answered", "no blank or answered")
            yield Finding(read.where, Code.T255, {"expected": expected, "found": read.expression.text})


def leaves_undecided(reads: Iterable[Read]) -> Iterator[Finding]:
    """T255, of what a blank leaves undecided whatever is asked about it."""
    for read in reads:
        if read.expression.asks_for_blanks:
            expected = Words("不用 blank、answered、first", "no blank, answered or first")
            yield Finding(read.where, Code.T255, {"expected": expected, "found": read.expression.text})


def _whole_percents(draft: Draft) -> Iterator[Finding]:
    """T258: 保留两位小数 is said of the percentage, and four decimals of the share."""
    measures = {asked.code: measure_of_field(asked) for _, asked in draft.fields}
    for read in (one for one in (draft.value, draft.small_value) if one is not None):
        for column in read.expression.rounds_to_whole_percent(measures):
            yield Finding(read.where, Code.T258, {"found": read.expression.text}, within=read.offset + column)


def _beyond(read: Read, name: str, cure: Words) -> Finding:
    values = {"found": name, "cure": cure(), "meant": ""}
    return Finding(read.where, Code.T205, values, within=read.column(name), length=len(name))


_VETO_FIRST = Words(
    "一票否决先于计分判定，只能看填报项、上年数据和同组统计", "Vetoes come before scores: name fields instead"
)
_OWN_FIELDS = Words("样本大小只能由本项的填报项算出", "Name the indicator's own fields")


def asked_by(expression: Expression, *, beyond: bool = True) -> Iterator[tuple[str, str]]:
    """(reference, field that it requires): plain names, last edition's figures, statistics of the cohort.

    ``beyond``: include the last two?
    """
    yield from ((name, name) for name in expression.fields)
    if not beyond:
        return
    yield from ((f"previous.{name}", name) for name in expression.previous if name not in RESULTS)
    yield from ((str(statistic), statistic.field) for statistic in expression.cohort)


def _unasked(name: str, names: list[str]) -> dict[str, object]:
    cure = nearest(name, names)
    return {"found": name, "cure": cure, "meant": cure.values.get("name", "")}


def _below(data: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        data = data[key]
    return data


def fields_named(data: Any, name: str) -> Iterator[Where]:
    """Every place in a rule's data where the field ``name`` is referred to."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        if key in {"field", "unless"} and value == name:
            yield (key,)
        else:
            yield from ((key, *path) for path in fields_named(value, name))


def _unused(draft: Draft) -> Iterator[Finding]:
    used = {name for read in (*draft.expressions, *draft.checks) for _, name in asked_by(read.expression)}
    used |= {bound for _, asked in draft.fields for bound in (asked.at_least, asked.at_most) if isinstance(bound, str)}
    for rule in (draft.rule, draft.small_rule):
        used |= set(rule.reads) if rule else set()
    if derived := draft.derived_value:
        used.add(derived.code)
    takes_value = draft.rule is not None and draft.rule.takes_value
    has_value = draft.value is not None or draft.derived_value is not None
    if draft.rule is not None and Need.MARKS in draft.rule.NEEDS:
        return  # reviewers read them
    if takes_value and not has_value:
        return  # T215 reports it: it is not clear which of the fields is the value
    for where, asked in draft.fields:
        if asked.type is FieldType.TEXT or asked.code in used or (asked.substitute and takes_value):
            continue
        yield Finding((*where, "code"), Code.T206, {"found": asked.code, "name": asked.name})


def _zero_policy(document: Document, draft: Draft) -> Iterator[Finding]:
    """T208 and T221: a zero policy must exist exactly where there is a division or a base."""
    dividing = [read for read in (draft.value, draft.small_value) if read is not None and read.expression.divides]
    dividing += [draft.base] if draft.base is not None else []
    has_policy = "on_zero" in draft.data or not document.is_whole((*draft.where, "on_zero"))
    if dividing and not has_policy and draft.where not in document.gaps:
        yield Finding(dividing[0].where, Code.T208, {"found": dividing[0].expression.text})
    unread = any(finding.code is Code.T207 for finding in draft.findings)
    is_read = all(document.is_whole((*draft.where, key)) for key in ("value", "base", "small_sample"))
    if "on_zero" in draft.data and not dividing and not unread and is_read:
        setting = Words("on_zero: {policy}", "on_zero: {policy}")(policy=str(draft.data["on_zero"]))
        yield Finding((*draft.where, "on_zero"), Code.T221, {"found": setting}, at_key=True)


def _previous_policy(document: Document, draft: Draft) -> Iterator[Finding]:
    """T228: `no_previous` must exist exactly where a figure of last edition is needed."""
    reads = [read for read in draft.expressions if read.expression.previous]
    rules = ((draft.rule, ("rule",)), (draft.small_rule, ("small_sample", "rule")))
    needing = [(*draft.where, *below, "kind") for rule, below in rules if rule and Need.PREVIOUS in rule.NEEDS]
    has_policy = "no_previous" in draft.data or not document.is_whole((*draft.where, "no_previous"))
    if (reads or needing) and not has_policy and draft.where not in document.gaps:
        where, text = (needing[0], draft.data["rule"].get("kind", "")) if needing else (reads[0].where, "")
        within = None if needing else reads[0].column(f"previous.{reads[0].expression.previous[0]}")
        values = {"expected": _POLICY, "found": text or reads[0].expression.text, "cure": _ADD_POLICY}
        yield Finding(where, Code.T228, values, within=within)
    if "no_previous" in draft.data and not reads and not needing and _is_readable(document, draft):
        text = f"no_previous: {draft.data['no_previous']}"
        values = {"expected": _NO_POLICY, "found": text, "cure": _DROP_POLICY}
        yield Finding((*draft.where, "no_previous"), Code.T228, values, at_key=True)


def _value_of_itself(draft: Draft) -> Iterator[Finding]:
    """T241: next year `previous.value` would refer to this year's difference."""
    if draft.value is not None and "value" in draft.value.expression.previous:
        names = draft.value.expression.fields
        example = " / ".join(f"previous.{name}" for name in names[:2]) or "previous.x"
        values = {"example": example, "found": draft.value.expression.text}
        at = draft.value.column("previous.value")
        yield Finding(draft.value.where, Code.T241, values, within=at, length=len("previous.value"))


_POLICY = Words(
    "no_previous: not_applicable、full、zero、cohort_mean，或比率如 60%",
    "no_previous: not_applicable, full, zero, cohort_mean, or a share such as 60%",
)
_ADD_POLICY = Words(
    "补上 no_previous：没有上期数据时怎么办", "Add no_previous: what it means that there is none on record"
)
_NO_POLICY = Words(
    "只在算式用到 previous. 或规则看上期时写", "no_previous only where previous. is used or the rule needs last edition"
)
_DROP_POLICY = Words("删去 no_previous，或用上 previous.", "Remove no_previous, or use previous.")
