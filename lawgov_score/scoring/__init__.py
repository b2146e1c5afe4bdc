"""Tree + Submissions → Scores. Numpy over whole columns; no files, no words."""

from lawgov_score.scoring.run import score

__all__ = ["score"]
