"""How many nodes a tree has at each of its levels (方面、类、小项), and what they are worth."""

from decimal import Decimal

from lawgov_score.model import Indicator, Node, Tree


def level_figures(tree: Tree) -> tuple[tuple[str, int, Decimal], ...]:
    """Name, number of nodes and sum of points of each level from the top; the last entry counts the indicators.

    An indicator counts in the last entry at whatever depth it is. Repeated groups (窗口1、窗口2……) count once, and
    bonuses are left out of the sum.
    """
    by_depth: list[list[Node]] = [[] for _ in tree.levels]
    extra: set[str] = set()
    for node in tree.shown_once:
        by_depth[-1 if isinstance(node, Indicator) else tree.depths[node.code] - 1].append(node)
        if node.bonus or tree.parents[node.code] in extra:
            extra.add(node.code)
    return tuple(
        (name, len(nodes), sum((Decimal(repr(n.points)) for n in nodes if n.code not in extra), Decimal(0)))
        for name, nodes in zip(tree.levels, by_depth, strict=True)
    )
