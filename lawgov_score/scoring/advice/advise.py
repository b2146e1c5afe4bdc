"""Advice: the shortest list of improvements by which a unit reaches its next grade (docs/explanation.md).

Every indicator's best answer is searched for; the indicators that give most are taken until the grade is reached;
whatever is not needed is taken out again; and what is left is cut back to the least that is still enough. Each step is
scored by the engine itself, so the advice is correct by construction: those answers reach the grade.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lawgov_score.measure.ladder import quota_limit, reached
from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import PROVISIONAL, AnswerState, Grade, Indicator, Scores, Status, Tree, Why
from lawgov_score.model.advice import Advice, Aside, FigureChange, Improvement, Outlook, SetAside
from lawgov_score.model.assessed import Assessed
from lawgov_score.processes import Desk, sent
from lawgov_score.rounding import DUST_DECIMALS, FloatArray
from lawgov_score.scoring.advice.direction import Direction, compares_units, directions
from lawgov_score.scoring.advice.improve import Figures, Search, keyed, left_shared, search, why_left
from lawgov_score.scoring.advice.shortest import Found, all_of, enough
from lawgov_score.scoring.advice.spanning import with_spanning
from lawgov_score.scoring.advice.whatif import Outcomes, Question, WhatIf, what_if

_UNCHANGED: Figures = {}


def advise(scores: Scores, rows: Sequence[int] | None = None, asked: WhatIf | None = None) -> tuple[Advice, ...]:
    """Advice for the units in ``rows``, all of them where none are given; in their order.

    ``asked``: the scores, ready for questions, where many calls have them in common.
    """
    wanted = range(len(scores.units)) if rows is None else rows
    ready = asked or what_if(scores)
    return tuple(_together(ready, [_of_unit(ready, row) for row in wanted]))


def advise_task(desk: Desk[Assessed], rows: Sequence[int]) -> bytes:
    """Advice for a block of units (a tuple), as ``sent`` makes it, in whichever process has the assessment."""
    scores = desk.context.scores
    return sent(advise(scores, rows, desk.once(_ready)))


def _ready(assessed: Assessed) -> WhatIf:
    return what_if(assessed.scores)


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
        by_place=_is_by_place(scores, row, held),
    )
    if {"coverage", "no_score"} & set(advice.obstacles):
        at = _level(scores, row, advice.figure)
        advice = replace(
            advice, outlook=Outlook.UNGRADED, target=names[at] if at < len(names) else "", line=float("nan")
        )
    elif any(veto.total_zero for veto in tree.vetoes if veto.code in held):
        return advice if advice.by_place else replace(advice, outlook=Outlook.HELD)
    ways = directions(tree, target)
    counts = [ways[node.code] is not Direction.NONE for node in tree.nodes]
    if compares_units(tree, ways) or not np.array_equal(
        _comparable(now.scores[0][counts]), _comparable(scores.scores[row][counts])
    ):
        return advice
    if advice.outlook is Outlook.UNCERTAIN and now.levels[0] <= level - 1:  # a quota is the only obstacle
        return replace(advice, outlook=Outlook.BARRED)
    sign = 1.0 if target.at_most is None else -1.0
    candidates, aside, shared = yield from _improvements(asked, row, sign, ways)
    advice = replace(advice, shared=shared)
    chosen = yield from enough(row, candidates, level - 1)
    if chosen is None and advice.outlook is Outlook.UNGRADED:
        return replace(advice, aside=aside)
    if chosen is None:
        best = float((yield [(row, all_of(candidates))]).figures[0])
        if held and _level(scores, row, best) <= level - 1:
            # A place among the last may improve with its figures, but how far hangs on the others.
            return advice if advice.by_place else replace(advice, outlook=Outlook.HELD)
        return replace(advice, outlook=Outlook.OUT_OF_REACH, reached=best, aside=aside)
    improvements, then = yield from _told(row, chosen, now, scores.node_column)
    advice = replace(advice, reached=float(then.figures[0]), improvements=improvements, aside=aside)
    if advice.outlook is Outlook.UNGRADED:
        return replace(advice, target=names[int(then.levels[0])])
    return replace(advice, outlook=Outlook.REACHABLE)


def _held_by(scores: Scores, row: int, level: int) -> tuple[str, ...]:
    """The vetoes that struck the unit and keep it from the grade of this number, or its total at the worst."""
    tree = scores.tree
    ends = {veto.code for veto in tree.vetoes if veto.total_zero}
    codes = dict.fromkeys(code for code, _ in scores.vetoes[row])
    return tuple(code for code in codes if code in ends or level in tree.bars.get(code, frozenset()))


def _is_by_place(scores: Scores, row: int, held: Sequence[str]) -> bool:
    """Does one of these vetoes rest on the unit's place at a node?"""
    last = {(node.last.veto, node.code) for node in scores.tree.nodes if node.last is not None}
    return any(pair in last and pair[0] in held for pair in scores.vetoes[row])


