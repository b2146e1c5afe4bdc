"""What a change does: to the score of one unit at one indicator, to totals, places and grades of all, to quotas.

Nothing is worked out here: two results of the same pipeline stand side by side, and what differs is the effect.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from lawgov_score.catalogue import Severity
from lawgov_score.guarded import unguarded
from lawgov_score.pipeline.plain_folder import Computed
from lawgov_score.rounds.plain import canonical
from lawgov_score.two_languages import title_of
from lawgov_score.wording import Phrase, Text, Words
from lawgov_score.workbook.submission.result_tables import RANKING, SCORES

_NONE = Words("无", "none")
_ARROW = Words("{old} → {new}", "{old} → {new}")
_OWN = Words("{unit} {name}：{code} {title} {score}", "{unit} {name}: {code} {title} {score}")
_OF_UNIT = Words("  {what:list}", "  {what:list}")
_TOTAL = Words("总分 {of}", "total {of}")
_PLACE = Words("位次 {of}", "place {of}")
_GRADE = Words("等次 {of}", "grade {of}")
_SAME = Words("  总分、位次、等次都不变", "  total, place and grade stay the same")
_OTHERS = Words("受影响的其他单位 {n} 个：", "{n} others are affected:")
_OTHER = Words("  {unit} {name}：{what:list}", "  {unit} {name}: {what:list}")
_NO_OTHERS = Words("其他单位的总分、位次和等次都不变。", "Totals, places and grades of all others stay the same.")
_MORE = Words("  另有 {n} 个单位", "  and {n} others")
_QUOTA = Words(
    "{cohort}“{grade}”名额 {most} 个：现有 {before} 个，改后 {after} 个",
    "{cohort}, quota of {grade}: {most}; {before} hold it now, {after} afterwards",
)
_NEW_PROBLEM = Words("计算另提示：{title}", "The computation also says: {title}")
_MOST_SHOWN = 20
_UNIT = "unit"  # the column of the unit's code


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's total, place and grade as ``ranking.csv`` has them; '' where there is none."""

    score: str
    rank: str
    grade: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit before and after."""

    unit: str
    name: str
    cohort: str
    old: Standing
    new: Standing


@dataclass(frozen=True, slots=True)
class Quota:
    """A grade of which a cohort may have only so many: how many have it, before and after."""

    cohort: str
    grade: str
    most: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What differs between two results. ``old`` and ``new``: the score at the indicator, None where there is none.

    ``own``: the unit itself, whether it moved or not. ``others``: those that moved. ``problems``: errors and warnings
    of the second result that the first had not, as ``kept_problem`` has them.
    """

    indicator: str
    title: str
    old: float | None
    new: float | None
    own: Moved
    others: tuple[Moved, ...] = ()
    quotas: tuple[Quota, ...] = ()
    problems: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreMoved:
    """A score of a unit at an indicator that is another one; None where there is none, for a reason (``states``)."""

    unit: str
    name: str
    indicator: str
    title: str
    old: float | None
    new: float | None
    states: tuple[str, str] = ("scored", "scored")  # as ``scores.csv`` has them


@dataclass(frozen=True, slots=True)
class Effects:
    """What differs between two results, of all units: whose scores, whose total, place or grade; as ``Effect``."""

    scores: tuple[ScoreMoved, ...]
    moved: tuple[Moved, ...]
    quotas: tuple[Quota, ...]
    problems: tuple[Mapping[str, Any], ...]


def units_of(done: Computed) -> frozenset[str]:
    """The units of a result, by code."""
    return frozenset(row["unit"] for row in _rows(done, RANKING))


def effect_of(before: Computed, after: Computed, unit: str, indicator: str, title: str) -> Effect:
    """What differs between two results that both came to scores, seen from one unit of both and one indicator."""
    then, now = _standings(before), _standings(after)
    moved = {code: Moved(code, name, cohort, then[code][2], new) for code, (name, cohort, new) in now.items()}
    own = moved[unit]
    return Effect(
        indicator,
        title,
        score_at(before, unit, indicator),
        score_at(after, unit, indicator),
        own,
        tuple(one for one in moved.values() if one is not own and one.old != one.new),
        tuple(_quotas(after, own.cohort, then, now)),
        tuple(new_problems(before, after)),
    )


def effects_of(before: Computed, after: Computed, titles: Mapping[str, str]) -> Effects:
    """What differs between two results that both came to scores. ``titles``: of the indicators asked about, by code.

    Quotas are those of the cohorts in which anything moved.
    """
    then, now = _standings(before), _standings(after)
    nowhere = Standing("", "", "")
    moved = tuple(
        Moved(code, name, cohort, then[code][2] if code in then else nowhere, new)
        for code, (name, cohort, new) in now.items()
        if code not in then or then[code][2] != new
    )
    old, new = (
        {(row["unit"], row["code"]): (row["score"], row["status"]) for row in _rows(one, SCORES)}
        for one in (before, after)
    )
    scores = tuple(
        ScoreMoved(unit, now[unit][0], code, titles[code], _float(was[0]), _float(score), (was[1], state))
        for (unit, code), (score, state) in new.items()
        if code in titles and unit in now and (was := old.get((unit, code), ("", ""))) != (score, state)
    )
    cohorts = dict.fromkeys(one.cohort for one in moved)
    quotas = tuple(quota for cohort in cohorts for quota in _quotas(after, cohort, then, now))
    return Effects(scores, moved, quotas, tuple(new_problems(before, after)))


