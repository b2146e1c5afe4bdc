"""Rows of 评审打分, 复核改分 and 不适用认定 → marks, changes, rulings."""

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from lawgov_score.catalogue import Code
from lawgov_score.model import Change, Indicator, Mark, Ruling, Unit
from lawgov_score.problems import Problem
from lawgov_score.rules import KINDS
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.office import GRANTED, REFUSED
from lawgov_score.workbook.forms.office_layout import is_judged, mark_range, score_range
from lawgov_score.workbook.office.known import Known, folded
from lawgov_score.workbook.office.rows import Line

Entry = TypeVar("Entry", Mark, Change, Ruling)

_NOWHERE = (float("-inf"), float("inf"))  # bounds where the indicator is not known
_RULINGS = {
    folded(text): is_granted
    for words, is_granted in ((GRANTED, True), (REFUSED, False))
    for text in (words.zh, words.en)
}
_NO_SCORE = frozenset({"", "—", "——", "–", "-", "--", "无", "none"})
_RULE = {kind: Words(rule.NAME, kind.replace("_", " ")) for kind, rule in KINDS.items()}


def read_mark(line: Line) -> Mark | None:
    """One mark, None where the row has an error."""
    unit, indicator = line.unit(), line.indicator()
    if indicator is not None and not is_judged(indicator):
        kind = _RULE[indicator.rule.KIND]
        line.fail(Code.A203, "indicator", code=indicator.code, indicator=indicator.title, found=kind)
    bounds = mark_range(indicator) if indicator is not None and is_judged(indicator) else _NOWHERE
    reviewer, mark = line.said("reviewer"), line.number_within("mark", indicator, bounds)
    reason = line.said("reason")
    if not line.is_good or not line.applies(unit, indicator) or unit is None or indicator is None or mark is None:
        return None
    return Mark(unit.code, indicator.code, reviewer, mark, reason, line.place("mark"))


def read_change(line: Line) -> Change | None:
    """One change, None where the row has an error."""
    unit, indicator = line.unit(), line.indicator()
    before = math.nan if folded(line.may_say("from")) in _NO_SCORE else line.number("from")
    after = line.number_within("to", indicator, score_range(indicator) if indicator is not None else _NOWHERE)
    reason, reviewer, date = line.said("reason"), line.said("reviewer"), line.date()
    if not line.is_good or not line.applies(unit, indicator):
        return None
    if unit is None or indicator is None or before is None or after is None or date is None:
        return None
    return Change(unit.code, indicator.code, before, after, reason, reviewer, date, line.place("to"))


def read_ruling(line: Line) -> Ruling | None:
    """One ruling, None where the row has an error."""
    unit, indicator = line.unit(), line.indicator()
    if indicator is not None and not indicator.may_not_apply:
        line.fail(Code.A209, "indicator", code=indicator.code, indicator=indicator.title)
    said = line.said("ruling")
    is_granted = _RULINGS.get(folded(said))
    if said and is_granted is None:
        line.fail(Code.A211, "ruling", column=line.column("ruling").heading, found=said)
    reason, reviewer, date = line.said("reason"), line.said("reviewer"), line.date()
    if not line.is_good or not line.applies(unit, indicator):
        return None
    if unit is None or indicator is None or is_granted is None or date is None:
        return None
    _check_claim(line, unit, indicator, said)
    return Ruling(unit.code, indicator.code, is_granted, reason, reviewer, date, line.place("ruling"))


def _check_claim(line: Line, unit: Unit, indicator: Indicator, said: str) -> None:
    claims = line.known.claims
    if claims is not None and (unit.code, indicator.code) not in claims:
        figures = {"unit": unit.name, "code": indicator.code, "indicator": indicator.title}
        line.warn(Code.A210, "ruling", **figures, found=said)


def single_marks(marks: Sequence[Mark], known: Known, problems: list[Problem]) -> tuple[Mark, ...]:
    """Without those where one reviewer marks the same unit and indicator twice: which counts is not ours to say."""
    return _single(marks, lambda m: (m.unit, m.indicator, folded(m.reviewer)), Code.A207, known, problems)


def single_changes(changes: Sequence[Change], known: Known, problems: list[Problem]) -> tuple[Change, ...]:
    """Without those that are entered twice for one unit and indicator."""
    return _single(changes, lambda c: (c.unit, c.indicator), Code.A208, known, problems)


def single_rulings(rulings: Sequence[Ruling], known: Known, problems: list[Problem]) -> tuple[Ruling, ...]:
    """Without those that are entered twice for one unit and indicator."""
    return _single(rulings, lambda r: (r.unit, r.indicator), Code.A208, known, problems)


def _single(
    entries: Sequence[Entry],
    key: Callable[[Entry], tuple[str, ...]],
    code: Code,
    known: Known,
    problems: list[Problem],
) -> tuple[Entry, ...]:
    same: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        same.setdefault(key(entry), []).append(entry)
    titles = {indicator.code: indicator.title for indicator in known.indicators.things}
    for group in same.values():
        for one, other in zip(group[1:], group, strict=False):
            figures: dict[str, object] = {
                "code": one.indicator,
                "indicator": titles[one.indicator],
                "found": _shown(one),
                "other": _shown(other),
            }
            if isinstance(one, Mark):
                figures["reviewer"] = one.reviewer
            places = tuple(entry.place for entry in group if entry is not one)
            problems.append(Problem(code, one.place, figures, places))
    return tuple(group[0] for group in same.values() if len(group) == 1)


def _shown(entry: Mark | Change | Ruling) -> object:
    match entry:
        case Mark():
            return entry.mark
        case Change():
            return entry.after
        case Ruling():
            return GRANTED if entry.is_granted else REFUSED
