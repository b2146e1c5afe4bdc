"""Codes of states, roles and kinds, with their names: the one table of both. No Django here."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from lawgov_score.wording import Words


class RoundState(StrEnum):
    """States of a round, in their order."""

    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"
    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    NOTIFIED = "notified"
    OBJECTIONS = "objections"
    FINAL = "final"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class SubmissionState(StrEnum):
    """States of what a unit sent; ``none`` is of a unit of which nothing has come and never of a row."""

    NONE = "none"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ObjectionState(StrEnum):
    """States of an objection."""

    FILED = "filed"
    ADMITTED = "admitted"
    REFUSED = "refused"
    ASSIGNED = "assigned"
    DRAFTED = "drafted"
    DECIDED = "decided"
    NOTIFIED = "notified"
    WITHDRAWN = "withdrawn"  # by its unit, before it was decided


# What the office has to do with one still: to decide it, and to tell its unit.
UNDECIDED = frozenset({ObjectionState.FILED, ObjectionState.ADMITTED, ObjectionState.ASSIGNED, ObjectionState.DRAFTED})
NOT_TOLD = frozenset({ObjectionState.DECIDED, ObjectionState.REFUSED})
OVER = frozenset({ObjectionState.NOTIFIED, ObjectionState.WITHDRAWN})  # nothing is to be done with it any more


class Role(StrEnum):
    """Who a seat is."""

    FILLER = "filler"
    HEAD = "head"
    REVIEWER = "reviewer"
    CHECKER = "checker"
    OFFICE = "office"
    LEADER = "leader"
    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


class Deed(StrEnum):
    """What is done to a round without a move of its own (``allowed.DEEDS`` says by whom, and when)."""

    RECEIVE = "receive"
    LEAVE = "leave"
    SET_DAY = "set_day"
    ENTER = "enter"
    AMEND = "amend"
    RUN = "run"
    OBJECT = "object"
    DECIDE = "decide"
    RELEASE = "release"
    PUBLISH = "publish"
    DOCUMENT = "document"


class RunKind(StrEnum):
    """What a run is for."""

    TRIAL = "trial"
    FIRST = "first"
    FINAL = "final"


class Outcome(StrEnum):
    """How an objection was decided."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    REJECTED = "rejected"


class Enough(StrEnum):
    """Does the evidence show what is claimed?"""

    ENOUGH = "enough"
    NOT_ENOUGH = "not_enough"
    MISSING = "missing"


class Stage(StrEnum):
    """What an assignment is for."""

    FIRST = "first"
    SECOND = "second"
    OBJECTION = "objection"


class DayKind(StrEnum):
    """What a day of the table of holidays is."""

    OFF = "off"
    WORK = "work"


