"""Rules for sentences that this program itself prints; none for any other.

A guess is only a candidate: it holds where the rule, read and worded again, says the same sentence to the letter
(``pipeline/first_tree.py``). So nothing here needs to know all that a sentence may mean.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from lawgov_score.tree.editing import scalar_text

_Match = re.Match[str]
_Make = Callable[[_Match], Sequence[str]]
_N = r"\d+(?:\.\d+)?"
_RATIO = (
    r"其中，(?P=of) = “(?P<top>.+?)” ÷ “(?P<bottom>.+?)”。"
    r"“(?P=bottom)”为 0 的，本项不适用，分值不计入该单位的适用分。"
)
_MEASURE = "   # 待核：计量单位"


def guessed(sentence: str) -> tuple[str, ...]:
    """The lines of fields, value and rule for a standard; empty where it is not one of those that are known."""
    for pattern, make in _PATTERNS:
        if match := re.fullmatch(pattern, sentence.strip(), re.DOTALL):
            return tuple(make(match))
    return ()


def _named(code: str, name: str, *rest: str) -> str:
    return "{" + ", ".join([f"code: {code}", f"name: {scalar_text(name, is_flow=True)}", *rest]) + "}"


def _asked(match: _Match) -> list[str]:
    return [f"fields: [{_named('done', match['name'], 'type: yes_no')}]", "rule: {kind: all_or_nothing}"]


def _counted(kind: str, match: _Match) -> list[str]:
    field = _named("n", match["name"], "type: count", f"measured_in: {match['unit']}")
    return [f"fields: [{field}]", f"rule: {{kind: {kind}, each: {match['each']}}}"]


def _checklist(match: _Match) -> list[str]:
    parts = ", ".join(_named(f"p{i}", name) for i, name in enumerate(match["parts"].split("、"), 1))
    return [f"rule: {{kind: checklist, parts: [{parts}], each_met: {match['each']}}}"]


def _ratio(rule: Callable[[_Match], str], match: _Match) -> list[str]:
    """A rate of two counts. The sentence does not say what they are measured in: the same, which is to be checked.

    It is written out so where the rate has the title of the item for its name.
    """
    counted = ("type: count", "measured_in: 件")
    return [
        "fields:",
        f"  - {_named('done', match['top'], *counted, 'at_most: due')}{_MEASURE}",
        f"  - {_named('due', match['bottom'], *counted)}{_MEASURE}",
        "value: done / due",
        "on_zero: not_applicable",
        f"rule: {rule(match)}",
    ]


def _share(rule: Callable[[_Match], str], match: _Match) -> list[str]:
    return [f"fields: [{_named('rate', match['of'], 'type: share')}]", f"rule: {rule(match)}"]


def _linear(match: _Match) -> str:
    return f"{{kind: linear, zero_at: {match['zero']}, full_at: {match['full']}}}"


def _proportional(_: _Match) -> str:
    return "{kind: proportional}"


def _shortfall(match: _Match) -> str:
    return f"{{kind: shortfall, target: {match['full']}, step: {match['step']}%, each: {match['each']}, steps: linear}}"


# Sentences about a rate, up to the words for what it is made of.
_RATES: tuple[tuple[str, Callable[[_Match], str]], ...] = (
    (rf"(?P<of>.+?)达到 (?P<full>{_N}%) 得 {_N} 分，(?P<zero>{_N}%) 及以下不得分，其间按比例（线性）计分。", _linear),
    (rf"(?P<of>.+?)达到 100% 得 {_N} 分，未达到的按所占比例得分（{_N} × .+? ÷ 100%）。", _proportional),
    (
        rf"(?P<of>.+?)达到 (?P<full>{_N}%) 得 {_N} 分，每低 (?P<step>{_N}) 个百分点扣 (?P<each>{_N}) 分，"
        rf"不足 {_N} 个百分点的按比例扣，扣完为止。",
        _shortfall,
    ),
)
_PATTERNS: tuple[tuple[str, _Make], ...] = (
    (rf"(?P<name>.+?)：填“是”得 {_N} 分，填“否”不得分。", _asked),
    (
        rf"满分 {_N} 分，(?P<name>.+?)每 1 (?P<unit>\S+?)扣 (?P<each>{_N}) 分，扣完为止。",
        partial(_counted, "deduction"),
    ),
    (rf"(?P<name>.+?)每 1 (?P<unit>\S+?)得 (?P<each>{_N}) 分，最高 {_N} 分。", partial(_counted, "count_cap")),
    (rf"共 \d+ 项：(?P<parts>.+?)。每具备 1 项得 (?P<each>{_N}) 分，最高 {_N} 分。", _checklist),
    *((sentence + _RATIO, partial(_ratio, rule)) for sentence, rule in _RATES),
    *((sentence, partial(_share, rule)) for sentence, rule in _RATES),
)
