"""What is said of an indicator around its rule: blanks, claims, zero, last edition, small samples, review, veto."""

import re
from dataclasses import dataclass
from functools import cache

from sentences.figures import Span, UnreadError, WrongError, as_span, plain, read
from sentences.outcomes import score_in
from sentences.patterns import begins, is_all, must_be
from sentences.rules import any_standard, standard_of
from sentences.standard import Standard

# Why there is no score: nothing in them is worth points.
UNSCORED = (
    "{names}未填报，<<不得分|不扣分|未扣分>>",
    "{names}未填报，本项不计入",
    "不适用于{type}",
    "{names}为 0，本项不适用",
    "{names}为 0，且同组没有可以参照的得分，本项不适用",
    "<<没有|>>没有可用的填报表",
    "没有可用的填报表",
    "考核机关尚未填报，填报前<<不得分|不扣分|未扣分>>",
    "{names}由考核机关填报，尚未填报",
    "申报不适用（{note}），尚待审核，审核前<<不得分|不扣分|未扣分>>",
    "申报不适用（{note}），{who}于{date}审核<<同意|未同意>>[[：{why}]][[，<<不得分|不扣分|按未填报不计入>>]]",
    "申报不适用：{note}",
    "没有填报“{title}”，不计入",
    "没有上年数据，本项不适用",
    "选“{option}”，本项不适用",
    "选“{option}”，按未填报处理，<<不得分|不扣分|不计入>>",
    "{asks}为“{option}”，<<本项不适用|按未填报处理>>",
    "尚未评审：已有 {n#} 名评审打分，须有 {all#} 名，评审前不得分",
    "尚未评审：已有 {n#} 名评审打分，须有 {all#} 名，评审前不扣分",
    "所填数据按“{text}”算不出数，本项<<不得分|不扣分|未扣分>>",
    "所填数据按{text}算不出数，本项不得分",
    "{cells}填报有误，<<不得分|不扣分|未扣分>>",
    "该单位另有填报错误，未予计分",
    "{names}没有得分，本项不能计算",
    "所填数据不能算出结果",
    "本项不适用于该单位",
    "上年没有可比的数",
    "未填报",
    "",
)
# What stands in a standard after the rule's own sentence.
_REST = (
    "本项不适用于{types}，{for_type}。",
    "申报不适用[[、经认定同意]]的，{for_claim}。",
    "选{options}的，{for_option}。",
    "其中，{name} = {formula}。",
    "其中，{name}：{formula}。",
    "{when}的，本项不适用，分值不计入该单位的适用分。",
    "{when}的，<<按同组平均得分计[[，同组没有单位得分的，{nobody}]]|得满分|不得分|不扣分|扣满分|"
    "得本项分值的 {share@}>>。",
    "{names}<<不足|不超过>> {below@}的，比率不稳，<<计分后另作提示|比率仅供参考>>。",
    "只有公布的比率、件数不明的，按公布的比率计分。",
    "{when}的，触发一票否决“{title}”（{code}）：{effects}。",
)
OWN = "计算方法："
_TAKEN_OFF = "扣分项：按下列标准得出的分，从上级得分中扣减。"
# What is remarked of a figure behind its reason.
_REMARKS = (
    "{why}（“{names}”<<不足|不超过>> {below@}，<<比率不稳|比率仅供参考>>）",
    "{why}（按公布的比率，件数不明）",
)
_SMALL = "{names}<<不足|不超过>> {below@}的，改按下列标准：{standard}"


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole standard of an indicator: the rule's own, and what is said after it."""

    own: Standard
    small: Standard | None
    at_zero: str
    without_previous: str
    formula: str = ""  # of the value
    vetoes: tuple[tuple[str, str], ...] = ()  # when, and which by its title
    instead: tuple[tuple[str, str], ...] = ()  # why it may not apply (type, claim, option), and what that gives


def computed(text: str) -> str:
    """The computed standard: a sentence of the tree's own stands before it, and what a 扣分项 is."""
    return (text.partition(OWN)[2] or text).removeprefix(_TAKEN_OFF)


