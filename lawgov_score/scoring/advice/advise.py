"""Advice: the shortest list of improvements by which a unit reaches its next grade (docs/explanation.md).

Every indicator's best answer is searched for; the indicators that give most are taken until the grade is reached;
whatever is not needed is taken out again; and what is left is cut back to the least that is still enough. Each step is
scored by the engine itself, so the advice is correct by construction: those answers reach the grade.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lawgov_score.measure.ladder import quota_limit
from lawgov_score.model import PROVISIONAL, Grade, Indicator, Scores, Status, Tree
from lawgov_score.model.advice import Advice, FigureChange, Improvement, Outlook
from lawgov_score.model.assessed import Assessed
from lawgov_score.processes import Desk, sent
from lawgov_score.rounding import DUST_DECIMALS, FloatArray
from lawgov_score.scoring.advice.candidates import given_figures, improvements_at, levels_of, why_aside
from lawgov_score.scoring.advice.direction import Direction, directions
from lawgov_score.scoring.advice.improve import (
    Figures,
    movable,
)
from lawgov_score.scoring.advice.shortest import Found, all_of, enough
from lawgov_score.scoring.advice.spanning import Fit, fit_of, with_spanning
from lawgov_score.scoring.advice.together import Tied, jointly
from lawgov_score.scoring.advice.whatif import Outcomes, Question, WhatIf, comparing_vetoes, what_if

_UNCHANGED: Figures = {}


def advise(scores: Scores, rows: Sequence[int] | None = None, asked: WhatIf | None = None) -> tuple[Advice, ...]:
    """Advice for the units in ``rows``, all of them where none are given; in their order.

    ``asked``: the scores, ready for questions, where many calls have them in common.
    """
    wanted = range(len(scores.units)) if rows is None else rows
    ready = asked or _asking(scores)
    return tuple(_together(ready, [_of_unit(ready, row) for row in wanted]))


def advise_task(desk: Desk[Assessed], rows: Sequence[int]) -> bytes:
    """Advice for a block of units (a tuple), as ``sent`` makes it, in whichever process has the assessment."""
    scores = desk.context.scores
    return sent(advise(scores, rows, desk.once(_ready)))


def _ready(assessed: Assessed) -> WhatIf:
    return _asking(assessed.scores)


def _asking(scores: Scores) -> WhatIf:
    return what_if(scores).of_one_unit()


# Type of one unit's search: it yields questions and is sent their outcomes.
_Steps = Generator[Sequence[Question], Outcomes, Advice]


def _together(asked: WhatIf, running: Sequence[_Steps]) -> list[Advice]:
    """Runs all searches together: in each round the questions of all units are scored in one run."""
    done: dict[int, Advice] = {}
    sent: dict[int, Outcomes | None] = dict.fromkeys(range(len(running)))
    while sent:
        questions: dict[int, Sequence[Question]] = {}
        for i, outcomes in sent.items():
            try:
                questions[i] = next(running[i]) if outcomes is None else running[i].send(outcomes)
            except StopIteration as finished:
                done[i] = finished.value
        sent = _asked(asked, questions)
    return [done[i] for i in range(len(running))]


def _asked(asked: WhatIf, questions: dict[int, Sequence[Question]]) -> dict[int, Outcomes | None]:
    flat = [one for each in questions.values() for one in each]
    if not flat:
        return {}
    outcomes = asked.ask(flat)
    cut, at = dict[int, Outcomes | None](), 0
    for i, each in questions.items():
        cut[i], at = outcomes.part(at, at + len(each)), at + len(each)
    return cut


def _of_unit(asked: WhatIf, row: int) -> _Steps:
    scores = asked.scores.of_unit(row)
    tree = scores.tree
    if not tree.grades:
        return Advice(row, Outlook.NO_GRADES)
    if scores.submissions[row] is None or scores.total_status(row) is not Status.SCORED:
        return Advice(row, Outlook.NOT_SCORED, scores.grades[row])
    now = yield [(row, _UNCHANGED)]
    names = [grade.name for grade in tree.grades]
    grade = scores.grades[row]
    level = names.index(grade) if grade else len(names)
    if level == 0:
        return Advice(row, Outlook.TOP, grade, figure=float(scores.graded[row]))
    target = tree.grades[level - 1]
    held = _held_by(scores, row, level - 1)
    by_place = _by_place(scores, row, held)
    advice = Advice(
        row,
        Outlook.UNCERTAIN,
        grade,
        target.name,
        line=target.line(scores.units[row].cohort),
        nearest=_nearest(tree, target, scores.units[row].cohort),
        figure=float(scores.graded[row]),
        obstacles=tuple(
            dict.fromkeys(
                (
                    *(why for why in scores.grade_reasons[row] if why not in PROVISIONAL and why != "line"),
                    *(f"veto:{code}" for code in held),
                )
            )
        ),
        has_quota=target.quota is not None,
        places=quota_limit(target.quota.share, target.quota.at_least, scores.cohort_size(row))
        if target.quota
        else None,
        before=int(scores.rank[row]) - 1 if target.quota and scores.rank[row] else None,
        by_place=by_place,
    )
    if {"coverage", "no_score"} & set(advice.obstacles):
        at = _level(scores, row, advice.figure)
        advice = replace(
            advice, outlook=Outlook.UNGRADED, target=names[at] if at < len(names) else "", line=float("nan")
        )
    elif any(veto.total_zero for veto in tree.vetoes if veto.code in held):
        is_placed = all(veto.code in by_place for veto in tree.vetoes if veto.total_zero and veto.code in held)
        return replace(advice, outlook=Outlook.BY_PLACE if is_placed else Outlook.HELD)
    ways = directions(tree, target)
    counts = [ways[node.code] is not Direction.NONE for node in tree.nodes]
    is_own = any(ways[one.code] is not Direction.NONE and one.code not in asked.compared for one in tree.indicators)
    if not is_own or not np.array_equal(_comparable(now.scores[0][counts]), _comparable(scores.scores[row][counts])):
        return advice
    if advice.outlook is Outlook.UNCERTAIN and now.levels[0] <= level - 1:  # only other units are in the way
        return replace(advice, outlook=Outlook.BARRED)
    sign = 1.0 if target.at_most is None else -1.0
    tied = _tied(asked, row, ways)
    candidates, aside, shared = yield from improvements_at(asked, row, sign, ways, tied)
    advice = replace(advice, shared=shared)
    fit = fit_of(tree, asked.answers, row)
    found = yield from _sought(row, candidates, tied, fit, level - 1, sign)
    chosen = found.chosen
    if chosen is None and advice.outlook is Outlook.UNGRADED:
        return replace(advice, aside=aside)
    if chosen is None:
        advice = replace(advice, reached=found.best, aside=aside)
        if set(held) - set(by_place) and _level(scores, row, found.best) <= level - 1:
            return replace(advice, outlook=Outlook.HELD, reached=float("nan"), aside=())
        if found.conditions:
            return replace(advice, outlook=Outlook.CHECKS, conditions=found.conditions)
        return replace(advice, outlook=Outlook.OUT_OF_REACH)
    improvements, then = yield from _told(row, chosen, now, scores.node_column)
    advice = replace(
        advice,
        reached=float(then.figures[0]),
        improvements=improvements,
        aside=aside,
        conditions=fit.undecided(all_of(chosen)),
    )
    if advice.outlook is Outlook.UNGRADED:
        return replace(advice, target=names[int(then.levels[0])])
    return replace(advice, outlook=Outlook.REACHABLE)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What was found: improvements that suffice, or None; and then the figure that all there are come to.

    ``conditions``: what the checks say that each at its best breaks, where no answers were found that keep them and
    reach the grade, and not all there are were tried.
    """

    chosen: list[Found] | None
    best: float = float("nan")
    conditions: tuple[str, ...] = ()


