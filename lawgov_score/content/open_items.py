"""What the office still has to do before the result stands: claims to rule on, marks and figures to enter."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import ref

from lawgov_score.explanation.figures import answers_of
from lawgov_score.model import AnswerState, FilledBy, Indicator, Mark, Scores, Status
from lawgov_score.wording import Phrase, Text, Words

CLAIMS = Words("不适用待认定", "Claims to rule on")
MARKS = Words("评审待打分", "Marks to give")
UNEVEN = Words("个别评审漏打分", "Marks that single reviewers left out")
FIGURES = Words("考核机关待填报", "Figures for the office to enter")

_RULE = Words("单位申请不适用，尚未认定；在“不适用认定”中填认定意见", "claimed not applicable: rule on it")
_MARK = Words("已有 {n} 名评审打分，须有 {of} 名；在“评审打分”中打分", "{n} marks of {of}: give the rest")
_LEFT_OUT = Words(
    "{reviewers:list}给别的单位打了分，没有给这个单位打", "{reviewers:list} marked other units, not this one"
)
_ENTER = Words("尚未填报；在“考核机关填报项”中填", "not entered yet")


@dataclass(frozen=True, slots=True)
class Open:
    """One thing to do for one unit (``row``) at one indicator: its kind, and what is lacking."""

    kind: Words
    row: int
    indicator: Indicator
    why: Text


_last: list[tuple[ref[Scores], tuple[Open, ...]]] = []  # the scores that were asked for last, and what is open there


def open_items(scores: Scores) -> tuple[Open, ...]:
    """Everything that is open, kind by kind, in the order of the tree and of the roster.

    Screen and scorecard ask in turn for the same scores: it is looked for once.
    """
    if not _last or _last[0][0]() is not scores:
        found = [one for indicator in scores.tree.indicators for one in _of(scores, indicator)]
        kinds = (CLAIMS, MARKS, UNEVEN, FIGURES)
        _last[:] = [(ref(scores), tuple(one for kind in kinds for one in found if one.kind is kind))]
    return _last[0][1]


def _of(scores: Scores, indicator: Indicator) -> Iterator[Open]:
    status = scores.status[:, scores.node_column[indicator.code]]
    rows = range(len(scores.units))
    waiting = [row for row in rows if status[row] == Status.NOT_REVIEWED and _may_be_scored(scores, row)]
    claimed = {row for row in waiting if indicator.may_not_apply and _is_claimed(scores, row, indicator)}
    for row in waiting:
        if row in claimed:
            yield Open(CLAIMS, row, indicator, _RULE())
        elif indicator.is_judged:
            given = scores.marks_of.get((scores.units[row].code, indicator.code), ())
            own = scores.of_unit(row).tree.indicators[scores.indicator_column[indicator.code]]
            yield Open(MARKS, row, indicator, _lacking(own, given))
        elif indicator.filled_by is FilledBy.ASSESSOR:
            yield Open(FIGURES, row, indicator, _ENTER())
    if indicator.is_judged:
        yield from _left_out(scores, indicator, [row for row in rows if status[row] == Status.SCORED])


def _may_be_scored(scores: Scores, row: int) -> bool:
    """Would the office's work give the unit a score? Not where it has sent nothing of what it owes."""
    if scores.there[row]:
        return True
    unit, tree = scores.units[row], scores.tree
    return not any(one.owed and one.is_asked and tree.is_applicable(one, unit.type) for one in tree.indicators)


def _lacking(indicator: Indicator, given: Sequence[Mark]) -> Phrase:
    return _MARK(n=len(given), of=int(getattr(indicator.rule, "reviewers", 1)))


def _is_claimed(scores: Scores, row: int, indicator: Indicator) -> bool:
    answers = (answer for _, answer in answers_of(scores, row, indicator) if answer is not None)
    return any(answer.state is AnswerState.CLAIMED_NOT_APPLICABLE for answer in answers)


def _left_out(scores: Scores, indicator: Indicator, scored: Sequence[int]) -> Iterator[Open]:
    """Units without the mark of a reviewer who marked more than half of the others: they are not judged by the same."""
    by_row = {
        row: {m.reviewer for m in scores.marks_of.get((scores.units[row].code, indicator.code), ())} for row in scored
    }
    times = Counter(name for given in by_row.values() for name in given)
    often = sorted(name for name, number in times.items() if 2 * number > len(by_row))
    for row, given in by_row.items():
        lacking = tuple(name for name in often if name not in given)
        if lacking:
            yield Open(UNEVEN, row, indicator, _LEFT_OUT(reviewers=lacking))
