"""评分表: all scores and places of one run as one workbook; a view of ``Scores``, never read back."""

from collections.abc import Sequence
from pathlib import Path

from lawgov_score.content import review, reviewers
from lawgov_score.content.open_items import open_items
from lawgov_score.model import Scores
from lawgov_score.problems import Problem
from lawgov_score.report import render
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.scorecard import analysis as analysis_sheet
from lawgov_score.workbook.scorecard import details as detail_sheet
from lawgov_score.workbook.scorecard import figures as figures_sheet
from lawgov_score.workbook.scorecard import losses as losses_sheet
from lawgov_score.workbook.scorecard import matrix as matrix_sheet
from lawgov_score.workbook.scorecard import method as method_sheet
from lawgov_score.workbook.scorecard import node_places as node_places_sheet
from lawgov_score.workbook.scorecard import problems as problems_sheet
from lawgov_score.workbook.scorecard import ranking as ranking_sheet
from lawgov_score.workbook.scorecard import review as review_sheet
from lawgov_score.workbook.scorecard import reviewers as reviewers_sheet
from lawgov_score.workbook.scorecard import sums as sums_sheet
from lawgov_score.workbook.scorecard.plan import plan_of
from lawgov_score.workbook.writing import look, manifest
from lawgov_score.workbook.writing.lean import LeanBook, LeanSheet

_TITLE = Words("{title}评分表", "{title}: scorecard")


def write_scorecard(
    scores: Scores,
    path: Path,
    *,
    problems: Sequence[Problem],
    inputs: Sequence[tuple[str, str]],
    lang: Language,
    options: Sequence[tuple[str, str]] = (),
) -> None:
    """Writes the workbook with the sheets 排名, 分类得分, 分项名次 (if there are any), 明细, 合成 and 填报值 (if
    formulas are live), 失分, 评定 and 评审情况 (if needed), 问题, 方法, and a hidden manifest. Same input, same bytes.

    ``problems``: all problems of the run, those of ``scores`` included. ``inputs``: path and sha256 of every file that
    was read; ``options``: as in ``Manifest``. Raises ``OSError`` where the system refuses.
    """
    book = look.new_workbook(path, render(_TITLE(title=scores.tree.title), lang), kind=LeanBook, sheets=LeanSheet)
    formats = look.Formats(book, is_spaced=True)
    plan = plan_of(scores, lang)
    ranking_sheet.write(book, formats, scores, lang, plan)
    matrix_sheet.write(book, formats, scores, lang, plan)
    if scores.node_scores:
        node_places_sheet.write(book, formats, scores, lang, plan)
    analysis_sheet.write(book, formats, scores, lang, plan)
    detail_sheet.write(book, formats, scores, lang, plan)
    if plan is not None:
        sums_sheet.write(book, formats, plan)
        figures_sheet.write(book, formats, plan)
    losses_sheet.write(book, formats, scores, lang)
    if review.is_needed(scores) or open_items(scores):
        review_sheet.write(book, formats, scores, lang)
    if reviewers.is_needed(scores):
        reviewers_sheet.write(book, formats, scores, lang)
    problems_sheet.write(book, formats, scores, problems, lang)
    method_sheet.write(
        book, formats, scores, inputs, lang, is_live=plan is not None, sheets=len(detail_sheet.sheets_of(scores))
    )
    manifest.write_manifest(book, manifest.manifest_of(scores, inputs, lang, options))
    look.save(book)
