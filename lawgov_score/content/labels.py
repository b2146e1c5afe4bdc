"""Wording that sheets and pages share: statuses, why a grade was capped, why a unit has no place."""

import math

import numpy as np

from lawgov_score.explanation import grading
from lawgov_score.explanation.printed_grade import PROVISIONAL, marks_score, printed_grade
from lawgov_score.explanation.scale import by_types
from lawgov_score.model import FLOOR, INSIDE, Change, Group, Indicator, Node, Scores, Status, Tree, Way
from lawgov_score.report import number_text, render
from lawgov_score.rounding import DUST_DECIMALS, BoolArray, rounded
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
_CHANGED = Words("复核改分", "changed on review")
_DECIDED = Words("异议改分", "changed by a decision")
NEW = Words("新", "new")
NOT_FOUND = Words("未找到", "not found")
_ALL_UNITS = Words("全部单位", "all units")
_EDITION = Words("{edition} 版 · 考核年度 {year}", "Edition {edition} · assessed year {year}")
_ISSUER = Words("{issuer} · ", "{issuer} · ")
_SECTION = Words("{zh}、{title}", "{en}. {title}")
NUMERALS = "一二三四五六七八九"


OBJECTION = Words("第 {name} 号异议", "objection {name}")  # by its number, which rounds give it


def changed(change: Change) -> Words:
    """The status of a score that was changed."""
    return _DECIDED if change.objection else _CHANGED


def section(number: int, title: Text) -> Phrase:
    """A numbered heading: 一、…"""
    return _SECTION(zh=NUMERALS[number - 1], en=number, title=title)


def cohort(scores: Scores, row: int, lang: Language) -> str:
    """The cohort's name for a unit, also where the tree has no cohorts."""
    return scores.cohort_names[row] or render(_ALL_UNITS, lang)


def why_no_place(scores: Scores, row: int) -> Words:
    """Why a unit has no total."""
    if scores.submissions[row] is None:
        return _NOT_SUBMITTED
    return _WITHHELD if scores.total_status(row) is Status.INVALID else _NOTHING_TO_SCORE


def grade(scores: Scores, row: int, lang: Language) -> str:
    """The unit's grade, marked if it is provisional; '' if it has none."""
    printed = printed_grade(scores, row)
    return render(printed, lang) if printed is not None else ""


def provisional_score(scores: Scores, row: int, lang: Language, *, has_grade: bool = True) -> str:
    """The mark after a provisional score where no grade is printed that carries it; '' after any other."""
    return render(PROVISIONAL, lang) if marks_score(scores, row, has_grade=has_grade) else ""


def provisional(scores: Scores, row: int, lang: Language) -> str:
    """The mark after a provisional grade; '' after any other."""
    return render(PROVISIONAL, lang) if scores.provisional(row) else ""


def grade_remarks(scores: Scores, row: int) -> tuple[Phrase, ...]:
    """Why a unit's grade is lower than its score, or why it has none."""
    return grading.grade_remarks(scores, row)


def level_of(tree: Tree, node: Node) -> Text:
    """What the tree calls nodes of this one's level (方面、类、小项), where it names its levels."""
    if not tree.levels:
        return INDICATOR
    return tree.levels[-1] if isinstance(node, Indicator) else tree.levels[tree.depths[node.code] - 1]


def nodes_of(scores: Scores, row: int) -> tuple[Node, ...]:
    """The nodes to show for one unit: all except other types' parallel trees and repetitions it does not have."""
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
    """The top nodes to show for one unit."""
    return tuple(node for node in nodes_of(scores, row) if scores.tree.parents[node.code] == scores.tree.code)


def points_of(tree: Tree, code: str) -> float | Phrase:
    """What a node is worth: its points, or in words where they go by unit type: 产区 4、非产区 3."""
    return by_types(tree.points_of(code))


TAKEN_OFF = Words("扣分项", "taken off")
BONUS = Words("加分项", "bonus")
NOT_COUNTED = Words("不计入", "not counted")
_MARKED = Words("{title}（{mark}）", "{title} ({mark})")


def mark(node: Node) -> Words | None:
    """How a node counts if its score is not simply added: 扣分项, 加分项, or not at all; None: it is added."""
    if node.weight == -1:
        return TAKEN_OFF
    if node.bonus:
        return BONUS
    return NOT_COUNTED if node.weight == 0 else None


