"""Live formulas of groups on a unit's card: the number of parts that count, the aggregated value, the score.

A formula repeats the engine's computation. Where a card cannot express it (a rule that compares units, a blank treated
differently here than where it is printed) there is no formula, and the card shows the engine's figures.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lawgov_score.expression import Expression
from lawgov_score.model import Group, Missing, Node, Rescale, Scores, Tree, Way
from lawgov_score.rounding import DUST_DECIMALS, VALUE_DECIMALS
from lawgov_score.rules.cells import number, rounded
from lawgov_score.rules.lines import claim
from lawgov_score.rules.rule import Cells
from lawgov_score.workbook.formulas.indicator import total_of

Holder = Group | Tree
_LONGEST = 8000  # a formula holds 8,192 characters
_DEEPEST = 60  # most nested IFs; a spreadsheet takes 64
_FAR = "10^99"


@dataclass(frozen=True, slots=True)
class Places:
    """The cells of a card's figures: points and scores by node code, and the holder's own cells."""

    points: Mapping[str, str]
    scores: Mapping[str, str]
    count: str = ""  # number of parts that count
    value: str = ""  # aggregated value
    peers: str = ""  # a range with the values of the whole cohort, for a rule that compares


@dataclass(frozen=True, slots=True)
class Up:
    """Formulas of one group, or of the whole tree, without ``=``; ``count`` and ``value`` are empty for a plain sum."""

    points: str
    score: str
    count: str = ""
    value: str = ""


def up(tree: Tree, holder: Holder, places: Places) -> Up | None:
    """Formulas for the holder's points and score over the cells of its parts; None if the card cannot express them."""
    if holder.aggregation.way is Way.NONE or not _can_be_said(tree, holder, places):
        return None
    parts = [(node, weight) for node, weight in tree.parts_of(holder.code) if node.code in places.scores]
    made = _sum(tree, holder, parts, places) if holder.aggregation.way is Way.SUM else None
    if made is None and holder.aggregation.way is not Way.SUM:
        made = _by_way(tree, holder, parts, places)
    if made is None or max(map(len, (made.points, made.score, made.count, made.value))) > _LONGEST:
        return None
    return made


def is_told_by_points(scores: Scores, row: int, holder: Holder) -> bool:
    """Do a part's points (above 0 or not) tell whether it counts for the unit? Then a formula can tell it too.

    They do not in rare cases: a part that is left out as a blank and yet holds something to be reviewed, a unit for
    which nothing has points, and an expression that refers to a not-applicable node.
    """
    aggregation = holder.aggregation
    if aggregation.way is Way.SUM and (not isinstance(holder, Group) or holder.coverage_at_least is None):
        return True
    working, parts = scores.workings[holder.code], scores.tree.parts_of(holder.code)
    if aggregation.expression is not None:
        counting = dict(working.nodes)
    else:
        counting = {n.code: working.parts[i] for i, (n, weight) in enumerate(parts) if weight != 0 and not n.bonus}
    counted = [not math.isnan(figures[row]) for figures in counting.values()]
    worth = [scores.at(row, code).points > 0 for code in counting]
    least = len(counted) if aggregation.expression is not None else 1
    own = scores.at(row, holder.code).points if isinstance(holder, Group) else float(scores.raw_points[row])
    is_own = aggregation.way is Way.SUM or (own > 0) is (sum(counted) >= least)
    return counted == worth and is_own


def _can_be_said(tree: Tree, holder: Holder, places: Places) -> bool:
    own = tree.missing_at(holder.code)
    is_compared = isinstance(holder, Group) and holder.rule is not None and holder.rule.RELATIVE
    if is_compared and (not places.peers or holder.aggregation.way is Way.LOOKUP):
        return False
    if isinstance(holder, Group) and holder.coverage_at_least is not None and own is not Missing.ZERO:
        return False
    for node, _ in tree.parts_of(holder.code):  # a blank must be treated here as it is where it is printed
        printed = tree.missing_at(node.code if isinstance(node, Group) else tree.parents[node.code])
        if printed is not own or (node.points == 0 and holder.aggregation.way is not Way.SUM):
            return False
    return True


