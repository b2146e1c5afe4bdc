"""What a round adds to checking: workbooks kept by fingerprint, a row, a signed receipt and a page for each."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.ratio import by_processes, compare
from benchmarks.row import Extent, Measured
from benchmarks.workbooks import DISTINCT, many
from lawgov_score.model import Tree
from lawgov_score.pipeline import ReadingOptions, check, load_roster, load_tree, reading, register_of
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.receiving import Fate, receive
from lawgov_score.rounds.states import move
from submissions.make_sample_round import TREE

PROCESSES = 2
_NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def receiving(extent: Extent, folder: Path) -> Measured:
    """What `check` does against what `round receive` does, both from tree and roster on.

    A round of its own for each turn, made before the clock runs.
    """
    tree, _ = load_tree(TREE)
    assert tree is not None
    books, roster = folder / "books", folder / "roster.csv"
    sent_by_many(tree, extent.size, books, roster)
    rounds = _rounds(folder, roster, extent.pairs)

    def ours() -> None:
        with opened(next(rounds)) as data, reading(ReadingOptions(jobs=PROCESSES)) as run:
            outcomes = list(receive(data, the_round(), [books], seat_of(Role.OFFICE), _NOW, run))
        assert [one.fate for one in outcomes] == [Fate.RECEIVED] * extent.size

    def floor() -> None:
        of, _ = load_tree(TREE)
        assert of is not None
        units, _ = load_roster(roster, of)
        with reading(ReadingOptions(jobs=PROCESSES)) as run:
            taken = check(of, [books], units, run)
        assert len(register_of(of, taken, units, taken.problems).lines) == extent.size

    return compare(by_processes(ours), by_processes(floor), pairs=extent.pairs, warm=False)


def sent_by_many(tree: Tree, size: int, books: Path, roster: Path) -> list[str]:
    """Workbooks of so many units in the new folder ``books``, and their roster; gives their codes."""
    books.mkdir()
    many(tree, books, min(size, DISTINCT))
    patterns = sorted(books.glob("*.xlsx"))
    kinds = [tree.cohorts[i % len(tree.cohorts)].unit_types[0] for i in range(len(patterns))]
    codes = [f"U{i:06}" for i in range(size)]
    lines = []
    for i, code in enumerate(codes):
        pattern = i % len(patterns)
        _copy(patterns[pattern], code, books / f"{code}.xlsx")
        lines.append(f"{code},第{pattern}单位,{kinds[pattern]}")  # copies bear the name and the type of their pattern
    roster.write_text("\n".join(["unit,name,type", *lines]) + "\n", encoding="utf-8")
    return codes


def _copy(pattern: Path, code: str, to: Path) -> None:
    """The same workbook from another unit, whose code is as long: on its cover too, where the roster is held to it."""
    if pattern == to:
        return
    with zipfile.ZipFile(pattern) as old, zipfile.ZipFile(to, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).replace(pattern.stem.encode(), code.encode())
            new.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=1)


def _rounds(folder: Path, roster: Path, n: int) -> Iterator[Path]:
    """Data folders of open rounds, all made already."""
    made = []
    for i in range(n):
        created, problems = create_round(folder / f"round-{i}", TREE, roster, None, now=_NOW)
        assert created is not None, problems
        with opened(folder / f"round-{i}"):
            move(the_round(), RoundState.OPEN, 1, seat_of(Role.OFFICE), "", _NOW)
        made.append(folder / f"round-{i}")
    return iter(made)
