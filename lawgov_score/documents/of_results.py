"""Results: a notification to each unit of its own alone, and the public notice of all.

They are of the newest publication, of one by its number, or of the newest run that counts so far, and say of which.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from lawgov_score.documents.facts import Facts, Known, Value, nothing
from lawgov_score.documents.filling import seen
from lawgov_score.documents.kinds import KIND_NAMES, Field, Kind
from lawgov_score.documents.word import Table
from lawgov_score.report import render
from lawgov_score.rounds.effect import rows_in
from lawgov_score.rounds.models import Publication, Run
from lawgov_score.rounds.names import RunKind
from lawgov_score.rounds.objecting import unit_of
from lawgov_score.rounds.running import output_of
from lawgov_score.rounds.things import numbered, place_of
from lawgov_score.wording import ByFace, Text, Words
from lawgov_score.workbook.submission.result_tables import RANKING

_FIRST, _FINAL = Words("初评结果", "first result"), Words("结果", "result")
_NONE = Words("—", "—")
_NO_RESULT = Words("没有初评结果，也没有公布过", "no first results, and no publication")
_NO_FINAL = Words("没有终评结果，也没有公布过", "no final results, and no publication")
_NO_PUBLICATION = Words("没有{publication}", "no {publication}")
_RUN_FIRST = ByFace(
    Words(
        "先作初评计算：lawgov-score round run 数据文件夹 --kind first",
        "Run first: lawgov-score round run DATA --kind first",
    ),
    Words("先在“试算”页作初评计算", "Make the first run on the page “Trial”"),
)
_RUN_FINAL = ByFace(
    Words(
        "先作终评计算：lawgov-score round run 数据文件夹 --kind final",
        "Run first: lawgov-score round run DATA --kind final",
    ),
    Words("先在“公布”页作终评计算", "Make the final run on the page “Publication”"),
)
_NUMBERS = ByFace(
    Words("公布编号见 lawgov-score round status", "lawgov-score round status lists the publications"),
    Words("公布编号见“公布”页", "The page “Publication” lists them"),
)
_NO_SCORE = Words("{unit} 没有得分", "{unit} has no score")
_SENT = Words("单位没有报送，或者名册已改", "The unit sent nothing, or the roster was changed")
_POINTS = Words("{score}分", "{score}")
_PLACE = Words("第{place}位（本组共{n}个单位）", "{place} of {n}")
_TIED = Words("并列第{place}位（本组共{n}个单位）", "{place} of {n}, shared")
_PROVISIONAL = Words("{grade}（暂定）", "{grade} (provisional)")
_COHORT, _SCORE, _RANK, _GRADE, _UNIT = (
    Words("考核分组", "Group"),
    Words("综合得分", "Score"),
    Words("位次", "Place"),
    Words("等次", "Grade"),
    Words("单位", "Unit"),
)
_DRAFT = Words("（待公布，以正式公布的结果为准）", "(to be published: what is published counts)")
_OBJECT = Words(
    "如对上述结果有异议，请于{until}前向{office}提出。提出方式：{way}。",
    "If you object to this result, please do so before {until}, to {office}. How: {way}.",
)
_SAYS = Words(
    "提出异议应当写明涉及的指标、事实和理由，并附相关证明材料。",
    "An objection names the indicator, the facts and the reasons, and encloses what proves them.",
)
_OVER = Words("对上述结果的异议期限已于{until}届满。", "The time for objections ended {until}.")
_FILE = Words("{code} {name} {kind}", "{code} {name} {kind}")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where results come from."""

    run: Run
    publication: Publication | None
    stage: Words


def of_results(known: Known, units: Collection[str], number: int | None) -> list[Facts]:
    """A notification for each unit that has a score. Raises ``RefusedError``: R251, R281, R205."""
    source = _source(known, Kind.RESULT, RunKind.FIRST, number)
    rows = _ranked(known, source.run)
    sizes = Counter(row["cohort"] for row in rows)
    by_code = {row["unit"]: row for row in rows if row["score"]}
    there = {one.code: one for one in known.round.units.filter(ended_at=None)}
    chosen = [unit_of(known.round, code) for code in dict.fromkeys(units)] or [
        one for code, one in there.items() if code in by_code
    ]
    found = []
    for unit in chosen:
        row = by_code.get(unit.code)
        if row is None:
            raise nothing(known.round, Kind.RESULT, _NO_SCORE(unit=f"{unit.code} {seen(unit.name)}"), _SENT)
        own = {
            Field.COHORT: seen(row["cohort"]) or known.say(_NONE),
            Field.SCORE: known.say(_POINTS(score=row["score"])),
            Field.PLACE: _place(known, row, sizes[row["cohort"]]),
            Field.GRADE: _grade(known, row),
        }
        shown = [
            (heading, own[field], wide)
            for heading, field, wide in (
                (_COHORT, Field.COHORT, 3),
                (_SCORE, Field.SCORE, 3),
                (_RANK, Field.PLACE, 5),
                (_GRADE, Field.GRADE, 3),
            )
            if own[field] != known.say(_NONE)
        ]
        headings, cells, wide = zip(*shown, strict=True)
        table = Table(tuple(map(known.say, headings)), (cells,), wide)
        values: dict[Field, Value] = {
            **known.common,
            **known.of_unit(unit),
            **own,
            Field.STAGE: known.say(source.stage),
            Field.RESULT: table,
            Field.OBJECT: _how_to_object(known),
            Field.OBJECTION_SAYS: "" if _is_over(known) else known.say(_SAYS),
            Field.OBJECT_BY: known.moment(known.round.objections_until),
            Field.WAY: known.common[Field.WAY] or ("" if _is_over(known) else None),  # over: no blank to be filled in
        }
        name = _FILE(code=unit.code, name=seen(unit.name), kind=KIND_NAMES[Kind.RESULT])
        found.append(Facts(render(name, known.lang), values, place_of(unit), unit))
    if not found:
        raise nothing(known.round, Kind.RESULT, _NO_RESULT, _RUN_FIRST)
    return found


