"""The office's additions as columns: marks, rulings on claims, changed scores; and last edition's figures.

Marks, rulings and changes are few against the figures that units report: they may be processed one by one.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.model import (
    FilledBy,
    Mark,
    Previous,
    Review,
    Roster,
    Ruling,
    StatusArray,
    Tree,
    Why,
    field_key,
    in_turn,
)
from lawgov_score.problems import Problem
from lawgov_score.rounding import DUST_DECIMALS, BoolArray, FloatArray, Rounding
from lawgov_score.rules.rule import Need
from lawgov_score.scoring.answers import Answers, worst_state
from lawgov_score.scoring.indicators import IndicatorScores
from lawgov_score.scoring.states import AnswerIs, StatusIs


def marks_of(tree: Tree, units: Roster, review: Review) -> Mapping[str, FloatArray]:
    """(units, reviewers) by code, for every judged indicator; nan where a reviewer gave no mark. Reviewers by name."""
    rows = {unit.code: row for row, unit in enumerate(units)} if review.marks else {}
    given: dict[str, list[Mark]] = {each.code: [] for each in tree.indicators if each.is_judged}
    for mark in sorted(review.marks, key=_place):
        if mark.indicator in given and mark.unit in rows:
            given[mark.indicator].append(mark)
    by_code = {}
    for code, marks in given.items():
        names = sorted({mark.reviewer for mark in marks})
        number = {name: i for i, name in enumerate(names)}
        by_code[code] = np.full((len(units), max(len(names), 1)), np.nan)
        for mark in marks:
            by_code[code][rows[mark.unit], number[mark.reviewer]] = mark.mark
    return by_code


def previous_of(tree: Tree, units: Roster, previous: Previous | None) -> Mapping[str, FloatArray]:
    """(units,) by ``<indicator code>.<field code>``, ``….value``, ``….score``: only what some indicator needs."""
    if previous is None:
        return {}
    columns: dict[str, FloatArray] = {}
    for indicator in tree.indicators:
        names = {name for one in indicator.expressions for name in one.previous}
        if any(Need.PREVIOUS in rule.NEEDS for rule in indicator.rules):
            names.add("value")
        for name in names:
            key = f"{indicator.code}.{name}"
            # A field may itself be called `value` or `score`: then its own figure is meant.
            asked = indicator.keys.get(name)
            known = previous.scores if name == "score" and asked is None else previous.figures
            entry = asked or (indicator.code if name in ("value", "score") else key)
            columns[key] = np.array([known.get(unit.code, {}).get(entry, np.nan) for unit in units], dtype=np.float64)
    return columns


def not_yet_entered(tree: Tree, numbers: Sequence[int], answers: Answers, indicator_scores: IndicatorScores) -> None:
    """Sets fields the office has not entered yet to not reviewed; the unit has not left them blank."""
    for i in numbers:
        indicator = tree.indicators[i]
        if indicator.filled_by is FilledBy.ASSESSOR and indicator.own_fields:
            blank = indicator_scores.status[i] == StatusIs.MISSING
            for asked in (one for one in indicator.deciding if not one.asked_at):
                blank &= answers.states[field_key(indicator, asked)] == AnswerIs.MISSING
            indicator_scores.status[i][blank] = StatusIs.NOT_REVIEWED


def rule_on_claims(
    tree: Tree,
    numbers: Sequence[int],
    units: Roster,
    review: Review,
    answers: Answers,
    withheld: BoolArray,
    indicator_scores: IndicatorScores,
) -> None:
    """Granted claims become not applicable, refused ones missing, whatever the tree's policy. The last ruling counts.

    ``numbers``: places of the indicators just scored; ``withheld`` (units,): units without any scores.
    """
    if not review.rulings:
        return
    rows = {unit.code: row for row, unit in enumerate(units)}
    places = {tree.indicators[i].code: i for i in numbers}
    states: dict[int, StatusArray] = {}
    for ruling in in_order(review.rulings):
        i, row = places.get(ruling.indicator), rows.get(ruling.unit)
        if i is None or row is None or withheld[row]:
            continue
        if not tree.indicators[i].may_not_apply or not answers.applicable[row, i]:
            continue
        if i not in states:
            states[i] = worst_state(tree.indicators[i], answers)
        if states[i][row] == AnswerIs.CLAIMED_NOT_APPLICABLE:  # otherwise: nothing was claimed
            indicator_scores.status[i][row] = StatusIs.NOT_APPLICABLE if ruling.is_granted else StatusIs.MISSING


def pin_scores(
    tree: Tree,
    numbers: Sequence[int],
    pinned: Mapping[str, FloatArray],
    answers: Answers,
    withheld: BoolArray,
    indicator_scores: IndicatorScores,
) -> None:
    """Sets the scores that are assumed: ``pinned``, (units,) by indicator code, nan where the engine's own stands.

    ``numbers``, ``withheld``: as for ``change_scores``.
    """
    for i in numbers:
        scores = pinned.get(tree.indicators[i].code)
        if scores is not None:
            replaced = indicator_scores.compared.instead.get(tree.indicators[i].code)
            takes_part = answers.applicable[:, i] if replaced is None else answers.applicable[:, i] | (replaced.why > 0)
            stands = ~np.isnan(scores) & takes_part & ~withheld
            rounding = tree.rounding_of(tree.indicators[i])
            indicator_scores.score[i][stands] = (scores if rounding is None else rounding.of(scores))[stands]
            indicator_scores.status[i][stands] = StatusIs.SCORED


def change_scores(
    tree: Tree,
    numbers: Sequence[int],
    units: Roster,
    review: Review,
    answers: Answers,
    withheld: BoolArray,
    indicator_scores: IndicatorScores,
) -> Iterator[Problem]:
    """Sets scores that were changed, in turn, the last counts; reports changes without effect or of another score.

    ``numbers``: places of the indicators just scored, for which ``indicator_scores`` still holds the engine's own
    scores.
    ``withheld`` (units,): units without any scores because of errors; nothing is changed there.
    """
    rows = {unit.code: row for row, unit in enumerate(units)}
    places = {tree.indicators[i].code: i for i in numbers}
    computed: dict[tuple[int, int], float] = {}
    granted = {(ruling.unit, ruling.indicator) for ruling in review.rulings if ruling.is_granted}
    for change in in_turn(review.changes):
        i, row = places.get(change.indicator), rows.get(change.unit)
        if i is None or row is None or withheld[row]:
            continue
        replaced = indicator_scores.compared.instead.get(change.indicator)
        leaves = indicator_scores.status[i][row] == StatusIs.NOT_APPLICABLE
        is_out = leaves or (replaced is not None and replaced.why[row] == Why.CLAIM)
        is_granted = is_out and (change.unit, change.indicator) in granted
        if not answers.applicable[row, i] or is_granted:
            yield Problem(Code.R115, change.place, {"unit": change.unit, "node": change.indicator})
            continue
        own = computed.setdefault((i, row), float(indicator_scores.score[i][row]))
        stands = float(indicator_scores.score[i][row]) if change.objection else own  # a decision is about what stands
        rounding = tree.rounding_of(tree.indicators[i])
        if not _is_same(change.before, stands, rounding):
            figures = {"unit": change.unit, "node": change.indicator, "before": change.before, "computed": stands}
            yield Problem(Code.R114, change.place, figures)
        after = change.after if rounding is None else rounding.one(change.after)
        indicator_scores.score[i][row], indicator_scores.status[i][row] = after, StatusIs.SCORED


def _is_same(before: float, stands: float, rounding: Rounding | None) -> bool:
    """Is ``before`` the score as a reader saw it? No score may be written as nothing, or as 0."""
    if np.isnan(stands):
        return bool(np.isnan(before)) or before == 0
    if rounding is None:  # printed scores had two decimals at least
        return abs(before - stands) <= 0.005 + 10.0**-DUST_DECIMALS
    return rounding.one(before) == rounding.one(stands)


def in_order(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The rulings by their days: of several on one claim the last counts."""
    return sorted(rulings, key=_dated)


def _dated(one: Ruling) -> tuple[float, str, str, str]:
    return (one.date, *_place(one))


def _place(one: Ruling | Mark) -> tuple[str, str, str]:
    return one.place.path, one.place.sheet, one.place.cell
