"""Explains one unit's scores: standards, figures, reasons for lost points and policies, as phrases.

Built from the tree and ``Scores`` alone, one unit and one node at a time, so that a cell of a workbook, a line of a
terminal and a row of a CSV say the same.
"""

from lawgov_score.explanation.absent import ruling_of
from lawgov_score.explanation.adjustments import (
    adjustment_phrase,
    adjustment_phrases,
    entry_phrase,
    signed,
    veto_effects,
    veto_phrases,
)
from lawgov_score.explanation.evidence import (
    Evidence,
    EvidenceCount,
    Standing,
    evidence_count,
    evidence_of,
    evidence_phrase,
)
from lawgov_score.explanation.figures import (
    STATUS,
    answer_phrase,
    answers_of,
    cells_of,
    is_share,
    marks_of,
    previous_phrase,
    state,
    value_phrase,
    working,
)
from lawgov_score.explanation.grading import grade_remarks
from lawgov_score.explanation.group_working import how_it_came
from lawgov_score.explanation.method import method
from lawgov_score.explanation.parts import before_rule, parts_at
from lawgov_score.explanation.reasons import change_of, reason, zeroed
from lawgov_score.explanation.references import figure_of, is_share_name, named, referred
from lawgov_score.explanation.standard import standard
from lawgov_score.explanation.ways import way_at, ways

__all__ = [
    "STATUS",
    "Evidence",
    "EvidenceCount",
    "Standing",
    "adjustment_phrase",
    "adjustment_phrases",
    "answer_phrase",
    "answers_of",
    "before_rule",
    "cells_of",
    "change_of",
    "entry_phrase",
    "evidence_count",
    "evidence_of",
    "evidence_phrase",
    "figure_of",
    "grade_remarks",
    "how_it_came",
    "is_share",
    "is_share_name",
    "marks_of",
    "method",
    "named",
    "parts_at",
    "previous_phrase",
    "reason",
    "referred",
    "ruling_of",
    "signed",
    "standard",
    "state",
    "value_phrase",
    "veto_effects",
    "veto_phrases",
    "way_at",
    "ways",
    "working",
    "zeroed",
]
