"""What was done, in words: a sentence for each event of the record. The one table of what events are called."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from lawgov_score.report import render
from lawgov_score.rounds.models import Event
from lawgov_score.rounds.names import ObjectionState, RoundState, SubmissionState, name_of
from lawgov_score.rounds.things import in_words
from lawgov_score.wording import Language, Text, Words

_MOST = 12  # events that a page tells of one by one
_MORE = Words("等共 {n} 件办理记录", "{n} deeds on record in all")
_MOVED = Words("{thing}：{old} → {new}", "{thing}: {old} → {new}")
_PLAIN = Words("{act}：{thing}", "{act}: {thing}")
_WHY = Words("{what}（{why}）", "{what} ({why})")
ACTS: Mapping[str, Words] = {
    "make": Words("建立轮次", "Round made"),
    "move": Words("办理", "Moved"),
    "receive": Words("收件", "Received"),
    "refuse": Words("未收", "Not received"),
    "enter": Words("录入", "Entered"),
    "amend": Words("修改体系、名册或通知", "Amended"),
    "run": Words("计算", "Computed"),
    "object": Words("登记异议", "Objection filed"),
    "add_evidence": Words("补交证据", "Evidence added"),
    "decide": Words("决定异议", "Objection decided"),
    "release": Words("领导同意", "Released"),
    "publish": Words("公布", "Published"),
    "leave": Words("延期", "More time"),
    "set_day": Words("放假安排", "Holiday"),
    "import": Words("导入", "Imported"),
}
_STATES = {"round": RoundState, "submission": SubmissionState, "objection": ObjectionState}


def told(event: Event) -> Text:
    """What an event says, in words."""
    body = json.loads(event.body)
    thing = in_words(event.object)
    what: Text
    if event.act == "move" and (kind := _STATES.get(event.object.partition(" ")[0])) is not None:
        old, new = (name_of(kind(body[side]["state"])) for side in ("before", "after"))
        what = _MOVED(thing=thing, old=old, new=new)
    else:
        what = _PLAIN(act=ACTS.get(event.act, event.act), thing=thing)
    reason = body.get("reason", "")
    return _WHY(what=what, why=reason) if reason else what


def said_in(request: HttpRequest, lang: Language) -> tuple[str, ...]:
    """What an address with ``said=57-60`` tells of: each event in words, of very many the first."""
    first, dash, last = request.GET.get("said", "").partition("-")
    if not (dash and _is_number(first) and _is_number(last)):
        return ()
    events = Event.objects.filter(seq__gte=int(first), seq__lte=int(last)).order_by("seq")
    shown = [render(told(event), lang) for event in events[:_MOST]]
    if (n := events.count()) > _MOST:
        shown.append(render(_MORE(n=n), lang))
    return tuple(shown)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12


def body_of(event: Event) -> Mapping[str, Any]:
    """All that an event says."""
    found: Mapping[str, Any] = json.loads(event.body)
    return found