# ---------------------------------------------------------------- sums


def _sum(tree: Tree, holder: Holder, parts: Sequence[tuple[Node, float | None]], places: Places) -> Up:
    added = [places.scores[node.code] for node, weight in parts if weight is None or weight == 1]
    taken = [places.scores[node.code] for node, weight in parts if weight == -1]
    worth = [places.points[node.code] for node, weight in parts if not node.bonus and (weight is None or weight > 0)]
    points, score = total_of(worth), total_of(added)
    if taken:
        score = f"{score}-({total_of(taken)})"
    score_cells = [places.scores[node.code] for node, weight in parts if weight != 0]
    counted = "+".join(f"COUNT({cell})" for cell in score_cells) if 0 < len(score_cells) < 30 else ""
    if isinstance(holder, Tree):
        return Up(points, score)
    rescale = tree.policies.not_applicable
    if rescale is Rescale.PARENT or (rescale is Rescale.TOTAL and holder.rule is not None):
        whole = number(tree.printed_sum(holder.code))
        nothing = score if any(node.bonus for node, _ in parts) else "0"  # a bonus counts even without points
        score = f"IF({points}=0,{nothing},({score})*{whole}/({points}))"
        points = f"IF({points}=0,0,{whole})"
    if holder.out_of is not None:
        factor = f"*{number(holder.points)}/{number(holder.out_of)}"
        score, points = f"({score}){factor}", f"({points}){factor}"
    if not tree.has_own_way(holder.code) and holder.coverage_at_least is None:
        score = _rounded(tree, holder, score)
        return Up(points, f'IF({counted}=0,"",{score})' if counted else score)
    value = f'IF({counted}=0,"",{score})' if counted else score
    if holder.rule is not None:
        points = f"IF({points}=0,0,{number(holder.points)})"
    covered = [
        (places.points[node.code], places.scores[node.code])
        for node, weight in parts
        if not node.bonus and (weight is None or weight > 0)
    ]
    count = "+".join(f"IF(N({cell})>0,1,0)" for cell, _ in covered) if holder.coverage_at_least is not None else ""
    return Up(points, _settled(tree, holder, places, [cell for _, cell in covered]), count, value)


# ---------------------------------------------------------------- other ways


@dataclass(frozen=True, slots=True)
class _Term:
    """One part: a condition that is true if it counts, its score on the holder's scale, its weight."""

    counts: str
    figure: str
    weight: str


