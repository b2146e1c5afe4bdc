"""The total as formulas: from applicable points and sum to the tree's own scale."""

from lawgov_score.model import Rescale, Tree, Way
from lawgov_score.rules.cells import number
from lawgov_score.rules.rule import Cells


def is_there(points_at: str, raw_at: str) -> str:
    """A test: does anything apply to the unit, and is there a sum?"""
    return f"AND(N({points_at})<>0,ISNUMBER({raw_at}))"


def is_unrounded_needed(tree: Tree) -> bool:
    """Do places or grades use the total before it is rounded?"""
    policies = tree.policies
    return policies.total_rounding is not None and not (policies.rank_on_rounded and policies.grade_on_rounded)


def before_rule(tree: Tree, points_at: str, raw_at: str) -> str:
    """The input of the whole tree's rule, from the cells of the applicable points and of the sum."""
    total = raw_at
    if tree.aggregation.way is Way.SUM and tree.policies.not_applicable is not Rescale.NONE:
        total = f"{raw_at}*{number(tree.printed_sum(tree.code))}/{points_at}"
    if tree.out_of is not None:
        total = f"{total}*{number(tree.points)}/{number(tree.out_of)}"
    return total


def converted_total(tree: Tree, points_at: str, raw_at: str, peers: str) -> str | None:
    """The total on the tree's own scale; None if a rule compares and there is nothing to compare with."""
    total = before_rule(tree, points_at, raw_at)
    if tree.rule is None:
        return total
    if tree.rule.RELATIVE and not peers:
        return None
    return tree.rule.formula(Cells(f"({total})", cohort_values=peers))
