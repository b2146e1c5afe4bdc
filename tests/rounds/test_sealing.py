"""Whatever is changed, added or taken away behind the program's back, in any table and column, is found."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from calls import run
from deeds import DATA, DEEDS, Deed, a_round, hand_in, quick
from django.db import IntegrityError, connection, models, transaction
from round_full import fill_all
from round_made import make_round, unproved
from round_published import remember
from test_cli import Captured

from lawgov_score.problems import TextPlace, ThingPlace
from lawgov_score.rounds import sealing
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import DATABASE, Data, opened
from lawgov_score.rounds.models import Event, File, Notice, tables_of_round
from lawgov_score.rounds.sealing import FREE, as_stored, is_sealed, name_of_row, rows_now, seals_of
from lawgov_score.rounds.verifying import verify_round

MODELS = tables_of_round()
COLUMNS = [(model, field) for model in MODELS for field in model._meta.concrete_fields]
NAMES = [f"{model._meta.model_name}.{field.attname}" for model, field in COLUMNS]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Data]:
    """Something in every table. Every test undoes what it did."""
    folder = make_round(tmp_path_factory.mktemp("full"))
    with pytest.MonkeyPatch.context() as patch:
        remember(patch)
        with opened(folder) as data:
            fill_all(data)
            assert unproved() == []
            yield data


class _Undone(Exception):  # noqa: N818  # it is no error
    """Ends a transaction."""


def found_after(data: Data, statement: str, values: list[Any], *, whole: bool) -> list[str]:
    """The places of all that `round verify` says once a statement was executed, by somebody whom no rule holds.

    Without ``whole`` files are not read and nothing is computed.
    """
    places: list[str] = []
    round_ = the_round()
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA ignore_check_constraints = ON")
                cursor.execute(statement, values)
                assert cursor.rowcount == 1, statement
            if whole:
                problems = verify_round(data, round_).problems
                places = [one.place.path for one in problems if isinstance(one.place, ThingPlace | TextPlace)]
            else:
                places = unproved(round_)
            raise _Undone
    except _Undone:
        pass
    except IntegrityError:  # the database itself refuses
        places = [DATABASE]
    return places


def three_of(model: type[models.Model]) -> list[Any]:
    """The first row of a table, one in the middle, the last one."""
    rows = list(model._base_manager.order_by("pk"))
    assert rows, model  # else nothing is proved
    return [rows[at] for at in sorted({0, len(rows) // 2, len(rows) - 1})]


def others(field: Any, value: Any) -> Iterator[object]:
    """Other values of a column."""
    if field.null and value is not None:
        yield None
    if field.is_relation:
        taken = field.related_model._base_manager.exclude(pk=value).order_by("pk").values_list("pk", flat=True)
        yield from taken[:1]
        return
    match value:
        case None if isinstance(field, models.DateTimeField):
            yield datetime(2026, 1, 1)
        case None if isinstance(field, models.DateField):
            yield date(2026, 1, 1)
        case None:
            yield 7
        case bool():
            yield not value
        case datetime():
            yield (value + timedelta(microseconds=1)).replace(tzinfo=None)
        case time():
            yield time(23, 59)
        case date():
            yield value + timedelta(days=3650)
        case int() | float():
            yield from (value + 1000, value - 1000)
        case str():
            yield from (f"{value}x", value[:-1]) if value else ("x",)
        case _:
            yield '{"x": 1}'


def places_of(row: Any) -> set[str]:
    """Where a change of this row may be told: at the row; in a table whose rows hang together, at the database."""
    if isinstance(row, Event):
        return {f"event {row.seq}", f"event {row.seq + 1}", DATABASE, the_round().code, f"round {the_round().code}"}
    name = name_of_row(as_stored(row))
    return {name, DATABASE, *([f"files/{row.sha256[:2]}/{row.sha256}"] if isinstance(row, File) else [])}


def _written(value: object) -> object:
    return (
        value.isoformat(" ") if isinstance(value, datetime) else str(value) if isinstance(value, date | time) else value
    )


@pytest.mark.parametrize(("model", "field"), COLUMNS, ids=NAMES)
def test_any_other_value_of_any_column_is_found(model: type[models.Model], field: Any, full: Data) -> None:
    is_free = (model._meta.model_name, field.attname) in FREE
    if field.attname in {"seq", "event_id"} and model in {Notice, the_round().__class__}:
        is_free = False  # no fingerprint carries it, and it is compared all the same
    for row in three_of(model):
        mine = places_of(row)
        value = getattr(row, field.attname)
        for other in others(field, value):
            if field.unique and model._base_manager.filter(**{field.attname: other}).exists():
                continue
            where = f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE id = %s"
            places = found_after(full, where, [_written(other), row.pk], whole=not is_sealed(model))
            if is_free:
                assert set(places) <= {DATABASE}, (row, other, places)  # at most that nobody is to be found under it
            else:
                assert _is_told(places, mine, field, other), (row, other, places, mine)


def _is_told(places: list[str], mine: set[str], field: Any, other: object) -> bool:
    """At the row, or under the name that it has now."""
    return bool(mine & set(places)) or (field.name != "id" and any(str(other) in place for place in places if other))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model._meta.model_name))
def test_any_row_that_is_taken_away_is_missed(model: type[models.Model], full: Data) -> None:
    for row in three_of(model):
        mine = places_of(row) | ({f"file {row.sha256}"} if isinstance(row, File) else set())
        places = found_after(
            full, f"DELETE FROM {model._meta.db_table} WHERE id = %s", [row.pk], whole=not is_sealed(model)
        )
        assert mine & set(places), (row, places, mine)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model._meta.model_name))
def test_any_row_that_is_added_is_found(model: type[models.Model], full: Data) -> None:
    """A copy of each, with other values where two may not have the same. A file that nobody speaks of does no harm."""
    for row in three_of(model):
        columns = {
            field.column: _written(field.get_db_prep_save(getattr(row, field.attname), connection))
            for field in model._meta.concrete_fields
        }
        columns["id"] = 9_999
        for field in model._meta.concrete_fields:
            if field.unique and field.column != "id":
                columns[field.column] = _other_unique(field, columns[field.column])
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                columns["n" if "n" in constraint.fields else "code"] = 999
        values = ", ".join(["%s"] * len(columns))
        said = f"INSERT INTO {model._meta.db_table} ({', '.join(map(str, columns))}) VALUES ({values})"
        places = found_after(full, said, list(columns.values()), whole=not is_sealed(model))
        if is_sealed(model) or model is Event:
            assert places, row
        else:
            assert places == [f"files/{str(columns['sha256'])[:2]}/{columns['sha256']}"]  # whose bytes are not there


def _other_unique(field: Any, value: Any) -> object:
    if field.is_relation:
        return None
    return (
        value + 999
        if isinstance(value, int)
        else "2031-01-01"
        if isinstance(field, models.DateField)
        else f"f{value[1:-1]}0"
    )


@pytest.mark.parametrize(("model", "field"), COLUMNS, ids=NAMES)
def test_a_column_of_a_later_version_changes_no_fingerprint_of_before(
    model: type[models.Model], field: Any, full: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it holds nothing or its default, it is as if no version had known it."""
    rows = [row for row in rows_now(model) if _is_as_added(field, getattr(row, field.attname))]
    seals = [seals_of([row]) for row in rows]
    monkeypatch.setattr(sealing, "FREE", {**FREE, (str(model._meta.model_name), field.attname): "not there yet"})
    assert [seals_of([row]) for row in rows] == seals


