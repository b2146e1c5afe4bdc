"""May a unit send a file now, has the round what it sends, and is there doubt: asked of each file before it is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.leaves import is_open, last_leaves, lasts
from lawgov_score.rounds.models import Leave, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import RoundState, SubmissionState, name_of
from lawgov_score.rounds.scheme import Scheme
from lawgov_score.rounds.sent_checked import Checked
from lawgov_score.wording import Words
from lawgov_score.workbook.package.saved import saved_of
from lawgov_score.workbook.submission.editions import is_of_another_year
from lawgov_score.workbook.submission.versions import saved_last, saved_words

_OF_YEAR = Words("{edition} 版（{year} 年度）", "edition {edition} (of {year})")
_IN_FORCE = Words("现在采用第 {n} 次报送", "submission {n} is in force")
_NOTHING_IN_FORCE = Words("该单位现在没有采用的报送", "nothing of the unit is in force")
_SENDABLE = frozenset({SubmissionState.RETURNED, SubmissionState.WITHDRAWN})  # of which another is awaited


@dataclass(frozen=True, slots=True)
class Orders:
    """What the office orders of one call beside what is natural, and what it is there for.

    ``is_again``: what the round has already is received once more, and counts. ``exception``: why a workbook of another
    year is received all the same. ``since``: when this very call was first begun, where it was broken off: what came or
    was refused since then is not received, nor recorded as refused, a second time.
    """

    is_again: bool = False
    exception: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Call:
    """What all files of one call share."""

    data: Data
    by: Scheme
    seat: Seat
    now: datetime
    units: Mapping[str, Unit]
    orders: Orders
    saved: Mapping[Path, str]
    made: dict[tuple[int, int], Checked] = field(default_factory=dict)  # by row of the unit, number of the try

    def unit_of(self, one: Checked) -> Unit | None:
        """Whose it is; None where it cannot be used."""
        return None if one.answers is None else self.units[one.answers.unit.code]

    def has_taken(self, one: Checked, tries: Sequence[Submission]) -> bool:
        """Has this call taken the file, or one of its unit that comes after it, before it was broken off?"""
        since, mine = self.orders.since, self.saved[one.path]
        former = [it for it in tries if since and it.received_at >= since and (it.unit_id, it.n) not in self.made]
        return any(mine <= saved_of(self.data.store.path(it.file.sha256)) for it in former)

    def stranger(self, unit: Unit, one: Checked) -> Problem | None:
        """R291 for a workbook of another year, unless the office takes it by an exception."""
        if self.orders.exception:
            return None
        of = self.by.tree
        if not is_of_another_year(one.edition, one.year, of, one.unit):
            return None
        mine = str((one.unit.year if one.unit is not None else None) or of.year)
        figures = {
            "unit": unit.code,
            "name": unit.name,
            "expected": _OF_YEAR(edition=of.edition, year=mine),
            "found": _OF_YEAR(edition=one.edition, year=one.year),
            "folder": display_path(self.data.folder),
        }
        return Problem(Code.R291, CellPlace(one.shown), figures)

    def called_otherwise(self, unit: Unit, one: Checked) -> Problem | None:
        """R294 for a file called by the name of another unit than it says itself."""
        name = one.path.stem
        if unit.name in name:
            return None
        other = max((it for it in self.units.values() if it.name in name), key=lambda it: len(it.name), default=None)
        if other is None:
            return None
        figures = {"unit": unit.code, "name": unit.name, "found": f"{other.code} {other.name}", "file": one.shown}
        return Problem(Code.R294, CellPlace(one.shown), figures)

    def doubt(self, unit: Unit, one: Checked, last: Submission | None) -> Problem | None:
        """That what counts now need not be the latest: R292 of several, R293 where ``last`` was saved later."""
        figures: dict[str, object] = {"unit": unit.code, "name": unit.name, "folder": display_path(self.data.folder)}
        place, mine = CellPlace(one.shown), self.saved[one.path]
        together = [it for (of, _), it in self.made.items() if of == unit.pk]
        if len(together) > 1:
            times = [self.saved[it.path] for it in together]
            if saved_last(times) == (len(times) - 1,):
                return None
            files = tuple(saved_words(it.shown, time) for it, time in zip(together, times, strict=True))
            return Problem(Code.R292, place, {**figures, "files": files, "file": one.shown})
        if last is None or self.orders.is_again:  # then it is what the office wants
            return None
        earlier = saved_of(self.data.store.path(last.file.sha256))
        if not "" < mine < earlier:
            return None
        files = (saved_words(one.shown, mine), saved_words(last.name, earlier))
        return Problem(Code.R293, place, {**figures, "files": files, "n": last.n})


@dataclass(frozen=True)
class Standing:
    """How the round and some of its units stand. ``tries``: all of each, the first one first, those just made too.

    ``leaves``: the last one of each unit that has had any.
    """

    round: Round
    tries: Mapping[int, list[Submission]]
    leaves: Mapping[int, Leave]

    @classmethod
    def of(cls, round_: Round, units: Collection[Unit]) -> Self:
        """As it is now. Within a transaction that holds the round nobody changes it."""
        tries: dict[int, list[Submission]] = {unit.pk: [] for unit in units}
        for one in Submission.objects.filter(unit__in=units).select_related("unit", "file").order_by("n"):
            tries[one.unit_id].append(one)
        return cls(Round.objects.get(pk=round_.pk), tries, last_leaves(units))

    def last(self, unit: Unit) -> Submission | None:
        """The version in force: the last one that was not withdrawn."""
        alive = (one for one in reversed(self.tries[unit.pk]) if one.state != SubmissionState.WITHDRAWN)
        return next(alive, None)

    def had(self, unit: Unit, one: Checked, call: "Call") -> Submission | None:
        """The newest try with this content, if it is not to be received.

        Where what came before is received again, it is to be, unless it counts now or this call has taken it before.
        """
        same = (it for it in reversed(self.tries[unit.pk]) if it.file.sha256 == one.sha256)
        had = next(same, None)
        is_done = (
            had is None or not call.orders.is_again or self.counts(had) or call.has_taken(one, self.tries[unit.pk])
        )
        return had if is_done else None

    def counts(self, one: Submission) -> bool:
        """Is it in force, and nothing else awaited?"""
        return self.last(one.unit) is one and one.state not in _SENDABLE

    def said_of(self, had: Submission, place: CellPlace, folder: str) -> Problem:
        """That the round has a file already, as which try, and what counts now."""
        last = self.last(had.unit)
        if self.counts(had):
            return Problem(Code.R223, place, {"n": had.n, "found": told(had.received_at)})
        if last is had:
            return Problem(Code.R226, place, {"n": had.n, "folder": folder})
        found = _NOTHING_IN_FORCE if last is None else _IN_FORCE(n=last.n)
        return Problem(Code.R290, place, {"n": had.n, "found": found, "folder": folder})

    def leave(self, unit: Unit, call: "Call") -> Leave | None:
        """The leave by which a unit may send now; None: it has none."""
        leave = self.leaves.get(unit.pk)
        # Several files of one call are one answer: the first of them does not end the leave for the others.
        before = [it for it in self.tries[unit.pk] if (unit.pk, it.n) not in call.made]
        return leave if leave is not None and lasts(leave, before, call.now) else None

    def is_late(self, unit: Unit, call: "Call") -> bool:
        """After the deadline, though the unit was told no other moment.

        Not within the deadline that all were told, be the round closed before it; nor by an answer to a return within
        the time that came with it, nor where the office lets correct what it had accepted in time.
        """
        until = self.round.submit_by
        if is_open(self.round, call.now) or (until is not None and call.now <= until):
            return False
        leave, last = self.leave(unit, call), self.last(unit)
        is_corrected = last is not None and last.state == SubmissionState.ACCEPTED and not last.late
        return leave is None or not (leave.for_answer or is_corrected)

    def refusal(self, unit: Unit, one: Checked, call: "Call") -> Problem | None:
        """Why a unit may not send now; None if it may."""
        now = call.now
        state = name_of(RoundState(self.round.state))
        if self.leave(unit, call) is not None:
            return None
        folder = display_path(call.data.folder)
        figures: dict[str, object] = {"unit": unit.code, "name": unit.name, "found": state, "folder": folder}
        last = self.last(unit)
        if last is not None and last.state == SubmissionState.ACCEPTED:
            return Problem(Code.R222, CellPlace(one.shown), {**figures, "n": last.n})
        if not is_open(self.round, now):
            until = self.round.submit_by
            is_over = until is not None and until < now  # else it was closed before that hour
            expected = told(until) if is_over and until is not None else name_of(RoundState.CLOSED)
            return Problem(Code.R221, CellPlace(one.shown), {**figures, "expected": expected})
        return None
