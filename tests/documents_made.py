"""A round of which there is something to write: a return, first results, objections decided, results published.

Made once and copied: ``returned``, ``heard``, ``published``. One unit has a name that attacks whoever shows it.
"""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction
from objections_made import GRADED, come_to
from round_books import sent
from round_made import NOW, ROSTER
from sheets import fill

from lawgov_score import pipeline
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.deciding import decide
from lawgov_score.rounds.events import record
from lawgov_score.rounds.models import Round
from lawgov_score.rounds.names import ObjectionState, Outcome, Role, RoundState, RunKind, SubmissionState
from lawgov_score.rounds.objecting import object_to, take_step
from lawgov_score.rounds.publishing import prepare, publish
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.states import move
from lawgov_score.wording import Language

ATTACK = "<b>教育局</b>{单位}&"
LATER = NOW + timedelta(days=2)
DUE = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)
NOTICE = "office: 考核办\ntelephone: 0000-1\naddress: 人民路1号\nway: 书面（加盖公章）\n"
_MADE: dict[str, Path] = {}


def a_copy(folder: Path, what: str, beside: Path) -> Path:
    """A data folder in ``folder`` that has come so far; made once, ``beside``."""
    if what not in _MADE:
        made = _new(beside)
        with opened(made) as data:
            _come(data, beside, what)
        _MADE[what] = made
    return Path(shutil.copytree(_MADE[what], folder / "data"))


def _new(folder: Path) -> Path:
    for name, text in (
        ("graded.yaml", GRADED),
        ("graded.csv", ROSTER.replace("教育局", ATTACK)),
        ("notice.yaml", NOTICE),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    given = folder / "graded.yaml", folder / "graded.csv"
    made, problems = create_round(folder / "made", *given, None, now=NOW, notice=folder / "notice.yaml")
    assert made is not None, problems
    return folder / "made"


def _come(data: Data, folder: Path, what: str) -> None:
    round_, office = the_round(), seat_of(Role.OFFICE)
    come_to(round_, RoundState.OPEN)
    _all_sent(data, round_, folder)
    for unit, why in (("XZ-02", "缺少佐证材料。"), ("BM-01", "核对发现未填 1 项")):
        one = round_.submissions.get(unit__code=unit)
        move(one, SubmissionState.RETURNED, one.version, office, why, NOW, due=DUE)
    if what == "returned":
        return
    come_to(round_, RoundState.SECOND_REVIEW)
    make_run(data, round_, RunKind.FIRST, office, NOW)
    come_to(round_, RoundState.OBJECTIONS)
    Round.objects.update(objections_until=datetime(2026, 3, 9, 9, 30, tzinfo=UTC))
    round_.refresh_from_db()
    for unit, claim in (("XZ-01", "漏计十二件。"), ("XZ-02", "多计一件"), ("BM-01", "材料在途"), ("BM-01", "再议")):
        wanted, evidence = ("97", "https://example.invalid/a") if unit == "XZ-01" else ("", "")
        object_to(data, round_, unit, "01-1", claim, office, NOW, wanted=wanted, evidence=evidence)
    decide(data, round_, 1, Outcome.UPHELD, "收文登记属实", office, NOW, score=97)
    decide(data, round_, 2, Outcome.REJECTED, "登记簿无此件。", office, NOW)
    third = round_.objections.get(n=3)
    take_step(third, ObjectionState.REFUSED, third.version, office, "逾期提出", NOW)
    if what == "heard":
        return
    come_to(round_, RoundState.FINAL)
    make_run(data, round_, RunKind.FINAL, office, NOW)
    if what == "published":
        leader = seat_of(Role.LEADER)
        publish(data, round_, prepare(data, round_), "首次", office, NOW, leader=leader, released_by="王某")


def _all_sent(data: Data, round_: Round, folder: Path) -> None:
    tree, _ = pipeline.load_tree(folder / "graded.yaml")
    assert tree is not None
    units, _ = pipeline.load_roster(folder / "graded.csv", tree)
    assert units is not None
    pipeline.write_templates(tree, units, folder / "templates", Language.ZH, unwatched)
    for unit, done in (("XZ-01", 85), ("XZ-02", 90), ("BM-01", 70)):
        (path,) = (folder / "templates").glob(f"{unit}*.xlsx")
        fill(path, {"01-1.done": done, "01-1.got": 100})
        with transaction.atomic():
            one = sent(data, round_, unit, path.read_bytes())
            record("receive", one, seat_of(Role.OFFICE), NOW, after={"sha256": one.file.sha256})
