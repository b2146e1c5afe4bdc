"""The stamp: a hidden sheet that says which tree, edition, tree fingerprint and unit a workbook belongs to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import xlsxwriter

from lawgov_score.model import Tree, Unit
from lawgov_score.workbook.forms.layout import STAMP_SHEET, Question

FORMAT = "1"  # of the fill-in workbook; increased when old ones can no longer be read


_QUESTIONS = "questions"
_AND = "+"  # between meaning and kind
_MOST = 30_000  # characters written to a cell; a spreadsheet takes 32,767


@dataclass(frozen=True, slots=True)
class Stamp:
    """The content of the hidden sheet; every entry text, empty if absent."""

    format: str = ""
    tree: str = ""
    edition: str = ""
    fingerprint: str = ""
    unit: str = ""
    name: str = ""
    type: str = ""
    cohort: str = ""
    year: str = ""
    book: str = ""  # which of the office's own workbooks it is; empty: a unit's
    asked: tuple[str, ...] = ()  # lines of key, meaning and kind, of a unit's workbook

    @property
    def questions(self) -> Mapping[str, str]:
        """Key -> meaning of each question (``layout.Question.meaning``); computed only when needed, which is rare."""
        return {key: said.partition(_AND)[0] for key, said in self._said}

    @property
    def kinds(self) -> Mapping[str, str]:
        """Key -> kind of each question (``layout.Question.kind``); workbooks of before 0.9.0 do not say it."""
        return {key: kind for key, said in self._said if (kind := said.partition(_AND)[2])}

    @property
    def _said(self) -> Iterator[tuple[str, str]]:
        pairs = (line.rpartition("=") for piece in self.asked for line in piece.split("\n"))
        return ((key, said) for key, _, said in pairs if key)


_NAMES = tuple(one.name for one in fields(Stamp) if one.name != "asked")


def stamp_of(tree: Tree, unit: Unit, asked: Sequence[Question] = ()) -> Stamp:
    """The stamp of ``unit``'s workbook, which asks these questions."""
    return Stamp(
        format=FORMAT,
        tree=tree.code,
        edition=tree.edition,
        fingerprint=tree.fingerprint,
        unit=unit.code,
        name=unit.name,
        type=unit.type,
        cohort=unit.cohort,
        year=str(unit.year or tree.year),
        asked=tuple(_pieces(asked)),
    )


def write_stamp(book: xlsxwriter.Workbook, stamp: Stamp) -> None:
    """Adds the sheet, hidden so deeply that only a program can show it."""
    sheet = book.add_worksheet(STAMP_SHEET)
    rows = [(name, getattr(stamp, name)) for name in _NAMES]
    rows += [(_QUESTIONS, piece) for piece in stamp.asked]
    for row, (name, text) in enumerate(rows):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text)
    sheet.protect()
    sheet.very_hidden()


def read_stamp(rows: Sequence[Sequence[object]]) -> Stamp:
    """The stamp from the sheet's rows; absent entries stay empty."""
    entries = {str(row[0]): str(row[1]).strip() for row in rows if len(row) > 1 and row[0] in _NAMES}
    asked = tuple(str(row[1]) for row in rows if len(row) > 1 and row[0] == _QUESTIONS)
    return Stamp(**entries, asked=asked)


def _pieces(questions: Sequence[Question]) -> Iterator[str]:
    """Lines of key and meaning, as many per cell as fit."""
    lines: list[str] = []
    length = 0
    for question in questions:
        line = f"{question.key}={question.meaning}{_AND}{question.kind}"
        if length + len(line) > _MOST:
            yield "\n".join(lines)
            lines, length = [], 0
        lines.append(line)
        length += len(line) + 1
    if lines:
        yield "\n".join(lines)
