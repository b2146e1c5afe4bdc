"""`value:` expressions: what they come to, what is refused and where.

Reaches ``expression/certain.py``, ``expression/columns.py``, ``expression/expression.py``, ``expression/grammar.py``,
``expression/needed.py``, ``expression/sheet.py``.
"""

import formualizer
import numpy as np
import pytest

from lawgov_score.expression import COHORT_STATISTICS, BadExpressionError, Statistic, parse

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
        ("1 + round(a, b)", 4),
        ("round(a, 1.5)", 0),
        ("round(a, 99)", 0),
        ("pow(a, b)", 0),
        ("pow(a, -1)", 0),
        ("pow(a, 0)", 0),
        ("blank(a + b)", 0),
        ("blank(score('1'))", 0),
        ("first(a, score('1'))", 0),
        ("first(a, if(b, 1, 2))", 0),
        ("first(1, a)", 0),
        ("answered(cohort_mean(a))", 0),
        ("round_even(1 + round_even(a))", 0),
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


def evaluated(text: str, **answers: list[float]) -> list[float]:
    columns = {name: np.array(column) for name, column in answers.items()}
    return [float(number) for number in parse(text).evaluate(columns).value]


def test_if_takes_one_branch_for_each_unit() -> None:
    assert evaluated("if(a >= 5, a, 2 * a)", a=[5.0, 4.0]) == [5.0, 8.0]
    assert evaluated("if (a, 1, if(b, 2, 3))", a=[1.0, 0.0, 0.0], b=[1.0, 1.0, 0.0]) == [1.0, 2.0, 3.0]


def test_a_blank_on_a_branch_that_is_not_taken_is_no_gap() -> None:
    assert value("if(a, 1, b)", a=1.0, b=NAN) == 1.0
    assert np.isnan(value("if(a, 1, b)", a=0.0, b=NAN))
    assert value("if(a > 1, if(b > 1, b, c), 0)", a=2.0, b=2.0, c=NAN) == 2.0
    assert np.isnan(value("1 + if(a, 1, b) + b", a=1.0, b=NAN))  # needed outside the branch too
    needed = parse("if(a, b, c)").needed({"a": np.array([1.0, 0.0, NAN]), "b": np.ones(3), "c": np.ones(3)})
    assert {name: who.tolist() for name, who in needed.items()} == {
        "a": [True, True, True],
        "b": [True, False, True],
        "c": [False, True, True],
    }


def test_a_blank_in_the_condition_is_missing_unless_both_branches_agree() -> None:
    assert np.isnan(value("if(a, 1, 2)", a=NAN))
    assert value("if(a, 2 * b, b + b)", a=NAN, b=3.0) == 6.0
    assert np.isnan(value("if(a, b, c)", a=NAN, b=3.0, c=NAN))
    assert np.isnan(value("if(a, 1 / b, 1 / b)", a=NAN, b=0.0))  # what divides by zero agrees with nothing
    assert np.isnan(value("if(previous.x > 1, b, b)", **{"previous.x": NAN, "b": 1.0}))  # `no_previous` says what then


def test_only_the_branch_that_is_taken_divides() -> None:
    result = parse("if(b > 0, a / b, 0)").evaluate({"a": np.array([1.0, 1.0]), "b": np.array([2.0, 0.0])})
    assert result.value.tolist() == [0.5, 0.0]
    assert not result.by_zero.any()
    assert parse("if(a > 0, a / b, 0)").evaluate({"a": np.array([1.0]), "b": np.array([0.0])}).by_zero.all()


