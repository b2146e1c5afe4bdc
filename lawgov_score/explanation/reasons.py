"""扣分理由: why points were lost, or why there is no score, for one unit at one node."""

import numpy as np

from lawgov_score.explanation.figures import answers_of, marks_of, quoted
from lawgov_score.explanation.references import names_of, previous_figure, quote, referred
from lawgov_score.explanation.rise import reason_of_group
from lawgov_score.model import (
    Answer,
    AnswerState,
    Change,
    FilledBy,
    Group,
    Indicator,
    Missing,
    Node,
    Ruling,
    Scores,
    Status,
    WhenZero,
)
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Need, Row, Rule
from lawgov_score.wording import Phrase, Words

_NOT_SUBMITTED = Words("没有可用的填报表", "no submission that can be used")
_FIELDS_MISSING = Words("{names:list}未填报，不得分", "{names:list} not answered: no points")
_FIELDS_EXCLUDED = Words("{names:list}未填报，本项不计入", "{names:list} not answered: left out")
_OTHER_TYPE = Words("不适用于{type}", "does not apply to {type}")
_ZERO_LEFT = Words("{names:list}为 0，本项不适用", "{names:list} is 0: does not apply")
_CLAIM_TAKEN = Words("申报不适用：{note}", "declared not applicable: {note}")
_NOT_ENTERED = Words("考核机关尚未填报，填报前不得分", "not yet entered by the office: no points so far")
_CLAIM_WAITS = Words(
    "申报不适用（{note}），尚待审核，审核前不得分",
    "declared not applicable ({note}); not reviewed yet, no points so far",
)
_WRONG = Words("{cells:list}填报有误，不得分", "{cells:list} invalid: no points")
_CELL = Words("{name}（{cell}：“{printed}”）", '{name} ({cell}: "{printed}")')
_ZERO_GIVES = Words("{names:list}为 0，按规定得 {score:points} 分", "{names:list} is 0: {score:points} by the standard")
_UNSTABLE = Words("{reason}（样本小于 {below}，比率不稳）", "{reason} (fewer than {below}: unstable)")
_PRINTED_RATE = Words("{reason}（按公布的比率，件数不明）", "{reason} (printed rate, counts unknown)")


_GRANTED = Words(
    "申报不适用（{note}），{reviewer}于{date:date}审核同意{reason}",
    "declared not applicable ({note}); granted by {reviewer} on {date:date}{reason}",
)
_REFUSED = Words(
    "申报不适用（{note}），{reviewer}于{date:date}审核未同意{reason}，不得分",
    "declared not applicable ({note}); refused by {reviewer} on {date:date}{reason}: no points",
)
_REFUSED_LEFT = Words(
    "申报不适用（{note}），{reviewer}于{date:date}审核未同意{reason}，按未填报不计入",
    "declared not applicable ({note}); refused by {reviewer} on {date:date}{reason}: left out as missing",
)
_BECAUSE = Words("：{reason}", ": {reason}")
_CHANGED = Words(
    "复核改分：原得分 {before:points}，改为 {after:points}（{reason}；{reviewer}，{date:date}）",
    "changed on review: {before:points} to {after:points} ({reason}; {reviewer}, {date:date})",
)
_CHANGED_FROM_NONE = Words(
    "复核评定：原无得分（{status}），评定为 {after:points}（{reason}；{reviewer}，{date:date}）",
    "settled on review: no score ({status}), now {after:points} ({reason}; {reviewer}, {date:date})",
)
_FIRST = Words("{change}。原扣分理由：{why}", "{change}. Before: {why}")
_OFFICE_MISSING = Words(
    "{names:list}由考核机关填报，尚未填报", "{names:list}, for the office to fill in, is not there yet"
)
_NO_PREVIOUS_LEFT = Words("没有上年数据，本项不适用", "no figure of last edition: does not apply")
_NO_PREVIOUS = Words(
    "没有上年数据，按规定得 {score:points} 分", "no figure of last edition: {score:points} by the standard"
)
_COHORT_LEFT = Words(
    "{names:list}为 0，且同组没有可以参照的得分，本项不适用",
    "{names:list} is 0 and the cohort has no mean: does not apply",
)
_CHOSEN = Words("选“{option}”，本项不适用", '"{option}" chosen: does not apply')
_CHOSEN_MISSING = Words("选“{option}”，按未填报处理，不得分", '"{option}" chosen: taken as missing, no points')
_CHOSEN_LEFT = Words("选“{option}”，按未填报处理，不计入", '"{option}" chosen: taken as missing, left out')
_NOT_THERE = Words("没有填报“{title}”，不计入", '"{title}" not answered: not there')
_ZEROED = Words("触发一票否决“{title}”（{code}），本项记 0 分", 'veto "{title}" ({code}): 0 points')
_LEAVES = Words("本项不适用于该单位", "does not apply to this unit")
_WITHHELD = Words("该单位另有填报错误，未予计分", "withheld: the unit has errors elsewhere")
_BONUS = Words("加分项，加 {score:points} 分{why}", "bonus: {score:points} added{why}")
_TAKEN_OFF = Words("扣分项，扣 {score:points} 分{why}", "{score:points} taken off{why}")
_COLON = Words("：{why}", ": {why}")
_NEEDS_NODES = Words("{names:list}没有得分，本项不能计算", "{names:list} has no score: cannot be calculated")
_NOT_COMPUTABLE = Words("所填数据不能算出结果", "nothing can be calculated from these figures")


