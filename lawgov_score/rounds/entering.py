"""The office's own workbooks, entered and taken back: kept whole, their lines as rows; what counted before is kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError, is_error
from lawgov_score.rounds.allowed import hold_for, must_be
from lawgov_score.rounds.book_lines import (
    KINDS,
    Replaced,
    add_rows,
    lines_of,
    rows_of,
    titled,
    what_changed,
    with_own_keys,
)
from lawgov_score.rounds.books_together import bringing, paths_of, refuse_unseating
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import record
from lawgov_score.rounds.folder import DECISIONS, books_in_force, newest_books
from lawgov_score.rounds.given_books import Given
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import File, OfficeBook, Round, Seat
from lawgov_score.rounds.names import Deed, FileKind
from lawgov_score.rounds.scheme import scheme_at_hand
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words

_NO_BOOKS = Words("还没有录入工作簿", "no workbook is entered")


@dataclass(frozen=True, slots=True)
class Entered:
    """One workbook: how many lines of each kind were read of it, and what it replaced."""

    shown: str
    book: OfficeBook
    counts: Mapping[str, int] = field(default_factory=dict)
    before: OfficeBook | None = None
    replaced: tuple[Replaced, ...] = ()
    is_same: bool = False  # its content was in force already: nothing was done


def enter(
    data: Data,
    round_: Round,
    books: Mapping[str, Given],
    seat: Seat,
    now: datetime,
    *,
    seen: Mapping[str, int] | None = None,
    refuses: Callable[[Problem], bool] | None = None,
) -> tuple[tuple[Entered, ...], tuple[Problem, ...]]:
    """Enters workbooks, by name; what was entered, and every problem at its cell.

    Read together with the office's other workbooks in force, so that contradictions between them are told. A workbook
    of which something can be read is in force from now on under its name, the one before it is not; its lines with
    errors do not count, as with `score`. One that is none of the office's is not entered, nor one that brings nothing
    (R242): what was entered before it still counts. ``seen``: the numbers of those that a workbook was made from, by
    name, 0 for none. ``refuses``: problems for which nothing at all is entered. Raises ``RefusedError``: these, R213,
    R234 a decision would not count any more, R235 archived, R237 another workbook was entered meanwhile, or tree or
    roster amended; ``CannotWriteError``.
    """
    must_be(Deed.ENTER, round_, seat)
    read_by = round_.tree_id, round_.roster_id, round_.weights_id
    in_force = newest_books(round_)
    if any(n != (in_force[name].n if name in in_force else 0) for name, n in (seen or {}).items()):
        raise RefusedError(Problem(Code.R237, place_of(round_)))
    folded = {name.casefold(): name for name in in_force}
    given = {folded.get(name.casefold(), name): book for name, book in books.items()}
    review, good, problems = bringing(data, round_, given)
    if refuses is not None and (grave := tuple(filter(refuses, problems))):
        raise RefusedError(*grave)
    if review is None or not good:
        return (), problems
    refuse_unseating(data, round_, review, good)
    files = {name: keep(data, one.content, name, FileKind.OFFICE, now, seat) for name, one in good.items()}
    entered = []
    with transaction.atomic():
        hold_for(Deed.ENTER, round_, seat)
        is_read_by = read_by == (round_.tree_id, round_.roster_id, round_.weights_id)
        books_now = {name: book.pk for name, book in newest_books(round_).items()}
        if not is_read_by or books_now != {name: book.pk for name, book in in_force.items()}:
            raise RefusedError(Problem(Code.R237, place_of(round_)))
        units = {unit.code: unit for unit in round_.units.all()}
        for name, one in good.items():
            before = in_force.get(name)
            lines = dict(with_own_keys((key, line) for key, line in lines_of(review) if line.place.path == one.shown))
            counts = {kind: sum(key[0] == kind for key in lines) for kind in KINDS}
            if before is not None and before.file_id == files[name].pk and not before.withdrawn:
                entered.append(Entered(one.shown, before, counts, is_same=True))
                continue
            errors = sum(is_error(each) for each in problems if one.shown in paths_of(each))
            said = {"name": one.shown.rpartition("/")[2], **counts}
            book = new_book(round_, name, files[name], before, seat, now, errors=errors)
            former = rows_of(before)
            rows = add_rows(round_, book, lines, former, units, seat, now)
            record_book(book, before, seat, now, after=said, rows=rows.values())
            entered.append(Entered(one.shown, book, counts, before, what_changed(former, rows)))
    return tuple(_titled(one, data, round_) for one in entered), problems


def told_again(one: Entered, data: Data, round_: Round) -> Entered:
    """What was told when this workbook was entered, by the rows that it brought: that was broken off before."""
    before = one.book.replaces
    changed = what_changed(rows_of(before), rows_of(one.book))
    return _titled(Entered(one.shown, one.book, one.counts, before, changed), data, round_)


def _titled(one: Entered, data: Data, round_: Round) -> Entered:
    """The same with what was replaced as people call it: the title of an indicator, the name of a field."""
    return replace(one, replaced=titled(one.replaced, scheme_at_hand(data, round_).tree)) if one.replaced else one


def withdraw(round_: Round, name: str, seat: Seat, now: datetime, *, seen: int | None = None) -> OfficeBook:
    """Takes back the workbook that counts under a name; gives the one that did. It is kept, and may be entered again.

    ``seen``: the number of the one that is meant. Raises ``RefusedError``: R213, R235, R237 another was entered
    meanwhile, R243 there is none, or it is that of the decisions: those are decided again.
    """
    must_be(Deed.ENTER, round_, seat)
    with transaction.atomic():
        hold_for(Deed.ENTER, round_, seat)
        books = {one: book for one, book in books_in_force(round_).items() if one != DECISIONS}
        book = next((book for one, book in books.items() if one.casefold() == name.casefold()), None)
        if book is None:
            expected = tuple(books) or (_NO_BOOKS,)
            raise RefusedError(Problem(Code.R243, place_of(round_), {"expected": expected, "found": name}))
        if seen is not None and book.n != seen:
            raise RefusedError(Problem(Code.R237, place_of(round_)))
        taken_back = new_book(round_, book.name, book.file, book, seat, now, withdrawn=True)
        record_book(taken_back, book, seat, now, after={"withdrawn": True})
    return book


def new_book(
    round_: Round,
    name: str,
    file: File,
    before: OfficeBook | None,
    seat: Seat,
    now: datetime,
    *,
    errors: int = 0,
    withdrawn: bool = False,
) -> OfficeBook:
    """One more workbook under a name, in place of the one before it; ``record_book`` follows, in one transaction."""
    return OfficeBook.objects.create(
        round=round_,
        name=name,
        n=before.n + 1 if before is not None else 1,
        file=file,
        errors=errors,
        withdrawn=withdrawn,
        at=now,
        seat=seat,
        replaces=before,
    )


def record_book(
    book: OfficeBook,
    before: OfficeBook | None,
    seat: Seat,
    now: datetime,
    *,
    after: Mapping[str, object],
    rows: Iterable[Model] = (),
) -> None:
    """The event of a workbook that is in force from now on, with the ``rows`` that it brought."""
    was = {} if before is None else {"sha256": before.file.sha256}
    record("enter", book, seat, now, before=was, after={"sha256": book.file.sha256, **after}, rows=rows)
