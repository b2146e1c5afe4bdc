"""Reading on a Dask cluster (extra ``dask``): its workers read the files in place, on storage that all of them share.

Before reading, every worker must confirm that it runs the same program and sees the same files: results are the same
bytes as on one machine, or there are none.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem, RefusedError, TextPlace, display_path
from lawgov_score.processes import Limits, Lost
from lawgov_score.workbook.submission.cache import program
from lawgov_score.workbook.submission.reader import InputFile, Reader, Run

if TYPE_CHECKING:
    from distributed import Client

_SECONDS_TO_CONNECT = 10
_READS = ("lawgov_score.workbook.submission.reader",)


@contextmanager
def on_cluster(address: str, limits: Limits) -> Iterator[Run]:
    """A runner that reads on the cluster with the scheduler at ``address``, until the block ends.

    Raises ``RefusedError``: S160 without the library, S158 if the cluster cannot be reached or gives up, S154 if a
    worker runs another version, S155 if one does not see the files.
    """
    place = TextPlace(address)
    if find_spec("distributed") is None:
        raise RefusedError(Problem(Code.S160, place, {"what": "--dask", "extra": "dask"}))
    with _refusing(place):
        from distributed import Client

        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    with client:

        def run(reader: Reader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
            from lawgov_score.processes.cluster import run_on

            with _refusing(place):
                # Full paths, because a worker's current folder is another. Results name no path.
                absolute_files = [replace(file, path=file.path.absolute()) for file in files]
                _check_workers(client, place, absolute_files)
                yield from run_on(client, reader, absolute_files, _READS, limits)

        yield run


@contextmanager
def _refusing(place: TextPlace) -> Iterator[None]:
    """Turns exceptions of the cluster into problems; our own exceptions and interruptions pass unchanged."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise RefusedError(Problem(Code.S158, place, {"found": reason})) from error


def _check_workers(client: "Client", place: TextPlace, files: Sequence[InputFile]) -> None:
    from lawgov_score.processes.cluster import ask_all

    if not files:
        return
    programs = ask_all(client, program)
    if not programs:
        raise RefusedError(Problem(Code.S158, place, {"found": "0 workers"}))
    other = [worker for worker, its in programs.items() if its != program()]
    if other:
        raise RefusedError(Problem(Code.S154, place, {"found": tuple(sorted(other))}))
    first = {file.path.parent: file.path for file in reversed(files)}  # of each folder
    sizes: Callable[[], list[int]] = partial(_sizes, tuple(first.values()))
    own = sizes()
    for worker, its in sorted(ask_all(client, sizes).items()):
        for path, size, right in zip(first.values(), its, own, strict=True):
            if size != right:
                raise RefusedError(Problem(Code.S155, CellPlace(display_path(path)), {"found": worker}))


def _sizes(paths: Sequence[Path]) -> list[int]:
    """Bytes of each file, -1 if it cannot be seen."""
    sizes = []
    for path in paths:
        try:
            sizes.append(path.stat().st_size)
        except OSError:
            sizes.append(-1)
    return sizes
