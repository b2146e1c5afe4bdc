"""What a hostile reviewer got past the engine: decimal amounts, last year's rates, limits where little applies.

Reaches ``measure/tolerance.py``.
"""

from dataclasses import replace

import numpy as np
import pytest
from builders import a_change, a_field, a_group, a_submission, a_tree, a_unit, a_unit_type, a_veto, an_indicator
from hypothesis import given as for_all
from hypothesis import strategies as st

from lawgov_score.expression import parse
from lawgov_score.model import Previous, Review, Scores
from lawgov_score.scoring import score

AMOUNTS = [a_field(code=code, type="amount", measured_in="万元") for code in "abcs"]


def run(tree: object, *rows: dict[str, float], **other: object) -> Scores:
    given = [a_submission(unit=f"U{i}", answers={f"01-1.{k}": v for k, v in row.items()}) for i, row in enumerate(rows)]
    return score(tree, tuple(s.unit for s in given), given, **other)  # type: ignore[arg-type]  # a tree, and options


def test_a_sum_that_is_equal_in_decimals_is_equal() -> None:
    holds = an_indicator(
        points=100.0,
        fields=AMOUNTS,
        value="a + b + c <= s",
        rule={"kind": "all_or_nothing"},
        vetoes={"V1": "a + b + c > s"},
    )
    tree = a_tree(indicators=[holds], vetoes=(a_veto(),))
    scores = run(tree, {"a": 13779.36, "b": 25904.88, "c": 2713.41, "s": 42397.65})
    assert (scores.total.tolist(), scores.vetoes) == ([100.0], ((),))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            {"kind": "tiers", "tiers": [{"at_least": 0.3, "score": 100}, {"at_least": 0.1, "score": 40}]},
            [100, 100, 100],
        ),
        ({"kind": "relative", "against": "place", "better": "higher", "each": 10}, [100, 100, 100]),
    ],
)
def test_a_difference_is_what_it_is_in_decimals(rule: dict[str, object], expected: list[float]) -> None:
    tree = a_tree(indicators=[an_indicator(points=100.0, fields=AMOUNTS[:2], value="a - b", rule=rule)])
    scores = run(tree, {"a": 10000.3, "b": 10000}, {"a": 100.3, "b": 100}, {"a": 13779360.3, "b": 13779360})
    assert scores.total.tolist() == expected


@for_all(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=4))
def test_amounts_of_two_decimals_add_up_as_decimals_do(cents: list[int]) -> None:
    names = "abcd"[: len(cents)]
    answers = {name: np.array([cent / 100]) for name, cent in zip(names, cents, strict=True)}
    assert parse("+".join(names)).evaluate(answers).value.tolist() == [sum(cents) / 100]
    signs = parse("-".join(names)).evaluate(answers).value.tolist()
    assert signs == [(cents[0] - sum(cents[1:])) / 100]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"kind": "improvement", "better": "higher", "at_least": "1%"}, [0.0, 100.0]),
        ({"kind": "improvement", "better": "higher", "at_least": 0}, [100.0, 100.0]),
        (
            {"kind": "improvement", "better": "higher", "start": 50, "step": "1%", "each": 10, "steps": "floor"},
            [50, 60],
        ),
    ],
)
def test_last_years_rate_may_have_been_cut_short(rule: dict[str, object], expected: list[float]) -> None:
    fields = [a_field(code="a", type="count"), a_field(code="b", type="count")]
    tree = a_tree(indicators=[an_indicator(points=100.0, fields=fields, value="a / b", on_zero="zero", rule=rule)])
    known = {"U0": {"01-1": 0.666666667}, "U1": {"01-1": 0.566666667}}
    previous = Previous("last", ranks={}, totals={}, scores={}, figures=known)
    assert run(tree, {"a": 2, "b": 3}, {"a": 173, "b": 300}, previous=previous).total.tolist() == expected


def test_floor_and_cap_shrink_with_what_applies() -> None:
    types = (a_unit_type(code="town"), a_unit_type(code="dept"))
    parts = [
        an_indicator(code="01-1", points=55.0, fields=[a_field()], applies_to=("town",)),
        an_indicator(code="01-2", points=5.0, fields=[a_field()]),
    ]
    low = a_group(code="01", children=parts, floor=10.0)
    rest = a_group(code="02", children=[an_indicator(code="02-1", points=40.0, fields=[a_field()])])
    tree = a_tree(children=[low, rest], points=100.0, unit_types=types)
    dept = a_unit(code="D", type="dept")
    given = a_submission(unit=dept, answers={"01-2.x": 0.0, "02-1.x": 1.0})
    found = score(tree, (dept,), [given])
    assert found.total[0] == pytest.approx(90.74)  # (40 + 10 × 5 ÷ 60) ÷ 45 × 100
    capped = replace(tree, children=(replace(low, floor=None, cap=54.0), rest))
    best = a_submission(unit=dept, answers={"01-2.x": 1.0, "02-1.x": 1.0})
    assert score(capped, (dept,), [best]).scores[0, 0] == 4.5  # 54 × 5 ÷ 60


def test_a_changed_score_has_the_decimals_of_its_indicator() -> None:
    tree = a_tree(indicators=[an_indicator(points=100.0)])
    given = a_submission(unit="A", answers={"01-1.x": 0.5})
    changed = score(tree, (given.unit,), [given], Review(changes=(a_change(50.0, 12.345, unit="A"),)))
    assert changed.scores[0, 1] == 12.35
