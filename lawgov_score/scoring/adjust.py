"""Adjustments after aggregation: 加分、扣分 of the register with their caps; who has a veto, and its effects."""

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lawgov_score.model import (
    FLOOR,
    INSIDE,
    NO_LIMITS,
    NO_REVIEW,
    Adjusted,
    AdjustmentKind,
    Indicator,
    RegisterEntry,
    Review,
    Roster,
    Sign,
    Tree,
)
from lawgov_score.rounding import DUST_DECIMALS, VALUE_DECIMALS, BoolArray, FloatArray, without_dust
from lawgov_score.rules.field import FieldType
from lawgov_score.scoring.answers import Answers
from lawgov_score.scoring.values import Context, fields_of, names_of


def by_unit(review: Review) -> Mapping[str, tuple[RegisterEntry, ...]]:
    """Unit code -> its register lines, sorted by date, matter, level, place: the order of files has no influence."""
    entries_by_unit: dict[str, list[RegisterEntry]] = {}
    for entry in review.register:
        entries_by_unit.setdefault(entry.unit, []).append(entry)
    return {unit: tuple(sorted(entries, key=_order)) for unit, entries in entries_by_unit.items()}


def _order(entry: RegisterEntry) -> tuple[object, ...]:
    place, day = entry.place, (math.isnan(entry.date), entry.date)  # nan cannot be compared
    details = entry.kind, matter_key(entry.matter), entry.matter, entry.level, entry.times, entry.evidence
    return *day, *details, place.path, place.sheet, len(place.cell), place.cell


def matter_key(matter: str) -> str:
    """The key for comparing matters: full-width forms as half-width, blanks trimmed, runs of blanks as one.

    >>> matter_key(" 获“全国先进”（２０２４） ") == matter_key("获“全国先进”(2024)")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", matter).split())


def of_kind(kind: AdjustmentKind, entries: Iterable[RegisterEntry], upward: float = 1.0) -> Adjusted | None:
    """The adjustment by one unit's lines of one kind, limited to the kind's own cap; None if there are no lines.

    ``upward``: the sign of a change that is good for a unit, −1 where less is better.

    With ``highest_only`` only the highest level of each matter counts, once, whatever its ``times``; a line without a
    matter is a matter of its own. Otherwise every line counts its points ``times`` times.
    """
    own = tuple(entry for entry in entries if entry.kind == kind.code)
    if not own:
        return None
    gives = _highest_of_each_matter(kind, own) if kind.highest_only else [_worth(kind, e) * e.times for e in own]
    sign = upward if kind.sign is Sign.BONUS else -upward
    full = exact(math.fsum(gives))
    held = full if kind.cap is None else min(full, kind.cap)
    return Adjusted(
        kind.code,
        exact(sign * held),
        exact(sign * full),
        own,
        tuple(exact(sign * one) for one in gives),
        ("cap",) if held < full else (),
    )


def _worth(kind: AdjustmentKind, entry: RegisterEntry) -> float:
    """Points of one occurrence: from the kind's table of levels (the reader has checked the level), or ``each``."""
    return kind.levels[entry.level] if kind.levels else float(kind.each or 0.0)


def _highest_of_each_matter(kind: AdjustmentKind, entries: tuple[RegisterEntry, ...]) -> list[float]:
    best: dict[object, int] = {}
    for i, entry in enumerate(entries):
        matter: object = matter_key(entry.matter) or i
        if matter not in best or _worth(kind, entry) > _worth(kind, entries[best[matter]]):
            best[matter] = i
    counted = set(best.values())
    return [_worth(kind, entry) if i in counted else 0.0 for i, entry in enumerate(entries)]


def exact(number: float) -> float:
    """The number without float dust, and never -0."""
    return round(number, DUST_DECIMALS) + 0.0


Triggered = tuple[tuple[str, str], ...]  # of one unit: (veto code, indicator code or ''), in printed order


