"""The order of evaluation, frozen (docs/tree-format.md): answers → values → absolute rules → cohort statistics →
cohort means and relative rules → review changes → aggregate → conversion → adjustments → rounding → rank → vetoes and
grade lines → quotas. If figures depend on the scores of other nodes, the steps up to aggregation are repeated in
rounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lawgov_score.model import (
    NO_REVIEW,
    CohortSize,
    Invalid,
    Previous,
    Rescale,
    Review,
    Roster,
    Scores,
    Submission,
    Tree,
    Way,
    field_key,
)
from lawgov_score.problems import Problem
from lawgov_score.rounding import BoolArray, FloatArray, IntArray, without_dust
from lawgov_score.scoring.adjust import adjust, barred_from_ranking, vetoes_of, zeroed
from lawgov_score.scoring.aggregate import Aggregator
from lawgov_score.scoring.answers import Answers, coverage, owed_fields, years_of
from lawgov_score.scoring.grade import grade, graded_figures, with_provisional
from lawgov_score.scoring.indicators import Context, IndicatorScores, empty_scores, score_indicators
from lawgov_score.scoring.instead import replace_not_applicable
from lawgov_score.scoring.node_places import compared_by_rule, placed_by, places_at, with_last, with_own_figures
from lawgov_score.scoring.nodes import NodeColumns, empty_nodes
from lawgov_score.scoring.office import (
    change_scores,
    marks_of,
    not_yet_entered,
    pin_scores,
    previous_of,
    rule_on_claims,
)
from lawgov_score.scoring.own_figures import OwnFigures, lack_type
from lawgov_score.scoring.rank import rank
from lawgov_score.scoring.states import AnswerIs, StatusIs


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is taken for granted, not worked out from the units given, since it compares units.

    ``scores``: (units,) by indicator code, see ``pin_scores``. ``means``: (units,) by indicator code, the mean that a
    unit without a score of its own would get. ``groups``: the columns of groups (score, points, status) by code.
    """

    scores: Mapping[str, FloatArray] = field(default_factory=dict)
    means: Mapping[str, FloatArray] = field(default_factory=dict)
    groups: Mapping[str, NodeColumns] = field(default_factory=dict)


_NOTHING_ASSUMED = Assumed()


