"""What an amendment was looked at by: so that it is made as it was shown, or not at all."""

from collections.abc import Mapping
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.amending import Amendment
from lawgov_score.rounds.models import Round
from lawgov_score.rounds.names import RoundState, name_of
from lawgov_score.rounds.things import place_of

_VERSION = "version"


def basis_of(amendment: Amendment) -> dict[str, Any]:
    """All that it rests on, as JSON: where another look rests on the same, it means the same."""
    book = None if amendment.book is None else amendment.book[0].pk
    return {_VERSION: amendment.version, "seen": sorted(amendment.seen), "book": book}


def is_past(basis: Mapping[str, Any], round_: Round) -> bool:
    """Has the round been moved or amended since?"""
    return bool(basis[_VERSION] != round_.version)


def as_looked(basis: Mapping[str, Any], round_: Round, amendment: Amendment | None) -> Amendment:
    """The amendment, if it rests on what was looked at. Raises ``RefusedError`` (R212)."""
    if amendment is None or basis_of(amendment) != basis:
        raise RefusedError(Problem(Code.R212, place_of(round_), {"found": name_of(RoundState(round_.state))}))
    return amendment
