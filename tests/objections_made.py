"""A round with grades and a quota that has come to objections: what one unit gains another loses."""

import json
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import pytest
from breaking import in_one_process
from django.db import transaction
from round_books import sent
from round_made import NOW, ROSTER, TREE
from sheets import fill

from lawgov_score import pipeline
from lawgov_score.pipeline import plain_folder as plain
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import record
from lawgov_score.rounds.models import Round
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.states import move
from lawgov_score.wording import Language
from lawgov_score.workbook.submission import reader

# 优秀 from 80 points, for one of three at most.
GRADED = (
    TREE.replace("points: 2", "points: 100")
    + """
grades:
  - {name: 优秀, at_least: 80, quota: {share: 30%, at_least: 1}}
  - {name: 良好, at_least: 0}
adjustments:
  - {code: K1, title: 违法行政被通报, sign: penalty, levels: {省级: 2, 市级: 1}, cap: 4}
"""
)
ANSWERS = {"XZ-01": 85, "XZ-02": 90, "BM-01": 70}  # of a hundred


def graded_round(folder: Path, name: str = "graded") -> Path:
    """The data folder; the round is in preparation, and nothing has come."""
    tree, roster = folder / "graded.yaml", folder / "graded.csv"
    tree.write_text(GRADED, encoding="utf-8")
    roster.write_text(ROSTER, encoding="utf-8")
    made, problems = create_round(folder / name, tree, roster, None, now=NOW)
    assert made is not None, problems
    return folder / name


def all_sent(data: Data, folder: Path) -> Round:
    """Every unit has sent its workbook, and its event is there, as `round receive` records it."""
    round_ = the_round()
    of, _ = pipeline.load_tree(folder / "graded.yaml")
    assert of is not None
    units, _ = pipeline.load_roster(folder / "graded.csv", of)
    assert units is not None
    pipeline.write_templates(of, units, folder / "templates", Language.ZH, unwatched)
    for unit, done in ANSWERS.items():
        (path,) = (folder / "templates").glob(f"{unit}*.xlsx")
        fill(path, {"01-1.done": done, "01-1.got": 100})
        with transaction.atomic():
            one = sent(data, round_, unit, path.read_bytes())
            record("receive", one, seat_of(Role.OFFICE), NOW, after={"sha256": one.file.sha256})
    return round_


def come_to(round_: Round, to: RoundState, now: datetime = NOW) -> None:
    """Moves the round on, step by step."""
    states = list(RoundState)
    for state in states[states.index(RoundState(round_.state)) + 1 : states.index(to) + 1]:
        seat = seat_of(Role.LEADER if state is RoundState.PUBLISHED else Role.OFFICE)
        move(round_, state, round_.version, seat, "", now)


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs are worked out here, not in children: the same work, without the seconds that processes take to begin."""
    in_one_process(monkeypatch)
    monkeypatch.setattr(plain, "in_a_child", lambda work: json.loads(work(None)))
    monkeypatch.setattr(plain, "reading", lambda _: nullcontext(reader.in_this_process))
