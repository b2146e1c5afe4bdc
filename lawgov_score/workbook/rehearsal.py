"""A rehearsal as a workbook that a committee reads: who loses by it and why stands on the first sheet."""

import math
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from lawgov_score.report import render, width
from lawgov_score.revision import rehearsal_rows as content
from lawgov_score.revision import report_rows
from lawgov_score.revision.rehearsal import Rehearsal
from lawgov_score.revision.rehearsal_rows import arrow
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.writing import charts, look
from lawgov_score.workbook.writing.charts import Cells, Series
from lawgov_score.workbook.writing.look import Formats, Style
from lawgov_score.workbook.writing.page import Page, ends_within, finish, open_page, with_mark

_UNIT_WIDTHS = (10, 12, 10, 8.5, 8.5, 8.5, 6.5, 6.5, 9, 9)  # at least
_MOST_WIDE = 24  # of names and grades: longer ones are broken
_WHY_WIDTH, _REMARK_WIDTH = 62, 34
_EFFECT_WIDTHS = (6, 40, 40, 9, 9, 9, 9, 9, 9)
_IN_PICTURE = 30  # units: more cannot be told apart
_PICTURE_TITLE = Words(
    "各单位得分增减，按变动分（变动最大的 {n} 个单位）", "Difference by change, {n} units that {n:moves|move} most"
)
_PICTURE_TITLE_ALL = Words("各单位得分增减，按变动分", "Difference of each unit, by change")
_NO_PICTURE = Words("没有单位的得分有增减，没有可画的。", "No total changes: there is nothing to draw.")
_PICTURE_NOTE = Words(
    "一条是一个单位，一段是一项变动：向左是减分，向右是加分。",
    "One bar a unit, one piece a change: to the left points lost, to the right points won.",
)


def write_rehearsal(found: Rehearsal, path: Path, lang: Language) -> None:
    """Writes the workbook; the same rehearsal, the same bytes. Raises ``OSError``."""
    book = look.new_workbook(path, render(content.TITLE, lang))
    formats = Formats(book, is_spaced=True)
    _conclusion(book, formats, found, lang)
    _moves(book, formats, found, lang)
    if content.tells_moves(found):
        _shares(book, formats, found, lang)
        _picture(book, formats, found, lang)
    _not_comparable(book, formats, found, lang)
    _asked(book, formats, found, lang)
    look.close(book)


def _difference(decimals: int) -> str:
    plain = "0." + "0" * decimals
    return f"+{plain};−{plain};{plain}"


def _head(page: Page, found: Rehearsal, title: Text) -> int:
    row = page.line(0, title, look.TITLE)
    for tree in report_rows.trees(found.revision):
        row = page.line(row, tree, look.SUBTITLE)
    return row


def _conclusion(book: xlsxwriter.Workbook, formats: Formats, found: Rehearsal, lang: Language) -> None:
    widths = (*_unit_widths(found, lang), _WHY_WIDTH)
    page = open_page(book, formats, content.CONCLUSION, lang, widths)
    row = _head(page, found, content.TITLE)
    first, *others = content.summary(found)
    row = page.line(row, first, look.PLAIN, font_size=12, bold=True)
    for told in others:
        row = page.line(row, told, look.PLAIN)
    header = 0
    if content.tells_moves(found):
        row = page.line(row, content.CHANGES, look.HEADING)
        row = _effects(page, row, found)
        row = page.line(row, content.EFFECTS_NOTE, look.NOTE)
    if found.losers:
        row = page.line(row, content.LOSERS(n=len(found.losers)), look.HEADING)
        header = row
        row = page.header(row, (*content.UNIT_COLUMNS, content.WHY))
        row = _units(page, row, found, found.losers, with_why=True)
    elif (nobody := content.nobody_loses(found)) is not None:
        row = page.line(row, nobody, look.HEADING)
    second = row
    if found.winners:
        row = page.line(row, content.WINNERS(n=len(found.winners)), look.HEADING)
        row = page.header(row, (*content.UNIT_COLUMNS, content.WHY))
        row = _units(page, row, found, found.winners, with_why=True)
    for told in content.method(found):
        row = page.line(row, told, look.NOTE)
    page.flow.kept.clear()  # the first page is filled, wherever that ends: it is the one that is read
    if found.winners and ends_within(page, second, second + 3):
        page.flow.begun.add(second)  # but not with a heading that has no row below it
    finish(page, header=header, end=row)
    page.sheet.freeze_panes(0, 0)  # several tables follow one another