def score_columns(
    tree: Tree,
    units: Roster,
    submissions: tuple[Submission | None, ...],
    answers: Answers,
    review: Review = NO_REVIEW,
    previous: Previous | None = None,
    assumed: Assumed = _NOTHING_ASSUMED,
) -> Scores:
    """Scores of every unit at every node, from columns (see ``whole.score``, which adds what looks suspicious).

    ``units`` are sorted already, ``submissions`` and the arrays aligned with them. Changes on
    review come after the scores that are ``assumed``.
    """
    codes = list(dict.fromkeys(unit.cohort for unit in units))
    number = {code: i for i, code in enumerate(codes)}
    cohorts: IntArray = np.array([number[unit.cohort] for unit in units], dtype=np.intp)
    years = years_of(tree, units)
    has_submitted = _has_submitted(tree, units, submissions, answers, review)
    withheld = (has_submitted & _withheld(tree, answers)) | lack_type(tree, units)
    seen = Context(answers.applicable, cohorts, years, previous_of(tree, units, previous), {}, {})
    vetoes = vetoes_of(tree, units, answers, review, seen)

    nodes, own = empty_nodes(tree, len(units)), OwnFigures.of(tree, units)
    up = Aggregator(tree, nodes, has_submitted & ~withheld, cohorts, years, zeroed(tree, vetoes), own, assumed.groups)
    rounds = _IndicatorRounds(tree, units, answers, review, assumed, has_submitted, withheld, up)
    rounds.score(cohorts, years, previous)
    root = up.root()
    indicator_scores, node_columns = rounds.each, up.found
    scores = nodes.score.T

    ranked = {
        node.code: np.where(up.there, _tie_breaker_scores(tree, node_columns[node.code], node.code, own), np.nan)
        for node in tree.nodes
        if node.ranked is not None or node.bands
    }
    status = {indicator.code: node_columns[indicator.code].status for indicator in tree.indicators}
    of_own = with_own_figures(tree, ranked, status, indicator_scores.compared.instead)
    compared = compared_by_rule(tree, of_own, up.ruled, indicator_scores.value)
    placed = placed_by(tree, of_own, compared)
    vetoes = with_last(tree, vetoes, placed, cohorts)

    counted = has_submitted & ~withheld & (root.raw_points > 0) & ~np.isnan(root.full)
    converted = np.where(counted, root.full, np.nan)
    full_total, adjusted = adjust(tree, units, converted, review, vetoes)
    rounding = tree.policies.total_rounding
    total = full_total if rounding is None else without_dust(rounding.of(full_total))
    judged = total if tree.policies.rank_on_rounded else full_total
    breakers = [_tie_breaker_scores(tree, node_columns[code], code, own) for code in tree.policies.tie_breakers]
    leaves = [node_columns[code].status == StatusIs.NOT_APPLICABLE for code in tree.policies.tie_breakers]
    lower = tree.policies.lower_is_better
    barred = barred_from_ranking(tree, vetoes)
    ranks = rank([judged, *breakers], cohorts, tree.policies.ties, lower, leaves, barred)
    overall = ranks
    if len(codes) > 1:
        overall = rank([judged, *breakers], np.zeros_like(cohorts), tree.policies.ties, lower, leaves, barred)
    asked, answered = coverage(tree, answers, indicator_scores.from_rate, indicator_scores.spared)
    share = np.divide(answered, asked, out=(has_submitted & (asked == 0)).astype(np.float64), where=asked > 0)
    figures = graded_figures(tree, total, full_total, scores)
    in_size = _counted(tree, has_submitted, figures if tree.aggregation.way is Way.NONE else total)
    graded = grade(tree, figures, ranks, cohorts, share, vetoes, codes, in_size)
    reasons = with_provisional(graded.reasons, graded.grades, (nodes.status == StatusIs.NOT_REVIEWED).any(axis=0))
    return Scores(
        tree=tree,
        units=units,
        submissions=submissions,
        cohort_names=_names(tree, codes, cohorts),
        cohorts=cohorts,
        years=years,
        answers=answers.values,
        values=indicator_scores.value.T,
        by_zero=indicator_scores.by_zero.T,
        from_rate=indicator_scores.from_rate.T,
        small=indicator_scores.small.T,
        scores=scores,
        points=nodes.points.T,
        status=nodes.status.T,
        raw_total=np.where(counted, root.raw_total, np.nan),
        raw_points=root.raw_points,
        total=total,
        full_total=full_total,
        coverage=share,
        asked=asked,
        answered=answered,
        rank=ranks,
        overall_rank=overall,
        grades=graded.grades,
        grade_reasons=reasons,
        vetoes=vetoes,
        computed=rounds.computed(scores),
        converted=converted,
        adjusted=adjusted,
        review=review,
        previous=previous,
        graded=figures,
        levels=graded.levels,
        workings=up.workings,
        compared=indicator_scores.compared,
        aggregated=up.ruled,
        faults={code: tuple(fault for at, fault in up.faults if at == code) for code, _ in up.faults},
        spared=indicator_scores.spared,
        ranked_last=barred if barred is not None else np.zeros(len(units), dtype=bool),
        there=up.there,
        problems=rounds.problems,
        counted=in_size,
        node_ranks=places_at(tree, placed, cohorts),
        node_scores=ranked,
        node_compared=compared,
    )


@dataclass
class _IndicatorRounds:
    """The indicators, scored in rounds; each round ends with the groups that can then be aggregated."""

    tree: Tree
    units: Roster
    answers: Answers
    review: Review
    assumed: Assumed
    has_submitted: BoolArray
    withheld: BoolArray
    up: Aggregator
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        self.each: IndicatorScores = empty_scores(self.tree, self.up.nodes)
        self._own: FloatArray | None = None  # the engine's own scores, where anything is changed

    def score(self, cohorts: IntArray, years: FloatArray, previous: Previous | None) -> None:
        """Scores the indicators into ``each`` and aggregates them up the tree."""
        tree, nodes = self.tree, dict[str, FloatArray]()
        context = Context(
            self._usable(),
            cohorts,
            years,
            previous_of(tree, self.units, previous),
            marks_of(tree, self.units, self.review),
            nodes,
            self.assumed.means,
        )
        if self.review.changes or self.assumed.scores or self.up.zeroed:
            self._own = np.full_like(self.each.value, np.nan)
        for numbers in tree.stages:
            score_indicators(tree, self.answers, context, numbers, self.each, self.up.own)
            self._settle(numbers, cohorts)
            for i in numbers:
                self.up.add(tree.indicators[i])
            self.up.groups()
            nodes.update({code: column.score for code, column in self.up.found.items()})

    def computed(self, scores: FloatArray) -> FloatArray:
        """(units, nodes): the engine's own scores of indicators; groups as they are in ``scores``."""
        if self._own is None:
            return scores
        own_scores, column = scores.copy(), {node.code: i for i, node in enumerate(self.tree.nodes)}
        own_scores[:, [column[indicator.code] for indicator in self.tree.indicators]] = self._own.T
        return own_scores

    def _usable(self) -> BoolArray:
        """(units, indicators): answers that may be scored, and enter a cohort's best value or mean."""
        usable: BoolArray = self.answers.applicable & (self.has_submitted & ~self.withheld)[:, None]
        for i, indicator in enumerate(self.tree.indicators):
            if indicator.is_of_office:  # it stands whether the unit itself came or not
                usable[:, i] = self.answers.applicable[:, i] & ~self.withheld
        return usable

    def _settle(self, numbers: Sequence[int], cohorts: IntArray) -> None:
        """Applies to the indicators ``numbers``: absent units, rulings, what is given where one does not apply, changes
        on review, vetoes that set to zero.
        """
        tree, each, answers = self.tree, self.each, self.answers
        is_absent, is_withheld = not self.has_submitted.all(), self.withheld.any()
        for i in numbers:
            applies = answers.applicable[:, i]
            if is_absent and not tree.indicators[i].is_of_office:
                each.status[i][applies & ~self.has_submitted] = StatusIs.MISSING
            if is_withheld:
                each.status[i][applies & self.withheld] = StatusIs.INVALID
        not_yet_entered(tree, numbers, answers, each)
        rule_on_claims(tree, numbers, self.units, self.review, answers, self.withheld, each)
        for i in numbers:
            if tree.indicators[i].instead is not None:
                mean = self.assumed.means.get(tree.indicators[i].code)
                replace_not_applicable(tree, i, self.units, answers, cohorts, self.up.there, each, self.up.own, mean)
        if self._own is not None:
            for i in numbers:
                self._own[i] = each.score[i]
            pin_scores(tree, numbers, self.assumed.scores, answers, self.withheld, each)
            changes = change_scores(tree, numbers, self.units, self.review, answers, self.withheld, each)
            self.problems += tuple(changes)
            for i in numbers:
                rows = self.up.zeroed.get(tree.indicators[i].code)
                if rows is not None:
                    rows = rows & self.up.there & (each.status[i] != StatusIs.NOT_APPLICABLE)
                    each.score[i][rows], each.status[i][rows] = 0.0, StatusIs.SCORED


