"""Why units have no score at a node: blanks, claims, not-applicable nodes, figures that yield no number."""

import re

import numpy as np

from lawgov_score.explanation.figures import answers_of, quoted
from lawgov_score.explanation.references import figures_of, previous_figures, quote, within
from lawgov_score.explanation.signing import signed_by
from lawgov_score.model import (
    Answer,
    AnswerState,
    FilledBy,
    Group,
    Indicator,
    Missing,
    Node,
    Ruling,
    Scores,
    Tree,
    WhenZero,
)
from lawgov_score.phrase_columns import Chosen, Phrases, Single
from lawgov_score.rounding import BoolArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Need
from lawgov_score.wording import Phrase, Words

_FIELDS_MISSING = Words("{names:list}未填报，{nothing}", "{names:list} not answered: {nothing}")
_SHARED_BY_ALL = Words("{name}（全表的共用数据）", "{name} (shared by the whole workbook)")
_SHARED = Words("{name}（{code} {title}的共用数据）", "{name} (shared by {code} {title})")
_FIELDS_EXCLUDED = Words("{names:list}未填报，本项不计入", "{names:list} not answered: left out")
_OTHER_TYPE = Words("不适用于{type}", "does not apply to {type}")
_ZERO_LEFT = Words("{names:list}为 0，本项不适用", "{names:list} is 0: does not apply")
_CLAIM_TAKEN = Words("申报不适用：{note}", "declared not applicable: {note}")
_GRANTED = Words(
    "申报不适用（{note}），{reviewer}于{date:date}审核同意{reason}",
    "declared not applicable ({note}); granted by {reviewer} on {date:date}{reason}",
)
_REFUSED = Words(
    "申报不适用（{note}），{reviewer}于{date:date}审核未同意{reason}，{nothing}",
    "declared not applicable ({note}); refused by {reviewer} on {date:date}{reason}: {nothing}",
)
_REFUSED_LEFT = Words(
    "申报不适用（{note}），{reviewer}于{date:date}审核未同意{reason}，按未填报不计入",
    "declared not applicable ({note}); refused by {reviewer} on {date:date}{reason}: left out as missing",
)
_BECAUSE = Words("：{reason}", ": {reason}")
_OFFICE_MISSING = Words(
    "{names:list}由考核机关填报，尚未填报", "{names:list}, for the office to fill in, is not there yet"
)
_NO_PREVIOUS_LEFT = Words("没有上年数据，本项不适用", "no figure of last edition: does not apply")
_COHORT_LEFT = Words(
    "{names:list}为 0，且同组没有可以参照的得分，本项不适用",
    "{names:list} is 0 and the cohort has no mean: does not apply",
)
_CHOSEN = Words("选“{option}”，本项不适用", '"{option}" chosen: does not apply')
_CHOSEN_MISSING = Words("选“{option}”，按未填报处理，{nothing}", '"{option}" chosen: taken as missing, {nothing}')
_CHOSEN_LEFT = Words("选“{option}”，按未填报处理，不计入", '"{option}" chosen: taken as missing, left out')
_NOT_THERE = Words("没有填报“{title}”，不计入", '"{title}" not answered: not there')
_LEAVES = Words("本项不适用于该单位", "does not apply to this unit")
_NO_NUMBER = Words("所填数据按“{text}”算不出数，本项{nothing}", 'the figures come to no number by "{text}": {nothing}')
_NO_POINTS = {False: Words("不得分", "no points"), True: Words("未扣分", "nothing taken off")}
_NEEDS_NODES = Words("{names:list}没有得分，本项不能计算", "{names:list} has no score: cannot be calculated")
_NOT_COMPUTABLE = Words("所填数据不能算出结果", "nothing can be calculated from these figures")
_NAME = re.compile(r"[A-Za-z_]\w*")


def no_points(node: Indicator) -> Words:
    """What an indicator gives where nothing is known: 不得分; of a 扣分项 nothing is taken off."""
    return _NO_POINTS[node.terms.is_taken_off]


def ruling_of(scores: Scores, row: int, node: Node) -> Ruling | None:
    """What a reviewer decided about a unit's claim that an indicator does not apply; the last one counts."""
    return scores.ruling_of.get((scores.units[row].code, node.code))


def why_stuck(scores: Scores, row: int, node: Indicator) -> Phrase | None:
    """Why figures that are all given yield no value: the logarithm of zero, a number out of range."""
    value = node.value
    if value is None or not np.isnan(scores.value_at(row, node.code)) or lacks_previous(scores, node)[row]:
        return None
    asked = [one for one in node.fields if one.code in value.fields and not scores.is_spared(row, node, one)]
    if any(np.isnan(scores.answers[node.keys[one.code]][row]) for one in asked):
        return None
    if any(np.isnan(figures_of(scores, node, name)[row]) for name in value.names if not name.isidentifier()):
        return None  # withheld, and there is nothing to compare it with
    names = {asked.code: f"“{asked.name}”" for asked in node.fields}
    text = _NAME.sub(lambda match: names.get(match[0], match[0]), value.text)
    return _NO_NUMBER(text=text, nothing=no_points(node))


def _where(tree: Tree, asked: Field) -> Phrase:
    """A field by name; of 共用数据 with the place where they are asked, which is not that of the indicator."""
    if not asked.asked_at:
        return quote(asked.name)
    if tree.shared is not None and asked.asked_at == tree.shared.code:
        return _SHARED_BY_ALL(name=quote(asked.name))
    return _SHARED(name=quote(asked.name), code=asked.asked_at, title=tree.by_code[asked.asked_at].title)


