"""加分、扣分 in words: what a tree's kinds of the register are worth, and what register and vetoes did to one unit."""

import math

import numpy as np

from lawgov_score.explanation import vetoes
from lawgov_score.explanation.references import within
from lawgov_score.model import (
    FLOOR,
    INSIDE,
    Adjusted,
    AdjustmentKind,
    Indicator,
    RegisterEntry,
    Scores,
    Sign,
    Tree,
)
from lawgov_score.wording import Phrase, Words

PLUS = Words("+{n:points}", "+{n:points}")
MINUS = Words("−{n:points}", "−{n:points}")
_TEXT = Words("{parts}", "{parts}")

# ---------------------------------------------------------------- the tree's kinds

_SIGNS = {Sign.BONUS: Words("加分 {code}", "Bonus {code}"), Sign.PENALTY: Words("扣分 {code}", "Penalty {code}")}
_KIND = Words("{title}：{rules}", "{title}: {rules}")
_LEVEL = {
    Sign.BONUS: Words("{level}加 {n:points} 分", "{level} +{n:points}"),
    Sign.PENALTY: Words("{level}扣 {n:points} 分", "{level} −{n:points}"),
}
_EACH = {
    Sign.BONUS: Words("每次加 {n:points} 分", "+{n:points} each time"),
    Sign.PENALTY: Words("每次扣 {n:points} 分", "−{n:points} each time"),
}
# Where less is better (`register: {better: lower}`) a bonus lowers the total, and the words say that.
_LEVEL_TURNED = {
    Sign.BONUS: Words("{level}使总分降低 {n:points} 分", "{level}: the total {n:points} lower"),
    Sign.PENALTY: Words("{level}使总分升高 {n:points} 分", "{level}: the total {n:points} higher"),
}
_EACH_TURNED = {
    Sign.BONUS: Words("每次使总分降低 {n:points} 分", "the total {n:points} lower each time"),
    Sign.PENALTY: Words("每次使总分升高 {n:points} 分", "the total {n:points} higher each time"),
}
_KIND_CAP_TURNED = {
    Sign.BONUS: Words("本项最多降低 {n:points} 分", "at most {n:points} lower by this kind"),
    Sign.PENALTY: Words("本项最多升高 {n:points} 分", "at most {n:points} higher by this kind"),
}
_BONUS_CAP_TURNED = Words(
    "加分合计最多使总分降低 {n:points} 分，先列的先计",
    "bonuses lower a total by {n:points} at most, kinds listed first",
)
_PENALTY_CAP_TURNED = Words(
    "扣分合计最多使总分升高 {n:points} 分，先列的先计",
    "penalties raise a total by {n:points} at most, kinds listed first",
)
_INSIDE_TURNED = Words("扣分后总分不超过 {n:points} 分", "penalties never lift a total above {n:points}")
_OUTSIDE_TURNED = Words("扣分后总分可以超过 {n:points} 分", "penalties may lift a total above {n:points}")
_LIST = Words("{parts:list}", "{parts:list}")
_HIGHEST_ONLY = Words("同一事项只计最高一级，且只计一次", "of one matter only the highest level counts, and once")
_KIND_CAP = {
    Sign.BONUS: Words("本项最多加 {n:points} 分", "at most +{n:points} of this kind"),
    Sign.PENALTY: Words("本项最多扣 {n:points} 分", "at most −{n:points} of this kind"),
}
_BASIS = Words("依据：{basis}", "basis: {basis}")
_BONUS_CAP = Words(
    "加分合计最多 {n:points} 分，先列的先计", "bonuses at most {n:points} in total, kinds listed first count first"
)
_PENALTY_CAP = Words(
    "扣分合计最多 {n:points} 分，先列的先计", "penalties at most {n:points} in total, kinds listed first count first"
)
_INSIDE_RULE = Words("加分后总分不超过 {n:points} 分", "a total never exceeds {n:points}")
_OUTSIDE_RULE = Words("加分后总分可以超过 {n:points} 分", "a bonus may lift a total above {n:points}")
_FLOOR_RULE = Words("总分不低于 {n:points} 分", "a total never falls below {n:points}")
_NO_FLOOR_RULE = Words("总分可以为负", "a total may be negative")


def kind_label(kind: AdjustmentKind) -> Phrase:
    """The label of a kind: 加分 A1, or 扣分 A2."""
    return _SIGNS[kind.sign](code=kind.code)


def kind_rule(tree: Tree, kind: AdjustmentKind) -> Phrase:
    """A kind of the register with its points: 表彰奖励：国家级加 2 分、省级加 1 分；本项最多加 3 分."""
    return _KIND(title=kind.title, rules=kind_points(tree, kind))


