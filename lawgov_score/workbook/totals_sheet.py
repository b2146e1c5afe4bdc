"""合成: one row a unit, from its groups to its total: what 明细 adds up to, and what 排名 shows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from lawgov_score import explanation
from lawgov_score.content import labels
from lawgov_score.model import Group, Scores, Tree
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook import detail_sheet, look, way_formulas
from lawgov_score.workbook.card_totals import converted_total, is_there, is_unrounded_needed
from lawgov_score.workbook.formula_templates import Template, filled, open_row, template
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import Page, address, column_name, finish, letter_format, open_page
from lawgov_score.workbook.scorecard_plan import FIRST_COLUMN, FIRST_ROW, POINTS, SCORE, Plan
from lawgov_score.workbook.way_formulas import Places

NAME = Words("合成", "Totals")
_HEADLINE = Words("合成：从各类得分到总分", "From groups to totals")
_NOTE = Words(
    "各类的分值和得分是公式，引用“{details}”表；“调整”一栏是登记、否决和限额合计的数，依据见“排名”表备注。",
    "Points and scores of groups are formulas over the sheet “{details}”; adjustments (register, vetoes, limits) are "
    "stated, the remarks on the ranking say what they rest on.",
)
_COUNT, _AGGREGATE = Words("计入项数", "Parts that count"), Words("汇总值", "Aggregate")
_WHOLE = Words("全部", "Whole")
_CONVERTED, _ADJUSTED = Words("调整前得分", "Before adjustments"), Words("调整", "Adjustments")
_FULL, _TOTAL = Words("未舍入总分", "Total before rounding"), Words("总分", "Total")
_ENDS = (_CONVERTED, _ADJUSTED, _FULL, _TOTAL)
_NOTE_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each group stands: its first column of 2, or 4 where its way needs a count and an aggregate."""

    groups: Mapping[str, int]
    wide: frozenset[str]
    ends: int  # before adjustments, adjustments, before rounding, total

    @property
    def total(self) -> int:
        """The column of the total."""
        return self.ends + 3


def columns_of(tree: Tree) -> Columns:
    """The columns, groups in printed order, then the tree itself."""
    at, groups, wide = FIRST_COLUMN, dict[str, int](), set[str]()
    holders: list[Group | Tree] = [node for node in tree.nodes if isinstance(node, Group)]
    for holder in (*holders, tree):
        groups[holder.code] = at
        is_wide = explanation.has_own_way(holder)
        if is_wide or (isinstance(holder, Group) and holder.coverage_at_least is not None):
            wide.add(holder.code)
        at += 4 if holder.code in wide else 2
    return Columns(groups, frozenset(wide), at)


def write(
    book: xlsxwriter.Workbook, formats: Formats, plan: Plan, details: Mapping[tuple[int, str], int], lang: Language
) -> None:
    """The sheet. ``details``: the row of each unit (by its row in ``scores``) and indicator on 明细."""
    scores, tree, columns = plan.scores, plan.scores.tree, columns_of(plan.scores.tree)
    page = open_page(book, formats, NAME, lang, [14, 20, 12, *[11.0] * (columns.total + 1 - FIRST_COLUMN)])
    note, end = _NOTE(details=page.say(detail_sheet.NAME)), min(page.last, _NOTE_COLUMNS)
    heads: tuple[tuple[Text, look.Style], ...] = ((_HEADLINE, look.HEADING), (note, look.NOTE))
    for row, (text, style) in enumerate(heads):
        page.span(row, 0, end, text, style, text_wrap=True)
        page.height(row, [(text, sum(page.widths[: end + 1]))], size=12 - row * 2, least=22)
    headings: list[list[Text]] = [[labels.COHORT, labels.UNIT, labels.UNIT_CODE] for _ in range(3)]
    for code in columns.groups:
        title = tree.by_code[code].title if code in tree.by_code else _WHOLE
        for what in (labels.POINTS, labels.SCORE, _COUNT, _AGGREGATE)[: 4 if code in columns.wide else 2]:
            for line, said in zip(headings, (code if code in tree.by_code else "", title, what), strict=True):
                line.append(said)
    above: tuple[Sequence[Text], ...] = ([""] * len(_ENDS), [_WHOLE] * len(_ENDS), _ENDS)
    for row, (line, ends) in enumerate(zip(headings, above, strict=True), start=FIRST_ROW - 3):
        page.header(row, [*line, *ends])
    ups: dict[tuple[str, ...], tuple[Template, ...] | None] = {}
    for member, row in plan.rows.items():
        _unit(page, scores, columns, member, row, details, ups)
    finish(page, header=FIRST_ROW - 1, end=FIRST_ROW + len(scores.units), frozen_columns=FIRST_COLUMN)


