"""Where the review stands: the office's workbooks that count, and of each indicator what is given and what is missing.

What counts are the rows of the workbooks in force. Nothing is scored here: scores are those of the newest run.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from lawgov_score.guarded import unguarded
from lawgov_score.model import Indicator, Unit
from lawgov_score.rounds.answered import Answered, Kept, sent_by
from lawgov_score.rounds.counted import standing
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.folder import BY_HAND, DECISIONS, books_in_force
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Change, Entry, Mark, OfficeBook, Round, Ruling, Run
from lawgov_score.rounds.outliers import outliers
from lawgov_score.rounds.scheme import Scheme
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.judged import Judged
from lawgov_score.wording import Language, Phrase
from lawgov_score.workbook.forms.office import mark_range, office_questions, score_range
from lawgov_score.workbook.submission.result_tables import SCORES


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook of the office that counts, and how many lines of each kind were read of it."""

    book: OfficeBook
    counts: Mapping[str, int]
    is_by_hand: bool
    is_of_decisions: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """One indicator: ``asked`` units need something of the office, ``given`` have it; ``kind``: of what kind."""

    indicator: Indicator
    kind: str  # mark, figure, ruling
    asked: int
    given: int

    @property
    def missing(self) -> int:
        """How many are still to be done."""
        return self.asked - self.given


@dataclass(frozen=True, slots=True)
class Given:
    """A mark that counts, whether it was entered by hand, and since when it is as it is."""

    row: Mark
    is_by_hand: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A unit at an indicator. ``score``: of the newest run, with ``reason`` in words; ``why``: where it stands out."""

    unit: Unit
    answered: Answered
    marks: tuple[Given, ...] = ()
    score: float | None = None
    reason: str = ""
    why: tuple[Phrase, ...] = field(default=())
    figures: tuple[tuple[str, str], ...] = ()  # of the office's own, each with its name


def books(round_: Round) -> tuple[Book, ...]:
    """The office's workbooks that count, in the order of their names."""
    in_force = books_in_force(round_)
    counts = {book.pk: Counter[str]() for book in in_force.values()}
    for kind, rows in (
        ("mark", Mark.objects.all()),
        ("change", Change.objects.all()),
        ("ruling", Ruling.objects.all()),
        ("register", Entry.objects.exclude(category="")),
        ("figure", Entry.objects.filter(category="")),
    ):
        for pk, n in rows.filter(book__in=counts).values_list("book").annotate(Count("pk")).order_by():
            counts[pk][kind] = n
    if DECISIONS in in_force:
        counts[in_force[DECISIONS].pk]["change"] = len(standing(round_))
    by_hand = set(BY_HAND.values())
    return tuple(
        Book(book, counts[book.pk], name in by_hand, name == DECISIONS) for name, book in sorted(in_force.items())
    )


def progress(round_: Round, scheme: Scheme, kept: Kept | None) -> tuple[Progress, ...]:
    """Every indicator at which the office has something to do, in the order of the tree.

    Marks and figures are asked of units that have sent, rulings where a unit claimed 不适用, as far as that is read.
    """
    tree, here = scheme.tree, _in_force(round_)
    sent = sent_by(round_)
    units = [unit for unit in scheme.units if unit.code in sent]
    marks = Counter(Mark.objects.filter(book__in=here).exclude(value=None).values_list("unit__code", "indicator"))
    rulings = set(Ruling.objects.filter(book__in=here).values_list("unit__code", "indicator"))
    figures = set(Entry.objects.filter(book__in=here, category="").values_list("unit__code", "indicator", "field"))
    questions: dict[str, list[str]] = {}
    for one in office_questions(tree):
        questions.setdefault(one.indicator.code, []).append(one.key)
    claims: dict[str, list[str]] = {}
    for unit, code in () if kept is None else kept.claims:
        claims.setdefault(code, []).append(unit)
    found = []
    for indicator in tree.indicators:
        code = indicator.code
        own = [unit.code for unit in units if tree.is_applicable(indicator, unit.type)]
        if isinstance(indicator.rule, Judged):
            given = sum(marks[unit, code] >= indicator.rule.reviewers for unit in own)
            found.append(Progress(indicator, "mark", len(own), given))
        if code in questions:
            keys = [(at, name) for at, _, name in (key.rpartition(".") for key in questions[code])]
            given = sum(all((unit, at, name) in figures for at, name in keys) for unit in own)
            found.append(Progress(indicator, "figure", len(own), given))
        if code in claims:
            ruled = sum((unit, code) in rulings for unit in claims[code])
            found.append(Progress(indicator, "ruling", len(claims[code]), ruled))
    return tuple(found)


