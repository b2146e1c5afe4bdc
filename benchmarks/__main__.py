"""``python -m benchmarks``: each row in a process of its own, one after the other, printed as it comes.

The exit code says whether the rows ran, never whether they are within their aims: 1 where one did not, 2 for wrong
usage.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import performance_doc
from benchmarks.ratio import processor_seconds
from benchmarks.row import Extent, Measured, Row
from benchmarks.rows import BY_NAME, ROWS


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures the rows asked for; all of them where none is."""
    parser = argparse.ArgumentParser("python -m benchmarks", description="Ratios of our work to floors, in one run.")
    parser.add_argument("--full", action="store_true", help="the large sizes")
    parser.add_argument("--row", nargs="+", metavar="NAME", choices=BY_NAME, help=f"only these: {', '.join(BY_NAME)}")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="renew the table of this page")
    given = parser.parse_args(arguments)
    rows = [row for row in ROWS if given.row is None or row.name in given.row]
    measured: dict[str, tuple[Extent, Measured]] = {}
    for row in rows:
        extent = row.extent(full=given.full)
        one = _measured(row, extent)
        if one is None:
            print(f"{row.name}: did not run", file=sys.stderr, flush=True)
        else:
            measured[row.name] = extent, one
            print(row.lines(extent, one), flush=True)
    print(f"processor time of it all: {processor_seconds():.0f} s")
    if given.write is not None:
        performance_doc.renew(given.write, measured)
    return int(len(measured) < len(rows))


def _measured(row: Row, extent: Extent) -> Measured | None:
    command = [sys.executable, "-m", "benchmarks.alone", row.name, str(extent.size), str(extent.pairs)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, encoding="utf-8")
    return Measured.from_text(done.stdout) if done.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
