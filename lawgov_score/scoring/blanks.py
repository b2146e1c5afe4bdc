"""Blanks that pay: answers that a unit left blank to its own advantage, and whether its grade depends on them.

A blank can pay if it leaves a veto open, at a 扣分项 (nothing is deducted), if blanks leave the denominator
(`missing: exclude`), and if less is better. This is not assumed but computed: the engine scores the unit with its
blanks answered as badly, and as well, as possible.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.explanation import vetoes as veto_words
from lawgov_score.measure.ladder import quota_limit
from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import (
    Answer,
    AnswerState,
    Group,
    Indicator,
    Missing,
    Roster,
    Scores,
    Status,
    Tree,
    Way,
    WhenZero,
    field_key,
)
from lawgov_score.problems import NodePlace, Problem
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.scoring.adjust import open_vetoes
from lawgov_score.scoring.advice.whatif import Outcomes, Supposed, WhatIf, what_if
from lawgov_score.scoring.answers import Answers
from lawgov_score.scoring.office import previous_of
from lawgov_score.scoring.values import Context

BLANK_AT_VETO, BLANKS_PAY = "blank_at_veto", "blanks_pay"  # reasons of a provisional grade
_FAR = 1e6  # points of a rule without an upper end
_MOST_TOGETHER = 5  # blanks tried in every combination where neither end need be the worst
_MOST_TRIED = 64  # answers of one indicator
_NOT_ORDERED = frozenset({Way.WEAKEST_LINK, Way.LOOKUP, Way.EXPRESSION})  # a better part need not make a better whole

Ends = tuple[float, float]


def check_blanks(tree: Tree, units: Roster, answers: Answers, years: FloatArray) -> Iterator[Problem]:
    """R122 and R123 before scoring: every unit's blanks at places where a blank may pay.

    ``answers``, ``years``: aligned with ``units``, all of which have sent something.
    """
    size = len(units)
    context = Context(answers.applicable, np.zeros(size, dtype=np.intp), years, {}, {}, {})
    pays = paying(tree)
    at_vetoes = _at_vetoes(tree, answers, context, np.ones(size, dtype=bool))
    # What the office fills in is nobody's blank yet; R117 says it once there are scores.
    asked = {row: [one for one in found if not _is_of_office(tree, one[1])] for row, found in at_vetoes.items()}
    at_vetoes = {row: found for row, found in asked.items() if found}
    blank: dict[int, list[str]] = {}
    for i, indicator in enumerate(tree.indicators):
        # of groups that are blank as a whole, the scores tell
        if pays.get(indicator.code) != () or indicator.is_of_office or not _asked(indicator):
            continue
        states = [answers.states[field_key(indicator, one)] for one in _asked(indicator)]
        is_blank = answers.applicable[:, i] & np.any(np.stack(states) == AnswerState.MISSING, axis=0)
        for row in np.flatnonzero(is_blank).tolist():
            blank.setdefault(row, []).append(indicator.code)
    for row in sorted(at_vetoes.keys() | blank.keys()):
        yield from _said(tree, units[row].code, at_vetoes.get(row, ()), blank.get(row, ()))


def with_blanks(scores: Scores) -> Scores:
    """``scores`` with R122 and R123 for blanks that pay, and with provisional grades where they decide."""
    asked = _BlankTrials(scores, what_if(scores)) if _may_pay(scores) else None
    if asked is None:
        return scores
    problems: list[Problem] = []
    reasons = list(scores.grade_reasons)
    for row, (vetoes, codes, is_open) in asked.found().items():
        problems += _said(scores.tree, scores.units[row].code, vetoes, codes)
        if is_open and scores.grades[row]:
            own = [BLANK_AT_VETO] * bool(vetoes) + [BLANKS_PAY] * bool(codes)
            reasons[row] = (*reasons[row], *own)
    return replace(scores, problems=(*scores.problems, *problems), grade_reasons=tuple(reasons))


def paying(tree: Tree) -> Mapping[str, tuple[str, ...]]:
    """Codes of the indicators that a unit may gain by leaving blank, with the groups that must be blank too.

    The groups must be blank as a whole, since blanks leave the denominator only above them; none if the indicator's
    own blank is enough.
    """
    signs, by_indicator = signs_of(tree), dict[str, tuple[str, ...]]()
    for indicator in tree.indicators:
        above = [one for one in tree.ancestors(indicator.code) if isinstance(one, Group)]
        if (
            -1 in signs[indicator.code]
            or tree.policies.lower_is_better
            or _excludes(tree, above[-1] if above else None)
        ):
            by_indicator[indicator.code] = ()
        else:
            holders: list[Group | None] = [None, *above][:-1]  # of each group above, what it counts in
            groups = tuple(one.code for one, holder in zip(above, holders, strict=True) if _excludes(tree, holder))
            if groups:
                by_indicator[indicator.code] = groups
    return by_indicator


def _excludes(tree: Tree, holder: Group | None) -> bool:
    """Do blanks leave the denominator at a group, or at the root (None)?"""
    code = tree.code if holder is None else holder.code
    return tree.missing_at(code) is Missing.EXCLUDE and tree.holder(code).aggregation.way is not Way.NONE


def signs_of(tree: Tree) -> Mapping[str, frozenset[int]]:
    """Node code -> directions in which the graded figure moves with the node's score: 1, −1, both, or an empty set."""
    directions: dict[str, set[int]] = {node.code: set() for node in tree.nodes}
    todo = [(tree.policies.grade_by or tree.code, 1)]
    if tree.policies.grade_by:
        directions[tree.policies.grade_by].add(1)
        todo.append((tree.code, 1))
    while todo:
        code, sign = todo.pop()
        holder = tree if code == tree.code else tree.by_code[code]
        rule = getattr(holder, "rule", None) if not isinstance(holder, Indicator) else None
        turned = -sign if rule is not None and rule.is_most_at_nothing(0.0) else sign
        for node, weight in tree.parts_of(code) if not isinstance(holder, Indicator) else ():
            own = -turned if weight is not None and weight < 0 else turned
            if weight != 0 and own not in directions[node.code]:
                directions[node.code].add(own)
                todo.append((node.code, own))
    return {code: frozenset(signs) for code, signs in directions.items()}


