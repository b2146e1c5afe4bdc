"""Every lost point of every scheme of the tests has a reason, in both languages, and no reason is left with a gap."""

from pathlib import Path

import pytest

from lawgov_score import explanation
from lawgov_score.model import Indicator, Status
from lawgov_score.pipeline import assess
from lawgov_score.report import render
from lawgov_score.wording import Language

SCHEMES = sorted(path.parent for path in (Path(__file__).parents[1] / "schemes").glob("*/tree.yaml"))


@pytest.mark.parametrize("folder", SCHEMES, ids=lambda folder: folder.name)
def test_a_lost_point_has_a_reason(folder: Path) -> None:
    inputs = list(folder.glob("figures*.csv"))
    if not inputs:
        return
    weights, previous, roster = folder / "weights.yaml", folder / "previous", folder / "roster.csv"
    done = assess(
        folder / "tree.yaml",
        inputs,
        roster if roster.exists() else None,
        weights=weights if weights.exists() else None,
        assessor=[folder / "office"] if (folder / "office").exists() else [],
        previous=previous if previous.exists() else None,
    )
    scores = done.scores
    if scores is None:
        return
    for row in range(len(scores.units)):
        for node in scores.tree.indicators:
            assert isinstance(node, Indicator)
            column = scores.node_column[node.code]
            status = Status(int(scores.status[row, column]))
            score, points = float(scores.scores[row, column]), float(scores.points[row, column])
            if node.bonus or (node.weight or 0) < 0 or (status is Status.SCORED and score >= points):
                continue
            why = explanation.reason(scores, row, node.code)
            assert why is not None, (folder.name, scores.units[row].code, node.code, status)
            for lang in Language:
                said = render(why, lang)
                assert said.strip(), (node.code, lang)
                assert "nan" not in said.lower().split(), (node.code, said)
                assert "{" not in said, (node.code, said)
