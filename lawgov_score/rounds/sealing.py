"""The fingerprints of rows. An event carries that of every row which its deed made or changed, under the row's name.

So the chain says what every row is: `round verify` finds one that was changed, added or taken away behind the program's
back, whatever its table. Only what ``FREE`` lists may differ, and says why.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import FloatField, Model

from lawgov_score.rounds.models import Event, File, Notice
from lawgov_score.rounds.plain import canonical, plain
from lawgov_score.rounds.things import called

_OF_A_FILE = "the row that speaks of the file says its name, moment and seat of its own; sha256 and size are proved"
_OF_A_PERSON = "who is removed must not be guessed from a fingerprint that stays; deeds carry the seat's number"
_READ = "to read a notice is no deed, and nothing counts from it"
_NUMBER = "the row has a name of its own, by which it is ordered; who refers to it by a number that is gone is found"
FREE: Mapping[tuple[str, str], str] = MappingProxyType(  # (table, column) -> why no event carries it
    {
        **{("file", column): _OF_A_FILE for column in ("name", "kind", "received_at", "by_id")},
        **{("person", column): _OF_A_PERSON for column in ("account", "name", "telephone")},
        **{("notice", column): _READ for column in ("read_at", "read_by_id")},
        **{
            (table, "id"): _NUMBER
            for table in ("event", "file", "holiday", "notice", "objection", "officebook", "publication", "round")
        },
        **{(table, "id"): _NUMBER for table in ("run", "submission", "unit")},
        ("notice", "event_id"): "it is part of the notice's name",
        ("round", "seq"): "each event changes it: it is compared with the end of the chain",
    }
)
_NAMING = frozenset({"unit", "book", "event"})  # what the names of rows are made of
UNSEALED = (Event, File)  # the chain proves events, and the store files
NOT_SEALABLE = (ValueError, TypeError, AttributeError, ValidationError, OverflowError, RecursionError)


def is_sealed(model: type[Model]) -> bool:
    """Do events carry the rows of this table?"""
    return model not in UNSEALED


def name_of_row(row: Any, seq: int | None = None) -> str:
    """The name under which an event carries a row; several lines of one workbook about one unit share theirs.

    ``seq``: of the event that a notice belongs to, where it is not saved yet.
    """
    if isinstance(row, Notice):
        return f"notice {row.role if row.unit is None else row.unit.code}/{row.event.seq if seq is None else seq}"
    if getattr(row, "book", None) is not None:
        return f"{type(row).__name__.lower()} {row.book.name}/{row.book.n} {row.unit.code}"
    return called(row)


class Seals:
    """Fingerprints of rows, by their names; of all rows together where several share a name."""

    def __init__(self) -> None:
        self._texts: dict[str, list[str]] = {}

    def add(self, row: Any, seq: int | None = None) -> None:
        """One more row. Raises one of ``NOT_SEALABLE`` where it holds what its columns cannot."""
        self._texts.setdefault(name_of_row(row, seq), []).append(_text(row))

    def by_name(self) -> dict[str, str]:
        """All that were added."""
        return {name: hashlib.sha256("\n".join(sorted(of)).encode()).hexdigest() for name, of in self._texts.items()}


def seals_of(rows: Iterable[Any], seq: int | None = None) -> dict[str, str]:
    """The fingerprints of rows. ``seq``: as in ``name_of_row``."""
    seals = Seals()
    for row in rows:
        seals.add(row, seq)
    return seals.by_name()


def as_stored(thing: Model) -> Model:
    """The row of a thing as the database has it now, with what its fingerprint needs."""
    row: Model = _all_of(type(thing)).get(pk=thing.pk)
    return row


def rows_now(model: type[Model]) -> Iterator[Model]:
    """Every row of a table, with what its fingerprint needs. Raises ``ValueError`` for what no column can hold."""
    yield from _all_of(model).order_by("pk").iterator()


def _all_of(model: type[Model]) -> Any:
    needed = [
        field.name
        for field in model._meta.concrete_fields
        if field.related_model is File or (field.is_relation and field.name in _NAMING)
    ]
    return model._base_manager.select_related(*needed) if needed else model._base_manager.all()


def _text(row: Any) -> str:
    """All that counts of a row: files by their content, other rows by their number, which an export keeps.

    A column that holds nothing, or its default, is left out: so rows of before a version that adds a column keep their
    fingerprint.
    """
    table = row._meta.model_name
    said: dict[str, object] = {"table": table}
    for field in row._meta.concrete_fields:
        if (table, field.attname) in FREE:
            continue
        if field.related_model is File:
            file = getattr(row, field.name)
            said |= {} if file is None else {field.name: file.sha256}
            continue
        value = field.target_field.to_python(getattr(row, field.attname)) if field.is_relation else _value(field, row)
        if value is not None and not (field.has_default() and value == field.get_default()):
            said[field.attname] = plain(value)
    return canonical(said)


def _value(field: Any, row: Any) -> Any:
    """As the database gives it back: 5 in a column of floats is 5.0, and a minus before nothing is lost."""
    value = field.to_python(getattr(row, field.attname))
    return value + 0.0 if value is not None and isinstance(field, FloatField) else value
