"""明细: one row per unit and indicator, filterable, with value, points, reason and source cells.

The longest sheet by far (300 units × 129 indicators = 38,700 rows), so the loop is plain: formats are made before it,
and rows are measured only if a text may be longer than its column.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format

from lawgov_score.cell_addresses import address
from lawgov_score.content import labels
from lawgov_score.content.cells import source_cells
from lawgov_score.content.costs import lost_points, signs
from lawgov_score.explanation import figures as figures_words
from lawgov_score.explanation.texts import reason_texts
from lawgov_score.model import Group, Indicator, Scores, Status, Tree, in_turn
from lawgov_score.report import render
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.formulas.indicator import Live
from lawgov_score.workbook.scorecard import cells as live_cells
from lawgov_score.workbook.scorecard.plan import DETAILS, LOST, POINTS, SCORE, VALUE, LivePlan
from lawgov_score.workbook.writing import figures, look
from lawgov_score.workbook.writing import page as page_module
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import (
    SMALL,
    Page,
    finish,
    letter_format,
    open_page,
    points_format,
    taken_format,
    worth_format,
)

_CATEGORY = Words("所属类", "Category")
_NUMBERED = Words("明细{n}", "Details {n}")
_WIDTHS = [15, 20, 11, 27, 8.5, 32, 10, 6.5, 7.5, 7.5, 9.5, 50, 14]
_TITLE, _STATE, _REASON = 5, 10, 11
_SMALL_PRINT = frozenset({3, _REASON})
_ROOM = 26  # Chinese characters of a reason that certainly fit on one line
_ROW = 18.0  # points
_UNITS_AT_A_TIME = 200  # reasons of so many are worded together


@dataclass(frozen=True, slots=True)
class _Leaf:
    """What the rows of one indicator share."""

    indicator: Indicator
    title: str
    category: str
    node: int
    column: int
    field: Field | None
    value_format: Format
    height: float  # needed by its texts
    sign: float  # its effect on lost points
    worth_format: str  # number format of its points


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language, plan: LivePlan | None = None
) -> None:
    """Writes the sheet 明细. A unit's scores add up to 折算前得分 on 排名; with a ``plan`` they are formulas."""
    tree, lost = scores.tree, lost_points(scores)
    has_optional = tree.parallel or any(isinstance(node, Group) and node.repetition for node in tree.nodes)
    for name, members in sheets_of(scores):
        page, row = _open(book, formats, name, lang)
        leaves = _leaves(page, scores)
        for at in range(0, len(members), _UNITS_AT_A_TIME):
            some = members[at : at + _UNITS_AT_A_TIME]
            reasons = [reason_texts(scores, leaf.indicator.code, lang, some) for leaf in leaves]
            for member, whys in zip(some, zip(*reasons, strict=True), strict=True):
                row = _unit(page, row, scores, member, leaves, whys, lost, has_optional, plan)
                page.sheet.flush_before(row)
        finish(page, header=0, end=row, frozen_columns=2, filtered=True)


