"""What a thing of a round is called: in events and notices, the same on every machine, so never by a row's number;
and to people, in their language."""

from django.db.models import Model

from lawgov_score.content.labels import OBJECTION
from lawgov_score.problems import ThingPlace
from lawgov_score.rounds.models import (
    Evidence,
    File,
    Holiday,
    Objection,
    OfficeBook,
    Publication,
    Round,
    Run,
    Seat,
    Submission,
    Unit,
)
from lawgov_score.wording import Text, Words


def called(thing: Model) -> str:
    """Its kind and what tells it from others: ``submission 330100/2``."""
    match thing:
        case Round():
            return f"round {thing.code}"
        case Unit():
            return f"unit {thing.code}"
        case Submission():
            return f"submission {thing.unit.code}/{thing.n}"
        case Objection() | Run() | Publication():
            return f"{type(thing).__name__.lower()} {thing.n}"
        case OfficeBook():
            return f"office book {thing.name}/{thing.n}"
        case File():
            return f"file {thing.sha256}"
        case Holiday():
            return f"holiday {thing.day.isoformat()}"
        case Seat():
            return f"seat {thing.pk}"
        case Evidence():
            return f"evidence {thing.unit.code}/{thing.pk}"
        case _:
            return f"{type(thing).__name__.lower()} {thing.pk}"


def receipt_number(submission: Submission) -> str:
    """The number of its receipt, by which unit and office speak of it: round, unit, which try."""
    return f"{submission.round.code}/{submission.unit.code}/{submission.n}"


_KINDS = {
    "round": Words("本轮", "this round"),
    "unit": Words("单位 {name}", "unit {name}"),
    "submission": Words("{name} 第 {n} 次报送", "submission {name}/{n}"),
    "objection": OBJECTION,
    "run": Words("第 {name} 次计算", "run {name}"),
    "publication": Words("第 {name} 次公布", "publication {name}"),
    "office book": Words("考核办工作簿 {name} 第 {n} 版", "the office's workbook {name}, version {n}"),
    "file": Words("文件 {name}", "file {name}"),
    "holiday": Words("日历 {name}", "holiday {name}"),
    "seat": Words("席位 {name}", "seat {name}"),
    "evidence": Words("佐证材料 {name} 之 {n}", "evidence {name}/{n}"),
    "event": Words("第 {name} 件办理记录", "event {name}"),
    "leave": Words("延期 {name}", "leave {name}"),
    "department": Words("部门 {name}", "department {name}"),
    "person": Words("人员 {name}", "person {name}"),
    "use": Words("材料引用 {name}", "use {name}"),
    "assignment": Words("分工 {name}", "assignment {name}"),
    "mark": Words("评审打分 {name}", "mark {name}"),
    "ruling": Words("认定 {name}", "ruling {name}"),
    "change": Words("复核改分 {name}", "change {name}"),
    "entry": Words("考核办登记 {name}", "entry {name}"),
    "decision": Words("决定 {name}", "decision {name}"),
    "notice": Words("通知 {name}", "notice {name}"),
}


def numbered(kind: str, n: int) -> Text:
    """A thing that goes by its number alone, as people say it: an objection, a run, a publication.

    >>> numbered("objection", 1).words.zh
    '第 {name} 号异议'
    """
    return in_words(f"{kind} {n}")


def in_words(name: str) -> Text:
    """What ``called`` gave, as people say it: ``第 1 号异议``.

    A name of no kind, which only a record that was changed can have, stays as it is.
    """
    kind = next((kind for kind in _KINDS if name.startswith(f"{kind} ")), "")
    if not kind:
        return name
    rest = name.removeprefix(f"{kind} ")
    if "{n}" not in _KINDS[kind].zh:
        return _KINDS[kind](name=rest)
    of, slash, n = rest.rpartition("/")
    return _KINDS[kind](name=of, n=n) if slash else name


def place_named(name: str) -> ThingPlace:
    """Of a problem that is about the thing of this name."""
    return ThingPlace(name, in_words(name))


def place_of(thing: Model) -> ThingPlace:
    """Of a problem that is about this thing."""
    return place_named(called(thing))


_OPTIONS = {"--until": Words("期限", "the deadline")}


def place_of_option(option: str) -> ThingPlace:
    """Of a problem that is about what was said by this option of a command, or in its field on a page."""
    return ThingPlace(option, _OPTIONS[option])
