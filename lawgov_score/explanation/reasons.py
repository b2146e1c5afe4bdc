"""扣分理由: why points were lost, or why there is no score, for one unit at one node."""

from lawgov_score.explanation.figures import answers_of, quote, quoted
from lawgov_score.model import Answer, AnswerState, Group, Indicator, Missing, Scores, Status, field_key
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import Field
from lawgov_score.rules.rule import Row
from lawgov_score.wording import Phrase, Words

_NOT_SUBMITTED = Words("未报送填报表", "no submission")
_FIELDS_MISSING = Words("{names:list}未填报，不得分", "{names:list} not answered: no points")
_FIELDS_EXCLUDED = Words("{names:list}未填报，本项不计入", "{names:list} not answered: left out")
_OTHER_TYPE = Words("不适用于{type}", "does not apply to {type}")
_ZERO_LEFT = Words("{names:list}为 0，本项不适用", "{names:list} is 0: does not apply")
_CLAIM_TAKEN = Words("申报不适用：{note}", "declared not applicable: {note}")
_CLAIM_WAITS = Words(
    "申报不适用（{note}），尚待审核，审核前不得分",
    "declared not applicable ({note}); not reviewed yet, no points so far",
)
_WRONG = Words("{cells:list}填报有误，不得分", "{cells:list} invalid: no points")
_CELL = Words("{name}（{cell}：“{printed}”）", '{name} ({cell}: "{printed}")')
_ZERO_GIVES = Words("{names:list}为 0，按规定得 {score:points} 分", "{names:list} is 0: {score:points} by the standard")
_UNSTABLE = Words("{reason}（样本小于 {below}，比率不稳）", "{reason} (fewer than {below}: unstable)")
_PRINTED_RATE = Words("{reason}（按公布的比率，件数不明）", "{reason} (printed rate, counts unknown)")


def reason(scores: Scores, row: int, node_code: str) -> Phrase | None:
    """Why points were lost, or why there is no score; None for groups and where nothing was lost."""
    node = scores.tree.by_code[node_code]
    if isinstance(node, Group):
        return None
    column = scores.node_column[node_code]
    status = Status(int(scores.status[row, column]))
    if status is Status.SCORED:
        return _lost(scores, row, node, float(scores.scores[row, column]))
    if status is Status.NOT_APPLICABLE:
        return _left(scores, row, node)
    if scores.submissions[row] is None:
        return _NOT_SUBMITTED()
    given = answers_of(scores, row, node)
    if status is Status.NOT_REVIEWED:
        return _CLAIM_WAITS(note=_note(given))
    if status is Status.INVALID:
        wrong = tuple(
            _CELL(name=asked.name, cell=answer.place.cell, printed=answer.printed)
            for asked, answer in given
            if answer is not None and answer.state is AnswerState.INVALID
        )
        return (
            _WRONG(cells=wrong)
            if wrong
            else Words("该单位另有填报错误，未予计分", "withheld: the unit has errors elsewhere")()
        )
    missing = tuple(
        quote(asked.name)
        for asked, answer in given
        if not asked.substitute and (answer is None or answer.state is AnswerState.MISSING)
    )
    return (_FIELDS_EXCLUDED if scores.tree.policies.missing is Missing.EXCLUDE else _FIELDS_MISSING)(names=missing)


def _note(given: tuple[tuple[Field, Answer | None], ...]) -> str:
    return next((answer.note for _, answer in given if answer is not None and answer.note), "—")


def _left(scores: Scores, row: int, indicator: Indicator) -> Phrase:
    """Why the indicator does not apply to this unit."""
    unit = scores.units[row]
    if not scores.tree.is_applicable(indicator, unit.type):
        return _OTHER_TYPE(type=next(t.name for t in scores.tree.unit_types if t.code == unit.type))
    if scores.by_zero[row, scores.indicator_column[indicator.code]]:
        return _ZERO_LEFT(names=quoted(indicator, indicator.zero_names))
    return _CLAIM_TAKEN(note=_note(answers_of(scores, row, indicator)))


def _lost(scores: Scores, row: int, indicator: Indicator, score: float) -> Phrase | None:
    if score >= indicator.points:
        return None
    column = scores.indicator_column[indicator.code]
    if scores.by_zero[row, column]:
        names = quoted(indicator, indicator.zero_names)
        return _ZERO_GIVES(names=names, score=score)
    rule, value, small = indicator.rule, float(scores.values[row, column]), indicator.small_sample
    is_small = bool(scores.small[row, column])
    if is_small and small is not None and small.rule is not None:
        rule = small.rule
        if small.value is not None:
            fields = {f.code: scores.answers[field_key(indicator, f)][row : row + 1] for f in indicator.fields}
            value = float(small.value.evaluate(fields).value[0])
    figures = Row(
        value=value,
        score=score,
        answers={code: float(scores.answers[f"{indicator.code}.{code}"][row]) for code in rule.reads},
        year=float(scores.years[row]),
        cohort_values=_peers(scores, row, indicator) if rule.RELATIVE else None,
    )
    why = rule.reason(figures, indicator.terms)
    if is_small and small is not None and small.rule is None:
        why = _UNSTABLE(reason=why, below=small.below)
    return _PRINTED_RATE(reason=why) if scores.from_rate[row, column] else why


def _peers(scores: Scores, row: int, indicator: Indicator) -> FloatArray:
    """The values of the cohort that count, this unit's included."""
    inside = scores.cohorts == scores.cohorts[row]
    inside &= scores.status[:, scores.node_column[indicator.code]] == Status.SCORED
    peers: FloatArray = scores.values[inside, scores.indicator_column[indicator.code]]
    return peers
