"""What the office enters by hand: for each form one workbook that the program keeps, rewritten whole with every save.

It is a table (.csv) in ``office/`` like any that is handed in, entered by ``entering.enter``: what stands in it counts,
is exported and verified as such. A page shows a version of it, and gives back what is to be otherwise.
"""

import csv
import io
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import cell_at
from lawgov_score.guarded import cells, unguarded
from lawgov_score.model import Tree
from lawgov_score.problems import CellPlace, Place, Problem, RefusedError, ThingPlace, is_error
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.entering import Entered, enter, withdraw
from lawgov_score.rounds.folder import BY_HAND, newest_books
from lawgov_score.rounds.given_books import Given
from lawgov_score.rounds.kept import read
from lawgov_score.rounds.models import OfficeBook, Round, Seat
from lawgov_score.rounds.scheme import scheme_at_hand
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.called import folded
from lawgov_score.workbook.forms.office import (
    ANSWERS,
    BY_KEY,
    CHANGES,
    MARKS,
    REGISTER,
    RULINGS,
    Form,
    OfficeColumn,
    office_questions,
)
from lawgov_score.workbook.office.rows import name_above
from lawgov_score.workbook.plain_texts import first_filled

Row = Mapping[str, str]  # texts by the keys of the form's columns

FORMS = (MARKS, CHANGES, RULINGS, REGISTER)
_NOT_BY_HAND = "objection"  # a decision on an objection is made by ``deciding`` alone
_BOM = "\ufeff"
_NOW_AT = Words("{name}第 {n} 版", "{name}, number {n}")
_CALLED = Words("手工录入的{form}", "{form} entered by hand")
_ROW = Words("{name}第 {n} 行", "{name}, row {n}")
_AT = Words("{unit} {name} {what}（{column}）", "{unit} {name} {what} ({column})")
_OF_ROW = Words("{unit} {name} {what}", "{unit} {name} {what}")
_OF_UNIT = Words("{unit} {name}", "{unit} {name}")


@dataclass(frozen=True, slots=True)
class HandBook:
    """The workbook by hand of a form, as it counts now. ``n``: its number, 0 where there was none yet."""

    form: Form
    n: int
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """Its name in ``office/``."""
        return BY_HAND[self.form.key]


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be otherwise: a row to stand there (None: none) instead of the one at ``at``.

    Without ``at`` it stands instead of the row about the same, or is a new one; a register has no rows about the same.
    """

    row: Row | None
    at: int = -1


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save. ``entered`` None: nothing was changed, or no row is left and the workbook taken back."""

    entered: Entered | None = None
    problems: tuple[Problem, ...] = ()  # about the rows that were saved


def form_by(key: str, tree: Tree) -> Form:
    """The form of that key; of the office's own figures with a column for each field of the tree."""
    form = BY_KEY[key]
    if form is not ANSWERS:
        return form
    fields = ((one.key, one.field.name) for one in office_questions(tree))
    columns = (OfficeColumn(code, Words(code, code), Words(name, name), 0, is_needed=False) for code, name in fields)
    return replace(form, columns=(*form.columns, *columns))


def hand_book(data: Data, round_: Round, form: Form) -> HandBook:
    """The workbook by hand that counts now. Raises ``RefusedError`` (R205)."""
    book = newest_books(round_).get(BY_HAND[form.key])
    return HandBook(form, 0 if book is None else book.n, _rows_of(data, form, book))


def rows_at(data: Data, round_: Round, form: Form, n: int) -> tuple[Row, ...]:
    """The rows of version ``n`` of the workbook by hand, as a page showed them; of 0, and of one that never was, none.

    Raises ``RefusedError`` (R205).
    """
    book = round_.office_books.filter(name=BY_HAND[form.key], n=n).select_related("file").first() if n else None
    return _rows_of(data, form, book)


def save(data: Data, round_: Round, form: Form, n: int, edits: Sequence[Edit], seat: Seat, now: datetime) -> Saved:
    """Enters the version ``n`` with ``edits``, all of them or none; rows that are not edited stay as they are.

    Asked once more after it was broken off, it does nothing twice. Raises ``RefusedError``: errors in the rows that are
    edited, R212 another version counts by now, and what ``enter`` and ``withdraw`` raise.
    """
    name = BY_HAND[form.key]
    newest = newest_books(round_).get(name)
    old = rows_at(data, round_, form, n)
    rows, changed = with_edits(form, old, edits)
    if rows == old and not any(one.at >= len(old) for one in edits):  # else they are about rows of another version
        return Saved()
    if rows != old and newest is not None and newest.n == n + 1 and _rows_of(data, form, newest) == rows:
        return Saved()  # done already
    refuse_if_old(round_, form, n)
    if not rows:
        withdraw(round_, name, seat, now, seen=n)
        return Saved()
    about = _About(form, name, rows, changed, dict(round_.units.values_list("code", "name")))
    given = {name: Given(name, content_of(form, rows), is_ours=True)}
    try:
        entered, problems = enter(data, round_, given, seat, now, seen={name: n}, refuses=about.is_refused)
    except RefusedError as refused:
        raise RefusedError(*map(about.told, refused.problems)) from refused
    if not entered:
        raise RefusedError(*map(about.told, problems))
    return Saved(entered[0], tuple(about.told(one) for one in problems if about.is_about_edits(one)))


