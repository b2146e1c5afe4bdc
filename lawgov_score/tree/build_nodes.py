"""Building checked nodes: inherited settings are passed down, repeated groups are written out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from lawgov_score.expression import Expression, parse
from lawgov_score.measure.lines import is_strict, line_of
from lawgov_score.model import (
    Aggregation,
    Among,
    Band,
    Check,
    FilledBy,
    Group,
    Indicator,
    Instead,
    LastPlaces,
    LookupRow,
    Missing,
    Node,
    OnZero,
    Shared,
    SmallSample,
    Use,
    VetoTrigger,
    Way,
    WhenZero,
    Why,
    Written,
    bands_of,
)
from lawgov_score.problems import TextPlace
from lawgov_score.rounding import Halves, Rounding
from lawgov_score.rules.field import Field
from lawgov_score.rules.judged import SELF_REPORT
from lawgov_score.rules.keys import Better
from lawgov_score.rules.rule import Need
from lawgov_score.tree.build_head import optional, rounding_of
from lawgov_score.tree.document import Document, Where
from lawgov_score.tree.draft import Draft, Drafts, GroupDraft, Read
from lawgov_score.tree.members import entries, given_by, repetitions
from lawgov_score.wording import Quantity

WHYS = MappingProxyType({"type": Why.TYPE, "claim": Why.CLAIM, "option": Why.OPTION})
_ANSWER = re.compile(r"""\banswer\(\s*(["'])([^"']+)\1\s*\)""")
_SCORE = re.compile(r"""\bscore\(\s*(["'])([^"']+)\1\s*\)""")


@dataclass(frozen=True, slots=True)
class _Above:
    """Settings of the groups above that hold below: unit types, offices, and which repetition this is."""

    applies_to: frozenset[str] = frozenset()  # empty: all
    lead: tuple[str, ...] = ()
    assist: tuple[str, ...] = ()
    suffix: str = ""  # "@1" within the first repetition
    inside: frozenset[str] = frozenset()  # codes of the repeated nodes
    repeated: str = ""  # code of the group of all repetitions, which asks its 共用数据 once
    is_taken_off: bool = False  # is what is below taken off (扣分项)?


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the nodes of a document without errors; ``drafts`` are its nodes as read."""

    document: Document
    drafts: Drafts

    def nodes(self) -> tuple[Node, ...]:
        """The nodes of the top level, with all nodes below them."""
        return self._nodes(self.document.data, "nodes", (), _Above())

    def uses(self, where: Where, data: Mapping[str, Any], above: _Above = _Above()) -> tuple[Use, ...]:
        """The nodes used at ``where``, ranges written out."""
        members = self.drafts.index.members(where, data)
        return tuple(Use(_renamed(m.node.code, above), m.weight) for m in members if m.is_use)

    def shared(self, draft: GroupDraft, above: _Above = _Above()) -> Shared | None:
        """共用数据 of a group or of the tree."""
        if draft.shared is None:
            return None
        spot = self.document.spots.get((*draft.where, "fields" if draft.shared.fields else "checks"))
        checks = zip(draft.data.get("checks", ()), draft.shared.checks, strict=True)
        return Shared(
            code=_renamed(draft.shared.code, above),
            fields=tuple(_placed(asked, above) for _, asked in draft.shared.fields),
            checks=tuple(Check(_answers_here(read, above), check["says"].strip()) for check, read in checks),
            above=tuple(_placed(asked, above) for one in draft.above for _, asked in one.fields),
            place=spot.value if spot is not None else TextPlace(""),
            copy_of=draft.shared.code if above.suffix else "",
        )

    def aggregation(self, draft: GroupDraft, above: _Above = _Above()) -> Aggregation:
        """汇总方式 of a group or of the tree; the mean for a repeated group that names none."""
        way = draft.data.get("aggregate", "mean" if "repeat" in draft.data else "sum")
        if isinstance(way, str):
            return Aggregation(Way(way))
        rows = (
            LookupRow(int(row["children"]), float(row[line_of(row)]), float(row["score"]), is_strict(line_of(row)))
            for row in way.get("table", ())
        )
        return Aggregation(
            Way(way["way"]),
            float(way.get("shift", 0)),
            float(way.get("plus", 0)),
            tuple(rows),
            _read(draft.value, above),
        )

    def _nodes(self, data: Mapping[str, Any], key: str, where: Where, above: _Above) -> tuple[Node, ...]:
        return tuple(self._node((*where, key, i), node, above) for i, node in enumerate(data.get(key, ())))

    def _node(self, where: Where, data: dict[str, Any], above: _Above) -> Node:
        if where in self.drafts.indicators:
            return self._indicator(self.drafts.indicators[where], above)
        within = replace(_below(data, above), is_taken_off=self._is_taken_off(data, above))
        group = self._group(where, data, within)
        return self._repeated(where, data, group, within) if "repeat" in data else group

    def _group(self, where: Where, data: dict[str, Any], within: _Above) -> Group:
        draft = self.drafts.groups[where]
        coverage = data.get("coverage_at_least")
        return Group(
            code=_renamed(data["code"], within),
            title=data["title"],
            points=float(data["points"]),
            children=() if "repeat" in data else self._nodes(data, "children", where, within),
            uses=self.uses(where, data, within),
            aggregation=self.aggregation(draft, within),
            rule=draft.rule,
            out_of=optional(data, "out_of"),
            cap=optional(data, "cap"),
            floor=optional(data, "floor"),
            rounding=self._rounding(data),
            missing=Missing(data["missing"]) if "missing" in data else None,
            coverage_at_least=None if coverage is None else Quantity.parse(coverage).number,
            weight=self.drafts.index.weight_of(data.get("weight")),
            bonus=data.get("bonus", False),
            copy_of=data["code"] if within.suffix else "",
            basis=data.get("basis", ""),
            theme=data.get("theme", ""),
            standard=data.get("standard", "").strip(),
            note=data.get("note", "").strip(),
            internal_note=data.get("internal_note", "").strip(),
            shared=self.shared(draft, within),
            ranked=Better(data["ranked"]) if "ranked" in data else None,
            last=_last(data),
            bands=_bands(data),
            place=self._place(where),
            written=written_in(data),
        )

    def _place(self, where: Where) -> TextPlace:
        """Where a node stands: of what is written once and used, where it is used."""
        spot = self.document.spots[where]
        return spot.uses[0] if spot.uses else spot.value

    def _rounding(self, data: Mapping[str, Any]) -> Rounding | None:
        halves = self.document.data["policies"]["rounding"].get("halves", Halves.UP)
        return rounding_of(data.get("rounding"), halves)

    def _is_taken_off(self, data: Mapping[str, Any], above: _Above) -> bool:
        return above.is_taken_off != (self.drafts.index.weight_of(data.get("weight")) == -1)

    def _repeated(self, where: Where, data: dict[str, Any], group: Group, within: _Above) -> Group:
        """The group of all repetitions: children are added up within each, then ``aggregate`` combines the
        repetitions.
        """
        inside = frozenset(node.code for node in entries({"nodes": [data]}))
        copies = tuple(
            Group(
                code=f"{group.code}@{number}",
                title=title,
                points=group.points,
                children=self._nodes(
                    data, "children", where, replace(within, suffix=f"@{number}", inside=inside, repeated=data["code"])
                ),
                out_of=group.out_of,
                missing=group.missing,
                coverage_at_least=group.coverage_at_least,
                repetition=number,
                is_named="names" in data["repeat"],
                copy_of=group.code,
                ranked=Better(data["repeat"]["ranked"]["first"]) if "ranked" in data["repeat"] else None,
                among=Among(data["repeat"]["ranked"]["among"]) if "ranked" in data["repeat"] else Among.COHORT,
                place=group.place,
            )
            for number, title in enumerate(repetitions(data), start=1)
        )
        return replace(group, children=copies, out_of=None, coverage_at_least=None)

    def _indicator(self, draft: Draft, above: _Above) -> Indicator:
        data, rule, within = draft.data, draft.rule, _below(draft.data, above)
        assert rule is not None  # a tree without errors has every rule
        value = _read(draft.value, above)
        if value is None and draft.derived_value is not None:
            value = parse(draft.derived_value.code)
        vetoes = zip(data.get("vetoes", ()), draft.whens, strict=True)
        checks = zip(data.get("checks", ()), draft.checks, strict=True)
        fields = (*(_placed(asked, above) for _, asked in draft.fields), *rule.fields)
        is_judged, asks = Need.MARKS in rule.NEEDS, bool(draft.own or rule.fields)
        if is_judged and not asks and data.get("evidence") and data.get("filled_by") != "assessor":
            fields, asks = (*fields, SELF_REPORT), True
        return Indicator(
            code=_renamed(data["code"], above),
            title=data["title"],
            points=float(data["points"]),
            rule=rule,
            fields=fields,
            checks=tuple(Check(read.expression, check["says"].strip()) for check, read in checks),
            value=value,
            base=_read(draft.base, above),
            value_name=data.get("value_name", ""),
            measured_in=data.get("measured_in", ""),
            on_zero=_policy(data.get("on_zero")),
            no_previous=_policy(data.get("no_previous")),
            no_mean=None if data.get("no_mean") == WhenZero.NOT_APPLICABLE else _policy(data.get("no_mean")),
            instead=self._instead(data, above),
            small_sample=_small_sample(draft, above),
            vetoes=tuple(VetoTrigger(veto["veto"], _known(when, above)) for veto, when in vetoes),
            applies_to=within.applies_to,
            may_not_apply=data.get("may_not_apply", False),
            filled_by=FilledBy(data.get("filled_by", "assessor" if is_judged and not asks else "unit")),
            weight=self.drafts.index.weight_of(data.get("weight")),
            bonus=data.get("bonus", False),
            is_taken_off=self._is_taken_off(data, above),
            rounding=self._rounding(data),
            copy_of=data["code"] if above.suffix else "",
            basis=data["basis"].strip(),
            lead=within.lead,
            assist=within.assist,
            evidence=tuple(data.get("evidence", ())),
            standard=data.get("standard", "").strip(),
            note=data.get("note", "").strip(),
            internal_note=data.get("internal_note", "").strip(),
            ranked=Better(data["ranked"]) if "ranked" in data else None,
            last=_last(data),
            bands=_bands(data),
            place=self._place(draft.where),
            written=written_in(data),
        )

    def _instead(self, data: Mapping[str, Any], above: _Above) -> Instead | None:
        """`when_not_applicable`: one policy for every reason that there may be, or one for each."""
        if "when_not_applicable" not in data:
            return None
        by = {why: _policy(given_by(data, key)) for key, why in WHYS.items()}
        own = data.get("applies_to", "all")
        types = (
            frozenset[str]() if own == "all" else (above.applies_to or self.drafts.index.unit_types) - frozenset(own)
        )
        return Instead(
            {why: policy for why, policy in by.items() if policy is not None},
            types if by[Why.TYPE] is not None else frozenset(),
        )


def _below(data: Mapping[str, Any], above: _Above) -> _Above:
    """The settings for children of a node: unit types narrow, the nearest offices count."""
    own = data.get("applies_to", "all")
    types = frozenset() if own == "all" else frozenset(own)
    return replace(
        above,
        applies_to=types & above.applies_to if types and above.applies_to else types or above.applies_to,
        lead=tuple(data.get("lead", above.lead)),
        assist=tuple(data.get("assist", above.assist)),
    )


def _renamed(code: str, above: _Above) -> str:
    """The code of a node in this repetition; its own code if it is not repeated."""
    return f"{code}{above.suffix}" if not above.suffix or code in above.inside else code


def _placed(asked: Field, above: _Above) -> Field:
    """The field as asked in this repetition: a shared one by the group of the repetition, where that is repeated."""
    if not asked.asked_at or not above.suffix or asked.asked_at == above.repeated:
        return asked
    return replace(asked, asked_at=_renamed(asked.asked_at, above))


def _answers_here(read: Read, above: _Above) -> Expression:
    """The condition of a check with its answers replaced by those of this repetition."""
    if not above.suffix:
        return read.expression

    def here(match: re.Match[str]) -> str:
        code, _, field = match[2].rpartition(".")
        return f'answer("{_renamed(code, above)}.{field}")'

    return parse(_ANSWER.sub(here, read.expression.text))


def _known(read: Read, above: _Above) -> Expression:
    """The expression with its nodes replaced by those of this repetition."""
    expression = read.expression
    if not above.inside.intersection(expression.nodes):
        return expression
    return parse(_SCORE.sub(lambda match: f'score("{_renamed(match[2], above)}")', expression.text))


def _read(read: Read | None, above: _Above) -> Expression | None:
    return None if read is None else _known(read, above)


def _last(data: Mapping[str, Any]) -> LastPlaces | None:
    last = data.get("last")
    return None if last is None else LastPlaces(int(last["places"]), last["veto"])


def written_in(data: Mapping[str, Any]) -> Written:
    """What a node, or the tree, may say in shares of its points."""
    small = data.get("small_sample", {})
    return Written(data.get("rule"), small.get("rule"), tuple(data.get("bands", ())))


def _bands(data: Mapping[str, Any]) -> tuple[Band, ...]:
    return bands_of(data.get("bands", ()), float(data["points"]))


def _policy(printed: str | float | None) -> OnZero | None:
    match printed:
        case None:
            return None
        case "not_applicable" | "cohort_mean":
            return OnZero(WhenZero(printed))
        case "full" | "zero":
            return OnZero(WhenZero.SHARE, 1.0 if printed == "full" else 0.0)
        case _:
            return OnZero(WhenZero.SHARE, Quantity.parse(printed).number)


def _small_sample(draft: Draft, above: _Above) -> SmallSample | None:
    if draft.small_of is None:
        return None
    sample = draft.data["small_sample"]
    key = line_of(sample)
    of, value = _known(draft.small_of, above), _read(draft.small_value, above)
    return SmallSample(of, float(sample[key]), value, draft.small_rule, key)
