"""Precedents: how objections at the same indicator were decided before, in this round and in those before it.

A round takes those of earlier years from ``precedents.json`` in its folder of last year's results (``PRECEDENTS``),
which ``precedents_file`` of that year's round writes: with its own decisions and those that it had been given itself.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from lawgov_score.rounds.clock import local
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Decision, Round
from lawgov_score.rounds.names import Outcome
from lawgov_score.rounds.plain import canonical

PRECEDENTS = "precedents.json"


@dataclass(frozen=True, slots=True)
class Precedent:
    """A decision as later ones see it. ``n``: the number of the objection in the round of its year."""

    year: int
    n: int
    unit: str
    name: str
    indicator: str
    claim: str
    wanted: str
    outcome: Outcome
    old: float | None
    new: float | None
    reason: str
    day: str  # of the decision, in the round's zone


def precedents(data: Data, round_: Round, indicator: str, but: int = 0) -> tuple[Precedent, ...]:
    """Earlier decisions at an indicator, the newest first; ``but``: the objection that is asked about."""
    own = [one for one in _own(round_) if one.n != but]
    found = [one for one in (*own, *_carried(data, round_)) if one.indicator == indicator]
    return tuple(sorted(found, key=lambda one: (one.year, one.day, one.n), reverse=True))


def precedents_file(data: Data, round_: Round) -> bytes:
    """What the next year's round is given: the decisions in force, and those that this round was given."""
    return canonical([asdict(one) for one in (*_carried(data, round_), *_own(round_))]).encode()


def has_precedents(content: bytes) -> bool:
    """Does such a file hold any?"""
    return bool(json.loads(content))


def read_precedents(content: bytes) -> tuple[Precedent, ...]:
    """The precedents in a file, which anybody may have changed. Raises ``ValueError`` where they are none."""
    try:
        return tuple(_checked(row) for row in json.loads(content))
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no precedents") from error


def _checked(row: dict[str, Any]) -> Precedent:
    one = Precedent(**{**row, "outcome": Outcome(row["outcome"])})
    whole = isinstance(one.year, int) and isinstance(one.n, int)
    texts = (one.unit, one.name, one.indicator, one.claim, one.wanted, one.reason, one.day)
    scores = all(score is None or isinstance(score, int | float) for score in (one.old, one.new))
    if not (whole and scores and all(isinstance(text, str) for text in texts)):
        raise TypeError(row)
    return one


def _own(round_: Round) -> Iterator[Precedent]:
    in_force = Decision.objects.filter(objection__round=round_, replaced_by=None).select_related("objection__unit")
    for one in in_force.order_by("pk"):
        of = one.objection
        yield Precedent(
            year=round_.year,
            n=of.n,
            unit=of.unit.code,
            name=of.unit.name,
            indicator=of.indicator,
            claim=of.claim,
            wanted=of.wanted,
            outcome=Outcome(one.outcome),
            old=one.old,
            new=one.new,
            reason=one.reason,
            day=local(one.at).date().isoformat(),
        )


def _carried(data: Data, round_: Round) -> Iterator[Precedent]:
    sha256 = None if round_.previous is None else names_in(data, round_.previous).get(PRECEDENTS)
    if sha256 is not None:
        yield from read_precedents(data.store.read(sha256))
