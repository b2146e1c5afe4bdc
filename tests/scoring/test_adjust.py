"""加分、扣分、一票否决 and what they do to totals: worked cases, caps, limits, and the laws they keep."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from builders import a_field, a_submission, a_tree, a_unit, a_unit_type, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.model import (
    FLOOR,
    INSIDE,
    Adjusted,
    AdjustmentKind,
    AdjustmentLimits,
    Grade,
    Previous,
    Quota,
    RegisterEntry,
    Review,
    Sign,
    Tree,
    Veto,
)
from lawgov_score.problems import CellPlace
from lawgov_score.scoring import score
from lawgov_score.scoring.adjust import adjust, vetoes_of, zeroed
from lawgov_score.scoring.answers import columns

AWARD = AdjustmentKind("A1", "表彰奖励", Sign.BONUS, levels={"国家级": 2.0, "省级": 1.0, "市级": 0.5})
PILOT = AdjustmentKind("A2", "改革试点", Sign.BONUS, each=0.5)
BLAME = AdjustmentKind("B1", "通报批评", Sign.PENALTY, each=0.5)
LOSSES = AdjustmentKind("B2", "败诉", Sign.PENALTY, levels={"重大": 3.0, "一般": 0.1})


def a_tree_of_100(**other: Any) -> Tree:
    return a_tree(indicators=[an_indicator(points=100)], **other)


def line(kind: str, *, level: str = "", matter: str = "", times: float = 1.0, date: float = 45000.0) -> RegisterEntry:
    return RegisterEntry("U1", kind, level, matter, times, date, "", CellPlace("登记.xlsx", "登记", "A2"))


def settled(
    tree: Tree, total: float, register: Sequence[RegisterEntry] = (), vetoes: Sequence[str] = ()
) -> tuple[float, tuple[Adjusted, ...]]:
    """One unit with ``total`` before adjustments: its total after them, and what is on record."""
    triggered = (tuple((code, "01-1") for code in vetoes),)
    full, adjusted = adjust(tree, (a_unit(),), np.array([total]), Review(register=tuple(register)), triggered)
    return float(full[0]), adjusted[0]


def points(adjusted: Sequence[Adjusted]) -> dict[str, float]:
    return {one.kind: one.points for one in adjusted}


def test_levels_and_times() -> None:
    tree = a_tree_of_100(adjustments=(AWARD, BLAME))
    register = [line("A1", level="国家级"), line("A1", level="市级", times=2), line("B1", times=3)]
    total, adjusted = settled(tree, 80.0, register)
    assert total == 81.5
    assert points(adjusted) == {"A1": 3.0, "B1": -1.5}
    assert adjusted[0].gives == (2.0, 1.0)
    assert [entry.level for entry in adjusted[0].entries] == ["国家级", "市级"]


@pytest.mark.parametrize(
    ("matters", "gives"),
    [
        ([("国家级", "示范创建"), ("省级", "示范创建")], 2.0),  # one matter: the highest level
        ([("省级", "示范创建"), ("国家级", " 示范创建 ")], 2.0),  # blanks around it are nothing
        ([("省级", "创建(2024)"), ("国家级", "创建（２０２４）")], 2.0),  # full and half width are alike
        ([("省级", "示范创建"), ("省级", "示范创建")], 1.0),  # and only once
        ([("国家级", "示范创建"), ("省级", "依法行政先进")], 3.0),  # two matters
        ([("国家级", ""), ("省级", "")], 3.0),  # nobody said that they are one
    ],
)
def test_of_one_matter_only_the_highest_level_counts(matters: list[tuple[str, str]], gives: float) -> None:
    tree = a_tree_of_100(adjustments=(replace(AWARD, highest_only=True),))
    register = [line("A1", level=level, matter=matter, times=2) for level, matter in matters]
    assert settled(tree, 80.0, register)[0] == 80 + gives


def test_a_matter_that_is_covered_stays_on_record_with_nothing() -> None:
    tree = a_tree_of_100(adjustments=(replace(AWARD, highest_only=True),))
    register = [line("A1", level="省级", matter="创建"), line("A1", level="国家级", matter="创建", date=45001)]
    assert settled(tree, 80.0, register)[1][0].gives == (0.0, 2.0)


def test_a_kind_has_a_cap_of_its_own() -> None:
    tree = a_tree_of_100(adjustments=(replace(AWARD, cap=3.0), replace(BLAME, cap=1.0)))
    register = [line("A1", level="国家级", times=2), line("B1", times=5)]
    total, adjusted = settled(tree, 80.0, register)
    assert total == 82.0
    assert [(one.points, one.full, one.limits) for one in adjusted] == [(3.0, 4.0, ("cap",)), (-1.0, -2.5, ("cap",))]


def test_caps_over_all_kinds_cut_what_the_tree_lists_last() -> None:
    limits = AdjustmentLimits(bonus_cap=3.0, penalty_cap=2.0)
    tree = a_tree_of_100(adjustments=(AWARD, PILOT, BLAME, LOSSES), adjustment_limits=limits)
    register = [line("A2", times=4), line("A1", level="国家级"), line("B2", level="重大"), line("B1")]
    total, adjusted = settled(tree, 80.0, register)
    assert points(adjusted) == {"A1": 2.0, "A2": 1.0, "B1": -0.5, "B2": -1.5}
    assert [one.limits for one in adjusted] == [(), ("bonus_cap",), (), ("penalty_cap",)]
    assert total == 81.0


@pytest.mark.parametrize(("inside", "total"), [(True, 100.0), (False, 101.0)])
def test_inside_or_outside_the_hundred(inside: bool, total: float) -> None:
    tree = a_tree_of_100(adjustments=(AWARD, BLAME), adjustment_limits=AdjustmentLimits(inside=inside))
    register = [line("A1", level="国家级"), line("B1")]
    got, adjusted = settled(tree, 99.5, register)
    assert got == total
    assert points(adjusted) == {"A1": 1.0 if inside else 2.0, "B1": -0.5}


def test_what_lies_in_the_tree_itself_is_held_inside_too_and_says_so() -> None:
    tree = a_tree_of_100(adjustments=(AWARD,), adjustment_limits=AdjustmentLimits(inside=True))
    assert settled(tree, 101.5) == (100.0, (Adjusted(INSIDE, -1.5, -1.5),))


def test_the_floor_stops_penalties_and_deductions() -> None:
    tree = a_tree_of_100(adjustments=(BLAME, LOSSES), vetoes=(Veto("V1", "情形", deduct=2.0),))
    register = [line("B1"), line("B2", level="重大")]
    total, adjusted = settled(tree, 4.0, register, ["V1"])
    assert total == 0.0
    assert points(adjusted) == {"B1": -0.5, "B2": -3.0, "V1": -0.5}
    assert adjusted[2].limits == (FLOOR,)


def test_a_tree_that_says_so_has_no_floor_or_another() -> None:
    kinds = {"adjustments": (LOSSES,)}
    register = [line("B2", level="重大", times=3)]
    assert settled(a_tree_of_100(**kinds, adjustment_limits=AdjustmentLimits(floor=None)), 4.0, register)[0] == -5.0
    assert settled(a_tree_of_100(**kinds, adjustment_limits=AdjustmentLimits(floor=-2.0)), 4.0, register)[0] == -2.0


def test_a_negative_total_is_lifted_to_a_floor_that_is_stated_and_to_no_other() -> None:
    stated = a_tree_of_100(adjustment_limits=AdjustmentLimits(floor=0.0))
    assert settled(stated, -1.5) == (0.0, (Adjusted(FLOOR, 1.5, 1.5),))
    assert settled(a_tree_of_100(), -1.5) == (-1.5, ())
    deducts = a_tree_of_100(vetoes=(Veto("V1", "情形", deduct=2.0),))
    assert settled(deducts, -1.5, vetoes=["V1"])[0] == -1.5  # nothing more can be taken


def test_vetoes_deduct_and_set_to_zero() -> None:
    vetoes = (Veto("V1", "甲", deduct=5.0), Veto("V2", "乙", total_zero=True), Veto("V3", "丙", bars=("优秀",)))
    tree = a_tree_of_100(vetoes=vetoes, adjustments=(AWARD,))
    assert settled(tree, 80.0, vetoes=["V1"])[0] == 75.0
    assert settled(tree, 80.0, vetoes=["V1", "V1"])[0] == 75.0  # one thing, however often it was noticed
    assert settled(tree, 80.0, vetoes=["V3"]) == (80.0, ())
    total, adjusted = settled(tree, 80.0, [line("A1", level="国家级")], ["V1", "V2"])
    assert total == 0.0
    assert points(adjusted) == {"A1": 2.0, "V1": -5.0, "V2": -77.0}


def test_no_total_stays_none_and_its_lines_stay_on_record() -> None:
    tree = a_tree_of_100(adjustments=(AWARD,), vetoes=(Veto("V2", "乙", total_zero=True),))
    total, adjusted = settled(tree, np.nan, [line("A1", level="国家级")], ["V2"])
    assert np.isnan(total)
    assert [(one.kind, one.points, one.full) for one in adjusted] == [("A1", 0.0, 2.0), ("V2", 0.0, 0.0)]


def test_tenths_add_up_exactly() -> None:
    tree = a_tree_of_100(adjustments=(LOSSES,))
    assert settled(tree, 80.0, [line("B2", level="一般")] * 3)[0] == 79.7


def test_the_register_brings_vetoes_beside_own_figures() -> None:
    indicator = an_indicator(
        fields=[a_field(type="count")], rule={"kind": "deduction", "each": 1}, vetoes={"V2": "x > 0"}
    )
    vetoes = (Veto("V1", "甲", total_zero=True), Veto("V2", "乙", node_zero="01-1"), Veto("V3", "丙", node_zero="01"))
    tree = a_tree(indicators=[indicator], vetoes=vetoes)
    units = (a_unit(code="U1"), a_unit(code="U2"))
    given = tuple(a_submission(unit=unit, answers={"01-1.x": x}) for unit, x in zip(units, (1, 0), strict=True))
    review = Review(register=(line("V2"), line("V1"), line("V2")))
    found = vetoes_of(tree, units, columns(tree, units, given), review)
    assert found == ((("V2", "01-1"), ("V1", ""), ("V2", "")), ())
    assert {code: rows.tolist() for code, rows in zeroed(tree, found).items()} == {"01-1": [True, False]}


def test_a_trigger_may_look_at_the_last_edition_and_at_the_cohort() -> None:
    indicator = an_indicator(
        fields=[a_field(type="count")],
        rule={"kind": "deduction", "each": 0.1},
        vetoes={"V1": "x > 2 * previous.x", "V2": "x > 2 * cohort_mean(x)"},
    )
    tree = a_tree(indicators=[indicator], vetoes=(Veto("V1", "甲", deduct=1.0), Veto("V2", "乙", deduct=1.0)))
    given = [a_submission(unit=code, answers={"01-1.x": x}) for code, x in (("A", 9), ("B", 1), ("C", 1), ("D", 0))]
    before = {"A": {"01-1.x": 4.0}, "B": {"01-1.x": 1.0}}  # of C and D nothing is on record: that triggers nothing
    previous = Previous("去年", {}, {}, {}, before)
    scores = score(tree, tuple(one.unit for one in given), given, previous=previous)
    assert scores.vetoes == ((("V1", "01-1"), ("V2", "01-1")), (), (), ())
    assert np.isnan(scores.total).sum() == 0


def test_the_whole_order_from_scores_to_quotas() -> None:
    """Aggregate → convert → adjust → round → rank → vetoes and lines → quotas, in this order and no other."""
    indicators = [
        an_indicator(code="01-1", points=50),
        an_indicator(code="01-2", points=49, applies_to=["town"]),
        an_indicator(code="01-3", points=1),
    ]
    tree = a_tree(
        indicators=indicators,
        unit_types=(a_unit_type(code="town"), a_unit_type(code="office")),
        grades=(Grade("优秀", 90.0, Quota(0.5)), Grade("良好", 80.0), Grade("合格", 0.0)),
        adjustments=(AWARD,),
        vetoes=(Veto("V1", "甲", bars=("优秀",)), Veto("V2", "乙", node_zero="01-3")),
        policies={"round_indicator": None, "round_total": 1},
    )
    given = [
        a_submission(unit=a_unit(code="A", type="town"), answers={"01-1.x": 0.9, "01-2.x": 0.9, "01-3.x": 0.9}),
        a_submission(unit=a_unit(code="B", type="office"), answers={"01-1.x": 0.9, "01-3.x": 1.0}),
        a_submission(unit=a_unit(code="C", type="town"), answers={"01-1.x": 0.9, "01-2.x": 0.9, "01-3.x": 0.86}),
        a_submission(unit=a_unit(code="D", type="town"), answers={"01-1.x": 1.0, "01-2.x": 1.0, "01-3.x": 1.0}),
    ]
    register = (
        replace(line("A1", level="省级"), unit="A"),
        replace(line("V2"), unit="B"),
        replace(line("V1"), unit="D"),
        replace(line("A1", level="国家级"), unit="nobody"),
    )
    scores = score(tree, tuple(one.unit for one in given), given, Review(register=register))
    assert scores.converted.tolist() == pytest.approx([90.0, 45 / 51 * 100, 89.96, 100.0])
    assert scores.total.tolist() == [91.0, 88.2, 90.0, 100.0]
    assert scores.rank.tolist() == [2, 4, 3, 1]  # a veto on the grade takes no place away
    assert scores.grades == ("优秀", "良好", "优秀", "良好")
    assert scores.grade_reasons == ((), (), (), ("veto:V1",))
    assert scores.scores[1, scores.node_column["01-3"]] == 0.0
    assert points(scores.adjusted[0]) == {"A1": 1.0}


# ---------------------------------------------------------------- laws

KINDS = (replace(AWARD, highest_only=True, cap=3.0), PILOT, replace(BLAME, cap=2.0), LOSSES)
VETOES = (Veto("V1", "甲", deduct=5.0), Veto("V2", "乙", deduct=1.0))
LEVELS: Mapping[str, Sequence[str]] = {"A1": tuple(AWARD.levels), "A2": ("",), "B1": ("",), "B2": tuple(LOSSES.levels)}
LINE = st.sampled_from(sorted(LEVELS)).flatmap(
    lambda kind: st.builds(
        line,
        kind=st.just(kind),
        level=st.sampled_from(LEVELS[kind]),
        matter=st.sampled_from(["", "甲", "乙"]),
        times=st.integers(1, 4).map(float),
        date=st.integers(45000, 45002).map(float),
    )
)
CAP = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 4.0]))
LIMITS = st.builds(AdjustmentLimits, CAP, CAP, st.booleans(), st.sampled_from([None, 0.0, 10.0]))
TOTAL = st.integers(-20, 1100).map(lambda n: n / 10)
REGISTER = st.lists(LINE, max_size=6)
CODES = st.lists(st.sampled_from(["V1", "V2"]), max_size=2)


def limited(limits: AdjustmentLimits) -> Tree:
    return a_tree_of_100(adjustments=KINDS, adjustment_limits=limits, vetoes=VETOES)


@given(LIMITS, TOTAL, REGISTER, CODES, st.randoms())
def test_the_order_of_the_register_never_matters(
    limits: AdjustmentLimits, total: float, register: list[RegisterEntry], codes: list[str], random: Any
) -> None:
    shuffled = list(register)
    random.shuffle(shuffled)
    assert settled(limited(limits), total, register, codes) == settled(limited(limits), total, shuffled, codes)


@given(LIMITS, TOTAL, REGISTER, CODES, LINE)
def test_a_bonus_never_lowers_and_a_penalty_never_raises_a_total(
    limits: AdjustmentLimits, total: float, register: list[RegisterEntry], codes: list[str], more: RegisterEntry
) -> None:
    before = settled(limited(limits), total, register, codes)[0]
    after = settled(limited(limits), total, [*register, more], codes)[0]
    assert after >= before if more.kind.startswith("A") else after <= before


@given(LIMITS, TOTAL, REGISTER, CODES)
def test_caps_and_limits_hold_and_every_point_is_on_record(
    limits: AdjustmentLimits, total: float, register: list[RegisterEntry], codes: list[str]
) -> None:
    got, adjusted = settled(limited(limits), total, register, codes)
    assert got == pytest.approx(total + sum(one.points for one in adjusted), abs=1e-9)
    by_kind = points(adjusted)
    for kind in KINDS:
        assert abs(by_kind.get(kind.code, 0.0)) <= (np.inf if kind.cap is None else kind.cap)
    given_, taken = (sum(by_kind.get(kind.code, 0.0) for kind in KINDS if kind.sign is sign) for sign in Sign)
    assert 0 <= given_ <= (np.inf if limits.bonus_cap is None else limits.bonus_cap + 1e-9)
    assert 0 <= -taken <= (np.inf if limits.penalty_cap is None else limits.penalty_cap + 1e-9)
    assert not limits.inside or got <= 100
    assert limits.floor is None or got >= limits.floor
    assert all(abs(one.points) <= abs(one.full) for one in adjusted)
