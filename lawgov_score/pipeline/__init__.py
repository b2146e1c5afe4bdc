"""The whole run step by step; the only place that knows the order of the stages."""

from lawgov_score.files import batch
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
    names_given,
    read_material,
    score_material,
)
from lawgov_score.pipeline.changed import Since, compared, read_since
from lawgov_score.pipeline.circulating import FORMS, need_form, write_table
from lawgov_score.pipeline.demo import Example, write_examples
from lawgov_score.pipeline.feedback import Marked, write_marked
from lawgov_score.pipeline.first_tree import write_first_tree
from lawgov_score.pipeline.loading import (
    load_notice,
    load_roster,
    load_roster_apart,
    load_tree,
    notice_text,
    roster_table,
)
from lawgov_score.pipeline.next_edition import Renewed, write_next_edition
from lawgov_score.pipeline.outputs import (
    Outputs,
    keep_what_was_read,
    problems_of,
    write_outputs,
    write_scorecard,
)
from lawgov_score.pipeline.progress import Progress, unwatched
from lawgov_score.pipeline.reading import ReadingOptions, reading
from lawgov_score.pipeline.registering import blanks_to_mark, material_lacking, register_of, write_register
from lawgov_score.pipeline.rehearsal import RehearsalFiles, Rehearsed, rehearsal_of, rehearse, write_rehearsed
from lawgov_score.pipeline.revision import Compared, compare_trees, write_compared
from lawgov_score.pipeline.starter import write_starter
from lawgov_score.pipeline.taking import Taken, complete_import, take_back, write_taken
from lawgov_score.pipeline.templates import (
    changes_workbook,
    is_name,
    read_for_office,
    write_assessor_templates,
    write_templates,
)
from lawgov_score.pipeline.verification import Verification, verify
from lawgov_score.pipeline.workers import Workers
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.tree.apart import load_tree_apart, notice_problems_apart
from lawgov_score.workbook.office.apart import read_review_apart
from lawgov_score.workbook.rehearsal import write_rehearsal
from lawgov_score.workbook.revision import write_revision

__all__ = [
    "FORMS",
    "Assessment",
    "Compared",
    "Example",
    "Marked",
    "Material",
    "Outputs",
    "Progress",
    "ReadingOptions",
    "RehearsalFiles",
    "Rehearsed",
    "Renewed",
    "ScoredAssessment",
    "Since",
    "Taken",
    "Verification",
    "Workers",
    "advise",
    "assess",
    "batch",
    "blanks_to_mark",
    "changes_workbook",
    "check",
    "check_material",
    "check_review",
    "compare_trees",
    "compared",
    "complete_import",
    "files_read",
    "is_name",
    "keep_what_was_read",
    "load_notice",
    "load_roster",
    "load_roster_apart",
    "load_tree",
    "load_tree_apart",
    "material_lacking",
    "names_given",
    "need_form",
    "need_parquet",
    "notice_problems_apart",
    "notice_text",
    "problems_of",
    "read_for_office",
    "read_material",
    "read_review_apart",
    "read_since",
    "reading",
    "register_of",
    "rehearsal_of",
    "rehearse",
    "roster_table",
    "score_material",
    "take_back",
    "unwatched",
    "verify",
    "write_assessor_templates",
    "write_compared",
    "write_examples",
    "write_first_tree",
    "write_marked",
    "write_next_edition",
    "write_outputs",
    "write_register",
    "write_rehearsal",
    "write_rehearsed",
    "write_revision",
    "write_scorecard",
    "write_starter",
    "write_table",
    "write_taken",
    "write_templates",
]