def kind_points(tree: Tree, kind: AdjustmentKind) -> tuple[Phrase, ...]:
    """The points of a kind, its cap and its basis; its title stands beside."""
    turned = tree.register_is_lower
    of_level, of_each = (_LEVEL_TURNED, _EACH_TURNED) if turned else (_LEVEL, _EACH)
    levels = tuple(of_level[kind.sign](level=level, n=points) for level, points in kind.levels.items())
    rules = [_LIST(parts=levels) if levels else of_each[kind.sign](n=kind.each or 0.0)]
    if kind.highest_only:
        rules.append(_HIGHEST_ONLY())
    if kind.cap is not None:
        rules.append((_KIND_CAP_TURNED if turned else _KIND_CAP)[kind.sign](n=kind.cap))
    if kind.basis:
        rules.append(_BASIS(basis=kind.basis))
    return tuple(rules)


def limit_rules(tree: Tree) -> Phrase:
    """The caps over all kinds, inside or outside the tree's points, and the floor."""
    limits, turned = tree.adjustment_limits, tree.register_is_lower
    parts = []
    if limits.bonus_cap is not None:
        parts.append((_BONUS_CAP_TURNED if turned else _BONUS_CAP)(n=limits.bonus_cap))
    if limits.penalty_cap is not None:
        parts.append((_PENALTY_CAP_TURNED if turned else _PENALTY_CAP)(n=limits.penalty_cap))
    within, beyond = (_INSIDE_TURNED, _OUTSIDE_TURNED) if turned else (_INSIDE_RULE, _OUTSIDE_RULE)
    parts.append((within if limits.inside else beyond)(n=tree.points))
    parts.append(_NO_FLOOR_RULE() if limits.floor is None else _FLOOR_RULE(n=limits.floor))
    return _TEXT(parts=tuple(parts))


# ---------------------------------------------------------------- one unit's adjustments

_LINE = Words("{title}（{code}）{points} 分：{why}", "{title} ({code}) {points}: {why}")
_LIMIT_LINE = {
    INSIDE: Words(
        "总分不超过 {n:points} 分，超出的 {by:points} 分不计", "never above {n:points}: {by:points} left out"
    ),
    FLOOR: Words("总分不低于 {n:points} 分，补足 {by:points} 分", "never below {n:points}: {by:points} made up"),
}
_ENTRY = Words("{matter} {gives}", "{matter} {gives}")
_MATTER = Words("{matter}（{details}）", "{matter} ({details})")
_NO_MATTER = Words("未写明事项", "no matter named")
_TIMES = Words("{n} 次", "{n} times")
_EVIDENCE = Words("佐证：{evidence}", "evidence: {evidence}")
_DATE = Words("{day:date}", "{day:date}")
_GIVES = Words("{points} 分", "{points}")
_COVERED = Words("同一事项已按最高一级计分，不再计", "the same matter counts at its highest level already")
_FULL = Words("合计 {full} 分，{limits:list}，计 {points} 分", "{full} in total; {limits:list}: {points}")
_LIMITS = {
    "bonus_cap": Words("加分合计以 {n:points} 分为限", "bonuses are held to {n:points} in total"),
    "penalty_cap": Words("扣分合计以 {n:points} 分为限", "penalties are held to {n:points} in total"),
    INSIDE: Words("总分不超过 {n:points} 分", "a total never exceeds {n:points}"),
    FLOOR: Words("总分不低于 {n:points} 分", "a total never falls below {n:points}"),
}
_CAP = Words("本项以 {n:points} 分为限", "this kind is held to {n:points}")
_NOT_SCORED = Words("该单位没有总分，只作记录", "on record only: the unit has no total")
_VETO = Words("{struck}。{source}", "{struck}. {source}")
_BY_FIGURES = Words("由{indicators:list}的填报值触发", "triggered by the figures of {indicators:list}")
_LAST = Words("“{code} {title}”居同组末 {n} 名", 'among the last {n} of its cohort at "{code} {title}"')
_BY_PLACE = Words("因{nodes:list}触发", "triggered by being {nodes:list}")
_BOTH = Words("{first}，并{second}", "{first}, and {second}")
_BY_REGISTER = Words("据登记：{entries}", "from the register: {entries}")


def signed(points: float) -> Phrase:
    """+3, −0.5, and 0 without a sign."""
    if points == 0:
        return Words("0", "0")()
    return PLUS(n=points) if points > 0 else MINUS(n=-points)


def adjustment_phrases(scores: Scores, row: int) -> tuple[Phrase, ...]:
    """All adjustments of the unit's total, in the order of ``Scores.adjusted``."""
    return tuple(adjustment_phrase(scores, row, one) for one in scores.adjusted[row])


