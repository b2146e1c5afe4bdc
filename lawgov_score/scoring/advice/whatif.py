"""What-if scoring: what units would get with other answers. Every question is one more row of the columns.

The other units stay as they are, so an indicator that compares units keeps its present score (pinned, as by a change
on review), and the mean that a unit without a score of its own would get is that of the others. Everything else is
scored again by the same engine. Quotas are ignored: they depend on other units.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType

import numpy as np

from lawgov_score.measure.cohorts import sum_of
from lawgov_score.model import (
    AnswerState,
    Change,
    Indicator,
    Node,
    Previous,
    RegisterEntry,
    Review,
    Scores,
    Tree,
    VetoTrigger,
)
from lawgov_score.problems import CellPlace
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, IntArray, without_dust
from lawgov_score.scoring.answers import Answers, columns
from lawgov_score.scoring.grade import graded_figures
from lawgov_score.scoring.nodes import NodeColumns
from lawgov_score.scoring.run import Assumed, score_columns

Answered = Mapping[str, float]  # field key -> the figure assumed instead
Question = tuple[int, Answered]  # a row of the scores, and the answers assumed instead
_NOTHING: Answered = MappingProxyType({})
_MOST_ROWS = 20_000  # questions scored in one run


@dataclass(frozen=True, slots=True)
class Supposed:
    """Assumptions about one row of the scores: scores by indicator code, and additional vetoes."""

    row: int
    scores: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Results of questions: ``figures`` (questions,), the graded figures; ``levels`` (questions,), numbers of grades.

    A level one past the last means no grade. ``scores``: (questions, nodes), nan where there is none.
    """

    figures: FloatArray
    levels: IntArray
    scores: FloatArray
    totals: FloatArray  # (questions,) the totals for ranking

    def part(self, first: int, last: int) -> "Outcomes":
        """The outcomes of the questions from ``first`` up to, not including, ``last``."""
        return Outcomes(*(getattr(self, one.name)[first:last] for one in fields(Outcomes)))


