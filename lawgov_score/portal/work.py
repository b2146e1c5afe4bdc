"""What takes long, by the act of its job: a name for people, and what does it. ``worker`` asks this table.

What does it may be begun once more where it was broken off, and then does nothing twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lawgov_score.portal.places import Place
from lawgov_score.portal.working import keeping, receiving
from lawgov_score.portal.working.accepting import accept
from lawgov_score.portal.working.looking_ahead import look_ahead
from lawgov_score.portal.working.returning import send_back
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
        # overview
        "look_ahead": Work(Words("查一查还没有评审的项", "Counting what is not reviewed"), Place.OVERVIEW, look_ahead),
        # returns
        "return": Work(Words("做退回的标注副本", "Making marked copies"), Place.RETURNS, send_back),
        "accept_many": Work(Words("受理", "Accepting"), Place.RETURNS, accept),
        # records
        "verify": Work(Words("核验", "Verifying"), Place.RECORDS, keeping.verify),
        "export": Work(Words("导出", "Exporting"), Place.RECORDS, keeping.export),
        "backup": Work(Words("备份", "Backing up"), Place.RECORDS, keeping.backup),
        "receive": Work(Words("收件", "Receiving"), Place.SUBMISSIONS, receiving.receive),
    }
)
