"""Moving a round: what is still open before a move, and the move itself with the deadline and the release it needs."""

import csv
import io
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.pipeline.plain_folder import computed
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.report import render
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import hold
from lawgov_score.rounds.folder import plain_names
from lawgov_score.rounds.holidays import deadline_of
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Event, Objection, Round, Run, Seat
from lawgov_score.rounds.names import NOT_TOLD, UNDECIDED, RoundState, RunKind, SubmissionState
from lawgov_score.rounds.notices import keep_told
from lawgov_score.rounds.returning import keep_days_told
from lawgov_score.rounds.states import Step, move, moved_meanwhile, release, step_of
from lawgov_score.rounds.status import states_of
from lawgov_score.rounds.things import place_of, place_of_option
from lawgov_score.rounds.unpublished import unpublished
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.submission.result_tables import SCORES

_ORDER = tuple(RoundState)
_RELEASED = Words("{name}同意：{why}", "released by {name}: {why}")
_NOT_SAID = Words("没有写新的期限，原来的期限 {found}已过", "no new one, and the deadline of {found} is over")
_NONE = Words("没有定报送截止", "there is none")
_LEFT_OUT = Words("{why}（归档时没有公布的：{found:list}）", "{why} (archived without being published: {found:list})")


class OpenKind(StrEnum):
    """Something that is not done yet."""

    NO_DEADLINE = "no_deadline"
    WITHOUT_SUBMISSION = "units_without_submission"
    TO_ACCEPT = "submissions_to_accept"
    RETURNED = "submissions_returned"
    NOT_REVIEWED = "not_reviewed"
    UNDECIDED = "objections_undecided"
    NOT_TOLD = "objections_not_notified"
    NO_RUN = "no_run"
    OLD_RUN = "old_run"
    TOO_EARLY = "too_early"  # units were told a later moment
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True)
class Open:
    """Something that is still open: how much, of what (``about``: units, objections, a run, a moment)."""

    kind: OpenKind
    about: tuple[Text, ...] = ()
    run: RunKind | None = None


_K = OpenKind
_SENDING = frozenset({_K.WITHOUT_SUBMISSION, _K.TO_ACCEPT, _K.RETURNED})
# What is looked for before a move forward to a state.
_LOOKED_FOR: dict[RoundState, frozenset[OpenKind]] = {
    RoundState.OPEN: frozenset({_K.NO_DEADLINE, _K.TOO_EARLY}),
    RoundState.CLOSED: frozenset({_K.TOO_EARLY, _K.WITHOUT_SUBMISSION, _K.RETURNED}),
    RoundState.FIRST_REVIEW: _SENDING,
    RoundState.SECOND_REVIEW: _SENDING | {_K.NOT_REVIEWED},
    RoundState.NOTIFIED: _SENDING | {_K.NOT_REVIEWED, _K.NO_RUN, _K.OLD_RUN},
    RoundState.OBJECTIONS: frozenset({_K.NO_RUN}),
    RoundState.FINAL: frozenset({_K.TOO_EARLY, _K.NOT_REVIEWED, _K.UNDECIDED, _K.NOT_TOLD}),
    RoundState.PUBLISHED: frozenset({_K.TOO_EARLY, _K.NOT_TOLD}),
    RoundState.ARCHIVED: frozenset({_K.TOO_EARLY, _K.UNDECIDED, _K.NOT_TOLD, _K.UNPUBLISHED}),
}


def is_back(state: RoundState, to: RoundState) -> bool:
    """Does a step lead back?"""
    return _ORDER.index(to) < _ORDER.index(state)


def is_deadline_moved(round_: Round, to: RoundState) -> bool:
    """Does a move leave the round where it is, and set another deadline of submissions?"""
    return round_.state == to == RoundState.OPEN


def step_to(round_: Round, to: RoundState) -> Step | None:
    """The step from where the round is; None: the table has none."""
    return step_of(RoundState(round_.state), to)


def must_compute(data: Data, round_: Round, to: RoundState) -> bool:
    """Does ``still_open`` run the engine, which may take minutes?"""
    if is_back(RoundState(round_.state), to) or _K.NOT_REVIEWED not in _LOOKED_FOR.get(to, frozenset()):
        return False
    run = _newest(round_)
    return run is None or names_in(data, run.manifest) != plain_names(data, round_)


