"""Human Development Index: four figures, three dimensions, one index; UNDP's aggregates are a cohort of their own."""

from collections.abc import Iterator

from benchmarks.published.system import Figure, Files, Row, System, Table, near, ours, same
from lawgov_score.model import Scores

_COLUMNS = {"H-1": "le", "E-1": "eys", "E-2": "mys", "I-1": "gnipc"}
_GROUPS = {"极高": "Very High", "高": "High", "中等": "Medium", "低": "Low"}


def _unit(row: Row) -> str:
    return f"{row['year']}-{row['code']}"


def _is_aggregate(row: Row) -> bool:
    """A region or a group of countries, which UNDP does not rank."""
    return row["code"].startswith("ZZ")


def _table(files: Files) -> Table:
    return [
        {
            "unit": _unit(row),
            "name": row["country"],
            "cohort": f"{row['year']}{' aggregates' if _is_aggregate(row) else ''}",
        }
        | {code: row[column] for code, column in _COLUMNS.items()}
        for row in files.inputs
    ]


def _figures(files: Files, scores: Scores) -> Iterator[Figure]:
    found = ours(scores)
    for row in files.printed:
        unit = _unit(row)
        place = found.rows[unit]
        yield near("values", unit, row["hdi"], float(scores.total[place]), 0)
        if row["rank_2022"]:
            yield same("ranks", unit, row["rank_2022"], str(scores.rank[place]))
            yield same("groups", unit, row["group_2022"], _GROUPS.get(scores.grades[place], "—"))


SYSTEM = System(
    "human-development-index",
    "undp_hdi",
    "Human Development Index, 1990 to 2022",
    {"values": 6171, "ranks": 193, "groups": 193},
    _table,
    _figures,
    lambda _: {"groups": frozenset({"2022-KOR"})},  # the source's cell is blank
)
