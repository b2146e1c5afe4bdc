"""总览: where the round stands, until when, what is open, and the one thing that comes next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.places import Place
from lawgov_score.portal.work import named
from lawgov_score.rounds import jobs
from lawgov_score.rounds.answered import kept_answers
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.moving import is_back
from lawgov_score.rounds.names import JobState, RoundState, SubmissionState, name_of
from lawgov_score.rounds.next_deed import DeedKind, FirstResults, NextDeed, first_results, next_deed, objections_due
from lawgov_score.rounds.reviewing import progress, to_review
from lawgov_score.rounds.scheme import scheme_at_hand
from lawgov_score.rounds.states import steps_from
from lawgov_score.rounds.status import UnitState, open_of, refused_of, states_of
from lawgov_score.rounds.unpublished import unpublished
from lawgov_score.rounds.wording_of_days import time_left
from lawgov_score.rounds.wording_of_status import TO_DO, each_once
from lawgov_score.wording import Text, Words

_RECENT = 6  # pieces of long work that are listed
_REVIEWS = frozenset({RoundState.FIRST_REVIEW, RoundState.SECOND_REVIEW})
_OBJECTING = frozenset({RoundState.OBJECTIONS, RoundState.PUBLISHED})  # where one waits for objections
_AFTER_FIRST = frozenset({RoundState.SECOND_REVIEW, RoundState.OBJECTIONS})  # where it matters how first results stand
_SIGNS = {JobState.DONE: "good", JobState.FAILED: "bad"}
_WHERE: Mapping[DeedKind, Place] = {
    DeedKind.WAIT: Place.SUBMISSIONS,
    DeedKind.SORT: Place.RETURNS,
    DeedKind.REVIEW: Place.REVIEW,
    DeedKind.RUN: Place.TRIAL,
    DeedKind.TELL: Place.DOCUMENTS,
    DeedKind.OBJECTIONS: Place.OBJECTIONS,
    DeedKind.PUBLISH: Place.PUBLICATION,
    DeedKind.KEEP: Place.RECORDS,
}
_OPEN_AT: Mapping[str, str] = {
    "units_without_submission": Place.SUBMISSIONS.address,
    "submissions_to_accept": Place.RETURNS.address,
    "submissions_returned": Place.RETURNS.address,
    "marks_missing": Place.REVIEW.address,
    "workbooks_with_errors": Place.REVIEW.address,
    "figures_missing": Place.REVIEW.address,
    "claims_waiting": Place.REVIEW.address,
    "objections": f"{Place.OBJECTIONS.address}?which=open",
    "objections_to_tell": f"{Place.OBJECTIONS.address}?which=untold",
}
_MOVE = Words("看一看转到“{to}”意味着什么", "See what “{to}” means")
_GO = Words("打开“{place}”", "Open “{place}”")
_ACCEPTED = Words("{n} 个单位已受理，共 {all} 个", "{n} of {all} units accepted")
_REFUSED = Words("{n} 份文件没有收下", "{n} files refused")
_NEW = Words("{n} 处变动没有公布", "{n} changes not published")
_DUE = Words("最早一件 {due} 前办结", "the first is due {due}")
_SUBMIT = Words("报送截止", "To be sent until")
_CLOSED_BEFORE = Words("已提前截止", "closed before that")
_OBJECT = Words("提出异议的期限", "Objections until")


@dataclass(frozen=True, slots=True)
class _Tile:
    n: int
    what: str
    address: str
    more: str = ""


def show(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page."""
    round_, states = desk.round, list(RoundState)
    at = states.index(desk.state)
    is_reviewed = RoundState.FIRST_REVIEW in states[: at + 1]
    units = states_of(round_)
    scheme = scheme_at_hand(desk.data, round_) if is_reviewed else None
    open_ = open_of(round_, units, scheme)
    if scheme is not None and desk.state in _REVIEWS:
        open_ |= to_review(progress(round_, scheme, kept_answers(desk.data, round_)))
    new = unpublished(desk.data, round_)
    first = first_results(desk.data, round_) if desk.state in _AFTER_FIRST else FirstResults()
    comes_next = next_deed(round_, open_, desk.now, new, first)
    is_sending = desk.state in {RoundState.PREPARING, RoundState.OPEN}
    limits = ((_SUBMIT, round_.submit_by, is_sending), (_OBJECT, round_.objections_until, True))
    context = {
        "states": [(name_of(one), i < at, i == at) for i, one in enumerate(states)],
        "next": comes_next,
        "next_at": _address(comes_next, desk.state),
        "next_label": _label(comes_next, desk.state),
        "deadlines": [
            (name, until, "" if desk.state is RoundState.ARCHIVED else _left(desk, until, lasts))
            for name, until, lasts in limits
            if until is not None
        ],
        "tiles": list(_tiles(desk, units, open_, new)),
        "unpublished": new,
        "forward": [
            _step(step.to)
            for step in steps_from(desk.state)
            if step.to is not desk.state and not is_back(desk.state, RoundState(step.to))
        ],
        "may_move_deadline": desk.state is RoundState.OPEN,
        "back": [_step(step.to) for step in steps_from(desk.state) if is_back(desk.state, RoundState(step.to))],
        "recent": [
            (job, named(job.act).name, name_of(JobState(job.state)), _SIGNS.get(JobState(job.state), "wait"))
            for job in jobs.recent(_RECENT)
        ],
    }
    return answers.show(request, desk, Place.OVERVIEW, "overview", context)


