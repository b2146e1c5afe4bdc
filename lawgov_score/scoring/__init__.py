"""The scoring engine: Tree + Submissions → Scores. Numpy over whole columns; no files, no texts."""

from lawgov_score.scoring.whole import score

__all__ = ["score"]
