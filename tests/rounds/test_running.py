"""Runs: the same inputs give the same fingerprints; what was read and written is kept; what changed is told.

Reaches ``cli/commands/round_run.py``.
"""

import json
from pathlib import Path

import pytest
import races
from calls import run
from round_books import answered, sent
from round_made import NOW, FailingDisk, make_round
from test_cli import Captured

from lawgov_score.files import CannotWriteError
from lawgov_score.pipeline.plain_folder import computed
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.events import broken_links, head
from lawgov_score.rounds.models import Event, Round, Run, Seat
from lawgov_score.rounds.names import Role, RunKind
from lawgov_score.rounds.running import ChangedInput, inputs_of, make_run, outputs_of


@pytest.fixture
def filled(data: Data, round_: Round) -> Round:
    sent(data, round_, "XZ-01", answered("XZ-01", 1, 10))
    sent(data, round_, "XZ-02", answered("XZ-02", 5, 10))
    return round_


def test_a_run_is_kept_with_what_it_read_and_wrote(data: Data, filled: Round, office: Seat) -> None:
    before = head().seq
    ran = make_run(data, filled, RunKind.FIRST, office, NOW)
    assert ran.run is not None
    assert (ran.run.n, ran.run.kind, ran.run.seq, ran.before) == (1, "first", before, None)
    assert outputs_of(data, ran.run) == dict(ran.computed.outputs)
    assert computed(inputs_of(data, ran.run)).outputs == ran.computed.outputs
    event = Event.objects.get(act="run")
    said = json.loads(event.body)["after"]
    assert (said["manifest"], said["outputs"]) == (ran.run.manifest.sha256, ran.run.outputs.sha256)
    assert list(broken_links()) == []


def test_the_same_inputs_have_the_same_fingerprints(data: Data, filled: Round, office: Seat) -> None:
    one = make_run(data, filled, RunKind.TRIAL, office, NOW).run
    two = make_run(data, filled, RunKind.FINAL, office, NOW).run
    assert one is not None
    assert two is not None
    assert (one.manifest, one.outputs, one.n + 1) == (two.manifest, two.outputs, two.n)


def test_what_changed_is_told_against_the_last_of_its_kind(data: Data, filled: Round, office: Seat) -> None:
    make_run(data, filled, RunKind.FIRST, office, NOW)
    sent(data, filled, "XZ-02", answered("XZ-02", 7, 10))
    make_run(data, filled, RunKind.TRIAL, office, NOW)
    sent(data, filled, "BM-01", answered("BM-01", 7, 10))
    ran = make_run(data, filled, RunKind.FIRST, office, NOW)
    assert ran.before is not None
    assert ran.before.n == 1
    assert ran.inputs == (ChangedInput("received/BM-01.xlsx", is_new=True), ChangedInput("received/XZ-02.xlsx"))
    assert "XZ-02 西乡：总分 1.00 → 1.40" in ran.computed.changes_told
    assert "changes.csv" not in ran.computed.outputs
    assert make_run(data, filled, RunKind.FIRST, office, NOW).inputs == ()


def test_where_nothing_can_be_scored_nothing_is_kept(data: Data, round_: Round, office: Seat) -> None:
    events = head().seq
    assert make_run(data, round_, RunKind.TRIAL, office, NOW).run is None
    assert head().seq == events
    assert not Run.objects.exists()


def test_every_step_that_fails_leaves_no_run(
    data: Data, filled: Round, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = computed(inputs_of(data, _run(data, filled, office)))
    monkeypatch.setattr("lawgov_score.rounds.running.computed", lambda *_, **__: done)
    Data(data.folder).store.path(Run.objects.get().manifest.sha256).unlink()
    sent(data, filled, "XZ-02", b"another")
    events, failed = head().seq, 0
    while True:
        failed += 1
        try:
            make_run(Data(data.folder, FailingDisk(failed)), filled, RunKind.FINAL, office, NOW)
            break
        except CannotWriteError:
            assert (head().seq, Run.objects.count()) == (events, 1)
    assert failed > 3
    assert Run.objects.count() == 2


def _run(data: Data, round_: Round, office: Seat) -> Run:
    run_ = make_run(data, round_, RunKind.TRIAL, office, NOW).run
    assert run_ is not None
    return run_


def test_runs_at_the_same_moment_have_numbers_of_their_own(
    data: Data, filled: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    races.many_runs(data, monkeypatch)


def test_the_command(tmp_path: Path, capsys: Captured) -> None:
    folder = make_round(tmp_path)
    assert run("round", "run", str(folder)) == 1
    err = capsys.readouterr().err
    assert "没有可以计算的材料" in err
    assert "S102" in err
    with opened(folder) as data:
        for unit in ("XZ-01", "XZ-02", "BM-01"):
            sent(data, the_round(), unit, answered(unit, 5, 10))
    assert run("round", "run", str(folder), "--kind", "初评") == 0
    first = capsys.readouterr().out
    assert "第 1 次计算（初评）" in first
    assert "XZ-01  东乡" in first
    assert run("round", "run", str(folder), "--kind", "first") == 0
    assert "材料与第 1 次计算完全相同" in capsys.readouterr().out
    with opened(folder) as data:
        sent(data, the_round(), "XZ-01", answered("XZ-01", 10, 10))
        sent(data, the_round(), "BM-01", b"broken")
    assert run("round", "run", str(folder), "--kind", "first", "--lang", "en") == 1
    said, err = capsys.readouterr()
    assert "Other files than in run 2: received/BM-01.xlsx, received/XZ-01.xlsx" in said
    assert "BM-01.xlsx: error S103" in err
    assert run("round", "run", str(folder), "--kind", "last") == 2


def test_long_rankings_and_lists_are_cut(data: Data, filled: Round, office: Seat) -> None:
    from lawgov_score.cli.commands.round_run import _files, _head
    from lawgov_score.wording import Language

    assert len(_head("\n".join(map(str, range(40))), Language.ZH)) == 13
    many = tuple(ChangedInput(str(n), is_gone=n == 0) for n in range(30))
    assert len(_files(many)) == 11
    assert seat_of(Role.OFFICE) == office
