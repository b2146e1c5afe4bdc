"""一票否决: which vetoes a unit has, from its own figures and from the register, and the nodes they set to zero."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lawgov_score.model import NO_REVIEW, BoolArray, Indicator, Review, Roster, Tree
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import FieldType
from lawgov_score.scoring.answers import Answers
from lawgov_score.scoring.values import Around, fields_of, names_of

Triggered = tuple[tuple[str, str], ...]  # of one unit: (veto code, indicator code or ''), in printed order


def vetoes_of(
    tree: Tree, units: Roster, answers: Answers, review: Review = NO_REVIEW, around: Around | None = None
) -> tuple[Triggered, ...]:
    """Per unit (veto code, indicator code): what its own figures trigger, as printed, then what the register says.

    The indicator code is '' where the register says so. Each pair stands once, however often it was entered: a veto
    has its effects once. Lines of the register for units that are not in ``units`` are the reader's to report.
    ``around``: needed where a trigger looks at more than the indicator's own fields (last edition, the cohort).
    """
    found = _by_own_figures(tree, answers, around)
    entered: dict[str, set[str]] = {}
    for entry in review.register:
        entered.setdefault(entry.unit, set()).add(entry.kind)
    for row, unit in enumerate(units) if entered else ():
        if unit.code in entered:
            found.setdefault(row, []).extend((v.code, "") for v in tree.vetoes if v.code in entered[unit.code])
    vetoes: list[Triggered] = [()] * len(units)
    for row, triggered in found.items():
        vetoes[row] = tuple(triggered)
    return tuple(vetoes)


def zeroed(tree: Tree, vetoes: Sequence[Triggered]) -> Mapping[str, BoolArray]:
    """Node code -> (units,): whose score there becomes 0. Only nodes that some unit's veto sets to zero are in it."""
    nodes = {veto.code: veto.node_zero for veto in tree.vetoes if veto.node_zero}
    found: dict[str, BoolArray] = {}
    if nodes:
        for row, triggered in enumerate(vetoes):
            for code, _ in triggered:
                if code in nodes:
                    found.setdefault(nodes[code], np.zeros(len(vetoes), dtype=bool))[row] = True
    return found


def barred_from_ranking(tree: Tree, vetoes: Sequence[Triggered]) -> BoolArray | None:
    """(units,): whom a veto puts after all others, where less is better: 0, or a low total, is no punishment there.

    That are vetoes which fail the year or make the total the worst. None where no unit is so placed.
    """
    if not tree.policies.lower_is_better:
        return None
    last = tree.grades[-1].name if tree.grades else ""
    codes = {veto.code for veto in tree.vetoes if veto.total_zero or (last and veto.grade_at_most == last)}
    found = np.array([any(code in codes for code, _ in triggered) for triggered in vetoes], dtype=bool)
    return found if found.any() else None


def _by_own_figures(tree: Tree, answers: Answers, around: Around | None) -> dict[int, list[tuple[str, str]]]:
    """A veto is triggered where it holds whatever a missing figure might be: a blank neither triggers nor hides one.

    Indicators that do not apply trigger nothing.
    """
    found: dict[int, list[tuple[str, str]]] = {}
    for i, indicator in enumerate(tree.indicators):
        names = _names(indicator, answers, around, answers.applicable[:, i]) if indicator.vetoes else {}
        for trigger in indicator.vetoes:
            bounds = {name: _range(indicator, name, names) for name in trigger.when.names}
            holds = answers.applicable[:, i] & trigger.when.is_certain(bounds)
            for row in np.flatnonzero(holds).tolist():
                pair = (trigger.veto, indicator.code)
                if pair not in (so_far := found.setdefault(row, [])):
                    so_far.append(pair)
    return found


def open_vetoes(tree: Tree, answers: Answers, around: Around, rows: BoolArray) -> Iterator[tuple[int, str, str]]:
    """(row, veto, indicator) wherever a blank leaves open whether a unit of ``rows`` (units,) has a veto.

    Some value that its fields allow would trigger it, and another would not.
    """
    for i, indicator in enumerate(tree.indicators):
        applies = answers.applicable[:, i] & rows
        names = _names(indicator, answers, around, applies) if indicator.vetoes and applies.any() else {}
        for trigger in indicator.vetoes if names else ():
            bounds = {name: _range(indicator, name, names) for name in trigger.when.names}
            is_open = applies & trigger.when.is_possible(bounds) & ~trigger.when.is_certain(bounds)
            # What last edition, or another unit, does not say is no blank of the unit's.
            blank = np.zeros(len(rows), dtype=bool)
            for name in trigger.when.fields:
                blank |= np.isnan(names[name])
            for row in np.flatnonzero(is_open & blank).tolist():
                yield row, trigger.veto, indicator.code


def _range(indicator: Indicator, name: str, names: Mapping[str, FloatArray]) -> tuple[FloatArray, FloatArray]:
    """What a figure may be: itself, or where it is missing anything its field allows."""
    given = names[name]
    asked = next((field for field in indicator.fields if field.code == name), None)
    least = _bound(asked.at_least, names, -np.inf) if asked is not None else -np.inf
    most = _bound(asked.at_most, names, np.inf) if asked is not None else np.inf
    if asked is not None and asked.type is FieldType.YES_NO:
        least, most = 0.0, 1.0
    return np.where(np.isnan(given), least, given), np.where(np.isnan(given), most, given)


def _bound(said: float | str | None, names: Mapping[str, FloatArray], otherwise: float) -> FloatArray | float:
    """A bound as a number, or as what another field says; ``otherwise`` where there is none."""
    if isinstance(said, str):
        other = names.get(said)
        return otherwise if other is None else np.where(np.isnan(other), otherwise, other)
    return otherwise if said is None else said


def _names(
    indicator: Indicator, answers: Answers, around: Around | None, applies: BoolArray
) -> Mapping[str, FloatArray]:
    """The columns (units,) that the indicator's triggers may look at, by name."""
    fields = fields_of(indicator, answers.values)
    if around is None:
        return fields
    only_triggers = replace(indicator, value=None, base=None, small_sample=None)
    return names_of(only_triggers, fields, around, applies)
