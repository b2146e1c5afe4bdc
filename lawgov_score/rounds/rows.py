"""All rows of a round as lines of text, and back: the same on every machine, in every database.

A row keeps its number, since events and other rows refer to it; an event's is its place in the chain.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, models

from lawgov_score.rounds.models import Event, File, Round, tables_of_round
from lawgov_score.rounds.plain import canonical, plain


class RowError(Exception):
    """A line that is no row; ``line``: from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def rows(but: Collection[str], seq: int) -> Iterator[str]:
    """Every row but events, a line each, in the order of tables and numbers.

    ``but``: files that are left out; ``seq``: of the last event that is not left out, as the round counts them.
    """
    for name, model in _tables().items():
        fields = _fields(model)
        found = model._default_manager.order_by("pk")
        if model is File:
            found = found.exclude(sha256__in=but)
        numbers = dict(Event.objects.values_list("pk", "seq")) if _refers_to_events(model) else {}
        for row in found.iterator():
            said = {one.attname: plain(getattr(row, one.attname)) for one in fields}
            said |= {key: numbers.get(said[key]) for key in _of_events(model) if said[key] is not None}
            said |= {"seq": seq} if model is Round else {}
            yield canonical({"table": name, **said})


def events() -> Iterator[str]:
    """Every event, a line each, in the order of the chain."""
    for event in Event.objects.order_by("seq").iterator():
        yield canonical({"body": json.loads(event.body), "prev": event.prev, "hash": event.hash})


def add_events(lines: Iterable[str]) -> None:
    """Adds events as they stand in lines; whether their chain holds is asked afterwards. Raises ``RowError``."""
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
            body = said["body"]
            Event(
                pk=body["seq"],
                seq=body["seq"],
                at=_moment(body["at"]),
                behind=body.get("behind", 0.0),
                seat_id=None if body["seat"] is None else body["seat"]["n"],
                act=body["act"],
                object=body["object"],
                body=canonical(body),
                prev=said["prev"],
                hash=said["hash"],
            ).save()
        except _NO_ROW as error:
            raise RowError(number) from error


def add_rows(lines: Iterable[str]) -> None:
    """Adds rows as they stand in lines. Raises ``RowError``; whoever calls proves their references."""
    tables = _tables()
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
            model = tables[said.pop("table")]
            known = {one.attname: one for one in _fields(model)}
            columns = {key: _value(known[key], value) for key, value in said.items()}
            by_model.setdefault(model, []).append(model(**columns))
        except _NO_ROW as error:
            raise RowError(number) from error
    for model, made in by_model.items():
        try:
            model._default_manager.bulk_create(made)
        except _NO_ROW as error:
            raise RowError(0) from error


def set_counters() -> None:
    """The next number of each table is after those that were added, where the database counts by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Event, *_tables().values()]):
            cursor.execute(statement)


_NO_ROW = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RecursionError,
    OverflowError,
    ValidationError,
    IntegrityError,
    DataError,
)


def _tables() -> Mapping[str, type[models.Model]]:
    return {model._meta.model_name or "": model for model in tables_of_round() if model is not Event}


def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(one for one in model._meta.concrete_fields)


def _of_events(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(one.attname for one in _fields(model) if one.related_model is Event)


def _refers_to_events(model: type[models.Model]) -> bool:
    return bool(_of_events(model))


def _value(column: Any, value: Any) -> Any:
    """The same back, of the type of its column."""
    if value is None:
        return None
    if isinstance(column, models.DateTimeField):
        return _moment(value)
    if isinstance(column, models.DateField):
        return date.fromisoformat(value)
    if isinstance(column, models.TimeField):
        return time.fromisoformat(value)
    if isinstance(column, models.JSONField):
        return value
    return column.to_python(value)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
