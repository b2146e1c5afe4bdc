"""Publishes the newest final run under a number, and says what changed since the last publication, for whom and why.

Nothing published is ever replaced: a correction is another publication. What is published was computed once more just
before, from the same files, to the same bytes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.pipeline.plain_folder import Computed, computed
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.report import render
from lawgov_score.rounds.allowed import closed, hold_for, must_be
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.counted import not_counting
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import head, record
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Event, Notice, Publication, Round, Run, Seat, Unit
from lawgov_score.rounds.names import Deed, FileKind, ObjectionState, Role, RoundState, RunKind, name_of
from lawgov_score.rounds.proving_rows import row_of
from lawgov_score.rounds.releases import released_as
from lawgov_score.rounds.running import inputs_of, outputs_of
from lawgov_score.rounds.states import move, record_release, released
from lawgov_score.rounds.telling import TELL
from lawgov_score.rounds.things import called, in_words, numbered, place_of
from lawgov_score.rounds.unpublished import changed_since, unpublished
from lawgov_score.rounds.verifying import differing_outputs, language_of
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.submission.result_tables import CHANGES

_NO_RUN = Words("没有终评计算", "no final run")
_SAME_RUN = Words("{run}已是{publication}", "{run} is {publication} already")
_FIRST = Words(
    "{publication}（首次）：{title}，{year} 年度，{run}",
    "The first: {publication}: {title}, {year}, {run}",
)
_AGAIN = Words(
    "{publication}（更正{before}）：{title}，{year} 年度，{run}",
    "A correction: {publication}, of {before}: {title}, {year}, {run}",
)
_AT = Words("时间：{at}", "At: {at}")
_WHY = Words("原因：{why}", "Why: {why}")
_RELEASED = Words("同意公布：{name}", "Released by: {name}")
_FINGERPRINT = Words("结果指纹：{sha256}", "Fingerprint of the results: {sha256}")
_HEAD = Words("办理记录至第 {seq} 件，指纹 {hash}", "The record of events up to event {seq}, hash {hash}")
_NOT_COMPARED = Words("与{publication}无法逐项比较：{why}", "Nothing can be compared with {publication}: {why}")
_TELL = Words("须告知 {n} 个单位：{units:list}", "To be told, {n}: {units:list}")
_TELL_ALL = Words("须告知全部 {n} 个单位", "All {n} units must be told")
_CARDS_ALONE = Words(
    "另有 {n} 个单位不必告知：得分、位次、等次都没有变，只是评分卡上别的内容不同（同组平均、告知事项等），可一并换发："
    "{units:list}",
    "{n} more need not be told: nothing changed but what else stands on the card (means of the cohort, the notice); "
    "they may be handed a new one: {units:list}",
)
_SAME_RESULTS = Words(
    "没有单位须另行告知：各单位的得分、位次、等次与上次相同",
    "Nobody must be told: scores, places and grades of all are as they were",
)
_TELL_NOBODY = Words("没有单位须另行告知：各单位的评分卡与上次相同", "Nobody must be told: all cards are as they were")
_OPEN = Words("注意：还有 {n} 件异议没有决定", "Note: {n} objections are not decided")
_RELEASE = Words("{name} 同意：{why}", "released by {name}: {why}")
_UNDECIDED = (
    ObjectionState.FILED.value,
    ObjectionState.ADMITTED.value,
    ObjectionState.ASSIGNED.value,
    ObjectionState.DRAFTED.value,
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run that may be published as the round stands: computed once more, beside the publication before it."""

    run: Run
    version: int  # of the round, as it was seen
    lang: Language
    computed: Computed
    before: Publication | None

    @property
    def outputs(self) -> Mapping[str, bytes]:
        """What is handed out, by name; since a second publication ``changes.csv`` too."""
        changes = self.computed.changes
        return dict(self.computed.outputs) if changes is None else {**self.computed.outputs, CHANGES: changes}

    @property
    def n(self) -> int:
        """The number it would be published under."""
        return 1 if self.before is None else self.before.n + 1

    @property
    def released_as(self) -> dict[str, object]:
        """What a release of it names beside the round's state and version."""
        return released_as(self.n, self.run)


