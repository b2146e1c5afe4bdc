"""Runs of a round: computed from what counts now, kept by fingerprint of what was read and what was written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from lawgov_score import __version__
from lawgov_score.pipeline.plain_folder import Computed, computed
from lawgov_score.problems import Problem
from lawgov_score.rounds.allowed import hold_for, must_be
from lawgov_score.rounds.counted import not_counting
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import head, record
from lawgov_score.rounds.folder import plain_names
from lawgov_score.rounds.kept import keep, keep_folder, names_in
from lawgov_score.rounds.models import Round, Run, Seat
from lawgov_score.rounds.names import Deed, FileKind, RunKind
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Language


@dataclass(frozen=True, slots=True)
class Ran:
    """A run that was made (None: nothing could be scored), what it computed, and the one that it is compared with."""

    run: Run | None
    computed: Computed
    before: Run | None = None
    inputs: tuple["ChangedInput", ...] = ()  # since the one before
    problems: tuple[Problem, ...] = ()  # decisions in force that do not count in it


@dataclass(frozen=True, slots=True)
class ChangedInput:
    """A file that was not there before, is another now, or is there no more."""

    name: str
    is_new: bool = False
    is_gone: bool = False


def make_run(data: Data, round_: Round, kind: RunKind, seat: Seat, now: datetime, lang: Language = Language.ZH) -> Ran:
    """Computes the round as it is now, and keeps the run; nothing is kept where nothing could be scored.

    ``Run.manifest`` lists what was read: the same inputs have the same fingerprint (``manifest.sha256``), and so have
    their outputs. ``seq``: the last event before anything was read. Raises ``RefusedError`` (R205, R213, R235, R240),
    ``CannotWriteError``.
    """
    must_be(Deed.RUN, round_, seat)
    seq = head().seq
    names = plain_names(data, round_)
    before = _before(round_.runs.all(), kind)
    files = {name: data.store.read(sha256) for name, sha256 in names.items()}
    done = computed(files, lang, since=None if before is None else outputs_of(data, before))
    if not done.has_scores:
        return Ran(None, done, before)
    manifest = keep(data, canonical(names).encode(), "manifest", FileKind.FOLDER, now, seat)
    outputs = keep_folder(data, done.outputs, FileKind.OUTPUT, now, seat, "outputs")
    with transaction.atomic():
        hold_for(Deed.RUN, round_, seat)
        last = round_.runs.order_by("-n").first()
        run = Run.objects.create(
            round=round_,
            n=last.n + 1 if last is not None else 1,
            kind=kind.value,
            manifest=manifest,
            outputs=outputs,
            engine=__version__,
            seq=seq,
            problems=list(done.problems),
            at=now,
            seat=seat,
        )
        after = {"kind": kind.value, "manifest": manifest.sha256, "outputs": outputs.sha256, "seq": seq}
        record("run", run, seat, now, after={**after, "engine": __version__, "lang": lang.value})
    inputs = () if before is None else _changed(names_in(data, before.manifest), names)
    return Ran(run, done, before, inputs, tuple(not_counting(round_, done, seq)))


def told_again(data: Data, round_: Round, run: Run, lang: Language = Language.ZH) -> Ran:
    """What ``make_run`` gave of a run that is kept, computed once more: it was broken off before that was told."""
    before = _before(round_.runs.filter(n__lt=run.n), RunKind(run.kind))
    done = computed(inputs_of(data, run), lang, since=None if before is None else outputs_of(data, before))
    inputs = () if before is None else _changed(names_in(data, before.manifest), names_in(data, run.manifest))
    return Ran(run, done, before, inputs, tuple(not_counting(round_, done, run.seq)))


def _before(of: QuerySet[Run], kind: RunKind) -> Run | None:
    """The last run of its kind; before the first final one the first results: what objections did is told."""
    runs = of.order_by("-n")
    last: Run | None = runs.filter(kind=kind.value).first()
    return runs.filter(kind=RunKind.FIRST.value).first() if last is None and kind is RunKind.FINAL else last


def last_of(data: Data, round_: Round, names: Mapping[str, str]) -> Computed | None:
    """What the last run wrote that read just these files, by this version; None where there is none."""
    same = round_.runs.filter(manifest__sha256=sha256_of(canonical(names).encode()), engine=__version__)
    run = same.order_by("-n").first()
    return None if run is None else Computed(outputs_of(data, run), tuple(run.problems))


def fingerprint_now(data: Data, round_: Round) -> str:
    """What a run of now would read, as ``manifest.sha256`` of a run names it. Raises ``RefusedError`` (R205)."""
    return sha256_of(canonical(plain_names(data, round_)).encode())


def outputs_of(data: Data, run: Run) -> dict[str, bytes]:
    """What a run wrote, by name. Raises ``RefusedError`` (R205)."""
    return {name: data.store.read(sha256) for name, sha256 in names_in(data, run.outputs).items()}


def output_of(data: Data, run: Run, name: str) -> bytes | None:
    """One file that a run wrote; None: it wrote none of that name. Raises ``RefusedError`` (R205)."""
    sha256 = names_in(data, run.outputs).get(name)
    return None if sha256 is None else data.store.read(sha256)


def inputs_of(data: Data, run: Run) -> dict[str, bytes]:
    """What a run read, by name: `computed` gives its outputs again. Raises ``RefusedError`` (R205)."""
    return {name: data.store.read(sha256) for name, sha256 in names_in(data, run.manifest).items()}


def _changed(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[ChangedInput, ...]:
    return tuple(
        ChangedInput(name, is_new=name not in then, is_gone=name not in now)
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    )
