"""What docs/tree-format.md says of what is easily mistaken."""

from pathlib import Path

import numpy as np
import pytest
from builders import a_field, a_given_score, a_group, a_submission, a_tree, a_unit, an_aggregation, an_indicator

from lawgov_score.model import Missing, Scores, Status, Tree, Use
from lawgov_score.rules import KINDS
from lawgov_score.scoring import score

PAGE = (Path(__file__).parents[1] / "docs" / "tree-format.md").read_text(encoding="utf-8")


def scored(tree: Tree, **answers: float) -> Scores:
    unit = a_unit()
    return score(tree, (unit,), [a_submission(unit=unit, answers={f"{code}.x": n for code, n in answers.items()})])


def at(scores: Scores, code: str) -> float:
    return float(scores.scores[0, scores.node_column[code]])


@pytest.mark.parametrize(
    ("rule", "is_right"),
    [
        ({"kind": "count_cap", "each": 1, "cap": 5}, True),
        ({"kind": "tiers", "tiers": [{"at_least": 1, "score": 5}]}, True),
        ({"kind": "linear", "zero_at": 0, "full_at": 5}, True),
        ({"kind": "deduction", "each": 1}, False),
        ({"kind": "proportional", "better": "lower", "target": 1}, False),
    ],
)
def test_which_rule_stands_under_a_weight_of_minus_one(rule: dict[str, object], is_right: bool) -> None:
    nothing_happened = 0.0
    assert KINDS[str(rule["kind"])].from_data(rule, 5.0).is_most_at_nothing(nothing_happened) is not is_right


def test_a_mean_is_of_rounded_scores_unless_they_are_not_rounded() -> None:
    def mean(decimals: int | None) -> float:
        parts = [a_given_score(code="a"), a_given_score(code="b")]
        group = a_group(code="A", points=10.0, children=parts, aggregation=an_aggregation("mean"))
        tree = a_tree(children=[group], policies={"round_indicator": decimals, "round_total": None})
        return at(scored(tree, a=1.005, b=1.006), "A")

    assert mean(2) == pytest.approx(1.01, abs=1e-12)
    assert mean(None) == pytest.approx(1.0055, abs=1e-12)


def an_expression(value: str, missing: Missing) -> Tree:
    ratio = an_indicator(
        code="b",
        points=10.0,
        fields=[a_field(type="count"), a_field(code="of", type="count")],
        value="x / of",
        on_zero="not_applicable",
    )
    groups = [a_group(code="A", children=[a_given_score(code="a")]), a_group(code="B", children=[ratio])]
    policies = {"missing": missing}
    return a_tree(
        children=groups, points=10.0, aggregation=an_aggregation("expression", value=value), policies=policies
    )


@pytest.mark.parametrize(
    ("value", "missing", "of", "total", "status"),
    [
        ('score("A") + score("B")', Missing.ZERO, None, 4.0, Status.SCORED),
        ('score("A") + score("B")', Missing.EXCLUDE, None, np.nan, Status.MISSING),
        ('score("A") + score("B")', Missing.ZERO, 0.0, np.nan, Status.INVALID),
        ('score("B") + 1', Missing.ZERO, None, 0.0, Status.SCORED),  # as blank as B: nothing, and no 1
        ('if(score("A") > 3, score("A"), score("B"))', Missing.EXCLUDE, None, 4.0, Status.SCORED),
    ],
)
def test_what_the_score_of_a_node_is_that_has_none(
    value: str, missing: Missing, of: float | None, total: float, status: Status
) -> None:
    unit = a_unit()
    answers: dict[str, float] = {"a.x": 4.0} | ({} if of is None else {"b.x": 0.0, "b.of": of})
    scores = score(an_expression(value, missing), (unit,), [a_submission(unit=unit, answers=answers)])
    assert float(scores.total[0]) == pytest.approx(total, nan_ok=True)
    assert scores.total_status(0) is status


def test_what_is_not_cut() -> None:
    less = a_tree(
        children=[
            a_group(code="A", points=10.0, children=[a_given_score(code="a"), a_given_score(code="b", weight=-1)])
        ]
    )
    assert at(scored(less, a=2, b=5), "A") == -3
    thrice = a_group(
        code="A",
        points=10.0,
        children=[a_given_score(code="a")],
        aggregation=an_aggregation("expression", value='score("a") * 3'),
    )
    assert at(scored(a_tree(children=[thrice]), a=8), "A") == 24


def test_as_given_is_cut_at_its_bounds() -> None:
    for rule, gives in (({}, (0.0, 10.0)), ({"at_least": -3, "at_most": 24}, (-3.0, 24.0))):
        given = an_indicator(
            code="a",
            points=10.0,
            fields=[a_field(type="amount", at_least=None)],
            rule={"kind": "as_given", **rule},
        )
        tree = a_tree(children=[a_group(code="A", points=10.0, children=[given])])
        assert (at(scored(tree, a=-5), "a"), at(scored(tree, a=99), "a")) == gives


@pytest.mark.parametrize(("answered", "there"), [("ab", False), ("abc", True), ("bcd", True)])
def test_coverage_by_leaves(answered: str, there: bool) -> None:
    groups = [
        a_group(code="A", children=[a_given_score(code="a", points=10.0)], weight=0),
        a_group(code="B", children=[a_given_score(code=code, points=10.0) for code in "bcd"], weight=0),
    ]
    uses = tuple(Use(code) for code in "abcd")
    top = a_group(
        code="T",
        points=10.0,
        children=groups,
        aggregation=an_aggregation("mean"),
        uses=uses,
        coverage_at_least=0.6,
    )
    tree = a_tree(children=[top], points=10.0, policies={"missing": Missing.EXCLUDE})
    assert np.isfinite(at(scored(tree, **dict.fromkeys(answered, 4.0)), "T")) == there


def test_a_mean_over_all_leaves_is_none_of_means() -> None:
    groups = [
        a_group(code="A", children=[a_given_score(code="a", points=10.0)], weight=0),
        a_group(code="B", children=[a_given_score(code=code, points=10.0) for code in "bcd"], weight=0),
    ]
    uses = tuple(Use(code) for code in "abcd")
    tree = a_tree(children=groups, points=10.0, aggregation=an_aggregation("mean"), uses=uses)
    assert float(scored(tree, a=8, b=4, c=4, d=4).total[0]) == 5


def test_the_page_names_this_file() -> None:
    assert "tests/test_format_claims.py" in PAGE
