"""Checked data → Tree: ways up the tree, what comes after it, repetitions, weight sets, what is handed down.

Reaches ``tree/members.py``.
"""

from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.expression import Statistic
from lawgov_score.model import (
    AdjustmentKind,
    AdjustmentLimits,
    Aggregation,
    FilledBy,
    Grade,
    Group,
    Indicator,
    Letter,
    LookupRow,
    Missing,
    OnZero,
    Sign,
    Tree,
    Use,
    Veto,
    Way,
    WhenZero,
)
from lawgov_score.problems import TextPlace
from lawgov_score.rounding import Rounding
from lawgov_score.rules import KINDS
from lawgov_score.tree import load

GOOD = Path(__file__).parent / "good"
APART = GOOD / "apart"


def good(name: str, weights: Path | None = None) -> Tree:
    tree, problems = load(GOOD / name, weights)
    assert tree is not None, problems
    return tree


def group(tree: Tree, code: str) -> Group:
    node = tree.by_code[code]
    assert isinstance(node, Group)
    return node


def indicator(tree: Tree, code: str) -> Indicator:
    node = tree.by_code[code]
    assert isinstance(node, Indicator)
    return node


def test_the_tree_s_own_way_and_its_lists() -> None:
    tree = good("ways.yaml")
    assert tree.aggregation == Aggregation(Way.WEIGHTED_MEAN)
    assert tree.letters == (Letter("A", 4.0), Letter("B", 3.0), Letter("C", 2.0), Letter("D", 1.0))
    assert [node.weight for node in tree.children] == [0.3, 0.5, 0.2, 0.0, 0.0]
    assert (tree.rule, tree.out_of, tree.parallel, tree.weight_set) == (None, None, False, "")


def test_a_sum_with_everything() -> None:
    node = group(good("ways.yaml"), "A")
    assert node.aggregation == Aggregation()
    assert (node.out_of, node.cap, node.floor, node.rounding) == (50.0, 95.0, 5.0, Rounding(1))
    assert node.rule == KINDS["linear"].from_data({"kind": "linear", "zero_at": 0, "full_at": 90}, 100.0)
    assert [(child.bonus, child.weight, child.rounding) for child in node.children] == [
        (False, None, None),
        (True, None, None),
        (False, -1.0, Rounding(0)),
    ]


def test_unit_types_narrow_downwards_and_the_nearest_offices_answer() -> None:
    tree = good("ways.yaml")
    assert [indicator(tree, code).applies_to for code in ("A-1", "A-2", "B-1")] == [
        frozenset({"town"}),
        frozenset({"town"}),
        frozenset(),
    ]
    assert [(indicator(tree, code).lead, indicator(tree, code).assist) for code in ("A-1", "A-2", "B-1")] == [
        (("法制办",), ("各乡镇",)),
        (("司法局",), ()),
        ((), ()),
    ]


def test_means_and_weights_by_class() -> None:
    node = group(good("ways.yaml"), "B")
    assert node.aggregation == Aggregation(Way.GEOMETRIC_MEAN, shift=1.0)
    assert (node.missing, node.coverage_at_least) == (Missing.EXCLUDE, 0.6)
    assert [child.weight for child in node.children] == [3.0, 1.0]


def test_nodes_printed_elsewhere_ranges_written_out() -> None:
    tree = good("ways.yaml")
    node = group(tree, "C")
    assert node.children == ()
    assert node.uses == (Use("B"), Use("A-1", 0.0), Use("A-2"), Use("A-3"), Use("B-1"))
    assert node.aggregation == Aggregation(Way.WEAKEST_LINK, plus=0.5)
    assert [part.code for part, _ in tree.parts_of("C")] == ["B", "A-1", "A-2", "A-3", "B-1"]


def test_tables_and_expressions() -> None:
    tree = good("ways.yaml")
    assert group(tree, "D").aggregation == Aggregation(
        Way.LOOKUP, table=(LookupRow(2, 6.0, 4.0), LookupRow(2, 0.0, 1.0), LookupRow(1, 0.0, 1.0))
    )
    aggregation = group(tree, "E").aggregation
    assert aggregation.expression is not None
    assert (aggregation.way, aggregation.expression.nodes) == (Way.EXPRESSION, ("B-1", "B"))
    assert [node.code for node in tree.evaluation] == ["A", "B", "C", "D", "E"]


def test_what_comes_after_the_tree() -> None:
    tree = good("after.yaml")
    assert tree.grades == (
        Grade("甲", 0.0, None, 2.5, {"towns": 2.0}),
        Grade("乙", 0.0, None, 5.0),
        Grade("丙", 0.0, None, 10.0),
    )
    assert tree.vetoes == (
        Veto("V1", "一", "乙"),
        Veto("V2", "二", bars=("甲",)),
        Veto("V3", "三", "丙"),
        Veto("V4", "四", deduct=5.0),
        Veto("V5", "五", "丙", total_zero=True),
    )
    assert tree.register_is_lower
    assert tree.adjustments == (
        AdjustmentKind("A1", "表彰奖励", Sign.BONUS, None, {"国家级": 2.0, "省级": 1.0}, True, 3.0, "第九条"),
        AdjustmentKind("A2", "通报批评", Sign.PENALTY, 0.5),
    )
    assert tree.adjustment_limits == AdjustmentLimits(5.0, 10.0, True, None)
    policies = tree.policies
    assert (policies.lower_is_better, policies.equals_sign, policies.rank_on_rounded) == (True, True, False)
    assert (policies.grade_by, policies.grade_on_rounded) == ("01", False)
    assert tree.out_of == 5.0
    assert tree.rule is not None


