"""The five published reports as workbooks, from figures.csv. ``python -m submissions.make_published_reports``."""

import sys
from datetime import date
from pathlib import Path

import pandas as pd

from lawgov_score.model import Indicator, Tree
from lawgov_score.pipeline import load_roster, load_tree
from lawgov_score.problems import is_error
from lawgov_score.rules.field import FieldType
from submissions.filled_workbook import Entry, write_filled

FOLDER = Path(__file__).parent / "published-reports"
TREE = Path(__file__).parent.parent / "indicators" / "qujialing-2017"


def main() -> int:
    """Writes one workbook per unit of the roster; returns an exit code."""
    tree, problems = load_tree(TREE)
    if tree is None:
        print(f"{TREE}: {len(problems)} problems; see lawgov-score lint", file=sys.stderr)
        return 1
    units, problems = load_roster(FOLDER / "roster.csv", tree)
    if units is None or any(map(is_error, problems)):  # the years of reports differ, which is said and let through
        print(f"{FOLDER / 'roster.csv'}: {problems}", file=sys.stderr)
        return 1
    figures = pd.read_csv(FOLDER / "figures.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for unit in units:
        mine = figures[figures["unit"] == unit.code]
        entries = {f"{row.code}.{row.field}": entry(tree, row) for row in mine.itertuples()}
        write_filled(tree, unit, entries, FOLDER / f"{unit.code}.xlsx")
        print(f"{unit.code}: {len(entries)}")
    return 0


def entry(tree: Tree, row: object) -> Entry:
    """One row of figures.csv as a clerk would fill it in: value typed, section as evidence, note as it stands."""
    code, field, value = (str(getattr(row, name)) for name in ("code", "field", "value"))
    indicator = tree.by_code[code]
    assert isinstance(indicator, Indicator)
    asked = next(f for f in indicator.fields if f.code == field)
    typed: str | float | date = value
    if asked.type in {FieldType.COUNT, FieldType.AMOUNT}:
        typed = float(value)
    elif asked.type is FieldType.DATE and value != asked.never:
        typed = date.fromisoformat(value)
    elif asked.type is FieldType.SHARE:
        typed = float(value.removesuffix("%")) / 100
    return Entry(typed, str(getattr(row, "section", "")), str(getattr(row, "note", "")))


if __name__ == "__main__":
    sys.exit(main())
