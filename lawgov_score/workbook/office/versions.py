"""Of several entries for one thing the one that counts: neither, or with ``--latest`` the one saved last."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TypeVar

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState, Change, Mark, RegisterEntry, Ruling
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import ByFace, Phrase, Words
from lawgov_score.workbook.called import folded
from lawgov_score.workbook.forms.layout import Question
from lawgov_score.workbook.forms.office import CHANGES, GRANTED, MARKS, REFUSED, REGISTER, RULINGS, Form
from lawgov_score.workbook.office.documents import is_same, numbers_in, without_issuer
from lawgov_score.workbook.office.known import Known
from lawgov_score.workbook.office.rows import Failed
from lawgov_score.workbook.submission.answers import one_of
from lawgov_score.workbook.submission.versions import saved_words

Entry = TypeVar("Entry", Mark, Change, Ruling)

_BOTH_READ = Words(
    "较早保存的登记和较新的放在一起：两本都读，{n} 行两本都有、只计一次，只在较早一本的 {rest} 行也计入",
    "An older register beside a newer one: both are read, {n} rows of both {n:counts|count} once, {rest} of the "
    "older alone {rest:counts|count}",
)
_NEWER_READ = Words(
    "较早保存的登记和较新的放在一起：只采用最后保存的一本，较早一本的 {n} 行不计（{rest} 行只在那一本里有）",
    "An older register beside a newer one: the one saved last counts, not {n} rows of the older ({rest} only there)",
)
_ASK_FOR_LATEST = ByFace(
    Words(
        "较新的一本是更正的，把较早的移出文件夹，或者加 --latest；两本是分头登记的，不必改动",
        "Take the older away if the newer corrects it, or add --latest; nothing to do where two people keep a part "
        "each",
    ),
    Words(
        "较新的一本是更正的，撤回较早的；两本是分头登记的，不必改动",
        "Take the older back if the newer corrects it; nothing to do where two people keep a part each",
    ),
)
_TAKE_AWAY = ByFace(
    Words(
        "核对较新的一本是否齐全；两本是分头登记的，不要加 --latest",
        "See that the newer one is complete; without --latest both are read",
    ),
    Words("核对较新的一本是否齐全", "See that the newer one is complete"),
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


def single_marks(
    marks: Sequence[Mark], failed: Sequence[Failed], known: Known, problems: list[Problem], versions: Versions
) -> tuple[Mark, ...]:
    """The marks without those that one reviewer gave twice for a unit and indicator: which one counts is unknown."""
    groups = _same(marks, MARKS, lambda m: (m.unit, m.indicator, folded(m.reviewer)), failed)
    return _single(groups, Code.A207, known, problems, versions)


def single_changes(
    changes: Sequence[Change], failed: Sequence[Failed], known: Known, problems: list[Problem], versions: Versions
) -> tuple[Change, ...]:
    """The changes without those entered twice for one unit and indicator, on review or on one objection."""
    # A decision that could not be used was about the review's change, too.
    both = (*failed, *(replace(one, who="") for one in failed if one.form is CHANGES and one.who))
    groups = _same(changes, CHANGES, lambda c: (c.unit, c.indicator, str(c.objection or "")), both)
    return _single(groups, Code.A208, known, problems, versions)


def single_rulings(
    rulings: Sequence[Ruling], failed: Sequence[Failed], known: Known, problems: list[Problem], versions: Versions
) -> tuple[Ruling, ...]:
    """The rulings without those entered twice for one unit and indicator."""
    groups = _same(rulings, RULINGS, lambda r: (r.unit, r.indicator, ""), failed)
    return _single(groups, Code.A208, known, problems, versions)


def _same(
    entries: Sequence[Entry], form: Form, key: Callable[[Entry], tuple[str, str, str]], failed: Sequence[Failed]
) -> list[tuple[list[Entry], list[Failed]]]:
    """Entries for one thing together, and the rows that are about the same and cannot be used."""
    same: dict[tuple[str, str, str], tuple[list[Entry], list[Failed]]] = {}
    for entry in entries:
        same.setdefault(key(entry), ([], []))[0].append(entry)
    for one in failed:
        if one.form is form and (one.unit, one.what, one.who) in same:
            same[one.unit, one.what, one.who][1].append(one)
    return list(same.values())


def _single(
    groups: Sequence[tuple[list[Entry], list[Failed]]],
    code: Code,
    known: Known,
    problems: list[Problem],
    versions: Versions,
) -> tuple[Entry, ...]:
    titles = {indicator.code: indicator.title for indicator in known.indicators.things}
    counted = []
    for group, failed in groups:
        if failed and (corrected := _corrected(group, failed, titles, versions)) is not None:
            problems.append(corrected)
            continue
        newest = versions.newest([entry.place.path for entry in group]) if versions.latest else ""
        last = [entry for entry in group if entry.place.path == newest]
        if len(group) == 1 or len(last) == 1:
            counted.append((last or group)[0])
        if len(last) == 1:
            if (replaced := _replaced(last[0], group, titles, versions)) is not None:
                problems.append(replaced)
            continue
        for one, other in zip(group[1:], group, strict=False):
            places = tuple(entry.place for entry in group if entry is not one)
            problems.append(Problem(code, one.place, _figures(one, other, titles), places))
    return tuple(counted)


def _corrected(
    group: Sequence[Entry], failed: Sequence[Failed], titles: Mapping[str, str], versions: Versions
) -> Problem | None:
    """A224: what was entered before counts no more, for a row about the same in another file could not be used.

    None where every such row is of a file that was saved before.
    """
    good: set[str] = {entry.place.path for entry in group}
    faulty: list[Failed] = [one for one in failed if one.place.path not in good]
    if not faulty or versions.newest([*good, *(one.place.path for one in faulty)]) in good:
        return None
    entry = group[0]
    places = (*(one.place for one in faulty), *(one.place for one in group))
    figures = {"code": entry.indicator, "indicator": titles[entry.indicator], "found": _shown(entry)}
    return Problem(Code.A224, faulty[0].place, {**figures, "files": versions.shown(places)}, places[1:])


def _replaced(last: Entry, group: Sequence[Entry], titles: Mapping[str, str], versions: Versions) -> Problem | None:
    """A221: the entry saved last counts; None where all say the same."""
    before = [entry for entry in group if entry is not last]
    other = next((entry for entry in before if _decided(entry) != _decided(last)), None)
    if other is None:
        return None
    figures = {**_figures(last, other, titles), "files": versions.shown([entry.place for entry in group])}
    return Problem(Code.A221, last.place, figures, tuple(entry.place for entry in before))


def _figures(one: Entry, other: Entry, titles: Mapping[str, str]) -> dict[str, object]:
    figures: dict[str, object] = {
        "code": one.indicator,
        "indicator": titles[one.indicator],
        "found": _shown(one),
        "other": _shown(other),
    }
    return {**figures, "reviewer": one.reviewer} if isinstance(one, Mark) else figures


def _decided(entry: Mark | Change | Ruling) -> object:
    """What was decided, whatever the reason."""
    return (str(entry.before), entry.after) if isinstance(entry, Change) else _shown(entry)


def _shown(entry: Mark | Change | Ruling) -> object:
    match entry:
        case Mark():
            return entry.mark
        case Change():
            return entry.after
        case Ruling():
            return GRANTED if entry.is_granted else REFUSED


def single_entries(
    entries: Sequence[RegisterEntry],
    failed: Sequence[Failed],
    known: Known,
    problems: list[Problem],
    versions: Versions,
) -> tuple[RegisterEntry, ...]:
    """The entries without those that another sheet or file also holds, as when two people keep one list.

    Duplicates within one sheet all count, with a warning: a list is kept line by line, but duplicates are rarely
    meant. Of two registers of which one is a later version of the other only that is said, and with ``latest`` the
    older is left out.
    """
    left_out, said = _older_registers(entries, failed, problems, versions)
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
    problems += _same_documents(kept, known)
    return tuple(kept)


def _line(entry: RegisterEntry) -> tuple[object, ...]:
    return entry.unit, entry.kind, entry.level, folded(entry.matter), entry.times, entry.date, entry.evidence


_Matter = tuple[str, str, str]  # unit, kind, matter as names are compared


def _older_registers(
    entries: Sequence[RegisterEntry], failed: Sequence[Failed], problems: list[Problem], versions: Versions
) -> tuple[frozenset[str], frozenset[frozenset[str]]]:
    """Paths of registers that a later version replaces, and the pairs of files of which that was said.

    A register is an earlier version of another if it was saved before it and half of its matters or more stand there
    too. Rows that cannot be used are matters of their file all the same.
    """
    by_path: dict[str, list[RegisterEntry]] = {}
    matters: dict[str, set[_Matter]] = {}
    for entry in entries:
        by_path.setdefault(entry.place.path, []).append(entry)
        matters.setdefault(entry.place.path, set()).add(_matter(entry))
    for one in failed:
        if one.form is REGISTER:
            matters.setdefault(one.place.path, set()).add((one.unit, one.what, one.who))
    lines = {path: {_line(entry) for entry in of} for path, of in by_path.items()}
    left_out, said = set(), set()
    for pair in _sharing(matters):
        newer = versions.newest(pair)
        if not newer:
            continue
        older = pair[0] if newer == pair[1] else pair[1]
        own = by_path.get(older, [])
        shared = sum(_matter(entry) in matters[newer] for entry in own)
        if not own or 2 * shared < len(own):
            continue
        said.add(frozenset(pair))
        if versions.latest:
            left_out.add(older)
        both = sum(_line(entry) in lines.get(newer, ()) for entry in own)
        n, rest = (len(own) if versions.latest else both), len(own) - both
        figures = {
            "said": (_NEWER_READ if versions.latest else _BOTH_READ)(n=n, rest=rest),
            "files": versions.shown((CellPlace(newer), CellPlace(older))),
            "hint": _TAKE_AWAY if versions.latest else _ASK_FOR_LATEST,
        }
        problems.append(Problem(Code.A112, CellPlace(older), figures, (CellPlace(newer),)))
    return frozenset(left_out), frozenset(said)


def _sharing(matters: Mapping[str, set[_Matter]]) -> Iterator[tuple[str, str]]:
    """Pairs of files that share a matter, in the order of the files: others cannot be versions of one another."""
    number = {path: at for at, path in enumerate(matters)}
    where: dict[_Matter, list[str]] = {}
    for path, of in matters.items():
        for matter in of:
            where.setdefault(matter, []).append(path)
    pairs = {pair for paths in where.values() for pair in combinations(paths, 2)}
    yield from sorted(pairs, key=lambda pair: (number[pair[0]], number[pair[1]]))


def _matter(entry: RegisterEntry) -> _Matter:
    return entry.unit, entry.kind, folded(entry.matter)


def _same_documents(entries: Sequence[RegisterEntry], known: Known) -> Iterator[Problem]:
    """A222: one document of one unit on several rows that all count."""
    once = frozenset(kind.code for kind in known.tree.adjustments if kind.highest_only)
    vetoes = frozenset(veto.code for veto in known.tree.vetoes)
    by_number: dict[tuple[str, str], list[tuple[str, RegisterEntry]]] = {}
    told: set[tuple[CellPlace, CellPlace]] = set()
    for entry in entries:
        for number in numbers_in(entry.evidence):
            earlier = by_number.setdefault((entry.unit, without_issuer(number)), [])
            found = next(((name, one) for name, one in earlier if is_same(name, number)), None)
            if found is None:
                earlier.append((number, entry))
                continue
            before = found[1]
            pair = (before.place, entry.place)
            if before is entry or pair in told or not _both_count(before, entry, once, vetoes):
                continue
            told.add(pair)
            figures = {"found": number, "matters": _matters(before, entry), "hint": _or_the_same(before, entry, once)}
            yield Problem(Code.A222, entry.place, figures, (before.place,))


def _both_count(one: RegisterEntry, other: RegisterEntry, once: Collection[str], vetoes: Collection[str]) -> bool:
    """Do both rows count, and was that not said of them already? One matter may take points and be a veto besides."""
    if folded(one.matter) != folded(other.matter):
        return True
    if one.kind != other.kind:
        return (one.kind in vetoes) == (other.kind in vetoes)
    return one.kind not in once and _line(one) != _line(other)


_TWO = Words("“{matter}”和“{other}”", "“{matter}” and “{other}”")
_ONE_TWICE = Words("“{matter}”，{day:date} 和 {other:date}", "“{matter}”, {day:date} and {other:date}")
_NO_MORE = Words("", "")
_SAME_WORDS = Words("，或者各行写同样的事项", ", or give both the same matter")


def _matters(one: RegisterEntry, other: RegisterEntry) -> Phrase:
    if folded(one.matter) != folded(other.matter):
        return _TWO(matter=one.matter, other=other.matter)
    return _ONE_TWICE(matter=one.matter, day=one.date, other=other.date)


def _or_the_same(one: RegisterEntry, other: RegisterEntry, once: Collection[str]) -> Phrase:
    """Where only the highest level of a matter counts, the same words make one matter of two rows."""
    return (_SAME_WORDS if one.kind == other.kind and one.kind in once else _NO_MORE)()