# Columns of the first sheet over which those of the table of changes run: its own are those of units.
_EFFECT_SPANS = ((0, 0), (1, 2), (10, 10), (3, 3), (4, 4), (5, 5), (6, 7), (8, 8), (9, 9))


def _effects(page: Page, row: int, found: Rehearsal) -> int:
    page.flow.kept.add(row)
    for (first, last), label in zip(_EFFECT_SPANS, content.BUNDLE_COLUMNS, strict=True):
        page.span(row, first, last, label, look.HEADER)
    page.height(
        row,
        [
            (label, sum(page.widths[first : last + 1]))
            for (first, last), label in zip(_EFFECT_SPANS, content.BUNDLE_COLUMNS, strict=True)
        ],
        least=22,
    )
    row += 1
    points = _difference(found.decimals)
    for number, one in enumerate(content.effects(found), start=1):
        cells: tuple[tuple[Text | float | int | None, Style, str], ...] = (
            (number, look.WHOLE, "0"),
            (one.name, look.TEXT, ""),
            (one.what, look.TEXT, ""),
            (one.losing, look.WHOLE, "0"),
            (one.worst, look.POINTS, points),
            (one.winning, look.WHOLE, "0"),
            (one.best, look.POINTS, points),
            (one.falling, look.WHOLE, "0"),
            (one.rising, look.WHOLE, "0"),
        )
        for (first, last), (value, style, form) in zip(_EFFECT_SPANS, cells, strict=True):
            page.span(row, first, last, value, style, **({"num_format": form} if form else {}))
        page.height(row, [(one.name, sum(page.widths[1:3])), (one.what, page.widths[10])])
        row += 1
    return row


def _units(page: Page, row: int, found: Rehearsal, rows: Sequence[int], *, with_why: bool) -> int:
    for at in rows:
        _unit(page, row, found, at)
        text = content.why(found, at) if with_why else content.remark(found, at)
        page.put(row, 10, text, look.TEXT)
        unit = found.old.units[at]
        texts = (unit.code, unit.name, content.cohort(found, at))
        page.height(row, [*zip(texts, page.widths, strict=False), (text, page.widths[10])])
        row += 1
    return row


def _unit_widths(found: Rehearsal, lang: Language) -> list[float]:
    """The columns of units, so wide that a name, a cohort or a grade stays on one line where that is not too long."""
    texts: list[set[str]] = [set() for _ in _UNIT_WIDTHS]
    for at, unit in enumerate(found.old.units):
        both = content.sides(found, at)
        marked = [side.printed_total for side in both]
        grades = [side.grade for side in both]
        told: list[tuple[int, Text]] = [(0, unit.code), (1, unit.name), (2, content.cohort(found, at))]
        for column, text in (*told, *enumerate(marked, 3), *enumerate(grades, 8)):
            texts[column].add(render(text, lang))
    return [look.column_width(each, least, _MOST_WIDE) for each, least in zip(texts, _UNIT_WIDTHS, strict=True)]


def _unit(page: Page, row: int, found: Rehearsal, at: int) -> None:
    unit, (old, new) = found.old.units[at], content.sides(found, at)
    points, difference = "0." + "0" * found.decimals, _difference(found.decimals)
    gain, climb, rise = (float(each[at]) for each in (found.gains, found.climbs, found.rises))
    page.put(row, 0, unit.code, look.TEXT)
    page.put(row, 1, unit.name, look.TEXT)
    page.put(row, 2, content.cohort(found, at), look.TEXT)
    for column, side, total in zip((3, 4), (old, new), found.totals, strict=True):
        page.put(row, column, float(total[at]), look.POINTS, num_format=points + with_mark(page.say(side.mark)))
    page.put(row, 5, gain, look.POINTS, num_format=difference, **_colour(gain))
    page.put(row, 6, old.place, look.WHOLE)
    page.put(row, 7, new.place, look.WHOLE, **_colour(climb))
    page.put(row, 8, old.grade, look.CENTRED)
    page.put(row, 9, new.grade, look.CENTRED, **_colour(rise))


def _colour(change: float) -> dict[str, object]:
    if change < 0:
        return {"font_color": look.BAD, "bold": True}
    return {"font_color": look.GOOD} if change > 0 else {}