def _asked(indicator: Indicator) -> tuple[Field, ...]:
    return tuple(one for one in indicator.deciding if not one.substitute)


def _is_of_office(tree: Tree, code: str) -> bool:
    node = tree.by_code[code]
    return isinstance(node, Indicator) and node.is_of_office


def _at_vetoes(tree: Tree, answers: Answers, context: Context, rows: BoolArray) -> dict[int, list[tuple[str, str]]]:
    """Row -> (veto, indicator) of every veto that a blank leaves undecided."""
    by_row: dict[int, list[tuple[str, str]]] = {}
    for row, veto, code in open_vetoes(tree, answers, context, rows):
        by_row.setdefault(row, []).append((veto, code))
    return by_row


def _said(tree: Tree, unit: str, open_at: Sequence[tuple[str, str]], codes: Sequence[str]) -> Iterator[Problem]:
    if open_at:
        known = {veto.code: veto for veto in tree.vetoes}
        figures = {
            "vetoes": tuple(veto_words.named(known[code]) for code in dict.fromkeys(veto for veto, _ in open_at)),
            "found": tuple(veto_words.node_named(tree, code) for code in dict.fromkeys(code for _, code in open_at)),
        }
        yield Problem(Code.R122, NodePlace(unit), figures)
    if codes:
        yield Problem(Code.R123, NodePlace(unit), {"found": tuple(veto_words.node_named(tree, code) for code in codes)})


