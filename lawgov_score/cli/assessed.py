"""The run behind ``score``, ``explain`` and ``verify``: what they take, and its files as click hands them over."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from lawgov_score.cli.streams import given, maybe

if TYPE_CHECKING:
    from lawgov_score.pipeline import Assessment


def assessed(
    stack: ExitStack,
    tree: Path,
    inputs: Sequence[Path],
    weights: Path | None,
    roster: Path | None,
    assessor: Sequence[Path],
    previous: Path | None,
) -> "Assessment":
    """Scores from the files given, standard input among them."""
    from lawgov_score import pipeline

    return pipeline.assess(
        given(tree, ".yaml", stack),
        [given(path, ".csv", stack) for path in inputs],
        maybe(roster, ".csv", stack),
        weights=maybe(weights, ".yaml", stack),
        assessor=assessor,
        previous=previous,
    )
