"""What takes long, by the act of its job: a name for people, and what does it. ``worker`` asks this table.

What does it may be begun once more where it was broken off, and then does nothing twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lawgov_score.portal.places import Place
from lawgov_score.portal.working import entering, receiving
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
        # review
        "enter": Work(Words("录入工作簿", "Entering workbooks"), Place.REVIEW, entering.enter_books),
        "by_hand": Work(Words("保存录入", "Saving entries"), Place.REVIEW, entering.save_by_hand),
        "draft": Work(Words("保存草稿", "Keeping a draft"), Place.REVIEW, entering.keep_draft),
        "look": Work(Words("读取各单位填报内容", "Reading what units answered"), Place.REVIEW, entering.look),
        "office_books": Work(Words("生成评定用表", "Making blank workbooks"), Place.REVIEW, entering.office_books),
    }
)
