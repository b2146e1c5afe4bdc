"""Letters of return: why a workbook goes back, and until when it has to be sent anew."""

import json
from collections.abc import Collection

from lawgov_score.documents.facts import Facts, Known, nothing, sentence
from lawgov_score.documents.filling import seen
from lawgov_score.documents.kinds import KIND_NAMES, Field, Kind
from lawgov_score.report import render
from lawgov_score.rounds.models import Event, Submission
from lawgov_score.rounds.names import SubmissionState
from lawgov_score.rounds.returning import OpenReturn, chosen_of, is_counted, open_returns
from lawgov_score.rounds.things import called, place_of, receipt_number
from lawgov_score.wording import ByFace, Words

_NO_RETURN = Words("没有退回的填报表", "no workbook is returned")
_RETURN_FIRST = ByFace(
    Words(
        "先退回：lawgov-score round return 数据文件夹 -o 文件夹",
        "Return some first: lawgov-score round return DATA -o DIR",
    ),
    Words("先在“退回”页退回", "Return some first, on the page “Returns”"),
)
_FOUND = Words("核对发现{parts:list}，已在副本中逐一标注。", "The check found {parts:list}, all marked in the copy.")
_PARTS = (
    Words("错误{n}个", "{n} errors"),
    Words("警告{n}个", "{n} warnings"),
    Words("未填{n}项", "{n} blanks"),
)
_FILE = Words("{code} {name} {kind}", "{code} {name} {kind}")


def of_returns(known: Known, units: Collection[str]) -> list[Facts]:
    """A letter for each unit of which the workbook is returned. Raises ``RefusedError``: R227 none of this unit, "
    "R281."""
    chosen = chosen_of(known.round, units, (SubmissionState.RETURNED,))
    if not chosen:
        raise nothing(known.round, Kind.RETURN, _NO_RETURN, _RETURN_FIRST)
    told, reasons = open_returns(chosen), _reasons(chosen)
    return [_of(known, one, told.get(one.pk), reasons.get(called(one), "")) for one in chosen]


def _of(known: Known, one: Submission, told: OpenReturn | None, reason: str) -> Facts:
    counts = zip(_PARTS, (one.errors, one.warnings, one.blanks), strict=True)
    parts = tuple(words(n=n) for words, n in counts if n)
    values = {
        **known.common,
        **known.of_unit(one.unit),
        Field.TRY: str(one.n),
        Field.RECEIVED: known.moment(one.received_at),
        Field.RECEIPT: seen(receipt_number(one)),
        Field.REASON: sentence(reason) or None,
        Field.COUNTS: known.say(_FOUND(parts=parts)) if parts and not is_counted(reason) else "",
        Field.DUE: None if told is None else known.moment(told.due),
    }
    name = _FILE(code=one.unit.code, name=seen(one.unit.name), kind=KIND_NAMES[Kind.RETURN])
    return Facts(render(name, known.lang), values, place_of(one), one.unit)


def _reasons(some: Collection[Submission]) -> dict[str, str]:
    """Why each of these was returned the last time, as it was recorded, by what the record calls it."""
    names = {called(one) for one in some}
    moves = Event.objects.filter(act="move", object__startswith="submission ").order_by("seq")
    found = {}
    for name, body in moves.values_list("object", "body"):
        if name in names and (said := json.loads(body))["after"].get("state") == SubmissionState.RETURNED.value:
            found[name] = str(said["reason"])
    return found
