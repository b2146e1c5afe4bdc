"""``ranking.csv``, ``scores.csv``, ``figures.csv``: the scores as tables for other programs (the contract)."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from lawgov_score.explanation import reasons
from lawgov_score.guarded import guarded
from lawgov_score.model import Scores, Status, field_key
from lawgov_score.report import number_text, render
from lawgov_score.rounding import DUST_DECIMALS, rounded
from lawgov_score.wording import Language

RANKING = ("unit", "name", "cohort", "score", "rank", "grade", "provisional", "tied")
SCORES = ("unit", "code", "points", "score", "status", "reason")
_OF_NUMBERS = frozenset({"score", "rank", "points", "value", "tied"})  # negative numbers are not formulas
LETTER = "letter"  # an additional column of scores.csv, only if the tree has letters
FIGURES = ("unit", "code", "field", "value")


def write_ranking(scores: Scores, path: Path) -> None:
    """Writes one row per unit, cohort by cohort from first place to last; raises ``OSError``."""
    rows = [
        (
            scores.units[row].code,
            scores.units[row].name,
            scores.cohort_names[row],
            total_text(scores, row),
            str(scores.rank[row]) if scores.rank[row] else "",
            scores.grades[row],
            scores.provisional(row),
            str(scores.tied[row]) if scores.tied[row] else "",
        )
        for row in map(int, scores.order)
    ]
    _write(rows, RANKING, path)


def write_scores(scores: Scores, path: Path, lang: Language) -> None:
    """Writes one row per unit and node, the root first; reasons in ``lang``; raises ``OSError``."""
    columns = (*SCORES, LETTER) if scores.tree.letters else SCORES
    _write(list(_score_rows(scores, lang)), columns, path)


def write_figures(scores: Scores, path: Path) -> None:
    """Writes one row per unit and figure: each number answered, and each indicator's value (with an empty ``field``).

    ``--previous`` reads this table a year later. An absent figure has no row; raises ``OSError``.
    """
    _write(list(_figure_rows(scores)), FIGURES, path)


def total_text(scores: Scores, row: int) -> str:
    """The total with the decimals of the tree, ``86.30``; empty if the unit was not scored."""
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
        letter = (scores.letter_of_total(row),) if tree.letters else ()
        yield (unit.code, tree.code, points, total_text(scores, row), status.name.lower(), "", *letter)
        for column, node in enumerate(tree.nodes):
            status = Status(scores.status[row, column])
            score = float(scores.scores[row, column]) if status is Status.SCORED else math.nan
            reason = reasons.reason(scores, row, node.code)
            yield (
                unit.code,
                node.code,
                number_text(float(scores.points[row, column]), DUST_DECIMALS),
                "" if math.isnan(score) else number_text(score, DUST_DECIMALS),
                status.name.lower(),
                render(reason, lang) if reason is not None else "",
                *((tree.letter(score),) if tree.letters else ()),
            )


def _figure_rows(scores: Scores) -> Iterator[tuple[str, ...]]:
    tree = scores.tree
    columns = [  # code, field, (units,) numbers, as printed
        (indicator.code, field, numbers)
        for number, indicator in enumerate(tree.indicators)
        for field, numbers in (
            *((asked.code, scores.answers.get(field_key(indicator, asked))) for asked in indicator.fields),
            ("", scores.values[:, number]),
        )
        if numbers is not None
    ]
    for row, unit in enumerate(scores.units):
        for code, field, numbers in columns:
            if math.isfinite(numbers[row]):  # a report that never came has no day
                yield unit.code, code, field, _exact(float(numbers[row]))


def _exact(number: float) -> str:
    """The number with every digit: next year's gain is computed from it, and a cut 2/3 would show a gain."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _write(rows: Sequence[tuple[str, ...]], columns: Sequence[str], path: Path) -> None:
    """Writes UTF-8 with a byte order mark, because spreadsheets take anything else for the local code page."""
    import pandas as pd  # takes a third of a second: not for commands that write no table

    table = pd.DataFrame(rows, columns=list(columns), dtype=str)
    for column in columns:
        if column not in _OF_NUMBERS:
            table[column] = table[column].map(guarded)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
