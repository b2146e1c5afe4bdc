"""How a stage lets itself be watched while it goes through many things."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")


class Progress(Protocol):
    """Hands back what it is given, one by one, and may show how far it is."""

    def __call__(self, items: Sequence[Thing], what: str) -> Iterable[Thing]:
        """``items`` again, watched."""
        ...
