"""CONTRIBUTING's recipe for a rule kind, performed in a copy of the project: four steps and nothing else are enough.

The kind is made up for this test. What the recipe promises is then tried in the copy: its laws, its parity with a
spreadsheet, docs, schema, random trees, the check of its threshold, a template and a score.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RULE = '''"""平方计分（quadratic）：按指标值占目标的比例的平方得分。

何时用：评分标准写成“按完成率的平方计分”，要让差距看得更清楚的。

写法::

    rule: {kind: quadratic, target: 100%}

算例：完成一半，得四分之一。

>>> rule = Quadratic.from_data({"target": "100%"}, 4.0)
>>> rule.score(Inputs(np.array([1.0, 0.5, np.nan])))
array([ 4.,  1., nan])
"""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.keys import Sign
from lawgov_score.rules.keys import quantity as quantity_key
from lawgov_score.rules.phrases import figure, trivial_reason
from lawgov_score.rules.rows import Row
from lawgov_score.rules.rule import Cells, Data, Inputs, Path, Rule, Terms
from lawgov_score.wording import Phrase, Quantity, Words

_STANDARD = Words("{value}达到 {target} 得 {points:points} 分，未达到的按平方得分。", "{value}, squared, of {target}.")
_REASON = Words(
    "{name} {value}，目标 {target}，得 {score:points} 分（满分 {points:points} 分）",
    "{name} {value}, target {target}: {score:points} of {points:points}",
)


@dataclass(frozen=True, slots=True)
class Quadratic(Rule):
    """Points by the square of the share of the target."""

    KIND: ClassVar[str] = "quadratic"
    NAME: ClassVar[str] = "平方计分"
    SCHEMA: ClassVar[Data] = {
        "properties": {"target": quantity_key("目标", "达到它得满分", Sign.POSITIVE)},
        "required": ["target"],
    }
    THRESHOLDS: ClassVar[tuple[Path, ...]] = (("target",),)

    points: float
    target: Quantity

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(points, Quantity.parse(data["target"]))

    @property
    def rises(self) -> bool | None:
        """The larger, the more."""
        return True

    @property
    def bounds(self) -> tuple[float, float]:
        """Nothing to the indicator's points."""
        return 0.0, self.points

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        share = np.clip(inputs.value / self.target.number, 0.0, 1.0)
        return settled(self.points * share * share, [inputs.value])

    def formula(self, cells: Cells) -> str:
        """P times the square of the share of the target."""
        share = f"MIN(MAX({cells.value}/{sheet.number(self.target.number)},0),1)"
        return sheet.unless_missing([cells.value], sheet.dust_free(f"{sheet.number(self.points)}*{share}*{share}"))

    def standard(self, terms: Terms) -> Phrase:
        """完成率达到 100% 得 4 分，未达到的按比例的平方得分."""
        return _STANDARD(value=terms.value.name, target=figure(self.target, terms.value), points=self.points)

    def reason(self, row: Row, terms: Terms) -> Phrase:
        """完成率 50%，目标 100%，得 1 分."""
        if found := trivial_reason(row, self.points):
            return found
        value, target = figure(self.target.like(row.value), terms.value), figure(self.target, terms.value)
        return _REASON(name=terms.value.name, value=value, target=target, score=row.score, points=self.points)