def at_their_rows(data: Data, round_: Round, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of workbooks in force; those of workbooks by hand at their rows as people know them, not at cells."""
    found = tuple(problems)
    units = dict(round_.units.values_list("code", "name"))
    there = {one.place.path for one in found if isinstance(one.place, CellPlace)}
    for form in _forms_of(data, round_, there):
        book = hand_book(data, round_, form)
        about = _About(form, book.name, book.rows, frozenset(), units)
        found = tuple(about.told(one) if _is_in(one.place, book.name) else one for one in found)
    return found


def row_at(data: Data, round_: Round, name: str, cell: str) -> Text | None:
    """What people call the row of a cell in a workbook by hand that counts now; None: it is in none."""
    form = next(_forms_of(data, round_, {name}), None)
    if form is None or not cell:
        return None
    rows = hand_book(data, round_, form).rows
    about = _About(form, name, rows, frozenset(), dict(round_.units.values_list("code", "name")))
    return about.called_at(CellPlace(name, "", cell))


def called_by_hand(name: str) -> Text | None:
    """What people call a workbook by hand; None for any other."""
    return next((_CALLED(form=BY_KEY[key].name) for key, one in BY_HAND.items() if one == name), None)


def row_in(data: Data, round_: Round, name: str, cell: str, content: bytes | None = None) -> Text | None:
    """The row of a cell in such a workbook that may count no more, by its number; in ``content`` as people know it."""
    called = called_by_hand(name)
    if called is None or not cell:
        return called
    if content is not None:
        (form,) = _forms_of(data, round_, {name})
        units = dict(round_.units.values_list("code", "name"))
        about = _About(form, name, rows_in(form, content), frozenset(), units)
        if (said := about.called_at(CellPlace(name, "", cell))) is not None:
            return said
    return _ROW(name=called, n=cell_at(cell)[0])


def _forms_of(data: Data, round_: Round, names: Container[str]) -> Iterator[Form]:
    """The forms whose workbooks by hand are called so."""
    for key, name in BY_HAND.items():
        if name in names:
            yield BY_KEY[key] if key != ANSWERS.key else form_by(key, scheme_at_hand(data, round_).tree)


def _is_in(place: Place, name: str) -> bool:
    return isinstance(place, CellPlace) and place.path == name


def refuse_if_old(round_: Round, form: Form, n: int) -> None:
    """Raises ``RefusedError`` (R212) where another version than ``n`` counts by now."""
    newest = newest_books(round_).get(BY_HAND[form.key])
    if n != (now := 0 if newest is None else newest.n):
        found = _NOW_AT(name=_CALLED(form=form.name), n=now)
        raise RefusedError(Problem(Code.R212, place_of(round_), {"found": found}))


def draft_of(book: HandBook, edits: Iterable[Edit]) -> tuple[bytes, bool]:
    """The workbook as it would be with edits, and whether that is another one."""
    rows, _ = with_edits(book.form, book.rows, edits)
    return content_of(book.form, rows), rows != book.rows


def with_edits(form: Form, rows: Sequence[Row], edits: Iterable[Edit]) -> tuple[tuple[Row, ...], frozenset[int]]:
    """The rows with the edits, and which of them are other ones than before."""
    all_: list[Row | None] = list(rows)
    by_key = {} if form is REGISTER else {key_of(form, row): at for at, row in enumerate(rows)}
    edited = set()
    for edit in edits:
        row = None if edit.row is None else _whole(form, edit.row)
        at = edit.at if row is None or edit.at >= 0 else by_key.get(key_of(form, row), -1)
        if 0 <= at < len(all_) and all_[at] != row:
            all_[at] = row
            edited.add(at)
        elif at < 0 and row is not None:
            edited.add(len(all_))
            by_key[key_of(form, row)] = len(all_) if form is not REGISTER else -1
            all_.append(row)
    left = [(at, row) for at, row in enumerate(all_) if row is not None]
    return tuple(row for _, row in left), frozenset(i for i, (at, _) in enumerate(left) if at in edited)


def key_of(form: Form, row: Row) -> tuple[str, ...]:
    """What tells a row from others: of marks the reviewer, too; of figures a unit has one row for all."""
    if form.key == ANSWERS.key:
        return (row["unit"],)
    about = (row["unit"], row["kind"] if form is REGISTER else row["indicator"])
    return (*about, folded(row["reviewer"])) if form is MARKS else about


def columns_of(form: Form) -> tuple[OfficeColumn, ...]:
    """The columns of the workbook by hand: those that are read back."""
    return tuple(one for one in form.columns if (not one.to_read or one.is_compared) and one.key != _NOT_BY_HAND)


def content_of(form: Form, rows: Iterable[Row]) -> bytes:
    """The workbook: a table in UTF-8 with headings, as ``enter`` reads it."""
    columns = columns_of(form)
    lines = [[one.heading.zh for one in columns], *([row.get(one.key, "") for one in columns] for row in rows)]
    return (_BOM + "".join(f"{','.join(cells(line))}\n" for line in lines)).encode()


def rows_in(form: Form, content: bytes) -> tuple[Row, ...]:
    """The rows of such a workbook, though somebody may have saved it by another program meanwhile."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    table = [[unguarded(cell).strip() for cell in line] for line in csv.reader(io.StringIO(text, newline=""))]
    for at, line in first_filled(table):
        known = {i: column.key for i, cell in enumerate(map(str, line)) if (column := _named(form, cell)) is not None}
        if "unit" in known.values():
            name = name_above(form, table, at)
            rows = [{key: line[i] for i, key in known.items() if i < len(line)} for line in table[at + 1 :]]
            named = [
                _whole(form, {**row, "reviewer": row.get("reviewer") or name}) for row in rows if any(row.values())
            ]
            return tuple(named)
    return ()


def _named(form: Form, heading: str) -> OfficeColumn | None:
    return form.named(heading) or form.compared(heading)


def _whole(form: Form, row: Row) -> Row:
    """A row with every column of the form and no other, as it comes back from the table."""
    return {one.key: row.get(one.key, "").replace("\r\n", "\n").strip() for one in columns_of(form)}


def _rows_of(data: Data, form: Form, book: OfficeBook | None) -> tuple[Row, ...]:
    return () if book is None or book.withdrawn else rows_in(form, read(data, book.file))


@dataclass(frozen=True)
class _About:
    """Which row of a save a problem is about, and how a page names it."""

    form: Form
    name: str
    rows: Sequence[Row]
    changed: frozenset[int]
    units: Mapping[str, str]

    def is_about_edits(self, problem: Problem) -> bool:
        return any(at is None or at in self.changed for _, at in self._rows(problem))

    def is_refused(self, problem: Problem) -> bool:
        return is_error(problem) and self.is_about_edits(problem)

    def told(self, problem: Problem) -> Problem:
        """The problem at the row as people know it: of which unit, and what about."""
        called = {place: self._called(place, at) for place, at in self._rows(problem) if at is not None}
        edited = (one for one, at in self._rows(problem) if at in self.changed)
        mine = (one for one in (problem.place, *problem.see_also) if one in called)
        first = next(chain(edited, mine), problem.place)
        others = tuple(one for one in (problem.place, *problem.see_also) if one != first and first not in problem.also)
        also = tuple(problem.place if one == first else one for one in problem.also)
        return replace(
            problem,
            place=called.get(first, first),
            see_also=tuple(called.get(one, one) for one in others),
            also=tuple(called.get(one, one) for one in also),
        )

    def called_at(self, place: CellPlace) -> Text | None:
        """What people call the row of a cell; None: there is none."""
        at = cell_at(place.cell)[0] - 1
        return self._called(place, at).shown if 0 <= at < len(self.rows) else None

    def _rows(self, problem: Problem) -> Iterator[tuple[Place, int | None]]:
        """The places of a problem in this workbook, each with the row; None: it is about all of it."""
        for place in (problem.place, *problem.see_also, *problem.also):
            if isinstance(place, CellPlace) and place.path == self.name:
                at = cell_at(place.cell)[0] - 1 if place.cell else -1
                yield place, at if 0 <= at < len(self.rows) else None

    def _called(self, place: Place, at: int) -> ThingPlace:
        assert isinstance(place, CellPlace)
        row = self.rows[at]
        figures = {"unit": row["unit"], "name": self.units.get(row["unit"], "")}
        column = dict(enumerate(columns_of(self.form))).get(cell_at(place.cell)[1])
        if self.form.key == ANSWERS.key:
            if column is None or column.key == "unit":
                return ThingPlace(f"{self.name} {at + 1}", _OF_UNIT(**figures))
            what = column.key.rpartition(".")[0]
            return ThingPlace(f"{self.name} {at + 1} {what}", _AT(**figures, what=what, column=column.what))
        figures["what"] = row["matter"] if self.form is REGISTER else row["indicator"]
        said = _OF_ROW(**figures) if column is None else _AT(**figures, column=column.heading)
        return ThingPlace(f"{self.name} {at + 1}", said)
