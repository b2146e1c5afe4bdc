"""``python -m benchmarks.scale_intake``: reading 4,000 and 40,000 workbooks; some five minutes, and 2 GB of disk.

Each size is read in a process of its own, so that its memory is its own, and then once more by way of a cache.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.workbooks import many
from lawgov_score.pipeline import ReadingOptions, check, load_tree, reading
from lawgov_score.scoring import score
from submissions.make_sample_round import TREE

FEWER, MORE, PROCESSES = 4_000, 40_000, 2


def main(arguments: list[str]) -> int:
    """Prints seconds, and the memory of the parent, at both sizes; their ratio is what linear and flat mean."""
    if arguments:
        print(json.dumps(measure(Path(arguments[0]))))
        return 0
    tree, _ = load_tree(TREE)
    if tree is None:
        return 1
    found = []
    for size in (FEWER, MORE):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "round"
            folder.mkdir()
            many(tree, folder, size)
            command = [sys.executable, "-m", "benchmarks.scale_intake", str(folder)]
            one = json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)
        found.append(one)
        print(
            f"{size:,} workbooks: read {one['read']:.1f} s, scored {one['score']:.1f} s, read again from the cache "
            f"{one['again']:.1f} s; parent {one['base']:.0f} MB before, {one['read_mb']:.0f} MB after reading, "
            f"{one['score_mb']:.0f} MB after scoring; cache {one['cache_mb']:.0f} MB",
            flush=True,
        )
    few, many_ = found
    print(f"time per workbook, more against fewer: {many_['read'] / few['read'] * FEWER / MORE:.2f}×")
    per = (many_["read_mb"] - few["read_mb"]) / (MORE - FEWER) * 1000
    print(f"memory of the parent for each further workbook: {per:.1f} kB")
    return 0


def measure(folder: Path) -> dict[str, float]:
    """Seconds of reading, scoring, reading again; megabytes of this process at its peak after each."""
    tree, _ = load_tree(TREE)
    assert tree is not None
    cache = folder.parent / "cache"
    took = {"base": _megabytes()}
    begun = time.perf_counter()
    with reading(ReadingOptions(jobs=PROCESSES, cache=cache)) as run:
        taken = check(tree, [folder], None, run)
    took |= {"read": time.perf_counter() - begun, "read_mb": _megabytes()}
    begun = time.perf_counter()
    score(tree, tuple(one.unit for one in taken.submissions), taken.submissions)
    took |= {"score": time.perf_counter() - begun, "score_mb": _megabytes()}
    size = len(taken.submissions)
    del taken
    begun = time.perf_counter()
    with reading(ReadingOptions(jobs=PROCESSES, cache=cache)) as run:
        assert len(check(tree, [folder], None, run).submissions) == size
    took["again"] = time.perf_counter() - begun
    took["cache_mb"] = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file()) / 1e6
    return took


def _megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
