"""The run behind ``score``, ``explain`` and ``verify``: what they take, and its files as click hands them over."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawgov_score.cli.progress import Watch
from lawgov_score.cli.saying import say
from lawgov_score.cli.streams import given, maybe
from lawgov_score.report import problems_text
from lawgov_score.wording import Language

if TYPE_CHECKING:
    from lawgov_score.pipeline import Assessment
    from lawgov_score.problems import Problem
    from lawgov_score.workbook.reader import Run


def assessed(
    stack: ExitStack,
    lang: Language,
    tree: Path,
    inputs: Sequence[Path],
    weights: Path | None,
    roster: Path | None,
    assessor: Sequence[Path],
    previous: Path | None,
    latest: bool,
    **means: Any,
) -> "Assessment":
    """Scores from the files given, standard input among them. ``means``: the parameters of ``reading``."""
    from lawgov_score import pipeline

    with reading(lang, **means) as run:
        return pipeline.assess(
            given(tree, ".yaml", stack),
            [given(path, ".csv", stack) for path in inputs],
            maybe(roster, ".csv", stack),
            weights=maybe(weights, ".yaml", stack),
            assessor=assessor,
            previous=previous,
            run=run,
            latest=latest,
        )


@contextmanager
def reading(lang: Language, jobs: int, cache: Path | None, dask: str) -> "Iterator[Run]":
    """Reads inputs by the means that were asked for, until the block is left."""
    from lawgov_score import pipeline

    told: list[Problem] = []
    with pipeline.reading(pipeline.Means(jobs, cache, dask, watch=Watch(lang), tell=told.append)) as run:
        yield run
    if told:  # of the means alone, so not among the problems of the inputs, which are the same by any means
        say(problems_text(told, lang), err=True)
