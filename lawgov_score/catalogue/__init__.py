"""Every problem code with its words: severity, title, expected, found, hint, example and cure."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import Entry, Severity

__all__ = ["Code", "Entry", "Severity", "entry_of"]


def entry_of(code: Code) -> Entry:
    """What the catalogue says of a code."""
    from lawgov_score.catalogue.chapters import CATALOGUE

    return CATALOGUE[code]
