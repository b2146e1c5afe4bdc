"""What a run kept, in words: its problems, each with its file; and in which language its own texts are, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lawgov_score.portal.answers import Told, told_from
from lawgov_score.portal.desk import Desk
from lawgov_score.rounds.by_hand import row_at, row_in
from lawgov_score.rounds.models import Run
from lawgov_score.rounds.verifying import language_of
from lawgov_score.two_languages import problem_in
from lawgov_score.wording import Text, Words

_ORDER = {"error": 0, "warning": 1}
_TEXTS = Words(
    "这次计算的得分理由和文件是英文：计算时网页是英文的，留存以后不再改动。要中文的，在这里重新计算。",
    "Reasons and files of this run are in Chinese, in which it was computed: what is kept is never changed. "
    "To have them in English, compute anew on this page.",
)
_PUBLISHED = Words(
    "公布说明和文件是英文：那次计算时网页是英文的，公布以后不再改动。",
    "What it says and its files are in Chinese, in which its run was computed: what is published is never changed.",
)


def told_of_run(desk: Desk, records: Sequence[Mapping[str, Any]], *, is_now: bool) -> Iterator[Told]:
    """Errors before warnings. ``is_now``: was it of what counts now, so that rows by hand stand where they did?"""
    units = dict(desk.round.units.values_list("code", "name"))
    for record in sorted(records, key=lambda one: _ORDER.get(one["severity"], 2)):
        (told,) = told_from([record], desk.lang)
        path = str(problem_in(record, desk.lang).get("path") or "").rpartition("/")[2]
        cell = str(record.get("cell") or "")
        row = row_at(desk.data, desk.round, path, cell) if is_now else None
        row = row_in(desk.data, desk.round, path, cell) if row is None else row
        unit, node = (str(record.get(key) or "") for key in ("unit", "node"))
        if unit:
            yield replace(told, place=" ".join(filter(None, (unit, units.get(unit, ""), node))))
        elif row is not None:
            yield replace(told, place=desk.say(row))
        else:
            yield replace(told, place=" ".join(dict.fromkeys(filter(None, (path, told.place)))))


def other_language(desk: Desk, run: Run, *, is_published: bool = False) -> Text:
    """That texts of a run are not in the reader's language, and why; '' where they are."""
    if language_of(run) is desk.lang:
        return ""
    return _PUBLISHED if is_published else _TEXTS