def reason(scores: Scores, row: int, node_code: str) -> Phrase | None:
    """Why points were lost, or why there is no score; None where nothing was lost, or the parts say it all."""
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
    told = {"after": change.after, "reason": change.reason, "reviewer": change.reviewer, "date": change.date}
    if np.isnan(before):
        return _CHANGED_FROM_NONE(status=own or "—", **told)
    changed = _CHANGED(before=before, **told)
    return changed if own is None else _FIRST(change=changed, why=own)


def change_of(scores: Scores, row: int, node: Node) -> Change | None:
    """The change that a reviewer made to a unit's score at an indicator; the last one counts."""
    return scores.change_of.get((scores.units[row].code, node.code))


def ruling_of(scores: Scores, row: int, node: Node) -> Ruling | None:
    """What a reviewer decided about a unit's claim that an indicator does not apply; the last one counts."""
    return scores.ruling_of.get((scores.units[row].code, node.code))


def zeroed(scores: Scores, row: int, node: Node) -> Phrase | None:
    """Which veto made this node score nothing."""
    for code in dict.fromkeys(code for code, _ in scores.vetoes[row]):
        veto = next((one for one in scores.tree.vetoes if one.code == code), None)
        if veto is not None and veto.node_zero == node.code:
            return _ZEROED(title=veto.title, code=code)
    return None


def _own_reason(scores: Scores, row: int, node: Indicator, change: Change | None) -> Phrase | None:
    """The reason as the unit's own figures have it, whatever a reviewer changed."""
    column = scores.node_column[node.code]
    status, score = Status(int(scores.status[row, column])), float(scores.scores[row, column])
    if change is not None:
        score = float(scores.computed[row, column])
        if status is Status.SCORED and np.isnan(score):
            given = answers_of(scores, row, node)
            return _blank(scores, row, node, given) or _LEAVES()
    if status is Status.SCORED:
        return _signed(scores, row, node, score)
    if status is Status.NOT_APPLICABLE:
        return _left(scores, row, node)
    given = answers_of(scores, row, node)
    if status is Status.NOT_REVIEWED and Need.MARKS in node.rule.NEEDS:
        return node.rule.reason(row_of(scores, row, node, node.rule, float("nan"), float("nan")), node.terms)
    if scores.submissions[row] is None and node.filled_by is FilledBy.UNIT:
        return _NOT_SUBMITTED()
    if status is Status.NOT_REVIEWED and node.filled_by is FilledBy.ASSESSOR:
        return _NOT_ENTERED()
    if status is Status.NOT_REVIEWED:
        return _CLAIM_WAITS(note=_note(given))
    if status is Status.INVALID:
        wrong = tuple(
            _CELL(name=asked.name, cell=answer.place.cell, printed=answer.printed)
            for asked, answer in given
            if answer is not None and answer.state is AnswerState.INVALID
        )
        return _WRONG(cells=wrong) if wrong else _WITHHELD()
    return _blank(scores, row, node, given)


def _signed(scores: Scores, row: int, node: Indicator, score: float) -> Phrase | None:
    """Why points were lost; what a bonus adds, and what is taken off."""
    if node.weight != -1 and not (node.bonus and score > 0):
        return _lost(scores, row, node, score)
    if score == 0:
        return None
    words = _BONUS if node.bonus else _TAKEN_OFF
    why = _lost(scores, row, node, score)
    return words(score=score, why="" if why is None else _COLON(why=why))


def _blank(scores: Scores, row: int, node: Indicator, given: tuple[tuple[Field, Answer | None], ...]) -> Phrase | None:
    """Why there is no score where something was not answered."""
    excluded = _missing_policy(scores, node) is Missing.EXCLUDE
    claimed = any(a is not None and a.state is AnswerState.CLAIMED_NOT_APPLICABLE for _, a in given)
    ruling = ruling_of(scores, row, node)
    if claimed and ruling is not None and not ruling.is_granted:
        return _ruled(_REFUSED_LEFT if excluded else _REFUSED, ruling, given)
    missing = tuple(
        quote(asked.name)
        for asked, answer in given
        if not asked.substitute and (answer is None or answer.state is AnswerState.MISSING)
    )
    if missing and node.filled_by is FilledBy.ASSESSOR:
        return _OFFICE_MISSING(names=missing)
    if missing:
        return (_FIELDS_EXCLUDED if excluded else _FIELDS_MISSING)(names=missing)
    for asked, answer in given:
        if asked.type is FieldType.CHOICE and answer is not None and isinstance(answer.value, float):
            words = _CHOSEN_LEFT if excluded else _CHOSEN_MISSING
            return words(option=asked.choices[int(answer.value)])
    without = tuple(
        quote(scores.tree.by_code[code].title)
        for code in node.refers_to
        if np.isnan(scores.scores[row, scores.node_column[code]])
    )
    return _NEEDS_NODES(names=without) if without else _NOT_COMPUTABLE()


