"""Texts of an exported table that are never taken back: which of them somebody has changed all the same.

Above the table, lines may be put in and taken out, as people do before they circulate it. On the second sheet, which
says all other rules of the scheme in words, any change is one that somebody meant. Blanks and line breaks do not count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from lawgov_score.cell_addresses import address
from lawgov_score.problems import CellPlace
from lawgov_score.workbook.circulated.own_cells import OWN_SHEET, OwnCells, OwnText
from lawgov_score.workbook.package.cells import cell_text
from lawgov_score.workbook.package.opened import Opened, Rows

_ALIKE = 0.6  # of a line above the table: less, and it is another line
_MORE = 200  # rows that people may have added to the second sheet
_AROUND = 24  # characters shown before and behind what differs

_Row = tuple[tuple[int, str], ...]  # column and text of every cell that is not blank


@dataclass(frozen=True, slots=True)
class OtherCell:
    """A text that became another one; '' where there was none, or is none. ``about``: the label beside it."""

    place: CellPlace
    written: str
    now: str
    keys: str
    about: str = ""


def changed_others(opened: Opened, own: OwnCells, sheet: str, heading: int) -> Iterator[OtherCell]:
    """``sheet``: the one with the table, whose headings stand in row ``heading``."""
    above = [one for one in own.others if one.sheet == own.sheet]
    yield from _above(opened, above, sheet, opened.sheets[sheet][:heading])
    others = [one for one in own.others if one.sheet != own.sheet]
    if others and (second := _second(opened, others, sheet)):
        yield from _on_second(opened, others, second)


def _above(opened: Opened, written: Sequence[OwnText], sheet: str, rows: Rows) -> Iterator[OtherCell]:
    now = [(row, *cell) for row, cells in enumerate(rows) for cell in _filled(cells)]
    same = SequenceMatcher(None, [_joined(one.text) for one in written], [_joined(text) for *_, text in now], False)
    for kind, i, end, j, last in same.get_opcodes():
        if kind == "replace":
            for one, (row, column, text) in zip(written[i:end], now[j:last], strict=False):
                if one.keys == "title" or _is_alike(one.text, text):
                    place = CellPlace(opened.path, sheet, address(row, column))
                    yield OtherCell(place, *_around(one.text, text), one.keys)


def _is_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one[:500], other[:500], False).ratio() >= _ALIKE


def _second(opened: Opened, others: Sequence[OwnText], table: str) -> str:
    """The second sheet: by its name, or by its first line where it was renamed; '' where it was left out."""
    name, first = others[0].sheet, others[0].text
    rest = (each for each in opened.sheets if each not in {table, OWN_SHEET})
    begins = (
        each for each in rest if any(text == first for row in opened.sheets[each][:5] for _, text in _filled(row))
    )
    return name if name in opened.sheets and name != table else next(begins, "")


def _on_second(opened: Opened, others: Sequence[OwnText], sheet: str) -> Iterator[OtherCell]:
    lines = [list(line) for _, line in groupby(others, key=lambda one: one.row)]
    rows = [(row, cells) for row, texts in enumerate(opened.sheets[sheet]) if (cells := _filled(texts))]
    rows = rows[: len(lines) + _MORE]
    was = [tuple((one.column, _joined(one.text)) for one in line) for line in lines]
    now = [tuple((column, _joined(text)) for column, text in cells) for _, cells in rows]
    for kind, i, end, j, last in SequenceMatcher(None, was, now, False).get_opcodes():
        if kind == "equal":
            continue
        for at in range(max(end - i, last - j)):
            line = lines[i + at] if i + at < end else []
            row, cells = rows[j + at] if j + at < last else (rows[j - 1][0] + 1 if j else 0, ())
            keys = next((one.keys for one in line), lines[min(i, len(lines) - 1)][0].keys)
            yield from _cells(
                CellPlace(opened.path, sheet), row, {one.column: one.text for one in line}, dict(cells), keys
            )


def _cells(on: CellPlace, row: int, was: dict[int, str], now: dict[int, str], keys: str) -> Iterator[OtherCell]:
    """The cells of a row that differ; of a row that was put in or taken out its text alone, not its label."""
    columns = [
        column for column in sorted({*was, *now}) if _joined(was.get(column, "")) != _joined(now.get(column, ""))
    ]
    if not was or not now:
        columns = columns[-1:]
    label = (was or now).get(0, "")
    for column in columns:
        place = CellPlace(on.path, on.sheet, address(row, column))
        yield OtherCell(place, *_around(was.get(column, ""), now.get(column, "")), keys, label if column else "")


def _filled(cells: Sequence[object]) -> _Row:
    texts = ((column, cell_text(cell).strip()) for column, cell in enumerate(cells))  # type: ignore[arg-type]
    return tuple((column, text) for column, text in texts if text)


def _joined(text: str) -> str:
    return "".join(text.split())


def _around(one: str, other: str) -> tuple[str, str]:
    """Both texts, of long ones what differs with a little around it."""
    if not one or not other:
        return one, other
    least = min(len(one), len(other))
    before = next((i for i in range(least) if one[i] != other[i]), least)
    behind = next((i for i in range(least - before) if one[-1 - i] != other[-1 - i]), least - before)
    first, last = max(before - _AROUND, 0), max(behind - _AROUND, 0)

    def cut(text: str) -> str:
        return ("……" if first else "") + text[first : len(text) - last] + ("……" if last else "")

    return cut(one), cut(other)


__all__ = ["OtherCell", "changed_others"]
