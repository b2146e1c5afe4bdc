"""A rehearsal as one page: who loses by it and why, a picture of the moves, what could not be tried, what it costs."""

import math
from collections.abc import Iterator, Sequence

from lawgov_score.content import palette
from lawgov_score.pages import drawing
from lawgov_score.pages.document import document, note, section
from lawgov_score.pages.drawing import LETTER, Form
from lawgov_score.pages.html import Content, Html, joined, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.table import Cell, Row, Rows, TableColumn, table
from lawgov_score.report import render
from lawgov_score.revision import rehearsal_rows as content
from lawgov_score.revision import report_rows
from lawgov_score.revision.rehearsal import Rehearsal
from lawgov_score.revision.rehearsal_rows import arrow, signed
from lawgov_score.wording import Text, Words

_FOR_THE_OFFICE = Words(
    "试算结果供修订时内部研究，不是考核结果，不公布。",
    "A rehearsal is for those who revise the tree: it is no result and is not published.",
)
_LOOKS = ("k", "m", "m", "n h", "n h", "n h", "n h", "n h", "c k h", "c k h")
_IN_PICTURE = 30
_PICTURE = Words("得分增减", "Difference of totals")
_IN_WORDS = Words("{each:list}", "{each:list}")
_ONE_IN_WORDS = Words("{name} {gain}", "{name} {gain}")
_MOST = Words("变动最大的 {n} 个单位", "The {n} units that {n:moves|move} most")
_WIDE, _NARROW = 760, 360
_PITCH, _THICK, _LABEL = 24, 14, 190


def rehearsal_page(reader: Reader, found: Rehearsal) -> str:
    """The whole page; no link leads out of it."""
    under = joined_trees(reader, found)
    parts: list[Html | None] = [section(reader, "result", content.CONCLUSION, _summary(reader, found))]
    if content.tells_moves(found):
        parts.append(
            section(reader, "changes", content.CHANGES, _effects(reader, found), note(reader, content.EFFECTS_NOTE))
        )
        heading = content.LOSERS(n=len(found.losers)) if found.losers else content.nobody_loses(found)
        losers = _units(reader, found, "losers", heading, found.losers) if heading and found.losers else None
        if heading is not None:
            parts.append(section(reader, "losers", heading, losers, look="long"))
        if found.winners:
            words = content.WINNERS(n=len(found.winners))
            won = _units(reader, found, "winners", words, found.winners)
            parts.append(section(reader, "winners", words, won, look="long"))
        parts.append(_picture(reader, found))
        parts.append(section(reader, "shares", content.SHARES, *_shares(reader, found), look="long"))
    parts.append(section(reader, "moves", content.MOVES, _moves(reader, found), look="long"))
    parts.append(section(reader, "lacks", content.NOT_COMPARABLE, _lacks(reader, found)))
    parts.append(section(reader, "asked", content.NEWLY_ASKED, *_asked(reader, found)))
    title = reader.say(content.TITLE)
    return document(reader, found.revision.new, title, under, *parts, marked=_FOR_THE_OFFICE)


def joined_trees(reader: Reader, found: Rehearsal) -> str:
    """Both trees, for the line below the title."""
    old, new = report_rows.trees(found.revision)
    return f"{reader.say(old)} → {reader.say(new)}"


def _summary(reader: Reader, found: Rehearsal) -> Html:
    first, *others = (reader.say(line) for line in content.summary(found))
    return joined(tag("p", tag("strong", first)), *(tag("p", line) for line in others))


def _effects(reader: Reader, found: Rehearsal) -> Html:
    looks = ("n", "m", "w", "n", "n", "n", "n", "n", "n")
    columns = [TableColumn(each, look) for each, look in zip(content.BUNDLE_COLUMNS, looks, strict=True)]
    rows = [
        [
            str(number),
            reader.say(one.name),
            reader.say(one.what),
            *(str(one.losing), signed(one.worst, found.decimals), str(one.winning), signed(one.best, found.decimals)),
            *(str(one.falling), str(one.rising)),
        ]
        for number, one in enumerate(content.effects(found), start=1)
    ]
    return table(reader, "changes-table", content.CHANGES, columns, [Rows(rows)], heads=1)


def _unit(reader: Reader, found: Rehearsal, row: int) -> list[Content | Cell]:
    unit, (old, new) = found.old.units[row], content.sides(found, row)
    gain, climb = float(found.gains[row]), float(found.climbs[row])
    return [
        unit.code,
        reader.named(unit.name),
        reader.say(content.cohort(found, row)),
        reader.say(old.printed_total),
        reader.say(new.printed_total),
        signed(gain, found.decimals),
        "" if old.place is None else str(old.place),
        joined("" if new.place is None else str(new.place), f" {arrow(climb)}" if climb else ""),
        reader.say(old.grade),
        reader.say(new.grade),
    ]


def _columns(last: Text) -> list[TableColumn]:
    looks = zip(content.UNIT_COLUMNS, _LOOKS, strict=True)
    return [*(TableColumn(each, look) for each, look in looks), TableColumn(last, "w")]


def _units(reader: Reader, found: Rehearsal, name: str, caption: Text, rows: Sequence[int]) -> Html:
    lines = [[*_unit(reader, found, row), reader.say(content.why(found, row))] for row in rows]
    return table(reader, f"{name}-table", caption, _columns(content.WHY), [Rows(lines)], heads=1)


