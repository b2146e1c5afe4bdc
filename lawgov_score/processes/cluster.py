"""Runs a function over items on a Dask cluster: chunks of items as tasks, results in order.

Each task runs its chunk in a process of its own (``Pool``), as on one machine: an item that crashes its process is
lost alone, never a worker of the cluster. A lost worker of the cluster costs only time: others do its chunks.
"""

import math
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from lawgov_score.processes.pool import Limits, Lost, Pool, Work, sent

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_MOST_IN_A_CHUNK = 500  # items: starting a process then takes a sixth of a task
_CHUNKS_A_THREAD = 4  # requested at a time: no thread waits, and results do not pile up


def run_on(
    client: "Client", work: Work[Item], items: Sequence[Item], preload: Sequence[str], limits: Limits
) -> Iterator[bytes | Lost]:
    """The result of ``work`` for each item, in order. Raises the cluster's exception if it gives up."""
    if not items:
        return
    threads = max(sum(client.nthreads().values()), 1)
    size = max(1, min(_MOST_IN_A_CHUNK, math.ceil(len(items) / (threads * _CHUNKS_A_THREAD))))
    start = client.scatter(sent(work), broadcast=True, hash=False)
    chunks = iter([items[at : at + size] for at in range(0, len(items), size)])
    asked: deque[Any] = deque()
    for chunk in chunks:
        asked.append(client.submit(_run_chunk, start, sent(chunk), tuple(preload), limits, pure=False))
        if len(asked) >= threads * _CHUNKS_A_THREAD:
            yield from asked.popleft().result()
    while asked:
        yield from asked.popleft().result()


def _run_chunk(work: bytes, items: bytes, preload: Sequence[str], limits: Limits) -> list[bytes | Lost]:
    with Pool(preload, limits) as pool:
        return list(pool.run(pickle.loads(work), pickle.loads(items)))


def ask_all(client: "Client", question: Callable[[], Answer]) -> dict[str, Answer]:
    """The answer of each worker of the cluster, by its address."""
    answers: dict[str, Answer] = client.run(_answer, sent(question))
    return answers


def _answer(question: bytes) -> Any:
    return pickle.loads(question)()
