"""A tree that compares units (129 indicators of min–max, weighted means above them), and tables of its units."""

from pathlib import Path

import numpy as np

INDICATORS, CATEGORIES, ASPECTS = 129, 38, 3
_HEAD = """\
code: comparing
title: 比较各单位的指标体系
edition: "2026"
year: 2026
points: 100
levels: [方面, 类别, 小项]
aggregate: weighted_mean
unit_types: [{code: unit, name: 单位}]
policies:
  rounding: {indicator: 4, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
"""
_GROUP = """\
{indent}- code: "{code}"
{indent}  title: {title}
{indent}  points: 100
{indent}  weight: {weight}
{indent}  aggregate: weighted_mean
{indent}  children:
"""
_INDICATOR = """\
      - code: "{code}"
        title: 第{n}项
        points: 100
        weight: {weight}
        applies_to: all
        basis: 测速用
        fields: [{{code: v, name: 第{n}项的数, type: amount, measured_in: 件, at_least: 0}}]
        rule: {{kind: normalised, by: min_max, better: {better}, all_equal: full}}
"""


def codes() -> list[str]:
    """The codes of the indicators, in the order of the tree: ``01-01-01``."""
    return [code for _, _, code in _places()]


def _places() -> list[tuple[str, str, str]]:
    """The aspect, category and code of every indicator."""
    found = []
    for n in range(INDICATORS):
        category = n * CATEGORIES // INDICATORS
        aspect = category * ASPECTS // CATEGORIES
        within = sum(m * CATEGORIES // INDICATORS == category for m in range(n))
        found.append((f"{aspect + 1:02}", f"{category + 1:02}", f"{category + 1:02}-{within + 1:02}"))
    return found


def write_tree(path: Path) -> None:
    """Writes the tree as one file."""
    parts, seen = [_HEAD], set[str]()
    for n, (aspect, category, code) in enumerate(_places(), start=1):
        if f"A{aspect}" not in seen:
            parts.append(_GROUP.format(indent="", code=f"A{aspect}", title=f"方面{aspect}", weight=int(aspect) + 1))
        if f"C{category}" not in seen:
            weight = 1 + int(category) % 3
            parts.append(_GROUP.format(indent="    ", code=f"C{category}", title=f"类别{category}", weight=weight))
        seen |= {f"A{aspect}", f"C{category}"}
        line = _INDICATOR.format(code=code, n=n, weight=1 + n % 4, better="higher" if n % 3 else "lower")
        parts.append("".join(f"    {each}\n" for each in line.splitlines()))
    path.write_text("".join(parts), encoding="utf-8")


def figures(units: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """(units, indicators): figures of two decimals, the same at every run."""
    return np.random.default_rng(13).uniform(0, 1000, (units, INDICATORS)).round(2)


def write_table(path: Path, units: int) -> None:
    """Writes a table of so many units, every answer given."""
    lines = [",".join(["unit", *codes()])]
    lines += [f"U{i:06}," + ",".join(map(repr, row)) for i, row in enumerate(figures(units).tolist())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_both(folder: Path, units: int) -> tuple[Path, Path]:
    """The tree and a table of so many units in ``folder``."""
    tree, table = folder / "tree.yaml", folder / f"units-{units}.csv"
    write_tree(tree)
    write_table(table, units)
    return tree, table