@cache
def whole_standard(kind: str, text: str) -> Whole:
    """Every sentence of a standard, each understood."""
    own = standard_of(kind, computed(text))
    left, small, at_zero, without, formula = own.rest, None, "", "", ""
    vetoes: list[tuple[str, str]] = []
    instead: list[tuple[str, str]] = []
    while left:
        if found := begins(left, *_REST):
            said, left = found
            if said[0].startswith("没有上年数据"):
                without = said[0]
            elif why := next((one for one in ("type", "claim", "option") if said.groupdict().get(f"for_{one}")), ""):
                instead.append((why, said[f"for_{why}"]))
            elif said.groupdict().get("title") is not None:
                vetoes.append((said["when"], said["title"]))
            elif said.groupdict().get("formula") is not None and small is None:
                formula = said["formula"]
            elif "为 0 的，" in said[0]:
                at_zero = said[0]
        elif found := begins(left, _SMALL.replace("{standard}", "")):
            small = any_standard(found[1])
            left = small.rest
        else:
            raise UnreadError(f"standard “{left}”")
    return Whole(own, small, at_zero, without, formula, tuple(vetoes), tuple(instead))


@dataclass(frozen=True, slots=True)
class Told:
    """What a reason comes to: the ``score``; None where the words name a figure of other units that they do not show.

    ``printed``: the score as the reason prints it; "" where it prints none.
    """

    score: Span | None
    printed: str


def told_by(kind: str, standard: str, reason: str, *, has_gone_full: bool) -> Told:
    """The score that the two texts of an indicator come to. ``has_gone_full``: may no reason stand for all points?"""
    whole = whole_standard(kind, standard)
    if not reason:
        if not has_gone_full:
            raise WrongError("no reason, though points were lost")
        return Told(None if whole.own.full == float("inf") else as_span(whole.own.full), "")
    if is_veto(reason):
        return Told(as_span(0), "0")
    return _scored(whole, reason)


def _share_of(sentence: str, whole: Whole) -> Span | None:
    """What is given where there is nothing to go by; None: the mean of the cohort, or the sentence names no most."""
    if "平均" in sentence:
        return None
    share = 1.0 if "满分" in sentence else None
    if found := re.search(r"分值的 ?([\d.]+%)", sentence):
        share = plain(found[1])
    if share is not None:
        return None if whole.own.full == float("inf") else as_span(whole.own.full * share)
    if "不得分" in sentence or "不扣分" in sentence:
        return as_span(0)
    raise UnreadError(sentence)


_WHY_NOT = {
    "type": "不适用于{type}",
    "claim": "申报不适用（{note}），{who}于{date}审核同意[[：{because}]]",
    "option": "选“{option}”，本项不适用",
}
_CLAIM_ACCEPTED = "申报不适用：{note}"


def _instead(whole: Whole, reason: str) -> Told | None:
    """What a unit gets to which the indicator does not apply, by the standard; None: the reason says another thing."""
    given = dict(whole.instead)
    for why, words in (*_WHY_NOT.items(), ("claim", _CLAIM_ACCEPTED)):
        gets = "<<得 {score#} 分|不得分|扣 {score2#} 分|不扣分>>"
        if found := is_all(reason, f"{words}，同组没有可以取平均的得分，按规定{gets}"):
            return Told(
                _share_of(given.get(why, "").partition("同组没有单位得分的，")[2], whole),
                found["score"] or found["score2"] or "0",
            )
        if found := is_all(reason, f"{words}，按同组平均得分计，{gets}"):
            if not given.get(why, "").startswith("按同组平均得分计"):
                raise WrongError(f"a mean that the standard does not give: {reason}")
            return Told(None, found["score"] or found["score2"] or "0")
        if found := is_all(reason, f"{words}，按满分计，{gets}", f"{words}，按规定{gets}"):
            return Told(_share_of(given.get(why, ""), whole), found["score"] or found["score2"] or "0")
        if found := is_all(reason, f"{words}，按分值的 {{share@}} 计，{gets}"):
            if found["share"] not in given.get(why, ""):
                raise WrongError(f"another share than in the standard: {reason}")
            return Told(_share_of(given.get(why, ""), whole), found["score"] or found["score2"] or "0")
    return None