def why_blank(
    scores: Scores, row: int, node: Indicator, given: tuple[tuple[Field, Answer | None], ...]
) -> Phrase | None:
    """Why there is no score where something was not answered."""
    excluded = scores.tree.missing_at(scores.tree.parents[node.code]) is Missing.EXCLUDE
    claimed = any(a is not None and a.state is AnswerState.CLAIMED_NOT_APPLICABLE for _, a in given)
    ruling = ruling_of(scores, row, node)
    if claimed and ruling is not None and not ruling.is_granted:
        return _ruled(scores.tree, _REFUSED_LEFT if excluded else _REFUSED, ruling, given, nothing=no_points(node))
    blank = [
        asked
        for asked, answer in given
        if not asked.substitute
        and asked.type is not FieldType.TEXT
        and (answer is None or answer.state is AnswerState.MISSING)
    ]
    offices = [asked for asked in blank if node.filled_by is FilledBy.ASSESSOR and not asked.asked_at]
    if offices:
        return _OFFICE_MISSING(names=tuple(quote(asked.name) for asked in offices))
    if blank:
        missing = tuple(_where(scores.tree, asked) for asked in blank)
        return (_FIELDS_EXCLUDED if excluded else _FIELDS_MISSING)(names=missing, nothing=no_points(node))
    for asked, answer in given:
        if asked.type is FieldType.CHOICE and answer is not None and isinstance(answer.value, float):
            words = _CHOSEN_LEFT if excluded else _CHOSEN_MISSING
            return words(option=asked.choices[int(answer.value)], nothing=no_points(node))
    without = tuple(
        quote(scores.tree.by_code[code].title) for code in node.refers_to if np.isnan(scores.at(row, code).score)
    )
    return _NEEDS_NODES(names=without) if without else _NOT_COMPUTABLE()


def _ruled(
    tree: Tree, words: Words, ruling: Ruling, given: tuple[tuple[Field, Answer | None], ...], **more: object
) -> Phrase:
    because: object = _BECAUSE(reason=within(ruling.reason)) if ruling.reason else ""
    reviewer = signed_by(tree, ruling.reviewer)
    return words(note=note_of(given), reviewer=reviewer, date=ruling.date, reason=because, **more)


def note_of(given: tuple[tuple[Field, Answer | None], ...]) -> str:
    """The reason that the unit gave with its claim."""
    return next((within(answer.note) for _, answer in given if answer is not None and answer.note), "—")


def why_left(scores: Scores, indicator: Indicator) -> Phrases:
    """Why the indicator does not apply to units: to some by their type, to others by what they answered."""
    tree = scores.tree
    names = {one.code: one.name for one in tree.unit_types}
    types = tuple(dict.fromkeys(unit.type for unit in scores.units))
    which = np.array([types.index(unit.type) for unit in scores.units], dtype=np.intp)
    by_answers = Single(lambda row: _why_left_by_answers(scores, row, indicator))
    return Chosen(
        which,
        tuple(
            by_answers if tree.is_applicable(indicator, each) else _OTHER_TYPE(type=names.get(each, each))
            for each in types
        ),
    )


def _why_left_by_answers(scores: Scores, row: int, indicator: Indicator) -> Phrase:
    """Why it does not apply to one unit, though it applies to its type."""
    tree = scores.tree
    given = answers_of(scores, row, indicator)
    for above in tree.ancestors(indicator.code):
        decide = (answer for asked, answer in given if asked.type is not FieldType.TEXT)
        is_blank = all(answer is None or answer.state is AnswerState.MISSING for answer in decide)
        if isinstance(above, Group) and above.repetition and is_blank:
            return _NOT_THERE(title=above.title)
    if any(answer is not None and answer.state is AnswerState.CLAIMED_NOT_APPLICABLE for _, answer in given):
        ruling = ruling_of(scores, row, indicator)
        return _CLAIM_TAKEN(note=note_of(given)) if ruling is None else _ruled(tree, _GRANTED, ruling, given)
    if scores.by_zero[row, scores.indicator_column[indicator.code]]:
        names = quoted(indicator, indicator.zero_names, tree)
        mean = indicator.on_zero is not None and indicator.on_zero.what is WhenZero.COHORT_MEAN
        return (_COHORT_LEFT if mean else _ZERO_LEFT)(names=names)
    if indicator.no_previous is not None and lacks_previous(scores, indicator)[row]:
        return _NO_PREVIOUS_LEFT()
    for asked, answer in given:
        if asked.type is FieldType.CHOICE and answer is not None and isinstance(answer.value, float):
            return _CHOSEN(option=asked.choices[int(answer.value)])
    return _LEAVES()


def lacks_previous(scores: Scores, indicator: Indicator) -> BoolArray:
    """(units,): does last edition lack a figure that the value or the rule needs? A veto's condition is not asked."""
    own = [one for one in (indicator.value, indicator.base) if one is not None]
    lacks = np.zeros(len(scores.units), dtype=bool)
    for name in dict.fromkeys(name for one in own for name in one.names if name.startswith("previous.")):
        lacks |= np.isnan(figures_of(scores, indicator, name))
    lacks &= np.isnan(scores.values[:, scores.indicator_column[indicator.code]])  # or a branch that is not taken
    if Need.PREVIOUS in indicator.rule.NEEDS:
        lacks |= np.isnan(previous_figures(scores, indicator))
    return lacks
