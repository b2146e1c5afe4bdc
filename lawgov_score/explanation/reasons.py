"""扣分理由: why points were lost, or why there is no score, for one unit at one node."""

import numpy as np

from lawgov_score.explanation.absent import lacks_previous, note_of, why_blank, why_left, why_stuck
from lawgov_score.explanation.figures import answers_of, marks_of, quoted
from lawgov_score.explanation.group_working import reason_of_group
from lawgov_score.explanation.references import previous_figure
from lawgov_score.model import (
    AnswerState,
    Change,
    FilledBy,
    Group,
    Indicator,
    Node,
    Scores,
    SmallSample,
    Status,
)
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.phrases import counted
from lawgov_score.rules.rule import Need, Row, Rule, Term
from lawgov_score.wording import Phrase, Words

_NOT_SUBMITTED = Words("没有可用的填报表", "no submission that can be used")
_NOT_ENTERED = Words("考核机关尚未填报，填报前不得分", "not yet entered by the office: no points so far")
_CLAIM_WAITS = Words(
    "申报不适用（{note}），尚待审核，审核前不得分",
    "declared not applicable ({note}); not reviewed yet, no points so far",
)
_WRONG = Words("{cells:list}填报有误，不得分", "{cells:list} invalid: no points")
_CELL = Words("{name}（{cell}：“{printed}”）", '{name} ({cell}: "{printed}")')
_ZERO_GIVES = Words("{names:list}为 0，按规定得 {score:points} 分", "{names:list} is 0: {score:points} by the standard")
_UNSTABLE = Words(
    "{reason}（{names:list}不足 {below}，比率不稳）", "{reason} (fewer than {below} of {names:list}: unstable)"
)
_BY_COUNT = Words(
    "{names:list}不足 {below}，按{counted}数计：{reason}",
    "fewer than {below} of {names:list}, scored by count: {reason}",
)
_BY_SMALL_RULE = Words(
    "{names:list}不足 {below}，按小样本的标准计：{reason}",
    "fewer than {below} of {names:list}, scored by the standard for small samples: {reason}",
)
_PRINTED_RATE = Words("{reason}（按公布的比率，件数不明）", "{reason} (printed rate, counts unknown)")


_CHANGED = Words(
    "复核改分：原得分 {before:points}，改为 {after:points}（{reason}；{reviewer}，{date:date}）",
    "changed on review: {before:points} to {after:points} ({reason}; {reviewer}, {date:date})",
)
_CHANGED_FROM_NONE = Words(
    "复核评定：原无得分（{status}），评定为 {after:points}（{reason}；{reviewer}，{date:date}）",
    "settled on review: no score ({status}), now {after:points} ({reason}; {reviewer}, {date:date})",
)
_FIRST = Words("{change}。原扣分理由：{why}", "{change}. Before: {why}")
_NO_PREVIOUS = Words(
    "没有上年数据，按规定得 {score:points} 分", "no figure of last edition: {score:points} by the standard"
)
_ZEROED = Words("触发一票否决“{title}”（{code}），本项记 0 分", 'veto "{title}" ({code}): 0 points')
_LEAVES = Words("本项不适用于该单位", "does not apply to this unit")
_WITHHELD = Words("该单位另有填报错误，未予计分", "withheld: the unit has errors elsewhere")
_BONUS = Words("加分项，加 {score:points} 分{why}", "bonus: {score:points} added{why}")
_TAKEN_OFF = Words("扣分项，扣 {score:points} 分{why}", "{score:points} taken off{why}")
_COLON = Words("：{why}", ": {why}")


def reason(scores: Scores, row: int, node_code: str) -> Phrase | None:
    """Why points were lost, or why there is no score; None if nothing was lost, or the parts explain it."""
    node = scores.tree.by_code[node_code]
    zero = zeroed(scores, row, node)
    if zero is not None:
        return zero
    if isinstance(node, Group):
        return reason_of_group(scores, row, node)
    change = change_of(scores, row, node)
    own = _own_reason(scores, row, node, change)
    if change is None:
        return own
    before = float(scores.computed[row, scores.node_column[node_code]])
    values = {"after": change.after, "reason": change.reason, "reviewer": change.reviewer, "date": change.date}
    if np.isnan(before):
        return _CHANGED_FROM_NONE(status=own or "—", **values)
    changed = _CHANGED(before=before, **values)
    return changed if own is None else _FIRST(change=changed, why=own)


def change_of(scores: Scores, row: int, node: Node) -> Change | None:
    """A reviewer's change to a unit's score at an indicator; the last one counts."""
    return scores.change_of.get((scores.units[row].code, node.code))


def zeroed(scores: Scores, row: int, node: Node) -> Phrase | None:
    """The veto that set this node to zero."""
    for code in dict.fromkeys(code for code, _ in scores.vetoes[row]):
        veto = next((one for one in scores.tree.vetoes if one.code == code), None)
        if veto is not None and veto.node_zero == node.code:
            return _ZEROED(title=veto.title, code=code)
    return None