def _scored(whole: Whole, reason: str) -> Told:
    if (told := _instead(whole, reason)) is not None:
        return told
    for words, sentence in (
        ("没有上年数据，按规定<<得 {score#} 分|不得分|扣 {score2#} 分|不扣分>>", whole.without_previous),
        ("{names}为 0，按规定<<得 {score#} 分|不得分|扣 {score2#} 分|不扣分>>", whole.at_zero),
        ("没有上年数据，{mean}，<<得 {score#} 分|扣 {score2#} 分>>", whole.without_previous),
        ("{names}为 0，{mean}，<<得 {score#} 分|扣 {score2#} 分>>", whole.at_zero),
    ):
        if found := is_all(reason, words):
            return Told(_share_of(sentence, whole), found["score"] or found["score2"] or "0")
    if found := is_all(
        reason,
        "{names}<<不足|不超过>> {below@}，按小样本的标准计：{why}",
        "{names}<<不足|不超过>> {below@}，按{counted}数计：{why}",
    ):
        if whole.small is None:
            raise WrongError(f"a standard for small samples that the standard does not have: {reason}")
        return _of_rule(whole.small, found["why"])
    for words in _REMARKS:
        if (found := is_all(reason, words)) is not None:
            return _scored(whole, found["why"])
    return _of_rule(whole.own, reason)


def _of_rule(standard: Standard, reason: str) -> Told:
    if found := is_all(reason, "得满分 {score#} 分"):
        if standard.full == float("inf"):
            raise WrongError("all points, where the standard knows no most")
        return Told(as_span(standard.full), found["score"])
    score = standard.of_reason(reason)
    return Told(score, score_in(reason))


def is_veto(reason: str) -> bool:
    """Does the reason say that a veto set this to 0?"""
    return re.match(r"触发一票否决“.+记 0 分", reason) is not None


_GAVE = "<<得 {a#} 分|不得分|扣 {b#} 分|不扣分>>"
_NOW = "<<得 {c#} 分|不得分|扣 {d#} 分|不扣分>>"
_REVIEWED = (
    "复核改分：原" + _GAVE + "，改为" + _NOW + "（{why}）。原扣分理由：{own}",
    "复核改分：原" + _GAVE + "，改为" + _NOW + "（{why}）",
)
_SETTLED = "复核评定：原未计分（{own}），评定为" + _NOW + "（{why}）"


def reviewed(reason: str) -> tuple[float | None, float, str] | None:
    """Of a change on review the score before it (None: none), after it, and the reason before it."""
    if found := is_all(reason, *_REVIEWED):
        return (
            plain(found["a"] or found["b"] or "0"),
            plain(found["c"] or found["d"] or "0"),
            found.groupdict().get("own") or "",
        )
    if found := is_all(reason, _SETTLED):
        must_be(found["own"], *UNSCORED, "—")
        return None, plain(found["c"] or found["d"] or "0"), ""
    return None


def signed(reason: str) -> tuple[str, str, str] | None:
    """Of a bonus, or of what is taken off: which, how much, and why; None of anything else."""
    if found := is_all(reason, "扣分项：{why}"):
        return "扣", score_in(reason), found["why"]
    found = is_all(reason, "加分项，加 {score#} 分：{why}", "加分项，加 {score#} 分")
    return None if found is None else ("加", found["score"], found.groupdict().get("why") or "")


def unscored(reason: str) -> None:
    """A reason where there is no score must be one that is known, and give no points."""
    must_be(reason, *UNSCORED)


def printed_as(printed: str, score: float) -> bool:
    """Is this the score, as far as it is printed?"""
    return read(printed).holds(score)