def _left(desk: Desk, until: datetime, lasts: bool) -> Text:
    """How long it is until a deadline; ``lasts``: it was not ended before."""
    return time_left(desk.now, until) if lasts or until <= desk.now else _CLOSED_BEFORE


def _place(deed: NextDeed, state: RoundState) -> Place:
    return Place.OBJECTIONS if deed.kind is DeedKind.WAIT and state in _OBJECTING else _WHERE[deed.kind]


def _address(deed: NextDeed, state: RoundState) -> str:
    return f"/move/{deed.to.value}/" if deed.to is not None else _place(deed, state).address


def _label(deed: NextDeed, state: RoundState) -> Text:
    return _MOVE(to=name_of(deed.to)) if deed.to is not None else _GO(place=_place(deed, state).title)


def _step(to: str) -> tuple[str, Words]:
    """Where a step begins: its own page, but of 公布, which is made by publishing."""
    state = RoundState(to)
    address = Place.PUBLICATION.address if state is RoundState.PUBLISHED else f"/move/{state.value}/"
    return address, name_of(state)


def _tiles(desk: Desk, units: Sequence[UnitState], open_: Mapping[str, int], new: tuple[Text, ...]) -> Iterator[_Tile]:
    accepted = sum(one.state is SubmissionState.ACCEPTED for one in units)
    yield _tile(desk, accepted, _ACCEPTED, Place.SUBMISSIONS.address, all=len(units))
    left = each_once(open_)
    due: datetime | None = objections_due(desk.round) if left["objections"] else None
    for key, n in left.items():
        if n:
            more = desk.say(_DUE(due=told(due))) if key == "objections" and due is not None else ""
            yield _tile(desk, n, TO_DO[key], _OPEN_AT[key], more)
    if refused := refused_of(desk.round):
        yield _tile(desk, len(refused), _REFUSED, Place.SUBMISSIONS.address)
    if new:
        yield _tile(desk, len(new), _NEW, Place.PUBLICATION.address)


def _tile(desk: Desk, n: int, words: Words, address: str, more: str = "", **values: object) -> _Tile:
    """The number stands large, so the sentence goes on without it."""
    return _Tile(n, desk.say(words(n=n, **values)).removeprefix(str(n)).strip(), address, more)
