"""扣分理由: why points were lost, or why there is no score, of all units at one node, and of one of them.

Figures are columns (``phrase_columns``); words are filled in by whoever prints them, for those that are printed.
"""

from dataclasses import replace

import numpy as np

from lawgov_score.explanation import calculation, vetoes
from lawgov_score.explanation.absent import lacks_previous, no_points, note_of, why_blank, why_left, why_stuck
from lawgov_score.explanation.figures import answers_of, marks_of, quoted
from lawgov_score.explanation.group_working import reasons_of_group
from lawgov_score.explanation.inputs import inputs
from lawgov_score.explanation.instead import by_policy, with_replaced
from lawgov_score.explanation.node_places import with_places
from lawgov_score.explanation.references import previous_figures, within
from lawgov_score.explanation.signing import signed_by
from lawgov_score.measure.cohorts import count_of
from lawgov_score.model import (
    AnswerState,
    Change,
    FilledBy,
    Group,
    Indicator,
    Node,
    OnZero,
    Scores,
    SmallSample,
    Status,
    Why,
)
from lawgov_score.phrase_columns import Phrases, Single, chosen, phrase_of, picked
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.outcomes import gives
from lawgov_score.rules.phrases import counted
from lawgov_score.rules.rows import Peers, Rows
from lawgov_score.rules.rule import Need, Rule, Term
from lawgov_score.wording import Phrase, Words

_NOT_SUBMITTED = Words("没有可用的填报表", "no submission that can be used")
_NOT_ENTERED = Words("考核机关尚未填报，填报前{nothing}", "not yet entered by the office: {nothing} so far")
_CLAIM_WAITS = Words(
    "申报不适用（{note}），尚待审核，审核前{nothing}",
    "declared not applicable ({note}); not reviewed yet, {nothing} so far",
)
_WRONG = Words("{cells:list}填报有误，{nothing}", "{cells:list} invalid: {nothing}")
_CELL = Words("{name}（{cell}：“{printed}”）", '{name} ({cell}: "{printed}")')
_ZERO = Words("{names:list}为 0", "{names:list} is 0")
_TOO_FEW = {  # of a small sample, by the key of its line
    "below": Words("{names:list}不足 {line}", "fewer than {line} of {names:list}"),
    "at_most": Words("{names:list}不超过 {line}", "no more than {line} of {names:list}"),
}
_UNSTABLE = Words("{reason}（{few}，比率不稳）", "{reason} ({few}: unstable)")
_BY_COUNT = Words("{few}，按{counted}数计：{reason}", "{few}, scored by count: {reason}")
_BY_SMALL_RULE = Words("{few}，按小样本的标准计：{reason}", "{few}, scored by the standard for small samples: {reason}")
_WITH_INPUTS = Words("{reason}（{inputs:list}）", "{reason} ({inputs:list})")
_PRINTED_RATE = Words("{reason}（按公布的比率，件数不明）", "{reason} (printed rate, counts unknown)")


_CHANGED = Words(
    "复核改分：原{before}，改为{after}（{reason}；{reviewer}，{date:date}）",
    "changed on review: {before}, now {after} ({reason}; {reviewer}, {date:date})",
)
_CHANGED_FROM_NONE = Words(
    "复核评定：原未计分（{status}），评定为{after}（{reason}；{reviewer}，{date:date}）",
    "settled on review: no score ({status}), now {after} ({reason}; {reviewer}, {date:date})",
)
_DECIDED = Words(
    "异议决定改分：原{before}，改为{after}（{reason}；{reviewer}，{date:date}）",
    "changed by a decision: {before}, now {after} ({reason}; {reviewer}, {date:date})",
)
_DECIDED_FROM_NONE = Words(
    "异议决定评定：原未计分（{status}），评定为{after}（{reason}；{reviewer}，{date:date}）",
    "settled by a decision: no score ({status}), now {after} ({reason}; {reviewer}, {date:date})",
)
_BEFORE_THAT = Words("{change}。此前{before}", "{change}. Before that, {before}")
_FIRST = Words("{change}。原扣分理由：{why}", "{change}. Before: {why}")
_NO_PREVIOUS = Words("没有上年数据", "no figure of last edition")
_LEAVES = Words("本项不适用于该单位", "does not apply to this unit")
_OF_NO_TYPE = Words(
    "不知单位类型，分值因类型而不同，未予计分", "not scored: points go by unit type, and this unit's is not known"
)
_WITHHELD = Words("该单位另有填报错误，未予计分", "withheld: the unit has errors elsewhere")
_BONUS = Words("加分项，加 {score:points} 分{why}", "bonus: {score:points} added{why}")
_TAKEN_OFF = Words("扣分项：{why}", "taken off: {why}")
_COLON = Words("：{why}", ": {why}")


