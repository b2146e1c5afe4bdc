"""Decisions on objections: what was claimed, what was found, and what that does to the unit's own result."""

import json
from collections.abc import Collection, Iterator

from lawgov_score.documents.facts import Facts, Known, nothing, sentence
from lawgov_score.documents.filling import seen
from lawgov_score.documents.kinds import KIND_NAMES, Field, Kind
from lawgov_score.rounds.clock import told_day
from lawgov_score.rounds.deciding import decision_of
from lawgov_score.rounds.effect import effect_from
from lawgov_score.rounds.models import Decision, Objection
from lawgov_score.rounds.names import Outcome, name_of
from lawgov_score.rounds.objecting import evidence_added, objection_of, refusal_of, unit_of
from lawgov_score.rounds.scheme import Scheme, scheme_at_hand
from lawgov_score.rounds.things import numbered, place_of
from lawgov_score.wording import ByFace, Phrase, Words

_NO_DECISION = Words("没有决定过的异议", "no objection was decided")
_NOT_DECIDED = Words("{objection}还没有决定", "{objection} is not decided")
_DECIDE_FIRST = ByFace(
    Words("先作决定：lawgov-score round decide 数据文件夹 编号", "Decide first: lawgov-score round decide DATA N"),
    Words("先在“异议”页作决定", "Decide first, on the page “Objections”"),
)
_WANTED = Words("请求认定为：{wanted}。", "The figure that you want: {wanted}.")
_EVIDENCE = Words("所附证据：{titles:list}。", "Evidence that you sent: {titles:list}.")
_NOT_ADMITTED = Words("不予受理", "not admitted")
_CHANGED = Words("“{indicator}”的得分由{old}改为{new}。", "The score of “{indicator}” changes from {old} to {new}.")
_STAYS = Words("“{indicator}”的得分不变，仍为{old}。", "The score of “{indicator}” stays {old}.")
_STAYS_AS = Words("“{indicator}”的得分不变。", "The score of “{indicator}” stays as it is.")
_ANEW = Words(
    "“{indicator}”按更正后的数据重新计算，不直接改分。",
    "“{indicator}” is computed anew from the corrected figures; no score is changed directly.",
)
_MOVED = Words("你单位{what:list}。", "Your unit: {what:list}.")
_FROM_TO = Words("{what}由{old}变为{new}", "{what} from {old} to {new}")
_UNMOVED = Words("综合得分、位次和等次不变。", "Total, place and grade stay as they are.")
_SO_FAR = Words(
    "以上按作出决定时的数据测算，以最后公布的结果为准。",
    "This is by the figures of the day of the decision; what is published last counts.",
)
_POINTS, _NONE = Words("{score:points}分", "{score:points}"), Words("无", "none")
_TOTAL, _RANK, _GRADE = Words("综合得分", "total"), Words("位次", "place"), Words("等次", "grade")
_A_SCORE, _A_PLACE, _A_GRADE = Words("{of}分", "{of}"), Words("第{of}位", "{of}"), Words("“{of}”", "{of}")
_FILE = Words("第{n}号 {code} {name} {kind}", "{n} {code} {name} {kind}")


def of_objections(known: Known, units: Collection[str], number: int | None) -> list[Facts]:
    """A decision for each objection that was decided or not admitted, of these units or of all, or the one of a number.

    Raises ``RefusedError``: R251, R253, R281, R205.
    """
    round_ = known.round
    codes = {unit_of(round_, code).code for code in units}
    numbers = round_.objections.order_by("n").values_list("n", flat=True) if number is None else [number]
    objections = [objection_of(round_, n) for n in numbers]
    scheme = scheme_at_hand(known.data, round_)
    found = [_of(known, one, scheme) for one in objections if not codes or one.unit.code in codes]
    decided = [one for one in found if one is not None]
    if not decided:
        what = _NO_DECISION if number is None else _NOT_DECIDED(objection=numbered("objection", number))
        raise nothing(round_, Kind.DECISION, what, _DECIDE_FIRST)
    return decided


def _of(known: Known, one: Objection, scheme: Scheme) -> Facts | None:
    decision = decision_of(one)
    refusal = None if decision is not None else _refusal(one)
    if decision is None and refusal is None:
        return None
    node = scheme.tree.by_code.get(one.indicator)
    indicator = seen(one.indicator if node is None else f"{one.indicator} {node.title}")
    outcome = _NOT_ADMITTED if decision is None else name_of(Outcome(decision.outcome))
    titles = tuple(seen(title) for title in _evidence(one))
    old, new = (None, None) if decision is None else (decision.old, decision.new)
    values = {
        **known.common,
        **known.of_unit(one.unit),
        Field.NUMBER: str(one.n),
        Field.INDICATOR: indicator,
        Field.FILED: known.say(told_day(one.filed_at)),
        Field.CLAIM: sentence(one.claim) or None,
        Field.WANTED: known.say(_WANTED(wanted=sentence(one.wanted))) if one.wanted else "",
        Field.EVIDENCE: known.say(_EVIDENCE(titles=titles)) if titles else "",
        Field.OUTCOME: known.say(outcome),
        Field.GROUNDS: sentence((refusal or "") if decision is None else decision.reason) or None,
        Field.BEFORE: _points(known, old),
        Field.AFTER: _points(known, old if new is None else new),
        Field.EFFECT: "".join(_effect(known, indicator, decision)),
    }
    name = _FILE(n=one.n, code=one.unit.code, name=seen(one.unit.name), kind=KIND_NAMES[Kind.DECISION])
    return Facts(known.say(name), values, place_of(one), one.unit)


def _evidence(one: Objection) -> Iterator[str]:
    if one.evidence is not None:
        yield one.evidence.title
    yield from (title for _, title in evidence_added(one))


def _refusal(one: Objection) -> str | None:
    """Why it was not admitted, as it was recorded; None: it was."""
    event = refusal_of(one)
    return None if event is None else str(json.loads(event.body)["reason"])


def _effect(known: Known, indicator: str, decision: Decision | None) -> Iterator[str]:
    """What it does to the unit alone; others are nobody's business."""
    if decision is None or (decision.new is None and decision.outcome == Outcome.REJECTED):
        old = None if decision is None else decision.old
        stays = _STAYS_AS(indicator=indicator)
        yield known.say(stays if old is None else _STAYS(indicator=indicator, old=_points(known, old)))
        return
    if decision.new is None:
        yield known.say(_ANEW(indicator=indicator))
        return
    old_new = {"old": _points(known, decision.old), "new": _points(known, decision.new)}
    yield known.say(_CHANGED(indicator=indicator, **old_new))
    if not decision.effect:
        return
    own = effect_from(decision.effect).own
    pairs = (
        (_TOTAL, _A_SCORE, own.old.score, own.new.score),
        (_RANK, _A_PLACE, own.old.rank, own.new.rank),
        (_GRADE, _A_GRADE, own.old.grade, own.new.grade),
    )
    what: tuple[Phrase, ...] = tuple(
        _FROM_TO(what=name, old=_one(words, old), new=_one(words, new)) for name, words, old, new in pairs if old != new
    )
    yield known.say(_MOVED(what=what) if what else _UNMOVED)
    yield known.say(_SO_FAR)


def _one(words: Words, of: str) -> Words | Phrase:
    return words(of=seen(of)) if of else _NONE


def _points(known: Known, score: float | None) -> str:
    return known.say(_NONE) if score is None else known.say(_POINTS(score=score))
