"""score == formula: the engine and a spreadsheet come to the same points, recalculated by an independent engine.

Reaches ``rules/cells.py``.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import formualizer
import numpy as np
import pytest
from openpyxl.utils import get_column_letter
from rule_inputs import REVIEWERS, inputs_for
from worked_cases import Case, all_cases, all_rules

from lawgov_score.rules import KINDS
from lawgov_score.rules.rule import Cells, Inputs, Rule

_SHEET = "评分"
# A tie at the tenth decimal (1/1024) goes up in a spreadsheet and to the even digit in numpy.
_TOLERANCE = 1.001e-9
_FUNCTIONS = {"SUM", "IF", "ROUND", "MIN", "MAX", "INT", "ABS", "DATE", "COUNT", "COUNTIF", "AVERAGE", "ISNUMBER"}
_FUNCTIONS |= {"AND", "OR", "MEDIAN", "STDEVP"}
_FIRST = 4 + REVIEWERS  # column of the first answer: value, year, last edition's value and marks come before
_NEVER = "未报送"


@dataclass(frozen=True, slots=True)
class Block:
    """One rule with its units, and the formulas under test (those of the rule, unless told otherwise)."""

    rule: Rule
    inputs: Inputs
    tamper: tuple[str, str] | None = None


def recalculated(blocks: Sequence[Block]) -> list[list[object]]:
    """What a spreadsheet makes of every formula, unit by unit, all blocks in one workbook.

    Column A holds the value, B the year, C last edition's value, then the marks and the answers; the units of a
    cohort stand together, as in the scorecard, so that a range can hold their values.
    """
    width = _FIRST - 1 + max(len(block.rule.reads) for block in blocks)
    rows: list[list[object]] = []
    formulas: list[list[str]] = []
    orders = []
    for block in blocks:
        inputs, size = block.inputs, len(block.inputs.value)
        cohorts = inputs.cohorts if inputs.cohorts is not None else np.zeros(size, dtype=np.intp)
        order = np.argsort(cohorts, kind="stable")
        orders.append(order)
        top = len(rows) + 1
        for at, i in enumerate(order):
            here = top + at
            answers = {code: f"{get_column_letter(_FIRST + k)}{here}" for k, code in enumerate(block.rule.reads)}
            same = np.flatnonzero(cohorts[order] == cohorts[i])
            peers, marks = f"A${top + same[0]}:A${top + same[-1]}", f"D{here}:{get_column_letter(_FIRST - 1)}{here}"
            cells = Cells(f"A{here}", answers, peers, f"B{here}", f"C{here}", marks)
            formula = block.rule.formula(cells)
            formulas.append(["=" + (formula.replace(*block.tamper) if block.tamper else formula)])
            year = None if inputs.years is None else inputs.years[i]
            previous = None if inputs.previous is None else inputs.previous[i]
            given = [] if inputs.marks is None else inputs.marks[i].tolist()
            given += [None] * (REVIEWERS - len(given))
            line = [
                inputs.value[i],
                year,
                previous,
                *given[:REVIEWERS],
                *(inputs.answers[c][i] for c in block.rule.reads),
            ]
            rows.append([_cell(number) for number in line] + [None] * (width - len(line)))
    book = formualizer.Workbook()
    book.add_sheet(_SHEET)
    book.set_values_batch(_SHEET, 1, 1, rows)
    book.set_formulas_batch(_SHEET, 1, width + 1, formulas)
    book.evaluate_all()
    told = [book.get_value(_SHEET, i + 1, width + 1) for i in range(len(rows))]
    found, top = [], 0
    for order in orders:
        by_unit: list[object] = [None] * len(order)
        for at, i in enumerate(order):
            by_unit[i] = told[top + at]
        found.append(by_unit)
        top += len(order)
    return found


def _cell(number: float | None) -> object:
    if number is None or np.isnan(number):
        return None
    return _NEVER if np.isposinf(number) else float(number)


def differences(blocks: Sequence[Block]) -> list[str]:
    """Where spreadsheet and engine part: formula text, engine's score, spreadsheet's."""
    parted = []
    for block, told in zip(blocks, recalculated(blocks), strict=True):
        for i, (score, cell) in enumerate(zip(block.rule.score(block.inputs), told, strict=True)):
            if np.isnan(score):
                agrees = cell == ""
            else:
                agrees = isinstance(cell, (int, float)) and abs(cell - score) <= _TOLERANCE
            if not agrees:
                parted.append(f"{block.rule} unit {i}: engine {score}, spreadsheet {cell!r}")
    return parted


def test_every_worked_case_in_a_spreadsheet() -> None:
    assert differences([Block(case.rule, case.inputs) for case in all_cases()]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_any_answers_in_a_spreadsheet(kind: str) -> None:
    chance = random.Random(kind)
    of_kind = [case for case in all_rules() if kind == case.rule.KIND]
    for _ in range(12):
        assert differences([Block(case.rule, inputs_for(chance, case, units=12)) for case in of_kind]) == []


def test_a_wrong_formula_is_caught() -> None:
    case = next(case for case in all_cases() if case.name == "9 件办结 8 件，按比例扣")
    assert differences([Block(case.rule, case.inputs)]) == []
    assert len(differences([Block(case.rule, case.inputs, tamper=("0.25*", "0.26*"))])) == 1


def test_a_blank_taken_for_zero_is_caught() -> None:
    case = next(case for case in all_cases() if case.name == "未填报，不等于没有发生" and case.rule.KIND == "veto_item")
    assert differences([Block(case.rule, case.inputs)]) == []
    assert len(differences([Block(case.rule, case.inputs, tamper=("COUNT(", "1+COUNT("))])) == 1


def test_an_empty_text_in_a_cell_is_missing_too() -> None:
    """What a formula of a value gives where its fields are blank."""
    for case in all_rules():
        addresses = {code: f"{get_column_letter(3 + k)}1" for k, code in enumerate(case.rule.reads)}
        book = formualizer.Workbook()
        book.add_sheet(_SHEET)
        for column in range(1, 12):
            book.set_formula(_SHEET, 1, column, '=IF(1=1,"","")')
        cells = Cells("A1", addresses, "A$1:A$1", "B1", "I1", "J1:K1")
        book.set_formula(_SHEET, 2, 1, "=" + case.rule.formula(cells))
        assert book.evaluate_cell(_SHEET, 2, 1) == "", str(case)


def _formula_of(case: Case) -> str:
    return case.rule.formula(Cells("A1", dict.fromkeys(case.rule.reads, "C1"), "A$1:A$9", "B1", "C9", "B$1:C$9"))


@pytest.mark.parametrize("case", all_rules(), ids=str)
def test_only_functions_that_every_spreadsheet_has(case: Case) -> None:
    formula = _formula_of(case)
    assert set(re.findall(r"([A-Z]+)\(", formula)) <= _FUNCTIONS
    assert not re.search(r"\d[eE][+-]?\d", formula), "a number with an exponent"
    assert formula.count("(") == formula.count(")")
    assert len(formula) < 8192


@pytest.mark.parametrize("case", all_rules(), ids=str)
def test_a_cell_on_another_sheet_will_do(case: Case) -> None:
    sheet = "'评 分'!"
    answers = dict.fromkeys(case.rule.reads, f"{sheet}$C$1")
    elsewhere = Cells(f"{sheet}$A$1", answers, f"{sheet}$A$1:$A$9", f"{sheet}$B$1", f"{sheet}$C$9", f"{sheet}$B$1:$C$9")
    assert case.rule.formula(elsewhere) == re.sub(
        r"(?<![A-Z])([ABC])\$?([19])(?!\d)", r"'评 分'!$\1$\2", _formula_of(case)
    ).replace(":'评 分'!", ":")
