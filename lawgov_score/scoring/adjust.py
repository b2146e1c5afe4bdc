"""What comes after aggregation: 加分、扣分 from the register with their caps, and what vetoes take off the total."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lawgov_score.model import (
    FLOOR,
    INSIDE,
    NO_LIMITS,
    Adjusted,
    BoolArray,
    RegisterEntry,
    Review,
    Roster,
    Tree,
)
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.scoring.register import by_unit, exact, of_kind
from lawgov_score.scoring.vetoes import Triggered, vetoes_of, zeroed

__all__ = ["adjust", "vetoes_of", "zeroed"]


def adjust(
    tree: Tree, units: Roster, converted: FloatArray, review: Review, vetoes: Sequence[Triggered]
) -> tuple[FloatArray, tuple[tuple[Adjusted, ...], ...]]:
    """(units,) totals before rounding, and per unit all that the register and its vetoes did to them.

    ``converted`` (units,): on the tree's scale; nan: not scored, and stays so, its lines recorded with 0 points.
    In this order: each kind's own cap; the caps over bonuses and over penalties, where the kinds the tree lists first
    keep theirs; deductions of vetoes; `inside` and `floor`, where what is listed last gives way first; total_zero.
    A unit's total is always ``converted`` plus the points recorded. The order of the register never matters.

    Where the tree says `register: {better: lower}` all of it is turned round: a penalty adds, a bonus takes off, and
    what would set the total to 0 sets it to the worst, the tree's points.
    """
    entries = by_unit(review)
    effective = {veto.code for veto in tree.vetoes if veto.deduct or veto.total_zero}
    total = without_dust(converted, VALUE_DECIMALS)  # a tree that rounds nothing keeps what it came to
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
    """Are limits stated for every total, or only the ones that nobody wrote, for what a veto deducts?"""
    return bool(tree.adjustments) or tree.adjustment_limits is not NO_LIMITS


def _beyond_limits(tree: Tree, total: FloatArray) -> BoolArray:
    """(units,): whose total is beyond a limit before anything is added."""
    limits, beyond = tree.adjustment_limits, np.zeros(len(total), dtype=bool)
    if _hold_for_all(tree) and limits.inside:
        beyond |= total > tree.points
    if _hold_for_all(tree) and limits.floor is not None:
        beyond |= total < limits.floor
    return beyond


def _settled(tree: Tree, total: float, entries: tuple[RegisterEntry, ...], codes: set[str]) -> tuple[Adjusted, ...]:
    """One unit's adjustments, in the tree's order: kinds, vetoes, and last what a limit took that no line can give."""
    limits = tree.adjustment_limits
    upward = -1.0 if tree.register_is_lower else 1.0
    lines = [line for kind in tree.adjustments if (line := of_kind(kind, entries, upward)) is not None]
    lines = _capped(lines, upward, limits.bonus_cap, "bonus_cap")
    lines = _capped(lines, -upward, limits.penalty_cap, "penalty_cap")
    for veto in tree.vetoes:
        if veto.code in codes and veto.deduct and not veto.total_zero:
            lines.append(Adjusted(veto.code, -upward * veto.deduct, -upward * veto.deduct, _of(entries, veto.code)))
    zeroing = [veto.code for veto in tree.vetoes if veto.code in codes and veto.total_zero]
    if math.isnan(total):  # nothing to add to: on record all the same
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
    """Lines of one sign held to ``cap`` together: the first keep theirs, what no longer fits is cut."""
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
    """Lines with as much of ``sign`` taken back, from the last one, as the total would pass ``limit`` by.

    What is still beyond it lies in the tree itself: a line of its own says so.
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
    """``line`` with its points ``by`` nearer to zero, and the limit that did it."""
    if by <= 0:
        return line
    return replace(line, points=exact(math.copysign(abs(line.points) - by, line.points)), limits=(*line.limits, name))
