"""``python -m benchmarks.reproduce``: scores five published systems and compares every printed figure.

The data lie in ``../shared/published``, or where ``--data`` or ``LAWGOV_PUBLISHED`` says; without them there is
nothing to do, and it says so. Exit code 0: all that the publishers' methods say reproduces, and nothing else differs.
"""

import argparse
import csv
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.published import SYSTEMS, Figure, Files, System, Table, read_files
from lawgov_score import scoring, tree
from lawgov_score.model import Scores
from lawgov_score.problems import Problem
from lawgov_score.workbook.submission.intake import read_inputs

ROOT = Path(__file__).parent.parent
TREES = ROOT / "indicators" / "published"
DATA = ROOT.parent / "shared" / "published"


@dataclass(frozen=True, slots=True)
class Reproduction:
    """One system scored and compared. ``known``: contradictions of the source, by family."""

    system: System
    scores: Scores
    problems: tuple[Problem, ...]  # cells that are no answer of the system's own scale
    figures: tuple[Figure, ...]
    known: Mapping[str, frozenset[str]]

    @property
    def differing(self) -> tuple[Figure, ...]:
        """Printed figures that are not ours, the known ones included."""
        return tuple(figure for figure in self.figures if not figure.agrees)

    @property
    def unexpected(self) -> tuple[Figure, ...]:
        """Figures that differ though no contradiction is known."""
        return tuple(each for each in self.differing if each.unit not in self.known.get(each.what, frozenset()))

    @property
    def not_found(self) -> tuple[tuple[str, str], ...]:
        """Known contradictions that were compared and agree, or were not compared: (family, unit)."""
        differing = {(figure.what, figure.unit) for figure in self.differing}
        expected = [(what, unit) for what, units in self.known.items() for unit in sorted(units)]
        return tuple(each for each in expected if each not in differing)

    @property
    def is_complete(self) -> bool:
        """Were as many figures compared as METHOD.md counts?"""
        return Counter(figure.what for figure in self.figures) == Counter(self.system.count)

    @property
    def is_as_published(self) -> bool:
        """All that reproduces does, and exactly the known contradictions differ."""
        return self.is_complete and not self.unexpected and not self.not_found


def reproduce(system: System, files: Files) -> Reproduction:
    """Tree, table, scores, comparison. Raises ``ValueError`` where the tree or the table cannot be read at all."""
    of, found = tree.load(TREES / system.tree)
    if of is None:
        raise ValueError(f"{system.tree}: the tree has errors; run: lawgov-score lint {TREES / system.tree}")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"{system.tree}.csv"
        _write(path, system.table(files))
        taken = read_inputs([path], of)
    if len(taken.submissions) != len(files.inputs):
        raise ValueError(f"{system.tree}: {len(taken.submissions)} of {len(files.inputs)} units could be read")
    scores = scoring.score(of, tuple(submission.unit for submission in taken.submissions), taken.submissions)
    figures = tuple(system.figures(files, scores))
    return Reproduction(system, scores, (*found, *taken.problems), figures, system.contradictions(files))


def _write(path: Path, table: Table) -> None:
    """The table as the tool reads it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(table[0]))
        out.writeheader()
        out.writerows(table)


def report(done: Reproduction) -> str:
    """What is printed of one system: every family, then every figure that differs."""
    lines = [f"{done.system.name}: {len(done.scores.units):,} units ({done.system.tree})"]
    agreeing = Counter(figure.what for figure in done.figures if figure.agrees)
    found = Counter(figure.what for figure in done.figures)
    for what, count in done.system.count.items():
        known = len(done.known.get(what, ()))
        remark = f"; {known} known to contradict the publisher's own rule, or blank" if known else ""
        if found[what] != count:
            remark += f"; {found[what]:,} COMPARED, not {count:,}"
        lines.append(f"  {what:<22} {agreeing[what]:>6,} of {count:>6,} reproduced{remark}")
    if done.problems:
        lines.append(f"  {len(done.problems)} cells hold no answer of the scale and count as invalid")
    unexpected = frozenset(done.unexpected)
    for figure in done.differing:
        remark = "NOT KNOWN TO DIFFER" if figure in unexpected else "known"
        lines.append(
            f"    {figure.what}: {figure.unit}: printed {figure.printed or '(blank)'}, ours {figure.ours} ({remark})"
        )
    lines += [f"    {what}: {unit}: KNOWN TO DIFFER, but does not" for what, unit in done.not_found]
    return "\n".join(lines)


def data_folder(said: str | None = None) -> Path:
    """Where the data are: what was said, the environment's ``LAWGOV_PUBLISHED``, or beside the project."""
    return Path(said or os.environ.get("LAWGOV_PUBLISHED") or DATA)


def main(arguments: list[str] | None = None) -> int:
    """Prints one system after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reproduce", description=__doc__)
    parser.add_argument("--data", help="folder with the published data")
    folder = data_folder(parser.parse_args(arguments).data)
    if not folder.is_dir():
        print(f"No published data in {folder}: nothing to reproduce. Say where they are with --data DIR.")
        return 0
    is_good = True
    for system in SYSTEMS:
        done = reproduce(system, read_files(folder / system.folder))
        print(report(done), flush=True)
        is_good &= done.is_as_published
    print("All as published." if is_good else "NOT ALL AS PUBLISHED: see above.")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
