"""Submissions that somebody chose on a list: each as it was seen there, or nothing is done with any of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.events import hold
from lawgov_score.rounds.models import Round, Seat, Submission
from lawgov_score.rounds.names import SubmissionState
from lawgov_score.rounds.receiving import accept
from lawgov_score.rounds.returning import chosen_of, take_back, there_of
from lawgov_score.rounds.states import check_in_force, moved_meanwhile

_AT_ONCE = 50  # of very many, in one transaction


@dataclass(frozen=True, slots=True)
class Seen:
    """A submission as it stood on a list: unit, which try, version."""

    unit: str
    n: int
    version: int


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one that was chosen. ``problems``: why it was not accepted."""

    one: Seen
    problems: tuple[Problem, ...] = ()


def as_seen(round_: Round, seen: Sequence[Seen], states: Sequence[SubmissionState]) -> list[Submission]:
    """The versions in force, if each is what was seen, in one of these states; none where nothing was chosen.

    Raises ``RefusedError``: R212 what was moved meanwhile, R217 what another try has replaced, R227 what is in another
    state or not there.
    """
    if not seen:
        return []
    wanted = {one.unit: one for one in seen}
    rows = chosen_of(round_, wanted, states)
    problems = [problem for row in rows for problem in _other(row, wanted[row.unit.code])]
    if problems:
        raise RefusedError(*problems)
    return rows


def still_to_send_back(round_: Round, seen: Sequence[Seen]) -> tuple[list[Submission], list[Problem]]:
    """Of what a return that was broken off was to send back: what it has moved or left as it was seen.

    With it, as problems: what its unit has sent anew, and what somebody else moved meanwhile.
    """
    if not seen:
        return [], []
    wanted = {one.unit: one for one in seen}
    rows, problems = there_of(round_, wanted, (SubmissionState.RECEIVED, SubmissionState.RETURNED))
    left = []
    for row in rows:
        one = wanted[row.unit.code]
        is_back = row.state == SubmissionState.RETURNED and row.n == one.n
        other = () if is_back else _other(row, one)
        problems += other
        if not other:
            left.append(row)
    return left, problems


def accept_all(round_: Round, seen: Sequence[Seen], seat: Seat, now: datetime) -> list[Submission]:
    """受理 of all or of none. Raises ``RefusedError`` as ``as_seen`` and ``move`` do."""
    with transaction.atomic():
        hold()
        rows = as_seen(round_, seen, (SubmissionState.RECEIVED,))
        for row in rows:
            accept(row, row.version, seat, now)
    return rows


def accept_each(round_: Round, seen: Sequence[Seen], seat: Seat, now: datetime) -> Iterator[Told]:
    """受理 of each by itself, for very many: nobody else is held up by it, and what is refused is told.

    What an earlier try of the same work has accepted counts as accepted.
    """
    for at in range(0, len(seen), _AT_ONCE):
        some = seen[at : at + _AT_ONCE]
        done = _accepted_before(round_, some)
        left = [one for one in some if one.unit not in done]
        try:
            accept_all(round_, left, seat, now)
        except RefusedError:
            yield from (_accept_one(round_, one, seat, now) for one in left)
        else:
            yield from (Told(one) for one in left)
        yield from (Told(one) for one in some if one.unit in done)


def _accept_one(round_: Round, one: Seen, seat: Seat, now: datetime) -> Told:
    try:
        accept_all(round_, [one], seat, now)
    except RefusedError as refused:
        return Told(one, refused.problems)
    return Told(one)


def _accepted_before(round_: Round, some: Sequence[Seen]) -> set[str]:
    """Units of which just what was seen is accepted: nothing but that has happened to it since."""
    wanted = {(one.unit, one.n, one.version + 1) for one in some}
    rows = round_.submissions.filter(
        state=SubmissionState.ACCEPTED.value, unit__code__in=[one.unit for one in some]
    ).values_list("unit__code", "n", "version")
    return {unit for unit, n, version in rows if (unit, n, version) in wanted}


def take_back_all(round_: Round, seen: Sequence[Seen], why: str, seat: Seat, now: datetime) -> list[Submission]:
    """Takes returns back, all or none. Raises ``RefusedError`` as ``as_seen`` and ``take_back`` do."""
    with transaction.atomic():
        hold()
        rows = as_seen(round_, seen, (SubmissionState.RETURNED,))
        return take_back(round_, [row.unit.code for row in rows], why, seat, now) if rows else []


def _other(row: Submission, seen: Seen) -> Iterable[Problem]:
    """How what is in force is not what was seen."""
    if row.n == seen.n:
        return () if row.version == seen.version else (moved_meanwhile(row),)
    former = Submission.objects.filter(unit=row.unit, n=seen.n).first()
    try:
        if former is not None:
            check_in_force(former)
    except RefusedError as refused:
        return refused.problems
    return (moved_meanwhile(row),)