def _may_pay(scores: Scores) -> bool:
    """May a blank pay anywhere in this tree? Hardly any tree has such a place, and the full test is slow."""
    return any(indicator.vetoes for indicator in scores.tree.indicators) or bool(paying(scores.tree))


@dataclass
class _BlankTrials:
    """The units with blanks that may pay, and their what-if scores."""

    scores: Scores
    engine: WhatIf

    @cached_property
    def _signs(self) -> Mapping[str, frozenset[int]]:
        return signs_of(self.scores.tree)

    def found(self) -> dict[int, tuple[list[tuple[str, str]], list[str], bool]]:
        """Row -> (veto, indicator) left open, codes of blanks that pay, and whether the grade depends on them."""
        scores = self.scores
        came = np.array([submission is not None for submission in scores.submissions], dtype=bool)
        is_scored = came & ~np.isnan(scores.total)
        before = previous_of(scores.tree, scores.units, scores.previous)
        context = Context(self.engine.answers.applicable, scores.cohorts, scores.years, before, {}, {})
        vetoes = _at_vetoes(scores.tree, self.engine.answers, context, is_scored)
        own = {row: {code for code, _ in scores.vetoes[row]} for row in vetoes}
        vetoes = {
            row: [one for one in undecided if one[0] not in own[row] and not self._waits(row, one[1])]
            for row, undecided in vetoes.items()
        }
        blanks = self._blanks(is_scored)
        rows = sorted({row for row, undecided in vetoes.items() if undecided} | blanks.keys())
        ends = self._ends(rows, blanks)
        cases = {row: self._cases(row, ends.get(row, {}), [v for v, _ in vetoes.get(row, ())]) for row in rows}
        if not rows:
            return {}
        outcomes = self.engine.suppose([case for row in rows for case in cases[row]])
        undecided, at = {}, 0
        for row in rows:
            pays, is_open = self._judged(row, outcomes.part(at, at + len(cases[row])))
            codes = list(ends.get(row, {})) if pays else []
            if vetoes.get(row) or codes:
                undecided[row] = (vetoes.get(row, []), codes, is_open and (pays or bool(vetoes.get(row))))
            at += len(cases[row])
        return undecided

    def _waits(self, row: int, code: str) -> bool:
        """Does the office itself still owe this item? R117 says so, and the grade is provisional anyway."""
        scores = self.scores
        is_open = scores.status[row, scores.node_column[code]] == Status.NOT_REVIEWED
        return _is_of_office(scores.tree, code) and bool(is_open)

    def _blanks(self, is_scored: BoolArray) -> dict[int, list[Indicator]]:
        """Row -> the indicators concerned that the unit left blank or answered illegibly."""
        scores, pays = self.scores, paying(self.scores.tree)
        by_row: dict[int, list[Indicator]] = {}
        for indicator in scores.tree.indicators:
            if indicator.code in pays and not indicator.is_of_office and _asked(indicator):
                status = scores.status[:, scores.node_column[indicator.code]]
                is_blank = ((status == Status.MISSING) | (status == Status.INVALID)) & is_scored
                if groups := pays[indicator.code]:
                    columns_of = [scores.node_column[code] for code in groups]
                    is_blank &= (scores.status[:, columns_of] == Status.MISSING).any(axis=1)
                for row in np.flatnonzero(is_blank).tolist():
                    by_row.setdefault(row, []).append(indicator)
        return by_row

    # ------------------------------------------------------------ how bad, and how good, a blank may be

    def _ends(self, rows: Sequence[int], blanks: Mapping[int, list[Indicator]]) -> dict[int, dict[str, Ends]]:
        """Row -> code -> the lowest and the highest score that any answer to the blank could get."""
        ends: dict[int, dict[str, Ends]] = {}
        partly: list[tuple[int, Indicator, list[Mapping[str, float]]]] = []
        for row in rows:
            for indicator in blanks.get(row, ()):
                by_type = self.scores.of_unit(row).tree.indicators[self.scores.indicator_column[indicator.code]]
                ends.setdefault(row, {})[indicator.code] = _bounds(by_type)
                tried = list(self._tries(row, indicator))
                if tried:
                    partly.append((row, indicator, tried))
        questions = [(row, answers) for row, _, tried in partly for answers in tried]
        at = 0
        scored = self.engine.ask(questions).scores if questions else np.zeros((0, len(self.scores.tree.nodes)))
        for row, indicator, tried in partly:
            own = scored[at : at + len(tried), self.scores.node_column[indicator.code]]
            at += len(tried)
            if not np.isnan(own).all():
                ends[row][indicator.code] = (float(np.nanmin(own)), float(np.nanmax(own)))
        return ends

    def _tries(self, row: int, indicator: Indicator) -> Iterator[Mapping[str, float]]:
        """Answers to try if only some of the indicator is blank; none if all of it is."""
        submission = self.scores.submissions[row]
        assert submission is not None  # only who came has blanks
        given = {one.code: submission.answers.get(field_key(indicator, one)) for one in _asked(indicator)}
        known = {code: _figure(answer) for code, answer in given.items()}
        blank = [one for one in _asked(indicator) if np.isnan(known[one.code])]
        if len(blank) == len(given):
            return
        for n, figures in enumerate(product(*(_candidates(one, known) for one in blank))):
            if n >= _MOST_TRIED:
                return
            tried = dict(zip((one.code for one in blank), figures, strict=True))
            if _keeps_bounds(indicator, {**known, **tried}):
                yield {indicator.keys[code]: figure for code, figure in tried.items()}

    # ------------------------------------------------------------ what the unit would get

    def _cases(self, row: int, ends: Mapping[str, Ends], vetoes: Sequence[str]) -> list[Supposed]:
        """The unit as it is, at its best, at its worst, and other cases that may be worse than either."""
        tree, signs = self.scores.tree, self._signs
        turned = -1 if tree.policies.lower_is_better else 1

        def end(code: str, *, best: bool) -> float:
            low, high = ends[code]
            rises = 1 in signs[code] or not signs[code]
            return high if (rises == best) == (turned == 1) else low

        every = tuple(dict.fromkeys(vetoes))
        cases = [
            Supposed(row),
            Supposed(row, {code: end(code, best=True) for code in ends}),
            Supposed(row, {code: end(code, best=False) for code in ends}, every),
        ]
        if any(len(signs[code]) != 1 for code in ends) or not _is_ordered(tree):
            codes = list(ends)
            if len(codes) <= _MOST_TOGETHER:
                for some in product((0, 1), repeat=len(codes)):
                    cases.append(Supposed(row, {code: ends[code][n] for code, n in zip(codes, some, strict=True)}))
            else:
                cases += [Supposed(row, {code: ends[code][n]}) for code in codes for n in (0, 1)]
        return cases

    def _judged(self, row: int, outcomes: Outcomes) -> tuple[bool, bool]:
        """Would some answer make the unit worse off than its blanks do? Does its grade depend on them?

        ``outcomes``: of the unit's cases, the first of them as it is.
        """
        scores, levels, totals = self.scores, outcomes.levels, outcomes.totals
        sign = -1.0 if scores.tree.policies.lower_is_better else 1.0
        figures = np.where(np.isnan(totals), -np.inf, sign * totals)
        graded = _graded(scores.tree, outcomes.figures)
        pays = bool((figures < figures[0] - DUST).any() or (graded < graded[0] - DUST).any())
        pays = pays or bool((levels > levels[0]).any())
        is_open = len(set(levels.tolist())) > 1
        return pays, is_open or self._hangs_on_quota(row, int(levels[0]), sign * totals)

    def _hangs_on_quota(self, row: int, level: int, totals: FloatArray) -> bool:
        """Do some of these totals (higher is better) fit the quota of the unit's grade, and others not?"""
        scores, grades = self.scores, self.scores.tree.grades
        quota = scores.tree.quotas.get(level)
        if quota is None or np.isnan(totals).any():
            return False
        inside = scores.cohorts == scores.cohorts[row]
        limit = quota_limit(quota.share, quota.at_least, scores.cohort_size(row))
        name = grades[level].name
        holds = np.array(
            [g == name or "quota" in why for g, why in zip(scores.grades, scores.grade_reasons, strict=True)]
        )
        holds[row] = False
        judged = scores.ranked_by
        sign = -1.0 if scores.tree.policies.lower_is_better else 1.0
        others = sign * judged[inside & holds]
        ahead = np.array([(others > total).sum() for total in totals])
        tied = np.array([(others == total).sum() for total in totals])
        fits = (ahead + tied + 1 <= limit) | ((quota.at_least > 0) & (ahead == 0))
        return bool(fits.any() and not fits.all())


