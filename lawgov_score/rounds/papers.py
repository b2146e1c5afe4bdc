"""What a round remembers of its documents: which edited template is in force, and what was handed out.

How they are made is not known here: content comes and is kept, with an event that names it by its fingerprint.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lawgov_score.rounds.allowed import hold_for, must_be
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import record
from lawgov_score.rounds.kept import keep, rows_of, write
from lawgov_score.rounds.models import Event, File, Round, Seat
from lawgov_score.rounds.names import Deed, FileKind
from lawgov_score.rounds.store import sha256_of
from lawgov_score.rounds.things import called

TEMPLATE, DOCUMENT = "template", "document"  # acts of the events


@dataclass(frozen=True, slots=True)
class Taken:
    """A template that was taken into use: its fingerprint, when, and the name of its file."""

    sha256: str
    at: datetime
    name: str


def template_taken(round_: Round, kind: str, lang: str) -> Taken | None:
    """The template of a kind that was taken into use last; None: none ever was."""
    events = Event.objects.filter(act=TEMPLATE, object=called(round_)).order_by("-seq")
    for body, at in events.values_list("body", "at"):
        after = json.loads(body)["after"]
        if (after["kind"], after["lang"]) == (kind, lang):
            sha256 = str(after["sha256"])
            file = File.objects.filter(sha256=sha256).first()
            return Taken(sha256, at, "" if file is None else file.name)
    return None


def take_template(
    data: Data, round_: Round, kind: str, lang: str, content: bytes, name: str, seat: Seat, now: datetime
) -> None:
    """Keeps a template that is in force from now on; the one that was taken last once more changes nothing.

    Raises ``RefusedError`` (R213, R235), ``CannotWriteError``.
    """
    must_be(Deed.DOCUMENT, round_, seat)
    file = keep(data, content, name, FileKind.TEMPLATE, now, seat)
    with transaction.atomic():
        hold_for(Deed.DOCUMENT, round_, seat)
        last = template_taken(round_, kind, lang)
        if last is None or last.sha256 != file.sha256:
            said = {"kind": kind, "lang": lang}
            before = {} if last is None else {**said, "sha256": last.sha256}
            record(TEMPLATE, round_, seat, now, before=before, after={**said, "sha256": file.sha256})


def record_documents(
    data: Data,
    round_: Round,
    kind: str,
    lang: str,
    files: Mapping[str, bytes],
    template: bytes,
    seat: Seat,
    now: datetime,
    *,
    units: Collection[str] = (),
    number: int | None = None,
) -> None:
    """Keeps documents and the template that they were made of, and records them; the very same are on record once.

    Raises ``RefusedError`` (R213, R235), ``CannotWriteError``.
    """
    must_be(Deed.DOCUMENT, round_, seat)
    written = [write(data, content, name, FileKind.DOCUMENT) for name, content in files.items()]
    used = write(data, template, f"{kind}.docx", FileKind.TEMPLATE)
    after: dict[str, object] = {
        "kind": kind,
        "lang": lang,
        "template": used.sha256,
        "files": {name: sha256_of(content) for name, content in files.items()},
    }
    after |= {"units": list(units)} if units else {}
    after |= {} if number is None else {"number": number}
    with transaction.atomic():
        hold_for(Deed.DOCUMENT, round_, seat)
        rows_of([*written, used], now, seat)
        if not _is_on_record(round_, after):
            record(DOCUMENT, round_, seat, now, after=after)


def _is_on_record(round_: Round, after: Mapping[str, object]) -> bool:
    events = Event.objects.filter(act=DOCUMENT, object=called(round_)).values_list("body", flat=True)
    return any(json.loads(body)["after"] == after for body in events)
