"""评分表: all scores and places of one run as one workbook; a view of ``Scores``, never read back."""

from collections.abc import Sequence
from pathlib import Path

from lawgov_score.content import review
from lawgov_score.model import Scores
from lawgov_score.problems import Problem
from lawgov_score.report import render
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import (
    detail_sheet,
    figures_sheet,
    look,
    losses_sheet,
    manifest,
    matrix_sheet,
    method_sheet,
    problems_sheet,
    ranking_sheet,
    review_sheet,
    scorecard_plan,
    totals_sheet,
)

_TITLE = Words("{title}评分表", "{title}: scorecard")


def write_scorecard(
    scores: Scores,
    path: Path,
    *,
    problems: Sequence[Problem],
    inputs: Sequence[tuple[str, str]],
    lang: Language,
) -> None:
    """Writes the sheets 排名, 分类得分, 明细, 填报值, 合成, 失分, 评定 (where needed), 问题, 方法, a hidden manifest.

    Same input, same bytes.

    ``problems``: all that was found on the way, those of ``scores`` included. ``inputs``: path and sha256 of
    every file that was read. Raises ``OSError`` where the system refuses.
    """
    book = look.new_workbook(path, render(_TITLE(title=scores.tree.title), lang))
    formats = look.Formats(book)
    plan = scorecard_plan.plan_of(scores, lang)
    is_live = plan is not None
    ranking_sheet.write(book, formats, scores, lang, plan)
    matrix_sheet.write(book, formats, scores, lang)
    rows = detail_sheet.write(book, formats, scores, lang, plan)
    if plan is not None:
        figures_sheet.write(book, formats, plan, rows, lang)
        totals_sheet.write(book, formats, plan, rows, lang)
    losses_sheet.write(book, formats, scores, lang)
    if review.is_needed(scores):
        review_sheet.write(book, formats, scores, lang)
    problems_sheet.write(book, formats, scores, problems, lang)
    method_sheet.write(book, formats, scores, inputs, lang, is_live=is_live)
    manifest.write_manifest(book, manifest.manifest_of(scores, inputs, lang))
    look.save(book)
