"""评定, by column: one indicator down all units, with its standard, answers, last year, marks, and what stands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse

from lawgov_score.explanation.standard import standard
from lawgov_score.model import Indicator
from lawgov_score.portal import answers
from lawgov_score.portal.by_hand import Result, lost, result_of, save_or_try, typed_now
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, see_other
from lawgov_score.portal.places import Place
from lawgov_score.portal.views.review_figures import Cell, cells_of, edits_of, figure_names, figures_form, questions_at
from lawgov_score.problems import Problem
from lawgov_score.rounds import reviewing
from lawgov_score.rounds.answered import kept_answers, unread
from lawgov_score.rounds.by_hand import Edit, HandBook, Row, hand_book, key_of
from lawgov_score.rounds.reviewing import Line
from lawgov_score.rounds.scheme import scheme_at_hand
from lawgov_score.workbook.called import folded
from lawgov_score.workbook.forms.office import MARKS, mark_range
from lawgov_score.workbook.office.sheets import range_text, standard_text

_SHOWN = ("missing", "outlier", "claim")  # what the list may be cut down to


@dataclass(frozen=True, slots=True)
class Field:
    """A unit's line with the fields of a reviewer. ``locked``: the workbook that has the mark already, '' for none.

    ``cells``: of the office's own figures.
    """

    line: Line
    pk: int
    mark: str = ""
    reason: str = ""
    locked: str = ""
    cells: tuple[Cell, ...] = ()


def column(request: HttpRequest, desk: Desk, code: str, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The page; by POST, saves the marks of a reviewer."""
    scheme = scheme_at_hand(desk.data, desk.round)
    indicator = scheme.tree.by_code.get(code)
    if not isinstance(indicator, Indicator):
        return answers.not_there(request)
    posted = Posted(request)
    is_posted = request.method == "POST"
    reviewer = (posted.text("reviewer") if is_posted else request.GET.get("reviewer", "")).strip()
    kept = kept_answers(desk.data, desk.round)
    lines = reviewing.column_of(desk.data, desk.round, scheme, indicator, kept, desk.lang)
    questions = questions_at(scheme, indicator)
    form = figures_form(scheme) if questions else MARKS
    book = hand_book(desk.data, desk.round, form)
    pks = dict(desk.round.units.values_list("code", "pk"))
    if is_posted and not problems:
        back = f"{address_of(code)}?{urlencode({'reviewer': reviewer})}"
        again = partial(column, request, desk, code)
        names = {f"mark-{pks[line.unit.code]}" for line in lines}
        if gone := lost(posted, desk, figure_names(questions, lines, pks) if questions else names):
            return again(gone)
        if questions:
            back, edits = address_of(code), edits_of(posted, questions, lines, book, pks)
        else:
            edits = _edits(posted, indicator, reviewer, lines, book, pks)
        return save_or_try(request, desk, form, edits, back, again)
    result = typed_now(request, desk, form) if is_posted else result_of(request, desk, form)
    own = {} if questions else {key_of(form, row): row for row in book.rows}
    is_known = _is_of(result.typed.get("shown_of", ""), reviewer) and not questions
    was = {key_of(form, row): row for row in result.shown} if is_known else {}
    cells = cells_of(desk, questions, lines, book, pks, result)
    fields = [
        _field(line, pks[line.unit.code], indicator, reviewer, own, was, result, cells.get(line.unit.code, ()))
        for line in lines
    ]
    shown = request.GET.get("show", "")
    wanted = request.GET.get("q", "").strip()
    run = reviewing.newest_run(desk.round)
    before, after = _beside(scheme.tree.indicators, indicator)
    context = {
        "indicator": indicator,
        "standard": standard_text(indicator, partial(standard, scheme.tree), desk.lang),
        "range": range_text(indicator) if indicator.is_judged else None,
        "bounds": mark_range(indicator) if indicator.is_judged else None,
        "fields": [one for one in fields if _is_shown(one, shown, wanted)],
        "n_all": len(fields),
        "n_given": sum(_is_given(one) for one in fields),
        "questions": questions,
        "n_why": sum(bool(one.line.why) for one in fields),
        "show": shown if shown in _SHOWN else "",
        "q": wanted,
        "reviewer": reviewer if indicator.is_judged else "",
        "reviewers": reviewing.reviewers(desk.round),
        "n": book.n,
        "common": result.value("common"),
        "result": result,
        "run": run,
        "unread": unread(desk.data, desk.round),
        "is_read": kept is not None,
        "before": before,
        "after": after,
        "place_address": address_of(code),
    }
    return answers.show(
        request, desk, Place.REVIEW, "review_column", context, problems=problems, status=409 if problems else 200
    )


