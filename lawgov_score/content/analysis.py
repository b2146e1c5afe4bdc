"""Statistics of a whole run: distribution of scores, cohorts side by side, the costliest categories, aspects."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.content import labels
from lawgov_score.content.losses import Loss, losses
from lawgov_score.content.rates import categories, counted_rates, mean_of
from lawgov_score.measure.ladder import reached
from lawgov_score.measure.tolerance import DUST, SAID, reads_the_same
from lawgov_score.model import Grade, Node, Scores, Tree
from lawgov_score.report import number_text, render
from lawgov_score.rounding import DUST_DECIMALS, BoolArray, FloatArray
from lawgov_score.wording import Language, Phrase, Text, Words

SHEET = Words("分析", "Analysis")
HEADLINE = Words("成绩分析", "Analysis")
NOTE = Words(
    "统计已计分的 {n} 个单位（名册共 {all} 个）。各图均按图下表中的数绘制。",
    "{n} scored units, of {all} on the roster. Each chart shows the figures of the table below it.",
)
NO_TOTAL = Words("本指标体系不设总分，没有得分分布和各组得分。", "This tree has no total: no distribution of totals.")
NOBODY = Words("没有已计分的单位。", "No unit has a score.")

SPREAD = Words("得分分布", "Distribution of scores")
SPREAD_NOTE = Words(
    "每段含下限、不含上限；首段含以下分数，末段含以上分数。",
    "Each band includes its lower end, not its upper; the outermost bands take in whatever lies beyond.",
)
_LINES = Words("等次线：{lines:list}。", "Grade lines: {lines:list}.")
_LINES_BY_COHORT = Words("等次线因考核分组而异，图上不标。", "Grade lines differ by cohort and are not marked.")
_LINES_ELSEWHERE = Words("等次不按总分定，图上不标等次线。", "Grades do not go by the total: no lines are marked.")
_LINE = {  # by the key of the line
    "at_least": Words("{grade} {line} 分以上", "{grade} from {line}"),
    "above": Words("{grade} 超过 {line} 分", "{grade} above {line}"),
    "at_most": Words("{grade} {line} 分以下", "{grade} up to {line}"),
    "below": Words("{grade} 低于 {line} 分", "{grade} below {line}"),
}
BAND = Words("分数段", "Band")
_BAND_NAME = Words("{lower}—{upper}", "{lower}–{upper}")
_GRADES = Words("{grades:list}", "{grades:list}")
FROM = Words("下限", "From")
TO = Words("上限", "To")
NUMBER = Words("单位数", "Units")
TOTALS = Words("得分（分）", "Score (points)")
BY_LINE = Words("分数线等次", "Grade by line")
NO_GRADE = Words("未达等次线", "below all lines")

COHORTS = Words("各考核分组对比", "Cohorts side by side")
SCORED = Words("已计分", "Scored")
MEAN = Words("平均分", "Mean")
HIGHEST = Words("最高分", "Highest")
LOWEST = Words("最低分", "Lowest")
ALL_UNITS = Words("全部单位", "All units")

_PROVISIONAL = Words(
    "各等次单位数含等次为暂定的 {n} 个单位。", "Units by grade include those whose grade is provisional ({n})."
)

LOSSES = Words("各类失分", "Points lost by category")
LOSSES_NOTE = Words(
    "失分最多的类在前；分组各列为该组平均每个适用单位的失分。",
    "What costs most comes first; columns of cohorts give the points lost per unit concerned.",
)
SHARE = Words("占全部失分", "Share of all")
LOST_POINTS = Words("失分合计（分）", "Points lost, all units together")
LOST_EACH = Words("平均每单位失分（分）", "Points lost per unit")

ASPECTS = Words("各方面得分率", "Score rates by aspect")
MEAN_RATE = Words("平均", "Mean")
BEST_RATE = Words("最高", "Highest")
LOWEST_RATE = Words("最低", "Lowest")

MANY_COHORTS = Words(
    "考核分组多于 {most} 个，表中不逐组列出。", "More than {most} cohorts: they are not listed column by column."
)
CHARTED = Words(
    "图中为前 {n} 项，共 {all} 项，其余见表。", "The chart shows the first {n} of {all}; the table has all."
)

MOST_COHORTS = 6  # that stand as columns of a table
MOST_CHARTED = 15  # names on the axis of a chart
_MOST_BANDS, _FEWEST_BANDS, _FINEST_BANDS = 12, 5, 20  # as a rule; at least, and at most, where lines ask for others
_WIDTHS = (1.0, 2.0, 5.0)  # of bands, times a power of ten


@dataclass(frozen=True, slots=True)
class Band:
    """Totals from ``lower`` up to, not including, ``upper``; the outermost bands also take totals beyond them.

    ``grades``: the grades that totals in the band reach by the lines alone, lowest total first; ``""`` below all
    lines.
    """

    lower: float
    upper: float
    grades: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """Statistics of one cohort, or of all units (``cohort`` None); nan without a score. ``graded``: units by grade."""

    name: str
    cohort: int | None
    members: BoolArray
    units: int
    scored: int
    mean: float
    highest: float
    lowest: float
    graded: tuple[int, ...]


@dataclass(frozen=True)
class Cost:
    """Points lost at a category: by all scored units together, as a share of all lost points, and by cohort."""

    loss: Loss
    share: float
    by_cohort: tuple[float, ...]  # per unit concerned; nan where it concerns nobody


@dataclass(frozen=True)
class Aspect:
    """Score rates at a top node; nan where it concerns no unit."""

    node: Node
    mean: float
    best: float
    lowest: float
    by_cohort: tuple[float, ...]


def lines_are_common(tree: Tree) -> bool:
    """Do all units have the same grade lines for their totals?"""
    return bool(tree.grades) and not tree.policies.grade_by and not any(grade.lines for grade in tree.grades)


def line_texts(tree: Tree) -> tuple[Phrase, ...]:
    """The common grade lines in words, best first, without a line that every total reaches."""
    texts = []
    for grade in tree.grades:
        line = grade.line("")  # no cohort has lines of its own
        if math.isfinite(line) and (grade.key != "at_least" or line > 0):
            texts.append(_LINE[grade.key](grade=grade.name, line=number_text(line, 4)))
    return tuple(texts)


def bands_of(scores: Scores) -> tuple[Band, ...]:
    """About a dozen bands of equal round width over all totals, lowest first; none if no unit has a total.

    Common grade lines lie between bands if some round width allows that.
    """
    totals = scores.total[labels.scored_rows(scores)] if labels.has_total(scores.tree) else np.empty(0)
    if not len(totals):
        return ()
    low, high = float(totals.min()), float(totals.max())
    tree = scores.tree
    is_common = lines_are_common(tree)
    lines = [line for line in _lines(tree.grades) if low < line < high] if is_common else []
    wide = _band_width(low, high, tree.scale, lines)
    first, last = _ends(low, high, wide)
    ends = [round(number * wide, DUST_DECIMALS) for number in range(first, last + 1)]
    return tuple(
        Band(lower, upper, _grades(tree.grades, lower, upper) if is_common else ())
        for lower, upper in itertools.pairwise(ends)
    )


def band_name(band: Band) -> Phrase:
    """Name of a band, ``80—85``; ``SPREAD_NOTE`` says which of its ends is included."""
    return _BAND_NAME(lower=number_text(band.lower, 6), upper=number_text(band.upper, 6))


def grades_said(band: Band, lang: Language) -> Phrase:
    """The grades that totals in the band reach, in words."""
    return _GRADES(grades=tuple(name or render(NO_GRADE, lang) for name in band.grades))


def lines_note(tree: Tree) -> Text | None:
    """The note about grade lines beside the distribution; None if there are no grades."""
    if lines_are_common(tree):
        return _LINES(lines=line_texts(tree))
    if not tree.grades:
        return None
    return _LINES_ELSEWHERE if tree.policies.grade_by else _LINES_BY_COHORT


def _lines(grades: Sequence[Grade]) -> list[float]:
    return [grade.line("") for grade in grades]  # no cohort has lines of its own


def _ends(low: float, high: float, wide: float) -> tuple[int, int]:
    """First and last edge of bands of this width, as multiples of the width."""
    first = math.floor(low / wide + DUST)
    return first, max(math.ceil(high / wide - DUST), first + 1)


def _band_width(low: float, high: float, scale: float, lines: Sequence[float]) -> float:
    """The smallest round width that makes few bands; if it cuts a grade line, a coarser or finer one that does not."""
    least = max((high - low) / (_MOST_BANDS - 1), scale / 100, SAID)
    power = 10.0 ** math.floor(math.log10(least) + DUST)
    widths = [round(one * times * power, DUST_DECIMALS) for times in (0.1, 1.0, 10.0) for one in _WIDTHS]
    usual = next(i for i, one in enumerate(widths) if one >= least - DUST)
    for wide in (*widths[usual:], *widths[:usual][::-1]):
        first, last = _ends(low, high, wide)
        is_usual = wide == widths[usual]
        if (is_usual or _FEWEST_BANDS <= last - first <= _FINEST_BANDS) and all(_is_end(line, wide) for line in lines):
            return wide
    return widths[usual]


def _is_end(line: float, wide: float) -> bool:
    return reads_the_same(line / wide, round(line / wide))


def _grades(grades: Sequence[Grade], lower: float, upper: float) -> tuple[str, ...]:
    inside = [line for line in _lines(grades) if lower <= line < upper]
    tiny = (upper - lower) * SAID
    points = sorted({lower, upper - tiny, *inside, *(line + tiny for line in inside)})
    return tuple(dict.fromkeys(_grade_at(grades, point) for point in points))


def _grade_at(grades: Sequence[Grade], total: float) -> str:
    level = int(reached(np.array([total]), _lines(grades), [grade.key for grade in grades])[0])
    return grades[level].name if level < len(grades) else ""


def spread(scores: Scores, bands: Sequence[Band], members: BoolArray) -> list[int]:
    """How many of ``members`` fall in each band."""
    totals = scores.total[members & labels.scored_rows(scores)]
    at = np.searchsorted([band.lower for band in bands[1:]], totals, side="right")
    return np.bincount(at, minlength=len(bands)).tolist() if bands else []


def summaries(scores: Scores, lang: Language) -> list[Summary]:
    """One summary for each cohort, in the tree's order, then one for all units if there are several cohorts."""
    entries = []
    cohorts = sorted(set(scores.cohorts.tolist()))
    for cohort in cohorts:
        members = scores.cohorts == cohort
        name = labels.cohort(scores, int(np.flatnonzero(members)[0]), lang)
        entries.append(_summary(scores, name, cohort, members))
    if len(cohorts) > 1:
        everybody = np.ones(len(scores.units), dtype=bool)
        entries.append(_summary(scores, render(ALL_UNITS, lang), None, everybody))
    return entries


