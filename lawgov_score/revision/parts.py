"""Every part of the model that two trees are compared by, with its kind of change and its words; and what has none.

The one list: a field of the model that stands nowhere here makes a test fail (tests/revision/test_parts.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from lawgov_score.content import labels
from lawgov_score.explanation import adjustments, asked, method, vetoes
from lawgov_score.explanation.grading import grade_line
from lawgov_score.explanation.node_places import standard_of
from lawgov_score.explanation.roundings import words_of
from lawgov_score.explanation.standard import group_standard, standard
from lawgov_score.explanation.ways import ADDED_UP, part_at, way_at
from lawgov_score.model import (
    NO_LIMITS,
    AdjustmentKind,
    Check,
    Cohort,
    FilledBy,
    Grade,
    Group,
    Indicator,
    Instead,
    Node,
    Policies,
    Shared,
    Tree,
    UnitType,
    Veto,
)
from lawgov_score.model.canonical import LeftOut
from lawgov_score.revision.change import Id, Said
from lawgov_score.rules.counts import Counts
from lawgov_score.rules.field import Field
from lawgov_score.wording import Phrase, Quantity, Words

Holder = TypeVar("Holder")

# What of a value does not count: what follows from the groups above or from the fields; and how a figure is printed.
AS_PRINTED: LeftOut = MappingProxyType({Instead: frozenset({"types"}), Counts: frozenset({"ranges"})})
PRINTED: LeftOut = MappingProxyType({Quantity: frozenset({"is_share", "decimals"}), **AS_PRINTED})


@dataclass(frozen=True)
class Part(Generic[Holder]):
    """One thing that may change: its kind, where the tree writes it, its name, and how it reads.

    ``names``: the fields of the model that hold it. ``words`` gets the tree too.
    """

    id: Id
    key: str
    names: tuple[str, ...]
    part: Words
    words: Callable[[Tree, Holder], Said]


_LIST = Words("{parts:list}", "{parts:list}")
_PARTS = Words("{parts}", "{parts}")
_YES, _NO = Words("是", "yes"), Words("否", "no")
_NONE = Words("无", "none")
_ALL = Words("全部单位", "every unit")
_MAY = Words("可以申报不适用", "a unit may claim that it does not apply")
_MAY_NOT = Words("不可申报不适用", "no unit may claim that it does not apply")
_FILLED_BY = {FilledBy.UNIT: Words("单位填报", "the unit"), FilledBy.ASSESSOR: Words("考核机关填报", "the office")}
_PLAIN = Words("与同级各项相加", "added to the others")
_WEIGHT = Words("{how}（权重 {weight}）", "{how} (weight {weight})")
_AS_THE_TREE = Words("按全体系的规定", "as the tree says")
_CHECK = Words("{says}（{holds}）", "{says} ({holds})")
_NAME = Words("{name}（{code}）", "{name} ({code})")
_WHOLE = Words("{name}（{code}，全部指标适用）", "{name} ({code}, every indicator applies)")
_COHORT = Words("{name}（{code}）：{types:list}", "{name} ({code}): {types:list}")
_CODED = Words("{code} {title}", "{code} {title}")
_WAIVER = Words("{code} {node}：{reason}", "{code} {node}: {reason}")
_LETTER = Words("{letter} 为 {score:points}", "{letter} is {score:points}")
_LIMITS_NONE = Words("没有规定", "nothing is said")
_TURNED = Words("分低者为先，扣分使总分升高", "less is better: a penalty raises the total")
_NOT_TURNED = Words("加分使总分升高，扣分使总分降低", "a bonus raises the total, a penalty lowers it")
_REPEATED = Words("重复：{names:list}", "repeated: {names:list}")
_ONCE = Words("不重复", "not repeated")
_NODE = Words("{node}。{standard}", "{node}. {standard}")
_NODE_AT_TOP = Words("{title}，{points} 分", "{title}, {points} points")
_NODE_BELOW = Words("{title}，{points} 分，列在“{above}”之下", "{title}, {points} points, under “{above}”")
_PARALLEL = {
    True: Words("第一级各项是平行的几套指标体系", "the top nodes are parallel trees"),
    False: Words("一套指标体系", "one tree"),
}
_SHOWN = {True: Words("单位看得到评审人", "units read who reviewed"), False: Words("单位看不到评审人", "they do not")}
_EQUALS = {True: Words("并列的位次前加“=”", 'places that are shared have "="'), False: Words("不加“=”", 'no "="')}


def text_or_none(text: str) -> Said:
    """A text; None where it is empty."""
    return text or None


def listed(parts: tuple[object, ...]) -> Said:
    """A list; None where it is empty."""
    return _LIST(parts=parts) if parts else None


def node_words(tree: Tree, node: Node) -> Phrase:
    """A node as it reads by itself: title, points, the group that it stands in, standard."""
    told = standard(tree, node) if isinstance(node, Indicator) else group_standard(tree, node)
    alone = node_alone(tree, node)
    return alone if told is None else _NODE(node=alone, standard=told)


def node_alone(tree: Tree, node: Node) -> Phrase:
    """A node by title, points and group, where its standard is not written yet."""
    words = {"title": node.title, "points": _points(tree, node)}
    above = _group_of(tree, node)
    return _NODE_AT_TOP(**words) if above is None else _NODE_BELOW(**words, above=named(above))


def _group_of(tree: Tree, node: Node) -> Node | None:
    """The group that a node stands in, as the tree writes it; None at the top."""
    code = tree.parents[node.code]
    if code == tree.code:
        return None
    above = tree.by_code[code]
    return _group_of(tree, above) if isinstance(above, Group) and above.repetition else above


def named(node: Node | Tree) -> Phrase:
    """Code and title."""
    code = (node.copy_of or node.code) if not isinstance(node, Tree) else node.code
    return _CODED(code=code, title=node.title)


def repetitions(node: Node) -> tuple[str, ...]:
    """The titles of the repetitions of a repeated group; empty where it is not repeated."""
    return tuple(each.title for each in node.children if isinstance(each, Group) and each.repetition)


def _repetition(tree: Tree, node: Group) -> Said:
    """The repetitions by name, and among which entries each has its place."""
    if not repetitions(node):
        return _ONCE
    names, places = _REPEATED(names=repetitions(node)), standard_of(tree, node)
    return names if places is None else _PARTS(parts=(names, places))


def check_words(checks: tuple[Check, ...]) -> Said:
    """What is checked between answers."""
    return listed(tuple(_CHECK(says=one.says, holds=one.holds.text) for one in checks))


def _points(tree: Tree, node: Node) -> object:
    points = labels.points_of(tree, node.code)
    return labels.printed(points) if isinstance(points, float) else points


def _worth(tree: Tree, node: Node) -> Said:
    return labels.points_of(tree, node.code)


def _counts(tree: Tree, node: Node) -> Said:
    how = part_at(tree, node) or _PLAIN()
    return how if node.weight in {None, -1, 0} else _WEIGHT(how=how, weight=node.weight)


def standard_words(tree: Tree, node: Node | Tree) -> Said:
    """评分标准 of a node, or of the total; of what adds up, that it does."""
    if isinstance(node, Indicator):
        return standard(tree, node)
    if isinstance(node, Tree):
        return way_at(tree, tree) or ADDED_UP
    return group_standard(tree, node) or ADDED_UP


def _applies(tree: Tree, node: Indicator) -> Said:
    names = tuple(kind.name for kind in tree.unit_types if kind.code in node.applies_to)
    return listed(names) if node.applies_to else _ALL


def _places(tree: Tree, node: Node) -> Said:
    return standard_of(tree, node)


def _rounding(tree: Tree, node: Node) -> Said:
    return _AS_THE_TREE if node.rounding is None else words_of(node.rounding)


_TITLE = Words("名称", "title")
_POINTS = Words("分值", "points")
_WEIGHS = Words("权重、计入方式", "weight, how it counts")
_FIGURES = Words("计分参数", "figures of the rule")
_KIND = Words("计分方式", "rule")
_PLACES_PART = Words("单项名次", "places at the item")
_BANDS = Words("分档评语", "words for scores")
_ROUNDING_PART = Words("舍入", "rounding")
_WAY = Words("汇总方式", "aggregation")
_CHECKS = Words("核对关系", "checks")
_LAST = Words("末位一票否决", "veto of the last places")
_OWN_STANDARD = Words("原文评分标准", "the scheme's own standard")
_NOTE = Words("说明", "note")
_INTERNAL = Words("内部说明", "note for the office")
_BASIS = Words("依据", "basis")

# Parts whose figures may go by unit type: each type's own are looked at.
BY_TYPE = frozenset({"points", "out_of", "cap", "floor"})

NODE: tuple[Part[Node], ...] = (
    Part(Id.TITLE, "title", ("title",), _TITLE, lambda tree, node: node.title),
    Part(Id.POINTS, "points", ("points",), _POINTS, _worth),
    Part(Id.AGGREGATION, "weight", ("weight", "bonus"), _WEIGHS, _counts),
    Part(Id.POLICY, "rounding", ("rounding",), _ROUNDING_PART, _rounding),
    Part(Id.POLICY, "ranked", ("ranked",), _PLACES_PART, _places),
    Part(Id.VETO, "last", ("last",), _LAST, _places),
    Part(Id.BASIS, "basis", ("basis",), _BASIS, lambda tree, node: text_or_none(node.basis)),
    Part(Id.NOTE, "standard", ("standard",), _OWN_STANDARD, lambda tree, node: text_or_none(node.standard)),
    Part(Id.NOTE, "note", ("note",), _NOTE, lambda tree, node: text_or_none(node.note)),
    Part(Id.NOTE, "internal_note", ("internal_note",), _INTERNAL, lambda tree, node: text_or_none(node.internal_note)),
)

INDICATOR: tuple[Part[Indicator], ...] = (
    Part(Id.PARAMETER, "value", ("value",), Words("指标值的算法", "how the value is calculated"), standard_words),
    Part(
        Id.PARAMETER, "no_previous", ("no_previous",), Words("没有上年数据时", "without last edition"), standard_words
    ),
    Part(Id.ON_ZERO, "on_zero", ("base", "on_zero"), Words("分母为零时", "zero denominator"), standard_words),
    Part(Id.APPLIES_TO, "applies_to", ("applies_to",), Words("适用单位", "applies to"), _applies),
    Part(
        Id.APPLIES_TO,
        "may_not_apply",
        ("may_not_apply",),
        Words("申报不适用", "claims"),
        lambda tree, node: _MAY if node.may_not_apply else _MAY_NOT,
    ),
    Part(
        Id.APPLIES_TO,
        "when_not_applicable",
        ("instead", "no_mean"),
        Words("不适用时的得分", "score where it does not apply"),
        standard_words,
    ),
    Part(Id.VETO, "vetoes", ("vetoes",), Words("触发的一票否决", "vetoes it triggers"), standard_words),
    Part(Id.FIELD_BOUND, "checks", ("checks",), _CHECKS, lambda tree, node: check_words(node.checks)),
    Part(
        Id.FIELD_TYPE,
        "filled_by",
        ("filled_by",),
        Words("由谁填报", "who fills it in"),
        lambda tree, node: _FILLED_BY[node.filled_by],
    ),
    Part(
        Id.EVIDENCE,
        "evidence",
        ("evidence",),
        Words("佐证材料", "evidence"),
        lambda tree, node: listed(node.evidence),
    ),
    Part(Id.LEAD, "lead", ("lead",), Words("牵头单位", "lead"), lambda tree, node: listed(node.lead)),
    Part(
        Id.ASSIST, "assist", ("assist",), Words("责任单位", "assisting units"), lambda tree, node: listed(node.assist)
    ),
    Part(
        Id.TITLE,
        "value_name",
        ("value_name",),
        Words("指标值的名称", "name of the value"),
        lambda tree, node: text_or_none(node.value_name),
    ),
    Part(
        Id.NOTE,
        "measured_in",
        ("measured_in",),
        Words("指标值的计量单位", "unit of the value"),
        lambda tree, node: text_or_none(node.measured_in),
    ),
)

GROUP: tuple[Part[Group], ...] = (
    Part(Id.AGGREGATION, "aggregate", ("aggregation",), _WAY, standard_words),
    Part(Id.AGGREGATION, "uses", ("uses",), Words("采用的其他指标", "nodes used"), standard_words),
    Part(Id.AGGREGATION, "out_of", ("out_of",), Words("折算前的合计", "sum before conversion"), standard_words),
    Part(Id.AGGREGATION, "cap", ("cap",), Words("最高得分", "cap"), standard_words),
    Part(Id.AGGREGATION, "floor", ("floor",), Words("最低得分", "floor"), standard_words),
    Part(Id.POLICY, "missing", ("missing",), Words("其下未填报的", "what is missing below"), standard_words),
    Part(Id.POLICY, "coverage_at_least", ("coverage_at_least",), Words("最低填报率", "coverage"), standard_words),
    Part(Id.NOTE, "theme", ("theme",), Words("主题", "theme"), lambda tree, node: text_or_none(node.theme)),
)


def _limits(tree: Tree, _: Tree) -> Said:
    nothing = tree.adjustment_limits is NO_LIMITS and not tree.adjustments
    return _LIMITS_NONE if nothing else adjustments.limit_rules(tree)


def _notes(tree: Tree, _: Tree) -> Said:
    return listed(tuple(_WAIVER(code=one.code, node=one.node, reason=one.reason) for one in tree.waivers))


def _letters(tree: Tree, _: Tree) -> Said:
    return listed(tuple(_LETTER(letter=one.letter, score=one.score) for one in tree.letters))


TREE: tuple[Part[Tree], ...] = (
    Part(Id.EDITION, "code", ("code",), Words("体系编码", "code of the tree"), lambda tree, _: tree.code),
    Part(Id.EDITION, "edition", ("edition",), Words("版本", "edition"), lambda tree, _: tree.edition),
    Part(Id.EDITION, "year", ("year",), Words("考核年度", "assessed year"), lambda tree, _: str(tree.year)),
    Part(Id.TITLE, "title", ("title",), _TITLE, lambda tree, _: tree.title),
    Part(
        Id.TITLE, "levels", ("levels",), Words("层级名称", "names of the levels"), lambda tree, _: listed(tree.levels)
    ),
    Part(
        Id.TITLE,
        "result_title",
        ("result_title",),
        Words("结果标题", "title of the results"),
        lambda tree, _: text_or_none(tree.result_title),
    ),
    Part(Id.POINTS, "points", ("points",), Words("总分", "points of the tree"), lambda tree, _: tree.points),
    Part(Id.AGGREGATION, "aggregate", ("aggregation",), _WAY, standard_words),
    Part(Id.AGGREGATION, "uses", ("uses",), Words("采用的其他指标", "nodes used"), standard_words),
    Part(Id.AGGREGATION, "out_of", ("out_of",), Words("折算前的合计", "sum before conversion"), standard_words),
    Part(
        Id.AGGREGATION,
        "parallel",
        ("parallel",),
        Words("平行指标体系", "parallel trees"),
        lambda tree, _: _PARALLEL[tree.parallel],
    ),
    Part(Id.GRADE, "letters", ("letters",), Words("字母等级", "letters"), _letters),
    Part(
        Id.ADJUSTMENT,
        "adjustment_limits",
        ("adjustment_limits",),
        Words("加分扣分限额", "limits of bonus and penalty"),
        _limits,
    ),
    Part(
        Id.ADJUSTMENT,
        "register",
        ("register_is_lower",),
        Words("加分扣分的方向", "direction of bonus and penalty"),
        lambda tree, _: _TURNED if tree.register_is_lower else _NOT_TURNED,
    ),
    Part(Id.NOTE, "notice", ("notice",), Words("体系说明", "notice"), lambda tree, _: text_or_none(tree.notice)),
    Part(Id.NOTE, "issuer", ("issuer",), Words("印发机关", "issuer"), lambda tree, _: text_or_none(tree.issuer)),
    Part(
        Id.NOTE,
        "weights",
        ("weight_set",),
        Words("权重方案", "weight set"),
        lambda tree, _: text_or_none(tree.weight_set),
    ),
    Part(Id.NOTE, "waivers", ("waivers",), Words("准予保留", "waivers"), _notes),
)


def _policy(name: str) -> Callable[[Tree, Policies], Said]:
    return lambda tree, _: method.policy_words(tree, name)


POLICIES: tuple[Part[Policies], ...] = (
    *(
        Part(Id.POLICY, f"policies.{key}", (name,), part, _policy(name))
        for name, key, part in (
            ("round_indicator", "rounding.indicator", Words("指标得分的舍入", "rounding of indicators")),
            ("round_group", "rounding.group", Words("分类得分的舍入", "rounding of groups")),
            ("round_total", "rounding.total", Words("总分的舍入", "rounding of totals")),
            ("rank_on_rounded", "rank.by", Words("排位依据", "what places follow")),
            ("ties", "rank.ties", Words("同分的位次", "ties")),
            ("tie_breakers", "rank.tie_breakers", Words("同分比较", "tie-breakers")),
            ("lower_is_better", "rank.better", Words("排位方向", "which total is first")),
            ("grade_by", "grade.of", Words("等次所看的得分", "what grades look at")),
            ("grade_on_rounded", "grade.by", Words("等次看舍入前后", "rounded or not, for grades")),
            ("missing", "missing", Words("未填报", "missing answers")),
            ("not_applicable", "not_applicable", Words("不适用的折算", "what does not apply")),
            ("invalid", "invalid", Words("填报有误", "wrong answers")),
            ("claims", "claims", Words("申报不适用的认定", "claims")),
            ("coverage_at_least", "coverage_at_least", Words("最低填报率", "coverage for a grade")),
            ("cohort_size", "cohort_size", Words("考核分组的单位数", "how a cohort is counted")),
        )
    ),
    Part(
        Id.NOTE,
        "policies.rank.equals_sign",
        ("equals_sign",),
        Words("并列位次的印法", "how shared places are printed"),
        lambda tree, _: _EQUALS[tree.policies.equals_sign],
    ),
    Part(
        Id.NOTE,
        "policies.show_reviewers",
        ("show_reviewers",),
        Words("评审人是否公开", "who reads the reviewers' names"),
        lambda tree, _: _SHOWN[tree.policies.show_reviewers],
    ),
)


@dataclass(frozen=True)
class OfField:
    """A field together with what asks it, which knows the names in its bounds."""

    by: Indicator | Shared
    field: Field


def _field(_: Tree, one: OfField) -> Said:
    return asked.field(one.by, one.field)


def _field_type(_: Tree, one: OfField) -> Said:
    facts: list[object] = [asked.TYPES[one.field.type]()]
    facts += [_IN_COVERAGE()] if one.field.in_coverage else []
    return _TYPED(field=asked.field(one.by, one.field), facts=tuple(facts))


_TYPED = Words("{field}：{facts:list}", "{field}: {facts:list}")
_IN_COVERAGE = Words("计入填报率", "counts in coverage")

FIELD: tuple[Part[OfField], ...] = (
    Part(
        Id.FIELD_TYPE,
        "type",
        ("type", "measured_in", "choices", "substitute", "never", "in_coverage"),
        Words("填报项的类型", "type of the field"),
        _field_type,
    ),
    Part(Id.FIELD_BOUND, "bounds", ("at_least", "at_most"), Words("填报项的上下限", "bounds of the field"), _field),
    Part(Id.TITLE, "name", ("name",), Words("填报项的名称", "name of the field"), lambda _, one: one.field.name),
    Part(Id.NOTE, "note", ("note",), Words("填报项的说明", "note of the field"), lambda _, one: one.field.note or None),
)
FIELD_ADDED = Part[OfField](Id.FIELD_ADDED, "", (), Words("新增填报项", "new field"), _field)
FIELD_REMOVED = Part[OfField](Id.FIELD_REMOVED, "", (), Words("取消填报项", "field no longer asked"), _field)


@dataclass(frozen=True)
class Entries(Generic[Holder]):
    """A list in the head of the tree, whose entries have a code: what an entry is called, and what of it may change."""

    name: str  # the field of Tree
    code: Callable[[Holder], str]
    title: Callable[[Holder], str]
    whole: Part[Holder]  # an entry that came or went
    parts: tuple[Part[Holder], ...]
    order: Part[object]  # another order of the entries

    def key(self, entry: str) -> str:
        """Where an entry stands in the head of the tree."""
        return f"{self.name}[{entry}]"


def _order(id_: Id, part: Words) -> Part[object]:
    return Part(id_, "order", (), part, lambda tree, one: None)


def _effects(tree: Tree, veto: Veto) -> Said:
    return _PARTS(parts=(vetoes.named(veto), *vetoes.effects(tree, veto)))


def _kind(tree: Tree, kind: AdjustmentKind) -> Said:
    return adjustments.kind_rule(tree, kind)


def _type(_: Tree, kind: UnitType) -> Said:
    return (_WHOLE if kind.whole else _NAME)(name=kind.name, code=kind.code)


def _cohort(tree: Tree, cohort: Cohort) -> Said:
    names = {kind.code: kind.name for kind in tree.unit_types}
    types = tuple(names.get(code, code) for code in cohort.unit_types)
    return (
        _COHORT(name=cohort.name, code=cohort.code, types=types) if types else _NAME(name=cohort.name, code=cohort.code)
    )


_UNIT_TYPE, _A_COHORT, _GRADE = Words("单位类型", "unit type"), Words("考核分组", "cohort"), Words("等次", "grade")
_VETO, _REGISTER = Words("一票否决", "veto"), Words("加分扣分", "bonus and penalty")
_NAMED = Words("名称", "title")

UNIT_TYPES: Entries[UnitType] = Entries(
    "unit_types",
    lambda one: one.code,
    lambda one: one.name,
    Part(Id.APPLIES_TO, "", (), _UNIT_TYPE, _type),
    (
        Part(Id.TITLE, "name", ("name",), _NAMED, lambda _, one: one.name),
        Part(Id.APPLIES_TO, "whole", ("whole",), _UNIT_TYPE, _type),
    ),
    _order(Id.ORDER, Words("单位类型的顺序", "order of unit types")),
)
COHORTS: Entries[Cohort] = Entries(
    "cohorts",
    lambda one: one.code,
    lambda one: one.name,
    Part(Id.POLICY, "", (), _A_COHORT, _cohort),
    (
        Part(Id.TITLE, "name", ("name",), _NAMED, lambda _, one: one.name),
        Part(Id.POLICY, "unit_types", ("unit_types",), _A_COHORT, _cohort),
    ),
    _order(Id.ORDER, Words("考核分组的顺序", "order of cohorts")),
)
GRADES: Entries[Grade] = Entries(
    "grades",
    lambda one: one.name,
    lambda one: one.name,
    Part(Id.GRADE, "", (), _GRADE, grade_line),
    (Part(Id.GRADE, "line", ("at_least", "at_most", "is_strict", "quota", "lines"), _GRADE, grade_line),),
    _order(Id.GRADE, Words("等次的顺序", "order of grades")),
)
VETOES: Entries[Veto] = Entries(
    "vetoes",
    lambda one: one.code,
    lambda one: one.title,
    Part(Id.VETO, "", (), _VETO, _effects),
    (
        Part(Id.TITLE, "title", ("title",), _NAMED, lambda _, one: one.title),
        Part(Id.VETO, "effects", ("grade_at_most", "bars", "node_zero", "deduct", "total_zero"), _VETO, _effects),
    ),
    _order(Id.ORDER, Words("一票否决的顺序", "order of vetoes")),
)
ADJUSTMENTS: Entries[AdjustmentKind] = Entries(
    "adjustments",
    lambda one: one.code,
    lambda one: one.title,
    Part(Id.ADJUSTMENT, "", (), _REGISTER, _kind),
    (
        Part(Id.TITLE, "title", ("title",), _NAMED, lambda _, one: one.title),
        Part(Id.BASIS, "basis", ("basis",), _BASIS, lambda _, one: text_or_none(one.basis)),
        Part(Id.ADJUSTMENT, "points", ("sign", "each", "levels", "highest_only", "cap"), _REGISTER, _kind),
    ),
    _order(Id.ADJUSTMENT, Words("加分扣分的顺序", "order of bonus and penalty")),  # those listed first count first
)

# What is compared in a way of its own (revision/compare.py), and how that is called.
RULE = Part[Node | Tree](Id.RULE, "rule", ("rule", "written"), _KIND, standard_words)
PARAMETER = Part[Node | Tree](Id.PARAMETER, "rule", ("rule", "written"), _FIGURES, standard_words)
SMALL = Part[Node | Tree](
    Id.PARAMETER, "small_sample", ("small_sample", "written"), Words("小样本", "small samples"), standard_words
)
TYPED = Part[Node | Tree](
    Id.NOTE, "rule.printed", (), Words("评分标准的写法", "how figures are printed"), standard_words
)
BANDS = Part[Node](Id.GRADE, "bands", ("bands", "written"), _BANDS, _places)
REPEAT = Part[Group](
    Id.AGGREGATION,
    "repeat",
    ("children", "is_named"),
    Words("重复", "repetition"),
    _repetition,
)
ENTRIES_PLACED = Part[Group](
    Id.POLICY, "repeat.ranked", ("ranked", "among"), Words("重复的各个的名次", "places of the entries"), _places
)
SHARED_CHECKS = Part[Shared](Id.FIELD_BOUND, "checks", ("checks",), _CHECKS, lambda _, one: check_words(one.checks))

# What came, went, or stands elsewhere: both sides are worded where it is found.
ADDED = Part[Node](Id.ADDED, "", (), Words("新增", "new"), node_words)
REMOVED = Part[Node](Id.REMOVED, "", (), Words("删除", "removed"), node_words)
MOVED = Part[Node](Id.MOVED, "", (), Words("所属上级", "what it stands below"), node_words)
RENUMBERED = Part[Node](Id.RENUMBERED, "", (), Words("疑似改号", "renumbered?"), node_words)
ORDER = Part[Node](Id.ORDER, "children", (), Words("下级的顺序", "order of what is below"), node_words)
FIELD_ORDER = Part[OfField](Id.ORDER, "fields", (), Words("填报项的顺序", "order of fields"), _field)

# Fields of the model that are no part of what a tree means, each with why; those that ``compare`` looks at otherwise.
OF_THEIR_OWN: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        Tree: frozenset(
            {
                *("children", "rule", "written", "shared", "policies", "own"),
                *("unit_types", "cohorts", "grades", "vetoes", "adjustments"),
            }
        ),
        Group: frozenset({"code", "children", "rule", "written", "shared", "bands", "is_named", "among"}),
        Indicator: frozenset({"code", "rule", "written", "fields", "small_sample", "bands"}),
        Shared: frozenset({"fields", "checks"}),
        Field: frozenset({"code", "asked_at"}),
        UnitType: frozenset({"code"}),
        Cohort: frozenset({"code"}),
        Grade: frozenset({"name"}),
        Veto: frozenset({"code"}),
        AdjustmentKind: frozenset({"code"}),
    }
)
NO_MEANING: Mapping[type, Mapping[str, str]] = MappingProxyType(
    {
        Tree: {
            "problems": "what it was loaded with",
            "fingerprint": "follows from the content, however it is typed",
            "path": "a place",
            "weights_path": "a place",
            "types": "of which unit types' figures it speaks: those of both trees stand side by side",
        },
        Group: {
            "place": "a place",
            "repetition": "the number of a copy; copies are all the same",
            "copy_of": "of a copy",
        },
        Indicator: {
            "place": "a place",
            "copy_of": "of a copy",
            "is_taken_off": "follows from its weight and from those of the groups above",
        },
        Shared: {
            "place": "a place",
            "copy_of": "of a copy",
            "code": "that of the group or of the tree",
            "above": "the shared fields of the groups above, which are compared there",
        },
        Field: {"missing_choices": "follows from the options of the rule"},
    }
)
