"""Every sentence of a round: what a unit reads of a node in one language, beside the score that it got there."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import everything
from hypothesis import HealthCheck, Phase, given, settings
from random_rounds import Round, rounds
from worked_cases import all_cases, row, terms

from benchmarks.published import SYSTEMS, read_files
from benchmarks.reproduce import data_folder, reproduce
from lawgov_score.explanation import reasons
from lawgov_score.explanation.standard import standard
from lawgov_score.explanation.ways import way_at
from lawgov_score.model import Group, Indicator, Scores, Status, Tree
from lawgov_score.pipeline import assess
from lawgov_score.report import render
from lawgov_score.wording import Language
from submissions.make_sample_round import main as make_sample_round

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "submissions" / "sample-round"
PUBLISHED = ROOT / "submissions" / "published-reports"
QUJIALING = ROOT / "indicators" / "qujialing-2017"


@dataclass(frozen=True, slots=True)
class Said:
    """One node in words. ``score``: nan where there is none; ``points``: what the node is worth to the unit."""

    where: str
    kind: str  # of the rule; of a group its way
    standard: str
    reason: str
    score: float
    points: float
    status: Status = Status.SCORED
    decimals: int | None = None  # to how many the score is rounded; None: not at all
    is_group: bool = False
    sign: str = ""  # 加: a bonus; 扣: taken off

    @property
    def is_scored(self) -> bool:
        """Is there a score that the words must come to?"""
        return self.status is Status.SCORED and not math.isnan(self.score)


def of_cases(lang: Language) -> Iterator[Said]:
    """The worked cases of every rule kind: no tree is around them."""
    for case in all_cases():
        names = terms(case.rule)
        scores = case.rule.score(case.inputs)
        said = render(case.rule.standard(names), lang)
        for i, score in enumerate(scores.tolist()):
            why = render(case.rule.reason(row(case, case.inputs, scores, i), names), lang)
            status = Status.MISSING if math.isnan(score) else Status.SCORED
            yield Said(f"case {case} [{i}]", case.rule.KIND, said, why, score, case.points, status)


def of_scores(name: str, scores: Scores, lang: Language) -> Iterator[Said]:
    """Every indicator and every group of all units."""
    for node in scores.tree.nodes:
        column = scores.node_column[node.code]
        said = standard_of(scores.tree, node, lang)
        is_group = isinstance(node, Group)
        kind = node.rule.KIND if isinstance(node, Indicator) else node.aggregation.way.value
        sign = "扣" if node.weight == -1 else "加" if node.bonus else ""
        for i, unit in enumerate(scores.units):
            why = reasons.reason(scores, i, node.code)
            yield Said(
                f"{name} {unit.code} {node.code}",
                kind,
                said,
                "" if why is None else render(why, lang),
                float(scores.scores[i, column]),
                float(scores.points[i, column]),
                Status(int(scores.status[i, column])),
                scores.tree.decimals_of(node),
                is_group,
                sign,
            )


def standard_of(tree: Tree, node: Indicator | Group, lang: Language) -> str:
    """What the node's points are given for; of a group how its parts come together, nothing where they add up."""
    if isinstance(node, Indicator):
        return render(standard(node), lang)
    way = way_at(tree, node)
    return "" if way is None else render(way, lang)


# ------------------------------------------------------------ rounds


@cache
def of_scheme(folder: Path) -> Scores | None:
    """The round of a scheme worked by hand; None where its tree contradicts itself."""

    def there(name: str) -> Path | None:
        return folder / name if (folder / name).exists() else None

    office = there("office")
    return assess(
        folder / "tree.yaml",
        [folder / "figures.csv"],
        there("roster.csv"),
        weights=there("weights.yaml"),
        assessor=[] if office is None else [office],
        previous=there("previous"),
    ).scores


SCHEMES = sorted(path.parent for path in (ROOT / "tests" / "schemes").glob("*/figures.csv"))


@cache
def sample() -> Scores:
    """The sample round, made anew."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "roster.csv").write_bytes((SAMPLE / "roster.csv").read_bytes())
        assert make_sample_round(folder) == 0
        scores = assess(QUJIALING, [folder], SAMPLE / "roster.csv").scores
    assert scores is not None
    return scores


@cache
def published_reports() -> Scores:
    """Five districts' published reports."""
    scores = assess(QUJIALING, [PUBLISHED], PUBLISHED / "roster.csv").scores
    assert scores is not None
    return scores


def published_systems() -> Iterator[tuple[str, Scores]]:
    """The excerpts of five published systems."""
    for system in SYSTEMS:
        yield system.tree, reproduce(system, read_files(ROOT / "tests" / "published" / system.folder)).scores


def random_rounds(number: int, most_units: int = 4) -> list[Round]:
    """So many random rounds over random trees, always the same."""
    found: list[Round] = []

    @given(rounds(most_units=most_units))
    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=number,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def collect(done: Round) -> None:
        found.append(done)

    collect()
    return found
