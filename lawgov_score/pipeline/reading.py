"""By what means inputs are read: how many processes, whose eyes on the progress. The result is the same by all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from lawgov_score.pipeline.progress import Progress
from lawgov_score.processes import Limits, Lost, Pool, workers_for
from lawgov_score.workbook.reader import InputFile, Reader, Run

_READS = "lawgov_score.workbook.reader"  # what a worker imports while the tree is still being loaded


@dataclass(frozen=True, slots=True)
class Means:
    """How to read. ``jobs``: so many processes, 0 for as many as gain; ``watch``: sees the files go by."""

    jobs: int = 0
    watch: Progress | None = None
    limits: Limits = field(default_factory=Limits)


@contextmanager
def reading(means: Means) -> Iterator[Run]:
    """Reads by these means until the block is left; then no process of ours is left.

    Workbooks are always read in processes of their own, be it one: what a hostile or broken file does to the
    library that reads it, it does to that process.
    """
    with Pool([_READS], means.limits) as pool:

        def run(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
            results = pool.run(reader, files, workers_for(len(files), means.jobs))
            if means.watch is None:
                return results
            return (next(results) for _ in means.watch(files, "read"))

        yield run
