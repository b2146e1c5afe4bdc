"""The office's additions, line by line: changes, rulings, marks, register, vetoes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np

from lawgov_score.content import labels
from lawgov_score.content.open_items import Open
from lawgov_score.explanation import adjustments
from lawgov_score.explanation.references import within
from lawgov_score.explanation.signing import signed_by
from lawgov_score.model import NO_REVIEW, AdjustmentKind, Change, Scores, Sign
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace
from lawgov_score.wording import Text, Words

HEADLINE = Words("考核机关评定情况", "What the office added")
NOTE = Words(
    "改分不改动单位填报的数据和原得分，两者并列；加减分为计入总分的分数。",
    "A changed score leaves the unit's own figures and score on record; adjustments are what counts in the total.",
)
KIND = Words("类别", "Kind")
SUBJECT = Words("指标或事项", "Indicator or matter")
WHY = Words("理由、经办与佐证", "Reason, by whom, evidence")
PLACE = Words("登记位置", "Entered at")


_CHANGE = Words("复核改分", "Changed on review")
_DECISION = Words("异议决定改分", "Changed by a decision")
_GRANTED = Words("不适用认定：同意", "Not applicable: granted")
_REFUSED = Words("不适用认定：不同意", "Not applicable: refused")
_MARK = Words("评审打分", "Mark")
OPEN = Words("待办：{kind}", "To do: {kind}")
_VETO = Words("一票否决", "Veto")
_SIGNS = {Sign.BONUS: Words("加分", "Bonus"), Sign.PENALTY: Words("扣分", "Penalty")}
_LIMIT = Words("限额", "Limit")
_FROM_TO = Words("{before} → {after:points}", "{before} → {after:points}")
_SIGNED_BY = Words("{reason}（{reviewer}，{date:date}）", "{reason} ({reviewer}, {date:date})")
_MARKED_BY = Words("{reviewer}：{reason}", "{reviewer}: {reason}")
_NODE = Words("{code} {title}", "{code} {title}")
_POINTS = Words("{n:points}", "{n:points}")
_LIST = Words("{places:list}", "{places:list}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: its kind, its subject, its effect in points, the reason, and where it was entered."""

    kind: Text
    subject: Text
    effect: Text
    why: Text
    place: Text = ""


def entries_of(scores: Scores, row: int, *, for_unit: bool = False) -> Iterator[Entry]:
    """Everything the office added for one unit, in the order in which it takes effect.

    ``for_unit``: as the unit reads it, without marks, and with the names of reviewers only where the tree shows them.
    """
    tree, review = scores.tree, scores.review_of(scores.units[row].code)

    def by(reviewer: str) -> Text:
        return signed_by(tree, reviewer) if for_unit else reviewer

    for mark in () if for_unit else review.marks:
        why = _MARKED_BY(reviewer=mark.reviewer, reason=mark.reason or "—")
        yield Entry(_MARK, _node(scores, mark.indicator), _POINTS(n=mark.mark), why, _where(mark.place))
    for ruling in review.rulings:
        words = _GRANTED if ruling.is_granted else _REFUSED
        why = _SIGNED_BY(reason=within(ruling.reason) or "—", reviewer=by(ruling.reviewer), date=ruling.date)
        yield Entry(words, _node(scores, ruling.indicator), "", why, _where(ruling.place))
    for change, before in _changes(scores, row):
        shown: object = "—" if np.isnan(before) else _POINTS(n=before)
        why = _SIGNED_BY(reason=within(change.reason), reviewer=by(change.reviewer), date=change.date)
        effect = _FROM_TO(before=shown, after=change.after)
        kind_of = _DECISION if change.objection else _CHANGE
        yield Entry(kind_of, _node(scores, change.indicator), effect, why, _where(change.place))
    kinds: dict[str, AdjustmentKind] = {kind.code: kind for kind in tree.adjustments}
    vetoes = {veto.code for veto in tree.vetoes}
    for one in scores.adjusted[row]:
        if one.kind in vetoes:
            continue  # has a line of its own below
        kind = _SIGNS[kinds[one.kind].sign] if one.kind in kinds else _LIMIT
        places = _LIST(places=tuple(dict.fromkeys(_where(entry.place) for entry in one.entries)))
        why = adjustments.adjustment_phrase(scores, row, one)
        yield Entry(kind, labels.kind_title(tree, one.kind), adjustments.signed(one.points), why, places)
    codes = dict.fromkeys(code for code, _ in scores.vetoes[row])
    known = [veto for veto in tree.vetoes if veto.code in codes]
    for veto, why in zip(known, adjustments.veto_phrases(scores, row), strict=True):
        points = [one.points for one in scores.adjusted[row] if one.kind == veto.code]
        lines = [one for one in review.register if one.kind == veto.code]
        places = _LIST(places=tuple(dict.fromkeys(_where(one.place) for one in lines)))
        yield Entry(_VETO, veto.title, adjustments.signed(sum(points)) if points else "", why, places)


def _changes(scores: Scores, row: int) -> Iterator[tuple[Change, float]]:
    """Every change for a unit, with the score before it: as entered, those of one score one after another in turn."""
    changes = scores.review_of(scores.units[row].code).changes
    for code in dict.fromkeys(one.indicator for one in changes):
        for change, before, _ in scores.changes_at(row, scores.tree.by_code[code]):
            yield change, before


def open_entry(item: Open) -> Entry:
    """A line for what the office still has to do for the unit."""
    node = _NODE(code=item.indicator.code, title=item.indicator.title)
    return Entry(OPEN(kind=item.kind), node, "", item.why)


def _where(place: CellPlace) -> str:
    """The cell, its file without the folder."""
    return place_text(replace(place, path=PurePath(place.path).name))


def _node(scores: Scores, code: str) -> Text:
    node = scores.tree.by_code.get(code)
    return code if node is None else _NODE(code=code, title=node.title)


def is_needed(scores: Scores) -> bool:
    """Has the office added anything that is listed line by line?"""
    return scores.review is not NO_REVIEW or any(scores.adjusted)
