"""A reader whose process the system ends when one file takes it too much processor time, whatever else runs."""

import resource
from dataclasses import dataclass

from lawgov_score.workbook.submission.reader import InputFile, Reader

SECONDS = 2


@dataclass(frozen=True)
class Bounded:
    """Reads as ``reader`` does, within ``SECONDS`` of processor time for each file."""

    reader: Reader

    def __call__(self, file: InputFile) -> bytes:
        """What came in the file, packed."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        soon = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (soon, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        return self.reader(file)


def busy(file: InputFile) -> bytes:
    """Never comes back."""
    return Bounded(_forever)(file)  # type: ignore[arg-type]  # a function is called as a reader is


def _forever(_: InputFile) -> bytes:
    while True:
        pass


def greedy(megabytes: int) -> bytes:
    """Takes so much memory."""
    return bytes(len(bytearray(megabytes << 20)) % 7)
