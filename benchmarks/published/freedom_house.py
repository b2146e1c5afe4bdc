"""Freedom in the World: points, a penalty and a bonus, two ratings, and a status from the mean of the ratings."""

from collections.abc import Iterator

from benchmarks.published.system import Figure, Files, Row, System, Table, near, no_contradictions, ours, same
from lawgov_score.model import Scores

_SUBCATEGORIES = tuple("ABCDEFG")
_ADDITIONAL = {"Add_A": "Add_A1", "Add_Q": "Add_Q1"}  # the data's column, the tree's indicator


def _unit(row: Row) -> str:
    return f"{row['edition']}-{row['country']}"


def _table(files: Files) -> Table:
    return [
        {"unit": _unit(row), "name": row["country"], "cohort": row["edition"]}
        | {_ADDITIONAL.get(column, column): row[column] for column in row if column[-1].isdigit()}
        | {code: row[column] for column, code in _ADDITIONAL.items()}
        for row in files.inputs
    ]


def _figures(files: Files, scores: Scores) -> Iterator[Figure]:
    found = ours(scores)
    for row in files.printed:
        unit = _unit(row)
        for code in _SUBCATEGORIES:
            yield near("subcategories", unit, row[code], found.at(unit, code), 0)
        for code in ("PR", "CL", "PR_rating", "CL_rating"):
            yield near(code, unit, row[code], found.at(unit, code), 0)
        yield near("Total", unit, row["Total"], found.at(unit, scores.tree.code), 0)
        yield same("Status", unit, row["Status"], scores.grades[found.rows[unit]])


SYSTEM = System(
    "freedom-in-the-world",
    "freedom_house_fiw",
    "Freedom in the World, editions 2013 to 2024",
    {"subcategories": 17605} | dict.fromkeys(("PR", "CL", "PR_rating", "CL_rating", "Total", "Status"), 2515),
    _table,
    _figures,
    no_contradictions,
)
