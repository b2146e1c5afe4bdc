"""What is carried over to another tree: answers by what they are about, marks and changed scores by their share."""

from dataclasses import replace
from typing import Any

import numpy as np
from builders import (
    CLAIM,
    a_change,
    a_field,
    a_mark,
    a_ruling,
    a_submission,
    a_tree,
    a_unit,
    an_answer,
    an_entry,
    an_indicator,
)

from lawgov_score.model import (
    AdjustmentKind,
    FilledBy,
    Instead,
    OnZero,
    Review,
    Shared,
    Sign,
    Submission,
    Tree,
    UnitType,
    WhenZero,
    Why,
)
from lawgov_score.revision.unasked import Lacks, asked_anew, unasked
from lawgov_score.scoring import score
from lawgov_score.scoring.rehearsal import Rehearser

OTHER = an_indicator(code="01-9", points=4)


def total(scores: Any, unit: str = "U1") -> float:
    return float(scores.total[scores.row_of[unit]])


def a_rehearser(old: Tree, answers: dict[str, Any], review: Review | None = None) -> Rehearser:
    """One unit that answered so."""
    return Rehearser(old, (a_unit(),), (a_submission(answers=answers),), review or Review())


def of(*indicators: Any, **other: Any) -> Tree:
    return a_tree(indicators=indicators, **other)


def test_a_changed_score_keeps_its_share_of_what_the_item_is_worth() -> None:
    """Full marks on review stay full marks: 2 of 2 become 5 of 5, never 2 of 5."""
    old, new = of(an_indicator(points=2)), of(an_indicator(points=5))
    rehearser = a_rehearser(old, {"01-1.x": 0.5}, Review(changes=(a_change(1.0, 2.0),)))
    assert (total(rehearser.scored(old)), total(rehearser.scored(new))) == (2.0, 5.0)
    assert rehearser.scored(new).problems == ()  # nor does it say that the office saw another score


def test_a_mark_keeps_its_share_of_what_may_be_given() -> None:
    def judged(points: float, **keys: float) -> Tree:
        return of(an_indicator(points=points, rule={"kind": "judged", "marks": "mean", **keys}))

    rehearser = a_rehearser(judged(2), {}, Review(marks=(a_mark(1.5),)))
    assert total(rehearser.scored(judged(2))) == 1.5
    assert total(rehearser.scored(judged(4))) == 3.0
    assert total(rehearser.scored(judged(4, at_least=2))) == 3.5


def test_rulings_and_register_are_those_of_last_year() -> None:
    kinds = (AdjustmentKind("J1", "表彰", Sign.BONUS, 0.5, {}, False, None, ""),)
    item = an_indicator(points=2, may_not_apply=True)
    old, new = of(item, OTHER, adjustments=kinds), of(replace(item, points=3.0), OTHER, adjustments=kinds)
    review = Review(rulings=(a_ruling(is_granted=True),), register=(an_entry("J1"),))
    rehearser = a_rehearser(old, {"01-1.x": CLAIM, "01-9.x": 1.0}, review)
    scores = rehearser.scored(new)
    assert scores.at(0, "01-1").applies is False
    assert scores.adjusted[0][0].points == 0.5


def test_an_entry_whose_level_is_gone_is_left_out_and_named() -> None:
    def with_levels(levels: dict[str, float]) -> Tree:
        return of(OTHER, adjustments=(AdjustmentKind("J1", "表彰", Sign.PENALTY, None, levels, False, None, ""),))

    old, new = with_levels({"省级": 1.0, "市级": 0.5}), with_levels({"省级": 1.0})
    entries = (an_entry("J1", level="省级"), an_entry("J1", level="市级"), an_entry("J9"))
    rehearser = a_rehearser(old, {"01-9.x": 1.0}, Review(register=entries))
    assert rehearser.without_place(new) == entries[1:]
    assert (total(rehearser.scored(old)), total(rehearser.scored(new))) == (2.5, 3.0)


def test_what_is_left_out_gives_nothing_to_those_to_whom_it_does_not_apply_either() -> None:
    """An item that gives full marks to towns, to whom it does not apply, gives them none where it is left out."""
    types = (UnitType("town", "镇"), UnitType("bureau", "局"))
    instead = Instead({Why.TYPE: OnZero(WhenZero.SHARE, 1.0)}, frozenset({"town"}))
    item = an_indicator(code="01-2", points=6, applies_to=["bureau"], instead=instead)
    tree = of(OTHER, item, unit_types=types)
    rehearser = Rehearser(
        tree, (a_unit(type="town"),), (a_submission(unit=a_unit(type="town"), answers={"01-9.x": 0.5}),)
    )
    assert total(rehearser.scored(tree)) == 8.0
    assert total(rehearser.scored(tree, {"01-2"})) == 5.0  # 2 of 4, converted to 10
    assert tree.by_code["01-2"].instead is not None  # type: ignore[union-attr]