def _counted(tree: Tree, has_submitted: BoolArray, figures: FloatArray) -> BoolArray | None:
    """(units,): those that the size of a cohort counts; None: all. ``figures``: what units are graded or placed by."""
    match tree.policies.cohort_size:
        case CohortSize.ROSTER:
            return None
        case CohortSize.SUBMITTED:
            return has_submitted
        case CohortSize.SCORED:
            return ~np.isnan(figures)


def _names(tree: Tree, codes: Sequence[str], cohorts: IntArray) -> tuple[str, ...]:
    """(units,): the names of their cohorts, '' where all are ranked together. ``codes``: by number of the cohort."""
    known = {cohort.code: cohort.name for cohort in tree.cohorts}
    names = [known.get(code, code) for code in codes]
    return tuple([names[number] for number in cohorts.tolist()])


def _has_submitted(
    tree: Tree, units: Roster, submissions: Sequence[Submission | None], answers: Answers, review: Review
) -> BoolArray:
    """(units,): units that submitted; if the tree asks units nothing, those with marks or figures from the office."""
    has_submitted = np.array([submission is not None for submission in submissions], dtype=bool)
    if (review.marks or review.answers) and not has_submitted.all():
        known = {mark.unit for mark in review.marks} | set(review.answers)
        entered = np.array([unit.code in known for unit in units], dtype=bool)
        has_submitted |= entered & (owed_fields(tree, answers) == 0)
    return has_submitted


def _withheld(tree: Tree, answers: Answers) -> BoolArray:
    """(units,): units with an invalid answer, if the tree says not to score such units."""
    wrong = np.zeros(len(answers.applicable), dtype=bool)
    if tree.policies.invalid is Invalid.WITHHOLD:
        for i, indicator in enumerate(tree.indicators):
            for asked in (
                () if indicator.is_judged else indicator.deciding
            ):  # a wrong cell of what does not apply to a unit is nothing to it
                invalid = answers.states[field_key(indicator, asked)] == AnswerIs.INVALID
                wrong |= invalid & answers.applicable[:, i]
    return wrong


def _tie_breaker_scores(tree: Tree, column: NodeColumns, code: str, own: OwnFigures) -> FloatArray:
    """(units,): the score a tie-breaker compares: as it counts, on one scale for all units."""
    points, out_of = own.figure(lambda each: each.by_code[code].points), column.points
    if tree.policies.not_applicable is Rescale.NONE:
        counted = own.figure(lambda each: each.printed[code])  # of a waived sum, what its parts come to
        if isinstance(points, float) and isinstance(counted, float):
            return without_dust(column.score)
        out_of = np.broadcast_to(counted, column.score.shape)
    printed = float(np.max(points))  # where points go by unit type, one scale for all types
    on_scale = np.divide(column.score * printed, out_of, out=column.score.copy(), where=out_of > 0)
    return without_dust(on_scale)
