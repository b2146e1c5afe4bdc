"""得分由来: the line says what was computed: its sums, worked out again, give its figures and the total."""

import re
from functools import partial
from pathlib import Path

import everything
import openpyxl
import pytest
from builders import a_given_score, a_submission, a_tree, a_unit, a_unit_type
from hypothesis import HealthCheck, given, settings
from random_rounds import Round, shared_rounds
from recalculation import differing, formulas_of

from lawgov_score.content.conversion import HEADING, conversion_of
from lawgov_score.measure.ways import Way
from lawgov_score.model import Rescale, Scores
from lawgov_score.pipeline import assess
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card

_settings = partial(settings, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
_N = r"(−?-?[0-9]+(?:\.[0-9]+)?)"
_CONVERTED = re.compile(f"{_N} ÷ {_N} × {_N} = {_N} 分")
_PARTS = re.compile(f"^各部分合计 {_N} 分")
_ADJUSTED = re.compile(f"(?:加分扣分|一票否决) ([+−]?[0-9.]+) 分，得 {_N} 分(?:，四?舍|$)")


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("--", "").replace("+", ""))


def lines(scores: Scores) -> dict[int, str]:
    """The line of each unit that has a total."""
    found = {row: conversion_of(scores, row) for row in range(len(scores.units))}
    return {row: render(line, Language.ZH) for row, line in found.items() if line is not None}


def check(scores: Scores, row: int, line: str) -> None:
    """Works the sums of a line out again: what it comes to is the unit's total, to the last digit shown."""
    tree, total = scores.tree, float(scores.total[row])
    dust, decimals = 6e-5, tree.policies.total_decimals
    by = tree.policies.round_total
    half = dust if decimals is None or by is None else 0.5 * max(by.step, 10.0**-decimals) + dust
    before = float(scores.raw_total[row])
    if tree.aggregation.way is Way.SUM:
        parts = _PARTS.search(line)
        assert parts is not None
        assert number(parts[1]) == pytest.approx(before, abs=dust)
    if "按总分标准" in line:
        before = float(scores.converted[row])
    for raw, worth, whole, result in (map(number, found) for found in _CONVERTED.findall(line)):
        assert raw == pytest.approx(before, abs=dust)
        before = raw / worth * whole
        # To cents: where the total is kept to less, its rounding is a step of its own.
        assert result == pytest.approx(before, abs=min(half, 0.005) + abs(whole / worth) * dust)
    adjusted = _ADJUSTED.search(line)
    assert (adjusted is not None) == bool(scores.adjusted[row])
    if adjusted is not None:
        before += number(adjusted[1])
    assert before == pytest.approx(total, abs=half + 2 * dust)
    said = re.findall(_N, re.sub("（(适用|满分) [^）]*）", "", line))
    assert number(said[-1]) == pytest.approx(total, abs=dust)


@given(shared_rounds())
@_settings(max_examples=60)
def test_the_line_adds_up_whatever_the_tree(done: Round) -> None:
    scores = done.scored()
    told = lines(scores)
    assert sorted(told) == [row for row in range(len(scores.units)) if scores.rank[row]]
    for row, line in told.items():
        check(scores, row, line)


def test_a_card_says_it_below_the_total(tmp_path: Path) -> None:
    scores = everything.a_round()
    for row, line in lines(scores).items():
        write_card(scores, row, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
        sheet = openpyxl.load_workbook(tmp_path / "card.xlsx", data_only=True).worksheets[0]
        rows = [values for values in sheet.iter_rows(values_only=True) if values[0] == HEADING.zh]
        assert [values[2] for values in rows] == [line]


def _said(name: str, unit: str) -> str:
    folder = Path(__file__).parents[1] / "schemes" / name
    done = assess(folder / "tree.yaml", [folder / "figures.csv"], folder / "roster.csv")
    assert done.scores is not None
    return lines(done.scores)[done.scores.row_of[unit]]


def test_it_says_where_what_does_not_apply_was_made_up_for_or_that_it_was_not() -> None:
    """d-not-applicable-parent: 24 of 30 are 32 of 40 within their group; -none: 63 points count, and 63 they stay."""
    inside = re.findall(f"折算 {_N} ÷ {_N} × {_N}，得 {_N} 分", _said("d-not-applicable-parent", "b"))
    assert inside == [("24", "30", "40", "32"), ("26.4", "33", "60", "48")]
    assert "折算" not in _said("d-not-applicable-parent", "t")
    assert "适用 63 分，不适用的分值不折算" in _said("d-not-applicable-none", "b")
    assert "折算" not in _said("d-not-applicable-none", "t")


def test_the_live_line_rounds_what_is_free_of_dust(tmp_path: Path) -> None:
    """40 times 1.57501375 is 63.00055; added up one by one, as a spreadsheet does, 63.00054999999993: 63.0006."""
    asked = [a_given_score(code=f"A-{number}", points=2.0) for number in range(40)]
    tree = a_tree(children=asked, policies={"round_indicator": None, "round_total": None})
    sent = [a_submission(unit=a_unit(code="U1"), answers={f"{one.code}.x": 1.57501375 for one in asked})]
    scores = score(tree, (a_unit(code="U1"),), sent)
    line = lines(scores)[0]
    assert line == "各部分合计 63.0006 分（满分 80 分）"
    write_card(scores, 0, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
    assert [each.told for each in formulas_of(tmp_path / "card.xlsx") if each.stored == line] == [line]
    assert differing(tmp_path / "card.xlsx")[1] == []


@pytest.mark.parametrize(
    ("gets", "line"),
    [
        (2.8, "各部分合计 2.8 分（适用 7.5 分），2.8 ÷ 7.5 × 100 = 37.3333 分，四舍五入为 37.3 分"),
        (-2.6, "各部分合计 −2.6 分（适用 7.5 分），−2.6 ÷ 7.5 × 100 = −34.6667 分，四舍五入为 −34.7 分"),
    ],
)
def test_the_live_line_tells_the_quotient_and_its_rounding(gets: float, line: str, tmp_path: Path) -> None:
    """A card with no cell for the total before it is rounded works it out, and writes a minus as the words do."""
    asked = [
        a_given_score(code="a", points=7.5),
        a_given_score(code="b", points=5.0, applies_to=("town",)),
    ]
    tree = a_tree(
        children=asked,
        points=100.0,
        out_of=12.5,
        unit_types=(a_unit_type(code="town"), a_unit_type(code="office")),
        policies={"not_applicable": Rescale.TOTAL, "round_total": 1},
    )
    unit = a_unit(type="office")
    scores = score(tree, (unit,), [a_submission(unit=unit, answers={"a.x": gets})])
    assert lines(scores)[0] == line
    write_card(scores, 0, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
    assert [each.told for each in formulas_of(tmp_path / "card.xlsx") if each.stored == line] == [line]
    assert differing(tmp_path / "card.xlsx")[1] == []
