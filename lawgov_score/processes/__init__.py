"""Runs a function over many items in processes of their own, bounded in memory and time; results in order."""

from lawgov_score.processes.collector import resting_collector
from lawgov_score.processes.pool import Limits, Lost, LostReason, Pool, processors, sent, workers_for

__all__ = ["Limits", "Lost", "LostReason", "Pool", "processors", "resting_collector", "sent", "workers_for"]