def vetoes_of(
    tree: Tree, units: Roster, answers: Answers, review: Review = NO_REVIEW, context: Context | None = None
) -> tuple[Triggered, ...]:
    """The vetoes of each unit as (veto code, indicator code): those its figures trigger, then those of the register.

    In printed order. The indicator code is '' for a veto from the register. Each pair occurs once, however often it
    was entered: a veto takes effect once. The reader reports register lines for units that are not in ``units``.
    ``context``: needed where a trigger looks at more than the indicator's own fields (last edition, the cohort).
    """
    vetoes = _by_unit(list(_by_own_figures(tree, answers, context)), len(units))
    entered: dict[str, set[str]] = {}
    for entry in review.register:
        entered.setdefault(entry.unit, set()).add(entry.kind)
    for row, unit in enumerate(units) if entered else ():
        if unit.code in entered:
            vetoes[row] += tuple((veto.code, "") for veto in tree.vetoes if veto.code in entered[unit.code])
    return tuple(vetoes)


def zeroed(tree: Tree, vetoes: Sequence[Triggered]) -> Mapping[str, BoolArray]:
    """Node code -> (units,): units whose score a veto sets to 0. Holds only nodes where some unit has such a veto."""
    nodes = {veto.code: veto.node_zero for veto in tree.vetoes if veto.node_zero}
    units_by_node: dict[str, BoolArray] = {}
    if nodes:
        for row, triggered in enumerate(vetoes):
            for code, _ in triggered:
                if code in nodes:
                    units_by_node.setdefault(nodes[code], np.zeros(len(vetoes), dtype=bool))[row] = True
    return units_by_node


def barred_from_ranking(tree: Tree, vetoes: Sequence[Triggered]) -> BoolArray | None:
    """(units,): units that a veto ranks last where less is better, since 0 or a low total is no punishment there.

    These are vetoes that fail the year or make the total the worst. None if there is no such unit.
    """
    if not tree.policies.lower_is_better:
        return None
    last = tree.grades[-1].name if tree.grades else ""
    codes = {veto.code for veto in tree.vetoes if veto.total_zero or (last and veto.grade_at_most == last)}
    is_barred = np.array([any(code in codes for code, _ in triggered) for triggered in vetoes], dtype=bool)
    return is_barred if is_barred.any() else None


def _by_unit(fired: Sequence[tuple[tuple[str, str], BoolArray]], size: int) -> list[Triggered]:
    """(units,) from (units,) for each trigger: what each unit has, each once; units with the same share it."""
    vetoes: list[Triggered] = [()] * size
    if not fired:
        return vetoes
    by_row = np.stack([holds for _, holds in fired], axis=1)
    known: dict[bytes, Triggered] = {}
    for row in np.flatnonzero(by_row.any(axis=1)).tolist():
        pattern = by_row[row].tobytes()
        if pattern not in known:
            known[pattern] = tuple(dict.fromkeys(fired[i][0] for i in np.flatnonzero(by_row[row]).tolist()))
        vetoes[row] = known[pattern]
    return vetoes


def _by_own_figures(
    tree: Tree, answers: Answers, context: Context | None
) -> Iterator[tuple[tuple[str, str], BoolArray]]:
    """Of each trigger (veto code, indicator code), and the units (units,) whose own figures trigger it.

    A veto fires only if its condition holds for every value the missing fields could take: a blank neither triggers a
    veto nor prevents one. Indicators that do not apply trigger nothing.
    """
    for i, indicator in enumerate(tree.indicators):
        names = _names(indicator, answers, context, answers.applicable[:, i]) if indicator.vetoes else {}
        for trigger in indicator.vetoes:
            bounds = {name: _range(indicator, name, names) for name in trigger.when.names}
            yield (trigger.veto, indicator.code), answers.applicable[:, i] & trigger.when.is_certain(bounds)


