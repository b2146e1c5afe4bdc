"""Laws of figures by unit type: the same figures for both types are the figures written once, whatever the tree."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from random_rounds import Round, loaded, rounds

from lawgov_score.explanation.reasons import reason
from lawgov_score.model import Scores
from lawgov_score.report import render
from lawgov_score.rules import KINDS
from lawgov_score.tree.by_type import is_figure
from lawgov_score.tree.shape import rule_schema
from lawgov_score.wording import Language

_MEANS = ("on_zero", "no_previous", "when_not_applicable")


def both(figure: Any) -> dict[str, Any]:
    """The same figure for the types of random trees, or the figures that they have."""
    return figure if isinstance(figure, dict) else {"town": figure, "bureau": figure}


def by_type(data: Any, *, for_all: bool = True) -> Any:
    """A node of a random tree, or the tree: its points and every figure of its rule by type, where that may be.

    ``for_all``: do the groups above apply to both types? A rule has no figure for a type that it does not apply to.
    """
    said = dict(data)
    for_all = for_all and said.get("applies_to", "all") == "all"
    for key in ("nodes", "children"):
        if key in said:
            said[key] = [by_type(node, for_all=for_all) for node in said[key]]
    rule = said.get("rule")
    is_node = "code" in said and "levels" not in said
    if isinstance(rule, dict) and is_node and for_all:
        known = rule_schema(rule["kind"])["properties"]
        said["rule"] = {
            key: both(value) if is_number(value) and is_figure(known.get(key)) else value for key, value in rule.items()
        }
    compares = isinstance(rule, dict) and "children" in said and KINDS[rule["kind"]].RELATIVE
    takes_mean = any("cohort_mean" in str(said.get(key)) for key in _MEANS)
    if is_node and not (compares or takes_mean or "ranked" in said or "bands" in said):
        said["points"] = both(said["points"])
    return said


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def reasons(scores: Scores) -> list[str]:
    rows = range(len(scores.units))
    found = (reason(scores, row, node.code) for row in rows for node in scores.tree.nodes)
    return ["" if one is None else render(one, Language.ZH) for one in found]


@given(rounds())
@settings(max_examples=40)
def test_the_same_figures_for_both_types_are_the_figures(round: Round) -> None:
    tree, errors = loaded(by_type(round.data))
    assert tree is not None, errors
    assert len(tree.kinds) in {0, 2}
    plain, own = round.scored(), replace(round, tree=tree).scored()
    for name in ("scores", "points", "status", "total", "rank", "raw_points", "coverage", "values"):
        assert np.array_equal(getattr(plain, name), getattr(own, name), equal_nan=True), name
    assert plain.grades == own.grades
    assert plain.vetoes == own.vetoes
    assert reasons(plain) == reasons(own)
