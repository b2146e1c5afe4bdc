"""The scores as one Parquet file, one row per unit and indicator, for further analysis (extra ``parquet``).

Columns: ``unit``, ``name``, ``type``, ``cohort``, ``indicator`` (code), ``title``, ``value``, ``points`` (what it is
worth to the unit), ``score``, ``lost`` (points less score, where there is a score), ``status`` (as in scores.csv),
``reason``. An absent value is null, never nan and never zero.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.explanation import texts
from lawgov_score.model import STATUS_NAMES, Scores, Status
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounding import DUST_DECIMALS, FloatArray, half_up
from lawgov_score.wording import Language

if TYPE_CHECKING:
    import pyarrow as pa

TEXTS = ("unit", "name", "type", "cohort", "indicator", "title", "status", "reason")
NUMBERS = ("value", "points", "score", "lost")
COLUMNS = ("unit", "name", "type", "cohort", "indicator", "title", *NUMBERS, "status", "reason")


def need_parquet(path: Path) -> None:
    """Raises ``RefusedError`` (S160) if the library that writes Parquet is not installed."""
    if find_spec("pyarrow") is None:
        figures = {"what": "--parquet", "extra": "parquet"}
        raise RefusedError(Problem(Code.S160, TextPlace(display_path(path)), figures))


def write_parquet(scores: Scores, path: Path, lang: Language) -> None:
    """Writes the file, units in the order of the run; reasons in ``lang``. Raises ``OSError``."""
    import pyarrow.parquet as pq

    schema = _schema(scores)
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6") as file:
        for first in range(0, len(scores.units), texts.UNITS_AT_ONCE):
            rows = range(first, min(first + texts.UNITS_AT_ONCE, len(scores.units)))
            file.write_table(_table(scores, rows, lang, schema))


def _schema(scores: Scores) -> "pa.Schema":
    import pyarrow as pa

    types = {name: pa.string() if name in TEXTS else pa.float64() for name in COLUMNS}
    about = {"tree": scores.tree.code, "edition": scores.tree.edition, "fingerprint": scores.tree.fingerprint}
    return pa.schema([pa.field(name, kind) for name, kind in types.items()], metadata=about)


def _table(scores: Scores, rows: range, lang: Language, schema: "pa.Schema") -> "pa.Table":
    """The lines of the units in ``rows``, unit by unit, indicators in the order of the tree."""
    import pyarrow as pa

    tree, units = scores.tree, [scores.units[row] for row in rows]
    leaves = [scores.node_column[indicator.code] for indicator in tree.indicators]
    some = slice(rows.start, rows.stop)
    status = scores.status[some, leaves]
    points = _without_float_dust(scores.points[some, leaves])
    score = _without_float_dust(np.where(status == Status.SCORED, scores.scores[some, leaves], np.nan))
    reasons = [texts.reason_texts(scores, indicator.code, lang, rows) for indicator in tree.indicators]
    columns: dict[str, Any] = {
        "unit": _each(leaves, [unit.code for unit in units]),
        "name": _each(leaves, [unit.name for unit in units]),
        "type": _each(leaves, [unit.type for unit in units]),
        "cohort": _each(leaves, [scores.cohort_names[row] for row in rows]),
        "indicator": [indicator.code for indicator in tree.indicators] * len(units),
        "title": [indicator.title for indicator in tree.indicators] * len(units),
        "value": scores.values[some],
        "points": points,
        "score": score,
        "lost": _without_float_dust(points - score),
        "status": [STATUS_NAMES[one] for one in status.ravel().tolist()],
        "reason": [text or None for unit in zip(*reasons, strict=True) for text in unit],
    }
    arrays = []
    for field in schema:
        column = columns[field.name]
        if field.name in NUMBERS:  # a report that never came has no day: endless is absent, too
            numbers = np.ascontiguousarray(column).ravel()
            arrays.append(pa.array(numbers, field.type, mask=~np.isfinite(numbers)))
        else:
            arrays.append(pa.array(column, field.type))
    return pa.table(arrays, schema=schema)


def _each(leaves: Sequence[int], texts: Sequence[str]) -> list[str]:
    """Every text of a unit, once for each indicator."""
    return [text for text in texts for _ in leaves]


def _without_float_dust(numbers: FloatArray) -> FloatArray:
    return half_up(numbers, DUST_DECIMALS)