def _by_way(tree: Tree, holder: Holder, parts: Sequence[tuple[Node, float | None]], places: Places) -> Up | None:
    how = holder.aggregation
    if how.way is Way.EXPRESSION:
        codes = how.expression.nodes if how.expression is not None else ()
        if not codes or any(code not in places.scores for code in codes):
            return None
        named = [tree.by_code[code] for code in codes]
    else:
        named = [node for node, weight in parts if weight != 0]
    if not named:
        return None
    regular = [(node, weight) for node, weight in parts if weight != 0 and not node.bonus]
    terms = [_term(tree, holder, node, weight, places) for node, weight in regular]
    counting = named if how.way is Way.EXPRESSION else [node for node, _ in regular]
    count = "+".join(f"IF(N({places.points[node.code]})>0,1,0)" for node in counting)
    score_cells = [places.scores[node.code] for node in named]
    lacking = ""
    if how.way is Way.EXPRESSION:
        lacking = _lacking(holder, places)
        value = f"IF({lacking},1/0,{_expression(holder, places)})"
    elif how.way is Way.LOOKUP:
        value = "+".join(f"IF({t.counts},{t.figure},0)" for t in terms)
    else:
        value = _WAYS[how.way](holder, terms)
    bonus = [places.scores[node.code] for node, weight in parts if node.bonus and weight != 0]
    if how.way is Way.LOOKUP and (bonus or holder.out_of is not None):
        return None  # both apply after the table
    bonus = [] if how.way is Way.EXPRESSION else bonus  # the expression itself names what counts
    if bonus:
        value = f"({value})+{total_of(bonus)}"
    if holder.out_of is not None and isinstance(holder, Group):  # for the tree: at conversion of the total
        value = f"({value})*{number(holder.points)}/{number(holder.out_of)}"
    value = f"ROUND({value},{VALUE_DECIMALS})"
    something = "+".join(f"COUNT({cell})" for cell in score_cells)
    # At the root, blanks alone that count give 0, as in a sum; a group without scores has no score.
    nothing = f'IF({places.count}=0,"",0)' if isinstance(holder, Tree) else '""'
    value = f'IF({something}=0,{nothing},IFERROR({value},""))'
    points = number(holder.points)
    if isinstance(holder, Tree):
        score = _looked_up(holder, places) if how.way is Way.LOOKUP else places.value
        return None if score is None else Up(f"IF({places.count}=0,0,{points})", score, count, value)
    score_of = _looked_up(holder, places) if how.way is Way.LOOKUP else places.value
    if score_of is None:
        return None
    score = _settled(tree, holder, places, [places.scores[node.code] for node in counting], score_of)
    nothing_counts = lacking if how.way is Way.EXPRESSION else f"{places.count}<1"
    return Up(f"IF({nothing_counts},0,{points})", score, count, value)


def _term(tree: Tree, holder: Holder, node: Node, weight: float | None, places: Places) -> _Term:
    points, figure = places.points[node.code], f"N({places.scores[node.code]})"
    if holder.aggregation.way not in {Way.LOOKUP, Way.WEAKEST_LINK}:
        whole = number(tree.printed[node.code])
        is_sum = isinstance(node, Group) and node.aggregation.way is Way.SUM
        if is_sum and tree.policies.not_applicable is not Rescale.NONE:
            figure = f"{figure}*{whole}/{points}"
        scale = holder.points if holder.out_of is None else holder.out_of
        if node.points != scale:
            figure = f"{figure}/{number(node.points)}*{number(scale)}"
    return _Term(f"N({points})>0", figure, number(1.0 if weight is None else weight))


def _weights(terms: Sequence[_Term]) -> str:
    return "(" + "+".join(f"IF({t.counts},{t.weight},0)" for t in terms) + ")"


def _mean(_: Holder, terms: Sequence[_Term]) -> str:
    plain = [_Term(t.counts, t.figure, "1") for t in terms]
    return _weighted(_, plain)


def _weighted(_: Holder, terms: Sequence[_Term]) -> str:
    total = "+".join(f"IF({t.counts},{t.weight}*{t.figure},0)" for t in terms)
    return f"({total})/{_weights(terms)}"


def _lowest(terms: Sequence[_Term]) -> str:
    return "MIN(" + ",".join(f"IF({t.counts},{t.figure},{_FAR})" for t in terms) + ")"


def _highest(terms: Sequence[_Term]) -> str:
    return "MAX(" + ",".join(f"IF({t.counts},{t.figure},-{_FAR})" for t in terms) + ")"


def _geometric(holder: Holder, terms: Sequence[_Term]) -> str:
    shift = holder.aggregation.shift
    plus, minus = (f"+{number(shift)}", f"-{number(shift)}") if shift else ("", "")
    least = f"ROUND({_lowest(terms)}{plus},{DUST_DECIMALS})"
    logs = "+".join(f"IF({t.counts},{t.weight}*LN({t.figure}{plus}),0)" for t in terms)
    return f"IF({least}=0,0,EXP(({logs})/{_weights(terms)})){minus}"


def _harmonic(_: Holder, terms: Sequence[_Term]) -> str:
    parts = "+".join(f"IF({t.counts},{t.weight}/({t.figure}),0)" for t in terms)
    return f"IF(ROUND({_lowest(terms)},{DUST_DECIMALS})<=0,1/0,{_weights(terms)}/({parts}))"


