"""The processes that write a run's outputs: each is sent the assessment once, when an output first gains by it."""

import math
import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from lawgov_score.catalogue import Code
from lawgov_score.content import labels
from lawgov_score.files import CannotWriteError
from lawgov_score.model.advice import Advice
from lawgov_score.model.assessed import Assessed
from lawgov_score.pipeline.assessment import ScoredAssessment
from lawgov_score.pipeline.progress import Progress
from lawgov_score.problems import Problem, TextPlace
from lawgov_score.processes import LostReason, LostWorkError, Shared
from lawgov_score.processes.shared import Task
from lawgov_score.scoring.advice.advise import advise_task
from lawgov_score.wording import Words

Item = TypeVar("Item")

# What a process imports while the assessment is sent: the modules of all tasks.
_TASKS = ("lawgov_score.workbook.card.folder", "lawgov_score.scoring.advice.advise")
_BLOCK = 20  # units whose advice is sought together: fewer cost more each, more leave a process waiting at the end
_ADVISED = 2_000  # nodes, of all units, whose advice takes about as long as starting a process
_WHY = {
    LostReason.CRASHED: Words("{detail}", "{detail}"),
    LostReason.MEMORY: Words("内存不足", "out of memory"),
    LostReason.TIME: Words("一小时没有结果", "no result within an hour"),
}


class Workers:
    """The processes of one run's outputs. ``jobs``: how many, 0 for as many as help, 1 for none but this one.

    Leaving the block in any way ends them.
    """

    def __init__(self, done: ScoredAssessment, jobs: int = 0) -> None:
        self._done = done
        self._shared = Shared(Assessed(done.scores, done.inputs, done.options, done.notice), jobs, _TASKS)
        self._advices: Mapping[int, Advice] | None = None

    def __enter__(self) -> Self:
        self._shared.__enter__()
        return self

    def __exit__(self, *_: TracebackType | type | BaseException | None) -> None:
        self._shared.__exit__()

    @contextmanager
    def results(
        self,
        task: Task[Assessed, Item],
        items: Sequence[Item],
        worth: int,
        watch: Progress,
        what: str,
        *,
        units: int = 1,
    ) -> Iterator[Iterator[bytes]]:
        """The result of ``task`` for each item, in order, as long as the block lasts; ``watch`` shows ``what`` is done.

        ``worth``: how many nodes take about as long as starting a process; an item has those of so many ``units``.
        Raises the ``OSError`` of ``task``, and ``CannotWriteError`` (O117) where the system ended its process.
        """
        nodes = len(self._done.scores.tree.nodes) * units
        results = self._shared.run(task, items, math.ceil(worth / max(nodes, 1)))
        try:
            yield (next(results) for _ in watch(items, what))
        except LostWorkError as error:
            why = _WHY[error.lost.fate](detail=error.lost.detail)
            raise CannotWriteError(Problem(Code.O117, TextPlace("lawgov-score"), {"found": why})) from error
        finally:
            results.close()  # ends processes that are still at work: their folder is about to be removed

    def do(self, task: Task[Assessed, Item], items: Sequence[Item], worth: int, watch: Progress, what: str) -> None:
        """The same for a task that has no result."""
        with self.results(task, items, worth, watch, what) as results:
            for _ in results:
                pass

    def advices(self, watch: Progress) -> Mapping[int, Advice]:
        """Advice for every unit that gets a card, by row: sought once, when the first output asks for it."""
        if self._advices is None:
            rows = labels.listed(self._done.scores)
            blocks = [tuple(rows[at : at + _BLOCK]) for at in range(0, len(rows), _BLOCK)]
            with self.results(advise_task, blocks, _ADVISED, watch, "advice", units=_BLOCK) as results:
                self._advices = {one.row: one for result in results for one in pickle.loads(result)}
        return self._advices
