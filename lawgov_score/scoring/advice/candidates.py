"""What one unit can better at each indicator, by its own figures, and the points that are left aside."""

from collections.abc import Generator, Mapping, Sequence

import numpy as np

from lawgov_score.measure.ladder import reached
from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import AnswerState, Indicator, Scores, Status, WhenZero, Why
from lawgov_score.model.advice import Aside, SetAside
from lawgov_score.rounding import BoolArray, FloatArray, IntArray
from lawgov_score.scoring.advice.direction import Direction
from lawgov_score.scoring.advice.improve import (
    Figures,
    Search,
    keyed,
    left_shared,
    limits,
    search,
    steps_between,
    why_left,
)
from lawgov_score.scoring.advice.shortest import Found
from lawgov_score.scoring.advice.together import Tied
from lawgov_score.scoring.advice.whatif import Outcomes, Question, WhatIf


def improvements_at(
    asked: WhatIf, row: int, sign: float, ways: Mapping[str, Direction], tied: Mapping[str, Tied]
) -> Generator[Sequence[Question], Outcomes, tuple[list[Found], tuple[SetAside, ...], tuple[str, ...]]]:
    """The best answers at every indicator, the largest gain in the total first; the points that are left aside; and the
    keys of 共用数据 that might be bettered.

    ``sign``: -1 where a lower figure is the better grade; ``ways``: of every node, from ``directions``.
    """
    scores = asked.scores.of_unit(row)
    tree = scores.tree
    aside: list[SetAside] = []
    running: dict[tuple[str, float], Search] = {}
    losing: dict[str, float] = {}
    starts: dict[str, tuple[Indicator, Figures, float]] = {}
    shared: list[str] = []
    for indicator in tree.indicators:
        at = scores.at(row, indicator.code)
        lowest, highest = limits(indicator)
        score, signs = at.earned, ways[indicator.code].signs
        lost = max((at.points - score if own > 0 else score for own in signs), default=0.0)
        room = max((max(at.points, highest) - score if own > 0 else score - lowest for own in signs), default=0.0)
        has_none = bool(np.isnan(scores.scores[row, scores.node_column[indicator.code]]))
        if not at.applies or (max(lost, room) <= DUST and not (has_none and signs)):
            continue
        part = tied.get(indicator.code)
        held = indicator if part is None else part.indicator
        given = given_figures(asked, row, indicator, {}) if part is None else part.given
        why = why_aside(asked, scores, row, indicator, given)
        if why == why_left(indicator, given):
            shared += left_shared(indicator)
        if why is not None:
            aside.append(SetAside(indicator.code, why, lost))
            continue
        starts[indicator.code] = indicator, given, score
        losing[indicator.code] = lost
        # Any score may better the whole where the indicator has none and is left out of it: not only one above 0.
        running |= {
            (indicator.code, own): search(held, given, -own * np.inf if has_none else score, own) for own in signs
        }
    options = yield from _searched(asked, row, running)
    done = [(code, each) for (code, _), each in options.items() if each]
    found = {code for code, _ in done}
    aside += [SetAside(code, _why_none(scores, row, code), lost) for code, lost in losing.items() if code not in found]
    aside += _groups_aside(asked, scores, row, ways)
    left = tuple(one for one in aside if one.lost > DUST)
    if not done:
        return [], left, tuple(dict.fromkeys(shared))
    done = yield from _fit_to_give(scores, row, done, starts)
    outcomes = yield [(row, {}), *((row, keyed(starts[code][0], each[-1])) for code, each in done)]
    candidates: dict[str, Found] = {}
    for i, (code, each) in enumerate(done, start=1):
        indicator, given, score = starts[code]
        gain = float(outcomes.scores[i, scores.node_column[code]]) - score
        total = (float(outcomes.figures[i]) - float(outcomes.figures[0])) * sign
        if total < -DUST:
            continue  # scores more at the indicator but less in total
        if code not in candidates or total > candidates[code].gain_total + DUST:  # of two ways, the one that helps more
            candidates[code] = Found(indicator, given, each, gain, total)
    order = {each.code: i for i, each in enumerate(tree.indicators)}
    best = sorted(
        candidates.values(),
        key=lambda one: (-round(one.gain_total, 6), -round(abs(one.gain), 6), order[one.indicator.code]),
    )
    return best, left, tuple(dict.fromkeys(shared))


def _fit_to_give(
    scores: Scores,
    row: int,
    done: list[tuple[str, tuple[Figures, ...]]],
    starts: Mapping[str, tuple[Indicator, Figures, float]],
) -> Generator[Sequence[Question], Outcomes, list[tuple[str, tuple[Figures, ...]]]]:
    """The options of each indicator without those that do harm.

    Which leave the graded figure without a score (a mean of ratios of 0), or trigger a veto that bars the grade. Where
    the best answer does, answers on the way to it stand in its place.
    """
    best = yield [(row, {}), *((row, keyed(starts[code][0], each[-1])) for code, each in done)]
    is_barred = bool(scores.vetoes[row]) or bool(best.levels[0] > levels_of(scores, row, best.figures[:1])[0])
    harm = _does_harm(scores, row, best, is_barred)[1:]
    if not harm.any():
        return done
    found: list[tuple[str, tuple[Figures, ...]]] = []
    for (code, each), does_harm in zip(done, harm.tolist(), strict=True):
        options = each
        if does_harm:
            indicator, given, _ = starts[code]
            tries = (*each[:-1], *steps_between(indicator, given, each[-1]))
            options = ()
            if tries:
                outcomes = yield [(row, keyed(indicator, one)) for one in tries]
                harms = _does_harm(scores, row, outcomes, is_barred)
                options = tuple(one for one, is_bad in zip(tries, harms, strict=True) if not is_bad)
        if options:
            found.append((code, options))
    return found


