"""What changed, as people read it: counts, outcomes, and rows by class with old and new side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from lawgov_score.content import labels
from lawgov_score.model import Tree
from lawgov_score.places import place_text
from lawgov_score.problems import TextPlace
from lawgov_score.report import MOST_NAMED, render
from lawgov_score.revision import Affects, Change, Id, Revision, Said
from lawgov_score.wording import Language, Phrase, Text, Words

TITLE = Words("指标体系变化对照表", "What changed in the indicator tree")
OLD_TREE = Words(
    "原：{title}（{edition} 版，编码 {code}{where}）", "Old: {title} (edition {edition}, code {code}{where})"
)
NEW_TREE = Words(
    "新：{title}（{edition} 版，编码 {code}{where}）", "New: {title} (edition {edition}, code {code}{where})"
)
_HEAD = "tree.yaml"  # a tree is named by its folder
_WHERE = Words("，取自 {where}", ", from {where}")
_WEIGHTS = Words("，分值采用“{title}”", ', points of "{title}"')
CLASSES: Mapping[Affects, Words] = MappingProxyType(
    {
        Affects.SCORE: Words("影响得分", "Scores"),
        Affects.FILLING: Words("影响填报", "Filling in"),
        Affects.TEXT: Words("文字", "Words"),
    }
)
COUNT = Words("{name} {n} 处", "{name}: {n}")
_NO_CHANGE = Words("两个指标体系内容相同，没有变化。", "The two trees mean the same: nothing changed.")
_TYPED = Words(
    "内容没有变化，只是写法不同（次序、默认值、空格等）。两个体系的指纹因此不同：按原体系下发的填报表报来时会有提示，重新生成填报表后不再提示。",
    "Nothing changed in meaning, only in how it is written (order, defaults, blanks). The fingerprints differ: "
    "workbooks made from the old tree say so until they are made anew.",
)
NAMES: Mapping[Id, Words] = MappingProxyType(
    {
        Id.POINTS: Words("分值", "points"),
        Id.RULE: Words("计分方式", "rule"),
        Id.PARAMETER: Words("评分标准", "standard"),
        Id.APPLIES_TO: Words("适用范围", "applies to"),
        Id.ON_ZERO: Words("分母为零时", "zero denominator"),
        Id.AGGREGATION: Words("汇总方式", "aggregation"),
        Id.POLICY: Words("计分办法", "policy"),
        Id.GRADE: Words("等次", "grades"),
        Id.VETO: Words("一票否决", "veto"),
        Id.ADJUSTMENT: Words("加分扣分", "bonus and penalty"),
        Id.ADDED: Words("新增", "new"),
        Id.REMOVED: Words("删除", "removed"),
        Id.MOVED: Words("移动", "moved"),
        Id.FIELD_ADDED: Words("新增填报项", "new field"),
        Id.FIELD_REMOVED: Words("取消填报项", "field removed"),
        Id.FIELD_TYPE: Words("填报要求", "how it is filled in"),
        Id.FIELD_BOUND: Words("填报范围", "bounds and checks"),
        Id.EVIDENCE: Words("佐证材料", "evidence"),
        Id.TITLE: Words("名称", "title"),
        Id.NOTE: Words("说明", "note"),
        Id.BASIS: Words("依据", "basis"),
        Id.LEAD: Words("牵头单位", "lead"),
        Id.ASSIST: Words("责任单位", "assisting units"),
        Id.ORDER: Words("顺序", "order"),
        Id.EDITION: Words("版本", "edition"),
        Id.RENUMBERED: Words("疑似改号", "renumbered?"),
    }
)
NOTHING = Words("—", "—")
HEAD_OF_TREE = Words("（体系）", "(the tree)")
_KIND = Words("{kind}：{parts:list}", "{kind}: {parts:list}")
_KINDS = Words("{kinds}", "{kinds}")
_DOUBT = Words(
    "疑似改号的，名称或填报项相同而编码不同；程序按删除一项、新增一项处理，不认作同一项，请人工确认。",
    "Renumbered? The title or the questions are the same under another code. It counts as one item removed and one "
    "added, never as the same: somebody has to look.",
)
_REUSED = Words(
    "编码相同而名称和填报项都不同的 {n} 项，可能是编码给了另一项，请人工确认：{codes:list}{more}",
    "Under {n} codes neither the title nor any question is the same. Another item may have the code now: somebody "
    "has to look: {codes:list}{more}",
)
_ELSEWHERE = Words("{old}（原名称现用编码 {new}）", "{old} (its old title is at {new})")
_MORE = Words("等", " and others")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison: changes of one node that read the same stand together."""

    affects: Affects
    code: str
    title: Text
    what: Text
    old: Said
    new: Said
    places: tuple[TextPlace | None, TextPlace | None]
    count: int = 1


def counts(changes: Iterable[Change]) -> Mapping[Affects, int]:
    """How many changes there are of each class, the gravest first."""
    found = dict.fromkeys(Affects, 0)
    for one in changes:
        found[one.affects] += 1
    return found