def test_an_answer_counts_whoever_fills_it_in_now() -> None:
    by_unit = an_indicator(points=2)
    by_office = replace(by_unit, filled_by=FilledBy.ASSESSOR)
    unit, office = of(by_unit, OTHER), of(by_office, OTHER)
    rehearser = a_rehearser(unit, {"01-1.x": 0.5, "01-9.x": 1.0})
    assert total(rehearser.scored(office)) == total(rehearser.scored(unit)) == 5.0
    entered = Review(answers={"U1": {"01-1.x": an_answer(0.5)}})
    rehearser = a_rehearser(office, {"01-9.x": 1.0}, entered)
    assert total(rehearser.scored(unit)) == total(rehearser.scored(office)) == 5.0


def test_shared_figures_of_the_tree_are_known_under_its_new_code() -> None:
    def shared(code: str) -> Tree:
        asked = a_field(code="all", type="count", asked_at=code)
        own = an_indicator(points=4, fields=[asked, a_field(code="x", type="count")], value="x / all")
        return of(own, code=code, shared=Shared(code, (replace(asked, asked_at=code),)))

    old, new = shared("old"), shared("new")
    sent = (a_submission(answers={"old.all": 10, "01-1.x": 5}),)
    rehearser = Rehearser(old, (a_unit(),), sent)
    assert unasked(old, new) == ()
    assert total(rehearser.scored(new)) == total(rehearser.scored(old)) == 2.0
    assert asked_anew(new, old, ["", ""]) == ()


def test_a_unit_that_gave_a_printed_rate_is_left_out_where_counts_alone_are_taken() -> None:
    counts = [a_field(code="a", type="count"), a_field(code="b", type="count")]
    rate = a_field(code="r", substitute=True)
    old = of(an_indicator(points=6, fields=[*counts, rate], value="a / b"), OTHER)
    new = of(an_indicator(points=6, fields=counts, value="a / b"), OTHER)
    units = (a_unit(), a_unit(code="U2"))
    sent: tuple[Submission, ...] = (
        a_submission(answers={"01-1.r": 0.5, "01-9.x": 1.0}),
        a_submission(unit="U2", answers={"01-1.a": 1, "01-1.b": 2, "01-9.x": 1.0}),
    )
    rehearser = Rehearser(old, units, sent)
    assert [total(rehearser.scored(old), one.code) for one in units] == [7.0, 7.0]
    assert [total(rehearser.scored(new), one.code) for one in units] == [10.0, 7.0]  # U1: 4 of 4, never 0 of 6
    assert rehearser.lost_of(new) == {"01-1": 1}
    assert unasked(old, new) == ()


def test_the_year_is_that_of_the_submissions() -> None:
    due = {"kind": "late", "due": "01-31", "of": "following_year", "each": 0.5}
    late = an_indicator(points=4, fields=[a_field(type="date")], rule=due)
    old = of(late, year=2017)
    new = of(late, year=2018)
    rehearser = a_rehearser(old, {"01-1.x": 43132.0})  # 2018-02-01
    before = score(old, (a_unit(),), rehearser.submissions)
    assert total(rehearser.scored(new)) == total(rehearser.scored(old)) == total(before)
    assert total(score(new, (a_unit(),), rehearser.submissions)) != total(before)
    assert [unit.year for unit in rehearser.scored(new).units] == [2017]


def test_why_an_item_cannot_be_scored() -> None:
    def lacks(new: Tree) -> list[tuple[str, Lacks, str]]:
        return [(one.code, one.lacks, one.what) for one in unasked(old, new)]

    old = of(an_indicator(fields=[a_field(code="n", type="count", name="件数")]), OTHER)
    more = [a_field(code="n", type="count"), a_field(code="m", type="count", name="另一数")]
    assert lacks(of(an_indicator(fields=more, value="n / m"), OTHER)) == [("01-1", Lacks.FIELD, "另一数")]
    assert lacks(of(an_indicator(fields=[a_field(code="n", name="比率")]), OTHER)) == [("01-1", Lacks.TYPE, "比率")]
    assert lacks(of(an_indicator(fields=[a_field(code="n", type="amount")]), OTHER)) == []
    assert lacks(of(an_indicator(rule={"kind": "judged", "marks": "mean"}), OTHER)) == [("01-1", Lacks.MARKS, "")]
    added = an_indicator(code="01-3")
    assert lacks(of(added, OTHER)) == [("01-3", Lacks.ITEM, "")]


def test_answers_of_the_same_item_are_never_changed_by_a_rehearsal() -> None:
    old, new = of(OTHER), of(replace(OTHER, points=8.0))
    rehearser = a_rehearser(old, {"01-9.x": None})
    first = rehearser.scored(old)
    rehearser.scored(new, {"01-9"})
    again = rehearser.scored(old)
    np.testing.assert_array_equal(first.scores, again.scores)
    np.testing.assert_array_equal(first.status, again.status)