def open_vetoes(tree: Tree, answers: Answers, context: Context, rows: BoolArray) -> Iterator[tuple[int, str, str]]:
    """(row, veto, indicator) for units of ``rows`` (units,) whose blank makes it uncertain whether they have the veto.

    Some allowed value of the missing field would trigger the veto, and another would not.
    """
    for i, indicator in enumerate(tree.indicators):
        applies = answers.applicable[:, i] & rows
        names = _names(indicator, answers, context, applies) if indicator.vetoes and applies.any() else {}
        for trigger in indicator.vetoes if names else ():
            bounds = {name: _range(indicator, name, names) for name in trigger.when.names}
            is_open = applies & trigger.when.is_possible(bounds) & ~trigger.when.is_certain(bounds)
            # Figures missing from last edition or from other units are not blanks of this unit.
            blank = np.zeros(len(rows), dtype=bool)
            for name in trigger.when.fields:
                blank |= np.isnan(names[name])
            for row in np.flatnonzero(is_open & blank).tolist():
                yield row, trigger.veto, indicator.code


def _range(indicator: Indicator, name: str, names: Mapping[str, FloatArray]) -> tuple[FloatArray, FloatArray]:
    """The lowest and highest possible figure: the answer itself or, if it is missing, the bounds of its field."""
    given = names[name]
    asked = next((field for field in indicator.fields if field.code == name), None)
    least = _bound(asked.at_least, names, -np.inf) if asked is not None else -np.inf
    most = _bound(asked.at_most, names, np.inf) if asked is not None else np.inf
    if asked is not None and asked.type is FieldType.YES_NO:
        least, most = 0.0, 1.0
    return np.where(np.isnan(given), least, given), np.where(np.isnan(given), most, given)


def _bound(bound: float | str | None, names: Mapping[str, FloatArray], otherwise: float) -> FloatArray | float:
    """A bound as a number or as the answer to the field it names; ``otherwise`` if there is no bound."""
    if isinstance(bound, str):
        other = names.get(bound)
        return otherwise if other is None else np.where(np.isnan(other), otherwise, other)
    return otherwise if bound is None else bound


def _names(
    indicator: Indicator, answers: Answers, context: Context | None, applies: BoolArray
) -> Mapping[str, FloatArray]:
    """The columns (units,) that the indicator's triggers may look at, by name."""
    fields = fields_of(indicator, answers.values)
    if context is None or not indicator.references:
        return fields
    only_triggers = replace(indicator, value=None, base=None, small_sample=None)
    return names_of(only_triggers, fields, context, applies)


__all__ = ["adjust", "vetoes_of", "zeroed"]


def adjust(
    tree: Tree, units: Roster, converted: FloatArray, review: Review, vetoes: Sequence[Triggered]
) -> tuple[FloatArray, tuple[tuple[Adjusted, ...], ...]]:
    """(units,) totals before rounding, and per unit every adjustment that its register lines and vetoes made.

    ``converted`` (units,): on the tree's scale; nan (not scored) stays nan, and its lines are recorded with 0 points.
    Order of steps: each kind's own cap; the caps over bonuses and over penalties, where the kinds that the tree lists
    first keep their points; deductions of vetoes; `inside` and `floor`, which cut the lines listed last first;
    total_zero. A unit's total is always ``converted`` plus the points recorded. The order of the register never
    matters.

    Where the tree says `register: {better: lower}` every direction is reversed: a penalty adds, a bonus deducts, and a
    veto that would set the total to 0 sets it to the worst total, the tree's points.
    """
    entries = by_unit(review)
    effective = {veto.code for veto in tree.vetoes if veto.deduct or veto.total_zero}
    total = without_dust(converted, VALUE_DECIMALS)  # a tree that rounds nothing keeps the exact total
    touched = _beyond_limits(tree, total)
    adjusted: list[tuple[Adjusted, ...]] = [()] * len(units)
    if not entries and not effective and not touched.any():
        return total, tuple(adjusted)
    for row, unit in enumerate(units):
        codes = {code for code, _ in vetoes[row] if code in effective} if vetoes[row] else None
        if codes or touched[row] or unit.code in entries:
            adjusted[row] = _settled(tree, float(total[row]), entries.get(unit.code, ()), codes or set())
            total[row] = _sum(float(total[row]), adjusted[row])
    return total, tuple(adjusted)


def _hold_for_all(tree: Tree) -> bool:
    """Do the limits apply to every total? Otherwise they are the defaults, which only limit deductions by vetoes."""
    return bool(tree.adjustments) or tree.adjustment_limits is not NO_LIMITS


