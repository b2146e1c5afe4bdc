"""What the made-up units answer: random answers that fit the tree, picked by how good the unit is meant to be.

One seed, so every run draws the same. What the office adds about a unit (marks, figures of its own) is drawn with its
answers, so that a good unit is good in everything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from lawgov_score.model import FilledBy, Indicator, Tree, Unit, field_key
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import HasDue, Inputs
from submissions.filled_workbook import Entry

SEED = 20171221
CANDIDATES = 9  # random answers that each real one is picked from
NOT_APPLICABLE = "不适用"

_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One made-up unit. ``entries``: what it writes, by field key; ``office``: what the office fills in about it;
    ``merits``: how good it is, 0 to 1, at each judged indicator.
    """

    entries: dict[str, Entry]
    office: dict[str, float]
    merits: dict[str, float]


def made_up(tree: Tree, unit: Unit, seed: int, *, never_blank: bool = False, is_late: bool = False) -> MadeUp:
    """What one made-up unit writes, and what is found out about it."""
    random = np.random.default_rng((SEED, seed))
    quality = float(random.beta(8, 2))  # most are good, a few are not
    made = MadeUp({}, {}, {})
    for indicator in tree.indicators:
        if not tree.is_applicable(indicator, unit.type):
            continue
        evidence = "、".join(f"附件{indicator.code}-{i}" for i in range(1, len(indicator.evidence) + 1))
        if indicator.is_judged:
            made.merits[indicator.code] = _merit(quality, random)
            if indicator.filled_by is FilledBy.UNIT:
                made.entries.update({field_key(indicator, one): Entry(_REPORT, evidence) for one in indicator.fields})
            continue
        if indicator.may_not_apply and random.random() < 0.06:
            asked = next(f for f in indicator.fields if not f.substitute)
            made.entries[field_key(indicator, asked)] = Entry(NOT_APPLICABLE, note="本年度未发生此类事项，请予核准。")
            continue
        answers = _pick(indicator, tree.year, quality, random, is_late=is_late)
        for asked in indicator.fields:
            if asked.substitute or (random.random() < 0.015 and not never_blank):
                continue  # left blank
            key = field_key(indicator, asked)
            if indicator.filled_by is FilledBy.ASSESSOR:
                made.office[key] = answers[asked.code]
            else:
                made.entries[key] = Entry(written(asked, answers[asked.code]), evidence)
    return made


_REPORT = "制度已印发，执行情况见佐证材料。"


def _merit(quality: float, random: np.random.Generator) -> float:
    """As much chance as a yes or no takes in ``_pick``: answers after it stay what they were if it becomes judged."""
    random.random(CANDIDATES)
    merit = float(np.clip(random.normal(quality, 0.25), 0, 1))
    random.random()
    return merit


def _pick(
    indicator: Indicator, year: int, quality: float, random: np.random.Generator, *, is_late: bool
) -> Mapping[str, float]:
    """One answer per field: of several random ones the one whose score fits the unit's quality."""
    several = [_draw(indicator, year, random) for _ in range(CANDIDATES)]
    columns = {f.code: np.array([answers[f.code] for answers in several]) for f in indicator.fields}
    value = indicator.value.evaluate(columns).value if indicator.value else np.full(CANDIDATES, np.nan)
    own = {code: columns[code] for code in indicator.rule.reads}
    cohorts, years = np.zeros(CANDIDATES, dtype=np.intp), np.full(CANDIDATES, float(year))
    scores = np.nan_to_num(indicator.rule.score(Inputs(value, own, cohorts, years)), nan=indicator.points)
    worst_first = np.argsort(scores, kind="stable")
    is_dated = any(f.type is FieldType.DATE for f in indicator.fields)
    reached = 0.1 if is_late and is_dated else float(np.clip(random.normal(quality, 0.25), 0, 1))
    return several[int(worst_first[round(reached * (CANDIDATES - 1))])]


def bounds_first(indicator: Indicator) -> Iterator[Field]:
    """The fields, what bounds another before it."""
    known: set[str] = set()
    waiting = list(indicator.fields)
    while waiting:
        asked = waiting.pop(0)
        if isinstance(asked.at_most, str) and asked.at_most not in known:
            waiting.append(asked)
            continue
        known.add(asked.code)
        yield asked