def still_open(
    data: Data,
    round_: Round,
    to: RoundState,
    now: datetime,
    until: datetime | None = None,
    *,
    but: Container[OpenKind] = (),
) -> tuple[Open, ...]:
    """What is not done before a move to ``to``; nothing before a step back. ``but``: what is not looked for.

    It is told, and refuses nothing but an archive of what is not published, since nothing leads back from there.

    Items that nobody reviewed are counted by the engine: by the newest run if nothing came since, else it is run.
    """
    if is_back(RoundState(round_.state), to):
        return ()
    wanted = frozenset(one for one in _LOOKED_FOR.get(to, ()) if one not in but)
    found = (
        *_of_the_clock(round_, to, now, until),
        *_of_sending(round_, until),
        *_of_objections(round_),
        *_of_runs(data, round_, to, wanted),
    )
    return tuple(one for one in found if one.kind in wanted)


def move_round(
    data: Data,
    round_: Round,
    to: RoundState,
    version: int,
    why: str,
    seat: Seat,
    now: datetime,
    *,
    leader: Seat | None = None,
    released_by: str = "",
    until: datetime | None = None,
    leaves_out: bool = False,
    lang: Language = Language.ZH,
) -> Event:
    """Moves a round, with the deadline that begins by it and, where ``released_by`` is named, the leader's release.

    The dates that begin go into the notice that cards print. ``leaves_out``: archives although something is not
    published, which the reason then says.

    ``until``: of submissions with a move to 报送, of objections with one to 异议 (without it, the working days of the
    round). Raises ``RefusedError``: as ``move`` does, R230 for a deadline that is over, R319 for
    one that is no other, R231 for 公布, which is made by
    publishing, R244 for an archive while something is not published; ``CannotWriteError``.
    """
    if to is RoundState.PUBLISHED and step_to(round_, to) is not None:
        raise RefusedError(Problem(Code.R231, place_of(round_)))
    if round_.version != version:  # what it was moved to meanwhile says nothing of what was meant
        raise RefusedError(moved_meanwhile(round_))
    also, due = _deadline(round_, to, now, until)
    columns: dict[str, object] = dict(also)
    if {"notified_at", "objections_until"} & also.keys():
        dates = {"notified_at": round_.notified_at, "objections_until": round_.objections_until} | also
        kept = (dates["notified_at"], dates["objections_until"])
        columns["notice_told"] = keep_told(data, round_.notice, *kept, now, seat)
    with transaction.atomic():
        hold()
        step = step_to(round_, to)
        if to is RoundState.ARCHIVED and step is not None and (found := unpublished(data, round_)):
            if not leaves_out:
                raise RefusedError(Problem(Code.R244, place_of(round_), {"found": found}))
            why = render(_LEFT_OUT(why=why.strip(), found=found), lang)
        if leader is not None and released_by.strip() and step is not None and step.needs_release:
            said = render(_RELEASED(name=released_by.strip(), why=why.strip()), lang)
            release(round_, to, version, leader, said, now)
        moved = move(round_, to, version, seat, why, now, also=columns, due=due)
        if to in {RoundState.OPEN, RoundState.CLOSED}:
            keep_days_told(round_, seat, now)
        return moved


def deadline_by(round_: Round, to: RoundState, now: datetime, until: datetime | None = None) -> datetime | None:
    """Until when units would have time by such a move; None: it begins no deadline. Raises ``RefusedError`` (R230)."""
    return _deadline(round_, to, now, until)[1]


