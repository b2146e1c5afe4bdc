"""What was done, in words: a sentence for each event of the record. The one table of what events are called."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.report import render
from lawgov_score.rounds import clock
from lawgov_score.rounds.models import Event
from lawgov_score.rounds.names import DayKind, ObjectionState, Outcome, RoundState, RunKind, SubmissionState, name_of
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.things import in_words
from lawgov_score.rounds.wording_of_days import day_off
from lawgov_score.two_languages import text_of
from lawgov_score.wording import Language, Text, Words

_MOST = 12  # events that a page tells of one by one
_MORE = Words("等共 {n} 件办理记录", "{n} deeds on record in all")
_MOVED = Words("{thing}：{old} → {new}", "{thing}: {old} → {new}")
_DEADLINE_MOVED = Words("报送截止改为 {until}", "to be sent until {until} now")
_PLAIN = Words("{act}：{thing}", "{act}: {thing}")
_WHY = Words("{what}（{why}）", "{what} ({why})")
ACTS: Mapping[str, Words] = {
    "make": Words("建立轮次", "Round made"),
    "move": Words("办理", "Moved"),
    "receive": Words("收件", "Received"),
    "refuse": Words("未收", "Not received"),
    "settle_refused": Words("未收的文件不再列出", "Refused file listed no longer"),
    "enter": Words("录入", "Entered"),
    "amend": Words("修改体系、名册或通知", "Amended"),
    "run": Words("计算", "Computed"),
    "object": Words("登记异议", "Objection filed"),
    "add_evidence": Words("补交证据", "Evidence added"),
    "decide": Words("决定异议", "Objection decided"),
    "tell": Words("告知单位", "Unit told"),
    "release": Words("领导同意", "Released"),
    "publish": Words("公布", "Published"),
    "leave": Words("延期", "More time"),
    "set_day": Words("放假安排", "Holiday"),
    "import": Words("导入", "Imported"),
    "document": Words("出具文书", "Documents made"),
    "template": Words("换用文书模板", "Template of a document replaced"),
}
_STATES = {"round": RoundState, "submission": SubmissionState, "objection": ObjectionState}
_DEADLINES = ("until", "submit_by", "objections_until")
_UNTIL = Words("到 {until}", "until {until}")
_TOLD = Words("{day}，{how}", "{day}, {how}")
_TAKEN_BACK = Words("撤下", "taken back")
_AS_EVERY_WEEK = Words("按星期几算", "as its weekday has it")
_REFUSED = Words("{name}：{reasons:list}", "{name}: {reasons:list}")
_NOT_AS_WRITTEN = Words("第 {n} 件办理记录读不出", "event {n} cannot be read")


def told(event: Event) -> Text:
    """What an event says, in words. One that somebody has changed by hand is said to be none."""
    try:
        return _told(event)
    except (KeyError, TypeError, ValueError):
        return _NOT_AS_WRITTEN(n=event.seq)


def _told(event: Event) -> Text:
    body = json.loads(event.body)
    thing = in_words(event.object)
    what: Text
    if event.act == "move" and (kind := _STATES.get(event.object.partition(" ")[0])) is not None:
        old, new = (name_of(kind(body[side]["state"])) for side in ("before", "after"))
        what = _MOVED(thing=thing, old=old, new=new)
        if old == new:  # the one step that stays
            what = _DEADLINE_MOVED(until=clock.told(datetime.fromisoformat(body["after"]["submit_by"])))
    elif event.object.startswith("round "):
        what = ACTS.get(event.act, event.act)  # there is but one round
    else:
        what = _PLAIN(act=ACTS.get(event.act, event.act), thing=thing)
    more = tuple(one for one in (_more(event.act, body["after"]), body["reason"]) if one)
    return _WHY(what=what, why=more) if more else what


def _more(act: str, after: Mapping[str, Any]) -> Text:
    """What else an act tells in a word or two."""
    match act:
        case "run":
            return name_of(RunKind(after["kind"]))
        case "decide":
            return name_of(Outcome(after["outcome"]))
        case "tell":
            return _TOLD(day=clock.day_told(date.fromisoformat(after["day"])), how=str(after["how"]))
        case "leave":
            return _UNTIL(until=clock.told(datetime.fromisoformat(after["until"])))
        case "set_day":
            return name_of(DayKind(after["kind"])) if after.get("kind") else _AS_EVERY_WEEK
        case "enter" if after.get("withdrawn"):
            return _TAKEN_BACK
        case "refuse":
            return _REFUSED(name=after["name"], reasons=tuple(_reasons(after)))
        case "receive" | "settle_refused":
            return str(after.get("name", ""))
        case _:
            return ""


def _reasons(after: Mapping[str, Any]) -> Iterator[Text]:
    """Why a file was refused: as it was told then; of earlier events the title that needs no figures, else the code."""
    for code in after["codes"]:
        title = entry_of(Code(code)).title
        if code in after.get("titles", {}):
            yield text_of(after["titles"][code])
        else:
            yield code if "{" in title.zh else title


def said_in(request: HttpRequest, lang: Language) -> tuple[str, ...]:
    """What an address with ``said=57-60`` tells of: each event in words, of very many the first."""
    first, _, last = map(whole_number, request.GET.get("said", "").partition("-"))
    if first is None or last is None:
        return ()
    events = Event.objects.filter(seq__gte=first, seq__lte=last).order_by("seq")
    shown = [render(told(event), lang) for event in events[:_MOST]]
    if (n := events.count()) > _MOST:
        shown.append(render(_MORE(n=n), lang))
    shown += [render(one, lang) for event in events[:_MOST] for one in _days_off(event)]
    return tuple(dict.fromkeys(shown))


def _days_off(event: Event) -> Iterator[Text]:
    """Of a deadline that an event set: that nobody works on its day."""
    try:
        after = json.loads(event.body)["after"]
        for name in _DEADLINES:
            if isinstance(after.get(name), str) and (until := datetime.fromisoformat(after[name])) > event.at:
                yield from day_off(until)
    except (KeyError, TypeError, ValueError):
        return