@dataclass(frozen=True, slots=True)
class Candidate:
    """The newest final run (None: there is none), as what it is published already, and what came after it."""

    run: Run | None
    published: Publication | None = None
    new: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A publication that was made, and the units that must be told."""

    publication: Publication
    to_tell: tuple[Unit, ...]


def prepare(data: Data, round_: Round) -> Prepared:
    """What would be published now; nothing is written. Takes as long as a run.

    Raises ``RefusedError``: R245 no final run that is not published, R246 something arrived after it, R247 not the
    time, R248 it is computed otherwise now, R241 a decision in force does not count; R205, R240.
    """
    run = may_be_published(data, round_)
    version = round_.version
    before = round_.publications.order_by("-n").first()
    since = None if before is None else outputs_of(data, before.run)
    lang = language_of(run)
    done = computed(inputs_of(data, run), lang, since=since, is_sent=True)
    if names := differing_outputs(outputs_of(data, run), done.outputs):
        raise RefusedError(Problem(Code.R248, place_of(run), {"n": run.n, "found": ", ".join(names)}))
    if uncounted := tuple(not_counting(round_, done, run.seq)):
        raise RefusedError(*uncounted)
    return Prepared(run, version, lang, done, before)


def publish(
    data: Data,
    round_: Round,
    prepared: Prepared,
    why: str,
    seat: Seat,
    now: datetime,
    *,
    leader: Seat | None = None,
    released_by: str = "",
) -> Published:
    """Makes the publication: numbered, with its event, its notices and, the first time, the move to 公布, all at once.

    ``leader``, ``released_by``: the seat that releases it with this, and whose name was given; without them it was
    released before, by ``release_publication``, or the leader himself publishes. Whatever came since it was prepared is
    found again. Raises ``RefusedError``: as ``prepare``, as ``states.move`` (R212, R213, R214, R215), R249.
    """
    must_be(Deed.PUBLISH, round_, seat)
    changes = prepared.computed.changes
    file = None if changes is None else keep(data, changes, CHANGES, FileKind.OUTPUT, now, seat)
    with transaction.atomic():
        hold_for(Deed.PUBLISH, round_, seat)
        _check_prepared(data, round_, prepared)
        state = RoundState(round_.state)
        _check_why(round_, why)
        if leader is not None and released_by.strip():
            release_publication(data, round_, prepared, leader, released_by, why, now)
        name = _released_by(round_, prepared, seat)
        end = head()
        publication = Publication(
            round=round_,
            n=prepared.n,
            run=prepared.run,
            fingerprint=prepared.run.outputs.sha256,
            changes=file,
            why=why.strip(),
            released_by=name,
            seq=end.seq,
            head=end.hash,
            at=now,
            seat=seat,
        )
        to_tell = units_to_tell(round_, prepared)
        publication.told = _told(publication, prepared, to_tell)
        publication.save()
        is_first = state is RoundState.FINAL  # the move tells every unit
        about = called(publication)
        notices = [
            Notice(round=round_, unit=unit, about=about, act="publish", made_at=now)
            for unit in (() if is_first else to_tell)
        ]
        said = row_of(publication)
        record("publish", publication, seat, now, after=said, reason=why.strip(), notices=notices)
        if is_first:
            move(round_, RoundState.PUBLISHED, prepared.version, seat, why, now, of=prepared.released_as)
    return Published(publication, to_tell)


def release_publication(
    data: Data, round_: Round, prepared: Prepared, leader: Seat, name: str, why: str, now: datetime
) -> Event:
    """The leader releases what was prepared: this run with these outputs, under this number, of the round as it is.

    Whatever arrives afterwards makes another run, which this does not release. ``name``: of the leader; of its
    seat where none is given. Raises ``RefusedError``: as ``publish``.
    """
    with transaction.atomic():
        hold_for(Deed.RELEASE, round_, leader)
        _check_prepared(data, round_, prepared)
        by = name.strip() or leader.person.name
        said = render(_RELEASE(name=by, why=why.strip()), prepared.lang)
        thing = (round_, RoundState.PUBLISHED, prepared.version)
        return record_release(*thing, leader, said, now, of=prepared.released_as, by=by)


def made_before(data: Data, round_: Round, why: str, released_by: str) -> Publication | None:
    """The newest publication, where the same words would make it again and nothing has come since.

    So a command that was ended before its files were written is gone on with by the same command.
    """
    newest = round_.publications.order_by("-n").first()
    if newest is None or why.strip() != newest.why or released_by.strip() not in {"", newest.released_by}:
        return None
    return None if unpublished(data, round_) else newest


def candidate(data: Data, round_: Round) -> Candidate:
    """The newest final run, and what keeps it from being published: nothing is computed."""
    run: Run | None = round_.runs.filter(kind=RunKind.FINAL.value).order_by("-n").first()
    if run is None:
        return Candidate(None)
    published = run.publications.first()
    new = tuple(arrived_after(data, round_, run) if published is None else changed_since(data, round_, run))
    return Candidate(run, published, new)


def may_be_published(data: Data, round_: Round) -> Run:
    """The run that may be published as the round stands. Raises ``RefusedError``: R245, R246, R247 as ``prepare``."""
    place = place_of(round_)
    if (problem := closed(Deed.PUBLISH, round_)) is not None:
        raise RefusedError(problem)
    found = candidate(data, round_)
    if found.run is None:
        raise RefusedError(Problem(Code.R245, place, {"found": _NO_RUN}))
    if found.new:
        raise RefusedError(Problem(Code.R246, place, {"n": found.run.n, "found": found.new}))
    if found.published is not None:
        same = _SAME_RUN(run=numbered("run", found.run.n), publication=numbered("publication", found.published.n))
        raise RefusedError(Problem(Code.R245, place, {"found": same}))
    return found.run


def check_said(data: Data, round_: Round, run: int, version: int, why: str, released_by: str) -> None:
    """Before anything is computed: is run ``run``, seen as the round was at ``version``, still what may be published,
    is there a reason, and has the leader released it, or is named? Raises ``RefusedError``: as ``publish``.
    """
    found = may_be_published(data, round_)
    if found.n != run or round_.version != version:
        raise _seen_otherwise(round_)
    _check_why(round_, why)
    before = round_.publications.order_by("-n").first()
    if not released_by.strip() and release_of(round_, found) is None:
        raise _not_released(round_, is_correction=before is not None)


def release_of(round_: Round, run: Run) -> Event | None:
    """The leader's release of this run as the next publication of the round as it is; None: there is none."""
    before = round_.publications.order_by("-n").first()
    return released(
        round_, RoundState.PUBLISHED, round_.version, released_as(1 if before is None else before.n + 1, run)
    )


