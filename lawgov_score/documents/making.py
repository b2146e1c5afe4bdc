"""Makes the documents of a round: the facts of each into its template, as .docx and as HTML, with one event for all."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lawgov_score.catalogue import Code
from lawgov_score.documents.facts import Facts, Known, known, of_notice
from lawgov_score.documents.filling import Values, fill
from lawgov_score.documents.kinds import DAYS, FIELDS, KIND_NAMES, Field, Kind, field_name
from lawgov_score.documents.of_objections import of_objections
from lawgov_score.documents.of_results import of_public, of_results
from lawgov_score.documents.of_returns import of_returns
from lawgov_score.documents.templates import Template, fields_of, template_in_force
from lawgov_score.documents.web import page
from lawgov_score.documents.word import opened, saved, stories
from lawgov_score.files import file_names
from lawgov_score.problems import Problem
from lawgov_score.report import render
from lawgov_score.rounds.allowed import must_be
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Deed
from lawgov_score.rounds.papers import record_documents
from lawgov_score.wording import Language, Words

_BLANK = "________"
_FROM_TO = Words("{day}至{day}", "{day} to {day}")
_BLANK_DAY = {Language.ZH: "____年__月__日", Language.EN: "____-__-__"}


@dataclass(frozen=True, slots=True)
class Made:
    """Documents by file name, of which units they are, and the warnings: R280 for a blank, those of the template."""

    kind: Kind
    template: Template
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    units: tuple[str, ...] = ()
    number: int | None = None


def draft_documents(
    data: Data,
    round_: Round,
    kind: Kind,
    now: datetime,
    *,
    units: Collection[str] = (),
    number: int | None = None,
    lang: Language = Language.ZH,
    template: Template | None = None,
) -> Made:
    """The documents as they would be made now; nothing is recorded. ``template``: instead of the one in force.

    ``units``: codes, of letters to units; without any, all that there is a letter for. ``number``: of an objection, or
    of a publication. Raises ``RefusedError``: S160, R281 nothing to make it of; R205, R227, R251, R253; of the template
    R282 to R286.
    """
    of = template or template_in_force(data, round_, kind, lang)
    facts = facts_for(known(data, round_, now, lang), kind, units, number)
    named = fields_of(of)
    stems = _stems(facts, kind, lang)
    files: dict[str, bytes] = {}
    problems: list[Problem] = list(of.problems)
    for stem, one in zip(stems, facts, strict=True):
        document = opened(of.content)
        fill(stories(document), kind, _values(one, lang))
        files[f"{stem}.docx"] = saved(document)
        files[f"{stem}.html"] = page(document, file_stem(one, lang), lang)
    problems += _blanks(facts, named, kind, lang)
    codes = tuple(one.unit.code for one in facts if one.unit is not None)
    return Made(kind, of, files, tuple(problems), codes, number)


def make_documents(
    data: Data,
    round_: Round,
    kind: Kind,
    seat: Seat,
    now: datetime,
    *,
    units: Collection[str] = (),
    number: int | None = None,
    lang: Language = Language.ZH,
) -> Made:
    """Makes documents and keeps them, with one event that names each by its fingerprint.

    Raises ``RefusedError``: R213, R235; as ``draft_documents``; ``CannotWriteError``.
    """
    must_be(Deed.DOCUMENT, round_, seat)
    made = draft_documents(data, round_, kind, now, units=units, number=number, lang=lang)
    keep_made(data, round_, made, seat, now)
    return made


def keep_made(data: Data, round_: Round, made: Made, seat: Seat, now: datetime) -> None:
    """Keeps what was made, and records it; the very same once more is on record already.

    Raises ``RefusedError``: R213, R235; ``CannotWriteError``.
    """
    record_documents(
        *(data, round_, made.kind.value, made.template.lang.value, made.files, made.template.content, seat, now),
        units=made.units,
        number=made.number,
    )


def file_stem(facts: Facts, lang: Language) -> str:
    """What the file of a document is called, and its page."""
    return render(facts.name, lang)


def _stems(facts: Sequence[Facts], kind: Kind, lang: Language) -> tuple[str, ...]:
    """The names of their files, all different; what a document is stays in its name, however long its unit's is."""
    whole, end = [file_stem(one, lang) for one in facts], f" {render(KIND_NAMES[kind], lang)}"
    if all(one.endswith(end) for one in whole):
        return file_names([one.removesuffix(end) for one in whole], end)
    return file_names(whole, "")


def facts_for(of: Known, kind: Kind, units: Collection[str] = (), number: int | None = None) -> list[Facts]:
    """What there is a document of this kind for, one each. Raises ``RefusedError`` as ``draft_documents``."""
    match kind:
        case Kind.NOTICE:
            return of_notice(of)
        case Kind.RETURN:
            return of_returns(of, units)
        case Kind.RESULT:
            return of_results(of, units, number)
        case Kind.DECISION:
            return of_objections(of, units, number)
        case Kind.PUBLIC:
            return of_public(of, number)


def _values(facts: Facts, lang: Language) -> Values:
    return {field: _blank(field, lang) if value is None else value for field, value in facts.values.items()}


def _blank(field: Field, lang: Language) -> str:
    day = _BLANK_DAY[lang]
    if field is Field.PERIOD:
        return render(_FROM_TO(day=day), lang)
    return day if field in DAYS else _BLANK


def _blanks(facts: list[Facts], named: Collection[Field], kind: Kind, lang: Language) -> Iterator[Problem]:
    """R280, once for all fields that stay a blank in a document, and for all documents that have one."""
    lacking = [
        (one, {field for field, value in one.values.items() if value is None and _is_seen(field, named)})
        for one in facts
    ]
    of = [one for one, fields in lacking if fields]
    if not of:
        return
    fields = set().union(*(fields for _, fields in lacking))
    names = tuple(field_name(field, lang) for field in FIELDS[kind] if field in fields)
    figures = {"fields": names, "kind": KIND_NAMES[kind], "n": len(of)}
    yield Problem(Code.R280, of[0].place, figures, also=tuple(one.place for one in of[1:]))


def _is_seen(field: Field, named: Collection[Field]) -> bool:
    """Does a document show it: by itself, or within the sentence that says how to object?"""
    return field in named or (field in {Field.OBJECT_BY, Field.WAY} and Field.OBJECT in named)