def _graded(tree: Tree, figures: FloatArray) -> FloatArray:
    """The graded figures, turned so that higher is better."""
    falls = any(grade.at_most is not None for grade in tree.grades)
    return np.where(np.isnan(figures), -np.inf, -figures if falls else figures)


def _is_ordered(tree: Tree) -> bool:
    """Does a better part always improve the whole, at every level of the tree?"""
    return not ({tree.aggregation.way, *(group.aggregation.way for group in tree.evaluation)} & _NOT_ORDERED)


def _bounds(indicator: Indicator) -> Ends:
    """The lowest and the highest possible score of the indicator."""
    ends = [rule.bounds for rule in indicator.rules]
    instead = indicator.instead
    policies = [indicator.on_zero, indicator.no_previous, indicator.no_mean]
    policies += instead.by.values() if instead is not None else []
    settled = [
        one.share * indicator.points
        for one in policies
        if one is not None and one.what in {WhenZero.SHARE, WhenZero.TARGET}
    ]
    low = min([*(low for low, _ in ends), *settled])
    high = max([*(high for _, high in ends), *settled])
    return max(low, -_FAR), min(high, _FAR)


def _figure(answer: Answer | None) -> float:
    """The number given; nan if there is none that counts."""
    is_given = answer is not None and answer.state is AnswerState.GIVEN and isinstance(answer.value, float)
    return answer.value if is_given and answer is not None and isinstance(answer.value, float) else float("nan")