def test_references_are_names_by_their_canonical_text() -> None:
    read = parse("taken / previous.taken - cohort_mean(taken) + score('23-2') * previous.value")
    assert read.names == ("taken", "previous.taken", "cohort_mean(taken)", 'score("23-2")', "previous.value")
    assert read.fields == ("taken",)
    assert read.previous == ("taken", "value")
    assert read.nodes == ("23-2",)
    assert read.cohort == (Statistic("cohort_mean", "taken"),)
    assert read.denominator_names == ("previous.taken",)
    assert read.divides
    assert [read.columns[name] for name in read.names] == [0, 8, 25, 46, 62]
    columns = dict(zip(read.names, (np.array([number]) for number in (6.0, 4.0, 1.0, 2.0, 3.0)), strict=True))
    assert read.evaluate(columns).value.tolist() == [6.5]
    assert read.evaluate({**columns, "previous.taken": np.array([0.0])}).by_zero.all()
    assert np.isnan(read.evaluate({**columns, 'score("23-2")': np.array([NAN])}).value).all()
    cells = dict(zip(read.names, ("D1", "E1", "F1", "G1", "H1"), strict=True))
    assert read.formula(cells) == "((((D1/E1)-F1)+(G1*H1)))"[1:-1]
    assert read.denominators(cells) == ("E1",)


def test_every_statistic_of_a_cohort_can_be_named() -> None:
    for statistic in COHORT_STATISTICS:
        assert parse(f"{statistic}(a)").cohort == (Statistic(statistic, "a"),)
    quantile = parse("a >= cohort_quantile( a,0.750)")
    assert quantile.names == ("a", "cohort_quantile(a, 0.75)")
    assert quantile.cohort == (Statistic("cohort_quantile", "a", 0.75),)
    assert parse("cohort_mean").fields == ("cohort_mean",)  # without brackets it is a name, which lint then misses


@pytest.mark.parametrize(
    ("text", "column", "found"),
    [
        ("previous.__class__", 0, "previous.__class__"),
        ("previous.a.b", 0, "previous.a.b"),
        ("a + b.c", 4, "b.c"),
        ("score(a)", 0, "score(a)"),
        ("score('a', 'b')", 0, "score('a', 'b')"),
        ("score(f'{a}')", 0, "score(f'{a}')"),
        ("cohort_mean('a')", 0, "cohort_mean('a')"),
        ("cohort_mean(a + b)", 0, "cohort_mean(a + b)"),
        ("cohort_mode(a)", 0, "cohort_mode(a)"),
        ("cohort_quantile(a)", 0, "cohort_quantile(a)"),
        ("cohort_quantile(a, 75)", 0, "cohort_quantile(a, 75)"),
        ("cohort_quantile(a, 1.5)", 0, "cohort_quantile(a, 1.5)"),
        ("cohort_median(a, 0.5)", 0, "cohort_median(a, 0.5)"),
        ("1 + if(a, b)", 4, "if(a, b)"),
        ("1 + If(a, b, c)", 4, "If"),
        ("例 + if(a, b, c) + x.y", 18, "x.y"),
        ("min(a, key=b)", 0, "min(a, key=b)"),
        ("min(a, *b)", 7, "*b"),
        ("(a := 1)", 1, "a := 1"),
        ("[a for a in b]", 0, "[a for a in b]"),
        ("(a,\n b).real", 0, "(a,\n b).real"),
        ("(a +\n b.c)", 6, "b.c"),
        ("a / (2 - 2)", 5, "/ 0"),
        ("None", 0, "None"),
        ("1j", 0, "1j"),
        ("9" * 400, 0, "9" * 400),
    ],
)
def test_what_is_refused_is_quoted_as_written(text: str, column: int, found: str) -> None:
    with pytest.raises(BadExpressionError) as refused:
        parse(text)
    assert (refused.value.column, refused.value.found) == (column, found)


@pytest.mark.parametrize("text", ["-" * 5000 + "a", "(" * 500 + "a" + ")" * 500, "a" + "+a" * 20_000, "a\0b"])
def test_what_was_made_to_hurt_is_refused(text: str) -> None:
    with pytest.raises(BadExpressionError) as refused:
        parse(text)
    assert 0 <= refused.value.column <= len(text)


def test_what_comes_to_no_number_is_missing() -> None:
    big = 1e300
    for text in ("a * a", "ln(a - a)", "ln(-a)", "a * a - a * a"):
        assert np.isnan(value(text, a=big)), text
    assert value("a", a=big) == big  # too large to round, and no reason to change it
    assert np.isnan(value("a + b", a=float("inf"), b=-1.0))


