"""Every problem code with its words: severity, title, expected, found, hint, example and cure."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import Entry, Severity
from lawgov_score.catalogue.output import OUTPUT
from lawgov_score.catalogue.results import RESULTS
from lawgov_score.catalogue.submission_cells import SUBMISSION_CELLS
from lawgov_score.catalogue.submission_files import SUBMISSION_FILES
from lawgov_score.catalogue.tree_meaning import TREE_MEANING
from lawgov_score.catalogue.tree_shape import TREE_SHAPE

CATALOGUE: Mapping[Code, Entry] = MappingProxyType(
    {**TREE_SHAPE, **TREE_MEANING, **SUBMISSION_FILES, **SUBMISSION_CELLS, **RESULTS, **OUTPUT}
)

__all__ = ["CATALOGUE", "Code", "Entry", "Severity"]