def reason(scores: Scores, row: int, node_code: str) -> Phrase | None:
    """Why points were lost, or why there is no score; None if nothing was lost, or the parts explain it."""
    return phrase_of(reasons(scores.of_unit(row), node_code), row)


def reasons(scores: Scores, node_code: str) -> Phrases:
    """``reason`` of all units at one node. Kept: whoever asks again gets the same."""
    key = ("reasons", node_code)
    if key not in scores.kept:
        with np.errstate(all="ignore"):  # columns hold figures of units of which nothing is said
            by_type = any(tree is not scores.tree for tree, _ in scores.own_trees)
            node = scores.tree.by_code[node_code]
            scores.kept[key] = _by_type(scores, node) if by_type else _by_one(scores, node)
    found: Phrases = scores.kept[key]
    return found


def _by_type(scores: Scores, node: Node) -> Phrases:
    """The reasons where points and rules go by unit type: each unit's own."""
    told = []
    for _, who in scores.own_trees:
        own = scores.of_unit(int(np.argmax(who)))
        told.append((who, _by_one(own, node) if own is scores else reasons(own, node.code)))
    return chosen(*told[1:], otherwise=told[0][1])


def _by_one(scores: Scores, node: Node) -> Phrases:
    """The reasons by the tree of these scores alone: right for the units that are assessed by it."""
    return with_places(scores, node.code, _reasons(scores, node))


def change_of(scores: Scores, row: int, node: Node) -> Change | None:
    """The change of a unit's score at an indicator that counts: of several the last."""
    return scores.change_of.get((scores.units[row].code, node.code))


def zeroed(scores: Scores, row: int, node: Node) -> Phrase | None:
    """The veto that set this node to zero."""
    for code in dict.fromkeys(code for code, _ in scores.vetoes[row]):
        veto = next((one for one in scores.tree.vetoes if one.code == code), None)
        if veto is not None and veto.node_zero == node.code:
            return vetoes.zeroed(veto)
    return None


def _reasons(scores: Scores, node: Node) -> Phrases:
    own = reasons_of_group(scores, node) if isinstance(node, Group) else _of_indicator(scores, node)
    if not any(veto.node_zero == node.code for veto in scores.tree.vetoes):
        return own
    found = [bool(codes) and zeroed(scores, row, node) is not None for row, codes in enumerate(scores.vetoes)]
    # Of a unit that sent nothing a veto zeroes nothing, though the office may have settled a score.
    is_zero = np.array(found, dtype=bool) & (scores.scores[:, scores.node_column[node.code]] == 0)
    return chosen((is_zero, Single(lambda row: zeroed(scores, row, node))), otherwise=own)


def _of_indicator(scores: Scores, node: Indicator) -> Phrases:
    """What the figures say, and what a reviewer changed."""
    changed = [scores.row_of[unit] for unit, code in scores.change_of if code == node.code and unit in scores.row_of]
    column = scores.node_column[node.code]
    if not changed:
        return _by_own_figures(scores, node, scores.scores[:, column])
    is_changed = np.zeros(len(scores.units), dtype=bool)
    is_changed[changed] = True
    is_changed &= scores.status[:, column] == Status.SCORED  # elsewhere a change has no effect (R115)
    before = np.where(is_changed, scores.computed[:, column], scores.scores[:, column])
    had_none = is_changed & np.isnan(before)
    own = chosen(
        (had_none, Single(lambda row: why_blank(scores, row, node, answers_of(scores, row, node)) or _LEAVES())),
        otherwise=_by_own_figures(scores, node, before),
    )
    return chosen((is_changed, Single(lambda row: _changed(scores, row, node, phrase_of(own, row)))), otherwise=own)