@dataclass(frozen=True)
class WhatIf:
    """One run of scores, ready for questions. Make it with ``what_if``."""

    scores: Scores
    answers: Answers
    tree: Tree  # without quotas, and without vetoes that compare units
    compared: tuple[str, ...]  # codes of the indicators with pinned scores
    kept: Mapping[int, tuple[str, ...]]  # row -> vetoes the unit has that depend on other units
    means: Mapping[str, FloatArray]  # (units,) by indicator code: the mean of the others of the unit's cohort
    groups: tuple[str, ...] = ()  # codes of the groups whose columns are held

    def of_one_unit(self) -> "WhatIf":
        """The same, for questions of one unit's own way up: what is worked out beside other units is held.

        Groups whose rule compares units keep their columns; vetoes that depend on other units bar no grade, and what
        they take off points stands.
        """
        known = {veto.code: veto for veto in self.tree.vetoes}
        codes = {code for each in self.kept.values() for code in each}
        lenient = tuple(replace(known[code], code=_lenient(code), bars=(), grade_at_most="") for code in sorted(codes))
        kept = {row: tuple(map(_lenient, each)) for row, each in self.kept.items()}
        groups = tuple(each.code for each in self.tree.evaluation if each.rule is not None and each.rule.RELATIVE)
        tree = replace(self.tree, vetoes=(*self.tree.vetoes, *lenient)) if lenient else self.tree
        return replace(self, tree=tree, groups=groups, kept=kept)

    def ask(self, questions: Sequence[Question]) -> Outcomes:
        """Scores every question; they may concern different units."""
        return self._all([Supposed(row) for row, _ in questions], [answered for _, answered in questions])

    def suppose(self, cases: Sequence[Supposed]) -> Outcomes:
        """The results if units had other scores at indicators, and further vetoes."""
        return self._all(cases, [_NOTHING] * len(cases))

    def _all(self, cases: Sequence[Supposed], answers: Sequence[Answered]) -> Outcomes:
        """Scores all cases, so many at a time that memory stays bounded."""
        parts = [
            self._asked(cases[at : at + _MOST_ROWS], answers[at : at + _MOST_ROWS])
            for at in range(0, max(len(cases), 1), _MOST_ROWS)
        ]
        columns_of = ([getattr(part, one.name) for part in parts] for one in fields(Outcomes))
        return parts[0] if len(parts) == 1 else Outcomes(*map(np.concatenate, columns_of))

    def _asked(self, cases: Sequence[Supposed], answers: Sequence[Answered]) -> Outcomes:
        scores, tree = self.scores, self.scores.tree
        rows = np.array([case.row for case in cases], dtype=np.intp)
        values = {key: column[rows] for key, column in self.answers.values.items()}
        states = {key: column[rows] for key, column in self.answers.states.items()}
        for i, answered in enumerate(answers):
            for key, figure in answered.items():
                values[key][i], states[key][i] = figure, AnswerState.GIVEN
        units = tuple(replace(scores.units[row], code=f"{scores.units[row].code}\0{i}") for i, row in enumerate(rows))
        codes = [scores.units[row].code for row in rows]
        copies = [unit.code for unit in units]
        new_scores = score_columns(
            self.tree,
            units,
            tuple(scores.submissions[row] for row in rows),
            Answers(values, states, np.asfortranarray(self.answers.applicable[rows])),
            _with(self._review(codes, rows, copies), cases, copies),
            _previous(scores.previous, codes, copies),
            Assumed(
                {code: scores.scores[rows, scores.node_column[code]] for code in self.compared},
                {code: mean[rows] for code, mean in self.means.items()},
                {code: self._columns(code, rows) for code in self.groups},
            ),
        )
        names = [grade.name for grade in tree.grades]
        levels = np.array([names.index(each) if each else len(names) for each in new_scores.grades], dtype=np.intp)
        judged = new_scores.ranked_by
        figures = graded_figures(tree, new_scores.total, new_scores.full_total, new_scores.scores)
        return Outcomes(figures, levels, new_scores.scores, judged)

    def _columns(self, code: str, rows: IntArray) -> NodeColumns:
        scores, at = self.scores, self.scores.node_column[code]
        return NodeColumns(
            scores.scores[rows, at], scores.points[rows, at], scores.status[rows, at], scores.tree.missing_at(code)
        )

    def _review(self, codes: Sequence[str], rows: IntArray, copies: Sequence[str]) -> Review:
        """The office's entries for every copy of a unit; no changes of scores that are pinned, which hold them."""
        review = self.scores.review
        all_of: dict[str, list[str]] = {}
        for code, copy in zip(codes, copies, strict=True):
            all_of.setdefault(code, []).append(copy)
        row_of, compared = dict(zip(codes, rows.tolist(), strict=True)), frozenset(self.compared)
        changes = [
            one
            for one in review.changes
            if one.unit in row_of
            and not (one.indicator in compared and self.scores.at(row_of[one.unit], one.indicator).is_scored)
        ]
        return Review(
            marks=tuple(replace(one, unit=copy) for one in review.marks for copy in all_of.get(one.unit, ())),
            changes=tuple(replace(one, unit=copy) for one in changes for copy in all_of[one.unit]),
            rulings=tuple(replace(one, unit=copy) for one in review.rulings for copy in all_of.get(one.unit, ())),
            register=(
                *(replace(one, unit=copy) for one in review.register for copy in all_of.get(one.unit, ())),
                *(
                    RegisterEntry(copy, veto, "", "", 1.0, 0.0, "", CellPlace(""))
                    for copy, row in zip(copies, rows, strict=True)
                    for veto in self.kept.get(int(row), ())
                ),
            ),
            answers={copy: given for unit, given in review.answers.items() for copy in all_of.get(unit, ())},
        )


