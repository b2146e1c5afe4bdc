"""Objections (异议): who may object until when, what is filed, and the steps to a decision."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.likeness import to_fill
from lawgov_score.model import Indicator, Tree
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounds.allowed import hold_for, must_be
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import record
from lawgov_score.rounds.holidays import deadline_of
from lawgov_score.rounds.kept import Written, rows_of, write
from lawgov_score.rounds.leaves import leave_of
from lawgov_score.rounds.models import Event, Evidence, File, Notice, Objection, Round, Seat, Unit
from lawgov_score.rounds.names import OVER, Deed, FileKind, ObjectionState, Role, RoundState, name_of
from lawgov_score.rounds.plain import stamp
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.rounds.states import move
from lawgov_score.rounds.things import called, place_of
from lawgov_score.wording import ByFace, Text, Words
from lawgov_score.workbook.package.guard import MOST_BYTES

_IN_ROUND_STATE = Words("轮次处于{state}", "a round in: {state}")
_UNTIL = Words("期限以内：{until}以前", "before the deadline: {until}")
_IN_STATE = Words("现为“{state}”", "it is “{state}”")
_AT = Words("现在是{now}", "it is {now}")
_AMENDED = Words("指标体系或名单已修改", "tree or roster amended")
_EXCEPT = ByFace(
    Words(
        "确有理由的，用 --exception 写明理由后登记；或者先用 round leave 给该单位延期",
        "Where there is good reason, give it by --exception; or grant the unit more time first by round leave",
    ),
    Words(
        "确有理由的，作为例外写明理由后登记；或者先给该单位登记延期",
        "Where there is good reason, give it as that of an exception; or grant the unit more time first",
    ),
)
_NUMBERS = Words("1 到 {most} 号", "numbers 1 to {most}")
_NO_NUMBERS = Words("还没有提出过异议", "none has been filed")
_TOO_LARGE = Words("文件有 {size} MB，超过 {most} MB", "{size} MB, more than {most}")
_ADDRESSES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Filed:
    """An objection, and whether the very same had been filed before: then nothing was done."""

    objection: Objection
    is_same: bool = False
    has_more: bool = False  # the same, with evidence that was not there: it was added


def object_to(
    data: Data,
    round_: Round,
    unit: str,
    indicator: str,
    claim: str,
    seat: Seat,
    now: datetime,
    *,
    wanted: str = "",
    evidence: str = "",
    exception: str = "",
    enclosed: Written | None = None,
) -> Filed:
    """Files an objection of a unit to what it got at an indicator (or by a kind of the register, by its code).

    The same of the same unit once more, while it is open, is the one that is there. ``wanted``: the figure that the
    unit holds to be right. ``evidence``: a file or an address; ``enclosed``: a file that was written already.
    ``exception``: why it is taken though the time is over.
    The office is told, with the day by which it has to decide. Raises ``RefusedError``: R250 not now, R251 no such
    unit, R252 no such indicator, R254 evidence that cannot be read; ``CannotWriteError``.
    """
    of = unit_of(round_, unit)
    scheme = scheme_of(data, round_)
    check_indicator(scheme.tree, of, indicator)
    _ask(round_, of, seat, exception)
    _why_now(round_, of, now, exception.strip())
    written = _evidence(data, evidence) if enclosed is None else enclosed
    name = "" if written is None else written.name
    evidence = evidence if enclosed is None else name
    with transaction.atomic():
        hold_for(Deed.OBJECT, round_, seat, of)
        file = None if written is None else rows_of([written], now, seat)[written.sha256]
        if not scheme.is_of(round_):
            raise RefusedError(Problem(Code.R212, place_of(round_), {"found": _AMENDED}))
        _ask(round_, of, seat, exception)
        reason = _why_now(round_, of, now, exception.strip())
        same = _same(round_, of, indicator, claim.strip(), wanted.strip())
        if same is not None and (not evidence or _is_there(same, file, evidence)):
            return Filed(same, is_same=True)
        last = round_.objections.order_by("-n").first()
        document = None
        if evidence:
            title = name or evidence
            address = "" if file is not None else evidence
            document = Evidence.objects.create(unit=of, file=file, address=address, title=title, at=now, seat=seat)
        if same is not None:
            assert document is not None  # what is the same without evidence was given back above
            after = {"evidence": _named(file, evidence), "title": title}
            told = _notice(same, "add_evidence", now, same.due, role=Role.OFFICE)
            record("add_evidence", same, seat, now, after=after, rows=[document], notices=[told])
            return Filed(same, is_same=True, has_more=True)
        due = deadline_of(round_, now, round_.objection_days)
        row = Objection.objects.create(
            round=round_,
            n=last.n + 1 if last is not None else 1,
            unit=of,
            indicator=indicator,
            claim=claim.strip(),
            wanted=wanted.strip(),
            evidence=document,
            filed_at=now,
            late=bool(reason),
            due=due,
            by=seat,
        )
        after = {"unit": of.code, "indicator": indicator, "claim": row.claim, "due": stamp(due)}
        after |= {"wanted": row.wanted} if row.wanted else {}
        after |= {"evidence": _named(file, evidence)} if evidence else {}
        rows = [] if document is None else [document]
        told = _notice(row, "object", now, due, role=Role.OFFICE)
        record("object", row, seat, now, after=after, reason=reason, rows=rows, notices=[told])
    return Filed(row)


def objection_of(round_: Round, n: int) -> Objection:
    """The objection of a number. Raises ``RefusedError`` (R253)."""
    found = round_.objections.filter(n=n).select_related("unit", "evidence", "evidence__file", "assigned_to").first()
    if found is None:
        most = round_.objections.count()
        there = _NUMBERS(most=most) if most else _NO_NUMBERS
        raise RefusedError(Problem(Code.R253, place_of(round_), {"found": str(n), "expected": there}))
    return found


def unit_of(round_: Round, code: str) -> Unit:
    """The unit of a code, or of a name that only one has. Raises ``RefusedError`` (R251)."""
    units = list(round_.units.filter(ended_at=None))
    found = [one for one in units if one.code == code] or [one for one in units if one.name == code]
    if len(found) != 1:
        nearest = to_fill(code, [text for one in units for text in (one.code, one.name)])
        raise RefusedError(Problem(Code.R251, place_of(round_), {"found": code, "nearest": nearest}))
    return found[0]


def check_indicator(tree: Tree, unit: Unit, code: str) -> Indicator | None:
    """The indicator as the unit is assessed by it; None for a kind of the register. Raises ``RefusedError`` (R252)."""
    if code in {kind.code for kind in tree.adjustments} | {veto.code for veto in tree.vetoes}:
        return None
    own = tree.of_type(unit.type).by_code.get(code)
    if not isinstance(own, Indicator) or not tree.is_applicable(own, unit.type):
        known = [one.code for one in tree.indicators if tree.is_applicable(one, unit.type)]
        values = {"unit": unit.name, "found": code, "nearest": to_fill(code, known)}
        raise RefusedError(Problem(Code.R252, place_of(unit), values))
    return own


def open_to(tree: Tree, unit: Unit) -> tuple[tuple[str, str], ...]:
    """What a unit may object to, code and title: the indicators it is assessed by, then the kinds of the register."""
    own = tree.of_type(unit.type)
    indicators = [(one.code, one.title) for one in own.indicators if tree.is_applicable(one, unit.type)]
    return (*indicators, *_kinds(tree))


def title_of(tree: Tree, code: str) -> str:
    """What an indicator or a kind of the register is called; '' where the tree has it no more."""
    node = tree.by_code.get(code)
    return node.title if node is not None else dict(_kinds(tree)).get(code, "")


def _kinds(tree: Tree) -> list[tuple[str, str]]:
    """The kinds of the register, code and title."""
    bonuses = [(one.code, one.title) for one in tree.adjustments]
    return bonuses + [(one.code, one.title) for one in tree.vetoes]


def take_step(
    objection: Objection,
    to: ObjectionState,
    version: int,
    seat: Seat,
    why: str,
    now: datetime,
    *,
    assigned_to: Seat | None = None,
    is_told: bool = True,
) -> tuple[ObjectionState, ...]:
    """受理, 不受理, 交办, 拟办 or 撤回, with what lies between. Gives the states it took.

    ``is_told``: what is 不受理 is recorded as told to the unit at once; else by ``telling.tell``, when it was. Raises
    ``RefusedError`` as ``move`` does.
    """
    taken = tuple(_way(ObjectionState(objection.state), to))
    if to is ObjectionState.REFUSED and is_told:
        taken = (*taken, ObjectionState.NOTIFIED)
    with transaction.atomic():
        for state in taken:
            also = {"assigned_to": assigned_to or seat} if state is ObjectionState.ASSIGNED else None
            move(objection, state, version, seat, why, now, also=also)
            version = objection.version
    return taken


def notice_again(objection: Objection, act: str, now: datetime) -> Notice:
    """A notice to the unit of what was done with its objection without a move: ``record`` adds it."""
    return _notice(objection, act, now, None, unit=objection.unit)


_USUAL = (ObjectionState.ADMITTED, ObjectionState.ASSIGNED, ObjectionState.DRAFTED, ObjectionState.DECIDED)


def _way(state: ObjectionState, to: ObjectionState) -> Iterator[ObjectionState]:
    """The states up to ``to``; where there is no way, ``to`` itself, which ``move`` then refuses."""
    line = (ObjectionState.FILED, *_USUAL, ObjectionState.NOTIFIED)
    if state in line and to in line and line.index(state) < line.index(to):
        yield from line[line.index(state) + 1 : line.index(to) + 1]
    else:
        yield to


def way_to_decided(state: ObjectionState) -> tuple[ObjectionState, ...]:
    """The states that lead to 决定; where there is no way, 决定 itself."""
    return tuple(_way(state, ObjectionState.DECIDED))


def refusal_of(objection: Objection) -> Event | None:
    """The event by which it was not admitted; None: it was, or nobody has said so yet."""
    return _move_to(objection, ObjectionState.REFUSED)


def withdrawal_of(objection: Objection) -> Event | None:
    """The event by which its unit withdrew it; None: it did not."""
    return _move_to(objection, ObjectionState.WITHDRAWN)


def beside(round_: Round, unit: Unit, indicator: str, but: int = 0) -> tuple[Objection, ...]:
    """What this unit objected to at this indicator, the first first; ``but``: the one that is asked about."""
    return tuple(round_.objections.filter(unit=unit, indicator=indicator).exclude(n=but).order_by("n"))


def _move_to(objection: Objection, to: ObjectionState) -> Event | None:
    moves: Iterable[Event] = Event.objects.filter(act="move", object=called(objection)).order_by("-seq")
    return next((event for event in moves if json.loads(event.body)["after"].get("state") == to.value), None)


def _ask(round_: Round, unit: Unit, seat: Seat, exception: str) -> None:
    """May this seat object for the unit, and make the exception there is? Raises ``RefusedError``: R213, R250."""
    must_be(Deed.OBJECT, round_, seat, unit)
    if exception.strip():  # as a leave is, it is the office's to grant
        must_be(Deed.LEAVE, round_, seat)


def _why_now(round_: Round, unit: Unit, now: datetime, exception: str) -> str:
    """'' where it is in time; else why it is taken all the same. Raises ``RefusedError`` (R250)."""
    state, until = RoundState(round_.state), round_.objections_until
    if now <= until if until is not None else state is RoundState.OBJECTIONS:
        return ""  # units were told this moment, wherever the round has come to since
    leave = None if exception else leave_of(unit, now)
    if exception or leave is not None:
        return exception or (leave.reason if leave is not None else "")
    if state is RoundState.OBJECTIONS and until is not None:
        raise _not_now(round_, _UNTIL(until=told(until)), _AT(now=told(now)))
    expected = _IN_ROUND_STATE(state=name_of(RoundState.OBJECTIONS))
    raise _not_now(round_, expected, _IN_STATE(state=name_of(state)))


def _not_now(round_: Round, expected: Text, found: Text) -> RefusedError:
    values = {"deed": name_of(Deed.OBJECT), "expected": expected, "found": found, "hint": _EXCEPT}
    return RefusedError(Problem(Code.R250, place_of(round_), values))


def _evidence(data: Data, evidence: str) -> Written | None:
    """The file, written; None for an address, or where there is nothing. Raises R254, ``CannotWriteError``."""
    if not evidence or evidence.lower().startswith(_ADDRESSES):
        return None
    path = Path(evidence)
    try:
        content = read_whole(path, MOST_BYTES)
    except NoFileError as error:
        found: Text = error.what
    except TooLargeError as error:
        found = _TOO_LARGE(size=error.size >> 20, most=MOST_BYTES >> 20)
    except (OSError, ValueError) as error:
        found = reason_of(error) if isinstance(error, OSError) else str(error)
    else:
        return write(data, content, path.name, FileKind.EVIDENCE)
    raise RefusedError(Problem(Code.R254, TextPlace(display_path(path)), {"found": found}))


def _same(round_: Round, unit: Unit, indicator: str, claim: str, wanted: str) -> Objection | None:
    """The open objection that says the same."""
    said = round_.objections.filter(unit=unit, indicator=indicator, claim=claim, wanted=wanted)
    return said.exclude(state__in=OVER).order_by("n").first()


def _notice(
    row: Objection, act: str, now: datetime, due: datetime | None, *, unit: Unit | None = None, role: str = ""
) -> Notice:
    return Notice(round=row.round, unit=unit, role=role, about=called(row), act=act, due=due, made_at=now)


def _named(file: File | None, address: str) -> str:
    """Evidence as events name it."""
    return address if file is None else file.sha256


def _is_there(objection: Objection, file: File | None, address: str) -> bool:
    """Did this evidence come with the objection, or was it added since?"""
    name = _named(file, address)
    first = objection.evidence
    return (first is not None and _named(first.file, first.address) == name) or name in dict(evidence_added(objection))


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence of an objection: a file that is kept (``sha256``), or an address."""

    title: str
    sha256: str = ""
    address: str = ""


def evidence_of(objection: Objection) -> tuple[Shown, ...]:
    """What came with it, and after it, in this order."""
    first = objection.evidence
    found = [] if first is None else [(_named(first.file, first.address), first.title)]
    return tuple(
        Shown(title, address=name) if name.lower().startswith(_ADDRESSES) else Shown(title, name)
        for name, title in (*found, *evidence_added(objection))
    )


def evidence_added(objection: Objection) -> tuple[tuple[str, str], ...]:
    """Evidence that came after the objection itself: as events name it, and its title."""
    events = Event.objects.filter(act="add_evidence", object=called(objection)).order_by("seq")
    after = (json.loads(event.body)["after"] for event in events)
    return tuple((str(one["evidence"]), str(one["title"])) for one in after)
