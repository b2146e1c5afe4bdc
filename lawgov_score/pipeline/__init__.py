"""The whole run step by step; the only place that knows the order of the stages."""

from lawgov_score.parquet import need_parquet
from lawgov_score.pipeline.assessment import (
    Assessment,
    Material,
    ScoredAssessment,
    assess,
    check,
    check_material,
    check_review,
    files_read,
    read_material,
    score_material,
)
from lawgov_score.pipeline.demo import Example, write_examples
from lawgov_score.pipeline.feedback import Marked, write_marked
from lawgov_score.pipeline.loading import load_notice, load_roster, load_tree
from lawgov_score.pipeline.outputs import (
    Outputs,
    keep_what_was_read,
    problems_of,
    write_cards,
    write_html,
    write_parquet,
    write_scorecard,
    write_tables,
)
from lawgov_score.pipeline.progress import Progress
from lawgov_score.pipeline.reading import ReadingOptions, reading
from lawgov_score.pipeline.starter import write_starter
from lawgov_score.pipeline.templates import write_assessor_templates, write_templates
from lawgov_score.pipeline.verification import Verification, verify
from lawgov_score.pipeline.workers import Workers
from lawgov_score.scoring.advice.advise import advise

__all__ = [
    "Assessment",
    "Example",
    "Marked",
    "Material",
    "Outputs",
    "Progress",
    "ReadingOptions",
    "ScoredAssessment",
    "Verification",
    "Workers",
    "advise",
    "assess",
    "check",
    "check_material",
    "check_review",
    "files_read",
    "keep_what_was_read",
    "load_notice",
    "load_roster",
    "load_tree",
    "need_parquet",
    "problems_of",
    "read_material",
    "reading",
    "score_material",
    "verify",
    "write_assessor_templates",
    "write_cards",
    "write_examples",
    "write_html",
    "write_marked",
    "write_parquet",
    "write_scorecard",
    "write_starter",
    "write_tables",
    "write_templates",
]