@pytest.mark.parametrize(
    ("text", "a", "expected"),
    [
        ("round(a, 2)", 1.005, 1.01),
        ("round(a, 2)", 0.99995, 1.0),
        ("round_even(a, 2)", 0.125, 0.12),
        ("round_even(a, 2)", 2.675, 2.68),
        ("round_even(a, 2)", 1.005, 1.0),
        ("round_even(a)", -2.5, -2.0),
        ("round_even(a, 1)", 0.25000001, 0.3),
        ("round(a)", -2.5, -3.0),
        ("round(a, -2)", 150.0, 200.0),
        ("floor(a, 2)", 0.29, 0.29),
        ("floor(a)", -0.5, -1.0),
        ("floor(a * 100)", 0.29, 29.0),
        ("ceil(a, 1)", 0.1 + 0.2, 0.3),
        ("ceil(a)", 2.0000001, 3.0),
        ("sqrt(a)", 2.25, 1.5),
        ("sqrt(a)", -1.0, NAN),
        ("pow(a, 2)", -3.0, 9.0),
        ("pow(a, 1/3)", 27.0, 3.0),
        ("pow(a, 0.5)", -1.0, NAN),
        ("pow(a, 2)", 0.0, 0.0),
        ("round(a, 1)", NAN, NAN),
    ],
)
def test_roundings_roots_and_powers_of_the_decimal_value(text: str, a: float, expected: float) -> None:
    assert value(text, a=a) == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_what_is_answered_first() -> None:
    assert evaluated("first(a / b, c)", a=[1.0, NAN, 1.0, NAN], b=[2.0, 2.0, 0.0, 2.0], c=[9.0, 9.0, 9.0, NAN])[:2] == [
        0.5,
        9.0,
    ]
    read = parse("first(a, b, c)")
    answers = {"a": np.array([1.0, NAN, NAN]), "b": np.array([NAN, 2.0, NAN]), "c": np.array([NAN, 3.0, NAN])}
    assert read.missing(answers).tolist() == [False, False, True]
    needed = {name: who.tolist() for name, who in read.needed(answers).items()}
    assert needed == {"a": [True, False, True], "b": [False, True, True], "c": [False, False, True]}
    by_zero = parse("first(a / b, c)").evaluate({"a": np.ones(2), "b": np.zeros(2), "c": np.array([NAN, 5.0])})
    assert by_zero.by_zero.tolist() == [True, True]  # it is answered, and divides by nothing
    not_taken = parse("first(c, a / b)").evaluate({"a": np.ones(2), "b": np.zeros(2), "c": np.array([NAN, 5.0])})
    assert not_taken.by_zero.tolist() == [True, False]


def test_whether_it_is_answered_is_never_missing_but_asked() -> None:
    read = parse("if(blank(a), b, a)")
    answers = {"a": np.array([NAN, 0.0, NAN]), "b": np.array([2.0, NAN, NAN])}
    assert read.evaluate(answers).value[:2].tolist() == [2.0, 0.0]
    assert read.missing(answers).tolist() == [False, False, True]
    assert {name: who.tolist() for name, who in read.needed(answers).items()} == {
        "a": [True, True, True],  # 填报率 counts the blank, whatever it means for the score
        "b": [True, False, True],
    }
    assert evaluated("answered(a) + 2 * blank(a)", a=[1.0, NAN]) == [1.0, 2.0]


_CELLS = {"a": "A1", "b": "B1", "previous.a": "C1"}


