"""What takes long, by the act of its job: a name for people, and what does it. ``worker`` asks this table.

What does it may be begun once more where it was broken off, and then does nothing twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.portal.places import Place
from lawgov_score.portal.working import (
    amending,
    documenting,
    entering,
    keeping,
    objections,
    publishing,
    receiving,
    registering,
    trial,
)
from lawgov_score.portal.working.accepting import accept
from lawgov_score.portal.working.looking_ahead import look_ahead
from lawgov_score.portal.working.returning import send_back
from lawgov_score.portal.working.task import Task
from lawgov_score.problems import Problem, RefusedError, ThingPlace
from lawgov_score.wording import Words


@dataclass(frozen=True, slots=True)
class Work:
    """``do`` gives what the page that it came from shows then: JSON, with ``to``, the address that it is shown at.

    ``place``: the page that it was begun on.
    """

    name: Words
    place: Place
    do: Callable[[Task], dict[str, Any]]


def named(act: str) -> Work:
    """The work of an act; of one that this version does not know, a name that says so, and nothing is done."""
    return WORK.get(act, _UNKNOWN)


def _unknown(task: Task) -> dict[str, Any]:
    place = ThingPlace(f"job {task.job.n}", _UNKNOWN.name)
    raise RefusedError(Problem(Code.R305, place, {"found": _OF_ANOTHER}))


_UNKNOWN = Work(Words("别的版本的任务", "Work of another version"), Place.OVERVIEW, _unknown)
_OF_ANOTHER = Words("本版本不会办这种任务", "this version does not know such work")
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
        # publication
        "prepare": Work(Words("终评计算和公布预览", "Final run and preview"), Place.PUBLICATION, publishing.look),
        "publish": Work(Words("公布", "Publishing"), Place.PUBLICATION, publishing.make),
        # documents
        "document": Work(Words("印制文书", "Making documents"), Place.DOCUMENTS, documenting.make),
        "use_template": Work(Words("检查模板并换用", "Checking a template"), Place.DOCUMENTS, documenting.use),
        # submissions, units
        "receive": Work(Words("收件", "Receiving"), Place.SUBMISSIONS, receiving.receive),
        "register": Work(Words("报送情况登记表", "Register of submissions"), Place.SUBMISSIONS, registering.register),
        "print_units": Work(Words("印制填报表", "Printing workbooks"), Place.UNITS, registering.print_units),
        amending.LOOK: Work(Words("核对修改", "Looking at an amendment"), Place.UNITS, amending.look),
        amending.AMEND: Work(Words("修改名册、体系或告知事项", "Amending"), Place.UNITS, amending.amend),
        # trial, objections
        "run": Work(Words("计算", "Computing"), Place.TRIAL, trial.run),
        "effect": Work(Words("试算影响", "Trying the effect"), Place.TRIAL, trial.effect_of_books),
        "weigh": Work(Words("试算改分的影响", "Trying a score"), Place.OBJECTIONS, objections.weigh_score),
        "decide": Work(Words("决定异议", "Deciding an objection"), Place.OBJECTIONS, objections.decide_objection),
        # review
        "enter": Work(Words("录入工作簿", "Entering workbooks"), Place.REVIEW, entering.enter_books),
        "by_hand": Work(Words("保存录入", "Saving entries"), Place.REVIEW, entering.save_by_hand),
        "look": Work(Words("读取各单位填报内容", "Reading what units answered"), Place.REVIEW, entering.look),
        "office_books": Work(Words("生成评定用表", "Making blank workbooks"), Place.REVIEW, entering.office_books),
    }
)