def _with(review: Review, cases: Sequence[Supposed], copies: Sequence[str]) -> Review:
    """``review`` plus the assumptions of each copy: a score as a change on review, a veto as a line of the register."""
    changes = [
        Change(copy, code, float("nan"), score, "", "", float("inf"), CellPlace(""))
        for copy, case in zip(copies, cases, strict=True)
        for code, score in case.scores.items()
    ]
    lines = [
        RegisterEntry(copy, veto, "", "", 1.0, 0.0, "", CellPlace(""))
        for copy, case in zip(copies, cases, strict=True)
        for veto in case.vetoes
    ]
    if not changes and not lines:
        return review
    assumed = {(one.unit, one.indicator) for one in changes}
    stand = (one for one in review.changes if (one.unit, one.indicator) not in assumed)
    return replace(review, changes=(*stand, *changes), register=(*review.register, *lines))


def what_if(scores: Scores) -> WhatIf:
    """Prepares the run of ``scores`` for questions."""
    tree = scores.tree
    answers = columns(tree, scores.units, scores.submissions, scores.review)
    compared = tuple(each.code for each in tree.indicators if compares(each))
    means = {
        each.code: _mean_of_others(scores.compared.own_scores[each.code], scores.cohorts)
        for each in tree.indicators
        if each.takes_mean
    }
    comparing = comparing_vetoes(tree)
    kept = {
        row: tuple(dict.fromkeys(veto for veto, code in pairs if (veto, code) in comparing))
        for row, pairs in enumerate(scores.vetoes)
        if any(pair in comparing for pair in pairs)
    }
    grades = tuple(replace(grade, quota=None) for grade in tree.grades)
    alone = replace(tree, grades=grades, children=tuple(map(_alone, tree.children)) if comparing else tree.children)
    return WhatIf(scores, answers, alone, compared, kept, means)


def comparing_vetoes(tree: Tree) -> frozenset[tuple[str, str]]:
    """Vetoes that depend on other units, each with the code of the node that triggers it."""
    of_cohort = ((trigger.veto, each.code) for each in tree.indicators for trigger in each.vetoes if _looks(trigger))
    return frozenset(of_cohort) | {(node.last.veto, node.code) for node in tree.nodes if node.last is not None}


def _looks(trigger: VetoTrigger) -> bool:
    return bool(trigger.when.cohort)


def _lenient(code: str) -> str:
    """The code of the veto that takes off what this one does and bars nothing."""
    return f"{code}\0"


def _mean_of_others(own: FloatArray, cohorts: IntArray) -> FloatArray:
    """(units,): the mean of the unit's cohort without the unit itself; nan where no other has a score."""
    known = ~np.isnan(own)
    total, number = sum_of(own, cohorts), sum_of(known.astype(np.float64), cohorts)
    total, number = np.where(known, total - np.nan_to_num(own), total), number - known
    return without_dust(np.divide(total, number, out=np.full(len(own), np.nan), where=number > 0), VALUE_DECIMALS)


def _alone(node: Node) -> Node:
    """The node without triggers that look at the cohort: the vetoes they gave are kept as they are."""
    if isinstance(node, Indicator):
        return replace(node, last=None, vetoes=tuple(trigger for trigger in node.vetoes if not _looks(trigger)))
    return replace(node, last=None, children=tuple(map(_alone, node.children)))


def compares(indicator: Indicator) -> bool:
    """Is the score that a unit's own figures give worked out beside other units?

    A mean of the cohort for those without figures of their own is nothing to those who have them.
    """
    sample = indicator.small_sample
    own = (indicator.value, indicator.base, *((sample.of, sample.value) if sample is not None else ()))
    return indicator.is_relative or any(one is not None and one.cohort for one in own)


def _previous(previous: Previous | None, codes: Sequence[str], copies: Sequence[str]) -> Previous | None:
    """Last edition's figures, repeated for every copy of a unit."""
    if previous is None:
        return None
    pairs = list(zip(codes, copies, strict=True))
    return replace(
        previous,
        ranks={copy: previous.ranks[code] for code, copy in pairs if code in previous.ranks},
        totals={copy: previous.totals[code] for code, copy in pairs if code in previous.totals},
        scores={copy: previous.scores[code] for code, copy in pairs if code in previous.scores},
        figures={copy: previous.figures[code] for code, copy in pairs if code in previous.figures},
    )