def arrived_after(data: Data, round_: Round, run: Run) -> Iterator[Text]:
    """What counts now and is not what the run read, and what was done about objections since, in words."""
    yield from changed_since(data, round_, run)
    about = Event.objects.filter(seq__gt=run.seq, object__startswith="objection ")
    last_step = f'"state":"{ObjectionState.NOTIFIED.value}"'
    told = {event.seq for event in about if event.act == TELL or (event.act == "move" and last_step in event.body)}
    stirred = {event.object for event in about if event.seq not in told}
    yield from map(in_words, sorted(stirred, key=lambda name: int(name.split()[1])))


def _check_prepared(data: Data, round_: Round, prepared: Prepared) -> None:
    """Is it still what would be prepared? Raises ``RefusedError``: as ``prepare``, R212."""
    if may_be_published(data, round_).pk != prepared.run.pk or round_.version != prepared.version:
        raise _seen_otherwise(round_)


def _seen_otherwise(round_: Round) -> RefusedError:
    return RefusedError(Problem(Code.R212, place_of(round_), {"found": name_of(RoundState(round_.state))}))


def _check_why(round_: Round, why: str) -> None:
    if not why.strip():
        to = {"state": name_of(RoundState(round_.state)), "to": name_of(RoundState.PUBLISHED)}
        raise RefusedError(Problem(Code.R214, place_of(round_), to))


