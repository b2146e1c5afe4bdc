"""分项名次: every unit's place at each node that the tree ranks, and the node's own word, as formulas over scores."""

import math

import xlsxwriter

from lawgov_score.cell_addresses import letters
from lawgov_score.content import labels
from lawgov_score.model import Node, Rescale, Scores, Ties
from lawgov_score.rounding import DUST_DECIMALS
from lawgov_score.rules.cells import number
from lawgov_score.rules.keys import Better
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.formulas.place import quoted
from lawgov_score.workbook.scorecard.plan import LivePlan
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, finish, open_page

NAME = Words("分项名次", "Places by node")
_HEADLINE = Words("分项名次", "Places at single nodes")
_NOTE = Words(
    "名次在同组内按该项得分排；有不适用的，先折算到该项分值。没有得分的、本项不适用而按规定给分的不排名次。",
    "Places are within the cohort, by the score at the node; what does not apply is converted first. Without a score, "
    "or with one that is given because the node does not apply, there is no place.",
)
_SCORE = Words("{code} {title} 得分", "{code} {title}: score")
_PLACE = Words("{code} {title} 名次", "{code} {title}: place")
_WORD = Words("{code} {title} 评语", "{code} {title}: word")
_FIRST = 2  # the first column of scores, after unit and cohort


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language, plan: LivePlan | None = None
) -> None:
    """Writes the sheet 分项名次; with a ``plan`` scores and places are formulas."""
    nodes = [node for node in scores.tree.nodes if node.ranked is not None or node.bands]
    unit = look.column_width((one.name for one in scores.units), least=14, most=24)
    page = open_page(book, formats, NAME, lang, [unit, 16, *[12.0, 9.0, 10.0] * len(nodes)])
    row = page.line(0, _HEADLINE, look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    row = page.line(row, _NOTE, look.NOTE)
    header = row
    titles = [words(code=node.code, title=labels.titled(node)) for node in nodes for words in (_SCORE, _PLACE, _WORD)]
    row = page.header(row, [labels.UNIT, labels.COHORT, *titles])
    order = [int(member) for member in scores.order]
    spans: dict[int, tuple[int, int]] = {}
    for at, member in enumerate(order, row):
        first, _ = spans.get(int(scores.cohorts[member]), (at, at))
        spans[int(scores.cohorts[member])] = (first, at)
    for at, member in enumerate(order, row):
        page.put(at, 0, scores.units[member].name, look.TEXT)
        page.put(at, 1, labels.cohort(scores, member, lang), look.TEXT)
        for i, node in enumerate(nodes):
            _put(page, at, _FIRST + 3 * i, scores, member, node, spans[int(scores.cohorts[member])], plan)
        page.height(at, [(scores.units[member].name, page.widths[0])])
    finish(page, header=header, end=row + len(order), frozen_columns=1)


def _put(
    page: Page,
    row: int,
    column: int,
    scores: Scores,
    member: int,
    node: Node,
    span: tuple[int, int],
    plan: LivePlan | None,
) -> None:
    """A unit's score at a node, on the node's own scale, and its place there.

    A score that takes no place, since it was given to whom the node does not apply, is left out: RANK would count it.
    """
    ranks = scores.node_ranks.get(node.code)
    place = 0 if ranks is None else int(ranks[member])
    score = float(scores.node_scores[node.code][member]) if ranks is None or place else math.nan
    word = scores.bands_at(node.code)[member] if node.bands else ""
    live = None if plan is None or math.isnan(score) else _score(plan, member, node)
    if live is None:
        page.put(row, column, score, look.POINTS)
        page.put(row, column + 1, place or None, look.CENTRED)
        page.put(row, column + 2, word or None, look.CENTRED)
        return
    page.formula(row, column, f"={live}", score, look.POINTS)
    _word(page, row, column, node, word)
    if ranks is None:
        page.put(row, column + 1, None, look.CENTRED)
        return
    if scores.tree.policies.ties is not Ties.SHARED:  # only places that are shared are what RANK gives
        page.put(row, column + 1, place, look.CENTRED)
        return
    letter = letters(column)
    cells, mine = f"${letter}${span[0] + 1}:${letter}${span[1] + 1}", f"{letter}{row + 1}"
    falls = int(node.ranked is Better.LOWER)
    formula = f'=IF(ISNUMBER({mine}),RANK({mine},{cells},{falls}),"")'
    page.formula(row, column + 1, formula, float(place), look.CENTRED)


def _word(page: Page, row: int, column: int, node: Node, word: str) -> None:
    """The best of the node's own words whose line the score reaches."""
    if not node.bands:
        page.put(row, column + 2, None, look.CENTRED)
        return
    mine, ladder = f"{letters(column)}{row + 1}", '""'
    for band in reversed(node.bands):
        ladder = f"IF({mine}>={number(band.at_least)},{quoted(band.word)},{ladder})"
    page.formula(row, column + 2, f'=IF(ISNUMBER({mine}),{ladder},"")', word, look.CENTRED)


def _score(plan: LivePlan, member: int, node: Node) -> str | None:
    """The formula of the score on the node's own scale."""
    score, points = plan.score_cell(member, node.code), plan.points_cell(member, node.code)
    if score is None or points is None:
        return None
    if plan.scores.tree.policies.not_applicable is Rescale.NONE:
        return f'IF(ISNUMBER({score}),ROUND({score},{DUST_DECIMALS}),"")'
    scaled = f"IF(N({points})>0,{score}*{number(node.points)}/{points},{score})"
    return f'IF(ISNUMBER({score}),ROUND({scaled},{DUST_DECIMALS}),"")'
