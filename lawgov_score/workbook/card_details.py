"""The sheet 明细 of a unit's card: every indicator in printed order with the figures filled in, and live sums.

One row a field, so that every figure stands in a cell of its own: the unit may change one and see what
its score would come to.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from lawgov_score import explanation
from lawgov_score.model import FLOOR, INSIDE, Group, Indicator, Rescale, Scores, Status, Tree, Way
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.cells import number
from lawgov_score.rules.rule import Cells
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import figures, formulas, labels, look
from lawgov_score.workbook.card_lines import Line, is_live, lines_of, marks_range
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import SMALL, Page, Text, address, finish, letter_format, open_page
from lawgov_score.workbook.way_formulas import Places, Up, up

NAME = Words("明细", "Details")
_FIELD = Words("填报项", "Asked")
_ANSWER = Words("填报值", "Answer")
_MEASURED_IN = Words("计量单位", "Unit of measure")
_VALUE = Words("指标值", "Value")
_CELL = Words("来源", "Source")
_RAW = Words("折算前合计", "Total before conversion")
_TOTAL = Words("得分（折算到满分 {points}）", "Score (on a scale of {points})")
_WIDTHS = [8, 30, 6.5, 24, 13, 8.5, 10, 8, 8, 9, 38, 8]
_POINTS, _ANSWERS, _VALUES, _SCORES, _LOST, _REASONS = 2, 4, 6, 7, 8, 10


_BEFORE = Words("调整前得分（满分 {points}）", "Score before adjustments (of {points})")
_COUNT = Words("计入项数、汇总值", "Parts, aggregate")
_AGGREGATE = Words("汇总值", "Aggregate")
_CHANGED = Words("复核改分", "changed on review")
_STATED = Words("（此处得分不是公式）", "(stated, no formula)")


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the sums stand, as other sheets refer to them: ``'明细'!C5``."""

    points: Mapping[str, str]  # by node code
    scores: Mapping[str, str]
    raw_points: str
    raw_total: str
    total: str


@dataclass(frozen=True)
class _Sheet:
    """The sheet being written for one unit: where each node stands, and what every indicator rests on."""

    page: Page
    scores: Scores
    member: int
    rows: Mapping[str, int]
    lines: Mapping[str, Sequence[Line]]
    lost: FloatArray  # (nodes,)

    def number(self, what: FloatArray, code: str) -> float:
        """This unit's figure at a node."""
        return float(what[self.member, self.scores.node_column[code]])

    def status(self, code: str) -> Status:
        """This unit's state at a node."""
        return Status(int(self.scores.status[self.member, self.scores.node_column[code]]))

    def places(self, row: int) -> Places:
        """Where the parts' figures stand, and those of the group in ``row``."""
        return Places(
            {code: address(at, _POINTS) for code, at in self.rows.items()},
            {code: address(at, _SCORES) for code, at in self.rows.items()},
            address(row, _ANSWERS),
            address(row, _VALUES),
        )


def write(book: xlsxwriter.Workbook, formats: Formats, scores: Scores, member: int, lang: Language) -> Ledger:
    """The sheet, and where its sums stand."""
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    header = 0
    first = page.header(
        header,
        [
            labels.CODE,
            labels.INDICATOR,
            labels.POINTS,
            _FIELD,
            _ANSWER,
            _MEASURED_IN,
            _VALUE,
            labels.SCORE,
            labels.LOST,
            labels.STATUS,
            labels.REASON,
            _CELL,
        ],
    )
    lines, rows, end = _plan(scores, member, first, lang)
    lost = explanation.lost_points(scores)[member]
    sheet = _Sheet(page, scores, member, rows, lines, lost)
    for code in rows:
        node = scores.tree.by_code[code]
        if isinstance(node, Group):
            _group(sheet, node)
        else:
            _indicator(sheet, node)
    raw, last = _totals(sheet, end)
    finish(page, header=header, end=last + 1, frozen_columns=2)
    name = page.sheet.get_name()
    return Ledger(
        {code: f"'{name}'!{address(row, _POINTS)}" for code, row in rows.items()},
        {code: f"'{name}'!{address(row, _SCORES)}" for code, row in rows.items()},
        f"'{name}'!{address(raw, _POINTS)}",
        f"'{name}'!{address(raw, _SCORES)}",
        f"'{name}'!{address(last, _SCORES)}",
    )


