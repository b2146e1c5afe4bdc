"""Selects which of several submissions of one unit counts: one of equals, or the newest if that was asked for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from lawgov_score.catalogue import Code
from lawgov_score.model import Submission
from lawgov_score.places import place_text
from lawgov_score.problems import Problem
from lawgov_score.wording import ByFace, Phrase, Words
from lawgov_score.workbook.submission.one_file import Sent

_NOT_SAID = Words("未记载保存时间", "no time of saving")
_MOMENT = Words("北京时间 {beijing} 保存", "saved {greenwich} UTC")
_BEIJING = timedelta(hours=8)
_ASK_FOR_LATEST = ByFace(
    Words("；以最后保存的为准的，加 --latest", ", or add --latest to take the one saved last"), Words("", "")
)
_CANNOT_TELL = Words(
    "；各份的保存时间相同，或者有的没有记载，分不出哪一份最后保存",
    "; they were saved at the same moment, or one does not say when, so that nobody can tell which came last",
)
_SAVED = Words("{file}（{saved}）", "{file} ({saved})")
_MOST_NAMED = 20  # places of the submissions of one unit


def one_of_each(sent: Iterable[Sent], problems: list[Problem], *, latest: bool) -> list[Sent]:
    """Picks one usable submission per unit, in order: the version in force; units whose copies differ get none, S112.

    Several workbooks with the same answers count as one (S141). ``latest``: the newest counts (S140), if all of them
    record when they were saved and one was saved after all others; table rows record no time. Workbooks that cannot be
    used are named with them; where one of these was saved last, an earlier one counts meanwhile (S169).
    """
    by_unit: dict[str, list[Sent]] = {}
    unusable: dict[str, list[Sent]] = {}
    for one in sent:
        (by_unit if one.submission is not None else unusable).setdefault(one.unit.code, []).append(one)
    chosen = []
    for code, several in by_unit.items():
        last = max(one.saved for one in several)
        broken = [one for one in unusable.get(code, ()) if latest and one.own_file and one.saved]
        if len(several) == 1 and not broken:
            chosen.append(several[0])
            continue
        counts, problem = _chosen(code, several, broken, latest=latest, last=last)
        problems.append(problem)
        if counts is not None:
            chosen.append(counts)
    return chosen


def superseded(sent: Iterable[Sent], in_force: Iterable[Sent]) -> frozenset[str]:
    """Paths of the workbooks that their unit replaced: saved before its version in force, usable or not, or its copies.

    Only for ``latest``. A table belongs to several units, and is replaced by none of them.
    """
    counts = {one.unit.code: one for one in in_force if one.own_file}
    replaced = set()
    for one in sent:
        now = counts.get(one.unit.code)
        if now is not None and one.own_file and one is not now:
            is_older = "" < one.saved < now.saved
            if is_older or (one.submission is not None and _say_the_same((one, now))):
                replaced.add(one.place.path)
    return frozenset(replaced - {one.place.path for one in counts.values()})


def _chosen(
    code: str, several: Sequence[Sent], broken: Sequence[Sent], *, latest: bool, last: str
) -> tuple[Sent | None, Problem]:
    """One of ``several``, or none, and the problem that says so.

    ``broken``: what came besides and cannot be used. ``last``: when the last of the usable ones was saved.
    """
    places = tuple(dict.fromkeys(sent.place for sent in several))
    figures: dict[str, object] = {"unit": code, "n": len(several), "hint": _CANNOT_TELL if latest else _ASK_FOR_LATEST}
    newest, every = _newest(several) if latest else None, [*several, *broken]
    if newest is not None and (broken or any(sent.saved != newest.saved for sent in every)):
        shown = tuple(_SAVED(file=place_text(sent.place), saved=_moment(sent)) for sent in every)
        others = tuple(dict.fromkeys(sent.place for sent in every if sent.place != newest.place))
        figures = {**figures, "n": len(every), "files": _some(shown)}
        is_behind = any(sent.saved >= last for sent in broken)
        return newest, Problem(Code.S169 if is_behind else Code.S140, newest.place, figures, others[:_MOST_NAMED])
    if _say_the_same(several):
        first = newest if newest is not None else min(several, key=lambda sent: sent.place)
        others = tuple(place for place in places if place != first.place)
        files = tuple(place_text(place) for place in others)
        return first, Problem(Code.S141, first.place, {**figures, "files": _some(files)}, others[:_MOST_NAMED])
    shown = tuple(_SAVED(file=place_text(sent.place), saved=_moment(sent)) for sent in several)
    return None, Problem(Code.S112, places[0], {**figures, "files": _some(shown)}, places[1 : _MOST_NAMED + 1])


def _some(files: tuple[object, ...]) -> tuple[object, ...]:
    """As many files as anybody reads."""
    return files if len(files) <= _MOST_NAMED else (*files[:_MOST_NAMED], Words("……", "…"))


def _newest(several: Sequence[Sent]) -> Sent | None:
    """The one saved last; None if one has no time of saving, or two that differ were saved at the same time.

    Of copies with the same answers the one read last: a returned copy that came back as it was.
    """
    newest = [several[at] for at in saved_last([sent.saved for sent in several])]
    return newest[-1] if newest and _say_the_same(newest) else None


def saved_last(times: Sequence[str]) -> tuple[int, ...]:
    """Which of several were saved last, by their numbers; none where one has no time of saving (``saved_at``)."""
    last = max(times, default="")
    return tuple(at for at, time in enumerate(times) if time == last) if all(times) else ()


def _moment(sent: Sent) -> Phrase | Words:
    """The time of saving, in the time zone of the reader's language: Beijing's, or Greenwich's."""
    return _time(sent.saved)


def _time(saved: str) -> Phrase | Words:
    if not saved:
        return _NOT_SAID
    moment = datetime.fromisoformat(saved)
    return _MOMENT(beijing=f"{moment + _BEIJING:%Y-%m-%d %H:%M:%S}", greenwich=f"{moment:%Y-%m-%d %H:%M:%S}")


def saved_words(file: str, saved: str) -> Phrase:
    """A file with the time at which it was saved, as ``saved_at`` gives it."""
    return _SAVED(file=file, saved=_time(saved))


def _say_the_same(several: Sequence[Sent]) -> bool:
    if not all(sent.own_file for sent in several):  # a unit in two rows of a table is another kind of mistake
        return False
    first, *others = (list(_said(sent.submission)) for sent in several if sent.submission is not None)
    return all(other == first for other in others)


def _said(submission: Submission) -> Iterator[tuple[object, ...]]:
    """Everything that counts in a submission, regardless of file and cell."""
    unit = submission.unit
    yield unit.code, unit.name, unit.type, unit.cohort, unit.year
    for key in sorted(submission.answers):
        answer = submission.answers[key]
        yield key, answer.state, answer.value, answer.printed, answer.evidence, answer.note
