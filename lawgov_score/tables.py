"""``ranking.csv`` and ``scores.csv``: the scores as tables for other programs, as the contract names them."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from lawgov_score import explanation
from lawgov_score.model import Scores, Status
from lawgov_score.report import number_text, render
from lawgov_score.rounding import DUST_DECIMALS, rounded
from lawgov_score.wording import Language

RANKING = ("unit", "name", "cohort", "score", "rank", "grade")
SCORES = ("unit", "code", "points", "score", "status", "reason")


def write_ranking(scores: Scores, path: Path) -> None:
    """One row a unit, cohort by cohort from the first place to the last; raises ``OSError``."""
    rows = [
        (
            scores.units[row].code,
            scores.units[row].name,
            scores.cohort_names[row],
            total_text(scores, row),
            str(scores.rank[row]) if scores.rank[row] else "",
            scores.grades[row],
        )
        for row in map(int, scores.order)
    ]
    _write(rows, RANKING, path)


def write_scores(scores: Scores, path: Path, lang: Language) -> None:
    """One row a unit and node, the root first; reasons in ``lang``; raises ``OSError``."""
    _write(list(_score_rows(scores, lang)), SCORES, path)


def total_text(scores: Scores, row: int) -> str:
    """The total with the decimals of the tree, ``86.30``; empty where the unit was not scored."""
    total = float(scores.total[row])
    if math.isnan(total):
        return ""
    decimals = scores.tree.policies.round_total
    if decimals is None:
        return number_text(total, DUST_DECIMALS)
    return f"{rounded(total, decimals):.{decimals}f}"


def _score_rows(scores: Scores, lang: Language) -> Iterator[tuple[str, ...]]:
    tree = scores.tree
    for row, unit in enumerate(scores.units):
        status = scores.total_status(row)
        points = number_text(tree.points, DUST_DECIMALS)
        yield (unit.code, tree.code, points, total_text(scores, row), status.name.lower(), "")
        for column, node in enumerate(tree.nodes):
            status = Status(scores.status[row, column])
            score = float(scores.scores[row, column])
            reason = explanation.reason(scores, row, node.code)
            yield (
                unit.code,
                node.code,
                number_text(float(scores.points[row, column]), DUST_DECIMALS),
                number_text(score, DUST_DECIMALS) if status is Status.SCORED and not math.isnan(score) else "",
                status.name.lower(),
                render(reason, lang) if reason is not None else "",
            )


def _write(rows: Sequence[tuple[str, ...]], columns: Sequence[str], path: Path) -> None:
    """UTF-8 with a byte order mark, because spreadsheets take anything else for the local code page."""
    import pandas as pd  # a third of a second: not for commands that write no table

    table = pd.DataFrame(rows, columns=list(columns), dtype=str)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
