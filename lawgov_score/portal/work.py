"""What takes long, by the act of its job: a name for people, and what does it. ``worker`` asks this table.

What does it may be begun once more where it was broken off, and then does nothing twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lawgov_score.portal.places import Place
from lawgov_score.portal.working import objections, receiving, trial
from lawgov_score.portal.working.task import Task
from lawgov_score.wording import Words


@dataclass(frozen=True, slots=True)
class Work:
    """``do`` gives what the page that it came from shows then: JSON, with ``to``, the address that it is shown at.

    ``place``: the page that it was begun on.
    """

    name: Words
    place: Place
    do: Callable[[Task], dict[str, Any]]


WORK: Mapping[str, Work] = MappingProxyType(
    {
        "receive": Work(Words("收件", "Receiving"), Place.SUBMISSIONS, receiving.receive),
        # trial, objections
        "run": Work(Words("计算", "Computing"), Place.TRIAL, trial.run),
        "effect": Work(Words("试算影响", "Trying the effect"), Place.TRIAL, trial.effect_of_books),
        "weigh": Work(Words("试算改分的影响", "Trying a score"), Place.OBJECTIONS, objections.weigh_score),
        "decide": Work(Words("决定异议", "Deciding an objection"), Place.OBJECTIONS, objections.decide_objection),
    }
)
