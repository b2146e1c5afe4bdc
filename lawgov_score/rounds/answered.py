"""What units answered, in words, indicator by indicator: read once by a process that may take long, kept for pages.

It lies in ``read/`` beside the database and may be thrown away at any time: it comes again from what was received. What
stands there was made from the versions in force at that moment; ``unread`` says which units have sent since.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lawgov_score import pipeline
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.model import AnswerState, Indicator, Unit
from lawgov_score.pipeline.plain_folder import PREVIOUS, RECEIVED, write_plain
from lawgov_score.pipeline.templates import OfficeTemplates
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.disk import sync_folder
from lawgov_score.rounds.folder import plain_names
from lawgov_score.rounds.models import Round
from lawgov_score.rounds.names import SubmissionState
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.scheme import Scheme, scheme_of
from lawgov_score.rounds.store import sha256_of
from lawgov_score.temporary import own_folder, remove_dead
from lawgov_score.wording import Language
from lawgov_score.workbook.office.beforehand import Beforehand
from lawgov_score.workbook.office.claims import answers_to, claim_text
from lawgov_score.workbook.submission.reader import Run

FOLDER = "read"
_INDEX = "index.json"
_LANGUAGES = tuple(Language)


@dataclass(frozen=True, slots=True)
class Answered:
    """One unit at one indicator: what it answered, evidence it named, what it claimed, last year; '' for none."""

    figures: str = ""
    evidence: str = ""
    claim: str = ""
    last: str = ""
    last_score: float | None = None
    is_silent: bool = False  # neither figure nor evidence


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read. ``of``: of every unit the sha256 of the version that was read."""

    folder: Path
    of: Mapping[str, str]
    claims: tuple[tuple[str, str], ...]  # unit, indicator

    def at(self, place: int, lang: Language) -> dict[str, Answered]:
        """By unit, at the indicator of that place in the tree; nothing where it is kept no more."""
        which = _LANGUAGES.index(lang)
        return {unit: _answered(one, which) for unit, one in _read(self.folder / f"{place}.json").items()}

    def unread(self, round_: Round) -> tuple[str, ...]:
        """The units whose version in force is another than the one that was read."""
        return _unread(self.of, sent_by(round_))


def kept_answers(data: Data, round_: Round) -> Kept | None:
    """What was read last of this tree and these units; None: nothing yet."""
    folder = data.folder / FOLDER / _key(data, round_)
    index = _read(folder / _INDEX)
    return Kept(folder, index["of"], tuple((unit, code) for unit, code in index["claims"])) if index else None


def unread(data: Data, round_: Round) -> tuple[str, ...]:
    """The units of which something is to be read before pages can show it."""
    kept = kept_answers(data, round_)
    return _unread({} if kept is None else kept.of, sent_by(round_))


def read_answers(data: Data, round_: Round, run: Run) -> Kept:
    """Reads the versions that were not read yet, and keeps what they say beside the rest.

    Raises ``RefusedError`` (R205), ``CannotWriteError``.
    """
    scheme, key, in_force = scheme_of(data, round_), _key(data, round_), sent_by(round_)
    before = kept_answers(data, round_)
    of = {} if before is None else before.of
    new = {unit.code for unit in scheme.units if of.get(unit.code) != in_force.get(unit.code) or before is None}
    names, wanted = plain_names(data, round_), {in_force.get(unit) for unit in new}
    given = {name: sha256 for name, sha256 in names.items() if name.startswith(f"{PREVIOUS}/") or sha256 in wanted}
    sent = read_for_office(data, given, scheme, run)
    known = Beforehand(sent.submissions or {}, sent.previous)
    texts = {}
    for place, indicator in enumerate(scheme.tree.indicators):
        old = {} if before is None else _read(before.folder / f"{place}.json")
        own = [unit for unit in scheme.units if scheme.tree.is_applicable(indicator, unit.type)]
        texts[place] = {
            unit.code: dict(_told(unit, indicator, known)) if unit.code in new else old.get(unit.code, {})
            for unit in own
        }
    codes = [one.code for one in scheme.tree.indicators]
    claims = [(unit, codes[place]) for place, rows in texts.items() for unit, one in rows.items() if one.get("claim")]
    _keep(data, key, {_INDEX: {"of": in_force, "claims": claims}, **{f"{at}.json": one for at, one in texts.items()}})
    kept = kept_answers(data, round_)
    assert kept is not None  # it was written just now
    return kept


