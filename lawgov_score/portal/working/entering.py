"""The office's entries: workbooks that were dropped, rows entered by hand, blank workbooks to print."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from lawgov_score.files import temporary_folder
from lawgov_score.portal.working.made import keep_made
from lawgov_score.portal.working.task import Task
from lawgov_score.problems import CellPlace, Place, Problem, RefusedError, ThingPlace
from lawgov_score.rounds import by_hand
from lawgov_score.rounds.answered import read_answers
from lawgov_score.rounds.entered_words import entered_told
from lawgov_score.rounds.entering import Entered, enter, told_again
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.office_checked import in_its_file, keep_check
from lawgov_score.rounds.printing import office_workbooks
from lawgov_score.rounds.scheme import scheme_at_hand
from lawgov_score.two_languages import Kept, kept_text, with_text
from lawgov_score.wording import Words

_PLACE = "/review/"
_NONE_MADE = Words(
    "没有要填的：所写的牵头单位没有需要评定的指标，或者体系里没有评审打分",
    "nothing to fill in: the units named lead no indicator that is reviewed, or the tree has no marks",
)


def enter_books(task: Task) -> dict[str, Any]:
    """Enters what was dropped, as ``round enter`` does; each workbook in words, every problem at its cell."""
    try:
        given, problems = read_given(task.files)
        named = {name: replace(one, shown=one.shown.rpartition("/")[2]) for name, one in given.items()}
        entered, more = enter(task.data, task.round, named, task.office, task.now)
    except RefusedError as refused:
        return _refused(task, refused, f"{_PLACE}?job={task.job.n}")
    keep_check(task.data, task.round)
    done = {one.shown for one in entered}
    return {
        "to": f"{_PLACE}?job={task.job.n}",
        "entered": [_entered(task, one) for one in entered],
        "refused": [one.shown for one in named.values() if one.shown not in done],
        "problems": _records(task, (*problems, *more)),
    }


def save_by_hand(task: Task) -> dict[str, Any]:
    """Saves rows that were entered by hand, all of them or none. What was typed stays with the job."""
    values = task.values
    edits = [by_hand.Edit(one["row"], int(one["at"])) for one in values["edits"]]
    form = by_hand.form_by(values["form"], scheme_at_hand(task.data, task.round).tree)
    to = _with_job(str(values["back"]), task.job.n)
    try:
        saved = by_hand.save(task.data, task.round, form, int(values["n"]), edits, task.office, task.now)
    except RefusedError as refused:
        return _refused(task, refused, to)
    keep_check(task.data, task.round)
    entered = [] if saved.entered is None else [_entered(task, saved.entered)]
    return {"to": to, "entered": entered, "saved": len(edits), "problems": _records(task, saved.problems)}


def look(task: Task) -> dict[str, Any]:
    """Reads what units answered since the last time, and the office's workbooks all together."""
    with task.reading() as run:
        read_answers(task.data, task.round, run)
    keep_check(task.data, task.round)
    return {"to": str(task.values["back"])}


def office_books(task: Task) -> dict[str, Any]:
    """The office's blank workbooks, with what units sent and last year's results in them."""
    leads, reviewers = (tuple(map(str, task.values[key])) for key in ("leads", "reviewers"))
    with temporary_folder("lawgov-made-") as folder, task.reading() as run:
        made = office_workbooks(task.data, task.round, folder / "made", run, task.lang, leads, reviewers)
        names = [keep_made(task, path.name, path.read_bytes()) for path in made]
    said: Kept = "" if names else kept_text(_NONE_MADE)
    return {"to": f"{_PLACE}?job={task.job.n}#made", "names": names, "said": said}


def _entered(task: Task, one: Entered) -> dict[str, Any]:
    is_ours = one.is_same and task.since is not None and one.book.at >= task.since  # of a try that was broken off
    told = entered_told(told_again(one, task.data, task.round) if is_ours else one)
    return {"head": kept_text(told.head), "lines": list(map(kept_text, told.lines))}


def _refused(task: Task, refused: RefusedError, to: str) -> dict[str, Any]:
    """A page with the problems, and with what was typed, rather than one that only says what is wrong."""
    return {"to": to, "is_refused": True, "problems": _records(task, refused.problems)}


def _with_job(address: str, n: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}job={n}"


def _records(task: Task, problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems at the names of files as they were sent, wherever they lie meanwhile; of rows as people call them."""
    found = []
    for one in problems:
        places = [tuple(map(_named, places)) for places in (one.see_also, one.also)]
        (record,) = task.records([replace(one, place=_named(one.place), see_also=places[0], also=places[1])])
        shown = one.place.shown if isinstance(one.place, ThingPlace) else None
        found.append(in_its_file(record if shown is None else with_text(record, "path", kept_text(shown))))
    return found


def _named(place: Place) -> Place:
    return replace(place, path=place.path.rpartition("/")[2]) if isinstance(place, CellPlace) else place
