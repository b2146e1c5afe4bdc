"""A round as a plain folder that anybody can read, score and verify; and that another machine can take over whole.

Beside the plain folder of what counts (``folder``) it has

    earlier/<unit>/<n>-<name as sent>   tries that do not count, which nothing reads
    published/<n>/                      what each publication gave out
    precedents.json                     decisions on objections, for `round new --previous` of the next year
    events.jsonl                        the chain of events
    records.jsonl                       every other row; together the round as it is
    files/                              contents that have no name above: runs, evidence, earlier workbooks
    manifest.json                       every file with its sha256
    seal.txt                            the fingerprint of that list, signed

Nothing secret: the key of receipts stays where it is.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError, file_name, file_names, new_folder, others_in, refusing
from lawgov_score.pipeline.plain_folder import NOTICE, OFFICE, PREVIOUS, RECEIVED, ROSTER, TREE, WEIGHTS
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounds.data import KEY, Data
from lawgov_score.rounds.events import Head, head, one_moment
from lawgov_score.rounds.folder import plain_names, received
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Event, File, Round, Submission
from lawgov_score.rounds.names import FileKind
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.precedents import PRECEDENTS, has_precedents, precedents_file
from lawgov_score.rounds.receipts import Receipt, check_receipt, sign_receipt
from lawgov_score.rounds.rows import events, rows
from lawgov_score.rounds.store import sha256_of

EARLIER, PUBLISHED, FILES = "earlier", "published", "files"
EVENTS, RECORDS, MANIFEST, SEAL = "events.jsonl", "records.jsonl", "manifest.json", "seal.txt"
IMPORT = "import"  # act of the event
FORMAT = 1  # of the folder; a later one is refused
_ABOUT, _EXPORT, _LIST, _UP_TO = "事由", "轮次导出", "清单指纹", "此前登记"
_MOST_OF_NAME = 120  # bytes of a name as it was sent
_CHANGES = "changes.csv"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: its files by name, with their sha256; the texts that are in no store; its seal."""

    files: Mapping[str, str]
    texts: Mapping[str, bytes]
    head: Head

    @property
    def manifest(self) -> bytes:
        """The list of all files, as it is written."""
        return f"{canonical({'format': FORMAT, 'files': dict(sorted(self.files.items()))})}\n".encode()


def exported(data: Data, round_: Round) -> Exported:
    """The round as it is at one moment. Raises ``RefusedError`` (R205).

    The import itself, and the seal that it came under, are left out as long as nothing was done since: then the export
    is the same.
    """
    with one_moment():
        names = {**plain_names(data, round_), **dict(_earlier(round_)), **dict(_published(data, round_))}
        end, done = head(), list(events())
        own = []
        last = Event.objects.order_by("-seq").first()
        if last is not None and last.act == IMPORT:
            end, done = Head(last.seq - 1, last.prev), done[:-1]
            own = [seal.sha256 for seal, read in seals(data) if read.facts.get(_UP_TO) == _up_to(end)]
        texts = {name: _text(lines) for name, lines in ((EVENTS, done), (RECORDS, rows(own, end.seq)))}
        if has_precedents(precedents := precedents_file(data, round_)):
            texts[PRECEDENTS] = precedents
        kept = list(File.objects.exclude(sha256__in=own).order_by("sha256").values_list("sha256", flat=True))
    there = set(names.values())
    names |= {f"{FILES}/{sha256[:2]}/{sha256}": sha256 for sha256 in kept if sha256 not in there}
    names |= {name: sha256_of(text) for name, text in texts.items()}
    return Exported(names, texts, end)


def export_round(data: Data, round_: Round, folder: Path) -> Exported:
    """Writes the round to a folder of its own, whole or not at all, which is its maker's alone unless it was there.

    Raises ``RefusedError`` (R205, R209, R260), ``CannotWriteError``.

    Of the same export some may be there: whoever was killed while it was written begins again.
    """
    made = exported(data, round_)
    _refuse_others(folder, others_in(folder, (*made.files, MANIFEST, SEAL)))
    try:
        with new_folder(folder, 0o700) as temporary, refusing(folder):
            for name, sha256 in made.files.items():
                _write(temporary / name, made.texts[name] if name in made.texts else data.store.read(sha256))
            _write(temporary / MANIFEST, made.manifest)
            _write(temporary / SEAL, _seal(data, round_, made).encode())
    except CannotWriteError as refused:
        places = [one.place for one in refused.problems if one.code is Code.O105]
        _refuse_others(folder, [place.path for place in places if isinstance(place, TextPlace)])
        raise
    return made


