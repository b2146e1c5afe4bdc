"""The office's own workbooks, entered: read and checked as `score` reads them, kept whole, their lines as rows."""

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from lawgov_score import pipeline
from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.files import file_names, refusing, temporary_folder
from lawgov_score.input_names import Names
from lawgov_score.model import Review, Tree
from lawgov_score.model.answers import AnswerState
from lawgov_score.pipeline.plain_folder import OFFICE, ROSTER, TREE, WEIGHTS, computed, write_plain
from lawgov_score.problems import CellPlace, Problem, RefusedError, display_path, is_error
from lawgov_score.report import number_text
from lawgov_score.rounds.allowed import hold_for, must_be
from lawgov_score.rounds.counted import not_counting, standing
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import record
from lawgov_score.rounds.folder import DECISIONS, books_in_force, newest_books, plain_folder
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Change, Entry, File, Mark, OfficeBook, Round, Ruling, Seat, Unit
from lawgov_score.rounds.names import Deed, FileKind
from lawgov_score.rounds.scheme import scheme_at_hand
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.office import GRANTED, REFUSED, office_questions, register_kinds
from lawgov_score.workbook.package.guard import MOST_BYTES, too_large

_ROW = Mark | Change | Ruling | Entry
_MODELS: Mapping[str, type[Any]] = {
    "mark": Mark,
    "change": Change,
    "ruling": Ruling,
    "register": Entry,
    "figure": Entry,
}
KINDS = tuple(_MODELS)
_NO_BOOKS = Words("还没有录入工作簿", "no workbook is entered")
_DAY_ZERO = date(1899, 12, 30)  # of a spreadsheet
_Key = tuple[str, ...]  # kind, unit, and what tells one line of a unit from another
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Given:
    """A workbook that the office hands in: its name as given, and its content."""

    shown: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Replaced:
    """A line that now says something else than in the workbook of that name before; ``new`` None: it is gone."""

    kind: str
    unit: str
    what: str  # indicator by its title, field by its name, or matter
    old: str | Words
    new: str | Words | None


@dataclass(frozen=True, slots=True)
class Entered:
    """One workbook: how many lines of each kind were read of it, and what it replaced."""

    shown: str
    book: OfficeBook
    counts: Mapping[str, int] = field(default_factory=dict)
    before: OfficeBook | None = None
    replaced: tuple[Replaced, ...] = ()
    is_same: bool = False  # its content was in force already: nothing was done


def read_given(paths: Sequence[Path]) -> tuple[dict[str, Given], tuple[Problem, ...]]:
    """Files by the name they get in ``office/``, and problems of those that cannot be read.

    Raises ``RefusedError`` (R236) where two would have one name, or one that of the workbook of decisions, which is
    written by ``deciding`` alone.
    """
    books: dict[str, Given] = {}
    problems: list[Problem] = []
    for path in paths:
        shown = display_path(path)
        name = book_name(path.name)
        if name.casefold() == DECISIONS:
            raise RefusedError(Problem(Code.R236, CellPlace(shown), {"name": name}))
        if name in books:
            place = CellPlace(shown)
            raise RefusedError(Problem(Code.R236, place, {"name": name}, (CellPlace(books[name].shown),)))
        try:
            books[name] = Given(shown, read_whole(path, MOST_BYTES))
        except NoFileError as error:
            problems.append(Problem(Code.S101, CellPlace(shown), {"found": error.what}))
        except TooLargeError as error:
            problems.append(too_large(shown, error.size))
        except OSError as error:
            problems.append(Problem(Code.S101, CellPlace(shown), {"found": reason_of(error)}))
    return books, tuple(problems)


