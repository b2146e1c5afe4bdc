"""A small tree around a few nodes, scored: for tests of what is said of units."""

from pathlib import Path

from lawgov_score.model import Scores
from lawgov_score.pipeline import ScoredAssessment, assess

HEAD = """code: t
title: 试
edition: "2024"
year: 2024
points: 100
levels: [方面, 小项]
unit_types: [{code: area, name: 产区}, {code: rural, name: 非产区}]
cohorts: [{code: all, name: 全体组, unit_types: [area, rural]}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: accept
"""


def scored(folder: Path, tree: str, figures: str, roster: str | None = None) -> Scores:
    """The scores of ``figures``: units without a roster are of one cohort."""
    (folder / "tree.yaml").write_text(HEAD + tree.lstrip("\n"), encoding="utf-8")
    (folder / "figures.csv").write_text(figures, encoding="utf-8")
    units = None
    if roster is not None:
        units = folder / "roster.csv"
        units.write_text(roster, encoding="utf-8")
    run = assess(folder / "tree.yaml", [folder / "figures.csv"], units)
    assert isinstance(run, ScoredAssessment), [str(one.code) for one in run.problems]
    return run.scores