def _summary(scores: Scores, name: str, cohort: int | None, members: BoolArray) -> Summary:
    scored = members & labels.scored_rows(scores)
    totals: FloatArray = scores.total[scored] if labels.has_total(scores.tree) else np.empty(0)
    ends = (float(totals.max()), float(totals.min())) if len(totals) else (math.nan, math.nan)
    holders = [scores.grades[row] for row in np.flatnonzero(members)]
    graded = tuple(holders.count(grade.name) for grade in scores.tree.grades)
    return Summary(name, cohort, members, int(members.sum()), int(scored.sum()), mean_of(totals), *ends, graded)


def provisional_note(scores: Scores) -> Phrase | None:
    """How many of the counted grades are provisional; None where none is."""
    n = sum(bool(grade and scores.provisional(row)) for row, grade in enumerate(scores.grades))
    return _PROVISIONAL(n=n) if n else None


def columns_of(cohorts: Sequence[Summary]) -> list[Summary]:
    """The cohorts shown side by side as columns: none if there is only one, or more than fit."""
    several = [one for one in cohorts if one.cohort is not None]
    return several if 1 < len(several) <= MOST_COHORTS else []


def costs(scores: Scores, cohorts: Sequence[Summary]) -> list[Cost]:
    """Points lost by category, the costliest first; ``cohorts`` are the columns."""
    nodes = categories(scores.tree)
    own = [{one.node.code: one for one in losses(scores, nodes, cohort.members)} for cohort in cohorts]
    all_losses = losses(scores, nodes)
    whole = sum(one.lost for one in all_losses)
    return [
        Cost(
            one,
            one.lost / whole if whole > 0 else math.nan,
            tuple(_each(of_cohort[one.node.code]) for of_cohort in own),
        )
        for one in all_losses
        if one.units
    ]


def _each(loss: Loss) -> float:
    return loss.lost / loss.units if loss.units else math.nan


def mean_lost(cost: Cost) -> float:
    """Mean loss of a unit concerned."""
    return _each(cost.loss)


def aspects(scores: Scores, cohorts: Sequence[Summary]) -> list[Aspect]:
    """The top nodes in printed order, without those that concern no unit."""
    tops = scores.tree.children
    rates = counted_rates(scores, tops)
    entries = []
    for i, node in enumerate(tops):
        known = rates[~np.isnan(rates[:, i]), i]
        if len(known):
            means = tuple(mean_of(rates[cohort.members, i]) for cohort in cohorts)
            entries.append(Aspect(node, float(known.mean()), float(known.max()), float(known.min()), means))
    return entries
