"""The numbers that a run keeps of its units: every number answered, and the value of every indicator."""

from collections.abc import Iterator

from lawgov_score.model import Scores, field_key
from lawgov_score.rounding import FloatArray


def figure_columns(scores: Scores) -> Iterator[tuple[str, str, FloatArray]]:
    """Code of the indicator, of the field ('' for the value), and the numbers (units,), in the order of the tree."""
    for number, indicator in enumerate(scores.tree.indicators):
        for asked in indicator.fields:
            numbers = scores.answers.get(field_key(indicator, asked))
            if numbers is not None:
                yield indicator.code, asked.code, numbers
        yield indicator.code, "", scores.values[:, number]
