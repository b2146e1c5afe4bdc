"""Decisions on objections, with their effect before they are made.

A decision that changes a score becomes a row of the office's workbook ``decisions.xlsx`` (复核改分), which stands in
``office/`` beside all others, with the number of its objection: so it counts instead of what a review had changed
before, and `score` on the exported folder gives the result that was shown. A later decision on an objection replaces
an earlier one, on another objection it follows it; rows of all stay.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model

from lawgov_score import model as engine
from lawgov_score.catalogue import Code
from lawgov_score.model import Indicator
from lawgov_score.pipeline import changes_workbook
from lawgov_score.pipeline.plain_folder import computed
from lawgov_score.pipeline.weighing import Weighing, weighed
from lawgov_score.problems import CellPlace, Problem, RefusedError
from lawgov_score.report import render
from lawgov_score.rounds.allowed import hold_for, must_be, whose_not
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.effect import Effect, effect_json, effect_of, score_at, titles_of, units_of
from lawgov_score.rounds.events import record
from lawgov_score.rounds.folder import DECISIONS, books_in_force, plain_names
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Change, Decision, File, Objection, OfficeBook, Round, Seat
from lawgov_score.rounds.names import Deed, FileKind, ObjectionState, Outcome, Role, name_of
from lawgov_score.rounds.objecting import check_indicator, notice_again, objection_of, way_to_decided
from lawgov_score.rounds.running import last_of
from lawgov_score.rounds.scheme import Scheme, scheme_of
from lawgov_score.rounds.states import move, moved_meanwhile
from lawgov_score.rounds.things import numbered, place_of
from lawgov_score.wording import ByFace, Language, Text, Words
from lawgov_score.workbook.forms.office import score_range
from lawgov_score.workbook.package.cells import EPOCH

_REASON = Words("{objection}决定（{outcome}）：{why}", "Decision on {objection} ({outcome}): {why}")
_SCORE_NEEDED = Words("认定的得分", "the score that is found right")
_SCORE_HINT = ByFace(
    Words(
        "用 --score 写认定的得分；得分由更正填报数据或登记而变、不直接改分的，写 --no-score",
        "Give the score by --score; where figures or the register are corrected instead, write --no-score",
    ),
    Words(
        "写明认定的得分；得分由更正填报数据或登记而变、不直接改分的，注明不改分",
        "Give the score; where figures or the register are corrected instead, say that no score changes",
    ),
)
_NO_SCORE = Words("不改分", "no score")
_REJECTED_HINT = ByFace(
    Words(
        "“不成立”的不改分，去掉 --score；要改分的，结果写“成立”或“部分成立”",
        "Where it is rejected nothing changes: leave --score out, or decide that it is upheld or partly upheld",
    ),
    Words(
        "“不成立”的不改分，得分不填；要改分的，结果选“成立”或“部分成立”",
        "Where it is rejected nothing changes: give no score, or decide that it is upheld or partly upheld",
    ),
)
_KIND_HINT = ByFace(
    Words(
        "加减分、一票否决在“加减分登记”中更正后用 round enter 录入，这里写 --no-score",
        "Bonuses, penalties and vetoes are corrected in the register and entered; here write --no-score",
    ),
    Words(
        "加减分、一票否决在“加减分登记”中更正后录入，这里注明不改分",
        "Bonuses, penalties and vetoes are corrected in the register and entered; here say that no score changes",
    ),
)
_NOTHING = Words("没有写", "none given")
_POINTS = Words("{score:points}", "{score:points}")
_STAYS = Words("仍为 {score:points}", "it stays {score:points}")
_NO_RESULT = Words("该单位没有得分", "the unit has no score")
_ENDED = Words("该单位已退出，不在名册上", "the unit has ended and is not in the roster")
_SAID = Words("{score}；{said:list}", "{score}; {said:list}")
_WANTED, _THOUGHT_OF = Words("单位要求的", "What the unit wants,"), Words("试算的", "The score,")
_BEYOND = Words(
    "注意：{what} {score:points} 分超出该项的得分范围（{least:points} 到 {most:points}）",
    "Note: {what} {score:points}, is beyond the range of the indicator ({least:points} to {most:points})",
)
_NO_LEVEL = Words(
    "注意：{what} {score:points} 分，该项按计分规则只有 {levels:list} 各档，不会得这个分",
    "Note: {what} {score:points}, is none that its rule can give: {levels:list}",
)
_CHANGED = Words("材料或状态已变", "files or states changed")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a score would do, and what it rests on: ``names``, the plain folder as it was, by sha256.

    ``stands``: the score as it is now. ``before``: the score before this decision, without the one it would replace,
    ``day`` its day. ``effect``: None where nothing changes. ``book``: the workbook of decisions as it would be, None
    where it stays as it is.
    """

    objection: Objection
    score: float | None
    names: Mapping[str, str]
    stands: float | None
    before: float | None = None
    day: date | None = None
    effect: Effect | None = None
    book: bytes | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was made, and what it rests on."""

    decision: Decision
    weighed: Weighed


def weigh(
    data: Data,
    round_: Round,
    n: int,
    score: float | None,
    seat: Seat,
    now: datetime,
    *,
    outcome: Outcome = Outcome.UPHELD,
    why: str = "",
) -> Weighed:
    """What it would do to set this score by a decision on objection ``n``; None: to leave (or put back) the score.

    Nothing is kept: the pipeline works on the plain folder, and again with the workbook of decisions put in. Only who
    decides may see it, at any time, since it shows how others stand. Raises ``RefusedError``: R213, R253, R255 a score
    for a kind of the register, R256 out of range, R257 it would not count, R240.
    """
    if (stranger := whose_not(Deed.DECIDE, round_, seat)) is not None:
        raise RefusedError(stranger)
    objection = objection_of(round_, n)
    scheme = scheme_of(data, round_)
    indicator = None
    if score is not None:
        if objection.unit.ended_at is not None:
            raise RefusedError(Problem(Code.R257, place_of(objection), {"expected": score, "found": _ENDED}))
        indicator = check_indicator(scheme.tree, objection.unit, objection.indicator)
        _check_range(objection, indicator, score)
    names = plain_names(data, round_)
    key = (objection.unit.code, objection.indicator)
    kept, others = (_usable(_rows(round_, but), scheme) for but in (None, objection))
    if others == kept and score is None:
        return Weighed(objection, None, names, _standing(data, round_, names, key))
    day = max([local(now).date(), *(one.day for one in others if one.key == key)])  # whatever the clock says
    rows = [one.change for one in others]
    if score is not None:
        reason = _reason(objection.n, outcome, why)
        rows.append(_as_change(key, objection.n, score, reason, name_of(Role.OFFICE).zh, day))
    files = {name: data.store.read(sha256) for name, sha256 in names.items()}
    found = weighed(files, DECISIONS, rows, key)
    node = scheme.tree.by_code.get(objection.indicator)
    effect = _effect(found, key, node.title if node is not None else objection.indicator)
    if score is not None:
        assert indicator is not None  # _check_range
        rounding = scheme.tree.rounding_of(indicator)
        _check_counts(objection, score if rounding is None else rounding.one(score), effect)
    stands = score_at(found.before, *key) if found.before.has_scores else None
    before = found.befores[-1] if score is not None else stands
    return Weighed(objection, score, names, stands, before, day, effect, found.book)


def doubts(
    data: Data, round_: Round, objection: Objection, score: float | None, scheme: Scheme | None = None
) -> tuple[Text, ...]:
    """What is to be said of a score that is thought of, and of the one the unit wants: more than the indicator has, or
    one that its rule cannot give. The office may decide it all the same, within the indicator's points.
    """
    node = (scheme or scheme_of(data, round_)).tree.by_code.get(objection.indicator)
    if not isinstance(node, Indicator):
        return ()
    found: list[Text] = []
    for words, one in ((_WANTED, _as_number(objection.wanted)), (_THOUGHT_OF, score)):
        if one is None:
            continue
        least, most = score_range(node)
        if not least <= one <= most:
            found.append(_BEYOND(what=words, score=one, least=least, most=most))
        elif node.rule.levels and not any(math.isclose(one, level, abs_tol=1e-6) for level in node.rule.levels):
            levels = tuple(_POINTS(score=level) for level in node.rule.levels)
            found.append(_NO_LEVEL(what=words, score=one, levels=levels))
    return tuple(found)


def _as_number(text: str) -> float | None:
    """The number that a unit wrote as what it wants, with or without 分; None where it is none."""
    try:
        number = float(text.strip().removesuffix("分"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def decide(
    data: Data,
    round_: Round,
    n: int,
    outcome: Outcome,
    why: str,
    seat: Seat,
    now: datetime,
    *,
    score: float | None = None,
    has_no_score: bool = False,
    is_again: bool = False,
    seen: tuple[int, int] | None = None,
) -> Decided:
    """Decides objection ``n``: through all states that are left, to 决定 and 告知, with its effect on record.

    Where it is upheld, in part or whole, a ``score`` is needed, unless the figures or the register are corrected
    instead (``has_no_score``). ``is_again``: replaces a decision that was made; without that it is refused (R259), so
    that the same command run twice decides once. ``seen``: the objection as somebody saw it (``as_seen``): where it is
    otherwise now, it is refused (R212). Raises ``RefusedError``: as ``weigh`` and ``move`` do; R250 not in
    this state, R255 outcome and score do not go together, R258 something changed meanwhile.
    """
    must_be(Deed.DECIDE, round_, seat)
    objection = objection_of(round_, n)
    _check_seen(objection, seen)
    _check_again(objection, is_again=is_again)
    _check_score(objection, outcome, score, has_no_score=has_no_score)
    if not why.strip():
        values = {"state": name_of(ObjectionState(objection.state)), "to": name_of(ObjectionState.DECIDED)}
        raise RefusedError(Problem(Code.R214, place_of(objection), values))
    weighed = weigh(data, round_, n, score, seat, now, outcome=outcome, why=why)
    book = None if weighed.book is None else keep(data, weighed.book, DECISIONS, FileKind.OFFICE, now, seat)
    with transaction.atomic():
        hold_for(Deed.DECIDE, round_, seat)
        current = objection_of(round_, n)
        _check_seen(current, seen)
        _check_again(current, is_again=is_again)
        if current.version != objection.version or plain_names(data, round_) != weighed.names:
            raise RefusedError(Problem(Code.R258, place_of(current), {"found": _CHANGED}))
        former = current.decisions.filter(replaced_by=None).first()
        if former is None:
            for state in way_to_decided(ObjectionState(current.state))[:-1]:
                also = {"assigned_to": seat} if state is ObjectionState.ASSIGNED else None
                move(current, state, current.version, seat, why, now, also=also)
        decision, rows = _add(round_, current, former, outcome, why.strip(), weighed, book, seat, now)
        after = {"outcome": outcome.value, "old": weighed.stands, "new": score}
        after |= {"book": book.sha256} if book is not None else {}
        before = {} if former is None else {"outcome": former.outcome, "new": former.new}
        told = () if former is None else [notice_again(current, "decide", now)]
        reason = why.strip()
        record("decide", current, seat, now, before=before, after=after, reason=reason, rows=rows, notices=told)
        if former is None:
            move(current, ObjectionState.NOTIFIED, current.version, seat, why, now)
    return Decided(decision, weighed)


def decision_of(objection: Objection) -> Decision | None:
    """The decision in force; None where there is none."""
    return objection.decisions.filter(replaced_by=None).first()


def as_seen(objection: Objection) -> tuple[int, int]:
    """What tells whether anything was done with it meanwhile: its version, and how often it was decided."""
    return objection.version, objection.decisions.count()


def _add(
    round_: Round,
    objection: Objection,
    former: Decision | None,
    outcome: Outcome,
    why: str,
    weighed: Weighed,
    book: File | None,
    seat: Seat,
    now: datetime,
) -> tuple[Decision, list[Model]]:
    """The decision, and all rows of it: itself, the changed score, the workbook that carries it."""
    made: list[Model] = []
    if book is not None:
        last = books_in_force(round_).get(DECISIONS)
        n = 1 if last is None else last.n + 1
        made.append(
            OfficeBook.objects.create(round=round_, name=DECISIONS, n=n, file=book, at=now, seat=seat, replaces=last)
        )
    if weighed.score is not None:
        rows = Change.objects.filter(objection=objection)
        change = Change.objects.create(
            round=round_,
            unit=objection.unit,
            indicator=objection.indicator,
            reason=_reason(objection.n, outcome, why),
            reviewer=name_of(Role.OFFICE).zh,
            day=weighed.day,
            old=weighed.before,
            new=weighed.score,
            objection=objection,
            at=now,
            seat=seat,
            replaces=rows.filter(replaced_by=None).order_by("pk").last(),
        )
        made.append(change)
    decision = Decision.objects.create(
        objection=objection,
        outcome=outcome.value,
        old=weighed.stands,
        new=weighed.score,
        reason=why,
        effect={} if weighed.effect is None else effect_json(weighed.effect),
        at=now,
        seat=seat,
        replaces=former,
    )
    return decision, [*made, decision]


@dataclass(frozen=True, slots=True)
class _Row:
    """A change by a decision in force."""

    key: tuple[str, str]
    day: date
    change: engine.Change


def _rows(round_: Round, but: Objection | None = None) -> list[_Row]:
    """The changes by decisions in force, of every objection one, in the order of deciding; without that on ``but``."""
    in_force = {
        one.objection_id: one
        for one in Decision.objects.filter(objection__round=round_, replaced_by=None)
        if one.new is not None and (but is None or one.objection_id != but.pk)
    }
    latest = {}  # of each objection the last
    changes = Change.objects.filter(round=round_).exclude(objection=None).select_related("unit", "objection")
    for row in changes.order_by("pk"):
        if row.objection_id in in_force:
            latest[row.objection_id] = row
    rows = []
    for row in sorted(latest.values(), key=lambda one: one.pk):
        assert row.day is not None  # every decision has its day
        assert row.objection is not None
        key = (row.unit.code, row.indicator)
        change = _as_change(key, row.objection.n, row.new, row.reason, row.reviewer, row.day, row.old)
        rows.append(_Row(key, row.day, change))
    return rows


def decisions_book(round_: Round, scheme: Scheme) -> bytes:
    """The workbook of the decisions in force as another tree or roster would have it.

    It names units and indicators as they are called there, so that its rows are read. Decisions on what is there no
    more are left out: ``counted`` tells of them. Raises ``CannotWriteError``.
    """
    changes = [one.change for one in _usable(_rows(round_), scheme)]
    return changes_workbook(scheme.tree, scheme.units, changes)


def _usable(rows: list[_Row], scheme: Scheme) -> list[_Row]:
    """Those of units and indicators that are there."""
    units, codes = {unit.code for unit in scheme.units}, {one.code for one in scheme.tree.indicators}
    return [one for one in rows if one.key[0] in units and one.key[1] in codes]


def _as_change(
    key: tuple[str, str], n: int, score: float, reason: str, reviewer: str, day: date, before: float | None = None
) -> engine.Change:
    """As the engine reads it."""
    return engine.Change(
        unit=key[0],
        indicator=key[1],
        before=math.nan if before is None else before,
        after=score,
        reason=reason,
        reviewer=reviewer,
        date=float(day.toordinal() - EPOCH),
        place=CellPlace(DECISIONS),
        objection=n,
    )


def _standing(data: Data, round_: Round, names: Mapping[str, str], key: tuple[str, str]) -> float | None:
    """The score as it is now: of the last run, where it read the very same, else worked out."""
    done = last_of(data, round_, names) or computed(
        {name: data.store.read(sha256) for name, sha256 in names.items()}, only_tables=True
    )
    return score_at(done, *key) if done.has_scores else None


def _effect(found: Weighing, key: tuple[str, str], title: str) -> Effect | None:
    if found.after is None or not found.after.has_scores or key[0] not in units_of(found.after):
        return None
    return effect_of(found.before, found.after, *key, title)


def _reason(n: int, outcome: Outcome, why: str) -> str:
    """As the workbook has it, which is Chinese whatever the screen says: the same decision, the same bytes."""
    return render(_REASON(objection=numbered("objection", n), outcome=name_of(outcome), why=why.strip()), Language.ZH)


def _check_seen(objection: Objection, seen: tuple[int, int] | None) -> None:
    if seen is not None and seen != as_seen(objection):
        raise RefusedError(moved_meanwhile(objection))


def _check_again(objection: Objection, *, is_again: bool) -> None:
    former = decision_of(objection)
    if former is not None and not is_again:
        values = {"found": name_of(Outcome(former.outcome))}
        raise RefusedError(Problem(Code.R259, place_of(objection), values))


def check_fits(
    objection: Objection, outcome: Outcome, score: float | None, scheme: Scheme, *, has_no_score: bool
) -> None:
    """Before anything is computed: do outcome and score go together? Raises ``RefusedError``: R253, R255, R256."""
    _check_score(objection, outcome, score, has_no_score=has_no_score)
    if score is not None:
        _check_range(objection, check_indicator(scheme.tree, objection.unit, objection.indicator), score)


def _check_score(objection: Objection, outcome: Outcome, score: float | None, *, has_no_score: bool) -> None:
    found: Text
    hint: ByFace
    if outcome is Outcome.REJECTED and score is not None:
        expected, found, hint = _NO_SCORE, _POINTS(score=score), _REJECTED_HINT
    elif outcome is not Outcome.REJECTED and (score is None) is not has_no_score:
        expected, found, hint = _SCORE_NEEDED, _NOTHING if score is None else _NO_SCORE, _SCORE_HINT
    else:
        return
    values = {"expected": expected, "found": found, "hint": hint}
    raise RefusedError(Problem(Code.R255, place_of(objection), values))


def _check_range(objection: Objection, indicator: Indicator | None, score: float) -> None:
    place = place_of(objection)
    if indicator is None:
        found = _POINTS(score=score)
        raise RefusedError(Problem(Code.R255, place, {"expected": _NO_SCORE, "found": found, "hint": _KIND_HINT}))
    least, most = score_range(indicator)
    if not least <= score <= most:
        figures = {"code": indicator.code, "indicator": indicator.title, "least": least, "most": most}
        raise RefusedError(Problem(Code.R256, place, {**figures, "found": score}))


def _check_counts(objection: Objection, expected: float, effect: Effect | None) -> None:
    """Raises ``RefusedError`` (R257) where the score would be another than was decided."""
    if effect is not None and effect.new is not None and math.isclose(effect.new, expected, abs_tol=1e-6):
        return
    found: Text = _NO_RESULT
    if effect is not None:
        if effect.new is not None:
            found = _STAYS(score=effect.new)
        titles = titles_of(effect.problems)
        found = _SAID(score=found, said=titles) if titles else found
    raise RefusedError(Problem(Code.R257, place_of(objection), {"expected": expected, "found": found}))
