"""What a round adds to scoring: a trial run after one more workbook of the office, beside `score` on the export."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import openpyxl

from benchmarks.ratio import by_processes, compare
from benchmarks.receiving import PROCESSES, sent_by_many
from benchmarks.row import Extent, Measured
from lawgov_score.model import Tree
from lawgov_score.pipeline import ReadingOptions, load_tree, reading
from lawgov_score.pipeline.plain_folder import CARDS, OFFICE, PAGES, RECEIVED, ROSTER, SCORECARD, TREE
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.exporting import export_round
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.receiving import Fate, receive
from lawgov_score.rounds.running import outputs_of
from lawgov_score.rounds.states import move
from lawgov_score.workbook.forms.office import MARKS
from submissions.make_sample_round import TREE as SAMPLE

_NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
_PROBLEMS = 1  # exit code: made-up workbooks have some
_BOOK = "marks.xlsx"


def trial_run(extent: Extent, folder: Path) -> Measured:
    """`round run` against `score`, each a process with those it starts: reading, scorecard, cards, tables, pages.

    Before each pair, without the clock, another mark is entered; the round has a run already, with which the new one is
    compared. Both come to the same bytes.
    """
    tree, _ = load_tree(SAMPLE)
    assert tree is not None
    books, roster, data = folder / "books", folder / "roster.csv", folder / "data"
    codes = sent_by_many(tree, extent.size, books, roster)
    created, problems = create_round(data, SAMPLE, roster, None, now=_NOW)
    assert created is not None, problems
    with opened(data) as open_, reading(ReadingOptions(jobs=PROCESSES)) as run:
        move(the_round(), RoundState.OPEN, 1, seat_of(Role.OFFICE), "", _NOW)
        outcomes = list(receive(open_, the_round(), [books], seat_of(Role.OFFICE), _NOW, run))
    assert {one.fate for one in outcomes} == {Fate.RECEIVED}
    times = iter(range(extent.pairs + 1))

    def enter_next() -> Path:
        """Another workbook of the same name; the folder that `score` reads then."""
        at = next(times)
        _marks(tree, codes, at, folder / _BOOK)
        given, _ = read_given([folder / _BOOK])
        with opened(data) as open_:
            entered, _ = enter(open_, the_round(), given, seat_of(Role.OFFICE), _NOW)
            assert len(entered) == 1
            export_round(open_, the_round(), folder / f"export-{at}")
        return folder / f"export-{at}"

    round_run = [sys.executable, "-m", "lawgov_score", "round", "run", str(data)]
    enter_next()
    _call(round_run)
    exported: list[Path] = []

    def ours() -> float:
        exported[:] = [enter_next()]
        return by_processes(lambda: _call(round_run))()

    def floor() -> float:
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        seconds = by_processes(lambda: _call(_score(exported[0], out)))()
        with opened(data) as open_:
            last = the_round().runs.order_by("-n").first()
            assert last is not None
            assert outputs_of(open_, last) == _contents(out)
        return seconds

    return compare(ours, floor, pairs=extent.pairs, warm=False)


def _marks(tree: Tree, codes: Sequence[str], at: int, path: Path) -> None:
    """A reviewer's workbook: for every unit half of the points of every judged indicator; ``at`` moves one mark."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet(MARKS.name.zh)
    del book["Sheet"]
    sheet.append(["单位", "指标", "评审人", "评分", "评分理由"])
    for code in codes:
        for indicator in tree.indicators:
            if indicator.is_judged:
                sheet.append([code, indicator.code, "评审员甲", indicator.points / 2, "材料不全"])
    sheet.cell(2, 4).value = 0.05 * at
    book.save(path)


def _score(folder: Path, out: Path) -> list[str]:
    given = [str(folder / TREE), str(folder / RECEIVED), "--roster", str(folder / ROSTER), "--assessor"]
    written = {"-o": out / SCORECARD, "--cards": out / CARDS, "--csv": out, "--html": out / PAGES}
    wanted = [word for option, path in written.items() for word in (option, str(path))]
    return [sys.executable, "-m", "lawgov_score", "score", *given, str(folder / OFFICE), *wanted]


def _call(command: Sequence[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    if done.returncode not in {0, _PROBLEMS}:
        raise RuntimeError(f"exit code {done.returncode}: {' '.join(command)}\n{done.stderr}")


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