def _sought(
    row: int, candidates: Sequence[Found], tied: Mapping[str, Tied], fit: Fit, level: int, sign: float
) -> Generator[Sequence[Question], Outcomes, _Sought]:
    """The improvements that reach grade number ``level`` and keep the checks over several indicators."""
    chosen = yield from enough(row, candidates, level, fit)
    if chosen is not None:
        return _Sought(chosen)
    each = all_of(candidates)
    if fit.holds(each):
        return _Sought(None, float((yield [(row, each)]).figures[0]))
    joint = yield from jointly(row, each, tied, fit, sign)
    if joint is not None:
        chosen = yield from enough(row, _joined(candidates, tied, joint.changed), level, fit)
        if chosen is not None:
            return _Sought(chosen)
    outcomes = yield [(row, each), (row, each if joint is None else joint.changed)]
    if (joint is None or not joint.is_best) and outcomes.levels[0] <= level:
        return _Sought(None, float(outcomes.figures[0]), tuple(check.says for check, _ in fit.broken(each)))
    return _Sought(None, float(outcomes.figures[1]))


def _joined(candidates: Sequence[Found], tied: Mapping[str, Tied], changed: Mapping[str, float]) -> list[Found]:
    """The improvements behind joint answers, by key: those of one indicator alone stay as they were found."""
    alone = {one.indicator.code: one for one in candidates}
    joined = [one for one in candidates if all_of([one]).items() <= changed.items()]
    kept = {one.indicator.code for one in joined}
    for code, part in tied.items():
        moved = {own: changed[key] for own, key in part.indicator.keys.items() if key in changed}
        if code not in kept and any(part.given.get(own) != figure for own, figure in moved.items()):
            found = alone.get(code)
            gains = (found.gain, found.gain_total) if found is not None else (0.0, 0.0)
            joined.append(Found(part.indicator, part.given, ({**part.given, **moved},), *gains))
    return joined


