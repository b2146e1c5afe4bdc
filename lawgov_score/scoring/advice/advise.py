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
from lawgov_score.model import PROVISIONAL, AnswerState, Indicator, Scores, Status, Tree, Why, field_key
from lawgov_score.model.advice import Advice, Aside, FigureChange, Improvement, Outlook, SetAside
from lawgov_score.model.assessed import Assessed
from lawgov_score.processes import Desk, sent
from lawgov_score.rounding import DUST_DECIMALS, FloatArray
from lawgov_score.scoring.advice.improve import Figures, Search, keyed, search, why_left
from lawgov_score.scoring.advice.shortest import Found, all_of, enough
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
    scores, tree = asked.scores, asked.scores.tree
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
    printed = target.at_least if target.at_most is None else target.at_most
    advice = Advice(
        row,
        Outlook.UNCERTAIN,
        grade,
        target.name,
        line=target.lines.get(scores.units[row].cohort, printed),
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
    )
    if {"coverage", "no_score"} & set(advice.obstacles):
        at = _level(scores, row, advice.figure)
        advice = replace(
            advice, outlook=Outlook.UNGRADED, target=names[at] if at < len(names) else "", line=float("nan")
        )
    elif any(veto.total_zero for veto in tree.vetoes if veto.code in held):
        return replace(advice, outlook=Outlook.HELD)
    if _compares_groups(tree) or not np.array_equal(_comparable(now.scores[0]), _comparable(scores.scores[row])):
        return advice
    if advice.outlook is Outlook.UNCERTAIN and now.levels[0] <= level - 1:  # a quota is the only obstacle
        return replace(advice, outlook=Outlook.BARRED)
    sign = 1.0 if target.at_most is None else -1.0
    candidates, aside = yield from _improvements(asked, row, sign)
    chosen = yield from enough(row, candidates, level - 1)
    if chosen is None and advice.outlook is Outlook.UNGRADED:
        return replace(advice, aside=aside)
    if chosen is None:
        best = float((yield [(row, all_of(candidates))]).figures[0])
        if held and _level(scores, row, best) <= level - 1:
            return replace(advice, outlook=Outlook.HELD)
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


def _level(scores: Scores, row: int, figure: float) -> int:
    """The number of the grade whose line the figure reaches, whatever else bars it; one past the last for none."""
    grades = scores.tree.grades
    lines = [grade.line(scores.units[row].cohort) for grade in grades]
    return int(reached(np.array([figure]), lines, [grade.is_up_to for grade in grades])[0])


def _compares_groups(tree: Tree) -> bool:
    """Does a group's rule (or the total's) compare units? Then its score hangs on answers of others."""
    rules = (tree.rule, *(group.rule for group in tree.evaluation))
    return any(rule is not None and rule.RELATIVE for rule in rules)


def _comparable(numbers: FloatArray) -> FloatArray:
    """The numbers with -inf in place of nan, so that they can be compared."""
    return np.where(np.isnan(numbers), -np.inf, np.round(numbers, DUST_DECIMALS))


def _improvements(
    asked: WhatIf, row: int, sign: float
) -> Generator[Sequence[Question], Outcomes, tuple[list[Found], tuple[SetAside, ...]]]:
    """The best answers at every indicator, the largest gain in the total first; and the points that are left aside."""
    scores, tree = asked.scores, asked.scores.tree
    changed = {one.indicator for one in scores.review.changes if one.unit == scores.units[row].code}
    aside: list[SetAside] = []
    running: dict[str, Search] = {}
    losing: dict[str, float] = {}
    starts: dict[str, tuple[Indicator, Figures, float]] = {}
    for indicator in tree.indicators:
        at = scores.at(row, indicator.code)
        own = -sign if indicator.weight is not None and indicator.weight < 0 else sign
        score, lost = at.earned, at.points - at.earned if own > 0 else at.earned
        if not at.applies or lost <= DUST:
            continue
        given = _given(asked, row, indicator)
        if indicator.code in asked.compared:
            why: Aside | None = Aside.RELATIVE
        elif indicator.code in changed or at.status is Status.NOT_REVIEWED:
            why = Aside.REVIEW
        elif not scores.is_asked(row, indicator.code):
            why = Aside.REVIEW if scores.replaced(row, indicator.code) is Why.CLAIM else Aside.FACTS
        else:
            why = why_left(indicator, given)
        if why is not None:
            aside.append(SetAside(indicator.code, why, lost))
            continue
        starts[indicator.code] = indicator, given, score
        losing[indicator.code] = lost
        running[indicator.code] = search(indicator, given, score, own)
    options = yield from _searched(asked, row, running)
    done = [(code, each) for code, each in options.items() if each]
    aside += [SetAside(code, Aside.FACTS, losing[code]) for code, each in options.items() if not each]
    if not done:
        return [], tuple(aside)
    outcomes = yield [(row, _UNCHANGED), *((row, keyed(starts[code][0], each[-1])) for code, each in done)]
    candidates = []
    for i, (code, each) in enumerate(done, start=1):
        indicator, given, score = starts[code]
        gain = float(outcomes.scores[i, scores.node_column[code]]) - score
        total = (float(outcomes.figures[i]) - float(outcomes.figures[0])) * sign
        if total < -DUST:
            continue  # scores more at the indicator but less in total
        candidates.append(Found(indicator, given, each, gain, total))
    order = {each.code: i for i, each in enumerate(tree.indicators)}
    candidates.sort(key=lambda one: (-round(one.gain_total, 6), -round(abs(one.gain), 6), order[one.indicator.code]))
    return candidates, tuple(aside)


def _given(asked: WhatIf, row: int, indicator: Indicator) -> Figures:
    return {
        each.code: float(asked.answers.values[key][row])
        for each in indicator.fields
        if asked.answers.states[key := field_key(indicator, each)][row] == AnswerState.GIVEN
        and not np.isnan(asked.answers.values[key][row])
    }


def _searched(
    asked: WhatIf, row: int, running: Mapping[str, Search]
) -> Generator[Sequence[Question], Outcomes, dict[str, tuple[Figures, ...]]]:
    """Runs all searches of one unit together; the figures found by indicator code."""
    by_code = {each.code: each for each in asked.scores.tree.indicators}
    column = asked.scores.node_column
    done = dict[str, tuple[Figures, ...]]()
    sent: dict[str, FloatArray | None] = dict.fromkeys(running)
    while sent:
        wanted: dict[str, Sequence[Figures]] = {}
        for code, scores in sent.items():
            try:
                wanted[code] = next(running[code]) if scores is None else running[code].send(scores)
            except StopIteration as finished:
                done[code] = finished.value
        questions = [(row, keyed(by_code[code], figures)) for code, each in wanted.items() for figures in each]
        sent, at = {}, 0
        if questions:
            outcomes = yield questions
            for code, each in wanted.items():
                sent[code], at = outcomes.scores[at : at + len(each), column[code]], at + len(each)
    return {code: done[code] for code in running}


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