def _moves(book: xlsxwriter.Workbook, formats: Formats, found: Rehearsal, lang: Language) -> None:
    widths = (*_unit_widths(found, lang), _REMARK_WIDTH, 8)
    page = open_page(book, formats, content.MOVES, lang, widths)
    row = page.line(0, content.MOVES, look.TITLE)
    header = row
    row = page.header(row, (*content.UNIT_COLUMNS, content.REMARK, Words("位次升降", "Places")))
    first = row
    row = _units(page, row, found, found.order, with_why=False)
    for at, unit_row in zip(found.order, range(first, row), strict=True):
        climb = float(found.climbs[at])
        page.put(unit_row, 11, arrow(climb), look.CENTRED, **_colour(climb))
    finish(page, header=header, end=row, frozen_columns=2, filtered=True)


def _shares(book: xlsxwriter.Workbook, formats: Formats, found: Rehearsal, lang: Language) -> None:
    n = len(found.bundles)
    widths = (10, 18, 10, *[max(14, 66 / n)] * n, 10, 10)
    page = open_page(book, formats, content.SHARES, lang, widths)
    row = page.line(0, content.SHARES, look.TITLE)
    told_first = content.provisional(found)
    notes: list[Text] = [
        *([] if told_first is None else [told_first]),
        *content.method(found),
        content.INTERACTION_NOTE,
    ]
    for told in notes:
        row = page.line(row, told, look.NOTE)
    header = row
    labels = (
        *content.UNIT_COLUMNS[:2],
        content.GAIN,
        *(content.name_of(found, i) for i in range(n)),
        content.SUM,
        content.INTERACTION,
    )
    row = page.header(row, labels)
    form = _difference(found.decimals)
    for at in found.order:
        unit, gain = found.old.units[at], float(found.gains[at])
        if math.isnan(gain):
            continue
        page.put(row, 0, unit.code, look.TEXT)
        page.put(row, 1, unit.name, look.TEXT)
        page.put(row, 2, gain, look.POINTS, num_format=form, **_colour(gain))
        shares = found.shares[:, at].tolist()
        for i, share in enumerate(shares):
            page.put(row, 3 + i, share, look.POINTS, num_format=form, **_colour(share))
        if at in found.not_shared_out:
            page.put(row, 3 + n, None, look.POINTS)
        else:
            cells = f"{xlsxwriter.utility.xl_rowcol_to_cell(row, 3)}:{xlsxwriter.utility.xl_rowcol_to_cell(row, 2 + n)}"
            page.formula(row, 3 + n, f"=ROUND(SUM({cells}),{found.decimals})", gain, look.POINTS, num_format=form)
        page.put(row, 4 + n, float(found.interaction[at]), look.POINTS, num_format=form)
        page.height(row, [(unit.name, widths[1])])
        row += 1
    end = row
    row = page.line(row, content.ORDER_TITLE, look.HEADING)
    differing = content.where_order_matters(found)
    if not differing:
        row = page.line(row, content.NO_ORDER, look.PLAIN)
    else:
        wide = [(0, 0), (1, 1), (2, 2 + n), (3 + n, 3 + n), (4 + n, 4 + n)]
        order = content.ORDER_COLUMNS
        for (first, last), label in zip(wide, (order[0], order[1], order[2], order[4], order[5]), strict=True):
            page.span(row, first, last, label, look.HEADER)
        row += 1
        for at, i in differing:
            unit, name = found.old.units[at], content.name_of(found, i)
            page.put(row, 0, unit.code, look.TEXT)
            page.put(row, 1, unit.name, look.TEXT)
            page.span(row, 2, 2 + n, name, look.TEXT)
            page.put(row, 3 + n, float(found.alone[i, at]), look.POINTS, num_format=form)
            page.put(row, 4 + n, float(found.last[i, at]), look.POINTS, num_format=form)
            page.height(row, [(unit.name, widths[1]), (name, sum(widths[2 : 3 + n]))])
            row += 1
    finish(page, header=header, end=row, frozen_columns=2)
    if end > header + 2:
        page.sheet.autofilter(header, 0, end - 1, page.last)


