"""Reading the record: events by what they are, whom they are about and when; and the files that an event names."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from lawgov_score.rounds.clock import ZONE
from lawgov_score.rounds.models import Event, File, Objection, Round
from lawgov_score.rounds.names import FileKind
from lawgov_score.rounds.plain import whole_number

MOST = 200  # events of one page
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: of an act, about a unit (its code), whose text has some words, of days. Empty: all of them.

    ``before``: only those with a smaller number.
    """

    act: str = ""
    unit: str = ""
    text: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Events, the newest first. ``before``: what the next page begins before; None: there are no more."""

    events: tuple[Event, ...]
    before: int | None


def page_of(round_: Round, wanted: Wanted) -> Page:
    """The newest events that are wanted, ``MOST`` of them."""
    events = Event.objects.select_related("seat__person").order_by("-seq")
    if wanted.before is not None:
        events = events.filter(seq__lt=wanted.before)
    if wanted.act:
        events = events.filter(act=wanted.act)
    if wanted.unit:
        events = events.filter(_about(round_, wanted.unit))
    if wanted.text:
        events = events.filter(body__icontains=_as_in_body(wanted.text))
    if wanted.first is not None:
        events = events.filter(at__gte=_begins(wanted.first))
    if wanted.last is not None:
        events = events.filter(at__lt=_begins(wanted.last + timedelta(days=1)))
    found = list(events[: MOST + 1])
    return Page(tuple(found[:MOST]), found[MOST - 1].seq if len(found) > MOST else None)


def acts() -> tuple[str, ...]:
    """The acts that the record has, in the order of their names."""
    return tuple(Event.objects.order_by("act").values_list("act", flat=True).distinct())


def event_of(seq: int) -> Event | None:
    """One event."""
    return Event.objects.select_related("seat__person").filter(seq=seq).first()


def body_of(event: Event) -> Mapping[str, Any]:
    """All that an event says; nothing of one that somebody has broken."""
    try:
        found = json.loads(event.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A kept file under the name that it had at an event: the same bytes may come under another one, too."""

    file: File
    name: str

    @property
    def sha256(self) -> str:
        """What it is kept by."""
        return str(self.file.sha256)


def files_of(events: Sequence[Event]) -> Mapping[int, tuple[NamedFile, ...]]:
    """The kept files that each event names in what it says was before or after, by its number."""
    named = {event.seq: _named_in(event) for event in events}
    wanted = {sha256 for of in named.values() for sha256 in of}
    kept = {
        file.sha256: file
        for some in _in_pieces(sorted(wanted))
        for file in File.objects.filter(sha256__in=some).exclude(kind=FileKind.FOLDER.value)
    }
    return {
        seq: tuple(NamedFile(kept[one], name or kept[one].name) for one, name in of.items() if one in kept)
        for seq, of in named.items()
    }


def units_of(round_: Round, events: Sequence[Event]) -> Mapping[int, str]:
    """The name of the unit that each event is about, by its number; of those that are about one."""
    names = dict(round_.units.values_list("code", "name"))
    objections = dict(round_.objections.values_list("n", "unit__code"))
    found = {}
    for event in events:
        kind, _, rest = event.object.partition(" ")
        code = rest
        if kind in {"submission", "evidence"}:
            code = rest.rpartition("/")[0]
        elif kind == "objection":
            code = objections.get(whole_number(rest) or 0, "")
        elif kind != "unit":
            continue
        if code in names:
            found[event.seq] = names[code]
    return found


def _about(round_: Round, unit: str) -> Q:
    """Of a unit: itself, what it sent, what it objected to."""
    numbers = Objection.objects.filter(round=round_, unit__code=unit).values_list("n", flat=True)
    objections = [f"objection {n}" for n in numbers]
    return (
        Q(object=f"unit {unit}")
        | Q(object__startswith=f"submission {unit}/")
        | Q(object__startswith=f"evidence {unit}/")
        | Q(object__in=objections)
        | Q(body__contains=f'"unit":{json.dumps(unit, ensure_ascii=False)}')
    )


def _as_in_body(text: str) -> str:
    """A text as it stands within a text of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _named_in(event: Event) -> Mapping[str, str]:
    """The fingerprints in an event, each with the name that the event gives it; '' where it gives none."""
    said, found = body_of(event), dict[str, str]()
    kind, _, rest = event.object.partition("office book ")
    book = rest.rpartition("/")[0] if not kind else ""
    for side in ("after", "before"):
        for sha256, name in _within(said.get(side), book):
            found[sha256] = found.get(sha256) or name
    return found


def _within(value: object, name: str) -> Iterator[tuple[str, str]]:
    """``name``: of what stands here."""
    match value:
        case str() if _SHA256.fullmatch(value):
            yield value, name
        case dict():
            own = value.get("name")
            for key, one in value.items():
                if key == "files" and isinstance(one, dict):  # by their names
                    for called, sha256 in one.items():
                        yield from _within(sha256, called)
                elif key == "sha256":
                    yield from _within(one, own if isinstance(own, str) else name)
                else:
                    yield from _within(one, "")
        case list():
            for one in value:
                yield from _within(one, "")


def _in_pieces(names: Sequence[str], most: int = 500) -> Iterator[Sequence[str]]:
    """So many at a time as every database takes in one question."""
    for at in range(0, len(names), most):
        yield names[at : at + most]
