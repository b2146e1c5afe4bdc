"""Where a round stands: who has sent what, and what is open. Data for the screen, for scripts and for pages."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.content.intake_register import State
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.models import Event, Mark, Notice, Objection, OfficeBook, Round, Submission, Unit
from lawgov_score.rounds.names import NOT_TOLD, UNDECIDED, RoundState, SubmissionState
from lawgov_score.rounds.things import called
from lawgov_score.rules.judged import Judged
from lawgov_score.two_languages import Kept, text_of
from lawgov_score.wording import Phrase, Text

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lawgov_score.rounds.scheme import Scheme

SETTLED = "settle_refused"  # act of the event by which a refused file is listed no longer
SEND_ANEW = "send_anew"  # act of the notice to a unit of whose submission an amendment asks something more
LEFT = "left"  # act of the notice to a unit that an amendment took out of the round
_STATES = list(RoundState)
_REVIEWED = frozenset(_STATES[_STATES.index(RoundState.FIRST_REVIEW) : _STATES.index(RoundState.ARCHIVED)])
_ALIVE = ~Q(state=SubmissionState.WITHDRAWN.value)
_FINE = frozenset({State.ACCEPTABLE, State.NOTHING_OWED})  # states in which nothing has to be mended
_LACKS = Q(said__contains=f'"{Code.S228.value}"')  # the text of problems: a quote that somebody wrote is escaped in it
_DOUBTS = (Code.R292, Code.R293, Code.R294)  # which file counts of a unit, and whether it is the unit's at all
_LARGE = ("problems", "receipt")  # columns of a submission that are most of its row


@dataclass(frozen=True, slots=True)
class UnitState:
    """How a unit's submission stands. ``type``: of the unit; ``tries``: how often it has sent."""

    pk: int
    code: str
    name: str
    type: str
    state: SubmissionState
    tries: int

    @property
    def has_sent(self) -> bool:
        """Is there a version in force?"""
        return self.state not in _NOTHING_SENT