def test_what_nobody_writes_changes_nothing() -> None:
    tree = good("small.yaml")
    assert tree.adjustment_limits == AdjustmentLimits(None, None, False, 0.0)
    assert (tree.policies.grade_by, tree.policies.grade_on_rounded, tree.policies.lower_is_better) == ("", True, False)
    assert all(isinstance(node, Indicator) or node.aggregation == Aggregation() for node in tree.nodes)


def test_a_repeated_group_is_the_mean_of_its_copies() -> None:
    tree = good("repeated.yaml")
    node = group(tree, "05")
    assert (node.aggregation.way, node.out_of, node.coverage_at_least, node.repetition) == (Way.MEAN, None, None, 0)
    copies = [group(tree, child.code) for child in node.children]
    assert [(copy.code, copy.title, copy.repetition, copy.copy_of) for copy in copies] == [
        ("05@1", "服务窗口1", 1, "05"),
        ("05@2", "服务窗口2", 2, "05"),
        ("05@3", "服务窗口3", 3, "05"),
    ]
    assert [(copy.points, copy.out_of, copy.coverage_at_least, copy.aggregation.way) for copy in copies] == [
        (10.0, 5.0, 0.5, Way.SUM)
    ] * 3
    assert [(item.code, item.copy_of) for item in tree.indicators[:4]] == [
        ("05-1-1@1", "05-1-1"),
        ("05-1-2@1", "05-1-2"),
        ("05-1-1@2", "05-1-1"),
        ("05-1-2@2", "05-1-2"),
    ]
    assert (group(tree, "05-1@2").copy_of, group(tree, "05-1@2").repetition) == ("05-1", 0)
    assert [tree.depths[code] for code in ("05", "05@1", "05-1@1", "05-1-1@1")] == [1, 1, 2, 3]


def test_a_reference_stays_within_its_repetition() -> None:
    value = indicator(good("repeated.yaml"), "05-1-2@2").value
    assert value is not None
    assert value.nodes == ("05-1-1@2", "06-1-1")


def test_last_edition_and_who_fills_in() -> None:
    tree = good("repeated.yaml")
    item = indicator(tree, "06-1-1")
    assert item.no_previous == OnZero(WhenZero.SHARE, 0.6)
    assert item.filled_by is FilledBy.ASSESSOR
    assert item.value is not None
    assert (item.value.previous, item.value.cohort) == (("taken",), (Statistic("cohort_mean", "taken"),))
    assert indicator(tree, "05-1-1@1").filled_by is FilledBy.UNIT


def test_parallel_trees_of_which_a_waiver_names_a_group() -> None:
    tree = good("parallel.yaml")
    assert tree.parallel
    assert [(problem.code, problem.waived) for problem in tree.problems] == [(Code.T229, "原件如此")]


def test_a_weight_set_is_as_if_written_in_the_tree(tmp_path: Path) -> None:
    tree = good("apart", APART / "weights.yaml")
    assert (tree.points, tree.weight_set) == (20.0, "某市分值表")
    assert [(node.code, node.points, node.weight) for node in tree.nodes] == [
        ("01", 20.0, None),
        ("01-1", 5.0, 0.6),
        ("01-2", 4.0, 0.4),
    ]
    assert indicator(tree, "01-1").rule.bounds == (0.0, 5.0)
    other = tmp_path / "other.yaml"
    other.write_text((APART / "weights.yaml").read_text(encoding="utf-8").replace('"01-1": 5', '"01-1": 6'), "utf-8")
    assert good("apart", other).fingerprint != tree.fingerprint
    other.write_text((APART / "weights.yaml").read_text(encoding="utf-8").replace("某市", "另一市"), "utf-8")
    assert good("apart", other).fingerprint == tree.fingerprint


def test_a_tree_without_its_points_can_be_linted_but_not_scored() -> None:
    assert load(APART, needs_points=False) == (None, ())
    tree, problems = load(APART)
    assert tree is None
    assert [(problem.code, problem.place) for problem in problems] == [
        (Code.T239, TextPlace((APART / "tree.yaml").as_posix(), 6, 1, 7))
    ]


def test_what_is_wrong_whatever_the_points_are_is_said_without_them(tmp_path: Path) -> None:
    (tmp_path / "tree.yaml").write_bytes((APART / "tree.yaml").read_bytes())
    text = (APART / "01-part.yaml").read_text(encoding="utf-8")
    bands = "{kind: tiers, tiers: [{at_least: 1, score: 90}, {at_least: 2, score: 50}]}"
    part = tmp_path / "01-part.yaml"
    part.write_text(text.replace("{kind: count_cap, each: 0.5, cap: 4}", bands), encoding="utf-8")
    assert [problem.code for problem in load(tmp_path, needs_points=False)[1]] == [Code.T203]
    part.write_text(text.replace("cap: 4", "cap: 0.5"), encoding="utf-8")
    assert load(tmp_path, needs_points=False)[1] == ()


def test_a_set_that_cannot_be_read_is_the_only_thing_wrong(tmp_path: Path) -> None:
    problems = load(APART, tmp_path / "gone.yaml")[1]
    assert [(problem.code, problem.place) for problem in problems] == [
        (Code.T101, TextPlace((tmp_path / "gone.yaml").as_posix()))
    ]