def go(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Leads to the page of the indicator that was chosen from a list."""
    return see_other(address_of(request.GET["code"]) if request.GET.get("code") else Place.REVIEW.address)


def address_of(code: str) -> str:
    """The page of an indicator."""
    return f"{Place.REVIEW.address}of/{quote(code, safe='')}/"


def _field(
    line: Line,
    pk: int,
    indicator: Indicator,
    reviewer: str,
    own: Mapping[tuple[str, ...], Row],
    was: Mapping[tuple[str, ...], Row],
    result: Result,
    cells: tuple[Cell, ...],
) -> Field:
    if not reviewer:
        return Field(line, pk, cells=cells)
    key = (line.unit.code, indicator.code, folded(reviewer))
    elsewhere = (one.row.book for one in line.marks if not one.is_by_hand and _is_of(one.row.reviewer, reviewer))
    locked = next((one.name for one in elsewhere if one is not None), "")
    row = result.row({"mark": f"mark-{pk}", "reason": f"reason-{pk}"}, own.get(key, {}), was.get(key, {}))
    return Field(line, pk, row["mark"], row["reason"], locked, cells)


def _is_of(name: str, reviewer: str) -> bool:
    return folded(name) == folded(reviewer)


def _edits(
    posted: Posted,
    indicator: Indicator,
    reviewer: str,
    lines: Sequence[Line],
    book: HandBook,
    pks: Mapping[str, int],
) -> list[Edit]:
    """What differs from the workbook by hand; a mark and a reason that are both cleared take the row away.

    Where the page did not show this reviewer's marks, what is blank was not cleared.
    """
    was_shown = _is_of(posted.text("shown_of"), reviewer)
    at = {key_of(MARKS, row): i for i, row in enumerate(book.rows)}
    edits = []
    for line in lines:
        pk = pks[line.unit.code]
        if f"mark-{pk}" not in posted.request.POST:
            continue
        row = {"unit": line.unit.code, "indicator": indicator.code, "figures": line.answered.figures}
        row |= {"reviewer": reviewer, "mark": posted.text(f"mark-{pk}"), "reason": posted.text(f"reason-{pk}")}
        known = at.get(key_of(MARKS, row), -1)
        before = book.rows[known] if known >= 0 else {}
        if not row["mark"] and not row["reason"]:
            if known >= 0 and was_shown:
                edits.append(Edit(None, known))
            continue
        row["reason"] = row["reason"] or posted.text("common")
        if any(row[key] != before.get(key, "") for key in ("mark", "reason")):
            edits.append(Edit(row, known))
    return edits


def _is_given(one: Field) -> bool:
    """Has it its marks, or all figures of the office?"""
    return all(cell.value or cell.locked for cell in one.cells) if one.cells else bool(one.line.marks)


def _is_shown(one: Field, shown: str, wanted: str) -> bool:
    line = one.line
    if wanted and wanted.casefold() not in f"{line.unit.code} {line.unit.name}".casefold():
        return False
    match shown:
        case "missing":
            return not _is_given(one)
        case "outlier":
            return bool(line.why)
        case "claim":
            return bool(line.answered.claim)
    return True


def _beside(indicators: Sequence[Indicator], one: Indicator) -> tuple[Indicator | None, Indicator | None]:
    """The indicators of the same kind before and after it: who judges goes through those that are judged."""
    alike = [each for each in indicators if each.is_judged is one.is_judged]
    at = alike.index(one)
    return (alike[at - 1] if at else None), (alike[at + 1] if at + 1 < len(alike) else None)