def _minimum(_: Holder, terms: Sequence[_Term]) -> str:
    return _lowest(terms)


def _maximum(_: Holder, terms: Sequence[_Term]) -> str:
    return _highest(terms)


def _weakest(holder: Holder, terms: Sequence[_Term]) -> str:
    low = _lowest(terms)
    differs = f"ROUND({_highest(terms)}-{low},{DUST_DECIMALS})>0"
    return f"{low}+IF({differs},{number(holder.aggregation.plus)},0)"


_WAYS: Mapping[Way, Callable[[Holder, Sequence[_Term]], str]] = {
    Way.MEAN: _mean,
    Way.WEIGHTED_MEAN: _weighted,
    Way.GEOMETRIC_MEAN: _geometric,
    Way.HARMONIC_MEAN: _harmonic,
    Way.MIN: _minimum,
    Way.MAX: _maximum,
    Way.WEAKEST_LINK: _weakest,
}


def _expression(holder: Holder, places: Places) -> str:
    expression = holder.aggregation.expression
    assert expression is not None  # this way always has one
    return expression.formula(_node_cells(expression, places), lacks=_node_tests(expression, places))


def _lacking(holder: Holder, places: Places) -> str:
    """A test: is a node missing that the expression needs? Without `if` it needs every node it refers to."""
    expression = holder.aggregation.expression
    assert expression is not None  # this way always has one
    if not expression.has_branches:
        return f"{places.count}<{len(expression.nodes)}"
    return expression.missing_test(_node_cells(expression, places), _node_tests(expression, places))


def _node_cells(expression: Expression, places: Places) -> Mapping[str, str]:
    return {f'score("{code}")': f"N({places.scores[code]})" for code in expression.nodes}


def _node_tests(expression: Expression, places: Places) -> Mapping[str, str]:
    """A node counts if it has points: the score cell of a blank that counts as zero holds no number."""
    return {f'score("{code}")': f"N({places.points[code]})=0" for code in expression.nodes}


def _looked_up(holder: Holder, places: Places) -> str | None:
    """The table as nested IFs over the number of parts that count and their sum."""
    table = holder.aggregation.table
    if len(table) > _DEEPEST:
        return None
    ladder = '""'
    for row in sorted(table, key=lambda one: (one.children, one.order)):
        line = claim(row.key, f"N({places.value})", row.line)
        test = f"AND({places.count}={row.children},{line})"
        ladder = f"IF({test},{number(row.score)},{ladder})"
    return f'IF(ISNUMBER({places.value}),{ladder},"")'


# ---------------------------------------------------------------- after aggregation


def _settled(tree: Tree, group: Group, places: Places, score_cells: Sequence[str], score: str = "") -> str:
    """Rule, floor, cap and rounding applied to the value cell; blank if too little is known."""
    score = score or places.value
    if group.rule is not None:
        score = group.rule.formula(Cells(score, cohort_values=places.peers))
    if group.coverage_at_least is not None:
        scored = "+".join(f"COUNT({cell})" for cell in score_cells)
        least = number(group.coverage_at_least)
        covered = f"ROUND(({scored})/MAX({places.count},1),{DUST_DECIMALS})"
        score = f'IF({covered}<{least},"",{score})'
    inner = score
    share = ""
    if tree.scales_limits(group) and group.points > 0 and group.code in places.points:
        share = f"*N({places.points[group.code]})/{number(group.points)}"
    if group.floor is not None:
        inner = f"MAX({inner},{number(group.floor)}{share})"
    if group.cap is not None:
        inner = f"MIN({inner},{number(group.cap)}{share})"
    inner = _rounded(tree, group, inner)
    return score if inner == score else f'IF(ISNUMBER({score}),{inner},"")'


def _rounded(tree: Tree, group: Group, inner: str) -> str:
    rounding = tree.rounding_of(group)
    return inner if rounding is None else rounded(inner, rounding)