def adjustment_phrase(scores: Scores, row: int, adjusted: Adjusted) -> Phrase:
    """One kind, veto or limit: its points, its matters, and the limit that cut it."""
    tree = scores.tree
    points = signed(adjusted.points)
    if adjusted.kind in _LIMIT_LINE:
        return _LIMIT_LINE[adjusted.kind](n=_limit(tree, adjusted, adjusted.kind), by=abs(adjusted.points))
    why: list[Phrase] = [entry_phrase(adjusted, i) for i in range(len(adjusted.entries))]
    kind = next((kind for kind in tree.adjustments if kind.code == adjusted.kind), None)
    veto = next((veto for veto in tree.vetoes if veto.code == adjusted.kind), None)
    if veto is not None and not adjusted.entries:
        why.append(_by_figures(scores, row, veto.code))
    if np.isnan(scores.converted[row]):
        why.append(_NOT_SCORED())
    elif adjusted.limits:
        limits = tuple(_limit_phrase(tree, adjusted, name) for name in adjusted.limits)
        why.append(_FULL(full=signed(adjusted.full), limits=limits, points=points))
    title = kind.title if kind is not None else veto.title if veto is not None else adjusted.kind
    return _LINE(title=title, code=adjusted.kind, points=points, why=tuple(why))


def _limit_phrase(tree: Tree, adjusted: Adjusted, name: str) -> Phrase:
    return (_CAP if name == "cap" else _LIMITS[name])(n=_limit(tree, adjusted, name))


def _limit(tree: Tree, adjusted: Adjusted, name: str) -> float:
    limits = tree.adjustment_limits
    own = {kind.code: kind.cap for kind in tree.adjustments}
    known = {
        "cap": own.get(adjusted.kind),
        "bonus_cap": limits.bonus_cap,
        "penalty_cap": limits.penalty_cap,
        INSIDE: tree.points,
        FLOOR: limits.floor,
    }
    limit = known[name]
    assert limit is not None  # a limit that cut something exists
    return limit


def entry_phrase(adjusted: Adjusted, i: int) -> Phrase:
    """One line of the register: 获评全国先进（国家级；2024年5月1日；佐证：表彰文件）+2 分."""
    entry = adjusted.entries[i]
    if i >= len(adjusted.gives):
        return matter_phrase(entry)
    gives = adjusted.gives[i]
    worth = _COVERED() if gives == 0 else _GIVES(points=signed(gives))
    return _ENTRY(matter=matter_phrase(entry), gives=worth)


def matter_phrase(entry: RegisterEntry) -> Phrase:
    """The matter, its date and its evidence, without points."""
    matter, details = within(entry.matter.strip()) or _NO_MATTER(), _details(entry)
    return _MATTER(matter=matter, details=details) if details else _TEXT(parts=(matter,))


def _details(entry: RegisterEntry) -> tuple[Phrase, ...]:
    details = [Words("{level}", "{level}")(level=entry.level)] if entry.level else []
    if entry.times != 1:
        details.append(_TIMES(n=entry.times))
    if not math.isnan(entry.date):
        details.append(_DATE(day=entry.date))
    if entry.evidence:
        details.append(_EVIDENCE(evidence=within(entry.evidence)))
    return tuple(details)


def veto_phrases(scores: Scores, row: int) -> tuple[Phrase, ...]:
    """Every veto of the unit: its effects, and whether figures or the register (when, evidence) triggered it."""
    phrases = []
    register = scores.review_of(scores.units[row].code).register
    for veto in scores.tree.vetoes:
        sources = [indicator for code, indicator in scores.vetoes[row] if code == veto.code]
        if not sources:
            continue
        source: list[Phrase] = []
        if any(sources):
            source.append(_by_figures(scores, row, veto.code))
        lines = [one for one in register if one.kind == veto.code]
        if lines:
            lines.sort(key=lambda entry: (math.isnan(entry.date), entry.date, entry.matter))
            source.append(_BY_REGISTER(entries=tuple(matter_phrase(entry) for entry in lines)))
        phrases.append(_VETO(struck=vetoes.struck(scores.tree, veto), source=tuple(source)))
    return tuple(phrases)


def _by_figures(scores: Scores, row: int, code: str) -> Phrase:
    codes = [indicator for veto, indicator in scores.vetoes[row] if veto == code and indicator]
    nodes = [scores.tree.by_code[indicator] for indicator in codes]
    titles = tuple(
        _INDICATOR(code=node.code, title=node.title)
        for node in nodes
        if isinstance(node, Indicator) and not vetoes.is_of_place(scores.tree, node.code, code)
    )
    placed = tuple(
        _LAST(code=node.code, title=node.title, n=node.last.places)
        for node in nodes
        if node.last is not None and node.last.veto == code
    )
    if not placed:
        return _BY_FIGURES(indicators=titles)
    by_place = _BY_PLACE(nodes=placed)
    return _BOTH(first=_BY_FIGURES(indicators=titles), second=by_place) if titles else by_place


_INDICATOR = Words("“{code} {title}”", '"{code} {title}"')
