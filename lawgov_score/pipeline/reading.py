"""The means of reading inputs: number of processes, cache, cluster, progress. They never change the result."""

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

_READS = "lawgov_score.workbook.submission.reader"  # the module a worker imports while the tree is still being loaded


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read. ``jobs``: number of processes, 0 for as many as help; ``cache``: a folder of earlier readings;
    ``cluster``: the address of a Dask scheduler whose workers read instead.

    ``watch`` shows progress over the files; ``report`` receives problems of the means, not of inputs.
    """

    jobs: int = 0
    cache: Path | None = None
    cluster: str = ""
    watch: Progress | None = None
    report: Callable[[Problem], None] = lambda _: None
    limits: Limits = field(default_factory=Limits)


@contextmanager
def reading(options: ReadingOptions) -> Iterator[Run]:
    """A runner that reads by these means until the block ends and its processes with it. Raises ``RefusedError``.

    Workbooks are always read in at least one other process: if a hostile or broken file crashes the reading library,
    only that process is lost.
    """
    with on_cluster(options.cluster, options.limits) if options.cluster else _in_workers(options) as uncached:
        run = uncached if options.cache is None else cached(uncached, options.cache, options.report)
        yield run if options.watch is None else _watched(run, options.watch)


@contextmanager
def _in_workers(options: ReadingOptions) -> Iterator[Run]:
    with Pool([_READS], options.limits) as pool:
        yield lambda reader, files: pool.run(reader, files, workers_for(len(files), options.jobs))


def _watched(run: Run, watch: Progress) -> Run:
    def run_watched(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
        results = run(reader, files)
        return (next(results) for _ in watch(files, "read"))

    return run_watched
