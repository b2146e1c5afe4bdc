"""The deeds of a round as commands, each with what must have been done before; and what a fault may leave of one."""

import errno
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from breaking import Breaking, Rows, a_copy, breaking, counts_of, look_over, remembered, rows_of
from calls import run
from round_books import answered, sent
from round_made import NOW, given
from sheets import a_workbook
from test_cli import Captured

from lawgov_score.pipeline import plain_folder
from lawgov_score.rounds import clock
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.states import move, release, step_of
from lawgov_score.workbook.submission.reader import in_this_process

DATA, OUT = "data", "out"
_WAY = list(RoundState)


@dataclass(frozen=True, slots=True)
class Deed:
    """A command, with DATA and what is written outside of it in one folder; ``before`` makes DATA as it begins."""

    name: str
    words: Callable[[Path, Path], list[str]]  # of that folder, and of the one with what is handed in
    before: Callable[[Path, Path], None] | None = None  # None: there is no DATA yet


@contextmanager
def quick(system: pytest.MonkeyPatch) -> Iterator[None]:
    """One moment, the engine once for the same inputs, workbooks read in this process."""

    @contextmanager
    def here(_: object) -> Iterator[object]:
        yield in_this_process

    system.setattr(clock, "real_now", lambda: NOW)
    system.setattr(plain_folder, "_in_a_child", remembered)
    system.setattr(sys.modules["lawgov_score.pipeline.reading"], "_in_workers", here)
    yield


# ---------------------------------------------------------------- what was done before


def a_round(root: Path, things: Path) -> None:
    """A round that is open."""
    assert run(*_new(root, things)) == 0
    go_to(root / DATA, RoundState.OPEN)


def go_to(folder: Path, to: RoundState) -> None:
    """Moves the round state by state, as office and leader do together."""
    with opened(folder):
        round_ = the_round()
        while round_.state != to:
            now, state = RoundState(round_.state), _WAY[_WAY.index(RoundState(round_.state)) + 1]
            step = step_of(now, state)
            assert step is not None
            if step.needs_release:
                release(round_, state, round_.version, seat_of(Role.LEADER), "同意", NOW)
            move(round_, state, round_.version, seat_of(Role.OFFICE), "到期", NOW)


def _sent(root: Path, things: Path) -> None:
    a_round(root, things)
    with opened(root / DATA) as data:
        for unit, done in (("XZ-01", 1), ("XZ-02", 5)):
            sent(data, the_round(), unit, answered(unit, done, 10))


# ---------------------------------------------------------------- what is handed in


def hand_in(things: Path) -> None:
    """Everything that commands are given."""
    given(things)
    change = "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
    change += "| XZ-01 | 01-1 | 0.2 | 0.4 | 补件 | 王五 | @2026-03-01 |"
    a_workbook(things / "复核.xlsx", {"复核改分": change})
    for unit, done in (("XZ-01", 1), ("XZ-02", 5)):
        (things / f"{unit}.xlsx").write_bytes(answered(unit, done, 10))


def _new(root: Path, things: Path) -> list[str]:
    return ["round", "new", str(root / DATA), "--tree", f"{things}/tree.yaml", "--roster", f"{things}/roster.csv"]


DEEDS: Sequence[Deed] = (
    Deed("new", _new),
    Deed("enter", lambda root, things: ["round", "enter", f"{root}/{DATA}", f"{things}/复核.xlsx"], _sent),
    Deed("run", lambda root, things: ["round", "run", f"{root}/{DATA}", "--kind", "final"], _sent),
)


# ---------------------------------------------------------------- what a fault may leave


@dataclass(frozen=True, slots=True)
class Left:
    """Rows of DATA (None: there is none), and every file outside of it, with its bytes."""

    rows: Rows | None
    outside: dict[str, bytes]

    @classmethod
    def of(cls, root: Path) -> "Left":
        """As it is now."""
        files = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
        outside = {name: path.read_bytes() for name, path in files.items() if not name.startswith(f"{DATA}/")}
        return cls(rows_of(root / DATA) if (root / DATA).exists() else None, outside)


@dataclass(frozen=True, slots=True)
class Begun:
    """A deed, the folder as it was before, and what there was before and after it went well."""

    deed: Deed
    root: Path
    things: Path
    before: Left
    after: Left
    asked: tuple[str, ...]  # of disk and database, while it went well

    def again(self, to: Path) -> Path:
        """The folder as it was before, once more."""
        return a_copy(self.root, to)

    def words(self, root: Path) -> list[str]:
        """The command, in another folder."""
        return self.deed.words(root, self.things)

    def points(self) -> list[int]:
        """Of each kind of thing asked the first and the last."""
        kinds: dict[str, list[int]] = {}
        for at, what in enumerate(self.asked, start=1):
            kind = what if what.split()[0].isupper() else what.split()[0]
            kinds.setdefault(kind, []).append(at)
        return sorted({at for places in kinds.values() for at in (places[0], places[-1])})

    def judge(self, root: Path) -> str:
        """``before`` or ``after``: as it is there; anything in between fails."""
        left = Left.of(root)
        if left.rows is not None:
            look_over(root / DATA)
        in_data = _which(left.rows, self.before.rows, self.after.rows)
        if set(self.before.outside) == set(self.after.outside):
            return in_data
        assert left.outside in (self.before.outside, {**left.outside, **self.after.outside}) or set(
            left.outside
        ) == set(self.after.outside), sorted(left.outside)
        outside = "before" if left.outside == self.before.outside else "after"
        if self.before.rows == self.after.rows:
            return outside
        return in_data if in_data == outside else f"{in_data} in DATA, {outside} of it"


def _which(left: Rows | None, before: Rows | None, after: Rows | None) -> str:
    if left == before:
        return "before"
    assert left is not None
    assert after is not None
    assert counts_of(left) == counts_of(after)
    return "after"


def begin(deed: Deed, folder: Path) -> Begun:
    """Does what comes before a deed, and the deed itself once, which must go well."""
    things, root, there = folder / "things", folder / "before", folder / "after"
    things.mkdir(parents=True)
    root.mkdir()
    hand_in(things)
    if deed.before is not None:
        deed.before(root, things)
    before = Left.of(root)
    a_copy(root, folder / "warm")
    assert run(*deed.words(folder / "warm", things)) == 0  # what it imports is there, what it scores is scored
    a_copy(root, there)
    with breaking(Breaking()) as counted:
        assert run(*deed.words(there, things)) == 0
    after = Left.of(there)
    assert after != before
    return Begun(deed, root, things, before, after, tuple(counted.asked))


_CODES = {
    errno.ENOSPC: ("O101", "O102"),
    errno.EROFS: ("O101",),
}


def refused_at(begun: Begun, at: int, number: int, root: Path, capsys: Captured) -> None:
    """The deed with its ``at``-th wish refused: said, nothing half done, and again it goes well."""
    begun.again(root)
    what = f"{begun.deed.name} {at}: {begun.asked[at - 1]}"
    capsys.readouterr()
    with breaking(Breaking(at, number)) as counted:
        code = run(*begun.words(root))
    said = "".join(capsys.readouterr())
    assert len(counted.asked) >= at, what
    found = begun.judge(root)
    assert (code, found) in {(2, "before"), (1, "before"), (0, "after")}, (what, code, found, said)
    if code:
        assert any(one in said for one in ("O101", "O102")), (what, said)
        assert run(*begun.words(root)) == 0, (what, "".join(capsys.readouterr()))
        assert begun.judge(root) == "after", what