def _beyond_limits(tree: Tree, total: FloatArray) -> BoolArray:
    """(units,): units whose total exceeds a limit before any adjustment."""
    limits, beyond = tree.adjustment_limits, np.zeros(len(total), dtype=bool)
    if _hold_for_all(tree) and limits.inside:
        beyond |= total > tree.points
    if _hold_for_all(tree) and limits.floor is not None:
        beyond |= total < limits.floor
    return beyond


def _settled(tree: Tree, total: float, entries: tuple[RegisterEntry, ...], codes: set[str]) -> tuple[Adjusted, ...]:
    """One unit's adjustments in the tree's order: kinds, vetoes, then any excess over a limit that no line explains."""
    limits = tree.adjustment_limits
    upward = -1.0 if tree.register_is_lower else 1.0
    lines = [line for kind in tree.adjustments if (line := of_kind(kind, entries, upward)) is not None]
    lines = _capped(lines, upward, limits.bonus_cap, "bonus_cap")
    lines = _capped(lines, -upward, limits.penalty_cap, "penalty_cap")
    for veto in tree.vetoes:
        if veto.code in codes and veto.deduct and not veto.total_zero:
            lines.append(Adjusted(veto.code, -upward * veto.deduct, -upward * veto.deduct, _of(entries, veto.code)))
    zeroing = [veto.code for veto in tree.vetoes if veto.code in codes and veto.total_zero]
    if math.isnan(total):  # no total to adjust, but the lines are recorded all the same
        lines += [Adjusted(code, 0.0, 0.0, _of(entries, code)) for code in zeroing]
        return tuple(replace(line, points=0.0, limits=()) for line in lines)
    if limits.inside:
        lines = _within(lines, total, tree.points, 1.0, INSIDE, _hold_for_all(tree))
    if limits.floor is not None:
        lines = _within(lines, total, limits.floor, -1.0, FLOOR, _hold_for_all(tree))
    left = max(_sum(total, lines), 0.0)
    if tree.register_is_lower:
        left = exact(min(_sum(total, lines) - tree.points, 0.0))
    for i, code in enumerate(zeroing):
        lines.append(Adjusted(code, 0.0 - left if i == 0 else 0.0, 0.0 - left, _of(entries, code)))
    return tuple(lines)


def _of(entries: tuple[RegisterEntry, ...], code: str) -> tuple[RegisterEntry, ...]:
    return tuple(entry for entry in entries if entry.kind == code)


def _sum(total: float, lines: Sequence[Adjusted]) -> float:
    return exact(math.fsum((total, *(line.points for line in lines))))


def _capped(lines: list[Adjusted], sign: float, cap: float | None, name: str) -> list[Adjusted]:
    """Lines of one sign limited to ``cap`` together: the first keep their points, later ones are cut."""
    if cap is None:
        return lines
    room, held = cap, list(lines)
    for i, line in enumerate(lines):
        if line.points * sign > 0:
            held[i] = _cut(line, abs(line.points) - room, name)
            room = exact(room - abs(held[i].points))
    return held


def _within(
    lines: list[Adjusted], total: float, limit: float, sign: float, name: str, holds_for_all: bool
) -> list[Adjusted]:
    """Lines with as much of ``sign`` taken back, from the last line on, as the total exceeds ``limit``.

    An excess that remains comes from the tree's own scores: an extra line records it.
    """
    beyond = exact(max((_sum(total, lines) - limit) * sign, 0.0))
    held = list(lines)
    for i in reversed(range(len(held))):
        if beyond > 0 and held[i].points * sign > 0:
            taken = min(beyond, abs(held[i].points))
            held[i], beyond = _cut(held[i], taken, name), exact(beyond - taken)
    if beyond > 0 and holds_for_all:
        held.append(Adjusted(name, 0.0 - beyond * sign, 0.0 - beyond * sign))
    return held


def _cut(line: Adjusted, by: float, name: str) -> Adjusted:
    """``line`` with its points reduced by ``by`` towards zero, and the limit that caused it."""
    if by <= 0:
        return line
    return replace(line, points=exact(math.copysign(abs(line.points) - by, line.points)), limits=(*line.limits, name))