def _draw(indicator: Indicator, year: int, random: np.random.Generator) -> dict[str, float]:
    """Random answers that keep every bound and every check, and give no cause for a veto."""
    drawn: dict[str, float] = {}
    for asked in bounds_first(indicator):
        drawn[asked.code] = _one(asked, drawn, year, random)
    rule = indicator.rule
    due = rule.due_days(np.array([float(year)])) if isinstance(rule, HasDue) else None
    if due is not None:  # nobody mistakes the year
        dates = [asked.code for asked in indicator.fields if asked.type is FieldType.DATE]
        drawn |= {code: drawn[code] - 365.0 * round((drawn[code] - float(due[0])) / 365) for code in dates}
    for trigger in indicator.vetoes:
        drawn |= dict.fromkeys(trigger.when.names, 0.0)
    keep_checks(indicator, drawn)
    return drawn


def keep_checks(indicator: Indicator, drawn: dict[str, float]) -> None:
    """Lowers the largest of the counts that others bound, until what the tree says of them together holds."""
    bounded = [asked.code for asked in indicator.fields if isinstance(asked.at_most, str)]
    while not all(_holds(indicator, drawn)):
        largest = max(bounded, key=lambda code: drawn[code])
        if drawn[largest] <= 0:
            raise ValueError(f"{indicator.code}: no answers keep its checks: {drawn}")
        drawn[largest] -= 1


def _holds(indicator: Indicator, drawn: Mapping[str, float]) -> Iterator[bool]:
    columns = {code: np.array([value]) for code, value in drawn.items()}
    for check in indicator.checks:
        if drawn.keys() >= set(check.holds.names):
            yield bool(check.holds.evaluate(columns).value[0])


def _one(asked: Field, drawn: Mapping[str, float], year: int, random: np.random.Generator) -> float:
    match asked.type:
        case FieldType.COUNT | FieldType.AMOUNT:
            if isinstance(asked.at_most, str):
                most = drawn[asked.at_most]
                return float(round(most * min(1.0, random.beta(9, 1.2) * 1.05)))
            small = random.random() < 0.6
            return float(random.integers(0, 4) if small else random.integers(4, 60))
        case FieldType.SHARE:
            return round(float(random.beta(8, 1.5)), 4)
        case FieldType.YES_NO:
            return float(random.random() < 0.8)
        case FieldType.CHOICE:
            return float(random.integers(0, len(asked.choices)))
        case FieldType.DATE:
            day = date(year, 3, 31) if random.random() < 0.5 else date(year + 1, 3, 31)
            return float((day + timedelta(days=int(random.integers(-45, 20))) - _EPOCH).days)
        case FieldType.TEXT:
            return float("nan")


def written(asked: Field, value: float) -> str | float | date:
    """The answer as a clerk puts it into the cell."""
    match asked.type:
        case FieldType.YES_NO:
            return "是" if value else "否"
        case FieldType.CHOICE:
            return asked.choices[int(value)]
        case FieldType.DATE:
            return _EPOCH + timedelta(days=int(value))
        case FieldType.TEXT:
            return "见附件"
        case _:
            return value


def a_year_before(tree: Tree, made: MadeUp, seed: int) -> MadeUp:
    """What the same unit would have written the year before: counts a little other, dates a year earlier, no blanks."""
    random = np.random.default_rng((SEED, seed, 1))
    entries = dict(made.entries)
    for indicator in tree.indicators:
        if indicator.is_judged or indicator.filled_by is FilledBy.ASSESSOR:
            continue
        counts: dict[str, float] = {}
        for asked in bounds_first(indicator):
            key = field_key(indicator, asked)
            factor = float(random.uniform(0.75, 1.3))
            if key not in entries:
                continue
            value = entries[key].value
            if isinstance(value, date):
                entries[key] = replace(entries[key], value=value - timedelta(days=365))
            elif isinstance(value, float) and asked.type is not FieldType.SHARE:
                most = counts.get(str(asked.at_most), float("inf"))
                counts[asked.code] = min(float(round(value * factor)), most)
        keep_checks(indicator, counts)
        for code, count in counts.items():
            key = f"{indicator.code}.{code}"
            entries[key] = replace(entries[key], value=count)
    merits = {code: float(np.clip(merit + random.normal(0, 0.15), 0, 1)) for code, merit in made.merits.items()}
    return MadeUp(entries, made.office, merits)