def titled(node: Node) -> Text:
    """A node's title as tables of results print it: with its mark, so that nobody reads a deduction as points won."""
    found = mark(node)
    return node.title if found is None else _MARKED(title=node.title, mark=found)


def kind_title(tree: Tree, code: str) -> Words | str:
    """The title of an adjustment line: the kind of the register, the veto, or the limit that applied."""
    titles = {kind.code: kind.title for kind in tree.adjustments} | {veto.code: veto.title for veto in tree.vetoes}
    return _LIMITS.get(code) or titles.get(code, code)


def place(scores: Scores, row: int) -> str | int | None:
    """The place within the cohort as printed: a number, or "=3" where the tree says so; None: no place."""
    text = scores.place_texts[row]
    return text if text.startswith("=") else int(text) if text else None


def overall_place(scores: Scores, row: int) -> str | int | None:
    """The place among all units, in the same form."""
    text = scores.overall_place_texts[row]
    return text if text.startswith("=") else int(text) if text else None


def movement(scores: Scores, row: int) -> Words | str:
    """Movement since last edition (较上年): ↑2, ↓1, — for the same place, 新 for a unit that last edition lacks.

    未找到 instead where a row of last edition's ranking is of nobody, and may be this unit's under another name.
    '' where the unit has no place in either edition, or last edition's places could not be read.
    """
    previous, unit = scores.previous, scores.units[row].code
    if previous is None or not previous.has_places or not scores.rank[row]:
        return ""
    before = previous.ranks.get(unit, 0)
    if not before:
        return "" if previous.knows(unit) else NOT_FOUND if previous.is_doubtful else NEW
    change = before - int(scores.rank[row])
    return f"↑{change}" if change > 0 else f"↓{-change}" if change < 0 else "—"


def has_last_places(scores: Scores) -> bool:
    """Are there places of the last edition to compare with?"""
    return scores.previous is not None and scores.previous.has_places


def has_total(tree: Tree) -> bool:
    """Does the tree yield one total?"""
    return tree.aggregation.way is not Way.NONE


def scored_rows(scores: Scores) -> BoolArray:
    """(units,): units with a total; if a tree has no total, units that submitted."""
    if has_total(scores.tree):
        return ~np.isnan(scores.total)
    return np.array([submission is not None for submission in scores.submissions], dtype=bool)


def listed(scores: Scores) -> list[int]:
    """Rows to list with their scores: by place or, if there are no places, by cohort and code."""
    is_scored = scored_rows(scores)
    if not has_total(scores.tree):
        return [int(row) for row in scores.order if is_scored[row]]
    return [int(row) for row in scores.order if scores.rank[row]]


def total_text(scores: Scores, row: int) -> str:
    """The total with the decimals of the tree, ``86.30``; empty if the unit was not scored."""
    total = float(scores.total[row])
    if math.isnan(total):
        return ""
    decimals = scores.tree.policies.total_decimals
    if decimals is None:
        return number_text(total, DUST_DECIMALS)
    return f"{rounded(total, decimals):.{decimals}f}"


def edition(scores: Scores, row: int | None = None) -> Phrase:
    """The line below a title: issuer, edition and assessed year (of all units, or of one); never today's date."""
    tree = scores.tree
    line = _EDITION(edition=tree.edition, year=years(scores, row))
    return Words("{issuer}{line}", "{issuer}{line}")(
        issuer=_ISSUER(issuer=tree.issuer) if tree.issuer else "", line=line
    )


def years(scores: Scores, row: int | None = None) -> str:
    """The assessed year, of all units or of one; from the first to the last where units differ: 2016—2017."""
    known = sorted({int(year) for year in (scores.years if row is None else scores.years[row : row + 1])})
    known = known or [scores.tree.year]
    return str(known[0]) if len(known) == 1 else f"{known[0]}—{known[-1]}"


def printed(points: float) -> str:
    """Points as the scheme prints them: ``4.5``, not ``4.50``."""
    return number_text(points, 4)


def raw_heading(tree: Tree) -> Words | None:
    """The heading of the total before conversion to its own scale; None if the total is not a sum."""
    if tree.is_converted:
        return _RAW
    return _SUM if tree.aggregation.way is Way.SUM else None
