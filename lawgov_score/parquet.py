"""The scores as one Parquet file, one row per unit and indicator, for further analysis (extra ``parquet``).

Columns: ``unit``, ``name``, ``type``, ``cohort``, ``indicator`` (code), ``title``, ``value``, ``points`` (what it is
worth to the unit), ``score``, ``lost`` (points less score, where there is a score), ``status`` (as in scores.csv),
``reason``. An absent value is null, never nan and never zero.
"""

import math
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawgov_score.catalogue import Code
from lawgov_score.explanation import reasons
from lawgov_score.model import Scores, Status
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.report import render
from lawgov_score.rounding import DUST_DECIMALS, rounded
from lawgov_score.wording import Language

if TYPE_CHECKING:
    import pyarrow as pa

TEXTS = ("unit", "name", "type", "cohort", "indicator", "title", "status", "reason")
NUMBERS = ("value", "points", "score", "lost")
COLUMNS = ("unit", "name", "type", "cohort", "indicator", "title", *NUMBERS, "status", "reason")
_UNITS_AT_A_TIME = 500


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
        for first in range(0, len(scores.units), _UNITS_AT_A_TIME):
            rows = range(first, min(first + _UNITS_AT_A_TIME, len(scores.units)))
            file.write_table(_table([line for row in rows for line in _lines(scores, row, lang)], schema))


def _schema(scores: Scores) -> "pa.Schema":
    import pyarrow as pa

    types = {name: pa.string() if name in TEXTS else pa.float64() for name in COLUMNS}
    about = {"tree": scores.tree.code, "edition": scores.tree.edition, "fingerprint": scores.tree.fingerprint}
    return pa.schema([pa.field(name, kind) for name, kind in types.items()], metadata=about)


def _table(lines: list[tuple[Any, ...]], schema: "pa.Schema") -> "pa.Table":
    import pyarrow as pa

    columns = zip(*lines, strict=True) if lines else ((),) * len(COLUMNS)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _lines(scores: Scores, row: int, lang: Language) -> Iterator[tuple[Any, ...]]:
    """One unit's lines, in the order of the tree."""
    unit = scores.units[row]
    for number, indicator in enumerate(scores.tree.indicators):
        column = scores.node_column[indicator.code]
        status = Status(scores.status[row, column])
        points = _number(scores.points[row, column])
        score = _number(scores.scores[row, column]) if status is Status.SCORED else None
        lost = None if score is None or points is None else rounded(points - score, DUST_DECIMALS)
        reason = reasons.reason(scores, row, indicator.code)
        yield (
            unit.code,
            unit.name,
            unit.type,
            scores.cohort_names[row],
            indicator.code,
            indicator.title,
            _number(scores.values[row, number], exact=True),
            points,
            score,
            lost,
            status.name.lower(),
            render(reason, lang) if reason is not None else None,
        )


def _number(number: float, *, exact: bool = False) -> float | None:
    """The number without float dust; None if there is none (a report that never came has no day)."""
    if not math.isfinite(number):
        return None
    return float(number) if exact else float(rounded(float(number), DUST_DECIMALS))