def _plan(
    scores: Scores, member: int, first: int, lang: Language
) -> tuple[dict[str, Sequence[Line]], dict[str, int], int]:
    """Lines of each indicator, the first row of each node, the row after the last: one a group, one a line.

    Parallel trees of other types of unit, and repetitions that the unit does not have, are not on its card.
    """
    lines: dict[str, Sequence[Line]] = {}
    rows: dict[str, int] = {}
    at = first
    for node in labels.nodes_of(scores, member):
        rows[node.code] = at
        if isinstance(node, Indicator):
            lines[node.code] = lines_of(scores, member, node, lang)
            at += max(len(lines[node.code]), 1)
        else:
            at += 1
    return lines, rows, at


def _group(sheet: _Sheet, group: Group) -> None:
    page, scores = sheet.page, sheet.scores
    tree, row = scores.tree, sheet.rows[group.code]
    is_top = tree.depths[group.code] == 1
    band: dict[str, object] = {"bold": True, "bg_color": look.HEADER_FILL if is_top else look.BAND_FILL}
    for blank in range(len(page.widths)):
        page.put(row, blank, None, look.TEXT, **band)
    page.put(row, 0, group.code, look.CENTRED, **band)
    page.put(row, 1, group.title, look.TEXT, **band)
    points, score = sheet.number(scores.points, group.code), sheet.number(scores.scores, group.code)
    why = explanation.rise(scores, sheet.member, group) or explanation.reason(scores, sheet.member, group.code)
    if zero := explanation.zeroed(scores, sheet.member, group):
        why = zero
    said = page.say(why) if why is not None else ""
    made = None
    if not any(veto.node_zero == group.code for veto in tree.vetoes):
        made = up(tree, group, sheet.places(row))
    letter = letter_format(tree, score, 2)
    if made is None:
        page.put(row, _POINTS, points, look.POINTS, **{**band, "num_format": "0.0#"})
        page.put(row, _SCORES, score, look.POINTS, **{**band, "num_format": letter})
        if explanation.has_own_way(group) and said:
            said += page.say(_STATED)
    else:
        page.formula(row, _POINTS, f"={made.points}", points, look.POINTS, **{**band, "num_format": "0.0#"})
        _aggregate(sheet, row, group, made, band)
        page.formula(row, _SCORES, f"={made.score}", score, look.POINTS, **{**band, "num_format": letter})
    _lost(sheet, row, row, group.code, points, score, **band)
    plain: dict[str, object] = {**band, "bold": False, "font_size": 9, "indent": 1}
    page.put(row, _REASONS, said, look.TEXT, **plain)
    page.height(
        row,
        [(group.title, page.widths[1]), (said, (page.widths[_REASONS] - 1) * SMALL)],
        least=20,
    )


def _aggregate(sheet: _Sheet, row: int, holder: Group | Tree, made: Up, band: Mapping[str, object]) -> None:
    """How many parts count, and what they come to, where that is not the score itself."""
    if not made.count and not made.value:
        return
    page, scores, member = sheet.page, sheet.scores, sheet.member
    parts = explanation.parts_at(scores, member, holder)
    plain: dict[str, object] = {**band, "bold": False, "font_size": 9}
    page.put(row, 3, _COUNT if made.count else _AGGREGATE, look.TEXT, **plain)
    if made.count:
        there = explanation.counting(scores, member, holder)
        page.formula(row, _ANSWERS, f"={made.count}", float(there), look.WHOLE, **plain)
    if made.value:
        value = explanation.before_rule(scores, member, holder, parts)
        page.formula(row, _VALUES, f"={made.value}", value, look.POINTS, **{**plain, "num_format": "0.00##"})


def _lost(sheet: _Sheet, row: int, last: int, code: str, points: float, score: float, **changes: object) -> None:
    """What was not got: live, as points less score; of what is taken off, its score; of a bonus nothing."""
    worth, got = address(row, _POINTS), address(row, _SCORES)
    sign = explanation.signs(sheet.scores.tree)[code] if code in sheet.rows else 1.0
    lost = points - (0.0 if math.isnan(score) else score)
    formula = f'=IF(ISNUMBER({worth}),{worth}-N({got}),"")'
    if sign == 0:
        sheet.page.down(row, last, _LOST, None, look.POINTS, **changes)
        return
    if sign < 0:
        lost, formula = (0.0 if math.isnan(score) else score), f"=N({got})"
    sheet.page.formula_down(row, last, _LOST, formula, lost, look.POINTS, **changes)


