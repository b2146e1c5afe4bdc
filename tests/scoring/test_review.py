"""What the office adds: marks, its own figures, rulings on claims, changed scores, register; and last edition's.

Reaches ``model/review.py``, ``scoring/office.py``.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
from builders import (
    CLAIM,
    a_change,
    a_field,
    a_given_score,
    a_group,
    a_mark,
    a_ruling,
    a_submission,
    a_tree,
    a_unit,
    a_unit_type,
    an_answer,
    an_entry,
    an_indicator,
)

from lawgov_score.model import (
    AdjustmentKind,
    Claims,
    FilledBy,
    Invalid,
    Missing,
    Node,
    Previous,
    Review,
    Scores,
    Sign,
    Status,
    Tree,
    Veto,
)
from lawgov_score.problems import CellPlace, NodePlace
from lawgov_score.report import problems_text
from lawgov_score.scoring import score
from lawgov_score.wording import Language

JUDGED = {"kind": "judged", "marks": "mean"}


def run(tree: Tree, review: Review, *units: Mapping[str, object] | None, **other: Any) -> Scores:
    """Units U1, U2, …; None: nothing came."""
    roster = tuple(a_unit(code=f"U{i}") for i, _ in enumerate(units, 1))
    given = [
        a_submission(unit=unit, answers=answers)
        for unit, answers in zip(roster, units, strict=True)
        if answers is not None
    ]
    return score(tree, roster, given, review, **other)


def at(scores: Scores, code: str, row: int = 0) -> tuple[float, Status]:
    column = scores.node_column[code]
    return float(scores.scores[row, column]), Status(int(scores.status[row, column]))


def codes(scores: Scores) -> list[str]:
    for lang in Language:
        assert "{" not in problems_text(scores.problems, lang)
    return [problem.code.value for problem in scores.problems]


# ---------------------------------------------------------------- marks


def test_marks_become_a_score_whatever_their_order() -> None:
    tree = a_tree(children=[an_indicator(code="J", points=10, rule=JUDGED), a_given_score(code="A")])
    marks = (
        a_mark(8, indicator="J", reviewer="乙"),
        a_mark(5, indicator="J", reviewer="甲"),
        a_mark(9, unit="U2", indicator="J", reviewer="甲"),
    )
    for ordered in (marks, marks[::-1]):
        scores = run(tree, Review(marks=ordered), {"A.x": 1}, {"A.x": 1}, {"A.x": 1})
        assert [at(scores, "J", row) for row in (0, 1)] == [(6.5, Status.SCORED), (9.0, Status.SCORED)]
        assert at(scores, "J", 2)[1] is Status.NOT_REVIEWED
        assert scores.total.tolist() == [7.5, 10.0, 1.0]
        assert codes(scores) == ["R117"]


def test_too_few_marks_are_not_a_review() -> None:
    tree = a_tree(children=[an_indicator(code="J", points=10, rule={**JUDGED, "reviewers": 2})])
    scores = run(tree, Review(marks=(a_mark(8, indicator="J"),)), {})
    assert at(scores, "J")[1] is Status.NOT_REVIEWED


def test_a_tree_that_asks_units_nothing_scores_whom_the_office_marked() -> None:
    tree = a_tree(children=[an_indicator(code="J", points=10, rule=JUDGED)])
    scores = run(tree, Review(marks=(a_mark(8, indicator="J"),)), None, None)
    assert scores.total[0] == 8.0
    assert np.isnan(scores.total[1])
    assert scores.rank.tolist() == [1, 0]
    assert scores.coverage.tolist() == [1.0, 0.0]


def test_a_unit_that_owes_its_own_figures_has_not_come_by_its_marks() -> None:
    tree = a_tree(children=[an_indicator(code="J", points=10, rule=JUDGED), a_given_score(code="A")])
    scores = run(tree, Review(marks=(a_mark(8, indicator="J"),)), None)
    assert np.isnan(scores.total[0])
    assert at(scores, "J") == (8.0, Status.SCORED)
    assert at(scores, "A")[1] is Status.MISSING


# ---------------------------------------------------------------- the office's own fields


def votes(**other: Any) -> Node:
    fields = [a_field(code="yes", type="count"), a_field(code="all", type="count")]
    return an_indicator(
        code="V", points=10, fields=fields, value="yes / all", on_zero="zero", filled_by=FilledBy.ASSESSOR, **other
    )


def entered(**answers: float | None) -> Review:
    return Review(answers={"U1": {f"V.{key}": an_answer(answer, path="评议.xlsx") for key, answer in answers.items()}})


def test_each_side_answers_its_own_fields_only() -> None:
    tree = a_tree(children=[votes(), a_given_score(code="A")], policies={"coverage_at_least": 0.9})
    theirs = {"A.x": 4, "V.yes": 9, "V.all": 10}  # a unit has no say in votes on it
    review = Review(answers={"U1": {**entered(yes=3, all=10).answers["U1"], "A.x": an_answer(9)}})
    scores = run(tree, review, theirs)
    assert (at(scores, "V")[0], at(scores, "A")[0]) == (3.0, 4.0)
    assert (scores.asked.tolist(), scores.answered.tolist(), scores.coverage.tolist()) == ([1], [1], [1.0])


def test_what_the_office_has_not_entered_is_not_reviewed() -> None:
    tree = a_tree(children=[votes(), a_given_score(code="A")])
    scores = run(tree, Review(), {"A.x": 4})
    assert at(scores, "V")[1] is Status.NOT_REVIEWED
    assert codes(scores) == ["R117"]
    assert at(run(tree, entered(yes=3), {"A.x": 4}), "V")[1] is Status.MISSING  # begun, and a figure is lacking


# ---------------------------------------------------------------- rulings


def claimed(**policies: Any) -> Tree:
    children = [an_indicator(code="C", points=2, may_not_apply=True), an_indicator(code="D", points=2)]
    return a_tree(children=children, policies=policies)


CLAIMED = {"C.x": CLAIM, "D.x": 0.5}


def test_a_granted_claim_leaves_and_a_refused_one_is_missing() -> None:
    for claims in Claims:
        granted = run(claimed(claims=claims), Review(rulings=(a_ruling(True, indicator="C"),)), CLAIMED)
        assert (at(granted, "C")[1], granted.total[0]) == (Status.NOT_APPLICABLE, 2.0)
        refused = run(claimed(claims=claims), Review(rulings=(a_ruling(False, indicator="C"),)), CLAIMED)
        assert (at(refused, "C")[1], refused.total[0]) == (Status.MISSING, 1.0)
        refused = run(
            claimed(claims=claims, missing=Missing.EXCLUDE),
            Review(rulings=(a_ruling(False, indicator="C"),)),
            CLAIMED,
        )
        assert refused.total[0] == 2.0  # treated as any blank


def test_a_ruling_touches_nothing_but_a_claim() -> None:
    review = Review(rulings=(a_ruling(True, indicator="C"), a_ruling(True, indicator="D")))
    scores = run(claimed(), review, {"C.x": 0.5, "D.x": 0.5})
    assert (at(scores, "C"), at(scores, "D")) == ((1.0, Status.SCORED), (1.0, Status.SCORED))


def test_the_last_ruling_stands_whatever_the_order_of_files() -> None:
    first, last = a_ruling(True, indicator="C", date=45000), a_ruling(False, indicator="C", date=45001)
    for rulings in ((first, last), (last, first)):
        assert at(run(claimed(), Review(rulings=rulings), CLAIMED), "C")[1] is Status.MISSING


# ---------------------------------------------------------------- changed scores


def test_a_changed_score_counts_and_the_engines_own_stays_on_record() -> None:
    tree = a_tree(indicators=[an_indicator(points=2), an_indicator(code="01-2", points=1)])
    scores = run(tree, Review(changes=(a_change(1.0, 1.5),)), {"01-1.x": 0.5, "01-2.x": 1})
    assert at(scores, "01-1") == (1.5, Status.SCORED)
    assert scores.computed[0].tolist() == [2.5, 1.0, 1.0]
    assert scores.scores[0].tolist() == [2.5, 1.5, 1.0]
    assert scores.values[0].tolist() == [0.5, 1.0]  # the unit's own figures are as they were
    assert scores.total[0] == 2.5
    assert codes(scores) == []


def test_a_change_gives_a_score_where_there_was_none() -> None:
    tree = a_tree(indicators=[an_indicator(points=2), an_indicator(code="01-2", points=1)])
    scores = run(tree, Review(changes=(a_change(0, 1.5),)), {"01-1.x": None, "01-2.x": 1})
    assert at(scores, "01-1") == (1.5, Status.SCORED)
    assert np.isnan(scores.computed[0, 1])
    assert codes(scores) == []


def test_a_change_comes_after_relative_rules_and_before_what_rests_on_the_node() -> None:
    relative = {"kind": "relative", "against": "best", "better": "higher"}
    best = an_indicator(code="B", points=10, rule=relative, fields=[a_field(type="count")])
    rule = {"kind": "as_given", "at_least": 0, "at_most": 10}
    follows = an_indicator(code="F", points=10, fields=[], value='0.5 * score("B")', rule=rule)
    tree = a_tree(children=[best, follows])
    scores = run(tree, Review(changes=(a_change(10, 4, indicator="B"),)), {"B.x": 8}, {"B.x": 4})
    assert scores.scores[:, scores.node_column["B"]].tolist() == [4.0, 5.0]
    assert scores.scores[:, scores.node_column["F"]].tolist() == [2.0, 2.5]
    assert codes(scores) == []


def test_a_change_that_saw_another_score_is_told_at_its_cell() -> None:
    tree = a_tree(indicators=[an_indicator(points=3)])
    review = Review(changes=(a_change(1.5, 2, cell="D7"),))
    scores = run(tree, review, {"01-1.x": 0.333})
    assert [(p.code.value, p.place) for p in scores.problems] == [("R114", CellPlace("改分.xlsx", "改分", "D7"))]
    assert "{" not in problems_text(scores.problems, Language.ZH)
    assert scores.total[0] == 2.0
    assert codes(run(tree, Review(changes=(a_change(1.0, 2),)), {"01-1.x": 0.333})) == []  # 0.999, rounded
    exact = a_tree(indicators=[an_indicator(points=1)], policies={"round_indicator": None})
    assert codes(run(exact, Review(changes=(a_change(0.33, 1),)), {"01-1.x": 1 / 3})) == []


def test_two_changes_the_last_stands_and_both_saw_the_engines_score() -> None:
    tree = a_tree(indicators=[an_indicator(points=2)])
    first, last = a_change(1, 1.5, date=45000), a_change(1, 0.5, date=45001)
    for changes in ((first, last), (last, first)):
        scores = run(tree, Review(changes=changes), {"01-1.x": 0.5})
        assert (scores.total[0], scores.computed[0, 1], codes(scores)) == (0.5, 1.0, [])


def test_a_decision_is_later_than_any_review_and_sees_what_that_left() -> None:
    """Whatever the days and the order of files; of several decisions the last one, by their days."""
    tree = a_tree(indicators=[an_indicator(points=2)])
    review = a_change(1, 1.5, date=45009)
    first, second = a_change(1.5, 0.5, date=45000, objection=2), a_change(0.5, 1.25, date=45001, objection=1)
    for changes in permutations((review, first, second)):
        scores = run(tree, Review(changes=changes), {"01-1.x": 0.5})
        assert (scores.total[0], scores.computed[0, 1], codes(scores)) == (1.25, 1.0, [])
        assert scores.change_of["U1", "01-1"] is second
        steps = scores.changes_at(0, tree.indicators[0])
        assert steps == ((review, 1.0, 1.5), (first, 1.5, 0.5), (second, 0.5, 1.25))
    unseen = a_change(1, 0.5, objection=2, cell="D9")  # it rests on what was before the review
    scores = run(tree, Review(changes=(unseen, review)), {"01-1.x": 0.5})
    assert [(p.code.value, p.place) for p in scores.problems] == [("R114", CellPlace("改分.xlsx", "改分", "D9"))]
    assert scores.total[0] == 0.5


def test_a_change_has_no_effect_where_the_indicator_does_not_apply() -> None:
    granted = Review(rulings=(a_ruling(True, indicator="C"),), changes=(a_change(0, 1, indicator="C"),))
    scores = run(claimed(), granted, CLAIMED)
    assert (at(scores, "C")[1], codes(scores)) == (Status.NOT_APPLICABLE, ["R115"])
    tree = a_tree(
        indicators=[an_indicator(applies_to=["town"]), an_indicator(code="01-2")],
        unit_types=(a_unit_type(code="town"), a_unit_type(code="office")),
    )
    unit = a_unit(type="office")
    scores = score(tree, (unit,), [a_submission(unit=unit, answers={"01-2.x": 1})], Review(changes=(a_change(0, 1),)))
    assert (at(scores, "01-1")[1], codes(scores)) == (Status.NOT_APPLICABLE, ["R115"])


def test_nothing_is_changed_for_a_unit_that_is_withheld() -> None:
    tree = a_tree(
        indicators=[an_indicator(points=2), an_indicator(code="01-2")], policies={"invalid": Invalid.WITHHOLD}
    )
    bad = an_answer(None)
    scores = run(
        tree, Review(changes=(a_change(1, 2),)), {"01-1.x": 0.5, "01-2.x": replace(bad, state=bad.state.INVALID)}
    )
    assert at(scores, "01-1")[1] is Status.INVALID
    assert np.isnan(scores.scores[0, 1])


# ---------------------------------------------------------------- register and vetoes


def test_the_register_moves_the_total_after_conversion_and_before_rounding_and_rank() -> None:
    kinds = (AdjustmentKind("A1", "表彰", Sign.BONUS, each=0.333),)
    tree = a_tree(children=[a_given_score(code="A")], adjustments=kinds)
    scores = run(tree, Review(register=(an_entry("A1"),)), {"A.x": 5}, {"A.x": 5.2})
    assert (scores.converted[0], scores.full_total[0], scores.total[0]) == (5.0, 5.333, 5.33)
    assert scores.rank.tolist() == [1, 2]
    assert [one.points for one in scores.adjusted[0]] == [0.333]
    assert scores.adjusted[1] == ()


def test_a_veto_sets_an_item_or_a_group_to_zero() -> None:
    group = a_group(code="G", children=[a_given_score(code="A"), a_given_score(code="B")])
    vetoes = (Veto("V1", "一", node_zero="A"), Veto("V2", "二", node_zero="G"))
    tree = a_tree(children=[group, a_given_score(code="Z")], vetoes=vetoes)
    answers = {"A.x": 4, "B.x": 3, "Z.x": 2}
    item = run(tree, Review(register=(an_entry("V1"),)), answers)
    assert (at(item, "A"), at(item, "G"), item.total[0]) == ((0.0, Status.SCORED), (3.0, Status.SCORED), 5.0)
    assert item.computed[0, item.node_column["A"]] == 4.0
    whole = run(tree, Review(register=(an_entry("V2"),)), answers)
    assert (at(whole, "B")[0], at(whole, "G")[0], whole.total[0]) == (3.0, 0.0, 2.0)
    assert codes(whole) == ["R107"]


def test_a_blank_does_not_save_a_node_from_a_veto() -> None:
    group = a_group(code="G", children=[a_given_score(code="A"), a_given_score(code="B")])
    tree = a_tree(
        children=[group, a_given_score(code="Z")],
        vetoes=(Veto("V1", "一", node_zero="A"), Veto("V2", "二", node_zero="G")),
        policies={"missing": Missing.EXCLUDE},
    )
    item = run(tree, Review(register=(an_entry("V1"),)), {"A.x": None, "B.x": 5, "Z.x": 5})
    assert item.total[0] == 10.0  # 10 of 30, not 10 of 20
    whole = run(tree, Review(register=(an_entry("V2"),)), {"A.x": None, "B.x": None, "Z.x": 6})
    assert (whole.points[0, 0], whole.total[0]) == (20.0, 6.0)


# ---------------------------------------------------------------- last edition


def test_last_editions_figures_reach_expressions_and_rules() -> None:
    better = {"kind": "improvement", "better": "higher", "at_least": 1}
    taken = an_indicator(
        code="P",
        points=10,
        fields=[a_field(type="count")],
        value="x - previous.x",
        rule={"kind": "as_given", "at_least": 0, "at_most": 10},
    )
    improved = an_indicator(code="I", points=10, fields=[a_field(type="count")], rule=better)
    tree = a_tree(children=[taken, improved])
    previous = Previous("last", {}, {}, {}, {"U1": {"P.x": 3.0, "I": 4.0}, "U2": {"P.x": 1.0, "I": 9.0}})
    answers = {"P.x": 5, "I.x": 6}
    scores = run(tree, Review(), answers, answers, answers, previous=previous)
    np.testing.assert_array_equal(scores.scores, [[2, 10], [4, 0], [np.nan, np.nan]])
    assert scores.previous is previous


def test_strangers_in_a_review_are_left_aside() -> None:
    review = Review(
        marks=(a_mark(1, unit="X"),),
        changes=(a_change(1, 2, unit="X"), a_change(1, 2, indicator="X")),
        rulings=(a_ruling(True, unit="X"),),
        answers={"X": {}},
    )
    assert run(a_tree(), review, {"01-1.x": 0.5}).problems == ()


def test_a_places_problem_is_where_it_belongs() -> None:
    tree = a_tree(children=[an_indicator(code="J", points=10, rule=JUDGED)])
    assert [p.place for p in run(tree, Review(), {}).problems] == [NodePlace("", "J")]