def _candidates(asked: Field, known: Mapping[str, float]) -> list[float]:
    """Answers at the ends of a field's range: its bounds, yes and no, every choice."""
    match asked.type:
        case FieldType.YES_NO:
            return [0.0, 1.0]
        case FieldType.CHOICE:
            return [float(i) for i in range(len(asked.choices)) if i not in asked.missing_choices]
        case FieldType.DATE:
            first, last = (_number(bound, known) for bound in (asked.at_least, asked.at_most))
            days = [18_264.0 if np.isnan(first) else first, 73_415.0 if np.isnan(last) else last]
            return [*days, *([float("inf")] if asked.never else [])]
    least, most = (_number(bound, known) for bound in (asked.at_least, asked.at_most))
    low = 0.0 if np.isnan(least) else least
    return [low, _FAR if np.isnan(most) else most, *([0.0] if low < 0 else [])]


def _number(bound: float | str | None, known: Mapping[str, float]) -> float:
    if isinstance(bound, str):
        return known.get(bound, float("nan"))
    return float("nan") if bound is None else bound


def _keeps_bounds(indicator: Indicator, figures: Mapping[str, float]) -> bool:
    """Do the answers respect the bounds that they set for one another?"""
    for asked in _asked(indicator):
        own = figures[asked.code]
        least, most = _number(asked.at_least, figures), _number(asked.at_most, figures)
        if own < least - DUST or own > most + DUST:  # nan compares as False
            return False
    return True