def _changed(scores: Scores, row: int, node: Indicator, own: Phrase | None) -> Phrase:
    """The changes, the last first, then the reason by the unit's ``own`` figures."""
    said: Phrase | None = None
    for change, before, after in scores.changes_at(row, node):
        told = {"after": _given(node, after), "reason": within(change.reason)}
        values: dict[str, object] = {**told, "reviewer": signed_by(scores.tree, change.reviewer), "date": change.date}
        if np.isnan(before):
            words = _DECIDED_FROM_NONE if change.objection else _CHANGED_FROM_NONE
            said = words(status=own or "—", **values)
            continue
        changed = (_DECIDED if change.objection else _CHANGED)(before=_given(node, before), **values)
        if said is not None:
            said = _BEFORE_THAT(change=changed, before=said)
        else:
            said = changed if own is None else _FIRST(change=changed, why=own)
    assert said is not None  # asked of changed scores alone
    return said


def _given(node: Indicator, score: float) -> object:
    """得 2 分, or 扣 2 分; one score."""
    return picked(gives(np.array([score]), node.terms), 0)


def _by_own_figures(scores: Scores, node: Indicator, score: FloatArray) -> Phrases:
    """The reasons by the units' own figures, whatever a reviewer changed. ``score`` (units,): by these figures."""
    status = scores.status[:, scores.node_column[node.code]]
    waits, leaves = (status == Status.NOT_REVIEWED) & node.is_judged, status == Status.NOT_APPLICABLE
    lacks = (status != Status.SCORED) & (node.filled_by is FilledBy.UNIT) & ~scores.has_submission
    nothing = np.full(len(status), np.nan)
    return chosen(
        (status == Status.SCORED, _signed(scores, node, score)),
        (leaves, why_left(scores, node) if leaves.any() else None),
        (waits, _rule_reasons(scores, node, node.rule, nothing, nothing) if waits.any() else None),
        (lacks, _NOT_SUBMITTED()),
        (
            (status == Status.NOT_REVIEWED) & (node.filled_by is FilledBy.ASSESSOR),
            _NOT_ENTERED(nothing=no_points(node)),
        ),
        otherwise=Single(lambda row: _unscored(scores, row, node)),
    )


def _unscored(scores: Scores, row: int, node: Indicator) -> Phrase | None:
    """Why one unit's answers give no score."""
    given = answers_of(scores, row, node)
    status = scores.at(row, node.code).status
    if status is Status.NOT_REVIEWED:
        return _CLAIM_WAITS(note=note_of(given), nothing=no_points(node))
    if status is Status.INVALID:
        wrong = tuple(
            _CELL(name=asked.name, cell=answer.place.cell, printed=answer.printed)
            for asked, answer in given
            if answer is not None and answer.state is AnswerState.INVALID
        )
        if wrong:
            return _WRONG(cells=wrong, nothing=no_points(node))
        if scores.tree.lacks_type(scores.units[row].type):
            return _OF_NO_TYPE()
        return why_stuck(scores, row, node) or _WITHHELD()
    return why_blank(scores, row, node, given)


def _signed(scores: Scores, node: Indicator, score: FloatArray) -> Phrases:
    """Why points were lost; for a bonus what it adds, for a deduction what it takes off."""
    lost = with_replaced(scores, node, score, _lost(scores, node, score))
    if node.terms.is_taken_off:
        return chosen((score == 0, None), otherwise=_TAKEN_OFF(why=lost))
    if not node.bonus:
        return lost
    replaced = scores.compared.instead.get(node.code)
    is_own = np.ones(len(score), dtype=bool) if replaced is None else replaced.why == Why.NONE
    why = chosen(((score >= node.points) & is_own, ""), otherwise=_COLON(why=lost))
    return chosen(((score <= 0) | np.isnan(score), lost), otherwise=_BONUS(score=score, why=why))


