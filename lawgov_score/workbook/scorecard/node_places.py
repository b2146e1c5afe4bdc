"""分项名次: every unit's place at each node that the tree ranks, and the node's own word, as formulas over scores."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xlsxwriter

from lawgov_score.cell_addresses import letters
from lawgov_score.content import labels
from lawgov_score.measure.tolerance import reads_the_same
from lawgov_score.model import Among, Group, Node, Rescale, Scores, Ties
from lawgov_score.rounding import DUST_DECIMALS, IntArray
from lawgov_score.rules.cells import number
from lawgov_score.rules.keys import Better
from lawgov_score.rules.lines import claim
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.formulas.place import after_ties, quoted
from lawgov_score.workbook.scorecard.plan import LivePlan
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, finish, letter_format, open_page

NAME = Words("分项名次", "Places by node")
_HEADLINE = Words("分项名次", "Places at single nodes")
_NOTE = Words(
    "名次在同组内按该项得分排；重复填报的各份，和哪些一起排见标准。有不适用的，先折算到该项分值。没有得分的不排名次。",
    "Places are within the cohort, by the score at the node; of entries of a repeated group, among those that its "
    "standard says. What does not apply is converted first. Without a score there is no place.",
)
_SCORE = Words("{code} {title} 得分", "{code} {title}: score")
_PLACE = Words("{code} {title} 名次", "{code} {title}: place")
_WORD = Words("{code} {title} 评语", "{code} {title}: word")
_ONCE = Words("{code} {title} 计次", "{code} {title}: counts")
_MOST_COMPARED = (
    5_000  # cells that each place of an entry is counted among; with more the workbook recalculates too slowly
)
_FIRST = 2  # the first column of scores, after unit and cohort


@dataclass(frozen=True)
class _Table:
    """Where everything stands on the sheet. ``rows``: of each unit; ``spans``: first and last row of each cohort."""

    scores: Scores
    nodes: tuple[Node, ...]
    rows: Mapping[int, int]
    spans: Mapping[int, tuple[int, int]]

    @cached_property
    def at(self) -> IntArray:
        """(units,): the row of each."""
        return np.array([self.rows[member] for member in range(len(self.scores.units))], dtype=np.intp)

    @property
    def is_dense(self) -> bool:
        """Is there a column more at each node: does the score count, or is it there already (places without gaps)?"""
        return self.scores.tree.policies.ties is Ties.DENSE

    @property
    def width(self) -> int:
        """How many columns a node takes."""
        return 4 if self.is_dense else 3

    def column(self, code: str) -> int:
        """The column of the scores at a node."""
        return _FIRST + self.width * next(i for i, node in enumerate(self.nodes) if node.code == code)

    def span(self, member: int, node: Node) -> tuple[int, int]:
        """First and last row of those that have places together with the unit."""
        row = self.rows[member]
        if not isinstance(node, Group) or not node.repetition or node.among is Among.COHORT:
            return self.spans[int(self.scores.cohorts[member])]
        return (row, row) if node.among is Among.UNIT else (int(self.at.min()), int(self.at.max()))

    def compared(self, member: int, node: Node) -> int:
        """Among how many cells a place of an entry is counted; 0 where the node is no entry, and RANK counts."""
        together = self.scores.tree.placed_together(node.code)
        first, last = self.span(member, node)
        return len(together) * (last - first + 1) if len(together) > 1 else 0

    def cells(self, member: int, node: Node, code: str, beside: int = 0) -> str:
        """The scores at ``code`` that have places together with the unit's own at ``node``; ``beside``: columns on."""
        (first, last), letter = self.span(member, node), letters(self.column(code) + beside)
        return f"${letter}${first + 1}:${letter}${last + 1}"


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language, plan: LivePlan | None = None
) -> None:
    """Writes the sheet 分项名次; with a ``plan`` scores and places are formulas."""
    nodes = tuple(node for node in scores.tree.nodes if node.ranked is not None or node.bands)
    is_dense = scores.tree.policies.ties is Ties.DENSE
    unit = look.column_width((one.name for one in scores.units), least=14, most=24)
    widths = [12.0, 9.0, 10.0, *([7.0] if is_dense else [])]
    page = open_page(book, formats, NAME, lang, [unit, 16, *widths * len(nodes)])
    row = page.line(0, _HEADLINE, look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    row = page.line(row, _NOTE, look.NOTE)
    header = row
    kinds = (_SCORE, _PLACE, _WORD, *((_ONCE,) if is_dense else ()))
    titles = [words(code=node.code, title=labels.titled(node)) for node in nodes for words in kinds]
    row = page.header(row, [labels.UNIT, labels.COHORT, *titles])
    order = [int(member) for member in scores.order]
    spans: dict[int, tuple[int, int]] = {}
    for at, member in enumerate(order, row):
        first, _ = spans.get(int(scores.cohorts[member]), (at, at))
        spans[int(scores.cohorts[member])] = (first, at)
    table = _Table(scores, nodes, {member: at for at, member in enumerate(order, row)}, spans)
    for at, member in enumerate(order, row):
        page.put(at, 0, scores.units[member].name, look.TEXT)
        page.put(at, 1, labels.cohort(scores, member, lang), look.TEXT)
        for node in nodes:
            _put(page, at, table, member, node, plan)
        page.height(at, [(scores.units[member].name, page.widths[0])])
    finish(page, header=header, end=row + len(order), frozen_columns=1)


def _put(page: Page, row: int, table: _Table, member: int, node: Node, plan: LivePlan | None) -> None:
    """A unit's score at a node, on the node's own scale, its place there, and the node's word."""
    scores, column = table.scores, table.column(node.code)
    ranks = scores.node_ranks.get(node.code)
    place = 0 if ranks is None else int(ranks[member])
    score = float(scores.node_scores[node.code][member])
    word = scores.bands_at(node.code)[member] if node.bands else ""
    live = None if plan is None or math.isnan(score) else _score(plan, member, node)
    earned = float(scores.scores[member, scores.node_column[node.code]])
    is_as_printed = not math.isnan(score) and reads_the_same(score, earned)  # else its letter would be that of another
    changes = (
        {"num_format": letter_format(scores.tree.letter(earned), None)} if is_as_printed and scores.tree.letters else {}
    )
    if live is None:
        page.put(row, column, score, look.POINTS, **changes)
        page.put(row, column + 2, word or None, look.CENTRED)
    else:
        page.formula(row, column, f"={live}", score, look.POINTS, **changes)
        _word(page, row, column, node, word)
    if live is None or ranks is None or table.compared(member, node) > _MOST_COMPARED:
        page.put(row, column + 1, place or None, look.CENTRED)
    else:
        page.formula(row, column + 1, f"={_place(table, member, node)}", float(place), look.CENTRED)
    if table.is_dense:
        _once(page, row, table, member, node, is_live=live is not None)


def _place(table: _Table, member: int, node: Node) -> str:
    """The formula of a place, by the scores on the sheet."""
    scores, ties = table.scores, table.scores.tree.policies.ties
    mine = f"{letters(table.column(node.code))}{table.rows[member] + 1}"
    together = scores.tree.placed_together(node.code)
    sign = "<" if node.ranked is Better.LOWER else ">"
    ranges = [table.cells(member, node, code) for code in together]
    if ties is Ties.DENSE:  # each score counts once
        firsts = [table.cells(member, node, code, beside=3) for code in together]
        ahead = [f'COUNTIFS({cells},"{sign}"&{mine},{once},1)' for cells, once in zip(ranges, firsts, strict=True)]
        formula = "+".join(("1", *ahead))
    elif len(ranges) == 1:
        formula = f"RANK({mine},{ranges[0]},{int(node.ranked is Better.LOWER)})"
    else:
        formula = "+".join(("1", *(f'COUNTIF({cells},"{sign}"&{mine})' for cells in ranges)))
    if ties is Ties.ORDINAL:  # for the published score, those that have it and stand before
        formula = after_ties(
            formula, mine, float(scores.node_scores[node.code][member]), _equals_ahead(scores, member, node)
        )
    return f'IF(ISNUMBER({mine}),{formula},"")'


def _equals_ahead(scores: Scores, member: int, node: Node) -> int:
    """How many have the unit's own score at a node but a better place, by the order of the roster."""
    within = scores.placed_within(node.code)
    inside, own, place = within == within[member], scores.node_scores[node.code], scores.node_ranks[node.code]
    return sum(
        int((inside & (scores.node_scores[code] == own[member]) & (scores.node_ranks[code] < place[member])).sum())
        for code in scores.tree.placed_together(node.code)
    )


def _once(page: Page, row: int, table: _Table, member: int, node: Node, *, is_live: bool) -> None:
    """1 where no one before has the same score, so that each score counts once where places leave no gaps."""
    scores, column = table.scores, table.column(node.code)
    own = float(scores.node_scores[node.code][member])
    if node.code not in scores.node_ranks or math.isnan(own):
        page.put(row, column + 3, None, look.CENTRED)
        return
    together, inside = scores.tree.placed_together(node.code), scores.placed_within(node.code)
    before = together[: together.index(node.code)]
    equal = [(inside == inside[member]) & (scores.node_scores[code] == own) for code in (*before, node.code)]
    equal[-1] &= table.at < row
    first = not any(one.any() for one in equal)
    if not is_live:
        page.put(row, column + 3, int(first), look.CENTRED)
        return
    letter = letters(column)
    mine = f"{letter}{row + 1}"
    above = f"${letter}${table.span(member, node)[0] + 1}:{mine}"
    seen = "+".join(
        f"COUNTIF({cells},{mine})" for cells in (*(table.cells(member, node, one) for one in before), above)
    )
    page.formula(row, column + 3, f"=IF(ISNUMBER({mine}),IF({seen}=1,1,0),0)", float(first), look.CENTRED)


def _word(page: Page, row: int, column: int, node: Node, word: str) -> None:
    """The best of the node's own words whose line the score reaches."""
    if not node.bands:
        page.put(row, column + 2, None, look.CENTRED)
        return
    mine, ladder = f"{letters(column)}{row + 1}", '""'
    for band in reversed(node.bands):
        ladder = f"IF({claim(band.key, mine, band.line)},{quoted(band.word)},{ladder})"
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
