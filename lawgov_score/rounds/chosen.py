"""Submissions that somebody chose on a list: each as it was seen there, or nothing is done with any of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.events import hold
from lawgov_score.rounds.models import Round, Seat, Submission
from lawgov_score.rounds.names import SubmissionState
from lawgov_score.rounds.receiving import accept
from lawgov_score.rounds.returning import chosen_of, take_back
from lawgov_score.rounds.states import check_in_force, moved_meanwhile


@dataclass(frozen=True, slots=True)
class Seen:
    """A submission as it stood on a list: unit, which try, version."""

    unit: str
    n: int
    version: int


def as_seen(
    round_: Round, seen: Sequence[Seen], states: Sequence[SubmissionState], *, any_version: bool = False
) -> list[Submission]:
    """The versions in force, if each is what was seen, in one of these states; none where nothing was chosen.

    ``any_version``: the same try is enough. Raises ``RefusedError``: R212 what was moved meanwhile, R217 what another
    try has replaced, R227 what is in another state or not there.
    """
    if not seen:
        return []
    wanted = {one.unit: one for one in seen}
    rows = chosen_of(round_, wanted, states)
    problems = [problem for row in rows for problem in _other(row, wanted[row.unit.code], any_version=any_version)]
    if problems:
        raise RefusedError(*problems)
    return rows


def accept_all(round_: Round, seen: Sequence[Seen], seat: Seat, now: datetime) -> list[Submission]:
    """受理 of all or of none. Raises ``RefusedError`` as ``as_seen`` and ``move`` do."""
    with transaction.atomic():
        hold()
        rows = as_seen(round_, seen, (SubmissionState.RECEIVED,))
        for row in rows:
            accept(row, row.version, seat, now)
    return rows


def take_back_all(round_: Round, seen: Sequence[Seen], why: str, seat: Seat, now: datetime) -> list[Submission]:
    """Takes returns back, all or none. Raises ``RefusedError`` as ``as_seen`` and ``take_back`` do."""
    with transaction.atomic():
        hold()
        rows = as_seen(round_, seen, (SubmissionState.RETURNED,))
        return take_back(round_, [row.unit.code for row in rows], why, seat, now) if rows else []


def _other(row: Submission, seen: Seen, *, any_version: bool) -> Iterable[Problem]:
    """How what is in force is not what was seen."""
    if row.n == seen.n:
        return () if any_version or row.version == seen.version else (moved_meanwhile(row),)
    former = Submission.objects.filter(unit=row.unit, n=seen.n).first()
    try:
        if former is not None:
            check_in_force(former)
    except RefusedError as refused:
        return refused.problems
    return (moved_meanwhile(row),)
