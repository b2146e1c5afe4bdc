"""Tree + Submissions → Scores. Numpy over whole columns; no files, no words."""

from lawgov_score.scoring.whole import score

__all__ = ["score"]
