"""Of several entries for one thing the one that counts: neither, or with ``--latest`` the one saved last."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState, Change, Mark, RegisterEntry, Ruling
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.called import folded
from lawgov_score.workbook.forms.layout import Question
from lawgov_score.workbook.forms.office import GRANTED, REFUSED
from lawgov_score.workbook.office.documents import numbers_in
from lawgov_score.workbook.office.known import Known
from lawgov_score.workbook.submission.answers import one_of
from lawgov_score.workbook.submission.versions import saved_words

Entry = TypeVar("Entry", Mark, Change, Ruling)

_BOTH_READ = Words(
    "较早保存的登记和较新的放在一起：两本都读，{n} 行两本都有、只计一次，只在较早一本的 {rest} 行也计入",
    "An older register beside a newer one: both are read, {n} rows of both count once, {rest} of the older alone count",
)
_NEWER_READ = Words(
    "较早保存的登记和较新的放在一起：只采用最后保存的一本，较早一本的 {n} 行不计（{rest} 行只在那一本里有）",
    "An older register beside a newer one: the one saved last counts, not {n} rows of the older ({rest} only there)",
)
_ASK_FOR_LATEST = Words(
    "较新的一本是更正的，把较早的移出文件夹，或者加 --latest；两本是分头登记的，不必改动",
    "Take the older away if the newer corrects it, or add --latest; nothing to do where two people keep a part each",
)
_TAKE_AWAY = Words(
    "核对较新的一本是否齐全；两本是分头登记的，不要加 --latest",
    "See that the newer one is complete; without --latest both are read",
)


@dataclass(frozen=True)
class Versions:
    """When each file was saved. ``latest``: does the entry saved last count, where several differ?"""

    latest: bool = False
    saved: Mapping[str, str] = field(default_factory=dict)  # path -> time; empty: not on record

    def newest(self, paths: Sequence[str]) -> str:
        """The path saved after all others; '' if one does not say when, or two were saved at once."""
        times = sorted((self.saved.get(path, ""), path) for path in set(paths))
        if len(times) < 2 or not times[0][0] or times[-1][0] == times[-2][0]:
            return ""
        return times[-1][1]

    def shown(self, places: Sequence[CellPlace]) -> tuple[Phrase, ...]:
        """Files with the time of saving, each once."""
        return tuple(
            saved_words(place_text(CellPlace(path)), self.saved.get(path, ""))
            for path in dict.fromkeys(place.path for place in places)
        )

    def answer(self, before: Answer, answer: Answer, question: Question, problems: list[Problem]) -> Answer:
        """Of two answers of the office for one field the one that counts."""
        newest = self.newest([before.place.path, answer.place.path]) if self.latest else ""
        differ = (before.state, before.value) != (answer.state, answer.value)
        if newest and differ and AnswerState.MISSING not in {before.state, answer.state}:
            new, old = (before, answer) if before.place.path == newest else (answer, before)
            indicator = question.indicator
            figures = {"code": indicator.code, "indicator": indicator.title}
            figures |= {"found": new.printed, "other": old.printed}
            problems.append(Problem(Code.A221, new.place, {**figures, "files": self.shown([new.place, old.place])}))
            return new
        return one_of(before, answer, question, problems)


def single_marks(marks: Sequence[Mark], known: Known, problems: list[Problem], versions: Versions) -> tuple[Mark, ...]:
    """The marks without those that one reviewer gave twice for a unit and indicator: which one counts is unknown."""
    return _single(marks, lambda m: (m.unit, m.indicator, folded(m.reviewer)), Code.A207, known, problems, versions)


def single_changes(
    changes: Sequence[Change], known: Known, problems: list[Problem], versions: Versions
) -> tuple[Change, ...]:
    """The changes without those entered twice for one unit and indicator."""
    return _single(changes, lambda c: (c.unit, c.indicator), Code.A208, known, problems, versions)


def single_rulings(
    rulings: Sequence[Ruling], known: Known, problems: list[Problem], versions: Versions
) -> tuple[Ruling, ...]:
    """The rulings without those entered twice for one unit and indicator."""
    return _single(rulings, lambda r: (r.unit, r.indicator), Code.A208, known, problems, versions)


def _single(
    entries: Sequence[Entry],
    key: Callable[[Entry], tuple[str, ...]],
    code: Code,
    known: Known,
    problems: list[Problem],
    versions: Versions,
) -> tuple[Entry, ...]:
    same: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        same.setdefault(key(entry), []).append(entry)
    titles = {indicator.code: indicator.title for indicator in known.indicators.things}
    counted = []
    for group in same.values():
        newest = versions.newest([entry.place.path for entry in group]) if versions.latest else ""
        last = [entry for entry in group if entry.place.path == newest]
        if len(group) == 1 or len(last) == 1:
            counted.append((last or group)[0])
        for one, other in zip(group[1:], group, strict=False):
            shown, before = (last[0], next(e for e in group if e is not last[0])) if len(last) == 1 else (one, other)
            figures: dict[str, object] = {
                "code": one.indicator,
                "indicator": titles[one.indicator],
                "found": _shown(shown),
                "other": _shown(before),
            }
            if isinstance(one, Mark):
                figures["reviewer"] = one.reviewer
            places = tuple(entry.place for entry in group if entry is not shown)
            if len(last) == 1:
                figures["files"] = versions.shown([entry.place for entry in group])
                problems.append(Problem(Code.A221, shown.place, figures, places))
                break
            problems.append(Problem(code, shown.place, figures, places))
    return tuple(counted)


def _shown(entry: Mark | Change | Ruling) -> object:
    match entry:
        case Mark():
            return entry.mark
        case Change():
            return entry.after
        case Ruling():
            return GRANTED if entry.is_granted else REFUSED


def single_entries(
    entries: Sequence[RegisterEntry], problems: list[Problem], versions: Versions
) -> tuple[RegisterEntry, ...]:
    """The entries without those that another sheet or file also holds, as when two people keep one list.

    Duplicates within one sheet all count, with a warning: a list is kept line by line, but duplicates are rarely
    meant. Of two registers of which one is a later version of the other only that is said, and with ``latest`` the
    older is left out.
    """
    left_out, said = _older_registers(entries, problems, versions)
    first: dict[tuple[object, ...], RegisterEntry] = {}
    kept = []
    for entry in entries:
        if entry.place.path in left_out:
            continue
        before = first.setdefault(_line(entry), entry)
        is_elsewhere = (before.place.path, before.place.sheet) != (entry.place.path, entry.place.sheet)
        if before is not entry and frozenset({before.place.path, entry.place.path}) not in said:
            code = Code.A219 if is_elsewhere else Code.A217
            problems.append(Problem(code, entry.place, {"found": entry.matter}, (before.place,)))
        if not is_elsewhere:
            kept.append(entry)
    problems += _same_documents(kept)
    return tuple(kept)


def _line(entry: RegisterEntry) -> tuple[object, ...]:
    return entry.unit, entry.kind, entry.level, folded(entry.matter), entry.times, entry.date, entry.evidence


def _older_registers(
    entries: Sequence[RegisterEntry], problems: list[Problem], versions: Versions
) -> tuple[frozenset[str], frozenset[frozenset[str]]]:
    """Paths of registers that a later version replaces, and the pairs of files of which that was said.

    A register is an earlier version of another if it was saved before it and half of its matters or more stand there
    too.
    """
    by_path: dict[str, list[RegisterEntry]] = {}
    for entry in entries:
        by_path.setdefault(entry.place.path, []).append(entry)
    left_out, said = set(), set()
    for pair in combinations(by_path, 2):
        newer = versions.newest(pair)
        if not newer:
            continue
        older = pair[0] if newer == pair[1] else pair[1]
        matters = {_matter(entry) for entry in by_path[newer]}
        shared = [entry for entry in by_path[older] if _matter(entry) in matters]
        if 2 * len(shared) < len(by_path[older]):
            continue
        said.add(frozenset(pair))
        if versions.latest:
            left_out.add(older)
        lines = {_line(entry) for entry in by_path[newer]}
        both = sum(_line(entry) in lines for entry in by_path[older])
        n, rest = (len(by_path[older]) if versions.latest else both), len(by_path[older]) - both
        places = tuple(by_path[path][0].place for path in (newer, older))
        figures = {
            "said": (_NEWER_READ if versions.latest else _BOTH_READ)(n=n, rest=rest),
            "files": versions.shown(places),
            "hint": _TAKE_AWAY if versions.latest else _ASK_FOR_LATEST,
        }
        problems.append(Problem(Code.A112, CellPlace(older), figures, (CellPlace(newer),)))
    return frozenset(left_out), frozenset(said)


def _matter(entry: RegisterEntry) -> tuple[str, str, str]:
    return entry.unit, entry.kind, folded(entry.matter)


def _same_documents(entries: Sequence[RegisterEntry]) -> Iterator[Problem]:
    """A222: one document of one unit on several rows of different matters, which all count."""
    by_document: dict[tuple[str, str], RegisterEntry] = {}
    told: set[tuple[CellPlace, CellPlace]] = set()
    for entry in entries:
        for number in numbers_in(entry.evidence):
            before = by_document.setdefault((entry.unit, number), entry)
            pair = (before.place, entry.place)
            if folded(before.matter) != folded(entry.matter) and pair not in told:
                told.add(pair)
                figures = {"found": number, "matter": before.matter, "other": entry.matter}
                yield Problem(Code.A222, entry.place, figures, (before.place,))
