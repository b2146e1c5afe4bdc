"""The input in this repository: the five reports say what figures.csv says, and the made-up round is what it claims."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState, Indicator, Scores, Status, Tree
from lawgov_score.pipeline import Assessment, assess, check, load_roster, load_tree
from lawgov_score.problems import NodePlace
from submissions import make_sample_round
from submissions.filled_workbook import write_filled
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
        assert indicator.fields, indicator.code
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


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    folder = tmp_path_factory.mktemp("sample")
    (folder / "roster.csv").write_bytes((make_sample_round.FOLDER / "roster.csv").read_bytes())
    assert make_sample_round.main(folder) == 0
    return assess(TREE, [folder], folder / "roster.csv")


def scores_of(done: Assessment) -> Scores:
    assert done.scores is not None
    return done.scores


def row_of(scores: Scores, unit: str) -> int:
    return [known.code for known in scores.units].index(unit)


def test_the_sample_round_has_24_units_in_four_cohorts(sample: Assessment) -> None:
    scores = scores_of(sample)
    assert len(scores.units) == 24
    assert set(scores.cohort_names) == {"办事处组", "有执法权部门组", "无执法权部门组", "双管单位组"}


def test_one_unit_sent_nothing_and_is_listed(sample: Assessment) -> None:
    scores = scores_of(sample)
    row = row_of(scores, make_sample_round.NOT_SUBMITTED)
    assert scores.submissions[row] is None
    assert scores.rank[row] == 0
    assert "S116" in {problem.code for problem in sample.problems}


def test_one_unit_has_errors_and_stops_no_other(sample: Assessment) -> None:
    errors = [p for p in sample.problems if p.severity == "error"]
    assert {Path(p.place.path).stem for p in errors} == {make_sample_round.WITH_ERRORS}  # type: ignore[union-attr]  # CellPlace
    assert {p.code for p in errors} >= {"S201", "S203", "S205", "S206", "S208"}
    scores = scores_of(sample)
    assert (scores.status[row_of(scores, make_sample_round.WITH_ERRORS)] == Status.INVALID).any()
    assert (scores.rank > 0).sum() == 23


def test_twins_share_a_place_and_the_next_one_is_empty(sample: Assessment) -> None:
    scores = scores_of(sample)
    one, other = (row_of(scores, unit) for unit in make_sample_round.TWINS)
    assert scores.total[one] == scores.total[other]
    assert scores.rank[one] == scores.rank[other]
    places = scores.rank[scores.cohorts == scores.cohorts[one]].tolist()
    assert scores.rank[one] + 1 not in places


def test_there_are_blanks_claims_late_filings_and_a_veto(sample: Assessment) -> None:
    scores = scores_of(sample)
    came = np.array([submission is not None for submission in scores.submissions])
    assert (scores.status[came] == Status.MISSING).any()
    assert (scores.status == Status.NOT_REVIEWED).any()
    late = scores.scores[row_of(scores, "BS-05"), scores.node_column["36-3"]]
    assert late < 1.5
    assert scores.vetoes[row_of(scores, make_sample_round.WITH_VETO[0])] == (("V1", "06-3"),)


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path, tree: Tree) -> None:
    units, _ = load_roster(make_sample_round.FOLDER / "roster.csv", tree)
    assert units is not None
    unit = units[0]
    for name in ("one", "other"):
        write_filled(tree, unit, make_sample_round.a_round(tree, unit, 0), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
