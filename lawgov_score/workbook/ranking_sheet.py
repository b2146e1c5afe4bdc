"""排名: cohort after cohort, places with totals, grades and aspects, and a chart of each cohort."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xlsxwriter

from lawgov_score import explanation
from lawgov_score.model import Node, Scores, Tree
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook import labels, look
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import SMALL, Content, Page, Text, finish, letter_format, open_page
from lawgov_score.workbook.ranking_charts import Block, write_charts

NAME = Words("排名", "Ranking")
_PLACE = Words("位次", "Place")
_OVERALL = Words("总位次", "Overall")
_REMARKS = Words("备注", "Remarks")
_ON_SCALE = Words("（折合 {score}）", " (converted {score})")
_OF_POINTS = Words("{title}\n（{points}分）", "{title}\n({points})")
_BAND = Words("{cohort}（{n} 个单位）", "{cohort} ({n} units)")
_UNPLACED = Words("未计分单位（{n} 个）", "Units without a score ({n})")
_HEADLINE = Words("{title}评分排名表", "{title}: ranking")
_SCALE = Words(
    "得分按满分 {points} 分折算；位次为本考核分组内位次，总位次为全部单位位次；各方面列为“得分 / 适用分”。",
    "Scores are on a scale of {points}. Place is within the cohort, overall place among all units; "
    "aspects are given as score / applicable points.",
)
_NO_SCALE = Words(
    "本指标体系不设总分，不排位次；各列为“得分 / 适用分”。",
    "This tree has no total and nobody is ranked; columns give score / applicable points.",
)
_OUT_OF = Words(
    "总分满分 {points} 分；位次为本考核分组内位次，总位次为全部单位位次；各列为“得分 / 适用分”。",
    "Totals are out of {points}. Place is within the cohort, overall place among all units; "
    "columns give score / applicable points.",
)
_CONVERTED = Words(
    "有不适用项的，另列按该项分值折合的得分。", "Where something does not apply the score on the printed scale follows."
)
_LESS_IS_BETTER = Words("得分低者位次靠前。", "The lowest score comes first.")
_LETTERS = Words("字母为得分对应的等级。", "Letters stand for scores.")
_LAST = Words(
    "较上年：位次比上年上升（↑）、下降（↓）、不变（—）；上年没有位次的为“新”。",
    "Change: places gained (↑) or lost (↓) against last edition, — the same, “new” without a place then.",
)
_ADJUSTED = Words(
    "调整前为加减分前的得分，“加减分”含登记的加分、扣分和一票否决对总分的影响，逐条见单位评分卡和“评定”表。",
    "Before adjustments, then what the register and vetoes did to the total; line by line on cards and under Review.",
)
_MOVEMENT = Words("较上年", "Change")
_BEFORE = Words("调整前", "Before")
_ADJUSTMENTS = Words("加减分", "Adjusted")

_MOST_ASPECTS = 6  # more do not fit a sheet of paper: 分类得分 has them


@dataclass(frozen=True)
class _Columns:
    """Which columns the sheet has, left to right, and where each stands."""

    names: tuple[str, ...]
    aspects: tuple[Node, ...]

    def at(self, name: str) -> int:
        """The place of a column; aspects are named by their code."""
        return self.names.index(name)

    def has(self, name: str) -> bool:
        """Is it there?"""
        return name in self.names


def _columns(scores: Scores) -> _Columns:
    tree = scores.tree
    aspects = () if tree.parallel or len(tree.children) > _MOST_ASPECTS else tree.children
    names = ["place", "overall"] if labels.has_total(tree) else []
    names += ["movement"] * (scores.previous is not None and labels.has_total(tree))
    names += ["unit", "code", "cohort"]
    names += ["before", "adjusted"] * any(scores.adjusted)
    names += ["score", "grade"] if labels.has_total(tree) else ["grade"] * bool(tree.grades)
    names += [f"aspect:{aspect.code}" for aspect in aspects]
    has_raw = labels.has_total(tree) and labels.raw_heading(tree) is not None
    names += ["coverage", *["raw"] * has_raw, "remarks"]
    return _Columns(tuple(names), aspects)


def write(book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language) -> None:
    """The sheet 排名."""
    tree = scores.tree
    columns = _columns(scores)
    remarks = [_remarks(scores, row, lang) for row in range(len(scores.units))]
    wide = {
        "place": 5.5,
        "overall": 7.0,
        "movement": 7.0,
        "unit": look.column_width((unit.name for unit in scores.units), least=14, most=26),
        "code": look.column_width((unit.code for unit in scores.units), least=9, most=16),
        "cohort": look.column_width((labels.cohort(scores, row, lang) for row in range(len(scores.units))), 9, 20),
        "before": 9.0,
        "adjusted": 8.0,
        "score": 12.0 if tree.letters else 9.0,
        "grade": look.column_width((grade.name for grade in tree.grades), least=8, most=14),
        "coverage": 8.0,
        "raw": 14.0,
        "remarks": look.column_width(remarks, least=12, most=34) / SMALL + 1,
    }
    wide |= dict.fromkeys((f"aspect:{code}" for code in _converted(scores, columns)), 26.0)
    page = open_page(book, formats, NAME, lang, [wide.get(name, 15.0) for name in columns.names])
    row = page.line(0, _HEADLINE(title=tree.title), look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    if tree.notice:
        row = page.line(row, tree.notice, look.NOTE)
    row = page.line(row, _about(scores, columns, lang), look.NOTE)
    header = row
    titles: dict[str, Text] = {
        "place": _PLACE,
        "overall": _OVERALL,
        "movement": _MOVEMENT,
        "unit": labels.UNIT,
        "code": labels.UNIT_CODE,
        "cohort": labels.COHORT,
        "before": _BEFORE,
        "adjusted": _ADJUSTMENTS,
        "score": labels.SCORE,
        "grade": labels.GRADE,
        "coverage": labels.COVERAGE,
        "raw": labels.raw_heading(tree) or "",
        "remarks": _REMARKS,
    }
    titles |= {f"aspect:{one.code}": _OF_POINTS(title=one.title, points=one.points) for one in columns.aspects}
    row = page.header(header, [titles[name] for name in columns.names])
    placed = labels.listed(scores)
    unplaced = [int(r) for r in scores.order if int(r) not in set(placed)]
    sizes = np.bincount(scores.cohorts)
    blocks: list[Block] = []
    for cohort in dict.fromkeys(int(scores.cohorts[r]) for r in placed):
        members = [r for r in placed if scores.cohorts[r] == cohort]
        name = labels.cohort(scores, members[0], lang)
        if len(sizes) > 1:
            row = _band(page, row, _BAND(cohort=name, n=int(sizes[cohort])))
        blocks.append(Block(name, row, row + len(members) - 1))
        for member in members:
            row = _unit(page, row, scores, member, columns, remarks[member])
    if unplaced:
        row = _band(page, row, _UNPLACED(n=len(unplaced)))
        for member in unplaced:
            row = _unit(page, row, scores, member, columns, remarks[member])
    end = (
        write_charts(book, page, row, blocks, scores, (columns.at("unit"), columns.at("score")))
        if labels.has_total(tree)
        else row
    )
    finish(page, header=header, end=end, frozen_columns=columns.at("unit") + 1)


def _converted(scores: Scores, columns: _Columns) -> set[str]:
    """The aspects at which some unit's score counts converted, because not all of it applies."""
    return {
        aspect.code
        for aspect in columns.aspects
        if any(explanation.converted_score(scores, row, aspect) is not None for row in range(len(scores.units)))
    }


