"""A figure a hundred times last edition's, or a hundredth, is pointed out at its cell; nothing else is."""

import pytest
from builders import a_field, a_submission, a_tree, a_unit, an_answer, an_indicator

from lawgov_score.catalogue import Code
from lawgov_score.model import Previous
from lawgov_score.problems import CellPlace
from lawgov_score.scoring.suspicions import check_jumps

TREE = a_tree(
    indicators=[
        an_indicator(code="01-1", fields=[a_field(type="amount")], rule={"kind": "as_given"}),
        an_indicator(code="01-2", fields=[a_field()]),
        an_indicator(code="01-3", fields=[a_field(type="date")]),
    ]
)


def jumps(now: dict[str, float | None], before: dict[str, float], unit: str = "U1") -> list[tuple[Code, object]]:
    answers = {key: an_answer(value, cell=f"D{i}") for i, (key, value) in enumerate(now.items(), start=2)}
    previous = Previous("last", {}, {}, {}, {unit: before})
    problems = check_jumps(TREE, [a_submission(unit=a_unit(), answers=answers)], previous)
    return [(problem.code, problem.place) for problem in problems]


FOUND = [(Code.R121, CellPlace("U1.xlsx", "填报", "D2"))]


@pytest.mark.parametrize(
    ("key", "now", "before"),
    [
        ("01-1.x", 2500, 25),
        ("01-1.x", 25, 2500),
        ("01-2.x", 0.0095, 0.95),
        ("01-2.x", 0.57, 0.0057),
        ("01-1.x", -500, 5),
    ],
)
def test_a_hundred_times_and_a_hundredth(key: str, now: float, before: float) -> None:
    assert jumps({key: now}, {key: before}) == FOUND


@pytest.mark.parametrize(
    ("key", "now", "before"),
    [
        ("01-1.x", 2499, 25),
        ("01-1.x", 0, 25),
        ("01-1.x", 25, 0),
        ("01-1.x", None, 25),
        ("01-3.x", 45381, 100),
    ],
)
def test_less_nothing_and_days_are_passed_over(key: str, now: float | None, before: float) -> None:
    assert jumps({key: now}, {key: before}) == []


def test_another_units_figures_and_other_fields_are_not_compared() -> None:
    assert jumps({"01-1.x": 2500}, {"01-1.x": 25}, unit="U2") == []
    assert jumps({"01-1.x": 2500}, {"01-2.x": 25}) == []