def to_review(lines: Sequence[Progress]) -> dict[str, int]:
    """Beside marks, how much the office has to do itself: figures of its own, and rulings on what units claimed."""
    kinds = {"figures_missing": "figure", "claims_waiting": "ruling"}
    return {key: sum(one.missing for one in lines if one.kind == kind) for key, kind in kinds.items()}


def column_of(
    data: Data, round_: Round, scheme: Scheme, indicator: Indicator, kept: Kept | None, lang: Language
) -> tuple[Line, ...]:
    """One indicator down all units to which it applies. Raises ``RefusedError`` (R205)."""
    tree = scheme.tree
    answered = {} if kept is None else kept.at(tree.indicators.index(indicator), lang)
    units = [unit for unit in scheme.units if tree.is_applicable(indicator, unit.type)]
    by_hand = BY_HAND["marks"]
    marks: dict[str, list[Given]] = {}
    found_rows = Mark.objects.filter(book__in=_in_force(round_), indicator=indicator.code)
    rows = list(found_rows.select_related("unit", "book").order_by("pk"))
    since = entered_at(round_, rows)
    for row in rows:
        is_by_hand = row.book is not None and row.book.name == by_hand
        marks.setdefault(row.unit.code, []).append(Given(row, is_by_hand, since[row.pk]))
    figures = _figures(round_, indicator)
    scores = scores_at(data, newest_run(round_), indicator.code)
    nodes = ((unit.code, tree.of_type(unit.type).by_code[indicator.code]) for unit in units)
    own = {code: node for code, node in nodes if isinstance(node, Indicator)}  # its own points and rule
    found = {code: given for code, given in ((unit.code, _seen(marks.get(unit.code, ()))) for unit in units) if given}
    if not indicator.is_judged:
        found = {code: [score] for code, (score, _) in scores.items() if score is not None and code in own}
    bounds = {code: (mark_range if indicator.is_judged else score_range)(own[code]) for code in found}
    here = {code: answered.get(code, Answered()) for code in own}
    why = outliers(
        {code: sum(values) / len(values) for code, values in found.items()},
        bounds,
        {code: one.last_score for code, one in here.items() if one.last_score is not None},
        {code: one.figures for code, one in here.items() if not one.is_silent} if _has_numbers(indicator) else {},
        {code for code, one in here.items() if one.is_silent} if indicator.is_judged else (),
    )
    return tuple(
        Line(
            unit,
            here[unit.code],
            tuple(marks.get(unit.code, ())),
            *scores.get(unit.code, (None, "")),
            why.get(unit.code, ()),
            figures.get(unit.code, ()),
        )
        for unit in units
    )


def _figures(round_: Round, indicator: Indicator) -> dict[str, tuple[tuple[str, str], ...]]:
    """By unit, what the office itself filled in at an indicator."""
    names = {one.code: one.name for one in indicator.fields}
    rows = Entry.objects.filter(book__in=_in_force(round_), category="", indicator=indicator.code)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for unit, code, text in rows.order_by("pk").values_list("unit__code", "field", "text"):
        found[unit] = (*found.get(unit, ()), (names.get(code, code), text))
    return found


