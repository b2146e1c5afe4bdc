"""All chapters of the catalogue together. Imported when the first problem is worded, not before: help has none."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.assessor_cells import ASSESSOR_CELLS
from lawgov_score.catalogue.assessor_files import ASSESSOR_FILES
from lawgov_score.catalogue.circulated import CIRCULATED
from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.desk import DESK
from lawgov_score.catalogue.documents import DOCUMENTS
from lawgov_score.catalogue.entry import Entry
from lawgov_score.catalogue.next_edition import NEXT_EDITION
from lawgov_score.catalogue.notice import NOTICE
from lawgov_score.catalogue.output import OUTPUT
from lawgov_score.catalogue.results import RESULTS
from lawgov_score.catalogue.revision import REVISION
from lawgov_score.catalogue.round_keeping import ROUND_KEEPING
from lawgov_score.catalogue.round_leading import ROUND_LEADING
from lawgov_score.catalogue.round_objections import ROUND_OBJECTIONS
from lawgov_score.catalogue.round_publishing import ROUND_PUBLISHING
from lawgov_score.catalogue.round_receiving import ROUND_RECEIVING
from lawgov_score.catalogue.round_running import ROUND_RUNNING
from lawgov_score.catalogue.rounds import ROUNDS
from lawgov_score.catalogue.submission_cells import SUBMISSION_CELLS
from lawgov_score.catalogue.submission_files import SUBMISSION_FILES
from lawgov_score.catalogue.submission_reading import SUBMISSION_READING
from lawgov_score.catalogue.submission_sheet import SUBMISSION_SHEET
from lawgov_score.catalogue.submission_tables import SUBMISSION_TABLES
from lawgov_score.catalogue.submission_units import SUBMISSION_UNITS
from lawgov_score.catalogue.taking import TAKING
from lawgov_score.catalogue.tree_fairness import TREE_FAIRNESS
from lawgov_score.catalogue.tree_figures import TREE_FIGURES
from lawgov_score.catalogue.tree_instead import TREE_INSTEAD
from lawgov_score.catalogue.tree_lists import TREE_LISTS
from lawgov_score.catalogue.tree_meaning import TREE_MEANING
from lawgov_score.catalogue.tree_once import TREE_ONCE
from lawgov_score.catalogue.tree_places import TREE_PLACES
from lawgov_score.catalogue.tree_rules import TREE_RULES
from lawgov_score.catalogue.tree_shape import TREE_SHAPE
from lawgov_score.catalogue.tree_shared import TREE_SHARED
from lawgov_score.catalogue.tree_ways import TREE_WAYS
from lawgov_score.catalogue.verification import VERIFICATION

CATALOGUE: Mapping[Code, Entry] = MappingProxyType(
    {
        **TREE_SHAPE,
        **TREE_MEANING,
        **TREE_WAYS,
        **TREE_LISTS,
        **TREE_RULES,
        **TREE_FAIRNESS,
        **TREE_FIGURES,
        **TREE_SHARED,
        **TREE_PLACES,
        **TREE_ONCE,
        **TREE_INSTEAD,
        **NOTICE,
        **CIRCULATED,
        **SUBMISSION_FILES,
        **SUBMISSION_SHEET,
        **SUBMISSION_UNITS,
        **SUBMISSION_TABLES,
        **SUBMISSION_READING,
        **SUBMISSION_CELLS,
        **ASSESSOR_FILES,
        **ASSESSOR_CELLS,
        **RESULTS,
        **ROUNDS,
        **ROUND_LEADING,
        **ROUND_RECEIVING,
        **ROUND_RUNNING,
        **ROUND_OBJECTIONS,
        **ROUND_PUBLISHING,
        **ROUND_KEEPING,
        **DESK,
        **DOCUMENTS,
        **VERIFICATION,
        **REVISION,
        **TAKING,
        **NEXT_EDITION,
        **OUTPUT,
    }
)
