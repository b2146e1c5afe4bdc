"""Columns of text in the terminal, aligned by display width."""

from collections.abc import Collection, Sequence

from lawgov_score.report import width


def aligned(rows: Sequence[Sequence[str]], numbers: Collection[int]) -> list[str]:
    """The rows as lines; the columns in ``numbers`` to the right. A Chinese character takes two columns."""
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            " " * (w - width(text)) + text if i in numbers else text + " " * (w - width(text))
            for i, (text, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
