"""By what means inputs are read: how many processes, whose eyes on the progress. The result is the same by all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lawgov_score.pipeline.progress import Progress
from lawgov_score.problems import Problem
from lawgov_score.processes import Limits, Lost, Pool, workers_for
from lawgov_score.workbook.submission.cache import cached
from lawgov_score.workbook.submission.cluster import on_cluster
from lawgov_score.workbook.submission.reader import InputFile, Reader, Run

_READS = "lawgov_score.workbook.submission.reader"  # what a worker imports while the tree is still being loaded


@dataclass(frozen=True, slots=True)
class Means:
    """How to read. ``jobs``: so many processes, 0 for as many as gain; ``cache``: a folder of readings to go by;
    ``cluster``: the address of a Dask scheduler whose workers read instead.

    ``watch`` sees the files go by; ``tell`` hears of what is wrong with the means, and with no input.
    """

    jobs: int = 0
    cache: Path | None = None
    cluster: str = ""
    watch: Progress | None = None
    tell: Callable[[Problem], None] = lambda _: None
    limits: Limits = field(default_factory=Limits)


@contextmanager
def reading(means: Means) -> Iterator[Run]:
    """Reads by these means until the block is left; then no process of ours is left. Raises ``RefusedError``.

    Workbooks are always read in processes of their own, be it one: what a hostile or broken file does to the
    library that reads it, it does to that process.
    """
    with on_cluster(means.cluster, means.limits) if means.cluster else _in_workers(means) as uncached:
        run = uncached if means.cache is None else cached(uncached, means.cache, means.tell)
        yield run if means.watch is None else _watched(run, means.watch)


@contextmanager
def _in_workers(means: Means) -> Iterator[Run]:
    with Pool([_READS], means.limits) as pool:
        yield lambda reader, files: pool.run(reader, files, workers_for(len(files), means.jobs))


def _watched(run: Run, watch: Progress) -> Run:
    def run_watched(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
        results = run(reader, files)
        return (next(results) for _ in watch(files, "read"))

    return run_watched