def figures_in_workbooks(round_: Round, indicator: str) -> Mapping[tuple[str, str], str]:
    """Of the office's figures at an indicator those that came with a workbook: by unit and field, which one."""
    rows = Entry.objects.filter(book__in=_in_force(round_), category="", indicator=indicator)
    found = rows.exclude(book__name=BY_HAND["answers"]).values_list("unit__code", "field", "book__name")
    return {(unit, field): name for unit, field, name in found}


def newest_run(round_: Round) -> Run | None:
    """The run whose scores are shown beside what is entered; None: there was none."""
    return round_.runs.select_related("outputs").defer("problems").order_by("-n").first()


def scores_at(data: Data, run: Run | None, indicator: str) -> dict[str, tuple[float | None, str]]:
    """By unit, the score at an indicator in a run and its reason. Raises ``RefusedError`` (R205)."""
    if run is None:
        return {}
    content = data.store.read(names_in(data, run.outputs)[SCORES]).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(content, newline=""))
    at = {heading: i for i, heading in enumerate(next(rows, []))}
    unit, code, score, reason = (at[heading] for heading in ("unit", "code", "score", "reason"))
    return {
        unguarded(row[unit]): (float(row[score]) if row[score] else None, unguarded(row[reason]))
        for row in rows
        if unguarded(row[code]) == indicator
    }


def changes(round_: Round) -> Sequence[Change]:
    """The scores changed on review that count, the newest first."""
    rows = Change.objects.filter(book__in=_in_force(round_), objection=None).exclude(book__name=DECISIONS)
    return list(rows.select_related("unit", "book", "seat__person").order_by("unit__place", "indicator"))


def rulings(round_: Round) -> Sequence[Ruling]:
    """The rulings that count, unit by unit."""
    rows = Ruling.objects.filter(book__in=_in_force(round_)).select_related("unit", "book", "seat__person")
    return list(rows.order_by("unit__place", "indicator"))


def register(round_: Round) -> Sequence[Entry]:
    """The lines of the register that count, unit by unit."""
    rows = Entry.objects.filter(book__in=_in_force(round_)).exclude(category="")
    return list(rows.select_related("unit", "book", "seat__person").order_by("unit__place", "pk"))


def reviewers(round_: Round) -> tuple[str, ...]:
    """Who has given marks that count, by name."""
    names = Mark.objects.filter(book__in=_in_force(round_)).values_list("reviewer", flat=True)
    return tuple(sorted(set(names)))


def entered_at(round_: Round, rows: Sequence[Mark | Change | Ruling | Entry]) -> dict[int, datetime]:
    """When each row was first entered as it is, by its number: by hand, every save writes all rows once more."""
    found: dict[int, datetime] = {row.pk: row.at for row in rows}
    names = {row.book.name for row in rows if row.book is not None} & set(BY_HAND.values())
    wanted: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        wanted.setdefault(_says(row), []).append(row.pk)
    for model in {type(row) for row in rows}:
        codes = {row.indicator for row in rows}
        earlier = model.objects.filter(round=round_, book__name__in=names, indicator__in=codes).order_by("-pk")
        for row in earlier.iterator():
            for pk in wanted.get(_says(row), ()):
                found[pk] = min(found[pk], row.at)
    return found


def _has_numbers(indicator: Indicator) -> bool:
    """Do units answer numbers that reviewers judge by? The same text from many says little, the same numbers much."""
    return indicator.is_judged and any(one.type is not FieldType.TEXT for one in indicator.fields)


def _says(row: Mark | Change | Ruling | Entry) -> tuple[object, ...]:
    columns = ("indicator", "reason", "reviewer", "day", "value", "granted", "old", "new", "category", "level", "text")
    return (row.unit_id, *(getattr(row, name, None) for name in columns))


def _seen(marks: Sequence[Given]) -> list[float]:
    return [one.row.value for one in marks if one.row.value is not None]


def _in_force(round_: Round) -> "QuerySet[OfficeBook]":
    return OfficeBook.objects.filter(round=round_, replaced_by=None, withdrawn=False)
