"""The same function over the same items on a Dask cluster: chunks of items as tasks, results in order.

Each task runs its chunk in a process of its own (``Pool``), as at home: an item that takes its process down costs that
item, never a worker of the cluster. A worker of the cluster that is lost costs time: its chunks are done by others.
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

_MOST_IN_A_CHUNK = 500  # items: starting its process is then a sixth of a task
_CHUNKS_A_THREAD = 4  # asked for at a time: nobody waits, and results do not pile up


def run_on(
    client: "Client", work: Work[Item], items: Sequence[Item], preload: Sequence[str], limits: Limits
) -> Iterator[bytes | Lost]:
    """What ``work`` makes of each item, in their order. Raises what the cluster raises where it gives up."""
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
    """What each worker of the cluster answers, by its address."""
    answers: dict[str, Answer] = client.run(_answer, sent(question))
    return answers


def _answer(question: bytes) -> Any:
    return pickle.loads(question)()