def _not_released(round_: Round, *, is_correction: bool) -> RefusedError:
    if is_correction:
        return RefusedError(Problem(Code.R249, place_of(round_)))
    states = {"state": name_of(RoundState(round_.state)), "to": name_of(RoundState.PUBLISHED)}
    return RefusedError(Problem(Code.R215, place_of(round_), states))


def _released_by(round_: Round, prepared: Prepared, seat: Seat) -> str:
    """Who released exactly this. Raises ``RefusedError``: nobody (R215), or nobody a correction (R249)."""
    if seat.role == Role.LEADER:
        return seat.person.name
    event = released(round_, RoundState.PUBLISHED, prepared.version, prepared.released_as)
    if event is not None:
        return str(json.loads(event.body)["after"]["by"])
    raise _not_released(round_, is_correction=prepared.before is not None)


def units_to_tell(round_: Round, prepared: Prepared) -> tuple[Unit, ...]:
    """Units of which something is another than then; all of them at first, or where nothing can be compared."""
    units = round_.units.order_by("place")
    if prepared.before is None or prepared.computed.changes is None:
        return tuple(units.filter(ended_at=None))
    return tuple(units.filter(code__in=prepared.computed.to_tell))


def cards_alone_of(round_: Round, prepared: Prepared) -> tuple[Unit, ...]:
    """Units whose result is as it was, and whose card says something else all the same."""
    return tuple(round_.units.filter(code__in=prepared.computed.cards_alone).order_by("place"))


def undecided_in(round_: Round) -> tuple[int, ...]:
    """The numbers of the objections that are not decided."""
    return tuple(round_.objections.filter(state__in=_UNDECIDED).order_by("n").values_list("n", flat=True))


def _named(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(f"{unit.code} {unit.name}" for unit in units)


def _told(publication: Publication, prepared: Prepared, to_tell: tuple[Unit, ...]) -> str:
    round_, before, lang = publication.round, prepared.before, prepared.lang
    year = {"title": round_.title, "year": str(round_.year)}
    facts = {"publication": numbered("publication", publication.n), "run": numbered("run", prepared.run.n), **year}
    former = None if before is None else numbered("publication", before.n)
    lines: list[Text] = [_FIRST(**facts) if former is None else _AGAIN(before=former, **facts)]
    lines += [_AT(at=told(publication.at)), _WHY(why=publication.why)]
    if publication.released_by:
        lines.append(_RELEASED(name=publication.released_by))
    if before is not None and prepared.computed.changes is None:
        lines.append(_NOT_COMPARED(publication=former, why=prepared.computed.not_compared))
    elif before is not None:
        lines.append(prepared.computed.changes_told)
    units = round_.units.filter(ended_at=None).count()
    cards_alone = cards_alone_of(round_, prepared)
    tells_all = before is None or prepared.computed.changes is None
    if tells_all:
        lines.append(_TELL_ALL(n=units))
    elif to_tell:
        lines.append(_TELL(n=len(to_tell), units=_named(to_tell)))
    else:
        lines.append(_SAME_RESULTS if cards_alone else _TELL_NOBODY)
    if cards_alone and not tells_all:
        lines.append(_CARDS_ALONE(n=len(cards_alone), units=_named(cards_alone)))
    if undecided := len(undecided_in(round_)):
        lines.append(_OPEN(n=undecided))
    lines += [_FINGERPRINT(sha256=publication.fingerprint), _HEAD(seq=publication.seq, hash=publication.head)]
    return "\n".join(render(line, lang) for line in lines) + "\n"
