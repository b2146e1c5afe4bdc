"""`value:` expressions: what they come to, what is refused and where."""

import numpy as np
import pytest

from lawgov_score.expression import BadExpressionError, parse

NAN = float("nan")


def value(text: str, **answers: float) -> float:
    columns = {name: np.array([number]) for name, number in answers.items()}
    return float(parse(text).evaluate(columns).value[0])


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("(chief + deputy) / cases", {"chief": 4.0, "deputy": 16.0, "cases": 24.0}, 20 / 24),
        ("1 - failed / reviewed", {"failed": 8.0, "reviewed": 1000.0}, 0.992),
        ("-a + +b * 2", {"a": 1.0, "b": 2.0}, 3.0),
        ("min(a, b, 3)", {"a": 5.0, "b": 4.0}, 3.0),
        ("max(a, 1)", {"a": 0.5}, 1.0),
        ("abs(a - b)", {"a": 1.0, "b": 3.0}, 2.0),
        ("ln(a)", {"a": float(np.e)}, 1.0),
        ("a >= 2 and not b", {"a": 2.0, "b": 0.0}, 1.0),
        ("a > 2 or b", {"a": 2.0, "b": 0.0}, 0.0),
        ("0 < a <= 2", {"a": 2.0}, 1.0),
        ("a + 0.1 == 0.3", {"a": 0.2}, 1.0),  # float dust decides nothing
        ("a != 1", {"a": 1.0}, 0.0),
        ("a / 2", {"a": 3.0}, 1.5),
    ],
)
def test_arithmetic(text: str, answers: dict[str, float], expected: float) -> None:
    assert value(text, **answers) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("text", ["a + b", "a > b", "a and b", "not a", "min(a, b)", "a / b", "b / a", "a == b"])
def test_a_missing_figure_never_becomes_a_number(text: str) -> None:
    assert np.isnan(value(text, a=NAN, b=1.0))


def test_a_zero_denominator_is_neither_missing_nor_a_number() -> None:
    result = parse("a / b").evaluate({"a": np.array([1.0, 1.0, 1.0]), "b": np.array([0.0, NAN, 2.0])})
    assert result.by_zero.tolist() == [True, False, False]
    assert np.isnan(result.value).tolist() == [True, True, False]


def test_a_denominator_of_float_dust_is_zero() -> None:
    columns = {"a": np.array([1.0]), "b": np.array([0.1 + 0.2]), "c": np.array([0.3])}
    assert parse("a / (b - c)").evaluate(columns).by_zero.all()


def test_logarithm_of_nothing_is_missing_not_infinite() -> None:
    assert np.isnan(value("ln(a)", a=0.0))


def test_what_it_names_and_divides_by() -> None:
    read = parse("(a + b) / (c - d) + a / 2")
    assert read.names == ("a", "b", "c", "d")
    assert read.denominator_names == ("c", "d")
    assert read.divides
    assert not parse("a / 2").divides
    assert read.denominators({"a": "A1", "b": "B1", "c": "C1", "d": "D1"}) == ("(C1-D1)",)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a +", 3),
        ("a + __import__('os')", 4),
        ("a.b", 0),
        ("a[0]", 0),
        ("(lambda: 1)()", 0),
        ("a if b else c", 0),
        ("a ** b", 0),
        ("a % 2", 0),
        ("'text'", 0),
        ("True", 0),
        ("a + min(b)", 4),
        ("sum(a)", 0),
        ("a / 0", 4),
        ("例 + a.b", 4),
        ("a in b", 0),
        ("", 0),
        ("1e999", 0),
    ],
)
def test_nothing_else_can_be_reached(text: str, column: int) -> None:
    with pytest.raises(BadExpressionError) as refused:
        parse(text)
    assert refused.value.column == column


def test_formula_text() -> None:
    cells = {"a": "D2", "b": "D3"}
    assert parse("(a - b) / a").formula(cells) == "((D2-D3)/D2)"
    assert (
        parse("a >= 2 and not b").formula(cells) == "IF(AND(IF(ROUND(D2,12)>=ROUND(2,12),1,0)<>0,IF(D3=0,1,0)<>0),1,0)"
    )
    assert parse("max(a, ln(b))").formula(cells) == "MAX(D2,LN(D3))"
