"""The flagship tree and the five reports: it has the counts of the print, they say what figures.csv says."""

import csv
import re
from pathlib import Path

import pytest

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState, Indicator, Tree
from lawgov_score.pipeline import assess, check, load_roster, load_tree
from lawgov_score.problems import NodePlace
from submissions.make_published_reports import entry

ROOT = Path(__file__).parent.parent
TREE = ROOT / "indicators" / "qujialing-2017"
REPORTS = ROOT / "submissions" / "published-reports"
SEEDS = ROOT.parent / "shared" / "seeds"
SEED_OF = {
    "qujialing-2017": "000",
    "tongchuan-2021": "001",
    "bazhong-2017": "002",
    "wuhua-2020": "003",
    "qingshan-2020": "004",
}


def figures() -> list[dict[str, str]]:
    with (REPORTS / "figures.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def tree() -> Tree:
    found, problems = load_tree(TREE)
    assert found is not None, problems
    return found


def test_the_tree_has_the_counts_of_the_report(tree: Tree) -> None:
    by_depth = [sum(depth == level for depth in tree.depths.values()) for level in (1, 2, 3)]
    assert by_depth == [3, 38, 129]
    assert sum(group.points for group in tree.children) == 100.0
    assert [group.title for group in tree.children] == [
        "依法全面履行政府职能",
        "完善依法行政制度体系",
        "组织保障和落实机制",
    ]


def test_every_ratio_says_what_a_zero_denominator_means(tree: Tree) -> None:
    for indicator in tree.indicators:
        if indicator.value is not None and indicator.value.divides:
            assert indicator.on_zero is not None, indicator.code


def test_every_indicator_is_complete(tree: Tree) -> None:
    for indicator in tree.indicators:
        assert indicator.fields or indicator.is_judged, indicator.code
        assert indicator.basis, indicator.code
        assert indicator.lead, indicator.code
        assert indicator.evidence, indicator.code
        for asked in indicator.fields:
            assert asked.name, indicator.code
            assert asked.measured_in or asked.type not in {"count", "amount"}, f"{indicator.code}.{asked.code}"


@pytest.mark.parametrize(
    ("unit_type", "items", "points"),
    [
        ("subdistrict", 80, 63.0),
        ("department", 87, 67.0),
        ("enforcing", 119, 94.0),
        ("dual", 102, 84.0),
        ("area", 129, 100),
    ],
)
def test_what_applies_to_each_type_of_unit(tree: Tree, unit_type: str, items: int, points: float) -> None:
    """Counts and points of the proposal (reference/tree-38-129.md)."""
    mine = [indicator for indicator in tree.indicators if tree.is_applicable(indicator, unit_type)]
    assert (len(mine), sum(indicator.points for indicator in mine)) == (items, points)


def test_no_rule_can_give_more_than_its_points(tree: Tree) -> None:
    for indicator in tree.indicators:
        assert indicator.rule.bounds[1] == pytest.approx(indicator.points), indicator.code


def test_only_what_the_print_leaves_open_is_judged_and_the_assessors_fill_in_what_they_find(tree: Tree) -> None:
    assert [one.code for one in tree.indicators if one.is_judged] == ["13-3", "22-1"]
    assert [one.code for one in tree.indicators if one.is_of_office and not one.is_judged] == ["37-3"]
    answered = {row["code"] for row in figures()}
    assert not answered & {one.code for one in tree.indicators if one.is_of_office}  # no report is asked anew


def test_counts_that_make_up_a_total_are_checked_together(tree: Tree) -> None:
    checks = {one.code: [check.holds.text for check in one.checks] for one in tree.indicators if one.checks}
    assert checks == {
        "14-1": ["reviewed + skipped <= decisions"],
        "23-2": ["chief + deputy <= cases"],
        "23-3": ["done + refused <= due"],
    }


def test_the_register_is_that_of_the_proposal(tree: Tree) -> None:
    """reference/tree-38-129.md: bonus 2, 1, 0.5 for the highest level, cap 3; penalty 1 and 0.5, cap 3; V6 takes 5."""
    bonus, penalty = tree.adjustments
    assert (bonus.sign, bonus.levels, bonus.highest_only, bonus.cap) == (
        "bonus",
        {"国家级": 2.0, "省级": 1.0, "市级": 0.5},
        True,
        3.0,
    )
    assert (penalty.sign, penalty.levels, penalty.cap) == ("penalty", {"省级以上": 1.0, "市级": 0.5}, 3.0)
    (false,) = (veto for veto in tree.vetoes if veto.code == "V6")
    assert (false.deduct, false.node_zero, false.grade_at_most) == (5.0, "37-3", "良好")


TOTALS = {"wuhua-2020": 12.1, "qujialing-2017": 7.22, "qingshan-2020": 5.0, "tongchuan-2021": 4.22, "bazhong-2017": 0.0}


def test_the_reports_come_to_the_totals_that_they_always_had() -> None:
    scores = assess(TREE, [REPORTS], REPORTS / "roster.csv").scores
    assert scores is not None
    assert dict(zip([unit.code for unit in scores.units], scores.total.tolist(), strict=True)) == TOTALS


def test_the_five_workbooks_hold_the_figures_and_nothing_else(tree: Tree) -> None:
    units, _ = load_roster(REPORTS / "roster.csv", tree)
    taken = check(tree, [REPORTS], units)
    assert [p for p in taken.problems if p.severity != "note" and p.code is not Code.R122] == []
    open_vetoes = {p.place.unit for p in taken.problems if p.code is Code.R122 and isinstance(p.place, NodePlace)}
    assert open_vetoes == set(SEED_OF)  # no report says of every veto that there was no cause for it
    assert [submission.unit.code for submission in taken.submissions] == sorted(SEED_OF)
    found = {
        (submission.unit.code, key)
        for submission in taken.submissions
        for key, answer in submission.answers.items()
        if answer.state is not AnswerState.MISSING
    }
    assert found == {(row["unit"], f"{row['code']}.{row['field']}") for row in figures()}


@pytest.mark.parametrize("row", figures(), ids=lambda row: f"{row['unit']}-{row['code']}.{row['field']}")
def test_a_figure_says_where_it_comes_from_and_fits_its_field(row: dict[str, str], tree: Tree) -> None:
    assert row["section"].strip()
    assert row["quote"].strip()
    indicator = tree.by_code[row["code"]]
    assert isinstance(indicator, Indicator)
    assert row["field"] in {asked.code for asked in indicator.fields}
    assert entry(tree, type("Row", (), row)).value != ""
    if SEEDS.is_dir():  # the reports themselves are not part of this repository
        (seed,) = SEEDS.glob(f"{SEED_OF[row['unit']]}_*.txt")
        assert _packed(row["quote"]) in _packed(seed.read_text(encoding="utf-8"))


def _packed(text: str) -> str:
    return re.sub(r"\s+", "", text)
