"""A made-up round: 24 plainly fictitious units in four cohorts. ``python -m submissions.make_sample_round``.

Each answer is picked among a handful of random ones by how good the unit is meant to be, so that scores spread as
they do in real rounds. On purpose there are late filings, blanks, claims of 不适用, a tie, one unit that sent nothing,
and one with errors. One seed, so every run writes the same.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from lawgov_score.model import Indicator, Tree, Unit, field_key
from lawgov_score.pipeline import load_roster, load_tree
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Inputs
from submissions.filled_workbook import Entry, write_filled

FOLDER = Path(__file__).parent / "sample-round"
TREE = Path(__file__).parent.parent / "indicators" / "qujialing-2017"
SEED = 20171221
CANDIDATES = 9  # random answers that each real one is picked from

NOT_SUBMITTED = "BM-06"
TWINS = ("BS-02", "BS-04")  # the second one hands in the same figures as the first
WITH_ERRORS = "ZF-05"
WITH_VETO = ("ZF-01", "06-3")  # one unit reports an incident that bars the best grade
LATE = frozenset({"BS-05", "ZF-02", "BM-03", "SG-04"})

_EPOCH = date(1899, 12, 30)
_ERRORS = {  # what people really write, by field type
    FieldType.COUNT: "约95",
    FieldType.SHARE: "九成以上",
    FieldType.DATE: "三月底前",
    FieldType.YES_NO: "基本完成",
}


def main(folder: Path = FOLDER) -> int:
    """Writes the workbooks of the round beside its roster in ``folder``; returns an exit code."""
    tree, problems = load_tree(TREE)
    if tree is None:
        print(f"{TREE}: {len(problems)} problems; see lawgov-score lint", file=sys.stderr)
        return 1
    units, problems = load_roster(folder / "roster.csv", tree)
    if units is None or problems:
        print(f"{folder / 'roster.csv'}: {problems}", file=sys.stderr)
        return 1
    for stale in folder.glob("*.xlsx"):
        stale.unlink()
    rounds = {unit.code: a_round(tree, unit, seed) for seed, unit in enumerate(units)}
    rounds[TWINS[1]] = rounds[TWINS[0]]
    for unit in units:
        if unit.code != NOT_SUBMITTED:
            write_filled(tree, unit, rounds[unit.code], folder / f"{unit.code}.xlsx")
    return 0


def a_round(tree: Tree, unit: Unit, seed: int) -> dict[str, Entry]:
    """What one made-up unit writes, by field key."""
    random = np.random.default_rng((SEED, seed))
    quality = float(random.beta(8, 2))  # most are good, a few are not
    entries: dict[str, Entry] = {}
    for indicator in tree.indicators:
        if not tree.is_applicable(indicator, unit.type):
            continue
        if indicator.may_not_apply and random.random() < 0.06:
            asked = next(f for f in indicator.fields if not f.substitute)
            entries[field_key(indicator, asked)] = Entry("不适用", note="本年度未发生此类事项，请予核准。")
            continue
        answers = _pick(indicator, tree.year, quality, random, late=unit.code in LATE)
        for trigger in indicator.vetoes:
            happened = float((unit.code, indicator.code) == WITH_VETO)
            answers = {**answers, **dict.fromkeys(trigger.when.names, happened)}
        for asked in indicator.fields:
            if asked.substitute or (random.random() < 0.015 and unit.code not in TWINS):
                continue  # left blank
            evidence = "、".join(f"附件{indicator.code}-{i}" for i in range(1, len(indicator.evidence) + 1))
            entries[field_key(indicator, asked)] = Entry(written(asked, answers[asked.code]), evidence)
    if unit.code == WITH_ERRORS:
        _spoil(tree, unit, entries)
    return entries


def _pick(
    indicator: Indicator, year: int, quality: float, random: np.random.Generator, *, late: bool
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
    reached = 0.1 if late and is_dated else float(np.clip(random.normal(quality, 0.25), 0, 1))
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
    """Random answers that keep every bound."""
    drawn: dict[str, float] = {}
    for asked in bounds_first(indicator):
        drawn[asked.code] = _one(asked, drawn, year, random)
    return drawn


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


def _spoil(tree: Tree, unit: Unit, entries: dict[str, Entry]) -> None:
    """Turns one answer of each kind into what people really write, and one numerator above its denominator."""
    waiting = dict(_ERRORS)
    kept = ""  # the denominator that one numerator is to exceed must itself stay right
    for indicator in tree.indicators:
        for asked in indicator.fields:
            key = field_key(indicator, asked)
            if key not in entries or entries[key].value == "不适用":
                continue
            most = entries.get(f"{indicator.code}.{asked.at_most}")
            if not kept and isinstance(asked.at_most, str) and most is not None:
                if isinstance(most.value, float):
                    kept = f"{indicator.code}.{asked.at_most}"
                    entries[key] = Entry(most.value + 3, entries[key].evidence)
            elif asked.type in waiting and key != kept:
                entries[key] = Entry(waiting.pop(asked.type), entries[key].evidence)


if __name__ == "__main__":
    sys.exit(main())
