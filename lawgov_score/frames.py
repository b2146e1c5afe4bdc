"""The scores as pandas frames: columns, order and rows as in the .csv files, numbers as numbers.

Texts are as they are, without the apostrophe that keeps a spreadsheet from taking one for a formula. A number that is
not there is nan, a whole number that is not there ``<NA>``, a text that is not there empty; a key of a problem that
does not apply is missing (``isna``). docs/columns.md has every column.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lawgov_score.content.figure_columns import figure_columns
from lawgov_score.content.problem_lists import owner_of, owners_of
from lawgov_score.explanation.texts import reason_texts
from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.model import STATUS_NAMES, Scores, Status
from lawgov_score.problems import NodePlace, Problem, by_place, folded
from lawgov_score.report import problem_record
from lawgov_score.rounding import DUST_DECIMALS, FloatArray, IntArray, half_up
from lawgov_score.tables import BAND, FIGURES, LETTER, RANK, RANKING, SCORES
from lawgov_score.wording import Language

PROBLEMS = (
    *("code", "severity", "path", "line", "column", "sheet", "cell", "title", "expected", "found", "hint"),
    *("count", "unit", "node"),
)
_WHOLE = frozenset({"line", "column", "count"})
_STATUSES = np.array(STATUS_NAMES, dtype=object)

ObjectArray = npt.NDArray[np.object_]


def ranking(scores: Scores) -> pd.DataFrame:
    """One row per unit, cohort by cohort from first place to last (``ranking.csv``)."""
    rows = scores.order
    listed = rows.tolist()
    units = [scores.units[row] for row in listed]
    columns = (
        _texts([unit.code for unit in units]),
        _texts([unit.name for unit in units]),
        _texts([scores.cohort_names[row] for row in listed]),
        _printed_totals(scores)[rows],
        _places(scores.rank[rows]),
        _texts([scores.grades[row] for row in listed]),
        _texts([scores.provisional(row) for row in listed]),
        _places(scores.tied[rows]),
    )
    return pd.DataFrame(dict(zip(RANKING, columns, strict=True)))


def scores(scores: Scores, lang: Language) -> pd.DataFrame:
    """One row per unit and node, the tree itself first (``scores.csv``); reasons in ``lang``."""
    tree = scores.tree
    units, codes = len(scores.units), [tree.code, *(node.code for node in tree.nodes)]
    totals = np.array([scores.total_status(row) for row in range(units)], dtype=np.int8).reshape(units, 1)
    is_scored = scores.status == Status.SCORED
    earned = np.where(is_scored, scores.scores, np.nan)
    reasons = np.full((units, len(codes)), "", dtype=object)
    for column, node in enumerate(tree.nodes, 1):
        reasons[:, column] = reason_texts(scores, node.code, lang)
    columns: dict[str, Any] = {
        "unit": _texts(np.repeat(_objects([unit.code for unit in scores.units]), len(codes))),
        "code": _texts(np.tile(_objects(codes), units)),
        "points": _beside(np.full(units, tree.points), scores.points),
        "score": _beside(_printed_totals(scores), earned),
        "status": _texts(_STATUSES[np.hstack([totals, scores.status]).ravel()]),
        "reason": _texts(reasons.ravel()),
    }
    assert tuple(columns) == SCORES
    if tree.letters:
        of_tree = _objects([scores.letter_of_total(row) for row in range(units)]).reshape(units, 1)
        of_nodes = _objects([tree.letter(score) for score in earned.ravel().tolist()]).reshape(earned.shape)
        columns[LETTER] = _texts(np.hstack([of_tree, of_nodes]).ravel())
    if scores.node_ranks:
        none = np.zeros(units, dtype=np.intp)
        ranks = [scores.rank, *(scores.node_ranks.get(node.code, none) for node in tree.nodes)]
        columns[RANK] = _places(np.stack(ranks, axis=1).ravel())
    if scores.has_bands:
        words = np.full((units, len(codes)), "", dtype=object)
        for column, node in enumerate(tree.nodes, 1):
            if node.bands:
                words[:, column] = scores.bands_at(node.code)
        columns[BAND] = _texts(words.ravel())
    return pd.DataFrame(columns)


def figures(scores: Scores) -> pd.DataFrame:
    """One row per unit and number: those answered, and each indicator's value (``figures.csv``)."""
    codes, fields, numbers = [], [], []
    for code, field, figure in figure_columns(scores):
        codes.append(code)
        fields.append(field)
        numbers.append(figure)
    matrix = np.stack(numbers, axis=1) if numbers else np.empty((len(scores.units), 0))
    rows, at = np.nonzero(np.isfinite(matrix))
    columns = (
        _texts(_objects([unit.code for unit in scores.units])[rows]),
        _texts(_objects(codes)[at]),
        _texts(_objects(fields)[at]),
        matrix[rows, at],
    )
    return pd.DataFrame(dict(zip(FIGURES, columns, strict=True)))


def problems(found: Iterable[Problem], scores: Scores, lang: Language, names: Names = AS_GIVEN) -> pd.DataFrame:
    """One row per problem, by place, with the keys of ``check --format json``, worded in ``lang``, and three more.

    ``count`` is 1, or the number of problems of one code in one file that a row without a place stands for. ``unit`` is
    whom it concerns, by its file, its row or its results; ``node`` the node of results. ``names``: those of the files,
    by which the problems are found to be a unit's; the frame has the paths that were given.
    """
    owners = owners_of(scores)
    records: list[dict[str, Any]] = []
    told = folded(found)
    for problem, shown in sorted(zip(told, names.as_given(told), strict=True), key=lambda pair: by_place(pair[1])):
        row = owner_of(problem, scores, owners)
        unit = scores.units[row].code if row >= 0 else None
        node = problem.place.node or None if isinstance(problem.place, NodePlace) else None
        records.append({"count": 1, **problem_record(shown, lang), "unit": unit, "node": node})
    columns = {key: [record[key] for record in records] for key in PROBLEMS}
    return pd.DataFrame({key: _numbers(values) if key in _WHOLE else _texts(values) for key, values in columns.items()})


def _printed_totals(scores: Scores) -> FloatArray:
    """(units,) totals with the decimals of the tree, as printed; nan: not scored."""
    decimals = scores.tree.policies.total_decimals
    return half_up(scores.total, DUST_DECIMALS if decimals is None else decimals)


def _beside(of_tree: FloatArray, of_nodes: FloatArray) -> FloatArray:
    """(units × (1 + nodes),) the tree's own figure before those of its nodes, unit by unit."""
    return np.hstack([of_tree.reshape(-1, 1), half_up(of_nodes, DUST_DECIMALS)]).ravel()


def _places(places: IntArray) -> pd.arrays.IntegerArray:
    """Places, or how many share one; missing where they are 0."""
    return pd.arrays.IntegerArray(places.astype(np.int64), places == 0)


def _numbers(values: Sequence[int | None]) -> pd.arrays.IntegerArray:
    """A column of whole numbers; None: missing."""
    numbers = np.array([0 if value is None else value for value in values], dtype=np.int64)
    return pd.arrays.IntegerArray(numbers, np.array([value is None for value in values], dtype=np.bool_))


def _texts(values: Sequence[Any] | ObjectArray) -> "pd.Series[str]":
    """A column of texts; None: missing."""
    return pd.Series(list(values), dtype="str")


def _objects(values: Sequence[object]) -> ObjectArray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
