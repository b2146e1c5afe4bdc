"""A round as a machine of moves and deeds, beside a model of what must be there.

The engine is a stand-in that tells inputs apart and nothing else: what it scores is other tests' business. Any deed may
meet a disk or a database that refuses at some place; then the model stays as it was.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from breaking import Breaking, NoPool, breaking, unseen
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from round_books import answered
from round_made import NOW, a_seat, given
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.pipeline import plain_folder
from lawgov_score.problems import RefusedError
from lawgov_score.processes import apart
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.folder import books_in_force
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.models import Event, File, OfficeBook, Publication, Run, Submission
from lawgov_score.rounds.names import Role, RoundState, RunKind, SubmissionState
from lawgov_score.rounds.objecting import object_to
from lawgov_score.rounds.publishing import prepare, publish
from lawgov_score.rounds.receiving import Fate, receive
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.states import move, release, steps_from
from lawgov_score.rounds.status import versions_in_force
from lawgov_score.rounds.store import sha256_of
from lawgov_score.workbook.submission import crash_test
from lawgov_score.workbook.submission.reader import in_this_process
from lawgov_score.workbook.submission.result_tables import CHANGES, RANKING

UNITS = ("XZ-01", "XZ-02", "BM-01")
unit = st.sampled_from(UNITS)
figure = st.integers(0, 3)
fault = st.one_of(st.just(0), st.just(0), st.integers(1, 40))  # which thing asked fails; none most often


def stand_in(run: Any) -> dict[str, Any]:
    """In place of the engine: a ranking that is the fingerprint of what was given."""
    with unseen():  # which is a process of its own
        given_, written = Path(run.given), Path(run.written)
        seen = hashlib.sha256()
        for path in sorted(one for one in given_.rglob("*") if one.is_file()):
            seen.update(f"{path.relative_to(given_)} ".encode() + path.read_bytes())
        plain_folder.write_plain({RANKING: seen.hexdigest().encode()}, written)
        if run.since:
            plain_folder.write_plain({CHANGES: b"changes"}, written)
    return {
        "problems": [],
        "ranking": "",
        "changes": "",
        "quotas": [],
        "to_tell": [UNITS[0]] if run.since else [],
        "cards_alone": [],
        "told": "",
        "open": "",
        "decided": [],
        "not_compared": "",
    }


@dataclass
class Model:
    """What must be there."""

    tries: dict[str, list[tuple[str, SubmissionState]]] = field(default_factory=lambda: {one: [] for one in UNITS})
    books: dict[str, str] = field(default_factory=dict)  # in force, by name
    entered: int = 0
    runs: int = 0
    published: list[int] = field(default_factory=list)  # numbers of runs
    objections: int = 0
    state: RoundState = RoundState.PREPARING

    def last(self, code: str) -> tuple[str, SubmissionState] | None:
        """The last try that was not withdrawn."""
        alive = [one for one in self.tries[code] if one[1] is not SubmissionState.WITHDRAWN]
        return alive[-1] if alive else None


class RoundMachine(RuleBasedStateMachine):
    """One round of three units."""

    @initialize()
    def begin(self) -> None:
        """A new round, copied from one that was made once."""
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        system = self.stack.enter_context(pytest.MonkeyPatch.context())
        system.setattr(plain_folder, "in_a_child", stand_in)
        for module in (crash_test, apart):
            system.setattr(module, "Pool", NoPool)
        self.data: Data = self.stack.enter_context(opened(_a_round(self.folder / "data")))
        self.model, self.hashes, self.now = Model(), list[str](), NOW
        self.heads = {code: a_seat(the_round(), Role.HEAD, the_round().units.get(code=code)) for code in UNITS}

    def teardown(self) -> None:
        """Closes and removes it."""
        if hasattr(self, "stack"):
            self.stack.close()

    def attempt(self, at: int, do: Callable[[], Any]) -> Any:
        """The deed, with the ``at``-th thing asked refused; None where it was, by us or by the round itself."""
        self.now += timedelta(minutes=1)
        try:
            with breaking(Breaking(at)):
                return do()
        except RefusedError:
            return None
        except Exception as error:
            if "database or disk is full" in str(error):  # told by ``opened``, around the whole command
                return None
            raise

    # ------------------------------------------------------------ deeds

    @rule(code=unit, done=figure, at=fault)
    def come(self, code: str, done: int, at: int) -> None:
        """A unit sends a workbook."""
        path = self.folder / f"{code}.xlsx"
        path.write_bytes(answered(code, done, 10))
        sent = sha256_of(path.read_bytes())
        last = self.model.last(code)

        def do() -> Fate:
            (one,) = receive(self.data, the_round(), [path], seat_of(Role.OFFICE), self.now, in_this_process)
            return one.fate

        fate = self.attempt(at, do)
        if fate is Fate.RECEIVED:
            assert self.model.state is RoundState.OPEN
            assert last is None or last[1] is not SubmissionState.ACCEPTED
            self.model.tries[code].append((sent, SubmissionState.RECEIVED))
        elif fate is Fate.SAME:
            assert sent in {of for of, _ in self.model.tries[code]}  # made in the same second: the same, to the byte
        elif not at:
            assert self.model.state is not RoundState.OPEN or (last and last[1] is SubmissionState.ACCEPTED)

    @rule(code=unit, to=st.sampled_from(["accepted", "returned", "withdrawn"]), at=fault, stale=st.booleans())
    def judge(self, code: str, to: str, at: int, stale: bool) -> None:
        """The last try of a unit is accepted, returned or withdrawn; or somebody presses who saw an older state."""
        tries = self.model.tries[code]
        if not tries:
            return
        row = Submission.objects.get(unit__code=code, n=len(tries))
        state = SubmissionState(to)
        seat = self.heads[code] if state is SubmissionState.WITHDRAWN else seat_of(Role.OFFICE)
        done = self.attempt(at, lambda: move(row, state, row.version - stale, seat, "理由", self.now))
        if done is not None:
            assert not stale
            assert self.model.state is not RoundState.ARCHIVED
            assert tries[-1][1] is SubmissionState.RECEIVED
            tries[-1] = (tries[-1][0], state)
        elif not at and not stale:
            assert tries[-1][1] is not SubmissionState.RECEIVED or self.model.state is RoundState.ARCHIVED

    @rule(name=st.sampled_from(["甲.xlsx", "乙.xlsx"]), score=figure, at=fault)
    def enter(self, name: str, score: int, at: int) -> None:
        """The office enters a workbook."""
        heads = "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
        row = f"| XZ-01 | 01-1 | 0.2 | {score / 10} | 补件 | 王五 | @2026-03-01 |"
        path = a_workbook(self.folder / name, {"复核改分": heads + row})
        books, _ = read_given([path])
        done = self.attempt(at, lambda: enter(self.data, the_round(), books, seat_of(Role.OFFICE), self.now))
        if done is None:
            assert at or self.model.state is RoundState.ARCHIVED
            return
        entered, problems = done
        if self.model.books.keys() - {name}:  # of the same score under another name: none of both would count
            assert entered == ()  # made in the same second, the two files are one, to the byte
            assert {one.code for one in problems} & {Code.R242, Code.A109}
            return
        (one,) = entered
        self.model.entered += not one.is_same
        self.model.books[name] = sha256_of(path.read_bytes())

    @rule(kind=st.sampled_from(list(RunKind)), at=fault)
    def run(self, kind: RunKind, at: int) -> None:
        """A run."""
        done = self.attempt(at, lambda: make_run(self.data, the_round(), kind, seat_of(Role.OFFICE), self.now))
        assert (done is None) is (self.model.state is RoundState.ARCHIVED) or at
        if done is not None and done.run is not None:
            self.model.runs += 1
            assert done.run.n == self.model.runs

    @rule(at=fault, is_released=st.booleans())
    def publish(self, at: int, is_released: bool) -> None:
        """The newest final run is published."""

        def do() -> Publication:
            round_ = the_round()
            prepared = prepare(self.data, round_)
            leader = seat_of(Role.LEADER) if is_released else None
            name = "李" if is_released else ""
            office = seat_of(Role.OFFICE)
            made = publish(self.data, round_, prepared, "公布", office, self.now, leader=leader, released_by=name)
            return made.publication

        done = self.attempt(at, do)
        if done is None:
            return
        assert is_released
        assert self.model.state in {RoundState.FINAL, RoundState.PUBLISHED}
        assert done.run.n not in self.model.published
        self.model.published.append(done.run.n)
        assert done.n == len(self.model.published)
        self.model.state = RoundState.PUBLISHED

    @rule(code=unit, at=fault, claim=st.sampled_from(["漏计", "错计"]))
    def object(self, code: str, at: int, claim: str) -> None:
        """A unit objects."""
        words = (self.data, the_round(), code, "01-1", claim, seat_of(Role.OFFICE), self.now)
        done = self.attempt(at, lambda: object_to(*words, exception=""))
        if done is not None and not done.is_same:
            self.model.objections += 1
            assert done.objection.n == self.model.objections

    @rule(which=st.integers(0, 1), at=fault, is_released=st.booleans(), stale=st.booleans())
    def go(self, which: int, at: int, is_released: bool, stale: bool) -> None:
        """The round moves a step on, or back."""
        round_ = the_round()
        steps = steps_from(self.model.state)
        if which >= len(steps) or steps[which].to is RoundState.PUBLISHED:
            return
        step = steps[which]
        to, version = RoundState(step.to), round_.version - stale
        if step.needs_release and is_released:
            done = self.attempt(at, lambda: release(round_, to, version, seat_of(Role.LEADER), "同意", self.now))
            is_released = done is not None
        done = self.attempt(at, lambda: move(round_, to, version, seat_of(Role.OFFICE), "理由", self.now))
        if done is not None:
            assert not stale
            assert is_released or not step.needs_release or self.was_released(to, version)
            self.model.state = to
        else:
            assert at or stale or step.needs_release

    def was_released(self, to: RoundState, version: int) -> bool:
        """By an earlier release of this very step."""
        wanted = f'"after":{{"state":"{to.value}","version":{version}}}'
        return any(wanted in one.body for one in Event.objects.filter(act="release"))

    @precondition(lambda self: self.model.state is RoundState.PREPARING)
    @rule()
    def open(self) -> None:
        """So that most ways have something to receive."""
        round_ = the_round()
        move(round_, RoundState.OPEN, round_.version, seat_of(Role.OFFICE), "开始", self.now)
        self.model.state = RoundState.OPEN

    @rule(hours=st.integers(-48, 48))
    def clock(self, hours: int) -> None:
        """The clock is set, forward or back."""
        self.now = min(max(self.now + timedelta(hours=hours), NOW - timedelta(days=30)), NOW + timedelta(days=30))

    # ------------------------------------------------------------ what always holds

    @invariant()
    def chain_is_whole_and_only_grows(self) -> None:
        """What was said stays said."""
        if not hasattr(self, "model"):
            return
        assert list(broken_links()) == []
        hashes = list(Event.objects.order_by("seq").values_list("hash", flat=True))
        assert hashes[: len(self.hashes)] == self.hashes
        self.hashes = hashes

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every file is there, every try, every number once."""
        if not hasattr(self, "model"):
            return
        for sha256 in File.objects.values_list("sha256", flat=True):
            self.data.store.read(sha256)
        rows = Submission.objects.order_by("n").values_list("unit__code", "n", "file__sha256", "state")
        for code in UNITS:
            mine = [(n, sha256, SubmissionState(state)) for of, n, sha256, state in rows if of == code]
            assert mine == [(n, *one) for n, one in enumerate(self.model.tries[code], start=1)]
        assert OfficeBook.objects.count() == self.model.entered
        assert list(Run.objects.order_by("n").values_list("n", flat=True)) == list(range(1, self.model.runs + 1))
        published = list(Publication.objects.order_by("n").values_list("n", "run__n"))
        assert published == list(enumerate(self.model.published, start=1))
        assert the_round().objections.count() == self.model.objections

    @invariant()
    def what_counts_is_as_the_model_says(self) -> None:
        """Versions in force, the office's workbooks in force, the state."""
        if not hasattr(self, "model"):
            return
        in_force = {one.unit.code: one.file.sha256 for one in versions_in_force(the_round()).values()}
        lasts = {code: self.model.last(code) for code in UNITS}
        assert in_force == {code: one[0] for code, one in lasts.items() if one is not None}
        assert {name: one.file.sha256 for name, one in books_in_force(the_round()).items()} == self.model.books
        assert the_round().state == self.model.state


_made: list[tuple[tempfile.TemporaryDirectory[str], Path]] = []


def _a_round(to: Path) -> Path:
    """A copy of a round that was made once."""
    if not _made:
        kept = tempfile.TemporaryDirectory()
        folder = Path(kept.name)
        made, problems = create_round(folder / "data", *given(folder), None, now=NOW)
        assert made is not None, problems
        _made.append((kept, folder / "data"))
    return Path(shutil.copytree(_made[0][1], to))
