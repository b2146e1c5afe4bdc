"""What is said of objections, by commands and by pages alike: how one stands, what was decided, and what before it."""

from datetime import datetime

from lawgov_score.rounds.clock import day_told, told
from lawgov_score.rounds.effect import effect_told
from lawgov_score.rounds.models import Decision, Objection, Round
from lawgov_score.rounds.names import ObjectionState, Outcome, name_of
from lawgov_score.rounds.precedents import Precedent
from lawgov_score.rounds.telling import is_untold, telling_of
from lawgov_score.rounds.things import numbered
from lawgov_score.rounds.weighing import Weighed
from lawgov_score.wording import Phrase, Text, Words

NUMBER = Words("编号", "n")
UNIT = Words("单位", "unit")
INDICATOR = Words("指标", "indicator")
STATE = Words("状态", "state")
FILED = Words("提出", "filed")
TO_DECIDE = Words("决定期限", "to decide until")
OUTCOME = Words("结果", "outcome")
CLAIM = Words("理由", "claim")
NONE = Words("还没有异议。", "No objection so far.")
_TOLD = Words("{day}告知：{how}", "Told on {day}: {how}")
_TOLD_SOME_DAY = Words("已记为告知，没有记下日期", "Recorded as told; no day is on record")
_NOT_TOLD = Words("还没有告知单位", "The unit is not told yet")
_UNTIL = Words("提出异议的期限：{until}", "Objections until {until}")
_UNTIL_OVER = Words("提出异议的期限：{until}（已过）", "Objections until {until} (over)")
_NO_UNTIL = Words("提出异议的期限还没有确定", "No deadline of objections is set yet")

_LATE = Words("（逾期，按例外登记）", " (late, by an exception)")
_ON_TIME = Words("", "")
_FILED_AT = Words("{at}{late}", "{at}{late}")
_DUE = Words("应于 {due} 前作出决定（{days} 个工作日）", "To be decided until {due} ({days} working days)")
_MORE_EVIDENCE = Words(
    "{objection}已于 {at} 登记，这次的佐证材料已补入。",
    "Filed before, {objection}, on {at}; the evidence was added to it.",
)
_SAME = Words(
    "{objection}内容相同，已于 {at} 登记，没有再登记",
    "The same was filed as {objection} ({at}); nothing was added",
)

PRECEDENTS = Words("同一指标以往的决定：", "Earlier decisions at this indicator:")
NO_PRECEDENTS = Words("同一指标以往没有决定。", "No earlier decision at this indicator.")
_PRECEDENT = Words(
    "{year} 年{objection}（{name}）：{outcome}{score}；{reason}（{day}）",
    "{year}, {objection}, {name}: {outcome}{score}; {reason} ({day})",
)
_DECISION = Words("{at} 决定：{outcome}{score}；{reason}", "Decided {at}: {outcome}{score}; {reason}")
_BY_ANOTHER = Words("{said}（已由以后的决定代替）", "{said} (replaced since)")
_MOVED = Words("，{old} → {new}", ", {old} → {new}")
_UNMOVED = Words("", "")
_NUMBER = Words("{score:points}", "{score:points}")
_NOTHING = Words("无", "none")
_NO_CHANGE = Words("不改分，各单位的总分、位次和等次都不变。", "No score changes, nor any total, place or grade.")


def until_told(round_: Round, now: datetime) -> Text:
    """Until when units may object, and where that is over, that it is."""
    until = round_.objections_until
    if until is None:
        return _NO_UNTIL
    return (_UNTIL_OVER if until < now else _UNTIL)(until=told(until))


def late_told(objection: Objection) -> Words:
    """Behind the moment at which it was filed: that it was late; '' where it was in time."""
    return _LATE if objection.late else _ON_TIME


def filed_at_told(objection: Objection) -> Phrase:
    """When it was filed, and that it was late."""
    return _FILED_AT(at=told(objection.filed_at), late=late_told(objection))


def due_told(objection: Objection) -> Text | None:
    """By when it is to be decided; None where it has no day."""
    if objection.due is None:
        return None
    return _DUE(due=told(objection.due), days=objection.round.objection_days)


def same_told(objection: Objection, *, has_more: bool) -> Phrase:
    """That the very same had been filed before, and whether evidence was added to it now."""
    words = _MORE_EVIDENCE if has_more else _SAME
    return words(objection=numbered("objection", objection.n), at=told(objection.filed_at))


def points_told(score: float | None) -> Text:
    """A score; 无 where there is none."""
    return _NOTHING if score is None else _NUMBER(score=score)


def decision_told(one: Decision) -> Phrase:
    """A decision in a line, and whether another replaced it."""
    said = _DECISION(
        at=told(one.at), outcome=name_of(Outcome(one.outcome)), score=_move(one.old, one.new), reason=one.reason
    )
    return _BY_ANOTHER(said=said) if hasattr(one, "replaced_by") else said


def telling_told(objection: Objection) -> Text | None:
    """Whether the unit was told how it came out, when and how; None where nothing is to be told yet."""
    if is_untold(objection):
        return _NOT_TOLD
    if objection.state != ObjectionState.NOTIFIED:
        return None
    telling = telling_of(objection)
    return _TOLD_SOME_DAY if telling is None else _TOLD(day=day_told(telling.day), how=telling.how)


def precedent_told(one: Precedent) -> Phrase:
    """An earlier decision at the same indicator in a line."""
    return _PRECEDENT(
        year=str(one.year),
        objection=numbered("objection", one.n),
        name=one.name,
        outcome=name_of(one.outcome),
        score=_move(one.old, one.new),
        reason=one.reason,
        day=one.day,
    )


def weighed_told(weighed: Weighed) -> tuple[Text, ...]:
    """What a score does, a line each; that nothing changes, where nothing does."""
    return (_NO_CHANGE,) if weighed.effect is None else effect_told(weighed.effect)


def _move(old: float | None, new: float | None) -> Text:
    return _UNMOVED if new is None else _MOVED(old=points_told(old), new=points_told(new))
