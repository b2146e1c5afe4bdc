"""Proves what a round remembers: the chain of events, files, receipts, rows, and every publication by computing it.

Each fault is a problem of its own, with its place. A fault that only the whole can show (the end of the chain cut off,
and the round's own count of events with it) is found by the heads of the chain that publications and receipts carry.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from lawgov_score import __version__, pipeline
from lawgov_score.catalogue import Code
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.pipeline.plain_folder import SCORECARD, assess_plain, computed, write_plain
from lawgov_score.problems import Problem, RefusedError, ThingPlace, is_error
from lawgov_score.rounds.counted import not_counting
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import Head, head, hold
from lawgov_score.rounds.kept import names_in, read
from lawgov_score.rounds.models import Event, File, Publication, Round, Run
from lawgov_score.rounds.proving_receipts import Keys, key_problems, receipt_problems
from lawgov_score.rounds.proving_rows import Deeds, chain_problems, loose_rows, row_problems, seals_now
from lawgov_score.rounds.releases import release_problem
from lawgov_score.rounds.running import inputs_of, outputs_of
from lawgov_score.rounds.things import called, place_named, place_of
from lawgov_score.wording import Language, Words

_SIZE = Words("大小登记为 {expected} 字节，实为 {found} 字节", "{expected} bytes were recorded, and it has {found}")
_NOT_REGISTERED = Words("{name} 的内容没有登记", "the content of {name} is not registered")
_OUTPUT = Words("{name} 与重新计算的不同", "{name} is not what is computed")
_NO_SCORES = Words("重新计算没有得出结果", "computing it gives no result")


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was proved, and every fault. ``head``: the end of the chain, to be compared with one kept elsewhere."""

    events: int
    files: int
    receipts: int
    publications: int
    head: Head
    problems: tuple[Problem, ...]


def verify_round(data: Data, round_: Round) -> Verified:
    """Proves everything that the round remembers; nothing is written. Raises ``RefusedError`` (R240).

    Rows are compared with their events at one moment, for which nobody else adds anything; files are read, and
    publications computed, while others go on.
    """
    with transaction.atomic():
        hold()
        round_.refresh_from_db()  # else a row that was moved meanwhile is taken for one that was changed by hand
        problems, can_be_followed = _of_rows(data, round_)
        told = {one.place.path for one in problems if isinstance(one.place, ThingPlace)}
        publications = [
            one
            for one in (
                round_.publications.select_related("run__outputs", "seat").order_by("n") if can_be_followed else ()
            )
            if not told & {called(one), called(one.run)}  # of what is not what it was, nothing can be computed
        ]
        if not problems:
            problems += [*filter(None, map(release_problem, publications)), *_folders(data, round_)]
        counts = (Event.objects.count(), File.objects.count(), round_.submissions.exclude(receipt="").count())
        published, end = round_.publications.count(), head()
    problems += _files(data)
    for publication in publications:
        problems += _publication(data, publication)
    return Verified(*counts, published, end, tuple(problems))


def _of_rows(data: Data, round_: Round) -> tuple[list[Problem], bool]:
    """What is wrong in the database, and whether its rows can be followed from one to the other."""
    seals, unreadable = seals_now()
    if unreadable:
        return list(unreadable), False
    deeds = Deeds.read()
    keys = Keys.read(data)
    loose = list(loose_rows())
    problems = [*chain_problems(), *key_problems(data, keys), *loose]
    if loose:
        return problems, False
    problems += row_problems(round_, deeds, seals)
    for submission in round_.submissions.select_related("unit", "file"):
        problems += receipt_problems(submission, keys)
    return problems, True


def differing_outputs(kept: Mapping[str, bytes], anew: Mapping[str, bytes]) -> tuple[str, ...]:
    """Names of outputs that are not the same bytes in both, or not in both."""
    return tuple(name for name in sorted({*kept, *anew}) if kept.get(name) != anew.get(name))


def language_of(run: Run) -> Language:
    """The language of a run's outputs, as its event says."""
    event = Event.objects.filter(act="run", object=called(run)).order_by("-seq").first()
    try:
        return Language(json.loads(event.body)["after"]["lang"]) if event is not None else Language.ZH
    except (ValueError, KeyError, TypeError, RecursionError):
        return Language.ZH  # an event that was changed by hand: the chain says so


# ---------------------------------------------------------------- files


def _files(data: Data) -> Iterator[Problem]:
    for file in File.objects.order_by("sha256").only("sha256", "size"):
        if (fault := data.store.fault(file.sha256)) is not None:
            yield fault
        elif (size := data.store.path(file.sha256).stat().st_size) != file.size:
            what = _SIZE(expected=file.size, found=size)
            yield Problem(Code.R273, place_of(file), {"found": what})


def _folders(data: Data, round_: Round) -> Iterator[Problem]:
    """Every content that a kept folder names has its row: an export leaves out what has none. Only where rows hold."""
    runs = [file for run in round_.runs.select_related("manifest", "outputs") for file in (run.manifest, run.outputs)]
    known = set(File.objects.values_list("sha256", flat=True))
    for folder in (round_.tree, round_.previous, *runs):
        if folder is None or data.store.fault(folder.sha256) is not None:  # which was told
            continue
        try:
            listed = names_in(data, folder)
        except RefusedError as refused:
            yield refused.problem
            continue
        for name, sha256 in listed.items():
            if sha256 not in known:
                known.add(sha256)
                yield Problem(Code.R273, place_named(f"file {sha256}"), {"found": _NOT_REGISTERED(name=name)})


# ---------------------------------------------------------------- publications


def _publication(data: Data, publication: Publication) -> Iterator[Problem]:
    """Is it what the pipeline computes from the same files, and is what it says to have changed, too?"""
    place = place_of(publication)
    run = publication.run
    before = publication.round.publications.filter(n__lt=publication.n).order_by("-n").first()
    try:
        given, kept = inputs_of(data, run), outputs_of(data, run)
        since = None if before is None else outputs_of(data, before.run)
        changes = None if publication.changes is None else read(data, publication.changes)
    except RefusedError:
        return  # a file that is gone or changed is told by its own name
    if run.engine != __version__:
        yield from _of_another_version(run, given, kept)
        return
    done = computed(given, language_of(run), since=since)
    if not done.has_scores:
        yield Problem(Code.R272, place, {"found": _NO_SCORES})
        return
    names = [*differing_outputs(kept, done.outputs), *(["changes.csv"] if changes != done.changes else [])]
    for name in names:
        yield Problem(Code.R272, place, {"found": _OUTPUT(name=name)})
    yield from not_counting(run.round, done, run.seq)


def _of_another_version(run: Run, given: Mapping[str, bytes], kept: Mapping[str, bytes]) -> Iterator[Problem]:
    """By the figures of its scorecard, as `verify` compares those of an earlier version."""
    yield from not_counting(run.round, computed(given, only_tables=True), run.seq)
    with temporary_folder("lawgov-verify-") as folder:
        with refusing(folder):
            write_plain({SCORECARD: kept[SCORECARD]}, folder)
            write_plain(given, folder / "given")
        done = pipeline.verify(folder / SCORECARD, lambda: assess_plain(Path(folder / "given")))
    yield from (problem for problem in done.problems if is_error(problem))