def _picture(book: xlsxwriter.Workbook, formats: Formats, found: Rehearsal, lang: Language) -> None:
    n = len(found.bundles)
    widths = (20, *[max(13, 78 / n)] * n, 10)
    page = open_page(book, formats, content.PICTURE, lang, widths, landscape=False)  # the whole picture on one page
    name = render(content.PICTURE, lang)
    row = page.line(0, content.PICTURE, look.TITLE)
    moving = [at for at in found.order if abs(float(found.gains[at])) > 0 and at not in found.not_shared_out]
    if not moving:
        row = page.line(row, _NO_PICTURE, look.PLAIN)
        finish(page, header=0, end=row)
        return
    row = page.line(row, _PICTURE_NOTE, look.NOTE)
    shown = set(sorted(moving, key=lambda at: (-abs(float(found.gains[at])), at))[:_IN_PICTURE])
    rows = sorted(shown, key=lambda at: (float(found.gains[at]), found.old.units[at].code))
    told = [i for i in range(n) if any(float(found.shares[i, at]) for at in rows)]
    tall = 120 + 24 * len(rows) + 18 * len(told)
    chart_row = row
    for row in range(chart_row, chart_row + tall // 20 + 2):
        page.tall(row, 15)  # points: 20 pixels
    row += 1
    header = row
    row = page.header(row, (found_label(), *(content.name_of(found, i) for i in range(n)), content.GAIN))
    first = row
    form = _difference(found.decimals)
    for at in rows:
        page.put(row, 0, found.old.units[at].name, look.TEXT)
        for i, share in enumerate(found.shares[:, at].tolist()):
            page.put(row, 1 + i, share, look.POINTS, num_format=form)
        page.put(row, 1 + n, float(found.gains[at]), look.POINTS, num_format=form)
        page.height(row, [(found.old.units[at].name, widths[0])])
        row += 1
    title = _PICTURE_TITLE_ALL if len(rows) == len(moving) else _PICTURE_TITLE(n=len(rows))
    chart = charts.stacked(
        book,
        render(title, lang),
        Cells(name, 0, first, row - 1),
        [Series(_short(render(content.name_of(found, i), lang)), Cells(name, 1 + i, first, row - 1)) for i in told],
        size=(page.pixels, tall),
        num_format="0.##",
    )
    page.sheet.insert_chart(chart_row, 0, chart, {"object_position": 2})
    finish(page, header=header, end=row, first_header=header)
    page.sheet.freeze_panes(0, 0)


def found_label() -> Text:
    """The heading of the column of units."""
    return content.UNIT_COLUMNS[1]


_LONGEST_NAME = 48  # columns of a name in a legend


def _short(name: str) -> str:
    if width(name) <= _LONGEST_NAME:
        return name
    kept = name
    while width(kept) > _LONGEST_NAME - 2:
        kept = kept[:-1]
    return kept + "…"


def _not_comparable(book: xlsxwriter.Workbook, formats: Formats, found: Rehearsal, lang: Language) -> None:
    widths = (12, 34, 44, 44)
    page = open_page(book, formats, content.NOT_COMPARABLE, lang, widths)
    row = page.line(0, content.NOT_COMPARABLE, look.TITLE)
    lines = content.not_comparable(found)
    header = row
    if not lines:
        row = page.line(row, content.ALL_COMPARABLE, look.PLAIN)
    else:
        row = page.header(row, content.LACK_COLUMNS)
        for line in lines:
            for column, text in enumerate(line):
                page.put(row, column, text, look.TEXT)
            page.height(row, list(zip(line, widths, strict=True)))
            row += 1
    finish(page, header=header if lines else 0, end=row)


def _asked(book: xlsxwriter.Workbook, formats: Formats, found: Rehearsal, lang: Language) -> None:
    widths = (12, 34, 40, 14, 12, 10)
    page = open_page(book, formats, content.NEWLY_ASKED, lang, widths)
    row = page.line(0, content.NEWLY_ASKED, look.TITLE)
    for told in content.asked_summary(found):
        row = page.line(row, told, look.PLAIN)
    header = 0
    for heading, asked in ((None, found.newly_asked), (content.NO_LONGER, found.no_longer_asked)):
        if not asked:
            continue
        if heading is not None:
            row = page.line(row, heading, look.HEADING)
        header = header or row
        row = page.header(row, content.ASKED_COLUMNS)
        for one in asked:
            line = content.asked_row(one)
            for column, value in enumerate(line):
                page.put(row, column, value, look.WHOLE if column == 5 else look.TEXT)
            page.height(row, [(text, widths[i]) for i, text in enumerate(line[:5]) if not isinstance(text, int)])
            row += 1
    finish(page, header=header, end=row)