_NOTHING_SENT = frozenset({SubmissionState.NONE, SubmissionState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """A unit and its version in force; without one: nothing has come, or it was withdrawn.

    ``check``: what its check came to when it was received. ``is_doubted``: its unit has to say which file counts.
    """

    unit: Unit
    state: SubmissionState
    versions: int
    in_force: Submission | None
    check: State | None = None
    is_doubted: bool = False

    @property
    def is_fine(self) -> bool:
        """Is it accepted without being named?"""
        row, check = self.in_force, self.check
        return row is not None and check is not None and is_fine(row, check, is_doubted=self.is_doubted)

    @property
    def is_only_doubted(self) -> bool:
        """Is the one thing against it that its unit has to say which file counts? Neither accepted nor returned."""
        row, check = self.in_force, self.check
        return self.is_doubted and row is not None and check is not None and is_fine(row, check, is_doubted=False)


@dataclass(frozen=True, slots=True)
class Status:
    """A round as it stands."""

    round: Round
    state: RoundState
    units: tuple[UnitStatus, ...]
    open: dict[str, int]  # how much is still to be done, by kind
    refused: tuple["Refused", ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not received, nor anything of its unit received or accepted since it first came.

    The office may settle it too, until it comes again. ``unit``: None where nothing told whose it is.

    ``codes``: of the problems for which it was refused; ``titles``: of these, in words, as they were told then (an
    earlier version of the program did not keep them).
    """

    at: datetime
    name: str
    unit: Unit | None
    codes: tuple[str, ...]
    sha256: str = ""
    titles: Mapping[str, Kept] = field(default_factory=dict, compare=False)


def versions_in_force(round_: Round, units: Collection[str] | None = None) -> dict[int, Submission]:
    """The version in force of each unit, by the number of its row: the last one that was not withdrawn.

    ``units``: codes, of these alone.

    Its problems and its receipt are read where somebody asks for them: of thousands of units nobody does.
    """
    alive = round_.submissions.filter(_ALIVE).filter(~Exists(_later(_ALIVE))).select_related("unit", "file")
    some = alive if units is None else alive.filter(unit__code__in=units)
    return {one.unit_id: one for one in some.defer(*_LARGE)}


def states_of(round_: Round) -> tuple[UnitState, ...]:
    """How the submission of each unit stands, without reading any: in the order of the roster, ended units left out."""
    last = round_.submissions.filter(~Exists(_later(Q()))).values_list("unit_id", "n")
    alive = round_.submissions.filter(_ALIVE).filter(~Exists(_later(_ALIVE))).values_list("unit_id", "state")
    tries, states = dict(last), {unit: SubmissionState(state) for unit, state in alive}
    gone = dict.fromkeys(tries, SubmissionState.WITHDRAWN)
    units = round_.units.filter(ended_at=None).order_by("place").values_list("pk", "code", "name", "type")
    return tuple(
        UnitState(pk, code, name, of, states.get(pk) or gone.get(pk, SubmissionState.NONE), tries.get(pk, 0))
        for pk, code, name, of in units
    )


def open_of(round_: Round, units: Sequence[UnitState], scheme: "Scheme | None" = None) -> dict[str, int]:
    """How much is still to be done, by kind. ``scheme``: without it no missing marks are counted."""
    counts = Counter(one.state for one in units)
    states = Objection.objects.filter(round=round_).values_list("state", flat=True)
    objections = Counter(some for state in states for some in (UNDECIDED, NOT_TOLD) if state in some)
    return {
        "units_without_submission": sum(not one.has_sent for one in units),
        "submissions_to_accept": counts[SubmissionState.RECEIVED],
        "submissions_returned": counts[SubmissionState.RETURNED],
        "marks_missing": 0 if scheme is None else _marks_missing(round_, scheme, units),
        "workbooks_with_errors": _in_force(round_).filter(errors__gt=0).count(),
        "objections": objections[UNDECIDED] + objections[NOT_TOLD],
        "objections_to_tell": objections[NOT_TOLD],
    }


def status_of(round_: Round, scheme: "Scheme | None" = None) -> Status:
    """Units in the order of the roster, ended ones left out. ``scheme``: without it no missing marks are counted."""
    states = states_of(round_)
    rows, in_force = round_.units.in_bulk([one.pk for one in states]), versions_in_force(round_)
    lacking, doubted, anew = _saying(round_, _LACKS), doubted_of(round_), _to_send_anew(round_)

    def of_unit(one: UnitState) -> UnitStatus:
        row = in_force.get(one.pk)
        check = None if row is None else _stand(row, anew, lacks_material=row.pk in lacking)
        return UnitStatus(rows[one.pk], one.state, one.tries, row, check, row is not None and row.pk in doubted)

    units = tuple(map(of_unit, states))
    open_ = open_of(round_, states, scheme)
    return Status(round_, RoundState(round_.state), units, open_, tuple(_refused(units, round_)))


def is_fine(one: Submission, stand: State, *, is_doubted: bool) -> bool:
    """Is it accepted without being named, and not returned, so long as nobody has returned it?"""
    return stand in _FINE and one.state != SubmissionState.RETURNED and not is_doubted


def doubted_of(round_: Round) -> set[int]:
    """Rows of which receiving showed that their unit has to confirm which file counts (R292, R293, R294)."""
    return _saying(round_, *(Q(said__contains=f'"{code.value}"') for code in _DOUBTS))


def _saying(round_: Round, *what: Q) -> set[int]:
    said = round_.submissions.annotate(said=Cast("problems", TextField()))
    return set(said.filter(reduce(or_, what)).values_list("pk", flat=True))


def _to_send_anew(round_: Round) -> set[str]:
    """What lacks something since the last amendment, as its event names it: the row is of when it came.

    What an earlier version of the program amended says what was asked anew each time, never what is no more.
    """
    last = (
        Event.objects.filter(act="amend", object=called(round_)).order_by("seq").values_list("body", flat=True).last()
    )
    lacking = None if last is None else json.loads(last)["after"].get("lacking")
    if lacking is not None:
        return set(lacking)
    return set(Notice.objects.filter(round=round_, act=SEND_ANEW).values_list("about", flat=True))


def _stand(one: Submission, anew: Collection[str], *, lacks_material: bool) -> State:
    """What the check of a submission came to when it was received, in the states of the register.

    What the register calls 全部未填 is 有未填项 here. What earlier versions of the program received does not say
    what it lacked for reviewers.
    """
    if one.errors:
        return State.ERRORS
    if one.blanks or called(one) in anew:
        return State.BLANKS
    return State.MATERIALS if lacks_material else State.ACCEPTABLE


def _later(which: Q) -> "QuerySet[Submission]":
    """Of a query of submissions: those of the same unit that came later, and are such."""
    return Submission.objects.filter(which, unit=OuterRef("unit"), n__gt=OuterRef("n"))


def refused_of(round_: Round) -> tuple[Refused, ...]:
    """What was refused, as ``status_of`` has it, by the units alone of which something was."""
    bodies = Event.objects.filter(act="refuse").values_list("body", flat=True)
    codes = {json.loads(body)["after"].get("unit", "") for body in bodies}
    if not codes:
        return ()
    in_force = versions_in_force(round_, codes)
    units = round_.units.filter(ended_at=None, code__in=codes)
    return tuple(_refused([UnitStatus(one, SubmissionState.NONE, 0, in_force.get(one.pk)) for one in units], round_))


def _refused(units: Iterable[UnitStatus], round_: Round) -> Iterator[Refused]:
    """What was refused, the first first; of one file that came several times under one name, the last time.

    Units may send the same bytes, empty files say, each under a name of its own.
    """
    by_code = {one.unit.code: one for one in units}
    came = set(round_.submissions.values_list("file__sha256", flat=True))
    first: dict[str, datetime] = {}  # an old file that comes again is as old as it was
    last: dict[tuple[str, str], Refused] = {}
    events = Event.objects.filter(act__in=("refuse", SETTLED)).order_by("seq").values_list("act", "at", "body")
    for act, at, body in events:
        said = json.loads(body)["after"]
        key = (said["name"], said["sha256"])
        if act == SETTLED:
            last.pop(key, None)
            continue
        of = by_code.get(said.get("unit", ""))
        first.setdefault(said["sha256"], at)
        is_over = of is not None and of.in_force is not None and of.in_force.received_at > first[said["sha256"]]
        last.pop(key, None)
        if not is_over and said["sha256"] not in came:
            unit = None if of is None else of.unit
            last[key] = Refused(at, said["name"], unit, tuple(said["codes"]), said["sha256"], said.get("titles", {}))
    accepted = _accepted(by_code[one.unit.code].in_force for one in last.values() if one.unit is not None)
    for one in last.values():
        if one.unit is None or accepted.get(one.unit.code, one.at) <= one.at:
            yield one


def _accepted(some: Iterable[Submission | None]) -> dict[str, datetime]:
    """When those of these that are accepted were accepted, by their units' codes."""
    mine = {called(one): one.unit.code for one in some if one is not None and one.state == SubmissionState.ACCEPTED}
    moves = Event.objects.filter(act="move", object__in=mine).order_by("seq").values_list("object", "at")
    return {mine[name]: at for name, at in moves}


class _Known(dict[str, object]):
    """The figures of a title of which an event of an earlier version tells only some."""

    def __missing__(self, name: str) -> str:
        return "…"


def reasons_of(one: Refused) -> tuple[Text, ...]:
    """Why a file was refused, in words."""
    unit = {} if one.unit is None else {"unit": one.unit.code, "name": one.unit.name}
    known = {code: text_of(kept) for code, kept in one.titles.items()}
    return tuple(known.get(code) or Phrase(entry_of(Code(code)).title, _Known(unit)) for code in one.codes)


def _in_force(round_: Round) -> "QuerySet[OfficeBook]":
    """The office's workbooks that count."""
    return OfficeBook.objects.filter(round=round_, replaced_by=None, withdrawn=False)


def _marks_missing(round_: Round, scheme: "Scheme", units: Sequence[UnitState]) -> int:
    """At how many judged indicators marks are missing, of all units that have sent; none before the review begins."""
    if RoundState(round_.state) not in _REVIEWED:
        return 0
    marks = Mark.objects.filter(book__in=_in_force(round_)).exclude(value=None)
    given = Counter(marks.values_list("unit_id", "indicator"))
    tree = scheme.tree
    judged = [(one.code, one, one.rule.reviewers) for one in tree.indicators if isinstance(one.rule, Judged)]
    sent = [one for one in units if one.has_sent]
    return sum(
        given[unit.pk, code] < needed
        for unit in sent
        for code, one, needed in judged
        if tree.is_applicable(one, unit.type)
    )


def status_json(status: Status, key: str, unpublished: int) -> dict[str, Any]:
    """The same as ``round status --format json`` gives it; moments in the round's zone.

    ``key``: the short form of the public key; ``unpublished``: how much came since the newest publication.
    """
    round_ = status.round
    return {
        "code": round_.code,
        "year": round_.year,
        "state": status.state.value,
        "deadlines": {
            "submissions": _moment(round_.submit_by),
            "objections": _moment(round_.objections_until),
        },
        "units": [
            {
                "unit": one.unit.code,
                "name": one.unit.name,
                "cohort": one.unit.cohort,
                "state": one.state.value,
                "versions": one.versions,
                "received_at": _moment(one.in_force.received_at) if one.in_force else None,
                "late": one.in_force.late if one.in_force else None,
                "blanks": one.in_force.blanks if one.in_force else None,
                "errors": one.in_force.errors if one.in_force else None,
                "warnings": one.in_force.warnings if one.in_force else None,
            }
            for one in status.units
        ],
        "open": {**status.open, "unpublished": unpublished},
        "refused": [
            {
                "at": _moment(one.at),
                "file": one.name,
                "unit": None if one.unit is None else one.unit.code,
                "codes": list(one.codes),
                "sha256": one.sha256,
            }
            for one in status.refused
        ],
        "public_key": key,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else local(moment).isoformat(timespec="seconds")
