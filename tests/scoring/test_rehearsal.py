"""What is carried over to another tree: answers by what they are about, marks and changed scores by their share."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
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
    Veto,
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
    assert rehearser.without_place(new, rehearser.units) == entries[1:]
    assert (total(rehearser.scored(old)), total(rehearser.scored(new))) == (2.5, 3.0)


J1 = AdjustmentKind("J1", "表彰", Sign.BONUS, 0.5, {}, False, None, "")
LEVELS = replace(J1, each=None, levels={"省级": 1.0, "市级": 0.25})
V1 = Veto("V1", "重大事故", deduct=1.5)


@pytest.mark.parametrize(
    ("old", "new", "entries", "gain", "lost"),
    [
        # kinds: (adjustments, vetoes) of either tree; each entry is of one unit that has 2 points by its figures
        (((J1,), ()), ((J1,), ()), [an_entry("J1", times=2)], 1.0, 0),
        (((J1,), ()), ((LEVELS,), ()), [an_entry("J1")], 0.0, 1),  # no level was entered
        (((LEVELS,), ()), ((J1,), ()), [an_entry("J1", level="省级")], 0.5, 0),
        (((LEVELS,), ()), ((replace(LEVELS, levels={"省级": 2.0}),), ()), [an_entry("J1", level="省级")], 2.0, 0),
        (((J1,), ()), ((replace(J1, cap=0.75),), ()), [an_entry("J1", times=2)], 0.75, 0),
        (((J1,), ()), ((replace(J1, highest_only=True),), ()), [an_entry("J1", times=2)], 0.5, 0),
        (((J1,), ()), ((), ()), [an_entry("J1")], 0.0, 1),
        (((J1,), ()), ((replace(J1, code="J2"), J1), ()), [an_entry("J1")], 0.5, 0),
        (((J1,), ()), ((replace(J1, sign=Sign.PENALTY),), ()), [an_entry("J1")], 0.0, 1),
        (((J1,), ()), ((), (replace(V1, code="J1"),)), [an_entry("J1")], 0.0, 1),  # a bonus triggers no veto
        (((), (V1,)), ((), (V1,)), [an_entry("V1")], -1.5, 0),
        (((), (V1,)), ((), (replace(V1, deduct=0.5),)), [an_entry("V1")], -0.5, 0),
        (((), (V1,)), ((), ()), [an_entry("V1")], 0.0, 1),
        (((), (V1,)), ((replace(J1, code="V1"),), ()), [an_entry("V1")], 0.0, 1),  # a veto gives no bonus
    ],
)
def test_an_entry_counts_by_what_is_the_same_under_its_code(
    old: Any, new: Any, entries: list[Any], gain: float, lost: int
) -> None:
    """Whatever changed about a bonus, a penalty, a veto: each has an outcome, and an entry without place is named."""
    trees = [of(OTHER, adjustments=kinds, vetoes=vetoes) for kinds, vetoes in (old, new)]
    rehearser = a_rehearser(trees[0], {"01-9.x": 0.5}, Review(register=tuple(entries)))
    assert rehearser.without_place(trees[0], rehearser.units) == ()
    assert len(rehearser.without_place(trees[1], rehearser.units)) == lost
    plain = total(a_rehearser(trees[1], {"01-9.x": 0.5}).scored(trees[1]))
    assert total(rehearser.scored(trees[1])) == pytest.approx(plain + gain)


def test_what_the_office_entered_about_an_item_that_is_gone_or_no_longer_for_the_unit_is_named() -> None:
    types = (UnitType("town", "镇"), UnitType("bureau", "局"))
    marked = an_indicator(code="01-3", points=2, rule={"kind": "judged", "marks": "mean"})
    item = an_indicator(code="01-1", points=2, may_not_apply=True)
    old = of(item, marked, OTHER, unit_types=types)
    unit = a_unit(type="town")
    entered = (a_change(1.0, 2.0), a_ruling(is_granted=True), a_mark(1.5, indicator="01-3"))
    review = Review(changes=entered[:1], rulings=entered[1:2], marks=entered[2:])
    sent = (a_submission(unit=unit, answers={"01-1.x": 0.5, "01-9.x": 1.0}),)
    rehearser = Rehearser(old, (unit,), sent, review)
    without = of(OTHER, unit_types=types)
    bureaus = frozenset({"bureau"})
    moved = (replace(item, applies_to=bureaus), replace(marked, applies_to=bureaus))
    elsewhere = of(*moved, OTHER, unit_types=types)
    computed = of(item, an_indicator(code="01-3", points=2), OTHER, unit_types=types)
    assert rehearser.without_place(old, (unit,)) == ()
    assert set(rehearser.without_place(without, (unit,))) == set(entered)
    assert set(rehearser.without_place(elsewhere, (unit,))) == set(entered)
    assert rehearser.without_place(computed, (unit,)) == entered[2:]
    assert (total(rehearser.scored(without)), total(rehearser.scored(elsewhere))) == (4.0, 8.0)  # 4 of 4, converted
    assert rehearser.scored(elsewhere).problems == ()


def test_a_claim_that_is_taken_no_longer_is_left_out_and_a_refused_one_stays_blank() -> None:
    """U1 was granted its 不适用, U2 refused, U3 not ruled on: only U2's was ever 0, and it still is."""
    item = an_indicator(points=6, may_not_apply=True)
    old, new = of(item, OTHER), of(replace(item, may_not_apply=False), OTHER)
    units = tuple(a_unit(code=f"U{n}") for n in (1, 2, 3))
    sent = tuple(a_submission(unit=unit.code, answers={"01-1.x": CLAIM, "01-9.x": 1.0}) for unit in units)
    review = Review(rulings=(a_ruling(is_granted=True), a_ruling(unit="U2", is_granted=False)))
    rehearser = Rehearser(old, units, sent, review)
    by_old, by_new = rehearser.scored(old), rehearser.scored(new)
    assert [total(by_new, unit.code) for unit in units] == [10.0, 4.0, 10.0]
    assert [total(by_old, code) for code in ("U1", "U2")] == [10.0, 4.0]
    assert rehearser.lost_of(new) == {"01-1": 2}
    assert rehearser.lost_of(old) == {}


