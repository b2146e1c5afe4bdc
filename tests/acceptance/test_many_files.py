"""Ten thousand files in one round: it opens, is proved, backed up and restored, and none is lost."""

import time
from pathlib import Path

from calls import run
from django.db import transaction
from round_made import NOW, given
from test_cli import Captured

from lawgov_score.rounds.creation import create_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import File
from lawgov_score.rounds.names import FileKind

MANY = 10_000


def test_ten_thousand_files(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "data"
    made, problems = create_round(folder, *given(tmp_path), None, now=NOW)
    assert made is not None, problems
    with opened(folder) as data:
        before = File.objects.count()
        with transaction.atomic():  # only so that the test takes no hour: ten thousand commits are synced one by one
            for n in range(MANY):
                keep(data, f"{n}".encode(), f"{n}.pdf", FileKind.EVIDENCE, NOW)
    assert _took("round", "status", str(folder)) < 20  # seconds: what it shows does not grow with files
    assert _took("round", "verify", str(folder)) < 120
    assert _took("round", "backup", str(folder), str(tmp_path / "b.zip")) < 120
    assert _took("round", "restore", str(tmp_path / "b.zip"), str(tmp_path / "again")) < 300
    with opened(tmp_path / "again") as data:
        assert File.objects.count() == before + MANY
        assert sum(1 for _ in data.store.all()) == before + MANY
        for sha256 in File.objects.values_list("sha256", flat=True):
            data.store.read(sha256)


def _took(*words: str) -> float:
    began = time.monotonic()
    assert run(*words) == 0
    return time.monotonic() - began
