"""A round that came to its final stage by its moves, with a final run; and one that was published.

``remember`` lets the same computation be made once for all tests: it takes seconds, and depends on its files alone.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from round_books import answered, sent
from round_made import NOW, make_round

from lawgov_score.pipeline import plain_folder
from lawgov_score.pipeline.plain_folder import Computed
from lawgov_score.rounds import publishing, running, verifying
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import KEY, Data, opened
from lawgov_score.rounds.events import head, record
from lawgov_score.rounds.models import Round, Run, Seat, Submission
from lawgov_score.rounds.names import Role, RoundState, RunKind
from lawgov_score.rounds.publishing import Published, prepare, publish
from lawgov_score.rounds.receipt_facts import facts_of
from lawgov_score.rounds.receipts import sign_receipt
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.states import move
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Language

LEADER = "王某"
_COMPUTED: dict[object, Computed] = {}
_MADE: dict[str, Path] = {}


def remembered(files: Mapping[str, bytes], lang: Language = Language.ZH, **named: Any) -> Computed:
    """What ``computed`` gives; of the same files once."""
    since = named.get("since")
    parts = (files, since or {})
    key = (lang, since is None, *(tuple((name, sha256_of(of[name])) for name in sorted(of)) for of in parts))
    if key not in _COMPUTED:
        _COMPUTED[key] = plain_folder.computed(files, lang, **named)
    return _COMPUTED[key]


def remember(patch: pytest.MonkeyPatch) -> None:
    """Lets all that compute do so once for the same files."""
    for module in (running, publishing, verifying):
        patch.setattr(module, "computed", remembered)


def a_copy(folder: Path, what: str, beside: Path) -> Path:
    """A data folder in ``folder`` whose round is ``final``, ``published``, ``corrected``; made once, ``beside``."""
    if what not in _MADE:
        made = make_round(beside, what)
        with opened(made) as data:
            round_, office = the_round(), seat_of(Role.OFFICE)
            finished(data, round_, office)
            if what != "final":
                released(data, round_)
            if what == "corrected":
                corrected(data, round_, office)
        _MADE[what] = made
    return Path(shutil.copytree(_MADE[what], folder / "data"))


def came(data: Data, round_: Round, unit: str, done: int, got: int = 10) -> Submission:
    """A workbook with its receipt and its event."""
    with transaction.atomic():
        one = sent(data, round_, unit, answered(unit, done, got))
        receipt = sign_receipt(data.folder / KEY, facts_of(one, one.file.sha256, head()))
        Submission.objects.filter(pk=one.pk).update(receipt=receipt)
        record("receive", one, seat_of(Role.OFFICE), NOW, after={"sha256": one.file.sha256})
    one.refresh_from_db()
    return one


def to_the_end(round_: Round, office: Seat) -> None:
    """Moves the round to 终评, step by step."""
    for state in list(RoundState)[1:-2]:
        move(round_, state, round_.version, office, "", NOW)


def final_run(data: Data, round_: Round, office: Seat) -> Run:
    """One more final run."""
    run = make_run(data, round_, RunKind.FINAL, office, NOW).run
    assert run is not None
    return run


def released(data: Data, round_: Round, why: str = "首次公布") -> Published:
    """Publishes as the office does, released by the leader."""
    office, leader = seat_of(Role.OFFICE), seat_of(Role.LEADER)
    return publish(data, round_, prepare(data, round_), why, office, NOW, leader=leader, released_by=LEADER)


def finished(data: Data, round_: Round, office: Seat) -> None:
    """Two units sent, the round is at 终评, and the final run is made."""
    came(data, round_, "XZ-01", 9)
    came(data, round_, "XZ-02", 5)
    to_the_end(round_, office)
    final_run(data, round_, office)


def corrected(data: Data, round_: Round, office: Seat) -> Published:
    """After the first publication one unit sends another workbook: a second one."""
    came(data, round_, "XZ-02", 7)
    final_run(data, round_, office)
    return released(data, round_, "西乡补报")
