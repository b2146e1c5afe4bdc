"""Who decided, as a unit reads it: the reviewer's name where the tree shows names, else the office."""

from lawgov_score.model import Tree
from lawgov_score.wording import Text, Words

OFFICE = Words("考核机关", "the office")
_REVIEWER = Words("第 {n} 名评审", "reviewer {n}")


def signed_by(tree: Tree, reviewer: str) -> Text:
    """Who changed a score, or ruled on a claim."""
    return reviewer if tree.policies.show_reviewers else OFFICE


def marked_by(tree: Tree, reviewer: str, i: int) -> Text:
    """Who gave a mark; ``i``: which of an indicator's marks it is, from 0."""
    return reviewer if tree.policies.show_reviewers else _REVIEWER(n=i + 1)
