"""评定, by hand: rulings on claims of 不适用, scores changed on review, the register of bonuses and penalties."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from lawgov_score.model import Indicator
from lawgov_score.portal import answers
from lawgov_score.portal.answers import Told
from lawgov_score.portal.by_hand import Result, lost, result_of, save_or_try, typed_now
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted
from lawgov_score.portal.places import Place
from lawgov_score.problems import Problem
from lawgov_score.report import number_text
from lawgov_score.rounds import reviewing
from lawgov_score.rounds.answered import Answered, kept_answers, unread
from lawgov_score.rounds.by_hand import Edit, HandBook, Row, columns_of, hand_book, key_of
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.models import Unit
from lawgov_score.rounds.office_checked import kept_check
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.scheme import Scheme, scheme_at_hand
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.forms.office import (
    CHANGES,
    GRANTED,
    REFUSED,
    REGISTER,
    RULINGS,
    Form,
    labelled,
    register_kinds,
    score_range,
)

_CHOICES = ((GRANTED.zh, Words("同意", "grant")), (REFUSED.zh, Words("不同意", "refuse")))
_HINTS = {"reviewer": Words("写姓名。", "The name."), "date": Words("必填。", "Required.")}
_NO_LEVEL = Words("（不分级别）", "(no levels)")
_TYPES = {"date": "date", "times": "number", "to": "text", "from": "text"}
_LONG = frozenset({"reason", "matter", "evidence"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with its ruling. ``locked``: the workbook that has the ruling, '' where it may be given by hand."""

    unit: Unit
    indicator: Indicator
    answered: Answered
    key: str
    ruling: str = ""
    reason: str = ""
    reviewer: str = ""
    day: str = ""
    locked: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form for one row. ``choices``: values with what they are called; empty: it is written."""

    key: str
    heading: Text
    hint: Text
    value: str
    type: str
    is_long: bool
    is_required: bool
    choices: tuple[tuple[str, Text], ...] = ()


def rulings(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The claims of all units with their rulings; by POST, saves those that are otherwise."""
    address = f"{Place.REVIEW.address}rulings/"
    scheme, book = scheme_at_hand(desk.data, desk.round), hand_book(desk.data, desk.round, RULINGS)
    is_posted = request.method == "POST"
    result = _result(request, desk, RULINGS)
    claims = list(_claims(desk, scheme, book, _typed_of(desk, result)))
    if is_posted and not problems:
        posted, again = Posted(request), partial(rulings, request, desk)
        if gone := lost(posted, desk, {f"ruling-{one.key}" for one in claims}):
            return again(gone)
        return save_or_try(request, desk, RULINGS, _ruled(posted, claims, book), address, again)
    was = {key_of(RULINGS, row): row for row in result.shown}
    wanted = request.GET.get("q", "").strip().casefold()
    waits = request.GET.get("show", "") == "missing"
    shown = [one for one in claims if wanted in f"{one.unit.code} {one.unit.name} {one.indicator.code}".casefold()]
    context = {
        "claims": [_typed(one, result, was) for one in shown if not (waits and one.ruling)],
        "n_all": len(claims),
        "n_missing": sum(not one.ruling for one in claims),
        "choices": _CHOICES,
        "common": result.value("common"),
        "reviewer": result.value("reviewer"),
        "date": result.value("date", _today(desk)),
        "q": request.GET.get("q", ""),
        "show": "missing" if waits else "",
        **_common(desk, book, result),
    }
    return answers.show(
        request, desk, Place.REVIEW, "review_rulings", context, problems=problems, status=409 if problems else 200
    )


def _typed_of(desk: Desk, result: Result) -> Iterator[tuple[str, str]]:
    """Unit and indicator of each ruling that was typed: what they answered may have to be read anew since."""
    units = {str(pk): code for pk, code in desk.round.units.values_list("pk", "code")}
    for name, text in result.typed.items():
        of, _, key = name.partition("-")
        pk, _, code = key.partition("-")
        if of == "ruling" and text and pk in units:
            yield units[pk], code


def _claims(desk: Desk, scheme: Scheme, book: HandBook, typed: Iterable[tuple[str, str]]) -> Iterator[Claim]:
    """Claims that were read, and whatever else was ruled on or is being ruled on, indicator by indicator."""
    kept = kept_answers(desk.data, desk.round)
    units = {unit.code: unit for unit in desk.round.units.filter(ended_at=None)}
    given = {(one.unit.code, one.indicator): one for one in reviewing.rulings(desk.round)}
    own = {key_of(RULINGS, row) for row in book.rows}
    claimed = kept.claims if kept is not None else ()
    wanted: dict[str, list[str]] = {code: [] for _, code in (*claimed, *given)}
    for unit, code in claimed:
        wanted[code].append(unit)
    for unit, code in (*given, *typed):
        if unit not in wanted.setdefault(code, []):
            wanted[code].append(unit)
    for place, indicator in enumerate(scheme.tree.indicators):
        answered = kept.at(place, desk.lang) if kept is not None and indicator.code in wanted else {}
        for code in wanted.get(indicator.code, ()):
            if code not in units:
                continue
            row = given.get((code, indicator.code))
            said: dict[str, str] = {}
            if row is not None:
                said = {"ruling": (GRANTED if row.granted else REFUSED).zh, "reason": row.reason}
                said |= {"reviewer": row.reviewer, "day": "" if row.day is None else row.day.isoformat()}
                if (code, indicator.code) not in own and row.book is not None:
                    said["locked"] = row.book.name
            key = f"{units[code].pk}-{indicator.code}"
            yield Claim(units[code], indicator, answered.get(code, Answered()), key, **said)