def book_name(name: str) -> str:
    """The name of a workbook in ``office/``: one that every system can have, always the same for the same name."""
    stem, dot, suffix = unicodedata.normalize("NFC", name).rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    (safe,) = file_names([stem], f".{suffix.lower()}" if suffix.isalnum() else "")
    return safe


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
    review, good, problems = _bringing(data, round_, given)
    if refuses is not None and (grave := tuple(filter(refuses, problems))):
        raise RefusedError(*grave)
    if review is None or not good:
        return (), problems
    _refuse_unseating(data, round_, review, good)
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
            lines = dict(_apart((key, line) for key, line in _lines(review) if line.place.path == one.shown))
            counts = {kind: sum(key[0] == kind for key in lines) for kind in KINDS}
            if before is not None and before.file_id == files[name].pk and not before.withdrawn:
                entered.append(Entered(one.shown, before, counts, is_same=True))
                continue
            errors = sum(is_error(each) for each in problems if one.shown in _paths_of(each))
            said = {"name": one.shown.rpartition("/")[2], **counts}
            book = new_book(round_, name, files[name], before, seat, now, errors=errors)
            replaced, rows = _add(round_, book, before, lines, units, seat, now)
            record_book(book, before, seat, now, after=said, rows=rows)
            entered.append(Entered(one.shown, book, counts, before, replaced))
    return tuple(_titled(one, data, round_) for one in entered), problems


def _titled(one: Entered, data: Data, round_: Round) -> Entered:
    """The same with what was replaced as people call it: an indicator or a kind by its title, a field by its name."""
    if not one.replaced:
        return one
    tree = scheme_at_hand(data, round_).tree
    fields = {question.key: question.field.name for question in office_questions(tree)}
    return replace(one, replaced=tuple(_called(each, tree, fields) for each in one.replaced))


def _called(each: Replaced, tree: Tree, fields: Mapping[str, str]) -> Replaced:
    asked, blank, rest = each.what.partition(" ")
    code = asked.rpartition(".")[0] if each.kind == "figure" else asked
    if each.kind == "register":
        return replace(each, what=f"{register_kinds(tree).get(asked, asked)}{blank}{rest}")
    node = tree.by_code.get(code)
    if node is None:
        return each
    what = f"{code} {node.title}{blank}{rest}"
    return replace(each, what=f"{what} {fields[asked]}" if asked in fields else what)


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


def _bringing(
    data: Data, round_: Round, given: Mapping[str, Given]
) -> tuple[Review | None, Mapping[str, Given], tuple[Problem, ...]]:
    """What the office's workbooks say with those given that bring anything, which those are, and all problems.

    One that brings nothing is left out and the rest read again: it may have taken rows of others along.
    """
    found: list[Problem] = []
    while True:
        review, problems = _read(data, round_, given)
        read = set() if review is None else {path for path, _ in review.inputs}
        good = {name: one for name, one in given.items() if one.shown in read}
        lines = {line.place.path for _, line in _lines(review)} if review is not None else set()
        idle = {name: one for name, one in good.items() if one.shown not in lines}
        if not idle:
            return review, good, (*found, *(one for one in problems if one not in found))
        mine = {one.shown for one in idle.values()}
        found += [one for one in problems if _paths_of(one) & mine]
        found += [Problem(Code.R242, CellPlace(one.shown)) for one in idle.values()]
        given = {name: one for name, one in given.items() if name not in idle}


def _refuse_unseating(data: Data, round_: Round, review: Review, books: Mapping[str, Given]) -> None:
    """Raises ``RefusedError`` (R234) where a decision in force that counts now would not count with these workbooks.

    Only a ruling on that very score can do that, or a row that takes the decision's own along: else nothing has to be
    computed.
    """
    decided = {(one.objection.unit.code, one.objection.indicator): one.objection.n for one in standing(round_)}
    paths = {one.shown for one in books.values()}
    is_ruled_on = any((one.unit, one.indicator) in decided and one.place.path in paths for one in review.rulings)
    read = {((one.unit, one.indicator), one.objection) for one in review.changes}
    if not is_ruled_on and read.issuperset(decided.items()):
        return
    kept = plain_folder(data, round_)
    with_them = kept | {f"{OFFICE}/{name}": one.content for name, one in books.items()}
    lost = list(not_counting(round_, computed(with_them, only_tables=True)))
    before = set(map(_about, not_counting(round_, computed(kept, only_tables=True)))) if lost else set()
    if unseated := [Problem(Code.R234, one.place, one.values) for one in lost if _about(one) not in before]:
        raise RefusedError(*unseated)


def _about(problem: Problem) -> object:
    """Which decision it is about."""
    return problem.place


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


