"""A made-up round: 24 plainly fictitious units in four cohorts. ``python -m submissions.make_sample_round``.

Beside the units' workbooks it has what an office keeps itself: its own workbooks (``office/``), the results of the year
before (``previous/``), and what it adds for a second publication (``second/``). Scores spread as they do in real
rounds, and everything that troubles an office is in it once: README.md of the round says what stands where.
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from lawgov_score.model import Roster, Tree, Unit, field_key
from lawgov_score.pipeline import Outputs, ScoredAssessment, assess, load_roster, load_tree, unwatched, write_outputs
from lawgov_score.problems import is_error
from lawgov_score.rules.field import FieldType
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.office import ANSWERS, GRANTED, MARKS, RULINGS, Form
from submissions.filled_workbook import Entry, Line, write_filled
from submissions.sample_answers import NOT_APPLICABLE, MadeUp, a_year_before, made_up
from submissions.sample_office import (
    REVIEWERS,
    STORY,
    Round,
    every_mark,
    figures,
    write_office,
)

FOLDER = Path(__file__).parent / "sample-round"
TREE = Path(__file__).parent.parent / "indicators" / "qujialing-2017"
OFFICE, PREVIOUS, SECOND = "office", "previous", "second"  # folders within the round's

NOT_SUBMITTED = "BM-06"
TWINS = ("BS-02", "BS-04")  # the second one hands in the same figures as the first
WITH_ERRORS = "ZF-05"
WITH_VETO = ("ZF-01", "06-3")  # one unit reports an incident that bars the best grade
LATE = frozenset({"BS-05", "ZF-02", "BM-03", "SG-04"})
NEW = "SG-06"  # was not assessed the year before
ABOLISHED = Unit("BM-07", "虚构区粮食局", "department", "departments")  # was, and is no more

_ERRORS = {  # what people really write, by field type
    FieldType.COUNT: "约95",
    FieldType.SHARE: "九成以上",
    FieldType.DATE: "三月底前",
    FieldType.YES_NO: "基本完成",
}


def main(folder: Path = FOLDER, scheme: Path = TREE) -> int:
    """Writes the workbooks of the round beside its roster in ``folder``; returns an exit code.

    ``scheme``: the tree, which may be called something else here, and no more.
    """
    tree, problems = load_tree(scheme)
    if tree is None:
        print(f"{scheme}: {len(problems)} problems; see lawgov-score lint", file=sys.stderr)
        return 1
    units, problems = load_roster(folder / "roster.csv", tree)
    if units is None or problems:
        print(f"{folder / 'roster.csv'}: {problems}", file=sys.stderr)
        return 1
    places = {name: folder / name for name in (OFFICE, PREVIOUS, SECOND)}
    for stale in (*folder.glob("*.xlsx"), *(file for place in places.values() for file in place.glob("*.*"))):
        stale.unlink()
    for place in places.values():
        place.mkdir(exist_ok=True)
    made = _everyone(tree, units)
    for unit in units:
        if unit.code != NOT_SUBMITTED:
            write_filled(tree, unit, made[unit.code].entries, folder / f"{unit.code}.xlsx")
    this_year = Round(tree, units, made, frozenset({NOT_SUBMITTED}))
    write_office(this_year, places[OFFICE], places[SECOND])
    _write_previous(this_year, places[PREVIOUS])
    return 0


def _everyone(tree: Tree, units: Roster) -> dict[str, MadeUp]:
    """What each unit makes up, with what the round is to show put into it."""
    made = {unit.code: _one(tree, unit, seed) for seed, unit in enumerate(units)}
    made[TWINS[1]] = made[TWINS[0]]
    for (unit, key), value in STORY.items():
        entry = made[unit].entries.get(key, Entry(value))
        made[unit].entries[key] = replace(entry, value=value)
    _spoil(tree, made[WITH_ERRORS].entries)
    return made


def _one(tree: Tree, unit: Unit, seed: int) -> MadeUp:
    return made_up(tree, unit, seed, never_blank=unit.code in TWINS, is_late=unit.code in LATE)


def _spoil(tree: Tree, entries: dict[str, Entry]) -> None:
    """Turns one answer of each kind into what people really write, and one numerator above its denominator."""
    waiting = dict(_ERRORS)
    kept = ""  # the denominator that one numerator is to exceed must itself stay right
    for indicator in tree.indicators:
        for asked in indicator.fields:
            key = field_key(indicator, asked)
            if key not in entries or entries[key].value == NOT_APPLICABLE:
                continue
            most = entries.get(f"{indicator.code}.{asked.at_most}")
            if not kept and isinstance(asked.at_most, str) and most is not None:
                if isinstance(most.value, float):
                    kept = f"{indicator.code}.{asked.at_most}"
                    entries[key] = Entry(most.value + 3, entries[key].evidence)
            elif asked.type in waiting and key != kept:
                entries[key] = Entry(waiting.pop(asked.type), entries[key].evidence)


def _write_previous(this_year: Round, folder: Path) -> None:
    """The results of the year before, scored as they would have been then."""
    tree, units = this_year.tree, (*(unit for unit in this_year.units if unit.code != NEW), ABOLISHED)
    # Drawn again: this year's faults were not those of the year before.
    made = {unit.code: a_year_before(tree, _one(tree, unit, seed), seed) for seed, unit in enumerate(units)}
    before = Round(tree, units, made, frozenset())
    with TemporaryDirectory() as name:
        place = Path(name)
        _write_last_roster(before, place / "roster.csv")
        _write_last_answers(before, place / "answers.csv")
        every = [line for reviewer in REVIEWERS for line in every_mark(before, reviewer)]
        for form, lines in ((MARKS, every), (ANSWERS, list(figures(before))), (RULINGS, list(_all_granted(before)))):
            headings = {key: _heading(form, key) for line in lines for key in line}
            rows = ([_text(line.get(key, "")) for key in headings] for line in lines)
            _write_table(place / "office" / f"{form.key}.csv", list(headings.values()), rows)
        done = assess(TREE, [place / "answers.csv"], place / "roster.csv", assessor=[place / "office"])
        wrong = [problem for problem in done.problems if is_error(problem)]
        if not isinstance(done, ScoredAssessment) or wrong:
            raise RuntimeError(f"the year before comes to no result: {wrong}")
        write_outputs(done, Outputs(tables=folder), Language.ZH, unwatched, overwrite=True)


def _write_last_roster(before: Round, path: Path) -> None:
    year = str(before.tree.year - 1)
    rows = ([unit.code, unit.name, unit.type, unit.cohort, year] for unit in before.units)
    _write_table(path, ["unit", "name", "type", "cohort", "year"], rows)


def _write_last_answers(before: Round, path: Path) -> None:
    keys = list(dict.fromkeys(key for one in before.made.values() for key in one.entries))
    rows = (
        [unit.code, *(_text(entries[key].value) if key in entries else "" for key in keys)]
        for unit in before.units
        for entries in [before.made[unit.code].entries]
    )
    _write_table(path, ["unit", *keys], rows)


def _all_granted(before: Round) -> Iterator[Line]:
    """Rulings that grant every claim."""
    for unit in before.units:
        for key, entry in before.made[unit.code].entries.items():
            if entry.value == NOT_APPLICABLE:
                known = {"unit": unit.code, "indicator": key.partition(".")[0], "ruling": GRANTED.zh}
                yield {**known, "reason": "情况属实。", "reviewer": "核定人丁", "date": date(before.tree.year, 2, 20)}


def _heading(form: Form, key: str) -> str:
    known = next((column for column in form.columns if column.key == key), None)
    return key if known is None else known.heading.zh  # the office's own figures are named by their fields


def _text(value: str | float | date) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(headings)
        out.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