def _indicator(sheet: _Sheet, indicator: Indicator) -> None:
    page, scores, member = sheet.page, sheet.scores, sheet.member
    row, shown, status = sheet.rows[indicator.code], sheet.lines[indicator.code], sheet.status(indicator.code)
    reason = explanation.reason(scores, member, indicator.code)
    why = page.say(reason) if reason is not None else ""
    last = row + max(len(shown), 1) - 1
    is_changed = explanation.change_of(scores, member, indicator) is not None
    state = page.say(_CHANGED if is_changed else explanation.STATUS[status])
    mark: dict[str, object] = {"bold": True, "bg_color": look.CHANGED_FILL} if is_changed else {}
    page.down(row, last, 0, indicator.code, look.CENTRED)
    page.down(row, last, 1, indicator.title, look.TEXT)
    page.down(row, last, 9, state, look.CENTRED, **mark)
    page.down(row, last, _REASONS, why, look.TEXT, font_size=9, indent=1)
    cells = _write_lines(sheet, row, shown)
    _figures(sheet, row, last, indicator, cells, mark)
    lines = last - row + 1
    for i in range(lines):
        name = page.say(shown[i].label) if shown else ""
        long = [(indicator.title, page.widths[1]), (why, (page.widths[_REASONS] - 1) * SMALL), (state, page.widths[9])]
        needed = max(look.row_height([text]) for text in long) / lines
        page.sheet.set_row(row + i, max(needed, look.row_height([(name, page.widths[3])])))


def _write_lines(sheet: _Sheet, row: int, shown: Sequence[Line]) -> dict[str, str]:
    """What the indicator rests on, a row a figure; gives the address of each by its name."""
    page, cells = sheet.page, {}
    for i, line in enumerate(shown):
        at = row + i
        fill: dict[str, object] = {"bg_color": look.INPUT_FILL} if line.is_open else {}
        page.put(at, 3, line.label, look.TEXT, indent=1)
        code = line.name[7:-2] if line.name.startswith('score("') else ""
        if code in sheet.rows and isinstance(line.content, float):
            page.formula(at, _ANSWERS, f"={address(sheet.rows[code], _SCORES)}", line.content, line.style)
        else:
            page.put(at, _ANSWERS, line.content, line.style, **fill)
        page.put(at, 5, line.measured_in, look.CENTRED)
        page.put(at, 11, line.place.cell if line.place is not None else "", look.CENTRED, font_size=9)
        cells[line.name] = address(at, _ANSWERS)
    if not shown:
        for column in (3, _ANSWERS, 5, 11):
            page.put(row, column, None, look.TEXT)
    return cells


def _figures(
    sheet: _Sheet, row: int, last: int, indicator: Indicator, cells: Mapping[str, str], mark: Mapping[str, object]
) -> None:
    """Points, value, score and lost of one indicator: live where the card can say them."""
    page, scores, member, tree = sheet.page, sheet.scores, sheet.member, sheet.scores.tree
    status = sheet.status(indicator.code)
    points, score = sheet.number(scores.points, indicator.code), sheet.number(scores.scores, indicator.code)
    if status is not Status.SCORED and points == 0:  # it left the denominator
        points = math.nan
    value = float(scores.values[member, scores.indicator_column[indicator.code]])
    content = figures.content_of(value, figures.value_field(indicator))
    style = figures.style_of(figures.value_type(indicator), page.lang)
    decimals = tree.policies.round_indicator if indicator.rounding is None else indicator.rounding
    live = None
    if is_live(scores, member, indicator, status):
        above = tree.ancestors(indicator.code)
        own = above[-1].missing if above and isinstance(above[-1], Group) else None
        live = formulas.live(
            indicator,
            tree.policies,
            own or tree.policies.missing,
            status,
            cells,
            address(row, _VALUES),
            int(scores.years[member]),
            marks_range(cells),
        )
    bold: dict[str, object] = {"num_format": letter_format(tree, score, decimals), "bold": True, **mark}
    if live is None:
        page.down(row, last, _POINTS, points, look.POINTS, num_format="0.0#")
        page.down(row, last, _VALUES, content, style)
        page.down(row, last, _SCORES, score, look.POINTS, **bold)
    else:
        page.formula_down(row, last, _POINTS, f"={live.points}", points, look.POINTS, num_format="0.0#")
        if live.value:
            stored = value if content is None or isinstance(content, (int, float)) else page.say(content)
            page.formula_down(row, last, _VALUES, f"={live.value}", stored, style)
        else:
            page.down(row, last, _VALUES, content, style)
        page.formula_down(row, last, _SCORES, f"={live.score}", score, look.POINTS, **bold)
    _lost(sheet, row, last, indicator.code, points, score)


