"""The deeds of a round as commands, each with what must have been done before; and what a fault may leave of one."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from breaking import Breaking, NoPool, Rows, a_copy, breaking, counts_of, left_over, look_over, remembered, rows_of
from calls import run
from round_books import answered
from round_made import NOW, TREE, given
from round_published import came
from sheets import a_workbook
from test_cli import Captured

from lawgov_score.pipeline import feedback, plain_folder
from lawgov_score.processes import apart
from lawgov_score.rounds import clock
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.states import move, release, step_of
from lawgov_score.workbook.submission import crash_test
from lawgov_score.workbook.submission.reader import in_this_process

DATA = "data"
LATE = "          - {code: late, name: 逾期件数, type: count, measured_in: 件}\n"
AMENDED = TREE.replace("        value: done / got", f"{LATE}        value: done / (got + late)")  # one more is asked
_WAY = list(RoundState)


@dataclass(frozen=True, slots=True)
class Deed:
    """A command, with DATA and what is written outside of it in one folder; ``before`` makes DATA as it begins."""

    name: str
    words: Callable[[Path, Path], list[str]]  # of that folder, and of the one with what is handed in
    before: Callable[[Path, Path], None] | None = None  # None: there is no DATA yet
    writes_rows: bool = True  # into a database that is there

    @property
    def command(self) -> str:
        """Which of `round` it is."""
        return self.words(Path(), Path())[1]


@contextmanager
def quick(system: pytest.MonkeyPatch) -> Iterator[None]:
    """One moment, the engine once for the same inputs, workbooks read and marked in this process."""

    @contextmanager
    def here(_: object) -> Iterator[object]:
        yield in_this_process

    system.setattr(clock, "real_now", lambda: NOW)
    system.setattr(plain_folder, "in_a_child", remembered)
    system.setattr(sys.modules["lawgov_score.pipeline.reading"], "_in_workers", here)
    for module in (feedback, crash_test, apart):
        system.setattr(module, "Pool", NoPool)
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
            came(data, the_round(), unit, done)


# ---------------------------------------------------------------- what is handed in


def hand_in(things: Path) -> None:
    """Everything that commands are given."""
    given(things)
    change = "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
    change += "| XZ-01 | 01-1 | 0.2 | 0.4 | 补件 | 王五 | @2026-03-01 |"
    a_workbook(things / "复核.xlsx", {"复核改分": change})
    (things / "amended.yaml").write_text(AMENDED, encoding="utf-8")
    for unit, done in (("XZ-01", 1), ("XZ-02", 11)):  # of ten: an error, which goes back
        (things / f"{unit}.xlsx").write_bytes(answered(unit, done, 10))


def _new(root: Path, things: Path) -> list[str]:
    return ["round", "new", str(root / DATA), "--tree", f"{things}/tree.yaml", "--roster", f"{things}/roster.csv"]


def _on(*words: str) -> Callable[[Path, Path], list[str]]:
    """A command; ``{data}``, ``{out}``, ``{in}`` stand for DATA, for what is beside it, and for what is handed in."""
    return lambda root, things: [
        "round",
        *(one.format(data=root / DATA, out=root, **{"in": things}) for one in words),
    ]


def _received(root: Path, things: Path) -> None:
    a_round(root, things)
    assert run("round", "receive", f"{root}/{DATA}", f"{things}/XZ-02.xlsx") == 1  # it has an error


def _heard(root: Path, things: Path) -> None:
    _sent(root, things)
    go_to(root / DATA, RoundState.OBJECTIONS)


def _objected(root: Path, things: Path) -> None:
    _heard(root, things)
    assert run(*_OBJECT(root, things)) == 0


def _final(root: Path, things: Path) -> None:
    _sent(root, things)
    go_to(root / DATA, RoundState.FINAL)
    assert run("round", "run", f"{root}/{DATA}", "--kind", "final") == 0


def _published(root: Path, things: Path) -> None:
    _final(root, things)
    assert run("round", "publish", f"{root}/{DATA}", "--why", "终评", "--released-by", "李某") == 0


def _handed_in_as(*command: str) -> Callable[[Path, Path], None]:
    """A published round, exported or backed up among what is handed in."""

    def made(_: Path, things: Path) -> None:
        (things / "there").mkdir()
        _published(things / "there", things)
        assert run(*_on(*command)(things / "there", things)) == 0

    return made


_OBJECT = _on(
    *("object", "{data}", "--unit", "XZ-01", "--indicator", "01-1", "--claim", "漏计一件"),
    *("--evidence", "{in}/复核.xlsx"),
)


def _next_year(root: Path, things: Path) -> list[str]:
    return [*_new(root, things), "--year", "2027", "--previous", f"{things}/there/{DATA}"]


def _last_year(_: Path, things: Path) -> None:
    (things / "there").mkdir()
    _published(things / "there", things)


READ_ONLY = frozenset({"verify", "receipt"})  # what of `round` writes nothing, by name
DEEDS: Sequence[Deed] = (
    Deed("new", _new, writes_rows=False),
    Deed("next", _next_year, _last_year, writes_rows=False),
    Deed("move", _on("move", "{data}", "closed", "--why", "到期"), a_round),
    Deed("leave", _on("leave", "{data}", "--unit", "XZ-01", "--until", "2026-03-20", "--why", "停电"), a_round),
    Deed("holiday", _on("holiday", "{data}", "2026-03-09..2026-03-11", "--off", "停电", "--why", "停电"), a_round),
    Deed("amend", _on("amend", "{data}", "--tree", "{in}/amended.yaml", "--why", "漏了一项"), _sent),
    Deed("receive", _on("receive", "{data}", "{in}/XZ-01.xlsx", "-o", "{out}/pages"), a_round),
    Deed("accept", _on("accept", "{data}", "--unit", "XZ-01"), _sent),
    Deed("return", _on("return", "{data}", "-o", "{out}/returned", "--unit", "XZ-02", "--why", "补件"), _received),
    Deed("enter", _on("enter", "{data}", "{in}/复核.xlsx"), _sent),
    Deed("template", _on("template", "{data}", "-o", "{out}/blank"), a_round, writes_rows=False),
    Deed("status", _on("status", "{data}", "-o", "{out}/register.xlsx"), _sent, writes_rows=False),
    Deed("run", _on("run", "{data}", "--kind", "final"), _sent),
    Deed("object", _OBJECT, _heard),
    Deed("decide", _on("decide", "{data}", "1", "--outcome", "upheld", "--score", "1", "--why", "属实"), _objected),
    Deed("document", _on("document", "{data}", "通知", "-o", "{out}/letters"), a_round),
    Deed(
        "publish", _on("publish", "{data}", "--why", "终评", "--released-by", "李某", "-o", "{out}/published"), _final
    ),
    Deed("export", _on("export", "{data}", "{out}/exported"), _published, writes_rows=False),
    Deed(
        "import",
        _on("import", "{in}/exported", "{data}"),
        _handed_in_as("export", "{data}", "{in}/exported"),
        writes_rows=False,
    ),
    Deed("backup", _on("backup", "{data}", "{out}/backup.zip"), _published, writes_rows=False),
    Deed(
        "restore",
        _on("restore", "{in}/backup.zip", "{data}"),
        _handed_in_as("backup", "{data}", "{in}/backup.zip"),
        writes_rows=False,
    ),
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
        mine = {name: path for name, path in files.items() if "/.lawgov-" not in f"/{name}"}  # else: of the dead
        outside = {name: path.read_bytes() for name, path in mine.items() if not name.startswith(f"{DATA}/")}
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
            words = what.split()
            kinds.setdefault(what if words[0].isupper() and not _is_table(what) else words[0], []).append(at)
        found = sorted({at for places in kinds.values() for at in (places[0], places[-1])})
        if self.before.rows is not None:
            return found
        return sorted({found[-1], *found[:: max(1, len(found) // 8)]})  # tables are made each time, a second each

    def places(self, tables: int, others: int = 1) -> list[int]:
        """Everything that is asked. Of what makes a new DATA, which nobody sees before it is there, every so many.

        Every so many ``tables``, and of what is neither a commit nor the name of a file, so many ``others``.
        """
        places = range(1, len(self.asked) + 1)
        if self.before.rows is not None:
            return list(places)
        kinds: dict[int, list[int]] = {1: [], tables: [], others: []}
        for at in places:
            what = self.asked[at - 1].split(maxsplit=1)[0]
            kinds[tables if _is_table(what) else 1 if what in {"COMMIT", "os.rename"} else others].append(at)
        return sorted(at for each, found in kinds.items() for at in found[::each])

    def judge(self, root: Path, *, is_killed: bool = False) -> str:
        """``before`` or ``after``: as it is there, in DATA and outside of it; what is neither fails.

        Whoever was killed may have left ``part`` of several files outside, each of them whole.
        """
        left, found = Left.of(root), set()
        if left.rows is not None:
            look_over(root / DATA)
        if self.before.rows != self.after.rows:
            assert left.rows == self.before.rows or counts_of(left.rows) == counts_of(self.after.rows)
            found.add("before in DATA" if left.rows == self.before.rows else "after in DATA")
        else:
            assert left.rows == self.before.rows
        if self.before.outside != self.after.outside:
            found.add(f"{self._outside(left, is_killed=is_killed)} outside")
        else:
            assert left.outside == self.before.outside
        assert left_over(root) == []
        return ", ".join(sorted(found))

    def _outside(self, left: Left, *, is_killed: bool) -> str:
        if left.outside == self.before.outside:
            return "before"
        if is_killed and set(left.outside) < set(self.after.outside):
            assert left.outside.items() <= self.after.outside.items()
            return "part"
        assert set(left.outside) == set(self.after.outside)
        return "after"


def _is_table(what: str) -> bool:
    return what.split(maxsplit=1)[0] in {"CREATE", "ALTER", "DROP"}


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
    assert deed.writes_rows == (before.rows is not None and after.rows != before.rows)
    return Begun(deed, root, things, before, after, tuple(counted.asked))


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
    if code == 0:  # it could do without
        assert "before" not in found, (what, found)
        return
    assert code in {1, 2}, (what, code, said[-1500:])
    assert "O101" in said or "O102" in said, (what, said)
    # Files of what is done already: that is said, and the same command writes them.
    if found == "after in DATA, before outside":
        assert "已收 XZ-01" in said or "第 1 次公布" in said or "R229" in said or "R289" in said, (what, said)
    else:
        assert "after" not in found, (what, found)
    assert run(*begun.words(root)) == 0, (what, "".join(capsys.readouterr()))
    assert "before" not in begun.judge(root), what