def _is_as_added(field: Any, value: object) -> bool:
    return value is None or (field.has_default() and value == field.get_default())


def test_what_is_free_is_there_and_has_its_reason(full: Data) -> None:
    there = {(model._meta.model_name, field.attname) for model, field in COLUMNS}
    assert set(FREE) <= there
    assert all(FREE.values())


# ---------------------------------------------------------------- every deed tells of every row

_MORE = (
    ("leave", "--unit", "XZ-01", "--until", "2026-03-20", "--why", "断网"),
    ("holiday", "2026-03-04", "--off", "停电"),
    ("holiday", "2026-10-01", "--clear"),
    ("holiday", "2026-10-01..2026-10-03", "--work"),
    ("amend", "--roster", "{in}/other.csv", "--why", "机构改革"),
)


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed.before is not None], ids=lambda deed: deed.name)
def test_every_deed_records_every_row(deed: Deed, tmp_path: Path) -> None:
    root, things = tmp_path / "root", tmp_path / "things"
    root.mkdir()
    things.mkdir()
    with pytest.MonkeyPatch.context() as patch, quick(patch):
        hand_in(things)
        assert deed.before is not None
        deed.before(root, things)
        assert run(*deed.words(root, things)) == 0
        assert _unproved(root) == []


@pytest.mark.parametrize("words", _MORE, ids=" ".join)
def test_every_other_deed_does(words: tuple[str, ...], tmp_path: Path, capsys: Captured) -> None:
    with pytest.MonkeyPatch.context() as patch, quick(patch):
        hand_in(tmp_path)
        (tmp_path / "other.csv").write_text("unit,name,type\nXZ-03,北乡,town\nXZ-01,东街,bureau\n", encoding="utf-8")
        a_round(tmp_path, tmp_path)
        name, *rest = (word.format(**{"in": tmp_path}) for word in words)
        assert run("round", name, str(tmp_path / DATA), *rest) == 0, capsys.readouterr().err
        assert _unproved(tmp_path) == []


def _unproved(root: Path) -> list[str]:
    with opened(root / DATA):
        return unproved()