def _does_harm(scores: Scores, row: int, outcomes: Outcomes, is_barred: bool) -> BoolArray:
    """Is there no figure, or a worse grade than the figure's own? (Not told apart where something bars it now.)"""
    harm: BoolArray = np.isnan(outcomes.figures)
    return harm if is_barred else harm | (outcomes.levels > levels_of(scores, row, outcomes.figures))


def levels_of(scores: Scores, row: int, figures: FloatArray) -> IntArray:
    """The numbers of the grades whose lines the figures reach, whatever else bars them; one past the last for none."""
    grades = scores.tree.grades
    lines = [grade.line(scores.units[row].cohort) for grade in grades]
    return reached(figures, lines, [grade.key for grade in grades])


def _why_none(scores: Scores, row: int, code: str) -> Aside:
    """Why no better answers were found: the unit's own figures give no score and it gets the mean, or what happened."""
    own = scores.compared.own_scores.get(code)
    is_mean = own is not None and np.isnan(own[row]) and scores.at(row, code).status is Status.SCORED
    return Aside.MEAN if is_mean else Aside.FACTS


def _groups_aside(asked: WhatIf, scores: Scores, row: int, ways: Mapping[str, Direction]) -> list[SetAside]:
    """The points lost at groups that compare units."""
    found = []
    for code in asked.groups:
        at = scores.at(row, code)
        lost = max((at.points - at.earned if own > 0 else at.earned for own in ways[code].signs), default=0.0)
        if at.applies:
            found.append(SetAside(code, Aside.RELATIVE, lost))
    return found


def why_aside(asked: WhatIf, scores: Scores, row: int, indicator: Indicator, given: Figures) -> Aside | None:
    """Why better answers are not sought at an indicator; None where they are. ``scores``: with the unit's own tree."""
    code = indicator.code
    if code in asked.compared:
        return Aside.RELATIVE
    is_changed = any(one.indicator == code and one.unit == scores.units[row].code for one in scores.review.changes)
    if is_changed or scores.at(row, code).status is Status.NOT_REVIEWED:
        return Aside.REVIEW
    if not scores.is_asked(row, code):
        return _why_instead(scores, row, indicator)
    return why_left(indicator, given)


def _why_instead(scores: Scores, row: int, indicator: Indicator) -> Aside:
    """Why better answers are not sought where the unit gets something since the indicator does not apply to it."""
    why, kept = scores.replaced(row, indicator.code), scores.compared.instead.get(indicator.code)
    if why is not Why.CLAIM or indicator.instead is None or kept is None:
        return Aside.TYPE if why is Why.TYPE else Aside.FACTS
    is_mean = indicator.instead.by[why].what is WhenZero.COHORT_MEAN and not kept.alone[row]
    return Aside.MEAN if is_mean else Aside.REVIEW


def given_figures(asked: WhatIf, row: int, indicator: Indicator, others: Mapping[str, str]) -> Figures:
    """The figures given for the indicator, by field code, and those of ``others`` (name to key) that checks name."""
    return {
        name: float(asked.answers.values[key][row])
        for name, key in (*indicator.keys.items(), *others.items())
        if asked.answers.states[key][row] == AnswerState.GIVEN and not np.isnan(asked.answers.values[key][row])
    }


def _searched(
    asked: WhatIf, row: int, running: Mapping[tuple[str, float], Search]
) -> Generator[Sequence[Question], Outcomes, dict[tuple[str, float], tuple[Figures, ...]]]:
    """Runs all searches of one unit together; the figures found, each by indicator code and sign."""
    by_code = {each.code: each for each in asked.scores.tree.indicators}
    column = asked.scores.node_column
    done = dict[tuple[str, float], tuple[Figures, ...]]()
    sent: dict[tuple[str, float], FloatArray | None] = dict.fromkeys(running)
    while sent:
        wanted: dict[tuple[str, float], Sequence[Figures]] = {}
        for one, scores in sent.items():
            try:
                wanted[one] = next(running[one]) if scores is None else running[one].send(scores)
            except StopIteration as finished:
                done[one] = finished.value
        questions = [(row, keyed(by_code[code], figures)) for (code, _), each in wanted.items() for figures in each]
        sent, at = {}, 0
        if questions:
            outcomes = yield questions
            for one, each in wanted.items():
                sent[one], at = outcomes.scores[at : at + len(each), column[one[0]]], at + len(each)
    return {one: done[one] for one in running}
