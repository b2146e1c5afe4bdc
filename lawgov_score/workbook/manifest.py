"""The hidden sheet of a scorecard: what it follows from (program, tree, language, every input with its sha256)."""

from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from lawgov_score import __version__
from lawgov_score.model import Scores
from lawgov_score.wording import Language

SHEET = "lawgov-manifest"
FORMAT = "1"  # goes up when an old scorecard could no longer be compared
_INPUT = "input"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a scorecard follows from. ``inputs``: path and sha256 of every file that was read, sorted."""

    format: str = ""
    program: str = ""
    tree: str = ""
    edition: str = ""
    fingerprint: str = ""
    weights: str = ""  # title of the weight set, where points are kept apart
    lang: str = ""
    inputs: tuple[tuple[str, str], ...] = ()


_ENTRIES = ("format", "program", "tree", "edition", "fingerprint", "weights", "lang")


def manifest_of(scores: Scores, inputs: Sequence[tuple[str, str]], lang: Language) -> Manifest:
    """The manifest of one run."""
    tree = scores.tree
    ordered = tuple(sorted(set(inputs)))
    return Manifest(
        FORMAT, __version__, tree.code, tree.edition, tree.fingerprint, tree.weight_set, lang.value, ordered
    )


def write_manifest(book: xlsxwriter.Workbook, manifest: Manifest) -> None:
    """Adds the sheet, hidden so that only a program can show it."""
    sheet = book.add_worksheet(SHEET)
    for row, name in enumerate(_ENTRIES):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, getattr(manifest, name))
    for row, (path, sha256) in enumerate(manifest.inputs, start=len(_ENTRIES)):
        for column, text in enumerate((_INPUT, path, sha256)):
            sheet.write_string(row, column, text)
    sheet.protect()
    sheet.very_hidden()


def read_manifest(rows: Sequence[Sequence[object]]) -> Manifest:
    """The manifest from the sheet's rows; what it does not say stays empty."""
    texts = [[str(cell).strip() for cell in row] for row in rows]
    said = {row[0]: row[1] for row in texts if len(row) > 1 and row[0] in _ENTRIES}
    inputs = tuple((row[1], row[2]) for row in texts if len(row) > 2 and row[0] == _INPUT)
    return Manifest(**said, inputs=inputs)
