"""评审情况: how reviewers marked, beside one another: means, spread, and marks to look at again.

A mark is compared on the scale of its own range, so that marks out of 2 and out of 10 can stand together. Nothing here
says that a reviewer is wrong: of few marks nothing is said at all, and of two that differ not which one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median, pstdev

from lawgov_score.model import Indicator, Mark, Scores, Tree
from lawgov_score.wording import Quantity, Text, Words

NAME = Words("评审情况", "Reviewers")  # of the sheet
HEADLINE = Words("评审打分情况（内部使用）", "How reviewers marked (for the office alone)")

ENOUGH = 5  # marks: of fewer nothing is said
APART = 0.1  # of the range, on average: strict or lenient
FAR = 0.3  # of the range, from the median of three marks or more: a mark to look at again
FAR_OF_TWO = 0.5  # where there are only two

_FEW = Words("不足 {n} 个可比的分，不作比较", "fewer than {n} marks to compare: nothing is said")
_LENIENT = Words("平均比其他评审偏高 {by}，请核对尺度是否一致", "{by} above the others: is it one scale?")
_STRICT = Words("平均比其他评审偏低 {by}，请核对尺度是否一致", "{by} below the others: is it one scale?")
_ALL_ALIKE = Words("所打的分占幅度的比例都相同，没有拉开差距", "all marks alike, as a share of their range")
_BESIDE = Words("{n} 名评审的中位数是 {other:points} 分", "the median of {n} reviewers is {other:points}")
_OF_TWO = Words(
    "另一名评审打 {other:points} 分；只有两个分，看不出哪一个偏",
    "the other gave {other:points}; with two, which is off cannot be said",
)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One reviewer. ``average``, ``spread``, ``lowest``, ``highest``: of marks as shares of their range.

    ``beside``: how far above the rest for the same unit and indicator, on average; None: too few to say.
    """

    name: str
    marks: int
    indicators: int
    units: int
    average: float
    lowest: float
    highest: float
    spread: float
    beside: float | None
    remark: Text


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged indicator. ``apart``: how far the reviewers of one unit lie apart, on average, in points.

    ``ranges``: names of unit types, lowest and highest mark; one without names where it is the same for all.
    """

    indicator: Indicator
    ranges: tuple[tuple[tuple[str, ...], float, float], ...]
    reviewers: int
    marks: int
    average: float
    lowest: float
    highest: float
    apart: float | None


@dataclass(frozen=True, slots=True)
class Again:
    """A mark to look at again, and why."""

    row: int
    indicator: Indicator
    mark: Mark
    why: Text


@dataclass(frozen=True, slots=True)
class Report:
    """All three lists, each in a fixed order."""

    reviewers: tuple[Reviewer, ...]
    judged: tuple[Judged, ...]
    again: tuple[Again, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    """A mark with its share of the range, and the marks of others for the same unit and indicator."""

    row: int
    indicator: Indicator
    mark: Mark
    share: float
    others: tuple[float, ...]  # shares

    @property
    def middle(self) -> float:
        """What it is held against: the median of all marks, which one far-off mark does not move; of two, the other."""
        return self.others[0] if len(self.others) == 1 else median((self.share, *self.others))

    @property
    def beside(self) -> float:
        """How far above that."""
        return self.share - self.middle


def is_needed(scores: Scores) -> bool:
    """Did anybody mark anything?"""
    return bool(scores.review.marks)


def report_of(scores: Scores) -> Report:
    """The report on all marks of the run."""
    by_name: dict[str, list[_Given]] = {}
    judged: list[Judged] = []
    again: list[Again] = []
    for indicator in scores.tree.indicators:
        given = list(_given(scores, indicator)) if indicator.is_judged else []
        for one in given:
            by_name.setdefault(one.mark.reviewer, []).append(one)
            if (why := _why_again(one)) is not None:
                again.append(Again(one.row, indicator, one.mark, why))
        if given:
            judged.append(_judged(scores.tree, indicator, given))
    reviewers = tuple(_reviewer(name, given) for name, given in sorted(by_name.items()))
    return Report(reviewers, tuple(judged), tuple(again))


def _given(scores: Scores, indicator: Indicator) -> Iterator[_Given]:
    for row in map(int, scores.order):
        own = scores.of_unit(row).tree.indicators[scores.indicator_column[indicator.code]]
        least, most = own.rule.bounds
        marks = scores.marks_of.get((scores.units[row].code, indicator.code), ())
        shares = [(mark.mark - least) / (most - least) for mark in marks]
        for at, mark in enumerate(marks):
            yield _Given(row, own, mark, shares[at], (*shares[:at], *shares[at + 1 :]))


def _reviewer(name: str, given: Sequence[_Given]) -> Reviewer:
    shares = [one.share for one in given]
    beside = [one.beside for one in given if one.others]
    average = mean(beside) if len(beside) >= ENOUGH else None
    return Reviewer(
        name,
        len(given),
        len({one.indicator.code for one in given}),
        len({one.row for one in given}),
        mean(shares),
        min(shares),
        max(shares),
        pstdev(shares),
        average,
        _remark(shares, beside, average),
    )


def _remark(shares: Sequence[float], beside: Sequence[float], average: float | None) -> Text:
    """What is worth a look; only where it is more than the marks themselves waver."""
    if average is None:
        return _FEW(n=ENOUGH)
    unsure = 2 * pstdev(beside) / len(beside) ** 0.5
    if abs(average) >= APART and abs(average) > unsure:
        return (_LENIENT if average > 0 else _STRICT)(by=Quantity(round(abs(average), 3), is_share=True))
    return _ALL_ALIKE() if min(shares) == max(shares) else ""


def _ranges(tree: Tree, code: str) -> tuple[tuple[tuple[str, ...], float, float], ...]:
    found: dict[tuple[float, float], tuple[str, ...]] = {}
    for names, own in tree.kinds or (((), tree),):
        node = own.by_code[code]
        assert isinstance(node, Indicator)  # it is judged
        found[node.rule.bounds] = (*found.get(node.rule.bounds, ()), *names)
    return tuple(((names if len(found) > 1 else ()), *bounds) for bounds, names in found.items())


def _judged(tree: Tree, indicator: Indicator, given: Sequence[_Given]) -> Judged:
    marks = [one.mark.mark for one in given]
    by_row: dict[int, list[float]] = {}
    for one in given:
        by_row.setdefault(one.row, []).append(one.mark.mark)
    apart = [max(several) - min(several) for several in by_row.values() if len(several) > 1]
    return Judged(
        indicator,
        _ranges(tree, indicator.code),
        len({one.mark.reviewer for one in given}),
        len(marks),
        mean(marks),
        min(marks),
        max(marks),
        mean(apart) if apart else None,
    )


def _why_again(one: _Given) -> Text | None:
    if not one.others:
        return None
    least, most = one.indicator.rule.bounds
    other = least + one.middle * (most - least)
    if len(one.others) == 1:
        return _OF_TWO(other=other) if abs(one.beside) >= FAR_OF_TWO else None
    return _BESIDE(n=len(one.others) + 1, other=other) if abs(one.beside) >= FAR else None
