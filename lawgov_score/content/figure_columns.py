"""The numbers that a run keeps of its units: every number answered, and the value of every indicator."""

from collections.abc import Iterator

from lawgov_score.model import Indicator, Scores, Shared, field_key
from lawgov_score.rounding import FloatArray


def figure_columns(scores: Scores) -> Iterator[tuple[str, str, FloatArray]]:
    """Code of the indicator, of the field ('' for the value), and the numbers (units,), in the order of the tree.

    共用数据 come first, under the code of the group (or of the tree) that asks them.
    """
    tree = scores.tree
    for block in tree.blocks:
        yield from _answered(scores, block)
    for number, indicator in enumerate(tree.indicators):
        yield from _answered(scores, indicator)
        yield indicator.code, "", scores.values[:, number]


def _answered(scores: Scores, of: Indicator | Shared) -> Iterator[tuple[str, str, FloatArray]]:
    for asked in of.own_fields:
        numbers = scores.answers.get(field_key(of, asked))
        if numbers is not None:
            yield of.code, asked.code, numbers