def _deadline(
    round_: Round, to: RoundState, now: datetime, until: datetime | None
) -> tuple[dict[str, datetime | None], datetime | None]:
    """The columns that a move sets, and until when those who are told have time."""
    place = place_of_option("--until")
    if until is not None and until <= now:
        raise RefusedError(Problem(Code.R230, place, {"expected": told(now), "found": told(until)}))
    back = step_to(round_, to) is not None and is_back(RoundState(round_.state), to)
    match to:
        case RoundState.OPEN if round_.state == RoundState.OPEN and until in {None, round_.submit_by}:
            found = _NONE if round_.submit_by is None else told(round_.submit_by)
            raise RefusedError(Problem(Code.R319, place, {"found": found}))
        case RoundState.OPEN:
            due = until or round_.submit_by
            if due is not None and due <= now:
                raise RefusedError(
                    Problem(Code.R230, place, {"expected": told(now), "found": _NOT_SAID(found=told(due))})
                )
            return {"submit_by": due}, due
        case RoundState.NOTIFIED if not back:
            return {"notified_at": now}, None
        case RoundState.OBJECTIONS:
            due = until or (round_.objections_until if back else deadline_of(round_, now, round_.objection_days))
            return {"objections_until": due}, due
        case _:
            return {}, None


def _of_the_clock(round_: Round, to: RoundState, now: datetime, until: datetime | None) -> Iterator[Open]:
    """Does the move end what units were told would last longer?"""
    was = round_.submit_by
    if to is RoundState.OPEN and is_deadline_moved(round_, to) and was is not None and until is not None:
        if until < was:
            yield Open(_K.TOO_EARLY, (told(was),))
        return
    after_objections = frozenset({RoundState.FINAL, RoundState.PUBLISHED, RoundState.ARCHIVED})
    told_until = round_.submit_by if to is RoundState.CLOSED else None
    if to in after_objections:
        told_until = round_.objections_until
    if told_until is not None and now < told_until:
        yield Open(_K.TOO_EARLY, (told(told_until),))


def _of_sending(round_: Round, until: datetime | None) -> Iterator[Open]:
    if until is None and round_.submit_by is None:
        yield Open(_K.NO_DEADLINE)
    units = states_of(round_)
    for kind, mine in (
        (_K.WITHOUT_SUBMISSION, [one for one in units if not one.has_sent]),
        (_K.TO_ACCEPT, [one for one in units if one.state is SubmissionState.RECEIVED]),
        (_K.RETURNED, [one for one in units if one.state is SubmissionState.RETURNED]),
    ):
        if mine:
            yield Open(kind, tuple(f"{one.code} {one.name}" for one in mine))


def _of_objections(round_: Round) -> Iterator[Open]:
    found: dict[OpenKind, list[Objection]] = {_K.UNDECIDED: [], _K.NOT_TOLD: []}
    for one in round_.objections.all():
        if one.state in UNDECIDED:
            found[_K.UNDECIDED].append(one)
        elif one.state in NOT_TOLD:
            found[_K.NOT_TOLD].append(one)
    for kind, mine in found.items():
        if mine:
            yield Open(kind, tuple(str(one.n) for one in mine))


def _of_runs(data: Data, round_: Round, to: RoundState, wanted: Iterable[OpenKind]) -> Iterator[Open]:
    if {_K.NO_RUN, _K.OLD_RUN} & {*wanted}:
        run = _newest(round_, RunKind.FIRST)
        if run is None:
            yield Open(_K.NO_RUN, run=RunKind.FIRST)
        elif names_in(data, run.manifest) != plain_names(data, round_):
            yield Open(_K.OLD_RUN, (str(run.n),), RunKind.FIRST)
    if _K.UNPUBLISHED in {*wanted} and (found := unpublished(data, round_)):
        yield Open(_K.UNPUBLISHED, found)
    if _K.NOT_REVIEWED in {*wanted} and (items := _not_reviewed(data, round_)):
        yield Open(_K.NOT_REVIEWED, items)


def _newest(round_: Round, kind: RunKind | None = None) -> Run | None:
    runs = round_.runs.order_by("-n")
    return (runs if kind is None else runs.filter(kind=kind.value)).first()


def _not_reviewed(data: Data, round_: Round) -> tuple[str, ...]:
    """The items, each with its unit, that the engine scores provisionally since nobody reviewed them."""
    run, names = _newest(round_), plain_names(data, round_)
    if run is not None and names_in(data, run.manifest) == names:
        table = data.store.read(names_in(data, run.outputs)[SCORES])
    else:
        done = computed({name: data.store.read(sha256) for name, sha256 in names.items()}, only_tables=True)
        if not done.has_scores:
            return ()
        table = done.outputs[SCORES]
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    return tuple(f"{row['unit']} {row['code']}" for row in rows if row["status"] == "not_reviewed")