def _own_reason(scores: Scores, row: int, node: Indicator, change: Change | None) -> Phrase | None:
    """The reason by the unit's own figures, whatever a reviewer changed."""
    at = scores.at(row, node.code)
    status, score = at.status, at.score
    if change is not None:
        score = float(scores.computed[row, scores.node_column[node.code]])
        if status is Status.SCORED and np.isnan(score):
            given = answers_of(scores, row, node)
            return why_blank(scores, row, node, given) or _LEAVES()
    if status is Status.SCORED:
        return _signed(scores, row, node, score)
    if status is Status.NOT_APPLICABLE:
        return why_left(scores, row, node)
    given = answers_of(scores, row, node)
    if status is Status.NOT_REVIEWED and node.is_judged:
        return node.rule.reason(row_of(scores, row, node, node.rule, float("nan"), float("nan")), node.terms)
    if scores.submissions[row] is None and node.filled_by is FilledBy.UNIT:
        return _NOT_SUBMITTED()
    if status is Status.NOT_REVIEWED and node.filled_by is FilledBy.ASSESSOR:
        return _NOT_ENTERED()
    if status is Status.NOT_REVIEWED:
        return _CLAIM_WAITS(note=note_of(given))
    if status is Status.INVALID:
        wrong = tuple(
            _CELL(name=asked.name, cell=answer.place.cell, printed=answer.printed)
            for asked, answer in given
            if answer is not None and answer.state is AnswerState.INVALID
        )
        if wrong:
            return _WRONG(cells=wrong)
        return why_stuck(scores, row, node) or _WITHHELD()
    return why_blank(scores, row, node, given)


def _signed(scores: Scores, row: int, node: Indicator, score: float) -> Phrase | None:
    """Why points were lost; for a bonus what it adds, for a deduction what it takes off."""
    if node.weight != -1 and not (node.bonus and score > 0):
        return _lost(scores, row, node, score)
    if score == 0:
        return None
    words = _BONUS if node.bonus else _TAKEN_OFF
    why = _lost(scores, row, node, score)
    return words(score=score, why="" if why is None else _COLON(why=why))


def _lost(scores: Scores, row: int, indicator: Indicator, score: float) -> Phrase | None:
    if score >= indicator.points:
        return None
    column = scores.indicator_column[indicator.code]
    if scores.by_zero[row, column] and indicator.on_zero is not None:
        names = quoted(indicator, indicator.zero_names, scores.tree)
        return _ZERO_GIVES(names=names, score=score)
    if indicator.no_previous is not None and lacks_previous(scores, row, indicator):
        return _NO_PREVIOUS(score=score)
    rule, value, small = indicator.rule, float(scores.values[row, column]), indicator.small_sample
    is_small = bool(scores.small[row, column])
    if is_small and small is not None and small.rule is not None:
        rule = small.rule
        if small.value is not None:
            value = float(scores.compared.second_values[indicator.code][row])
    figures = row_of(scores, row, indicator, rule, value, score)
    why = rule.reason(figures, indicator.terms if rule is indicator.rule else indicator.small_terms)
    if is_small and small is not None:
        why = _small(indicator, small, why)
    return _PRINTED_RATE(reason=why) if scores.from_rate[row, column] else why


def _small(indicator: Indicator, small: SmallSample, why: Phrase) -> Phrase:
    """The reason for a small sample: what there is too little of, and how it is scored."""
    fields = {asked.code: asked for asked in indicator.fields}
    unit = next((fields[name].measured_in for name in small.of.names if name in fields), "")
    below = counted(small.below, Term("", unit))
    values = {"reason": why, "names": quoted(indicator, small.of.names), "below": below}
    if small.rule is None:
        return Phrase(_UNSTABLE, values)
    scored = fields.get(small.value.text) if small.value is not None else None
    if scored is None or scored.type is not FieldType.COUNT:
        return Phrase(_BY_SMALL_RULE, values)
    return Phrase(_BY_COUNT, {**values, "counted": scored.measured_in})


def row_of(scores: Scores, row: int, indicator: Indicator, rule: Rule, value: float, score: float) -> Row:
    """One unit's figures in the form in which its rule words a reason."""
    marks = np.array([mark.mark for mark in marks_of(scores, row, indicator)])
    return Row(
        value=value,
        score=score,
        answers={code: float(scores.answers[f"{indicator.code}.{code}"][row]) for code in rule.reads},
        year=float(scores.years[row]),
        cohort_values=_peers(scores, row, indicator) if rule.RELATIVE else None,
        previous=previous_figure(scores, row, indicator) if Need.PREVIOUS in rule.NEEDS else float("nan"),
        marks=marks if Need.MARKS in rule.NEEDS else None,
    )


def _peers(scores: Scores, row: int, indicator: Indicator) -> FloatArray:
    """The values of the cohort that count, this unit's included."""
    inside = scores.cohorts == scores.cohorts[row]
    inside &= scores.compared.takes_part[indicator.code]
    peers: FloatArray = scores.values[inside, scores.indicator_column[indicator.code]]
    return peers