class JobState(StrEnum):
    """States of long work of the desk."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class FileKind(StrEnum):
    """What a kept file is."""

    SUBMISSION = "submission"
    OFFICE = "office"
    TREE = "tree"  # one file of a tree
    ROSTER = "roster"
    WEIGHTS = "weights"
    NOTICE = "notice"
    EVIDENCE = "evidence"
    PAGE = "page"  # a sealed confirmation
    OUTPUT = "output"  # one file that a run wrote
    FOLDER = "folder"  # a list of names with their sha256 (rounds.folders)
    DOCUMENT = "document"  # a letter or a notice that was handed out
    TEMPLATE = "template"  # of documents, as the office edited it
    SEAL = "seal"  # of the export that this data folder was imported from


NAMES: Mapping[type[StrEnum], Mapping[StrEnum, Words]] = MappingProxyType(
    {  # by kind: codes of two kinds may be the same text
        RoundState: {
            RoundState.PREPARING: Words("筹备", "preparing"),
            RoundState.OPEN: Words("报送", "open"),
            RoundState.CLOSED: Words("截止", "closed"),
            RoundState.FIRST_REVIEW: Words("初审", "first review"),
            RoundState.SECOND_REVIEW: Words("复审", "second review"),
            RoundState.NOTIFIED: Words("告知", "notified"),
            RoundState.OBJECTIONS: Words("异议", "objections"),
            RoundState.FINAL: Words("终评", "final"),
            RoundState.PUBLISHED: Words("公布", "published"),
            RoundState.ARCHIVED: Words("归档", "archived"),
        },
        SubmissionState: {
            SubmissionState.NONE: Words("未报", "nothing received"),
            SubmissionState.RECEIVED: Words("已报", "received"),
            SubmissionState.ACCEPTED: Words("受理", "accepted"),
            SubmissionState.RETURNED: Words("退回", "returned"),
            SubmissionState.WITHDRAWN: Words("撤回", "withdrawn"),
        },
        ObjectionState: {
            ObjectionState.FILED: Words("提出", "filed"),
            ObjectionState.ADMITTED: Words("受理", "admitted"),
            ObjectionState.REFUSED: Words("不受理", "refused"),
            ObjectionState.ASSIGNED: Words("交办", "assigned"),
            ObjectionState.DRAFTED: Words("拟办", "drafted"),
            ObjectionState.DECIDED: Words("决定", "decided"),
            ObjectionState.NOTIFIED: Words("告知", "notified"),
            ObjectionState.WITHDRAWN: Words("撤回", "withdrawn"),
        },
        Role: {
            Role.FILLER: Words("填报人", "who fills in"),
            Role.HEAD: Words("单位负责人", "head of a unit"),
            Role.REVIEWER: Words("初审", "first reviewer"),
            Role.CHECKER: Words("复审", "second reviewer"),
            Role.OFFICE: Words("考核办", "the office"),
            Role.LEADER: Words("领导", "the leader"),
            Role.SYSTEM: Words("系统管理员", "system administrator"),
            Role.SECURITY: Words("安全管理员", "security administrator"),
            Role.AUDIT: Words("审计管理员", "audit administrator"),
        },
        Deed: {
            Deed.RECEIVE: Words("收件", "receive"),
            Deed.LEAVE: Words("准予延期", "grant more time"),
            Deed.SET_DAY: Words("录入放假安排", "enter a holiday"),
            Deed.ENTER: Words("录入考核办的工作簿", "enter the office's workbooks"),
            Deed.AMEND: Words("修改体系或名单", "amend tree or roster"),
            Deed.RUN: Words("计算", "run"),
            Deed.OBJECT: Words("提出异议", "object"),
            Deed.DECIDE: Words("决定异议", "decide an objection"),
            Deed.RELEASE: Words("同意公布", "release a publication"),
            Deed.PUBLISH: Words("公布", "publish"),
            Deed.DOCUMENT: Words("印发文书", "make documents"),
        },
        RunKind: {
            RunKind.TRIAL: Words("试算", "trial"),
            RunKind.FIRST: Words("初评", "first"),
            RunKind.FINAL: Words("终评", "final"),
        },
        Outcome: {
            Outcome.UPHELD: Words("成立", "upheld"),
            Outcome.PARTLY_UPHELD: Words("部分成立", "partly upheld"),
            Outcome.REJECTED: Words("不成立", "rejected"),
        },
        Enough: {
            Enough.ENOUGH: Words("足以", "enough"),
            Enough.NOT_ENOUGH: Words("不足", "not enough"),
            Enough.MISSING: Words("缺", "missing"),
        },
        Stage: {
            Stage.FIRST: Words("初审", "first review"),
            Stage.SECOND: Words("复审", "second review"),
            Stage.OBJECTION: Words("异议", "objection"),
        },
        DayKind: {
            DayKind.OFF: Words("放假", "day off"),
            DayKind.WORK: Words("上班", "working day"),
        },
        JobState: {
            JobState.QUEUED: Words("等候", "waiting"),
            JobState.RUNNING: Words("办理中", "under way"),
            JobState.DONE: Words("办完", "done"),
            JobState.FAILED: Words("没有办成", "not done"),
        },
    }
)

_One = TypeVar("_One", bound=StrEnum)


def name_of(code: StrEnum) -> Words:
    """The name of a state, role or kind."""
    return NAMES[type(code)][code]


def named(text: str, kind: type[_One]) -> _One | None:
    """The one whose code or name, in either language, is ``text``; None if there is none.

    >>> named("截止", RoundState), named("closed", RoundState), named("开", RoundState)
    (<RoundState.CLOSED: 'closed'>, <RoundState.CLOSED: 'closed'>, None)
    """
    wanted = text.strip().casefold()
    return next(
        (one for one in kind if wanted in {one.value, NAMES[kind][one].zh, NAMES[kind][one].en.casefold()}), None
    )