'''

CASES = """
- {name: 恰好达到目标, rule: &all {kind: quadratic, target: 100%}, points: 4, value: 100%, score: 4}
- {name: 一半得四分之一, rule: *all, points: 4, value: 50%, score: 1}
- {name: 超过目标不加分, rule: *all, points: 4, value: 120%, score: 4}
- {name: 未填报，不等于零分, rule: *all, points: 4, value: null, score: null}
- {name: 目标是件数, rule: {kind: quadratic, target: 10}, points: 4, value: [10, 5, 0], score: [4, 1, 0]}
"""

TREE = """
code: b-squares
title: 平方计分
edition: "2024"
year: 2024
points: 4
levels: [小项]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - code: "01"
    title: 培训完成率
    points: 4
    basis: 办法附件第1项
    applies_to: all
    fields:
      - {code: rate, name: 培训完成率, type: share}
    rule: {kind: quadratic, target: TARGET}
"""
FIGURES = "unit,01\na,100%\nb,50%\nc,\n"
EXPECTED = """unit,code,score,how
a,01,4,4
a,b-squares,4,4
b,01,1,4*0.5*0.5
b,b-squares,1,4*0.5*0.5
c,01,missing,nothing was answered
c,b-squares,0,0
"""


@pytest.fixture(name="copied", scope="module")
def fixture_copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as git has it, with the uncommitted changes, in a folder of its own."""
    place = tmp_path_factory.mktemp("project")
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if names.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, names.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes((ROOT / name).read_bytes())
    return place


def changed(path: Path, pattern: str, by: str) -> None:
    text = path.read_text(encoding="utf-8")
    new, count = re.subn(pattern, by, text, count=1)
    assert count == 1, f"{path.name}: {pattern}"
    path.write_text(new, encoding="utf-8")


def run(place: Path, *call: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": str(place)}
    return subprocess.run(
        [sys.executable, *call],
        cwd=place,
        env=settings,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=600,
    )


def perform(place: Path) -> None:
    """The recipe, step by step, as CONTRIBUTING has it."""
    # 1. The module.
    (place / "lawgov_score/rules/quadratic.py").write_text(RULE, encoding="utf-8")
    # 2. The table.
    table = place / "lawgov_score/rules/__init__.py"
    changed(table, r"(from lawgov_score\.rules\.rating )", r"from lawgov_score.rules.quadratic import Quadratic\n\1")
    changed(table, r"(    Normalised,\n\))", r"    Normalised,\n    Quadratic,\n)")
    # 3. Worked cases.
    (place / "tests/rules/cases/quadratic.yaml").write_text(CASES, encoding="utf-8")
    # 4. A scheme worked by hand, and a line in the two pages that list what can be said.
    scheme = place / "tests/schemes/b-squares"
    scheme.mkdir()
    (scheme / "tree.yaml").write_text(TREE.replace("TARGET", "100%"), encoding="utf-8")
    (scheme / "figures.csv").write_text(FIGURES, encoding="utf-8")
    (scheme / "expected.csv").write_text(EXPECTED, encoding="utf-8")
    line = "| 按平方计分 | `{kind: quadratic, target: 100%}` | [b-squares](../tests/schemes/b-squares) |\n"
    changed(place / "docs/what-it-can-say.md", r"(\| 50% 以下不得分)", line.replace("\\", "") + r"\1")
    changed(place / "docs/writing-a-tree.md", r"(\| 50% 以下不得分)", r"| 按完成率的平方计分 | `quadratic` | |\n\1")
    # And `make docs`.
    for module in ("docs.make_rules", "docs.make_problems", "lawgov_score.tree.editor_schema"):
        done = run(place, "-m", module)
        assert done.returncode == 0, done.stderr


def test_four_steps_make_a_rule_kind(copied: Path, tmp_path: Path) -> None:
    perform(copied)
    chosen = ("rules", "schemes", "tree/test_schema.py", "test_rules_doc.py", "test_writing_a_tree.py")
    kind = ("-k", "quadratic or squares or every or each or chapter or stale or linked or links or kind")
    tests = ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")
    done = run(copied, *tests, *(f"tests/{name}" for name in chosen), *kind)
    assert done.returncode == 0, done.stdout[-3000:]
    drawn = ("tests/workbook/test_random_rounds.py", "-k", "maker or way_is_reached")
    done = run(copied, *tests, *drawn)
    assert done.returncode == 0, done.stdout[-3000:]
    # A threshold that no answer can reach is found: the rule said where its thresholds are.
    (tmp_path / "tree.yaml").write_text(TREE.replace("TARGET", "120%"), encoding="utf-8")
    done = run(copied, "-m", "lawgov_score", "lint", str(tmp_path / "tree.yaml"))
    assert done.returncode == 1, done.stdout
    assert "T209" in done.stdout
    # Standard, score and reason.
    tree, figures = "tests/schemes/b-squares/tree.yaml", "tests/schemes/b-squares/figures.csv"
    done = run(copied, "-m", "lawgov_score", "explain", tree, figures, "--unit", "b")
    assert "培训完成率 50%，目标 100%，得 1 分（满分 4 分）" in done.stdout, done.stdout + done.stderr


def test_a_kind_that_forgets_its_table_is_no_kind(copied: Path) -> None:
    """The control: without its line in the table the copy knows nothing of it."""
    table = copied / "lawgov_score/rules/__init__.py"
    text = table.read_text(encoding="utf-8")
    if "Quadratic" not in text:
        perform(copied)
        text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("    Quadratic,\n", ""), encoding="utf-8")
    try:
        done = run(copied, "-m", "lawgov_score", "lint", "tests/schemes/b-squares/tree.yaml")
        assert done.returncode == 1
        done = run(copied, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/rules/test_cases.py")
        assert done.returncode == 1
    finally:
        table.write_text(text, encoding="utf-8")