def _missing_policy(scores: Scores, node: Indicator) -> Missing:
    above = scores.tree.ancestors(node.code)
    own = above[-1].missing if above and isinstance(above[-1], Group) else None
    return own or scores.tree.policies.missing


def _ruled(words: Words, ruling: Ruling, given: tuple[tuple[Field, Answer | None], ...]) -> Phrase:
    because: object = _BECAUSE(reason=ruling.reason) if ruling.reason else ""
    return words(note=_note(given), reviewer=ruling.reviewer, date=ruling.date, reason=because)


def _note(given: tuple[tuple[Field, Answer | None], ...]) -> str:
    return next((answer.note for _, answer in given if answer is not None and answer.note), "—")


def _left(scores: Scores, row: int, indicator: Indicator) -> Phrase:
    """Why the indicator does not apply to this unit."""
    unit, tree = scores.units[row], scores.tree
    if not tree.is_applicable(indicator, unit.type):
        name = next((t.name for t in tree.unit_types if t.code == unit.type), unit.type)
        return _OTHER_TYPE(type=name)
    given = answers_of(scores, row, indicator)
    for above in tree.ancestors(indicator.code):
        is_blank = all(answer is None or answer.state is AnswerState.MISSING for _, answer in given)
        if isinstance(above, Group) and above.repetition and is_blank:
            return _NOT_THERE(title=above.title)
    if any(answer is not None and answer.state is AnswerState.CLAIMED_NOT_APPLICABLE for _, answer in given):
        ruling = ruling_of(scores, row, indicator)
        return _CLAIM_TAKEN(note=_note(given)) if ruling is None else _ruled(_GRANTED, ruling, given)
    if scores.by_zero[row, scores.indicator_column[indicator.code]]:
        names = quoted(indicator, indicator.zero_names, tree)
        mean = indicator.on_zero is not None and indicator.on_zero.what is WhenZero.COHORT_MEAN
        return (_COHORT_LEFT if mean else _ZERO_LEFT)(names=names)
    if indicator.no_previous is not None and _lacks_previous(scores, row, indicator):
        return _NO_PREVIOUS_LEFT()
    for asked, answer in given:
        if asked.type is FieldType.CHOICE and answer is not None and isinstance(answer.value, float):
            return _CHOSEN(option=asked.choices[int(answer.value)])
    return _LEAVES()


def _lacks_previous(scores: Scores, row: int, indicator: Indicator) -> bool:
    """Is there no figure of last edition that the value or the rule needs?"""
    needed = [name.removeprefix("previous.") for name in referred(indicator) if name.startswith("previous.")]
    if Need.PREVIOUS in indicator.rule.NEEDS:
        needed.append("value")
    return any(np.isnan(previous_figure(scores, row, indicator, what)) for what in needed)


def _lost(scores: Scores, row: int, indicator: Indicator, score: float) -> Phrase | None:
    if score >= indicator.points:
        return None
    column = scores.indicator_column[indicator.code]
    if scores.by_zero[row, column] and indicator.on_zero is not None:
        names = quoted(indicator, indicator.zero_names, scores.tree)
        return _ZERO_GIVES(names=names, score=score)
    if indicator.no_previous is not None and _lacks_previous(scores, row, indicator):
        return _NO_PREVIOUS(score=score)
    rule, value, small = indicator.rule, float(scores.values[row, column]), indicator.small_sample
    is_small = bool(scores.small[row, column])
    if is_small and small is not None and small.rule is not None:
        rule = small.rule
        if small.value is not None:
            value = float(small.value.evaluate(names_of(scores, row, indicator)).value[0])
    figures = row_of(scores, row, indicator, rule, value, score)
    why = rule.reason(figures, indicator.terms if rule is indicator.rule else indicator.small_terms)
    if is_small and small is not None and small.rule is None:
        why = _UNSTABLE(reason=why, below=small.below)
    return _PRINTED_RATE(reason=why) if scores.from_rate[row, column] else why


def row_of(scores: Scores, row: int, indicator: Indicator, rule: Rule, value: float, score: float) -> Row:
    """One unit's figures as its rule words a reason with them."""
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
    inside &= scores.status[:, scores.node_column[indicator.code]] == Status.SCORED
    peers: FloatArray = scores.values[inside, scores.indicator_column[indicator.code]]
    return peers
