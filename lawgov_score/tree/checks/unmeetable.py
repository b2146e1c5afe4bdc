"""Checks between answers that no answers can pass: alone, with another check, or with the bounds of the fields."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lawgov_score.catalogue import Code
from lawgov_score.expression import conditions_at_odds, parse
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.tree.document import Document
from lawgov_score.tree.draft import Drafts, Read
from lawgov_score.tree.finding import Finding
from lawgov_score.wording import Words

_ALONE = Words("这一条核对没有答案能通过", "No answers can pass this check")
_TOGETHER = Words("这一条核对与第 {line} 行的互相矛盾", "This check contradicts line {line}")
_POSSIBLE = Words("填报项的上下限之内能成立的条件", "a condition that the bounds of its fields allow")
_BOTH = Words("能同时成立的条件", "conditions that can hold together")


def check_unmeetable(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """T294: what can be proved from the bounds of fields, and from comparisons of the same two figures."""
    below = {
        f'answer("{node.code}.{asked.code}")': asked
        for node in drafts.index.nodes
        if node.where in drafts.indicators
        for asked in (
            *(asked for _, asked in drafts.indicators[node.where].own),
            *(drafts.indicators[node.where].rule.fields if drafts.indicators[node.where].rule else ()),  # type: ignore[union-attr]
        )
    }
    holders = [(one.above, one.own, one.checks) for one in drafts.indicators.values()]
    holders += [(one.above, one.shared.fields, one.shared.checks) for one in drafts.groups.values() if one.shared]
    for above, own, checks in holders:
        if not checks and not own:
            continue
        fields = [pair for block in above for pair in block.fields] + list(own)
        known = below | {asked.code: asked for _, asked in fields}
        bounds = [
            Read((*where, key), parse(f"{asked.code} {sign} {bound}"))
            for where, asked in fields
            for key, sign, bound in (("at_least", ">=", asked.at_least), ("at_most", "<=", asked.at_most))
            if isinstance(bound, str) and bound.isidentifier() and bound in known and bound != asked.code
        ]
        inherited = [read for block in above for read in block.checks]
        yield from _at_odds(document, [*bounds, *inherited], checks, known)


def _at_odds(
    document: Document, before: Sequence[Read], checks: Iterable[Read], known: Mapping[str, Field]
) -> Iterator[Finding]:
    reads = [
        read
        for read in (*before, *checks)
        if read.expression.names and all(_has_range(known.get(name)) for name in read.expression.names)
    ]
    own = {id(read) for read in checks}
    if not any(id(read) in own for read in reads):
        return
    named = {name for read in reads for name in read.expression.names}
    ranges = {name: _range(known[name]) for name in named}
    for number, other in conditions_at_odds([read.expression for read in reads], ranges):
        read = reads[number]
        if id(read) not in own:
            continue
        if other is None:
            values = {"why": _ALONE(), "expected": _POSSIBLE(), "found": read.expression.text}
            yield Finding(read.where, Code.T294, values)
        else:
            also = reads[other].where
            line = document.spots[also].value.line if also in document.spots else 0
            values = {"why": _TOGETHER(line=line), "expected": _BOTH(), "found": read.expression.text}
            yield Finding(read.where, Code.T294, values, see_also=(also,))


def _has_range(asked: Field | None) -> bool:
    return asked is not None and asked.type is not FieldType.TEXT


def _range(asked: Field) -> tuple[float, float]:
    if asked.type is FieldType.YES_NO:
        return 0.0, 1.0
    if asked.type is FieldType.CHOICE:
        return 0.0, float(max(len(asked.choices) - 1, 0))
    least, most = asked.at_least, asked.at_most
    return (
        float(least) if isinstance(least, (int, float)) else -math.inf,
        float(most) if isinstance(most, (int, float)) else math.inf,
    )
