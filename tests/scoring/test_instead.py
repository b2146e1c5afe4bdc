"""What an indicator gives where it does not apply: who gets it, who does not, what a change on review may touch.

Reaches ``scoring/instead.py``, ``explanation/instead.py``, ``tree/checks/not_applicable.py``.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from builders import CLAIM, a_change, a_ruling, a_submission, a_tree, a_unit, a_unit_type, an_indicator
from scheme_runs import SCHEMES, done

from lawgov_score.content.problem_lists import blanks_of
from lawgov_score.explanation import reasons
from lawgov_score.explanation.evidence import Standing, evidence_of
from lawgov_score.model import (
    NO_REVIEW,
    Grade,
    Instead,
    OnZero,
    Policies,
    Rescale,
    Review,
    Scores,
    Status,
    Tree,
    WhenZero,
    Why,
)
from lawgov_score.model.advice import Aside
from lawgov_score.pipeline import ScoredAssessment
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.scoring.advice.whatif import what_if
from lawgov_score.wording import Language

FULL, ZERO, MEAN = OnZero(WhenZero.SHARE, 1.0), OnZero(WhenZero.SHARE, 0.0), OnZero(WhenZero.COHORT_MEAN)
TYPES = (a_unit_type(code="town"), a_unit_type(code="office"))


def a_tree_with(instead: Instead, **other: Any) -> Tree:
    """C, worth 2 and for towns, and D, worth 2 and for all."""
    return a_tree(
        children=(
            an_indicator(code="C", points=2, instead=instead, applies_to=["town"], may_not_apply=True, **other),
            an_indicator(code="D", points=2),
        ),
        unit_types=TYPES,
        policies=Policies(not_applicable=Rescale.NONE),
    )


def run(tree: Tree, *answers: dict[str, object] | None, review: Review = NO_REVIEW, **types: str) -> Scores:
    """Units U1, U2, … with their answers; ``types``: other types than town."""
    units = tuple(a_unit(code=f"U{i}", type=types.get(f"U{i}", "town")) for i, _ in enumerate(answers, 1))
    came = [a_submission(unit=unit, answers=one) for unit, one in zip(units, answers, strict=True) if one is not None]
    return score(tree, units, came, review)


def scheme_scores() -> Scores:
    """The scheme worked by hand."""
    assessment = done(next(one for one in SCHEMES if one.name == "d-when-not-applicable"))
    assert isinstance(assessment, ScoredAssessment)
    return assessment.scores


def at(scores: Scores, row: int, code: str = "C") -> tuple[float | None, Status]:
    found = scores.at(row, code)
    return None if np.isnan(found.score) else found.score, found.status


def why(scores: Scores, row: int) -> str:
    phrase = reasons.reason(scores, row, "C")
    return "" if phrase is None else render(phrase, Language.ZH)


def test_a_mean_is_of_those_who_have_figures_of_their_own() -> None:
    tree = a_tree_with(Instead({Why.TYPE: MEAN, Why.CLAIM: ZERO}, frozenset({"office"})))
    review = Review(rulings=(a_ruling(True, unit="U3", indicator="C"),))
    given: tuple[dict[str, object], ...] = (
        {"C.x": 0.5, "D.x": 1},
        {"C.x": 1, "D.x": 1},
        {"C.x": CLAIM, "D.x": 1},
        {"D.x": 1},
    )
    scores = run(tree, *given, review=review, U4="office")
    assert [at(scores, row)[0] for row in range(4)] == [1.0, 2.0, 0.0, 1.5]
    assert scores.total.tolist() == [3.0, 4.0, 2.0, 3.5]
    assert why(scores, 3) == "不适用于office，按同组平均得分计，得 1.5 分"


def test_where_nobody_is_left_the_tree_says_what_then() -> None:
    for nobody, wanted in ((None, (None, Status.NOT_APPLICABLE)), (FULL, (2.0, Status.SCORED))):
        tree = a_tree_with(Instead({Why.TYPE: MEAN}, frozenset({"office"})), no_mean=nobody)
        scores = run(tree, {"D.x": 1}, U1="office")
        assert at(scores, 0) == wanted
    assert why(scores, 0) == "不适用于office，同组没有可以取平均的得分，按规定得 2 分"


def test_a_unit_that_did_not_come_is_given_nothing() -> None:
    tree = a_tree_with(Instead({Why.TYPE: FULL}, frozenset({"office"})))
    scores = run(tree, None, {"C.x": 1, "D.x": 1}, U1="office")
    assert at(scores, 0) == (None, Status.NOT_APPLICABLE)


def test_a_claim_that_waits_or_is_refused_is_given_nothing() -> None:
    tree = a_tree_with(Instead({Why.CLAIM: FULL}))
    claimed: dict[str, object] = {"C.x": CLAIM, "D.x": 1}
    assert at(run(tree, claimed), 0) == (None, Status.NOT_REVIEWED)
    refused = run(tree, claimed, review=Review(rulings=(a_ruling(False, indicator="C"),)))
    assert at(refused, 0) == (None, Status.MISSING)


def test_a_change_on_review_does_not_touch_a_granted_claim() -> None:
    tree = a_tree_with(Instead({Why.CLAIM: FULL}))
    review = Review(rulings=(a_ruling(True, indicator="C"),), changes=(a_change(2, 1, indicator="C"),))
    scores = run(tree, {"C.x": CLAIM, "D.x": 1}, review=review)
    assert at(scores, 0) == (2.0, Status.SCORED)
    assert [problem.code.value for problem in scores.problems] == ["R115"]


def test_what_is_given_is_rounded_as_the_tree_says() -> None:
    tree = a_tree_with(Instead({Why.CLAIM: OnZero(WhenZero.SHARE, 1 / 3)}), rounding=1)
    scores = run(tree, {"C.x": CLAIM, "D.x": 1}, review=Review(rulings=(a_ruling(True, indicator="C"),)))
    assert at(scores, 0)[0] == 0.7


def test_advice_scores_units_alone_as_they_are_scored_together() -> None:
    scores = scheme_scores()
    asked = what_if(scores).ask([(row, {}) for row in range(len(scores.units))])
    np.testing.assert_allclose(asked.scores, scores.scores)


def test_a_unit_that_is_not_asked_left_nothing_blank() -> None:
    scores = scheme_scores()
    rows = {unit.code: row for row, unit in enumerate(scores.units)}
    assert blanks_of(scores, rows["bureau"], Language.ZH) is None
    assert [scores.is_asked(rows[unit], "01-2") for unit in ("east", "granted", "bureau")] == [True, False, False]
    assert evidence_of(scores, rows["bureau"], scores.tree.indicators[0]).standing is Standing.NOT_ASKED


def test_advice_leaves_aside_what_is_given_instead() -> None:
    graded = replace(scheme_scores().tree, grades=(Grade("优秀", 99), Grade("一般", 0)))
    came = [one for one in scheme_scores().submissions if one is not None]
    scores = score(graded, scheme_scores().units, came, scheme_scores().review)
    rows = {unit.code: row for row, unit in enumerate(scores.units)}
    for unit, wanted in (
        ("granted", {"01-1": Aside.REVIEW, "01-2": Aside.MEAN}),
        ("alone", {"01-2": Aside.TYPE}),
    ):
        (advice,) = advise(scores, [rows[unit]])
        assert {one.indicator: one.why for one in advice.aside} == wanted
