"""Ways of aggregation in words (汇总方式): how a node's score comes from its parts, and which nodes use which way."""

from collections.abc import Iterator, Sequence

from lawgov_score.explanation.references import score_of
from lawgov_score.explanation.roundings import words_of
from lawgov_score.expression import Expression, Noun, Nouns, measure_of_name
from lawgov_score.model import Group, Indicator, Missing, Node, Tree, Way, WhenZero, Why
from lawgov_score.rules.rule import Term, Terms
from lawgov_score.wording import Phrase, Words

_WAYS = {
    Way.SUM: Words("下级得分相加", "the sum of what is below"),
    Way.MEAN: Words("取下级得分的算术平均", "the mean of what is below"),
    Way.WEIGHTED_MEAN: Words("取下级得分的加权平均", "the weighted mean of what is below"),
    Way.GEOMETRIC_MEAN: Words("取下级得分的几何平均", "the geometric mean of what is below"),
    Way.HARMONIC_MEAN: Words("取下级得分的调和平均", "the harmonic mean of what is below"),
    Way.MIN: Words("取下级得分中最低的（短板）", "the lowest of what is below"),
    Way.MAX: Words("取下级得分中最高的", "the highest of what is below"),
    Way.NONE: Words("各指标得分不汇总", "nothing is added up"),
}
ADDED_UP = _WAYS[Way.SUM]
_POINTS = Words("分", "points")
_SUM_BELOW = Words("下级得分之和", "the sum of what is below")
_WHAT = {
    Way.SUM: _SUM_BELOW,
    Way.LOOKUP: Words("查表所得的分", "the points looked up"),
    Way.EXPRESSION: Words("按算式算出的分", "the points calculated"),
}
_BLENDED = Words("汇总后的得分", "the result")
_CONVERTED = Words("折算后的得分", "the converted score")
_THAT_SCORE = Words("该得分", "that score")
_SHIFTED = Words("{way}（各加 {shift} 后计算，再减去 {shift}）", "{way} (each plus {shift}, then less {shift})")
_WEAKEST = Words(
    "取下级得分中最低的；其余有更高的，再加 {plus}",
    "the lowest of what is below, and {plus} more where any other is higher",
)
_LOOKUP = Words("按计入的项数和得分之和查表：{rows}", "looked up by how many count and what they add up to: {rows}")
_LOOKUP_ROW = {
    "at_least": Words(
        "{children} 项、合计 {line:points} 以上得 {score:points} 分",
        "{children} that come to {line:points} or more: {score:points}",
    ),
    "above": Words(
        "{children} 项、合计超过 {line:points} 得 {score:points} 分",
        "{children} that come to more than {line:points}: {score:points}",
    ),
}
_EXPRESSION = Words("按算式计算：{text}", "calculated: {text}")
_WEIGHT = Words("“{code} {title}” {share:percent}", '"{code} {title}" {share:percent}')
_WEIGHTS = Words("{way}，权重：{parts:list}", "{way}, weights: {parts:list}")
_NODE = Words("“{code} {title}”", '"{code} {title}"')
_TAKEN_OFF = Words("{nodes:list}是扣分项，从中减去", "{nodes:list} taken off")
_SHOWN_ONLY = Words("{nodes:list}只列示，不计入", "{nodes:list} shown and counted nowhere")
_BONUS = Words("{nodes:list}是加分项，分值不计入上级分值", "{nodes:list} a bonus, no part of the points above")
_USED = Words("{nodes:list}列在别处，也计入", "{nodes:list} printed elsewhere, counted here too")
_ONLY_USED = Words("下级是列在别处的{nodes:list}", "what is below is printed elsewhere: {nodes:list}")
_REPEATED = Words(
    "每次重复各自计分，没有填报的不计入", "each repetition is scored by itself; one without answers is not there"
)
_SCALED = Words(
    "下级合计 {out_of:points} 分，折算为 {points:points} 分",
    "what is below adds up to {out_of:points}, converted to {points:points}",
)
_RULE = Words("{text}。汇总后计分：{standard}", "{text}. Then scored: {standard}")
_AFTER = Words("{text}计分后，{parts}", "{text} After that {parts}")
_LOWEST = Words("最低 {n:points} 分", "never below {n:points}")
_HIGHEST = Words("最高 {n:points} 分", "never above {n:points}")
_SHRINKS = Words("{limit}（有不适用的按适用分折减）", "{limit} (less in proportion where something does not apply)")
_ROUNDED = Words("{how}后再计入上级", "{how} before the next level uses it")
_PRINTED = Words("{how}", "{how}")
_MISSING = {
    Missing.ZERO: Words("其下未填报的不得分，仍计入", "below it, what is missing gives nothing and still counts"),
    Missing.EXCLUDE: Words("其下未填报的不计入", "below it, what is missing is left out"),
}
_COVERAGE = Words("有得分的下级不足 {share:percent} 的，不计分", "no score below a coverage of {share:percent}")
_ALL_NEEDED = Words("下级有一项没有得分的，不计分", "no score unless everything below has one")
_PART_WEIGHED = Words("按 {share:percent} 的权重计入{above}", "counts for {share:percent} of {above}")
_PART_TAKEN_OFF = Words("扣分项：得数从{above}中减去", "taken off {above}")
_PART_SHOWN = Words("只列示，不计入{above}", "shown only, not counted in {above}")
_PART_BONUS = Words("加分项：另加在{above}上，分值不计入其分值", "a bonus: added to {above}, no part of its points")
_FURTHER = Words("{first}{rest}", "{first} {rest}")
_FOR_TYPE = Words("{types:list}：{text}", "{types:list}: {text}")
_TEXT = Words("{parts}", "{parts}")
_AT = Words("{nodes:list}：{text}", "{nodes:list}: {text}")
_WHOLE = Words("总分", "total")
_THE_WHOLE = Words("总分", "the total")
_TAKES = Words("取列在别处的{nodes:list}的得分", "the score of {nodes:list}, printed elsewhere")
_RUN = Words("{first}至{last}", "{first} to {last}")
_SO_MANY = Words("{last}（共 {n} 项）", "{last} ({n} in all)")
_IN_ALL = Words("……共 {n} 项", "… {n} in all")
_LONGEST, _FIRST = 10, 6  # a list longer than the first number is cut to the second
_MANY, _RUN_OF = 5, 3  # up to so many nodes are named one by one; of more, so many in sequence by the first and last