def _about(scores: Scores, columns: _Columns, lang: Language) -> str:
    """What the columns mean."""
    tree = scores.tree
    if not labels.has_total(tree):
        return render(_NO_SCALE, lang)
    words = _SCALE if explanation.is_converted(tree) else _OUT_OF
    parts: list[Words | Phrase] = [words(points=explanation.scale_of(tree))]
    parts += [_CONVERTED] * bool(_converted(scores, columns))
    parts += [_LESS_IS_BETTER] * tree.policies.lower_is_better
    parts += [_LETTERS] * bool(tree.letters)
    parts += [_LAST] * (scores.previous is not None)
    parts += [_ADJUSTED] * any(scores.adjusted)
    return render(Words("", " "), lang).join(render(part, lang) for part in parts)


def _band(page: Page, row: int, text: Text) -> int:
    page.span(row, 0, page.last, text, look.TEXT, bold=True, bg_color=look.BAND_FILL, font_color=look.ACCENT)
    page.sheet.set_row(row, 20)
    return row + 1


def _remarks(scores: Scores, row: int, lang: Language) -> str:
    """Why a grade was capped, or why there is no place."""
    if not labels.has_total(scores.tree):
        remarks: Sequence[Words | Phrase] = () if scores.submissions[row] else (labels.why_no_place(scores, row),)
    elif not scores.rank[row]:
        remarks = (labels.why_no_place(scores, row),)
    else:
        remarks = labels.grade_remarks(scores, row)
    return render(Words("；", "; "), lang).join(render(remark, lang) for remark in remarks)


