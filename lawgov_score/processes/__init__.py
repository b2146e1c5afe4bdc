"""A function run over many items in processes of their own, bounded in memory and time; results in order."""

from lawgov_score.processes.limits import Fate, Limits, Lost
from lawgov_score.processes.pool import Pool, sent
from lawgov_score.processes.sizes import processors, workers_for

__all__ = ["Fate", "Limits", "Lost", "Pool", "processors", "sent", "workers_for"]