def _lost(scores: Scores, indicator: Indicator, score: FloatArray) -> Phrases:
    column, small = scores.indicator_column[indicator.code], indicator.small_sample
    why = _rule_reasons(scores, indicator, indicator.rule, scores.values[:, column], score)
    if small is not None:
        by_small = why
        if small.rule is not None:
            values = scores.values[:, column]
            if small.value is not None:
                values = scores.compared.second_values[indicator.code]
            by_small = _rule_reasons(scores, indicator, small.rule, values, score)
        why = chosen((scores.small[:, column], _small(indicator, small, by_small)), otherwise=why)
    why = chosen((scores.from_rate[:, column], _PRINTED_RATE(reason=why)), otherwise=why)
    if indicator.no_previous is not None:
        own = _stands_in(scores, indicator, indicator.no_previous, score, _NO_PREVIOUS())
        why = chosen((lacks_previous(scores, indicator), own), otherwise=why)
    if indicator.on_zero is not None:
        names = quoted(indicator, indicator.zero_names, scores.tree)
        own = _stands_in(scores, indicator, indicator.on_zero, score, _ZERO(names=names))
        why = chosen((scores.by_zero[:, column], own), otherwise=why)
    is_full = score == indicator.points if indicator.rule.goes_beyond else score >= indicator.points
    return why if indicator.terms.is_taken_off else chosen((is_full, None), otherwise=why)


def _stands_in(scores: Scores, indicator: Indicator, policy: OnZero, score: FloatArray, why: Phrase) -> Phrases:
    """What a provision gives instead of a value, as where the indicator does not apply (``instead.py``)."""
    own = scores.computed[:, scores.node_column[indicator.code]]
    given = scores.by_zero[:, scores.indicator_column[indicator.code]]
    if indicator.no_previous is not None:
        given = given | lacks_previous(scores, indicator)
    of_others = np.where(given, np.nan, own)
    return by_policy(scores, indicator, policy, score, why, count_of(of_others, scores.cohorts) == 0)


def _small(indicator: Indicator, small: SmallSample, why: Phrases) -> Phrase:
    """The reason for a small sample: what there is too little of, and how it is scored."""
    fields = {asked.code: asked for asked in indicator.fields}
    unit = next((fields[name].measured_in for name in small.of.names if name in fields), "")
    line = counted(small.line, Term("", unit))
    values = {"reason": why, "few": _TOO_FEW[small.key](names=quoted(indicator, small.of.names), line=line)}
    if small.rule is None:
        return Phrase(_UNSTABLE, values)
    scored = fields.get(small.value.text) if small.value is not None else None
    if scored is None or scored.type is not FieldType.COUNT:
        return Phrase(_BY_SMALL_RULE, values)
    return Phrase(_BY_COUNT, {**values, "counted": scored.measured_in})


def _rule_reasons(scores: Scores, indicator: Indicator, rule: Rule, values: FloatArray, score: FloatArray) -> Phrases:
    """What a rule says of all units; ``values`` and ``score`` (units,)."""
    nothing = np.full(len(score), np.nan)
    figures = Rows(
        value=values,
        score=score,
        answers={code: scores.answers[indicator.keys[code]] for code in rule.reads},
        year=scores.years,
        previous=previous_figures(scores, indicator) if Need.PREVIOUS in rule.NEEDS else nothing,
        peers=_peers(scores, indicator) if rule.RELATIVE else None,
        marks=(lambda row: _marks(scores, row, indicator)) if Need.MARKS in rule.NEEDS else None,
    )
    small = indicator.small_sample
    is_own = rule is indicator.rule
    value = indicator.value if is_own or small is None or small.value is None else small.value
    terms = indicator.terms if is_own else indicator.small_terms
    when = calculation.condition(scores.tree, indicator, value, rule)
    rounding = scores.tree.rounding_of(indicator)
    is_half_up = rounding is None or rounding.is_plain
    reasons = rule.reasons(figures, replace(terms, when=when, rounds_half_up=is_half_up))
    if value is None:
        return reasons
    is_sum = len(value.names) > 1 and (not value.divides or value.rounds)  # whose parts nobody reads off the result
    if when is None and not is_sum and all(name.isidentifier() for name in value.names):
        return reasons
    is_short = np.ones(len(score), dtype=bool) if terms.is_taken_off else score < indicator.points
    with_inputs = _WITH_INPUTS(reason=reasons, inputs=inputs(scores, indicator, value))
    return chosen((is_short & ~np.isnan(score), with_inputs), otherwise=reasons)


def _marks(scores: Scores, row: int, indicator: Indicator) -> FloatArray:
    return np.array([mark.mark for mark in marks_of(scores, row, indicator)])


def _peers(scores: Scores, indicator: Indicator) -> Peers:
    """The values that units are compared with, each cohort's own included."""
    values = scores.values[:, scores.indicator_column[indicator.code]]
    return Peers.of(values, scores.compared.takes_part[indicator.code], scores.cohorts)