def check_in_force(data: Data, round_: Round) -> tuple[Problem, ...]:
    """What is to be said of the office's workbooks that count now. Raises ``RefusedError`` (R205)."""
    of = {name: one.file.sha256 for name, one in books_in_force(round_).items()}
    return _checked(data, round_, {name: Given(name, data.store.read(sha256)) for name, sha256 in of.items()})[1]


def _read(data: Data, round_: Round, given: Mapping[str, Given]) -> tuple[Review | None, tuple[Problem, ...]]:
    """What the office's workbooks say, those given in place of those of their names; problems of those given alone."""
    review, told = _checked(data, round_, given)
    mine = {one.shown for one in given.values()}
    return review, tuple(one for one in told if _paths_of(one) & mine)


def _checked(data: Data, round_: Round, given: Mapping[str, Given]) -> tuple[Review | None, tuple[Problem, ...]]:
    """The same with the problems of all."""
    kept = plain_folder(data, round_)
    wanted = {
        name: content
        for name, content in kept.items()
        if name.startswith((f"{TREE}/", f"{OFFICE}/")) or name in {ROSTER, WEIGHTS}
    }
    wanted |= {f"{OFFICE}/{name}": one.content for name, one in given.items()}
    with temporary_folder("lawgov-enter-") as folder:
        with refusing(folder):
            write_plain(wanted, folder)
        weights = folder / WEIGHTS if WEIGHTS in wanted else None
        tree, problems = pipeline.load_tree(folder / TREE, weights)
        assert tree is not None, problems  # it was loaded when the round was made
        units, _ = pipeline.load_roster(folder / ROSTER, tree)
        names = {display_path(folder / name): name for name in wanted}
        names |= {display_path(folder / OFFICE / name): one.shown for name, one in given.items()}
        paths = [folder / name for name in wanted if name.startswith(f"{OFFICE}/")]
        # Each by itself: what a folder passes over is told, where it was handed in.
        return pipeline.check_review(tree, paths, units, None, Names(names))


def _paths_of(problem: Problem) -> set[str]:
    places = (problem.place, *problem.see_also, *problem.also)
    return {place.path for place in places if isinstance(place, CellPlace)}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a workbook: the columns of its row, what it says, and where."""

    place: CellPlace
    says: str | Words
    what: str
    columns: Mapping[str, Any]


def _lines(review: Review) -> Iterator[tuple[_Key, _Line]]:
    """Every line that counts."""
    for mark in review.marks:
        columns = {"indicator": mark.indicator, "value": mark.mark, "reason": mark.reason, "reviewer": mark.reviewer}
        what = f"{mark.indicator} {mark.reviewer}"
        yield (
            ("mark", mark.unit, mark.indicator, mark.reviewer),
            _Line(mark.place, number_text(mark.mark), what, columns),
        )
    for one in review.changes:
        old = one.before if math.isfinite(one.before) else None  # 无
        columns = {"indicator": one.indicator, "old": old, "new": one.after, "reason": one.reason}
        columns |= {"reviewer": one.reviewer, "day": _day(one.date)}
        yield (
            ("change", one.unit, one.indicator),
            _Line(one.place, number_text(one.after), one.indicator, columns),
        )
    for ruling in review.rulings:
        columns = {"indicator": ruling.indicator, "granted": ruling.is_granted, "reason": ruling.reason}
        columns |= {"reviewer": ruling.reviewer, "day": _day(ruling.date)}
        says = GRANTED if ruling.is_granted else REFUSED
        yield ("ruling", ruling.unit, ruling.indicator), _Line(ruling.place, says, ruling.indicator, columns)
    for line in review.register:
        columns = {"indicator": "", "category": line.kind, "level": line.level, "text": line.matter}
        columns |= {"value": line.times, "reason": line.evidence, "day": _day(line.date)}
        key = ("register", line.unit, line.kind, line.level, line.matter, str(_day(line.date)))
        yield key, _Line(line.place, number_text(line.times), f"{line.kind} {line.matter}".strip(), columns)
    for unit, answers in review.answers.items():
        for asked, answer in answers.items():
            if answer.state in {AnswerState.MISSING, AnswerState.INVALID}:
                continue
            indicator, _, code = asked.rpartition(".")
            value = float(answer.value) if isinstance(answer.value, int | float) else None
            text = answer.printed or ("" if value is None else number_text(value))
            columns = {"indicator": indicator, "field": code, "value": value, "text": text}
            yield ("figure", unit, asked), _Line(answer.place, text, asked, columns)


def _apart(lines: Iterable[tuple[_Key, _T]]) -> Iterator[tuple[_Key, _T]]:
    """The same with a running number at keys that come more than once: two lines of a register both count."""
    seen: Counter[_Key] = Counter()
    for key, line in lines:
        seen[key] += 1
        yield (key if seen[key] == 1 else (*key, str(seen[key]))), line


def _day(serial: float) -> date | None:
    """The day of a spreadsheet's number; None where it has none."""
    return _DAY_ZERO + timedelta(days=math.floor(serial)) if math.isfinite(serial) and serial > 0 else None