def _nearest(tree: Tree, target: Grade, cohort: str) -> float:
    """The figure closest to a line that is left out; nan where the line itself is enough, or nothing is rounded."""
    rounding = tree.grade_rounding
    if rounding is None or not target.is_strict:
        return float("nan")
    return rounding.next_to(target.line(cohort), is_above=not target.is_up_to)


def _level(scores: Scores, row: int, figure: float) -> int:
    """The number of the grade whose line the figure reaches, whatever else bars it; one past the last for none."""
    grades = scores.tree.grades
    lines = [grade.line(scores.units[row].cohort) for grade in grades]
    return int(reached(np.array([figure]), lines, [grade.key for grade in grades])[0])


def _comparable(numbers: FloatArray) -> FloatArray:
    """The numbers with -inf in place of nan, so that they can be compared."""
    return np.where(np.isnan(numbers), -np.inf, np.round(numbers, DUST_DECIMALS))


def _improvements(
    asked: WhatIf, row: int, sign: float, ways: Mapping[str, Direction]
) -> Generator[Sequence[Question], Outcomes, tuple[list[Found], tuple[SetAside, ...], tuple[str, ...]]]:
    """The best answers at every indicator, the largest gain in the total first; the points that are left aside; and the
    keys of 共用数据 that might be bettered.

    ``sign``: -1 where a lower figure is the better grade; ``ways``: of every node, from ``directions``.
    """
    scores = asked.scores.of_unit(row)
    tree = scores.tree
    changed = {one.indicator for one in scores.review.changes if one.unit == scores.units[row].code}
    aside: list[SetAside] = []
    running: dict[tuple[str, float], Search] = {}
    losing: dict[str, float] = {}
    starts: dict[str, tuple[Indicator, Figures, float]] = {}
    shared: list[str] = []
    for indicator in tree.indicators:
        at = scores.at(row, indicator.code)
        signs = ways[indicator.code].signs
        score, lost = at.earned, max((at.points - at.earned if own > 0 else at.earned for own in signs), default=0.0)
        if not at.applies or lost <= DUST:
            continue
        held, others = with_spanning(tree, indicator)
        given = _given(asked, row, indicator, others)
        if indicator.code in asked.compared:
            why: Aside | None = Aside.RELATIVE
        elif indicator.code in changed or at.status is Status.NOT_REVIEWED:
            why = Aside.REVIEW
        elif not scores.is_asked(row, indicator.code):
            why = Aside.REVIEW if scores.replaced(row, indicator.code) is Why.CLAIM else Aside.FACTS
        else:
            why = why_left(indicator, given)
            shared += left_shared(indicator)
        if why is not None:
            aside.append(SetAside(indicator.code, why, lost))
            continue
        starts[indicator.code] = indicator, given, score
        losing[indicator.code] = lost
        running |= {(indicator.code, own): search(held, given, score, own) for own in signs}
    options = yield from _searched(asked, row, running)
    done = [(code, each) for (code, _), each in options.items() if each]
    found = {code for code, _ in done}
    aside += [SetAside(code, Aside.FACTS, lost) for code, lost in losing.items() if code not in found]
    if not done:
        return [], tuple(aside), tuple(dict.fromkeys(shared))
    outcomes = yield [(row, _UNCHANGED), *((row, keyed(starts[code][0], each[-1])) for code, each in done)]
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
    return best, tuple(aside), tuple(dict.fromkeys(shared))


def _given(asked: WhatIf, row: int, indicator: Indicator, others: Mapping[str, str]) -> Figures:
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