def shortened(parts: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """A long list cut to its first members and their number: nobody reads a sum of a hundred figures."""
    if len(parts) <= _LONGEST:
        return tuple(parts)
    return (*parts[:_FIRST], _IN_ALL(n=len(parts)))


def ways(tree: Tree) -> Iterator[Phrase]:
    """Every way other than a plain sum, with the nodes that use it: the tree first, then in printed order.

    Copies of a repeated group use the way of the first and are not named again.
    """
    holders: list[Tree | Group] = [tree]
    holders += [node for node in tree.nodes if isinstance(node, Group) and not node.copy_of]
    grouped: list[tuple[Phrase, list[Tree | Group]]] = []
    for node in holders:
        if (text := way_at(tree, node)) is not None:
            same = next((nodes for known, nodes in grouped if known == text), None)
            if same is None:
                grouped.append((text, [node]))
            else:
                same.append(node)
    for text, nodes in grouped:
        groups = _listed(tree, [node for node in nodes if isinstance(node, Group)])
        yield _AT(nodes=(_WHOLE(), *groups) if tree in nodes else groups, text=text)


def way_at(tree: Tree, node: Tree | Group) -> Phrase | None:
    """How the tree, or a group, is aggregated; None if its children's points simply add up.

    Where limits or a rule go by unit type and the tree is that of all of them: what holds for which.
    """
    told: list[tuple[Phrase, list[str]]] = []
    for names, own in tree.kinds:
        if (text := _way_at(own, own.holder(node.code))) is not None:
            same = next((types for known, types in told if known == text), None)
            if same is None:
                told.append((text, [*names]))
            else:
                same.extend(names)
    if len(told) < 2:
        return told[0][0] if told else _way_at(tree, node)
    texts = [_FOR_TYPE(types=tuple(types), text=text) for text, types in told]
    if node.rule is None or any(_settled(tree, node)):
        return _TEXT(parts=tuple(texts))
    whole, *more = texts  # those of a rule alone end with a full stop
    for text in more:
        whole = _FURTHER(first=whole, rest=text)
    return whole


def _way_at(tree: Tree, node: Tree | Group) -> Phrase | None:
    before, after, is_sum = [*_counted(tree, node)], [*_settled(tree, node)], node.aggregation.way is Way.SUM
    if is_sum and not before and not after and node.out_of is None and node.rule is None:
        return None
    way = _way(tree, node)
    if is_sum and not node.children and [use.weight in {None, 1} for use in node.uses] == [True]:
        way = _TAKES(nodes=_listed(tree, [tree.by_code[node.uses[0].code]]))  # there is nothing to add uses to
        before = before[1:]
    if node.out_of is not None:
        before.append(_SCALED(out_of=node.out_of, points=node.points))
    text = _TEXT(parts=(way, *before))
    if node.rule is not None:  # its standard has sentences of its own
        text = _RULE(text=text, standard=node.rule.standard(Terms(aggregated(node), {})))
        return _AFTER(text=text, parts=after) if after else text
    return _TEXT(parts=(way, *before, *after))


def aggregated(node: Tree | Group) -> Term:
    """What the rule at a node scores, as a term: 下级得分之和 of a sum, 汇总后的得分 of a mean."""
    if node.out_of is not None:
        return Term(_CONVERTED, _POINTS)
    if not node.children and len(node.uses) == 1:
        return Term(_THAT_SCORE, _POINTS)
    return Term(_WHAT.get(node.aggregation.way, _BLENDED), _POINTS)


def part_at(tree: Tree, node: Node) -> Phrase | None:
    """How a node counts in the one above it: by its weight, taken off, as a bonus, or not at all; None if it adds."""
    holder = tree.by_code[tree.parents[node.code]] if tree.parents.get(node.code) in tree.by_code else tree
    assert not isinstance(holder, Indicator)
    above = _THE_WHOLE() if isinstance(holder, Tree) else _NODE(code=holder.code, title=holder.title)
    if node.weight == 0:
        return _PART_SHOWN(above=above)
    if holder.aggregation.way is Way.SUM:
        if node.weight == -1:
            return _PART_TAKEN_OFF(above=above)
        return _PART_BONUS(above=above) if node.bonus else None
    share = dict(_shares(tree, holder)).get(node.code)
    return None if share is None else _PART_WEIGHED(share=share, above=above)


def _shares(tree: Tree, holder: Tree | Group) -> Iterator[tuple[str, float]]:
    """Each part's share of all weights, in printed order; none where the way takes no weights."""
    if holder.aggregation.way in {Way.WEIGHTED_MEAN, Way.GEOMETRIC_MEAN, Way.HARMONIC_MEAN}:
        weights = [(part.code, weight) for part, weight in tree.parts_of(holder.code) if weight]
        whole = sum(weight for _, weight in weights)
        if whole > 0:
            yield from ((code, weight / whole) for code, weight in weights)


def _listed(tree: Tree, nodes: Sequence[Node]) -> tuple[Phrase, ...]:
    """Nodes with their titles; of many those in printed sequence as a range, and how many they are."""
    if len(nodes) <= _MANY:
        return tuple(map(_named, nodes))
    order = {node.code: i for i, node in enumerate(sorted(tree.nodes, key=lambda node: tree.depths[node.code]))}
    runs: list[list[Node]] = []
    for node in nodes:
        last = runs[-1][-1].code if runs else ""
        if runs and order[node.code] == order[last] + 1 and tree.parents[node.code] == tree.parents[last]:
            runs[-1].append(node)
        else:
            runs.append([node])
    listed: list[Phrase] = []
    for run in runs:
        if len(run) < _RUN_OF:
            listed += map(_named, run)
        else:
            listed.append(_RUN(first=_named(run[0]), last=_named(run[-1])))
    if len(listed) > _LONGEST:
        return (*listed[:_FIRST], _IN_ALL(n=len(nodes)))
    return (*listed[:-1], _SO_MANY(last=listed[-1], n=len(nodes)))


def _named(node: Node) -> Phrase:
    return _NODE(code=node.code, title=node.title)


def _way(tree: Tree, node: Tree | Group) -> Phrase:
    how = node.aggregation
    match how.way:
        case Way.WEAKEST_LINK:
            return _WEAKEST(plus=how.plus)
        case Way.LOOKUP:
            return _LOOKUP(
                rows=tuple(_LOOKUP_ROW[r.key](children=r.children, line=r.line, score=r.score) for r in how.table)
            )
        case Way.EXPRESSION:
            assert how.expression is not None  # checked when the tree was read
            return _EXPRESSION(text=calculated(tree, how.expression))
    way = _SHIFTED(way=_WAYS[how.way](), shift=how.shift) if how.shift else _WAYS[how.way]()
    if shares := tuple(_shares(tree, node)):
        named = (_WEIGHT(code=code, title=tree.by_code[code].title, share=share) for code, share in shares)
        return _WEIGHTS(way=way, parts=shortened(tuple(named)))
    return way


def calculated(tree: Tree, expression: Expression) -> Phrase | tuple[Phrase, ...]:
    """An expression of nodes in words: which condition leads where, or what is calculated with what."""
    cases = tuple(case.line for case in expression.cases(_nouns(tree)))
    return cases or expression.words(_nouns(tree))


def _nouns(tree: Tree) -> Nouns:
    return lambda name: Noun(score_of(tree, name[7:-2]), measure_of_name(name, {}))


def _may_leave(indicator: Indicator) -> bool:
    """May it not apply to a unit: by its type, by a claim, by what it answers?"""
    gone = {WhenZero.NOT_APPLICABLE}
    if indicator.no_mean is None:
        gone.add(WhenZero.COHORT_MEAN)  # a cohort in which nobody has a score has no mean
    by_figures = any(one is not None and one.what in gone for one in (indicator.on_zero, indicator.no_previous))
    by: dict[Why, bool] = {
        Why.TYPE: bool(indicator.applies_to),
        Why.CLAIM: indicator.may_not_apply,
        Why.OPTION: indicator.leaves_units,
    }
    given = indicator.instead.by.items() if indicator.instead is not None else ()
    kept = {why for why, policy in given if policy.what not in gone}
    return by_figures or any(leaves and why not in kept for why, leaves in by.items())


def _counted(tree: Tree, node: Tree | Group) -> Iterator[Phrase]:
    """Children that count differently from the others, and uses of nodes from elsewhere."""

    parts = tree.parts_of(node.code)
    if off := [part for part, weight in parts if weight == -1 and node.aggregation.way is Way.SUM]:
        yield _TAKEN_OFF(nodes=_listed(tree, off))
    if shown := [part for part, weight in parts if weight == 0]:
        yield _SHOWN_ONLY(nodes=_listed(tree, shown))
    if bonus := [child for child in node.children if child.bonus]:
        yield _BONUS(nodes=_listed(tree, bonus))
    if node.uses:
        used = _listed(tree, [tree.by_code[use.code] for use in node.uses])
        yield (_USED if node.children else _ONLY_USED)(nodes=used)
    if any(isinstance(child, Group) and child.repetition for child in node.children):
        yield _REPEATED()


def _settled(tree: Tree, node: Tree | Group) -> Iterator[Phrase]:
    """The steps after aggregation, conversion and rule, in their order."""
    if isinstance(node, Tree):
        return
    limits = [words(n=n) for words, n in ((_LOWEST, node.floor), (_HIGHEST, node.cap)) if n is not None]
    shrinks = tree.scales_limits(node) and any(
        _may_leave(one) for one in tree.indicators if any(above is node for above in tree.ancestors(one.code))
    )
    yield from (_SHRINKS(limit=limit) for limit in limits) if shrinks else limits
    if node.rounding is not None:
        yield (_PRINTED if node.rounding.in_print else _ROUNDED)(how=words_of(node.rounding))
    if node.missing is not None:
        yield _MISSING[node.missing]()
    if node.coverage_at_least is not None:
        yield _ALL_NEEDED() if node.coverage_at_least >= 1 else _COVERAGE(share=node.coverage_at_least)
