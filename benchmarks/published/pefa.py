"""PEFA 2011: letters by the weakest link (M1) or by a table (M2); ratings that break their own rule are listed."""

from collections.abc import Iterator, Mapping

from benchmarks.published.system import Figure, Files, System, Table, ours, same
from lawgov_score.model import Scores

_M2 = frozenset(f"PI-{n}" for n in (8, 11, 12, 13, 14, 17, 19, 22))
_SINGLE = ("PI-1", "PI-3", "PI-5", "PI-6", "PI-10", "PI-23", "D-3")  # rated directly: nothing to compare
_RATED = frozenset("ABCD")


def _table(files: Files) -> Table:
    printed = {row["assessment"]: row for row in files.printed}
    return [
        {"unit": row["assessment"], "name": f"{row['country']} {row['date']}", "cohort": ""}
        | {column: cell for column, cell in row.items() if "-" in column}
        | {f"{code}.1": printed[row["assessment"]][code] for code in _SINGLE}
        for row in files.inputs
    ]


def _figures(files: Files, scores: Scores) -> Iterator[Figure]:
    """Ratings whose dimensions are all rated, or not applicable: of the others METHOD.md says there is no one rule."""
    found = ours(scores)
    letters = {letter.score: letter.letter for letter in scores.tree.letters}
    dimensions: dict[str, list[str]] = {}
    for column in files.inputs[0]:
        if "-" in column:
            dimensions.setdefault(column.rpartition(".")[0], []).append(column)
    for row, printed in zip(files.inputs, files.printed, strict=True):
        unit = row["assessment"]
        for code, columns in dimensions.items():
            cells = {row[column] for column in columns}
            if printed[code] not in letters.values() or not cells <= _RATED | {"NA"} or not cells & _RATED:
                continue
            method = "M2" if code in _M2 else "M1"
            what = f"{method}, NA dropped" if "NA" in cells else f"{method}, all rated"
            yield same(what, f"{unit} {code}", printed[code], letters.get(found.at(unit, code), "—"))


def _contradictions(files: Files) -> Mapping[str, frozenset[str]]:
    return {
        f"{method}, all rated": frozenset(
            f"{row['assessment']} {row['indicator']}" for row in files.exceptions if row["method"] == method
        )
        for method in ("M1", "M2")
    }


SYSTEM = System(
    "pefa-2011",
    "pefa_2011",
    "PEFA 2011 framework, national assessments",
    {"M1, all rated": 4329, "M2, all rated": 2256, "M1, NA dropped": 94, "M2, NA dropped": 40},
    _table,
    _figures,
    _contradictions,
)
