"""`make bench`: ratios against named floors, both sides timed in the same run."""
