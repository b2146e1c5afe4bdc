"""R1xx: results that look suspicious. They stop nothing and change nothing."""

from collections.abc import Iterator

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.model import BoolArray, Indicator, Invalid, Scores, Status, field_key
from lawgov_score.problems import NodePlace, Problem


def check_results(scores: Scores) -> Iterator[Problem]:
    """Everything about the results that a reviewer should look at once."""
    yield from _units(scores)
    yield from _vetoes(scores)
    came = np.array([submission is not None for submission in scores.submissions], dtype=bool)
    for indicator in scores.tree.indicators:
        column = scores.node_column[indicator.code]
        status = scores.status[:, column]
        scored = status == Status.SCORED
        asked = (scores.points[:, column] > 0) & came
        if asked.any() and (status[asked] == Status.MISSING).all():
            yield Problem(Code.R104, NodePlace("", indicator.code), {"units": int(asked.sum())})
        given = scores.scores[scored, column]
        if len(given) >= _ENOUGH and (given == given[0]).all() and given[0] != indicator.points:
            figures = {"units": len(given), "score": float(given[0])}
            yield Problem(Code.R102, NodePlace("", indicator.code), figures)
        if indicator.rule.RELATIVE:
            yield from _alone(scores, indicator, scored)
        if indicator.small_sample is not None:
            yield from _small(scores, indicator, scored)


_ENOUGH = 5  # units: fewer with equal scores are no surprise


def _alone(scores: Scores, indicator: Indicator, scored: BoolArray) -> Iterator[Problem]:
    """Units that are the only one of their cohort with data, where the rule compares."""
    sizes = np.bincount(scores.cohorts[scored], minlength=int(scores.cohorts.max(initial=0)) + 1)
    for row in np.flatnonzero(scored & (sizes[scores.cohorts] == 1)).tolist():
        place = NodePlace(scores.units[row].code, indicator.code)
        yield Problem(Code.R103, place, {"cohort": scores.cohort_names[row]})


def _small(scores: Scores, indicator: Indicator, scored: BoolArray) -> Iterator[Problem]:
    assert indicator.small_sample is not None  # the caller looked
    fields = {asked.code: scores.answers[field_key(indicator, asked)] for asked in indicator.fields}
    sizes = indicator.small_sample.of.evaluate(fields).value
    for row in np.flatnonzero(scores.small[:, scores.indicator_column[indicator.code]] & scored).tolist():
        place = NodePlace(scores.units[row].code, indicator.code)
        figures = {"below": indicator.small_sample.below, "found": float(sizes[row])}
        yield Problem(Code.R105, place, figures)


def _units(scores: Scores) -> Iterator[Problem]:
    threshold = scores.tree.policies.coverage_at_least
    for row, (unit, submission) in enumerate(zip(scores.units, scores.submissions, strict=True)):
        if submission is None:
            continue
        if threshold is not None and scores.coverage[row] < threshold:
            figures = {
                "threshold": threshold,
                "coverage": float(scores.coverage[row]),
                "answered": int(scores.answered[row]),
                "asked": int(scores.asked[row]),
            }
            yield Problem(Code.R101, NodePlace(unit.code), figures)
        if scores.tree.policies.invalid is Invalid.WITHHOLD and np.isnan(scores.total[row]):
            wrong = sum(answer.state.name == "INVALID" for answer in submission.answers.values())
            if wrong:
                yield Problem(Code.R106, NodePlace(unit.code), {"errors": wrong})


def _vetoes(scores: Scores) -> Iterator[Problem]:
    known = {veto.code: veto for veto in scores.tree.vetoes}
    for unit, triggered in zip(scores.units, scores.vetoes, strict=True):
        for code, indicator in triggered:
            veto = known[code]
            yield Problem(
                Code.R107,
                NodePlace(unit.code, indicator),
                {"veto": veto.title, "grade": veto.grade_at_most, "found": f"{code} {veto.title}（{indicator}）"},
            )
