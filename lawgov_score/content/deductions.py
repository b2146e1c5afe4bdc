"""扣分项 in tables: under 分值 stands the most that it takes off, under 得分 what it took, and never points won."""

import math

from lawgov_score.model import Node, Tree
from lawgov_score.wording import Phrase, Words

AT_MOST = Words("最多扣 {n:points}", "at most {n:points} off")
TAKES = Words("扣 {n:points}", "{n:points} off")
NOTHING = Words("—", "—")


def worth(tree: Tree, node: Node, points: float) -> float | Phrase:
    """What stands under 分值."""
    return AT_MOST(n=points) if tree.is_taken_off(node) and not math.isnan(points) else points


def taken(tree: Tree, node: Node, score: float) -> float | Phrase:
    """What stands under 得分."""
    if not tree.is_taken_off(node) or math.isnan(score):
        return score
    return TAKES(n=score) if score else Phrase(NOTHING)
