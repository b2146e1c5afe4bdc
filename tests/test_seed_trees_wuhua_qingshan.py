"""The trees wuhua-2020 and qingshan-2020: headings as printed, a field for every figure, and the figures score."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

from lawgov_score.catalogue import Code
from lawgov_score.model import Group, Indicator, Scores, Status, Tree
from lawgov_score.pipeline import assess, load_tree

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
NUMERAL = "[一二三四五六七八九十]+"


@dataclass(frozen=True, eq=False)  # hashed by identity, to be a cache key
class Seed:
    """What one report, and the tree made from it, must show."""

    code: str
    number: str
    counts: tuple[int, int, int]
    points: tuple[float, ...]  # of the parts
    part: str  # a printed heading of a part
    measure: str  # a printed heading below it
    ends: str  # where the parts end
    # Numbers that are no figure of the year's work: titles of documents, dates of publication, bare years.
    no_figures: tuple[str, ...]
    scores: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


WUHUA = Seed(
    code="wuhua-2020",
    number="003",
    counts=(8, 43, 105),
    points=(21, 10, 13, 12, 9, 8, 9, 18),
    part=rf"^{NUMERAL}(?:、 |\.)\S+$",
    measure=rf"^\({NUMERAL}\)\S+$",
    ends="九、 存在的问题和不足",
    no_figures=(r"昆政发〔2018〕52号", r"国务院令第713号", r"20\d\d[-—]20\d\d年", r"20\d\d年"),
    scores=MappingProxyType(
        {
            "03-2": 1,  # 180 + 3352 + 117 + 11 + 37 + 167 + 57 + 35 + 6 + 177 = 4139
            "08-3": 0.5,  # 51 × 1670 = 85,170
            "08-6": 0.5,  # 5.5% is not above 5.5%
            "23-2": 0.67,  # 0.75 − 0.8 × 0.1
            "24-2": 0.94,  # 202 / 214
            "26-2": 0.5,  # 26 + 43 + 2 = 71
            "26-3": 0.33,  # 20 of 24, from 50% to 100%
            "26-4": 0.44,  # (37 + 66) / 118
            "26-5": 0.26,  # 61 / 118
            "26-6": 0.5,  # 61 / 61
            "30-1": 0.5,  # 1158 / 176 = 6.6
            "30-5": 0.5,  # none
            "33-1": 2,  # 21 / 60 against 30%
            "37-3": 0.7,  # 30 April, due 31 March: three periods of ten days
            "39-3": 0.3,  # 7 days late
            "42-2": 0.5,  # 2 of 4
        }
    ),
)
QINGSHAN = Seed(
    code="qingshan-2020",
    number="004",
    counts=(4, 14, 38),
    points=(25, 25, 25, 25),
    part=rf"^{NUMERAL}、\S+$",
    measure=r"^[^。]+(?=。\S)",
    ends="几年耕耘,硕果累累。",
    no_figures=(r"2015-2020年",),
    scores=MappingProxyType(
        {
            "01-2": 5.2,  # 自治区级 is 80%
            "05-1": 1.5,  # (20 − 4) / 20 is past 60%
            "05-5": 0.5,  # first
            "06-2": 2,  # 99 + 512 + 5052 = 5663
            "13-2": 1.5,  # 100%
        }
    ),
)
BOTH = pytest.mark.parametrize("seed", [WUHUA, QINGSHAN], ids=lambda seed: seed.code)


@cache
def tree_of(seed: Seed) -> Tree:
    found, problems = load_tree(ROOT / "indicators" / seed.code)
    assert found is not None, problems
    assert problems == ()
    return found


@cache
def figures(seed: Seed) -> tuple[dict[str, str], ...]:
    path = ROOT / "submissions" / "own-trees" / f"{seed.code}.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        assert rows.fieldnames == ["unit", "code", "field", "value", "section", "quote", "note"]
        return tuple(rows)


def report(seed: Seed) -> str | None:
    """The report, where it is: it is not part of this repository."""
    if not SEEDS.is_dir():
        return None
    (path,) = SEEDS.glob(f"{seed.number}_*.txt")
    return path.read_text(encoding="utf-8")


def parts_of(seed: Seed, text: str) -> str:
    """The report without what follows its parts."""
    head, end, _ = text.partition(seed.ends)
    assert end
    return head


@cache
def scored(seed: Seed, folder: Path) -> Scores:
    """The report's figures as one row of a table, scored."""
    table, roster = folder / "figures.csv", folder / "roster.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["unit", *(f"{row['code']}.{row['field']}" for row in figures(seed))])
        writer.writerow([seed.code, *(row["value"] for row in figures(seed))])
    roster.write_text(f"unit,name,type,cohort\n{seed.code},{seed.code},district,districts\n", encoding="utf-8")
    done = assess(ROOT / "indicators" / seed.code, [table], roster)
    said = [problem.code for problem in done.problems if problem.severity != "note"]
    assert said == [Code.S227] * (seed is WUHUA)  # its measures of September 2019 were due at the end of 2020
    assert done.scores is not None
    return done.scores


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {seed.code: tmp_path_factory.mktemp(seed.code) for seed in (WUHUA, QINGSHAN)}


