"""The run behind ``score``, ``explain`` and ``verify``: its parameters, and its files as click passes them."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawgov_score.cli.progress import Watch
from lawgov_score.cli.saying import say
from lawgov_score.cli.streams import given, maybe
from lawgov_score.report import problems_text, render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.pipeline import Assessment
    from lawgov_score.problems import Problem
    from lawgov_score.workbook.submission.reader import Run
_NO_ROSTER = Words(
    "没有给出单位名册（--roster）：单位以报来的为准，排在同一个组（表格写明分组的按表格），没有报送的单位不会列出。",
    "No --roster: the units are those that sent something, in one cohort (or the table's own); no others are listed.",
)


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
    notice: Path | None = None,
    **options: Any,
) -> "Assessment":
    """Scores the given files, one of which may be standard input. ``options``: the parameters of ``reading``."""
    from lawgov_score import pipeline

    say_without_roster(roster, lang)
    with reading(lang, **options) as run:
        return pipeline.assess(
            given(tree, ".yaml", stack),
            [given(path, ".csv", stack) for path in inputs],
            maybe(roster, ".csv", stack),
            weights=maybe(weights, ".yaml", stack),
            assessor=assessor,
            previous=previous,
            notice=maybe(notice, ".yaml", stack),
            run=run,
            latest=latest,
        )


def say_without_roster(roster: Path | None, lang: Language) -> None:
    """Says first of all that no roster was given, and the consequences."""
    if roster is None:
        say(render(_NO_ROSTER, lang), err=True)


@contextmanager
def reading(lang: Language, jobs: int, cache: Path | None, dask: str) -> "Iterator[Run]":
    """Reads inputs by the means asked for (processes, cache, cluster), until the block ends."""
    from lawgov_score import pipeline

    problems: list[Problem] = []
    with pipeline.reading(pipeline.ReadingOptions(jobs, cache, dask, watch=Watch(lang), report=problems.append)) as run:
        yield run
    if problems:  # about the means only, so separate from problems of inputs, which are the same by any means
        say(problems_text(problems, lang), err=True)