def outcome(revision: Revision) -> tuple[Phrase, ...]:
    """What has to be said of the whole: how many changes, that there are none, that codes may have changed."""
    if not revision.changes:
        is_same = revision.old.fingerprint == revision.new.fingerprint
        return ((_NO_CHANGE if is_same else _TYPED)(),)
    counted = counts(revision.changes).items()
    told: list[Phrase] = [
        _KINDS(kinds=tuple(COUNT(name=CLASSES[affects], n=n) for affects, n in counted)),
    ]
    if any(one.id is Id.RENUMBERED for one in revision.changes):
        told.append(_DOUBT())
    if revision.reused_codes:
        codes = [_ELSEWHERE(old=old, new=new) if new else old for old, new in revision.reused_codes.items()]
        more = _MORE() if len(codes) > MOST_NAMED else ""
        told.append(_REUSED(n=len(codes), codes=tuple(codes[:MOST_NAMED]), more=more))
    return tuple(told)


def trees(revision: Revision) -> tuple[Phrase, Phrase]:
    """Both trees, each named; where title, edition and code are the same, by what else tells them apart."""
    both = revision.old, revision.new
    where: list[Text] = ["", ""]
    if len({(tree.title, tree.edition, tree.code) for tree in both}) == 1:
        if both[0].path != both[1].path:
            where = [_WHERE(where=name) for name in _apart(*(tree.path for tree in both))]
        elif both[0].weight_set != both[1].weight_set:
            where = [_WEIGHTS(title=tree.weight_set) if tree.weight_set else "" for tree in both]

    def named(words: Words, tree: Tree, where: Text) -> Phrase:
        return words(title=tree.title, edition=tree.edition, code=tree.code, where=where)

    return named(OLD_TREE, both[0], where[0]), named(NEW_TREE, both[1], where[1])


def _apart(*paths: str) -> list[str]:
    """The folders (or files) of trees by as few of their last names as tell them apart, never by a whole path."""
    parts = [[one for one in PurePosixPath(path).parts if one != "/"] for path in paths]
    parts = [each[:-1] if each[-1:] == [_HEAD] and len(each) > 1 else each for each in parts]
    for n in range(1, max(map(len, parts)) + 1):
        names = ["/".join(each[-n:]) for each in parts]
        if len(set(names)) == len(names):
            break
    return names


def rows(revision: Revision) -> Mapping[Affects, tuple[Row, ...]]:
    """The rows of each class that has any, the gravest first; within a class as printed."""
    found: dict[Affects, list[Row]] = {}
    for affects in Affects:
        mine = [one for one in revision.changes if one.affects is affects]
        if mine:
            found[affects] = [_row(revision, each) for each in _together(mine)]
    return {affects: tuple(each) for affects, each in found.items()}


def _together(changes: Sequence[Change]) -> list[list[Change]]:
    """Changes that follow one another at one node and read the same on both sides: 评分标准 is said once."""
    found: list[list[Change]] = []
    for one in changes:
        last = found[-1][-1] if found else None
        if last is not None and (last.code, last.old, last.new) == (one.code, one.old, one.new) and one.key:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _row(revision: Revision, changes: Sequence[Change]) -> Row:
    first = changes[0]
    is_head = first.code == revision.new.code  # which has no code of its own in the table
    return Row(
        first.affects,
        "" if is_head else f"{first.former} → {first.code}" if first.former else first.code,
        HEAD_OF_TREE if is_head and "[" not in first.key else first.title,
        _what(changes),
        first.old,
        first.new,
        (first.old_place, first.new_place),
        len(changes),
    )


def _what(changes: Sequence[Change]) -> Text:
    """The kinds of change, each with what exactly it is where that says more."""
    told: dict[Id, list[Words]] = {}
    for one in changes:
        known = told.setdefault(one.id, [])
        if one.part not in known and one.part.zh != NAMES[one.id].zh:
            known.append(one.part)
    kinds = (
        _KIND(kind=NAMES[id_], parts=tuple(part() for part in parts)) if parts else NAMES[id_]()
        for id_, parts in told.items()
    )
    return _KINDS(kinds=tuple(kinds))


def said_text(said: Said, lang: Language) -> str:
    """One side of a change as text."""
    if said is None:
        return render(NOTHING, lang)
    return labels.printed(said) if isinstance(said, float) else render(said, lang)


def place_or_nothing(place: TextPlace | None) -> str:
    """A place; nothing where there is none."""
    return "" if place is None else place_text(place)


def records(changes: Iterable[Change], lang: Language) -> list[dict[str, object]]:
    """The changes with the keys of the contract; points are numbers, all else is words."""

    def told(said: Said) -> object:
        if said is None:
            return None
        if isinstance(said, float):
            return int(said) if said.is_integer() else said
        return render(said, lang)

    return [
        {
            "id": one.id.value,
            "class": one.affects.value,
            "code": one.code,
            "old": told(one.old),
            "new": told(one.new),
            "title": one.title,
            "old_place": None if one.old_place is None else place_text(one.old_place),
            "new_place": None if one.new_place is None else place_text(one.new_place),
            "key": one.key,
            "part": render(one.part, lang),
            **({"former": one.former} if one.former else {}),
        }
        for one in changes
    ]