@BOTH
def test_counts_and_points(seed: Seed) -> None:
    tree = tree_of(seed)
    assert tuple(sum(depth == level for depth in tree.depths.values()) for level in (1, 2, 3)) == seed.counts
    assert tuple(part.points for part in tree.children) == seed.points
    assert sum(seed.points) == 100


@BOTH
def test_every_measure_has_an_indicator(seed: Seed) -> None:
    for part in tree_of(seed).children:
        assert isinstance(part, Group)
        for measure in part.children:
            assert isinstance(measure, Group), measure.code
            assert measure.children, measure.code


def test_measures_of_wuhua_weigh_two_points_and_three_from_three_indicators_on() -> None:
    for part in tree_of(WUHUA).children:
        assert isinstance(part, Group)
        for measure in part.children:
            assert isinstance(measure, Group)
            assert measure.points == (3 if len(measure.children) >= 3 else 2), measure.code


def test_headings_of_wuhua_carry_the_printed_numbers_in_order() -> None:
    tree = tree_of(WUHUA)
    titles = [measure.title for part in tree.children if isinstance(part, Group) for measure in part.children]
    assert titles[0] == "(一)深化行政审批制度改革"
    assert titles[38] == "(三十九)部署核评价和督促检查"  # its own wrong characters
    assert titles[42] == "(四十三)发挥法治在疫情防控、复工复产中的引领和保障作用。"
    assert "原文如此" in tree.by_code["39"].internal_note


@BOTH
def test_headings_are_those_of_the_report(seed: Seed) -> None:
    titles = []
    for part in tree_of(seed).children:
        assert isinstance(part, Group)
        titles += [part.title, *(measure.title for measure in part.children)]
    assert len(set(titles)) == seed.counts[0] + seed.counts[1]
    text = report(seed)
    if text is None:
        return
    lines = [line.strip() for line in parts_of(seed, text).splitlines()]
    first = lines.index(titles[0])
    printed = []
    for line in lines[first:]:
        found = re.search(seed.part, line) or re.search(seed.measure, line)
        printed += [found[0]] if found else []
    assert printed == titles


@BOTH
def test_every_indicator_is_complete_and_says_what_is_ours(seed: Seed) -> None:
    for indicator in tree_of(seed).indicators:
        assert indicator.lead, indicator.code
        assert indicator.evidence, indicator.code
        assert indicator.basis.startswith("《"), indicator.code
        assert "拟定" in indicator.internal_note, indicator.code
        assert "拟定" not in indicator.note, indicator.code
        assert indicator.rule.bounds == pytest.approx((0, indicator.points)), indicator.code


@pytest.mark.parametrize(
    ("seed", "unit_type", "items", "points"),
    [
        (WUHUA, "department", 40, 38),
        (WUHUA, "subdistrict", 37, 33),
        (WUHUA, "district", 105, 100),
        (QINGSHAN, "department", 22, 49.5),
        (QINGSHAN, "town", 8, 32),
        (QINGSHAN, "district", 38, 100),
    ],
)
def test_what_applies_to_each_type_of_unit(seed: Seed, unit_type: str, items: int, points: float) -> None:
    mine = [one for one in tree_of(seed).indicators if tree_of(seed).is_applicable(one, unit_type)]
    assert (len(mine), sum(one.points for one in mine)) == (items, points)