def test_answers_beyond_the_bounds_of_the_other_tree_are_named() -> None:
    """By a figure, by another field, no whole number, a day that never came; what OLD did not take either is not."""

    def tree(year: int = 2024, **keys: Any) -> Tree:
        fields = [
            a_field(code="n", type=keys.pop("type", "amount"), name="数", **keys),
            a_field(code="all", type="count", name="总数"),
            a_field(code="d", type="date", name="日期", never="" if year == 2023 else "未报送"),
        ]
        return of(an_indicator(fields=fields, value="n / all"), OTHER, year=year)

    def beyond(new: Tree, **answers: float) -> list[tuple[str, tuple[str, ...], int]]:
        known = {f"01-1.{code}": value for code, value in {"n": 2.5, "all": 4.0, "d": 45400.0, **answers}.items()}
        rehearser = a_rehearser(tree(), {**known, "01-9.x": 1.0})
        assert rehearser.beyond(rehearser.old) == ()
        return [(one.code, one.fields, one.units) for one in rehearser.beyond(new)]

    assert (
        beyond(tree()) == beyond(tree(at_most=2.5)) == beyond(tree(at_least=2.5)) == beyond(tree(at_most="all")) == []
    )
    assert beyond(tree(at_most=2.4)) == [("01-1", ("数",), 1)]
    assert beyond(tree(at_least=3)) == [("01-1", ("数",), 1)]
    assert beyond(tree(at_most="all"), n=4.5) == [("01-1", ("数",), 1)]
    assert beyond(tree(at_most="all", type="count"), n=4.5) == [("01-1", ("数",), 1)]
    assert beyond(tree(type="count"), n=3.0) == []
    assert beyond(tree(type="count")) == [("01-1", ("数",), 1)]
    assert beyond(tree(year=2023), d=float("inf")) == [("01-1", ("日期",), 1)]
    assert beyond(tree(at_most=2.4), n=None) == []  # type: ignore[arg-type]


def test_bounds_of_days_are_those_of_their_year() -> None:
    """A new edition moves them on by a year: that is no change to anybody's answers, for the assessed year is held."""

    def tree(year: int, least: float) -> Tree:
        return of(an_indicator(fields=[a_field(type="date", at_least=least)], rule=due), OTHER, year=year)

    due = {"kind": "late", "due": "01-31", "of": "following_year", "each": 0.5}
    rehearser = a_rehearser(tree(2024, 45292.0), {"01-1.x": 45400.0})
    assert rehearser.beyond(tree(2025, 45658.0)) == ()
    assert [one.units for one in rehearser.beyond(tree(2024, 45658.0))] == [1]


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