def _unit(page: Page, row: int, scores: Scores, member: int, columns: _Columns, remark: str) -> int:
    unit, tree = scores.units[member], scores.tree
    total = float(scores.total[member])
    came = scores.submissions[member] is not None
    is_scored = bool(labels.scored_rows(scores)[member])
    moved = labels.movement(scores, member)
    form = letter_format(tree, total, tree.policies.round_total)
    fall = page.say(moved).startswith("↓")
    adjusted = sum(one.points for one in scores.adjusted[member])
    cells: dict[str, tuple[Content, look.Style, dict[str, object]]] = {
        "place": (labels.place(scores, member), look.CENTRED, {"bold": True}),
        "overall": (labels.overall_place(scores, member), look.CENTRED, {}),
        "movement": (moved, look.CENTRED, {"font_color": look.BAD} if fall else {}),
        "unit": (unit.name, look.TEXT, {}),
        "code": (unit.code, look.TEXT, {}),
        "cohort": (labels.cohort(scores, member, page.lang), look.TEXT, {}),
        "before": (float(scores.converted[member]) if is_scored else None, look.POINTS, {}),
        "adjusted": (
            adjusted if is_scored and scores.adjusted[member] else None,
            look.POINTS,
            {"num_format": "+0.00##;−0.00##;0.00"},
        ),
        "score": (total, look.POINTS, {"num_format": form, "bold": True}),
        "grade": (scores.grades[member], look.CENTRED, {}),
        "coverage": (float(scores.coverage[member]) if came else None, look.PERCENT, {"num_format": "0.0%"}),
        "remarks": (remark, look.TEXT, {"font_size": 9, "indent": 1}),
    }
    for name, (content, style, changes) in cells.items():
        if columns.has(name):
            page.put(row, columns.at(name), content, style, **changes)
    for aspect in columns.aspects:
        i = scores.node_column[aspect.code]
        score = float(scores.scores[member, i]) if is_scored else None
        whole = explanation.converted_score(scores, member, aspect) if is_scored else None
        _of(page, row, columns.at(f"aspect:{aspect.code}"), score, float(scores.points[member, i]), tree, whole)
    if columns.has("raw"):
        raw = float(scores.raw_total[member]) if is_scored else None
        _of(page, row, columns.at("raw"), raw, float(scores.raw_points[member]))
    long: dict[str, str] = {
        "unit": unit.name,
        "code": unit.code,
        "cohort": labels.cohort(scores, member, page.lang),
        "grade": scores.grades[member],
    }
    texts = [(text, page.widths[columns.at(name)]) for name, text in long.items() if columns.has(name)]
    page.height(row, [*texts, (remark, page.widths[page.last] * SMALL)], least=19)
    return row + 1


def _of(
    page: Page,
    row: int,
    column: int,
    score: float | None,
    points: float,
    tree: Tree | None = None,
    converted: float | None = None,
) -> None:
    """The score as a number that shows what it is out of: ``31.20 / 40.5``, or ``B+  31.20 / 40.5``.

    ``converted``: what it comes to on the printed scale, where it counts so: ``64.00 / 64（折合 100.00）``.
    """
    plain = letter_format(tree, score, None) if tree is not None and score is not None else "0.00"
    whole = ""
    if converted is not None:
        whole = page.say(_ON_SCALE(score=f"{converted:.2f}"))
    page.put(row, column, score, look.POINTS, num_format=f'{plain}" / {labels.printed(points)}{whole}"')
