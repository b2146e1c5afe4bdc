"""Words of 400 letters in every column that takes words: no database refuses what another took."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, models, transaction

from lawgov_score.rounds.models import tables_of_round

LONG = "长" * 400
OURS = frozenset(  # columns with a length: what they hold is ours, a code or a fingerprint
    [
        *(
            "act",
            "engine",
            "fingerprint",
            "hash",
            "head",
            "kind",
            "outcome",
            "prev",
            "role",
            "scope",
            "sha256",
            "stage",
        ),
        *("state", "visibility"),
    ]
)
_MARK_HAS_EVIDENCE = ("mark", "evidence")  # Enough


def text_columns() -> Iterator[tuple[Any, str]]:
    """Every column of every table that holds text and is not ours."""
    for model in tables_of_round():
        for column in model._meta.concrete_fields:
            name = (model._meta.model_name, column.name)
            is_text = isinstance(column, models.CharField | models.TextField)
            if is_text and column.name not in OURS and name != _MARK_HAS_EVIDENCE:
                yield model, column.name


def all_take_them() -> None:
    """Each in turn, in a row that is there. The round is as it was afterwards."""
    columns = list(text_columns())
    assert len(columns) > 40
    for model, name in columns:
        rows: models.QuerySet[Any] = models.QuerySet(model)  # past the rule that rows are only added
        last = rows.order_by("-pk")[:1].get()
        with transaction.atomic():
            more = {"file": None} if (model._meta.model_name, name) == ("evidence", "address") else {}
            rows.filter(pk=last.pk).update(**{name: LONG}, **more)
            connection.check_constraints()
            assert getattr(rows.get(pk=last.pk), name) == LONG
            transaction.set_rollback(True)
