"""lawgov-score: scores an indicator-based assessment of rule-of-law government (法治政府建设考核).

Importing it is quick: numpy and the rest are imported when one of its names is first used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lawgov_score.api import (
        CannotWriteError,
        NothingToScoreError,
        Reading,
        Result,
        Submissions,
        TreeError,
        Verification,
        load_tree,
        read,
        score,
        verify,
    )

__version__ = "0.10.0"

__all__ = [
    "CannotWriteError",
    "NothingToScoreError",
    "Reading",
    "Result",
    "Submissions",
    "TreeError",
    "Verification",
    "__version__",
    "load_tree",
    "read",
    "score",
    "verify",
]


if not TYPE_CHECKING:  # a type checker reads the imports above, and knows of no other names

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from lawgov_score import api

        value: object = getattr(api, name)
        globals()[name] = value  # from now on it is found at once
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
