"""World Justice Project Rule of Law Index: 44 sub-factors, 8 factors, one index; every edition a cohort."""

from collections.abc import Iterator

from benchmarks.published.system import Figure, Files, Row, System, Table, near, no_contradictions, ours
from lawgov_score.model import Scores

_FACTORS = range(1, 9)


def _unit(row: Row) -> str:
    return f"{row['edition']}-{row['code']}"


def _table(files: Files) -> Table:
    return [
        {"unit": _unit(row), "name": row["country"], "cohort": row["edition"]}
        | {column: cell for column, cell in row.items() if "." in column}
        for row in files.inputs
    ]


def _figures(files: Files, scores: Scores) -> Iterator[Figure]:
    found = ours(scores)
    for row in files.printed:
        unit = _unit(row)
        for factor in _FACTORS:
            yield near("factor scores", unit, row[f"F{factor}"], found.at(unit, str(factor)), 1e-12)
        yield near("overall scores", unit, row["overall"], found.at(unit, scores.tree.code), 1e-12)


SYSTEM = System(
    "wjp-roli",
    "wjp_roli",
    "WJP Rule of Law Index, editions 2014 to 2020",
    {"factor scores": 5448, "overall scores": 681},
    _table,
    _figures,
    no_contradictions,
)
