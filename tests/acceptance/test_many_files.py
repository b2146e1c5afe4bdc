"""Ten thousand files in one round: it opens, is proved, backed up and restored, and none is lost."""

from pathlib import Path
from typing import Any

import pytest
from calls import run
from django.db import transaction
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from round_made import NOW, given

from lawgov_score.rounds.creation import create_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.disk import Disk
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import File
from lawgov_score.rounds.names import FileKind

MANY = 10_000


class _Unsynced(Disk):
    """So that preparing takes no minutes: twenty thousand waits for the disk, one by one."""

    def adopt(self, written: Path, path: Path, mode: int = 0o644) -> None:
        written.chmod(mode)
        written.replace(path)


def test_ten_thousand_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    made, problems = create_round(folder, *given(tmp_path), None, now=NOW)
    assert made is not None, problems
    asked = _asked(monkeypatch, "round", "status", str(folder))
    with opened(folder, disk=_Unsynced()) as data:
        before = File.objects.count()
        with transaction.atomic():
            for n in range(MANY):
                keep(data, f"{n}".encode(), f"{n}.pdf", FileKind.EVIDENCE, NOW)
    assert _asked(monkeypatch, "round", "status", str(folder)) == asked  # what it asks does not grow with files
    assert run("round", "verify", str(folder)) == 0
    assert run("round", "backup", str(folder), str(tmp_path / "b.zip")) == 0
    assert run("round", "restore", str(tmp_path / "b.zip"), str(tmp_path / "again")) == 0
    with opened(tmp_path / "again") as data:
        assert File.objects.count() == before + MANY
        assert sum(1 for _ in data.store.all()) == before + MANY
        for sha256 in File.objects.values_list("sha256", flat=True):
            data.store.read(sha256)


def _asked(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """How many statements a command asks of the database."""
    execute, statements = SQLiteCursorWrapper.execute, []

    def executed(self: Any, query: str, params: Any = None) -> Any:
        statements.append(query)
        return execute(self, query, params)

    with monkeypatch.context() as system:
        system.setattr(SQLiteCursorWrapper, "execute", executed)
        assert run(*words) == 0
    return len(statements)