def _unit(
    page: Page,
    scores: Scores,
    columns: Columns,
    member: int,
    row: int,
    details: Mapping[tuple[int, str], int],
    ups: dict[tuple[str, ...], tuple[Template, ...] | None],
) -> None:
    unit, tree = scores.units[member], scores.tree
    about = (labels.cohort(scores, member, page.lang), unit.name, unit.code)
    for column, text in enumerate(about):
        page.put(row, column, text, look.TEXT)
    page.height(row, [(text, page.widths[i]) for i, text in enumerate(about)])
    shown = [node.code for node in labels.nodes_of(scores, member)]
    rows = {code: str(details[member, code] + 1) for code in shown if (member, code) in details}
    rows[""] = str(row + 1)
    raw = float(scores.raw_total[member])
    holders = [tree.by_code[code] for code in shown if code in columns.groups]
    for holder in (*holders, *(() if math.isnan(raw) else (tree,))):
        assert isinstance(holder, Group | Tree)  # only these have columns
        key = (holder.code, *shown)
        if key not in ups:
            made = _up(page, tree, columns, holder, shown)
            ups[key] = None if made is None else tuple(map(template, (made.points, made.score, made.count, made.value)))
        _holder(page, scores, columns, member, row, holder, ups[key], rows)
    if math.isnan(raw):
        for column in range(columns.ends, columns.total + 1):
            page.put(row, column, "—", look.CENTRED)  # text: formulas of places take a blank for 0
    else:
        _ends(page, scores, columns, member, row)


def _up(page: Page, tree: Tree, columns: Columns, holder: Group | Tree, shown: list[str]) -> way_formulas.Up | None:
    if any(veto.node_zero == holder.code for veto in tree.vetoes):
        return None  # a veto decides
    sheet, points, scores = page.say(detail_sheet.NAME), {}, {}
    for code in shown:
        at = columns.groups.get(code)
        if at is None:
            points[code] = f"'{sheet}'!{column_name(POINTS)}{open_row(code)}"
            scores[code] = f"'{sheet}'!{column_name(SCORE)}{open_row(code)}"
        else:
            points[code], scores[code] = _open(at), _open(at + 1)
    at = columns.groups[holder.code]
    own = (_open(at + 2), _open(at + 3)) if holder.code in columns.wide else ("", "")
    made = way_formulas.up(tree, holder, Places(points, scores, *own))
    if made is not None and (made.count or made.value):
        assert holder.code in columns.wide
    return made


def _open(column: int) -> str:
    return column_name(column) + open_row("")


def _holder(
    page: Page,
    scores: Scores,
    columns: Columns,
    member: int,
    row: int,
    holder: Group | Tree,
    made: tuple[Template, ...] | None,
    rows: Mapping[str, str],
) -> None:
    at, tree = columns.groups[holder.code], scores.tree
    if isinstance(holder, Group):
        i = scores.node_column[holder.code]
        points, score = float(scores.points[member, i]), float(scores.scores[member, i])
    else:
        points, score = float(scores.raw_points[member]), float(scores.raw_total[member])
    plain: dict[str, object] = {"num_format": "0.0#"}
    form: dict[str, object] = {"num_format": letter_format(tree, score, 2)}
    if made is None:
        page.put(row, at, points, look.POINTS, **plain)
        page.put(row, at + 1, score, look.POINTS, **form)
        return
    points_of, score_of, count, value = (filled(one, rows) for one in made)
    page.formula(row, at, f"={points_of}", points, look.POINTS, **plain)
    page.formula(row, at + 1, f"={score_of}", score, look.POINTS, **form)
    there = explanation.counting(scores, member, holder) if count else 0
    if count:
        page.formula(row, at + 2, f"={count}", float(there), look.WHOLE)
    if value:
        parts = explanation.parts_at(scores, member, holder)
        known = explanation.before_rule(scores, member, holder, parts)
        if isinstance(holder, Tree) and math.isnan(known) and there:
            known = 0.0  # at the root nothing but blanks that count is worth nothing
        page.formula(row, at + 3, f"={value}", known, look.POINTS, num_format="0.00##")


def _ends(page: Page, scores: Scores, columns: Columns, member: int, row: int) -> None:
    tree, at, ends = scores.tree, columns.groups[scores.tree.code], columns.ends
    cells = address(row, at), address(row, at + 1)
    adjusted = scores.adjusted[member]
    before, total = float(scores.converted[member]), float(scores.total[member])
    form = {"num_format": letter_format(tree, total, tree.policies.round_total), "bold": True}
    formula = converted_total(tree, *cells, "")
    if adjusted:
        page.put(row, ends + 1, sum(one.points for one in adjusted), look.POINTS, num_format="+0.00##;−0.00##;0.00")
    if formula is None:  # the rule of the whole tree compares units
        page.put(row, ends, before, look.POINTS)
        page.put(row, ends + 3, total, look.POINTS, **form)
        return
    test, decimals = is_there(*cells), tree.policies.round_total
    page.formula(row, ends, f'=IF({test},{formula},"")', before, look.POINTS, num_format="0.00####")
    whole = f"{address(row, ends)}+N({address(row, ends + 1)})"
    if is_unrounded_needed(tree):
        full = float(scores.full_total[member])
        page.formula(row, ends + 2, f'=IF({test},{whole},"")', full, look.POINTS, num_format="0.00####")
    rounded = whole if decimals is None else f"ROUND({whole},{decimals})"
    page.formula(row, ends + 3, f'=IF({test},{rounded},"")', total, look.POINTS, **form)