@pytest.mark.parametrize(
    "text",
    [
        "if(a >= b, a, 2 * b)",
        "if(a and not b, a - 1, if(b > 2, b, -b))",
        "if(a > 1 or b, min(a, b), max(a, b, 3))",
        "if(previous.a, a / previous.a - 1, 0)",
        "abs(a - b) * ln(a + 1)",
        "0 <= a <= b",
        "round_even(a / 8, 2) - round_even(b / 2) + round_even(a * 0.15, 1)",
        "round(a / 8, 2) + floor(b * 1.1, 1) - ceil(a * 0.3)",
        "sqrt(a) + pow(b, 2) - pow(a, 1/3)",
        "first(a, b) + 2 * blank(a) + answered(b)",
    ],
)
@pytest.mark.parametrize(
    "figures", [(0.0, 0.0, 0.0), (1.0, 0.0, 2.0), (3.0, 5.0, 4.0), (0.3, 0.1, 0.2), (7.0, 7.0, 0.0)]
)
def test_a_spreadsheet_comes_to_the_same(text: str, figures: tuple[float, float, float]) -> None:
    read = parse(text)
    book = formualizer.Workbook()
    book.add_sheet("算")
    book.set_values_batch("算", 1, 1, [list(figures)])
    book.set_formula("算", 2, 1, "=" + read.formula(_CELLS))
    result = read.evaluate({name: np.array([number]) for name, number in zip(_CELLS, figures, strict=True)})
    assert book.evaluate_cell("算", 2, 1) == pytest.approx(result.value[0], abs=1e-11)


def test_a_denominator_in_a_branch_not_taken_is_no_zero_in_a_spreadsheet_either() -> None:
    read = parse("if(b > 0, a / b, 1 / (a - 1))")
    assert read.denominators(_CELLS) == (
        "IF(IF(ROUND(B1,12)>ROUND(0,12),1,0)<>0,B1,1)",
        "IF(IF(ROUND(B1,12)>ROUND(0,12),1,0)<>0,1,(A1-1))",
    )


CERTAIN = [  # expression, what is known of a and b (None: blank, from 0 up), certain?
    ("a > 0", 1, None, True),
    ("a > 0", None, None, False),
    ("a > 0 or b > 0", 1, None, True),
    ("a > 0 and b >= 0", 1, None, True),
    ("a + b > 0", 1, None, True),
    ("a - b > 0", 1, None, False),
    ("a == b", None, None, False),
    ("a == b", 2, 2, True),
    ("a != b", 2, 3, True),
    ("a != b", 2, None, False),
    ("abs(a - 5) > 2", None, None, False),
    ("max(a, b) >= 1", 1, None, True),
    ("min(a, b) >= 1", 1, None, False),
    ("a / b > 0.5", 1, None, False),
    ("not a > 3", 2, None, True),
    ("if(a > 0, b >= 0, 1)", None, None, True),
    ("if(a > 0, b > 0, 1)", None, None, False),
    ("ln(a) < 1", 1, None, True),
    ("a * b >= 0", None, None, True),
    ("0 < a < 3", 2, None, True),
    ("0.1 + 0.2 == a", 0.3, None, True),
    ("round(a, 1) >= 1", 0.95, None, True),
    ("floor(b) >= 0", 1, None, True),
    ("ceil(b) > 0", 1, None, False),
    ("sqrt(a + b) >= 1", 1, None, True),
    ("sqrt(b - a) >= 0", 1, None, False),
    ("pow(b - a, 2) >= 0", 1, None, True),
    ("pow(b, 3) >= 1", 1, None, False),
    ("blank(b)", 1, None, False),
    ("answered(a)", 1, None, True),
    ("not blank(a)", 1, None, True),
    ("first(a, b) == 1", 1, None, True),
    ("first(b, a) >= 0", 1, None, True),
    ("first(b, a) >= 1", 1, None, False),
]


@pytest.mark.parametrize(("text", "a", "b", "is_certain"), CERTAIN)
def test_a_blank_neither_makes_nor_hides_what_is_certain(
    text: str, a: float | None, b: float | None, is_certain: bool
) -> None:
    bounds = {
        name: (np.array([0.0 if given is None else given]), np.array([np.inf if given is None else given]))
        for name, given in (("a", a), ("b", b))
    }
    assert parse(text).is_certain(bounds).tolist() == [is_certain]
