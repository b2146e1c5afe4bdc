"""Runs a function over many items in processes of their own; results in order.

Over what came from elsewhere bounded in memory and time (``Pool``), over what is our own with a common context
(``Shared``).
"""

from lawgov_score.processes.collector import resting_collector
from lawgov_score.processes.pool import Limits, Lost, LostReason, NoWorkerError, Pool, processors, sent, workers_for
from lawgov_score.processes.shared import Desk, LostWorkError, Shared

__all__ = [
    "Desk",
    "Limits",
    "Lost",
    "LostReason",
    "LostWorkError",
    "NoWorkerError",
    "Pool",
    "Shared",
    "processors",
    "resting_collector",
    "sent",
    "workers_for",
]
