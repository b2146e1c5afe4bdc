"""明细: one row a unit and indicator, filterable, with the value, the points, the reason and the source cells.

The longest sheet by far (300 units × 129 indicators = 38,700 rows), so the loop is plain: formats are
made before it, and rows are only measured where a text can be longer than its column.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format

from lawgov_score import explanation
from lawgov_score.content import labels
from lawgov_score.content.cells import source_cells
from lawgov_score.model import Group, Indicator, Scores, Status, Tree
from lawgov_score.report import render
from lawgov_score.rounding import DUST_DECIMALS, FloatArray, without_dust
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import figures, look
from lawgov_score.workbook.formulas import Live
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import SMALL, Page, finish, letter_format, open_page, points_format
from lawgov_score.workbook.scorecard_plan import POINTS, SCORE, VALUE, Plan

NAME = Words("明细", "Details")
_CATEGORY = Words("所属类", "Category")
_INDICATOR_CODE = Words("指标编码", "Indicator code")
_VALUE = Words("指标值", "Value")
_CHANGED = Words("复核改分", "changed on review")
_WIDTHS = [15, 20, 11, 27, 8.5, 32, 10, 6.5, 7.5, 7.5, 9.5, 50, 14]
_TITLE, _STATE, _REASON = 5, 10, 11
_SMALL_PRINT = frozenset({3, _REASON})
_ROOM = 26  # Chinese characters of a reason that surely fit on one line
_ROW = 18.0  # points


@dataclass(frozen=True, slots=True)
class _Leaf:
    """What the rows of one indicator share."""

    indicator: Indicator
    category: str
    node: int
    column: int
    field: Field | None
    value_format: Format
    height: float  # that its texts need


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language, plan: Plan | None = None
) -> Mapping[tuple[int, str], int]:
    """The sheet 明细; gives the row of each unit (by its row in ``scores``) and indicator.

    ``plan``: where the figures stand that scores are formulas over; None: the sheet holds values. Scores of a unit's
    rows add up to its 折算前得分 on 排名.
    """
    states = look.column_width(_states(lang).values())
    page = open_page(book, formats, NAME, lang, [*_WIDTHS[:_STATE], states, *_WIDTHS[_STATE + 1 :]])
    header = 0
    row = page.header(
        header,
        [
            labels.COHORT,
            labels.UNIT,
            labels.UNIT_CODE,
            _CATEGORY,
            _INDICATOR_CODE,
            labels.INDICATOR,
            _VALUE,
            labels.POINTS,
            labels.SCORE,
            labels.LOST,
            labels.STATUS,
            labels.REASON,
            labels.SOURCE,
        ],
    )
    leaves = _leaves(page, scores)
    lost = explanation.lost_points(scores)
    tree = scores.tree
    has_optional = tree.parallel or any(isinstance(node, Group) and node.repetition for node in tree.nodes)
    page.sheet.set_default_row(_ROW)
    rows: dict[tuple[int, str], int] = {}
    for member in map(int, scores.order):
        row = _unit(page, row, scores, member, leaves, lost, has_optional, plan, rows)
    finish(page, header=header, end=row, frozen_columns=2, filtered=True)
    return rows


def _leaves(page: Page, scores: Scores) -> list[_Leaf]:
    tree = scores.tree
    leaves = []
    for indicator in tree.indicators:
        above = tree.ancestors(indicator.code)
        kind = figures.value_type(indicator)
        category = f"{above[-1].code} {above[-1].title}" if above else ""
        leaves.append(
            _Leaf(
                indicator,
                category,
                scores.node_column[indicator.code],
                scores.indicator_column[indicator.code],
                figures.value_field(indicator),
                page.formats(figures.style_of(kind, page.lang)),
                _needed(page, {3: category, _TITLE: indicator.title}),
            )
        )
    return leaves


def _states(lang: Language) -> Mapping[int, str]:
    return {status.value: render(words, lang) for status, words in explanation.STATUS.items()}


def _unit(
    page: Page,
    row: int,
    scores: Scores,
    member: int,
    leaves: list[_Leaf],
    all_lost: FloatArray,
    has_optional: bool,
    plan: Plan | None,
    rows: dict[tuple[int, str], int],
) -> int:
    sheet, lang = page.sheet, page.lang
    text, centred = page.formats(look.TEXT), page.formats(look.CENTRED)
    small, indented = page.formats(look.TEXT, font_size=9), page.formats(look.TEXT, font_size=9, indent=1)
    right = page.formats(look.POINTS)
    plain = page.formats(look.POINTS, num_format="0.0#")
    number = page.formats(look.POINTS, num_format=points_format(scores.tree.policies.round_indicator))
    states = _states(lang)
    changed = {one.indicator for one in scores.review.changes if one.unit == scores.units[member].code}
    said_changed = render(_CHANGED, lang)
    unit, cohort = scores.units[member], labels.cohort(scores, member, page.lang)
    unit_height = _needed(page, {0: cohort, 1: unit.name, 2: unit.code})
    points = without_dust(scores.points[member]).tolist()
    got = without_dust(scores.scores[member], DUST_DECIMALS).tolist()
    values, status = scores.values[member].tolist(), scores.status[member].tolist()
    lost = all_lost[member].tolist()
    shown = {node.code for node in labels.nodes_of(scores, member)} if has_optional else None
    for leaf in leaves:
        if shown is not None and leaf.indicator.code not in shown:
            continue  # another type's parallel tree, or a window that the unit does not have
        worth, score, state = points[leaf.node], got[leaf.node], status[leaf.node]
        reason = explanation.reason(scores, member, leaf.indicator.code)
        why = render(reason, lang) if reason is not None else ""
        sheet.write_string(row, 0, cohort, text)
        sheet.write_string(row, 1, unit.name, text)
        sheet.write_string(row, 2, unit.code, text)
        sheet.write_string(row, 3, leaf.category, small)
        sheet.write_string(row, 4, leaf.indicator.code, centred)
        sheet.write_string(row, _TITLE, leaf.indicator.title, text)
        rows[member, leaf.indicator.code] = row
        live = plan.live(member, leaf.indicator, row) if plan is not None else None
        if live is not None:
            is_out = state != Status.SCORED and worth == 0  # it left the denominator
            _formulas(page, row, scores.tree, leaf, live, (values[leaf.column], math.nan if is_out else worth, score))
        else:
            _value(page, row, leaf, values[leaf.column])
        if live is not None:
            pass
        elif state == Status.NOT_APPLICABLE:
            sheet.write_blank(row, 7, None, plain)
        else:
            sheet.write_number(row, 7, worth, plain)
        if live is not None:
            pass
        elif math.isnan(score):
            sheet.write_blank(row, 8, None, number)
        else:
            is_changed = leaf.indicator.code in changed
            sheet.write_number(row, 8, score, _score_format(page, scores.tree, leaf, score, is_changed) or number)
        if state == Status.NOT_APPLICABLE:
            sheet.write_blank(row, 9, None, right)
        else:
            sheet.write_number(row, 9, lost[leaf.node], right)
        sheet.write_string(row, _STATE, said_changed if leaf.indicator.code in changed else states[state], centred)
        sheet.write_string(row, _REASON, why, indented)
        sheet.write_string(row, 12, source_cells(scores, member, leaf.indicator, lang), small)
        height = max(unit_height, leaf.height)
        if len(why) > _ROOM:  # measuring every text would take half the time
            height = max(height, _needed(page, {_REASON: why}))
        if height > _ROW:
            sheet.set_row(row, height)
        row += 1
    return row


def _score_format(page: Page, tree: Tree, leaf: _Leaf, score: float, is_changed: bool) -> Format | None:
    """The look of a score that has a letter, decimals of its own, or was changed on review; None: the usual one."""
    own = leaf.indicator.rounding
    if not tree.letters and own is None and not is_changed:
        return None
    decimals = tree.policies.round_indicator if own is None else own
    changes: dict[str, object] = {"bg_color": look.CHANGED_FILL} if is_changed else {}
    return page.formats(look.POINTS, num_format=letter_format(tree, score, decimals), **changes)


def _value(page: Page, row: int, leaf: _Leaf, number: float) -> None:
    content = figures.content_of(number, leaf.field)
    if content is None:
        page.sheet.write_blank(row, 6, None, leaf.value_format)
    elif isinstance(content, (int, float)):
        is_day = leaf.field is not None and leaf.field.type is FieldType.DATE
        page.sheet.write_number(row, 6, content if is_day else round(content, 12), leaf.value_format)
    else:
        page.sheet.write_string(row, 6, page.say(content), leaf.value_format)


def _formulas(page: Page, row: int, tree: Tree, leaf: _Leaf, live: Live, stored: tuple[float, float, float]) -> None:
    """Value, points and score as formulas, each with what the engine came to: ``stored``, nan as empty text."""
    value, worth, score = stored
    content = figures.content_of(value, leaf.field)
    if live.value:
        shown = value if content is None or isinstance(content, (int, float)) else page.say(content)
        page.sheet.write_formula(row, VALUE, f"={live.value}", leaf.value_format, _stored(shown))
    else:
        _value(page, row, leaf, value)
    plain = page.formats(look.POINTS, num_format="0.0#")
    number = page.formats(look.POINTS, num_format=points_format(tree.policies.round_indicator))
    page.sheet.write_formula(row, POINTS, f"={live.points}", plain, _stored(worth))
    form = _score_format(page, tree, leaf, score, is_changed=False) or number
    page.sheet.write_formula(row, SCORE, f"={live.score}", form, _stored(score))


def _stored(value: float | str) -> float | str:
    if isinstance(value, str):
        return value
    return "" if math.isnan(value) else round(value, 12)


def _needed(page: Page, texts: Mapping[int, str]) -> float:
    """The height that ``texts``, by column, need."""
    return look.row_height(
        (text, page.widths[column] * (SMALL if column in _SMALL_PRINT else 1.0)) for column, text in texts.items()
    )
