"""Why a unit got what it got: standards, figures, reasons and policies, as phrases.

Built from the tree and ``Scores`` alone, one unit and one node at a time, so that a cell of a workbook, a line of a
terminal and a row of a CSV say the same.
"""

from lawgov_score.explanation.figures import (
    STATUS,
    answer_phrase,
    answers_of,
    cells_of,
    is_share,
    value_phrase,
    working,
)
from lawgov_score.explanation.method import method
from lawgov_score.explanation.reasons import reason
from lawgov_score.explanation.standard import standard

__all__ = [
    "STATUS",
    "answer_phrase",
    "answers_of",
    "cells_of",
    "is_share",
    "method",
    "reason",
    "standard",
    "value_phrase",
    "working",
]
