"""Ten units worked by hand (by_hand.csv says how), and the worked figures of the published reports."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lawgov_score.model import Scores
from lawgov_score.pipeline import assess

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

pytestmark = pytest.mark.filterwarnings("error")


def by_hand() -> pd.DataFrame:
    return pd.read_csv(HERE / "by_hand.csv", dtype=str, keep_default_na=False).set_index("unit")


@pytest.fixture(scope="module")
def scores() -> Scores:
    found = assess(HERE / "tree.yaml", [HERE / "answers.csv"], None).scores
    assert found is not None
    return found


@pytest.mark.parametrize("unit", list(by_hand().index))
def test_a_unit_gets_what_it_gets_by_hand(scores: Scores, unit: str) -> None:
    expected = by_hand().loc[unit]
    row = [known.code for known in scores.units].index(unit)
    for indicator in scores.tree.indicators:
        score = scores.scores[row, scores.node_column[indicator.code]]
        assert ("" if np.isnan(score) else f"{score:.2f}") == expected[indicator.code], indicator.code
    assert f"{scores.total[row]:.2f}" == expected["total"]
    assert str(scores.rank[row]) == expected["rank"]
    assert scores.grades[row] == expected["grade"]


WORKED = [  # RULES.md, section I
    ("wuhua-2020", "23-4", 0.52),
    ("wuhua-2020", "23-2", 1.33),
    ("tongchuan-2021", "23-2", 0.67),
    ("wuhua-2020", "20-1", 1.68),
    ("wuhua-2020", "20-2", 1.00),
    ("tongchuan-2021", "28-4", 0.30),
    ("wuhua-2020", "21-2", 0.47),
    ("tongchuan-2021", "28-2", 0.00),
    ("wuhua-2020", "36-3", 0.80),
    ("tongchuan-2021", "36-3", 1.50),
    ("wuhua-2020", "30-2", 1.00),
    ("qujialing-2017", "05-4", 1.00),
    ("qujialing-2017", "05-5", 0.47),  # 8 of 9 against 90%, in proportion
]


@pytest.fixture(scope="module")
def published() -> Scores:
    folder = ROOT / "submissions" / "published-reports"
    done = assess(ROOT / "indicators" / "qujialing-2017", [folder], folder / "roster.csv")
    assert not [p for p in done.problems if p.severity == "error"]
    assert done.scores is not None
    return done.scores


@pytest.mark.parametrize(("unit", "indicator", "score"), WORKED)
def test_worked_figures_of_the_published_reports(published: Scores, unit: str, indicator: str, score: float) -> None:
    row = [known.code for known in published.units].index(unit)
    assert published.scores[row, published.node_column[indicator]] == score


def test_eight_cases_are_flagged_as_few(published: Scores) -> None:
    flagged = {(p.place.unit, p.place.node) for p in published.problems if p.code == "R105"}  # type: ignore[union-attr]  # NodePlace
    assert ("tongchuan-2021", "28-2") in flagged


def test_what_the_reports_do_not_say_gets_no_grade(published: Scores) -> None:
    assert (published.coverage < 0.2).all()
    assert set(published.grades) == {""}