def of_public(known: Known, number: int | None) -> list[Facts]:
    """The public notice: all units, best first within their group. Raises ``RefusedError``: R281, R205."""
    source = _source(known, Kind.PUBLIC, RunKind.FINAL, number)
    rows = [row for row in _ranked(known, source.run) if row["score"]]
    cohorts = list(dict.fromkeys(row["cohort"] for row in rows))
    has_cohorts, has_grades = len(cohorts) > 1, any(row["grade"] for row in rows)
    columns: list[tuple[Words, int]] = [(_COHORT, 95)] * has_cohorts
    columns += [(_RANK, 36), (_UNIT, 167), (_SCORE, 60), *([(_GRADE, 84)] * has_grades)]
    table = Table(
        tuple(known.say(one) for one, _ in columns),
        tuple(
            (
                *((seen(row["cohort"]),) * has_cohorts),
                *(row["rank"] or known.say(_NONE), seen(row["name"]), row["score"]),
                *((_grade(known, row),) * has_grades),
            )
            for cohort in cohorts
            for row in sorted((row for row in rows if row["cohort"] == cohort), key=_by_place)
        ),
        tuple(wide for _, wide in columns),
        frozenset({int(has_cohorts) + 1}),
    )
    values: dict[Field, Value] = {
        **known.common,
        Field.UNITS: str(len(rows)),
        Field.STAGE: known.say(source.stage),
        Field.DRAFT: known.say(_DRAFT) if source.publication is None else "",
        Field.RANKING: table,
    }
    return [Facts(KIND_NAMES[Kind.PUBLIC], values, place_of(source.publication or source.run))]


def _ranked(known: Known, run: Run) -> list[dict[str, str]]:
    """The ranking of a run, without its thousands of cards."""
    ranking = output_of(known.data, run, RANKING)
    assert ranking is not None  # every run wrote its tables
    return list(rows_in(ranking))


def _source(known: Known, kind: Kind, otherwise: RunKind, number: int | None) -> _Source:
    publications = known.round.publications.order_by("-n")
    found = publications.first() if number is None else publications.filter(n=number).first()
    if found is not None:
        return _Source(found.run, found, _FINAL)
    if number is not None:
        there = _NO_PUBLICATION(publication=numbered("publication", number))
        raise nothing(known.round, kind, there, _NUMBERS)
    run: Run | None = known.round.runs.filter(kind=otherwise.value).order_by("-n").first()
    if run is None:
        is_first = otherwise is RunKind.FIRST
        what: tuple[Text, ByFace] = (_NO_RESULT, _RUN_FIRST) if is_first else (_NO_FINAL, _RUN_FINAL)
        raise nothing(known.round, kind, *what)
    return _Source(run, None, _FIRST if otherwise is RunKind.FIRST else _FINAL)


def _is_over(known: Known) -> bool:
    """Can no unit object any more?"""
    until = known.round.objections_until
    return until is not None and until < known.now


def _how_to_object(known: Known) -> str:
    until = known.round.objections_until
    if _is_over(known):
        return known.say(_OVER(until=known.moment(until)))
    blank = dict.fromkeys(("office", "way"), "________")
    said = {"office": known.common[Field.OFFICE], "way": known.common[Field.WAY]}
    filled = {name: said[name] or blank[name] for name in said}
    return known.say(_OBJECT(until=known.moment(until) or "________", **filled))


def _place(known: Known, row: dict[str, str], n: int) -> str:
    if not row["rank"]:
        return known.say(_NONE)
    words = _TIED if int(row.get("tied") or 0) > 1 else _PLACE
    return known.say(words(place=row["rank"], n=n))


def _grade(known: Known, row: dict[str, str]) -> str:
    if not row["grade"]:
        return known.say(_NONE)
    return known.say(_PROVISIONAL(grade=seen(row["grade"]))) if row.get("provisional") else seen(row["grade"])


def _by_place(row: dict[str, str]) -> tuple[bool, float]:
    return (not row["rank"], float(row["rank"] or 0))
