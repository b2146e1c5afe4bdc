"""Does every decision on an objection that is in force count in a result?

Whatever is done to a round after a decision (a workbook entered, a unit renamed, a question taken out of the tree), the
score that was decided stands until another decision takes its place. What is in force is told by events alone, so it is
known of every run that was ever made.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass

from lawgov_score.catalogue import Code
from lawgov_score.pipeline.plain_folder import Computed
from lawgov_score.problems import Problem
from lawgov_score.rounds.effect import score_at, units_of
from lawgov_score.rounds.models import Event, Objection, Round
from lawgov_score.rounds.things import called, place_of
from lawgov_score.wording import Text, Words

_NONE = Words("没有得分", "no score")
_BY_ANOTHER = Words("{score:points} 分，不是按这一决定", "{score:points}, not by this decision")


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision in force that set a score, and that no other on the same score followed."""

    objection: Objection
    score: float


def standing(round_: Round, until: int | None = None) -> tuple[Standing, ...]:
    """Those of a round, as they were at an event (by its number; None: now)."""
    events = Event.objects.filter(act="decide", object__startswith="objection ")
    if until is not None:
        events = events.filter(seq__lte=until)
    last: dict[str, float | None] = {}
    for event in events.order_by("seq"):
        last.pop(event.object, None)  # decided again: it is the latest now
        last[event.object] = json.loads(event.body)["after"].get("new")
    objections = {called(one): one for one in round_.objections.select_related("unit")}
    found: dict[tuple[int, str], Standing] = {}
    for name, score in last.items():
        if score is not None and name in objections:  # `verify` says which is not there
            one = objections[name]
            found[one.unit_id, one.indicator] = Standing(one, score)
    return tuple(found.values())


def not_counting(round_: Round, done: Computed, until: int | None = None) -> Iterator[Problem]:
    """Decisions in force at event ``until`` that do not count in a result (R241). Of units that ended none is asked.

    ``done``: as ``computed`` gave it; what was kept of a run does not tell by which decisions it scored.
    """
    decisions = standing(round_, until)
    if not decisions:
        return
    there = units_of(done) if done.has_scores else {one.code for one in round_.units.filter(ended_at=None)}
    decided = {(unit, code): (n, score) for unit, code, n, score in done.decided}
    for one in decisions:
        unit, code = one.objection.unit, one.objection.indicator
        n, score = decided.get((unit.code, code), (0, math.nan))
        if unit.code in there and not (n == one.objection.n and math.isclose(score, one.score, abs_tol=1e-9)):
            figures = {"unit": unit.code, "name": unit.name, "node": code, "score": one.score}
            yield Problem(Code.R241, place_of(one.objection), {**figures, "found": _found(done, unit.code, code)})


def _found(done: Computed, unit: str, code: str) -> Text:
    score = score_at(done, unit, code) if done.has_scores else None
    return _NONE if score is None else _BY_ANOTHER(score=score)