def _tied(asked: WhatIf, row: int, ways: Mapping[str, Direction]) -> dict[str, Tied]:
    """The indicators whose answers may move, whatever they have lost."""
    scores, found = asked.scores.of_unit(row), dict[str, Tied]()
    if not any(block.checks for block in scores.tree.blocks):
        return found  # as in most trees
    may_move: dict[str, tuple[Indicator, Figures]] = {}
    for indicator in scores.tree.indicators:
        given = given_figures(asked, row, indicator, {})
        if ways[indicator.code] is not Direction.NONE and why_aside(asked, scores, row, indicator, given) is None:
            may_move[indicator.code] = indicator, given
    moving = frozenset(each.keys[one.code] for each, given in may_move.values() for one in movable(each, given))
    for code, (indicator, _) in may_move.items():
        held, others = with_spanning(scores.tree, indicator, moving)
        found[code] = Tied(held, given_figures(asked, row, indicator, others))
    return found


def _held_by(scores: Scores, row: int, level: int) -> tuple[str, ...]:
    """The vetoes that struck the unit and keep it from the grade of this number, or its total at the worst."""
    tree = scores.tree
    ends = {veto.code for veto in tree.vetoes if veto.total_zero}
    codes = dict.fromkeys(code for code, _ in scores.vetoes[row])
    return tuple(code for code in codes if code in ends or level in tree.bars.get(code, frozenset()))


def _by_place(scores: Scores, row: int, held: Sequence[str]) -> tuple[str, ...]:
    """Those of these vetoes that nothing but a comparison with other units triggered (its place at a node)."""
    comparing = comparing_vetoes(scores.tree)
    own = {veto for veto, code in scores.vetoes[row] if (veto, code) not in comparing}
    return tuple(code for code in held if code not in own)


def _nearest(tree: Tree, target: Grade, cohort: str) -> float:
    """The figure closest to a line that is left out; nan where the line itself is enough, or nothing is rounded."""
    rounding = tree.grade_rounding
    if rounding is None or not target.is_strict:
        return float("nan")
    return rounding.next_to(target.line(cohort), is_above=not target.is_up_to)


def _level(scores: Scores, row: int, figure: float) -> int:
    """The number of the grade whose line the figure reaches, whatever else bars it; one past the last for none."""
    return int(levels_of(scores, row, np.array([figure]))[0])


def _comparable(numbers: FloatArray) -> FloatArray:
    """The numbers with -inf in place of nan, so that they can be compared."""
    return np.where(np.isnan(numbers), -np.inf, np.round(numbers, DUST_DECIMALS))


def _told(
    row: int, chosen: Sequence[Found], now: Outcomes, columns: Mapping[str, int]
) -> Generator[Sequence[Question], Outcomes, tuple[tuple[Improvement, ...], Outcomes]]:
    """The improvements for the report: each with what it gains alone, and the outcome of all of them."""
    outcomes = yield [(row, all_of(chosen)), *((row, all_of([candidate])) for candidate in chosen)]
    improved = []
    for i, candidate in enumerate(chosen, start=1):
        final = candidate.options[-1]
        changes = tuple(
            FigureChange(asked.code, candidate.given.get(asked.code, float("nan")), final[asked.code])
            for asked in candidate.indicator.fields
            if asked.code in final and final[asked.code] != candidate.given.get(asked.code)
        )
        at = columns[candidate.indicator.code]
        gain = float(np.nan_to_num(outcomes.scores[i, at]) - np.nan_to_num(now.scores[0, at]))
        improved.append(
            Improvement(candidate.indicator.code, changes, gain, abs(float(outcomes.figures[i] - now.figures[0])))
        )
    return tuple(sorted(improved, key=lambda candidate: -round(candidate.gain_total, 6))), outcomes.part(0, 1)