def _told(unit: Unit, indicator: Indicator, known: Beforehand) -> Iterator[tuple[str, Any]]:
    """What is kept of a unit at an indicator: each text in both languages, nothing where there is none."""
    submission = (known.submissions or {}).get(unit.code)
    answers = tuple(answers_to(indicator, submission.answers if submission is not None else {}))
    beside = [known.beside_mark(unit, indicator, lang) for lang in _LANGUAGES]
    for key in ("figures", "evidence", "last"):
        if any(texts := [one.get(key, "") for one in beside]):
            yield key, texts
    if any(claims := [claim_text(answers, lang) for lang in _LANGUAGES]):
        yield "claim", claims
    score = None if known.previous is None else known.previous.scores.get(unit.code, {}).get(indicator.code)
    if score is not None:
        yield "last_score", score
    given = (one for _, one in answers if one.state is not AnswerState.MISSING or one.evidence or one.note)
    if indicator.is_asked and next(given, None) is None:
        yield "is_silent", True


def _answered(one: Mapping[str, Any], which: int) -> Answered:
    texts = {key: one[key][which] for key in ("figures", "evidence", "claim", "last") if key in one}
    return Answered(**texts, last_score=one.get("last_score"), is_silent=bool(one.get("is_silent")))


def read_for_office(data: Data, names: Mapping[str, str], scheme: Scheme, run: Run) -> OfficeTemplates:
    """What units sent and last year's results, of these files of a plain folder; what is wrong was told when it came.

    Raises ``RefusedError`` (R205).
    """
    given = {name: sha256 for name, sha256 in names.items() if name.startswith((f"{RECEIVED}/", f"{PREVIOUS}/"))}
    with temporary_folder("lawgov-answers-") as folder:
        with refusing(folder):
            write_plain({name: data.store.read(sha256) for name, sha256 in given.items()}, folder)
        sent, last = folder / RECEIVED, folder / PREVIOUS
        return pipeline.read_for_office(
            scheme.tree,
            [sent] if sent.exists() else [],
            scheme.units,
            previous=last if last.exists() else None,
            run=run,
        )


def sent_by(round_: Round) -> dict[str, str]:
    """Of every unit that has sent, the sha256 of its version in force: ``versions_in_force`` without what it weighs."""
    alive = round_.submissions.exclude(state=SubmissionState.WITHDRAWN.value).filter(unit__ended_at=None)
    return dict(alive.order_by("n").values_list("unit__code", "file__sha256"))


def _unread(of: Mapping[str, str], in_force: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(unit for unit in {**of, **in_force} if of.get(unit) != in_force.get(unit))


def _key(data: Data, round_: Round) -> str:
    """What the texts depend on besides the versions: tree, points, units, last year."""
    files = (round_.tree, round_.roster, round_.weights, round_.previous)
    return sha256_of(canonical([None if one is None else one.sha256 for one in files]).encode())[:32]


def _keep(data: Data, key: str, contents: Mapping[str, Any]) -> None:
    """Writes a folder whole, in place of all that were read before."""
    base = data.folder / FOLDER
    data.disk.folder(base, 0o700)
    remove_dead(base)
    with refusing(base), own_folder(base) as beside:
        made, old = beside / "made", beside / "old"
        data.disk.folder(made, 0o700)
        for name, content in contents.items():
            data.disk.write(made / name, canonical(content).encode(), mode=0o600)
        if (base / key).exists():
            (base / key).replace(old)
        made.replace(base / key)
        sync_folder(base)
        for path in base.iterdir():
            if path.is_dir() and path.name not in {key, beside.name}:
                shutil.rmtree(path, ignore_errors=True)


def _read(path: Path) -> dict[str, Any]:
    """What a file holds; nothing where it is not there, or is being replaced."""
    with suppress(OSError, ValueError):
        found: dict[str, Any] = json.loads(path.read_bytes())
        return found
    return {}