def _typed(one: Claim, result: Result, was: Mapping[tuple[str, ...], Row]) -> tuple[Claim, str, str]:
    """A claim with what its fields hold."""
    fields = {key: f"{key}-{one.key}" for key in ("ruling", "reason")}
    now = {"ruling": one.ruling, "reason": one.reason}
    row = result.row(fields, now, was.get((one.unit.code, one.indicator.code), {}))
    return one, row["ruling"], row["reason"]


def _ruled(posted: Posted, claims: Sequence[Claim], book: HandBook) -> list[Edit]:
    at = {key_of(RULINGS, row): i for i, row in enumerate(book.rows)}
    edits = []
    for one in claims:
        if one.locked or f"ruling-{one.key}" not in posted.request.POST:
            continue
        known = at.get((one.unit.code, one.indicator.code), -1)
        ruling, reason = posted.text(f"ruling-{one.key}"), posted.text(f"reason-{one.key}")
        if not ruling:
            if known >= 0:
                edits.append(Edit(None, known))
            continue
        row = {"unit": one.unit.code, "indicator": one.indicator.code, "claim": one.answered.claim, "ruling": ruling}
        row |= {"reason": reason or posted.text("common"), "reviewer": posted.text("reviewer")}
        row["date"] = posted.text("date")
        before = book.rows[known] if known >= 0 else {}
        if any(row[key] != before.get(key, "") for key in ("ruling", "reason")):
            edits.append(Edit(row, known))
    return edits


