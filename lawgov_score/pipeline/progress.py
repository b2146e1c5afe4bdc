"""The interface for watching the progress of a stage."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")


class Progress(Protocol):
    """Passes items on one by one, and may show progress."""

    def __call__(self, items: Sequence[Thing], what: str) -> Iterable[Thing]:
        """``items`` unchanged, with progress shown."""
        ...


def unwatched(items: Sequence[Thing], what: str) -> Iterable[Thing]:
    """The items, where nobody looks on."""
    return items