def sheets_of(scores: Scores) -> Sequence[tuple[Text, Sequence[int]]]:
    """The sheets of details and the units on each: 明细, or 明细1, 明细2 … if one has too few rows."""
    members = [int(member) for member in scores.order]
    on_each = max((page_module.SHEET_ROWS - 1) // max(len(scores.tree.indicators), 1), 1)
    if len(members) <= on_each:
        return [(DETAILS, members)]
    starts = range(0, len(members), on_each)
    return [(_NUMBERED(n=i), members[at : at + on_each]) for i, at in enumerate(starts, start=1)]


def _open(book: xlsxwriter.Workbook, formats: Formats, name: Text, lang: Language) -> tuple[Page, int]:
    """Opens an empty sheet of details; gives the row after its heading."""
    states = look.column_width(_states(lang).values())
    page = open_page(book, formats, name, lang, [*_WIDTHS[:_STATE], states, *_WIDTHS[_STATE + 1 :]])
    row = page.header(
        0,
        [
            labels.COHORT,
            labels.UNIT,
            labels.UNIT_CODE,
            _CATEGORY,
            labels.INDICATOR_CODE,
            labels.INDICATOR,
            labels.VALUE,
            labels.POINTS,
            labels.SCORE,
            labels.LOST,
            labels.STATUS,
            labels.REASON,
            labels.SOURCE,
        ],
    )
    page.sheet.set_default_row(_ROW)
    return page, row


def _leaves(page: Page, scores: Scores) -> list[_Leaf]:
    tree = scores.tree
    leaves, sign_of = [], signs(tree)
    for indicator in tree.indicators:
        above = tree.ancestors(indicator.code)
        kind = figures.value_type(indicator)
        category = f"{above[-1].code} {above[-1].title}" if above else ""
        leaves.append(
            _Leaf(
                indicator,
                page.say(labels.titled(indicator)),
                category,
                scores.node_column[indicator.code],
                scores.indicator_column[indicator.code],
                figures.value_field(indicator),
                page.formats(figures.style_of(kind, page.lang)),
                _needed(page, {3: category, _TITLE: page.say(labels.titled(indicator))}),
                sign_of[indicator.code],
                worth_format(page.lang, is_taken_off=tree.is_taken_off(indicator)),
            )
        )
    return leaves


def _states(lang: Language) -> Mapping[int, str]:
    return {status.value: render(words, lang) for status, words in figures_words.STATUS.items()}


def _unit(
    page: Page,
    row: int,
    scores: Scores,
    member: int,
    leaves: list[_Leaf],
    whys: Sequence[str],
    all_lost: FloatArray,
    has_optional: bool,
    plan: LivePlan | None,
) -> int:
    sheet, lang = page.sheet, page.lang
    text, centred = page.formats(look.TEXT), page.formats(look.CENTRED)
    small, indented = page.formats(look.TEXT, font_size=9), page.formats(look.TEXT, font_size=9, indent=1)
    number = page.formats(look.POINTS, num_format=points_format(scores.tree.policies.indicator_decimals))
    states = _states(lang)
    own = scores.review_of(scores.units[member].code).changes
    changed = {one.indicator: render(labels.changed(one), lang) for one in in_turn(own)}
    unit, cohort = scores.units[member], labels.cohort(scores, member, page.lang)
    unit_height = _needed(page, {0: cohort, 1: unit.name, 2: unit.code})
    points = without_dust(scores.points[member]).tolist()
    node_scores = without_dust(scores.scores[member], VALUE_DECIMALS).tolist()
    values, status = scores.values[member].tolist(), scores.status[member].tolist()
    lost = all_lost[member].tolist()
    shown = {node.code for node in labels.nodes_of(scores, member)} if has_optional else None
    for leaf, why in zip(leaves, whys, strict=True):
        if shown is not None and leaf.indicator.code not in shown:
            continue  # another type's parallel tree, or a window that the unit does not have
        worth, score, state = points[leaf.node], node_scores[leaf.node], status[leaf.node]
        sheet.write_string(row, 0, cohort, text)
        sheet.write_string(row, 1, unit.name, text)
        sheet.write_string(row, 2, unit.code, text)
        sheet.write_string(row, 3, leaf.category, small)
        sheet.write_string(row, 4, leaf.indicator.code, centred)
        sheet.write_string(row, _TITLE, leaf.title, text)
        live = None if plan is None else live_cells.of_indicator(plan, member, leaf.indicator)
        is_changed = leaf.indicator.code in changed
        score_format = _score_format(page, scores.tree, leaf, score, is_changed) or number
        if live is not None:
            nothing = worth == 0 and state != Status.SCORED  # not in the denominator
            _live(page, row, leaf, live, (values[leaf.column], math.nan if nothing else worth, score), score_format)
        else:
            _stated(page, row, leaf, state, (values[leaf.column], worth, score, lost[leaf.node]), score_format)
        sheet.write_string(row, _STATE, changed.get(leaf.indicator.code, states[state]), centred)
        sheet.write_string(row, _REASON, why, indented)
        sheet.write_string(row, 12, source_cells(scores, member, leaf.indicator, lang), small)
        height = max(unit_height, leaf.height)
        if len(why) > _ROOM:  # measuring every text would take half the time
            height = max(height, _needed(page, {_REASON: why}))
        if height > _ROW:
            sheet.set_row(row, height)
        row += 1
    return row


def _stated(
    page: Page, row: int, leaf: _Leaf, state: int, numbers: tuple[float, float, float, float], score_format: Format
) -> None:
    """Writes value, points, score and lost points as fixed figures."""
    value, worth, score, lost = numbers
    _value(page, row, leaf, value)
    leaves = state == Status.NOT_APPLICABLE
    page.put(row, POINTS, math.nan if leaves else worth, look.POINTS, num_format=leaf.worth_format)
    if math.isnan(score):
        page.sheet.write_blank(row, SCORE, None, score_format)
    else:
        page.sheet.write_number(row, SCORE, score, score_format)
    page.put(row, LOST, math.nan if leaves else lost, look.POINTS)


def _live(
    page: Page, row: int, leaf: _Leaf, live: Live, numbers: tuple[float, float, float], score_format: Format
) -> None:
    """Writes the same as formulas."""
    value, worth, score = numbers
    if live.value:
        content = figures.content_of(value, leaf.field)
        is_number = content is None or isinstance(content, (int, float))
        stored: float | str = value if is_number else page.say(content)  # type: ignore[arg-type]  # a word
        if isinstance(stored, float):
            stored = "" if math.isnan(stored) else round(stored, 12)
        page.sheet.write_formula(row, VALUE, live.value, leaf.value_format, stored)
    else:
        _value(page, row, leaf, value)
    page.formula(row, POINTS, live.points, worth, look.POINTS, num_format=leaf.worth_format)
    page.sheet.write_formula(row, SCORE, live.score, score_format, "" if math.isnan(score) else score)
    worth_at, got_at = address(row, POINTS), address(row, SCORE)
    score_or_zero = 0.0 if math.isnan(score) else score
    if leaf.sign > 0:
        page.formula(
            row, LOST, f'IF(ISNUMBER({worth_at}),{worth_at}-N({got_at}),"")', worth - score_or_zero, look.POINTS
        )
    elif leaf.sign < 0:
        page.formula(row, LOST, f"N({got_at})", score_or_zero, look.POINTS)
    else:
        page.put(row, LOST, 0.0, look.POINTS)


def _score_format(page: Page, tree: Tree, leaf: _Leaf, score: float, is_changed: bool) -> Format | None:
    """The format of a score with a letter, decimals of its own, or a change on review; None: the usual one."""
    own = leaf.indicator.rounding
    off = tree.is_taken_off(leaf.indicator)
    if not tree.letters and own is None and not is_changed and not off:
        return None
    decimals = tree.decimals_of(leaf.indicator)
    changes: dict[str, object] = {"bg_color": look.CHANGED_FILL} if is_changed else {}
    form = taken_format(page.lang, decimals) if off else letter_format(tree.letter(score), decimals)
    return page.formats(look.POINTS, num_format=form, **changes)


def _value(page: Page, row: int, leaf: _Leaf, number: float) -> None:
    content = figures.content_of(number, leaf.field)
    if content is None:
        page.sheet.write_blank(row, 6, None, leaf.value_format)
    elif isinstance(content, (int, float)):
        is_day = leaf.field is not None and leaf.field.type is FieldType.DATE
        page.sheet.write_number(row, 6, content if is_day else round(content, 12), leaf.value_format)
    else:
        page.sheet.write_string(row, 6, page.say(content), leaf.value_format)


def _needed(page: Page, texts: Mapping[int, str]) -> float:
    """The height that ``texts``, by column, need."""
    return look.row_height(
        (text, page.widths[column] * (SMALL if column in _SMALL_PRINT else 1.0)) for column, text in texts.items()
    )
