"""What a total is out of where the printed points contradict one another: a waived T202, T217 or T237 in words."""

from collections.abc import Callable, Iterator

from lawgov_score.measure.tolerance import is_same
from lawgov_score.model import Group, Rescale, Tree, Way
from lawgov_score.wording import Phrase, Words

_OF_TYPES = Words("{types:list}：{text}", "{types:list}: {text}")
_TOTAL = Words(
    "总分满分为 {scale:points} 分（印发的总分为 {points:points} 分，不折算到 {points:points} 分）",
    "totals are out of {scale:points} (the scheme prints {points:points}; they are not converted to that)",
)
_NODE = Words(
    "“{code} {title}”按下级之和 {scale:points} 分计（印发的分值为 {points:points} 分）",
    '"{code} {title}" counts as {scale:points}, the sum of what is below it (the scheme prints {points:points})',
)
_ENTRIES = Words(
    "“{code} {title}”每份按下级之和 {scale:points} 分计（印发的分值为 {points:points} 分）",
    'each entry of "{code} {title}" counts as {scale:points}, the sum of what is below it (the scheme prints '
    "{points:points})",
)
_TYPE_CONVERTED = Words(
    "“{type}”各方面合计 {sum:points} 分，总分折算到满分 {scale:points} 分（得分 ÷ 适用分 × {scale:points}）",
    "the top nodes for {type} come to {sum:points}; totals are converted to {scale:points} "
    "(score ÷ applicable points × {scale:points})",
)
_TYPE = Words(
    "“{type}”总分满分为 {scale:points} 分（印发的总分为 {points:points} 分，不折算到 {points:points} 分）",
    "totals of {type} are out of {scale:points} (the scheme prints {points:points}; they are not converted to that)",
)


def scale_phrases(tree: Tree) -> tuple[Phrase, ...]:
    """What the printed points become where they contradict one another: the total, by type of unit, and the groups.

    Nothing where all add up. Whoever prints points of the whole tree prints these beside them.
    """
    return (*total_phrases(tree), *_by_type(tree, _of_groups))


def total_phrases(tree: Tree) -> tuple[Phrase, ...]:
    """Those of them that are about totals."""
    types = (of_type(tree.of_type(kind.code), kind.code) for kind in tree.unit_types)
    return (*_by_type(tree, _of_total), *(one for one in types if one is not None))


def _by_type(tree: Tree, said: Callable[[Tree], Iterator[Phrase]]) -> Iterator[Phrase]:
    """What is said of a tree; of one whose points go by unit type, what is said of each type's, with their names."""
    told: list[tuple[Phrase, list[str]]] = []
    for names, own in tree.kinds or (((), tree),):
        for text in said(own):
            same = next((types for known, types in told if known == text), None)
            if same is None:
                told.append((text, [*names]))
            else:
                same.extend(names)
    everybody = sum(len(names) for names, _ in tree.kinds)
    for text, types in told:
        yield text if len(types) == everybody else _OF_TYPES(types=tuple(types), text=text)


def of_unit(tree: Tree, unit_type: str) -> Phrase | None:
    """The same for a unit of one type, about its total alone; None where it is out of what the scheme prints."""
    return next(_of_total(tree), None) or of_type(tree, unit_type)


def of_type(tree: Tree, unit_type: str) -> Phrase | None:
    """What the total of parallel trees is out of for one type of unit, if its nodes come to something else (T237)."""
    kind = next((each for each in tree.unit_types if each.code == unit_type), None)
    if kind is None or not tree.parallel or tree.aggregation.way is not Way.SUM:
        return None
    own = tree.sum_for(unit_type)
    if is_same(own, tree.points if tree.out_of is None else tree.out_of):
        return None
    is_converted = tree.policies.not_applicable is not Rescale.NONE or tree.rule is not None
    words = _TYPE_CONVERTED if is_converted else _TYPE
    return words(type=kind.name, sum=own, scale=tree.scale_of(unit_type), points=tree.points)


def _of_total(tree: Tree) -> Iterator[Phrase]:
    if not tree.parallel and not is_same(tree.scale, tree.points):
        yield _TOTAL(scale=tree.scale, points=tree.points)


def _of_groups(tree: Tree) -> Iterator[Phrase]:
    for node in tree.nodes:
        if isinstance(node, Group) and node.is_repeated:
            entry = tree.printed[node.children[0].code]
            if not is_same(entry, node.points):
                yield _ENTRIES(code=node.code, title=node.title, scale=entry, points=node.points)
        is_sum = isinstance(node, Group) and node.aggregation.way is Way.SUM and node.rule is None
        if (
            is_sum
            and not (isinstance(node, Group) and node.copy_of)
            and not is_same(tree.printed[node.code], node.points)
        ):
            yield _NODE(code=node.code, title=node.title, scale=tree.printed[node.code], points=node.points)