@BOTH
def test_every_figure_has_a_field_a_section_and_the_reports_words(seed: Seed) -> None:
    text = report(seed)
    asked = {(i.code, one.code) for i in tree_of(seed).indicators for one in (*i.fields, *i.rule.fields)}
    keys = [(row["code"], row["field"]) for row in figures(seed)]
    assert len(set(keys)) == len(keys)
    for row, key in zip(figures(seed), keys, strict=True):
        assert key in asked
        assert row["unit"] == seed.code
        assert row["value"].strip(), key
        assert row["section"].strip(), key
        assert row["quote"].strip(), key
        if text is not None:
            assert row["quote"] in text, key


@BOTH
def test_no_number_of_the_report_is_left_without_a_field(seed: Seed) -> None:
    """Every Arabic numeral of the parts stands in some quote, and those that were rounded say so."""
    numeral = re.compile(r"\d+(?:\.\d+)?")
    for row in figures(seed):
        if numeral.fullmatch(row["value"].rstrip("%")) and row["value"] in row["quote"] and "余" in row["quote"]:
            said = re.search(rf"{re.escape(row['value'])}[万]?余", row["quote"])
            assert not said or "余" in row["note"], row
    text = report(seed)
    if text is None:
        return
    rest = parts_of(seed, text)
    first = next(iter(tree_of(seed).children)).title
    start = rest.index(first)
    kept = [False] * len(rest)
    covered = {row["quote"] for row in figures(seed)}
    patterns = [re.escape(quote) for quote in covered] + list(seed.no_figures)
    for pattern in patterns:
        for found in re.finditer(pattern, rest):
            kept[found.start() : found.end()] = [True] * len(found[0])
    left = [found[0] for found in numeral.finditer(rest, start) if not all(kept[found.start() : found.end()])]
    assert left == []


@BOTH
def test_the_figures_score_without_a_problem(seed: Seed, folders: dict[str, Path]) -> None:
    scores = scored(seed, folders[seed.code])
    wanted = {row["code"] for row in figures(seed)}
    for indicator in scores.tree.indicators:
        column = scores.node_column[indicator.code]
        asked = {one.code for one in (*indicator.fields, *indicator.rule.fields) if one.type != "text"}
        filled = {row["field"] for row in figures(seed) if row["code"] == indicator.code}
        expected = Status.SCORED if asked <= filled else Status.MISSING
        assert scores.status[0, column] == expected, indicator.code
        if expected == Status.SCORED:
            assert indicator.code in wanted
    assert 60 <= scores.total[0] <= 95


@BOTH
def test_every_printed_number_is_scored(seed: Seed, folders: dict[str, Path]) -> None:
    """What stays blank are yes/no questions the report does not plainly answer, never a figure."""
    for indicator in tree_of(seed).indicators:
        filled = {row["field"] for row in figures(seed) if row["code"] == indicator.code}
        for one in (*indicator.fields, *indicator.rule.fields):
            assert one.code in filled or one.type == "yes_no", f"{indicator.code}.{one.code}"


@BOTH
def test_scores_worked_by_hand(seed: Seed, folders: dict[str, Path]) -> None:
    scores = scored(seed, folders[seed.code])
    found = {code: float(scores.scores[0, scores.node_column[code]]) for code in seed.scores}
    assert found == pytest.approx(dict(seed.scores))


def test_the_documents_own_units_lead_what_it_says_they_lead() -> None:
    wuhua, qingshan = tree_of(WUHUA), tree_of(QINGSHAN)
    for tree, code, lead in (
        (wuhua, "15-2", "区司法局"),
        (wuhua, "20-1", "区政府目督办"),
        (wuhua, "39-2", "区委依法治区办"),
        (qingshan, "03-1", "区司法局"),
        (qingshan, "11-3", "区市场监督管理局"),
    ):
        indicator = tree.by_code[code]
        assert isinstance(indicator, Indicator)
        assert indicator.lead == (lead,)
        assert "没有写明" not in indicator.note