def _moves(reader: Reader, found: Rehearsal) -> Html:
    lines = [[*_unit(reader, found, row), reader.say(content.remark(found, row))] for row in found.order]
    return table(reader, "moves-table", content.MOVES, _columns(content.REMARK), [Rows(lines)], heads=1)


def _shares(reader: Reader, found: Rehearsal) -> Iterator[Html]:
    yield from (note(reader, told) for told in content.method(found))
    yield note(reader, content.INTERACTION_NOTE)
    names = [content.name_of(found, i) for i in range(len(found.bundles))]
    headings: list[Text] = [*content.UNIT_COLUMNS[:2], content.GAIN, *names, content.INTERACTION]
    looks = ("k", "m", *["n"] * (len(headings) - 2))
    columns = [TableColumn(each, look) for each, look in zip(headings, looks, strict=True)]
    rows: list[Row] = []
    for row in found.order:
        gain = float(found.gains[row])
        if not math.isnan(gain):  # units without a difference have no shares
            figures = [gain, *found.shares[:, row].tolist(), float(found.interaction[row])]
            unit = found.old.units[row]
            rows.append([unit.code, reader.named(unit.name), *(signed(each, found.decimals) for each in figures)])
    yield table(reader, "shares-table", content.SHARES, columns, [Rows(rows)], heads=1)


def _lacks(reader: Reader, found: Rehearsal) -> Html:
    lines = content.not_comparable(found)
    if not lines:
        return tag("p", reader.say(content.ALL_COMPARABLE))
    columns = [TableColumn(each, look) for each, look in zip(content.LACK_COLUMNS, ("k", "", "w", "w"), strict=True)]
    rows = [[reader.say(text) for text in line] for line in lines]
    return table(reader, "lacks-table", content.NOT_COMPARABLE, columns, [Rows(rows)], heads=1)


def _asked(reader: Reader, found: Rehearsal) -> Iterator[Html]:
    for told in content.asked_summary(found):
        yield tag("p", reader.say(told))
    parts = []
    for heading, asked in ((content.NEWLY_ASKED, found.newly_asked), (content.NO_LONGER, found.no_longer_asked)):
        rows = [
            [reader.say(each) if not isinstance(each, int) else str(each) for each in content.asked_row(one)]
            for one in asked
        ]
        if rows:
            parts.append(Rows(rows, reader.say(heading)))
    if parts:
        looks = ("k", "", "", "", "", "n")
        columns = [TableColumn(each, look) for each, look in zip(content.ASKED_COLUMNS, looks, strict=True)]
        yield table(reader, "asked-table", content.NEWLY_ASKED, columns, parts, heads=1)


def _picture(reader: Reader, found: Rehearsal) -> Html | None:
    """Bars to the left for points lost, to the right for points won: the units that move most."""
    moving = [row for row in found.order if abs(float(found.gains[row])) > 0]
    if not moving:
        return None
    shown = sorted(moving, key=lambda row: (-abs(float(found.gains[row])), row))[:_IN_PICTURE]
    rows = sorted(shown, key=lambda row: (float(found.gains[row]), found.old.units[row].code))
    told = [
        (found.old.units[row].name, signed(float(found.gains[row]), found.decimals), float(found.gains[row]))
        for row in rows
    ]
    words = _IN_WORDS(each=tuple(_ONE_IN_WORDS(name=name, gain=gain) for name, gain, _ in told))
    forms = (_bars(told, _WIDE, _LABEL), _bars(told, _NARROW, 0))
    drawn = drawing.figure("picture", render(_PICTURE, reader.lang), render(words, reader.lang), forms)
    few = note(reader, _MOST(n=len(rows))) if len(rows) < len(moving) else None
    return section(reader, "picture-heading", _PICTURE, drawn, few)


def _bars(told: Sequence[tuple[str, str, float]], wide: int, label: int) -> Form:
    """One form of the picture; ``label``: pixels for the names beside the bars; 0: the names stand above them."""
    figure = max(len(gain) for _, gain, _ in told) * LETTER + 8
    most = max(abs(each) for _, _, each in told)
    left = max((-each for _, _, each in told), default=0.0) > 0
    right = max((each for _, _, each in told), default=0.0) > 0
    room = (wide - label - figure * (left + right)) / (1 + (left and right))
    zero = label + (figure + room if left else 4)
    parts: list[Html] = []
    at = 8.0
    for name, gain, each in told:
        if not label:
            parts.append(drawing.text(0, at + 12, drawing.wrapped(name, wide / LETTER - 2)[0]))
            at += 18
        else:
            first = drawing.wrapped(name, label / LETTER - 2)[0]
            parts.append(drawing.text(label - 8, at + _THICK - 2.5, first, anchor="end"))
        long = abs(each) / most * (room - 4)
        is_lost = each < 0
        parts.append(
            drawing.box(zero - long if is_lost else zero, at, long, _THICK, palette.ACCENT if is_lost else "#FFFFFF")
        )
        x = zero - long - 5 if is_lost else zero + long + 5
        parts.append(drawing.text(x, at + _THICK - 2.5, gain, anchor="end" if is_lost else "start"))
        at += _PITCH
    parts.append(drawing.line(zero, 2, zero, at))
    return Form(wide, at + 6, parts)
