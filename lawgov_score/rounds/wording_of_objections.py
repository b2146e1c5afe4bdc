"""What is said of objections, by commands and by pages alike: how one stands, what was decided, and what before it."""

import json
from datetime import datetime

from lawgov_score.rounds.clock import day_told, told
from lawgov_score.rounds.deciding import decision_of
from lawgov_score.rounds.effect import effect_told
from lawgov_score.rounds.models import Decision, Objection, Round
from lawgov_score.rounds.names import UNDECIDED, ObjectionState, Outcome, name_of
from lawgov_score.rounds.objecting import beside, withdrawal_of
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
_BESIDE = Words(
    "注意：该单位对同一指标另有{objection}（{at}提出）：{how}",
    "Note: the unit has objected to the same indicator before, in {objection} ({at}): {how}",
)
_OPEN = Words("现为“{state}”，还没有决定", "{state}, not decided")
_DECIDED = Words("{outcome}{score}", "{outcome}{score}")
_LOWER = Words(
    "注意：改后 {new:points} 分，低于没有这件异议时的 {old:points} 分，单位将因自己提出的异议而减分；确应减分的，"
    "作决定时须确认",
    "Note: {new:points} is less than {old:points} without this objection: the unit would lose points by it; where it "
    "has to, that is to be confirmed with the decision",
)
_WITHDRAWN = Words("单位已撤回，不再办理（{at}记下：{why}）", "Withdrawn by its unit (recorded {at}: {why})")
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


def beside_told(objection: Objection) -> tuple[Phrase, ...]:
    """Other objections of the same unit at the same indicator, a line each: how each of them stands."""
    others = beside(objection.round, objection.unit, objection.indicator, but=objection.n)
    return tuple(
        _BESIDE(objection=numbered("objection", one.n), at=told(one.filed_at), how=_ending_told(one)) for one in others
    )


def state_told(objection: Objection, decision: Decision | None) -> Words:
    """How it stands in a word: its state; 不受理 where the unit was told that (``decision``: the one in force)."""
    state = ObjectionState(objection.state)
    is_refused = state is ObjectionState.NOTIFIED and decision is None
    return name_of(ObjectionState.REFUSED if is_refused else state)


def ending_told(objection: Objection, decision: Decision | None) -> Words:
    """The same; the outcome where it was decided."""
    return state_told(objection, None) if decision is None else name_of(Outcome(decision.outcome))


def lower_told(weighed: Weighed) -> Phrase | None:
    """That the unit would have less by its own objection; None where it would not."""
    return _LOWER(new=weighed.score, old=weighed.before) if weighed.is_lower else None


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
    lower = lower_told(weighed)
    effect = (_NO_CHANGE,) if weighed.effect is None else effect_told(weighed.effect)
    return effect if lower is None else (lower, *effect)


def withdrawn_told(objection: Objection) -> Phrase | None:
    """That its unit withdrew it, when and how; None where it did not."""
    event = withdrawal_of(objection)
    if event is None:
        return None
    return _WITHDRAWN(at=told(event.at), why=str(json.loads(event.body)["reason"]))


def _ending_told(one: Objection) -> Text:
    if one.state in UNDECIDED:
        return _OPEN(state=name_of(ObjectionState(one.state)))
    decision = decision_of(one)
    score = _UNMOVED if decision is None else _move(decision.old, decision.new)
    return _DECIDED(outcome=ending_told(one, decision), score=score)


def _move(old: float | None, new: float | None) -> Text:
    return _UNMOVED if new is None else _MOVED(old=points_told(old), new=points_told(new))