def _add(
    round_: Round,
    book: OfficeBook,
    before: OfficeBook | None,
    lines: Mapping[_Key, _Line],
    units: Mapping[str, Unit],
    seat: Seat,
    now: datetime,
) -> tuple[tuple[Replaced, ...], list[_ROW]]:
    """Adds the rows of a workbook, each with the one it replaces; gives what says something else, and the rows."""
    former = {} if before is None else dict(_apart((_key_of(row), row) for row in _rows_of(before)))
    by_model: dict[type[Any], list[_ROW]] = {}
    replaced = []
    for key, line in lines.items():
        old = former.pop(key, None)
        model = _MODELS[key[0]]
        row = model(
            round=round_,
            unit=units[key[1]],
            **line.columns,
            book=book,
            place=f"{line.place.sheet}!{line.place.cell}" if line.place.sheet else line.place.cell,
            at=now,
            seat=seat,
            replaces=old,
        )
        by_model.setdefault(model, []).append(row)
        if old is not None and _says(old) != _says(row):
            replaced.append(Replaced(key[0], key[1], line.what, _says(old), _says(row)))
    for model, rows in by_model.items():
        model.objects.bulk_create(rows)
    replaced += [Replaced(key[0], key[1], _what(key), _says(row), None) for key, row in former.items()]
    return tuple(replaced), [row for rows in by_model.values() for row in rows]


def told_again(one: Entered, data: Data, round_: Round) -> Entered:
    """What was told when this workbook was entered, by the rows that it brought: that was broken off before."""
    before = one.book.replaces
    former = {} if before is None else dict(_apart((_key_of(row), row) for row in _rows_of(before)))
    replaced = []
    for key, row in _apart((_key_of(row), row) for row in _rows_of(one.book)):
        old = former.pop(key, None)
        if old is not None and _says(old) != _says(row):
            replaced.append(Replaced(key[0], key[1], _what(key), _says(old), _says(row)))
    replaced += [Replaced(key[0], key[1], _what(key), _says(row), None) for key, row in former.items()]
    return _titled(Entered(one.shown, one.book, one.counts, before, tuple(replaced)), data, round_)


def _rows_of(book: OfficeBook) -> Iterator[_ROW]:
    for model in (Mark, Change, Ruling, Entry):
        yield from model.objects.filter(book=book).select_related("unit").order_by("pk")


def _key_of(row: _ROW) -> _Key:
    """The key that its line had in ``_lines``."""
    match row:
        case Mark():
            return ("mark", row.unit.code, row.indicator, row.reviewer)
        case Change():
            return ("change", row.unit.code, row.indicator)
        case Ruling():
            return ("ruling", row.unit.code, row.indicator)
        case Entry() if row.category:
            return ("register", row.unit.code, row.category, row.level, row.text, str(row.day))
        case Entry():
            return ("figure", row.unit.code, f"{row.indicator}.{row.field}")


def _what(key: _Key) -> str:
    if key[0] == "register":
        return f"{key[2]} {key[4]}".strip()
    return " ".join(key[2:])


def _says(row: _ROW) -> str | Words:
    """What a row comes to, in a word."""
    match row:
        case Mark():
            return "" if row.value is None else number_text(row.value)
        case Change():
            return number_text(row.new)
        case Ruling():
            return GRANTED if row.granted else REFUSED
        case Entry() if row.category:
            return "" if row.value is None else number_text(row.value)
        case Entry():
            return row.text