def changes(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The scores changed on review, and the form for one; by POST, saves or takes away a row."""
    scheme, book = scheme_at_hand(desk.data, desk.round), hand_book(desk.data, desk.round, CHANGES)
    result, run = _result(request, desk, CHANGES), reviewing.newest_run(desk.round)
    at, given = _row_asked(request, book, result), result.typed or request.GET
    of = book.rows[at] if at >= 0 else {key: str(given.get(key, "")) for key in ("unit", "indicator")}
    unit, indicator = of["unit"], scheme.tree.by_code.get(of["indicator"])
    more: dict[str, Any] = {
        "indicators": [(one.code, labelled(one.code, one.title)) for one in scheme.tree.indicators],
        "run": run,
        "of": of,
    }
    first: dict[str, str] = {}
    if isinstance(indicator, Indicator) and unit in (units := dict(_units(desk))):
        score, reason = reviewing.scores_at(desk.data, run, indicator.code).get(unit, (None, ""))
        kept = kept_answers(desk.data, desk.round)
        answered = {} if kept is None else kept.at(scheme.tree.indicators.index(indicator), desk.lang)
        more |= {"chosen": indicator, "chosen_unit": units[unit], "score": score, "score_reason": reason}
        more |= {"range": score_range(indicator), "answered": answered.get(unit)}
        first = {**of, "from": "" if score is None else number_text(score)} if at < 0 else dict(of)
    rows = reviewing.changes(desk.round)
    return _one_by_one(request, desk, CHANGES, "changes", rows, first, more, problems)


def register(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The register, and the form for one matter; by POST, saves or takes away a row."""
    more = {"kinds": _kinds(desk)}
    return _one_by_one(request, desk, REGISTER, "register", reviewing.register(desk.round), {}, more, problems)


def _result(request: HttpRequest, desk: Desk, form: Form) -> Result:
    return typed_now(request, desk, form) if request.method == "POST" else result_of(request, desk, form)


def _row_asked(request: HttpRequest, book: HandBook, result: Result) -> int:
    """The row that is to be corrected, where it stands by now; -1: none, it is a new one."""
    if result.typed:
        return result.at(book)
    at = whole_number(request.GET.get("at", ""))
    return at if at is not None and at < len(book.rows) else -1


def _one_by_one(
    request: HttpRequest,
    desk: Desk,
    form: Form,
    name: str,
    rows: Sequence[Any],
    first: Mapping[str, str],
    more: Mapping[str, Any],
    problems: Sequence[Problem],
) -> HttpResponse:
    """A list of rows, those by hand with a link to correct them, and the form for one of them or for a new one."""
    address = f"{Place.REVIEW.address}{name}/"
    book = hand_book(desk.data, desk.round, form)
    posted, result = Posted(request), _result(request, desk, form)
    if request.method == "POST" and not problems:
        row = {one.key: posted.text(one.key) for one in columns_of(form)}
        at = whole_number(posted.text("at"))
        at = -1 if at is None else at  # of the version that the page showed, which the save goes by
        edit = Edit(None if posted.text("do") == "remove" else row, at)
        known_as = ("unit", "indicator")
        query: dict[str, str] = {"at": str(at)} if at >= 0 else {key: row[key] for key in known_as if key in row}
        again = partial(changes if form is CHANGES else register, request, desk)
        return save_or_try(request, desk, form, [edit], f"{address}?{urlencode(query)}", again)
    at = _row_asked(request, book, result)
    if result.is_saved:
        at, first = -1, {}
    known: Mapping[str, str] = book.rows[at] if at >= 0 else {"date": "" if form is REGISTER else _today(desk), **first}
    by_key, since = _by_key(form, book), reviewing.entered_at(desk.round, rows)
    keys = [one.key for one in columns_of(form)]
    context = {
        **more,
        "rows": [(one, _at_of(form, one, by_key), since[one.pk]) for one in rows],
        "fields": [_form_field(desk, form, key, result.value(key, known.get(key, "")), first) for key in keys],
        "is_open": form is REGISTER or bool(first),
        "at": at,
        "is_gone": at < 0 and result.row_is_gone,
        "action": address,
        "units": _units(desk),
        "form": form,
        **_common(desk, book, result),
    }
    return answers.show(
        request, desk, Place.REVIEW, f"review_{name}", context, problems=problems, status=409 if problems else 200
    )


def _common(desk: Desk, book: HandBook, result: Result) -> dict[str, Any]:
    return {
        "n": book.n,
        "book": book,
        "result": result,
        "standing": _standing(desk, book, result),
        "unread": unread(desk.data, desk.round),
        "is_read": kept_answers(desk.data, desk.round) is not None,
    }


def _standing(desk: Desk, book: HandBook, result: Result) -> tuple[Told, ...]:
    """What is to be said of the rows by hand as they stand, but for what the save of this page says of its own."""
    checked = kept_check(desk.data, desk.round, desk.lang)
    records = () if checked is None else [one for one in checked.by_hand if one["of"] == book.name]
    own = {(one.code, one.place) for one in result.problems}
    return tuple(one for one in answers.told_from(records, desk.lang) if (one.code, one.place) not in own)


def _by_key(form: Form, book: HandBook) -> dict[tuple[str, ...], list[int]]:
    """Where rows of the workbook by hand stand: of a register several may say the same."""
    found: dict[tuple[str, ...], list[int]] = {}
    for i, row in enumerate(book.rows):
        found.setdefault(_about(form, row), []).append(i)
    return found


def _about(form: Form, row: Row) -> tuple[str, ...]:
    return (row["unit"], row["matter"]) if form is REGISTER else (row["unit"], row["indicator"])


def _at_of(form: Form, row: Any, by_key: dict[tuple[str, ...], list[int]]) -> int:
    """The row by hand that a line was read of; -1: it came with a workbook."""
    if row.book is None or row.book.name != HandBook(form, 0, ()).name:
        return -1
    key = (row.unit.code, row.text if form is REGISTER else row.indicator)
    places = by_key.get(key, [])
    return places.pop(0) if places else -1


def _form_field(desk: Desk, form: Form, key: str, value: str, fixed: Mapping[str, str]) -> FormField:
    column = form.column(key)
    choices: tuple[tuple[str, Text], ...] = ()
    if key == "unit":
        choices = tuple((code, name) for code, name in _units(desk))
    elif key == "indicator":
        tree = scheme_at_hand(desk.data, desk.round).tree
        choices = tuple((one.code, labelled(one.code, one.title)) for one in tree.indicators)
    elif key == "kind":
        choices = _kinds(desk)
    elif key == "level":
        tree = scheme_at_hand(desk.data, desk.round).tree
        levels = dict.fromkeys(level for one in tree.adjustments for level in one.levels)
        choices = (("", _NO_LEVEL), *((one, one) for one in levels))
    kind = "hidden" if key in fixed and key in {"unit", "indicator"} else _TYPES.get(key, "text")
    is_required = column.is_required or key == "reviewer"  # no name stands above a form
    return FormField(key, column.heading, _HINTS.get(key, column.what), value, kind, key in _LONG, is_required, choices)


def _units(desk: Desk) -> list[tuple[str, str]]:
    units = desk.round.units.filter(ended_at=None).order_by("place")
    return [(code, labelled(code, name)) for code, name in units.values_list("code", "name")]


def _kinds(desk: Desk) -> tuple[tuple[str, Text], ...]:
    return tuple(register_kinds(scheme_at_hand(desk.data, desk.round).tree).items())


def _today(desk: Desk) -> str:
    return local(desk.now).date().isoformat()
