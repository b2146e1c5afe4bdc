"""The changes that may move scores, in a few bundles: who moves by which is shared out over every order of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lawgov_score.model import Indicator
from lawgov_score.revision.change import Affects, Change, Id
from lawgov_score.revision.pairs import ROOT, Pairs
from lawgov_score.revision.sameness import read_rule
from lawgov_score.wording import Phrase, Text, Words

_STRUCTURE = Words("增加、删除、移动的指标", "items added, removed, moved")
_STANDARDS = Words("评分标准和填报项", "standards and what is asked")
_APPLIES = Words("适用范围", "what applies to whom")
_POINTS = Words("分值和权重", "points and weights")
_WAYS = Words("汇总方式和计分办法", "aggregation and policies")
_GRADES = Words("等次、一票否决、加分扣分", "grades, vetoes, bonus and penalty")
# The bundles of many changes; where changes that only go together are of several, the first of these counts.
_SUBJECTS: Mapping[Words, frozenset[Id]] = MappingProxyType(
    {
        _STRUCTURE: frozenset({Id.ADDED, Id.REMOVED, Id.MOVED, Id.RENUMBERED}),
        _STANDARDS: frozenset(
            {
                *(Id.RULE, Id.PARAMETER, Id.ON_ZERO, Id.FIELD_ADDED, Id.FIELD_REMOVED, Id.FIELD_TYPE, Id.FIELD_BOUND),
                Id.EVIDENCE,
            }
        ),
        _APPLIES: frozenset({Id.APPLIES_TO}),
        _POINTS: frozenset({Id.POINTS}),
        _WAYS: frozenset({Id.AGGREGATION, Id.POLICY}),
        _GRADES: frozenset({Id.GRADE, Id.VETO, Id.ADJUSTMENT}),
    }
)
MOST = len(_SUBJECTS)  # of so few bundles every order can be tried
_ONE = Words("{code} {title}：{part}", "{code} {title}: {part}")
_PART = Words("{part}", "{part}")
# What stands in a list of the head (等次, 考核分组, 加分扣分) has no code of its own.
_ENTRY = Words("调整{part}：{title}", "{part}: {title}")
_ENTRY_NEW = Words("新增{part}：{title}", "new {part}: {title}")
_ENTRY_GONE = Words("取消{part}：{title}", "{part} removed: {title}")
_SEVERAL = Words("{first} 等 {n} 处", "{first} and others, {n} in all")
GIVEN_AWAY = Words("编码改作另一项", "the code given to another item")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Changes that are made together: a name for a heading, and the changes; ``telling``: those that may move scores.

    Of a code that another item has now, its new title stands for all of them. ``has_roster``: the new roster comes with
    them.
    """

    name: Text
    changes: tuple[Change, ...]
    telling: tuple[Change, ...] = ()
    has_roster: bool = False


def bundled(
    components: Sequence[tuple[Change, ...]],
    most: int = MOST,
    root: str = "",
    given_away: Collection[str] = (),
) -> tuple[Bundle, ...]:
    """The components that may move scores, in at most ``most`` bundles: each by itself, or by subject.

    ``root``: the code of the new tree, by which changes of its head are known. ``given_away``: the codes that another
    item has now.

    Components whose changes are words alone are in none: no score hangs on them (nor on the year: whoever rehearses
    holds the assessed year). What has another code, or a code that was another item's, is no change of words alone:
    last year's answers are not about it.
    """

    def told(changes: Sequence[Change]) -> tuple[Change, ...]:
        return tuple(one for one in changes if _is_telling(one, given_away))

    telling = [each for each in components if told(each)]
    if len(telling) <= most:
        return tuple(Bundle(_named(told(each), root, given_away), each, told(each)) for each in telling)
    found: dict[Words, list[Change]] = {subject: [] for subject in _SUBJECTS}
    for component in telling:
        found[_subject(component, given_away)] += component
    return tuple(Bundle(subject, tuple(each), told(each)) for subject, each in found.items() if each)


def _is_telling(one: Change, given_away: Collection[str]) -> bool:
    if one.code in given_away and "[" not in one.key:
        return one.key == "title"
    return one.affects is not Affects.TEXT or one.id is Id.RENUMBERED


