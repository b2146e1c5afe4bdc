"""The worked cases of tests/rules/cases: read, and turned into columns for a rule."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, IntArray, without_dust
from lawgov_score.rules import KINDS
from lawgov_score.rules.rows import Row
from lawgov_score.rules.rule import Data, Inputs, Rule, Term, Terms
from lawgov_score.wording import Quantity

FOLDER = Path(__file__).parent / "rules" / "cases"
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One worked case: a rule, what one or more units answered, and the scores they should get."""

    name: str
    data: Data
    points: float
    rule: Rule
    inputs: Inputs
    score: FloatArray
    decimals: int | None

    def __str__(self) -> str:
        return f"{self.rule.KIND}: {self.name}"


def number(written: Any) -> float:
    """What stands in a case file as a float: ``61/118``, ``99%``, a date, null for missing, .inf for never."""
    if written is None:
        return float("nan")
    if isinstance(written, date):
        return float((written - _EPOCH).days)
    if isinstance(written, str) and not written.endswith("%"):
        return float(Fraction(written))
    return Quantity.parse(written).number


def column(written: Any, size: int) -> FloatArray:
    """A list as a column, anything else repeated ``size`` times."""
    parts = written if isinstance(written, list) else [written] * size
    assert len(parts) == size, f"{written}: {size} entries are wanted"
    return without_dust(np.array([number(part) for part in parts]), VALUE_DECIMALS)


def _case(kind: str, written: dict[str, Any]) -> Case:
    data, points = written["rule"], float(written["points"])
    assert data["kind"] == kind, f"{written['name']}: {data['kind']} stands in {kind}.yaml"
    unknown = set(written) - {"name", "rule", "points", "value", "answers", "year", "cohort", "score", "rounded"}
    unknown -= {"previous", "marks"}
    assert not unknown, f"{written['name']}: {unknown}"
    answers = written.get("answers", {})
    everything = [*(written.get(key) for key in ("value", "year", "previous", "marks", "score")), *answers.values()]
    size = max(len(part) if isinstance(part, list) else 1 for part in everything)
    cohorts: IntArray | None = np.array(written["cohort"], dtype=np.intp) if "cohort" in written else None
    return Case(
        written["name"],
        data,
        points,
        KINDS[kind].from_data(data, points),
        Inputs(
            column(written.get("value"), size),
            {code: column(part, size) for code, part in answers.items()},
            cohorts,
            column(written["year"], size) if "year" in written else None,
            column(written["previous"], size) if "previous" in written else None,
            np.stack([column(row, len(row)) for row in written["marks"]]) if "marks" in written else None,
        ),
        column(written["score"], size),
        written.get("rounded"),
    )


@cache
def cases(kind: str) -> tuple[Case, ...]:
    """The cases of one kind, as written."""
    text = (FOLDER / f"{kind}.yaml").read_text(encoding="utf-8")
    return tuple(_case(kind, written) for written in yaml.safe_load(text))


@cache
def all_cases() -> tuple[Case, ...]:
    """The cases of all kinds."""
    return tuple(case for kind in KINDS for case in cases(kind))


@cache
def all_rules() -> tuple[Case, ...]:
    """One case for every different rule in the case files."""
    first: dict[str, Case] = {}
    for case in all_cases():
        first.setdefault(f"{case.data} {case.points}", case)
    return tuple(first.values())


def take(inputs: Inputs, rows: Any) -> Inputs:
    """The same inputs for some units, or in another order."""
    return replace(
        inputs,
        value=inputs.value[rows],
        answers={code: part[rows] for code, part in inputs.answers.items()},
        cohorts=None if inputs.cohorts is None else inputs.cohorts[rows],
        years=None if inputs.years is None else inputs.years[rows],
        previous=None if inputs.previous is None else inputs.previous[rows],
        marks=None if inputs.marks is None else inputs.marks[rows],
    )


def terms(rule: Rule) -> Terms:
    """Names such as a tree would give: those of the rule's own fields, made-up ones for the others."""
    own = {field.code: Term(field.name, field.measured_in) for field in rule.fields}
    others = {code: Term(f"填报项{code}", "件") for code in rule.reads if code not in own}
    return Terms(Term("办结率"), {**own, **others})


def row(case: Case, inputs: Inputs, scores: FloatArray, i: int) -> Row:
    """Unit ``i`` as a rule sees it when it gives its reason."""
    cohorts = inputs.cohorts if inputs.cohorts is not None else np.zeros(len(scores), dtype=np.intp)
    return Row(
        float(inputs.value[i]),
        float(scores[i]),
        {code: float(part[i]) for code, part in inputs.answers.items()},
        float("nan") if inputs.years is None else float(inputs.years[i]),
        inputs.value[cohorts == cohorts[i]] if case.rule.RELATIVE else None,
        float("nan") if inputs.previous is None else float(inputs.previous[i]),
        None if inputs.marks is None else inputs.marks[i],
    )
