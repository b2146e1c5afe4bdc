"""The lines of the office's workbooks as rows: each with the one it replaces, and what then says something else."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from lawgov_score.model import Review, Tree
from lawgov_score.model.answers import AnswerState
from lawgov_score.problems import CellPlace
from lawgov_score.report import number_text
from lawgov_score.rounds.models import Change, Entry, Mark, OfficeBook, Round, Ruling, Seat, Unit
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.office import GRANTED, REFUSED, office_questions, register_kinds

Row = Mark | Change | Ruling | Entry
_MODELS: Mapping[str, type[Any]] = {
    "mark": Mark,
    "change": Change,
    "ruling": Ruling,
    "register": Entry,
    "figure": Entry,
}
_EVERY: tuple[type[Any], ...] = (Mark, Change, Ruling, Entry)
KINDS = tuple(_MODELS)
_DAY_ZERO = date(1899, 12, 30)  # of a spreadsheet
Key = tuple[str, ...]  # kind, unit, and what tells one line of a unit from another
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Replaced:
    """A line that now says something else than in the workbook of that name before; ``new`` None: it is gone."""

    kind: str
    unit: str
    what: str  # indicator by its title, field by its name, or matter
    old: str | Words
    new: str | Words | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a workbook: where it stands, and the columns of its row."""

    place: CellPlace
    columns: Mapping[str, Any]


def lines_of(review: Review) -> Iterator[tuple[Key, Line]]:
    """Every line that counts."""
    for mark in review.marks:
        columns = {"indicator": mark.indicator, "value": mark.mark, "reason": mark.reason, "reviewer": mark.reviewer}
        yield ("mark", mark.unit, mark.indicator, mark.reviewer), Line(mark.place, columns)
    for one in review.changes:
        old = one.before if math.isfinite(one.before) else None  # 无
        columns = {"indicator": one.indicator, "old": old, "new": one.after, "reason": one.reason}
        columns |= {"reviewer": one.reviewer, "day": _day(one.date)}
        yield ("change", one.unit, one.indicator), Line(one.place, columns)
    for ruling in review.rulings:
        columns = {"indicator": ruling.indicator, "granted": ruling.is_granted, "reason": ruling.reason}
        columns |= {"reviewer": ruling.reviewer, "day": _day(ruling.date)}
        yield ("ruling", ruling.unit, ruling.indicator), Line(ruling.place, columns)
    for line in review.register:
        columns = {"indicator": "", "category": line.kind, "level": line.level, "text": line.matter}
        columns |= {"value": line.times, "reason": line.evidence, "day": _day(line.date)}
        key = ("register", line.unit, line.kind, line.level, line.matter, str(_day(line.date)))
        yield key, Line(line.place, columns)
    for unit, answers in review.answers.items():
        for asked, answer in answers.items():
            if answer.state in {AnswerState.MISSING, AnswerState.INVALID}:
                continue
            indicator, _, code = asked.rpartition(".")
            value = float(answer.value) if isinstance(answer.value, int | float) else None
            text = answer.printed or ("" if value is None else number_text(value))
            columns = {"indicator": indicator, "field": code, "value": value, "text": text}
            yield ("figure", unit, asked), Line(answer.place, columns)


def with_own_keys(lines: Iterable[tuple[Key, _T]]) -> Iterator[tuple[Key, _T]]:
    """The same with a running number at keys that come more than once: two lines of a register both count."""
    seen: Counter[Key] = Counter()
    for key, line in lines:
        seen[key] += 1
        yield (key if seen[key] == 1 else (*key, str(seen[key]))), line


def _day(serial: float) -> date | None:
    """The day of a spreadsheet's number; None where it has none."""
    return _DAY_ZERO + timedelta(days=math.floor(serial)) if math.isfinite(serial) and serial > 0 else None


def add_rows(
    round_: Round,
    book: OfficeBook,
    lines: Mapping[Key, Line],
    former: Mapping[Key, Row],
    units: Mapping[str, Unit],
    seat: Seat,
    now: datetime,
) -> dict[Key, Row]:
    """Adds the rows of a workbook, each with the ``former`` one that it replaces."""
    rows: dict[Key, Row] = {
        key: _MODELS[key[0]](
            round=round_,
            unit=units[key[1]],
            **line.columns,
            book=book,
            place=f"{line.place.sheet}!{line.place.cell}" if line.place.sheet else line.place.cell,
            at=now,
            seat=seat,
            replaces=former.get(key),
        )
        for key, line in lines.items()
    }
    for model in _EVERY:
        model.objects.bulk_create([row for row in rows.values() if isinstance(row, model)])
    return rows


def rows_of(book: OfficeBook | None) -> dict[Key, Row]:
    """The rows of a workbook, each by the key that its line had; of none, none."""
    if book is None:
        return {}
    rows = (row for model in _EVERY for row in model.objects.filter(book=book).select_related("unit").order_by("pk"))
    return dict(with_own_keys((_key_of(row), row) for row in rows))


def what_changed(former: Mapping[Key, Row], rows: Mapping[Key, Row]) -> tuple[Replaced, ...]:
    """What says something else than it did, then what is gone."""
    found = []
    for key, row in rows.items():
        old = former.get(key)
        if old is not None and _says(old) != _says(row):
            found.append(Replaced(key[0], key[1], _what(key), _says(old), _says(row)))
    found += [Replaced(key[0], key[1], _what(key), _says(row), None) for key, row in former.items() if key not in rows]
    return tuple(found)


def titled(lines: Iterable[Replaced], tree: Tree) -> tuple[Replaced, ...]:
    """The same as people call it: an indicator or a kind by its title, a field by its name."""
    fields = {question.key: question.field.name for question in office_questions(tree)}
    return tuple(_called(one, tree, fields) for one in lines)


def _key_of(row: Row) -> Key:
    """The key that its line had in ``lines_of``."""
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


def _what(key: Key) -> str:
    if key[0] == "register":
        return f"{key[2]} {key[4]}".strip()
    return " ".join(key[2:])


def _says(row: Row) -> str | Words:
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
