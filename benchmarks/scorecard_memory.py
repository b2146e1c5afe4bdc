"""``python -m benchmarks.scorecard_memory``: what writing the scorecard of 3,000 units adds to a process."""

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.scale import peak_megabytes, sent
from lawgov_score.pipeline import ScoredAssessment, load_tree, write_scorecard
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from submissions.make_sample_round import TREE

UNITS, MEGABYTES = 3_000, 200


def main() -> int:
    """Prints how much the peak rises while the workbook is written, and how long that takes."""
    tree, _ = load_tree(TREE)
    if tree is None:
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = sent(tree, folder)
        units = [replace(few[i % len(few)].unit, code=f"U{i:05}", name=f"第{i}单位") for i in range(UNITS)]
        many = [replace(few[i % len(few)], unit=unit, path=f"{unit.code}.xlsx") for i, unit in enumerate(units)]
        scores = score(tree, tuple(units), many)
        before, start = peak_megabytes(), time.process_time()
        write_scorecard(ScoredAssessment(tree, scores, scores.problems), folder / "scorecard.xlsx", Language.ZH)
        seconds, rise = time.process_time() - start, peak_megabytes() - before
    verdict = "within" if rise <= MEGABYTES else "above"
    print(f"{rise:5.0f} MB  aim {MEGABYTES} MB ({verdict})  added by writing the scorecard of {UNITS:,} units")
    print(f"           in {seconds:.1f} s of processor time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