def _totals(sheet: _Sheet, row: int) -> tuple[int, int]:
    """Before conversion, adjustments line by line, and on the tree's own scale: the first row and the last."""
    page, scores, member, tree = sheet.page, sheet.scores, sheet.member, sheet.scores.tree
    band: dict[str, object] = {"bold": True, "bg_color": look.HEADER_FILL}
    adjusted = scores.adjusted[member]
    last = row + 1 + (len(adjusted) + 1 if adjusted else 0)
    scale = explanation.scale_of(tree)
    wordings: dict[int, Text] = {row: _RAW, last: _TOTAL(points=scale)}
    if adjusted:
        wordings[row + 1] = _BEFORE(points=scale)
    for at, label in wordings.items():
        for blank in range(len(page.widths)):
            page.put(at, blank, None, look.TEXT, **band)
        page.span(at, 0, 1, label, look.CENTRED, **band)
        page.sheet.set_row(at, 24)
    raw, worth = float(scores.raw_total[member]), float(scores.raw_points[member])
    if math.isnan(raw):  # not scored: there is nothing to add up
        return row, last
    made = up(tree, tree, sheet.places(row))
    if made is None:
        page.put(row, _POINTS, worth, look.POINTS, **{**band, "num_format": "0.0#"})
        page.put(row, _SCORES, raw, look.POINTS, **band)
    else:
        page.formula(row, _POINTS, f"={made.points}", worth, look.POINTS, num_format="0.0#", **band)
        _aggregate(sheet, row, tree, made, band)
        page.formula(row, _SCORES, f"={made.score}", raw, look.POINTS, **band)
    _lost(sheet, row, row, "", worth, raw, **band)
    why = explanation.rise(scores, member, tree)
    if why is not None:
        text = page.say(why)
        page.put(row, _REASONS, text, look.TEXT, **{**band, "bold": False, "font_size": 9})
        page.height(row, [(text, (page.widths[_REASONS] - 1) * SMALL)], least=24)
    points_at, raw_at = address(row, _POINTS), address(row, _SCORES)
    converted = _converted(tree, points_at, raw_at)
    whole = worth if tree.policies.not_applicable is Rescale.NONE and not explanation.is_converted(tree) else scale
    page.put(last, _POINTS, whole, look.POINTS, num_format="0.0#", **band)
    form = letter_format(tree, float(scores.total[member]), tree.policies.round_total)
    total: dict[str, object] = {"num_format": form, **band}
    if adjusted:
        before = float(scores.converted[member])
        page.put(row + 1, _POINTS, whole, look.POINTS, num_format="0.0#", **band)
        _total_cell(page, row + 1, converted, before, points_at, {**band, "num_format": "0.00####"})
        _adjustments(sheet, row + 2)
        converted = f"{address(row + 1, _SCORES)}+SUM({address(row + 2, _SCORES)}:{address(last - 1, _SCORES)})"
    if converted is not None and tree.policies.round_total is not None:
        converted = f"ROUND({converted},{tree.policies.round_total})"
    _total_cell(page, last, converted, float(scores.total[member]), points_at, total)
    return row, last


def _total_cell(
    page: Page, row: int, formula: str | None, value: float, points_at: str, style: Mapping[str, object]
) -> None:
    if formula is None:
        page.put(row, _SCORES, value, look.POINTS, **style)
    else:
        page.formula(row, _SCORES, f'=IF(N({points_at})=0,"",{formula})', value, look.POINTS, **style)


def _converted(tree: Tree, points_at: str, raw_at: str) -> str | None:
    """The total on the tree's own scale, from the row before; None where a comparing rule decides."""
    total = raw_at
    if tree.aggregation.way is Way.SUM and tree.policies.not_applicable is not Rescale.NONE:
        total = f"{raw_at}*{number(explanation.printed_sum(tree, tree))}/{points_at}"
    if tree.out_of is not None:
        total = f"{total}*{number(tree.points)}/{number(tree.out_of)}"
    if tree.rule is None:
        return total
    return None if tree.rule.RELATIVE else tree.rule.formula(Cells(f"({total})"))


def _adjustments(sheet: _Sheet, row: int) -> None:
    """A row for each kind of the register, veto or limit: what it came to, and the matters it rests on."""
    page, scores, member = sheet.page, sheet.scores, sheet.member
    for at, one in enumerate(scores.adjusted[member], start=row):
        text = page.say(explanation.adjustment_phrase(scores, member, one))
        for blank in range(len(page.widths)):
            page.put(at, blank, None, look.TEXT)
        page.put(at, 0, one.kind if one.kind not in {INSIDE, FLOOR} else "", look.CENTRED)
        page.put(at, 1, labels.kind_title(scores.tree, one.kind), look.TEXT)
        page.span(at, 2, _SCORES - 1, text, look.TEXT, font_size=9)
        page.put(at, _SCORES, one.points, look.POINTS, num_format="+0.00##;−0.00##;0.00", bold=True)
        page.height(at, [(text, sum(page.widths[2:_SCORES]) * SMALL)], least=20)