def balanced(components: Sequence[tuple[Change, ...]], pairs: Pairs) -> tuple[tuple[Change, ...], ...]:
    """The components, joined where points are only given to one item because another gives them up.

    A tree with one of these changes alone can be made and scored, and nobody would propose it: its points do not add
    up. So what is worth more or less, comes and goes below one node is one decision, with the points of that node; and
    so are an item's points and the scores that its rule prints, where these follow the points. Cohorts are one too.
    """
    above = list(range(len(components)))
    at: dict[str, list[int]] = {}
    for i, component in enumerate(components):
        for one in component:
            for key in _accounts(one, pairs):
                at.setdefault(key, []).append(i)

    def top(i: int) -> int:
        while above[i] != i:
            i = above[i]
        return i

    worth = {one.code for each in components for one in each if one.id is Id.POINTS}
    for key, numbers in at.items():
        first, *others = numbers
        if key.startswith("rule:") and key.removeprefix("rule:") not in worth:
            continue  # rule and figures alone: nothing follows points
        for other in others:
            above[max(top(first), top(other))] = min(top(first), top(other))
    found: dict[int, list[Change]] = {}
    for i, component in enumerate(components):
        found.setdefault(top(i), []).extend(component)
    return tuple(tuple(each) for each in found.values())


def _accounts(one: Change, pairs: Pairs) -> Iterator[str]:
    """What points are taken from or given to by a change, and units: each has to come out even."""
    new, old = pairs.new, pairs.old
    if one.id is Id.POINTS:
        if one.code in new.nodes:
            yield f"below:{new.parents[one.code]}"
            yield f"below:{old.parents[pairs.to_old.get(one.code, one.code)]}"
        yield f"below:{one.code if one.code in new.nodes else ROOT}"
        yield f"rule:{one.code}"
    elif one.id in {Id.ADDED, Id.MOVED, Id.RENUMBERED} and one.code in new.nodes:
        yield f"below:{new.parents[one.code]}"
    was = one.former or pairs.to_old.get(one.code, one.code)
    if one.id in {Id.REMOVED, Id.MOVED, Id.RENUMBERED} and was in old.nodes:
        yield f"below:{pairs.to_new.get(old.parents[was], old.parents[was])}"
    if one.key.startswith("cohorts["):
        yield "cohorts"  # who leaves one comes into another
    if one.id in {Id.RULE, Id.PARAMETER} and one.code in pairs.both and _follows(one.code, pairs):
        yield f"rule:{one.code}"


def _follows(code: str, pairs: Pairs) -> bool:
    """Does the old rule of an item not fit its new points, though it fitted the old ones?"""
    was, now = pairs.old.nodes[code], pairs.new.nodes[code]
    if not isinstance(was, Indicator) or not isinstance(now, Indicator):
        return False
    again = read_rule(was.written.rule, now.points)
    return again is not None and was.rule.bounds[1] == was.points and again.bounds[1] != now.points


def named_more(name: Text, telling: Sequence[Change]) -> Text:
    """The name of a bundle to which something that is no change of a tree has been added; a subject keeps its own."""
    if not isinstance(name, Phrase):
        return name
    return _SEVERAL(first=name.values["first"] if name.words is _SEVERAL else name, n=len(telling) + 1)


def _subject(component: Sequence[Change], given_away: Collection[str]) -> Words:
    if any(one.code in given_away for one in component):
        return _STRUCTURE  # one item went and another came
    ids = {one.id for one in component}
    return next(subject for subject, own in _SUBJECTS.items() if own & ids)


def _named(telling: Sequence[Change], root: str, given_away: Collection[str]) -> Phrase:
    one = telling[0]
    part = GIVEN_AWAY() if one.code in given_away else one.part()
    first = in_head(one, root) or _ONE(code=one.code, title=one.title, part=part)
    return first if len(telling) == 1 else _SEVERAL(first=first, n=len(telling))


def in_head(one: Change, root: str) -> Phrase | None:
    """What a change of the tree's head is about, as 调整等次：良好 or 总分的舍入; None where it is about a node."""
    if "[" in one.key:
        words = _ENTRY_NEW if one.old is None else _ENTRY_GONE if one.new is None else _ENTRY
        return words(part=one.part(), title=one.title)
    return _PART(part=one.part()) if one.code == root else None
