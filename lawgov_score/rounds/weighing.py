"""What a score would do by a decision on an objection, before any is made; nothing is kept of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lawgov_score.catalogue import Code
from lawgov_score.pipeline.plain_folder import computed
from lawgov_score.pipeline.weighing import Weighing, weighed
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.allowed import whose_not
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.decisions_book import as_change, reason_in_book, rows_of_decisions, usable
from lawgov_score.rounds.effect import Effect, effect_of, score_at, titles_of, units_of
from lawgov_score.rounds.fitting import check_range
from lawgov_score.rounds.folder import DECISIONS, plain_names
from lawgov_score.rounds.models import Objection, Round, Seat
from lawgov_score.rounds.names import Deed, Outcome, Role, name_of
from lawgov_score.rounds.objecting import check_indicator, objection_of
from lawgov_score.rounds.running import last_of
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Text, Words

_POINTS = Words("{score:points}", "{score:points}")
_STAYS = Words("仍为 {score:points}", "it stays {score:points}")
_NO_RESULT = Words("该单位没有得分", "the unit has no score")
_ENDED = Words("该单位已退出，不在名册上", "the unit has ended and is not in the roster")
_LEAST = 1e-6  # by which scores differ
_SAID = Words("{score}；{said:list}", "{score}; {said:list}")


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

    @property
    def is_lower(self) -> bool:
        """Would the unit have less by its own objection than without it?"""
        return self.score is not None and self.before is not None and self.score < self.before - _LEAST


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
        check_range(objection, indicator, score)
    names = plain_names(data, round_)
    key = (objection.unit.code, objection.indicator)
    kept, others = (usable(rows_of_decisions(round_, but), scheme) for but in (None, objection))
    if others == kept and score is None:
        return Weighed(objection, None, names, _standing(data, round_, names, key))
    day = max([local(now).date(), *(one.day for one in others if one.key == key)])  # whatever the clock says
    rows = [one.change for one in others]
    if score is not None:
        reason = reason_in_book(objection.n, outcome, why)
        rows.append(as_change(key, objection.n, score, reason, name_of(Role.OFFICE).zh, day))
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


def _check_counts(objection: Objection, expected: float, effect: Effect | None) -> None:
    """Raises ``RefusedError`` (R257) where the score would be another than was decided."""
    if effect is not None and effect.new is not None and math.isclose(effect.new, expected, abs_tol=_LEAST):
        return
    found: Text = _NO_RESULT
    if effect is not None:
        if effect.new is not None:
            found = _STAYS(score=effect.new)
        titles = titles_of(effect.problems)
        found = _SAID(score=found, said=titles) if titles else found
    raise RefusedError(Problem(Code.R257, place_of(objection), {"expected": expected, "found": found}))