def score_at(done: Computed, unit: str, indicator: str) -> float | None:
    """The score of a unit at an indicator; None where it has none."""
    found = (row["score"] for row in _rows(done, SCORES) if (row["unit"], row["code"]) == (unit, indicator))
    return _float(next(found, ""))


def effect_json(effect: Effect | Effects) -> dict[str, Any]:
    """As it is kept with a decision, or with what a form asked for."""
    return asdict(effect)


def effect_from(kept: Mapping[str, Any]) -> Effect:
    """The effect that was kept with a decision."""

    def moved(one: Mapping[str, Any]) -> Moved:
        return Moved(**{**one, "old": Standing(**one["old"]), "new": Standing(**one["new"])})

    return Effect(
        **{
            **kept,
            "own": moved(kept["own"]),
            "others": tuple(map(moved, kept["others"])),
            "quotas": tuple(Quota(**one) for one in kept["quotas"]),
            "problems": tuple(kept["problems"]),
        }
    )


def effect_told(effect: Effect) -> tuple[Text, ...]:
    """The effect, a line each: the unit itself, the others, the quotas of its cohort."""
    own = effect.own
    change = _arrow(_number(effect.old), _number(effect.new))
    said = [_OWN(unit=own.unit, name=own.name, code=effect.indicator, title=effect.title, score=change)]
    what = _what(own)
    lines: list[Text] = [*said, _OF_UNIT(what=what) if what else _SAME]
    if effect.others:
        lines.append(_OTHERS(n=len(effect.others)))
        shown = effect.others[:_MOST_SHOWN]
        lines += [_OTHER(unit=one.unit, name=one.name, what=_what(one)) for one in shown]
        if len(effect.others) > len(shown):
            lines.append(_MORE(n=len(effect.others) - len(shown)))
    else:
        lines.append(_NO_OTHERS)
    lines += [
        _QUOTA(cohort=one.cohort, grade=one.grade, most=one.most, before=one.before, after=one.after)
        for one in effect.quotas
    ]
    return (*lines, *(_NEW_PROBLEM(title=title) for title in titles_of(effect.problems)))


def titles_of(problems: Iterable[Mapping[str, Any]]) -> tuple[Text, ...]:
    """What kept problems are called, equal ones once."""
    return tuple({str(one["title"]): title_of(one) for one in problems}.values())


def _what(one: Moved) -> tuple[Phrase, ...]:
    pairs = (
        (_TOTAL, one.old.score, one.new.score),
        (_PLACE, one.old.rank, one.new.rank),
        (_GRADE, one.old.grade, one.new.grade),
    )
    return tuple(words(of=_arrow(old, new)) for words, old, new in pairs if old != new)


def _arrow(old: Text, new: Text) -> Phrase:
    return _ARROW(old=old or _NONE, new=new or _NONE)


def _float(text: str) -> float | None:
    return float(text) if text else None


def _number(score: float | None) -> Text:
    return _NONE if score is None else Words("{score:points}", "{score:points}")(score=score)


def rows_in(content: bytes, unit: str | None = None) -> Iterator[dict[str, str]]:
    """The rows of a table of results by its headings, names as they were typed. ``unit``: those of this one alone."""
    lines = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    headings = next(lines, [])
    at = headings.index(_UNIT) if unit is not None else 0
    for line in lines:
        if unit is None or unguarded(line[at]) == unit:
            yield {heading: unguarded(text) for heading, text in zip(headings, line, strict=True)}


def _rows(done: Computed, name: str) -> Iterator[dict[str, str]]:
    return rows_in(done.outputs[name])


def _standings(done: Computed) -> dict[str, tuple[str, str, Standing]]:
    """Of every unit its name, its cohort, and how it stands."""
    return {
        row["unit"]: (row["name"], row["cohort"], Standing(row["score"], row["rank"], row["grade"]))
        for row in _rows(done, RANKING)
    }


def _quotas(
    after: Computed,
    cohort: str,
    then: Mapping[str, tuple[str, str, Standing]],
    now: Mapping[str, tuple[str, str, Standing]],
) -> Iterator[Quota]:
    """The quotas of a cohort, and how many hold the grade."""
    held = [Counter(stands.grade for _, of, stands in each.values() if of == cohort) for each in (then, now)]
    for of, grade, most in after.quotas:
        if of == cohort:
            yield Quota(cohort, grade, most, held[0][grade], held[1][grade])


def new_problems(before: Computed, after: Computed) -> Sequence[Mapping[str, Any]]:
    """Errors and warnings of the second result that the first had not."""
    known = {canonical(one) for one in before.problems}
    grave = {Severity.ERROR.value, Severity.WARNING.value}
    return [one for one in after.problems if one["severity"] in grave and canonical(one) not in known]
