"""The table of a tree that a committee circulates, written as a workbook or as a document."""

from pathlib import Path

from lawgov_score.files import batch, keep_inputs, refusing
from lawgov_score.model import Tree
from lawgov_score.pipeline.assessment import files_read
from lawgov_score.wording import Language
from lawgov_score.workbook.circulated.book import write_book
from lawgov_score.workbook.circulated.document import need_docx, write_document
from lawgov_score.workbook.writing.paper import A3, A4

BOOK, DOCUMENT = ".xlsx", ".docx"
FORMS = (BOOK, DOCUMENT)
PAPERS = {"A3": A3, "A4": A4}


def need_form(path: Path) -> None:
    """Raises ``RefusedError`` (S160) if the library that writes such a file is not installed."""
    if path.suffix.lower() == DOCUMENT:
        need_docx(path)


def write_table(of: Tree, path: Path, lang: Language, *, paper: str = "A3", overwrite: bool = False) -> None:
    """Writes the table to ``path``, by its suffix, whole or not at all. Raises ``CannotWriteError``.

    Never replaces a file of the tree; another file that differs only with ``overwrite``. ``paper``: of the workbook, a
    key of ``PAPERS``; a document is on A4.
    """
    keep_inputs([path], files_read(of, None))
    with batch(overwrite=overwrite) as outputs:
        temporary = outputs.file(path)
        with refusing(path):
            if path.suffix.lower() == DOCUMENT:
                write_document(of, temporary, lang)
            else:
                write_book(of, temporary, lang, paper=PAPERS[paper])