def score_command(made: Exported, folder: str) -> str:
    """The command that computes an exported round: it gives the bytes of a run of now."""
    there = {name.partition("/")[0] for name in made.files}
    options = [("--roster", ROSTER), ("--assessor", OFFICE), ("--previous", PREVIOUS)]
    options += [("--weights", WEIGHTS), ("--notice", NOTICE)]
    given = [f"{option} {folder}/{name}" for option, name in options if name in there]
    return " ".join(["lawgov-score score", f"{folder}/{TREE}", f"{folder}/{RECEIVED}", *given, "-o scorecard.xlsx"])


def sealed_list(seal: str) -> tuple[Receipt, str]:
    """What a seal says, and the fingerprint of the list that it seals; '' where it is none."""
    read = check_receipt(seal)
    is_seal = read.holds and read.facts.get(_ABOUT) == _EXPORT
    return read, read.facts.get(_LIST, "") if is_seal else ""


def seals(data: Data) -> Iterator[tuple[File, Receipt]]:
    """The seals that this round was imported under, one a machine that it was on before: those that events name."""
    told = {str(after.get("seal", "")) for after in _imports()}
    for file in File.objects.filter(kind=FileKind.SEAL.value, sha256__in=told).order_by("pk"):
        read, fingerprint = sealed_list(data.store.read(file.sha256).decode(errors="replace"))
        if fingerprint:
            yield file, read


def told_keys() -> tuple[str, ...]:
    """The keys that may have signed receipts, of every machine that the round was on, the newest last: as events tell.

    A seal alone proves no key: whoever can add a row can sign one. What is no event tells none.
    """
    return tuple(str(after["public_key"]) for after in _afters(("make", IMPORT)) if after.get("public_key"))


def _imports() -> Iterator[Mapping[str, Any]]:
    yield from _afters((IMPORT,))


def _afters(acts: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    for body in Event.objects.filter(act__in=acts).order_by("seq").values_list("body", flat=True):
        try:
            after = json.loads(body)["after"]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue  # no event: the chain says so
        if isinstance(after, dict):
            yield after


def _up_to(end: Head) -> str:
    return f"{end.seq} {end.hash}"


def _seal(data: Data, round_: Round, made: Exported) -> str:
    """Signed by this data folder; or, of a round that was imported and has not changed since, as it came."""
    fingerprint = sha256_of(made.manifest)
    for file, read in seals(data):
        if read.facts[_LIST] == fingerprint:
            return data.store.read(file.sha256).decode()
    facts = {
        _ABOUT: _EXPORT,
        "考核": f"{round_.title}（{round_.year} 年度）",
        "轮次": round_.code,
        _LIST: fingerprint,
        "文件数": str(len(made.files)),
        _UP_TO: _up_to(made.head),
    }
    return sign_receipt(data.folder / KEY, facts)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _earlier(round_: Round) -> Iterator[tuple[str, str]]:
    """Every try that does not count, under the folder of its unit."""
    counts = {one.pk for one in received(round_).values()}
    units = list(round_.units.order_by("place"))
    folders = dict(zip((unit.pk for unit in units), file_names([unit.code for unit in units], ""), strict=True))
    tries: list[Submission] = list(round_.submissions.select_related("file").order_by("unit__place", "n"))
    for one in tries:
        if one.pk not in counts:
            yield f"{EARLIER}/{folders[one.unit_id]}/{one.n}-{safe_name(one.name)}", one.file.sha256


def safe_name(name: str) -> str:
    """A name as it was sent, such that no system, screen or program takes it for anything but a name.

    >>> safe_name("../../etc/passwd"), safe_name("\\u202excod.xlsx"), safe_name("=1+1.xlsx")
    ('_.._etc_passwd', '_xcod.xlsx', '=1+1.xlsx')
    """
    shown = "".join("_" if unicodedata.category(char)[0] in "CZ" and char != " " else char for char in name)
    stem, dot, suffix = file_name(shown, "").rpartition(".")
    if not dot or len(suffix.encode()) > 10:
        stem, dot, suffix = f"{stem}{dot}{suffix}", "", ""
    return stem.encode()[:_MOST_OF_NAME].decode(errors="ignore").rstrip(". ") + dot + suffix


def _published(data: Data, round_: Round) -> Iterator[tuple[str, str]]:
    for one in round_.publications.select_related("run__outputs", "changes").order_by("n"):
        for name, sha256 in names_in(data, one.run.outputs).items():
            yield f"{PUBLISHED}/{one.n}/{name}", sha256
        if one.changes is not None:
            yield f"{PUBLISHED}/{one.n}/{_CHANGES}", one.changes.sha256


def _refuse_others(folder: Path, others: list[str]) -> None:
    if others:
        figures = {"name": others[0], "n": len(others)}
        raise RefusedError(Problem(Code.R260, TextPlace(display_path(folder)), figures))
