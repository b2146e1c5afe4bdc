"""The ranking in words: its columns, what they mean, and the remarks about a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.content import labels
from lawgov_score.content.costs import converted_score
from lawgov_score.explanation.scale import full_marks, total_phrases
from lawgov_score.model import Node, Scores, Tree
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Text, Words

_REMARKS = Words("备注", "Remarks")
ON_SCALE = Words("（折合 {score}）", " (converted {score})")
_OF_POINTS = Words("{title}\n（{points}分）", "{title}\n({points})")
_BAND = Words("{cohort}（{n} 个单位）", "{cohort} ({n} units)")
_BAND_LESS = Words(
    "{cohort}（{n} 个单位，其中 {out} 个未计分，列在表末）",
    "{cohort} ({n} units, {out} of them without a score, at the end of the table)",
)
UNPLACED = Words("未计分单位（{n} 个）", "Units without a score ({n})")
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
_CONTRADICTION = Words("{text}。", "{text}.")
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
_MOST_ASPECTS = 6  # most top nodes that fit a sheet of paper: the matrix of categories shows all


@dataclass(frozen=True)
class Columns:
    """The columns of the ranking, left to right, and the position of each."""

    names: tuple[str, ...]
    aspects: tuple[Node, ...]

    def at(self, name: str) -> int:
        """The position of a column; aspects are named by their code."""
        return self.names.index(name)

    def has(self, name: str) -> bool:
        """Does the ranking have this column?"""
        return name in self.names


def columns_of(scores: Scores) -> Columns:
    """The columns that these scores need: no movement without a last edition, no total if the tree has none."""
    tree = scores.tree
    aspects = () if tree.parallel or len(tree.children) > _MOST_ASPECTS else tree.children
    names = ["place", "overall"] if labels.has_total(tree) else []
    names += ["movement"] * (labels.has_last_places(scores) and labels.has_total(tree))
    names += ["unit", "code", "cohort"]
    names += ["before", "adjusted"] * any(scores.adjusted)
    names += ["score", "grade"] if labels.has_total(tree) else ["grade"] * bool(tree.grades)
    names += [f"aspect:{aspect.code}" for aspect in aspects]
    has_raw = labels.has_total(tree) and labels.raw_heading(tree) is not None
    names += ["coverage", *["raw"] * has_raw, "remarks"]
    return Columns(tuple(names), aspects)


def band(scores: Scores, cohort: int, lang: Language) -> Phrase:
    """The heading of a cohort: how many units it has, and how many of them are not listed below."""
    members = np.flatnonzero(scores.cohorts == cohort)
    out = len(members) - len(set(members.tolist()) & set(labels.listed(scores)))
    name = labels.cohort(scores, int(members[0]), lang)
    return _BAND_LESS(cohort=name, n=len(members), out=out) if out else _BAND(cohort=name, n=len(members))


def converted_aspects(scores: Scores, columns: Columns) -> set[str]:
    """Codes of the aspects where some unit's score counts converted, because not all of it applies."""
    return {
        aspect.code
        for aspect in columns.aspects
        if any(converted_score(scores, row, aspect) is not None for row in range(len(scores.units)))
    }


def about(scores: Scores, columns: Columns, lang: Language) -> str:
    """What the columns mean, in words."""
    tree = scores.tree
    if not labels.has_total(tree):
        return render(_NO_SCALE, lang)
    words = _SCALE if tree.is_converted else _OUT_OF
    parts: list[Words | Phrase] = [words(points=full_marks(tree))]
    parts += [_CONTRADICTION(text=text) for text in total_phrases(tree)]
    parts += [_CONVERTED] * bool(converted_aspects(scores, columns))
    parts += [_LESS_IS_BETTER] * tree.policies.lower_is_better
    parts += [_LETTERS] * bool(tree.letters)
    parts += [_LAST] * labels.has_last_places(scores)
    parts += [_ADJUSTED] * any(scores.adjusted)
    return render(Words("", " "), lang).join(render(part, lang) for part in parts)


def remarks_of(scores: Scores, row: int, lang: Language) -> str:
    """Why a grade was capped, or why a unit has no place."""
    if not labels.has_total(scores.tree):
        remarks: Sequence[Words | Phrase] = () if scores.submissions[row] else (labels.why_no_place(scores, row),)
    elif not scores.rank[row]:
        remarks = (labels.why_no_place(scores, row),)
    else:
        remarks = labels.grade_remarks(scores, row)
    return render(Words("；", "; "), lang).join(render(remark, lang) for remark in remarks)


def _worth(tree: Tree, code: str) -> float | Phrase:
    """What a node is worth as it counts; in words where that goes by unit type."""
    worths = {own.printed[code] for _, own in tree.kinds}
    return labels.points_of(tree, code) if len(worths) > 1 else tree.printed[code]


def headings(scores: Scores, columns: Columns) -> list[Text]:
    """The heading of each column."""
    tree = scores.tree
    titles: dict[str, Text] = {
        "place": labels.PLACE,
        "overall": labels.OVERALL,
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
    titles |= {
        f"aspect:{one.code}": _OF_POINTS(title=one.title, points=_worth(tree, one.code)) for one in columns.aspects
    }
    return [titles[name] for name in columns.names]
