"""Words that sheets and pages share: states of a score, why a grade was capped, why a unit stands without a place."""

import numpy as np

from lawgov_score.explanation import grading
from lawgov_score.model import FLOOR, INSIDE, Group, Node, Scores, Status, Tree, Way
from lawgov_score.report import number_text, render
from lawgov_score.rounding import BoolArray
from lawgov_score.wording import Language, Phrase, Text, Words

UNIT = Words("单位", "Unit")
UNIT_CODE = Words("单位编码", "Unit code")
COHORT = Words("考核分组", "Cohort")
CODE = Words("编码", "Code")
INDICATOR_CODE = Words("指标编码", "Indicator code")
VALUE = Words("指标值", "Value")
ANSWER = Words("填报值", "Answer")
OVERALL = Words("总位次", "Overall")
INDICATOR = Words("指标", "Indicator")
POINTS = Words("分值", "Points")
PLACE = Words("位次", "Place")
SCORE = Words("得分", "Score")
LOST = Words("失分", "Lost")
RATE = Words("得分率", "Score rate")
POINTS_OF = Words("分数", "Points")
GRADE = Words("等次", "Grade")
COVERAGE = Words("填报率", "Coverage")
STATUS = Words("状态", "Status")
REASON = Words("扣分理由", "Why points were lost")
SOURCE = Words("来源单元格", "Source cell")

_NOT_SUBMITTED = Words("没有可用的填报表", "no submission that can be used")
_WITHHELD = Words("填报有误，未予计分", "has errors, not scored")
_NOTHING_TO_SCORE = Words("没有可以计分的填报值", "no answer that could be scored")
_LIMITS = {
    INSIDE: Words("总分上限", "Upper limit of totals"),
    FLOOR: Words("总分下限", "Lower limit of totals"),
}
_RAW = Words("折算前得分 / 适用分", "Before conversion / of")
_SUM = Words("得分 / 适用分", "Score / of")
_NEW = Words("新", "new")
_ALL_UNITS = Words("全部单位", "all units")
_EDITION = Words("{edition} 版 · 考核年度 {year}", "Edition {edition} · assessed year {year}")
_ISSUER = Words("{issuer} · ", "{issuer} · ")
_SECTION = Words("{zh}、{title}", "{en}. {title}")
_NUMERALS = "一二三四五六七八九"


def section(number: int, title: Text) -> Phrase:
    """A numbered heading: 一、…"""
    return _SECTION(zh=_NUMERALS[number - 1], en=number, title=title)


_PROVISIONAL = Words("（暂定）", " (provisional)")


def cohort(scores: Scores, row: int, lang: Language) -> str:
    """The unit's cohort in words, also where nobody has been put into cohorts."""
    return scores.cohort_names[row] or render(_ALL_UNITS, lang)


def why_no_place(scores: Scores, row: int) -> Words:
    """Why a unit has no total."""
    if scores.submissions[row] is None:
        return _NOT_SUBMITTED
    return _WITHHELD if scores.total_status(row) is Status.INVALID else _NOTHING_TO_SCORE


def grade(scores: Scores, row: int, lang: Language) -> str:
    """The unit's grade, and that it is provisional where it is; '' where it has none."""
    return scores.grades[row] + provisional(scores, row, lang)


def provisional(scores: Scores, row: int, lang: Language) -> str:
    """What stands after the name of a grade that something may still change; '' after any other."""
    return render(_PROVISIONAL, lang) if scores.provisional(row) else ""


def grade_remarks(scores: Scores, row: int) -> tuple[Phrase, ...]:
    """Why a unit's grade is lower than its score, or why it has none."""
    return grading.grade_remarks(scores, row)


def nodes_of(scores: Scores, row: int) -> tuple[Node, ...]:
    """The nodes to show one unit: all, but other types' parallel trees and repetitions that it does not have."""
    tree, hidden, shown = scores.tree, set(), []
    for node in tree.nodes:
        parent = tree.parents[node.code]
        is_optional = (tree.parallel and parent == tree.code) or (isinstance(node, Group) and node.repetition > 0)
        if parent in hidden or (is_optional and not scores.at(row, node.code).applies):
            hidden.add(node.code)
        else:
            shown.append(node)
    return tuple(shown)


def tops_of(scores: Scores, row: int) -> tuple[Node, ...]:
    """The top nodes to show one unit."""
    return tuple(node for node in nodes_of(scores, row) if scores.tree.parents[node.code] == scores.tree.code)


def kind_title(tree: Tree, code: str) -> Words | str:
    """What a line of adjustments is called: the kind of the register, the veto, or the limit that was passed."""
    titles = {kind.code: kind.title for kind in tree.adjustments} | {veto.code: veto.title for veto in tree.vetoes}
    return _LIMITS.get(code) or titles.get(code, code)


def place(scores: Scores, row: int) -> str | int | None:
    """The place within the cohort as it is printed: a number, or "=3" where the tree says so; None: no place."""
    text = scores.place_texts[row]
    return text if text.startswith("=") else int(text) if text else None


def overall_place(scores: Scores, row: int) -> str | int | None:
    """The same among all units."""
    text = scores.overall_place_texts[row]
    return text if text.startswith("=") else int(text) if text else None


def movement(scores: Scores, row: int) -> Words | str:
    """较上年: ↑2, ↓1, — where the place is the same, 新 where last edition does not know the unit.

    '' where either edition gives it no place, or last edition's places could not be read.
    """
    previous, unit = scores.previous, scores.units[row].code
    if previous is None or not previous.has_places or not scores.rank[row]:
        return ""
    before = previous.ranks.get(unit, 0)
    if not before:
        return "" if previous.knows(unit) else _NEW
    change = before - int(scores.rank[row])
    return f"↑{change}" if change > 0 else f"↓{-change}" if change < 0 else "—"


def has_last_places(scores: Scores) -> bool:
    """Are there places of the last edition to compare with?"""
    return scores.previous is not None and scores.previous.has_places


def has_total(tree: Tree) -> bool:
    """Does the tree come to one total at all?"""
    return tree.aggregation.way is not Way.NONE


def scored_rows(scores: Scores) -> BoolArray:
    """(units,): who has a total; where a tree has none, who sent something in."""
    if has_total(scores.tree):
        return ~np.isnan(scores.total)
    return np.array([submission is not None for submission in scores.submissions], dtype=bool)


def listed(scores: Scores) -> list[int]:
    """Rows to list with their scores: by place, or, where there are no places, by cohort and code."""
    there = scored_rows(scores)
    if not has_total(scores.tree):
        return [int(row) for row in scores.order if there[row]]
    return [int(row) for row in scores.order if scores.rank[row]]


def edition(scores: Scores, row: int | None = None) -> Phrase:
    """The line below a title: issuer, edition and assessed year (of all units, or of one), no date of today."""
    tree = scores.tree
    years = sorted({int(year) for year in (scores.years if row is None else scores.years[row : row + 1])})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"
    line = _EDITION(edition=tree.edition, year=span)
    return Words("{issuer}{line}", "{issuer}{line}")(
        issuer=_ISSUER(issuer=tree.issuer) if tree.issuer else "", line=line
    )


def printed(points: float) -> str:
    """Points as the scheme prints them: ``4.5``, not ``4.50``."""
    return number_text(points, 4)


def raw_heading(tree: Tree) -> Words | None:
    """What the sum before the total's own scale is called; None where the total is not made of a sum at all."""
    if tree.is_converted:
        return _RAW
    return _SUM if tree.aggregation.way is Way.SUM else None
